"""Tables of figures to hide small counts in, and an attacker who knows everything but what is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from misam_desktop.domain.worded import Column, WordedReport, WordedRow, WordedSection

SEXES = ("kvinna", "man", "annat")
ALL = ("total", *SEXES)
Numbers = Sequence[Sequence[int]]
Spot = tuple[int, int, str]
"""A section by its place, a row by its place (-1 is the sum), a column by its code."""
Sum = tuple[Spot, list[Spot]]
_MOST = 10**6


def section(name: str, numbers: Numbers, *, whole: bool = True, codes: Sequence[str] = ()) -> WordedSection:
    """A section by kön; a ``whole`` one has the sums of its rows."""
    rows = tuple(
        WordedRow(
            code=codes[at] if codes else f"r{at}",
            words=f"Rad {at}",
            figures={"total": sum(one), **dict(zip(SEXES, one, strict=True))},
        )
        for at, one in enumerate(numbers)
    )
    sums = {code: sum(int(row.figures[code]) for row in rows) for code in ALL} if whole else {}  # type: ignore[arg-type,misc]
    return WordedSection(
        id=name,
        title=name,
        columns=tuple(Column(code=code, words=code) for code in ALL),
        rows=rows,
        parts=SEXES,
        sums=sums,
    )


def report(*sections: WordedSection) -> WordedReport:
    """A report of these."""
    return WordedReport(
        id="arsredovisning",
        title="Rapport",
        about="MISAM",
        period="2025",
        first=date(2025, 1, 1),
        last=date(2025, 12, 31),
        sections=sections,
        checks=(),
    )


def told(of: WordedReport) -> dict[Spot, int | None]:
    """What stands in every spot, the sums too; None where it is hidden."""
    found = dict[Spot, int | None]()
    for at, one in enumerate(of.sections):
        for place, row in enumerate(one.rows):
            found |= {(at, place, code): row.figures[code] for code in ALL}  # type: ignore[misc]  # all are counts
        found |= {(at, -1, code): number for code, number in one.sums.items()}
    return found


def equations(of: WordedReport) -> Iterator[Sum]:
    """What everybody knows of the tables: kön make the total, the rows their sum, and that is the participants."""
    for at, one in enumerate(of.sections):
        for place in range(-1 if one.sums else 0, len(one.rows)):
            yield (at, place, "total"), [(at, place, code) for code in SEXES]
        for code in one.sums:
            yield (at, -1, code), [(at, place, code) for place in range(len(one.rows))]
            if at and not of.sections[0].sums:
                yield (at, -1, code), [(0, 0, code)]


def worked_out(of: WordedReport, limit: int = 60) -> dict[Spot, int]:
    """The hidden numbers that follow, by narrowing what each can be, equation by equation, until nothing changes."""
    known = told(of)
    low = {spot: 1 if number is None else number for spot, number in known.items()}
    high = {spot: _MOST if number is None else number for spot, number in known.items()}
    for _ in range(limit):
        before = (dict(low), dict(high))
        for whole, parts in equations(of):
            low[whole] = max(low[whole], sum(low[one] for one in parts))
            high[whole] = min(high[whole], sum(high[one] for one in parts))
            for one in parts:
                others = [other for other in parts if other != one]
                low[one] = max(low[one], low[whole] - sum(high[other] for other in others))
                high[one] = min(high[one], high[whole] - sum(low[other] for other in others))
        if (low, high) == before:
            break
    return {spot: low[spot] for spot, number in known.items() if number is None and low[spot] == high[spot]}


def another_world(of: WordedReport, as_it_is: WordedReport, spot: Spot) -> bool:
    """Whether the hidden number of a spot could be another one: all that is told stays, and every equation holds.

    Only for small tables: every way to change the hidden inner numbers by at most two is tried.
    """
    known, real = told(of), told(as_it_is)
    inner = [one for one, number in known.items() if number is None and one[2] != "total" and one[1] != -1]
    sums = list(equations(of))
    return any(_holds(known, sums, world, spot, real) for world in _worlds(inner, real))


def _worlds(inner: Sequence[Spot], real: dict[Spot, int | None]) -> Iterator[dict[Spot, int]]:
    if not inner:
        yield {}
        return
    first, *rest = inner
    for world in _worlds(rest, real):
        for step in (0, 1, -1, 2, -2):
            number = (real[first] or 0) + step
            if number > 0:
                yield world | {first: number}


def _holds(
    known: dict[Spot, int | None], sums: list[Sum], world: dict[Spot, int], spot: Spot, real: dict[Spot, int | None]
) -> bool:
    numbers = {one: world.get(one, number) for one, number in known.items()}
    for _ in range(3):  # totals first, then sums, then what the sums are told as elsewhere
        for whole, parts in sums:
            known_parts = [numbers[one] for one in parts]
            if numbers[whole] is None and None not in known_parts:
                numbers[whole] = sum(one or 0 for one in known_parts)
            elif len(parts) == 1 and numbers[parts[0]] is None:
                numbers[parts[0]] = numbers[whole]
    return numbers[spot] != real[spot] and all(
        numbers[whole] == sum(numbers[one] or 0 for one in parts) for whole, parts in sums
    )
