"""Questionnaires that wait on Idag, the figures of them, and who reads which avvikelser."""

from __future__ import annotations

from datetime import date

import pytest

from misam_desktop.commands.asked import note_asked, set_questionnaires
from misam_desktop.commands.deviations import close_deviation, note_deviation
from misam_desktop.commands.episodes import discharge
from misam_desktop.commands.indicators import load_indicators, set_totals
from misam_desktop.commands.protection import protect
from misam_desktop.commands.talks import hold_talk
from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.activity import Questionnaires
from misam_desktop.domain.asked import AskedFacts, AskedWhat
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.indicator import Typed
from misam_desktop.domain.report import ReportKind, Share
from misam_desktop.domain.talk import TalkFacts, TalkKind
from misam_desktop.queries.cases import one_case
from misam_desktop.queries.counted import Number
from misam_desktop.queries.deviations import deviations, one_deviation
from misam_desktop.queries.indicators import indicators_of
from misam_desktop.queries.reports import behind_number, counted_report
from misam_desktop.queries.task_rows import Task, TodayRow
from misam_desktop.queries.today import today
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.stage_asked import LINES, tells
from tests.commands.worlds import (
    AF,
    IFO,
    MISAM,
    agrees,
    all_of,
    contact_of,
    ends,
    enrolled,
    refused,
    somebody,
    waiting,
)
from tests.conftest import TODAY
from tests.queries.worlds import reads

BEGAN = date(2026, 8, 24)
YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
OFFERS = Questionnaires(months=(3,), at_exit=True)


def waits(vault: Vault) -> list[TodayRow]:
    asked = (Task.OFFER_QUESTIONS, Task.NOTE_ANSWERED)
    return [row for row in vault.ask(today()).tasks if row.task in asked]


def test_nothing_is_asked_of_before_the_activity_says_so(karin: Vault) -> None:
    enrolled(karin, day=BEGAN)
    assert waits(karin) == []


def test_a_questionnaire_waits_for_whose_case_it_is(karin: Vault, jonas: Vault) -> None:
    karin.do(set_questionnaires(MISAM, OFFERS, seen=1))
    episode = enrolled(karin, day=BEGAN, case_worker_id=contact_of(jonas))
    [row] = waits(jonas)
    assert (row.task, row.what, row.name) == (Task.OFFER_QUESTIONS, "Indikatorenkät 3 månader", "Malin Provlund")
    assert (row.due_on, row.episode_id) == (date(2026, 12, 24), episode.id)
    assert waits(karin) == []


def test_a_koordinator_takes_those_that_nobody_has(karin: Vault, jonas: Vault) -> None:
    karin.do(set_questionnaires(MISAM, OFFERS, seen=1))
    enrolled(karin, day=BEGAN)
    assert len(waits(karin)) == 1
    assert waits(jonas) == []


def test_a_protected_person_waits_for_the_named_owners_alone(karin: Vault, jonas: Vault) -> None:
    karin.do(set_questionnaires(MISAM, OFFERS, seen=1))
    episode = enrolled(karin, day=BEGAN, case_worker_id=contact_of(jonas))
    karin.do(protect(episode.referral_id, [karin.actor.user_id], seen=1))
    assert waits(jonas) == []


def test_once_offered_it_waits_for_its_answer(karin: Vault) -> None:
    karin.do(set_questionnaires(MISAM, OFFERS, seen=1))
    episode = enrolled(karin, day=BEGAN)
    karin.do(note_asked(episode.id, AskedWhat.ENKAT, AskedFacts(offered_on=TODAY), occasion="3"))
    [row] = waits(karin)
    assert (row.task, row.asked and row.asked.version) == (Task.NOTE_ANSWERED, 1)
    facts = AskedFacts(offered_on=TODAY, done_on=TODAY)
    karin.do(note_asked(episode.id, AskedWhat.ENKAT, facts, occasion="3"))
    assert waits(karin) == []


def test_that_of_the_exit_waits_after_the_discharge(karin: Vault) -> None:
    karin.do(set_questionnaires(MISAM, OFFERS, seen=1))
    episode = enrolled(karin, day=date(2026, 11, 2))
    karin.do(discharge(episode.id, ends()))
    assert [row.what for row in waits(karin)] == ["Indikatorenkät vid avslut"]


# The case


def test_a_case_tells_its_talks_and_what_was_asked_as_far_as_they_may_be_read(karin: Vault, jonas: Vault) -> None:
    narrow = agrees(kinds=(InfoKind.GRUNDUPPGIFTER, InfoKind.FRAGESTALLNING))
    episode = enrolled(karin, waiting(jonas, consent=narrow))
    karin.do(note_asked(episode.id, AskedWhat.VALD, AskedFacts(offered_on=TODAY)))
    facts = TalkFacts(kind=TalkKind.NATVERK, on=TODAY, unit_ids=(AF, IFO), others="Boendestödet", agreed="Halvtid")
    karin.do(hold_talk(episode.id, facts))
    karin.do(note_deviation(MISAM, tells(), episode_id=episode.id))
    whole, part = karin.ask(one_case(episode.id)), jonas.ask(one_case(episode.id))
    assert ([one.what for one in whole.asked], whole.talks[0].agreed) == ([AskedWhat.VALD], "Halvtid")
    assert (part.asked, part.talks[0].agreed, part.talks[0].on) == ((), "", TODAY)
    assert (whole.deviations[0].what, part.deviations[0].what) == (tells().what, "")


# Avvikelser


def test_the_list_tells_what_is_about_no_case_to_those_whose_log_it_is(karin: Vault, jonas: Vault, lena: Vault) -> None:
    jonas.do(note_deviation(MISAM, tells()))
    for who, sees in ((karin, [tells().what]), (jonas, [tells().what]), (lena, [])):
        assert [row.deviation.what for row in who.ask(deviations(closed=False))] == sees


def test_one_about_a_case_is_listed_without_its_text_to_who_reads_the_case(
    karin: Vault, jonas: Vault, lena: Vault
) -> None:
    episode = enrolled(karin, waiting(jonas))
    karin.do(note_deviation(MISAM, tells(), episode_id=episode.id))
    for who, sees in ((karin, [("", "Malin Provlund")]), (jonas, [("", "Malin Provlund")]), (lena, [])):
        assert [(row.deviation.what, row.name) for row in who.ask(deviations(closed=False))] == sees


def test_opening_one_about_a_case_is_a_read_of_its_person(karin: Vault, lena: Vault) -> None:
    episode = enrolled(karin)
    written = karin.do(note_deviation(MISAM, tells(), episode_id=episode.id)).value
    page = karin.ask(one_deviation(written.id))
    assert (page.deviation.what, page.name) == (tells().what, "Malin Provlund")
    assert reads(karin, "deviation.opened") == [(written.id, episode.person_id, 1)]
    with refused(lena, NotFound):
        lena.ask(one_deviation(written.id))


def test_those_that_are_closed_stand_in_a_list_of_their_own(karin: Vault) -> None:
    written = karin.do(note_deviation(MISAM, tells())).value
    karin.do(close_deviation(written.id, done="Rutin", on=TODAY))
    assert karin.ask(deviations(closed=False)) == []
    assert [row.deviation.done for row in karin.ask(deviations(closed=True))] == ["Rutin"]


# Figures


def test_the_figures_tell_what_was_offered_beside_what_was_typed_in(karin: Vault, bo: Vault) -> None:
    karin.do(set_questionnaires(MISAM, OFFERS, seen=1))
    karin.do(load_indicators(LINES))
    first = next(one for one in all_of(karin, rows.indicators) if one.code == "1")
    karin.do(set_totals(MISAM, **YEAR, typed={first.id: Typed(12, 9)}, seen={}))
    episode = enrolled(karin, day=BEGAN)
    karin.do(note_asked(episode.id, AskedWhat.ENKAT, AskedFacts(offered_on=TODAY), occasion="3"))
    report = bo.ask(counted_report(ReportKind.ENKATER, "MISAM", **YEAR))
    figures = {row.code: row.figures for section in report.sections for row in section.rows}
    assert (figures["3"]["aktuella"], figures["3"]["erbjudna"]) == (1, 1)
    assert figures["1"]["andel"] == Share(numerator=9, denominator=12)
    found = bo.ask(indicators_of("MISAM", **YEAR))
    assert ([one.code for one in found.indicators], found.totals[first.id].answers) == (["1", "2"], 12)


def test_a_number_opens_its_list(karin: Vault) -> None:
    karin.do(set_questionnaires(MISAM, OFFERS, seen=1))
    episode = enrolled(karin, day=BEGAN)
    hidden = enrolled(karin, waiting(karin, somebody(981), referred_on=TODAY))
    number = Number(ReportKind.ENKATER, "enkattillfallen", "3", "aktuella")
    listed = karin.ask(behind_number("MISAM", number, **YEAR))
    assert [(row.name, row.episode_id) for row in listed.rows] == [("Malin Provlund", episode.id)]
    assert hidden.id not in [row.episode_id for row in listed.rows]


def test_avvikelser_are_counted_and_their_numbers_open(karin: Vault, bo: Vault) -> None:
    karin.do(note_deviation(MISAM, tells()))
    episode = enrolled(karin)
    karin.do(note_deviation(MISAM, tells(), episode_id=episode.id))
    report = bo.ask(counted_report(ReportKind.AVVIKELSER, "MISAM", **YEAR))
    assert report.sections[0].rows[0].figures == {"total": 2, "avslutade": 0, "kvar_oppna": 2}
    number = Number(ReportKind.AVVIKELSER, "avvikelser", "avvikelse", "kvar_oppna")
    listed = karin.ask(behind_number("MISAM", number, **YEAR))
    assert sorted(row.name for row in listed.rows) == ["Inget ärende", "Malin Provlund"]
    with pytest.raises(NotPermitted):
        bo.ask(behind_number("MISAM", number, **YEAR))
