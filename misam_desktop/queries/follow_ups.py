"""Uppföljningar: what waits, for whom, and one follow-up for its form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, select

from misam_desktop.domain.access import Actor, May
from misam_desktop.domain.activity import Activity, Anchor
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.follow_up import FollowUp, FollowUpState, state_of
from misam_desktop.domain.gate import let_through
from misam_desktop.domain.ids import ContactId, EpisodeId, FollowUpId
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.domain.people import Person
from misam_desktop.domain.protection import covered
from misam_desktop.queries import reach, shown
from misam_desktop.store import rows, subjects, tables
from misam_desktop.store.types import DAY
from misam_desktop.vault import Look, query

_F, _E, _R, _P, _U = tables.follow_up.c, tables.episode.c, tables.referral.c, tables.person.c, tables.unit.c
AHEAD = timedelta(days=92)
"""How far ahead the list of coming follow-ups reaches."""
_ROWS = (
    select(
        _F.id, _F.episode_id, _F.anchor, _F.months, _F.due_on, _F.original_due_on, _F.done_on, _F.cancelled_on,
        _F.unreached_on, _F.tries, _F.owner_id, _F.version, _P.given_name, _P.family_name, _P.number, _P.protected,
        _P.protected_owners, tables.contact.c.name.label("owner"), _U.short,
    )
    .select_from(tables.follow_up)
    .join(tables.episode, _F.episode_id == _E.id)
    .join(tables.referral, _E.referral_id == _R.id)
    .join(tables.person, _E.person_id == _P.id)
    .outerjoin(tables.contact, _F.owner_id == tables.contact.c.id)
    .outerjoin(tables.unit, _E.commissioner_id == _U.id)
)  # fmt: skip


class FollowUpRow(NamedTuple):
    """One open follow-up in a list."""

    id: FollowUpId
    episode_id: EpisodeId
    name: str
    number: str
    anchor: Anchor
    months: int
    due_on: date
    original_due_on: date
    state: FollowUpState
    days_left: int
    tries: int
    owner_id: ContactId | None
    owner: str
    commissioner: str
    version: int


@query("follow_ups.listed", needs=May.SEE_CASES)
def open_follow_ups(look: Look, *, mine: bool = False, until: date | None = None) -> list[FollowUpRow]:
    """Open follow-ups within reach, the earliest first; ``mine``: those the actor owns."""
    last = until if until is not None else look.today + AHEAD
    statement = _mine(_Asker(look.actor, look.needs, look.today, look.shut_out)) if mine else _due(look)
    return _listed(look, statement, until=last)


def due_rows(look: Look, *conditions: ColumnElement[bool], until: date) -> list[FollowUpRow]:
    """The same for a question that has been let through already: open follow-ups within reach, due by a day."""
    return _listed(look, _due(look, *conditions), until=until)


class _Asker(NamedTuple):
    actor: Actor
    needs: May
    today: date
    shut_out: frozenset[str]


@lru_cache(maxsize=16)
def _mine(asker: _Asker) -> Select[Any]:
    """The worklist, opened most of all: its statement is put together once for each who asks."""
    return _due(asker, reach.is_actor(_F.owner_id, asker))


def _due(asker: reach.Asker, *conditions: ColumnElement[bool]) -> Select[Any]:
    within = (is_open(), _F.due_on <= bindparam("until", type_=DAY), reach.cases(asker), *conditions)
    statement = _ROWS.add_columns(reach.identity(asker).label("identified"))
    return statement.where(*within).order_by(_F.due_on, _F.id)


def _listed(look: Look, statement: Select[Any], *, until: date) -> list[FollowUpRow]:
    return [_row(look, row) for row in look.conn.execute(statement, {"until": until})]


def is_open() -> ColumnElement[bool]:
    """Which follow-ups wait to be done."""
    return and_(_F.done_on.is_(None), _F.cancelled_on.is_(None))


def _row(look: Look, row: Any) -> FollowUpRow:
    return FollowUpRow(
        id=row.id,
        episode_id=row.episode_id,
        name=shown.name(look, row),
        number=shown.number(row),
        anchor=row.anchor,
        months=row.months,
        due_on=row.due_on,
        original_due_on=row.original_due_on,
        state=state_of(row, today=look.today),
        days_left=(row.due_on - look.today).days,
        tries=row.tries,
        owner_id=row.owner_id,
        owner=row.owner or "",
        commissioner=row.short or "",
        version=row.version,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpPage:
    """One follow-up for its form, prefilled from the last one that was done, or from the entry."""

    follow_up: FollowUp
    person: Person
    episode: Episode
    activity: Activity
    last_step: int | None
    last_livelihoods: Livelihoods
    last_next_step: str
    last_note: str
    last_on: date | None


@query("follow_up.opened", needs=May.FOLLOW_UP)
def one_follow_up(look: Look, follow_up_id: FollowUpId) -> FollowUpPage:
    """One follow-up. Raises NotFound, also for what the actor may not see."""
    conn = look.conn
    follow_up = rows.follow_ups.get(conn, follow_up_id)
    episode = rows.episodes.get(conn, follow_up.episode_id)
    look.opened(follow_up.id, episode.person_id)
    subject = subjects.of_follow_up(conn, follow_up, episode)
    kinds = look.require(subject).kinds
    referral = rows.referrals.get(conn, episode.referral_id)
    of_entry = look.allowed(replace(subject, home_id=referral.home_id)).kinds
    found = rows.follow_ups.where(
        conn, _F.episode_id == episode.id, _F.done_on.is_not(None), order_by=[_F.done_on.desc(), _F.due_on.desc()]
    )
    done = [let_through(one, kinds) for one in found[:1]]
    entry = let_through(referral, of_entry).livelihoods
    return FollowUpPage(
        follow_up=let_through(follow_up, kinds),
        person=covered(let_through(rows.persons.get(conn, episode.person_id), of_entry), days=[look.today]),
        episode=let_through(episode, kinds),
        activity=rows.activities.get(conn, episode.activity_id),
        last_step=done[0].step if done else None,
        last_livelihoods=(done[0].livelihoods if done else None) or entry,
        last_next_step=done[0].next_step if done else "",
        last_note=done[0].note if done else "",
        last_on=done[0].done_on if done else None,
    )
