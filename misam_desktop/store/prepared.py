"""Reads that are put together once and then asked of the driver as they stand.

SQLAlchemy's way there costs several times what a small read does, and the page of a case asks twenty of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select
from sqlalchemy.dialects import sqlite

_DIALECT = sqlite.dialect(paramstyle="named")
_Turn = Callable[[Any], Any]


class _Form(NamedTuple):
    """The statement as the driver takes it, and what turns values into columns and columns into values."""

    text: str
    fixed: Mapping[str, Any]
    writes: Mapping[str, _Turn | None]
    reads: list[tuple[int, _Turn]]


class Prepared:
    """One SELECT whose parameters are ``bindparam``s without a value, each asked for by its name."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement

    def rows(self, conn: Connection, **named: object) -> list[list[Any]]:
        """What it finds, within the transaction that the connection is in."""
        form = self._form
        values = {**form.fixed, **{name: _turned(form.writes[name], value) for name, value in named.items()}}
        raw: Any = conn.connection.driver_connection
        found = [list(row) for row in raw.execute(form.text, values)]
        for row in found:
            for place, read in form.reads:
                row[place] = read(row[place])
        return found

    @cached_property
    def _form(self) -> _Form:
        compiled = self._statement.compile(dialect=_DIALECT)
        types = [column.type.dialect_impl(_DIALECT) for column in self._statement.selected_columns]
        reads = [(place, kind.result_processor(_DIALECT, None)) for place, kind in enumerate(types)]
        writes = {
            name: one.type.dialect_impl(_DIALECT).bind_processor(_DIALECT) for name, one in compiled.binds.items()
        }
        return _Form(
            text=compiled.string,
            fixed={name: _turned(writes[name], value) for name, value in compiled.params.items() if value is not None},
            writes=writes,
            reads=[(place, read) for place, read in reads if read is not None],
        )


def _turned(turn: _Turn | None, value: object) -> Any:
    return value if turn is None else turn(value)
