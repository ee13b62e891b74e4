"""Brings a store to the schema of this program: numbered, linear steps in ``db/migrations``, all in one transaction."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, text

from misam_desktop import assets
from misam_desktop.domain.errors import WorldError
from misam_desktop.store.engine import StoreDamaged, pragma, reading, writing

HEAD = "0001"
"""The newest step; a test holds it equal to ``db/migrations``."""


class StoreTooNew(WorldError):
    """A newer program has made or changed the store."""

    code = "store_too_new"


def build(engine: Engine) -> None:
    """Give a new, empty store its schema: all steps from the first."""
    _run(engine)


def upgrade(engine: Engine) -> None:
    """Run the steps that the store lacks. Raises StoreTooNew, StoreDamaged (also for an empty file)."""
    at = schema_version(engine)
    if at is None:
        raise StoreDamaged
    if at > HEAD:
        raise StoreTooNew
    if at < HEAD:
        _run(engine)


def _run(engine: Engine) -> None:
    """Foreign keys are off meanwhile (a table rebuilt in batch mode would delete its children silently), and are
    checked before the commit.
    """
    raw = engine.raw_connection().driver_connection
    pragma(raw, "foreign_keys", "OFF", 0)
    try:
        with writing(engine) as conn:
            _run_steps(conn)
            if conn.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise StoreDamaged
    finally:
        pragma(raw, "foreign_keys", "ON", 1)


def schema_version(engine: Engine) -> str | None:
    """The number of the store's newest step, or None for an empty file."""
    with reading(engine) as conn:
        found = conn.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").first()
        if found is None:
            return None
        return conn.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _run_steps(conn: Connection) -> None:
    # imported here: most starts have nothing to migrate, and Alembic is slow to load
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", str(assets.database("migrations")))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")


def schema_sql(engine: Engine) -> str:
    """The schema as SQL, in a stable order: what ``db/schema.sql`` holds."""
    with reading(engine) as conn:
        statements = conn.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'alembic%' "
            "ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, name"
        ).scalars()
        return "".join(f"{statement.strip()};\n\n" for statement in statements)
