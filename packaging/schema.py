"""Writes ``db/schema.sql`` anew from the migrations, after a step has been added: ``python packaging/schema.py``."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from misam_desktop import assets
from misam_desktop.keys.primitives import random_key
from misam_desktop.store import migrate
from misam_desktop.store.engine import connect


def main() -> None:
    """Build an empty store from every step and write down the schema that it has."""
    with TemporaryDirectory() as folder:
        engine = connect(Path(folder) / "empty.misam", random_key(), create=True)
        try:
            migrate.build(engine)
            assets.database("schema.sql").write_text(migrate.schema_sql(engine), encoding="utf-8", newline="\n")
        finally:
            engine.dispose()


if __name__ == "__main__":
    main()
