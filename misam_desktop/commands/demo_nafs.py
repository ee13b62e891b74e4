"""The made-up NAFS teams: a year of meetings with their cases, and the next one prepared.

The dice and the ids are their own, so that the rest of the story is the same with and without them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any, TypeVar

from misam_desktop.commands import (
    agenda,
    consents,
    forum,
    item_steps,
    meeting_papers,
    nafs_calendar,
    nafs_cases,
    nafs_teams,
)
from misam_desktop.commands.demo_cast import Dice, Entry, reference
from misam_desktop.commands.demo_plan import working_day_before
from misam_desktop.commands.demo_stage import Stage
from misam_desktop.documents.phrases import language_for, wording_of
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.calendar import series
from misam_desktop.domain.clocks import is_working_day, working_days_after, working_days_before
from misam_desktop.domain.codes import Agency, FeedbackWay, Presence, Purpose, Role
from misam_desktop.domain.ids import ActivityId, AgendaItemId, CaseId, ContactId, MeetingId, UnitId
from misam_desktop.domain.intake import ConsentFacts
from misam_desktop.domain.item_steps import ItemStep
from misam_desktop.domain.nafs import NafsFacts
from misam_desktop.domain.nafs_team import facts_of
from misam_desktop.domain.people import User
from misam_desktop.store import rows, tables
from misam_desktop.vault import Request

T = TypeVar("T")
_YEAR, _AHEAD, _WEEK = timedelta(weeks=52), timedelta(weeks=12), timedelta(weeks=1)
_ASKED_OF = {
    Agency.AF: UnitId("af"),
    Agency.FK: UnitId("fk"),
    Agency.KOMMUN: UnitId("kommun-ifo"),
}
"""The unit of each authority that comes to every team; the region's is the team's own hälsocentral."""
_CANCELLED = 8
"""One meeting in so many is cancelled, and its cases move on."""
_CASES_NEXT = 5
"""How many cases stand on the agenda of the meeting to come."""


@dataclass(slots=True)
class _Case:
    """One case as it goes on."""

    entry: Entry
    by: User
    unit_id: UnitId
    asked: tuple[UnitId, ...]
    named: tuple[UnitId, ...]
    case_id: CaseId | None = None
    is_taken_back: bool = False

    def asked_alone(self, leading: UnitId) -> tuple[UnitId, ...]:
        """Whom the consent names when it names nobody beside those who must have the case."""
        return tuple(dict.fromkeys([self.unit_id, leading, *self.asked]))


class NafsYear:
    """What the NAFS-koordinator's teams have done in a year."""

    def __init__(self, stage: Stage, *, new_id: Callable[[], str]) -> None:
        self._stage, self._new_id = stage, new_id
        self._dice = Dice(Random(f"{stage.today} nafs"))  # noqa: S311 – the demo shall be the same each time
        self._random = self._dice.random
        self._cast = stage.cast.beside(self._dice, list(stage.team.units.values()))
        self._leader = stage.team.nafs_coordinator
        self._texts: dict[str, Any] = reference("texts")["nafs"]

    def plan(self) -> None:
        """Let it happen."""
        for entry in reference("team")["nafs"]:
            team = rows.activities.get(self._stage.tx.conn, entry["id"])
            first = self._first(team, week=entry["week"])
            days = series(team.settings.rhythm, first=first, until=self._stage.today + _AHEAD).days
            planned_on = working_days_before(max(first - 8 * _WEEK, self._stage.plan.first_day), 0)
            units = [UnitId(one) for one in entry["units"]]
            self._at(working_day_before(planned_on), partial(self._name_contacts, team, units), hour=13)
            self._at(working_day_before(planned_on), partial(self._plan_series, team, first), hour=14)
            self._plan_team(team, units, days)

        for entry in reference("team")["nafs"][::2]:
            units = [UnitId(one) for one in entry["units"]]
            self._meet_outside(rows.activities.get(self._stage.tx.conn, entry["id"]), units, weeks=9 + entry["week"])

    def _meet_outside(self, team: Activity, units: Sequence[UnitId], *, weeks: int) -> None:
        """A meeting beside the series, for a case that could not wait for the next; two days from the usual weekday."""
        day = self._stage.today - weeks * _WEEK
        day += timedelta(days=(team.settings.rhythm.weekday + 2 - day.weekday()) % 7)
        if not is_working_day(day):
            return
        outside = nafs_calendar.plan_outside(ActivityId(team.id), on=day, starts="09.30", place="Video")
        self._at(working_days_before(day, 13), lambda: self._do(self._leader, outside), hour=9)
        self._begin(team, self._cast_case(units, day), day)
        self._hold(team, day)

    def _first(self, team: Activity, *, week: int) -> date:
        """The team's first meeting of the year; the teams take turns, a week apart."""
        rhythm = team.settings.rhythm
        day = self._stage.today - _YEAR
        day += timedelta(days=(rhythm.weekday - day.weekday()) % 7)
        while day.toordinal() // 7 % rhythm.every_weeks != week:
            day += _WEEK
        return day

    def _name_contacts(self, team: Activity, units: Sequence[UnitId]) -> None:
        """Who comes from each unit: those without an account, whom the koordinator knows by their function address."""
        parts: dict[UnitId, ContactId | None] = {}
        for unit_id in (*_ASKED_OF.values(), *units):
            there = rows.contacts.of(self._stage.tx.conn, tables.contact.c.unit_id, unit_id)
            parts[unit_id] = next((one.id for one in there if one.function_address), None)
        set_now = nafs_teams.set_nafs_team(ActivityId(team.id), facts_of(team), parts=parts, seen=team.version)
        self._do(self._leader, set_now)

    def _plan_series(self, team: Activity, first: date) -> None:
        until = self._stage.today + _AHEAD
        self._do(self._leader, nafs_calendar.plan_series(ActivityId(team.id), first=first, until=until))

    def _plan_team(self, team: Activity, units: Sequence[UnitId], days: Sequence[date]) -> None:
        next_on = next(day for day in days if day >= self._stage.today)
        for day in days:
            is_over = day <= self._stage.plan.last_day
            count = int(is_over or day == next_on)
            if day == next_on and day - self._stage.today < 2 * _WEEK:
                count = _CASES_NEXT
            cases = [self._cast_case(units, day) for _ in range(count)]
            for case in cases:
                self._begin(team, case, day)
            if count == _CASES_NEXT:
                cases[-1].named = cases[-1].asked_alone(self._leader.unit_id)
                self._at(working_days_before(day, 4), partial(self._take_back, cases[0]), hour=10)
            if day == next_on:
                self._at(working_days_before(day, 9), partial(self._ask_all, team, day), hour=14)
            if not is_over:
                continue
            if self._random.randrange(_CANCELLED) == 0:
                self._at(working_day_before(day), partial(self._cancel, team, day), hour=9)
            else:
                self._hold(team, day)

    # A case

    def _cast_case(self, units: Sequence[UnitId], day: date) -> _Case:
        """Somebody of the team's ages, raised at one authority, with a question to at least two others."""
        rhythm = self._stage.activity.settings
        while True:
            entry = self._cast.entry(on=day - 4 * _WEEK)
            age = entry.person.number.age_on(day - 4 * _WEEK)
            if age is not None and max(20, rhythm.min_age) <= age < rhythm.max_age:
                break
        standing = (*_ASKED_OF.values(), *units)
        workers = [user for user in self._stage.team.users if self._raises(user)]
        by = self._random.choice([*workers, self._leader, self._leader])
        unit_id = self._random.choice(units) if by is self._leader else by.unit_id
        others = [one for one in Agency if one is not self._stage.team.units[unit_id].agency]
        chosen = self._random.sample(others, self._random.choice((2, 2, 3)))
        asked = tuple(_ASKED_OF.get(one) or self._random.choice(units) for one in Agency if one in chosen)
        case = _Case(entry, by, unit_id, asked, named=standing)
        alone = case.asked_alone(self._leader.unit_id)
        case.named = tuple(dict.fromkeys([*alone, *standing])) if self._random.random() < 0.9 else alone
        return case

    def _raises(self, user: User) -> bool:
        return Role.HANDLAGGARE in user.roles and user.unit_id in _ASKED_OF.values()

    def _begin(self, team: Activity, case: _Case, day: date) -> None:
        raised_on = working_days_before(day, 14 + self._random.randrange(6))
        put_on = working_days_before(day, 9 + self._random.randrange(3))
        self._at(raised_on, partial(self._raise, team, case), hour=10)
        self._at(put_on, partial(self._put, team, case, day), hour=11)
        self._at(working_days_before(day, 2), partial(self._answer, case, 1), hour=13)

    def _raise(self, team: Activity, case: _Case) -> None:
        on, person = self._stage.now.date(), case.entry.person
        consent = ConsentFacts(
            purposes=(Purpose.NAFS,),
            from_on=on,
            until_on=None,
            unit_ids=case.named,
            paper_at=self._cast.text("small", "paper_at"),
            wording=wording_of(language_for(person)).id,
        )
        facts = NafsFacts(
            activity_id=ActivityId(team.id), unit_id=case.unit_id, raised_by=self._contact(case), raised_on=on
        )
        questions = [(unit_id, self._text("question", unit_id)) for unit_id in case.asked]
        made = nafs_cases.raise_case(person, facts, questions=questions, consent=consent, submit=True)
        case.case_id = self._do(case.by, made).id

    def _put(self, team: Activity, case: _Case, day: date) -> None:
        if case.case_id is not None:
            self._do(self._leader, agenda.put_on_agenda(self._meeting(team, day), case.case_id))

    def _take_back(self, case: _Case) -> None:
        """The person changes their mind once the case stands on the agenda: it is not taken up."""
        if case.case_id is not None:
            case.is_taken_back = True
            for consent in consents.consents_of(self._stage.tx, case.case_id):
                self._do(self._leader, consents.withdraw_consent(consent.id, on=self._stage.now.date()))

    def _ask_all(self, team: Activity, day: date) -> None:
        question = self._random.choice(self._texts["general"])
        self._do(self._leader, agenda.put_general(self._meeting(team, day), question=question))

    def _answer(self, case: _Case, at_most: int) -> None:
        """Those that are not answered yet, written by the NAFS-koordinator as they are told."""
        if case.case_id is None or case.is_taken_back:
            return
        asked = rows.questions.of(
            self._stage.tx.conn, tables.question.c.case_id, case.case_id, by=tables.question.c.place
        )
        for one in [one for one in asked if one.answered_on is None][:at_most]:
            self._do(self._leader, nafs_cases.answer_question(one.id, self._text("answer", one.unit_id)))

    def _text(self, what: str, unit_id: UnitId) -> str:
        return str(self._random.choice(self._texts[what][self._stage.team.units[unit_id].agency.value]))

    def _contact(self, case: _Case) -> ContactId:
        """Whoever has raised it: the user, or somebody at the unit that the NAFS-koordinator writes for."""
        if case.by.unit_id == case.unit_id and case.by.contact_id is not None:
            return case.by.contact_id
        return rows.contacts.of(self._stage.tx.conn, tables.contact.c.unit_id, case.unit_id)[0].id

    # A meeting

    def _hold(self, team: Activity, day: date) -> None:
        self._at(working_days_before(day, 5), partial(self._send, team, day), hour=15)
        self._at(day, partial(self._meet, team, day), hour=14)
        self._at(day, partial(self._close, team, day), hour=15)

    def _send(self, team: Activity, day: date) -> None:
        self._do(self._leader, meeting_papers.mark_sent(self._meeting(team, day)))

    def _meet(self, team: Activity, day: date) -> None:
        meeting_id = self._do(self._leader, forum.open_forum(ActivityId(team.id), on=day)).id
        for agency in Agency:
            presence = Presence(self._dice.pick("presence"))
            self._do(self._leader, forum.record_attendance(meeting_id, agency, presence))

    def _close(self, team: Activity, day: date) -> None:
        meeting_id = self._meeting(team, day)
        for item in rows.agenda_items.of(self._stage.tx.conn, tables.agenda_item.c.meeting_id, meeting_id):
            if item.case_id is None:
                continue
            asked = rows.questions.of(
                self._stage.tx.conn, tables.question.c.case_id, item.case_id, by=tables.question.c.place
            )
            for one in (one for one in asked if one.answered_on is None):
                self._do(self._leader, nafs_cases.answer_question(one.id, self._text("answer", one.unit_id)))
            responsible = self._random.choice(asked).unit_id
            next_step = self._cast.text("next", 2)
            agreed = agenda.record_agreed(
                item.id,
                next_step=next_step,
                responsible_id=responsible,
                feedback_by=item.feedback_by,
                seen=item.version,
            )
            self._do(self._leader, agreed)
            for step in (ItemStep.CONSENT_BROUGHT, ItemStep.CONSENT_POSTED):
                self._do(self._leader, item_steps.tick_step(item.id, step))
            self._at(
                working_days_after(day, self._random.choice((2, 3, 4, 5, 6, 8))), partial(self._tell, item.id), hour=9
            )
        self._do(self._leader, forum.close_forum(meeting_id))

    def _tell(self, item_id: AgendaItemId) -> None:
        how = self._random.choice((FeedbackWay.TELEFON, FeedbackWay.BREV))
        self._do(self._leader, agenda.give_feedback(item_id, on=self._stage.now.date(), how=how))
        self._do(self._leader, item_steps.tick_step(item_id, ItemStep.DOCUMENTED))

    def _cancel(self, team: Activity, day: date) -> None:
        why = self._random.choice(self._texts["why_cancelled"])
        self._do(self._leader, nafs_calendar.cancel_and_move(self._meeting(team, day), why=why))

    def _meeting(self, team: Activity, day: date) -> MeetingId:
        found = rows.meetings.of(self._stage.tx.conn, tables.meeting.c.activity_id, team.id)
        return next(one.id for one in found if one.on == day)

    # In time

    def _at(self, day: date, act: Callable[[], object], *, hour: int) -> None:
        self._stage.at(day, act, hour=hour, minute=self._random.randrange(60))

    def _do(self, user: User, request: Request[T]) -> T:
        """One command now, with ids of this part of the story."""
        with self._stage.other_ids(self._new_id):
            return self._stage.do(user, request)
