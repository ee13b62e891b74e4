"""NAFS in figures, out of the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from sqlalchemy import Column, ColumnElement, ScalarSelect, Select, Text, and_, func, or_, select, type_coerce

from misam_desktop.domain.activity import Activity
from misam_desktop.domain.counting import Table
from misam_desktop.domain.meeting_figures import reasons_of
from misam_desktop.domain.nafs_report import (
    AskedQuestion,
    OwedFeedback,
    RaisedCase,
    as_nafs_report,
    case_tables,
    feedback_tables,
    meeting_tables,
    question_tables,
)
from misam_desktop.queries import reach
from misam_desktop.queries.counted import Making, Source, Thing, told_by_case
from misam_desktop.queries.meeting_figures import cancelled_for, meetings
from misam_desktop.queries.near import nafs_cases_near
from misam_desktop.queries.participations import Days
from misam_desktop.queries.stretches import in_stretches
from misam_desktop.store import tables
from misam_desktop.store.types import DAY
from misam_desktop.vault import Look

_N, _P, _U, _M = tables.nafs_case.c, tables.person.c, tables.unit.c, tables.meeting.c
_I, _Q = tables.agenda_item.c, tables.question.c


def making(look: Look, activity: Activity, *, first: date, last: date) -> Making:
    """The report of a NAFS team for a period. Raises PeriodBackwards."""
    reasons = reasons_of(cancelled_for(look, activity, first=first, last=last))
    return Making(
        sources=(
            _source(look, _RAISED, case_tables(first=first, last=last), _cases(activity, first, last)),
            meetings(look, activity, meeting_tables(reasons), first=first, last=last),
            _source(look, _ASKED, question_tables(first=first, last=last), _questions(activity, first, last)),
            _source(look, _OWED, feedback_tables(as_of=min(last, look.today)), _feedback(activity, first, last)),
        ),
        report=lambda counting: as_nafs_report(counting, first=first, last=last),
    )


class _OfCase(Protocol):
    @property
    def case_id(self) -> str: ...


T = TypeVar("T", bound=_OfCase)


class _Kind(NamedTuple, Generic[T]):
    """What is counted of cases: how one is read, by columns of which days come last, and how long a list tells it.

    ``by`` is the day by which they are read some hundred at a time.
    """

    of: Thing
    by: Column[Any]
    read: Callable[..., T]
    since: Callable[[T], date]
    until: Callable[[T], date | None]


_RAISED = _Kind(Thing.NAFS_CASE, _N.raised_on, RaisedCase, lambda one: one.raised_on, lambda one: one.treated_on)
_ASKED = _Kind(Thing.QUESTION, _N.raised_on, AskedQuestion, lambda one: one.asked_on, lambda one: one.answered_on)
_OWED = _Kind(Thing.FEEDBACK, _M.on, OwedFeedback, lambda one: one.meeting_on, lambda one: one.given_on)


def _source(look: Look, kind: _Kind[T], of: tuple[Table[T], ...], statement: Select[Any]) -> Source[T]:
    return Source(
        of=kind.of,
        tables=of,
        batches=lambda: _read(look, kind, statement),
        told=told_by_case(look, nafs_cases_near, lambda one: one.case_id, since=kind.since, until=kind.until),
        order=lambda one: (kind.since(one), one),
    )


def _read(look: Look, kind: _Kind[T], statement: Select[Any]) -> Iterator[list[T]]:
    columns, days = list(statement.selected_columns), Days()
    place = [column.type is DAY for column in columns].index(True)
    as_text: list[Any] = [type_coerce(column, Text) for column in columns]
    for found in in_stretches(look, statement.with_only_columns(*as_text), kind.by):
        yield [kind.read(*row[:place], *map(days.or_none, row[place:])) for row in found]


def _took_up() -> ColumnElement[bool]:
    """Whether a meeting was held and took up a case on its agenda (``domain.agenda.was_taken_up``).

    A meeting that was begun is held; one that was cancelled never is (``domain.meeting.state_of``). While a consent
    decides, the unit whose the case is reads it (``domain.scope.accesses``).
    """
    is_held = and_(or_(_M.opened_at.is_not(None), _M.closed_at.is_not(None)), _M.cancelled_why == "")
    agreed = or_(_I.next_step != "", _I.feedback_on.is_not(None))
    stood = or_(_N.withdrawn_on.is_(None), _N.withdrawn_on > _M.on)
    consented = reach.access_of(_N.id, _N.unit_id, on=_M.on).correlate(tables.nafs_case, tables.meeting).exists()
    return and_(is_held, or_(agreed, and_(stood, consented)))


def _cases(activity: Activity, first: date, last: date) -> Select[Any]:
    return (
        select(
            _N.id, _P.sex, _U.agency, _P.protected, _N.raised_on, _treated_on(), _N.withdrawn_on,
        )
        .select_from(tables.nafs_case)
        .join(tables.person, _N.person_id == _P.id)
        .join(tables.unit, _N.unit_id == _U.id)
        .where(_N.activity_id == activity.id, _N.submitted_at.is_not(None), _N.raised_on.between(first, last))
    )  # fmt: skip


def _treated_on() -> ScalarSelect[Any]:
    return (
        select(func.min(_M.on))
        .select_from(tables.agenda_item)
        .join(tables.meeting, _I.meeting_id == _M.id)
        .where(_I.case_id == _N.id, _took_up())
        .correlate(tables.nafs_case)
        .scalar_subquery()
    )


def _questions(activity: Activity, first: date, last: date) -> Select[Any]:
    asked_on = func.coalesce(_Q.asked_on, _N.raised_on, type_=_Q.asked_on.type)
    return (
        select(_Q.id, _Q.case_id, _U.agency, asked_on, _Q.answered_on)
        .select_from(tables.question)
        .join(tables.nafs_case, _Q.case_id == _N.id)
        .join(tables.unit, _Q.unit_id == _U.id)
        .where(
            _N.activity_id == activity.id,
            _N.submitted_at.is_not(None),
            or_(_N.withdrawn_on.is_(None), _N.withdrawn_on > last),
            asked_on.between(first, last),
        )
    )


def _feedback(activity: Activity, first: date, last: date) -> Select[Any]:
    """Of the cases that a held meeting took up: the answer is owed by whoever was named, else by who raised them."""
    owing = tables.unit.alias("owing")
    return (
        select(_I.id, _I.case_id, func.coalesce(owing.c.agency, _U.agency, type_=_U.agency.type), _M.on, _I.feedback_on)
        .select_from(tables.agenda_item)
        .join(tables.meeting, _I.meeting_id == _M.id)
        .join(tables.nafs_case, _I.case_id == _N.id)
        .join(tables.unit, _N.unit_id == _U.id)
        .outerjoin(tables.contact, _I.feedback_by == tables.contact.c.id)
        .outerjoin(owing, tables.contact.c.unit_id == owing.c.id)
        .where(_M.activity_id == activity.id, _M.on.between(first, last), _took_up())
    )
