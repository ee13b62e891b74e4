"""The log: only ever added to, and whatever is changed behind its back is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as cipher
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.event import listen
from sqlalchemy.exc import IntegrityError

from misam_desktop.store import log, migrate
from misam_desktop.store.engine import reading, writing
from misam_desktop.store.log import Entry
from tests.conftest import NOW
from tests.store.worlds import KEY, driver_of, engine_of

COLUMNS = ("at", "user_id", "role", "unit_id", "action", "object_id", "person_id", "purpose", "allowed")
COUNT = 12


def an_entry(number: int) -> Entry:
    return Entry(
        at=NOW + timedelta(minutes=number),
        user_id="u-karin",
        role="koordinator",
        unit_id="kommun-ifo",
        action="case.opened",
        object_id=f"e-{number}",
        person_id=f"p-{number}",
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store whose log has twelve entries."""
    path = tmp_path / "log.misam"
    with engine_of(path, KEY, create=True) as engine:
        migrate.build(engine)
        with writing(engine) as conn:
            log.append_all(conn, [an_entry(number) for number in range(1, COUNT + 1)])
    return path


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    """The program's connection to it."""
    with engine_of(path, KEY) as engine:
        yield engine


def tampered(path: Path, *statements: str) -> int | None:
    """Where the chain breaks once somebody with the key has taken the triggers away and run the statements."""
    with driver_of(path, KEY) as raw:
        for (trigger,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            raw.execute(statement)
    with engine_of(path, KEY) as engine, reading(engine) as conn:
        return log.first_break(conn)


def test_what_is_appended_reads_back_in_order(engine: Engine) -> None:
    with reading(engine) as conn:
        found = log.entries(conn)
    assert [(one.seq, one.person_id, one.allowed) for one in found] == [(n, f"p-{n}", 1) for n in range(1, COUNT + 1)]
    assert found[0].previous == log.GENESIS
    assert found[0].at == "2026-11-24T08:01:00.000000+00:00"


def test_entries_of_one_person_or_one_user(engine: Engine) -> None:
    with reading(engine) as conn:
        assert [one.seq for one in log.entries(conn, person_id="p-3")] == [3]
        assert len(log.entries(conn, user_id="u-karin")) == COUNT
        assert log.entries(conn, user_id="u-jonas") == []


def test_one_at_a_time_or_all_at_once_gives_the_same_chain(tmp_path: Path) -> None:
    heads = []
    for at_once in (True, False):
        with engine_of(tmp_path / f"{at_once}.misam", KEY, create=True) as engine:
            migrate.build(engine)
            with writing(engine) as conn:
                some = [an_entry(number) for number in range(3)]
                heads.append(log.append_all(conn, some) if at_once else [log.append(conn, one) for one in some][-1])
    assert heads[0] == heads[1]


def test_a_whole_chain_has_no_break(engine: Engine) -> None:
    with reading(engine) as conn:
        assert log.first_break(conn) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET user_id = 'u-jonas' WHERE seq = 5",
        "DELETE FROM log WHERE seq = 5",
        "DELETE FROM log",
        "INSERT OR REPLACE INTO log SELECT * FROM log WHERE seq = 5",
        "REPLACE INTO log SELECT 5, at, 'u-jonas', role, unit_id, action, object_id, person_id, purpose, allowed, "
        "previous, hash FROM log WHERE seq = 5",
        "INSERT INTO log SELECT 99, at, user_id, role, unit_id, action, object_id, person_id, purpose, allowed, "
        "previous, hash FROM log WHERE seq = 12",
        "INSERT INTO log SELECT 0, at, user_id, role, unit_id, action, object_id, person_id, purpose, allowed, "
        "previous, hash FROM log WHERE seq = 12",
    ],
)
def test_the_store_refuses_what_is_no_addition(path: Path, engine: Engine, statement: str) -> None:
    with pytest.raises(IntegrityError, match="only added to"), writing(engine) as conn:
        conn.exec_driver_sql(statement)
    with driver_of(path, KEY) as raw, pytest.raises(cipher.IntegrityError, match="only added to"):
        raw.execute(statement)
    with reading(engine) as conn:
        assert (len(log.entries(conn)), log.first_break(conn)) == (COUNT, None)


@pytest.mark.parametrize("seq", [1, 6, COUNT])
@pytest.mark.parametrize("column", [*COLUMNS, "previous", "hash"])
def test_an_edit_is_found_where_it_stands(path: Path, column: str, seq: int) -> None:
    value = "0" if column == "allowed" else f"{column} || 'x'"
    assert tampered(path, f"UPDATE log SET {column} = {value} WHERE seq = {seq}") == seq


@pytest.mark.parametrize("seq", [1, 6, COUNT - 1])
def test_an_edit_whose_hash_was_reckoned_anew_is_found_at_the_next_entry(path: Path, engine: Engine, seq: int) -> None:
    with reading(engine) as conn:
        entry = asdict(log.entries(conn)[seq - 1]) | {"user_id": "u-jonas"}
    engine.dispose()
    forged = f"UPDATE log SET user_id = 'u-jonas', hash = '{log._hash(entry)}' WHERE seq = {seq}"
    assert tampered(path, forged) == seq + 1


def test_a_value_moved_to_the_next_column_is_found(path: Path) -> None:
    move = "UPDATE log SET object_id = object_id || person_id, person_id = '' WHERE seq = 4"
    assert tampered(path, move) == 4


@pytest.mark.parametrize("seq", range(1, COUNT))
def test_a_deletion_is_found(path: Path, seq: int) -> None:
    assert tampered(path, f"DELETE FROM log WHERE seq = {seq}") == seq


def test_a_deletion_that_closes_the_gap_is_found(path: Path) -> None:
    gone, closed = "DELETE FROM log WHERE seq = 4", "UPDATE log SET seq = seq - 1 WHERE seq > 4"
    assert tampered(path, gone, closed) == 4


def test_a_swap_is_found(path: Path) -> None:
    swap = [f"UPDATE log SET seq = {to} WHERE seq = {seq}" for seq, to in ((3, 100), (4, 3), (100, 4))]
    assert tampered(path, *swap) == 3


def test_a_forged_entry_in_the_middle_is_found(path: Path) -> None:
    room = "UPDATE log SET seq = -seq - 1 WHERE seq > 6"
    back = "UPDATE log SET seq = -seq WHERE seq < 0"
    copy = "INSERT INTO log SELECT 7, at, user_id, role, unit_id, action, object_id, person_id, purpose, allowed, hash,"
    assert tampered(path, room, back, f"{copy} hash FROM log WHERE seq = 6") == 7


def test_a_tail_that_was_cut_off_is_not_seen_in_the_chain(path: Path) -> None:
    """The one thing that a chain cannot show by itself."""
    assert tampered(path, "DELETE FROM log WHERE seq > 10") is None


@given(texts=st.lists(st.text(st.characters(codec="utf-8"), max_size=6), min_size=8, max_size=8), cut=st.integers(0, 6))
def test_no_two_entries_give_the_same_hash(texts: list[str], cut: int) -> None:
    """Also not when what leaves one part is put in front of the next."""
    names = [name for name in COLUMNS if name != "allowed"]
    row: dict[str, Any] = {"seq": 1, "allowed": 1, "previous": log.GENESIS} | dict(zip(names, texts, strict=True))
    first, second = names[cut], names[cut + 1]
    moved = row | {first: row[first] + row[second][:1], second: row[second][1:]}
    assert (log._hash(row) == log._hash(moved)) == (row == moved)


def _log_many(path: Path, user: str, start: Barrier) -> None:
    with engine_of(path, KEY) as engine:
        start.wait(60)
        for number in range(60):
            with writing(engine) as conn:
                log.append(conn, Entry(at=NOW, user_id=user, role="", unit_id="", action="t", object_id=str(number)))


def test_two_programs_that_log_at_once_keep_one_chain(path: Path) -> None:
    context = get_context("spawn")
    start = context.Barrier(2)
    programs = [context.Process(target=_log_many, args=(path, user, start)) for user in ("u-1", "u-2")]
    for program in programs:
        program.start()
    for program in programs:
        program.join(60)
    assert [program.exitcode for program in programs] == [0, 0]
    with engine_of(path, KEY) as engine, reading(engine) as conn:
        written = {user: [one.object_id for one in log.entries(conn, user_id=user)] for user in ("u-1", "u-2")}
        assert log.first_break(conn) is None
    assert written["u-1"] == written["u-2"] == [str(number) for number in range(60)]


def test_how_often_somebody_was_refused_is_told_without_reading_the_whole_log(engine: Engine) -> None:
    asked: list[str] = []
    listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    with reading(engine) as conn:
        assert log.refused_since(conn, NOW, user_id="u-karin", action="case.opened") == 0
        counting = asked[-1]
        plan = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {counting}", ("u-karin", "case.opened", "")).all()
    assert [line.detail for line in plan] == ["SEARCH log USING INDEX ix_log_refused (user_id=? AND at>?)"]
