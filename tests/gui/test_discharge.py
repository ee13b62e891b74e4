"""Avslut: what is asked, what is not, its undo, and the way back afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from misam_desktop.commands.episodes import reassign
from misam_desktop.domain.codes import Destination, DischargeReason, Education, Livelihood
from misam_desktop.domain.episode import AssignmentRole, Episode
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.gui.case_parts.steps import Step
from misam_desktop.gui.driver import Driver
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import contact_of, discharged, enrolled, follow_ups, one
from tests.conftest import PASSWORD, TODAY
from tests.gui.worlds import open_case, says, told

BEGAN = date(2026, 8, 10)
WORK = {"reason": DischargeReason.UPPFYLLT, "destination": Destination.ARBETE}


def begin(karin: Vault, unlocked: Callable[[str], Driver]) -> tuple[Driver, Episode]:
    """The form that ends a case, in front."""
    episode = enrolled(karin, day=BEGAN)
    driver = unlocked("karin")
    open_case(driver, episode.id, Step.PLANNING)
    driver.click_text("Avsluta ärendet")
    return driver, episode


def test_a_discharge_records_where_the_person_goes(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver, episode = begin(karin, unlocked)
    driver.fill(**WORK, livelihoods=Livelihoods((Livelihood.LON,)), after="Af följer upp")
    driver.save()
    ended = one(karin, rows.episodes, episode.id)
    assert (ended.discharged_on, ended.destination) == (TODAY, Destination.ARBETE)
    assert (ended.livelihoods_out, ended.planning_after) == (Livelihoods((Livelihood.LON,)), "Af följer upp")


def test_the_page_shows_what_was_recorded_and_the_last_day_for_coming_back(
    karin: Vault, unlocked: Callable[[str], Driver]
) -> None:
    driver, _ = begin(karin, unlocked)
    driver.fill(**WORK, after="Af följer upp")
    driver.save()
    words = told(driver)
    assert {"Samverkansbehovet uppfyllt", "Arbete", "Försörjningsstöd", "Gymnasium (oförändrad)"} <= set(words)
    assert says(driver, "återremitteras till och med måndag 24 maj 2027")


def test_education_is_unchanged_unless_said(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver, episode = begin(karin, unlocked)
    driver.fill(**WORK, education=Education.HOGSKOLA_1)
    driver.save()
    assert one(karin, rows.episodes, episode.id).education_out is Education.HOGSKOLA_1


def test_the_checklist_of_the_activity_stands_in_the_form(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver, _ = begin(karin, unlocked)
    boxes = [box.text() for box in driver.form.form["checklist"].boxes]  # type: ignore[attr-defined]  # a list of boxes
    assert boxes == list(driver.work.desk.my_activities[0].settings.discharge_checklist)


def test_what_is_missing_is_told_beside_its_field(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver, episode = begin(karin, unlocked)
    driver.save()
    for name in ("reason", "destination"):
        assert driver.form.form.error_at(name) == "Det här behöver fyllas i."
    assert one(karin, rows.episodes, episode.id).discharged_on is None


def test_a_day_before_the_enrolment_is_refused_beside_the_field(
    karin: Vault, unlocked: Callable[[str], Driver]
) -> None:
    driver, _ = begin(karin, unlocked)
    driver.fill(**WORK, on="2026-08-09")
    driver.save()
    assert driver.form.form.error_at("on") == "Avslutet ligger före inskrivningen. Kontrollera datumet."


def test_nothing_more_is_asked_when_the_person_has_died(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver, episode = begin(karin, unlocked)
    driver.fill(reason=DischargeReason.AVLIDEN)
    names = ("destination", "livelihoods", "education", "after", "text", "checklist", "why")
    assert not any(driver.form.form[name].isVisible() for name in names)
    driver.save()
    assert one(karin, rows.episodes, episode.id).discharge_reason is DischargeReason.AVLIDEN
    assert not says(driver, "återremitteras till och med")


def test_a_mistaken_registration_wants_its_reason(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver, episode = begin(karin, unlocked)
    driver.fill(reason=DischargeReason.FELREGISTRERAD)
    driver.save()
    assert driver.form.form.error_at("why") == "Det här behöver fyllas i."
    driver.fill(why="Fel person")
    driver.save()
    assert one(karin, rows.episodes, episode.id).discharge_text == "Fel person"


def test_a_discharge_is_undone_from_the_line_at_the_bottom(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver, episode = begin(karin, unlocked)
    driver.fill(**WORK)
    driver.save()
    assert all(each.cancelled_on == TODAY for each in follow_ups(karin, episode))
    driver.click(driver.work.status.undo_button)
    assert one(karin, rows.episodes, episode.id).discharged_on is None
    assert not any(each.cancelled_on for each in follow_ups(karin, episode))


def test_a_discharge_is_undone_from_its_page(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    episode = discharged(karin, began=BEGAN)
    driver = unlocked("karin")
    page = open_case(driver, episode.id)
    driver.click_text("Ångra avslutet")
    assert one(karin, rows.episodes, episode.id).discharged_on is None
    assert page.state.text == ""


def test_a_person_is_taken_back_while_the_window_is_open(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    episode = discharged(karin, began=BEGAN)
    driver = unlocked("karin")
    open_case(driver, episode.id)
    driver.click_text("Återremittera")
    assert type(driver.work.here).__name__ == "RereferralScreen"
    assert driver.work.here.subject == episode.id


def test_after_the_window_the_page_says_what_to_do_instead(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    episode = discharged(karin, began=date(2025, 1, 9), day=date(2025, 9, 4))
    driver = unlocked("karin")
    open_case(driver, episode.id)
    assert says(driver, "Tiden för återremittering gick ut onsdag 4 mars 2026.")


def test_what_has_changed_meanwhile_is_told_and_the_text_stays(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    driver, episode = begin(karin, unlocked)
    karin.do(reassign(episode.id, AssignmentRole.CASE_WORKER, from_on=TODAY, contact_id=contact_of(jonas)))
    driver.fill(**WORK, after="Af följer upp")
    driver.save()
    assert "Uppdragsgivare är IFO och handläggare Jonas Vall." in driver.form.form.banner.text
    driver.save()
    assert one(karin, rows.episodes, episode.id).planning_after == "Af följer upp"


def test_what_is_typed_in_the_form_is_there_again_after_a_lock(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver, episode = begin(karin, unlocked)
    driver.fill(**WORK, after="Af följer upp")
    driver.work.lock()
    driver.wait_for(lambda: driver.window.work is None)
    driver.settle()
    driver.unlock(PASSWORD, login="karin")
    open_case(driver, episode.id, Step.PLANNING)
    driver.click_text("Avsluta ärendet")
    assert driver.form.form["after"].value() == "Af följer upp"
    assert driver.form.form["destination"].value() is Destination.ARBETE
