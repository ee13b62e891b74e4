"""The episodes of an activity as the reports count them, some hundred at a time, and as lists tell them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, Text, and_, exists, func, or_, select, type_coerce

from misam_desktop.domain.codes import DischargeReason, Purpose
from misam_desktop.domain.counting import Table
from misam_desktop.domain.ids import ActivityId
from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.domain.yearly import Participation
from misam_desktop.queries.counted import BehindRow, Source, Thing, told_by_case
from misam_desktop.queries.near import episodes_near
from misam_desktop.queries.stretches import in_stretches
from misam_desktop.store import tables
from misam_desktop.store.types import DAY
from misam_desktop.vault import Look

_E, _R, _P, _C = tables.episode.c, tables.referral.c, tables.person.c, tables.consent.c


def participations(
    look: Look, activity_id: ActivityId, of: tuple[Table[Participation], ...], *, first: date, last: date
) -> Source[Participation]:
    """The episodes that overlap a period, and what counts them."""
    return Source(
        of=Thing.EPISODE,
        tables=of,
        batches=lambda: participation_batches(look, activity_id, first, last),
        told=told_stays(look),
        order=lambda p: (p.enrolled_on, p.episode_id),
    )


def is_real() -> ColumnElement[bool]:
    """Whether an episode, if there is one, was not registered by mistake: such count nowhere."""
    return or_(_E.discharge_reason.is_(None), _E.discharge_reason != DischargeReason.FELREGISTRERAD)


def misregistered(look: Look, activity_id: ActivityId, *, first: date, last: date) -> int:
    """How many episodes of the period were registered by mistake."""
    is_mistake = _E.discharge_reason == DischargeReason.FELREGISTRERAD
    found = look.conn.execute(select(func.count()).where(*overlapping(activity_id, first, last), is_mistake))
    return int(found.scalar_one())


def overlapping(activity_id: ActivityId, first: date, last: date) -> list[ColumnElement[bool]]:
    """Which episodes the period holds a day of."""
    not_before = or_(_E.discharged_on.is_(None), _E.discharged_on >= first)
    return [_E.activity_id == activity_id, _E.enrolled_on <= last, not_before]


class _Stayed(Protocol):
    @property
    def episode_id(self) -> str: ...
    @property
    def enrolled_on(self) -> date: ...
    @property
    def discharged_on(self) -> date | None: ...


def told_stays(look: Look) -> Callable[[Sequence[_Stayed]], Iterator[BehindRow]]:
    """How episodes are told, from their first day to their last."""
    return told_by_case(
        look,
        episodes_near,
        lambda one: one.episode_id,
        since=lambda one: one.enrolled_on,
        until=lambda one: one.discharged_on,
    )


def participation_batches(
    look: Look, activity_id: ActivityId, first: date, last: date
) -> Iterator[list[Participation]]:
    """The same episodes, some hundred at a time; nothing where a step does nothing but let others come between."""
    days = Days()
    statement = _statement(activity_id, first, last, look.today)
    for found in in_stretches(look, statement, _E.enrolled_on, overlapping(activity_id, first, last)):
        yield _participations(found, days)


def _participations(found: Sequence[Any], days: Days) -> list[Participation]:
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
            days.or_none(discharged),
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


class Days(dict[str, date]):
    """Each day of the texts is parsed once."""

    def __init__(self) -> None:
        super().__init__()
        self._births: dict[str, date | None] = {}

    def __missing__(self, text: str) -> date:
        day = self[text] = date.fromisoformat(text)
        return day

    def or_none(self, text: str | None) -> date | None:
        """The same of a text that may be none."""
        return self[text] if text else None

    def birth(self, digits: str) -> date | None:
        """The birth date of a number, samordningsnummer too; None when it is not known."""
        key = digits[:8]
        if key not in self._births:
            self._births[key] = PersonalNumber(digits).birth_date
        return self._births[key]


def has_consented(
    today: date, *, since: ColumnElement[Any] = _E.enrolled_on, case_id: ColumnElement[Any] = _E.referral_id
) -> ColumnElement[bool]:
    """Whether the person of an episode had consented to statistics on any day of it, or of a case since a day."""
    return exists().where(
        _C.case_id == case_id,
        _C.purpose == Purpose.UPPFOLJNING,
        _C.from_on <= func.coalesce(_E.discharged_on, type_coerce(today, DAY)),
        or_(_C.until_on.is_(None), _C.until_on >= since),
        or_(_C.withdrawn_on.is_(None), and_(_C.withdrawn_on > since, _C.withdrawn_on > _C.from_on)),
    )


def _statement(activity_id: ActivityId, first: date, last: date, today: date) -> Select[Any]:
    as_text = [
        _P.number, _P.sex, _R.referrer, _R.education, _R.livelihoods, _R.support_months, _E.enrolled_on,
        _E.discharged_on, _E.discharge_reason, _E.destination, _E.livelihoods_out,
    ]  # fmt: skip
    columns: list[Any] = [
        *(type_coerce(column, Text) for column in as_text),
        _R.earlier_episode_id.is_not(None),
        type_coerce(_P.protected, Text),
        has_consented(today),
        _E.id,
    ]
    return (
        select(*columns)
        .select_from(tables.episode)
        .join(tables.referral, _E.referral_id == _R.id)
        .join(tables.person, _E.person_id == _P.id)
        .where(*overlapping(activity_id, first, last))
    )
