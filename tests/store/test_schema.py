"""One schema, told three times: by the steps, by ``tables.py`` and by ``db/schema.sql``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from misam_desktop import assets
from misam_desktop.store import migrate, tables
from misam_desktop.store.engine import reading, writing
from tests.store.worlds import KEY, engine_of


@pytest.fixture
def built(tmp_path: Path) -> Iterator[Engine]:
    """An empty store with every step run."""
    with engine_of(tmp_path / "built.misam", KEY, create=True) as engine:
        migrate.build(engine)
        yield engine


@pytest.fixture
def declared(tmp_path: Path) -> Iterator[Engine]:
    """An empty store made from ``tables.py`` alone."""
    with engine_of(tmp_path / "declared.misam", KEY, create=True) as engine:
        with writing(engine) as conn:
            tables.metadata.create_all(conn)
        yield engine


def statements(engine: Engine) -> set[str]:
    return {re.sub(r"\s+", " ", one).strip() for one in migrate.schema_sql(engine).split(";\n\n") if one.strip()}


def test_the_written_schema_is_up_to_date(built: Engine) -> None:
    written = assets.database("schema.sql").read_text(encoding="utf-8")
    assert written == migrate.schema_sql(built), "run: python packaging/schema.py"


def test_the_steps_make_what_the_tables_declare_and_the_logs_triggers(built: Engine, declared: Engine) -> None:
    beside = statements(built) - statements(declared)
    assert statements(declared) <= statements(built)
    assert {one.partition(" BEFORE")[0] for one in beside} == {
        "CREATE TRIGGER log_refuses_delete",
        "CREATE TRIGGER log_refuses_gaps",
        "CREATE TRIGGER log_refuses_update",
    }


def test_every_table_is_strict(built: Engine) -> None:
    with reading(built) as conn:
        lax = conn.exec_driver_sql("SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict").scalars()
        assert set(lax) == {"alembic_version", "sqlite_schema"}


def test_the_head_is_the_newest_step() -> None:
    steps = sorted(path.stem for path in assets.database("migrations", "versions").glob("*.py"))
    assert steps[-1].partition("_")[0] == migrate.HEAD


def test_the_steps_are_one_line_of_numbers_without_a_gap() -> None:
    numbers = sorted(path.stem.partition("_")[0] for path in assets.database("migrations", "versions").glob("*.py"))
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
