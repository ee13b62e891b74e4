"""The declared fields of a signed consent: in a dialog of their own, and as a part of a referral's form.

Also what a form to be signed is printed from: the same fields, as far as they are filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from misam_desktop.documents.phrases import Language, phrases, wording_of
from misam_desktop.domain.codes import Given, InfoKind, Purpose
from misam_desktop.domain.consent import Consent, needs_guardian
from misam_desktop.domain.ids import ActivityId, UnitId, WordingId
from misam_desktop.domain.intake import ConsentFacts
from misam_desktop.gui.choices import of_codes, of_unit_names
from misam_desktop.gui.forms import Field, Form, Values
from misam_desktop.gui.inputs import Checks, Choice, Day, Flag, Input, LongText, OneOf, Radios, Text
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button

if TYPE_CHECKING:
    from misam_desktop.domain.personal_number import PersonalNumber
    from misam_desktop.queries.desk import Desk

OTHER_FORM = "other"
"""Chosen where a wording is: the paper is not one of the program's."""
UNTIL_DISCHARGE, UNTIL_DAY = "discharge", "day"
Shown = Callable[[Values], bool]


class Doing(Input):
    """A button among the fields: something to do on the way, which is no part of what is saved."""

    pressed = Signal()

    def __init__(self, words: str) -> None:
        super().__init__()
        self.hold(button(words, self.pressed.emit))

    def value(self) -> bool:
        """Nothing is asked, so nothing is missing."""
        return True

    def set_value(self, value: Any) -> None:
        """Nothing to show."""

    def raw(self) -> str:
        """Nothing to keep."""
        return ""

    def set_raw(self, raw: Any) -> None:
        """Nothing was kept."""


def form_to_sign() -> Field:
    """The way to a form that the person can sign, filled in with what stands here."""
    return Field(
        name="form_to_sign",
        label=tr("Blankett att skriva under"),
        kind=lambda: Doing(tr("Skriv ut blankett …")),
        required=True,
    )


def when_wanted(form: Form, does: Callable[[], object]) -> None:
    """Do this when the form to sign is asked for."""
    wanted = form["form_to_sign"]
    assert isinstance(wanted, Doing)
    wanted.pressed.connect(does)


def of_languages() -> list[Choice]:
    """The languages that papers come in."""
    return [Choice(language, str(phrases(language)["name"])) for language in Language]


def paper_fields(*, only_if: Shown | None = None) -> list[Field]:
    """What tells one signed paper from another: how it was given, which text was signed, and where it is."""
    editions = [(wording_of(language), phrases(language)["name"]) for language in Language]
    forms = [
        Choice(wording.id, tr("{language}, utgåva {edition}").format(language=name, edition=wording.edition))
        for wording, name in editions
    ]
    return [
        Field(
            name="given",
            label=tr("Hur samtycket gavs"),
            kind=lambda: Radios(of_codes(Given), columns=2),
            required=True,
            half=True,
            only_if=only_if,
        ),
        Field(
            name="wording",
            label=tr("Blankett som skrevs under"),
            kind=lambda: OneOf([*forms, Choice(OTHER_FORM, tr("Annan blankett"))], empty=tr("Välj …")),
            required=True,
            half=True,
            only_if=only_if,
        ),
        Field(
            name="paper_at",
            label=tr("Var samtycket finns"),
            kind=lambda: Text(tr("Till exempel akten hos IFO")),
            required=True,
            half=True,
            only_if=only_if,
        ),
    ]


def wording_in(values: Values) -> WordingId | None:
    """The text that was signed; none for a form that is not the program's."""
    chosen: WordingId | None = values["wording"]
    return None if chosen == OTHER_FORM else chosen


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


def _when_shared(purpose: Purpose | None, *, shares_now: bool) -> str:
    """When the units that are named may read the case."""
    if purpose is Purpose.NAFS:
        return tr("Enheterna får läsa ärendet när det sätts upp på en dagordning.")
    if purpose is Purpose.SIP:
        return tr("En enhet får läsa SIP:en när den har fått sin kallelse eller inbjudan.")
    at_once = tr("Enheterna får läsa ärendet när du sparar.")
    return at_once if shares_now else tr("Enheterna får läsa ärendet när remissen lämnas till forumet.")


def _sharing_fields(desk: Desk, *, only_if: Shown | None, columns: int, shared: str) -> list[Field]:
    """Who gets what: the units, the kinds of information, and what the person wants kept from them."""
    return [
        Field(
            name="unit_ids",
            label=tr("Enheter som får ta del av uppgifterna"),
            kind=lambda: Checks(of_unit_names(desk), columns=columns),
            required=True,
            help=f"{tr('Koordinatorns enhet behöver vara med.')} {shared}",
            only_if=only_if,
        ),
        Field(
            name="kinds",
            label=tr("Uppgifter som får delas"),
            kind=lambda: Checks(of_codes(InfoKind), columns=columns),
            required=True,
            only_if=only_if,
        ),
        Field(name="not_shared", label=tr("Det här ska inte delas"), kind=lambda: LongText(2), only_if=only_if),
    ]


def consent_fields(
    desk: Desk,
    *,
    number: PersonalNumber,
    months: int,
    only_if: Shown | None = None,
    columns: int = 3,
    shares_now: bool = False,
    purpose: Purpose | None = None,
) -> list[Field]:
    """Everything that the signed paper says; ``months`` is how long the activity lets a consent run.

    ``shares_now``: the case stands before the forum, so that the units named get it when the consent is saved.
    ``purpose`` is what it is to, where the case leaves no choice.
    """

    def is_minor(values: Values) -> bool:
        return needs_guardian(number, on=values.get("from_on") or desk.today)

    def shown(**field: Any) -> Field:
        return Field(**{"only_if": only_if} | field)

    to_what = shown(
        name="purposes",
        label=tr("Samtycket gäller"),
        kind=lambda: Checks(of_codes(Purpose), columns=4 if columns == 4 else 2),
        required=True,
    )
    return [
        *([to_what] if purpose is None else []),
        shown(name="from_on", label=tr("Undertecknat"), kind=lambda: Day(desk.today), required=True, half=True),
        *paper_fields(only_if=only_if),
        *period_fields(desk, months=months, only_if=only_if),
        *_sharing_fields(desk, only_if=only_if, columns=columns, shared=_when_shared(purpose, shares_now=shares_now)),
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


def consent_values(
    desk: Desk, activity_id: ActivityId, *, unit_ids: Iterable[UnitId], purpose: Purpose | None = None
) -> dict[str, Any]:
    """What a new consent begins with: to samverkan, today until discharge, these units and the koordinator's."""
    return {
        "purposes": (purpose or Purpose.SAMVERKAN,),
        "from_on": desk.today,
        "given": Given.PAPPER,
        "until": UNTIL_DISCHARGE,
        "unit_ids": {*unit_ids, *desk.coordinating_units(activity_id)},
        "kinds": tuple(InfoKind),
    }


def consent_facts(values: Values, *, purpose: Purpose | None = None) -> ConsentFacts:
    """The form's values as the command takes them; ``purpose`` where it was not asked for."""
    return ConsentFacts(
        purposes=values["purposes"] if purpose is None else (purpose,),
        from_on=values["from_on"],
        until_on=until_of(values),
        unit_ids=values["unit_ids"],
        kinds=values["kinds"],
        not_shared=values["not_shared"],
        paper_at=values["paper_at"],
        guardian=values.get("guardian", ""),
        interpreter=values["consent_interpreter"],
        given=values["given"],
        wording=wording_in(values),
    )


def facts_so_far(desk: Desk, values: Values, *, purpose: Purpose | None = None) -> ConsentFacts:
    """What is filled in of a form that is not signed yet."""
    return ConsentFacts(
        purposes=(values["purposes"] or ()) if purpose is None else (purpose,),
        from_on=values["from_on"] or desk.today,
        until_on=until_of(values) if values["until"] == UNTIL_DAY else None,
        unit_ids=values["unit_ids"] or (),
        kinds=values["kinds"] or (),
        not_shared=values["not_shared"] or "",
        guardian=values["guardian"] or "",
        interpreter=bool(values["consent_interpreter"]),
    )


def facts_of(consent: Consent) -> ConsentFacts:
    """The same once more, for a form that renews it."""
    return ConsentFacts(
        purposes=(consent.purpose,),
        from_on=consent.from_on,
        until_on=consent.until_on,
        unit_ids=consent.unit_ids,
        kinds=consent.kinds,
        not_shared=consent.not_shared,
        guardian=consent.guardian,
        interpreter=consent.interpreter,
    )


def until_of(values: Values) -> date | None:
    """The last day that was entered, or None for until discharge."""
    found: date | None = values.get("until_on")
    return found
