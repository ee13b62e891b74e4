"""The calendar of an activity of the large store: held by its rhythm, some cancelled, who took part in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from sqlalchemy import Connection

from misam_desktop.commands.demo_cast import reference
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.calendar import LONGEST, dated, series
from misam_desktop.domain.clocks import is_working_day
from misam_desktop.domain.codes import Agency, Presence
from misam_desktop.domain.ids import MeetingId
from misam_desktop.domain.meeting import (
    Attendance,
    Meeting,
    MeetingState,
    agenda_left,
    agenda_sent,
    cancel_meeting,
    close_meeting,
    open_meeting,
    state_of,
)
from misam_desktop.store import rows
from tests.bench.world_facts import FIRST, TODAY, at, new_id

_DAY = timedelta(days=1)
_MEETINGS_A_CANCELLED, _MEETINGS_AN_OUTSIDE = 12, 13
_PRESENCE = {Presence.PLATS: 40, Presence.VIDEO: 44, Presence.TELEFON: 4, Presence.FRANVARANDE: 12}


def meetings(conn: Connection, activity: Activity, *, until: date) -> list[Meeting]:
    """Store every meeting of an activity up to a day, in their order; those before today are over."""
    dice = Random(f"meetings of {activity.id}")
    whys: list[str] = reference("texts")["nafs"]["why_cancelled"]
    found = [_over(one, whys, dice) if one.on < TODAY else one for one in _planned(activity, until, dice)]
    rows.meetings.add_all(conn, found)
    held = [one for one in found if state_of(one) is MeetingState.CLOSED]
    rows.attendances.add_all(conn, [attended for one in held for attended in _attended(one, dice)])
    return found


def _planned(activity: Activity, until: date, dice: Random) -> Iterator[Meeting]:
    for on in _days(activity, until):
        yield _meeting(activity, on, dice)
        if dice.randrange(_MEETINGS_AN_OUTSIDE) == 0 and is_working_day(on + 2 * _DAY) and on + 2 * _DAY < TODAY:
            yield _meeting(activity, on + 2 * _DAY, dice, outside=True)


def _days(activity: Activity, until: date) -> Iterator[date]:
    first = FIRST
    while first <= until:
        last = min(until, first + LONGEST)
        yield from series(activity.settings.rhythm, first=first, until=last).days
        first = last + _DAY


def _meeting(activity: Activity, on: date, dice: Random, *, outside: bool = False) -> Meeting:
    rhythm = activity.settings.rhythm
    meeting = Meeting(
        id=MeetingId(new_id(dice)),
        activity_id=activity.id,
        kind=activity.settings.kind,
        on=on,
        starts=rhythm.starts,
        place=rhythm.place,
        outside=outside,
    )
    return dated(meeting, rhythm)


def _over(planned: Meeting, whys: Sequence[str], dice: Random) -> Meeting:
    if dice.randrange(_MEETINGS_A_CANCELLED) == 0:
        return cancel_meeting(planned, why=dice.choice(whys), concluded=0)
    if planned.send_on is not None:
        sent_at = at(planned.send_on, 14)
        planned = agenda_sent(agenda_left(planned, now=sent_at), now=sent_at)
    opened = open_meeting(planned, now=at(planned.on, 13), today=planned.on)
    return close_meeting(opened, now=at(planned.on, 14))


def _attended(held: Meeting, dice: Random) -> Iterator[Attendance]:
    """Of some authorities nobody has noted it."""
    for agency in Agency:
        if dice.random() < 0.98:
            presence = dice.choices(list(_PRESENCE), list(_PRESENCE.values()))[0]
            yield Attendance(id=new_id(dice), meeting_id=held.id, agency=agency, presence=presence)
