"""A report to draw: a section by kön, one by month, a flow, and one of shares and middles."""

from __future__ import annotations

from datetime import date

from misam_desktop.domain.report import Figure, Middle, Share
from misam_desktop.domain.worded import Column, WordedCheck, WordedReport, WordedRow, WordedSection

SEXES = (
    Column(code="total", words="Totalt"),
    Column(code="kvinna", words="Kvinnor"),
    Column(code="man", words="Män"),
    Column(code="annat", words="Icke-binär/annat"),
)


def section(name: str, columns: tuple[Column, ...], *rows: WordedRow, **said: object) -> WordedSection:
    """A table."""
    return WordedSection(id=name, title=f"Avsnitt {name}", columns=columns, rows=rows, **said)  # type: ignore[arg-type]


def row(
    code: str, words: str, *figures: Figure | None, columns: tuple[Column, ...] = SEXES, note: str = ""
) -> WordedRow:
    """A row of it."""
    named = dict(zip((one.code for one in columns), figures, strict=True))
    return WordedRow(code=code, words=words, figures=named, note=note)


BY_SEX = section(
    "remittent",
    SEXES,
    row("af", "Af", 45, 15, 30, 0),
    row("region", "=Region VB & <b>Lycksele</b>", 34, 14, 19, 1),
    row("annan", "Annan", 0, 0, 0, 0),
    parts=("kvinna", "man", "annat"),
    sums={"total": 79, "kvinna": 29, "man": 49, "annat": 1},
)
MONTHLY = (Column(code="nya", words="Nya"), Column(code="oppna", words="Pågående"))
BY_MONTH = section(
    "flode",
    MONTHLY,
    *(row(f"2025-{at:02}", f"månad {at}", at, 20 + at, columns=MONTHLY) for at in range(1, 13)),
)
STEPS = (Column(code="total", words="Totalt"), Column(code="lon", words="Lön"), Column(code="ingen", words="Ingen"))
FLOW = section(
    "fore_efter",
    STEPS,
    row("lon", "Lön", 3, 3, 0, columns=STEPS),
    row("ingen", "Ingen", 7, 5, 2, columns=STEPS),
)
WORKED_OUT = (Column(code="andel", words="Andel"), Column(code="median", words="Median, dagar"))
SHARES = section(
    "andelar",
    WORKED_OUT,
    row(
        "a", "I tid", Share(numerator=12, denominator=32), Middle(value=8.46, of=32), columns=WORKED_OUT, note="Bättre."
    ),
    row("b", "Ingen än", Share(numerator=0, denominator=0), Middle(value=None, of=0), columns=WORKED_OUT),
    share="återkopplingar i tid, av alla",
)
REPORT = WordedReport(
    id="arsredovisning",
    title="Insatser och måluppfyllelse",
    about="Arbetsmarknadstorget",
    period="2025",
    first=date(2025, 1, 1),
    last=date(2025, 12, 31),
    sections=(BY_SEX, BY_MONTH, FLOW, SHARES),
    checks=(
        WordedCheck(id="summa_remittent", ok=True, words="«Remittent» summerar till 79, som det ska.", numbers=(79,)),
        WordedCheck(id="summa_flode", ok=False, words="«Flöde» summerar till 78 men ska vara 80.", numbers=(78, 80)),
    ),
    method=("Ett deltagande är en inskrivning.", "Saknas en uppgift står det på en egen rad."),
)
