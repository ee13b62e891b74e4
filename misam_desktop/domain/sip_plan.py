"""The plan of a SIP: its four statutory points, who does what by when, and how it is locked (process.md §8).

«Av planen ska det framgå»: which insatser are needed, which of them each huvudman answers for, what is done by somebody
else than kommun and region, and which huvudman has the overall responsibility.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from misam_desktop.domain.codes import Agency
from misam_desktop.domain.commitment import CommitmentDone, must_say
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import CaseId, SipCommitmentId, SipPartyId, SipPlanId, UnitId, UserId
from misam_desktop.domain.referral import TextRequired
from misam_desktop.domain.sip import must_be_principal
from misam_desktop.domain.tells import PLAN


class PlanLocked(UserError):
    """The plan is finished: it stands, and an amendment makes the next."""

    code = "plan_locked"


class PlanNotFinished(UserError):
    """Only a finished plan is amended; a draft is changed as it is."""

    code = "plan_not_finished"


class PlanNotReady(UserError):
    """Something that a plan must tell is missing; the plan says what."""

    code = "plan_not_ready"


class Point(StrEnum):
    """What must be told of in a plan, in the order of the law; point 2 is one for each huvudman."""

    NEEDED = "needed"
    KOMMUN = "kommun"
    REGION = "region"
    OTHERS = "others"
    RESPONSIBLE = "responsible"

    @property
    def number(self) -> int:
        """Which of the four points of the law it belongs to."""
        return _NUMBERS[self]


_NUMBERS = {Point.NEEDED: 1, Point.KOMMUN: 2, Point.REGION: 2, Point.OTHERS: 3, Point.RESPONSIBLE: 4}
CAN_BE_NONE = frozenset(Point) - {Point.RESPONSIBLE}
"""Of which «Inga» is an answer: somebody always has the overall responsibility."""
_OF_AGENCY = {Agency.KOMMUN: Point.KOMMUN, Agency.REGION: Point.REGION}


@dataclass(frozen=True, slots=True, kw_only=True)
class SipPlan:
    """One edition of a plan. ``none`` are the points where the answer is «Inga».

    ``existing`` says which plan there is already that tells all of this. ``reason`` is why an amendment was made.
    """

    id: SipPlanId
    case_id: CaseId
    edition: int = 1
    needed: Annotated[str, PLAN] = ""
    none: tuple[Point, ...] = ()
    responsible_id: UnitId | None = None
    goals_short: Annotated[str, PLAN] = ""
    goals_long: Annotated[str, PLAN] = ""
    follow_up_on: date | None = None
    existing: Annotated[str, PLAN] = ""
    reason: Annotated[str, PLAN] = ""
    finished_on: date | None = None
    finished_by: UserId | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What the form of a plan says; who does what has lines of its own."""

    needed: str = ""
    none: tuple[Point, ...] = ()
    responsible_id: UnitId | None = None
    goals_short: str = ""
    goals_long: str = ""
    follow_up_on: date | None = None
    existing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SipCommitment:
    """Who does what by when, in one edition of the plan."""

    id: SipCommitmentId
    plan_id: SipPlanId
    party_id: SipPartyId
    what: Annotated[str, PLAN]
    due_on: date | None = None
    done_on: date | None = None
    version: int = 1


def point_of(agency: Agency | None) -> Point:
    """Under which point what somebody does stands; Af, FK and those who are no authority are «någon annan»."""
    return Point.OTHERS if agency is None else _OF_AGENCY.get(agency, Point.OTHERS)


def missing(plan: SipPlan, told: Collection[Point]) -> tuple[Point, ...]:
    """The points that are empty, in order; ``told`` are those that somebody does something under.

    A plan that there is already is to tell of them all: then only who has the responsibility is asked.
    """
    met = {*plan.none, *told}
    if plan.needed.strip():
        met.add(Point.NEEDED)
    if plan.existing.strip():
        met |= CAN_BE_NONE
    if plan.responsible_id is not None:
        met.add(Point.RESPONSIBLE)
    return tuple(one for one in Point if one not in met)


def write(plan: SipPlan, facts: PlanFacts, *, responsible: Agency | None) -> SipPlan:
    """The draft as the form has it. Raises PlanLocked, NotAPrincipal."""
    must_be_draft(plan)
    if responsible is not None:
        must_be_principal(responsible, field="responsible_id")
    said: dict[str, Any] = {name: getattr(facts, name) for name in PlanFacts.__slots__}
    stripped: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in said.items()
    }
    none = tuple(one for one in Point if one in facts.none and one in CAN_BE_NONE)
    return replace(plan, **(stripped | {"none": none}))


def must_be_draft(plan: SipPlan) -> None:
    """Raises PlanLocked."""
    if plan.finished_on is not None:
        raise PlanLocked


def finish(plan: SipPlan, told: Collection[Point], *, by: UserId, on: date) -> SipPlan:
    """The plan locked. Raises PlanLocked, PlanNotReady, TextRequired without a day to follow it up."""
    must_be_draft(plan)
    lacks = missing(plan, told)
    if lacks:
        raise PlanNotReady(count=len({one.number for one in lacks}))
    if plan.follow_up_on is None:
        raise TextRequired(field="follow_up_on")
    return replace(plan, finished_on=on, finished_by=by)


def amend(plan: SipPlan, plan_id: SipPlanId, *, reason: str) -> SipPlan:
    """The next edition of a finished plan, as a draft; the earlier stands. Raises PlanNotFinished, TextRequired."""
    if plan.finished_on is None:
        raise PlanNotFinished
    if not reason.strip():
        raise TextRequired(field="reason")
    return replace(
        plan,
        id=plan_id,
        edition=plan.edition + 1,
        reason=reason.strip(),
        finished_on=None,
        finished_by=None,
        version=1,
    )


def current(plans: Iterable[SipPlan]) -> SipPlan | None:
    """The newest edition, finished or not."""
    return max(plans, key=lambda one: one.edition, default=None)


def in_force(plans: Iterable[SipPlan]) -> SipPlan | None:
    """The newest edition that is finished."""
    return current(one for one in plans if one.finished_on is not None)


def commit(
    plan: SipPlan, commitment_id: SipCommitmentId, *, party_id: SipPartyId, what: str, due_on: date | None
) -> SipCommitment:
    """What somebody will do. Raises PlanLocked, TextRequired."""
    must_be_draft(plan)
    return SipCommitment(id=commitment_id, plan_id=plan.id, party_id=party_id, what=must_say(what), due_on=due_on)


def done(commitment: SipCommitment, *, on: date) -> SipCommitment:
    """The same, done. Raises CommitmentDone."""
    if commitment.done_on is not None:
        raise CommitmentDone
    return replace(commitment, done_on=on)
