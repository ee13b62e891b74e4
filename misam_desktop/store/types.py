"""How values stand in columns: codes and dates as text, several codes joined by ``+``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.domain.personal_number import PersonalNumber


class AsText(TypeDecorator[Any]):
    """A value that turns into text and back by two functions; None stays None."""

    impl = Text
    cache_ok = False

    def __init__(self, write: Callable[[Any], str], read: Callable[[str], Any]) -> None:
        super().__init__()
        self._write, self._read = write, read

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:  # noqa: ARG002 – the signature is SQLAlchemy's
        """To the column."""
        return None if value is None else self._write(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], Any]:  # noqa: ARG002 – as above
        """From the column, with no step between: a list of cases turns a hundred thousand of these."""
        read = self._read
        return lambda value: None if value is None else read(value)


class _Cached(AsText):
    cache_ok = True  # one instance per column, made at import: its identity is its behaviour

    @property
    def _static_cache_key(self) -> Any:
        return (type(self), id(self))


class Flag(TypeDecorator[bool]):
    """True or false as 1 or 0; STRICT tables know no BOOLEAN."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: ARG002, FBT001 – as above
        """To the column."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:  # noqa: ARG002 – as above
        """From the column."""
        return None if value is None else bool(value)


def a_code(kind: type[StrEnum]) -> _Cached:
    """One code of a list."""
    return _Cached(str, _member(kind))


def codes(kind: Callable[[str], Any]) -> _Cached:
    """Several codes or ids, joined by ``+``; empty text is none."""
    read: Callable[[str], Any] = _member(kind) if isinstance(kind, type) and issubclass(kind, StrEnum) else kind
    return _Cached("+".join, lambda text: tuple(read(part) for part in text.split("+") if part))


def _member(kind: type[StrEnum]) -> Callable[[str], Any]:
    """From a code to its member: looking it up takes a third of the time of calling the class."""
    return {one.value: one for one in kind}.__getitem__


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def write_instant(at: datetime) -> str:
    """A UTC instant to the microsecond, so that text order is time order."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")


DAY = _Cached(date.isoformat, date.fromisoformat)
INSTANT = _Cached(write_instant, _instant)
NUMBER = _Cached(lambda number: number.digits, lambda digits: PersonalNumber(digits=digits))
LIVELIHOODS = _Cached(str, Livelihoods.parse)
