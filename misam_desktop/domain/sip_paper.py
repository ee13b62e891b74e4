"""The papers of a SIP: what asks somebody to the meeting, the dagordning, and what the team has set for them (§8)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from misam_desktop.domain.agenda import papers
from misam_desktop.domain.codes import Agency, PaperKind, Recipient
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.gate import To
from misam_desktop.domain.ids import CaseId, UnitId
from misam_desktop.domain.sip import PartyKind, SipLetter, SipParty, letter_of
from misam_desktop.domain.text import clean

MOST_POINTS = 20
MOST_LETTERS = 160
"""In a point, and in what is cited; more is no heading."""


class SipTemplateLong(UserError):
    """A dagordning has more points, or longer ones, than can be gone through."""

    code = "sip_template_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class SipTemplate:
    """``points`` are those of the dagordning, one a line; ``statute`` is the law that papers cite.

    Each may be empty: then what the program brings with it stands there.
    """

    points: str = ""
    statute: str = ""

    def agenda(self) -> tuple[str, ...]:
        """The points, in their order."""
        return tuple(self.points.splitlines())


NO_TEMPLATE = SipTemplate()


def cleaned(template: SipTemplate) -> SipTemplate:
    """The template as it is kept. Raises SipTemplateLong."""
    points = tuple(filter(None, map(str.strip, clean(template.points, multiline=True).splitlines())))
    statute = clean(template.statute)
    if len(points) > MOST_POINTS or any(len(one) > MOST_LETTERS for one in points):
        raise SipTemplateLong(field="points", points=MOST_POINTS, letters=MOST_LETTERS)
    if len(statute) > MOST_LETTERS:
        raise SipTemplateLong(field="statute", points=MOST_POINTS, letters=MOST_LETTERS)
    return SipTemplate(points="\n".join(points), statute=statute)


class Asking(StrEnum):
    """What is written to somebody to ask them to a meeting: each has a text of its own."""

    KALLELSE = "kallelse"
    INBJUDAN = "inbjudan"
    INBJUDAN_PERSON = "inbjudan_person"
    INBJUDAN_NARSTAENDE = "inbjudan_narstaende"

    @property
    def is_for_the_person(self) -> bool:
        """Whether it is written in the language, and in letters as large, as suit the person and who is close."""
        return self in {Asking.INBJUDAN_PERSON, Asking.INBJUDAN_NARSTAENDE}

    @property
    def paper(self) -> PaperKind:
        """What it is called where all that was handed over is kept."""
        return PaperKind.KALLELSE if self is Asking.KALLELSE else PaperKind.INBJUDAN


def asking_of(party: SipParty, agency: Agency | None) -> Asking:
    """Which text asks somebody; ``agency`` is that of a unit."""
    if party.kind is PartyKind.PERSONEN:
        return Asking.INBJUDAN_PERSON
    if party.unit_id is None:
        return Asking.INBJUDAN_NARSTAENDE
    return Asking.KALLELSE if letter_of(agency) is SipLetter.KALLELSE else Asking.INBJUDAN


def to_party(party: SipParty) -> To:
    """Who gets what is written to somebody who takes part."""
    if party.unit_id is not None:
        return To(recipient=Recipient.ENHET, unit_id=party.unit_id)
    return To(recipient=Recipient.PERSONEN if party.kind is PartyKind.PERSONEN else Recipient.INBJUDEN)


class _OnAgenda(NamedTuple):
    """The SIP as the one thing that its meeting is about."""

    case_id: CaseId
    is_general: bool = False


def agendas_of(case_id: CaseId, units: Collection[UnitId], consent: Consent | None) -> tuple[tuple[UnitId, ...], ...]:
    """Who get a dagordning together: all units that take part, where the consent names them all, else each by itself.

    A unit that the consent does not name gets none: to know of the meeting is to know of the person.
    """
    consents = {} if consent is None else {case_id: consent}
    found = papers([_OnAgenda(case_id)], consents, list(dict.fromkeys(units)))
    if found.common and units:
        return (tuple(dict.fromkeys(units)),)
    return tuple((unit_id,) for unit_id in found.per_unit)
