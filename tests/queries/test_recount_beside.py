"""The reports of which a register holds nothing, counted once more by hand from plain descriptions: 200 activities.

Follow-ups, steps, questionnaires and avvikelser, and of the forum what its meetings say and what was ticked beside an
outcome. Nothing of the program counts here: the descriptions are text, days too, and so are the codes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import count

import pytest

from misam_desktop.commands.asked import note_asked, set_questionnaires
from misam_desktop.commands.deviations import close_deviation, note_deviation
from misam_desktop.commands.episodes import discharge
from misam_desktop.commands.follow_ups import move_follow_up, record_follow_up
from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Questionnaires
from misam_desktop.domain.asked import AskedFacts, AskedWhat
from misam_desktop.domain.deviation import DeviationFacts, DeviationKind, DeviationSource
from misam_desktop.domain.ids import IndicatorId
from misam_desktop.domain.indicator import Indicator
from misam_desktop.domain.report import Report, ReportKind, Section
from misam_desktop.domain.steps import all_at_once
from misam_desktop.queries.reports import counted_report
from misam_desktop.store import rows
from misam_desktop.store.engine import reading, writing
from misam_desktop.vault import Look, Vault
from tests.commands.worlds import MISAM, ends, enrolled, follow_ups, found, on
from tests.conftest import NOW, TODAY
from tests.queries.recounted_activities import INDICATORS, World, store_world, worlds
from tests.queries.recounting import (
    AGENCIES,
    TODAY_AS_TEXT,
    Line,
    agency_of,
    band_of_days,
    by_sex,
    days_after,
    days_between,
    first_worked,
    for_random_worlds,
    meetings_are_right,
    middle,
    middles,
    months_later,
    shares,
    tallied,
    tally,
    together_is_right,
    welcome,
    with_totals,
)

NUMBERED = count(1)
NEVER = "9999"


# By hand


def _is_real(case: Line) -> bool:
    return case["avslutsorsak"] != "felregistrerad"


def _take_part(world: World) -> list[Line]:
    first, last = world.period
    enrolled = [case for case in world.cases if case["inskriven"] and _is_real(case)]
    return [case for case in enrolled if case["inskriven"] <= last and (case["avslutad"] or NEVER) >= first]


def forum_is_right(report: Report, world: World) -> None:
    first, last = world.period
    them = [one for one in world.cases if one["put"] and first <= one["remissdatum"] <= last and _is_real(one)]
    received, outcomes, beside, bands, wait, kept, attended, together = report.sections

    def stands(case: Line) -> str:
        if (case["atertagen"] or NEVER) <= last:
            return "atertagna"
        if (not case["beslut"] and not case["inskriven"]) or case["beslutsdatum"] > last:
            return "vantar"
        return "kompletteras" if case["beslut"] == "komplettera" else "avgjorda"

    decided = [case for case in them if stands(case) == "avgjorda"]
    assert tally(received) == by_sex(them, lambda _: "total") | by_sex(them, stands)
    assert tally(outcomes) == by_sex(decided, lambda case: case["beslut"] or "okand")
    assert tally(beside) == (
        by_sex([case for case in decided if case["nafs"]], lambda _: "also_nafs")
        | by_sex([case for case in decided if case["sip"]], lambda _: "also_sip")
    )
    dated = [case for case in decided if case["beslutsdatum"]]
    taken = [days_between(case["remissdatum"], case["beslutsdatum"]) for case in dated]
    assert tally(bands) == by_sex(decided, band_of_days)
    assert tally(wait) == tallied(("vantetid", "antal") for _ in taken)
    assert middles(wait) == middle({"vantetid": taken})
    of_period = [one for one in world.meetings if first <= one["on"] <= last]
    meetings_are_right(kept, attended, of_period)
    together_is_right(together, of_period)
    assert {check.id for check in report.checks if not check.ok} == {
        "bedomda" for case in decided if not case["beslut"]
    }


def follow_ups_are_right(report: Report, world: World) -> None:
    first, last = world.period
    as_of = min(last, TODAY_AS_TEXT)
    cases = {case["case"]: case for case in world.cases}
    them = [one for one in world.follow_ups if first <= one["due_on"] <= last and _is_real(cases[one["case"]])]

    def stands(one: Line) -> str:
        if (one["done_on"] or NEVER) <= as_of:
            return "i_tid" if one["done_on"] <= one["due_on"] else "sena"
        if (one["cancelled_on"] or NEVER) <= as_of:
            return "installda"
        return "forfallna" if one["due_on"] < as_of else "kommande"

    def is_right(section: Section, row_of: Callable[[Line], str]) -> None:
        measured = [one for one in them if stands(one) in {"i_tid", "sena", "forfallna"}]
        assert {cell: found for cell, found in tally(section).items() if cell[0] != "total"} == (
            tallied((row_of(one), "total") for one in them)
            | tallied((row_of(one), stands(one)) for one in them)
            | tallied((row_of(one), "flyttade") for one in them if one["due_on"] != one["original_due_on"])
            | tallied((row_of(one), "matta") for one in measured)
        )
        on_time, of = (Counter(map(row_of, some)) for some in ([o for o in them if stands(o) == "i_tid"], measured))
        assert {row: share for row, share in shares(section).items() if row != "total"} == {
            row: (on_time[row], number) for row, number in of.items()
        }

    overall, by_agency, by_worker = report.sections
    is_right(overall, lambda one: f"m{one['months']}" if one["months"] != "15" else "ovriga_manader")
    is_right(by_agency, lambda one: agency_of(cases[one["case"]]["uppdragsgivare"]) or "okand")
    is_right(by_worker, lambda one: f"of {one['owner']}" if one["owner"] else "okand")
    of_all = Counter(stands(one) for one in them)
    moved = sum(one["due_on"] != one["original_due_on"] for one in them)
    measured = of_all["i_tid"] + of_all["sena"] + of_all["forfallna"]
    figures = dict(of_all) | {"total": len(them), "flyttade": moved, "matta": measured}
    assert {column: found for (row, column), found in tally(overall).items() if row == "total"} == {
        column: found for column, found in figures.items() if found
    }
    assert shares(overall).get("total", (0, 0)) == (of_all["i_tid"], measured)
    assert all(check.ok for check in report.checks)


def steps_are_right(report: Report, world: World) -> None:
    def steps_of(case: Line) -> list[str]:
        done = [one for one in world.follow_ups if one["case"] == case["case"] and one["step"]]
        known = [one for one in done if one["done_on"] <= world.period[1]]
        return [one["step"] for one in sorted(known, key=lambda one: (one["done_on"], int(one["months"])))]

    def movement(case: Line) -> str:
        if not case["uppfoljning"]:
            return "utan_detaljer"
        steps = steps_of(case)
        if len(steps) < 2:
            return "ett_steg" if steps else "okand"
        return "kvar" if steps[0] == steps[-1] else "framat" if steps[-1] > steps[0] else "bakat"

    them = _take_part(world)
    movements, matrix, *_ = report.sections
    assert tally(movements) == by_sex(them, movement)
    moved = [steps_of(case) for case in them if movement(case) in {"framat", "kvar", "bakat"}]
    assert tally(matrix) == with_totals((f"steg_{steps[0]}", f"steg_{steps[-1]}") for steps in moved)
    assert all(check.ok for check in report.checks)


def questionnaires_are_right(report: Report, world: World) -> None:
    sections = {section.id: section for section in report.sections}
    noted = {(one["case"], one["what"], one["occasion"]): one for one in world.asked}
    first, last = world.period
    exits = [case for case in _take_part(world) if first <= (case["avslutad"] or NEVER) <= last]
    exits = [case for case in exits if case["avslutsorsak"] != "avliden"]

    def is_right(name: str, them: list[tuple[str, Line | None]], second: str, third: str, share: bool) -> None:
        """``them`` are the rows on which one counts, with what was noted; ``share`` is of all, else of the second."""
        days = {"erbjudna": "offered_on", "fragade": "offered_on", "inte_fragade": "not_offered_on"}
        found = [(row, "aktuella") for row, _ in them]
        found += [(row, second) for row, one in them if one and one[days[second]]]
        found += [(row, third) for row, one in them if one and one[days.get(third, "done_on")]]
        if third == "inte_fragade":
            found += [(row, "okand") for row, one in them if not (one and (one["offered_on"] or one["not_offered_on"]))]
        counts = tallied(found)
        section = sections.get(name)
        assert (tally(section) if section else {}) == counts
        part, of = (second if third == "inte_fragade" else third), ("aktuella" if share else second)
        expected = {
            row: (counts.get((row, part), 0), number) for (row, column), number in counts.items() if column == of
        }
        assert (shares(section) if section else {}) == expected

    occasions = [(row, noted.get((case["case"], "enkat", row))) for case, row in _occasions(world)]
    is_right("enkattillfallen", occasions, "erbjudna", "besvarade", share=False)
    talks = [("avslut", noted.get((case["case"], "samtal", ""))) for case in exits]
    is_right("avslutningssamtal", talks, "erbjudna", "hallna", share=True)
    violence = [("alla", noted.get((case["case"], "vald", ""))) for case in _take_part(world)]
    is_right("valdsfragan", violence, "fragade", "inte_fragade", share=True)
    typed = [one for one in world.totals if (one["first"], one["last"]) == world.period]
    shown = {one["indicator"]: (int(one["agreed"]), int(one["answers"])) for one in typed}
    section = sections.get("indikatorer")
    assert (shares(section) if section else {}) == {row: share for row, share in shown.items() if share[1]}
    answered = sum(bool(one and one["done_on"]) for _, one in occasions)
    too_many = max((share[1] for share in shown.values()), default=0) > answered
    assert {check.id for check in report.checks if not check.ok} == ({"enkatsvar"} if too_many else set())


def _occasions(world: World) -> list[tuple[Line, str]]:
    """Who was to be offered the questionnaire, and when: each occasion whose day lies in the period."""
    first, last = world.period
    found = []
    for case in _take_part(world):
        ends = case["avslutad"] or NEVER
        for months in world.asks["months"].split():
            due = first_worked(months_later(case["inskriven"], int(months)))
            if first <= due <= last and due < ends:
                found.append((case, months))
        if world.asks["at_exit"] and first <= ends <= last and case["avslutsorsak"] != "avliden":
            found.append((case, "avslut"))
        for month in [f"{year}-{one}" for year in (2025, 2026) for one in world.asks["campaigns"].split()]:
            due = days_after(months_later(f"{month}-01", 1), -1)
            if first <= due <= last and case["inskriven"] <= due and ends >= f"{month}-01":
                found.append((case, month))
    return found


def deviations_are_right(report: Report, world: World) -> None:
    first, last = world.period
    them = [one for one in world.deviations if first <= one["on"] <= last]
    [section] = report.sections
    assert tally(section) == with_totals(
        (one["kind"], "avslutade" if one["closed_on"] else "kvar_oppna") for one in them
    )
    assert all(check.ok for check in report.checks)


RIGHT: dict[ReportKind, Callable[[Report, World], None]] = {
    ReportKind.FORUM: forum_is_right,
    ReportKind.UPPFOLJNINGAR: follow_ups_are_right,
    ReportKind.STEG: steps_are_right,
    ReportKind.ENKATER: questionnaires_are_right,
    ReportKind.AVVIKELSER: deviations_are_right,
}


@pytest.fixture
def with_contacts(karin: Vault) -> Vault:
    """The koordinator, somebody at each unit, and the indicators that totals are typed in of."""
    with writing(karin._engine) as conn:
        welcome(conn)
        known = [
            Indicator(id=IndicatorId(code), code=code, text=code, group="Hälsa", place=at)
            for at, code in enumerate(INDICATORS, start=1)
        ]
        rows.indicators.add_all(conn, known)
    return karin


@pytest.mark.parametrize("number", range(4))
def test_a_recount_by_hand_agrees(with_contacts: Vault, number: int) -> None:
    def agrees(world: World) -> None:
        name = f"Insats {next(NUMBERED)}"
        with writing(with_contacts._engine) as conn:
            store_world(conn, world, name)
        first, last = map(date.fromisoformat, world.period)
        with reading(with_contacts._engine) as conn:  # without an entry each, which would take most of the time
            look = Look(conn, with_contacts.actor, May.SEE_REPORTS, now=NOW, today=TODAY)
            for kind, is_right in RIGHT.items():
                asked = counted_report(kind, name, first=first, last=last)
                is_right(all_at_once(asked.steps(look)), world)

    for_random_worlds(number, worlds(), agrees)


def test_it_agrees_of_what_people_have_done_too(karin: Vault) -> None:
    """One episode: followed up in time, late after it was moved, and twice cancelled by its end."""
    began, ended = date(2026, 1, 15), date(2026, 11, 2)
    karin.do(set_questionnaires(MISAM, Questionnaires(months=(3,), at_exit=True), seen=1))
    episode = enrolled(karin, day=began)
    first, second, *_ = follow_ups(karin, episode)
    in_spring, in_july, in_august = date(2026, 4, 15), date(2026, 7, 10), date(2026, 8, 24)
    on(karin, in_spring).do(record_follow_up(first.id, found(done_on=in_spring, step=3)))
    on(karin, in_july).do(move_follow_up(second.id, to=date(2026, 8, 20), why="Semester"))
    on(karin, in_august).do(record_follow_up(second.id, found(done_on=in_august, step=2)))
    offered = AskedFacts(offered_on=in_spring)
    on(karin, in_spring).do(note_asked(episode.id, AskedWhat.VALD, offered))
    on(karin, in_spring).do(note_asked(episode.id, AskedWhat.ENKAT, offered, occasion="3"))
    held = {AskedWhat.SAMTAL: AskedFacts(offered_on=ended, done_on=ended)}
    on(karin, ended).do(discharge(episode.id, ends(on=ended), asked=held))
    came_in = DeviationFacts(
        on=in_july, kind=DeviationKind.KLAGOMAL, source=DeviationSource.PART, what="Kallelsen kom för sent"
    )
    noted = karin.do(note_deviation(MISAM, came_in, episode_id=episode.id)).value
    karin.do(close_deviation(noted.id, done="Skickas tidigare", on=in_august))

    case = {"case": "0", "kon": "kvinna", "put": "ja", "atertagen": "", "beslut": "antas", "nafs": "", "sip": ""}
    case |= dict.fromkeys(("remissdatum", "beslutsdatum", "inskriven"), "2026-01-15")
    case |= {"avslutad": "2026-11-02", "avslutsorsak": "uppfyllt", "uppdragsgivare": "kommun-ifo", "uppfoljning": "ja"}
    planned = {"case": "0", "owner": "", "done_on": "", "cancelled_on": "", "step": ""}
    over = planned | {"cancelled_on": "2026-11-02"}
    asked = {"case": "0", "occasion": "", "offered_on": "2026-04-15", "done_on": "", "not_offered_on": ""}
    world = World(
        period=("2026-01-01", "2026-12-31"),
        asks={"months": "3", "at_exit": "ja", "campaigns": ""},
        cases=[case],
        follow_ups=[
            planned
            | {"months": "3", "due_on": "2026-04-15", "original_due_on": "2026-04-15"}
            | {"done_on": "2026-04-15", "step": "3"},
            planned
            | {"months": "6", "due_on": "2026-08-20", "original_due_on": "2026-07-15"}
            | {"done_on": "2026-08-24", "step": "2"},
            over | {"months": "9", "due_on": "2026-10-15", "original_due_on": "2026-10-15"},
            over | {"months": "12", "due_on": "2027-01-15", "original_due_on": "2027-01-15"},
        ],
        asked=[
            asked | {"what": "vald"},
            asked | {"what": "enkat", "occasion": "3"},
            asked | {"what": "samtal", "offered_on": "2026-11-02", "done_on": "2026-11-02"},
        ],
        deviations=[{"on": "2026-07-10", "case": "0", "kind": "klagomal", "closed_on": "2026-08-24"}],
        totals=[],
        meetings=[{"on": "2026-01-15", "state": "open", "why": "", "outside": ""} | dict.fromkeys(AGENCIES, "")],
    )
    for kind, is_right in RIGHT.items():
        asked_for = counted_report(kind, "MISAM", first=date(2026, 1, 1), last=date(2026, 12, 31))
        is_right(karin.ask(asked_for), world)
