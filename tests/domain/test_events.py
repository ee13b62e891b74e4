"""What the events of the log are: a read, a change, something handed over, a refusal, or nothing of these."""

from __future__ import annotations

from misam_desktop.domain.codes import EntryKind
from misam_desktop.domain.events import BESIDE, HANDS_OVER, READS, events_of, kind_of
from tests.project.worlds import builders

QUESTIONS = {one.event for one in builders() if not one.writes and one.event}
COMMANDS = {one.event for one in builders() if one.writes and one.event}


def test_every_question_is_a_read_and_nothing_else_is() -> None:
    assert READS == QUESTIONS


def test_what_hands_over_or_changes_nothing_is_a_command() -> None:
    assert COMMANDS | {"store.made"} >= HANDS_OVER | BESIDE
    assert not HANDS_OVER & BESIDE


def test_an_entry_is_of_one_kind() -> None:
    assert kind_of("case.opened", allowed=True) is EntryKind.READ
    assert kind_of("case.opened", allowed=False) is EntryKind.REFUSED
    assert kind_of("case.handed_out", allowed=True) is EntryKind.HANDED_OVER
    assert kind_of("store.unlocked", allowed=True) is EntryKind.BESIDE
    assert kind_of("episode.enrolled", allowed=True) is EntryKind.CHANGED


def test_the_events_of_a_kind_are_those_that_make_entries_of_it() -> None:
    for kind in (EntryKind.READ, EntryKind.HANDED_OVER, EntryKind.BESIDE):
        assert {kind_of(event, allowed=True) for event in events_of(kind)} == {kind}
    assert events_of(EntryKind.CHANGED) == events_of(EntryKind.REFUSED) == frozenset()
