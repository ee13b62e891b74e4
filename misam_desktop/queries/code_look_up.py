"""Slå upp kod: whom a code on a dagordning stands for, told to those whose unit the consent names (process.md §6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from misam_desktop.domain.access import Decision, May, Subject
from misam_desktop.domain.case import Case
from misam_desktop.domain.codes import Purpose
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import let_through
from misam_desktop.domain.ids import CaseId
from misam_desktop.domain.meeting import Meeting, agenda_can_be_printed, keeps_codes
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.protection import covered
from misam_desktop.domain.pseudonym import WRONG_WITHIN, Pseudonym, must_not_guess, parse
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.scope import deciding
from misam_desktop.domain.sip import Sip
from misam_desktop.queries.agenda import is_out
from misam_desktop.queries.occasions import whole
from misam_desktop.store import log, rows, subjects, tables
from misam_desktop.vault import Look, query

EVENT = "code.looked_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFound:
    """Whom a code stands for, and where it stands; ``purpose`` says of which kind the case is."""

    case_id: CaseId
    purpose: Purpose
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
    for sip in rows.sips.of(look.conn, tables.sip.c.code, code):
        return _at_sip(look, sip)
    noted_as, case, meeting = _stands_for(look, code)
    subject = subjects.of(look.conn, case)
    decision = look.require(subject)
    if not (_is_theirs(look, meeting, subject) and agenda_can_be_printed(meeting, today=look.today)):
        raise NotFound
    if is_out(look, case, meeting):
        raise NotFound
    look.opened(noted_as, case.person_id)
    return _found(look, case, decision, on=meeting.on)


def _found(look: Look, case: Case, decision: Decision, *, on: date) -> CodeFound:
    person = covered(let_through(rows.persons.get(look.conn, case.person_id), decision.kinds))
    return CodeFound(case_id=case.id, purpose=case.purpose, on=on, name=person.full_name, number=person.number.masked)


def _at_sip(look: Look, sip: Sip) -> CodeFound:
    """Raises NotFound, also when the meeting lies too far back, the consent no longer names the asker's unit, or the
    person is protected by now.
    """
    subject = subjects.of_sip(look.conn, sip)
    decision = look.require(subject)
    if sip.meeting_on is None or not keeps_codes(sip.meeting_on, today=look.today):
        raise NotFound
    if subject.protected or not _is_named(look, subject):
        raise NotFound
    look.opened(sip.id, sip.person_id)
    return _found(look, sip, decision, on=sip.meeting_on)


def _stands_for(look: Look, code: Pseudonym) -> tuple[str, NafsCase | Referral, Meeting]:
    """What the log names, the case and the meeting of a code. Raises NotFound."""
    for one in rows.forum_items.of(look.conn, tables.forum_item.c.code, code):
        referral = rows.referrals.get(look.conn, one.referral_id)
        return referral.id, referral, rows.meetings.get(look.conn, one.meeting_id)
    for item in rows.agenda_items.of(look.conn, tables.agenda_item.c.code, code):
        if item.case_id is not None:
            case = rows.nafs_cases.get(look.conn, item.case_id)
            return item.id, case, rows.meetings.get(look.conn, item.meeting_id)
    raise NotFound


def _is_theirs(look: Look, meeting: Meeting, subject: Subject) -> bool:
    """Whether the asker leads the meeting, or the consent that decides names their unit."""
    return _is_named(look, subject) or bool(look.allowed(whole(meeting), May.LEAD_MEETING))


def _is_named(look: Look, subject: Subject) -> bool:
    consent = deciding(subject.consents, subject.purpose, look.today)
    return consent is not None and look.actor.unit_id in consent.unit_ids
