"""Turns the cells of a register list into values and back, and says in words what is wrong with a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from misam_desktop.domain.codes import (
    Agency,
    Destination,
    DischargeReason,
    Education,
    InfoKind,
    Livelihood,
    Outcome,
    Passage,
    Purpose,
    Referrer,
    Sex,
)
from misam_desktop.domain.episode import QUIET_REASONS
from misam_desktop.domain.errors import MisamError, UserError
from misam_desktop.domain.gate import withheld
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.domain.personal_number import parse_personal_number
from misam_desktop.domain.register import COLUMNS, Read, RegisterRow
from misam_desktop.domain.scope import EVERYTHING
from misam_desktop.domain.text import fold
from misam_desktop.transfer.limits import MOST_CHARACTERS, CellTooLong, NotATable
from misam_desktop.transfer.sheets import Sheet
from misam_desktop.wording import code_from, iso, label

C = TypeVar("C", bound=StrEnum)

_NEEDED = ("personnummer", "kon", "insats", "remittent", "remissdatum", "samtycke_fran", "samtycke_parter")
_EARLIEST = date(1900, 1, 1)
_OF_EXIT = ("avslutsorsak", "avslutad_till", "forsorjning_ut")
_UNREADABLE = "\ufffd"
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[ T]00:00(?::00(?:\.0+)?)?)?")


class ColumnsMissing(UserError):
    """The list lacks columns that every row needs."""

    code = "columns_missing"


class CellMissing(UserError):
    """A cell that must be filled is empty."""

    code = "cell_missing"


class CellUnknown(UserError):
    """A cell holds a word that its list does not know."""

    code = "cell_unknown"


class CellDate(UserError):
    """A cell holds no date, or one that does not exist."""

    code = "cell_date"


class CellFuture(UserError):
    """A cell holds a date that has not come."""

    code = "cell_future"


class CellNumber(UserError):
    """A cell holds no whole number of months."""

    code = "cell_number"


class CellUnreadable(UserError):
    """A cell holds characters that no encoding explains."""

    code = "cell_unreadable"


class CellsTooMany(UserError):
    """The row has something beyond the last column: a delimiter inside a cell has moved the others."""

    code = "cells_too_many"


class AgencyMissing(UserError):
    """A handläggare is named, but neither uppdragsgivare nor remittent says at which authority."""

    code = "agency_missing"


class NoRows(UserError):
    """The list has a header and nothing under it."""

    code = "no_rows"


class StartMissing(UserError):
    """The forum accepted, but the row has no start."""

    code = "start_missing"


class ExitBeforeStart(UserError):
    """The exit lies before the start."""

    code = "exit_before_start"


class ExitWithoutStart(UserError):
    """The row has an exit but no start."""

    code = "exit_without_start"


class ConsentBackwards(UserError):
    """The consent ends before it begins."""

    code = "row_consent_backwards"


@dataclass(slots=True)
class _Cells:
    """One row's cells by column, and what has been found wrong so far."""

    cells: Mapping[str, str]
    today: date
    problems: list[MisamError] = field(default_factory=list)

    def text(self, column: str) -> str:
        """A cell on one line."""
        return " ".join(self.cells.get(column, "").split())

    def check(self) -> None:
        """What is wrong with a cell whatever its column."""
        for column, cell in self.cells.items():
            if _UNREADABLE in cell:
                self.problems.append(CellUnreadable(column=column))
            if len(cell) > MOST_CHARACTERS:
                self.problems.append(CellTooLong(most=MOST_CHARACTERS))

    def needed(self, column: str) -> str:
        text = self.text(column)
        if not text:
            self.problems.append(CellMissing(column=column))
        return text

    def take(self, make: Callable[[], Any], fallback: Any) -> Any:
        try:
            return make()
        except MisamError as problem:
            self.problems.append(problem)
            return fallback

    def day(self, column: str, *, past: bool = True) -> date | None:
        text = self.text(column)
        if not text:
            return None
        match = _DAY.fullmatch(text)
        try:
            day = date(*map(int, match.groups())) if match else None
        except ValueError:
            day = None
        if day is not None and day >= _EARLIEST and not (past and day > self.today):
            return day
        future = day is not None and day > self.today
        self.problems.append(CellFuture(column=column) if future else CellDate(column=column))
        return None

    def code(self, column: str, kind: type[C]) -> C | None:
        text = self.text(column)
        code = code_from(kind, text) if text else None
        if text and code is None:
            self.problems.append(CellUnknown(column=column))
        return code

    def codes(self, column: str, kind: type[C]) -> tuple[C, ...]:
        text = self.text(column)
        found = [code_from(kind, part) for part in text.split("+") if part.strip()]
        if None in found or (text and not found):
            self.problems.append(CellUnknown(column=column))
        return tuple(code for code in found if code is not None)

    def yes(self, column: str) -> bool:
        text = fold(self.text(column))
        if text not in {"", "ja", "j", "1", "x", "nej", "n", "0"}:
            self.problems.append(CellUnknown(column=column))
        return text in {"ja", "j", "1", "x"}

    def whole(self, column: str) -> int | None:
        text = self.text(column)
        if not text:
            return None
        if not text.isascii() or not text.isdigit() or int(text) > 1200:
            self.problems.append(CellNumber(column=column))
            return None
        return int(text)


def read_rows(sheet: Sheet, *, today: date) -> tuple[list[Read], list[str]]:
    """Every row understood or explained, and the columns that are left out.

    Raises ColumnsMissing, NotATable, NoRows.
    """
    places, unknown = _columns(sheet)
    if not sheet.rows:
        raise NoRows
    return [_read(at, row, places, width=len(sheet.header), today=today) for at, row in sheet.rows], unknown


def _read(at: int, row: Sequence[str], places: Mapping[str, int], *, width: int, today: date) -> Read:
    if any(row[width:]):
        return Read(at=at, row=None, problems=(CellsTooMany(),))
    cells = _Cells({name: row[place] for name, place in places.items() if place < len(row)}, today)
    cells.check()
    value = _value(cells)
    problems = tuple(cells.problems)
    return Read(at=at, row=None if problems else value, problems=problems)


def _columns(sheet: Sheet) -> tuple[dict[str, int], list[str]]:
    places: dict[str, int] = {}
    unknown = []
    for place, title in enumerate(sheet.header):
        name = _column_name(title)
        if name in COLUMNS and name not in places:
            places[name] = place
        elif title:
            unknown.append(title)
    if not places:
        raise NotATable
    missing = [name for name in _NEEDED if name not in places]
    if missing:
        raise ColumnsMissing(columns=", ".join(missing))
    return places, unknown


def _column_name(title: str) -> str:
    return fold(title).translate(str.maketrans("åäö", "aao")).replace(" ", "_")


def _value(cells: _Cells) -> RegisterRow | None:
    number = cells.take(lambda: _number(cells), None)
    sex = cells.code("kon", Sex) if cells.needed("kon") else None
    activity = cells.needed("insats")
    referrer = cells.code("remittent", Referrer) if cells.needed("remittent") else None
    referred_on = cells.day("remissdatum") if cells.needed("remissdatum") else None
    consent_from = cells.day("samtycke_fran") if cells.needed("samtycke_fran") else None
    agencies = cells.codes("samtycke_parter", Agency) if cells.needed("samtycke_parter") else ()
    rest = _course(cells) | _profile(cells) | _consent(cells, consent_from)
    if cells.problems or None in {number, sex, referrer, referred_on, consent_from}:
        return None
    return RegisterRow(
        number=number,
        given_name=cells.text("fornamn"),
        family_name=cells.text("efternamn"),
        sex=sex or Sex.ANNAT,
        activity=activity,
        referrer=referrer or Referrer.ANNAN,
        referred_on=referred_on or cells.today,
        question=cells.cells.get("fragestallning", ""),
        consent_from=consent_from or cells.today,
        consent_agencies=_in_order(Agency, agencies),
        **rest,
    )


def _number(cells: _Cells) -> Any:
    text = cells.text("personnummer")
    if not text:
        raise CellMissing(column="personnummer")
    return parse_personal_number(text, today=cells.today, day_must_exist=True)


def _profile(cells: _Cells) -> dict[str, Any]:
    return {
        "education": cells.code("utbildning", Education) or Education.OKAND,
        "livelihoods": cells.take(lambda: Livelihoods(cells.codes("forsorjning_in", Livelihood)), None),
        "support_months": cells.whole("tid_offentlig_mn"),
        "sgi0": cells.yes("sgi0"),
        "protected": cells.yes("skyddad"),
        **_worker(cells),
    }


def _worker(cells: _Cells) -> dict[str, Any]:
    commissioner, name = cells.code("uppdragsgivare", Agency), cells.text("handlaggare")
    of_nobody = commissioner is None and code_from(Referrer, cells.text("remittent")) is Referrer.ANNAN
    if name and of_nobody:
        cells.problems.append(AgencyMissing())
    return {"commissioner": commissioner, "case_worker": name}


def _consent(cells: _Cells, begins: date | None) -> dict[str, Any]:
    until = cells.day("samtycke_till", past=False)
    if begins is not None and until is not None and until < begins:
        cells.problems.append(ConsentBackwards())
    if until == date.max:  # as good as «until discharge»
        until = None
    return {"consent_until": until, "consent_purposes": _in_order(Purpose, cells.codes("samtycke_syften", Purpose))}


def _in_order(kind: type[C], codes: tuple[C, ...]) -> tuple[C, ...]:
    return tuple(code for code in kind if code in codes)


def _course(cells: _Cells) -> dict[str, Any]:
    enrolled_on, discharged_on = cells.day("inskriven"), cells.day("avslutad")
    outcome = cells.code("beslut", Outcome)
    if outcome is None and enrolled_on is not None and not cells.text("beslut"):
        outcome = Outcome.ANTAS
    if outcome is Outcome.ANTAS and not cells.text("inskriven"):
        cells.problems.append(StartMissing())
    outcome_on = cells.day("beslutsdatum")
    if outcome_on is not None and outcome is None:
        cells.needed("beslut")
    return {
        "outcome": outcome,
        "outcome_on": outcome_on,
        "enrolled_on": enrolled_on,
        "discharged_on": discharged_on,
        "discharge_reason": cells.code("avslutsorsak", DischargeReason),
        "destination": cells.code("avslutad_till", Destination),
        "livelihoods_out": _exit(cells, enrolled_on, discharged_on),
    }


def _exit(cells: _Cells, enrolled_on: date | None, discharged_on: date | None) -> Livelihoods | None:
    if discharged_on is None:
        if not cells.text("avslutad") and any(map(cells.text, _OF_EXIT)):
            cells.needed("avslutad")
        return None
    if not cells.text("inskriven"):
        cells.problems.append(ExitWithoutStart())
    elif enrolled_on is not None and discharged_on < enrolled_on:
        cells.problems.append(ExitBeforeStart())
    quiet = code_from(DischargeReason, cells.text("avslutsorsak")) in QUIET_REASONS
    if not (cells.text if quiet else cells.needed)("forsorjning_ut"):
        return None
    out: Livelihoods | None = cells.take(lambda: Livelihoods(cells.codes("forsorjning_ut", Livelihood)), None)
    return out


def written(row: RegisterRow, kinds: frozenset[InfoKind] = EVERYTHING) -> list[str]:
    """A row's cells for the export, in the order of ``COLUMNS``; one that tells more than these kinds says so."""
    instead = label(Passage.OUTSIDE_CONSENT)
    return [instead if withheld(RegisterRow, name, kinds) else _cell(getattr(row, name)) for name in COLUMNS.values()]


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nej"
        case date():
            return iso(value)
        case Agency() | Referrer():
            return {"annan": "Annan"}.get(value, _AGENCY_SHORT.get(value.value, value.value))
        case tuple():
            return "+".join(_cell(part) for part in value)
        case StrEnum():
            return value.value
    return getattr(value, "long", str(value))


_AGENCY_SHORT = {"af": "Af", "fk": "FK", "kommun": "Kommun", "region": "Region"}
