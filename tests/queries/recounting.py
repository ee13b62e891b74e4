"""What the recounts share: what a report says as plain counts, days as texts, and meetings counted by hand.

Codes are text, days are ISO text and nothing of the program counts here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from statistics import fmean, median
from typing import TypeVar

from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from misam_desktop.domain.activity import Kind
from misam_desktop.domain.codes import Agency, Presence
from misam_desktop.domain.ids import ActivityId, ContactId, MeetingId, UnitId
from misam_desktop.domain.meeting import Attendance, Meeting
from misam_desktop.domain.people import Contact
from misam_desktop.domain.report import Middle, Section, Share
from misam_desktop.store import rows
from tests.conftest import NOW

W = TypeVar("W")
Line = dict[str, str]
Tally = dict[tuple[str, str], int]
Middles = dict[str, tuple[float | None, float | None, int]]
SEXES = ("kvinna", "man", "annat")
UNITS = ("af", "fk", "kommun-ifo", "kommun-ame", "region")
AGENCIES = ("af", "fk", "kommun", "region")
RED_DAYS = (
    *("2025-01-01", "2025-01-06", "2025-04-18", "2025-04-21", "2025-05-01", "2025-05-29", "2025-06-06", "2025-06-20"),
    *("2025-12-24", "2025-12-25", "2025-12-26", "2025-12-31"),
    *("2026-01-01", "2026-01-06", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-06-19"),
    *("2026-12-24", "2026-12-25", "2026-12-31", "2027-01-01", "2027-01-06"),
)
"""Those from Monday to Friday, julafton, midsommarafton and nyårsafton among them."""
PERIODS = (
    ("2025-01-01", "2025-12-31"),
    ("2025-12-01", "2025-12-31"),
    ("2026-01-01", "2026-06-30"),
    ("2026-05-12", "2026-11-13"),
    ("2026-10-01", "2026-12-31"),
    ("2026-01-01", "2026-12-31"),
)
"""Those before, around and beyond the day on which the tests stand still, 2026-11-24."""
_EDGES = (
    *("2025-12-16", "2025-12-19", "2025-12-31", "2026-01-01", "2026-04-29", "2026-05-12", "2026-06-12", "2026-06-18"),
    *("2026-06-30", "2026-10-01", "2026-10-14", "2026-11-04", "2026-11-13", "2026-11-24"),
)
"""Bounds of the periods, days from which seven working days end there, and such as red days come after."""
TODAY_AS_TEXT = "2026-11-24"


def welcome(conn: Connection) -> None:
    """Somebody at each unit."""
    rows.contacts.add_all(
        conn, [Contact(id=ContactId(f"of {unit}"), name=unit, unit_id=UnitId(unit)) for unit in UNITS]
    )


def for_random_worlds(number: int, worlds: st.SearchStrategy[W], agrees: Callable[[W], None]) -> None:
    """Fifty worlds of one seed, the same each time."""

    @seed(number)
    @settings(max_examples=50, deadline=None, phases=(Phase.generate,))
    @given(worlds)
    def every(world: W) -> None:
        agrees(world)

    every()


# What a report says


def tally(section: Section) -> Tally:
    """What a section says, but for what is 0 or worked out."""
    return {
        (row.code, column): figure
        for row in section.rows
        for column, figure in row.figures.items()
        if isinstance(figure, int) and figure
    }


def shares(section: Section) -> dict[str, tuple[int, int]]:
    """The share of each row, but for what is of nothing."""
    found = {row.code: figure for row in section.rows for figure in row.figures.values() if isinstance(figure, Share)}
    return {code: (one.numerator, one.denominator) for code, one in found.items() if one.denominator}


def middles(section: Section) -> Middles:
    """The median and the mean of each row, and of how many they are."""
    pairs = {row.code: [one for one in row.figures.values() if isinstance(one, Middle)] for row in section.rows}
    return {code: (a.value, b.value, a.of) for code, (a, b) in pairs.items() if a.of}


# By hand


def by_sex(lines: Iterable[Line], value: Callable[[Line], str]) -> Tally:
    """Lines by a value and kön, with the total."""
    return tallied((value(line), column) for line in lines for column in (line["kon"], "total"))


def tallied(found: Iterable[tuple[str, str]]) -> Tally:
    """How often each cell comes."""
    return dict(Counter(found))


def with_totals(found: Iterable[tuple[str, str]]) -> Tally:
    """The same with the total of each row."""
    every = list(found)
    return tallied(every) | tallied((row, "total") for row, _ in every)


def band_of_days(referral: Line) -> str:
    """After how many days the forum concluded."""
    if not referral["beslutsdatum"]:
        return "okand"
    taken = days_between(referral["remissdatum"], referral["beslutsdatum"])
    return next((band for most, band in ((7, "0-7"), (14, "8-14"), (28, "15-28")) if taken <= most), "29-")


def middle(values: dict[str, list[int]]) -> Middles:
    """The median and the mean of each row that has any."""
    return {code: (median(some), fmean(some), len(some)) for code, some in values.items() if some}


def days_between(first: str, last: str) -> int:
    """Calendar days."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def days_after(day: str, count: int) -> str:
    """Calendar days on."""
    return (date.fromisoformat(day) + timedelta(days=count)).isoformat()


def months_later(day: str, months: int) -> str:
    """Written out: the same day, or the last of a shorter month."""
    at = int(day[:4]) * 12 + int(day[5:7]) - 1 + months
    for wanted in range(int(day[8:]), 0, -1):
        try:
            return date(at // 12, at % 12 + 1, wanted).isoformat()
        except ValueError:
            continue
    raise AssertionError


def is_worked(day: str) -> bool:
    """Whether people work on a day of the years whose red days are written out."""
    return date.fromisoformat(day).weekday() < 5 and day not in RED_DAYS


def first_worked(day: str) -> str:
    """The day itself, or the first after it on which people work."""
    while not is_worked(day):
        day = days_after(day, 1)
    return day


def seventh_working_day(day: str) -> str:
    """The day after is the first that can count."""
    left = 7
    while left:
        day = days_after(day, 1)
        left -= is_worked(day)
    return day


def agency_of(unit: str) -> str:
    """Units of one kommun are of one authority."""
    return unit.partition("-")[0]


def day_or_none(text: str) -> date | None:
    """The day of a text that may be empty, for the store."""
    return date.fromisoformat(text) if text else None


def moment(text: str) -> datetime:
    """Some time on a day, for the store."""
    return datetime.combine(date.fromisoformat(text), time(12), NOW.tzinfo)


# Meetings


def days(first: str, last: str) -> st.SearchStrategy[str]:
    """Days between two, most of all those at a bound of a period or before red days."""
    any_day = st.dates(date.fromisoformat(first), date.fromisoformat(last)).map(date.isoformat)
    edges = [day for day in _EDGES if first <= day <= last]
    return st.sampled_from(edges) | any_day if edges else any_day


@st.composite
def meetings(draw: st.DrawFn) -> list[Line]:
    """Some meetings of one activity: the day, whether held or why not, and how each authority came, if it is known."""
    found = []
    for day in draw(st.lists(days("2025-11-20", "2026-12-20"), unique=True, max_size=4)):
        states = ["closed", "closed", "open", "planned", "cancelled"]
        state = draw(st.sampled_from(states[3:] if day > TODAY_AS_TEXT else states))
        how = st.sampled_from(["plats", "plats", "video", "telefon", "franvarande", ""])
        why = draw(st.sampled_from(["Sjukdom", "För få ärenden", "för få  ärenden"]))
        found.append(
            {"on": day, "state": state, "why": why if state == "cancelled" else ""}
            | {"outside": draw(st.sampled_from(["", "", "ja"]))}
            | {agency: draw(how) for agency in AGENCIES}
        )
    return found


def is_held(meeting: Line) -> bool:
    """One that goes on is."""
    return meeting["state"] in {"closed", "open"}


def store_meetings(conn: Connection, activity_id: ActivityId, kind: Kind, lines: Iterable[Line]) -> None:
    """As rows, each under its activity and day."""
    for line in lines:
        meeting = Meeting(
            id=MeetingId(f"{activity_id} {line['on']}"),
            activity_id=activity_id,
            kind=kind,
            on=date.fromisoformat(line["on"]),
            outside=bool(line["outside"]),
            opened_at=moment(line["on"]) if is_held(line) else None,
            closed_at=moment(line["on"]) if line["state"] == "closed" else None,
            cancelled_why=line["why"],
        )
        rows.meetings.add(conn, meeting)
        came = [
            Attendance(
                id=f"{meeting.id} {agency}",
                meeting_id=meeting.id,
                agency=Agency(agency),
                presence=Presence(line[agency]),
            )
            for agency in AGENCIES
            if line[agency]
        ]
        rows.attendances.add_all(conn, came)


def meetings_are_right(kept: Section, attended: Section, lines: Sequence[Line]) -> None:
    """Two sections against the meetings of the period."""
    held = [line for line in lines if is_held(line)]
    names = {"closed": "hallna", "open": "hallna", "cancelled": "installda", "planned": "planerade"}
    assert tally(kept) == (
        tallied(("total", "antal") for _ in lines)
        | tallied((names[line["state"]], "antal") for line in lines)
        | tallied(("utanfor", "antal") for line in held if line["outside"])
    )
    came = [(agency, line[agency] or "okand") for line in held for agency in AGENCIES]
    assert tally(attended) == with_totals(came)


def reasons_are_right(section: Section, lines: Sequence[Line]) -> None:
    """Reasons that differ in case and spaces alone are one."""
    whys = Counter(" ".join(line["why"].lower().split()) for line in lines if line["state"] == "cancelled")
    assert tally(section) == {(why, "antal"): count for why, count in whys.items()}


def together_is_right(section: Section, lines: Sequence[Line]) -> None:
    """In how many of those that were held all four took part; on video and by telephone is there too."""
    held = [line for line in lines if is_held(line)]
    everybody = [line for line in held if all(line[one] in {"plats", "video", "telefon"} for one in AGENCIES)]
    assert shares(section) == ({"alla": (len(everybody), len(held))} if held else {})
    assert tally(section) == tallied([("alla", "hallna")] * len(held) + [("alla", "alla")] * len(everybody))
