"""Remiss: one referral to read, change and put before the forum; two who change it at once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from misam_desktop.commands.consents import record_consent
from misam_desktop.commands.forum import record_outcome
from misam_desktop.commands.referrals import change_referral, withdraw_referral
from misam_desktop.domain.codes import Outcome, Referrer
from misam_desktop.domain.intake import facts_of
from misam_desktop.domain.referral import Referral, ReferralState, state_of
from misam_desktop.gui.consent_form import OTHER_FORM
from misam_desktop.gui.dialogs.conflict import ConflictDialog, Side
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.referral_change import ChangeForm
from misam_desktop.gui.screens.referral import ReferralScreen
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, FK, IFO, accepted, agrees, all_of, draft, enrolled, meeting, somebody, waiting
from tests.conftest import PASSWORD


def opened(driver: Driver, referral: Referral) -> ReferralScreen:
    driver.work.open_referral(referral.id)
    driver.settle()
    screen = driver.work.here
    assert isinstance(screen, ReferralScreen)
    return screen


def changing(driver: Driver, referral: Referral) -> ChangeForm:
    """The form of a referral, ready to be filled."""
    screen = opened(driver, referral)
    driver.click_text("Ändra")
    assert screen.editor is not None, "there is no form"
    return screen.editor.form


def now(vault: Vault, referral: Referral) -> Referral:
    return next(one for one in all_of(vault, rows.referrals) if one.id == referral.id)


def says(driver: Driver, words: str, within: QWidget | None = None) -> bool:
    return any(words in one.text() for one in driver.seen(QLabel, within))


def answered(koordinator: Vault, outcome: Outcome, text: str) -> Referral:
    """A referral with the forum's answer of today."""
    forum = meeting(koordinator)
    request = record_outcome(waiting(koordinator).id, outcome, meeting_id=forum.id, text=text, also_nafs=True)
    return koordinator.do(request).value


# Reading


def test_the_number_is_masked_until_it_is_asked_for(as_jonas: Driver, jonas: Vault) -> None:
    screen = opened(as_jonas, waiting(jonas))
    assert screen.number.number.text() == "850312-••••"
    as_jonas.click(screen.number.toggle)
    assert screen.number.number.text() == somebody().number.long


def test_the_forums_answer_is_no_authoritys_decision(as_karin: Driver, karin: Vault) -> None:
    opened(as_karin, answered(karin, Outcome.ATER, "Pröva praktik inom Af först"))
    assert says(as_karin, "Pröva praktik inom Af först")
    assert says(as_karin, "Det här är forumets bedömning, inte någon myndighets beslut.")
    assert says(as_karin, "Till NAFS")


def test_what_is_to_be_completed_stands_as_a_task(as_karin: Driver, karin: Vault) -> None:
    opened(as_karin, answered(karin, Outcome.KOMPLETTERA, "Vilken läkare?"))
    assert says(as_karin, "Att komplettera")
    assert says(as_karin, "Vilken läkare?")


def test_an_accepted_referral_leads_to_enrolment(as_karin: Driver, karin: Vault) -> None:
    opened(as_karin, accepted(karin))
    as_karin.click_text("Skriv in")
    assert as_karin.form.windowTitle() == "Skriv in"


def test_an_enrolled_referral_leads_to_its_case(as_karin: Driver, karin: Vault) -> None:
    episode = enrolled(karin)
    opened(as_karin, next(one for one in all_of(karin, rows.referrals) if one.id == episode.referral_id))
    as_karin.click_text("Öppna ärendet")
    assert as_karin.work.here.subject == episode.id


def test_what_one_may_not_see_is_not_there(as_jonas: Driver, karin: Vault) -> None:
    without_af = agrees(unit_ids=(IFO,))
    screen = opened(
        as_jonas, waiting(karin, consent=without_af, referrer=Referrer.KOMMUN, unit_id=IFO, needed_unit_ids=(AF,))
    )
    assert screen.banner.text == "Det finns inget att visa här."


def test_an_answered_referral_is_read_although_it_was_to_be_changed(as_karin: Driver, karin: Vault) -> None:
    screen = as_karin.work.go("referral", answered(karin, Outcome.ATER, "Pröva praktik").id)
    assert isinstance(screen, ReferralScreen)
    screen.change()
    as_karin.settle()
    assert screen.editor is None
    assert says(as_karin, "Pröva praktik")


# Acting


def test_a_draft_without_consent_asks_for_it_on_the_way_to_the_forum(as_jonas: Driver, jonas: Vault) -> None:
    referral = draft(jonas)
    opened(as_jonas, referral)
    as_jonas.click_text("Lämna till forumet")
    as_jonas.click_text("Registrera samtycket")
    as_jonas.fill(paper_at="Pärm 3", wording=OTHER_FORM)
    as_jonas.save()
    as_jonas.click_text("Lämna till forumet")
    assert state_of(now(jonas, referral)) is ReferralState.WAITING


def test_what_a_draft_lacks_is_told_beside_its_field(as_jonas: Driver, jonas: Vault) -> None:
    referral = draft(jonas, question="")
    jonas.do(record_consent(referral.id, agrees()))
    screen = opened(as_jonas, referral)
    as_jonas.click_text("Lämna till forumet")
    assert screen.editor is not None
    assert screen.editor.form.error_at("question")


def test_a_second_referral_can_be_withdrawn_as_a_duplicate(as_karin: Driver, karin: Vault) -> None:
    enrolled(karin)
    second = waiting(karin)
    screen = opened(as_karin, second)
    assert screen.duplicate.text == "Personen har redan ett pågående ärende."
    as_karin.click_text("Återta som dubblett")
    as_karin.fill(why="Samma behov som redan hanteras")
    as_karin.save()
    assert state_of(now(karin, second)) is ReferralState.WITHDRAWN
    assert screen.duplicate.isHidden()


def test_a_referral_is_confirmed_to_wait(as_jonas: Driver, jonas: Vault) -> None:
    opened(as_jonas, waiting(jonas))
    as_jonas.click_text("Ska vänta")
    assert says(as_jonas, "Genomgången: ska vänta")


# Changing


def test_a_change_is_saved_over_what_was_read(as_jonas: Driver, jonas: Vault) -> None:
    referral = waiting(jonas)
    form = changing(as_jonas, referral)
    as_jonas.put(form["question"], "En klarare fråga?")
    as_jonas.press(as_jonas.work.here, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    as_jonas.settle()
    assert now(jonas, referral).question == "En klarare fråga?"
    assert says(as_jonas, "En klarare fråga?")


def test_what_waits_stays_fit_for_the_forum(as_jonas: Driver, jonas: Vault) -> None:
    form = changing(as_jonas, waiting(jonas))
    form["question"].set_value("")
    as_jonas.click_text("Spara ändringarna")
    assert form.error_at("question") == "Det här behöver fyllas i."


def test_a_change_that_is_left_can_be_brought_back(as_jonas: Driver, jonas: Vault) -> None:
    referral = waiting(jonas)
    as_jonas.put(changing(as_jonas, referral)["question"], "Halvskriven")
    as_jonas.click_text("Avbryt")
    assert now(jonas, referral).question != "Halvskriven"
    as_jonas.press(as_jonas.work, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    as_jonas.settle()
    as_jonas.click_text("Fortsätt ändra")
    screen = as_jonas.work.here
    assert isinstance(screen, ReferralScreen)
    assert screen.editor is not None
    as_jonas.settle()
    assert screen.editor.form["question"].value() == "Halvskriven"


def test_an_unsaved_change_is_offered_after_a_lock(as_jonas: Driver, jonas: Vault) -> None:
    referral = waiting(jonas)
    as_jonas.put(changing(as_jonas, referral)["question"], "Halvskriven")
    as_jonas.press(as_jonas.work, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    as_jonas.settle()
    as_jonas.unlock(PASSWORD, login="jonas")
    screen = opened(as_jonas, referral)
    assert screen.banner.text == "Du har ändringar som inte är sparade."


# Two who change the same referral


def changed_by_another(vault: Vault, referral: Referral, **said: object) -> None:
    facts = replace(facts_of(referral), **said)  # type: ignore[arg-type]  # any of its fields
    vault.do(change_referral(referral.id, somebody(), facts, seen=now(vault, referral).version))


def conflict(driver: Driver) -> ConflictDialog:
    dialog = driver.dialog
    assert isinstance(dialog, ConflictDialog), "nothing is asked"
    return dialog


def test_two_texts_of_one_field_stand_beside_each_other(as_jonas: Driver, jonas: Vault, karin: Vault) -> None:
    referral = waiting(jonas)
    form = changing(as_jonas, referral)
    as_jonas.put(form["question"], "Jonas fråga")
    changed_by_another(karin, referral, question="Karins fråga")
    as_jonas.click_text("Spara ändringarna")
    assert says(as_jonas, "Jonas fråga", conflict(as_jonas))
    assert says(as_jonas, "Karins fråga", conflict(as_jonas))
    assert now(jonas, referral).question == "Karins fråga"


def test_the_chosen_texts_are_saved_over_the_newer_version(as_jonas: Driver, jonas: Vault, karin: Vault) -> None:
    referral = waiting(jonas)
    form = changing(as_jonas, referral)
    as_jonas.put(form["question"], "Jonas fråga")
    as_jonas.put(form["needed_why"], "Jonas skäl")
    changed_by_another(karin, referral, question="Karins fråga", needed_why="Karins skäl")
    as_jonas.click_text("Spara ändringarna")
    conflict(as_jonas).form["question"].set_value(Side.STORED)
    as_jonas.click_text("Spara det valda")
    saved = now(jonas, referral)
    assert (saved.question, saved.needed_why) == ("Karins fråga", "Jonas skäl")


def test_what_only_the_other_has_changed_is_kept_unless_chosen_away(
    as_jonas: Driver, jonas: Vault, karin: Vault
) -> None:
    referral = waiting(jonas)
    as_jonas.put(changing(as_jonas, referral)["question"], "Jonas fråga")
    changed_by_another(karin, referral, needed_unit_ids=(IFO, FK))
    as_jonas.click_text("Spara ändringarna")
    as_jonas.click_text("Spara det valda")
    saved = now(jonas, referral)
    assert (saved.question, set(saved.needed_unit_ids)) == ("Jonas fråga", {IFO, FK})


def test_leaving_the_choice_loses_nothing(as_jonas: Driver, jonas: Vault, karin: Vault) -> None:
    referral = waiting(jonas)
    form = changing(as_jonas, referral)
    as_jonas.put(form["question"], "Jonas fråga")
    changed_by_another(karin, referral, question="Karins fråga")
    as_jonas.click_text("Spara ändringarna")
    as_jonas.click_text("Tillbaka till formuläret")
    assert form["question"].value() == "Jonas fråga"
    assert now(jonas, referral).question == "Karins fråga"


def test_a_confirmation_by_another_is_no_conflict(as_jonas: Driver, jonas: Vault, karin: Vault) -> None:
    referral = waiting(jonas)
    as_jonas.put(changing(as_jonas, referral)["question"], "Jonas fråga")
    changed_by_another(karin, referral)
    as_jonas.click_text("Spara ändringarna")
    assert now(jonas, referral).question == "Jonas fråga"


def test_a_person_changed_in_another_referral_is_not_overwritten(as_jonas: Driver, jonas: Vault, karin: Vault) -> None:
    referral, other = waiting(jonas), waiting(karin)
    as_jonas.put(changing(as_jonas, referral)["phone"], "070-174 06 01")
    facts = facts_of(other)
    karin.do(change_referral(other.id, somebody(phone="070-174 06 02"), facts, seen=other.version))
    as_jonas.click_text("Spara ändringarna")
    assert says(as_jonas, "070-174 06 02", conflict(as_jonas))
    as_jonas.click_text("Spara det valda")
    assert [one.phone for one in all_of(jonas, rows.persons)] == ["070-174 06 01"]


def test_a_referral_that_was_withdrawn_meanwhile_is_told(as_jonas: Driver, jonas: Vault, karin: Vault) -> None:
    referral = waiting(jonas)
    form = changing(as_jonas, referral)
    as_jonas.put(form["question"], "Jonas fråga")
    karin.do(withdraw_referral(referral.id, why="Dubblett"))
    as_jonas.click_text("Spara ändringarna")
    assert form.banner.text
    assert form["question"].value() == "Jonas fråga"


def test_a_draft_from_before_anothers_change_still_meets_it(as_jonas: Driver, jonas: Vault, karin: Vault) -> None:
    referral = waiting(jonas)
    form = changing(as_jonas, referral)
    as_jonas.put(form["question"], "Jonas fråga")
    as_jonas.press(as_jonas.work, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    as_jonas.settle()
    changed_by_another(karin, referral, question="Karins fråga")
    as_jonas.unlock(PASSWORD, login="jonas")
    opened(as_jonas, referral)
    as_jonas.click_text("Fortsätt ändra")
    as_jonas.settle()
    as_jonas.click_text("Spara ändringarna")
    assert says(as_jonas, "Karins fråga", conflict(as_jonas))
