"""Draws a paper as PDF: A4, black and white, page n of m, date, team and the log's mark at the foot of every page.

Made in memory. The same paper gives the same bytes; author and creator are the program, never a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from io import BytesIO
from itertools import zip_longest
from textwrap import wrap
from typing import Any

from reportlab import rl_config
from reportlab.lib.colors import black
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus import Table as Grid

from misam_desktop.documents.charts import chart
from misam_desktop.documents.paper import (
    Blank,
    Boxes,
    Chart,
    Facts,
    Heading,
    ItemHead,
    NewPage,
    Paper,
    Part,
    Signatures,
    Table,
    Together,
    Words,
)
from misam_desktop.documents.printable import BOLD, REGULAR, load_fonts, marked_up, printable

PROGRAM = "MISAM Desktop"
_MARGIN, _FOOT = 16 * mm, 9 * mm
_WIDE = A4[0] - 2 * _MARGIN

# no address is ever fetched, and no picture opened, whatever a text says
rl_config.trustedSchemes, rl_config.trustedHosts = [], []


def to_pdf(paper: Paper) -> bytes:
    """The paper as PDF bytes."""
    load_fonts()
    into, styles = BytesIO(), _Styles(_size(paper))
    template = BaseDocTemplate(
        into,
        pagesize=A4,
        title=printable(paper.title),
        author=PROGRAM,
        creator=PROGRAM,
        producer=PROGRAM,
        subject="",
        lang=paper.language,
        invariant=1,
        pageCompression=1,
    )
    frame = Frame(_MARGIN, _MARGIN + _FOOT, _WIDE, A4[1] - 2 * _MARGIN - _FOOT, 0, 0, 0, 0)
    template.addPageTemplates([PageTemplate(frames=[frame], onPage=_team(paper, styles))])
    template.build(list(_story(paper, styles)), canvasmaker=partial(_Numbered, paper=paper, size=styles.size * 0.8))
    return into.getvalue()


def _size(paper: Paper) -> float:
    """The size of running text, in points."""
    if paper.large:
        return 15
    return 12 if paper.easy else 9.5


class _Styles:
    """The few ways in which text stands on a paper; ``size`` is that of running text, in points."""

    def __init__(self, size: float) -> None:
        self.size = size
        self.words = self._style(size)
        self.cell = self._style(size, after=0)
        self.small = self._style(size * 0.85)
        self.bold = self._style(size, font=BOLD)
        self.number = self._style(size, after=0, right=True)
        self.bold_number = self._style(size, font=BOLD, right=True)
        self.head_number = self._style(size * 0.85, font=BOLD, right=True)
        self.sender = self._style(size * 1.1, font=BOLD, after=0)
        self.heading = self._style(size * 1.25, font=BOLD, before=size * 0.7, after=size * 0.2)
        self.title = self._style(size * 1.7, font=BOLD, after=size * 0.7)

    def _style(
        self, size: float, *, font: str = REGULAR, before: float = 0, after: float | None = None, right: bool = False
    ) -> ParagraphStyle:
        return ParagraphStyle(
            f"{font}-{size}-{after}-{right}",
            fontName=font,
            fontSize=size,
            leading=size * 1.34,
            spaceBefore=before,
            spaceAfter=size * 0.4 if after is None else after,
            alignment=TA_RIGHT if right else TA_LEFT,
            textColor=black,
            splitLongWords=1,
        )


def _team(paper: Paper, styles: _Styles) -> Any:
    def draw(canvas: Canvas, _template: BaseDocTemplate) -> None:
        canvas.setFont(REGULAR, styles.size * 0.85)
        canvas.drawString(_MARGIN, A4[1] - _MARGIN + 5 * mm, printable(paper.team))
        canvas.drawRightString(A4[0] - _MARGIN, A4[1] - _MARGIN + 5 * mm, printable(paper.day))

    return draw


class _Numbered(Canvas):  # type: ignore[misc]  # ReportLab ships no types
    """Writes the foot when the number of pages is known."""

    def __init__(self, *args: Any, paper: Paper, size: float, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._paper, self._size = paper, size
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:
        """Keep the page until all are there."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write every page with its foot."""
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            self._draw_foot(number, len(self._pages))
            super().showPage()
        super().save()

    def _draw_foot(self, number: int, pages: int) -> None:
        self.setLineWidth(0.5)
        self.line(_MARGIN, _MARGIN + 6.5 * mm, A4[0] - _MARGIN, _MARGIN + 6.5 * mm)
        self.setFont(REGULAR, self._size)
        self.drawString(_MARGIN, _MARGIN + 2 * mm, printable(self._paper.mark))
        counted = self._paper.foot.format(page=number, pages=pages)
        self.drawRightString(A4[0] - _MARGIN, _MARGIN + 2 * mm, printable(counted))


def _story(paper: Paper, styles: _Styles) -> Iterator[Flowable]:
    if paper.head:
        yield from _paragraphs(paper.head[0], styles.sender)
        for line in paper.head[1:]:
            yield from _paragraphs(line, styles.cell)
        yield Spacer(0, styles.size * 1.6)
    yield from _paragraphs(paper.title, styles.title)
    for part in paper.parts:
        yield from _drawn(part, styles)


def _drawn(part: Part, styles: _Styles) -> Iterator[Flowable]:
    match part:
        case Heading():
            yield CondPageBreak(30 * mm)
            yield from _paragraphs(part.words, styles.heading)
        case Words():
            yield from _words(part, styles)
        case Facts():
            yield from _facts(part, styles)
        case Table():
            yield from _table(part, styles)
        case Chart():
            yield from _chart(part)
        case ItemHead() | Blank() | NewPage():
            yield _one(part, styles)
        case Boxes():
            yield from _boxes(part, styles)
        case Signatures():
            yield KeepTogether(list(_signatures(part, styles)))
        case Together():
            yield KeepTogether([flowable for one in part.parts for flowable in _kept(one, styles)])


def _one(part: ItemHead | Blank | NewPage, styles: _Styles) -> Flowable:
    """What is one thing on the page."""
    match part:
        case ItemHead():
            return _ItemHead(part, styles)
        case Blank():
            return _Lines(part, styles)
    return PageBreak()


def _words(part: Words, styles: _Styles) -> Iterator[Flowable]:
    if part.close:
        yield from _paragraphs(part.words, styles.cell)
        yield Spacer(0, styles.size)
    else:
        yield from _paragraphs(part.words, styles.small if part.small else styles.words)


def _kept(part: Part, styles: _Styles) -> Iterator[Flowable]:
    """A part among others on one page: nothing in it asks for a page of its own."""
    if isinstance(part, Signatures):
        yield from _signatures(part, styles)
    else:
        yield from (one for one in _drawn(part, styles) if not isinstance(one, CondPageBreak))


def _signatures(part: Signatures, styles: _Styles) -> Iterator[Flowable]:
    for one in part.who:
        yield Spacer(0, 5 * mm)
        yield _Signature(part.place_and_day, one, styles)


_GAP = 6
_HIGH = (A4[1] - 2 * _MARGIN - _FOOT) * 0.8
"""What a row of a table may take of a page before it is spread over several, in points."""
_PLAIN = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), _GAP),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
]
_CLOSE = [*_PLAIN, ("TOPPADDING", (0, 0), (-1, -1), 0.3), ("BOTTOMPADDING", (0, 0), (-1, -1), 0.3)]
_LINED = [*_PLAIN, ("LINEBELOW", (0, 0), (-1, -1), 0.4, black), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]


def _facts(part: Facts, styles: _Styles) -> Iterator[Flowable]:
    for name, value in part.pairs:
        yield _grid([(name, value or "–")], (3, 7), styles.cell)
    yield Spacer(0, 1 * mm)


def _table(part: Table, styles: _Styles) -> Iterator[Flowable]:
    if not part.rows:
        yield from _paragraphs(part.empty or "–", styles.words)
        return
    if part.numbers:
        yield from _numbers(part, styles)
        return
    head = [_paragraphs(one, styles.bold) for one in part.headings]
    rows = part.rows if part.codes is None else [_with_code(row, part.codes, styles) for row in part.rows]
    yield _grid(rows, part.wide, styles.cell, head=head, looks=_LINED)
    yield Spacer(0, 2 * mm)


def _numbers(part: Table, styles: _Styles) -> Iterator[Flowable]:
    last = len(part.rows) - 1 if part.sums else None
    rows = [
        _number_row(row, *((styles.bold, styles.bold_number) if at == last else (styles.cell, styles.number)))
        for at, row in enumerate(part.rows)
    ]
    head = _number_row(part.headings, styles.bold, styles.head_number)
    yield _grid(rows, part.wide, styles.cell, head=head, looks=_LINED)
    yield Spacer(0, 2 * mm)


def _number_row(row: Sequence[str], words: ParagraphStyle, number: ParagraphStyle) -> list[Paragraph]:
    """A row whose first column is words, and the others numbers."""
    return [Paragraph(marked_up(cell), number if at else words) for at, cell in enumerate(row)]


def _chart(part: Chart) -> Iterator[Flowable]:
    drawing = chart(part.of, wide=_WIDE)
    if drawing is not None:
        yield Spacer(0, 1 * mm)
        yield drawing
        yield Spacer(0, 3 * mm)


def _with_code(row: Sequence[str], column: int, styles: _Styles) -> list[str | Flowable]:
    cells: list[str | Flowable] = list(row)
    cells[column] = _Code(row[column], styles)
    return cells


def _boxes(part: Boxes, styles: _Styles) -> Iterator[Flowable]:
    cells: list[str | Flowable] = []
    for words, ticked in part.boxes:
        cells += [_Box(ticked, styles), words]
    across = 2 * part.columns
    cells += [""] * (-len(cells) % across)
    box = styles.size * 1.8
    wide = (box, _WIDE / part.columns - box) * part.columns
    if cells:
        rows = [cells[at : at + across] for at in range(0, len(cells), across)]
        yield _grid(rows, wide, styles.cell, looks=_CLOSE)
    yield Spacer(0, 1 * mm)


Cells = Sequence[str | Flowable]


def _grid(
    rows: Iterable[Cells],
    wide: Sequence[float],
    style: ParagraphStyle,
    *,
    head: Sequence[Any] = (),
    looks: list[tuple[Any, ...]] = _PLAIN,
) -> Grid:
    """Rows in columns that share the width by the parts in ``wide``; the head comes again on every page."""
    widths = [_WIDE * one / sum(wide) for one in wide]
    laid = [head] if head else []
    laid += [drawn for row in rows for drawn in _rows(row, widths, style)]
    return Grid(laid, colWidths=widths, style=looks, repeatRows=1 if head else 0, hAlign="LEFT")


def _rows(cells: Cells, widths: Sequence[float], style: ParagraphStyle) -> list[Sequence[Any]]:
    """A row of the grid; when it may be higher than a page, a row for each paragraph in it."""
    columns, is_high = [], False
    for cell, wide in zip(cells, widths, strict=True):
        if isinstance(cell, str):
            in_a_line = (wide - _GAP) / style.fontSize  # no letter is wider than the font is high
            lines = [1 + len(line) / in_a_line for line in printable(cell).splitlines()]
            is_high |= sum(lines) * style.leading + len(lines) * style.spaceAfter > _HIGH
            columns.append(_paragraphs(cell, style, int(in_a_line * _HIGH / style.leading)))
        else:
            columns.append([cell])
    return list(zip_longest(*columns, fillvalue="")) if is_high else [columns]


def _paragraphs(words: str, style: ParagraphStyle, at_most: int = 4000) -> list[Flowable]:
    """A paragraph a line; a line of more than ``at_most`` letters becomes several, or it takes seconds to lay out."""
    lines = printable(words).splitlines()
    return [Paragraph(marked_up(piece), style) for line in lines for piece in _pieces(line, at_most)]


def _pieces(line: str, at_most: int) -> list[str]:
    return [line] if len(line) <= at_most else wrap(line, at_most, break_on_hyphens=False)


_APART = 0.07
"""Between the letters of a code, in parts of their size; from 0.1, programs that read PDF take it for a space."""


def _draw_code(canvas: Canvas, at: tuple[float, float], code: str, size: float) -> float:
    """Draw a code in bold letters that stand apart; how wide it became."""
    shown = printable(code)
    canvas.setFont(BOLD, size)
    canvas.drawString(*at, shown, charSpace=size * _APART)
    return float(canvas.stringWidth(shown, BOLD, size)) + len(shown) * size * _APART


class _Code(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """A code in a table; it is never broken in two."""

    def __init__(self, code: str, styles: _Styles) -> None:
        super().__init__()
        self._code, self._size = code, styles.size
        self.width, self.height = self._size * 8, styles.cell.leading

    def draw(self) -> None:
        """Draw it on the line of the words beside it."""
        _draw_code(self.canv, (0, self.height - self._size), self._code, self._size * 1.1)


class _ItemHead(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """A rule, and under it the number, the code and what is beside."""

    def __init__(self, part: ItemHead, styles: _Styles) -> None:
        super().__init__()
        self._part, self._size = part, styles.size
        self._large = styles.size * 1.9
        self.width, self.height = _WIDE, self._large * 1.5
        self.spaceBefore, self.spaceAfter = styles.size * 1.4, styles.size * 0.6

    def draw(self) -> None:
        """All on one line of writing."""
        canvas, part, size = self.canv, self._part, self._size
        canvas.setLineWidth(1.2)
        canvas.line(0, self.height, _WIDE, self.height)
        canvas.setFont(REGULAR, self._large)
        canvas.drawString(0, 0, str(part.place))
        at = max(canvas.stringWidth(str(part.place), REGULAR, self._large) + size, size * 3.6)
        if part.code:
            at += _draw_code(canvas, (at, 0), part.code, self._large) + size
        canvas.setFont(BOLD, size * 1.25)
        canvas.drawString(at, 0, printable(part.words))
        canvas.setFont(REGULAR, size)
        canvas.drawRightString(_WIDE, 0, printable(part.beside))


class _Box(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """A square, with a cross in it when it is ticked."""

    def __init__(self, ticked: bool, styles: _Styles) -> None:  # noqa: FBT001 – a box is ticked or not
        super().__init__()
        self._ticked, self._side = ticked, styles.size * 0.95
        self.width, self.height = styles.size * 1.6, styles.size * 1.3

    def draw(self) -> None:
        """Draw it where the text begins."""
        canvas, side = self.canv, self._side
        canvas.setLineWidth(0.8)
        canvas.rect(0, 0, side, side)
        if self._ticked:
            canvas.line(2, 2, side - 2, side - 2)
            canvas.line(2, side - 2, side - 2, 2)


_WRITE = 8.5 * mm
"""From one line to write on to the next."""


class _Lines(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """A label, and lines to write on."""

    def __init__(self, part: Blank, styles: _Styles) -> None:
        super().__init__()
        self._part, self._styles = part, styles
        self.width, self.height = _WIDE, part.lines * _WRITE + styles.size * 1.2
        self.spaceAfter = 1.5 * mm if part.apart else 0

    def draw(self) -> None:
        """The label above the first line, and the other in the middle."""
        self.canv.setFont(REGULAR, self._styles.size * 0.85)
        self.canv.setLineWidth(0.5)
        labels = [one for one in (self._part.label, self._part.beside) if one]
        for place, words in enumerate(labels):
            begin, end = (_WIDE * edge / len(labels) for edge in (place, place + 1))
            self.canv.drawString(begin, self.height - self._styles.size, printable(words))
            for at in range(self._part.lines):
                self.canv.line(begin, at * _WRITE + 2, end - (4 * mm if end < _WIDE else 0), at * _WRITE + 2)


class _Signature(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """A line for place and day, and one for the name."""

    def __init__(self, place_and_day: str, who: str, styles: _Styles) -> None:
        super().__init__()
        self._labels, self._size = (place_and_day, who), styles.size * 0.85
        self._line = self._size + 1.6 * mm
        self.width, self.height = _WIDE, self._line + 6 * mm

    def draw(self) -> None:
        """Two lines beside each other, what is meant under each."""
        half = _WIDE / 2 - 4 * mm
        self.canv.setLineWidth(0.5)
        self.canv.setFont(REGULAR, self._size)
        for at, words in zip((0, _WIDE / 2 + 4 * mm), self._labels, strict=True):
            self.canv.line(at, self._line, at + half, self._line)
            self.canv.drawString(at, self._size * 0.3, printable(words))
