"""The dagordning of a NAFS meeting: what stands on it and in which order, what was agreed, and the feedback given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from misam_desktop.commands.consents import deciding_consent
from misam_desktop.commands.disclosures import hand_over
from misam_desktop.commands.item_steps import let_go
from misam_desktop.domain import agenda as rules
from misam_desktop.domain import nafs
from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.codes import Act, FeedbackWay
from misam_desktop.domain.consent import must_name
from misam_desktop.domain.errors import NotFound, Stale
from misam_desktop.domain.gate import must_see
from misam_desktop.domain.ids import AgendaItemId, CaseId, ContactId, MeetingId, UnitId
from misam_desktop.domain.meeting import Meeting, must_take_more
from misam_desktop.domain.nafs import NafsCase, Requirement
from misam_desktop.domain.shut_out import must_be_let_in
from misam_desktop.queries.agenda import fitness
from misam_desktop.store import codes, rows, subjects, tables
from misam_desktop.vault import Topic, Tx, command

_TOUCHES = (Topic.MEETINGS, Topic.CASES, Topic.CONSENTS)


@command("agenda.case_put", needs=May.DISCLOSE, touches=_TOUCHES)
def put_on_agenda(tx: Tx, meeting_id: MeetingId, case_id: CaseId) -> AgendaItem:
    """Put a case that lacks nothing on the agenda of a meeting, under a code of that meeting.

    Those whom its consent names read it from now on. A protected person's is spoken of: it gets no code and is
    disclosed to nobody. Raises NotReady, AlreadyOnAgenda, MeetingClosed.
    """
    case = tx.nafs_case(case_id)
    meeting = _of_team(tx, meeting_id, case)
    must_take_more(meeting)
    nafs.must_stand(case)
    items = _items(tx, meeting)
    rules.must_be_new(items, case.id)
    checked = nafs.must_pass(fitness(tx, case, on=meeting.on))
    spoken = Requirement.NOT_PROTECTED not in checked
    item = AgendaItem(
        id=AgendaItemId(tx.new_id()),
        meeting_id=meeting.id,
        case_id=case.id,
        place=rules.next_place(items),
        code=None if spoken else codes.new_code(tx.conn, tx.random_below),
        added_at=tx.now,
        feedback_by=case.raised_by,
    )
    consent = deciding_consent(tx, case, on=meeting.on)
    if consent is not None and not spoken:
        hand_over(tx, case, consent, act=Act.MOTE)
    return rows.agenda_items.add(tx.conn, item)


@command("agenda.question_put", needs=May.LEAD_MEETING, touches=Topic.MEETINGS)
def put_general(tx: Tx, meeting_id: MeetingId, *, question: str, asked_id: UnitId | None = None) -> AgendaItem:
    """Put a question that concerns no person on an agenda («generell frågeställning»). Raises TextRequired."""
    meeting = _led(tx, meeting_id)
    must_take_more(meeting)
    item = AgendaItem(
        id=AgendaItemId(tx.new_id()),
        meeting_id=meeting.id,
        place=rules.next_place(_items(tx, meeting)),
        added_at=tx.now,
    )
    return rows.agenda_items.add(tx.conn, rules.general(item, question=question, asked_id=asked_id))


@command("agenda.moved", needs=May.LEAD_MEETING, touches=Topic.MEETINGS)
def move_item(tx: Tx, item_id: AgendaItemId, *, to: int) -> None:
    """Give an item another place, counted from 1; the others make room."""
    item = rows.agenda_items.get(tx.conn, item_id)
    meeting = _led(tx, item.meeting_id)
    before = {one.id: one for one in _items(tx, meeting)}
    for one in rules.moved(list(before.values()), item.id, to=to):
        if one != before[one.id]:
            rows.agenda_items.save(tx.conn, one)


@command("agenda.minutes_set", needs=May.LEAD_MEETING, touches=Topic.MEETINGS)
def set_minutes(tx: Tx, item_id: AgendaItemId, minutes: int | None, *, seen: int) -> AgendaItem:
    """How long an item takes; None is an even share of the hour."""
    item = _item_led(tx, item_id, seen=seen)
    return rows.agenda_items.save(tx.conn, replace(item, minutes=minutes))


@command("agenda.taken_off", needs=May.LEAD_MEETING, touches=Topic.MEETINGS)
def take_off(tx: Tx, item_id: AgendaItemId) -> None:
    """Take an item off the agenda of a meeting that is not over; its code stays spent. Raises MeetingClosed."""
    item = _item_led(tx, item_id)
    must_take_more(rows.meetings.get(tx.conn, item.meeting_id))
    let_go(tx, item.id)
    rows.agenda_items.remove(tx.conn, item.id)


@command("agenda.agreed", needs=May.LEAD_MEETING, touches=(Topic.MEETINGS, Topic.CASES))
def record_agreed(
    tx: Tx,
    item_id: AgendaItemId,
    *,
    next_step: str,
    responsible_id: UnitId | None,
    feedback_by: ContactId | None,
    seen: int,
) -> AgendaItem:
    """Record the next step, which unit has it, and who gives the person the feedback.

    Raises IsShutOut, NotAllOfIt, and UnitOutsideConsent or ConsentMissing for a giver who could not open the case.
    """
    item = _item_led(tx, item_id, seen=seen)
    if feedback_by is not None and item.case_id is not None:
        _must_reach(tx, item.case_id, item.meeting_id, giver_id=feedback_by)
    kept_out = rows.shut_outs.of(tx.conn, tables.shut_out.c.case_id, item.case_id) if item.case_id else []
    must_be_let_in([feedback_by], kept_out, field="feedback_by")
    must_see(item, "next_step", tx.kinds)
    done = rules.agreed(item, next_step=next_step, responsible_id=responsible_id, feedback_by=feedback_by)
    return rows.agenda_items.save(tx.conn, done)


@command("feedback.given", needs=May.GIVE_FEEDBACK, touches=(Topic.MEETINGS, Topic.CASES))
def give_feedback(tx: Tx, item_id: AgendaItemId, *, on: date, how: FeedbackWay) -> AgendaItem:
    """Record that the person has had the answer of the meeting. Raises FutureDate, FeedbackBeforeMeeting."""
    item = rows.agenda_items.get(tx.conn, item_id)
    if item.case_id is None:
        raise NotFound
    case = rows.nafs_cases.get(tx.conn, item.case_id)
    tx.about(item.id, case.person_id)
    tx.kinds = tx.require(subjects.of_item(tx.conn, case, item)).kinds
    meeting = rows.meetings.get(tx.conn, item.meeting_id)
    return rows.agenda_items.save(tx.conn, rules.give_feedback(item, meeting, on=on, how=how, today=tx.today))


def _must_reach(tx: Tx, case_id: CaseId, meeting_id: MeetingId, *, giver_id: ContactId) -> None:
    """Whoever owes the feedback is of the unit that raised the case, or of one that the consent names."""
    case = rows.nafs_cases.get(tx.conn, case_id)
    unit_id = rows.contacts.get(tx.conn, giver_id).unit_id
    if unit_id != case.unit_id:
        meeting = rows.meetings.get(tx.conn, meeting_id)
        must_name(deciding_consent(tx, case, on=meeting.on), [unit_id], field="feedback_by")


def _items(tx: Tx, meeting: Meeting) -> list[AgendaItem]:
    return rows.agenda_items.of(tx.conn, tables.agenda_item.c.meeting_id, meeting.id)


def _of_team(tx: Tx, meeting_id: MeetingId, case: NafsCase) -> Meeting:
    """The meeting, if it is one of the case's own team. Raises NotFound."""
    meeting = rows.meetings.get(tx.conn, meeting_id)
    if meeting.activity_id != case.activity_id:
        raise NotFound
    return meeting


def _led(tx: Tx, meeting_id: MeetingId) -> Meeting:
    """A NAFS meeting that the actor leads. Raises NotFound."""
    meeting = rows.meetings.get(tx.conn, meeting_id)
    tx.about(meeting.id)
    tx.require(Subject(activity_id=meeting.activity_id, unit_ids=frozenset(), purpose=meeting.kind.purpose))
    if meeting.kind is not Kind.NAFS:
        raise NotFound
    return meeting


def _item_led(tx: Tx, item_id: AgendaItemId, *, seen: int | None = None) -> AgendaItem:
    """An item of a meeting that the actor leads; of a case, only when they may see it. Raises NotFound, Stale."""
    item = rows.agenda_items.get(tx.conn, item_id)
    _led(tx, item.meeting_id)
    if item.case_id is not None:
        case = rows.nafs_cases.get(tx.conn, item.case_id)
        tx.about(item.id, case.person_id)
        tx.kinds = tx.require(subjects.of_nafs_case(tx.conn, case)).kinds
    if seen is not None and item.version != seen:
        raise Stale
    return item
