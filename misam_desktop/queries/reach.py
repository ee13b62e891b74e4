"""The predicate compiled into SQL: which cases a list, a search or a count may hold for this actor.

The same rules as ``domain.access.may`` for a case, in the same order, but for one: a protected person stays in lists,
as «Skyddad» (``queries.shown``), and only opening the record is refused. What depends on the actor alone is settled
before the statement is built.
"""

from __future__ import annotations

from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, false, or_
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from misam_desktop.domain.access import Actor, May, may
from misam_desktop.domain.codes import Role
from misam_desktop.store import tables

_R, _E, _F = tables.referral.c, tables.episode.c, tables.follow_up.c
Columns = ReadOnlyColumnCollection[str, Any]


class Asker(Protocol):
    """Who asks, and for what: all that reach depends on. A ``Look`` is one."""

    @property
    def actor(self) -> Actor:
        """Who is at the keyboard."""

    @property
    def needs(self) -> May:
        """What the question or command needs."""


def referrals(look: Asker, *, referral: Columns = _R, episode: Columns = _E) -> ColumnElement[bool]:
    """Which referrals, in a statement that joins ``referral`` and outer-joins ``episode``, or aliases of them."""
    return _within(look, referral, own=_own_case(look, referral, episode))


def episodes(look: Asker) -> ColumnElement[bool]:
    """Which episodes, in a statement that joins ``episode`` and ``referral``."""
    return referrals(look)


def follow_ups(look: Asker) -> ColumnElement[bool]:
    """Which follow-ups, in a statement that joins ``follow_up`` to ``episode`` and ``referral``."""
    return _within(look, _R, own=or_(_own_case(look, _R, _E), is_actor(_F.owner_id, look)))


def _within(look: Asker, referral: Columns, *, own: ColumnElement[bool]) -> ColumnElement[bool]:
    if not may(look.actor, look.needs):
        return false()
    return or_(own, _coordinated(look, referral))


def _own_case(look: Asker, referral: Columns, episode: Columns) -> ColumnElement[bool]:
    return or_(
        referral.unit_id == look.actor.unit_id,
        is_actor(referral.contact_id, look),
        episode.commissioner_id == look.actor.unit_id,
        is_actor(episode.case_worker_id, look),
        is_actor(episode.case_lead_id, look),
    )


def _coordinated(look: Asker, referral: Columns) -> ColumnElement[bool]:
    if Role.KOORDINATOR not in look.actor.roles:
        return false()
    submitted: ColumnElement[bool] = referral.submitted_at.is_not(None)
    if not look.actor.activity_ids:
        return submitted
    return and_(submitted, referral.activity_id.in_(sorted(look.actor.activity_ids)))


def is_actor(column: ColumnElement[Any], look: Asker) -> ColumnElement[bool]:
    """Where the column names the contact that the actor is; nowhere for a user who is none."""
    return false() if look.actor.contact_id is None else column == look.actor.contact_id
