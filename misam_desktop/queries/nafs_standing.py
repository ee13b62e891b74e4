"""What of a NAFS meeting may stand on which paper now: the gate is asked of each case, for each unit that gets it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from misam_desktop.domain.access import Decision, May, Subject
from misam_desktop.domain.agenda import AgendaItem, Papers, in_order, last_signed, numbered, papers
from misam_desktop.domain.codes import InfoKind, Recipient
from misam_desktop.domain.consent import Consent, must_hold
from misam_desktop.domain.gate import To, for_all, preview
from misam_desktop.domain.ids import CaseId, UnitId
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.people import Person
from misam_desktop.domain.pseudonym import Pseudonym
from misam_desktop.domain.scope import deciding
from misam_desktop.queries.agenda import is_out
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look


class OnPaper(NamedTuple):
    """One item of a paper, with its number there. ``consent`` holds now; without one, a case is not taken up.

    ``kinds`` are those that go to every unit that gets the paper. A general question has neither case nor code.
    """

    place: int
    item: AgendaItem
    case: NafsCase | None = None
    code: Pseudonym | None = None
    consent: Consent | None = None
    kinds: frozenset[InfoKind] = frozenset()


class _Known(NamedTuple):
    case: NafsCase
    person: Person
    subject: Subject
    decision: Decision
    consent: Consent | None
    signed: Consent


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Which item stands on the paper of all and which on those of one unit.

    ``orally`` counts the protected persons' cases; ``left_out`` those that the asker may not read: jäv.
    """

    receivers: tuple[UnitId, ...]
    papers: Papers[AgendaItem]
    known: dict[CaseId, _Known]
    orally: int
    left_out: int

    def on_paper(self, look: Look, unit_id: UnitId | None) -> list[OnPaper]:
        """What stands on the paper of all, or on that of one unit beside it."""
        to = self.receivers if unit_id is None else (unit_id,)
        return [self._item(look, place, item, to) for place, item in numbered(self.papers, unit_id)]

    def read_by(self, look: Look, unit_id: UnitId) -> list[OnPaper]:
        """All that a unit gets, on both papers, as far as it alone may have it."""
        both = [*numbered(self.papers, None), *numbered(self.papers, unit_id)]
        return [self._item(look, place, item, (unit_id,)) for place, item in both]

    def person(self, case_id: CaseId) -> Person:
        """Whom a case concerns."""
        return self.known[case_id].person

    def _item(self, look: Look, place: int, item: AgendaItem, to: Iterable[UnitId]) -> OnPaper:
        if item.case_id is None:
            return OnPaper(place, item)
        known = self.known[item.case_id]
        cells = preview(
            known.subject,
            mine=known.decision.kinds,
            own_unit_id=look.actor.unit_id,
            to=[To(recipient=Recipient.ENHET, unit_id=one) for one in to],
            today=look.today,
        )
        kinds = for_all(cells) if known.consent else frozenset[InfoKind]()
        return OnPaper(place, item, known.case, item.code, known.consent, kinds)


def standing(look: Look, meeting: Meeting, receivers: Collection[UnitId]) -> Standing:
    """Where each item stands, when these units get the paper of all.

    A case whose consent does not hold any more, now or on the meeting's day, keeps its place without its content.
    """
    known: dict[CaseId, _Known] = {}
    kept, orally, left_out = list[AgendaItem](), 0, 0
    for item in in_order(rows.agenda_items.of(look.conn, tables.agenda_item.c.meeting_id, meeting.id)):
        found = None if item.case_id is None else _known(look, meeting, item.case_id)
        if found is not None and (found.subject.protected or item.code is None):
            orally += 1
        elif found is not None and not found.decision:
            left_out += 1
        else:
            kept.append(item)
            if found is not None:
                known[found.case.id] = found
    to = tuple(dict.fromkeys(receivers))
    consents = {case_id: one.signed for case_id, one in known.items()}
    return Standing(receivers=to, papers=papers(kept, consents, to), known=known, orally=orally, left_out=left_out)


def _known(look: Look, meeting: Meeting, case_id: CaseId) -> _Known:
    """What is known of a case on the agenda; it got there under a consent, so a paper has been signed."""
    case = rows.nafs_cases.get(look.conn, case_id)
    subject = subjects.of_nafs_case(look.conn, case)
    return _Known(
        case=case,
        person=rows.persons.get(look.conn, case.person_id),
        subject=subject,
        decision=look.allowed(subject, May.READ_CASE),
        consent=None if is_out(look, case, meeting) else deciding(subject.consents, case.purpose, look.today),
        signed=must_hold(last_signed(subject.consents, case.purpose, look.today)),
    )
