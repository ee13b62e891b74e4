"""Papers to test with, and how they are read back: by their text, not by their bytes."""

from __future__ import annotations

import re
from io import BytesIO

from pypdf import PdfReader

from misam_desktop.documents.consents import FormFacts, Frame, Handed, Withdrawn
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.paper import Paper, Part, Together
from misam_desktop.domain.codes import InfoKind, Purpose

FRAME = Frame(team="Provlaget", day="2026-11-26", mark="Logg 1234-9F3A22C1")
UNITS = (("Af", True), ("FK", False))
FORM = FormFacts(
    units=UNITS,
    name="Şükrü Yıldırım",
    number="19850312-9802",
    purposes=frozenset({Purpose.SAMVERKAN}),
    kinds=frozenset(InfoKind),
    from_on="2026-11-26",
    months=24,
)
TAKEN_BACK = Withdrawn(
    name="Łukasz Wójcik",
    purpose=Purpose.SAMVERKAN,
    from_on="2026-03-02",
    withdrawn_on="2026-11-26",
    given=(Handed(to="FK", kinds=(InfoKind.HALSA,), how="Skrevs ut", when="2026-05-11"),),
)


def paper(*parts: Part, title: str = "Provpapper") -> Paper:
    """A paper of these parts."""
    return Paper(title=title, team=FRAME.team, day=FRAME.day, mark=FRAME.mark, parts=parts)


def parts_of(paper: Paper) -> list[Part]:
    """All of its parts, also those that stand together."""
    return [one for part in paper.parts for one in (part.parts if isinstance(part, Together) else (part,))]


def read(content: bytes) -> PdfReader:
    """The PDF as a reader opens it."""
    return PdfReader(BytesIO(content))


def words(content: bytes) -> str:
    """All text of all pages, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in read(content).pages).split())


def said(one: Paper) -> str:
    """What a paper says once it is drawn."""
    return words(to_pdf(one))


_ADDRESS = re.compile(r"(?<=IndirectObject)\(\d+, \d+, \d+\)| at 0x[0-9a-f]+")


def without_addresses(text: str) -> str:
    """What Python shows of a PDF without where it lies in memory: digits that are somebody's by chance alone."""
    return _ADDRESS.sub("", text)
