"""What a paper is made of: plain values, put together by one function a paper and drawn by ``drawing.to_pdf``."""

from __future__ import annotations

from dataclasses import dataclass

from misam_desktop.domain.worded import WordedSection


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that says what comes under it."""

    words: str


@dataclass(frozen=True, slots=True)
class Words:
    """Running text; every line break begins a new paragraph. ``small`` is for what only some need.

    ``close`` are lines without space between them, as in an address.
    """

    words: str
    small: bool = False
    close: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known, under each other: a word for it to the left, the thing itself to the right."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the head comes again on every page. ``wide`` are the parts that the columns take.

    What stands in column number ``codes``, counted from 0, is a code, to be read letter by letter. In a table of
    ``numbers`` all columns but the first are set to the right, and the last row is a sum where it ``sums``.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: tuple[int, ...]
    empty: str = ""
    codes: int | None = None
    numbers: bool = False
    sums: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A section of a report as a picture; nothing where there is no number to draw."""

    of: WordedSection


@dataclass(frozen=True, slots=True)
class NewPage:
    """What comes after it begins a page."""


@dataclass(frozen=True, slots=True)
class ItemHead:
    """The first line of one item of a meeting, under a rule: its number, its code in large letters, what is beside it.

    ``words``, a few, stand after the code, or alone where there is none: nothing here goes on on another line.
    """

    place: int
    code: str = ""
    words: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Boxes:
    """Boxes to tick, or ticked already."""

    boxes: tuple[tuple[str, bool], ...]
    columns: int = 2


@dataclass(frozen=True, slots=True)
class Blank:
    """A line to write on by hand, with a word for what; ``beside`` shares the line with something more.

    ``apart`` keeps what comes next away from the last line.
    """

    label: str
    lines: int = 1
    beside: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign on, each with the place and day before it."""

    who: tuple[str, ...]
    place_and_day: str


@dataclass(frozen=True, slots=True)
class Together:
    """Parts that stand on one page, a new one if need be: what is signed stands with what is ticked."""

    parts: tuple[Part, ...]


Part = Heading | Words | Facts | Table | Chart | NewPage | ItemHead | Boxes | Blank | Signatures | Together


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One document. ``title`` and ``team`` name nobody; ``mark`` is the log's head when it was made.

    ``head`` are the lines of a letterhead, above the title.

    ``foot`` is the sentence «Sida {page} av {pages}» in the paper's language; ``large`` is large print, and
    ``easy`` the larger letters of a letter, or of a text that is easy to read.
    """

    title: str
    team: str
    day: str
    mark: str
    parts: tuple[Part, ...]
    foot: str = "Sida {page} av {pages}"
    language: str = "sv"
    large: bool = False
    easy: bool = False
    head: tuple[str, ...] = ()
