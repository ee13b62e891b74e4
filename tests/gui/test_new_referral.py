"""Ny remiss: the number first, what it already means, the form, and that nothing typed is lost."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from misam_desktop.commands.drafts import keep_draft
from misam_desktop.domain.codes import Education, Referrer, Sex
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.domain.referral import Referral, ReferralState, state_of
from misam_desktop.gui.case_form import LATER, SIGNED
from misam_desktop.gui.consent_form import OTHER_FORM
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.referral_form import ReferralForm
from misam_desktop.gui.screens.new_referral import FORM, NewReferralScreen
from misam_desktop.gui.screens.referral import ReferralScreen
from misam_desktop.queries.drafts import my_drafts
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, FK, IFO, agrees, all_of, discharged, draft, enrolled, somebody, waiting
from tests.conftest import PASSWORD

NUMBER = made_up_number(date(1985, 3, 12), 980)
YOUTH = made_up_number(date(2005, 3, 12), 981)


def begun(driver: Driver) -> NewReferralScreen:
    """Ny remiss, at its beginning."""
    driver.press(driver.work, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    return page(driver)


def page(driver: Driver) -> NewReferralScreen:
    assert isinstance(driver.work.here, NewReferralScreen)
    return driver.work.here


def numbered(driver: Driver, text: str = NUMBER.short) -> NewReferralScreen:
    """The same, with a number typed."""
    screen = begun(driver)
    driver.type(screen.step.line, text)
    driver.settle()
    return screen


def form_of(screen: NewReferralScreen) -> ReferralForm:
    assert screen.form is not None, "the form is not there"
    return screen.form


def fill(driver: Driver, form: ReferralForm, **values: object) -> None:
    for name, value in values.items():
        driver.put(form[name], value)


def fill_whole(driver: Driver, form: ReferralForm) -> None:
    """All that a referral before the forum must have."""
    fill(driver, form, given_name="Malin", family_name="Provlund", sex=Sex.KVINNA, question="Vad behövs nu?")
    fill(driver, form, needed_unit_ids=[IFO], close_cooperation=True, consent_now=SIGNED, paper_at="Pärm 3")
    fill(driver, form, wording=OTHER_FORM)


def stored(vault: Vault) -> list[Referral]:
    return all_of(vault, rows.referrals)


# The number


def test_half_a_number_is_left_in_peace(as_jonas: Driver) -> None:
    screen = numbered(as_jonas, "850312-98")
    assert screen.step.error.text() == ""
    assert screen.form is None


def test_a_whole_number_that_is_wrong_is_told_at_once(as_jonas: Driver) -> None:
    screen = numbered(as_jonas, f"850312-{980}{(int(NUMBER.digits[-1]) + 1) % 10}")
    assert screen.step.error.text().startswith("Kontrollsiffran stämmer inte.")


def test_a_number_with_too_few_digits_is_told_at_enter(as_jonas: Driver) -> None:
    screen = numbered(as_jonas, "850312")
    as_jonas.press(screen.step.line, Qt.Key.Key_Return)
    assert screen.step.error.text().startswith("Numret ska ha 10 eller 12 siffror.")


def test_an_unknown_number_leads_to_the_form(as_jonas: Driver) -> None:
    assert form_of(numbered(as_jonas)).number == NUMBER


def test_ten_digits_that_may_become_twelve_are_waited_for(as_jonas: Driver) -> None:
    screen = begun(as_jonas)
    as_jonas.type(screen.step.line, YOUTH.digits[:10])
    as_jonas.settle()
    assert (screen.form, screen.step.error.text()) == (None, "")
    as_jonas.type(screen.step.line, YOUTH.digits[10:])
    as_jonas.settle()
    assert form_of(screen).number == YOUTH


def test_an_open_case_is_offered_before_any_form(as_karin: Driver, karin: Vault) -> None:
    episode = enrolled(karin)
    numbered(as_karin)
    as_karin.click_text("Öppna ärendet")
    assert as_karin.work.here.subject == episode.id


def test_a_waiting_referral_is_offered_before_any_form(as_karin: Driver, karin: Vault) -> None:
    referral = waiting(karin)
    numbered(as_karin)
    as_karin.click_text("Öppna remissen")
    assert as_karin.work.here.subject == referral.id


def test_the_units_own_draft_is_offered_before_any_form(as_jonas: Driver, jonas: Vault) -> None:
    referral = draft(jonas)
    numbered(as_jonas)
    as_jonas.click_text("Öppna remissen")
    assert as_jonas.work.here.subject == referral.id


def test_within_six_months_the_person_can_be_taken_back(as_karin: Driver, karin: Vault) -> None:
    episode = discharged(karin, began=date(2026, 1, 12), day=date(2026, 8, 31))
    numbered(as_karin)
    assert any("till och med 28 feb 2027" in one.text() for one in as_karin.seen(QLabel))
    as_karin.click_text("Återremittera")
    assert as_karin.work.here.subject == episode.id


def test_later_than_six_months_is_an_ordinary_referral_with_its_history(as_karin: Driver, karin: Vault) -> None:
    discharged(karin, began=date(2025, 1, 13), day=date(2026, 2, 2))
    screen = numbered(as_karin)
    as_karin.click_text("Gör en ny remiss")
    assert form_of(screen)["given_name"].value() == "Malin"
    assert "13 jan 2025 till 2 feb" in screen.banner.text


def test_a_second_referral_says_above_the_form_that_there_is_a_case(as_karin: Driver, karin: Vault) -> None:
    enrolled(karin)
    screen = numbered(as_karin)
    as_karin.click_text("Gör en ny remiss ändå")
    assert screen.banner.text.startswith("Det finns ett pågående ärende")


def test_what_lies_beyond_reach_is_not_told(as_jonas: Driver, karin: Vault) -> None:
    without_af = agrees(unit_ids=(IFO,))
    waiting(karin, consent=without_af, unit_id=IFO, referrer=Referrer.KOMMUN, needed_unit_ids=(FK, AF))
    screen = numbered(as_jonas)
    assert form_of(screen)["given_name"].value() == ""
    assert screen.banner.text == ""


# The form


def test_a_whole_referral_goes_to_the_forum(as_jonas: Driver, jonas: Vault) -> None:
    fill_whole(as_jonas, form_of(numbered(as_jonas)))
    as_jonas.press(as_jonas.work.here, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    as_jonas.settle()
    [referral] = stored(jonas)
    assert (state_of(referral), referral.unit_id, referral.question) == (ReferralState.WAITING, AF, "Vad behövs nu?")
    assert isinstance(as_jonas.work.here, ReferralScreen)
    assert as_jonas.work.status.message.text() == "Remissen är lämnad till forumet."


def test_kon_is_suggested_and_never_taken_from_the_number(as_jonas: Driver) -> None:
    assert form_of(numbered(as_jonas))["sex"].value() is None


def test_a_draft_needs_little_more_than_the_number(as_jonas: Driver, jonas: Vault) -> None:
    fill(as_jonas, form_of(numbered(as_jonas)), sex=Sex.KVINNA)
    as_jonas.click_text("Spara utkast")
    [referral] = stored(jonas)
    assert (state_of(referral), referral.education) == (ReferralState.DRAFT, Education.OKAND)


@pytest.mark.parametrize("name", ["given_name", "question", "needed_unit_ids", "close_cooperation", "paper_at"])
def test_what_the_forum_needs_is_told_beside_its_field(as_jonas: Driver, jonas: Vault, name: str) -> None:
    form = form_of(numbered(as_jonas))
    fill_whole(as_jonas, form)
    form[name].set_value(None)
    as_jonas.click_text("Lämna till forumet")
    assert form.error_at(name) == "Det här behöver fyllas i."
    assert stored(jonas) == []


def test_without_a_consent_the_forum_is_not_reached(as_jonas: Driver, jonas: Vault) -> None:
    form = form_of(numbered(as_jonas))
    fill_whole(as_jonas, form)
    fill(as_jonas, form, consent_now=LATER)
    as_jonas.click_text("Lämna till forumet")
    assert form.error_at("consent_now").startswith("Det finns inget samtycke")
    assert stored(jonas) == []


def test_that_another_unit_keeps_the_person_protected_is_not_told_by_a_refusal(
    as_jonas: Driver, karin: Vault, jonas: Vault
) -> None:
    waiting(karin, somebody(protected=True), unit_id=IFO, referrer=Referrer.KOMMUN, needed_unit_ids=(AF,))
    form = form_of(numbered(as_jonas))
    fill_whole(as_jonas, form)
    as_jonas.click_text("Lämna till forumet")
    assert len({one.person_id for one in stored(jonas)}) == 2


def test_outside_the_target_group_a_reason_is_asked_for(as_jonas: Driver, jonas: Vault) -> None:
    form = form_of(numbered(as_jonas))
    fill_whole(as_jonas, form)
    assert not form.applies("target_reason")
    fill(as_jonas, form, close_cooperation=False)
    as_jonas.click_text("Lämna till forumet")
    assert form.error_at("target_reason") == "Det här behöver fyllas i."
    fill(as_jonas, form, target_reason="Har bett om det själv")
    as_jonas.click_text("Lämna till forumet")
    assert [one.target_reason for one in stored(jonas)] == ["Har bett om det själv"]


def test_too_few_authorities_lie_outside_the_target_group(as_jonas: Driver) -> None:
    form = form_of(numbered(as_jonas))
    fill(as_jonas, form, needed_unit_ids=[AF])
    assert form.applies("target_reason")
    fill(as_jonas, form, needed_unit_ids=[AF, FK])
    assert not form.applies("target_reason")


def test_units_that_are_needed_are_ticked_in_the_consent(as_jonas: Driver) -> None:
    form = form_of(numbered(as_jonas))
    fill(as_jonas, form, needed_unit_ids=[FK])
    assert set(form["unit_ids"].value()) == {AF, FK, IFO}
    fill(as_jonas, form, needed_unit_ids=[])
    assert set(form["unit_ids"].value()) == {AF, IFO}


def test_a_handlaggare_refers_for_her_own_unit_or_for_nobodys(as_jonas: Driver) -> None:
    form = form_of(numbered(as_jonas))
    box = form["unit_id"].box  # type: ignore[attr-defined]  # a list that drops down
    assert [box.itemText(at) for at in range(box.count())] == ["Af", "Annan (egen kontakt)"]


def test_the_koordinator_cannot_keep_another_units_draft(as_karin: Driver) -> None:
    screen = numbered(as_karin)
    fill(as_karin, form_of(screen), unit_id=AF)
    assert not screen.draft.isEnabled()
    assert screen.submit.isEnabled()


# Half-written


def test_what_is_typed_is_there_again_after_a_lock(as_jonas: Driver) -> None:
    fill(as_jonas, form_of(numbered(as_jonas)), sex=Sex.KVINNA, question="Halvskriven fråga")
    as_jonas.press(as_jonas.work, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    as_jonas.settle()
    as_jonas.unlock(PASSWORD, login="jonas")
    begun(as_jonas)
    as_jonas.click_text("Fortsätt")
    form = form_of(page(as_jonas))
    assert (form.number, form["question"].value()) == (NUMBER, "Halvskriven fråga")


def test_a_saved_referral_leaves_nothing_half_written(as_jonas: Driver, jonas: Vault) -> None:
    fill_whole(as_jonas, form_of(numbered(as_jonas)))
    as_jonas.click_text("Lämna till forumet")
    assert jonas.ask(my_drafts()) == []


def test_what_is_thrown_away_can_be_brought_back(as_jonas: Driver) -> None:
    screen = numbered(as_jonas)
    fill(as_jonas, form_of(screen), question="Halvskriven fråga")
    as_jonas.click(screen.throw)
    as_jonas.press(as_jonas.work, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    as_jonas.settle()
    as_jonas.click_text("Fortsätt")
    assert form_of(page(as_jonas))["question"].value() == "Halvskriven fråga"


def test_a_half_written_referral_stands_before_a_new_number(as_jonas: Driver, jonas: Vault) -> None:
    content = f'{{"number": "{NUMBER.digits}", "activity_id": "misam"}}'
    jonas.do(keep_draft(FORM, "", content))
    screen = begun(as_jonas)
    assert screen.step.isHidden()
    as_jonas.click_text("Kasta den")
    assert jonas.ask(my_drafts()) == []


def test_another_number_keeps_what_was_typed(as_jonas: Driver) -> None:
    screen = numbered(as_jonas)
    fill(as_jonas, form_of(screen), question="Samma fråga")
    as_jonas.click(screen.change)
    as_jonas.type(screen.step.line, YOUTH.digits)
    as_jonas.settle()
    form = form_of(screen)
    assert (form.number, form["question"].value()) == (YOUTH, "Samma fråga")


def test_another_number_of_somebody_known_shows_who_that_is(as_jonas: Driver, jonas: Vault) -> None:
    draft(jonas)
    screen = numbered(as_jonas, YOUTH.digits)
    fill(as_jonas, form_of(screen), given_name="Fel", question="Samma fråga")
    as_jonas.click(screen.change)
    as_jonas.type(screen.step.line, NUMBER.short)
    as_jonas.settle()
    as_jonas.click_text("Gör en ny remiss ändå")
    form = form_of(screen)
    assert (form["given_name"].value(), form["question"].value()) == ("Malin", "Samma fråga")
