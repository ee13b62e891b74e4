"""Every report that a register has the data for, counted once more by hand from the exported list: 200 random ones.

Nothing of the program counts here: the lines of the file are text, and so are the codes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from statistics import median
from typing import Any

import pytest
from hypothesis import strategies as st

from misam_desktop.commands.goals import set_goals
from misam_desktop.commands.register import export_register, import_register
from misam_desktop.domain.access import May
from misam_desktop.domain.goal import Goal, Reached, Whom
from misam_desktop.domain.ids import ActivityId
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.domain.register import COLUMNS
from misam_desktop.domain.report import Middle, Report, ReportKind, Share
from misam_desktop.domain.steps import all_at_once
from misam_desktop.queries.reports import counted_report
from misam_desktop.store import rows
from misam_desktop.store.engine import reading
from misam_desktop.transfer.register_rows import read_rows, written
from misam_desktop.transfer.sheets import read_sheet
from misam_desktop.vault import Look, Vault
from tests.commands.worlds import MISAM, all_of, proven
from tests.conftest import CLOCK, NOW, TODAY
from tests.queries.recounting import (
    SEXES,
    Line,
    band_of_days,
    by_sex,
    days_between,
    for_random_worlds,
    middle,
    middles,
    months_later,
    tallied,
    tally,
    with_totals,
)
from tests.transfer.worlds import cells, csv_list

FIRST, LAST = "2019-01-01", "2019-12-31"
PEOPLE = [(made_up_number(date(1950 + 9 * at, 3, 14), 981).long, SEXES[at % 3]) for at in range(5)]
GOALS = (
    Goal(code="mal_1", name="Arbete", reached=Reached.ARBETE, of=Whom.AVSLUTADE, target=35),
    Goal(code="mal_2", name="Studier", reached=Reached.ARBETE_STUDIER, of=Whom.REMITTERADE, target=40),
    Goal(code="mal_3", name="Egen", reached=Reached.EGEN_FORSORJNING, of=Whom.DELTAGARE, target=50),
)
LIVELIHOODS = ("lon", "studiestod", "akassa", "sjukpenning", "forsorjningsstod", "ingen", "okand")
NUMBERED = count(1)


# Random registers


@st.composite
def _course(draw: st.DrawFn, after: date) -> tuple[Line, date | None]:
    """One line from its referral on, and the day after which the person may come again."""
    referred = after + timedelta(days=draw(st.integers(1, 300)))
    outcome = draw(st.sampled_from(["antas", "antas", "antas", "ater", "reguljar", "ej_behov", ""]))
    decided = referred + timedelta(days=draw(st.integers(0, 40)))
    line = {"remissdatum": referred.isoformat(), "beslut": outcome}
    line["beslutsdatum"] = decided.isoformat() if outcome and draw(st.booleans() | st.just(True)) else ""
    line["inskriven"] = ""
    if outcome != "antas":
        return line, decided if outcome else None
    enrolled = decided + timedelta(days=draw(st.integers(0, 30)))
    line["inskriven"] = enrolled.isoformat()
    if draw(st.booleans()):
        return line, None
    ended = enrolled + timedelta(days=draw(st.integers(0, 500)))
    line |= {
        "avslutad": ended.isoformat(),
        "avslutsorsak": draw(st.sampled_from(["uppfyllt", "klarar_sig", "sjukdom"])),
        "avslutad_till": draw(st.sampled_from(["arbete", "studier", "af", ""])),
        "forsorjning_ut": draw(st.sampled_from(LIVELIHOODS)),
    }
    return line, ended


@st.composite
def _registers(draw: st.DrawFn) -> list[Line]:
    lines = []
    for number, sex in draw(st.lists(st.sampled_from(PEOPLE), unique=True, min_size=1, max_size=4)):
        after: date | None = date(2018, 1, 1) + timedelta(days=draw(st.integers(0, 500)))
        for _ in range(draw(st.integers(1, 2))):
            if after is None:
                break
            line, after = draw(_course(after))
            begins = date.fromisoformat(line["remissdatum"]) - timedelta(days=draw(st.integers(0, 20)))
            line |= {
                "personnummer": number,
                "kon": sex,
                "remittent": draw(st.sampled_from(["Af", "FK", "Kommun", "Region"])),
                "utbildning": draw(st.sampled_from(["grundskola", "gymnasium", "okand"])),
                "forsorjning_in": draw(st.sampled_from(LIVELIHOODS)),
                "tid_offentlig_mn": draw(st.sampled_from(["", "0", "11", "12", "60", "119", "120"])),
                "samtycke_fran": begins.isoformat(),
                "samtycke_till": draw(st.sampled_from(["", (begins + timedelta(days=30)).isoformat(), "2026-12-31"])),
                "samtycke_syften": draw(st.sampled_from(["samverkan+uppfoljning", "samverkan"])),
            }
            lines.append(line)
    return lines


def given_out(vault: Vault, activity_id: ActivityId) -> list[Line]:
    """The register as the koordinator of one activity exports it."""
    alone = replace(vault.actor, activity_ids=frozenset({activity_id}))
    done = proven(Vault(vault._engine, alone, CLOCK)).do(export_register()).value
    return [dict(zip(COLUMNS, written(row), strict=True)) for row in done.rows]


# By hand


def takes_part(line: Line) -> bool:
    return bool(line["inskriven"]) and line["inskriven"] <= LAST and (line["avslutad"] or "9999") >= FIRST


def ends(line: Line) -> bool:
    return FIRST <= (line["avslutad"] or "9999") <= LAST


def is_detailed(line: Line) -> bool:
    until = line["avslutad"] or TODAY.isoformat()
    overlaps = line["samtycke_fran"] <= until and (line["samtycke_till"] or "9999") >= line["inskriven"]
    return "uppfoljning" in line["samtycke_syften"].split("+") and overlaps


def or_apart(value: Callable[[Line], str]) -> Callable[[Line], str]:
    return lambda line: value(line) if is_detailed(line) else "utan_detaljer"


def band_of_age(line: Line) -> str:
    day = min(line["avslutad"] or "9999", LAST)
    digits = line["personnummer"]
    age = int(day[:4]) - int(digits[:4]) - (day[5:7] + day[8:10] < digits[4:8])
    bands = {range(16, 30): "16-29", range(30, 45): "30-44", range(45, 60): "45-59", range(60, 65): "60-64"}
    return next((band for ages, band in bands.items() if age in ages), "ovrig")


def band_of_months(line: Line) -> str:
    if not line["tid_offentlig_mn"]:
        return "okand"
    months = int(line["tid_offentlig_mn"])
    return next(
        (band for least, band in ((120, "10_"), (60, "5_10"), (24, "2_5"), (12, "1_2")) if months >= least), "under_1"
    )


# The reports, each beside a few lines of Python


def yearly_is_right(report: Report, lines: list[Line]) -> None:
    them, exits = [line for line in lines if takes_part(line)], [line for line in lines if ends(line)]
    head, *sections = (tally(section) for section in report.sections)
    persons = {line["personnummer"]: line for line in them}.values()
    new = [line for line in them if line["inskriven"] >= FIRST]
    assert {key: figure for key, figure in head.items() if key[0] != "aterremitterade"} == (
        by_sex(them, lambda _: "total")
        | by_sex(persons, lambda _: "personer")
        | by_sex(new, lambda _: "nya")
        | by_sex(exits, lambda _: "avslutade")
    )
    assert head.get(("aterremitterade", "total"), 0) == sum(comes_back(line, lines) for line in new)
    values: list[tuple[list[Line], Callable[[Line], str]]] = [
        (them, band_of_age),
        (them, lambda line: line["remittent"].lower()),
        (them, lambda line: line["utbildning"]),
        (them, lambda line: line["forsorjning_in"]),
        (them, band_of_months),
        (exits, lambda line: line["forsorjning_ut"]),
        (exits, lambda line: line["avslutsorsak"]),
        (exits, lambda line: line["avslutad_till"] or "okand"),
    ]
    assert sections == [by_sex(of, or_apart(value)) for of, value in values]


def comes_back(line: Line, lines: list[Line]) -> bool:
    """Whether the referral came within six months of an earlier exit."""
    earlier = [one["avslutad"] for one in lines if one["personnummer"] == line["personnummer"] and one["avslutad"]]
    before = [day for day in earlier if day <= line["remissdatum"]]
    return bool(before) and line["remissdatum"] <= months_later(max(before), 6)


def forum_is_right(report: Report, lines: list[Line]) -> None:
    them = [line for line in lines if FIRST <= line["remissdatum"] <= LAST]
    decided = [line for line in them if line["beslut"] and (line["beslutsdatum"] or LAST) <= LAST]
    waiting = [line for line in them if line not in decided]
    received, outcomes, _, bands, wait, *_ = report.sections
    assert tally(received) == (
        by_sex(them, lambda _: "total") | by_sex(decided, lambda _: "avgjorda") | by_sex(waiting, lambda _: "vantar")
    )
    assert tally(outcomes) == by_sex(decided, lambda line: line["beslut"])
    assert tally(bands) == by_sex(decided, band_of_days)
    days = [days_between(line["remissdatum"], line["beslutsdatum"]) for line in decided if line["beslutsdatum"]]
    assert (tally(wait), middles(wait)) == (tallied(("vantetid", "antal") for _ in days), middle({"vantetid": days}))


def flow_is_right(report: Report, lines: list[Line]) -> None:
    episodes = [line for line in lines if line["inskriven"]]
    exits = [line for line in episodes if ends(line)]
    still = [line for line in episodes if line["inskriven"] <= LAST < (line["avslutad"] or "9999")]
    full, months, length, _, again, waiting = report.sections
    assert full.rows[0].figures["antal"] == len(still)
    by_month = {column: Counter[str]() for column in ("nya", "avslutade")}
    by_month["nya"].update(line["inskriven"][:7] for line in episodes if FIRST <= line["inskriven"] <= LAST)
    by_month["avslutade"].update(line["avslutad"][:7] for line in exits)
    told = {column: Counter({row.code: row.figures[column] for row in months.rows}) for column in by_month}
    assert told == by_month
    days = [days_between(line["inskriven"], line["avslutad"]) for line in exits]
    found = length.rows[0].figures["median_manader"]
    assert isinstance(found, Middle)
    assert found.of == len(days)
    assert abs((found.value or 0) * 30.4375 - (median(days) if days else 0)) < 0.001
    back = [line for line in exits if any(follows(one, line) for one in lines)]
    assert again.rows[0].figures["andel"] == Share(numerator=len(back), denominator=len(exits))
    waits = [line for line in lines if line["remissdatum"] <= LAST and not_answered(line)]
    assert waiting.rows[0].figures["antal"] == len(waits)


def follows(one: Line, line: Line) -> bool:
    """Whether a line is of the same person, referred back in time after the exit of the other."""
    is_later = (
        one["personnummer"] == line["personnummer"] and one["remissdatum"] >= line["avslutad"] and one is not line
    )
    return is_later and one["remissdatum"] <= months_later(line["avslutad"], 6)


def not_answered(line: Line) -> bool:
    return not line["beslut"] or line["beslutsdatum"] > LAST


def goals_are_right(report: Report, lines: list[Line]) -> None:
    def has_gone(line: Line, to: set[str]) -> bool:
        return bool(line["avslutad"]) and line["avslutad"] <= LAST and line["avslutad_till"] in to

    def is_own(line: Line) -> bool:
        return bool(line["avslutad"]) and line["avslutad"] <= LAST and line["forsorjning_ut"] in {"lon", "studiestod"}

    referred = [line for line in lines if FIRST <= line["remissdatum"] <= LAST]
    expected = [
        ([line for line in lines if ends(line)], lambda line: has_gone(line, {"arbete"})),
        (referred, lambda line: has_gone(line, {"arbete", "studier"})),
        ([line for line in lines if takes_part(line)], is_own),
    ]
    for row, (whom, reached) in zip(report.sections[0].rows, expected, strict=True):
        counted = [line for line in whom if is_detailed_case(line)]
        assert row.figures["andel"] == Share(numerator=sum(map(reached, counted)), denominator=len(counted))
        assert row.figures["utan_detaljer"] == len(whom) - len(counted)


def is_detailed_case(line: Line) -> bool:
    """The same of a referral that led to no episode, from the day it was made."""
    return is_detailed(line | {"inskriven": line["inskriven"] or line["remissdatum"]})


def finsam_is_right(report: Report, lines: list[Line]) -> None:
    them = [line for line in lines if takes_part(line)]
    persons = {line["personnummer"]: line["kon"] for line in them}
    once, often = (row.figures for row in report.sections[0].rows)
    assert Counter(once) == Counter({sex: list(persons.values()).count(sex) for sex in SEXES})
    assert Counter(often) == Counter({sex: [line["kon"] for line in them].count(sex) for sex in SEXES})


def steps_are_right(report: Report, lines: list[Line]) -> None:
    exits = [line for line in lines if ends(line) and is_detailed(line)]
    _, _, known, groups, livelihoods, times = report.sections
    every = [line for line in lines if ends(line)]
    assert tally(known) == by_sex(every, or_apart(lambda _: "med"))
    pairs = [(line["forsorjning_in"], line["forsorjning_ut"]) for line in exits]
    assert tally(livelihoods) == with_totals(pairs)
    assert tally(groups) == with_totals((group_of(before), group_of(after)) for before, after in pairs)
    them = [line for line in lines if takes_part(line)]
    assert tally(times) == by_sex(them, or_apart(band_of_months))


def group_of(livelihood: str) -> str:
    own = dict.fromkeys(("lon", "studiestod"), "egen")
    return (own | {"ingen": "ingen", "okand": "okand"}).get(livelihood, "offentlig")


RIGHT: dict[ReportKind, Callable[[Report, list[Line]], Any]] = {
    ReportKind.ARSREDOVISNING: yearly_is_right,
    ReportKind.FORUM: forum_is_right,
    ReportKind.FLODE: flow_is_right,
    ReportKind.MAL: goals_are_right,
    ReportKind.FINSAM: finsam_is_right,
    ReportKind.STEG: steps_are_right,
}


@pytest.fixture
def with_goals(karin: Vault) -> Vault:
    """Every activity that comes with a list has MISAM's settings."""
    karin.do(set_goals(MISAM, GOALS, seen=1))
    return karin


@pytest.mark.parametrize("number", range(4))
def test_a_recount_by_hand_agrees(with_goals: Vault, number: int) -> None:
    for_random_worlds(number, _registers(), lambda register: _agrees(with_goals, register))


def _agrees(karin: Vault, register: list[Line]) -> None:
    name = f"Insats {next(NUMBERED)}"
    said = [line | {"insats": name, "handlaggare": ""} for line in register]
    karin.do(import_register(read_rows(read_sheet(csv_list(*(cells(**line) for line in said))), today=TODAY)[0]))
    activity = next(one for one in all_of(karin, rows.activities) if one.name == name)
    lines = given_out(karin, activity.id)
    assert len(lines) == len(register)
    with reading(karin._engine) as conn:  # without an entry each, which would take most of the time
        look = Look(conn, karin.actor, May.SEE_REPORTS, now=NOW, today=TODAY)
        for kind, is_right in RIGHT.items():
            asked = counted_report(kind, name, first=date.fromisoformat(FIRST), last=date.fromisoformat(LAST))
            is_right(all_at_once(asked.steps(look)), lines)
