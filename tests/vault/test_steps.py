"""A long question is asked in steps: between two the store is free for others, and the answer is logged like any."""

from __future__ import annotations

import pytest

from misam_desktop.commands.drafts import keep_draft
from misam_desktop.domain.access import May, NotPermitted
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.steps import Steps, step
from misam_desktop.queries.drafts import kept_draft
from misam_desktop.store import rows
from misam_desktop.store.engine import StoreReadOnly
from misam_desktop.vault import Look, StoreLocked, Vault, query_in_steps
from tests.commands.worlds import entries


@query_in_steps("test.counted", needs=May.OWN_SESSION)
def count_drafts(look: Look, *, fail: Exception | None = None) -> Steps[list[int]]:
    """How many drafts there are, looked up twice."""
    look.opened("drafts", "p-1")
    first = len(rows.drafts.where(look.conn))
    yield
    if fail is not None:
        raise fail
    return [first, len(rows.drafts.where(look.conn))]


@query_in_steps("test.written", needs=May.OWN_SESSION)
def write_at_last(look: Look) -> Steps[None]:
    """Try to take something away."""
    yield
    rows.drafts.remove(look.conn, "d-1")


@query_in_steps("test.reserved", needs=May.ADMINISTER)
def reserved(_look: Look) -> Steps[None]:
    """What only an administratör may ask."""
    yield


def told(vault: Vault) -> list[tuple[str, str, int]]:
    return [(one.action, one.object_id, one.allowed) for one in entries(vault) if one.action.startswith("test.")]


def test_asked_at_once_it_gives_its_answer(karin: Vault) -> None:
    assert karin.ask(count_drafts()) == [0, 0]


def test_between_two_steps_others_write_and_read(karin: Vault) -> None:
    steps = karin.ask_in_steps(count_drafts())
    assert step(steps) == []
    karin.do(keep_draft("form", "s-1", "halva"))
    assert karin.ask(kept_draft("form", "s-1")) == "halva"
    assert step(steps) == [[0, 1]]


def test_it_is_logged_once_and_before_it_is_shown(karin: Vault) -> None:
    steps = karin.ask_in_steps(count_drafts())
    step(steps)
    assert told(karin) == []
    step(steps)
    assert told(karin) == [("test.counted", "drafts", 1)]


def test_what_is_left_half_way_was_not_shown_and_is_not_logged(karin: Vault) -> None:
    steps = karin.ask_in_steps(count_drafts())
    step(steps)
    steps.close()
    assert told(karin) == []


def test_a_later_step_that_is_refused_is_logged_with_what_was_asked_for(karin: Vault) -> None:
    with pytest.raises(NotFound):
        karin.ask(count_drafts(fail=NotFound()))
    assert told(karin) == [("test.counted", "drafts", 0)]


def test_what_the_role_does_not_include_is_refused_at_the_first_step(jonas: Vault) -> None:
    with pytest.raises(NotPermitted):
        step(jonas.ask_in_steps(reserved()))
    assert told(jonas) == [("test.reserved", "", 0)]


def test_no_step_can_change_anything(karin: Vault) -> None:
    with pytest.raises(StoreReadOnly):
        karin.ask(write_at_last())


def test_a_store_that_is_locked_meanwhile_gives_no_further_step(karin: Vault) -> None:
    steps = karin.ask_in_steps(count_drafts())
    step(steps)
    karin.close()
    with pytest.raises(StoreLocked):
        step(steps)
