"""The settings of a NAFS team: when it meets, for whom, and who comes from each unit."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from misam_desktop.commands.nafs_teams import set_nafs_team
from misam_desktop.domain.ids import ContactId, UnitId
from misam_desktop.domain.nafs_team import TeamFacts, facts_of
from misam_desktop.gui import choices
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.dialogs.meeting_move import place_note
from misam_desktop.gui.forms import Field, Section
from misam_desktop.gui.inputs import Checks, Choice, Number, OneOf, Text
from misam_desktop.gui.text import tr
from misam_desktop.vault import Request
from misam_desktop.wording import how_many, weekday

if TYPE_CHECKING:
    from misam_desktop.domain.activity import Activity
    from misam_desktop.gui.workspace import Workspace

_CONTACT = "contact_"


def open_team(work: Workspace, team: Activity) -> None:
    """Show what is set of a team, and change it."""
    parts = work.desk.parts_of(team.id)
    values = {**asdict(facts_of(team)), "unit_ids": tuple(parts)}
    dialog: FormDialog = FormDialog(
        work,
        title=tr("Teamets inställningar"),
        content=_sections(work),
        values={**values, **{f"{_CONTACT}{unit_id}": who for unit_id, who in parts.items()}},
        save=lambda said: _saving(team, said),
        then=lambda saved: work.tell(tr("{team}: inställningarna är sparade.").format(team=saved.name)),
        wide=680,
    )

    def tell() -> None:
        said = dialog.form.peek()
        dialog.form.note("place", place_note(said["place"]))
        named = [said[f"{_CONTACT}{one}"] for one in said["unit_ids"]]
        lacks = sum(one is None for one in named)
        words = tr("⚠ Teamet har inga kontaktpersoner. Det står på dagordningen.") if lacks == len(named) else ""
        if not words and lacks:
            words = tr("{units} utan kontaktperson.").format(units=how_many(lacks, tr("enhet"), tr("enheter")))
        dialog.form.note("unit_ids", words)

    dialog.form.changed.connect(tell)
    tell()
    dialog.open()


def _sections(work: Workspace) -> list[Section]:
    days = [Choice(number, weekday(number).capitalize()) for number in range(5)]
    return [
        Section(title="", fields=[Field(name="name", label=tr("Namn"), kind=Text, required=True)]),
        Section(
            title=tr("När och var"),
            help=tr("Gäller möten som planeras från och med nu. De som redan är planerade ligger kvar."),
            fields=[
                Field(name="weekday", label=tr("Veckodag"), kind=lambda: OneOf(days), required=True, half=True),
                _number("every_weeks", tr("Hur många veckor mellan mötena?")),
                Field(name="starts", label=tr("Tid"), kind=lambda: Text("14.00"), required=True, half=True),
                _number("minutes", tr("Minuter")),
                Field(
                    name="place",
                    label=tr("Plats eller länk"),
                    kind=Text,
                    help=tr("Står på dagordningen. Skriv inget om någon person."),
                ),
            ],
        ),
        Section(
            title=tr("Inför mötet"),
            fields=[
                _number("stop_days", tr("Sista dag för ärenden"), tr("Arbetsdagar före mötet. 0 är ingen sådan dag.")),
                _number("send_days", tr("Dagordningen skickas"), tr("Arbetsdagar före mötet. 0 är ingen sådan dag.")),
                _number("capacity", tr("Ärenden på ett möte"), tr("0 är hur många som helst.")),
                _number("least_agencies", tr("Minst så många myndigheter")),
                _number("min_age", tr("Yngst, år")),
                _number("max_age", tr("Äldst, år")),
            ],
        ),
        Section(title=tr("Vilka som deltar"), fields=_part_fields(work)),
    ]


def _number(name: str, words: str, help_text: str = "") -> Field:
    return Field(name=name, label=words, kind=Number, required=True, half=True, help=help_text)


def _part_fields(work: Workspace) -> list[Field]:
    """Which units come, and for each of those its contact person with the function address."""
    units = Field(
        name="unit_ids", label=tr("Enheter"), kind=lambda: Checks(choices.of_unit_names(work.desk), columns=4)
    )
    return [units, *(_contact_field(work, unit.id, unit.short) for unit in work.desk.open_units)]


def _contact_field(work: Workspace, unit_id: UnitId, name: str) -> Field:
    offered = [
        Choice(one.id, f"{one.name}, {one.function_address}" if one.function_address else one.name)
        for one in work.desk.contacts_at(unit_id)
    ]
    return Field(
        name=f"{_CONTACT}{unit_id}",
        label=tr("Kontaktperson, {unit}").format(unit=name),
        kind=lambda: OneOf(offered, empty=tr("Ingen angiven")),
        only_if=lambda values: unit_id in (values["unit_ids"] or ()),
    )


def _saving(team: Activity, said: dict[str, Any]) -> Request[Activity]:
    unit_ids: tuple[UnitId, ...] = said.pop("unit_ids")
    people: dict[UnitId, ContactId | None] = {one: said.get(f"{_CONTACT}{one}") for one in unit_ids}
    facts = TeamFacts(**{name: value for name, value in said.items() if not name.startswith(_CONTACT)})
    return set_nafs_team(team.id, facts, parts=people, seen=team.version)
