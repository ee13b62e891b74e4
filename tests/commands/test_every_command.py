"""What holds for every command: its log entry, what it touches, who may, and that two never overwrite each other."""

from __future__ import annotations

import pkgutil
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest

from misam_desktop import commands
from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.errors import NotFound, Stale
from misam_desktop.keys import key_file
from misam_desktop.store import rows
from misam_desktop.unlocking import unlock
from misam_desktop.vault import Vault, actor_of
from tests.commands import every
from tests.commands.every import EVERYBODY, Case, event_of
from tests.commands.every_asked import ASKED
from tests.commands.every_nafs import NAFS
from tests.commands.every_nafs_papers import NAFS_PAPERS
from tests.commands.every_papers import PAPERS
from tests.commands.every_sips import SIPS
from tests.commands.stage import Stage, set_stage
from tests.commands.worlds import all_of, entries, proven, refused
from tests.conftest import CLOCK, PASSWORD, WEAK_BOUNDS, found_store

EVERY = every.EVERY | ASKED | NAFS | NAFS_PAPERS | PAPERS | SIPS
ELSEWHERE = {
    "demo.seeded",
    "register.imported",
    "register.exported",
    "person.extract_made",
    "log.extract_made",
    "report.given",
    "report.frozen",
    "report.frozen_given",
}
"""Commands with tests of their own, which take no case and no version."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The stage, opened by each of the team in turn."""

    karin: Vault
    stage: Stage

    def as_(self, login: str) -> Vault:
        user = next(one for one in all_of(self.karin, rows.users) if one.login == login)
        return proven(Vault(self.karin._engine, actor_of(user), CLOCK))


@pytest.fixture(scope="module")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Stage]:
    path = found_store(tmp_path_factory.mktemp("stage") / "prov.misam")
    karin, jonas = (opened(path, login) for login in ("karin", "jonas"))
    stage = set_stage(karin, jonas)
    for vault in (karin, jonas):
        vault.close()
    return path, stage


@pytest.fixture
def scene(set_up: tuple[Path, Stage], store_path: Path) -> Iterator[Scene]:
    path, stage = set_up
    copy(path, store_path)
    karin = opened(store_path, "karin")
    yield Scene(karin, stage)
    karin.close()


def copy(path: Path, to: Path) -> None:
    shutil.copy(path, to)
    shutil.copy(key_file.path_beside(path), key_file.path_beside(to))


def opened(path: Path, login: str) -> Vault:
    return unlock(path, login=login, password=PASSWORD, clock=CLOCK, bounds=WEAK_BOUNDS)


def who_can(case: Case) -> str:
    """One of those who may."""
    return next(one for one in ("karin", "jonas", "nora") if one in case.who)


def test_every_command_stands_here() -> None:
    modules = [
        import_module(f"misam_desktop.commands.{found.name}") for found in pkgutil.iter_modules(commands.__path__)
    ]
    events = {
        one.event for module in modules for one in vars(module).values() if isinstance(getattr(one, "event", None), str)
    }
    assert events - ELSEWHERE == {event_of(case) for case in EVERY}


@pytest.mark.parametrize("name", EVERY)
def test_a_command_leaves_one_entry_that_names_what_it_did_and_to_whom(scene: Scene, name: str) -> None:
    case, told = EVERY[name], len(entries(scene.karin))
    login = who_can(case)
    done = scene.as_(login).do(case.asked(scene.stage, None))
    left = entries(scene.karin)[told:]
    entry = next(one for one in left if one.action == event_of(name))
    assert (entry.allowed, len(left)) == (1, 1 + case.beside)
    assert (entry.object_id, entry.person_id) == case.names(scene.stage, done.value)
    assert (entry.user_id, entry.unit_id) == (scene.as_(login).actor.user_id, scene.as_(login).actor.unit_id)
    assert done.touched == case.touches


@pytest.mark.parametrize("login", sorted(EVERYBODY))
@pytest.mark.parametrize("name", EVERY)
def test_only_who_may_can_and_the_rest_leave_nothing_but_their_refusal(scene: Scene, name: str, login: str) -> None:
    case, vault = EVERY[name], scene.as_(login)
    if login in case.who:
        vault.do(case.asked(scene.stage, None))
        return
    with refused(vault, NotPermitted, NotFound):
        vault.do(case.asked(scene.stage, None))


@pytest.mark.parametrize("name", [name for name, case in EVERY.items() if case.takes_version])
def test_what_somebody_else_has_saved_since_is_never_overwritten(scene: Scene, name: str) -> None:
    case = EVERY[name]
    vault = scene.as_(who_can(case))
    with refused(vault, Stale):
        vault.do(case.asked(scene.stage, 99))
