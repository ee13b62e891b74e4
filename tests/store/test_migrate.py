"""Steps from an older schema to this one: all or nothing, children kept, and a newer store left alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from sqlalchemy import Engine

from misam_desktop import assets
from misam_desktop.store import migrate
from misam_desktop.store.engine import StoreDamaged, reading, writing
from misam_desktop.store.migrate import StoreTooNew
from tests.store.worlds import KEY, engine_of

STEP = '''"""A step that the test adds."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Do what the test wants."""
    conn = op.get_bind()
'''


@pytest.fixture
def engine(founded: Path) -> Iterator[Engine]:
    """A store of the first schema, with its first users in it."""
    with engine_of(founded) as engine:
        yield engine


@pytest.fixture
def next_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes this a program with one more step, whose body is given as lines."""

    def add(*lines: str) -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(assets.database("migrations"), folder, ignore=shutil.ignore_patterns("__pycache__"))
        body = STEP + "".join(f"    {line}\n" for line in lines)
        (folder / "versions" / "0002_next.py").write_text(body, encoding="utf-8")
        monkeypatch.setattr(assets, "database", folder.parent.joinpath)
        monkeypatch.setattr(migrate, "HEAD", "0002")

    return add


def scalar(engine: Engine, statement: str) -> object:
    with reading(engine) as conn:
        return conn.exec_driver_sql(statement).scalar_one_or_none()


def test_a_new_store_has_the_newest_schema(engine: Engine) -> None:
    assert migrate.schema_version(engine) == migrate.HEAD


def test_there_is_nothing_to_do_for_a_store_of_today(founded: Path, engine: Engine) -> None:
    before = founded.read_bytes()
    migrate.upgrade(engine)
    assert founded.read_bytes() == before


@pytest.mark.parametrize("version", ["0002", "0010", "9999"])
def test_a_newer_store_is_refused_and_left_alone(founded: Path, engine: Engine, version: str) -> None:
    with writing(engine) as conn:
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (version,))
    before = founded.read_bytes()
    with pytest.raises(StoreTooNew):
        migrate.upgrade(engine)
    assert founded.read_bytes() == before


def test_a_file_cut_down_to_nothing_is_damaged_and_gets_no_schema(tmp_path: Path) -> None:
    path = tmp_path / "empty.misam"
    path.touch()
    with engine_of(path, KEY) as engine, pytest.raises(StoreDamaged):
        migrate.upgrade(engine)
    assert path.read_bytes() == b""


def test_a_step_takes_an_older_store_along(engine: Engine, next_step: Callable[..., None]) -> None:
    next_step("conn.exec_driver_sql('ALTER TABLE unit ADD COLUMN seat TEXT')")
    migrate.upgrade(engine)
    assert migrate.schema_version(engine) == "0002"
    assert scalar(engine, "SELECT count(*) FROM unit WHERE seat IS NULL") != 0


def test_a_table_rebuilt_with_cascades_keeps_its_children(engine: Engine, next_step: Callable[..., None]) -> None:
    with writing(engine) as conn:
        conn.exec_driver_sql("CREATE TABLE child (unit_id TEXT REFERENCES unit (id) ON DELETE CASCADE) STRICT")
        conn.exec_driver_sql("INSERT INTO child SELECT id FROM unit")
    children = scalar(engine, "SELECT count(*) FROM child")
    next_step("with op.batch_alter_table('unit', recreate='always') as batch:", "    batch.drop_column('short')")
    migrate.upgrade(engine)
    assert scalar(engine, "SELECT count(*) FROM child") == children != 0
    assert scalar(engine, "SELECT count(*) FROM pragma_table_info('unit') WHERE name = 'short'") == 0


def test_a_step_that_leaves_an_orphan_is_undone_whole(engine: Engine, next_step: Callable[..., None]) -> None:
    next_step("conn.exec_driver_sql('CREATE TABLE extra (id)')", "conn.exec_driver_sql('DELETE FROM unit')")
    with pytest.raises(StoreDamaged):
        migrate.upgrade(engine)
    assert scalar(engine, "SELECT count(*) FROM unit") != 0
    assert scalar(engine, "SELECT name FROM sqlite_master WHERE name = 'extra'") is None
    assert migrate.schema_version(engine) == "0001"


def test_a_step_that_fails_is_undone_whole(engine: Engine, next_step: Callable[..., None]) -> None:
    next_step("conn.exec_driver_sql('DELETE FROM setting')", "raise ZeroDivisionError")
    with pytest.raises(ZeroDivisionError):
        migrate.upgrade(engine)
    assert scalar(engine, "SELECT count(*) FROM setting") != 0
    assert migrate.schema_version(engine) == "0001"


@pytest.mark.parametrize("wanted", [0, 1])
def test_foreign_keys_are_off_only_while_a_step_runs(
    engine: Engine, next_step: Callable[..., None], wanted: int
) -> None:
    next_step(f"assert conn.exec_driver_sql('PRAGMA foreign_keys').scalar() == {wanted}")
    with nullcontext() if wanted == 0 else pytest.raises(AssertionError):
        migrate.upgrade(engine)
    assert scalar(engine, "PRAGMA foreign_keys") == 1
