"""What the made-up team opens: for work, and now and then what is worth a look (``domain.review``).

Entries of the log alone, each at its time and of a case that the reader may open. The dice are their own, so that the
story is the same with and without them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from misam_desktop.commands.demo_stage import Stage
from misam_desktop.commands.log_review import review_entry
from misam_desktop.domain.access import May, may
from misam_desktop.domain.clocks import is_working_day
from misam_desktop.domain.codes import ReviewGround, ReviewVerdict, Role
from misam_desktop.domain.people import User
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.review import MANY, NEAR_DAYS, share_a_surname
from misam_desktop.store import log, rows, subjects, tables
from misam_desktop.vault import actor_of

_R, _E, _F = tables.referral.c, tables.episode.c, tables.follow_up.c
_FAR = 1000
"""Further off than any follow-up."""
_A_DAY = 3
"""Cases a day that somebody opens because something has happened to them."""
_QUIET = timedelta(days=3 * NEAR_DAYS)
_MANY, _NAMESAKE, _QUIET_CASES, _EVENING = 8, 12, (5, 14), 10
"""On which working day of last month the review gets something to look at."""


class Reads:
    """The reads of last month and this one."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._tx, self._team = stage, stage.tx, stage.team
        self._random = Random(f"{stage.today} reads")  # noqa: S311 – the demo shall be the same each time
        workers = [user for user in self._team.users if Role.HANDLAGGARE in user.roles]
        self._workers = [user for user in workers if user not in self._team.coordinators]
        self._told = 0

    def plan(self) -> None:
        """Let them happen."""
        first = self._stage.today.replace(day=1)
        this = list(_working_days(first, self._stage.plan.last_day))
        last = list(_working_days((first - timedelta(days=1)).replace(day=1), self._stage.plan.last_day))
        for day in (*last, *this):
            self._stage.at(day, self._work, hour=8, minute=30)
        self._wonder(last)
        if this:
            self._stage.at(this[0], self._review, hour=9, minute=40)
            self._stage.at(this[-1], self._open_quiet, hour=10, minute=12)

    def _wonder(self, days: list[date]) -> None:
        at = self._stage.at
        at(days[_MANY], self._open_many, hour=15, minute=1)
        at(days[_NAMESAKE], self._open_namesake, hour=11, minute=20)
        at(days[_EVENING], self._open_late, hour=22, minute=17)
        for number in _QUIET_CASES:
            at(days[number], self._open_quiet, hour=10, minute=5)

    # For work

    def _work(self) -> None:
        """Those who may open the cases in which something has happened since the day before."""
        persons = sorted(log.persons(self._tx.conn, after=self._told))
        is_first, self._told = self._told == 0, log.newest(self._tx.conn)[0]
        if is_first:
            return
        for referral in self._cases(_R.person_id.in_(self._random.sample(persons, min(_A_DAY, len(persons))))):
            for _ in range(self._random.randint(1, 2)):
                self._later(partial(self._open, referral.id, self._team.users))

    def _later(self, act: Callable[[], object]) -> None:
        hour, minute = self._random.choice((9, 10, 11, 13, 14, 16)), self._random.randrange(60)
        self._stage.at(self._stage.now.date(), act, hour=hour, minute=minute)

    def _cases(self, *wanted: Any) -> list[Referral]:
        """The referrals that began the cases, the newest first."""
        newest = [_R.referred_on.desc(), _R.id]
        return rows.referrals.where(self._tx.conn, _R.submitted_at.is_not(None), *wanted, order_by=newest)

    def _ongoing(self, *wanted: Any) -> list[Referral]:
        """The same of those who are enrolled."""
        episodes = rows.episodes.where(self._tx.conn, _E.discharged_on.is_(None), *wanted)
        return self._cases(_R.episode_id.in_([one.id for one in episodes]))

    def _open(self, case_id: str, readers: Iterable[User], *, but: Iterable[object] = ()) -> int | None:
        """One of the readers who may opens the case; the entry's number if somebody did."""
        referral = rows.referrals.get(self._tx.conn, case_id)
        subject = subjects.of_referral(self._tx.conn, referral)
        today = self._stage.now.date()
        able = [one for one in readers if one.contact_id not in but]
        able = [one for one in able if may(actor_of(one), May.READ_CASE, subject, today)]
        if not able:
            return None
        event = "referral.opened" if referral.episode_id is None else "case.opened"
        return self._tx.also_opened(
            event,
            subject,
            object_id=referral.episode_id or referral.id,
            person_id=referral.person_id,
            actor=actor_of(self._random.choice(able)),
            now=self._stage.now,
        )

    # Worth a look

    def _open_many(self) -> None:
        """A koordinator goes through open cases one after another, those with a follow-up near first."""
        today = self._stage.now.date()
        due = rows.follow_ups.where(self._tx.conn, _F.done_on.is_(None), _F.cancelled_on.is_(None))
        near: dict[str, int] = {}
        for one in due:
            near[one.episode_id] = min(abs((one.due_on - today).days), near.get(one.episode_id, _FAR))
        first = sorted(self._ongoing(), key=lambda case: (near.get(case.episode_id or "", _FAR), case.id))
        whose = list({case.person_id: case.id for case in reversed(first)}.values())[::-1]
        for number, case_id in enumerate(whose[: MANY + 4]):
            act = partial(self._open, case_id, self._team.coordinators[1:])
            self._stage.at(today, act, hour=15, minute=2 + number)

    def _open_namesake(self) -> None:
        for user in self._workers:
            persons = [
                one.id for one in rows.persons.where(self._tx.conn) if share_a_surname(user.name, one.family_name)
            ]
            for case in self._cases(_R.person_id.in_(persons)):
                self._open(case.id, [user])

    def _open_late(self) -> None:
        """Somebody is still at work with a case of their own in the evening."""
        for user in self._random.sample(self._workers, len(self._workers)):
            for case in self._ongoing(_E.case_worker_id == user.contact_id)[:1]:
                if self._open(case.id, [user]) is not None:
                    return

    def _open_quiet(self) -> None:
        """A handläggare opens a case that they do not work with, in which nothing happens for weeks."""
        today = self._stage.now.date()
        due = rows.follow_ups.where(self._tx.conn, _F.due_on.between(today - _QUIET, today + _QUIET))
        busy, happened = {one.episode_id for one in due}, log.persons(self._tx.conn, since=today - _QUIET)
        cases = [one for one in self._ongoing() if one.episode_id not in busy and one.person_id not in happened]
        for case in self._random.sample(cases, len(cases)):
            subject = subjects.of_referral(self._tx.conn, case)
            if self._open(case.id, self._workers, but=subject.contact_ids) is not None:
                return

    def _review(self) -> None:
        """The other koordinator has asked about the namesake."""
        family = rows.persons.where(self._tx.conn, tables.person.c.family_name == self._stage.cast.namesake)
        persons = {one.id for one in family}
        workers = {one.id for one in self._workers if share_a_surname(one.name, self._stage.cast.namesake)}
        for entry in log.entries(self._tx.conn):
            opened = entry.action in {"case.opened", "referral.opened"}
            if opened and entry.person_id in persons and entry.user_id in workers:
                request = review_entry(
                    entry.seq, ReviewGround.SURNAME, ReviewVerdict.FRAGA_STALLD, note="Ringde, väntar på svar."
                )
                self._stage.do(self._team.coordinators[1], request)
                return


def _working_days(first: date, last: date) -> Iterator[date]:
    """The working days of the month, up to the last."""
    day = first
    while day <= last and day.month == first.month:
        if is_working_day(day):
            yield day
        day += timedelta(days=1)
