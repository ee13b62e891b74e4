"""NAFS in figures, out of the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from misam_desktop.domain.activity import Activity
from misam_desktop.domain.agenda import was_taken_up
from misam_desktop.domain.consent import Consent
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
from misam_desktop.queries.counted import BehindRow, Making, Source, Thing
from misam_desktop.queries.meeting_figures import cancelled_for, meetings
from misam_desktop.queries.near import FAR, nafs_cases_near
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look

T = TypeVar("T")
_N, _P, _U, _M = tables.nafs_case.c, tables.person.c, tables.unit.c, tables.meeting.c
_I, _Q, _C = tables.agenda_item.c, tables.question.c, tables.consent.c


def making(look: Look, activity: Activity, *, first: date, last: date) -> Making:
    """The report of a NAFS team for a period. Raises PeriodBackwards."""
    cases = Source(
        of=Thing.NAFS_CASE,
        tables=case_tables(first=first, last=last),
        batches=lambda: iter([_cases(look, activity, first, last)]),
        told=_tell(look, lambda one: one.raised_on, lambda one: one.treated_on),
        order=lambda one: (one.raised_on, one.case_id),
    )
    questions = Source(
        of=Thing.QUESTION,
        tables=question_tables(first=first, last=last),
        batches=_read(look, AskedQuestion, _questions(activity, first, last)),
        told=_tell(look, lambda one: one.asked_on, lambda one: one.answered_on),
        order=lambda one: (one.asked_on, one.question_id),
    )
    feedback = Source(
        of=Thing.FEEDBACK,
        tables=feedback_tables(as_of=min(last, look.today)),
        batches=lambda: iter([_feedback(look, activity, first, last)]),
        told=_tell(look, lambda one: one.meeting_on, lambda one: one.given_on),
        order=lambda one: (one.meeting_on, one.item_id),
    )
    reasons = reasons_of(cancelled_for(look, activity, first=first, last=last))
    held = meetings(look, activity, meeting_tables(reasons), first=first, last=last)
    return Making(
        sources=(cases, held, questions, feedback),
        report=lambda counting: as_nafs_report(counting, first=first, last=last),
    )


def _read(look: Look, kind: Callable[..., T], statement: Select[Any]) -> Callable[[], Iterator[Sequence[T]]]:
    """A team has some hundred cases a year: one step reads them."""
    return lambda: iter([[kind(*row) for row in look.conn.execute(statement)]])


def _tell(
    look: Look, since: Callable[[Any], date], until: Callable[[Any], date | None]
) -> Callable[[Sequence[Any]], Iterator[BehindRow]]:
    def told(some: Sequence[Any]) -> Iterator[BehindRow]:
        near = nafs_cases_near(look, [one.case_id for one in some])
        for one in some:
            found = near.get(one.case_id, FAR)
            yield BehindRow(found.name, since(one), until(one), nafs_case_id=found.nafs_case_id)

    return told


def _is_held() -> ColumnElement[bool]:
    """A meeting that was begun; one that was cancelled never is (``domain.meeting.state_of``)."""
    return and_(or_(_M.opened_at.is_not(None), _M.closed_at.is_not(None)), _M.cancelled_why == "")


def _cases(look: Look, activity: Activity, first: date, last: date) -> list[RaisedCase]:
    which = (_N.activity_id == activity.id, _N.submitted_at.is_not(None), _N.raised_on.between(first, last))
    statement = (
        select(_N.id, _P.sex, _U.agency, _P.protected, _N.raised_on, _N.withdrawn_on)
        .select_from(tables.nafs_case)
        .join(tables.person, _N.person_id == _P.id)
        .join(tables.unit, _N.unit_id == _U.id)
        .where(*which)
    )
    treated = dict[str, date]()
    for item in _taken_up(look, *which):
        treated.setdefault(item.case_id, item.on)
    return [
        RaisedCase(one.id, one.sex, one.agency, one.protected, one.raised_on, treated.get(one.id), one.withdrawn_on)
        for one in look.conn.execute(statement)
    ]


def _taken_up(look: Look, *which: ColumnElement[bool]) -> list[Any]:
    """What became of cases at the meetings that took them up, the first first: their items, of some cases."""
    owing = tables.unit.alias("owing")
    of_these = (
        tables.agenda_item.join(tables.meeting, _I.meeting_id == _M.id)
        .join(tables.nafs_case, _I.case_id == _N.id)
        .join(tables.unit, _N.unit_id == _U.id)
    )
    agreed = or_(_I.next_step != "", _I.feedback_on.is_not(None)).label("agreed")
    agency = func.coalesce(owing.c.agency, _U.agency, type_=_U.agency.type).label("agency")
    statement = (
        select(_I.id, _I.case_id, agency, _M.on, _I.feedback_on, _N.withdrawn_on, agreed)
        .select_from(
            of_these.outerjoin(tables.contact, _I.feedback_by == tables.contact.c.id).outerjoin(
                owing, tables.contact.c.unit_id == owing.c.id
            )
        )
        .where(_is_held(), *which)
        .order_by(_M.on)
    )
    consents = defaultdict[str, list[Consent]](list)
    named = select(_I.case_id).select_from(of_these).where(_is_held(), *which)
    for one in rows.consents.where(look.conn, _C.case_id.in_(named)):
        consents[one.case_id].append(one)
    return [
        row
        for row in look.conn.execute(statement)
        if was_taken_up(row.on, consents[row.case_id], withdrawn_on=row.withdrawn_on, agreed=row.agreed)
    ]


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


def _feedback(look: Look, activity: Activity, first: date, last: date) -> list[OwedFeedback]:
    """Of the cases that a held meeting took up: the answer is owed by whoever was named, else by who raised them."""
    found = _taken_up(look, _M.activity_id == activity.id, _M.on.between(first, last))
    return [OwedFeedback(one.id, one.case_id, one.agency, one.on, one.feedback_on) for one in found]
