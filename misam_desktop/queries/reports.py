"""The figures: fetched once, in steps that leave the store free between them, and counted in the domain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Text, and_, exists, func, or_, select, type_coerce

from misam_desktop.domain.access import May, in_activity
from misam_desktop.domain.codes import DischargeReason, Purpose, Sex
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ActivityId, EpisodeId
from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.domain.steps import Steps
from misam_desktop.domain.text import sort_key
from misam_desktop.domain.yearly import Account, Participation, Tally, behind
from misam_desktop.queries import reach, shown
from misam_desktop.store import tables
from misam_desktop.store.types import DAY
from misam_desktop.vault import Look, query_in_steps

_E, _R, _P, _C = tables.episode.c, tables.referral.c, tables.person.c, tables.consent.c
A_STEP = 250
"""How many episodes are counted at a time: some ten milliseconds, which whoever types in the search field can wait."""


class ActivityUnknown(UserError):
    """No activity has this name; ``known`` says which there are."""

    code = "activity_unknown"


@query_in_steps("report.yearly_account", needs=May.SEE_REPORTS)
def yearly_account(look: Look, activity_name: str, *, first: date, last: date) -> Steps[Account]:
    """The yearly account of an activity by its name, for a period. Raises ActivityUnknown, PeriodBackwards."""
    activity_id = _named(look, activity_name)
    return (yield from account_of(look, activity_id, first=first, last=last))


def _named(look: Look, activity_name: str) -> ActivityId:
    table = tables.activity.c
    named = {name: ActivityId(row_id) for name, row_id in look.conn.execute(select(table.name, table.id))}
    known = {name: activity_id for name, activity_id in named.items() if in_activity(look.actor, activity_id)}
    for name, activity_id in known.items():
        if name.casefold() == activity_name.strip().casefold():
            return activity_id
    raise ActivityUnknown(known=", ".join(sorted(known, key=sort_key)))


class Number(NamedTuple):
    """One number of the account: its section, its row, and kön; None is the total."""

    section: str
    code: str
    sex: Sex | None = None


class BehindRow(NamedTuple):
    """One episode behind a number. Of one beyond reach, or of a protected person, only the days are told."""

    episode_id: EpisodeId | None
    name: str
    enrolled_on: date
    discharged_on: date | None


@query_in_steps("report.number_opened", needs=May.SEE_BEHIND)
def behind_number(look: Look, activity_name: str, number: Number, *, first: date, last: date) -> Steps[list[BehindRow]]:
    """The episodes that a number of the account counts, the oldest first: as many rows as it says.

    Not for ledning, who see figures alone. Raises ActivityUnknown, PeriodBackwards, NotFound.
    """
    activity_id, days = _named(look, activity_name), _Days()
    counted, statement = list[Participation](), _statement(activity_id, first, last, look.today)
    for began in _stretches(look, activity_id, first, last):
        yield
        found = look.conn.execute(statement.where(_E.enrolled_on.between(*began))).all()
        counted += _participations(found, days)
    whom = behind(counted, first=first, last=last, **number._asdict())
    told = list[BehindRow]()
    for some in _in_parts(sorted(whom, key=lambda p: (p.enrolled_on, p.episode_id))):
        yield
        told += _told(look, some)
    return told


def _in_parts(whom: Sequence[Participation]) -> Iterator[Sequence[Participation]]:
    return (whom[at : at + A_STEP] for at in range(0, len(whom), A_STEP))


def _told(look: Look, some: Sequence[Participation]) -> Iterator[BehindRow]:
    """Some episodes in names, as far as the asker may know whom they are of."""
    statement = (
        select(
            _E.id, _P.given_name, _P.family_name, _P.protected, _P.protected_owners,
            reach.identity(look).label("identified"),
        )
        .select_from(tables.episode)
        .join(tables.referral, _E.referral_id == _R.id)
        .join(tables.person, _E.person_id == _P.id)
        .where(_E.id.in_([p.episode_id for p in some]), reach.cases(look))
    )  # fmt: skip
    near = {row.id: row for row in look.conn.execute(statement)}
    for p in some:
        row = near.get(p.episode_id)
        hidden = row is None or shown.hidden(look, protected=row.protected, owners=row.protected_owners)
        name = shown.name(look, row) if row is not None else shown.BEYOND
        yield BehindRow(None if hidden else EpisodeId(p.episode_id), name, p.enrolled_on, p.discharged_on)


def account_of(look: Look, activity_id: ActivityId, *, first: date, last: date) -> Steps[Account]:
    """The same by the activity's id, for whoever has asked the door already. Raises PeriodBackwards."""
    tally, days, misregistered = Tally(first=first, last=last), _Days(), 0
    statement = _statement(activity_id, first, last, look.today)
    for began in _stretches(look, activity_id, first, last):
        yield
        found = look.conn.execute(statement.where(_E.enrolled_on.between(*began))).all()
        tally.add(_participations(found, days))
        misregistered += sum(row[8] == DischargeReason.FELREGISTRERAD for row in found)
    return tally.account(misregistered=misregistered)


def _stretches(look: Look, activity_id: ActivityId, first: date, last: date) -> list[tuple[date, date]]:
    """First and last days of enrolment between which some hundred of the period's episodes began: a step for each.

    An episode keeps the day it began, so that it is counted once, whatever is changed between two steps.
    """
    by_day = select(_E.enrolled_on, func.count()).where(*_overlapping(activity_id, first, last))
    found = look.conn.execute(by_day.group_by(_E.enrolled_on).order_by(_E.enrolled_on))
    stretches: list[tuple[date, date]] = []
    gathered = A_STEP
    for day, count in found:
        if gathered >= A_STEP:
            stretches.append((day, day))
            gathered = 0
        stretches[-1] = (stretches[-1][0], day)
        gathered += count
    return stretches


def _participations(found: Sequence[Any], days: _Days) -> list[Participation]:
    # plain text instead of values: at a hundred thousand rows, making enums costs more than the query
    return [
        Participation(
            number,
            sex,
            days.birth(number),
            referrer,
            education,
            livelihood.partition("+")[0],
            months,
            days[enrolled],
            days[discharged] if discharged else None,
            reason,
            destination,
            out.partition("+")[0] if out else None,
            bool(again),
            bool(consented) and not protected,
            episode_id,
        )
        for (
            number, sex, referrer, education, livelihood, months, enrolled, discharged, reason,
            destination, out, again, protected, consented, episode_id,
        ) in found
        if reason != DischargeReason.FELREGISTRERAD
    ]  # fmt: skip


class _Days(dict[str, date]):
    """Each day of the texts is parsed once."""

    def __init__(self) -> None:
        super().__init__()
        self._births: dict[str, date | None] = {}

    def __missing__(self, text: str) -> date:
        day = self[text] = date.fromisoformat(text)
        return day

    def birth(self, digits: str) -> date | None:
        """The birth date of a number, samordningsnummer too; None when it is not known."""
        key = digits[:8]
        if key not in self._births:
            self._births[key] = PersonalNumber(digits).birth_date
        return self._births[key]


def _statement(activity_id: ActivityId, first: date, last: date, today: date) -> Select[Any]:
    """Episodes that overlap the period, with whether their person had consented to statistics on any day of it."""
    consented = exists().where(
        _C.case_id == _E.referral_id,
        _C.purpose == Purpose.UPPFOLJNING,
        _C.from_on <= func.coalesce(_E.discharged_on, type_coerce(today, DAY)),
        or_(_C.until_on.is_(None), _C.until_on >= _E.enrolled_on),
        or_(_C.withdrawn_on.is_(None), and_(_C.withdrawn_on > _E.enrolled_on, _C.withdrawn_on > _C.from_on)),
    )
    as_text = [
        _P.number, _P.sex, _R.referrer, _R.education, _R.livelihoods, _R.support_months, _E.enrolled_on,
        _E.discharged_on, _E.discharge_reason, _E.destination, _E.livelihoods_out,
    ]  # fmt: skip
    columns: list[Any] = [
        *(type_coerce(column, Text) for column in as_text),
        _R.earlier_episode_id.is_not(None),
        type_coerce(_P.protected, Text),
        consented,
        _E.id,
    ]
    return (
        select(*columns)
        .select_from(tables.episode)
        .join(tables.referral, _E.referral_id == _R.id)
        .join(tables.person, _E.person_id == _P.id)
        .where(*_overlapping(activity_id, first, last))
    )


def _overlapping(activity_id: ActivityId, first: date, last: date) -> list[ColumnElement[bool]]:
    """Which episodes the period holds a day of."""
    not_before = or_(_E.discharged_on.is_(None), _E.discharged_on >= first)
    return [_E.activity_id == activity_id, _E.enrolled_on <= last, not_before]
