"""What waits for the one who asks: the tasks of Idag, sorted by what happens if they are left lying."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, true, union_all

from misam_desktop.domain.access import in_activity
from misam_desktop.domain.activity import Activity, Anchor, Kind
from misam_desktop.domain.asked import AskedStep
from misam_desktop.domain.clocks import add_months
from misam_desktop.domain.codes import Outcome, PaperKind, Purpose
from misam_desktop.domain.episode import rereferral_until
from misam_desktop.domain.follow_up import SOON
from misam_desktop.domain.ids import ActivityId
from misam_desktop.queries import reach, shown
from misam_desktop.queries.agenda import still_owed
from misam_desktop.queries.asked import waiting_rows
from misam_desktop.queries.follow_ups import FollowUpRow, due_rows
from misam_desktop.queries.forum import is_accepted, next_day
from misam_desktop.queries.forum_queue import waits_for_forum
from misam_desktop.queries.referrals import is_unanswered
from misam_desktop.queries.sip_tasks import sip_tasks
from misam_desktop.queries.task_rows import (
    ENDS,
    Task,
    TodayRow,
    Urgency,
    coordinates,
    dated,
    ending,
    first_ends,
    undated,
)
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look
from misam_desktop.wording import how_many, occasion_words

_R, _E, _P, _C, _F = (
    tables.referral.c,
    tables.episode.c,
    tables.person.c,
    tables.consent.c,
    tables.follow_up.c,
)
_N, _I, _D = tables.nafs_case.c, tables.agenda_item.c, tables.disclosure.c
MARGIN = timedelta(days=3)
NEWS = timedelta(days=14)
"""How long a forum's answer is told of when no letter of it is given."""
_NAME = (_P.given_name, _P.family_name, _P.protected, _P.protected_owners)


def tasks(look: Look) -> list[TodayRow]:
    """What waits for an actor who may see cases, the gravest first."""
    found = [
        *_feedback(look),
        *_follow_ups(look),
        *_to_complete(look),
        *_answers(look),
        *_consents_that_end(look),
        *_nafs_consents_that_end(look),
        *_windows_that_close(look),
        *sip_tasks(look),
        *_questionnaires(look),
        *(_to_enrol(look) if coordinates(look) else ()),
        *(_without_lead(look) if coordinates(look) else ()),
    ]
    return sorted(found, key=lambda row: (row.urgency, row.due_on or date.max, row.object_id))


def _follow_ups(look: Look) -> list[TodayRow]:
    """The actor's own; a koordinator also takes those that nobody has."""
    mine = reach.is_actor(_F.owner_id, look)
    whose = or_(mine, _F.owner_id.is_(None)) if coordinates(look) else mine
    return [_follow_up(look, row) for row in due_rows(look, whose, until=look.today + SOON)]


def _follow_up(look: Look, row: FollowUpRow) -> TodayRow:
    after = " efter avslut" if row.anchor is Anchor.DISCHARGE else ""
    return dated(
        look,
        Task.FOLLOW_UP,
        row.id,
        what=f"Uppföljning {how_many(row.months, 'månad', 'månader')}{after}",
        name=row.name,
        due_on=row.due_on,
        episode_id=row.episode_id,
    )


def _feedback(look: Look) -> list[TodayRow]:
    """The answers of NAFS meetings that the actor owes the persons: seven working days from the meeting."""
    statement = (
        select(_I.id, _I.meeting_id, _I.case_id, *_NAME, reach.nafs_identity(look).label("identified"))
        .select_from(tables.agenda_item)
        .join(tables.nafs_case, _I.case_id == _N.id)
        .join(tables.person, _N.person_id == _P.id)
        .where(reach.is_actor(_I.feedback_by, look), _I.feedback_on.is_(None), reach.nafs_cases(look))
    )
    found = []
    for row in look.conn.execute(statement):
        item, meeting = rows.agenda_items.get(look.conn, row.id), rows.meetings.get(look.conn, row.meeting_id)
        due_on = still_owed(look, item, meeting)
        if due_on is not None:
            told = dated(look, Task.FEEDBACK, row.id, what="Återkoppling", name=shown.name(look, row), due_on=due_on)
            found.append(told._replace(nafs_case_id=row.case_id))
    return found


def _questionnaires(look: Look) -> list[TodayRow]:
    """Those to offer, by their day, and those that were offered, until they are answered or let go of."""
    return [
        dated(
            look,
            Task.OFFER_QUESTIONS if one.step is AskedStep.OFFER else Task.NOTE_ANSWERED,
            f"{one.episode_id} {one.code}",
            what=f"Indikatorenkät {occasion_words(one.code)}",
            name=one.name,
            due_on=one.due_on,
            episode_id=one.episode_id,
        )._replace(asked=one)
        for one in waiting_rows(look)
    ]


def _to_complete(look: Look) -> list[TodayRow]:
    """Referrals that the forum sent back to be completed by its next day; a koordinator completes those of «Annan»."""
    statement = _referrals(look, _R.id, _R.activity_id).where(waits_for_forum(), _R.outcome == Outcome.KOMPLETTERA)
    whose = or_(_in_hand(look), _R.unit_id.is_(None)) if coordinates(look) else _in_hand(look)
    found = look.conn.execute(statement.where(whose, reach.cases(look))).all()
    next_days = {one: next_day(look, rows.activities.get(look.conn, one)) for one in {row.activity_id for row in found}}
    return [
        dated(
            look,
            Task.COMPLETE,
            row.id,
            what="Ska kompletteras",
            name=shown.name(look, row),
            due_on=next_days[row.activity_id],
            referral_id=row.id,
        )
        for row in found
    ]


def _answers(look: Look) -> list[TodayRow]:
    """Referrals that the forum has answered for good, until the referrer or the person has its letter, or for a while.

    One that is accepted waits for enrolment instead.
    """
    whose = or_(_in_hand(look), _R.unit_id.is_(None)) if coordinates(look) else _in_hand(look)
    told = exists().where(_D.case_id == _R.id, _D.paper.in_((PaperKind.BEDOMNING, PaperKind.BESKED)))
    statement = _referrals(look, _R.id, _R.outcome_on).where(
        _R.outcome.not_in((Outcome.ANTAS, Outcome.KOMPLETTERA)),
        _R.outcome_on >= look.today - NEWS,
        _R.withdrawn_on.is_(None),
        _R.episode_id.is_(None),
        ~told,
    )
    return [
        undated(look, row, Task.ANSWER, Urgency.ENROL, what="Forumets svar", since=row.outcome_on, referral_id=row.id)
        for row in look.conn.execute(statement.where(whose, reach.cases(look)))
    ]


def _consents_that_end(look: Look) -> list[TodayRow]:
    """Cases that go on while a consent ends, or has ended, and has not been renewed; each once, by its first."""
    open_episodes = select(_E.referral_id).where(_E.discharged_on.is_(None))
    ends_on = first_ends(look, union_all(open_episodes, select(_R.id).where(is_unanswered())))
    statement = _referrals(look, _R.id, _R.episode_id).where(_R.id.in_(ends_on), _watched(look))
    return [
        dated(
            look,
            Task.CONSENT,
            row.episode_id or row.id,
            what=ending(look, ends_on[row.id]),
            name=shown.name(look, row),
            due_on=ends_on[row.id],
            referral_id=row.id,
            episode_id=row.episode_id,
        )
        for row in look.conn.execute(statement)
    ]


def _nafs_consents_that_end(look: Look) -> list[TodayRow]:
    """The same of NAFS cases: to who leads the team's meetings, and to who has raised the case or passed it on."""
    mine = or_(reach.is_actor(_N.raised_by, look), reach.is_actor(_N.passed_by, look))
    whose = true() if reach.coordinates(look, Purpose.NAFS) else mine
    statement = (
        select(_N.id, *_NAME, reach.nafs_identity(look).label("identified"))
        .select_from(tables.nafs_case)
        .join(tables.person, _N.person_id == _P.id)
        .where(_N.withdrawn_on.is_(None), ~_is_over(), whose, reach.nafs_cases(look))
    )
    named = {row.id: row for row in look.conn.execute(statement)}
    return [
        dated(
            look, Task.CONSENT, case_id, what=ending(look, on), name=shown.name(look, named[case_id]), due_on=on
        )._replace(nafs_case_id=case_id)
        for case_id, on in first_ends(look, named).items()
    ]


def _is_over() -> ColumnElement[bool]:
    """Which NAFS cases have been taken up, their persons told of it, and stand on no agenda any more."""
    items = select(_I.id).where(_I.case_id == _N.id)
    return and_(items.exists(), ~items.where(_I.feedback_on.is_(None)).exists())


def _windows_that_close(look: Look) -> list[TodayRow]:
    """Ended episodes whose person can soon no longer come back as a re-referral, and has not come back."""
    return [
        row
        for activity in forum_activities(look)
        if activity.settings.rereferral_months
        for row in _windows_of(look, activity.id, activity.settings.rereferral_months)
    ]


def _windows_of(look: Look, activity_id: ActivityId, months: int) -> Iterator[TodayRow]:
    # a month's last day can stand for up to three days of the month before: fetched wide, settled by the rule
    first, last = add_months(look.today, -months), add_months(look.today + ENDS, -months)
    statement = _episodes(look, _E.id, _E.discharged_on, _E.discharge_reason).where(
        _E.activity_id == activity_id,
        _E.discharged_on.between(first - MARGIN, last + MARGIN),
        ~_came_back(look),
        _watched(look),
    )
    for row in look.conn.execute(statement):
        until = rereferral_until(row, months=months)
        if until is not None and look.today <= until <= look.today + ENDS:
            yield dated(
                look,
                Task.REREFERRAL,
                row.id,
                what="Återremiss möjlig till",
                name=shown.name(look, row),
                due_on=until,
                episode_id=row.id,
            )


def _came_back(look: Look) -> ColumnElement[bool]:
    """Whose person has been referred to the activity again since, in the same circle or within the actor's reach."""
    again, its_episode = tables.referral.alias("again"), tables.episode.alias("its_episode")
    twin = tables.person.alias("twin")
    return exists(
        select(again.c.id)
        .select_from(
            twin.join(again, again.c.person_id == twin.c.id).outerjoin(
                its_episode, again.c.episode_id == its_episode.c.id
            )
        )
        .where(
            twin.c.number == _P.number,
            again.c.activity_id == _E.activity_id,
            again.c.withdrawn_on.is_(None),
            again.c.referred_on >= _E.discharged_on,
            or_(twin.c.id == _P.id, reach.cases(look, referral=again.c, episode=its_episode.c)),
        )
    )


def _to_enrol(look: Look) -> list[TodayRow]:
    """Accepted referrals that wait for the koordinator's enrolment."""
    statement = _referrals(look, _R.id, _R.outcome_on).where(is_accepted(), reach.cases(look))
    return [
        undated(
            look, row, Task.ENROL, Urgency.ENROL, what="Väntar på inskrivning", since=row.outcome_on, referral_id=row.id
        )
        for row in look.conn.execute(statement)
    ]


def _without_lead(look: Look) -> list[TodayRow]:
    """Open episodes that nobody holds together yet."""
    statement = _episodes(look, _E.id, _E.enrolled_on).where(
        _E.discharged_on.is_(None), _E.case_lead_id.is_(None), reach.cases(look)
    )
    return [
        undated(
            look,
            row,
            Task.CASE_LEAD,
            Urgency.CASE_LEAD,
            what="Saknar samordnare",
            since=row.enrolled_on,
            episode_id=row.id,
        )
        for row in look.conn.execute(statement)
    ]


def _referrals(look: Look, *columns: Any) -> Select[Any]:
    """Referrals with their person and, once enrolled, their episode; the name follows the columns asked for."""
    return (
        select(*columns, *_NAME, reach.identity(look).label("identified"))
        .select_from(tables.referral)
        .join(tables.person, _R.person_id == _P.id)
        .outerjoin(tables.episode, _R.episode_id == _E.id)
    )


def _episodes(look: Look, *columns: Any) -> Select[Any]:
    """Episodes with their referral and person; the name follows the columns asked for."""
    return (
        select(*columns, *_NAME, reach.identity(look).label("identified"))
        .select_from(tables.episode)
        .join(tables.referral, _E.referral_id == _R.id)
        .join(tables.person, _E.person_id == _P.id)
    )


def _watched(look: Look) -> ColumnElement[bool]:
    """Which cases the actor is reminded of: a koordinator of all within reach, others of those in their hands."""
    return reach.cases(look) if coordinates(look) else and_(_in_hand(look), reach.cases(look))


def _in_hand(look: Look) -> ColumnElement[bool]:
    """Which cases are the actor's to act on: theirs by name, or their unit's while nobody is named."""
    working = or_(
        reach.is_actor(_E.case_worker_id, look),
        reach.is_actor(_E.case_lead_id, look),
        and_(_E.case_worker_id.is_(None), _E.commissioner_id == look.actor.unit_id),
    )
    referring = or_(
        reach.is_actor(_R.contact_id, look), and_(_R.contact_id.is_(None), _R.unit_id == look.actor.unit_id)
    )
    return or_(and_(_E.id.is_not(None), working), and_(_E.id.is_(None), referring))


def forum_activities(look: Look) -> list[Activity]:
    """The actor's activities that run on a forum."""
    found = rows.activities.where(look.conn, order_by=[tables.activity.c.name])
    return [one for one in found if one.settings.kind is Kind.FORUM and in_activity(look.actor, one.id)]
