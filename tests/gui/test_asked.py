"""Questionnaires, talks and avvikelser on the screen: few clicks, each refusal beside its field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from misam_desktop.commands.asked import note_asked, set_questionnaires
from misam_desktop.commands.deviations import close_deviation, note_deviation
from misam_desktop.commands.indicators import load_indicators
from misam_desktop.domain.activity import Questionnaires
from misam_desktop.domain.asked import AT_EXIT, Asked, AskedFacts, AskedWhat
from misam_desktop.domain.codes import Destination, DischargeReason, InfoKind, Livelihood
from misam_desktop.domain.deviation import DeviationKind, DeviationSource
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.domain.period import PeriodKind
from misam_desktop.domain.report import ReportKind
from misam_desktop.domain.talk import TalkKind
from misam_desktop.gui.asking import Went
from misam_desktop.gui.case_parts.steps import Step
from misam_desktop.gui.dialogs.indicators import take_indicators
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.deviations import DeviationsScreen
from misam_desktop.gui.screens.statistics import StatisticsScreen
from misam_desktop.gui.screens.today import TodayScreen
from misam_desktop.store import rows
from misam_desktop.transfer.sheets import write_csv
from misam_desktop.vault import Vault
from tests.commands.stage_asked import LINES, tells
from tests.commands.worlds import AF, MISAM, agrees, all_of, contact_of, discharged, enrolled, waiting
from tests.conftest import TODAY
from tests.gui.worlds import cells, cut, open_case, says

BEGAN, ACTION = date(2026, 8, 24), 4
OFFERS = Questionnaires(months=(3,), at_exit=True)


@pytest.fixture
def episode(karin: Vault, jonas: Vault) -> Episode:
    """Three months old today, in an activity that offers its questionnaire then and at the exit."""
    karin.do(set_questionnaires(MISAM, OFFERS, seen=1))
    return enrolled(karin, day=BEGAN, case_worker_id=contact_of(jonas))


def noted(vault: Vault) -> list[Asked]:
    return all_of(vault, rows.asked)


def press(driver: Driver, name: str) -> None:
    """The button that a screen reader calls so."""
    driver.click(next(one for one in driver.seen(QPushButton) if one.accessibleName() == name))


# Idag


def test_a_questionnaire_is_offered_and_answered_from_its_row(
    karin: Vault, episode: Episode, unlocked: Callable[[str], Driver]
) -> None:
    driver = unlocked("jonas")
    screen = driver.work.here
    assert isinstance(screen, TodayScreen)
    at = next(at for at in range(len(screen.table.rows)) if "Indikatorenkät" in cells(screen.table, at)[1])
    assert cells(screen.table, at)[1:] == ["Indikatorenkät 3 månader", "Malin Provlund", "tor 24 dec", "Erbjuden i dag"]
    driver.click_row(screen.table, at, ACTION)
    assert driver.work.status.message.text() == "Indikatorenkät 3 månader: erbjuden."
    assert cells(screen.table, at)[ACTION] == "Besvarad"
    driver.click_row(screen.table, at, ACTION)
    assert [(one.offered_on, one.done_on) for one in noted(karin)] == [(TODAY, TODAY)]
    driver.click(driver.work.status.undo_button)
    assert [(one.offered_on, one.done_on) for one in noted(karin)] == [(TODAY, None)]


# The case


def test_what_is_asked_is_noted_with_a_click_on_the_page(
    karin: Vault, episode: Episode, unlocked: Callable[[str], Driver]
) -> None:
    driver = unlocked("karin")
    open_case(driver, episode.id, Step.FOLLOWED_UP)
    press(driver, "Vi frågar om våld: Frågad i dag")
    assert says(driver, "Frågad 24 nov")
    press(driver, "Avslutningssamtal: Erbjudet i dag")
    press(driver, "Avslutningssamtal: Hållet")
    assert {(one.what, one.done_on) for one in noted(karin)} == {(AskedWhat.VALD, None), (AskedWhat.SAMTAL, TODAY)}
    assert says(driver, "Hållet 24 nov")
    assert cut(driver) == []


def test_another_day_is_said_in_the_form(karin: Vault, episode: Episode, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    open_case(driver, episode.id, Step.FOLLOWED_UP)
    press(driver, "Indikatorenkät 3 månader: Ändra …")
    driver.fill(went=Went.DONE, on="2026-11-20", done_on="2026-11-19")
    driver.save()
    assert driver.form.form.error_at("done_on").startswith("Det som är besvarat eller hållet är också erbjudet")
    driver.fill(done_on="2026-11-21")
    driver.save()
    assert [(one.offered_on, one.done_on) for one in noted(karin)] == [(date(2026, 11, 20), date(2026, 11, 21))]


def test_what_the_consent_leaves_out_says_so(karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]) -> None:
    consent = agrees(kinds=(InfoKind.GRUNDUPPGIFTER, InfoKind.PLANERING))
    episode = enrolled(karin, waiting(jonas, consent=consent), case_worker_id=contact_of(jonas))
    karin.do(note_asked(episode.id, AskedWhat.VALD, AskedFacts(offered_on=TODAY)))
    driver = unlocked("jonas")
    open_case(driver, episode.id, Step.FOLLOWED_UP)
    names = [one.accessibleName() for one in driver.seen(QPushButton)]
    assert says(driver, "Ingår inte i samtycket")
    assert not any(name.startswith("Vi frågar om våld") for name in names)


def test_the_discharge_notes_what_was_offered_that_day(
    karin: Vault, episode: Episode, unlocked: Callable[[str], Driver]
) -> None:
    driver = unlocked("karin")
    open_case(driver, episode.id, Step.PLANNING)
    driver.click_text("Avsluta ärendet")
    driver.fill(
        reason=DischargeReason.UPPFYLLT,
        destination=Destination.ARBETE,
        livelihoods=Livelihoods((Livelihood.LON,)),
        samtal=Went.DONE,
        enkat=Went.OFFERED,
    )
    driver.save()
    assert {(one.what, one.occasion, one.offered_on, one.done_on) for one in noted(karin)} == {
        (AskedWhat.SAMTAL, "", TODAY, TODAY),
        (AskedWhat.ENKAT, AT_EXIT, TODAY, None),
    }


def test_what_was_offered_at_the_exit_can_be_noted_afterwards(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    karin.do(set_questionnaires(MISAM, OFFERS, seen=1))
    ended = discharged(karin, began=BEGAN)
    driver = unlocked("karin")
    open_case(driver, ended.id, Step.PLANNING)
    press(driver, "Indikatorenkät vid avslut: Erbjuden i dag")
    press(driver, "Avslutningssamtal: Ändra …")
    driver.fill(went=Went.DONE)
    driver.save()
    assert {(one.what, one.done_on) for one in noted(karin)} == {(AskedWhat.ENKAT, None), (AskedWhat.SAMTAL, TODAY)}
    open_case(driver, ended.id, Step.FOLLOWED_UP)
    assert says(driver, "Erbjuden 24 nov")
    assert not [one for one in driver.seen(QPushButton) if one.text() == "Ändra …"]


def test_a_talk_is_written_down_with_who_does_what(
    karin: Vault, episode: Episode, unlocked: Callable[[str], Driver]
) -> None:
    driver = unlocked("karin")
    page = open_case(driver, episode.id, Step.PLAN)
    driver.click_text("Nytt samtal …")
    driver.save()
    assert driver.form.form.error_at("unit_ids") == "Ange vilka som deltog: minst en enhet eller någon annan."
    assert not driver.form.form["what_2"].isVisible()
    driver.fill(kind=TalkKind.NATVERK, unit_ids=(AF,), others="Boendestödet", agreed="Halvtid från januari")
    driver.fill(what_1="Bokar praktikplats", who_1=AF, due_on_1="2026-12-04")
    assert driver.form.form["what_2"].isVisible()
    driver.save()
    [talk], [commitment] = all_of(karin, rows.talks), all_of(karin, rows.commitments)
    assert (talk.kind, talk.unit_ids, commitment.talk_id) == (TalkKind.NATVERK, (AF,), talk.id)
    assert says(driver, "Bokar praktikplats", page.columns.left)
    assert says(driver, "Nätverksmöte: 1 åtagande")
    assert cut(driver) == []


def test_an_ended_case_shows_its_talks_and_takes_no_more(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    open_case(driver, discharged(karin, began=BEGAN).id, Step.PLAN)
    assert says(driver, "Flerpartssamtal, nätverksmöten och avstämningar skrivs upp här.")
    assert not [one for one in driver.seen(QPushButton) if one.text() == "Nytt samtal …"]


# Avvikelser


def deviations(driver: Driver) -> DeviationsScreen:
    driver.go("deviations")
    driver.settle()
    page = driver.work.here
    assert isinstance(page, DeviationsScreen)
    return page


def test_a_deviation_is_written_down_and_closed(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    page = deviations(driver)
    assert says(driver, "Ingenting är öppet.")
    driver.click(page.new)
    driver.fill(kind=DeviationKind.KLAGOMAL, source=DeviationSource.DELTAGARE, what="Ingen ringer tillbaka")
    driver.save()
    assert cells(page.table, 0) == ["24 nov", "Klagomål", "Ingen ringer tillbaka", "–", "Deltagare", "MISAM"]
    driver.click_row(page.table, 0, 2, twice=True)
    driver.save()
    assert driver.form.form.error_at("done") == "Det här behöver fyllas i."
    driver.fill(done="Samtal har hållits")
    driver.save()
    assert page.table.rows == []
    driver.click(page.toggles[1])
    assert cells(page.table, 0)[1:3] == ["Klagomål", "Ingen ringer tillbaka"]
    page.filter.setText("tillbaka")
    assert len(page.table.rows) == 1
    page.filter.setText("lokal")
    assert says(driver, "Ingenting stämmer med «lokal».")


def test_a_deviation_about_a_case_is_written_and_read_there(
    karin: Vault, episode: Episode, unlocked: Callable[[str], Driver]
) -> None:
    driver = unlocked("karin")
    open_case(driver, episode.id, Step.FOLLOWED_UP)
    driver.click_text("Ny avvikelse …")
    driver.fill(kind=DeviationKind.AVVIKELSE, source=DeviationSource.PART, what="Fick fel kallelse")
    driver.save()
    assert says(driver, "Fick fel kallelse")
    page = deviations(driver)
    assert cells(page.table, 0)[2:4] == ["Om ett ärende: öppna för att läsa", "Malin Provlund"]
    driver.click_row(page.table, 0, 2, twice=True)
    assert says(driver, "Fick fel kallelse", driver.form)


def test_one_that_was_closed_by_mistake_is_opened_again(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    written = karin.do(note_deviation(MISAM, tells())).value
    karin.do(close_deviation(written.id, done="Ny rutin", on=TODAY))
    driver = unlocked("karin")
    page = deviations(driver)
    driver.click(page.toggles[1])
    driver.click_row(page.table, 0, 2, twice=True)
    assert says(driver, "Avslutad 24 nov: Ny rutin", driver.form)
    driver.click_text("Öppna igen")
    assert driver.dialog is None
    assert [one.closed_on for one in all_of(karin, rows.deviations)] == [None]


# Statistik


def surveys(driver: Driver) -> StatisticsScreen:
    driver.go("statistics")
    driver.settle()
    page = driver.work.here
    assert isinstance(page, StatisticsScreen)
    driver.put(page.chosen.report, ReportKind.ENKATER)
    driver.settle()
    return page


def test_the_list_of_indicators_is_taken_in_and_totals_are_typed(
    karin: Vault, tmp_path: Path, unlocked: Callable[[str], Driver]
) -> None:
    driver = unlocked("karin")
    page = surveys(driver)
    assert says(driver, "Indikatorernas lydelse är inte inläst.")
    path = tmp_path / "indikatorer.csv"
    path.write_bytes(write_csv(("kod", "text", "grupp"), [("1", "Jag bestämmer", "Individ"), ("1", "Igen", "")]))
    take_indicators(driver.work, path, refused=page._refused)
    driver.settle()
    assert page.banner.text.startswith("Rad 3: koden finns redan på en rad ovanför.")
    assert all_of(karin, rows.indicators) == []
    path.write_bytes(write_csv(("kod", "text", "grupp"), [("1", "Jag bestämmer", "Individ")]))
    take_indicators(driver.work, path, refused=page._refused)
    driver.settle()
    driver.click_text("Skriv in antal …")
    [one] = all_of(karin, rows.indicators)
    driver.fill(**{f"answers {one.id}": "12", f"agreed {one.id}": "13"})
    driver.save()
    assert (
        driver.form.form.error_at(f"agreed {one.id}")
        == "Fler kan inte instämma än som har svarat. Kontrollera antalen."
    )
    driver.fill(**{f"agreed {one.id}": "9"})
    driver.save()
    assert says(driver, "75 % (9 av 12)")
    assert says(driver, "12 svar är inskrivna för en indikator, fler än de 0 enkäter")


def test_when_the_questionnaire_is_offered_is_set_there(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    surveys(driver)
    assert says(driver, "Enkäten erbjuds inte än.")
    driver.click_text("När den erbjuds …")
    driver.fill(months=(3,), at_exit=True, campaigns=(10,))
    driver.save()
    assert says(driver, "Erbjuds efter 3 månader, vid avslut och hela oktober.")


def test_totals_are_of_the_days_in_sight(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    karin.do(load_indicators(LINES))
    driver = unlocked("karin")
    page = surveys(driver)
    driver.put(page.chosen.kind, PeriodKind.HALVAR)
    driver.settle()
    driver.click_text("Skriv in antal …")
    first = next(one for one in all_of(karin, rows.indicators) if one.code == "1")
    driver.fill(**{f"answers {first.id}": "4", f"agreed {first.id}": "3"})
    driver.save()
    [total] = all_of(karin, rows.indicator_totals)
    assert (total.first, total.last) == (date(2026, 7, 1), date(2026, 12, 31))
