"""The form of a referral, new or changed: person, frågeställning, target group, entry profile and consent.

It begins with a personnummer and an activity, which it keeps in its draft but does not ask for.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from misam_desktop.domain.codes import Agency, Education, Referrer, Role
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.intake import ReferralFacts
from misam_desktop.domain.livelihood import UNKNOWN
from misam_desktop.domain.target_group import TargetGroup
from misam_desktop.gui import choices
from misam_desktop.gui.case_form import CaseForm, of_person
from misam_desktop.gui.consent_form import consent_values
from misam_desktop.gui.forms import Field, Section, Values
from misam_desktop.gui.inputs import Checks, Choice, Day, Flag, LongText, Number, OneOf, Radios, Text
from misam_desktop.gui.target_boxes import agencies_of, boxes
from misam_desktop.gui.text import tr
from misam_desktop.wording import label

if TYPE_CHECKING:
    from misam_desktop.domain.activity import Activity
    from misam_desktop.domain.people import Person
    from misam_desktop.domain.referral import Referral
    from misam_desktop.queries.desk import Desk

ANNAN = UnitId("annan")
"""Chosen where a unit is: nobody's referral, «egen kontakt»."""
_FOR_THE_FORUM = frozenset(
    {"given_name", "family_name", "question", "needed_unit_ids", "close_cooperation", "target_reason", "consent_now"}
)
"""What a referral before the forum must have, and a draft may lack."""


class ReferralForm(CaseForm):
    """A referral on a page of its own."""

    WHOLE = _FOR_THE_FORUM
    WITHOUT_CONSENT = "Utan samtycke kan remissen sparas som utkast, men inte lämnas till forumet."

    def referral(self, values: Values) -> ReferralFacts:
        """The referral as the command takes it."""
        said = {name: values[name] for name in ReferralFacts.__slots__ if name in values}
        unit_id = unit_of(values)
        return ReferralFacts(
            **said
            | {
                "activity_id": self.activity.id,
                "referrer": referrer_of(self.desk.agency_of(unit_id)),
                "unit_id": unit_id,
                "education": values["education"] or Education.OKAND,
                "livelihoods": values["livelihoods"] or UNKNOWN,
            }
        )

    @property
    def is_own_units(self) -> bool:
        """Whether the referral is the user's own unit's, and can be its draft."""
        return self["unit_id"].value() in {ANNAN, self.desk.me.unit_id}

    # What follows from what was entered

    def _follow(self) -> None:
        values = self.peek()
        self._offer_contacts("contact_id", values["unit_id"])
        self.note("referred_on", self._age_words(self._age_on(values), within=self._group(values).age))
        self.note("needed_unit_ids", self._agency_words(values))
        if self._with_consent:
            self._tick_units({*(values["needed_unit_ids"] or ()), *filter(None, [unit_of(values)])})
        self._offer_owners(unit_id=unit_of(values), contact_id=values.get("contact_id"))

    def _agency_words(self, values: Values) -> str:
        agencies = agencies_of(self.desk, _units_of(values))
        least = self.activity.settings.least_agencies
        names = ", ".join(label(agency) for agency in Agency if agency in agencies)
        if len(agencies) >= least:
            return tr("✓ {count} myndigheter: {names}").format(count=len(agencies), names=names)
        if not values["needed_unit_ids"]:
            return tr("Målgruppen behöver minst {least} myndigheter; den som remitterar räknas.").format(least=least)
        return tr("Bara {names}: målgruppen behöver minst {least} myndigheter.").format(names=names, least=least)

    def _age_on(self, values: Values) -> int | None:
        day: date = values["referred_on"] or self.desk.today
        return self.number.age_on(day)

    def _group(self, values: Values) -> TargetGroup:
        return boxes(
            self.desk,
            self.activity,
            self.number,
            on=values["referred_on"] or self.desk.today,
            units=_units_of(values),
            close_cooperation=values["close_cooperation"],
        )

    def _is_outside(self, values: Values) -> bool:
        """Whether a box has been answered with no; what nobody has answered yet is not held against the referral."""
        group = self._group(values)
        too_few = bool(values["needed_unit_ids"]) and not group.agencies
        return not group.age or too_few or group.close_cooperation is False

    # What it asks

    def _sections(self) -> list[Section]:
        """A new referral begins with the person, a changed one with what was asked."""
        person = self._person_section()
        question = Section(title=tr("Remissen"), fields=self._referral_fields())
        needs = Section(title=tr("Behov och målgrupp"), fields=self._need_fields())
        profile = Section(title=tr("Läget vid remissen"), fields=self._profile_fields(), aside=True)
        if not self._with_consent:
            return [question, needs, person, profile]
        return [person, question, needs, profile, self._consent_section()]

    def _referral_fields(self) -> list[Field]:
        return [
            *referrer_fields(self.desk, self.activity, self._unit_id),
            Field(
                name="supplied_by",
                label=tr("Uppgift lämnad av"),
                kind=lambda: Text(tr("Om det är någon annan")),
                half=True,
            ),
            Field(
                name="question",
                label=tr("Frågeställning"),
                kind=lambda: LongText(5, tr("Vad vill ni att forumet ska ta ställning till?")),
                required=True,
            ),
        ]

    def _need_fields(self) -> list[Field]:
        yes_or_no = [Choice(True, tr("Ja")), Choice(False, tr("Nej"))]
        return [
            Field(
                name="needed_unit_ids",
                label=tr("Enheter som behövs"),
                kind=lambda: Checks(choices.of_unit_names(self.desk), columns=3),
                required=True,
            ),
            Field(name="needed_why", label=tr("Varför de behövs"), kind=lambda: LongText(2)),
            Field(
                name="close_cooperation",
                label=tr("Behoven kan bara tillgodoses i nära samverkan"),
                kind=lambda: Radios(yes_or_no),
                required=True,
            ),
            Field(
                name="target_reason",
                label=tr("Utanför målgruppen: skriv varför"),
                kind=lambda: LongText(2),
                required=True,
                only_if=self._is_outside,
            ),
        ]

    def _profile_fields(self) -> list[Field]:
        priorities = choices.of_codes(self.activity.settings.priorities)
        return [
            Field(
                name="education",
                label=tr("Högsta utbildning"),
                kind=lambda: OneOf(choices.of_codes(Education), empty=tr("Välj …")),
            ),
            Field(name="livelihoods", label=tr("Försörjning"), kind=choices.livelihoods_input),
            Field(name="support_months", label=tr("Månader i offentlig försörjning"), kind=Number),
            Field(
                name="sgi0",
                label=tr("SGI 0"),
                kind=lambda: Flag(tr("SGI 0, saknar sjukpenninggrundande inkomst")),
                help=tr("Går före i forumets kö."),
            ),
            Field(
                name="priorities",
                label=tr("Prioritering"),
                kind=lambda: Checks(priorities, explained=True),
            ),
        ]


def referrer_fields(desk: Desk, activity: Activity, unit_id: UnitId | None) -> list[Field]:
    """Who refers, and on which day: asked of every referral, a re-referral too."""
    contacts = choices.of_contacts(desk, unit_id=unit_id)
    return [
        Field(
            name="unit_id",
            label=tr("Remitterande enhet"),
            kind=lambda: OneOf(referring_units(desk, activity, unit_id)),
            required=True,
            half=True,
        ),
        Field(
            name="contact_id",
            label=tr("Handläggare"),
            kind=lambda: OneOf(contacts, empty=tr("Ingen angiven")),
            half=True,
            only_if=lambda values: values["unit_id"] != ANNAN,
        ),
        Field(name="referred_on", label=tr("Remissens datum"), kind=lambda: Day(desk.today), required=True, half=True),
    ]


def referring_units(desk: Desk, activity: Activity, chosen: UnitId | None) -> list[Choice]:
    """The units that the user may refer for: a handläggare for their own, the koordinator for all."""
    taken = {one.value for one in activity.settings.referrers}
    is_koordinator = Role.KOORDINATOR in desk.me.roles
    units = [
        choice
        for choice in choices.of_unit_names(desk)
        if desk.agency_of(choice.value) in taken and (is_koordinator or choice.value in {desk.me.unit_id, chosen})
    ]
    return [*units, Choice(ANNAN, tr("Annan (egen kontakt)"))] if Referrer.ANNAN in taken else units


def unit_of(values: Values) -> UnitId | None:
    """The chosen unit, or None for «Annan»."""
    unit_id: UnitId | None = values["unit_id"]
    return None if unit_id == ANNAN else unit_id


def _units_of(values: Values) -> list[UnitId | None]:
    return [unit_of(values), *(values["needed_unit_ids"] or ())]


def referrer_of(agency: Agency | None) -> Referrer:
    """Who refers when a unit of this authority does, or none."""
    return Referrer.ANNAN if agency is None else Referrer(agency.value)


def new_values(desk: Desk, activity: Activity, known: Person | None) -> dict[str, Any]:
    """What a new referral begins with: today, own unit and oneself, and what is known of the person."""
    return {
        **(of_person(known) if known else {}),
        **consent_values(desk, activity.id, unit_ids=[desk.me.unit_id]),
        "referred_on": desk.today,
        "unit_id": desk.me.unit_id,
        "contact_id": desk.me.contact_id,
    }


def stored_values(person: Person, referral: Referral) -> dict[str, Any]:
    """A stored referral as its form shows it."""
    said = {name: getattr(referral, name) for name in ReferralFacts.__slots__}
    return of_person(person) | said | {"unit_id": referral.unit_id or ANNAN}
