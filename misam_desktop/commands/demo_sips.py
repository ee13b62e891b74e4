"""The made-up team's SIPs: one at each stage, from a need that nobody has begun with to one that has been evaluated.

The dice, the ids and the codes are their own, so that the rest of the story is the same with and without them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any, TypeVar

from misam_desktop.commands import sip_papers, sip_plans, sips
from misam_desktop.commands.demo_cast import Dice, Entry, reference
from misam_desktop.commands.demo_stage import Stage
from misam_desktop.documents.phrases import language_for, wording_of
from misam_desktop.domain.clocks import next_working_day, working_days_before
from misam_desktop.domain.codes import Act, Purpose
from misam_desktop.domain.ids import CaseId, SipPartyId, UnitId
from misam_desktop.domain.intake import ConsentFacts
from misam_desktop.domain.sip import PartyKind, Preparation, SipAnswer, SipFacts
from misam_desktop.domain.sip_plan import PlanFacts, Point
from misam_desktop.queries.sip_papers import AskingChoice
from misam_desktop.store import rows, tables
from misam_desktop.vault import Request

T = TypeVar("T")
_UNITS = (UnitId("kommun-ifo"), UnitId("region-psyk"), UnitId("af"), UnitId("fk"))
"""The koordinator's own unit judges that each is needed; the others are called and invited."""
_ADULT = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class _Course:
    """How far one has come. ``need`` is so many working days ago, ``meets`` so many days from today, before or after.

    ``unsent`` are those who have no letter yet, ``silent`` those who have not answered; ``declines`` and ``other_time``
    the place of who says so.
    """

    need: int
    consent: bool = True
    prepared: bool = True
    meets: int | None = None
    unsent: int = 0
    silent: int = 0
    declines: int | None = None
    other_time: int | None = None
    plan: bool = False
    finished: bool = False
    ended: bool = False


_COURSES = (
    _Course(need=2, consent=False, prepared=False),
    _Course(need=7, prepared=False),
    _Course(need=11),
    _Course(need=16, meets=13, unsent=2, silent=4),
    _Course(need=22, meets=6, declines=3),
    _Course(need=25, meets=9, silent=1, other_time=2),
    _Course(need=38, meets=-9, plan=True),
    _Course(need=70, meets=-60, plan=True, finished=True),
    _Course(need=120, meets=-140, plan=True, finished=True, ended=True),
)


@dataclass(slots=True)
class _Sip:
    entry: Entry
    course: _Course
    case_id: CaseId | None = None


class Sips:
    """What the koordinator has begun, and how each goes on."""

    def __init__(self, stage: Stage, *, new_id: Callable[[], str]) -> None:
        self._stage, self._new_id = stage, new_id
        dice = Dice(Random(f"{stage.today} sip"))  # noqa: S311 – the demo shall be the same each time
        self._random = dice.random
        self._codes = Random(f"{stage.today} sip codes").randrange  # noqa: S311 – as above
        self._cast = stage.cast.beside(dice, list(stage.team.units.values()))
        self._leader = stage.team.coordinators[0]
        self._texts: dict[str, Any] = reference("texts")["sip"]

    def plan(self) -> None:
        """Let it happen."""
        for course in _COURSES:
            sip = _Sip(self._somebody(course), course)
            self._at(course.need, partial(self._begin, sip), hour=10)
            if course.prepared:
                self._at(course.need - 2, partial(self._prepare, sip), hour=13)
            if course.meets is not None:
                self._at(course.need - 4, partial(self._call, sip), hour=9)
                self._at(course.need - 8, partial(self._answers, sip), hour=14)
            if course.plan and course.meets is not None:
                held = working_days_before(self._stage.today + timedelta(days=course.meets + 1), 1)
                self._stage.at(held, partial(self._write, sip), hour=15, minute=30)
            if course.ended:
                self._at(8, partial(self._end, sip), hour=11)

    def _somebody(self, course: _Course) -> Entry:
        """Somebody grown up: they sign for themselves."""
        on = working_days_before(self._stage.today, course.need)
        while True:
            entry = self._cast.entry(on=on)
            age = entry.person.number.age_on(on)
            if age is not None and age >= _ADULT:
                return entry

    def _begin(self, sip: _Sip) -> None:
        on, person = self._stage.now.date(), sip.entry.person
        contact_id = self._leader.contact_id
        assert contact_id is not None
        facts = SipFacts(
            activity_id=self._stage.activity.id,
            unit_id=_UNITS[0],
            contact_id=contact_id,
            need_on=on,
            need_why=self._text("why"),
        )
        consent = ConsentFacts(
            purposes=(Purpose.SIP,),
            from_on=on,
            until_on=None,
            unit_ids=_UNITS,
            paper_at=self._cast.text("small", "paper_at"),
            wording=wording_of(language_for(person)).id,
        )
        is_put = sip.course.consent
        made = sips.begin_sip(person, facts, consent=consent if is_put else None, submit=is_put)
        sip.case_id = self._do(made).id

    def _prepare(self, sip: _Sip) -> None:
        said = Preparation(important=self._text("important"), questions=self._text("questions"), relatives=True)
        self._do(sips.prepare_sip(_id(sip), said, seen=self._version(sip)))

    def _call(self, sip: _Sip) -> None:
        """The day is set, and the letters are written to all but the last few."""
        assert sip.course.meets is not None
        on = next_working_day(self._stage.today + timedelta(days=sip.course.meets))
        meets = sips.set_sip_meeting(_id(sip), on=on, time="13.00", place=self._text("place"), seen=self._version(sip))
        self._do(meets)
        parties = [self._do(sips.add_party(_id(sip), PartyKind.ENHET, unit_id=one)).id for one in _UNITS]
        parties.append(self._do(sips.add_party(_id(sip), PartyKind.PERSONEN)).id)
        relative = self._random.choice(("Mamma", "Pappa", "Syster", "Sambo"))
        parties.append(self._do(sips.add_party(_id(sip), PartyKind.NARSTAENDE, name=relative)).id)
        for party_id in parties[: len(parties) - sip.course.unsent]:
            choice = AskingChoice(language=language_for(sip.entry.person))
            self._do(sip_papers.give_sip_letter(party_id, choice, act=Act.UTSKRIFT))

    def _answers(self, sip: _Sip) -> None:
        course, parties = sip.course, self._parties(sip)
        answering = parties[: len(parties) - max(course.unsent, course.silent)]
        for at, party_id in enumerate(answering):
            said = {course.declines: SipAnswer.KOMMER_INTE, course.other_time: SipAnswer.NY_TID}
            answer = said.get(at, SipAnswer.KOMMER)
            texts = {SipAnswer.KOMMER_INTE: "declines", SipAnswer.NY_TID: "other_time"}
            text = str(self._texts[texts[answer]]) if answer in texts else ""
            self._do(sips.answer_invitation(party_id, answer, text=text))

    def _write(self, sip: _Sip) -> None:
        """What the meeting agreed on; one that is not finished lacks what a huvudman and others do."""
        course, on = sip.course, self._stage.now.date()
        doing = _UNITS if course.finished else _UNITS[:1]
        for party_id, unit_id in zip(self._parties(sip), doing, strict=False):
            agency = self._stage.team.units[unit_id].agency
            what = str(self._random.choice(self._texts["does"][agency.value]))
            self._do(sip_plans.commit_in_sip(party_id, what=what, due_on=on + timedelta(days=30)))
        soon = max(self._stage.today + timedelta(days=9), on + timedelta(days=60))
        facts = PlanFacts(
            needed=str(self._texts["needed"]),
            none=() if course.finished else (Point.OTHERS,),
            responsible_id=_UNITS[0] if course.finished else None,
            goals_short=self._text("goals_short"),
            goals_long=self._text("goals_long") if course.finished else "",
            follow_up_on=next_working_day(soon) if course.finished else None,
        )
        self._do(sip_plans.write_plan(_id(sip), facts))
        if course.finished:
            self._do(sip_plans.finish_plan(_id(sip)))

    def _end(self, sip: _Sip) -> None:
        self._do(sips.end_sip(_id(sip), on=self._stage.now.date(), evaluation=self._text("evaluation")))

    def _parties(self, sip: _Sip) -> Sequence[SipPartyId]:
        """The units in their order, then the person and the relative."""
        found = rows.sip_parties.of(self._stage.tx.conn, tables.sip_party.c.case_id, _id(sip))
        order = [*_UNITS, None]
        return [one.id for one in sorted(found, key=lambda one: (order.index(one.unit_id), one.kind, one.name))]

    def _version(self, sip: _Sip) -> int:
        return rows.sips.get(self._stage.tx.conn, _id(sip)).version

    def _text(self, name: str) -> str:
        return str(self._random.choice(self._texts[name]))

    # In time

    def _at(self, days: int, act: Callable[[], object], *, hour: int) -> None:
        """So many working days before today."""
        day: date = working_days_before(self._stage.today, max(days, 1))
        self._stage.at(day, act, hour=hour, minute=self._random.randrange(60))

    def _do(self, request: Request[T]) -> T:
        """One command now, with ids and codes of this part of the story."""
        tx = self._stage.tx
        others = tx.new_id, tx.random_below
        tx.new_id, tx.random_below = self._new_id, self._codes
        try:
            return self._stage.do(self._leader, request)
        finally:
            tx.new_id, tx.random_below = others


def _id(sip: _Sip) -> CaseId:
    assert sip.case_id is not None
    return sip.case_id
