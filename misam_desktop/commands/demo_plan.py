"""What shall have happened in the made-up team: each referral and episode with its days, before any of it is played.

Pure dates, drawn so that today's numbers come out right whatever day it is: how many are open, late and soon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from misam_desktop.commands.demo_cast import Dice, reference
from misam_desktop.domain.activity import Anchor, Rhythm, Settings
from misam_desktop.domain.clocks import add_months, is_working_day, last_rereferral_day, next_working_day
from misam_desktop.domain.codes import DischargeReason, Outcome
from misam_desktop.domain.episode import QUIET_REASONS
from misam_desktop.domain.follow_up import SOON, due_dates

_DAY = timedelta(days=1)
_VACATION_WEEKS = range(28, 31)
_LATE_AT_MOST = timedelta(days=45)
_LONGEST_QUEUE_DAYS = 16


class Fate(StrEnum):
    """What becomes of one follow-up that the numbers of today depend on."""

    LATE = "late"
    UNREACHED = "unreached"
    MOVED = "moved"
    EARLY = "early"


class ForumDay(NamedTuple):
    """A day of the forum's rhythm; ``vacation`` and ``holiday`` are days on which it does not meet."""

    on: date
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One referral and what comes of it. What is None has not happened yet, or never will."""

    referred_on: date
    completed_first_on: date | None = None
    forum_on: date | None = None
    outcome: Outcome | None = None
    withdrawn_on: date | None = None
    enrolled_on: date | None = None
    ended_on: date | None = None
    reason: DischargeReason | None = None
    again: Case | None = None
    fate: Fate | None = None
    fate_due_on: date | None = None
    has_lead: bool = True
    consent_until: date | None = None
    consent_withdrawn_on: date | None = None
    doubled_on: date | None = None
    known: int | None = None
    sgi0: bool | None = None
    protected: bool = False
    narrow_consent: bool = False
    accepted_waits: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is an episode that goes on today."""
        return self.enrolled_on is not None and self.ended_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The whole history; ``last_day`` is the last working day before today."""

    first_day: date
    last_day: date
    forum_days: tuple[ForumDay, ...]
    next_forum_on: date
    cases: tuple[Case, ...]
    drafts_on: tuple[date, ...]


def plan_history(dice: Dice, settings: Settings, *, today: date) -> Plan:
    """Three years that end on the evening before today."""
    return _Planner(dice, settings, today).plan()


def first_day(today: date) -> date:
    """The day on which the made-up team began."""
    return next_working_day(add_months(today, -reference("figures")["history_months"]))


def working_day_before(day: date) -> date:
    """The last working day before a day."""
    day -= _DAY
    while not is_working_day(day):
        day -= _DAY
    return day


def forum_days(rhythm: Rhythm, *, first: date, last: date) -> Iterator[ForumDay]:
    """The days of the forum's rhythm, and why it does not meet on some of them."""
    day = first + timedelta(days=(rhythm.weekday - first.weekday()) % 7)
    while day <= last:
        yield ForumDay(day, _why_not(day))
        day += timedelta(weeks=rhythm.every_weeks)


def _why_not(day: date) -> str:
    if not is_working_day(day):
        return "holiday"
    return "vacation" if day.isocalendar().week in _VACATION_WEEKS else ""


class _Planner:
    def __init__(self, dice: Dice, settings: Settings, today: date) -> None:
        self.dice, self.random, self.today = dice, dice.random, today
        self.schedules = [one for one in settings.schedules if one.anchor is Anchor.ENROLMENT]
        self.figures, self.settings = dice.figures, settings
        self.first_day = first_day(today)
        self.last_day = working_day_before(today)
        self.forum_days = tuple(forum_days(settings.rhythm, first=self.first_day + 7 * _DAY, last=self.last_day))
        self.held = [day.on for day in self.forum_days if not day.why_not]

    def plan(self) -> Plan:
        coming = forum_days(self.settings.rhythm, first=self.today, last=add_months(self.today, 2))
        cases = self._episodes() + self._declined() + self._withdrawn() + self._accepted() + self._waiting()
        return Plan(
            first_day=self.first_day,
            last_day=self.last_day,
            forum_days=self.forum_days,
            next_forum_on=next(day.on for day in coming if day.why_not != "holiday"),
            cases=tuple(cases),
            drafts_on=tuple(self._days_ago(days) for days in (12, 5, 2)),
        )

    # Episodes

    def _episodes(self) -> list[Case]:
        counts = self.figures["cases"]
        first_time = [self._accepted_case() for _ in range(counts["episodes"] - counts["came_back"])]
        ended = self._with_ends(first_time, still_open=counts["open"] - counts["came_back_open"])
        back = self._with_returns(ended)
        return self._with_today(back)

    def _accepted_case(self) -> Case:
        forum_on = self.random.choice(self.held[1:-2])
        return self._enrolled(self._before_forum(forum_on), forum_on)

    def _enrolled(self, referred_on: date, forum_on: date) -> Case:
        enrolled_on = next_working_day(forum_on + self.random.randint(1, 9) * _DAY)
        earlier = [day for day in self.held if referred_on < day < forum_on]
        completed = earlier[-1] if earlier and self.dice.happens("completed_first") else None
        return Case(
            referred_on=referred_on,
            completed_first_on=completed,
            forum_on=forum_on,
            outcome=Outcome.ANTAS,
            enrolled_on=min(enrolled_on, self.last_day),
        )

    def _before_forum(self, forum_on: date) -> date:
        """A day in the weeks before a forum, at the earliest the first day of all."""
        day = working_day_before(forum_on - self.random.randint(1, _LONGEST_QUEUE_DAYS) * _DAY)
        return max(day, self.first_day)

    def _with_ends(self, cases: Sequence[Case], *, still_open: int) -> list[Case]:
        """Lengths drawn in proportion, then stretched until exactly so many go on."""
        length = self.figures["length"]
        draw = self.random.lognormvariate
        share = [min(max(draw(0, length["spread"]), length["shortest"]), length["longest"]) for _ in cases]
        ages = [(self.today - _enrolled_on(case)).days for case in cases]
        by_reach = sorted(range(len(cases)), key=lambda i: ages[i] / share[i])
        goes_on = set(by_reach[:still_open])
        stretch = ages[by_reach[still_open]] / share[by_reach[still_open]]
        return [
            case if i in goes_on else self._ended(case, after_days=int(share[i] * stretch))
            for i, case in enumerate(cases)
        ]

    def _ended(self, case: Case, *, after_days: int) -> Case:
        ended_on = min(next_working_day(_enrolled_on(case) + after_days * _DAY), self.last_day)
        return replace(case, ended_on=ended_on, reason=DischargeReason(self.dice.pick("reason")))

    def _with_returns(self, cases: Sequence[Case]) -> list[Case]:
        """Some of those who ended come back within the window; one of them waits for the next forum."""
        counts, cases = self.figures["cases"], list(cases)
        places = [i for i, case in enumerate(cases) if case.reason and case.reason not in QUIET_REASONS]
        self.random.shuffle(places)
        wanted: list[tuple[int, Callable[[Case], Case | None]]] = [
            (1, self._waiting_return),
            (counts["came_back_open"], self._open_return),
            (counts["came_back"] - counts["came_back_open"], self._ended_return),
        ]
        for count, make in wanted:
            self._give_returns(cases, places, count, make)
        return cases

    def _give_returns(
        self, cases: list[Case], places: list[int], count: int, make: Callable[[Case], Case | None]
    ) -> None:
        for place in list(places):
            again = make(cases[place]) if count else None
            if again is not None:
                cases[place] = replace(cases[place], again=again)
                places.remove(place)
                count -= 1

    def _waiting_return(self, case: Case) -> Case | None:
        referred_on = self._days_ago(6)
        ended_on = _ended_on(case)
        if not ended_on + 30 * _DAY <= referred_on <= add_months(ended_on, 5):
            return None
        return Case(referred_on=referred_on)

    def _open_return(self, case: Case) -> Case | None:
        again = self._return(case, wait_days=60)
        return again if again and self.today - 240 * _DAY < _enrolled_on(again) else None

    def _ended_return(self, case: Case) -> Case | None:
        again = self._return(case, wait_days=150)
        if again is None or _enrolled_on(again) > self.today - 240 * _DAY:
            return None
        return self._ended(again, after_days=self.random.randint(80, 230))

    def _return(self, case: Case, *, wait_days: int) -> Case | None:
        ended_on = _ended_on(case)
        referred_on = next_working_day(ended_on + self.random.randint(15, wait_days) * _DAY)
        later = [day for day in self.held[:-2] if day > referred_on + 2 * _DAY]
        in_time = referred_on <= last_rereferral_day(ended_on, months=self.settings.rereferral_months)
        return self._enrolled(referred_on, later[0]) if later and in_time else None

    # What today shows of the open ones

    def _with_today(self, cases: list[Case]) -> list[Case]:
        today = self.figures["today"]
        cases = self._with_fates(cases)
        cases = self._changed(cases, _is_new(self.today, 40), today["without_lead"], {"has_lead": False})
        for days in today["consents_end_in_days"]:
            until = self.today + days * _DAY
            cases = self._changed(cases, _plain_for(self.today, 100), 1, {"consent_until": until})
        withdrawn = {"consent_withdrawn_on": self._days_ago(4)}
        cases = self._changed(cases, _plain_for(self.today, 150), 1, withdrawn)
        return self._changed(cases, _plain_for(self.today, 80), 1, {"doubled_on": self._days_ago(8)})

    def _changed(
        self, cases: list[Case], fits: Callable[[Case], bool], count: int, changes: Mapping[str, object]
    ) -> list[Case]:
        """The cases with the same change to some that fit."""
        places = [i for i, case in enumerate(cases) if fits(case)]
        chosen = set(self.random.sample(places, min(count, len(places))))
        return [replace(case, **changes) if i in chosen else case for i, case in enumerate(cases)]  # type: ignore[arg-type]  # field names

    def _with_fates(self, cases: list[Case]) -> list[Case]:
        """Open episodes' follow-ups: so many late, so many soon, a few where nobody answered."""
        wanted, open_cases = self.figures["today"], list(_open_places(cases))
        self.random.shuffle(open_cases)
        soon = [place for place in open_cases if self._next_due(place.case) <= self.today + SOON]
        recent = [p for p in open_cases if p not in soon and self._last_due(p.case) >= self.today - _LATE_AT_MOST]
        fresh = [place for place in recent if self._last_due(place.case) >= self.today - 9 * _DAY]
        fates: list[tuple[Place, Fate, date]] = []

        def give(places: Sequence[Place], count: int, fate: Fate, due: Callable[[Case], date]) -> None:
            taken = {place.path for place, _, _ in fates}
            free = [place for place in places if place.path not in taken][: max(count, 0)]
            fates.extend((place, fate, due(place.case)) for place in free)

        give(soon, len(soon) - wanted["soon"], Fate.EARLY, self._next_due)
        give(fresh, wanted["unreached"], Fate.UNREACHED, self._last_due)
        newest = sorted(recent, key=lambda place: self._last_due(place.case), reverse=True)
        give(newest, wanted["soon"] - len(soon), Fate.MOVED, self._last_due)
        give(recent, wanted["late"], Fate.LATE, self._last_due)
        for place, fate, due_on in fates:
            cases[place.path[0]] = _at(cases[place.path[0]], place.path, fate=fate, fate_due_on=due_on)
        return cases

    def _dues(self, case: Case) -> list[date]:
        enrolled_on = _enrolled_on(case)
        return sorted(due_on for one in self.schedules for _, due_on in due_dates(one, enrolled_on, until=self.today))

    def _next_due(self, case: Case) -> date:
        return next((due_on for due_on in self._dues(case) if due_on >= self.today), date.max)

    def _last_due(self, case: Case) -> date:
        return max((due_on for due_on in self._dues(case) if due_on < self.today), default=date.min)

    # Referrals without an episode

    def _declined(self) -> list[Case]:
        return [self._answered(Outcome(self.dice.pick("declined"))) for _ in range(self.figures["cases"]["declined"])]

    def _answered(self, outcome: Outcome) -> Case:
        forum_on = self.random.choice(self.held)
        return Case(referred_on=self._before_forum(forum_on), forum_on=forum_on, outcome=outcome)

    def _withdrawn(self) -> list[Case]:
        count = self.figures["cases"]["withdrawn"]
        days = [self.random.choice(self.held) for _ in range(count - 1)] + [self._days_ago(10)]
        return [Case(referred_on=self._before_forum(day), withdrawn_on=working_day_before(day)) for day in days]

    def _accepted(self) -> list[Case]:
        """Two that the latest forums took on and nobody has enrolled."""
        return [
            Case(referred_on=self._before_forum(day), forum_on=day, outcome=Outcome.ANTAS, accepted_waits=True)
            for day in self.held[-2:]
        ]

    def _waiting(self) -> list[Case]:
        """Those for the next forum but for the re-referral and the second referral of somebody with an open case."""
        last_forum = self.held[-1]
        return [
            Case(referred_on=self._days_ago(13), known=0, sgi0=True),
            Case(referred_on=self._days_ago(9), known=1, sgi0=False, narrow_consent=True),
            Case(referred_on=self._days_ago(7), sgi0=False, protected=True),
            Case(referred_on=self._before_forum(last_forum), completed_first_on=last_forum, sgi0=False),
            Case(referred_on=self._days_ago(5), known=2, sgi0=False),
            Case(referred_on=self._days_ago(3), sgi0=True),
        ]

    def _days_ago(self, days: int) -> date:
        """A working day about so many days before today."""
        return working_day_before(self.today - (days - 1) * _DAY)


class Place(NamedTuple):
    """An open episode: which case of the list, and whether it is the return of that case."""

    path: tuple[int, bool]
    case: Case


def _open_places(cases: Sequence[Case]) -> Iterator[Place]:
    for i, case in enumerate(cases):
        if case.is_open:
            yield Place((i, False), case)
        if case.again is not None and case.again.is_open:
            yield Place((i, True), case.again)


def _at(case: Case, path: tuple[int, bool], *, fate: Fate, fate_due_on: date) -> Case:
    if path[1] and case.again is not None:
        return replace(case, again=replace(case.again, fate=fate, fate_due_on=fate_due_on))
    return replace(case, fate=fate, fate_due_on=fate_due_on)


def _is_new(today: date, days: int) -> Callable[[Case], bool]:
    return lambda case: case.is_open and case.fate is None and _enrolled_on(case) > today - days * _DAY


def _plain_for(today: date, days: int) -> Callable[[Case], bool]:
    """Open for a while and with nothing else about it yet."""

    def fits(case: Case) -> bool:
        marks = (case.fate, case.consent_until, case.consent_withdrawn_on, case.doubled_on)
        old_enough = case.is_open and _enrolled_on(case) < today - days * _DAY
        return old_enough and case.has_lead and not any(marks)

    return fits


def _enrolled_on(case: Case) -> date:
    assert case.enrolled_on is not None
    return case.enrolled_on


def _ended_on(case: Case) -> date:
    assert case.ended_on is not None
    return case.ended_on
