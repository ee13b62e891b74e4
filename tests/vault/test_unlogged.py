"""What cannot be logged neither happens nor is shown: every command and question, called directly as every role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy.exc import IntegrityError

from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.codes import Role
from misam_desktop.domain.errors import NotFound
from misam_desktop.queries.search import search_while_typing
from misam_desktop.vault import Done, Question, Request, Vault
from tests.commands.worlds import content, entries, proven, waiting
from tests.conftest import CLOCK
from tests.project.worlds import builders
from tests.vault.day import whole_day
from tests.vault.worlds import JONAS, KARIN, make, open_up

T = TypeVar("T")
OWN = {"badges", "desk", "kept_draft", "log_mark", "my_drafts"}
"""What leaves no entry: the actor's own desk and drafts, and the log's head."""


def raw_of(vault: Vault) -> Any:
    with vault._engine.connect() as conn:
        return conn.connection.driver_connection


@contextmanager
def full_log(vault: Vault) -> Iterator[None]:
    """Whatever is to be written to the log fails."""
    raw = raw_of(vault)
    raw.execute("CREATE TEMP TRIGGER full BEFORE INSERT ON main.log BEGIN SELECT RAISE(ABORT, 'full'); END")
    try:
        yield
    finally:
        raw.execute("DROP TRIGGER temp.full")


class Tried(Vault):
    """A vault in which everything is tried as every role with a full log before it is done."""

    def do(self, request: Request[T]) -> Done[T]:
        """Nothing has changed after what failed."""
        before = content(self)
        self._fails_as_every_role(request.event, lambda vault: vault.do(request))
        assert content(self) == before, request.event
        return super().do(request)

    def ask(self, question: Question[T]) -> T:
        """What leaves no entry is answered as ever."""
        if question.event is not None:
            self._fails_as_every_role(question.event, lambda vault: vault.ask(question))
        return super().ask(question)

    def _fails_as_every_role(self, event: str, try_it: Callable[[Vault], object]) -> None:
        with full_log(self):
            for actor in (self.actor, *(replace(self.actor, roles=frozenset({role})) for role in Role)):
                with pytest.raises(Exception) as caught:
                    try_it(proven(Vault(self._engine, actor, CLOCK)))
                assert told_nothing(caught.value), (event, actor.roles)


def told_nothing(error: BaseException) -> bool:
    """The log could not be written, or something stopped it before that; a refusal would have had to be logged."""
    if isinstance(error, IntegrityError):
        return "full" in str(error.orig)
    return getattr(error, "code", "") != "" and not isinstance(error, (NotPermitted, NotFound))


@pytest.fixture
def team(tmp_path: Path) -> Iterator[tuple[Tried, Tried]]:
    """The koordinator and a handläggare, at the same store."""
    store = tmp_path / "prov.misam"
    make(store, KARIN, JONAS)
    vaults = [open_up(store), open_up(store, "jonas")]
    karin, jonas = (Tried(vault._engine, vault.actor, CLOCK) for vault in vaults)
    yield proven(karin), proven(jonas)
    for vault in vaults:
        vault.close()


def test_nothing_of_a_day_happens_or_is_shown_while_the_log_is_full(team: tuple[Tried, Tried], tmp_path: Path) -> None:
    karin, jonas = team
    whole_day(karin, jonas, tmp_path / "prov.misam")


def test_what_leaves_no_entry_is_known() -> None:
    assert {one.name for one in builders() if one.event is None} == OWN


def test_a_search_while_typing_shows_nothing_at_any_key_while_the_log_is_full(
    team: tuple[Tried, Tried],
) -> None:
    """That the last key could be logged says nothing of this one."""
    karin = team[0]
    waiting(karin)
    assert karin.ask(search_while_typing("prov"))
    told = entries(karin)
    with full_log(karin), pytest.raises(IntegrityError):
        Vault.ask(karin, search_while_typing("provl"))
    assert karin.ask(search_while_typing("provl"))
    assert entries(karin) == told
