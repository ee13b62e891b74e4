"""The paper of a year beside the same pages written with ReportLab alone: front page, charts, tables and checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from random import Random

from pypdf import PdfReader
from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as Grid

from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.printable import BOLD, REGULAR, load_fonts
from misam_desktop.documents.reports import Made, front_words, report_paper
from misam_desktop.domain.codes import Destination, DischargeReason, Education, Livelihood, Referrer, Sex
from misam_desktop.domain.worded import WordedReport, WordedSection
from misam_desktop.domain.yearly import Participation, account
from misam_desktop.report_words import printed, worded
from tests.bench.papers import FRAME, Counted, edge
from tests.bench.timing import Pair

EPISODES = 2_000
MOST = 2
MADE = Made(counted="2026-02-14")
_MARGIN, _WIDE = 16 * mm, A4[0] - 32 * mm
_SEXES = tuple(sex.value for sex in Sex)
_FILLINGS = (black, white, white)


def year() -> WordedReport:
    """The account of a year in which every code occurs."""
    chance = Random(2025)

    def some(number: int) -> Participation:
        return Participation(
            number=str(number),
            sex=chance.choice(_SEXES),
            birth_date=date(chance.randint(1961, 2008), 3, 12),
            referrer=chance.choice(list(Referrer)).value,
            education=chance.choice(list(Education)).value,
            livelihood=chance.choice(list(Livelihood)).value,
            support_months=chance.choice([None, 3, 14, 40, 90, 200]),
            enrolled_on=date(2025, 2, 3),
            discharged_on=date(2025, 9, 1),
            discharge_reason=chance.choice(list(DischargeReason)).value,
            destination=chance.choice(list(Destination)).value,
            livelihood_out=chance.choice(list(Livelihood)).value,
            is_rereferral=chance.random() < 0.1,
            detailed=chance.random() < 0.9,
        )

    counted = account(map(some, range(EPISODES)), first=date(2025, 1, 1), last=date(2025, 12, 31))
    return worded(counted, about="MISAM")


def pairs() -> list[Pair]:
    """The paper from its figures to its bytes, both ways."""
    found = year()
    return [Pair("Yearly account as a paper", lambda _: ours(found), lambda _: bare(found), MOST)]


def ours(found: WordedReport) -> bytes:
    """As the program makes it."""
    return to_pdf(report_paper(found, MADE, FRAME))


def same_pages() -> None:
    """Both must write the same words on as many pages, or their times say nothing."""
    found = year()
    assert _read(ours(found)) == _read(bare(found)), "report"


def _read(content: bytes) -> tuple[set[str], int]:
    reader = PdfReader(BytesIO(content))
    told = set(" ".join(page.extract_text() for page in reader.pages).split())
    return {word for word in told if word != "…"}, len(reader.pages)


_WORDS = ParagraphStyle("words", fontName=REGULAR, fontSize=9.5, leading=12.7, spaceAfter=3.8)
_CELL = ParagraphStyle("cell", _WORDS, spaceAfter=0)
_NUMBER = ParagraphStyle("number", _CELL, alignment=2)
_HEAD = ParagraphStyle("head", _CELL, fontName=BOLD)
_LARGE = ParagraphStyle("large", _WORDS, fontName=BOLD, fontSize=12, leading=16, spaceBefore=6, spaceAfter=2)


def bare(found: WordedReport) -> bytes:
    """As somebody writes it who wants this one paper."""
    load_fonts()
    into = BytesIO()
    story = [*_front(found), PageBreak(), *(_section(one) for one in found.sections), PageBreak(), *_checks(found)]
    template = SimpleDocTemplate(
        into, pagesize=A4, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN, bottomMargin=25 * mm
    )
    template.build(story, onFirstPage=edge, onLaterPages=edge, canvasmaker=Counted)
    return into.getvalue()


def _front(found: WordedReport) -> Iterator[Flowable]:
    yield Paragraph(found.title, _LARGE)
    yield _grid(front_words(found, MADE, FRAME), (3, 7))
    yield Paragraph(f"Alla kontroller stämmer ({len(found.checks)}). De står sist i rapporten.", _WORDS)
    yield Paragraph("Så är siffrorna framtagna", _LARGE)
    yield from (Paragraph(words, _WORDS) for words in found.method)
    yield Paragraph("Innehåll", _LARGE)
    yield from (Paragraph(one.title, _CELL) for one in found.sections)


def _section(section: WordedSection) -> Flowable:
    heads = ("Redovisas", *(one.words for one in section.columns))
    rows = [(row.words, *(printed(row.figures[one.code]) for one in section.columns)) for row in section.rows]
    if section.sums:
        rows.append(("Summa", *(printed(section.sums[one.code]) for one in section.columns)))
    return KeepTogether(
        [
            Paragraph(section.title, _LARGE),
            _bars(section),
            Spacer(0, 4 * mm),
            _grid([heads, *rows], (34, 11, 11, 11, 11)),
        ]
    )


def _bars(section: WordedSection) -> Drawing:
    shown = [row for row in section.rows if row.figures["total"]]
    drawing = Drawing(_WIDE, 20 + 24 * len(shown))
    for at, words in enumerate([one.words for one in section.columns[1:]]):
        drawing.add(String(90 * at, drawing.height - 11, words, fontName=REGULAR, fontSize=8.5))
    if len(shown) < len(section.rows):
        words = "Rader utan någon är inte ritade."
        drawing.add(String(300, drawing.height - 11, words, fontName=REGULAR, fontSize=7.5))
    most = max(int(str(row.figures["total"])) for row in shown)
    for at, row in enumerate(shown, start=1):
        y, x = drawing.height - 20 - 24 * at + 4, 200.0
        drawing.add(String(0, y, row.words, fontName=REGULAR, fontSize=8.5))
        for sex, filling in zip(_SEXES, _FILLINGS, strict=True):
            count = int(str(row.figures[sex]))
            drawing.add(Rect(x, y, 250 * count / most, 12, fillColor=filling, strokeColor=black))
            drawing.add(String(x + 2, y + 3, str(count), fontName=REGULAR, fontSize=7.5))
            x += 250 * count / most
        drawing.add(String(x + 5, y + 3, str(row.figures["total"]), fontName=BOLD, fontSize=8.5))
    return drawing


def _checks(found: WordedReport) -> Iterator[Flowable]:
    yield Paragraph("Kontroller", _LARGE)
    yield Paragraph("Kontrollerna görs varje gång rapporten räknas. En kontroll som inte stämmer står först.", _WORDS)
    rows = [("Stämmer", "Kontroll"), *(("Ja", one.words) for one in found.checks)]
    yield _grid(rows, (12, 88), numbers=False)


_LOOKS = (
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ("LINEBELOW", (0, 0), (-1, -1), 0.4, black),
)


def _grid(rows: Sequence[tuple[str, ...]], wide: Sequence[int], *, numbers: bool = True) -> Grid:
    widths = [_WIDE * one / sum(wide) for one in wide]
    laid = [[Paragraph(one, _NUMBER if at and numbers else _CELL) for at, one in enumerate(row)] for row in rows]
    return Grid(laid, colWidths=widths, style=list(_LOOKS), hAlign="LEFT")
