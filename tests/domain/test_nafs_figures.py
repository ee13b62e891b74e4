"""What the registers of the NAFS teams add up to."""

from __future__ import annotations

from datetime import date

from misam_desktop.domain.codes import Agency, Presence
from misam_desktop.domain.meeting import MeetingState
from misam_desktop.domain.nafs_figures import Kept, counted, days_taken, tally


def kept(state: MeetingState, *cases: str, outside: bool = False, present: Presence | None = None) -> Kept:
    return Kept(state, outside, frozenset(cases), {} if present is None else {Agency.AF: present})


def test_an_answer_takes_the_days_from_its_question() -> None:
    day = date(2026, 11, 2)
    assert [days_taken(day, one) for one in (None, day, date(2026, 11, 9), date(2026, 11, 1))] == [None, 0, 7, 0]


def test_a_ledger_counts_what_was_asked_and_answered() -> None:
    assert tally([3, None, 9]) == (3, 2, 6)
    assert tally([None]) == (1, 0, None)


def test_a_team_counts_its_meetings_and_each_case_once() -> None:
    found = counted(
        [
            kept(MeetingState.CLOSED, "a", "b", present=Presence.VIDEO),
            kept(MeetingState.CLOSED, "b", outside=True, present=Presence.FRANVARANDE),
            kept(MeetingState.OPEN, present=Presence.VIDEO),
            kept(MeetingState.CANCELLED, outside=True),
            kept(MeetingState.PLANNED, "c"),
        ]
    )
    assert (found.held, found.cancelled, found.planned, found.outside, found.cases) == (3, 1, 1, 1, 2)
    assert found.present[Agency.AF] == {Presence.VIDEO: 2, Presence.FRANVARANDE: 1}
    assert not found.present[Agency.FK]


def test_no_meetings_are_no_cases() -> None:
    assert counted([])[:5] == (0, 0, 0, 0, 0)
