"""What leaves a NAFS meeting: its papers, through the gate, each giving logged before anything is handed over."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from misam_desktop.commands.disclosures import given_to
from misam_desktop.documents.key_list import KeyRow, key_list
from misam_desktop.documents.paper import Paper
from misam_desktop.documents.phrases import Language
from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.codes import Act, InfoKind, Recipient
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import OWN_FILES, To, must_suit
from misam_desktop.domain.ids import AgendaItemId, MeetingId, UnitId
from misam_desktop.domain.meeting import Meeting, must_keep_codes, must_take_more
from misam_desktop.domain.scope import deciding
from misam_desktop.queries.nafs_letters import PERSON, Filed, Letter, filed, letter, to_file, to_person
from misam_desktop.queries.nafs_papers import (
    IN_MINUTES,
    ON_AGENDA,
    MeetingPaper,
    agenda_paper,
    led,
    minutes_paper,
    occasion,
)
from misam_desktop.queries.nafs_standing import OnPaper, Standing, standing
from misam_desktop.queries.papers import frame
from misam_desktop.store import rows, subjects
from misam_desktop.vault import Topic, Tx, command

_IDENTITY = frozenset({InfoKind.GRUNDUPPGIFTER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A paper of a meeting that may now leave, and the function addresses of the units that it goes to.

    ``without_address`` are the units of which none is known, by their short names.
    """

    paper: Paper
    receivers: tuple[UnitId, ...]
    addresses: tuple[str, ...]
    without_address: tuple[str, ...]
    left_out: int = 0


@command("agenda.given", needs=May.LEAD_MEETING, touches=Topic.CONSENTS)
def give_agenda(
    tx: Tx,
    meeting_id: MeetingId,
    *,
    receivers: Collection[UnitId] | None = None,
    for_unit: UnitId | None = None,
    addendum: bool = False,
    act: Act,
) -> Given:
    """Give the dagordning to all who get it, or to one unit what stands beside it, or what came since it was sent.

    The gate is asked again here. Raises WayUnsuited, MeetingClosed, CodesGone, NothingBeside, NothingAdded.
    """
    meeting = _led(tx, meeting_id)
    made, lines = agenda_paper(tx, meeting, receivers, for_unit=for_unit, addendum=addendum)
    return _given(tx, meeting, made, lines, for_unit=for_unit, act=act, told=ON_AGENDA)


@command("agenda.sent", needs=May.LEAD_MEETING, touches=Topic.MEETINGS)
def mark_sent(tx: Tx, meeting_id: MeetingId) -> Meeting:
    """Note that the agenda has been sent; what comes later stands on a tilläggsdagordning. Raises MeetingClosed."""
    meeting = _led(tx, meeting_id)
    must_take_more(meeting)
    if meeting.sent_at is not None:
        return meeting
    return rows.meetings.save(tx.conn, replace(meeting, sent_at=tx.now))


@command("minutes.given", needs=May.LEAD_MEETING, touches=Topic.CONSENTS)
def give_minutes(
    tx: Tx,
    meeting_id: MeetingId,
    *,
    receivers: Collection[UnitId] | None = None,
    for_unit: UnitId | None = None,
    act: Act,
) -> Given:
    """Give the minutes of a meeting that has been closed. Raises MeetingNotClosed, WayUnsuited and more."""
    meeting = _led(tx, meeting_id)
    made, lines = minutes_paper(tx, meeting, receivers, for_unit=for_unit)
    return _given(tx, meeting, made, lines, for_unit=for_unit, act=act, told=IN_MINUTES)


@command("keys.given", needs=May.KEY_LIST, touches=Topic.CONSENTS, proves=True)
def give_keys(tx: Tx, meeting_id: MeetingId, unit_id: UnitId, *, act: Act) -> Given:
    """Give a unit the key of all codes whose cases' consents name it; of each case an entry of its own.

    Who leads the meeting gives any unit its own; others take that of their unit. Raises NotFound, WayUnsuited,
    MeetingClosed, CodesGone.
    """
    meeting = rows.meetings.get(tx.conn, meeting_id)
    tx.about(meeting.id)
    to = To(recipient=Recipient.ENHET, unit_id=rows.units.get(tx.conn, unit_id).id)
    must_suit(act, [to])
    whole = Subject(activity_id=meeting.activity_id, unit_ids=frozenset(), purpose=meeting.kind.purpose)
    leads = bool(tx.allowed(whole, May.LEAD_MEETING))
    if meeting.kind is not Kind.NAFS or not (leads or unit_id == tx.actor.unit_id):
        raise NotFound
    must_keep_codes(meeting, today=tx.today)
    lines = standing(tx, meeting, [unit_id])
    found = [line for line in lines.read_by(tx, unit_id) if _key_is_theirs(tx, line)]
    if not (leads or found):
        raise NotFound
    _note(tx, meeting, found, [unit_id], act=act, told=_IDENTITY)
    told = tuple(_key_row(lines, one) for one in found)
    return _to_units(tx, key_list(occasion(tx, meeting, unit_id), told, frame(tx)), [unit_id])


@command("minutes.filed", needs=May.READ_CASE, touches=Topic.CONSENTS)
def file_item(tx: Tx, item_id: AgendaItemId, *, act: Act) -> Filed:
    """Take the text for the own unit's file of one case of a closed meeting, as far as the unit may read it.

    Raises NotFound, MeetingNotClosed, WayUnsuited.
    """
    must_suit(act, [OWN_FILES])
    _about_item(tx, item_id)
    found = to_file(tx, item_id)
    consent = deciding(subjects.of_nafs_case(tx.conn, found.case).consents, found.case.purpose, tx.today)
    given_to(tx, found.case, OWN_FILES, consent, act=act, kinds=found.kinds, meeting_id=found.meeting.id)
    return filed(tx, found)


@command("feedback.letter_made", needs=May.GIVE_FEEDBACK, touches=Topic.CONSENTS)
def write_feedback(tx: Tx, item_id: AgendaItemId, *, language: Language, large: bool = False, told: str = "") -> Letter:
    """Make the letter that tells the person what a closed meeting answered. Raises NotFound, MeetingNotClosed."""
    _about_item(tx, item_id)
    found = to_person(tx, item_id)
    given_to(tx, found.case, PERSON, None, act=Act.UTSKRIFT, kinds=found.kinds, meeting_id=found.meeting.id)
    paper = letter(tx, found, language, large=large, told=told)
    return Letter(paper=paper, language=language, large=large, told=told)


def _given(
    tx: Tx,
    meeting: Meeting,
    made: MeetingPaper,
    lines: Iterable[OnPaper],
    *,
    for_unit: UnitId | None,
    act: Act,
    told: frozenset[InfoKind],
) -> Given:
    units = made.receivers if for_unit is None else (for_unit,)
    must_suit(act, [To(recipient=Recipient.ENHET, unit_id=one) for one in units])
    _note(tx, meeting, lines, units, act=act, told=told)
    return replace(_to_units(tx, made.paper, units), left_out=made.left_out)


def _note(
    tx: Tx,
    meeting: Meeting,
    lines: Iterable[OnPaper],
    units: Collection[UnitId],
    *,
    act: Act,
    told: frozenset[InfoKind],
) -> None:
    """An act of handing over and an entry in the log for each case that has content on the paper, and each unit."""
    for line in lines:
        if line.case is None or line.consent is None:
            continue
        tx.concerns(line.item.id, line.case.person_id)
        for unit_id in units:
            to = To(recipient=Recipient.ENHET, unit_id=unit_id)
            given_to(tx, line.case, to, line.consent, act=act, kinds=line.kinds & told, meeting_id=meeting.id)


def _to_units(tx: Tx, paper: Paper, units: Iterable[UnitId]) -> Given:
    known = {unit_id: subjects.addresses_of(tx.conn, unit_id) for unit_id in units}
    return Given(
        paper=paper,
        receivers=tuple(known),
        addresses=tuple(sorted({address for there in known.values() for address in there})),
        without_address=tuple(rows.units.get(tx.conn, unit).short for unit, there in known.items() if not there),
    )


def _led(tx: Tx, meeting_id: MeetingId) -> Meeting:
    tx.about(meeting_id)
    return led(tx, rows.meetings.get(tx.conn, meeting_id))


def _about_item(tx: Tx, item_id: AgendaItemId) -> None:
    """What the log names: the item, and whom it concerns."""
    item = rows.agenda_items.get(tx.conn, item_id)
    if item.case_id is not None:
        tx.about(item.id, rows.nafs_cases.get(tx.conn, item.case_id).person_id)


def _key_is_theirs(tx: Tx, line: OnPaper) -> bool:
    """Whether the actor may tell whom the code stands for, and the unit may have it."""
    if line.case is None or line.consent is None or not line.kinds >= _IDENTITY:
        return False
    return bool(tx.allowed(subjects.of_nafs_case(tx.conn, line.case)))


def _key_row(lines: Standing, line: OnPaper) -> KeyRow:
    if line.case is None or line.code is None:
        raise NotFound
    person = lines.person(line.case.id)
    return KeyRow(code=line.code, name=person.full_name, number=person.number.long)
