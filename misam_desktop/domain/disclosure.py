"""Utlämnande: one passage of information about a person to somebody else (process.md §5, glossary)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from misam_desktop.domain.codes import Act, InfoKind, PaperKind, Purpose, Recipient
from misam_desktop.domain.ids import CaseId, ConsentId, DisclosureId, MeetingId, PersonId, UnitId, UserId
from misam_desktop.domain.pseudonym import Pseudonym

OPENS = frozenset({Act.MOTE, Act.DELNING})
"""What lets a unit read the case in the program from then on; the others hand over a copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What kinds of information on one case went to whom, for what, under which consent, by whom and when.

    ``unit_id`` is the unit that got it, None for the person. ``consent_id`` is None where no consent is needed: what
    the person is given, and what stays in the own unit's files. ``paper`` is which of a meeting's papers, or of the
    case's letters, it was, and ``code`` the one that the case stood under on it, for as long as codes are kept;
    ``recalled_on`` is when it is known to have come back.
    """

    id: DisclosureId
    case_id: CaseId
    person_id: PersonId
    act: Act
    recipient: Recipient
    unit_id: UnitId | None = None
    kinds: tuple[InfoKind, ...]
    purpose: Purpose
    consent_id: ConsentId | None = None
    meeting_id: MeetingId | None = None
    paper: PaperKind | None = None
    code: Pseudonym | None = None
    recalled_on: date | None = None
    by: UserId
    on: date
    at: datetime
    version: int = 1
