"""Avvikelser, synpunkter och klagomål: noted, closed, counted, and whose log it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from misam_desktop.domain.access import Actor
from misam_desktop.domain.codes import Purpose, Role
from misam_desktop.domain.counting import Counting, PeriodBackwards
from misam_desktop.domain.deviation import (
    CameIn,
    ClosedTooEarly,
    Deviation,
    DeviationClosed,
    DeviationFacts,
    DeviationKind,
    DeviationSource,
    as_report,
    close,
    is_team_log_of,
    note,
    reopen,
    table,
)
from misam_desktop.domain.ids import ActivityId, DeviationId, UnitId
from misam_desktop.domain.referral import FutureDate, TextRequired
from tests.domain.worlds import AF, FK, KARIN, MISAM, NAFS, TODAY

DAY = timedelta(days=1)
FACTS = DeviationFacts(
    on=TODAY, kind=DeviationKind.KLAGOMAL, source=DeviationSource.DELTAGARE, what=" Fick vänta i två månader "
)


def deviation(facts: DeviationFacts = FACTS, **said: Any) -> Deviation:
    made = note(DeviationId("d"), facts, activity_id=MISAM, unit_id=AF, episode_id=None, today=TODAY)
    return replace(made, **said)


def test_what_came_in_is_noted() -> None:
    assert (deviation().what, deviation().closed_on, deviation().unit_id) == ("Fick vänta i två månader", None, AF)


@pytest.mark.parametrize(
    ("facts", "error"), [(replace(FACTS, on=TODAY + DAY), FutureDate), (replace(FACTS, what=" "), TextRequired)]
)
def test_what_cannot_have_come_in_is_refused(facts: DeviationFacts, error: type[Exception]) -> None:
    with pytest.raises(error):
        deviation(facts)


def test_it_is_closed_with_what_was_done_and_opened_again() -> None:
    closed = close(deviation(), done=" Ny rutin ", on=TODAY, today=TODAY)
    assert (closed.done, closed.closed_on) == ("Ny rutin", TODAY)
    assert (reopen(closed).closed_on, reopen(closed).done) == (None, "Ny rutin")


@pytest.mark.parametrize(
    ("said", "how", "error"),
    [
        ({"closed_on": TODAY}, {}, DeviationClosed),
        ({}, {"done": " "}, TextRequired),
        ({}, {"on": TODAY + DAY}, FutureDate),
        ({}, {"on": TODAY - DAY}, ClosedTooEarly),
    ],
)
def test_a_close_that_cannot_be_is_refused(said: dict[str, Any], how: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        close(deviation(**said), done=how.get("done", "Ny rutin"), on=how.get("on", TODAY), today=TODAY)


@pytest.mark.parametrize(
    ("role", "unit_id", "activity_ids", "purpose", "reads"),
    [
        (Role.KOORDINATOR, FK, (), Purpose.SAMVERKAN, True),
        (Role.KOORDINATOR, FK, (MISAM,), Purpose.SAMVERKAN, True),
        (Role.KOORDINATOR, AF, (NAFS,), Purpose.SAMVERKAN, False),
        (Role.HANDLAGGARE, AF, (), Purpose.SAMVERKAN, True),
        (Role.HANDLAGGARE, FK, (), Purpose.SAMVERKAN, False),
        (Role.NAFS_KOORDINATOR, FK, (), Purpose.SAMVERKAN, False),
        (Role.NAFS_KOORDINATOR, FK, (), Purpose.NAFS, True),
    ],
)
def test_who_coordinates_and_who_wrote_it_read_what_is_about_no_case(
    role: Role, unit_id: UnitId, activity_ids: tuple[ActivityId, ...], purpose: Purpose, reads: bool
) -> None:
    actor = Actor(
        user_id=KARIN, contact_id=None, unit_id=unit_id, roles=frozenset({role}), activity_ids=frozenset(activity_ids)
    )
    assert is_team_log_of(actor, deviation(), purpose) is reads


def test_they_are_counted_by_kind_and_by_whether_they_are_closed() -> None:
    some = [
        CameIn("a", "klagomal", TODAY, None),
        CameIn("b", "klagomal", TODAY, TODAY),
        CameIn("c", "avvikelse", TODAY, None),
        CameIn("d", "klagomal", date(2025, 1, 1), None),
    ]
    counted = table(first=date(2026, 1, 1), last=TODAY)
    counting = Counting([counted])
    counting.add([counted], some)
    report = as_report(counting, 3, first=date(2026, 1, 1), last=TODAY)
    assert {row.code: dict(row.figures) for row in report.sections[0].rows} == {
        "avvikelse": {"total": 1, "avslutade": 0, "kvar_oppna": 1},
        "synpunkt": {"total": 0, "avslutade": 0, "kvar_oppna": 0},
        "klagomal": {"total": 2, "avslutade": 1, "kvar_oppna": 1},
    }
    assert [check.ok for check in report.checks] == [True]
    assert not as_report(counting, 4, first=date(2026, 1, 1), last=TODAY).checks[0].ok


def test_a_period_runs_forwards() -> None:
    with pytest.raises(PeriodBackwards):
        table(first=TODAY, last=TODAY - DAY)
