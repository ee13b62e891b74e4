"""The made-up team at work: who does what, and everything that is to happen in the order of time."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, TypeVar

from misam_desktop.commands import forum
from misam_desktop.commands.demo_cast import Cast, Dice, reference
from misam_desktop.commands.demo_plan import ForumDay, Plan, working_day_before
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.codes import Agency, Presence, Role
from misam_desktop.domain.ids import ContactId, MeetingId, UnitId
from misam_desktop.domain.people import Contact, Unit, User
from misam_desktop.store import rows
from misam_desktop.vault import Request, Tx, actor_of

T = TypeVar("T")
_WEEK = timedelta(days=7)


def at_clock(day: date, hour: int, minute: int = 0) -> datetime:
    """Swedish clock time as an instant; summer time is from the last Sunday of March to that of October."""
    summer = _last_sunday(day.year, 3) <= day < _last_sunday(day.year, 10)
    return datetime.combine(day, time(hour - 1 - summer, minute), UTC)


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


class Typist(NamedTuple):
    """Who types, and whom they have it from when it is somebody without an account."""

    user: User
    supplied_by: str = ""


class Team:
    """The users and contact persons, and who of them does what."""

    def __init__(self, tx: Tx, dice: Dice) -> None:
        self._random = dice.random
        by_login = {user.login: user for user in rows.users.where(tx.conn)}
        self.users = [by_login[entry["login"]] for entry in reference("team")["user"]]
        self.coordinators = [user for user in self.users if Role.KOORDINATOR in user.roles]
        self.nafs_coordinator = next(user for user in self.users if Role.NAFS_KOORDINATOR in user.roles)
        self.units: dict[UnitId, Unit] = {unit.id: unit for unit in rows.units.where(tx.conn)}
        self._by_contact = {user.contact_id: user for user in self.users}
        self._contacts = {contact.id: contact for contact in rows.contacts.where(tx.conn)}

    def join(self, contact: Contact) -> None:
        """Take in a contact person."""
        self._contacts[contact.id] = contact

    def coordinator(self) -> User:
        """One of the two; the first does most of it."""
        first, second = self.coordinators
        return first if self._random.random() < 0.7 else second

    def worker(self, unit_id: UnitId, *, but: ContactId | None = None) -> ContactId | None:
        """Somebody at a unit who works with cases."""
        at_unit = [one.id for one in self._contacts.values() if one.unit_id == unit_id and self._works(one.id)]
        return self._random.choice([one for one in at_unit if one != but] or [None])

    def lead(self, unit_ids: Collection[UnitId], *, but: ContactId | None = None) -> ContactId | None:
        """Somebody who can be samordnare: any of those with cases at the units that the consent names, if any."""
        with_account = [one for one in self._contacts if self._works(one) and one in self._by_contact and one != but]
        leads = [one for one in with_account if self._contacts[one].unit_id in unit_ids]
        return self._random.choice(leads or [None])

    def name_at(self, unit_id: UnitId) -> str:
        """The name of somebody at a unit."""
        worker = self.worker(unit_id)
        return self._contacts[worker].name if worker else ""

    def typist(self, contact_id: ContactId | None) -> Typist:
        """The contact's own account, or a koordinator who writes down what they tell."""
        user = self._by_contact.get(contact_id)
        if user is not None:
            return Typist(user)
        return Typist(self.coordinator(), self._contacts[contact_id].name if contact_id else "")

    def _works(self, contact_id: ContactId) -> bool:
        user = self._by_contact.get(contact_id)
        return user is None or Role.HANDLAGGARE in user.roles


class Stage:
    """Plays what is to happen in the order of time, each thing through its own command."""

    def __init__(self, tx: Tx, activity: Activity, dice: Dice, plan: Plan, *, today: date) -> None:
        self.tx, self.activity, self.dice, self.plan, self.today = tx, activity, dice, plan, today
        self.random = dice.random
        self.team = Team(tx, dice)
        self.cast = Cast(dice, list(self.team.units.values()))
        self.now = at_clock(plan.first_day, 7)
        self.played = 0
        self.forums: dict[date, tuple[MeetingId, User]] = {}
        self.minute_ids: Callable[[], str] = tx.new_id
        """What minutes are written under: ids of their own, so that the story is the same without them."""
        self._waiting: list[tuple[datetime, int, Callable[[], object]]] = []
        self._order = 0

    @property
    def end(self) -> datetime:
        """The evening of the last working day before today: nothing happens later."""
        return at_clock(self.plan.last_day, 17)

    def at(self, day: date, act: Callable[[], object], *, hour: int | None = None, minute: int | None = None) -> None:
        """Let something happen on a day, at an hour of office time if none is said."""
        drawn_hour = self.random.choice((8, 9, 10, 11)) if hour is None else hour
        drawn_minute = self.random.randrange(60) if minute is None else minute
        when = max(at_clock(day, drawn_hour, drawn_minute), self.now + timedelta(minutes=1))
        self._order += 1
        heapq.heappush(self._waiting, (when, self._order, act))

    def run(self) -> None:
        """Let everything happen up to the end."""
        while self._waiting and self._waiting[0][0] <= self.end:
            self.now, _, act = heapq.heappop(self._waiting)
            act()

    def do(self, user: User, request: Request[T]) -> T:
        """One command by one user, now."""
        self.played += 1
        return self.tx.also(request, actor=actor_of(user), now=self.now)

    @contextmanager
    def other_ids(self, new_id: Callable[[], str]) -> Iterator[None]:
        """What is written within gets ids of its own, so that the story is the same without it."""
        usual, self.tx.new_id = self.tx.new_id, new_id
        try:
            yield
        finally:
            self.tx.new_id = usual

    # Meetings

    def plan_meetings(self) -> None:
        """The weekly forums of the past, and the next one."""
        for day in self.plan.forum_days:
            self._plan_forum(day)
        self.at(self.plan.last_day, self._plan_next, hour=15)

    def _plan_forum(self, day: ForumDay) -> None:
        if day.why_not:
            self.at(max(working_day_before(day.on - _WEEK), self.plan.first_day), lambda: self._cancel(day), hour=14)
            return
        self.at(day.on, lambda: self._open(day.on), hour=13, minute=0)
        self.at(day.on, lambda: self._close(day.on), hour=14, minute=0)

    def _cancel(self, day: ForumDay) -> None:
        why = self.cast.text("small", day.why_not)
        self.do(self.team.coordinator(), forum.cancel_forum(self.activity.id, on=day.on, why=why))

    def _open(self, on: date) -> None:
        leader = self.team.coordinator()
        meeting = self.do(leader, forum.open_forum(self.activity.id, on=on))
        self.forums[on] = meeting.id, leader
        for agency in Agency:
            presence = Presence(self.dice.pick("presence"))
            absent = presence is Presence.FRANVARANDE
            substitute = "" if absent or not self.dice.happens("substitute") else self._substitute(agency)
            self.do(leader, forum.record_attendance(meeting.id, agency, presence, substitute=substitute))

    def _substitute(self, agency: Agency) -> str:
        default = next(unit.id for unit in self.team.units.values() if unit.agency is agency and unit.is_default)
        return self.team.name_at(default)

    def _close(self, on: date) -> None:
        meeting_id, leader = self.forums[on]
        with self.other_ids(self.minute_ids):
            self.do(leader, forum.close_forum(meeting_id))

    def _plan_next(self) -> None:
        first = self.team.coordinators[0]
        self.do(first, forum.plan_meeting(self.activity.id, on=self.plan.next_forum_on))
