"""What leaves a SIP: the kallelse or inbjudan to each, the dagordning and the plan; and what is set for all of them."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPushButton

from misam_desktop.commands.sip_papers import give_sip_agenda, give_sip_letter, give_sip_plan, set_sip_template
from misam_desktop.documents.phrases import language_for
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Recipient
from misam_desktop.domain.gate import OWN_FILES, To
from misam_desktop.domain.letter import PERSON
from misam_desktop.domain.sip_paper import SipTemplate
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.dialogs.consent_paper import paper_languages
from misam_desktop.gui.dialogs.hand_out import what_can_tell
from misam_desktop.gui.dialogs.letter_dialog import Ready, draw_letter
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Choice, Flag, LongText, OneOf, Radios, Text
from misam_desktop.gui.sip_parts.words import who
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button
from misam_desktop.queries.sip_papers import (
    AskingChoice,
    SipWritten,
    sip_agenda_preview,
    sip_letter_preview,
    sip_plan_preview,
)
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.domain.ids import UnitId
    from misam_desktop.gui.workspace import Workspace
    from misam_desktop.queries.sips import PartyLine, SipPage


def open_asking(work: Workspace, page: SipPage, line: PartyLine) -> None:
    """Write the kallelse or inbjudan to somebody; to a person it is asked in which language first."""
    party = line.party
    if party.unit_id is not None:
        choice = AskingChoice()
        work.session.ask(
            sip_letter_preview(party.id, choice), owner=work, then=partial(_draw_asking, work, line, choice)
        )
        return
    name = who(work.desk, party, kinds=page.kinds)

    def made(values: dict[str, Any]) -> AskingChoice:
        return AskingChoice(language=values["language"], large=values["large"], told=values["told"] or "")

    dialog: FormDialog = FormDialog(
        work,
        title=tr("Inbjudan till {who}").format(who=name),
        content=[*paper_languages(), Field(name="told", label=tr("Med egna ord"), kind=lambda: LongText(3))],
        values={"language": language_for(page.person)},
        save=lambda values: sip_letter_preview(party.id, made(values)),
        then=lambda written: _draw_asking(work, line, made(dialog.form.peek()), written),
        word=tr("Visa brevet"),
        draft=("sip_letter", party.id),
        wide=520,
    )
    dialog.open()


def _draw_asking(work: Workspace, line: PartyLine, choice: AskingChoice, written: SipWritten) -> None:
    party = line.party
    draw_letter(
        work,
        Ready(
            paper=written.paper,
            file=line.letter.value,
            words=_words(work, word_for(line.letter), written.to),
            asks=sip_letter_preview(party.id, choice),
            give=lambda act: give_sip_letter(party.id, choice, act=act),
            mails=_are_units(written.to),
        ),
    )


def open_agenda(work: Workspace, page: SipPage) -> None:
    """Write the dagordning: under the code to units, and with the name to the person."""
    groups = [tuple(To(recipient=Recipient.ENHET, unit_id=one) for one in units) for units in page.agendas]
    offered = [*groups, (PERSON,)]
    choices = [Choice(at, _to_words(work, to)) for at, to in enumerate(offered)]
    dialog: FormDialog = FormDialog(
        work,
        title=tr("Dagordning"),
        intro=tr("Till enheterna står personen under en kod. Till personen själv står namnet."),
        content=[
            Field(name="to", label=tr("Till"), kind=lambda: Radios(choices, columns=1), required=True),
            _large(lambda values: values["to"] == len(groups)),
        ],
        values={"to": 0},
        save=lambda values: sip_agenda_preview(page.sip.id, offered[values["to"]], large=bool(values.get("large"))),
        then=lambda written: _draw_agenda(work, page, bool(dialog.form.peek().get("large")), written),
        word=tr("Visa dagordningen"),
    )
    dialog.open()


def _draw_agenda(work: Workspace, page: SipPage, large: bool, written: SipWritten) -> None:  # noqa: FBT001 – as asked
    sip_id, to = page.sip.id, written.to
    draw_letter(
        work,
        Ready(
            paper=written.paper,
            file="dagordning",
            words=_words(work, tr("Dagordning"), to),
            asks=sip_agenda_preview(sip_id, to, large=large),
            give=lambda act: give_sip_agenda(sip_id, to, large=large, act=act),
            mails=_are_units(to),
            notice=what_can_tell(written.found) if _are_units(to) else "",
        ),
    )


def open_plan_paper(work: Workspace, page: SipPage) -> None:
    """Write an edition of the plan, to somebody who takes part or for the own file."""
    parts = [one.party.unit_id for one in page.parties if one.party.unit_id and not one.is_outside]
    offered = [PERSON, *(To(recipient=Recipient.ENHET, unit_id=one) for one in dict.fromkeys(parts)), OWN_FILES]
    choices = [Choice(at, _to_words(work, (one,))) for at, one in enumerate(offered)]
    editions = [
        Choice(one.plan.edition, _edition_words(one.plan.edition, is_draft=one.plan.finished_on is None))
        for one in page.editions
    ]
    dialog: FormDialog = FormDialog(
        work,
        title=tr("Planen på papper"),
        content=[
            Field(name="to", label=tr("Till"), kind=lambda: Radios(choices, columns=2), required=True),
            Field(name="edition", label=tr("Version"), kind=lambda: OneOf(editions, empty=tr("Välj …")), required=True),
            _large(lambda values: values["to"] == 0),
        ],
        values={"to": 0, "edition": page.editions[0].plan.edition},
        save=lambda values: sip_plan_preview(
            page.sip.id, offered[values["to"]], edition=values["edition"], large=bool(values.get("large"))
        ),
        then=lambda written: _draw_plan(work, page, dialog.form.peek(), written),
        word=tr("Visa planen"),
    )
    dialog.open()


def _draw_plan(work: Workspace, page: SipPage, values: dict[str, Any], written: SipWritten) -> None:
    sip_id, (to,), edition, large = page.sip.id, written.to, values["edition"], bool(values.get("large"))
    draw_letter(
        work,
        Ready(
            paper=written.paper,
            file="plan",
            words=_words(work, tr("Plan"), written.to),
            asks=sip_plan_preview(sip_id, to, edition=edition, large=large),
            give=lambda act: give_sip_plan(sip_id, to, edition=edition, large=large, act=act),
            mails=_are_units(written.to),
        ),
    )


def template_button(work: Workspace) -> QPushButton:
    """Opens what is set for the papers of SIP, for who may set it."""
    made = button(tr("Mall för SIP …"), partial(open_template, work))
    made.setVisible(work.desk.may(May.CHANGE_SETTINGS))
    return made


def open_template(work: Workspace) -> None:
    """Show the points of the dagordning and the law that papers cite, and change them."""
    now = work.desk.sip_template
    FormDialog(
        work,
        title=tr("Mall för SIP"),
        intro=tr("Gäller papper som skrivs från och med nu. Det som lämnas tomt blir som från början."),
        content=[
            Field(
                name="points",
                label=tr("Dagordningens punkter"),
                kind=lambda: LongText(10),
                help=tr("En punkt på varje rad. De numreras."),
            ),
            Field(
                name="statute",
                label=tr("Lagrum"),
                kind=Text,
                help=tr("Står efter «enligt» i kallelsen och planen. Paragrafen i socialtjänstlagen kan läggas till."),
            ),
        ],
        values=asdict(now),
        save=lambda said: set_sip_template(SipTemplate(**said), seen=now),
        then=lambda _kept: work.tell(tr("Mallen är sparad.")),
        wide=620,
    ).open()


def _large(is_theirs: Any) -> Field:
    return Field(name="large", label=tr("Stor text"), kind=lambda: Flag(tr("Stor text")), only_if=is_theirs)


def _edition_words(edition: int, *, is_draft: bool) -> str:
    return tr("{number}, utkast").format(number=edition) if is_draft else str(edition)


def _are_units(to: tuple[To, ...]) -> bool:
    return all(one.unit_id is not None for one in to)


def _to_words(work: Workspace, to: tuple[To, ...]) -> str:
    units: list[UnitId] = [one.unit_id for one in to if one.unit_id is not None]
    return ", ".join(map(work.desk.unit, units)) if units else word_for(to[0].recipient)


def _words(work: Workspace, paper: str, to: tuple[To, ...]) -> str:
    return tr("{paper} till {units}.").format(paper=paper, units=_to_words(work, to))
