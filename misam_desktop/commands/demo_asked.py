"""What the made-up team has asked and been told in a year: questionnaires, talks, avvikelser and indicators.

The dice and the ids are their own, so that the rest of the story is the same with and without them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any, TypeVar

from misam_desktop.commands import asked, deviations, indicators, talks
from misam_desktop.commands.consents import deciding_consent
from misam_desktop.commands.demo_cast import Dice, reference
from misam_desktop.commands.demo_plan import working_day_before
from misam_desktop.commands.demo_stage import Stage
from misam_desktop.domain.access import May, may
from misam_desktop.domain.activity import Questionnaires
from misam_desktop.domain.asked import AFTER, AskedFacts, AskedStep, AskedWhat, waiting
from misam_desktop.domain.clocks import next_working_day
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.commitment import CommitmentFacts
from misam_desktop.domain.deviation import Deviation, DeviationFacts, DeviationKind, DeviationSource
from misam_desktop.domain.episode import QUIET_REASONS, Episode
from misam_desktop.domain.ids import EpisodeId
from misam_desktop.domain.indicator import Line, Typed
from misam_desktop.domain.people import User
from misam_desktop.domain.period import PeriodKind, beside, period_of
from misam_desktop.domain.talk import TalkFacts, TalkKind
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Request, actor_of

T = TypeVar("T")
_WEEK = timedelta(weeks=1)
_YEAR = timedelta(weeks=56)
_E, _A = tables.episode.c, tables.asked.c


class AskedYear:
    """A round once a week, after the forum: what was due is noted, and what came in is written down."""

    def __init__(self, stage: Stage, *, new_id: Callable[[], str]) -> None:
        self._stage, self._new_id = stage, new_id
        self._dice = Dice(Random(f"{stage.today} asked"))  # noqa: S311 – the demo shall be the same each time
        self._random = self._dice.random
        self._texts: dict[str, Any] = reference("texts")["beside"]
        self._karin = stage.team.coordinators[0]

    def plan(self) -> None:
        """Let it happen, from a year ago until the week before the last day."""
        first = next_working_day(max(self._stage.today - _YEAR, self._stage.plan.first_day + _WEEK))
        self._at(first, self._begin, hour=14)
        day = first + _WEEK
        while day <= self._stage.plan.last_day - timedelta(days=3):
            self._at(working_day_before(day), partial(self._round, day - _WEEK), hour=15)
            day += _WEEK

    def _begin(self) -> None:
        """The questionnaire is decided on, and its wording taken in."""
        activity = rows.activities.get(self._stage.tx.conn, self._stage.activity.id)
        offers = Questionnaires(months=(3,), at_exit=True)
        self._do(self._karin, asked.set_questionnaires(activity.id, offers, seen=activity.version))
        lines = [Line(one["code"], one["text"], one["group"]) for one in self._texts["indicator"]]
        self._do(self._karin, indicators.load_indicators(lines))

    def _round(self, since: date) -> None:
        settings = rows.activities.get(self._stage.tx.conn, self._stage.activity.id).settings
        now = self._today
        for episode in self._episodes():
            of_episode = rows.asked.of(self._stage.tx.conn, _A.episode_id, episode.id)
            for one in waiting(settings.questionnaires, episode, of_episode, today=self._today):
                if one.step is AskedStep.OFFER and one.due_on - AFTER <= self._today:
                    self._offer(episode, one.code)
                elif one.step is AskedStep.ANSWER and self._dice.happens("questionnaire_answered"):
                    offered_on = next(row.offered_on for row in of_episode if row.occasion == one.code)
                    self._note(episode, AskedWhat.ENKAT, AskedFacts(offered_on=offered_on, done_on=now), one.code)
            self._at_exit(episode, since)
            self._talk_of(episode, since)
        self._told()
        self._type_totals(since)

    @property
    def _today(self) -> date:
        return self._stage.now.date()

    def _episodes(self) -> list[Episode]:
        """Those that are open, or ended so lately that something is waited for; a protected person's are left alone."""
        lately = _E.discharged_on >= self._today - AFTER
        found = rows.episodes.where(self._stage.tx.conn, _E.discharged_on.is_(None) | lately, order_by=[_E.enrolled_on])
        return [one for one in found if self._is_within_reach(one)]

    def _is_within_reach(self, episode: Episode) -> bool:
        subject = subjects.of_episode(self._stage.tx.conn, episode)
        return not subject.protected and not subject.shut_out

    def _offer(self, episode: Episode, code: str) -> None:
        declined = self._dice.happens("questionnaire_declined")
        facts = AskedFacts(not_offered_on=self._today) if declined else AskedFacts(offered_on=self._today)
        self._note(episode, AskedWhat.ENKAT, facts, code)

    def _at_exit(self, episode: Episode, since: date) -> None:
        """The talk at the exit, on the day of it."""
        on = episode.discharged_on
        if on is None or on < since or episode.discharge_reason in QUIET_REASONS:
            return
        if self._dice.happens("talk_held"):
            self._note(episode, AskedWhat.SAMTAL, AskedFacts(offered_on=on, done_on=on))
        elif self._dice.happens("talk_offered"):
            self._note(episode, AskedWhat.SAMTAL, AskedFacts(offered_on=on))

    def _talk_of(self, episode: Episode, since: date) -> None:
        """What is only done while a consent holds that names this: the question of violence, and other talks."""
        referral = rows.referrals.get(self._stage.tx.conn, episode.referral_id)
        consent = deciding_consent(self._stage.tx, referral, on=self._today)
        if episode.discharged_on is not None or consent is None or InfoKind.SOCIAL not in consent.kinds:
            return
        if since <= episode.enrolled_on < self._today and self._reads_whole(episode, May.ASK):
            is_asked = self._dice.happens("asked_of_violence")
            facts = AskedFacts(offered_on=self._today) if is_asked else AskedFacts(not_offered_on=self._today)
            self._note(episode, AskedWhat.VALD, facts)
        if self._dice.happens("talk"):
            due_on = next_working_day(self._today + 4 * _WEEK)
            agreed = [CommitmentFacts(what=self._what(), unit_id=None, due_on=due_on)]
            held = TalkFacts(
                kind=self._random.choice(list(TalkKind)),
                on=self._today,
                unit_ids=consent.unit_ids[:3],
                others=self._random.choice(self._texts["others"]),
                agreed=self._random.choice(self._texts["agreed"]),
            )
            self._do(self._karin, talks.hold_talk(episode.id, held, agreed=agreed[: self._random.randrange(2)]))

    def _what(self) -> str:
        texts: dict[str, list[str]] = reference("texts")["commitments"]
        return self._random.choice(texts["own"])

    def _told(self) -> None:
        """What came in during the week; about one in five a case."""
        if not self._dice.happens("deviation"):
            return
        kind, about = self._random.choice(list(DeviationKind)), None
        texts: list[str] = self._texts["what"][kind.value]
        open_ones = [one for one in self._episodes() if one.discharged_on is None]
        if self._dice.happens("deviation_about_case") and open_ones:
            about, texts = self._random.choice(open_ones).id, self._texts["about_case"]
        facts = DeviationFacts(
            on=self._today,
            kind=kind,
            source=self._random.choice(list(DeviationSource)),
            what=self._random.choice(texts),
        )
        self._note_deviation(facts, about)

    def _note_deviation(self, facts: DeviationFacts, about: EpisodeId | None) -> None:
        written = self._do(self._karin, deviations.note_deviation(self._stage.activity.id, facts, episode_id=about))
        closes_on = next_working_day(self._today + timedelta(days=self._random.randint(6, 60)))
        self._at(closes_on, partial(self._close, written), hour=14)

    def _close(self, written: Deviation) -> None:
        done = self._random.choice(self._texts["done"])
        episode_id = written.episode_id
        if episode_id is None or self._reads_whole(rows.episodes.get(self._stage.tx.conn, episode_id), May.READ_CASE):
            self._do(self._karin, deviations.close_deviation(written.id, done=done, on=self._today))

    def _type_totals(self, since: date) -> None:
        """Once a half-year is over, what the questionnaires' own system says of it."""
        ended = beside(PeriodKind.HALVAR, period_of(PeriodKind.HALVAR, self._today), by=-1)
        if not since <= ended.last < self._today:
            return
        answered = list(self._answered(ended.first, ended.last))
        shown = rows.indicators.where(self._stage.tx.conn)
        typed = {one.id: self._typed(len(answered)) for one in shown}
        first, last = ended
        request = indicators.set_totals(self._stage.activity.id, first=first, last=last, typed=typed, seen={})
        self._do(self._karin, request)

    def _typed(self, answered: int) -> Typed:
        answers = max(0, answered - self._random.randrange(3))
        return Typed(answers, round(answers * self._random.uniform(0.55, 0.9)))

    def _answered(self, first: date, last: date) -> Iterator[str]:
        found = rows.asked.where(self._stage.tx.conn, _A.what == AskedWhat.ENKAT, _A.done_on.between(first, last))
        return (one.id for one in found)

    def _reads_whole(self, episode: Episode, action: May) -> bool:
        """Whether the koordinator may do this, and reads notes of every kind in the case."""
        subject = subjects.at_commissioner(subjects.of_episode(self._stage.tx.conn, episode), episode)
        decision = may(actor_of(self._karin), action, subject, self._today)
        return bool(decision) and frozenset(InfoKind) <= decision.kinds

    def _note(self, episode: Episode, what: AskedWhat, facts: AskedFacts, occasion: str = "") -> None:
        self._do(self._karin, asked.note_asked(episode.id, what, facts, occasion=occasion))

    def _at(self, day: date, act: Callable[[], object], *, hour: int) -> None:
        self._stage.at(day, act, hour=hour, minute=self._random.randrange(60))

    def _do(self, user: User, request: Request[T]) -> T:
        """One command now, with ids of this part of the story."""
        with self._stage.other_ids(self._new_id):
            return self._stage.do(user, request)
