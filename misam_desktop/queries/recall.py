"""The papers of meetings that must be called back, as far as the asker may know of their cases."""

from __future__ import annotations

from collections.abc import Iterable

from misam_desktop.domain.access import May
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.ids import CaseId
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.pseudonym import Pseudonym
from misam_desktop.domain.recall import OnMeeting, Recall, to_recall
from misam_desktop.domain.referral import Referral
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look

_C, _D, _F, _I = tables.consent.c, tables.disclosure.c, tables.forum_item.c, tables.agenda_item.c


def recall_of_meeting(look: Look, meeting: Meeting) -> tuple[Recall, ...]:
    """What must come back of a meeting, for whoever leads it; each case of it is read."""
    acts: dict[CaseId, list[Disclosure]] = {}
    for one in rows.disclosures.of(look.conn, _D.meeting_id, meeting.id):
        if one.code is not None:
            acts.setdefault(one.case_id, []).append(one)
    found = list[Recall]()
    for case_id, given in acts.items():
        case = rows.referrals.find(look.conn, case_id) or rows.nafs_cases.get(look.conn, case_id)
        if look.allowed(subjects.of(look.conn, case), May.READ_CASE):
            here = _of(look, case, meeting, given)
            if here:
                look.opened(case.id, case.person_id)
            found += here
    return tuple(found)


def recall_of_case(look: Look, case: NafsCase, told: Iterable[Disclosure]) -> tuple[tuple[Meeting, Recall], ...]:
    """What must come back of a case whose acts of handing over the asker is told, with the meeting of each."""
    given = [one for one in told if one.code is not None]
    meetings = [rows.meetings.get(look.conn, one) for one in dict.fromkeys(act.meeting_id for act in given) if one]
    return tuple((meeting, one) for meeting in meetings for one in _of(look, case, meeting, given))


def _of(look: Look, case: NafsCase | Referral, meeting: Meeting, given: Iterable[Disclosure]) -> list[Recall]:
    there = OnMeeting(
        case=case,
        meeting=meeting,
        consents=tuple(rows.consents.of(look.conn, _C.case_id, case.id)),
        code=_code(look, case, meeting),
        protected=rows.persons.get(look.conn, case.person_id).protected,
    )
    return to_recall(there, given, today=look.today)


def _code(look: Look, case: NafsCase | Referral, meeting: Meeting) -> Pseudonym | None:
    """What a case stands under at a meeting now, if it does."""
    if isinstance(case, Referral):
        found = rows.forum_items.of(look.conn, _F.referral_id, case.id)
        return next((one.code for one in found if one.meeting_id == meeting.id), None)
    items = rows.agenda_items.of(look.conn, _I.case_id, case.id)
    return next((one.code for one in items if one.meeting_id == meeting.id), None)
