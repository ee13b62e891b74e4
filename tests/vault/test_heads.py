"""The head of the log outside the file: what is cut off or put back is told, and ordinary work never is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
import sqlcipher3.dbapi2 as cipher

from misam_desktop.commands.drafts import keep_draft
from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.codes import GapReason
from misam_desktop.keys import key_file
from misam_desktop.keys.heads import GapKind
from misam_desktop.queries.cases import open_cases
from misam_desktop.queries.log import log_mark, mark_is_of_this_log
from misam_desktop.store import log
from misam_desktop.store.engine import writing
from misam_desktop.unlocking import gap_accepted, unlock
from misam_desktop.vault import Vault
from tests.commands.worlds import entries
from tests.conftest import CLOCK, PASSWORD, WEAK_BOUNDS


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


def opened(store: Path, profile: Path | None, login: str = "karin") -> Vault:
    return unlock(store, login=login, password=PASSWORD, clock=CLOCK, bounds=WEAK_BOUNDS, heads=profile)


def works(vault: Vault, times: int = 3) -> None:
    for number in range(times):
        vault.do(keep_draft("form", f"{number}", "{}"))


def a_day(store: Path, profile: Path | None, login: str = "karin") -> None:
    vault = opened(store, profile, login)
    works(vault)
    vault.close()


def gap_of(store: Path, profile: Path) -> tuple[GapKind, int] | None:
    vault = opened(store, profile)
    gap = vault.gap
    vault.close()
    return None if gap is None else (gap.kind, gap.seq)


def last_of(store: Path, profile: Path) -> int:
    vault = opened(store, None)
    seq = entries(vault)[-2].seq  # the last one before this look
    vault.close()
    return seq


def behind_its_back(store: Path, *statements: str, rehash: bool = False) -> None:
    """Somebody with the key takes the triggers away and runs the statements; ``rehash`` mends the chain after it."""
    key, _ = key_file.unlock(key_file.read_key_file_of(store, bounds=WEAK_BOUNDS), login="karin", password=PASSWORD)
    raw = cipher.connect(str(store), isolation_level=None)
    raw.set_key(f"x'{key.raw.hex()}'")
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        raw.execute(statement)
    if rehash:
        raw.row_factory = cipher.Row
        previous = log.GENESIS
        for row in raw.execute("SELECT * FROM log ORDER BY seq").fetchall():
            anew = dict(row) | {"previous": previous}
            previous = log._hash(anew)
            anew |= {"hash": previous}
            raw.execute("UPDATE log SET previous = :previous, hash = :hash WHERE seq = :seq", anew)
    raw.close()


CUT = "DELETE FROM log WHERE seq > (SELECT max(seq) FROM log) - 2"


def older_file_put_back(store: Path, change: Callable[[], None]) -> None:
    kept = store.with_suffix(".kept")
    shutil.copy2(store, kept)
    change()
    shutil.copy2(kept, store)


def test_a_cut_off_end_is_told(founded: Path, profile: Path) -> None:
    a_day(founded, profile)
    seq = last_of(founded, profile)
    behind_its_back(founded, CUT)
    assert gap_of(founded, profile) in {(GapKind.CUT, seq), (GapKind.CUT, seq + 1)}


def test_an_older_file_put_back_is_told(founded: Path, profile: Path) -> None:
    older_file_put_back(founded, lambda: a_day(founded, profile))
    kind, _ = gap_of(founded, profile) or (None, 0)
    assert kind is GapKind.CUT


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET object_id = 'x' WHERE seq = 2",
        "DELETE FROM log WHERE seq = 2; ",
        "UPDATE log SET user_id = 'somebody' WHERE seq = 3",
    ],
)
def test_a_chain_that_was_reckoned_anew_is_another_chain(founded: Path, profile: Path, statement: str) -> None:
    """Every hash follows again, and only what is kept outside can tell."""
    a_day(founded, profile)
    behind_its_back(founded, statement, rehash=True)
    kind, _ = gap_of(founded, profile) or (None, 0)
    assert kind is GapKind.CUT


def test_it_is_told_again_until_an_administrator_has_said_why(founded: Path, profile: Path) -> None:
    older_file_put_back(founded, lambda: a_day(founded, profile))
    assert gap_of(founded, profile) == gap_of(founded, profile) != None  # noqa: E711 – all three are compared
    karin, jonas = opened(founded, profile), opened(founded, profile, "jonas")
    assert karin.gap is not None
    with pytest.raises(NotPermitted):
        jonas.do(gap_accepted(karin.gap, GapReason.ATERLAST))
    karin.do(gap_accepted(karin.gap, GapReason.ATERLAST))
    karin.close_gap()
    told = {one.action: one.purpose for one in entries(karin)}
    assert (told["log.gap_found"], told["log.gap_accepted"]) == (f"cut:{gap_seq(karin)}", f"aterlast:{gap_seq(karin)}")
    for vault in (karin, jonas):
        vault.close()
    assert gap_of(founded, profile) is None


def gap_seq(vault: Vault) -> str:
    return next(one.purpose for one in entries(vault) if one.action == "log.gap_found").partition(":")[2]


def test_what_was_remembered_and_has_been_changed_is_told(founded: Path, profile: Path) -> None:
    a_day(founded, profile)
    (kept,) = profile.iterdir()
    kept.write_text(kept.read_text().replace('"newest": [', '"newest": [1'), encoding="utf-8")
    kind, _ = gap_of(founded, profile) or (None, 0)
    assert kind is GapKind.UNREADABLE


def test_what_is_remembered_holds_numbers_and_hashes_alone(founded: Path, profile: Path) -> None:
    a_day(founded, profile)
    (kept,) = profile.iterdir()
    content = kept.read_text()
    assert kept.name == f"{key_file.read_key_file_of(founded, bounds=WEAK_BOUNDS).store_id}.head"
    assert not any(word in content for word in ("karin", "Karin", "Provlaget"))
    if os.name == "posix":
        assert kept.stat().st_mode & 0o077 == 0


def test_a_profile_that_cannot_be_written_stops_nobody(founded: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be", encoding="utf-8")
    vault = opened(founded, blocked)
    works(vault)
    assert vault.gap is not None
    assert vault.gap.kind is GapKind.NOT_KEPT
    vault.close()


def test_two_hundred_lawful_days_give_no_alarm(founded: Path, tmp_path: Path) -> None:
    """Two profiles take turns at one store; some days end in a crash that the profile has not heard of."""
    dice = Random(1)
    profiles = [tmp_path / "one", tmp_path / "two"]
    for _ in range(200):
        vault = opened(founded, dice.choice(profiles), dice.choice(("karin", "jonas")))
        assert vault.gap is None
        if dice.random() < 0.5:
            works(vault, dice.randrange(3))
        if dice.random() < 0.3:
            vault.ask(open_cases())
        if dice.random() < 0.2:  # committed, and the program died before it could remember
            with writing(vault._engine) as conn:
                log.append(conn, log.Entry(at=CLOCK.now(), user_id="u", role="", unit_id="af", action="draft.kept"))
        vault.close()


def test_the_mark_of_a_paper_is_one_that_the_log_has_had(karin: Vault) -> None:
    mark = karin.ask(log_mark())
    works(karin)
    assert karin.ask(log_mark()) != mark
    assert karin.ask(mark_is_of_this_log(mark))
    assert karin.ask(mark_is_of_this_log(mark.removeprefix("Logg ").lower()))
    for other in ("Logg 1-00000000", "Logg 999999-12345678", "12", ""):
        assert not karin.ask(mark_is_of_this_log(other))
