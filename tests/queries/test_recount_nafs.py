"""The report of a NAFS team, counted once more by hand from plain descriptions of its cases and meetings: 200 teams.

Nothing of the program counts here: the descriptions are text, days too, and so are the codes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

import pytest
from hypothesis import strategies as st
from sqlalchemy import Connection

from misam_desktop.commands.agenda import give_feedback, put_on_agenda, record_agreed
from misam_desktop.commands.forum import close_forum, open_forum, record_attendance
from misam_desktop.commands.nafs_calendar import cancel_and_move, plan_outside
from misam_desktop.commands.nafs_cases import answer_question, withdraw_case
from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.codes import Agency, FeedbackWay, InfoKind, Presence, Purpose, Sex
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.ids import (
    ActivityId,
    AgendaItemId,
    CaseId,
    ConsentId,
    ContactId,
    MeetingId,
    PersonId,
    QuestionId,
    UnitId,
)
from misam_desktop.domain.nafs import NafsCase, Question
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.domain.report import Report, ReportKind, Section
from misam_desktop.domain.steps import all_at_once
from misam_desktop.queries.reports import counted_report
from misam_desktop.store import founding, rows
from misam_desktop.store.engine import reading, writing
from misam_desktop.vault import Look, Vault
from tests.commands.nafs_worlds import TEAM, leads_the_team, questions, raised, to_nafs
from tests.commands.worlds import AF, FK, contact_of, on
from tests.conftest import NOW, TODAY
from tests.queries.recounting import (
    AGENCIES,
    PERIODS,
    SEXES,
    TODAY_AS_TEXT,
    UNITS,
    Line,
    agency_of,
    by_sex,
    day_or_none,
    days,
    days_after,
    days_between,
    for_random_worlds,
    is_held,
    meetings,
    meetings_are_right,
    middle,
    middles,
    moment,
    reasons_are_right,
    seventh_working_day,
    shares,
    store_meetings,
    tallied,
    tally,
    welcome,
)

NUMBERED = count(1)


class Team(NamedTuple):
    """What a team has done, in words, and the period that is asked for.

    A case has its number, an item the number of its case, «» for a question that concerns no person.
    """

    period: tuple[str, str]
    cases: list[Line]
    questions: list[Line]
    meetings: list[Line]
    items: list[Line]


# Random teams


@st.composite
def _case(draw: st.DrawFn, number: int, meets: list[str]) -> Line:
    """``meets`` are the days of meetings, on which things are taken back too."""
    raised = draw(days("2025-10-01", TODAY_AS_TEXT))
    later = st.sampled_from([*(day for day in meets if raised <= day <= TODAY_AS_TEXT), TODAY_AS_TEXT])
    later |= days(raised, TODAY_AS_TEXT)
    begins = days_after(raised, -draw(st.integers(0, 20)))
    return {
        "case": str(number),
        "kon": draw(st.sampled_from(SEXES)),
        "skyddad": draw(st.sampled_from(["", "", "", "ja"])),
        "unit": draw(st.sampled_from(UNITS)),
        "raised_on": raised,
        "put": draw(st.sampled_from(["ja", "ja", "ja", ""])),
        "withdrawn_on": draw(st.just("") | later),
        "consent_from": begins,
        "consent_until": draw(st.just("") | st.just("") | st.just("2027-10-31") | days(begins, "2026-12-31")),
        "consent_withdrawn_on": draw(st.just("") | st.just("") | later),
    }


@st.composite
def _question(draw: st.DrawFn, case: Line) -> Line:
    asked = draw(st.just("") | days(case["raised_on"], TODAY_AS_TEXT))
    answered = draw(st.just("") | days(asked or case["raised_on"], TODAY_AS_TEXT))
    unit = draw(st.sampled_from([unit for unit in UNITS if unit != case["unit"]]))
    return {"case": case["case"], "unit": unit, "asked_on": asked, "answered_on": answered}


@st.composite
def _item(draw: st.DrawFn, meeting: Line, case: Line) -> Line:
    """What a held meeting has agreed on and how the person was told of it, most often about the seventh working day."""
    last = seventh_working_day(meeting["on"])
    about = [days_after(last, one) for one in (-20, -3, -1, 0, 0, 1, 4)]
    given = [day for day in about if meeting["on"] <= day <= TODAY_AS_TEXT]
    return {
        "on": meeting["on"],
        "case": case["case"],
        "agreed": draw(st.sampled_from(["", "", "Träffas igen"])) if is_held(meeting) else "",
        "feedback_by": draw(st.sampled_from([*UNITS, ""])),
        "feedback_on": draw(st.sampled_from(["", "", "", *given])) if is_held(meeting) else "",
    }


@st.composite
def _teams(draw: st.DrawFn) -> Team:
    held = draw(meetings())
    cases = [draw(_case(number, [one["on"] for one in held])) for number in range(draw(st.integers(1, 5)))]
    put = [case for case in cases if case["put"]]
    nobody = {"on": "", "case": "", "agreed": "Allmänt", "feedback_by": "", "feedback_on": ""}
    return Team(
        period=draw(st.sampled_from(PERIODS)),
        cases=cases,
        questions=[draw(_question(case)) for case in cases for _ in range(draw(st.integers(0, 3)))],
        meetings=held,
        items=[
            *[draw(_item(one, case)) for one in held for case in put if draw(st.booleans())],
            *[nobody | {"on": one["on"]} for one in held if draw(st.booleans())],
        ],
    )


# Into the store


def _stored(conn: Connection, team: Team, name: str) -> None:
    activity = founding.reference_activity("nafs", activity_id=name, name=name)
    rows.activities.add(conn, activity)
    store_meetings(conn, activity.id, Kind.NAFS, team.meetings)
    for line in team.cases:
        _store_case(conn, line, activity.id)
    questions = [
        Question(
            id=QuestionId(f"{name} q{at}"),
            case_id=CaseId(f"{name} {line['case']}"),
            unit_id=UnitId(line["unit"]),
            place=at,
            text="Vad är möjligt?",
            answer="Detta" if line["answered_on"] else "",
            asked_on=day_or_none(line["asked_on"]),
            answered_on=day_or_none(line["answered_on"]),
        )
        for at, line in enumerate(team.questions, start=1)
    ]
    rows.questions.add_all(conn, questions)
    items = [
        AgendaItem(
            id=AgendaItemId(f"{name} i{at}"),
            meeting_id=MeetingId(f"{name} {line['on']}"),
            case_id=CaseId(f"{name} {line['case']}") if line["case"] else None,
            question="" if line["case"] else "Vad gäller vid studier?",
            place=at,
            added_at=moment(line["on"]) - timedelta(days=10),
            next_step=line["agreed"],
            feedback_by=ContactId(f"of {line['feedback_by']}") if line["feedback_by"] else None,
            feedback_on=day_or_none(line["feedback_on"]),
        )
        for at, line in enumerate(team.items, start=1)
    ]
    rows.agenda_items.add_all(conn, items)


def _store_case(conn: Connection, line: Line, activity_id: ActivityId) -> None:
    case_id, raised_on = CaseId(f"{activity_id} {line['case']}"), date.fromisoformat(line["raised_on"])
    person = Person(
        id=PersonId(f"{case_id} p"),
        number=made_up_number(date(1980, 1, 1) + timedelta(days=int(line["case"])), 980),
        sex=Sex(line["kon"]),
        protected=bool(line["skyddad"]),
    )
    rows.persons.add(conn, person)
    case = NafsCase(
        id=case_id,
        person_id=person.id,
        activity_id=activity_id,
        unit_id=UnitId(line["unit"]),
        raised_by=ContactId(f"of {line['unit']}"),
        raised_on=raised_on,
        submitted_at=moment(line["raised_on"]) if line["put"] else None,
        withdrawn_on=day_or_none(line["withdrawn_on"]),
        withdrawn_why="Löste sig" if line["withdrawn_on"] else "",
    )
    rows.nafs_cases.add(conn, case)
    consent = Consent(
        id=ConsentId(f"{case_id} c"),
        person_id=person.id,
        case_id=case_id,
        purpose=Purpose.NAFS,
        from_on=date.fromisoformat(line["consent_from"]),
        until_on=day_or_none(line["consent_until"]),
        unit_ids=tuple(map(UnitId, UNITS)),
        kinds=tuple(InfoKind),
        recorded_at=moment(line["consent_from"]),
        withdrawn_on=day_or_none(line["consent_withdrawn_on"]),
    )
    rows.consents.add(conn, consent)


# By hand


def _holds(case: Line, day: str) -> bool:
    """Whether the consent held on a day."""
    taken_back = case["consent_withdrawn_on"] or "9999"
    return case["consent_from"] <= day <= (case["consent_until"] or "9999") and day < taken_back


def _taken_up(team: Team) -> list[tuple[Line, Line]]:
    """Each case that a held meeting took up, with what became of it there.

    One that had been taken back, or whose consent no longer held, was not, unless something was agreed or told of it.
    """
    held = [one["on"] for one in team.meetings if is_held(one)]
    cases = {case["case"]: case for case in team.cases}
    pairs = [(cases[item["case"]], item) for item in team.items if item["case"] and item["on"] in held]
    return [
        (case, item)
        for case, item in pairs
        if item["agreed"]
        or item["feedback_on"]
        or (_holds(case, item["on"]) and item["on"] < (case["withdrawn_on"] or "9999"))
    ]


def _cases_are_right(by_standing: Section, by_agency: Section, team: Team) -> None:
    first, last = team.period
    them = [case for case in team.cases if case["put"] and first <= case["raised_on"] <= last]
    treated = {case["case"] for case, item in _taken_up(team) if item["on"] <= last}

    def standing(case: Line) -> str:
        if case["case"] in treated:
            return "behandlade"
        return "atertagna" if (case["withdrawn_on"] or "9999") <= last else "vantar"

    assert tally(by_standing) == by_sex(them, lambda _: "total") | by_sex(them, standing)
    assert tally(by_agency) == by_sex(
        them, lambda case: "utan_detaljer" if case["skyddad"] else agency_of(case["unit"])
    )


def _questions_are_right(section: Section, team: Team) -> None:
    first, last = team.period
    standing = {
        case["case"]: case["raised_on"]
        for case in team.cases
        if case["put"] and (case["withdrawn_on"] or "9999") > last
    }
    asked = [
        (agency_of(one["unit"]), one["asked_on"] or standing[one["case"]], one["answered_on"])
        for one in team.questions
        if one["case"] in standing
    ]
    asked = [one for one in asked if first <= one[1] <= last]
    answered = [one for one in asked if one[2] and one[2] <= last]
    assert tally(section) == tallied(
        (row, column)
        for column, some in (("stallda", asked), ("besvarade", answered))
        for agency, _, _ in some
        for row in ("total", agency)
    )
    taken = defaultdict[str, list[int]](list)
    for agency, asked_on, answered_on in answered:
        for row in ("total", agency):
            taken[row].append(days_between(asked_on, answered_on))
    assert middles(section) == middle(taken)
    of_all = {row: len(taken[row]) for row in ("total", *AGENCIES)}
    counts = tallied((row, "") for agency, _, _ in asked for row in ("total", agency))
    assert shares(section) == {row: (of_all[row], number) for (row, _), number in counts.items()}


def _feedback_is_right(section: Section, team: Team) -> None:
    first, last = team.period
    as_of = min(last, TODAY_AS_TEXT)

    def stands(item: Line) -> str:
        due = seventh_working_day(item["on"])
        if item["feedback_on"] and item["feedback_on"] <= as_of:
            return "i_tid" if item["feedback_on"] <= due else "sena"
        return "ej_gjorda" if due < as_of else "vantar"

    owed = [
        (row, stands(item))
        for case, item in _taken_up(team)
        if first <= item["on"] <= last
        for row in ("total", agency_of(item["feedback_by"] or case["unit"]))
    ]
    measured = [(row, how) for row, how in owed if how != "vantar"]
    assert tally(section) == tallied(
        [*owed, *((row, "total") for row, _ in owed), *((row, "matta") for row, _ in measured)]
    )
    assert shares(section) == {
        row: ([one for one, how in measured if how == "i_tid"].count(row), [one for one, _ in measured].count(row))
        for row, _ in measured
    }


def team_is_right(report: Report, team: Team) -> None:
    first, last = team.period
    by_standing, by_agency, kept, whys, attended, questions, feedback = report.sections
    _cases_are_right(by_standing, by_agency, team)
    of_period: Sequence[Line] = [one for one in team.meetings if first <= one["on"] <= last]
    meetings_are_right(kept, attended, of_period)
    reasons_are_right(whys, of_period)
    _questions_are_right(questions, team)
    _feedback_is_right(feedback, team)
    assert all(check.ok for check in report.checks)


@pytest.fixture
def with_contacts(karin: Vault, nora: Vault) -> Vault:
    """Whoever leads NAFS, and somebody at each unit."""
    with writing(karin._engine) as conn:
        welcome(conn)
    return nora


@pytest.mark.parametrize("number", range(4))
def test_a_recount_by_hand_agrees(with_contacts: Vault, number: int) -> None:
    def agrees(team: Team) -> None:
        name = f"NAFS {next(NUMBERED)}"
        with writing(with_contacts._engine) as conn:
            _stored(conn, team, name)
        first, last = map(date.fromisoformat, team.period)
        asked = counted_report(ReportKind.NAFS, name, first=first, last=last)
        with reading(with_contacts._engine) as conn:  # without an entry each, which would take most of the time
            look = Look(conn, with_contacts.actor, May.SEE_REPORTS, now=NOW, today=TODAY)
            team_is_right(all_at_once(asked.steps(look)), team)

    for_random_worlds(number, _teams(), agrees)


def test_it_agrees_of_what_people_have_done_too(karin: Vault, jonas: Vault) -> None:
    """Three cases on one meeting: one is told of in time, one not at all, and one was taken back before."""
    nora = leads_the_team(karin)
    raised_on, meets, off = date(2026, 11, 2), date(2026, 11, 10), date(2026, 11, 17)
    consent = replace(to_nafs(), from_on=raised_on)
    made = [raised(on(jonas, raised_on), 980 + at, raised_on=raised_on, consent=consent) for at in range(3)]
    meeting, cancelled = (on(nora, raised_on).do(plan_outside(TEAM, on=day)).value for day in (meets, off))
    told, *_ = [on(nora, raised_on).do(put_on_agenda(meeting.id, one.id)).value for one in made]
    on(jonas, date(2026, 11, 5)).do(withdraw_case(made[2].id, why="Löste sig"))
    then = on(nora, meets)
    then.do(open_forum(TEAM, on=meets))
    then.do(record_attendance(meeting.id, Agency.AF, Presence.VIDEO))
    to_fk = next(one for one in questions(nora, made[0]) if one.unit_id == FK)
    then.do(answer_question(to_fk.id, "Ja"))
    by = contact_of(jonas)
    then.do(record_agreed(told.id, next_step="Träffas", responsible_id=AF, feedback_by=by, seen=told.version))
    then.do(close_forum(meeting.id))
    on(jonas, date(2026, 11, 19)).do(give_feedback(told.id, on=date(2026, 11, 19), how=FeedbackWay.TELEFON))
    moved_to = then.do(cancel_and_move(cancelled.id, why="Sjukdom")).value.to

    blank = {"case": "", "kon": "kvinna", "skyddad": "", "unit": "af", "raised_on": "2026-11-02", "put": "ja"}
    blank |= {"consent_from": "2026-11-02", "consent_until": "", "consent_withdrawn_on": "", "withdrawn_on": ""}
    item = {"on": "2026-11-10", "agreed": "", "feedback_by": "af", "feedback_on": ""}
    apart = {"why": "", "outside": "ja", "af": "", "fk": "", "kommun": "", "region": ""}
    asked = [{"case": case, "unit": unit, "asked_on": ""} for case in "012" for unit in ("fk", "kommun-ifo")]
    team = Team(
        period=("2026-01-01", "2026-12-31"),
        cases=[blank | {"case": "0"}, blank | {"case": "1"}, blank | {"case": "2", "withdrawn_on": "2026-11-05"}],
        questions=[one | {"answered_on": "" if at else "2026-11-10"} for at, one in enumerate(asked)],
        meetings=[
            apart | {"on": "2026-11-10", "state": "closed", "af": "video"},
            apart | {"on": "2026-11-17", "state": "cancelled", "why": "Sjukdom"},
            apart | {"on": moved_to.on.isoformat(), "state": "planned", "outside": ""},
        ],
        items=[
            item | {"case": "0", "agreed": "Träffas", "feedback_on": "2026-11-19"},
            *[item | {"case": case} for case in "12"],
        ],
    )
    year = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
    team_is_right(nora.ask(counted_report(ReportKind.NAFS, "NAFS Norr", **year)), team)
