"""The NAFS team of the large store: cases with their questions, the agendas that they stood on, and the feedback."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import Connection

from misam_desktop.commands.demo_cast import reference
from misam_desktop.commands.disclosures import hand_over
from misam_desktop.domain import agenda, nafs
from misam_desktop.domain.access import May
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.clocks import add_months, next_working_day, working_days_after
from misam_desktop.domain.codes import Act, Agency, FeedbackWay, Purpose
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.ids import (
    AgendaItemId,
    CaseId,
    ConsentId,
    ContactId,
    ItemStepId,
    QuestionId,
    UnitId,
)
from misam_desktop.domain.item_steps import ItemStep, Ticked
from misam_desktop.domain.meeting import Meeting, MeetingState, keeps_codes, state_of
from misam_desktop.domain.nafs import NafsCase, Question
from misam_desktop.domain.nafs_team import TeamPart
from misam_desktop.domain.people import Person, Unit, User
from misam_desktop.store import codes, rows, tables
from misam_desktop.vault import Tx, actor_of
from tests.bench.world_facts import FIRST, NAFS, TODAY, at, new_id
from tests.bench.world_meetings import meetings

STANDING = {
    Agency.AF: UnitId("af"),
    Agency.FK: UnitId("fk"),
    Agency.KOMMUN: UnitId("kommun-ifo"),
    Agency.REGION: UnitId("hc-erikslid"),
}
"""The unit of each authority that comes to the team's meetings."""
_EPISODES_A_CASE = 10
_BATCH = 2_000
_AHEAD = timedelta(weeks=12)
_AGAIN_AFTER = 4
"""How many meetings lie between the two of a case that is taken up again."""


@dataclass(slots=True, kw_only=True)
class _Case:
    """Everything that is stored of one case, and when it was handed to whom."""

    person: Person
    case: NafsCase
    consent: Consent
    questions: list[Question]
    items: list[AgendaItem] = field(default_factory=list)
    ticked: list[Ticked] = field(default_factory=list)
    put_at: datetime | None = None


class Team:
    """Twelve years of a NAFS team, with dice of its own."""

    def __init__(self, conn: Connection, workers: Mapping[UnitId, Sequence[ContactId]]) -> None:
        self._conn, self._workers, self._dice = conn, workers, Random(10)
        self._texts: dict[str, Any] = reference("texts")["nafs"]
        self._leader: User = next(one for one in rows.users.where(conn) if one.login == NAFS.login)
        self._units: list[Unit] = rows.units.where(conn)
        self._persons = rows.persons.where(conn, order_by=[tables.person.c.number])
        self._births = [one.number.digits[:8] for one in self._persons]
        self._places = Counter[str]()
        self._taking: list[Meeting] = []

    def fill(self, episodes: int) -> None:
        """Store the team's calendar, and a case for every ten episodes, in the order of time."""
        activity = rows.activities.get(self._conn, NAFS.id)
        parts = [TeamPart(id=new_id(self._dice), activity_id=NAFS.id, unit_id=one) for one in STANDING.values()]
        rows.team_parts.add_all(self._conn, parts)
        kept = meetings(self._conn, activity, until=TODAY + _AHEAD)
        self._taking = [one for one in kept if state_of(one) is not MeetingState.CANCELLED]
        span = (TODAY - FIRST).days
        raised = (FIRST + timedelta(days=self._dice.randrange(span)) for _ in range(episodes // _EPISODES_A_CASE))
        cases = (self._case(day) for day in sorted(next_working_day(one) for one in raised) if day <= TODAY)
        while batch := list(islice(cases, _BATCH)):
            self._store(batch)
        rows.agenda_items.add_all(self._conn, list(self._general()))

    def _store(self, cases: Sequence[_Case]) -> None:
        conn = self._conn
        rows.nafs_cases.add_all(conn, [one.case for one in cases])
        rows.consents.add_all(conn, [one.consent for one in cases])
        rows.questions.add_all(conn, [asked for one in cases for asked in one.questions])
        rows.agenda_items.add_all(conn, [item for one in cases for item in one.items])
        rows.item_steps.add_all(conn, [step for one in cases for step in one.ticked])
        for one in cases:
            self._hand_over(one)

    def _hand_over(self, one: _Case) -> None:
        """To whoever leads the meetings when it is put to the team, to all whom the consent names with its agenda."""
        if one.person.protected or one.case.submitted_at is None:
            return
        self._hand(one, one.case.submitted_at, Act.DELNING, [self._leader.unit_id])
        if one.put_at is not None:
            self._hand(one, one.put_at, Act.MOTE, one.consent.unit_ids)

    def _hand(self, one: _Case, when: datetime, act: Act, unit_ids: Sequence[UnitId]) -> None:
        tx = Tx(self._conn, actor_of(self._leader), May.DISCLOSE, now=when, today=when.date())
        tx.new_id = self._new_id
        hand_over(tx, one.case, one.consent, act=act, unit_ids=unit_ids)

    # A case

    def _case(self, raised_on: date) -> _Case:
        """Most stand on the next meeting that takes them, some on a later one too; a few are taken back before it."""
        unit = self._dice.choice(self._units)
        is_draft = raised_on > TODAY - timedelta(days=10) and self._happens(0.2)
        is_taken_back = not is_draft and self._happens(0.04)
        person = self._somebody(raised_on)
        case = NafsCase(
            id=CaseId(self._new_id()),
            person_id=person.id,
            activity_id=NAFS.id,
            unit_id=unit.id,
            raised_by=self._dice.choice(self._workers[unit.id]),
            raised_on=raised_on,
            submitted_at=None if is_draft else at(raised_on, 9),
        )
        how_many = self._dice.choice((1, 2, 3) if is_draft or is_taken_back else (2, 2, 3))
        asked = self._asked(unit, how_many)
        one = _Case(person=person, case=case, consent=self._consent(case, asked), questions=self._ask(case, asked))
        if is_taken_back:
            self._take_back(one)
        elif not is_draft:
            self._take_up(one)
        return one

    def _somebody(self, on: date) -> Person:
        """Somebody of the team's ages; nobody in the store is too old for it."""
        youngest = f"{on.year - 21}{on:%m%d}"
        return self._persons[self._dice.randrange(bisect_left(self._births, youngest))]

    def _asked(self, unit: Unit, how_many: int) -> list[UnitId]:
        others = [one for one in Agency if one is not unit.agency]
        return [STANDING[one] for one in self._dice.sample(others, how_many)]

    def _ask(self, case: NafsCase, asked: Sequence[UnitId]) -> list[Question]:
        return [
            nafs.ask(case, QuestionId(self._new_id()), unit_id=unit_id, text=self._said("question", unit_id), place=at)
            for at, unit_id in enumerate(asked, start=1)
        ]

    def _consent(self, case: NafsCase, asked: Sequence[UnitId]) -> Consent:
        """One in ten names nobody beside those who must have the case."""
        standing = STANDING.values() if self._happens(0.9) else ()
        return Consent(
            id=ConsentId(self._new_id()),
            person_id=case.person_id,
            case_id=case.id,
            purpose=Purpose.NAFS,
            from_on=case.raised_on,
            until_on=add_months(case.raised_on, 12),
            unit_ids=tuple(dict.fromkeys([case.unit_id, self._leader.unit_id, *asked, *standing])),
            paper_at="Pärm 5",
            recorded_at=at(case.raised_on, 9),
        )

    def _take_back(self, one: _Case) -> None:
        on = min(TODAY, one.case.raised_on + timedelta(days=self._dice.randrange(1, 10)))
        one.case = nafs.withdraw(one.case, on=on, why="Behovet är löst på annat sätt.")

    # On meetings

    def _take_up(self, one: _Case) -> None:
        ready_on = _working_days_after(one.case.raised_on, 10)
        first = bisect_left(self._taking, ready_on, key=lambda meeting: meeting.on)
        self._stand(one, self._taking[first])
        one.questions = [self._answered(asked, one.case.raised_on, self._taking[first].on) for asked in one.questions]
        if self._happens(0.15) and self._taking[first].on < TODAY:
            again = self._taking[first + _AGAIN_AFTER]
            self._ask_again(one, self._taking[first].on, again)
            self._stand(one, again)

    def _ask_again(self, one: _Case, asked_on: date, meeting: Meeting) -> None:
        """What came up at the first meeting is asked then."""
        unit_id = one.questions[0].unit_id
        place = len(one.questions) + 1
        text = self._said("question", unit_id)
        new = nafs.ask(one.case, QuestionId(self._new_id()), unit_id=unit_id, text=text, place=place)
        one.questions.append(self._answered(replace(new, asked_on=asked_on), asked_on, meeting.on))

    def _answered(self, asked: Question, since: date, until: date) -> Question:
        """By the meeting nearly all are answered."""
        on = since + timedelta(days=self._dice.randrange(1, (until - since).days + 1))
        if on > TODAY or self._happens(0.003):
            return asked
        return nafs.answer(asked, self._said("answer", asked.unit_id), by=self._leader.id, on=on)

    def _stand(self, one: _Case, meeting: Meeting) -> None:
        """On the agenda from the last day for cases; that of a meeting to come may not be there yet."""
        put_on = meeting.stop_on
        assert put_on is not None
        if put_on > TODAY:
            return
        one.put_at = one.put_at or at(put_on, 11)
        self._places[meeting.id] += 1
        code = None if one.person.protected else codes.new_code(self._conn, self._dice.randrange)
        item = AgendaItem(
            id=AgendaItemId(self._new_id()),
            meeting_id=meeting.id,
            case_id=one.case.id,
            place=self._places[meeting.id],
            code=code if keeps_codes(meeting.on, today=TODAY) else None,
            added_at=at(put_on, 11),
            feedback_by=one.case.raised_by,
        )
        if state_of(meeting) is MeetingState.CLOSED:
            item = self._concluded(item, one, meeting)
            one.ticked += self._ticked(item, meeting)
        one.items.append(item)

    def _concluded(self, item: AgendaItem, one: _Case, meeting: Meeting) -> AgendaItem:
        """Some are told too late, and nearly nobody is not told at all."""
        agreed = agenda.agreed(
            item,
            next_step="Gemensamt samtal bokas.",
            responsible_id=self._dice.choice(one.questions).unit_id,
            feedback_by=item.feedback_by,
        )
        on = _working_days_after(meeting.on, self._dice.choice((2, 3, 3, 4, 4, 5, 6, 7, 8)))
        if on > TODAY or self._happens(0.002):
            return agreed
        how = self._dice.choice(list(FeedbackWay))
        return agenda.give_feedback(agreed, meeting, on=on, how=how, today=TODAY)

    def _ticked(self, item: AgendaItem, meeting: Meeting) -> Iterator[Ticked]:
        for step in ItemStep:
            yield Ticked(
                id=ItemStepId(self._new_id()),
                item_id=item.id,
                step=step,
                unit_id=self._leader.unit_id,
                on=meeting.on,
                by=self._leader.id,
            )

    def _general(self) -> Iterator[AgendaItem]:
        """Every third meeting that was held also had a question that concerns no person."""
        for meeting in [one for one in self._taking if state_of(one) is MeetingState.CLOSED][::3]:
            item = AgendaItem(
                id=AgendaItemId(self._new_id()),
                meeting_id=meeting.id,
                place=self._places[meeting.id] + 1,
                added_at=at(meeting.on, 8),
            )
            yield agenda.general(item, question=self._dice.choice(self._texts["general"]), asked_id=None)

    def _said(self, what: str, unit_id: UnitId) -> str:
        agency = next(one for one, standing in STANDING.items() if standing == unit_id)
        return str(self._dice.choice(self._texts[what][agency.value]))

    def _happens(self, chance: float) -> bool:
        return self._dice.random() < chance

    def _new_id(self) -> str:
        return new_id(self._dice)


@lru_cache(maxsize=10_000)
def _working_days_after(day: date, how_many: int) -> date:
    return working_days_after(day, how_many)
