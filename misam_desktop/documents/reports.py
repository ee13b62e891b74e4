"""A report as a paper for the board: a front page, how it is counted, charts and tables, and every check.

A check that does not hold is told on the front page. Nobody is named, and nothing in it leads to a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from misam_desktop import assets
from misam_desktop.documents.consents import Frame
from misam_desktop.documents.paper import Chart, Facts, Heading, NewPage, Paper, Part, Table, Together, Words
from misam_desktop.domain.suppression import LEAST
from misam_desktop.domain.worded import WordedReport, WordedRow, WordedSection
from misam_desktop.report_words import check_words, printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """When the figures were counted; of a frozen report also who froze it, and what they wrote beside it.

    ``covered`` is whether small counts are hidden.
    """

    counted: str
    frozen_by: str = ""
    comment: str = ""
    covered: bool = False


def report_paper(report: WordedReport, made: Made, frame: Frame) -> Paper:
    """The paper of a report."""
    said = assets.toml(assets.resource("phrases", "rapport.toml"))
    return Paper(
        title=report.title,
        team=frame.team,
        day=frame.day,
        mark=frame.mark,
        foot=said["foot"],
        head=frame.head,
        parts=(
            *_front(report, made, frame, said),
            NewPage(),
            *(part for section in report.sections for part in _section(section, said)),
            *_checks(report, said),
        ),
    )


def front_words(report: WordedReport, made: Made, frame: Frame) -> tuple[tuple[str, str], ...]:
    """What is told of a report before its figures: a word for it, and the thing itself."""
    said = assets.toml(assets.resource("phrases", "rapport.toml"))
    facts = [
        (said["about"], report.about),
        (said["period"], report.period),
        (said["team"], frame.team),
        (said["counted"], made.counted),
    ]
    if made.frozen_by:
        facts.append((said["frozen"], said["frozen_by"].format(day=made.counted, who=made.frozen_by)))
    if made.comment:
        facts.append((said["frozen_comment"], made.comment))
    if made.covered:
        facts.append((said["small"], said["hidden"].format(least=LEAST)))
    return tuple(facts)


def _front(report: WordedReport, made: Made, frame: Frame, said: dict[str, Any]) -> Iterator[Part]:
    yield Facts(front_words(report, made, frame))
    wrong = [check_words(check) for check in report.checks if not check.ok]
    if wrong:
        yield Heading(said["wrong_heading"])
        yield Words(said["wrong_body"])
        yield Words("\n".join(f"{said['no']}: {words}" for words in wrong))
    else:
        yield Words(said["all_right"].format(count=len(report.checks)))
    yield Heading(said["method_heading"])
    yield Words("\n".join(report.method))
    yield Heading(said["contents_heading"])
    yield Words("\n".join(section.title for section in report.sections), close=True)


_FIRST, _NARROWER_FIRST, _NUMBER, _FEW_DIGITS, _WIDER = 34, 26, 11, 6, 20
"""The parts that the columns of a table take: its words, a number, and a share or a middle with what it is of."""
_FEW = 4
"""Up to how many columns the words of the rows have all their room."""


def _wide(section: WordedSection) -> tuple[int, ...]:
    """How wide the columns are: a number has less room where there are many, and a long heading more."""
    counted = {column.code for column in section.counted}
    if len(section.columns) > _MOST_HEADS or _is_square(section):
        numbers = (_FEW_DIGITS if one.code in counted else _WIDER for one in section.columns[1:])
        return (_FIRST, _FEW_DIGITS + 3, *numbers)
    longest = [max(map(len, one.words.replace("-", "- ").split())) + 2 for one in section.columns]
    widths = (
        max(_NUMBER if one.code in counted else _WIDER, letters)
        for one, letters in zip(section.columns, longest, strict=True)
    )
    return (_FIRST if len(section.columns) <= _FEW else _NARROWER_FIRST, *widths)


def _section(section: WordedSection, said: dict[str, Any]) -> Iterator[Part]:
    heads, key = _heads(section, said)
    table = Table(
        headings=(said["row_heading"], *heads),
        rows=(*(_row(section, row) for row in section.rows), *_sums(section, said)),
        wide=_wide(section),
        empty=said["empty"],
        numbers=True,
        sums=bool(section.sums),
    )
    beneath = [*key, *([said["share"].format(share=section.share)] if section.share else ())]
    yield Together((Heading(section.title), Chart(section), table, *(Words(words, small=True) for words in beneath)))
    notes = [f"{row.words}: {row.note}" for row in section.rows if row.note]
    if notes:
        yield Heading(said["note_heading"])
        yield Words("\n".join(notes))


_MOST_HEADS = 7
"""How many columns there can be for their words to stand over them."""


def _is_square(section: WordedSection) -> bool:
    """Whether the columns after the first are the rows once more, too many to be called by their words."""
    columns = [column.code for column in section.columns]
    return len(columns) >= _MOST_HEADS and columns[1:] == [row.code for row in section.rows]


def _heads(section: WordedSection, said: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands over the columns, and what explains it under the table: in a square the numbers of the rows."""
    words = tuple(column.words for column in section.columns)
    if _is_square(section):
        return (words[0], *(str(at) for at in range(1, len(words)))), (said["by_number"],)
    if len(words) <= _MOST_HEADS:
        return words, ()
    letters = tuple(ascii_uppercase[: len(words)])
    return letters, (", ".join(f"{letter} = {one}" for letter, one in zip(letters, words, strict=True)),)


def _row(section: WordedSection, row: WordedRow) -> tuple[str, ...]:
    number = f"{section.rows.index(row) + 1}  " if _is_square(section) else ""
    return (f"{number}{row.words}", *(printed(row.figures[column.code]) for column in section.columns))


def _sums(section: WordedSection, said: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    if section.sums:
        told = (printed(section.sums[one.code]) if one.code in section.sums else "" for one in section.columns)
        yield (said["sum"], *told)


def _checks(report: WordedReport, said: dict[str, Any]) -> Iterator[Part]:
    rows = tuple(
        (said["yes"] if check.ok else said["no"], check_words(check))
        for check in sorted(report.checks, key=lambda one: one.ok)
    )
    table = Table(headings=tuple(said["check_columns"]), rows=rows, wide=(12, 88))
    yield Together((Heading(said["checks_heading"]), Words(said["checks_body"]), table))
