"""What of a NAFS meeting may stand on which paper now."""

from __future__ import annotations

from collections.abc import Collection

from misam_desktop.domain.access import May
from misam_desktop.domain.agenda import AgendaItem, in_order, last_signed
from misam_desktop.domain.ids import CaseId, UnitId
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.scope import deciding
from misam_desktop.queries.agenda import is_out
from misam_desktop.queries.standing import Known, OnPaper, Standing, stand
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look

NafsLine = OnPaper[AgendaItem, NafsCase]
NafsStanding = Standing[AgendaItem, NafsCase]


def standing(look: Look, meeting: Meeting, receivers: Collection[UnitId]) -> NafsStanding:
    """Where each item stands, when these units get the paper of all.

    A case whose consent does not hold any more, now or on the meeting's day, keeps its place without its content.
    """
    items = in_order(rows.agenda_items.of(look.conn, tables.agenda_item.c.meeting_id, meeting.id))
    found = [(item, None if item.case_id is None else _known(look, meeting, item.case_id)) for item in items]
    return stand(found, receivers)


def _known(look: Look, meeting: Meeting, case_id: CaseId) -> Known[NafsCase]:
    """What is known of a case on the agenda; it got there under a consent, so a paper has been signed."""
    case = rows.nafs_cases.get(look.conn, case_id)
    subject = subjects.of_nafs_case(look.conn, case)
    return Known(
        case=case,
        person=rows.persons.get(look.conn, case.person_id),
        subject=subject,
        decision=look.allowed(subject, May.READ_CASE),
        consent=None if is_out(look, case, meeting) else deciding(subject.consents, case.purpose, look.today),
        signed=last_signed(subject.consents, case.purpose, look.today),
    )
