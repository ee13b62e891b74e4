"""Slå upp kod: whom a code on a dagordning stands for, told to those whose unit the consent names (process.md §6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import let_through
from misam_desktop.domain.ids import AgendaItemId, CaseId, MeetingId
from misam_desktop.domain.meeting import Meeting, agenda_can_be_printed
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.protection import covered
from misam_desktop.domain.pseudonym import WRONG_WITHIN, must_not_guess, parse
from misam_desktop.domain.scope import deciding
from misam_desktop.domain.sip import Sip
from misam_desktop.queries.agenda import is_out
from misam_desktop.store import log, rows, subjects, tables
from misam_desktop.vault import Look, query

EVENT = "code.looked_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFound:
    """Whom a code stands for, and where it stands: on an item of a NAFS meeting, or as what a SIP meets about."""

    case_id: CaseId
    item_id: AgendaItemId | None = None
    meeting_id: MeetingId | None = None
    on: date
    name: str
    number: str


@query(EVENT, needs=May.KEY_LIST)
def look_up_code(look: Look, typed: str) -> CodeFound:
    """Whom a code stands for. Raises CodeMistyped for what is no code, before anything is looked up.

    Raises NotFound alike for a code that was never drawn, one whose meeting lies too far back and one of others; and
    TooManyCodes for who has had that answer too often.
    """
    code = parse(typed)
    wrong = log.refused_since(look.conn, look.now - WRONG_WITHIN, user_id=look.actor.user_id, action=EVENT)
    must_not_guess(wrong)
    found = rows.agenda_items.of(look.conn, tables.agenda_item.c.code, code)
    if found and found[0].case_id is not None:
        return _at_nafs(look, found[0], rows.nafs_cases.get(look.conn, found[0].case_id))
    for sip in rows.sips.of(look.conn, tables.sip.c.code, code):
        return _at_sip(look, sip)
    raise NotFound


def _at_nafs(look: Look, item: AgendaItem, case: NafsCase) -> CodeFound:
    """Raises NotFound."""
    meeting = rows.meetings.get(look.conn, item.meeting_id)
    subject = subjects.of_nafs_case(look.conn, case)
    decision = look.require(subject)
    if not (_is_theirs(look, meeting, subject) and agenda_can_be_printed(meeting, today=look.today)):
        raise NotFound
    if is_out(look, case, meeting):
        raise NotFound
    look.opened(item.id, case.person_id)
    person = covered(let_through(rows.persons.get(look.conn, case.person_id), decision.kinds))
    return CodeFound(
        case_id=case.id,
        item_id=item.id,
        meeting_id=meeting.id,
        on=meeting.on,
        name=person.full_name,
        number=person.number.masked,
    )


def _at_sip(look: Look, sip: Sip) -> CodeFound:
    """Raises NotFound, also when the consent no longer names the asker's unit, or the person is protected by now."""
    subject = subjects.of_sip(look.conn, sip)
    decision = look.require(subject)
    if sip.meeting_on is None or subject.protected or not _is_named(look, subject):
        raise NotFound
    look.opened(sip.id, sip.person_id)
    person = covered(let_through(rows.persons.get(look.conn, sip.person_id), decision.kinds))
    return CodeFound(case_id=sip.id, on=sip.meeting_on, name=person.full_name, number=person.number.masked)


def _is_theirs(look: Look, meeting: Meeting, subject: Subject) -> bool:
    """Whether the asker leads the meeting, or the consent that decides names their unit."""
    whole = Subject(activity_id=meeting.activity_id, unit_ids=frozenset(), purpose=meeting.kind.purpose)
    return _is_named(look, subject) or bool(look.allowed(whole, May.LEAD_MEETING))


def _is_named(look: Look, subject: Subject) -> bool:
    consent = deciding(subject.consents, subject.purpose, look.today)
    return consent is not None and look.actor.unit_id in consent.unit_ids
