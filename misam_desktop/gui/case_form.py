"""What the forms of new cases have in common: the person, a protected identity, and the signed consent.

They begin with a personnummer and an activity, which they keep in their draft but do not ask for.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from misam_desktop.domain.codes import Purpose, Sex
from misam_desktop.domain.consent import ConsentMissing
from misam_desktop.domain.ids import ContactId, UnitId
from misam_desktop.domain.intake import ConsentFacts, PersonFacts
from misam_desktop.domain.protection import BESIDE_THE_NUMBER
from misam_desktop.gui import choices
from misam_desktop.gui.consent_form import consent_facts, consent_fields, facts_so_far, form_to_sign
from misam_desktop.gui.forms import Field, Form, Section, Values
from misam_desktop.gui.inputs import Choice, Day, Flag, OneOf, Radios, Text
from misam_desktop.gui.owners import NAME as OWNERS
from misam_desktop.gui.owners import Owners, of_users, offer_for, owners_field
from misam_desktop.gui.text import tr
from misam_desktop.wording import label

if TYPE_CHECKING:
    from misam_desktop.domain.activity import Activity
    from misam_desktop.domain.people import Person
    from misam_desktop.domain.personal_number import PersonalNumber
    from misam_desktop.queries.desk import Desk

SIGNED, LATER = "signed", "later"
_NAMES = frozenset({"given_name", "family_name"})


class CaseForm(Form):
    """One case on a page of its own; ``with_consent`` asks for the signed paper too.

    ``WHOLE`` are the fields that a case before others must have, and a draft may lack. ``PURPOSE`` is what every
    consent to it is to, None where the form asks; ``CASE`` is what the case itself is for.
    """

    WHOLE: ClassVar[frozenset[str]] = frozenset()
    PURPOSE: ClassVar[Purpose | None] = None
    CASE: ClassVar[Purpose] = Purpose.SAMVERKAN
    WITHOUT_CONSENT: ClassVar[str] = ""
    """What can be done with the case while no paper is signed, as the source language says it."""

    def __init__(
        self, desk: Desk, activity: Activity, number: PersonalNumber, *, values: Values, with_consent: bool
    ) -> None:
        self.desk, self.activity, self.number, self._with_consent = desk, activity, number, with_consent
        self._is_protected = bool(values.get("protected"))
        self._asks_for_protection = with_consent and not self._is_protected
        self._named: set[UnitId] = set()
        self._unit_id: UnitId | None = values["unit_id"]
        super().__init__(self._sections(), values, page=True)
        self._follow()
        self.changed.connect(self._follow)

    # What it gives

    def read_draft(self) -> dict[str, Any] | None:
        """The values of a case that may lack what others need; a consent only when it is said to be signed."""
        return self.read(may_lack=self.WHOLE)

    def read_whole(self) -> dict[str, Any] | None:
        """The values of a case that is to stand before others, or None after having told what it lacks.

        A protected person may be without a name here.
        """
        values = self.read(may_lack=_NAMES if self.is_protected else ())
        if values is not None and self._with_consent and values["consent_now"] == LATER:
            self.show_error(ConsentMissing(field="consent_now"))
            return None
        return values

    def person(self, values: Values) -> PersonFacts:
        """The person as the command takes them."""
        said = {name: values[name] for name in PersonFacts.__slots__ if name in values}
        return PersonFacts(number=self.number, **said)

    def consent(self, values: Values) -> ConsentFacts | None:
        """The consent, when it is signed."""
        return consent_facts(values, purpose=self.PURPOSE) if values.get("consent_now") == SIGNED else None

    def so_far(self) -> tuple[PersonFacts, ConsentFacts]:
        """Who it is about and what has been agreed, as far as it is filled in: for a form to be signed."""
        values = self.peek()
        said = {name: values[name] for name in PersonFacts.__slots__ if values.get(name)}
        return PersonFacts(number=self.number, **{"sex": Sex.ANNAT} | said), facts_so_far(
            self.desk, values, purpose=self.PURPOSE
        )

    def raw(self) -> dict[str, Any]:
        """What a draft keeps: the number and the activity too."""
        about = {"number": self.number.digits, "activity_id": self.activity.id, "is_protected": self.is_protected}
        return super().raw() | about

    @property
    def is_own_units(self) -> bool:
        """Whether the case is the user's own unit's, and can be its draft."""
        raise NotImplementedError

    @property
    def is_protected(self) -> bool:
        """Whether the person is protected: as it is ticked here, or known where that is not asked."""
        return bool(self["protected"].value()) if self._asks_for_protection else self._is_protected

    # What follows from what was entered

    def _follow(self) -> None:
        """The form has other values."""
        raise NotImplementedError

    def _offer_contacts(self, name: str, unit_id: UnitId | None) -> None:
        """Those who work at the unit that was chosen, where another was."""
        if unit_id == self._unit_id:
            return
        self._unit_id = unit_id
        contacts = self[name]
        assert isinstance(contacts, OneOf)
        contacts.set_choices(choices.of_contacts(self.desk, unit_id=unit_id))

    def _tick_units(self, named: Collection[UnitId]) -> None:
        """A unit that the case names is ticked in the consent, and unticked when it is named no more."""
        before, self._named = self._named, set(named)
        if self._named != before:
            gone = before - self._named - set(self.desk.coordinating_units(self.activity.id))
            self["unit_ids"].set_value((set(self["unit_ids"].value()) | self._named) - gone)

    def _offer_owners(self, *, unit_id: UnitId | None, contact_id: ContactId | None) -> None:
        if self._asks_for_protection:
            owners = self[OWNERS]
            assert isinstance(owners, Owners)
            offer_for(owners, self.desk, self.activity.id, unit_id=unit_id, contact_id=contact_id, purpose=self.CASE)

    def _age_words(self, age: int | None, *, within: bool | None) -> str:
        settings = self.activity.settings
        if age is None:
            return tr("Åldern är okänd: födelsedagen står inte i numret.")
        words = tr("✓ {age} år, inom målgruppen") if within else tr("{age} år, utanför målgruppen")
        return f"{words} ({tr('{least}–{most} år')})".format(age=age, least=settings.min_age, most=settings.max_age)

    # What it asks

    def _sections(self) -> list[Section]:
        """The fields."""
        raise NotImplementedError

    def _person_section(self) -> Section:
        fields = person_fields(self.desk.today, self.number)
        return Section(title=tr("Personen"), fields=[*fields, *self._protection_fields()])

    def _protection_fields(self) -> list[Field]:
        """Asked of a new case; later, and of somebody who is protected already, it is done on the page."""
        if not self._asks_for_protection:
            return []
        return protection_fields(of_users(self.desk, self.activity.id, purpose=self.CASE))

    def _consent_section(self) -> Section:
        when = [
            Choice(SIGNED, tr("Undertecknat")),
            Choice(LATER, tr("Kommer senare")),
        ]
        asked = [
            Field(
                name="consent_now",
                label=tr("Skriftligt samtycke"),
                kind=lambda: Radios(when),
                required=True,
                help=tr(self.WITHOUT_CONSENT),
            ),
            form_to_sign(),
            *consent_fields(
                self.desk,
                number=self.number,
                months=self.activity.settings.consent_months,
                only_if=lambda values: values["consent_now"] == SIGNED,
                purpose=self.PURPOSE,
            ),
        ]
        return Section(title=tr("Samtycke"), fields=asked, aside=True)


def person_fields(today: date, number: PersonalNumber) -> list[Field]:
    """What is asked of the person; the number is known before. What is kept back of a protected one is not asked."""
    suggestion = tr("Numret talar för {sex}. Personen bestämmer själv.").format(sex=label(number.suggested_sex).lower())
    asked = [
        Field(name="given_name", label=tr("Förnamn"), kind=Text, required=True, half=True),
        Field(name="family_name", label=tr("Efternamn"), kind=Text, required=True, half=True),
        Field(
            name="sex",
            label=tr("Kön"),
            kind=lambda: Radios(choices.of_codes(Sex)),
            required=True,
            help=suggestion if number.is_shown else "",
        ),
        Field(name="phone", label=tr("Telefon"), kind=Text, half=True),
        Field(name="language", label=tr("Språk"), kind=lambda: Text(tr("Om annat än svenska")), half=True),
        Field(name="proxy", label=tr("God man eller ombud"), kind=Text, half=True),
        Field(name="address", label=tr("Postadress"), kind=lambda: Text(tr("Bara om brev ska skickas")), half=True),
        Field(name="informed_on", label=tr("Information om personuppgifter lämnad"), kind=lambda: Day(today)),
        Field(name="interpreter", label=tr("Tolk"), kind=lambda: Flag(tr("Behöver tolk")), half=True),
        Field(name="easy_read", label=tr("Lättläst"), kind=lambda: Flag(tr("Vill ha lättläst")), half=True),
    ]
    return [one for one in asked if number.is_shown or one.name not in BESIDE_THE_NUMBER]


def protection_fields(users: list[Choice]) -> list[Field]:
    """Whether the identity is protected, and for whom it is not."""
    return [
        Field(
            name="protected",
            label=tr("Skyddade personuppgifter"),
            kind=lambda: Flag(tr("Skyddade personuppgifter")),
            help=tr("Namnet visas då bara för dem du väljer. Nummer, telefon och adress visas när någon anger varför."),
        ),
        owners_field(users, only_if=lambda values: bool(values["protected"])),
    ]


def of_person(person: Person) -> dict[str, Any]:
    """What is known of a person, as the form shows it."""
    return {name: getattr(person, name) for name in PersonFacts.__slots__ if name not in {"number", OWNERS}}
