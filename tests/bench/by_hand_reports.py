"""The reports as a good programmer would count them in SQL alone, each figure by section, row and column."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from misam_desktop.domain.report import ReportKind
from tests.bench import by_hand_asked, by_hand_episodes, by_hand_nafs
from tests.bench.by_hand import Hand
from tests.bench.world_facts import MISAM, NAFS, Led

Figures = dict[tuple[str, str, str], float]
STATEMENTS = {
    ReportKind.FORUM: by_hand_episodes.FORUM,
    ReportKind.NAFS: by_hand_nafs.STATEMENT,
    ReportKind.UPPFOLJNINGAR: by_hand_episodes.FOLLOWED,
    ReportKind.FLODE: by_hand_episodes.FLOW,
    ReportKind.MAL: by_hand_episodes.GOALS,
    ReportKind.FINSAM: by_hand_episodes.FINSAM,
    ReportKind.STEG: by_hand_episodes.STEPS,
    ReportKind.ENKATER: by_hand_asked.SURVEYS,
    ReportKind.AVVIKELSER: by_hand_asked.DEVIATIONS,
}
ASKED_OF: dict[ReportKind, Led] = dict.fromkeys(ReportKind, MISAM) | {ReportKind.NAFS: NAFS}
"""Of which activity each report is asked."""
_DAYS: dict[ReportKind, Callable[[date, date], dict[str, Any]]] = {
    ReportKind.NAFS: by_hand_nafs.working_days,
    ReportKind.ENKATER: by_hand_asked.due_days,
}
"""The working days that a statement counts with, where it does."""


def counted_by_hand(hand: Hand, kind: ReportKind, year: int) -> Figures:
    """Every figure that the statement of a report counts, by section, row and column."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    values: dict[str, Any] = {"first": str(first), "last": str(last), "until": str(min(last, hand.today))}
    if kind in _DAYS:
        values |= _DAYS[kind](first, last)
    found = hand.read(STATEMENTS[kind], activity=ASKED_OF[kind].id, **values)
    hand.log("report.counted", [("", "")])
    return {row[:3]: row[3] for row in found if row[3]}
