"""The numbers beside the navigation: how much waits behind each entry."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from misam_desktop.domain.access import May, includes
from misam_desktop.domain.follow_up import SOON
from misam_desktop.queries import reach
from misam_desktop.queries.follow_ups import is_open
from misam_desktop.queries.forum_queue import waits_for_forum
from misam_desktop.queries.task_rows import coordinates
from misam_desktop.queries.tasks import tasks
from misam_desktop.store import tables
from misam_desktop.vault import Look, query

_R, _E, _F = tables.referral.c, tables.episode.c, tables.follow_up.c


class Badges(NamedTuple):
    """How many rows wait on Idag, how many referrals wait for a forum, how many cases go on, how many follow-ups press.

    ``follow_ups`` are the actor's own, late or soon; for a koordinator all that are late.
    """

    today: int
    referrals: int
    cases: int
    follow_ups: int


@query(None, needs=May.OWN_SESSION)
def badges(look: Look) -> Badges:
    """The numbers beside the navigation, asked again after each change; zero for those who have no cases."""
    if not includes(look.actor, May.SEE_CASES):
        return Badges(today=0, referrals=0, cases=0, follow_ups=0)
    look.needs = May.SEE_CASES
    return Badges(
        today=len(tasks(look)), referrals=_referrals(look), cases=_open_cases(look), follow_ups=_pressing(look)
    )


def _referrals(look: Look) -> int:
    statement = (
        select(func.count())
        .select_from(tables.referral)
        .outerjoin(tables.episode, _R.episode_id == _E.id)
        .where(waits_for_forum(), reach.cases(look))
    )
    return look.conn.execute(statement).scalar_one()


def _open_cases(look: Look) -> int:
    statement = (
        select(func.count())
        .select_from(tables.episode)
        .join(tables.referral, _E.referral_id == _R.id)
        .where(_E.discharged_on.is_(None), reach.cases_at_large(look))
    )
    return look.conn.execute(statement).scalar_one()


def _pressing(look: Look) -> int:
    statement = (
        select(func.count())
        .select_from(tables.follow_up)
        .join(tables.episode, _F.episode_id == _E.id)
        .join(tables.referral, _E.referral_id == _R.id)
        .where(is_open(), *_which(look), reach.cases(look))
    )
    return look.conn.execute(statement).scalar_one()


def _which(look: Look) -> tuple[ColumnElement[bool], ...]:
    if coordinates(look):
        return (_F.due_on < look.today,)
    return (_F.due_on <= look.today + SOON, reach.is_actor(_F.owner_id, look))
