"""The dagordning of a NAFS meeting: its items, who may read which, and the feedback owed (process.md §3, §4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, Generic, NamedTuple, Protocol, TypeVar

from misam_desktop.domain.clocks import feedback_due
from misam_desktop.domain.codes import FeedbackWay, Purpose
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import AgendaItemId, CaseId, ContactId, MeetingId, UnitId
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.pseudonym import Pseudonym
from misam_desktop.domain.referral import FutureDate, TextRequired
from misam_desktop.domain.scope import deciding
from misam_desktop.domain.scope import in_order as in_order_of
from misam_desktop.domain.tells import PLAN


class AlreadyOnAgenda(UserError):
    """The case, or the question, stands on the agenda already."""

    code = "already_on_agenda"


class NoFeedbackOwed(UserError):
    """Nothing is owed for what concerns no person."""

    code = "no_feedback_owed"


class FeedbackBeforeMeeting(UserError):
    """The feedback lies before the meeting that it tells of."""

    code = "feedback_before_meeting"


class TakenUp(UserError):
    """The meeting has agreed on the item, or the person has had the answer: it stays where that was said."""

    code = "taken_up"


class NothingBeside(UserError):
    """All that a unit gets stands on the paper of all: there is none for it alone."""

    code = "nothing_beside"


class NothingAdded(UserError):
    """Nothing has come since the agenda was sent, or it has not been sent."""

    code = "nothing_added"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One item of one meeting: a case, under its code, or a question that concerns no person («generell»).

    ``place`` is its order from 1. ``minutes`` None is an even share of the hour. ``responsible_id`` is the unit that
    has the next step, ``feedback_by`` whoever owes the person the answer. What came after the agenda was sent stands
    on a tilläggsdagordning.
    """

    id: AgendaItemId
    meeting_id: MeetingId
    case_id: CaseId | None = None
    question: str = ""
    asked_id: UnitId | None = None
    place: int
    minutes: int | None = None
    code: Pseudonym | None = None
    added_at: datetime
    next_step: Annotated[str, PLAN] = ""
    responsible_id: UnitId | None = None
    feedback_by: ContactId | None = None
    feedback_on: date | None = None
    feedback_how: FeedbackWay | None = None
    version: int = 1

    @property
    def is_general(self) -> bool:
        """Whether it concerns no person, and so needs no consent."""
        return self.case_id is None


def must_be_new(items: Iterable[AgendaItem], case_id: CaseId) -> None:
    """Raises AlreadyOnAgenda: a case stands once on a meeting."""
    if any(one.case_id == case_id for one in items):
        raise AlreadyOnAgenda


def general(item: AgendaItem, *, question: str, asked_id: UnitId | None) -> AgendaItem:
    """The item with a question to one unit, or to all of them. Raises TextRequired."""
    if not question.strip():
        raise TextRequired(field="question")
    return replace(item, question=question.strip(), asked_id=asked_id)


def moved(items: Sequence[AgendaItem], item_id: AgendaItemId, *, to: int) -> list[AgendaItem]:
    """The items in their new order, each with its place; ``to`` is counted from 1 and kept within the list."""
    ordered = in_order(items)
    one = next(item for item in ordered if item.id == item_id)
    ordered.remove(one)
    ordered.insert(max(0, to - 1), one)
    return [replace(item, place=place) for place, item in enumerate(ordered, start=1)]


def in_order(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """As they are taken up."""
    return sorted(items, key=lambda item: (item.place, item.added_at, item.id))


def next_place(items: Iterable[AgendaItem]) -> int:
    """Last on the agenda."""
    return max((item.place for item in items), default=0) + 1


def where_it_was(items: Sequence[AgendaItem], written: Collection[str]) -> AgendaItemId | None:
    """Where a meeting goes on after an interruption: where something is half-written, else what is not yet settled.

    ``items`` are those that are taken up, in their order; ``written`` the ids of those with half-written text.
    """
    begun = [one for one in items if one.id in written]
    open_still = [one for one in items if not is_taken_up(one)]
    return next((one.id for one in (*begun, *open_still)), None)


def over_capacity(items: Collection[AgendaItem], capacity: int) -> list[AgendaItem]:
    """The cases that the meeting has no time for, to be offered the next one; those that came last are the first."""
    cases = [item for item in in_order(items) if not item.is_general]
    return cases[capacity:] if capacity else []


def is_taken_up(item: AgendaItem) -> bool:
    """Whether the meeting has agreed on something, or its answer has been given."""
    return bool(item.next_step or item.feedback_on)


def was_taken_up(on: date, consents: Iterable[Consent], *, withdrawn_on: date | None, agreed: bool) -> bool:
    """Whether a meeting that was held took up a case on its agenda, as far as is known once it is over.

    What was ``agreed``, or told of it, says so; else the case had not been taken back, and its consent held that day.
    """
    stood = withdrawn_on is None or withdrawn_on > on
    return agreed or (stood and deciding(consents, Purpose.NAFS, on) is not None)


class Comes(Protocol):
    """What comes on an agenda."""

    @property
    def added_at(self) -> datetime:
        """When it came there."""


def is_addendum(item: Comes, sent_at: datetime | None) -> bool:
    """Whether it came once the agenda had been sent."""
    return sent_at is not None and item.added_at > sent_at


class Stands(Protocol):
    """What stands on a meeting's papers: an item of an agenda, or what a forum has said of a case."""

    @property
    def case_id(self) -> CaseId | None:
        """The case whose consent says where it stands."""

    @property
    def is_general(self) -> bool:
        """Whether it concerns no person, and so needs no consent."""


S = TypeVar("S", bound=Stands)


class Papers(NamedTuple, Generic[S]):
    """What stands on the paper that all receivers get, and what each unit gets beside it, in the meeting's order."""

    common: list[S]
    per_unit: dict[UnitId, list[S]]


def papers(items: Iterable[S], consents: Mapping[CaseId, Consent], receivers: Collection[UnitId]) -> Papers[S]:
    """Who may read which item: a case stands in common when its consent names every receiver, else with those it names.

    A case without a consent on the meeting's day stands nowhere; a general question concerns no person. ``items`` are
    in their order.
    """
    common, per_unit = list[S](), {unit_id: list[S]() for unit_id in receivers}
    for item in items:
        consent = consents.get(item.case_id) if item.case_id else None
        if item.is_general or (consent is not None and set(receivers) <= set(consent.unit_ids)):
            common.append(item)
        elif consent is not None:
            for unit_id in per_unit.keys() & set(consent.unit_ids):
                per_unit[unit_id].append(item)
    return Papers(common, {unit_id: its for unit_id, its in per_unit.items() if its})


class Placed(NamedTuple, Generic[S]):
    """An item with the number that it has on a paper; those of one unit come last, after what all get."""

    place: int
    item: S


def numbered(found: Papers[S], unit_id: UnitId | None) -> list[Placed[S]]:
    """What stands on the paper of all, or on that of one unit; no gap tells of a case that is not on it."""
    first = len(found.common) + 1
    its = found.common if unit_id is None else found.per_unit.get(unit_id, [])
    return [Placed(place, item) for place, item in enumerate(its, start=1 if unit_id is None else first)]


def must_hold_something(lines: Collection[object], *, for_unit: UnitId | None, addendum: bool) -> None:
    """Raises NothingAdded, NothingBeside: only the paper of all can be empty."""
    if addendum and not lines:
        raise NothingAdded
    if for_unit is not None and not lines:
        raise NothingBeside


def last_signed(consents: Iterable[Consent], purpose: Purpose, on: date) -> Consent | None:
    """The paper that was signed last, whether it holds or not: where a case stands that may not be taken up."""
    return max((one for one in consents if one.purpose is purpose and one.from_on <= on), key=in_order_of, default=None)


def agreed(
    item: AgendaItem, *, next_step: str, responsible_id: UnitId | None, feedback_by: ContactId | None
) -> AgendaItem:
    """The item with what the meeting agreed."""
    return replace(item, next_step=next_step.strip(), responsible_id=responsible_id, feedback_by=feedback_by)


def feedback_owed_until(item: AgendaItem, meeting: Meeting) -> date | None:
    """The last day for the feedback, whenever the meeting was closed; None once it is given, or when none is owed."""
    return None if item.is_general or item.feedback_on is not None else feedback_due(meeting.on)


def give_feedback(item: AgendaItem, meeting: Meeting, *, on: date, how: FeedbackWay, today: date) -> AgendaItem:
    """The item once the person has had the answer; late is late. Raises NoFeedbackOwed, FutureDate and more."""
    if item.is_general:
        raise NoFeedbackOwed
    if on > today:
        raise FutureDate(field="on")
    if on < meeting.on:
        raise FeedbackBeforeMeeting(field="on")
    return replace(item, feedback_on=on, feedback_how=how)


def was_late(item: AgendaItem, meeting: Meeting) -> bool:
    """Whether the person waited longer than seven working days."""
    return item.feedback_on is not None and item.feedback_on > feedback_due(meeting.on)
