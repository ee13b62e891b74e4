"""The papers of a meeting of any kind, as they would leave now, to be looked at before anything is given out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.ids import MeetingId, UnitId
from misam_desktop.domain.meeting import Meeting
from misam_desktop.queries.forum_agenda import ON_FORUM_AGENDA, forum_agenda_paper
from misam_desktop.queries.forum_minutes import IN_FORUM_MINUTES, forum_minutes_paper
from misam_desktop.queries.forum_standing import ForumLine, MinuteLine
from misam_desktop.queries.nafs_papers import IN_MINUTES, ON_AGENDA, nafs_agenda_paper, nafs_minutes_paper
from misam_desktop.queries.nafs_standing import NafsLine
from misam_desktop.queries.occasions import MeetingPaper, led
from misam_desktop.store import rows
from misam_desktop.vault import Look, query

Line = NafsLine | ForumLine | MinuteLine


class Made(NamedTuple):
    """A paper, what stands on it, and the kinds of information that it tells."""

    paper: MeetingPaper
    lines: tuple[Line, ...]
    told: frozenset[InfoKind]


@query("agenda.previewed", needs=May.LEAD_MEETING)
def agenda_preview(
    look: Look,
    meeting_id: MeetingId,
    *,
    receivers: Collection[UnitId] | None = None,
    for_unit: UnitId | None = None,
    addendum: bool = False,
) -> MeetingPaper:
    """The dagordning as it would be given out.

    Raises NotFound, MeetingClosed, CodesGone, NothingBeside, NothingAdded.
    """
    meeting = led(look, rows.meetings.get(look.conn, meeting_id))
    made = agenda_paper(look, meeting, receivers, for_unit=for_unit, addendum=addendum)
    return _opened(look, meeting, made)


@query("minutes.previewed", needs=May.LEAD_MEETING)
def minutes_preview(
    look: Look,
    meeting_id: MeetingId,
    *,
    receivers: Collection[UnitId] | None = None,
    for_unit: UnitId | None = None,
) -> MeetingPaper:
    """The minutes as they would be given out. Raises NotFound, MeetingNotClosed, CodesGone."""
    meeting = led(look, rows.meetings.get(look.conn, meeting_id))
    return _opened(look, meeting, minutes_paper(look, meeting, receivers, for_unit=for_unit))


def _opened(look: Look, meeting: Meeting, made: Made) -> MeetingPaper:
    """The paper, once it is noted whose cases are read on it."""
    for noted_as, person_id in concerned(made.lines):
        look.opened(noted_as, person_id)
    if not look.read:
        look.opened(meeting.id, "")
    return made.paper


def concerned(lines: Iterable[Line]) -> Iterator[tuple[str, str]]:
    """What the log names of each case that has content on a paper: its place on an agenda, or itself; and whose it is.

    A general question concerns nobody.
    """
    for line in lines:
        if line.case is not None and line.consent is not None:
            yield (line.item.id if isinstance(line.item, AgendaItem) else line.case.id), line.case.person_id


def agenda_paper(
    look: Look,
    meeting: Meeting,
    receivers: Collection[UnitId] | None,
    *,
    for_unit: UnitId | None,
    addendum: bool,
) -> Made:
    """The dagordning. Raises MeetingClosed, CodesGone, NothingBeside, NothingAdded."""
    if meeting.kind is Kind.FORUM:
        paper, cases = forum_agenda_paper(look, meeting, receivers, for_unit=for_unit, addendum=addendum)
        return Made(paper, tuple(cases), ON_FORUM_AGENDA)
    made, items = nafs_agenda_paper(look, meeting, receivers, for_unit=for_unit, addendum=addendum)
    return Made(made, tuple(items), ON_AGENDA)


def minutes_paper(
    look: Look, meeting: Meeting, receivers: Collection[UnitId] | None, *, for_unit: UnitId | None
) -> Made:
    """The minutes. Raises MeetingNotClosed, CodesGone, NothingBeside."""
    if meeting.kind is Kind.FORUM:
        paper, cases = forum_minutes_paper(look, meeting, receivers, for_unit=for_unit)
        return Made(paper, tuple(cases), IN_FORUM_MINUTES)
    made, items = nafs_minutes_paper(look, meeting, receivers, for_unit=for_unit)
    return Made(made, tuple(items), IN_MINUTES)
