"""The form of a new SIP: the person, who has judged that it is needed and why, and the consent to SIP."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from misam_desktop.domain.codes import Purpose, Role
from misam_desktop.domain.ids import ActivityId
from misam_desktop.domain.sip import PRINCIPALS, SipFacts
from misam_desktop.gui import choices
from misam_desktop.gui.case_form import CaseForm, of_person
from misam_desktop.gui.consent_form import consent_values
from misam_desktop.gui.forms import Field, Section, Values
from misam_desktop.gui.inputs import Choice, Day, LongText, OneOf
from misam_desktop.gui.text import tr

if TYPE_CHECKING:
    from misam_desktop.domain.people import Person
    from misam_desktop.queries.desk import Desk


class SipForm(CaseForm):
    """One SIP."""

    WHOLE = frozenset({"given_name", "family_name", "consent_now"})
    PURPOSE = CASE = Purpose.SIP
    WITHOUT_CONSENT = "Utan samtycke kan behovet sparas, men ingen annan kan kallas eller bjudas in."

    def facts(self, values: Values) -> SipFacts:
        """The need as the command takes it."""
        said = {name: values[name] for name in ("unit_id", "contact_id", "need_on", "need_why")}
        return SipFacts(activity_id=self.activity.id, **said)

    @property
    def is_own_units(self) -> bool:
        """Whether the user's own unit has judged it, and it can be that unit's draft."""
        return bool(self["unit_id"].value() == self.desk.me.unit_id)

    def _follow(self) -> None:
        values = self.peek()
        unit_id = values["unit_id"]
        self._offer_contacts("contact_id", unit_id)
        if self._with_consent:
            self._tick_units([*filter(None, [unit_id])])
        self._offer_owners(unit_id=unit_id, contact_id=values.get("contact_id"))

    def _sections(self) -> list[Section]:
        need = Section(title=tr("Behovet"), fields=self._need_fields())
        return [need, replace(self._person_section(), aside=False), self._consent_section()]

    def _need_fields(self) -> list[Field]:
        desk = self.desk
        return [
            Field(
                name="need_why",
                label=tr("Varför behövs en SIP?"),
                kind=lambda: LongText(3, tr("Skriv så att personen själv förstår.")),
                required=True,
            ),
            Field(
                name="unit_id",
                label=tr("Enhet som har bedömt behovet"),
                kind=lambda: OneOf(judging_units(desk), empty=tr("Välj …")),
                required=True,
                half=True,
                help=tr("Kommunen eller regionen."),
            ),
            Field(
                name="contact_id",
                label=tr("Håller ihop SIP:en"),
                kind=lambda: OneOf(choices.of_contacts(desk, unit_id=self._unit_id), empty=tr("Välj …")),
                required=True,
                half=True,
            ),
            Field(name="need_on", label=tr("Behovet sågs"), kind=lambda: Day(desk.today), required=True, half=True),
        ]


def judging_units(desk: Desk) -> list[Choice]:
    """The units of kommun and region that the user may begin a SIP for: their own, a koordinator all."""
    coordinates = Role.KOORDINATOR in desk.me.roles
    found = [one for one in choices.of_unit_names(desk) if desk.agency_of(one.value) in PRINCIPALS]
    return [one for one in found if coordinates or one.value == desk.me.unit_id]


def new_sip_values(desk: Desk, activity_id: ActivityId, known: Person | None) -> dict[str, Any]:
    """What a new SIP begins with: today, own unit where it can judge the need, and what is known of the person."""
    own = desk.me.unit_id if desk.agency_of(desk.me.unit_id) in PRINCIPALS else None
    return {
        **(of_person(known) if known else {}),
        **consent_values(desk, activity_id, unit_ids=[*filter(None, [own])], purpose=Purpose.SIP),
        "need_on": desk.today,
        "unit_id": own,
        "contact_id": desk.me.contact_id if own else None,
    }
