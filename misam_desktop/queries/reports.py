"""The figures: fetched once, counted in the domain."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, Text, and_, exists, func, or_, select, type_coerce

from misam_desktop.domain.access import May, in_activity
from misam_desktop.domain.codes import DischargeReason, Purpose
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ActivityId
from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.domain.text import sort_key
from misam_desktop.domain.yearly import Account, Participation, account
from misam_desktop.store import tables
from misam_desktop.store.types import DAY
from misam_desktop.vault import Look, query

_E, _R, _P, _C = tables.episode.c, tables.referral.c, tables.person.c, tables.consent.c


class ActivityUnknown(UserError):
    """No activity has this name; ``known`` says which there are."""

    code = "activity_unknown"


@query("report.yearly_account", needs=May.SEE_REPORTS)
def yearly_account(look: Look, activity_name: str, *, first: date, last: date) -> Account:
    """The yearly account of an activity by its name, for a period. Raises ActivityUnknown, PeriodBackwards."""
    table = tables.activity.c
    named = {name: ActivityId(row_id) for name, row_id in look.conn.execute(select(table.name, table.id))}
    known = {name: activity_id for name, activity_id in named.items() if in_activity(look.actor, activity_id)}
    for name, activity_id in known.items():
        if name.casefold() == activity_name.strip().casefold():
            return account_of(look, activity_id, first=first, last=last)
    raise ActivityUnknown(known=", ".join(sorted(known, key=sort_key)))


def account_of(look: Look, activity_id: ActivityId, *, first: date, last: date) -> Account:
    """The same by the activity's id, for whoever has asked the door already. Raises PeriodBackwards."""
    participations, misregistered = _participations(look, activity_id, first, last)
    return account(participations, first=first, last=last, misregistered=misregistered)


def _participations(look: Look, activity_id: ActivityId, first: date, last: date) -> tuple[list[Participation], int]:
    # plain text instead of values: at a hundred thousand rows, making enums costs more than the query
    found = look.conn.execute(_statement(activity_id, first, last, look.today)).all()
    misregistered = sum(row[9] == DischargeReason.FELREGISTRERAD for row in found)
    days = _Days()
    return [
        Participation(
            person_id,
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
        )
        for (
            person_id, sex, number, referrer, education, livelihood, months, enrolled, discharged, reason,
            destination, out, again, protected, consented,
        ) in found
        if reason != DischargeReason.FELREGISTRERAD
    ], misregistered  # fmt: skip


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
        _C.referral_id == _E.referral_id,
        _C.purpose == Purpose.UPPFOLJNING,
        _C.from_on <= func.coalesce(_E.discharged_on, type_coerce(today, DAY)),
        or_(_C.until_on.is_(None), _C.until_on >= _E.enrolled_on),
        or_(_C.withdrawn_on.is_(None), and_(_C.withdrawn_on > _E.enrolled_on, _C.withdrawn_on > _C.from_on)),
    )
    as_text = [
        _E.person_id, _P.sex, _P.number, _R.referrer, _R.education, _R.livelihoods, _R.support_months, _E.enrolled_on,
        _E.discharged_on, _E.discharge_reason, _E.destination, _E.livelihoods_out,
    ]  # fmt: skip
    columns: list[Any] = [
        *(type_coerce(column, Text) for column in as_text),
        _R.earlier_episode_id.is_not(None),
        type_coerce(_P.protected, Text),
        consented,
    ]
    return (
        select(*columns)
        .select_from(tables.episode)
        .join(tables.referral, _E.referral_id == _R.id)
        .join(tables.person, _E.person_id == _P.id)
        .where(
            _E.activity_id == activity_id,
            _E.enrolled_on <= last,
            or_(_E.discharged_on.is_(None), _E.discharged_on >= first),
        )
    )
