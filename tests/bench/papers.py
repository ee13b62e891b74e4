"""A dagordning of forty cases beside the same pages written with ReportLab alone, without the program's own parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from random import Random
from typing import Any

from pypdf import PdfReader
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, HRFlowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as Grid

from misam_desktop.documents.agenda import AgendaFacts, CaseItem, agenda
from misam_desktop.documents.consents import Frame
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.printable import BOLD, REGULAR, load_fonts
from misam_desktop.domain.clocks import feedback_due
from misam_desktop.domain.pseudonym import Pseudonym, draw, shown
from misam_desktop.wording import day_long, iso
from tests.bench.timing import Pair
from tests.documents.gatherings import ASKED, CONTACTS, NAFS, UNITS

CASES = 40
MOST = 2
FRAME = Frame(team="Provköping", day="2026-12-09", mark="Logg 1042 · 3f9a 11c0")
_MARGIN, _WIDE = 16 * mm, A4[0] - 32 * mm


def facts() -> AgendaFacts:
    """Forty cases, each with three questions to three units."""
    chance, spent = Random(40), set[Pseudonym]()
    items = list[CaseItem]()
    for place in range(1, CASES + 1):
        code = draw(chance.randrange, spent)
        spent.add(code)
        asked = tuple(zip(UNITS[:3], ASKED, strict=True))
        items.append(CaseItem(place=place, code=code, raised_by=UNITS[3], questions=asked, minutes=6))
    return AgendaFacts(occasion=NAFS, contacts=CONTACTS, items=tuple(items))


def pairs() -> list[Pair]:
    """The paper from its facts to its bytes, both ways."""
    found = facts()
    return [Pair(f"Agenda of {CASES} cases", lambda _: ours(found), lambda _: bare(found), MOST)]


def ours(found: AgendaFacts) -> bytes:
    """As the program makes it."""
    return to_pdf(agenda(found, FRAME))


def same_pages() -> None:
    """Both must write the same words on as many pages, or their times say nothing."""
    found = facts()
    assert _read(ours(found)) == _read(bare(found)), "agenda"


def _read(content: bytes) -> tuple[set[str], int]:
    """Its words, and how many pages there are."""
    reader = PdfReader(BytesIO(content))
    return set(" ".join(page.extract_text() for page in reader.pages).split()), len(reader.pages)


# ReportLab alone

_WORDS = ParagraphStyle("words", fontName=REGULAR, fontSize=9.5, leading=12.7, spaceAfter=3.8)
_CELL = ParagraphStyle("cell", _WORDS, spaceAfter=0)
_HEAD = ParagraphStyle("head", _WORDS, fontName=BOLD)
_LARGE = ParagraphStyle("large", _WORDS, fontName=BOLD, fontSize=16, leading=22, spaceAfter=6)


def bare(found: AgendaFacts) -> bytes:
    """As somebody writes it who wants this one paper."""
    load_fonts()
    into = BytesIO()
    cases = [one for one in found.items if isinstance(one, CaseItem)]
    story = [*_top(found), *_order(cases), *(_case(one, found.occasion.on) for one in cases)]
    template = SimpleDocTemplate(
        into, pagesize=A4, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN, bottomMargin=25 * mm
    )
    template.build(story, onFirstPage=edge, onLaterPages=edge, canvasmaker=Counted)
    return into.getvalue()


def _top(found: AgendaFacts) -> Iterator[Flowable]:
    occasion = found.occasion
    yield Paragraph("Dagordning för NAFS-möte", _LARGE)
    yield _row("Team", occasion.team)
    yield _row("Dag", day_long(occasion.on))
    yield _row("Tid", occasion.time)
    yield _row("Plats eller länk", occasion.place)
    yield _row("Ordförande", occasion.chair)
    yield Paragraph(
        "Varje person står under en kod, som gäller bara på det här mötet. Kodnyckeln är ett papper för sig. "
        "Skriv inga namn eller personnummer här.",
        _WORDS,
    )
    yield Paragraph("Kontaktpersoner", _LARGE)
    head = ("Enhet", "Kontaktperson", "Funktionsadress", "Deltar")
    yield _grid([head, *((one.unit, one.name, one.address, "") for one in found.contacts)], (23, 20, 44, 13), head=True)


def _order(cases: Sequence[CaseItem]) -> Iterator[Flowable]:
    rows = [("Nr", "Kod", "Aktualiserad av", "Frågor till", "Minuter")]
    for one in cases:
        asked = ", ".join(unit for unit, _ in one.questions)
        rows.append((str(one.place), shown(one.code), one.raised_by, asked, str(one.minutes)))
    yield Paragraph("Ordning", _LARGE)
    yield _grid(rows, (5, 17, 25, 43, 10), head=True)


def _case(one: CaseItem, on: date) -> Flowable:
    first = ("Kopia av samtycket medtagen", "Kopia skickad till rehabkoordinator")
    second = ("Dokumenterat i egen akt", f"Återkoppling senast {iso(feedback_due(on))}")
    return KeepTogether(
        [
            Spacer(0, 13),
            HRFlowable(_WIDE, 1),
            Paragraph(f"{one.place} {shown(one.code)} {one.minutes} minuter", _LARGE),
            _row("Aktualiserad av", one.raised_by),
            *(_row(f"Fråga till {unit}", text) for unit, text in one.questions),
            Spacer(0, 1 * mm),
            Paragraph("Anteckningar", _WORDS),
            *(HRFlowable(_WIDE, 0.5, spaceBefore=8.5 * mm) for _ in range(3)),
            _grid([first, second], (1, 1)),
        ]
    )


_LOOKS = (
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 1),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
)


def _row(name: str, value: str) -> Grid:
    return _grid([(name, value)], (3, 7))


def _grid(rows: Sequence[tuple[str, ...]], wide: Sequence[int], *, head: bool = False) -> Grid:
    widths = [_WIDE * one / sum(wide) for one in wide]
    laid = [[Paragraph(one, _CELL if place or not head else _HEAD) for one in row] for place, row in enumerate(rows)]
    return Grid(laid, colWidths=widths, style=list(_LOOKS), repeatRows=int(head), hAlign="LEFT")


def edge(canvas: Canvas, _template: Any) -> None:
    """What stands over every page."""
    canvas.setFont(REGULAR, 8)
    canvas.drawString(_MARGIN, A4[1] - 11 * mm, FRAME.team)
    canvas.drawRightString(A4[0] - _MARGIN, A4[1] - 11 * mm, FRAME.day)


class Counted(Canvas):  # type: ignore[misc]  # ReportLab ships no types
    """Page n of m, once m is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:
        """Kept until the last."""
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Each with its foot."""
        for number, page in enumerate(self._kept, start=1):
            self.__dict__.update(page)
            self.setFont(REGULAR, 7.6)
            self.drawString(_MARGIN, 18 * mm, FRAME.mark)
            self.drawRightString(A4[0] - _MARGIN, 18 * mm, f"Sida {number} av {len(self._kept)}")
            super().showPage()
        super().save()
