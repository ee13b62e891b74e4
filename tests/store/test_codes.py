"""Codes of agendas: none comes twice, also when the first is gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from misam_desktop.domain.activity import Kind
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.ids import ActivityId, AgendaItemId, MeetingId
from misam_desktop.domain.meeting import CODES_KEPT, Meeting
from misam_desktop.domain.pseudonym import SYMBOLS
from misam_desktop.store import codes, founding, migrate, rows
from misam_desktop.store.engine import reading, writing
from tests.conftest import NOW, TODAY
from tests.store.worlds import KEY, engine_of


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with engine_of(tmp_path / "codes.misam", KEY, create=True) as engine:
        migrate.build(engine)
        yield engine


def drawing(monkeypatch: pytest.MonkeyPatch, symbols: str) -> None:
    left = iter(symbols)
    monkeypatch.setattr("misam_desktop.store.codes.secrets.randbelow", lambda _below: SYMBOLS.index(next(left)))


def test_a_code_that_has_been_drawn_never_comes_again(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    drawing(monkeypatch, "K7MQ2X" * 2 + "B7MQ2X")
    with writing(engine) as conn:
        first = codes.new_code(conn)
        assert codes.new_code(conn) != first


def test_what_is_kept_of_it_does_not_tell_the_code(engine: Engine) -> None:
    with writing(engine) as conn:
        drawn = [codes.new_code(conn) for _ in range(20)]
    with reading(engine) as conn:
        kept = conn.exec_driver_sql("SELECT hash FROM spent_code").scalars().all()
    assert len(kept) == len(set(kept)) == 20
    assert not any(code in one.upper() for code in drawn for one in kept)


def test_codes_go_ninety_days_after_their_meeting_and_are_spent_all_the_same(engine: Engine) -> None:
    old, new = (
        Meeting(id=MeetingId(f"m{days}"), activity_id=ActivityId("nafs"), kind=Kind.NAFS, on=TODAY - days)
        for days in (CODES_KEPT + timedelta(days=1), CODES_KEPT)
    )
    with writing(engine) as conn:
        rows.activities.add(conn, founding.reference_activity("nafs", activity_id="nafs"))
        rows.meetings.add_all(conn, [old, new])
        items = [
            AgendaItem(id=AgendaItemId(one.id), meeting_id=one.id, place=1, added_at=NOW, code=codes.new_code(conn))
            for one in (old, new)
        ]
        rows.agenda_items.add_all(conn, items)
        assert (codes.forget_old(conn, TODAY), codes.forget_old(conn, TODAY)) == (1, 0)
        kept = {one.id: one.code for one in rows.agenda_items.where(conn)}
        assert kept == {items[0].id: None, items[1].id: items[1].code}
        assert conn.exec_driver_sql("SELECT count(*) FROM spent_code").scalar_one() == 2
