"""Of some cases, those that the asker may know whom they are of: what the lists behind numbers are told from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import or_, select

from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.ids import CaseId, EpisodeId, ReferralId
from misam_desktop.queries import reach, shown
from misam_desktop.store import tables
from misam_desktop.vault import Look

_E, _R, _P, _N = tables.episode.c, tables.referral.c, tables.person.c, tables.nafs_case.c
_NAME = (_P.given_name, _P.family_name, _P.protected, _P.protected_owners)


class Near(NamedTuple):
    """What a person is called, and the case to open; none of a protected person's."""

    name: str
    episode_id: EpisodeId | None = None
    referral_id: ReferralId | None = None
    nafs_case_id: CaseId | None = None


FAR = Near(shown.BEYOND)
"""A case beyond reach."""


def episodes_near(look: Look, episode_ids: Sequence[str]) -> dict[str, Near]:
    """Those of some episodes that are within reach."""
    statement = (
        select(_E.id, *_NAME, reach.identity(look).label("identified"))
        .select_from(tables.episode)
        .join(tables.referral, _E.referral_id == _R.id)
        .join(tables.person, _E.person_id == _P.id)
        .where(_E.id.in_(sorted(set(episode_ids))), reach.cases(look))
    )
    return {row.id: _near(look, row, episode_id=EpisodeId(row.id)) for row in look.conn.execute(statement)}


def referrals_near(look: Look, referral_ids: Sequence[str]) -> dict[str, Near]:
    """Those of some referrals that are within reach, each with the episode that it led to."""
    statement = (
        select(_R.id, _R.episode_id, *_NAME, reach.identity(look).label("identified"))
        .select_from(tables.referral)
        .outerjoin(tables.episode, _R.episode_id == _E.id)
        .join(tables.person, _R.person_id == _P.id)
        .where(_R.id.in_(sorted(set(referral_ids))), reach.cases(look))
    )
    return {
        row.id: _near(look, row, episode_id=row.episode_id, referral_id=ReferralId(row.id))
        for row in look.conn.execute(statement)
    }


def nafs_cases_near(look: Look, case_ids: Sequence[str]) -> dict[str, Near]:
    """Those of some NAFS cases that are within reach."""
    statement = (
        select(_N.id, *_NAME, reach.nafs_identity(look).label("identified"))
        .select_from(tables.nafs_case)
        .join(tables.person, _N.person_id == _P.id)
        .where(_N.id.in_(sorted(set(case_ids))), reach.nafs_cases(look))
    )
    return {row.id: _near(look, row, nafs_case_id=CaseId(row.id)) for row in look.conn.execute(statement)}


def kinds_near(look: Look, ids: Sequence[str]) -> dict[str, frozenset[InfoKind]]:
    """What a consent lets the asker read of some cases within reach, by the ids of their referrals and episodes."""
    wanted = sorted(set(ids))
    statement = (
        select(_R.id, _R.episode_id, reach.kinds(look).label("kinds"))
        .select_from(tables.referral)
        .outerjoin(tables.episode, _R.episode_id == _E.id)
        .where(or_(_R.id.in_(wanted), _R.episode_id.in_(wanted)), reach.cases(look))
    )
    return {
        one: frozenset(row.kinds or ())
        for row in look.conn.execute(statement)
        for one in (row.id, row.episode_id)
        if one is not None
    }


def _near(look: Look, row: Any, **opens: Any) -> Near:
    is_hidden = shown.hidden(look, protected=row.protected, owners=row.protected_owners)
    return Near(shown.name(look, row), **({} if is_hidden else opens))
