"""A dagordning of forty cases beside the same pages written with ReportLab alone, without the program's own parts."""

from __future__ import annotations

from collections.abc import Sequence
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


def bare(found: AgendaFacts) -> bytes:
    """As somebody writes it who wants this one paper."""
    load_fonts()
    into, on = BytesIO(), found.occasion.on
    words = ParagraphStyle("words", fontName=REGULAR, fontSize=9.5, leading=12.7, spaceAfter=3.8)
    cell = ParagraphStyle("cell", words, spaceAfter=0)
    head = ParagraphStyle("head", words, fontName=BOLD)
    large = ParagraphStyle("large", words, fontName=BOLD, fontSize=16, leading=22, spaceAfter=6)
    story: list[Flowable] = [Paragraph("Dagordning för NAFS-möte", large)]
    occasion = found.occasion
    known = (
        ("Team", occasion.team), ("Dag", day_long(on)), ("Tid", occasion.time),
        ("Plats eller länk", occasion.place), ("Ordförande", occasion.chair),
    )  # fmt: skip
    story += [_row(pair, cell) for pair in known]
    story.append(
        Paragraph(
            "Varje person står under en kod, som gäller bara på det här mötet. Kodnyckeln är ett papper för sig. "
            "Skriv inga namn eller personnummer här.",
            words,
        )
    )
    story.append(Paragraph("Kontaktpersoner", large))
    contacts = [("Enhet", "Kontaktperson", "Funktionsadress", "Deltar")]
    contacts += [(one.unit, one.name, one.address, "") for one in found.contacts]
    story.append(_grid(contacts, (23, 20, 44, 13), cell, head))
    story.append(Paragraph("Ordning", large))
    rows = [("Nr", "Kod", "Aktualiserad av", "Frågor till", "Minuter")]
    cases = [one for one in found.items if isinstance(one, CaseItem)]
    rows += [
        (str(one.place), shown(one.code), one.raised_by, ", ".join(unit for unit, _ in one.questions), str(one.minutes))
        for one in cases
    ]
    story.append(_grid(rows, (5, 17, 25, 43, 10), cell, head))
    boxes = (
        "Kopia av samtycket medtagen", "Kopia skickad till rehabkoordinator",
        "Dokumenterat i egen akt", f"Återkoppling senast {iso(feedback_due(on))}",
    )  # fmt: skip
    for one in cases:
        asked = [_row((f"Fråga till {unit}", text), cell) for unit, text in one.questions]
        story.append(
            KeepTogether(
                [
                    Spacer(0, 13),
                    HRFlowable(_WIDE, 1),
                    Paragraph(f"{one.place} {shown(one.code)} {one.minutes} minuter", large),
                    _row(("Aktualiserad av", one.raised_by), cell),
                    *asked,
                    Spacer(0, 1 * mm),
                    Paragraph("Anteckningar", words),
                    *(HRFlowable(_WIDE, 0.5, spaceBefore=8.5 * mm) for _ in range(3)),
                    _grid([boxes[:2], boxes[2:]], (1, 1), cell),
                ]
            )
        )
    template = SimpleDocTemplate(
        into, pagesize=A4, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN, bottomMargin=25 * mm
    )
    template.build(story, onFirstPage=_edge, onLaterPages=_edge, canvasmaker=_Counted)
    return into.getvalue()


def _row(cells: tuple[str, ...], style: ParagraphStyle) -> Grid:
    return _grid([cells], (3, 7), style)


def _grid(
    rows: Sequence[tuple[str, ...]], wide: tuple[int, ...], style: ParagraphStyle, head: ParagraphStyle | None = None
) -> Grid:
    widths = [_WIDE * one / sum(wide) for one in wide]
    laid = [[Paragraph(one, head if head and not place else style) for one in row] for place, row in enumerate(rows)]
    looks = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
             ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1)]  # fmt: skip
    return Grid(laid, colWidths=widths, style=looks, repeatRows=1 if head else 0, hAlign="LEFT")


def _edge(canvas: Canvas, _template: Any) -> None:
    canvas.setFont(REGULAR, 8)
    canvas.drawString(_MARGIN, A4[1] - 11 * mm, FRAME.team)
    canvas.drawRightString(A4[0] - _MARGIN, A4[1] - 11 * mm, FRAME.day)


class _Counted(Canvas):  # type: ignore[misc]  # ReportLab ships no types
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
