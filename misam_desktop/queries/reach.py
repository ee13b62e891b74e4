"""The predicate compiled into SQL: which cases a list, a search or a count may hold for this actor.

The same rules as ``domain.access.may`` for a case, in the same order, but for one: a protected person stays in lists,
as «Skyddad» (``queries.shown``), and only opening the record is refused. What depends on the actor alone is settled
before the statement is built.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_

from misam_desktop.domain.access import may
from misam_desktop.domain.codes import Role
from misam_desktop.store import tables
from misam_desktop.vault import Look

_R, _E, _F = tables.referral.c, tables.episode.c, tables.follow_up.c


def referrals(look: Look) -> ColumnElement[bool]:
    """Which referrals, in a statement that joins ``referral`` and outer-joins ``episode``."""
    return _within(look, own=or_(_R.unit_id == look.actor.unit_id, _assigned_to_referral(look), _own_episode(look)))


def episodes(look: Look) -> ColumnElement[bool]:
    """Which episodes, in a statement that joins ``episode`` and ``referral``."""
    return referrals(look)


def follow_ups(look: Look) -> ColumnElement[bool]:
    """Which follow-ups, in a statement that joins ``follow_up`` to ``episode`` and ``referral``."""
    own = or_(
        _R.unit_id == look.actor.unit_id, _assigned_to_referral(look), _own_episode(look), _mine(_F.owner_id, look)
    )
    return _within(look, own=own)


def _within(look: Look, *, own: ColumnElement[bool]) -> ColumnElement[bool]:
    if not may(look.actor, look.needs):
        return false()
    return or_(own, _coordinated(look))


def _coordinated(look: Look) -> ColumnElement[bool]:
    if Role.KOORDINATOR not in look.actor.roles:
        return false()
    if not look.actor.activity_ids:
        return _R.submitted_at.is_not(None)
    return and_(_R.submitted_at.is_not(None), _R.activity_id.in_(sorted(look.actor.activity_ids)))


def _own_episode(look: Look) -> ColumnElement[bool]:
    return or_(_E.commissioner_id == look.actor.unit_id, _mine(_E.case_worker_id, look), _mine(_E.case_lead_id, look))


def _assigned_to_referral(look: Look) -> ColumnElement[bool]:
    return _mine(_R.contact_id, look)


def _mine(column: ColumnElement[str], look: Look) -> ColumnElement[bool]:
    return false() if look.actor.contact_id is None else column == look.actor.contact_id
