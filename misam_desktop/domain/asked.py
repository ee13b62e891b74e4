"""What a participant has been offered or asked: that it was done and when, never an answer (process.md §5, §9).

«Indikatorenkät» is anonymous, and what «Vi frågar om våld» or an «avslutningssamtal» led to is nobody's to store here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, Protocol

from misam_desktop.domain.activity import Questionnaires
from misam_desktop.domain.clocks import follow_up_due
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.episode import QUIET_REASONS
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import AskedId, EpisodeId
from misam_desktop.domain.period import Period, PeriodKind, period_of
from misam_desktop.domain.referral import FutureDate

SOON = timedelta(days=14)
"""How long before its day a questionnaire can be offered."""
AFTER = timedelta(days=30)
"""How long after its day it still is that occasion's; so long one waits for the answer too."""
AT_EXIT = "avslut"
"""The occasion of a questionnaire at the exit; others are months, «3», or a campaign's year and month, «2026-10»."""


class OfferedOrNot(UserError):
    """It was offered, or it was not."""

    code = "offered_or_not"


class DoneBeforeOffered(UserError):
    """What was answered or held was offered first, that day or earlier."""

    code = "done_before_offered"


class AskedBeforeStart(UserError):
    """Nobody was asked anything in an episode before it began."""

    code = "asked_before_start"


class AnswerNeverKept(UserError):
    """What somebody answered to the question of violence is not kept."""

    code = "answer_never_kept"


class AskedWhat(StrEnum):
    """What is offered or asked."""

    ENKAT = "enkat"
    VALD = "vald"
    SAMTAL = "samtal"


class AskedStep(StrEnum):
    """What comes next for a questionnaire."""

    OFFER = "offer"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One thing on one occasion: offered or asked on a day, and answered or held; or not offered, decided on a day."""

    id: AskedId
    episode_id: EpisodeId
    what: AskedWhat
    occasion: str = ""
    offered_on: date | None = None
    done_on: date | None = None
    not_offered_on: date | None = None
    version: int = 1

    @property
    def is_noted(self) -> bool:
        """Whether anything is said of it; what was taken back says nothing."""
        return (self.offered_on or self.not_offered_on) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFacts:
    """What is noted of it; nothing at all takes back what was."""

    offered_on: date | None = None
    done_on: date | None = None
    not_offered_on: date | None = None


class Lived(Protocol):
    """The days of an episode, which are all that its occasions follow from."""

    @property
    def enrolled_on(self) -> date:
        """When it began."""

    @property
    def discharged_on(self) -> date | None:
        """When it ended."""

    @property
    def discharge_reason(self) -> str | None:
        """Why it ended, by its code."""


class Occasion(NamedTuple):
    """When a questionnaire is to be offered: on its day, and no earlier or later than these."""

    code: str
    due_on: date
    from_on: date
    until_on: date


class Waiting(NamedTuple):
    """A questionnaire that waits: the last day on which it can be offered, or is waited for to be answered."""

    code: str
    step: AskedStep
    due_on: date


def noted(asked: Asked, facts: AskedFacts, episode: Lived, *, today: date) -> Asked:
    """The same with what is noted now. Raises OfferedOrNot, DoneBeforeOffered, FutureDate, AskedBeforeStart …"""
    if facts.offered_on is not None and facts.not_offered_on is not None:
        raise OfferedOrNot(field="offered_on")
    if asked.what is AskedWhat.VALD and facts.done_on is not None:
        raise AnswerNeverKept(field="done_on")
    if facts.done_on is not None and (facts.offered_on is None or facts.done_on < facts.offered_on):
        raise DoneBeforeOffered(field="done_on")
    for field in ("offered_on", "done_on", "not_offered_on"):
        day: date | None = getattr(facts, field)
        if day is not None and day > today:
            raise FutureDate(field=field)
        if day is not None and day < episode.enrolled_on:
            raise AskedBeforeStart(field=field)
    return replace(asked, offered_on=facts.offered_on, done_on=facts.done_on, not_offered_on=facts.not_offered_on)


def shown_with(asked: Iterable[Asked], kinds: frozenset[InfoKind]) -> tuple[Asked, ...]:
    """Those that may be told with these kinds: whether somebody was asked of violence says something of their life."""
    return tuple(one for one in asked if one.what is not AskedWhat.VALD or InfoKind.SOCIAL in kinds)


def occasions(settings: Questionnaires, episode: Lived, *, until: date) -> list[Occasion]:
    """Every occasion of an episode up to a day, as the activity has them, in the order of their days."""
    found = (one for one in _each(settings, episode, until) if one.from_on <= until)
    return sorted(found, key=lambda one: (one.due_on, one.code))


def due_within(settings: Questionnaires, episode: Lived, *, first: date, last: date) -> list[Occasion]:
    """The occasions of an episode whose day lies between these two, in no order."""
    return [one for one in _each(settings, episode, last) if first <= one.due_on <= last]


def _each(settings: Questionnaires, episode: Lived, until: date) -> list[Occasion]:
    ended_on = episode.discharged_on
    found = [_after(episode.enrolled_on, months) for months in settings.months]
    if ended_on is not None:
        found = [one for one in found if one.due_on < ended_on]
        if settings.at_exit and episode.discharge_reason not in QUIET_REASONS:
            found.append(Occasion(AT_EXIT, ended_on, ended_on, ended_on + AFTER))
    if settings.campaigns:
        found += _campaigns(settings, episode, until)
    return found


@lru_cache(maxsize=10_000)
def _after(enrolled_on: date, months: int) -> Occasion:
    """Worked out once for all who began on a day: a large report asks it of each of them."""
    due_on = follow_up_due(enrolled_on, months)
    return Occasion(str(months), due_on, due_on - SOON, due_on + AFTER)


def _campaigns(settings: Questionnaires, episode: Lived, until: date) -> Iterator[Occasion]:
    last = min(until, episode.discharged_on or until)
    for code, days in campaigns(settings, first=episode.enrolled_on, last=last):
        yield Occasion(code, days.last, max(days.first, episode.enrolled_on), days.last)


def campaigns(settings: Questionnaires, *, first: date, last: date) -> Iterator[tuple[str, Period]]:
    """The campaigns that have any day between these two, each with the days of its month."""
    for year in range(first.year, last.year + 1):
        for month in settings.campaigns:
            days = period_of(PeriodKind.MANAD, date(year, month, 1))
            if first <= days.last and days.first <= last:
                yield f"{year}-{month:02}", days


def waiting(settings: Questionnaires, episode: Lived, asked: Iterable[Asked], *, today: date) -> list[Waiting]:
    """What is to be offered or answered today; one that nobody answers is let go of after a while."""
    known: Mapping[str, Asked] = {one.occasion: one for one in asked if one.what is AskedWhat.ENKAT and one.is_noted}
    to_offer = [
        Waiting(one.code, AskedStep.OFFER, one.until_on)
        for one in occasions(settings, episode, until=today)
        if one.code not in known and today <= one.until_on and _still_goes_on(episode, one)
    ]
    to_answer = [
        Waiting(code, AskedStep.ANSWER, one.offered_on + AFTER)
        for code, one in known.items()
        if one.offered_on is not None and one.done_on is None and today <= one.offered_on + AFTER
    ]
    return [*to_offer, *to_answer]


def _still_goes_on(episode: Lived, one: Occasion) -> bool:
    """Whether there is still somebody to offer it to: after the discharge that of the exit alone is."""
    return one.code == AT_EXIT or episode.discharged_on is None
