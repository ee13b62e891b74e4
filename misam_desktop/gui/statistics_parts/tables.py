"""A section of a report as a table: what is counted to the left, and each figure under its heading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from misam_desktop.domain.counting import UNKNOWN, whole
from misam_desktop.domain.report import Report, Row, Section, Share
from misam_desktop.gui.case_parts.sheet import Lines
from misam_desktop.gui.session import Session
from misam_desktop.gui.statistics_parts.charts import with_chart
from misam_desktop.gui.statistics_parts.figures import MANY, figure_label, figures_grid
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Card, button, label
from misam_desktop.report_words import worded_section
from misam_desktop.wording import (
    check_sentence,
    column_heading,
    column_label,
    figure_words,
    how_many,
    row_words,
    section_title,
    share_words,
)

Opens = Callable[[Section, Row, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How tables are told. ``opens`` opens the list behind a number, None for who may not.

    ``earlier`` is the report that stands beside, and ``then`` when that was. Charts are drawn by ``session``, beside
    the window.
    """

    session: Session
    opens: Opens | None
    earlier: Report | None = None
    then: str = ""

    def figures_of(self, section: Section) -> dict[str, Row]:
        """The rows of the same section of the earlier report, by the codes that they are compared with."""
        sections = self.earlier.sections if self.earlier else ()
        return {_year_after(row.code): row for one in sections if one.id == section.id for row in one.rows}


def _year_after(code: str) -> str:
    """The code of a row, of a month the same month a year later."""
    year, _, month = code.partition("-")
    return f"{int(year) + 1}-{month}" if len(year) == 4 and year.isdecimal() else code


def section_card(section: Section, told: Told) -> Card:
    """The whole table."""
    card, before = Card(section_title(section.id)), told.figures_of(section)
    if not section.rows:
        card.add(label(tr("Inga att räkna under perioden."), "muted"))
        return card
    columns = list(_columns(section, compared=told.earlier is not None))
    headings = [told.then if is_earlier else _heading(section, code) for code, is_earlier in columns]
    rows = (
        (_words(section, number, row), _figures(section, row, columns, before.get(row.code), told.opens))
        for number, row in enumerate(section.rows, start=1)
    )
    grid = figures_grid(headings, rows, is_narrow=_has_many(section))
    card.body.addWidget(with_chart(grid, worded_section(section), told.session))
    for words in _explained(section):
        card.add(label(words, "muted", wrap=True))
    return card


def _words(section: Section, number: int, row: Row) -> str:
    words = row_words(section.id, row)
    return f"{number}  {words}" if _is_square(section) else words


def _figures(
    section: Section, row: Row, columns: Iterable[tuple[str, bool]], before: Row | None, opens: Opens | None
) -> Iterator[QWidget]:
    """The figures of a row, and beside them those of the earlier report."""
    for code, is_earlier in columns:
        yield _earlier(before, code) if is_earlier else _figure(section, row, code, opens)


def _columns(section: Section, *, compared: bool) -> Iterator[tuple[str, bool]]:
    """Each column, and beside it the one of the earlier report."""
    for at, code in enumerate(section.columns):
        yield code, False
        if compared and (at == 0 or not _has_many(section)):
            yield code, True


def _has_many(section: Section) -> bool:
    return len(section.columns) >= MANY


def _is_square(section: Section) -> bool:
    """Whether the columns are the rows once more, too many to be called by their words."""
    codes = tuple(row.code for row in section.rows)
    return _has_many(section) and section.columns[1:] == codes


def _heading(section: Section, code: str) -> str:
    codes = [row.code for row in section.rows]
    if _is_square(section) and code in codes:
        return str(codes.index(code) + 1)
    return column_heading(section.id, code)


def _explained(section: Section) -> Iterator[str]:
    """What a percentage counts, and what the numbers over the columns are."""
    if any(isinstance(figure, Share) for row in section.rows for figure in row.figures.values()):
        yield tr("Andel: {words}.").format(words=share_words(section.id))
    if _is_square(section):
        yield tr("Kolumnernas nummer är radernas.")


def _figure(section: Section, row: Row, column: str, opens: Opens | None) -> QWidget:
    figure = row.figures[column]
    if not isinstance(figure, int) or not figure or opens is None:
        return figure_label(figure_words(figure))
    made = button(str(figure), partial(opens, section, row, column), "link")
    of = "" if column == section.columns[0] else f", {column_label(section.id, column)}"
    made.setAccessibleName(f"{row_words(section.id, row)}{of}: {figure}")
    return made


def _earlier(row: Row | None, column: str) -> QWidget:
    """The figure of the same cell, if there was one."""
    return label("–" if row is None or column not in row.figures else figure_words(row.figures[column]), "muted")


def missing_card(report: Report, opens: Opens | None) -> Card | None:
    """What is not known of some cases, each with the list to mend it from; None where nothing is missing."""
    rows = []
    for section in report.sections:
        for row in section.rows:
            column = section.columns[0]
            if row.code == UNKNOWN and whole(row, column):
                count = how_many(whole(row, column), tr("ärende"), tr("ärenden"))
                words = f"{section_title(section.id)}: {row_words(section.id, row).lower()}, {count}"
                way = button(tr("Komplettera …"), partial(opens, section, row, column)) if opens else None
                rows.append((label(words, wrap=True), way))
    if not rows:
        return None
    card = Card(tr("Uppgifter som saknas"))
    card.add(Lines(rows, stretch=0, least=0))
    return card


def checks_card(report: Report) -> Card:
    """Each check with its sentence, the wrong ones first."""
    return checks_of((one.ok, check_sentence(one)) for one in report.checks)


def checks_of(checks: Iterable[tuple[bool, str]]) -> Card:
    """The same of what is said of each."""
    card = Card(tr("Kontroller"))
    rows = []
    for ok, words in sorted(checks, key=lambda check: check[0]):
        mark = label("✓" if ok else "✕", "ok" if ok else "error")
        mark.setAccessibleName(tr("Stämmer") if ok else tr("Stämmer inte"))
        rows.append((mark, label(words, wrap=True)))
    card.add(Lines(rows, stretch=1, least=0, from_top=True))
    return card
