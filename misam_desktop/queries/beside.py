"""A person's cases that lie beside each other, NAFS and samverkan: each told of where both tell whose they are.

The predicate is asked of each case by itself, and the link is drawn only where grunduppgifter may be read in both: from
a case that does not say who it concerns nothing leads to one that does, nor back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from misam_desktop.domain.access import May
from misam_desktop.domain.case import Case
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.ids import CaseId, EpisodeId, ReferralId
from misam_desktop.domain.people import Person
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look

_N, _R = tables.nafs_case.c, tables.referral.c


class Known(NamedTuple):
    """A NAFS case that a person has already, within the asker's reach."""

    case_id: CaseId
    team: str
    raised_on: date
    is_draft: bool


class Beside(NamedTuple):
    """A case of samverkan of the same person: its episode, or a referral that has led to none."""

    referral_id: ReferralId
    episode_id: EpisodeId | None
    activity: str
    referred_on: date


def nafs_beside(look: Look, twins: Iterable[Person], kinds: Collection[InfoKind]) -> tuple[Known, ...]:
    """A human being's NAFS cases, the newest first; ``kinds`` are those that may be read where they are told of.

    ``twins`` are all rows of that human being (``store.subjects.persons_of_number``).
    """
    if InfoKind.GRUNDUPPGIFTER not in kinds:
        return ()
    found = [one for twin in twins for one in rows.nafs_cases.of(look.conn, _N.person_id, twin.id)]
    newest_first = sorted(found, key=lambda one: one.raised_on, reverse=True)
    seen = [one for one in newest_first if one.withdrawn_on is None and _tells_who(look, one)]
    names = _activities(look) if seen else {}
    return tuple(Known(one.id, names[one.activity_id], one.raised_on, one.submitted_at is None) for one in seen)


def samverkan_beside(look: Look, twins: Iterable[Person], kinds: Collection[InfoKind]) -> tuple[Beside, ...]:
    """The same of a human being's cases of samverkan."""
    if InfoKind.GRUNDUPPGIFTER not in kinds:
        return ()
    found = [one for twin in twins for one in rows.referrals.of(look.conn, _R.person_id, twin.id)]
    newest_first = sorted(found, key=lambda one: one.referred_on, reverse=True)
    seen = [one for one in newest_first if _tells_who(look, one)]
    names = _activities(look) if seen else {}
    return tuple(Beside(one.id, one.episode_id, names[one.activity_id], one.referred_on) for one in seen)


def _tells_who(look: Look, case: Case) -> bool:
    return InfoKind.GRUNDUPPGIFTER in look.allowed(subjects.of(look.conn, case), May.READ_CASE).kinds


def _activities(look: Look) -> dict[str, str]:
    return {one.id: one.name for one in rows.activities.where(look.conn)}
