"""Nytt samtal: who met, what they agreed on, and who does what by when in the same form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from misam_desktop.commands.talks import hold_talk
from misam_desktop.domain.commitment import CommitmentFacts
from misam_desktop.domain.talk import Talk, TalkFacts, TalkKind
from misam_desktop.gui.choices import of_codes, of_unit_names
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.dialogs.commitment import unit_of, who_can
from misam_desktop.gui.forms import Field, Section
from misam_desktop.gui.inputs import Checks, Day, LongText, OneOf, Radios, Text
from misam_desktop.gui.text import tr
from misam_desktop.queries.cases import CasePage
from misam_desktop.vault import Request

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_MOST = 4
"""How many åtaganden the form has room for: each line comes into sight when the one above it is filled in."""


def open_talk(work: Workspace, page: CasePage) -> None:
    """Write down a talk; what is typed is kept until it has been saved."""

    def save(values: dict[str, Any]) -> Request[Talk]:
        facts = TalkFacts(
            kind=values["kind"],
            on=values["on"],
            unit_ids=values["unit_ids"],
            others=values["others"],
            agreed=values["agreed"],
        )
        return hold_talk(page.episode.id, facts, agreed=_agreed(values))

    dialog = FormDialog(
        work,
        title=tr("Nytt samtal"),
        intro=page.person.full_name,
        content=[Section(title="", fields=_about(work, page)), _who_does_what(work, page)],
        values={"on": work.session.clock.today(), "kind": TalkKind.FLERPART},
        save=save,
        then=lambda _held: work.tell(tr("Samtalet är sparat.")),
        draft=("talk", page.episode.id),
        wide=680,
    )
    dialog.form["on"].setFocus()
    dialog.open()


def _about(work: Workspace, page: CasePage) -> list[Field]:
    named = page.deciding.unit_ids if page.deciding else ()
    units = [one for one in of_unit_names(work.desk) if one.value in named]
    return [
        Field(name="kind", label=tr("Vad för samtal?"), kind=lambda: Radios(of_codes(TalkKind)), required=True),
        Field(name="on", label=tr("Vilken dag?"), kind=lambda: Day(work.session.clock.today()), required=True),
        Field(
            name="unit_ids",
            label=tr("Enheter som deltog"),
            kind=lambda: Checks(units, columns=3),
            help=tr("De enheter som samtycket nämner."),
        ),
        Field(name="others", label=tr("Andra som deltog"), kind=lambda: Text(tr("Närstående, boendestöd, ombud …"))),
        Field(name="agreed", label=tr("Vad kom ni överens om?"), kind=lambda: LongText(3)),
    ]


def _who_does_what(work: Workspace, page: CasePage) -> Section:
    """The åtaganden: a line more each time that one is filled in."""
    fields: list[Field] = []
    for at in range(1, _MOST + 1):
        fields += _line(work, page, at)
    return Section(title=tr("Åtaganden"), fields=fields, help=tr("Vem gör vad, och till när? De hamnar i planen."))


def _line(work: Workspace, page: CasePage, at: int) -> list[Field]:
    def is_filled(values: Any) -> bool:
        return bool(values[f"what_{at}"])

    def follows(values: Any) -> bool:
        return at == 1 or bool(values[f"what_{at - 1}"])

    return [
        Field(name=f"what_{at}", label=tr("Vad ska göras?"), kind=Text, only_if=follows),
        Field(
            name=f"who_{at}",
            label=tr("Vem gör det?"),
            kind=lambda: OneOf(who_can(work, page)),
            required=True,
            half=True,
            only_if=is_filled,
        ),
        Field(
            name=f"due_on_{at}",
            label=tr("Senast"),
            kind=lambda: Day(work.session.clock.today()),
            half=True,
            only_if=is_filled,
        ),
    ]


def _agreed(values: dict[str, Any]) -> list[CommitmentFacts]:
    """The lines that are filled in."""
    return [
        CommitmentFacts(what=values[f"what_{at}"], unit_id=unit_of(values[f"who_{at}"]), due_on=values[f"due_on_{at}"])
        for at in range(1, _MOST + 1)
        if values.get(f"what_{at}")
    ]
