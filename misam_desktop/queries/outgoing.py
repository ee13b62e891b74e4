"""Papper och utskick: every paper that a meeting has now, to whom it goes, and when it last went."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Activity, Kind
from misam_desktop.domain.agenda import is_addendum
from misam_desktop.domain.codes import Act, PaperKind
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.ids import MeetingId, UnitId
from misam_desktop.domain.meeting import Meeting, MeetingState, agenda_can_be_printed, is_unsent, state_of
from misam_desktop.domain.pseudonym import Pseudonym
from misam_desktop.domain.recall import Recall
from misam_desktop.queries.forum_standing import minutes_standing, uncoded
from misam_desktop.queries.keys import OfAgenda, of_agenda, on_key
from misam_desktop.queries.meeting_papers import Line
from misam_desktop.queries.occasions import led
from misam_desktop.queries.recall import recall_of_meeting
from misam_desktop.queries.receivers import usual_receivers
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look, query


class OutPaper(NamedTuple):
    """One paper: for all who are chosen, or for one unit. ``codes`` are its cases, ``general`` its other questions.

    ``out`` counts the cases that are not taken up after all. ``last_on`` and ``last_act`` are when and how it last left
    the program, as far as it told of anybody.
    """

    kind: PaperKind
    unit_id: UnitId | None
    codes: tuple[Pseudonym, ...]
    general: int
    out: int = 0
    last_on: date | None = None
    last_act: Act | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """All that leaves one meeting. ``papers`` are in the order in which they are sent, those that all get first.

    ``addresses`` are each unit's function addresses. ``orally`` counts what is only spoken of, ``left_out`` what the
    asker is kept out of. ``unsent`` is whether an agenda has left that is not marked as sent, ``waiting`` the units
    whose own addition has not left since the last was. ``recall`` are the papers that must come back.
    ``uncoded`` counts the cases that could stand on a forum's agenda and have no code there yet.
    """

    meeting: Meeting
    activity: Activity
    receivers: tuple[UnitId, ...]
    papers: tuple[OutPaper, ...]
    addresses: dict[UnitId, tuple[str, ...]]
    orally: int
    left_out: int
    unsent: bool
    waiting: tuple[UnitId, ...]
    recall: tuple[Recall, ...]
    uncoded: int = 0


@query("papers.listed", needs=May.LEAD_MEETING)
def outgoing(look: Look, meeting_id: MeetingId, *, receivers: Collection[UnitId] | None = None) -> Outgoing:
    """What leaves a meeting, when these units get the papers of all; the usual ones if nothing is said."""
    return outgoing_of(look, led(look, rows.meetings.get(look.conn, meeting_id)), receivers)


def outgoing_of(look: Look, meeting: Meeting, receivers: Collection[UnitId] | None) -> Outgoing:
    """The same of a meeting that the asker leads."""
    to = tuple(dict.fromkeys(usual_receivers(look, meeting) if receivers is None else receivers))
    there = of_agenda(look, meeting, to)
    has_papers = bool(to) and agenda_can_be_printed(meeting, today=look.today)
    papers = list(_papers(look, meeting, there)) if has_papers else []
    given = rows.disclosures.of(look.conn, tables.disclosure.c.meeting_id, meeting.id)
    return Outgoing(
        meeting=meeting,
        activity=rows.activities.get(look.conn, meeting.activity_id),
        receivers=to,
        papers=tuple(with_last(one, given) for one in papers),
        addresses={one: tuple(subjects.addresses_in_team(look.conn, meeting.activity_id, one)) for one in to},
        orally=there.orally,
        left_out=there.left_out,
        unsent=is_unsent(meeting),
        waiting=tuple(one.unit_id for one in papers if one.unit_id and _waits(one, meeting, given)),
        recall=recall_of_meeting(look, meeting),
        uncoded=len(uncoded(look, meeting)) if meeting.kind is Kind.FORUM else 0,
    )


def _papers(look: Look, meeting: Meeting, there: OfAgenda) -> Iterator[OutPaper]:
    """Those of all, then those of each unit; the minutes first, once there are any."""
    is_over = state_of(meeting) is MeetingState.CLOSED
    said = minutes_standing(look, meeting, there.receivers) if meeting.kind is Kind.FORUM else there
    for unit_id in (None, *there.receivers):
        lines = there.on_paper(look, unit_id)
        added = [] if is_over else [line for line in lines if is_addendum(line.item, meeting.sent_at)]
        written = said.on_paper(look, unit_id) if is_over else []
        if is_over and (written or unit_id is None):
            yield _paper(PaperKind.MINNESANTECKNINGAR, unit_id, written)
        if lines or unit_id is None:
            yield _paper(PaperKind.DAGORDNING, unit_id, lines)
        if added:
            yield _paper(PaperKind.TILLAGG, unit_id, added)
        keys = on_key(look, there, unit_id) if unit_id is not None else []
        if keys:
            yield _paper(PaperKind.KODNYCKEL, unit_id, keys)


def _paper(kind: PaperKind, unit_id: UnitId | None, lines: Sequence[Line]) -> OutPaper:
    codes = tuple(line.code for line in lines if line.code is not None)
    out = sum(line.case is not None and line.consent is None for line in lines)
    return OutPaper(kind, unit_id, codes, sum(line.item.is_general for line in lines), out)


def with_last(paper: OutPaper, given: Collection[Disclosure]) -> OutPaper:
    """The paper with when and how it last left, among all that was ``given`` of the meeting."""
    last = max((one for one in given if _is_of(paper, one)), key=lambda one: (one.at, one.id), default=None)
    return paper if last is None else paper._replace(last_on=last.on, last_act=last.act)


def _is_of(paper: OutPaper, one: Disclosure) -> bool:
    return one.paper is paper.kind and one.code in paper.codes and paper.unit_id in {None, one.unit_id}


def _waits(paper: OutPaper, meeting: Meeting, given: Collection[Disclosure]) -> bool:
    """Whether what was added for one unit has not left since an agenda was last marked as sent."""
    if paper.kind is not PaperKind.TILLAGG or meeting.sent_at is None:
        return False
    return not any(_is_of(paper, one) and one.at > meeting.sent_at for one in given)
