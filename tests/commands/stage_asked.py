"""What the commands on questionnaires, indicators and avvikelser are done to."""

from __future__ import annotations

from dataclasses import dataclass

from misam_desktop.commands.deviations import close_deviation, note_deviation
from misam_desktop.commands.indicators import load_indicators
from misam_desktop.domain.deviation import Deviation, DeviationFacts, DeviationKind, DeviationSource
from misam_desktop.domain.indicator import Indicator, Line
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import MISAM, all_of
from tests.conftest import TODAY

LINES = (Line("1", "Jag har kunnat bestämma själv", "Individ"), Line("2", "Vi har en gemensam plan", "Team"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One that jonas wrote about no case, one that is closed, and an indicator without totals."""

    open: Deviation
    closed: Deviation
    indicator: Indicator


def tells(what: str = "Mötet ställdes in utan besked") -> DeviationFacts:
    """Something that a party tells of, today."""
    return DeviationFacts(on=TODAY, kind=DeviationKind.AVVIKELSE, source=DeviationSource.PART, what=what)


def set_asked(karin: Vault, jonas: Vault) -> Beside:
    """Both in the log of the team, and the list of indicators loaded."""
    first, second = (jonas.do(note_deviation(MISAM, tells())).value for _ in range(2))
    karin.do(load_indicators(LINES))
    closed = karin.do(close_deviation(second.id, done="Ny rutin", on=TODAY)).value
    indicator = next(one for one in all_of(karin, rows.indicators) if one.code == "1")
    return Beside(open=first, closed=closed, indicator=indicator)
