"""The door: the only way to the store.

Every command and every question passes here. The door asks who may, runs one transaction, writes the log entry in it
(or, for a read, before anything is shown), and tells what was touched. Nothing above this file opens the store.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property, wraps
from typing import Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine

from misam_desktop.domain.access import (
    Actor,
    ConsentEnded,
    Decision,
    May,
    NotAllOfIt,
    NotPermitted,
    NotYourTask,
    Reason,
    Subject,
    includes,
    may,
)
from misam_desktop.domain.case import Case
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.errors import NotFound, Stale, UserError, WorldError
from misam_desktop.domain.follow_up import FollowUp
from misam_desktop.domain.gate import let_out
from misam_desktop.domain.ids import CaseId, UnitId
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.people import User
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.steps import Steps, all_at_once, one_step, step
from misam_desktop.keys.heads import Gap, Head, Heads
from misam_desktop.store import founding, log, rows, subjects
from misam_desktop.store.engine import reading, rehearsing, times_written_elsewhere, writing

T = TypeVar("T")
P = ParamSpec("P")
SAME_READ = timedelta(minutes=10)
"""The same user and record again within this time adds no row to the log, but for what is read for a stated reason."""
PROVEN = timedelta(minutes=2)
"""How long a password that was given holds for what asks for it."""
DEMO = "demo"
"""The kind of store that holds a made-up team; the other is «real»."""


class Topic(StrEnum):
    """What a command touches and a screen shows."""

    CASES = "cases"
    PERSONS = "persons"
    CONSENTS = "consents"
    FOLLOW_UPS = "follow_ups"
    MEETINGS = "meetings"
    CONTACTS = "contacts"
    SETTINGS = "settings"
    DRAFTS = "drafts"
    LOG = "log"
    REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class Clock:
    """Where time comes from: the machine, or a fixed day for the demo team and tests."""

    now: Callable[[], datetime]
    today: Callable[[], date]


class ProofNeeded(UserError):
    """Whoever sits at the keyboard must give the password again first: this takes much out of the program at once."""

    code = "proof_needed"


def fresh_id() -> str:
    """An id that says nothing and comes only once."""
    return uuid.uuid4().hex


_REFUSED = {Reason.ENDED: ConsentEnded, Reason.TASK: NotYourTask, Reason.KINDS: NotAllOfIt}


class Look:
    """What a question sees: one read transaction, who asks, and the day."""

    def __init__(self, conn: Connection, actor: Actor, needs: May, *, now: datetime, today: date) -> None:
        self.conn, self.actor, self.needs, self.now, self.today = conn, actor, needs, now, today
        self.read: list[tuple[str, str]] = []
        self.purpose = ""

    def allowed(self, subject: Subject, needs: May | None = None) -> Decision:
        """Whether the actor may do what this question or command needs, or something else, to this subject."""
        return may(self.actor, needs or self.needs, subject, self.today)

    @cached_property
    def shut_out(self) -> frozenset[str]:
        """The cases that the actor is kept out of by jäv: few, so that a statement can name them."""
        return subjects.shut_out_of(self.conn, self.actor.contact_id)

    def opened(self, object_id: str, person_id: str) -> None:
        """Say that a person's record is being read: its log entry is written before anything is shown."""
        self.read.append((object_id, person_id))

    def because(self, reason: str) -> None:
        """Say why: the code stands in the log, each time that something is read for a reason."""
        self.purpose = reason

    def require(self, subject: Subject, needs: May | None = None) -> Decision:
        """The decision when it is yes. Raises NotFound: «does not exist» and «you may not» read the same.

        Who may read the case is told why not: ConsentEnded, NotYourTask, NotAllOfIt.
        """
        decision = self.allowed(subject, needs)
        if not decision:
            raise _REFUSED.get(decision.reason, NotFound) if self.allowed(subject, May.READ_CASE) else NotFound
        return decision


class Tx(Look):
    """What a command works in: one write transaction and its log entry."""

    def __init__(self, conn: Connection, actor: Actor, needs: May, *, now: datetime, today: date) -> None:
        super().__init__(conn, actor, needs, now=now, today=today)
        self.object_id = self.person_id = ""
        self.concerned: list[tuple[str, str]] = []
        self.touched: set[Topic] = set()
        self.is_proven = False
        self.kinds: frozenset[InfoKind] | None = None
        self.head = (0, log.GENESIS)
        self.new_id: Callable[[], str] = fresh_id
        self.random_below: Callable[[int], int] = secrets.randbelow

    @cached_property
    def _is_demo(self) -> bool:
        return founding.setting(self.conn, "kind") == DEMO

    def about(self, object_id: str, person_id: str = "", *, purpose: str = "") -> None:
        """What the log entry of this command names; ``purpose``, a code or an id, stands on all that it concerns."""
        self.object_id, self.person_id, self.purpose = object_id, person_id, purpose

    def concerns(self, object_id: str, person_id: str) -> None:
        """One more record that this command touches: an entry of its own beside the command's."""
        self.concerned.append((object_id, person_id))

    def referral(self, referral_id: str, *, seen: int | None = None) -> Referral:
        """The referral, if the actor may do this to it. Raises NotFound, Stale."""
        referral = rows.referrals.get(self.conn, referral_id)
        self._admit(subjects.of_referral(self.conn, referral), referral.id, referral.person_id)
        return _as_seen(referral, seen)

    def case(self, case_id: CaseId) -> Case:
        """The case, whatever its kind, if the actor may do this to it. Raises NotFound."""
        case = subjects.find(self.conn, case_id)
        self._admit(subjects.of(self.conn, case), case.id, case.person_id)
        return case

    def nafs_case(self, case_id: CaseId, *, seen: int | None = None) -> NafsCase:
        """The NAFS case, if the actor may do this to it. Raises NotFound, Stale."""
        case = rows.nafs_cases.get(self.conn, case_id)
        self._admit(subjects.of_nafs_case(self.conn, case), case.id, case.person_id)
        return _as_seen(case, seen)

    def episode(self, episode_id: str, *, seen: int | None = None, answering: UnitId | None = None) -> Episode:
        """The episode, if the actor may; ``answering`` is the unit whose part in it this is. Raises NotFound, Stale."""
        episode = rows.episodes.get(self.conn, episode_id)
        subject = subjects.of_episode(self.conn, episode)
        if answering is not None:
            subject = replace(subject, answering_ids=frozenset({answering}))
        self._admit(subject, episode.id, episode.person_id)
        self.kinds = self.allowed(subjects.at_commissioner(subject, episode)).kinds
        return _as_seen(episode, seen)

    def follow_up(self, follow_up_id: str, *, seen: int | None = None) -> FollowUp:
        """The follow-up, if the actor may do this to its episode or owns it. Raises NotFound, Stale."""
        follow_up = rows.follow_ups.get(self.conn, follow_up_id)
        episode = rows.episodes.get(self.conn, follow_up.episode_id)
        self._admit(subjects.of_follow_up(self.conn, follow_up, episode), follow_up.id, episode.person_id)
        return _as_seen(follow_up, seen)

    def _admit(self, subject: Subject, object_id: str, person_id: str) -> None:
        self.about(object_id, person_id)
        self.kinds = self.require(subject).kinds

    def also(self, request: Request[T], *, actor: Actor | None = None, now: datetime | None = None) -> T:
        """Run another command within this transaction, with its own permission and its own log entry.

        As somebody else, or at another time, only in a demo store. Raises NotPermitted.
        """
        if (actor or now) and not self._is_demo:
            raise NotPermitted
        at = now or self.now
        today = at.date() if now else self.today
        inner = Tx(self.conn, actor or self.actor, request.needs, now=at, today=today)
        inner.new_id, inner.random_below, inner.is_proven = self.new_id, self.random_below, self.is_proven
        value = _run(inner, request)
        self.touched |= inner.touched
        return value

    def also_opened(
        self, event: str, subject: Subject, *, object_id: str, person_id: str, actor: Actor, now: datetime
    ) -> int:
        """Note that somebody opened a record, at another time, and give the entry's number.

        Only in a demo store, and of what they may open. Raises NotPermitted.
        """
        decision = may(actor, May.READ_CASE, subject, now.date())
        if not (self._is_demo and decision):
            raise NotPermitted
        look = Look(self.conn, actor, May.READ_CASE, now=now, today=now.date())
        return log.append(self.conn, _entry(look, event, decision, object_id, person_id))[0]


S = TypeVar("S", Referral, Episode, FollowUp, NafsCase)


def _as_seen(value: S, seen: int | None) -> S:
    if seen is not None and value.version != seen:
        raise Stale
    return value


@dataclass(frozen=True, slots=True)
class Request(Generic[T]):
    """A command with its arguments, not yet run. ``event`` is its name in the log, stable for ever.

    One that ``proves`` is run only while the password has just been given.
    """

    event: str
    needs: May
    touches: frozenset[Topic]
    run: Callable[[Tx], T]
    proves: bool = False


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """A query with its arguments, not yet asked. ``event`` None: it tells the actor of their own desk alone.

    What ``rehearses`` is too fleeting for an entry of its own: it is answered once it is seen that the log takes one;
    what ``proves``, only while the password has just been given.
    """

    event: str | None
    needs: May
    steps: Callable[[Look], Steps[T]]
    rehearses: bool = False
    proves: bool = False


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What a command gave, and what screens must read again."""

    value: T
    touched: frozenset[Topic]


def command(
    event: str, *, needs: May, touches: Topic | tuple[Topic, ...], proves: bool = False
) -> Callable[[Callable[Concatenate[Tx, P], T]], Callable[P, Request[T]]]:
    """Make a function over a transaction into a builder of requests, which runs nothing itself."""
    topics = frozenset(touches if isinstance(touches, tuple) else (touches,))

    def wrap(function: Callable[Concatenate[Tx, P], T]) -> Callable[P, Request[T]]:
        @wraps(function)
        def build(*args: P.args, **kwargs: P.kwargs) -> Request[T]:
            return Request(event, needs, topics, lambda tx: function(tx, *args, **kwargs), proves)

        build.event, build.needs = event, needs  # type: ignore[attr-defined]  # read by the test that walks them all
        return build

    return wrap


def query(
    event: str | None, *, needs: May, rehearses: bool = False, proves: bool = False
) -> Callable[[Callable[Concatenate[Look, P], T]], Callable[P, Question[T]]]:
    """Make a function over a look into a builder of questions, which asks nothing itself."""

    def wrap(function: Callable[Concatenate[Look, P], T]) -> Callable[P, Question[T]]:
        @query_in_steps(event, needs=needs, rehearses=rehearses, proves=proves)
        @wraps(function)
        def build(look: Look, /, *args: P.args, **kwargs: P.kwargs) -> Steps[T]:
            return one_step(lambda: function(look, *args, **kwargs))

        return build

    return wrap


def query_in_steps(
    event: str | None, *, needs: May, rehearses: bool = False, proves: bool = False
) -> Callable[[Callable[Concatenate[Look, P], Steps[T]]], Callable[P, Question[T]]]:
    """The same for a long read: wherever the function yields, others get at the store (``Vault.ask_in_steps``)."""

    def wrap(function: Callable[Concatenate[Look, P], Steps[T]]) -> Callable[P, Question[T]]:
        @wraps(function)
        def build(*args: P.args, **kwargs: P.kwargs) -> Question[T]:
            return Question(event, needs, lambda look: function(look, *args, **kwargs), rehearses, proves)

        build.event, build.needs = event, needs  # type: ignore[attr-defined]  # read by the test that walks them all
        return build

    return wrap


def _run(tx: Tx, request: Request[T]) -> T:
    decision = includes(tx.actor, request.needs)
    if not decision:
        raise NotPermitted
    if request.proves and not tx.is_proven:
        raise ProofNeeded
    value = request.run(tx)
    tx.touched |= request.touches
    named = [(tx.object_id, tx.person_id), *tx.concerned, *tx.read]
    tx.head = log.append_all(
        tx.conn, [_entry(tx, request.event, decision, *names, purpose=tx.purpose) for names in named]
    )
    return value


def _entry(
    look: Look, event: str, decision: Decision, object_id: str = "", person_id: str = "", *, purpose: str = ""
) -> log.Entry:
    return log.Entry(
        at=look.now,
        user_id=look.actor.user_id,
        role=decision.role.value if decision.role else "",
        unit_id=look.actor.unit_id,
        action=event,
        object_id=object_id,
        person_id=person_id,
        purpose=purpose,
        allowed=decision.allowed,
    )


class Vault:
    """An unlocked store and who unlocked it."""

    def __init__(
        self, engine: Engine, actor: Actor, clock: Clock, heads: Heads | None = None, gap: Gap | None = None
    ) -> None:
        self._open: Engine | None = engine
        self.actor, self._clock, self._heads, self.gap = actor, clock, heads, gap
        self._last_reads: dict[tuple[str, str, str], datetime] = {}
        self._elsewhere: int | None = None
        self._check: Callable[[str], object] | None = None
        self._proven_at: datetime | None = None

    @property
    def _engine(self) -> Engine:
        if self._open is None:
            raise StoreLocked
        return self._open

    def do(self, request: Request[T]) -> Done[T]:
        """Run a command: who may, one transaction, its log entry; what it gives back is what the actor may read of it.

        Raises what the command raises; then nothing is changed, and a refusal leaves its log entry alone.
        """
        now, today = self._clock.now(), self._clock.today()
        tried = ("", "")
        try:
            with writing(self._engine) as conn:
                tx = Tx(conn, self.actor, request.needs, now=now, today=today)
                tx.is_proven = self._is_proven(now)
                try:
                    value = _run(tx, request)
                finally:
                    tried = (tx.object_id, tx.person_id)
            self._keep(tx.head)
        except (NotPermitted, NotFound):
            self._log_refusal(request.event, request.needs, now=now, today=today, tried=tried)
            raise
        return Done(value if tx.kinds is None else let_out(value, tx.kinds), frozenset(tx.touched))

    def ask(self, question: Question[T]) -> T:
        """Ask a question: who may, what it reads, and its log entry written before the answer is given."""
        return all_at_once(self.ask_in_steps(question))

    def ask_in_steps(self, question: Question[T]) -> Steps[T]:
        """The same a step at a time, each a read of its own: between two the store is free for whoever waits.

        What is changed meanwhile is in the answer or not; what a single step reads is of one moment.
        """
        now, today = self._clock.now(), self._clock.today()
        decision = includes(self.actor, question.needs)
        looks: list[Look] = []
        try:
            with reading(self._engine) as conn:
                looks.append(Look(conn, self.actor, question.needs, now=now, today=today))
                if not decision:
                    raise NotPermitted
                if question.proves and not self._is_proven(now):
                    raise ProofNeeded
                steps = question.steps(looks[0])
                answer = step(steps)
            while not answer:
                yield
                with reading(self._engine) as looks[0].conn:
                    answer = step(steps)
        except (NotPermitted, NotFound):
            refused = looks[0].read[-1] if looks and looks[0].read else ("", "")
            self._log_refusal(question.event or "asked", question.needs, now=now, today=today, tried=refused)
            raise
        if question.event is not None and question.rehearses:
            self._rehearse(looks[0], question.event, decision)
        elif question.event is not None:
            self._log_reads(looks[0], question.event, decision)
        return answer[0]

    def _rehearse(self, look: Look, event: str, decision: Decision) -> None:
        """See that an entry can be written: it is, and is undone again before the disk is waited for."""
        with rehearsing(self._engine) as conn:
            log.append(conn, _entry(look, event, decision))

    def _log_reads(self, look: Look, event: str, decision: Decision) -> None:
        recent = {key: at for key, at in self._last_reads.items() if timedelta(0) <= look.now - at < SAME_READ}
        named = dict.fromkeys(look.read or [("", "")])
        fresh = [names for names in named if look.purpose or (event, *names) not in recent]
        if fresh:
            entries = [_entry(look, event, decision, *names, purpose=look.purpose) for names in fresh]
            with writing(self._engine) as conn:
                head = log.append_all(conn, entries)
            self._keep(head)
        self._last_reads = recent | {(event, *names): look.now for names in fresh}

    def _log_refusal(self, event: str, needs: May, *, now: datetime, today: date, tried: tuple[str, str]) -> None:
        with writing(self._engine) as conn:
            look = Look(conn, self.actor, needs, now=now, today=today)
            head = log.append(conn, _entry(look, event, Decision(False, Reason.ROLE), *tried))
        self._keep(head)

    def _keep(self, head: tuple[int, str]) -> None:
        """Remember outside the file how far the log has come; only once that is lasting."""
        if self._heads is not None:
            self._heads.keep(Head(*head))

    def knows(self, check: Callable[[str], object], *, given: bool) -> None:
        """How it is known that a password is the user's, and whether it was ``given`` at unlock by who sits here."""
        self._check = check
        self._proven_at = self._clock.now() if given else None

    def prove(self, password: str) -> None:
        """The password once more, for what asks for it. Raises WrongPassword and the rest of ``keys.errors``."""
        if self._check is not None:
            self._check(password)
            self._proven_at = self._clock.now()

    def _is_proven(self, now: datetime) -> bool:
        return self._proven_at is not None and timedelta(0) <= now - self._proven_at < PROVEN

    def was_changed_elsewhere(self) -> bool:
        """Whether another program has written to the store since this was last asked."""
        before, self._elsewhere = self._elsewhere, times_written_elsewhere(self._engine)
        return before not in (None, self._elsewhere)

    def close_gap(self) -> None:
        """What was missed at the end of the log has been accepted."""
        self.gap = None
        if self._heads is not None:
            self._heads.accept()

    def close(self) -> None:
        """Close the store; the key goes with the connection. What comes after raises StoreLocked."""
        if self._open is not None:
            self._open.dispose()
            self._open = None


class StoreLocked(WorldError):
    """The store has been closed since."""

    code = "store_locked"


def actor_of(user: User) -> Actor:
    """A user as the predicate needs to know them."""
    return Actor(
        user_id=user.id,
        contact_id=user.contact_id,
        unit_id=user.unit_id,
        roles=frozenset(user.roles),
        activity_ids=frozenset(user.activity_ids),
    )
