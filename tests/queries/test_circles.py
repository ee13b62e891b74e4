"""One human being on the rows of several circles: what goes by number, and stays within reach."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from misam_desktop.commands.episodes import discharge
from misam_desktop.commands.referrals import withdraw_referral
from misam_desktop.domain.codes import Referrer
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.report import ReportKind
from misam_desktop.queries.cases import one_case
from misam_desktop.queries.forum import forum_day
from misam_desktop.queries.referrals import one_referral, waiting_referrals
from misam_desktop.queries.reports import counted_report
from misam_desktop.queries.search import search_while_typing
from misam_desktop.queries.task_rows import Task
from misam_desktop.queries.today import today
from misam_desktop.vault import Vault
from tests.commands.worlds import FK, IFO, MISAM, agrees, contact_of, draft, ends, enrolled, on, somebody, waiting
from tests.conftest import TODAY

FROM_FK: dict[str, Any] = {"referrer": Referrer.FK, "unit_id": FK, "consent": agrees(unit_ids=(FK, IFO))}
MALIN = somebody().number
BEGAN, ENDED = date(2026, 3, 2), date(2026, 5, 31)


@pytest.fixture
def ended(karin: Vault, jonas: Vault) -> Episode:
    """What Af has behind it with the person."""
    referral = waiting(on(jonas, BEGAN), referred_on=BEGAN)
    began = enrolled(karin, referral, day=BEGAN, case_worker_id=contact_of(jonas))
    return on(karin, ENDED).do(discharge(began.id, ends(on=ENDED))).value


@pytest.fixture
def both(jonas: Vault, lena: Vault) -> tuple[Referral, Referral]:
    """The person as Af and FK have each referred them."""
    return waiting(jonas), waiting(lena, **FROM_FK)


def test_the_same_number_from_two_units_is_a_duplicate_to_the_koordinator_alone(
    karin: Vault, jonas: Vault, both: tuple[Referral, Referral]
) -> None:
    first, second = both
    assert [one.id for one in karin.ask(one_referral(first.id)).duplicates] == [second.id]
    assert jonas.ask(one_referral(first.id)).duplicates == ()


def test_the_duplicate_is_resolved_by_withdrawing_it(karin: Vault, both: tuple[Referral, Referral]) -> None:
    first, second = both
    karin.do(withdraw_referral(second.id, why="Dubblett"))
    assert karin.ask(one_referral(first.id)).duplicates == ()


def test_the_list_tells_of_the_other_case_to_the_koordinator_alone(
    karin: Vault, jonas: Vault, both: tuple[Referral, Referral]
) -> None:
    assert [row.has_open_case for row in karin.ask(waiting_referrals())] == [True, True]
    assert [row.has_open_case for row in jonas.ask(waiting_referrals())] == [False]


def test_the_forum_is_told_of_the_case_that_another_unit_has(karin: Vault, jonas: Vault, lena: Vault) -> None:
    enrolled(karin, waiting(jonas))
    waiting(lena, **FROM_FK)
    queue = karin.ask(forum_day(MISAM, on=TODAY)).queue
    assert [row.has_open_case for row in queue if row.unit == "FK"] == [True]


def test_the_other_episodes_of_the_number_are_told_within_reach(karin: Vault, lena: Vault, ended: Episode) -> None:
    second = enrolled(karin, waiting(lena, **FROM_FK), commissioner_id=FK)
    assert second.person_id != ended.person_id
    assert [one.id for one in karin.ask(one_case(second.id)).others] == [ended.id]
    assert lena.ask(one_case(second.id)).others == ()


def test_a_person_of_two_circles_is_one_hit_with_the_latest_case(karin: Vault, ended: Episode, lena: Vault) -> None:
    latest = waiting(lena, **FROM_FK)
    for text in ("malin", MALIN.long):
        assert [hit.referral_id for hit in karin.ask(search_while_typing(text))] == [latest.id]


def test_each_circle_finds_its_own(jonas: Vault, lena: Vault, both: tuple[Referral, Referral]) -> None:
    first, second = both
    assert [hit.referral_id for hit in jonas.ask(search_while_typing(MALIN.long))] == [first.id]
    assert [hit.referral_id for hit in lena.ask(search_while_typing(MALIN.long))] == [second.id]


def test_who_took_part_twice_is_one_person_of_the_account(karin: Vault, ended: Episode, lena: Vault) -> None:
    enrolled(karin, waiting(lena, **FROM_FK))
    account = karin.ask(
        counted_report(ReportKind.ARSREDOVISNING, "MISAM", first=date(2026, 1, 1), last=date(2026, 12, 31))
    )
    told = {row.code: row.figures["total"] for row in account.sections[0].rows}
    assert (told["total"], told["personer"]) == (2, 1)
    assert all(check.ok for check in account.checks)


def windows(vault: Vault) -> list[str]:
    return [row.object_id for row in vault.ask(today()).tasks if row.task is Task.REREFERRAL]


def test_who_has_come_back_through_another_unit_is_not_waited_for(karin: Vault, ended: Episode, lena: Vault) -> None:
    assert windows(karin) == [ended.id]
    waiting(lena, **FROM_FK)
    assert windows(karin) == []


def test_what_another_unit_begins_takes_no_task_away(jonas: Vault, ended: Episode, lena: Vault) -> None:
    before = windows(jonas)
    draft(lena, referrer=Referrer.FK, unit_id=FK)
    assert windows(jonas) == before == [ended.id]
