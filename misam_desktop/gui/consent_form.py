"""The declared fields of a signed consent: in a dialog of their own, and as a part of a referral's form."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from misam_desktop.domain.codes import InfoKind, Purpose
from misam_desktop.domain.ids import ActivityId, UnitId
from misam_desktop.domain.intake import ConsentFacts
from misam_desktop.gui.choices import of_codes, of_unit_names
from misam_desktop.gui.forms import Field, Values
from misam_desktop.gui.inputs import Checks, Choice, Day, Flag, LongText, Radios, Text
from misam_desktop.gui.text import tr

if TYPE_CHECKING:
    from misam_desktop.domain.personal_number import PersonalNumber
    from misam_desktop.queries.desk import Desk

OF_AGE = 18
UNTIL_DISCHARGE, UNTIL_DAY = "discharge", "day"
Shown = Callable[[Values], bool]


def period_fields(desk: Desk, *, months: int, only_if: Shown | None = None) -> list[Field]:
    """How long the consent holds: until discharge, as long as the activity lets it, or to a day."""
    until = [
        Choice(UNTIL_DISCHARGE, tr("Till avslut, längst {months} månader").format(months=months)),
        Choice(UNTIL_DAY, tr("Till och med ett datum")),
    ]
    return [
        Field(
            name="until",
            label=tr("Gäller"),
            kind=lambda: Radios(until, columns=2),
            required=True,
            only_if=only_if,
        ),
        Field(
            name="until_on",
            label=tr("Till och med"),
            kind=lambda: Day(desk.today),
            required=True,
            half=True,
            only_if=_both(only_if, lambda values: values.get("until") == UNTIL_DAY),
        ),
    ]


def consent_fields(
    desk: Desk, *, number: PersonalNumber, months: int, only_if: Shown | None = None, columns: int = 3
) -> list[Field]:
    """Everything that the signed paper says; ``months`` is how long the activity lets a consent run."""

    def is_minor(values: Values) -> bool:
        age = number.age_on(values.get("from_on") or desk.today)
        return age is not None and age < OF_AGE

    def shown(**field: Any) -> Field:
        return Field(**{"only_if": only_if} | field)

    return [
        shown(
            name="purposes",
            label=tr("Samtycket gäller"),
            kind=lambda: Checks(of_codes(Purpose), columns=4 if columns == 4 else 2),
            required=True,
        ),
        shown(name="from_on", label=tr("Undertecknat"), kind=lambda: Day(desk.today), required=True, half=True),
        shown(
            name="paper_at",
            label=tr("Var pappret finns"),
            kind=lambda: Text(tr("Till exempel akten hos IFO")),
            required=True,
            half=True,
        ),
        *period_fields(desk, months=months, only_if=only_if),
        shown(
            name="unit_ids",
            label=tr("Enheter som får ta del av uppgifterna"),
            kind=lambda: Checks(of_unit_names(desk), columns=columns),
            required=True,
            help=tr("Koordinatorns enhet behöver vara med."),
        ),
        shown(
            name="kinds",
            label=tr("Uppgifter som får delas"),
            kind=lambda: Checks(of_codes(InfoKind), columns=columns),
            required=True,
        ),
        shown(name="not_shared", label=tr("Det här ska inte delas"), kind=lambda: LongText(2)),
        shown(
            name="guardian",
            label=tr("Vårdnadshavare som har godkänt"),
            kind=Text,
            required=True,
            only_if=_both(only_if, is_minor),
        ),
        shown(
            name="consent_interpreter",
            label=tr("Tolk"),
            kind=lambda: Flag(tr("Tolk var med när samtycket gavs")),
        ),
    ]


def _both(one: Shown | None, other: Shown) -> Shown:
    return other if one is None else lambda values: one(values) and other(values)


def consent_values(desk: Desk, activity_id: ActivityId, *, unit_ids: Iterable[UnitId]) -> dict[str, Any]:
    """What a new consent begins with: to samverkan, today until discharge, these units and the koordinator's."""
    return {
        "purposes": (Purpose.SAMVERKAN,),
        "from_on": desk.today,
        "until": UNTIL_DISCHARGE,
        "unit_ids": {*unit_ids, *desk.coordinating_units(activity_id)},
        "kinds": tuple(InfoKind),
    }


def consent_facts(values: Values) -> ConsentFacts:
    """The form's values as the command takes them."""
    return ConsentFacts(
        purposes=values["purposes"],
        from_on=values["from_on"],
        until_on=until_of(values),
        unit_ids=values["unit_ids"],
        kinds=values["kinds"],
        not_shared=values["not_shared"],
        paper_at=values["paper_at"],
        guardian=values.get("guardian", ""),
        interpreter=values["consent_interpreter"],
    )


def until_of(values: Values) -> date | None:
    """The last day that was entered, or None for until discharge."""
    found: date | None = values.get("until_on")
    return found
