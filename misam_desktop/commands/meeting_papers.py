"""What leaves a meeting: its papers, through the gate, each giving logged before anything is handed over."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from misam_desktop.commands.disclosures import given_to
from misam_desktop.commands.forum_items import draw_missing
from misam_desktop.documents.paper import Paper
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Act, InfoKind, PaperKind, Recipient
from misam_desktop.domain.gate import To, must_suit
from misam_desktop.domain.ids import DisclosureId, MeetingId, UnitId
from misam_desktop.domain.meeting import Meeting, agenda_left, agenda_sent
from misam_desktop.queries.keys import IDENTITY, keys_paper
from misam_desktop.queries.meeting_papers import Line, Made, agenda_paper, concerned, minutes_paper
from misam_desktop.queries.occasions import led
from misam_desktop.queries.recall import recall_of_meeting
from misam_desktop.store import rows, subjects
from misam_desktop.vault import Topic, Tx, command


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


_AGENDA, _ADDED = PaperKind.DAGORDNING, PaperKind.TILLAGG


@command("agenda.given", needs=May.LEAD_MEETING, touches=(Topic.CONSENTS, Topic.MEETINGS))
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
    draw_missing(tx, meeting)
    made = agenda_paper(tx, meeting, receivers, for_unit=for_unit, addendum=addendum)
    given = _given(tx, meeting, made, _Giving(_ADDED if addendum else _AGENDA, act, for_unit))
    if for_unit is None or addendum:
        rows.meetings.save(tx.conn, agenda_left(meeting, now=tx.now))
    return given


@command("agenda.sent", needs=May.LEAD_MEETING, touches=Topic.MEETINGS)
def mark_sent(tx: Tx, meeting_id: MeetingId) -> Meeting:
    """Note that the agenda, or what was added to it, has been sent as it last left the program. Raises MeetingClosed.

    What comes later stands on a tilläggsdagordning, and on none that is sent after that.
    """
    meeting = _led(tx, meeting_id)
    sent = agenda_sent(meeting, now=tx.now)
    return meeting if sent == meeting else rows.meetings.save(tx.conn, sent)


@command("papers.recalled", needs=May.LEAD_MEETING, touches=(Topic.CONSENTS, Topic.MEETINGS))
def note_recalled(tx: Tx, meeting_id: MeetingId, acts: Collection[DisclosureId]) -> None:
    """Note that papers which had to come back have, or are destroyed: each of ``acts`` is one that a unit got.

    What need not come back, or is not told to the actor, stays as it is.
    """
    meeting = _led(tx, meeting_id)
    for one in recall_of_meeting(tx, meeting):
        for act in one.given:
            if act.id in acts:
                rows.disclosures.save(tx.conn, replace(act, recalled_on=tx.today))


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
    made = minutes_paper(tx, meeting, receivers, for_unit=for_unit)
    return _given(tx, meeting, made, _Giving(PaperKind.MINNESANTECKNINGAR, act, for_unit))


@command("keys.given", needs=May.KEY_LIST, touches=Topic.CONSENTS, proves=True)
def give_keys(tx: Tx, meeting_id: MeetingId, unit_id: UnitId, *, act: Act) -> Given:
    """Give a unit the key of all codes whose cases' consents name it; of each case an entry of its own.

    Who leads the meeting gives any unit its own; others take that of their unit. Raises NotFound, WayUnsuited,
    MeetingClosed, CodesGone.
    """
    tx.about(meeting_id)
    must_suit(act, [To(recipient=Recipient.ENHET, unit_id=rows.units.get(tx.conn, unit_id).id)])
    made = keys_paper(tx, meeting_id, unit_id)
    _note(tx, made.meeting, made.lines, [unit_id], _Giving(PaperKind.KODNYCKEL, act, unit_id), told=IDENTITY)
    return to_units(tx, made.meeting, made.paper, [unit_id])


class _Giving(NamedTuple):
    """Which paper is given, how, and the one unit that it is for, if it is not for all."""

    paper: PaperKind
    act: Act
    for_unit: UnitId | None


def _given(tx: Tx, meeting: Meeting, made: Made, giving: _Giving) -> Given:
    units = made.paper.receivers if giving.for_unit is None else (giving.for_unit,)
    must_suit(giving.act, [To(recipient=Recipient.ENHET, unit_id=one) for one in units])
    _note(tx, meeting, made.lines, units, giving, told=made.told)
    return to_units(tx, meeting, made.paper.paper, units, left_out=made.paper.left_out)


def _note(
    tx: Tx,
    meeting: Meeting,
    lines: Iterable[Line],
    units: Collection[UnitId],
    giving: _Giving,
    *,
    told: frozenset[InfoKind],
) -> None:
    """An act of handing over and an entry in the log for each case that has content on the paper, and each unit."""
    there = list(lines)
    for noted_as, person_id in concerned(there):
        tx.concerns(noted_as, person_id)
    for line in there:
        if line.case is None or line.consent is None:
            continue
        for unit_id in units:
            given_to(
                tx,
                line.case,
                To(recipient=Recipient.ENHET, unit_id=unit_id),
                line.consent,
                act=giving.act,
                kinds=line.kinds & told,
                meeting_id=meeting.id,
                paper=giving.paper,
                code=line.code,
            )


def to_units(tx: Tx, meeting: Meeting, paper: Paper, units: Iterable[UnitId], *, left_out: int = 0) -> Given:
    """A paper of a meeting that may now leave, with where its units are reached."""
    known = {unit_id: subjects.addresses_in_team(tx.conn, meeting.activity_id, unit_id) for unit_id in units}
    return Given(
        paper=paper,
        receivers=tuple(known),
        addresses=tuple(sorted({address for there in known.values() for address in there})),
        without_address=tuple(rows.units.get(tx.conn, unit).short for unit, there in known.items() if not there),
        left_out=left_out,
    )


def _led(tx: Tx, meeting_id: MeetingId) -> Meeting:
    tx.about(meeting_id)
    return led(tx, rows.meetings.get(tx.conn, meeting_id))
