"""What is asked and told beside the episodes of the large store: questionnaires, talks, indicators, avvikelser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from sqlalchemy import Connection

from misam_desktop.commands.demo_cast import reference
from misam_desktop.domain import deviation as deviations
from misam_desktop.domain.activity import Questionnaires
from misam_desktop.domain.asked import AFTER, Asked, AskedFacts, AskedWhat, noted, occasions
from misam_desktop.domain.deviation import Deviation, DeviationFacts, DeviationKind, DeviationSource
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.ids import AskedId, DeviationId, IndicatorId, TotalId, UnitId
from misam_desktop.domain.indicator import Indicator, Total
from misam_desktop.store import rows
from tests.bench.world_facts import MISAM, TODAY, new_id

OFFERED = Questionnaires(months=(3,), at_exit=True)
YEAR = date(2025, 1, 1), date(2025, 12, 31)
"""The period that totals are typed in for."""
_EPISODES_A_DEVIATION = 60
_DAY = timedelta(days=1)


class Beside:
    """What is noted of the episodes, with dice of its own, so that they are the same with and without it."""

    def __init__(self, conn: Connection, unit_id: UnitId) -> None:
        self._conn, self._unit_id, self._dice = conn, unit_id, Random(9)
        self._texts = reference("texts")["beside"]
        self._answers = 0

    def store(self, episodes: Sequence[Episode]) -> None:
        """What was noted of some episodes."""
        asked = [asked for episode in episodes for asked in self._asked(episode)]
        self._answers += sum(one.what is AskedWhat.ENKAT and _is_of_the_year(one.done_on) for one in asked)
        rows.asked.add_all(self._conn, asked)
        told = [episode for episode in episodes if self._dice.randrange(_EPISODES_A_DEVIATION) == 0]
        rows.deviations.add_all(self._conn, [self._deviation(episode) for episode in told])

    def type_totals(self) -> None:
        """The list of indicators, and what the questionnaires' own system says of the year."""
        indicators = [
            Indicator(id=IndicatorId(new_id(self._dice)), place=place, **line)
            for place, line in enumerate(self._texts["indicator"], start=1)
        ]
        rows.indicators.add_all(self._conn, indicators)
        rows.indicator_totals.add_all(self._conn, [self._total(one) for one in indicators])

    def _total(self, indicator: Indicator) -> Total:
        answers = round(self._answers * self._dice.uniform(0.7, 0.9))
        return Total(
            id=TotalId(new_id(self._dice)),
            activity_id=MISAM.id,
            indicator_id=indicator.id,
            first=YEAR[0],
            last=YEAR[1],
            answers=answers,
            agreed=round(answers * self._dice.uniform(0.55, 0.9)),
        )

    def _asked(self, episode: Episode) -> Iterator[Asked]:
        for occasion in occasions(OFFERED, episode, until=TODAY):
            day = self._some_day(max(occasion.from_on, episode.enrolled_on), occasion.until_on)
            if day <= TODAY and self._happens(0.97):
                facts = self._offered(day) if self._happens(0.9) else AskedFacts(not_offered_on=day)
                yield self._noted(episode, AskedWhat.ENKAT, facts, occasion.code)
        day = episode.enrolled_on + timedelta(days=self._dice.randrange(1, 30))
        if day <= TODAY and self._happens(0.75):
            facts = AskedFacts(offered_on=day) if self._happens(0.8) else AskedFacts(not_offered_on=day)
            yield self._noted(episode, AskedWhat.VALD, facts)
        ended_on = episode.discharged_on
        if ended_on is not None and self._happens(0.85):
            done_on = ended_on if self._happens(0.8) else None
            yield self._noted(episode, AskedWhat.SAMTAL, AskedFacts(offered_on=ended_on, done_on=done_on))

    def _offered(self, day: date) -> AskedFacts:
        """Most are answered within a month."""
        done_on = self._some_day(day, day + AFTER)
        return AskedFacts(offered_on=day, done_on=done_on if done_on <= TODAY and self._happens(0.7) else None)

    def _noted(self, episode: Episode, what: AskedWhat, facts: AskedFacts, occasion: str = "") -> Asked:
        new = Asked(id=AskedId(new_id(self._dice)), episode_id=episode.id, what=what, occasion=occasion)
        return noted(new, facts, episode, today=TODAY)

    def _deviation(self, episode: Episode) -> Deviation:
        """Told on a day of the episode, and about it once in five; nearly all are closed within two months."""
        kind = self._dice.choice(list(DeviationKind))
        is_about = self._happens(0.2)
        on = self._some_day(episode.enrolled_on, min(episode.discharged_on or TODAY, TODAY))
        facts = DeviationFacts(
            on=on,
            kind=kind,
            source=self._dice.choice(list(DeviationSource)),
            what=self._dice.choice(self._texts["about_case"] if is_about else self._texts["what"][kind.value]),
        )
        written = deviations.note(
            DeviationId(new_id(self._dice)),
            facts,
            activity_id=MISAM.id,
            unit_id=self._unit_id,
            episode_id=episode.id if is_about else None,
            today=TODAY,
        )
        closed_on = on + timedelta(days=self._dice.randrange(6, 60))
        if closed_on > TODAY or not self._happens(0.98):
            return written
        return deviations.close(written, done=self._dice.choice(self._texts["done"]), on=closed_on, today=TODAY)

    def _some_day(self, first: date, last: date) -> date:
        return first + self._dice.randrange((last - first).days + 1) * _DAY

    def _happens(self, chance: float) -> bool:
        return self._dice.random() < chance


def _is_of_the_year(day: date | None) -> bool:
    return day is not None and YEAR[0] <= day <= YEAR[1]
