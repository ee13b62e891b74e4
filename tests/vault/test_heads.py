"""The head of the log outside the file: what is cut off or put back is told, and ordinary work never is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlcipher3.dbapi2 as cipher

from misam_desktop.commands.drafts import keep_draft
from misam_desktop.commands.episodes import enrol
from misam_desktop.commands.referrals import make_referral
from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.codes import GapReason
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import ReferralId
from misam_desktop.keys import key_file
from misam_desktop.keys.heads import GapKind, Heads
from misam_desktop.queries.cases import open_cases
from misam_desktop.queries.log import log_mark, mark_is_of_this_log
from misam_desktop.store import engine, founding, log
from misam_desktop.store.engine import reading
from misam_desktop.unlocking import create, gap_accepted, unlock
from misam_desktop.vault import Vault
from tests.commands.worlds import IFO, asks, entries, somebody
from tests.conftest import CLOCK, PASSWORD, TODAY, WEAK, WEAK_BOUNDS, found_store
from tests.vault.worlds import JONAS, KARIN


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


def kind_of(store: Path, profile: Path, login: str = "karin") -> GapKind | None:
    vault = opened(store, profile, login)
    vault.close()
    return vault.gap.kind if vault.gap else None


def head_file(profile: Path) -> Path:
    (kept,) = profile.iterdir()
    return kept


def last_of(store: Path, profile: Path) -> int:
    vault = opened(store, None)
    seq = entries(vault)[-2].seq  # the last one before this look
    vault.close()
    return seq


def driver_of_store(store: Path) -> closing[Any]:
    """The driver's own connection, of somebody with the key."""
    key, _ = key_file.unlock(key_file.read_key_file_of(store, bounds=WEAK_BOUNDS), login="karin", password=PASSWORD)
    raw = cipher.connect(str(store), isolation_level=None)
    raw.set_key(f"x'{key.raw.hex()}'")
    return closing(raw)


def behind_its_back(store: Path, *statements: str, rehash: bool = False) -> None:
    """The triggers are taken away and the statements run; ``rehash`` mends the chain after it."""
    with driver_of_store(store) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)
        if rehash:
            _mend(raw)


def _mend(raw: Any) -> None:
    raw.row_factory = cipher.Row
    previous = log.GENESIS
    for row in raw.execute("SELECT * FROM log ORDER BY seq").fetchall():
        anew = dict(row) | {"previous": previous}
        previous = log._hash(anew)
        raw.execute("UPDATE log SET previous = :previous, hash = :hash WHERE seq = :seq", anew | {"hash": previous})


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
    assert kind_of(founded, profile) is GapKind.CUT


def test_an_older_file_is_told_by_who_comes_next_at_the_same_profile(founded: Path, profile: Path) -> None:
    older_file_put_back(founded, lambda: a_day(founded, profile, "jonas"))
    assert kind_of(founded, profile) is GapKind.CUT


def test_an_older_file_is_told_also_once_it_has_grown_past_what_was_lost(founded: Path, profile: Path) -> None:
    older_file_put_back(founded, lambda: a_day(founded, profile))
    for _ in range(4):
        a_day(founded, None)
    assert kind_of(founded, profile) is GapKind.CUT


SWAP = [f"UPDATE log SET seq = {to} WHERE seq = {seq}" for seq, to in ((2, 1000), (3, 2), (1000, 3))]
INSERT = [
    "UPDATE log SET seq = -seq - 1 WHERE seq > 2",
    "UPDATE log SET seq = -seq WHERE seq < 0",
    "INSERT INTO log SELECT 3, at, user_id, role, unit_id, 'draft.kept', object_id, person_id, purpose, allowed, "
    "previous, hash FROM log WHERE seq = 2",
]
DELETE = ["DELETE FROM log WHERE seq = 2", "UPDATE log SET seq = seq - 1 WHERE seq > 2"]


@pytest.mark.parametrize(
    "statements",
    [["UPDATE log SET object_id = 'x' WHERE seq = 2"], DELETE, INSERT, SWAP],
    ids=["an edit", "a deletion", "an insertion", "a swap"],
)
def test_a_chain_that_was_reckoned_anew_is_another_chain(founded: Path, profile: Path, statements: list[str]) -> None:
    """Every hash follows again, and only what is kept outside can tell."""
    a_day(founded, profile)
    behind_its_back(founded, *statements, rehash=True)
    with driver_of_store(founded) as raw:
        assert [row[0] for row in raw.execute("SELECT seq FROM log ORDER BY seq")][:4] == [1, 2, 3, 4]
    vault = opened(founded, profile)
    with reading(vault._engine) as conn:
        assert log.first_break(conn) is None
    assert vault.gap is not None
    vault.close()


# Who is told, and until when


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
    assert (told["log.gap_found"], told["log.gap_accepted"]) == (
        f"cut:{gap_mark(karin)}",
        f"aterlast:{gap_mark(karin)}",
    )
    for vault in (karin, jonas):
        vault.close()
    assert gap_of(founded, profile) is None


def gap_mark(vault: Vault) -> str:
    return next(one.purpose for one in entries(vault) if one.action == "log.gap_found").partition(":")[2]


def accept(store: Path, profile: Path) -> GapKind:
    """The administratör unlocks, is told, and says that a safety copy has been put back."""
    karin = opened(store, profile)
    assert karin.gap is not None
    kind = karin.gap.kind
    karin.do(gap_accepted(karin.gap, GapReason.ATERLAST))
    karin.close_gap()
    karin.close()
    return kind


def test_what_is_found_at_one_profile_is_explained_at_another(founded: Path, tmp_path: Path) -> None:
    """Jonas has been further than the administratör, who would otherwise know of nothing."""
    hers, his = tmp_path / "hers", tmp_path / "his"
    a_day(founded, hers)
    older_file_put_back(founded, lambda: a_day(founded, his, "jonas"))
    assert kind_of(founded, his, "jonas") is GapKind.CUT
    assert kind_of(founded, tmp_path / "third", "jonas") is None
    assert accept(founded, hers) is GapKind.ELSEWHERE
    assert kind_of(founded, his, "jonas") is None
    assert kind_of(founded, hers) is None


def test_a_lawful_restore_excuses_no_later_one(founded: Path, tmp_path: Path) -> None:
    hers, his = tmp_path / "hers", tmp_path / "his"
    older_file_put_back(founded, lambda: a_day(founded, hers))
    assert accept(founded, hers) is GapKind.CUT
    older_file_put_back(founded, lambda: a_day(founded, his, "jonas"))
    assert [kind_of(founded, his, "jonas") for _ in range(2)] == [GapKind.CUT] * 2


def test_what_was_accepted_is_not_told_by_a_program_that_was_open_meanwhile(founded: Path, profile: Path) -> None:
    older_file_put_back(founded, lambda: a_day(founded, profile))
    jonas = opened(founded, profile, "jonas")
    accept(founded, profile)
    works(jonas)  # and remembers what was lost once more
    jonas.close()
    assert kind_of(founded, profile) is None


# What is remembered


@pytest.mark.parametrize("damage", [b"{}", b"[" * 2000, b"\xff" * 700, b"0" * 1024])
def test_what_was_remembered_and_is_damaged_is_told_once(founded: Path, profile: Path, damage: bytes) -> None:
    a_day(founded, profile)
    head_file(profile).write_bytes(damage)
    assert [kind_of(founded, profile) for _ in range(2)] == [GapKind.UNREADABLE, None]


@pytest.mark.parametrize("place", [0, 1])
def test_an_older_head_in_place_of_the_newest_is_forged_without_the_key(
    founded: Path, profile: Path, place: int
) -> None:
    a_day(founded, profile)
    content = bytearray(head_file(profile).read_bytes())
    at = content.index(b"[[", place * 512) + 2
    content[at : at + 1] = b"1" if content[at : at + 1] != b"1" else b"2"
    head_file(profile).write_bytes(content)
    assert kind_of(founded, profile) is GapKind.UNREADABLE


def test_what_is_remembered_of_another_store_is_not_taken_for_this_ones(
    founded: Path, profile: Path, tmp_path: Path
) -> None:
    a_day(founded, profile)
    mine = head_file(profile)
    other = found_store(tmp_path / "annan.misam")
    a_day(other, tmp_path / "other")
    mine.write_bytes(head_file(tmp_path / "other").read_bytes())
    assert kind_of(founded, profile) is GapKind.UNREADABLE


@pytest.mark.parametrize("content", [b"", b"\0" * 1024])
def test_a_file_that_the_machine_had_no_time_to_fill_is_as_none(founded: Path, profile: Path, content: bytes) -> None:
    a_day(founded, profile)
    head_file(profile).write_bytes(content)
    assert kind_of(founded, profile) is None


def test_two_stores_are_remembered_each_by_itself(founded: Path, profile: Path, tmp_path: Path) -> None:
    a_day(founded, profile)
    other = found_store(tmp_path / "annan.misam")
    a_day(other, profile)
    assert len(list(profile.iterdir())) == 2
    assert (kind_of(founded, profile), kind_of(other, profile)) == (None, None)


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


@pytest.mark.parametrize("kind", ["real", "demo"])
def test_a_hundred_lawful_days_give_no_alarm(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three profiles and two users take turns, some at once; some days end in a crash before the head was kept."""
    monkeypatch.setitem(engine._PRAGMAS, "synchronous", ("OFF", 0))  # the disk is not what is tried
    dice, store = Random(kind), tmp_path / "prov.misam"
    activity = founding.reference_activity("misam", activity_id="misam")
    founders = [KARIN, JONAS]
    create(store, team="P", founders=founders, activities=[activity], clock=CLOCK, kind=kind, cost=WEAK)
    profiles = [tmp_path / name for name in ("one", "two", "three")]
    for _ in range(100):
        logins = dice.choices(("karin", "jonas"), k=dice.choice((1, 1, 1, 2)))
        team = [opened(store, dice.choice(profiles), login) for login in logins]
        assert [vault.gap for vault in team] == [None] * len(team)
        for _ in range(dice.randrange(3)):
            a_while(dice, dice.choice(team))
        if dice.random() < 0.3:
            crash(dice.choice(team))
        for vault in team:
            vault.close()


def a_while(dice: Random, vault: Vault) -> None:
    """Some reads, some changes, or a refusal."""
    match dice.randrange(4):
        case 0:
            vault.ask(open_cases())
        case 1:
            works(vault, dice.randrange(3))
        case 2:
            vault.do(make_referral(somebody(), asks(unit_id=vault.actor.unit_id), submit=False))
        case _:
            with suppress(NotFound, NotPermitted):
                vault.do(enrol(ReferralId("none"), enrolled_on=TODAY, commissioner_id=IFO))


def crash(vault: Vault) -> None:
    """Something is committed, and the program dies before the profile can hear of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Heads, "keep", lambda _heads, _head: None)
        works(vault, 2)


def test_the_mark_of_a_paper_is_one_that_the_log_has_had(karin: Vault) -> None:
    mark = karin.ask(log_mark())
    works(karin)
    assert karin.ask(log_mark()) != mark
    assert karin.ask(mark_is_of_this_log(mark))
    assert karin.ask(mark_is_of_this_log(mark.removeprefix("Logg ").lower()))
    for other in ("Logg 1-00000000", "Logg 999999-12345678", "12", ""):
        assert not karin.ask(mark_is_of_this_log(other))
