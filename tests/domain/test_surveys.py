"""The figures of questionnaires and talks at the exit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from misam_desktop.domain.activity import Questionnaires
from misam_desktop.domain.asked import AT_EXIT, AskedWhat
from misam_desktop.domain.codes import DischargeReason
from misam_desktop.domain.counting import Counting, PeriodBackwards, behind
from misam_desktop.domain.ids import IndicatorId, TotalId
from misam_desktop.domain.indicator import Indicator, Total
from misam_desktop.domain.report import Report, Share
from misam_desktop.domain.surveys import Noted, Participant, Thing, as_report, counted_of_each, tables
from tests.domain.worlds import MISAM

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
OFFERS = Questionnaires(months=(3,), at_exit=True, campaigns=(10,))
UPPFYLLT = DischargeReason.UPPFYLLT


Asked = tuple[Thing, Noted]


def asked(what: AskedWhat, occasion: str = "", **noted: bool) -> Asked:
    return (what, occasion), Noted(**noted)


def participant(
    number: int, *noted: Asked, began: date = date(2026, 2, 2), ended: date | None = None, why: Any = None
) -> Participant:
    return Participant(
        episode_id=f"e-{number}",
        enrolled_on=began,
        discharged_on=ended,
        discharge_reason=why or (UPPFYLLT if ended else None),
        asked=dict(noted),
    )


ENDED = date(2026, 6, 15)
THEM = [
    participant(1, asked(AskedWhat.ENKAT, "3", offered=True, done=True)),
    participant(2, asked(AskedWhat.ENKAT, "3", offered=True), asked(AskedWhat.VALD, offered=True)),
    participant(3, asked(AskedWhat.VALD, not_offered=True)),
    participant(
        4,
        asked(AskedWhat.SAMTAL, offered=True, done=True),
        asked(AskedWhat.ENKAT, AT_EXIT, offered=True),
        began=date(2025, 1, 7),
        ended=ENDED,
    ),
    participant(5, began=date(2026, 9, 1), ended=date(2026, 9, 9), why=DischargeReason.AVLIDEN),
    participant(6, began=date(2024, 1, 9), ended=date(2025, 12, 1)),
]


def counted(them: Sequence[Participant] = THEM, **typed: Any) -> Report:
    counted_by = tables(OFFERS, first=FIRST, last=LAST, called=str.upper)
    counting = Counting(counted_by)
    counting.add(counted_by, them)
    return as_report(counting, typed.get("indicators", ()), typed.get("totals", ()), first=FIRST, last=LAST)


def figures(report: Report, section: str) -> dict[str, tuple[int | None, ...]]:
    [found] = [one for one in report.sections if one.id == section]
    return {row.code: tuple(one for one in row.figures.values() if isinstance(one, int)) for row in found.rows}


def test_each_occasion_is_counted_with_those_whose_day_it_was() -> None:
    assert figures(counted(), "enkattillfallen") == {"3": (3, 2, 1), AT_EXIT: (1, 1, 0), "2026-10": (3, 0, 0)}


def test_an_occasion_is_told_by_its_own_words() -> None:
    [section] = [one for one in counted().sections if one.id == "enkattillfallen"]
    assert [row.label for row in section.rows] == ["3", "AVSLUT", "2026-10"]


def test_what_is_read_of_each_is_all_that_has_a_row() -> None:
    wanted = counted_of_each(OFFERS, first=FIRST, last=LAST)
    assert wanted == (
        (AskedWhat.ENKAT, "3"),
        (AskedWhat.ENKAT, AT_EXIT),
        (AskedWhat.ENKAT, "2026-10"),
        (AskedWhat.SAMTAL, ""),
        (AskedWhat.VALD, ""),
    )
    assert counted_of_each(Questionnaires(), first=FIRST, last=LAST) == wanted[3:]


def test_talks_at_the_exit_are_counted_of_those_who_ended() -> None:
    assert figures(counted(), "avslutningssamtal") == {"avslut": (1, 1, 1)}


def test_who_was_asked_of_violence_is_counted_of_all_who_take_part() -> None:
    assert figures(counted(), "valdsfragan") == {"alla": (5, 1, 1, 3)}


def test_a_share_says_of_how_many() -> None:
    [section] = [one for one in counted().sections if one.id == "enkattillfallen"]
    assert section.rows[0].figures["andel"] == Share(numerator=1, denominator=2)


def test_behind_a_number_are_those_it_counts() -> None:
    questionnaires, _, violence = tables(OFFERS, first=FIRST, last=LAST, called=str)
    found = behind(questionnaires, THEM, row="3", column="erbjudna")
    assert [one.episode_id for one in found] == ["e-1", "e-2"]
    assert [one.episode_id for one in behind(violence, THEM, row="alla", column="inte_fragade")] == ["e-3"]


INDICATORS = [
    Indicator(id=IndicatorId("b"), code="2", text="Vi har en plan", group="", place=2),
    Indicator(id=IndicatorId("a"), code="1", text="Jag bestämmer", group="", place=1),
    Indicator(id=IndicatorId("c"), code="3", text="Ingen frågade", group="", place=3),
]


def total(indicator: str, answers: int, agreed: int) -> Total:
    return Total(
        id=TotalId(indicator), activity_id=MISAM, indicator_id=IndicatorId(indicator), first=FIRST, last=LAST,
        answers=answers, agreed=agreed,
    )  # fmt: skip


def test_typed_totals_stand_beside_in_the_order_of_the_list() -> None:
    report = counted(indicators=INDICATORS, totals=[total("b", 1, 0), total("a", 1, 1)])
    assert [(row.label, row.figures["andel"]) for row in report.sections[-1].rows] == [
        ("Jag bestämmer", Share(numerator=1, denominator=1)),
        ("Vi har en plan", Share(numerator=0, denominator=1)),
    ]
    assert all(check.ok for check in report.checks)


def test_more_answers_than_are_noted_is_told() -> None:
    report = counted(indicators=INDICATORS, totals=[total("a", 2, 1)])
    assert [(one.id, dict(one.params)) for one in report.checks if not one.ok] == [
        ("enkatsvar", {"most": 2, "answered": 1})
    ]


def test_without_totals_there_is_no_table_of_them() -> None:
    assert [one.id for one in counted().sections] == ["enkattillfallen", "avslutningssamtal", "valdsfragan"]


def test_more_answered_than_offered_is_told() -> None:
    odd = participant(7, asked(AskedWhat.ENKAT, "3", done=True))
    assert [one.id for one in counted([odd]).checks if not one.ok] == ["ordning_enkattillfallen"]


def test_a_campaign_of_which_the_last_day_has_not_come_is_not_counted_yet() -> None:
    [first, *_] = tables(OFFERS, first=FIRST, last=date(2026, 10, 30), called=str)
    assert first.rows == ("3", AT_EXIT)
    assert list(first.cells(participant(1))) == [("3", "aktuella")]


def test_a_period_runs_forwards() -> None:
    with pytest.raises(PeriodBackwards):
        tables(OFFERS, first=LAST, last=FIRST, called=str)
