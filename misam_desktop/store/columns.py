"""What tables are made of: one list of them all, and the columns that keep coming back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text

from misam_desktop.store.types import Flag

all_tables = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def a_table(name: str, *parts: Any, of: str | None = None) -> Table:
    """A table of values: text id first, version last; ``of`` is the table that has its ids too."""
    return Table(
        name,
        all_tables,
        Column("id", Text, *([ForeignKey(f"{of}.id")] if of else []), primary_key=True),
        *parts,
        Column("version", Integer, nullable=False),
        sqlite_strict=True,
    )


def text(name: str) -> Column[str]:
    """Words that are always there."""
    return Column(name, Text, nullable=False)


def flag(name: str) -> Column[Any]:
    """Yes or no."""
    return Column(name, Flag, nullable=False)


def to(name: str, target: str, *, nullable: bool = False) -> Column[Any]:
    """A reference to a row of another table."""
    return Column(name, Text, ForeignKey(f"{target}.id"), nullable=nullable)


def later(name: str, target: str) -> Column[Any]:
    """A reference to a table that in turn refers to this one."""
    reference = ForeignKey(f"{target}.id", use_alter=True, deferrable=True, initially="DEFERRED")
    return Column(name, Text, reference, nullable=True)


def column(name: str, kind: Any, *, nullable: bool = False) -> Column[Any]:
    """Something that has a form of its own in the store."""
    return Column(name, kind, nullable=nullable)
