"""Åtagande: who does what by when in the joint plan (process.md §2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import CommitmentId, EpisodeId, TalkId, UnitId
from misam_desktop.domain.referral import TextRequired
from misam_desktop.domain.tells import PLAN

SOON = timedelta(days=14)


class CommitmentDone(UserError):
    """The commitment is already done."""

    code = "commitment_done"


class CommitmentState(StrEnum):
    """Where a commitment stands on a given day."""

    OPEN = "open"
    SOON = "soon"
    LATE = "late"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One line of the plan. ``unit_id`` None means the person does it; ``talk_id`` is the talk that agreed on it."""

    id: CommitmentId
    episode_id: EpisodeId
    what: Annotated[str, PLAN]
    unit_id: UnitId | None
    due_on: date | None = None
    done_on: date | None = None
    talk_id: TalkId | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentFacts:
    """What a form says of one line of the plan; no unit means the person."""

    what: str
    unit_id: UnitId | None
    due_on: date | None


def must_say(what: str) -> str:
    """What somebody will do, without what stands around it. Raises TextRequired."""
    if not what.strip():
        raise TextRequired(field="what")
    return what.strip()


def state_of(commitment: Commitment, *, today: date) -> CommitmentState:
    """Where the commitment stands."""
    if commitment.done_on is not None:
        return CommitmentState.DONE
    if commitment.due_on is None or commitment.due_on - today > SOON:
        return CommitmentState.OPEN
    return CommitmentState.LATE if commitment.due_on < today else CommitmentState.SOON


def finish(commitment: Commitment, *, on: date) -> Commitment:
    """The commitment done. Raises CommitmentDone."""
    if commitment.done_on is not None:
        raise CommitmentDone
    return replace(commitment, done_on=on)


def reopen(commitment: Commitment) -> Commitment:
    """The commitment as it stood before somebody marked it as done by mistake."""
    return replace(commitment, done_on=None)
