"""Remisser: what waits, gone through with one key each."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from misam_desktop.commands.drafts import keep_draft
from misam_desktop.commands.forum import record_outcome
from misam_desktop.domain.codes import Outcome, Referrer
from misam_desktop.domain.referral import ReferralState, state_of
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.new_referral import FORM, NewReferralScreen
from misam_desktop.gui.screens.referral import ReferralScreen
from misam_desktop.gui.screens.referrals import ReferralsScreen
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import IFO, accepted, all_of, draft, enrolled, meeting, somebody, waiting
from tests.conftest import TODAY


def listed(driver: Driver) -> ReferralsScreen:
    """The list, as it is now."""
    driver.go("referrals")
    screen = driver.work.here
    assert isinstance(screen, ReferralsScreen)
    return screen


def cells(screen: ReferralsScreen, column: str) -> list[str]:
    """The words of one column, from above."""
    model = screen.table.model()
    titles = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    return [model.index(at, titles.index(column)).data() for at in range(model.rowCount())]


def test_an_empty_list_says_what_comes_next(as_jonas: Driver) -> None:
    screen = listed(as_jonas)
    assert screen.nothing.isVisible()
    assert screen.nothing.text() == "Inga remisser väntar. Börja en ny med Ctrl+N."


def test_a_row_says_how_long_it_has_waited_and_where_it_stands(as_jonas: Driver, jonas: Vault) -> None:
    waiting(jonas, referred_on=date(2026, 11, 12))
    screen = listed(as_jonas)
    assert cells(screen, "Remiss") == ["12 dagar sedan"]
    assert cells(screen, "Läge") == ["Väntar på forum"]


def test_what_to_think_of_stands_in_words(as_karin: Driver, karin: Vault) -> None:
    enrolled(karin)
    waiting(karin, sgi0=True)
    draft(karin, somebody(981), unit_id=IFO, referrer=Referrer.KOMMUN)
    marks = sorted(cells(listed(as_karin), "Att tänka på"))
    assert marks == ["SGI 0, Finns redan ett ärende", "Samtycke saknas"]


def test_a_protected_identity_is_marked_for_its_owner(as_karin: Driver, karin: Vault) -> None:
    waiting(karin, somebody(protected=True))
    assert cells(listed(as_karin), "Att tänka på") == ["Skyddad"]


def test_the_filter_leaves_what_holds_its_words(as_jonas: Driver, jonas: Vault) -> None:
    waiting(jonas)
    waiting(jonas, somebody(981, given_name="Åke"))
    screen = listed(as_jonas)
    as_jonas.type(screen.filter, "åke")
    assert cells(screen, "Person") == ["Åke Provlund"]


def test_b_confirms_that_a_referral_shall_wait_and_goes_on_to_the_next(as_jonas: Driver, jonas: Vault) -> None:
    first = waiting(jonas, referred_on=date(2026, 11, 2))
    second = waiting(jonas, somebody(981), referred_on=date(2026, 11, 3))
    screen = listed(as_jonas)
    screen.table.select(first.id)
    as_jonas.press(screen.table, Qt.Key.Key_B)
    as_jonas.settle()
    reviewed = {one.id: one.reviewed_on for one in all_of(jonas, rows.referrals)}
    assert reviewed == {first.id: TODAY, second.id: None}
    assert screen.table.current is not None
    assert screen.table.current.id == second.id


def test_a_letter_in_the_filter_is_no_key(as_jonas: Driver, jonas: Vault) -> None:
    waiting(jonas)
    screen = listed(as_jonas)
    screen.filter.setFocus()
    as_jonas.press(screen.filter, Qt.Key.Key_B)
    as_jonas.settle()
    assert [one.reviewed_on for one in all_of(jonas, rows.referrals)] == [None]


def test_ao_takes_a_referral_back_with_its_reason(as_jonas: Driver, jonas: Vault) -> None:
    waiting(jonas)
    screen = listed(as_jonas)
    as_jonas.press(screen.table, Qt.Key.Key_Aring)
    as_jonas.settle()
    as_jonas.save()
    assert as_jonas.form.form.error_at("why") == "Det här behöver fyllas i."
    as_jonas.fill(why="Personen har fått arbete")
    as_jonas.save()
    [referral] = all_of(jonas, rows.referrals)
    assert (state_of(referral), referral.withdrawn_why) == (ReferralState.WITHDRAWN, "Personen har fått arbete")
    assert screen.table.rows == []


def test_ae_opens_the_form_of_the_referral(as_jonas: Driver, jonas: Vault) -> None:
    waiting(jonas)
    screen = listed(as_jonas)
    as_jonas.press(screen.table, Qt.Key.Key_Adiaeresis)
    as_jonas.settle()
    assert isinstance(as_jonas.work.here, ReferralScreen)
    assert as_jonas.work.here.editor is not None


def test_enter_opens_the_referral(as_jonas: Driver, jonas: Vault) -> None:
    referral = waiting(jonas)
    screen = listed(as_jonas)
    as_jonas.press(screen.table, Qt.Key.Key_Return)
    as_jonas.settle()
    assert as_jonas.work.here.subject == referral.id


def test_an_accepted_referral_is_enrolled_from_the_list(as_karin: Driver, karin: Vault) -> None:
    accepted(karin)
    screen = listed(as_karin)
    assert not screen.confirm.isEnabled()
    as_karin.click(screen.enrol)
    assert as_karin.form.windowTitle() == "Skriv in"


def test_a_handlaggare_is_not_offered_to_enrol(as_jonas: Driver, karin: Vault) -> None:
    accepted(karin)
    assert listed(as_jonas).enrol.isHidden()


def test_what_was_answered_says_how(as_karin: Driver, karin: Vault) -> None:
    forum = meeting(karin)
    karin.do(record_outcome(waiting(karin).id, Outcome.REGULJAR, meeting_id=forum.id))
    screen = listed(as_karin)
    assert screen.table.rows == []
    as_karin.click(screen.answered)
    assert cells(screen, "Läge") == ["Reguljär samverkan"]


def test_a_half_written_referral_is_offered_above_the_list(as_jonas: Driver, jonas: Vault) -> None:
    number = somebody().number.digits
    jonas.do(keep_draft(FORM, "", f'{{"number": "{number}", "activity_id": "misam"}}'))
    listed(as_jonas)
    as_jonas.click_text("Fortsätt med den påbörjade remissen")
    assert isinstance(as_jonas.work.here, NewReferralScreen)
    assert as_jonas.work.here.offer.isVisible()
