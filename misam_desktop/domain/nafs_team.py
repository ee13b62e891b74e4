"""A NAFS team as its koordinator sets it: when and where it meets, for whom, and who comes from each unit."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from misam_desktop.domain.activity import Activity, Rhythm
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ActivityId, ContactId, UnitId
from misam_desktop.domain.referral import TextRequired

_HOUR = re.compile(r"(?:[01]\d|2[0-3])\.[0-5]\d")
RANGES = {
    "weekday": (0, 4),
    "every_weeks": (1, 26),
    "minutes": (5, 480),
    "capacity": (0, 100),
    "stop_days": (0, 60),
    "send_days": (0, 60),
    "min_age": (0, 120),
    "max_age": (0, 120),
    "least_agencies": (2, 4),
}
"""The least and the most that each number of a team can be."""


class OutOfRange(UserError):
    """A number of a team is too small or too large."""

    code = "out_of_range"


class HourWrong(UserError):
    """An hour is not written as «14.00»."""

    code = "hour_wrong"


class AgesWrong(UserError):
    """The highest age lies below the lowest."""

    code = "ages_wrong"


class NameTaken(UserError):
    """Another activity has that name."""

    code = "name_taken"


class ContactElsewhere(UserError):
    """A contact person works at another unit than the one they would come for."""

    code = "contact_elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPart:
    """A unit that comes to a team's meetings, and its contact person there, if one is named."""

    id: str
    activity_id: ActivityId
    unit_id: UnitId
    contact_id: ContactId | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFacts:
    """What is set of a team; ``place`` can be the link of a video meeting, and tells of no person."""

    name: str
    weekday: int
    every_weeks: int
    starts: str
    minutes: int
    place: str
    capacity: int
    stop_days: int
    send_days: int
    min_age: int
    max_age: int
    least_agencies: int


def facts_of(team: Activity) -> TeamFacts:
    """What is set of a team now."""
    rhythm, settings = team.settings.rhythm, team.settings
    return TeamFacts(
        name=team.name,
        weekday=rhythm.weekday,
        every_weeks=rhythm.every_weeks,
        starts=rhythm.starts,
        minutes=rhythm.minutes,
        place=rhythm.place,
        capacity=rhythm.capacity,
        stop_days=rhythm.stop_days,
        send_days=rhythm.send_days,
        min_age=settings.min_age,
        max_age=settings.max_age,
        least_agencies=settings.least_agencies,
    )


def changed(team: Activity, facts: TeamFacts, *, names: Collection[str]) -> Activity:
    """The team as it is set; ``names`` are those of the other activities.

    Raises TextRequired, NameTaken, OutOfRange, HourWrong, AgesWrong.
    """
    name = facts.name.strip()
    if not name:
        raise TextRequired(field="name")
    if name.casefold() in {one.casefold() for one in names}:
        raise NameTaken(field="name")
    for field, (least, most) in RANGES.items():
        if not least <= getattr(facts, field) <= most:
            raise OutOfRange(field=field, least=least, most=most)
    if facts.max_age < facts.min_age:
        raise AgesWrong(field="max_age")
    rhythm = Rhythm(
        weekday=facts.weekday,
        every_weeks=facts.every_weeks,
        starts=_hour(facts.starts),
        minutes=facts.minutes,
        place=facts.place.strip(),
        capacity=facts.capacity,
        stop_days=facts.stop_days,
        send_days=facts.send_days,
    )
    settings = replace(
        team.settings,
        rhythm=rhythm,
        min_age=facts.min_age,
        max_age=facts.max_age,
        least_agencies=facts.least_agencies,
    )
    return replace(team, name=name, settings=settings)


def _hour(text: str) -> str:
    """«9:30» is written «09.30». Raises HourWrong."""
    hour = text.strip().replace(":", ".")
    hour = f"0{hour}" if hour[1:2] == "." else hour
    if _HOUR.fullmatch(hour) is None:
        raise HourWrong(field="starts")
    return hour
