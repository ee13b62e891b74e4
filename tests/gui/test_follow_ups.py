"""Uppföljningar: the list, the form of six fields, one after the other, another date, and a try in vain."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from misam_desktop.commands.follow_ups import move_follow_up, not_reached, record_follow_up
from misam_desktop.domain.codes import Livelihood
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.follow_up import FollowUp, FollowUpState
from misam_desktop.gui.dialogs.follow_up import open_follow_up
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.follow_ups import FollowUpsScreen
from misam_desktop.vault import Vault
from tests.commands.worlds import contact_of, enrolled, follow_ups, found, on, somebody, waiting
from tests.conftest import PASSWORD, TODAY

LATE, SOON, COMING = date(2026, 8, 13), date(2026, 8, 28), date(2026, 10, 20)
DAY = timedelta(days=1)


def episode(karin: Vault, jonas: Vault | None, *, began: date, serial: int = 980, name: str = "Malin") -> Episode:
    """An episode whose first follow-up is due three months after it began, by Jonas or by nobody."""
    person = somebody(serial, given_name=name)
    referral = waiting(on(karin, began), person, referred_on=began)
    return enrolled(karin, referral, day=began, case_worker_id=contact_of(jonas) if jonas else None)


@pytest.fixture
def late(karin: Vault, jonas: Vault) -> Episode:
    """Jonas should have followed up Malin."""
    return episode(karin, jonas, began=LATE)


@pytest.fixture
def soon(karin: Vault, jonas: Vault) -> Episode:
    """Jonas is to follow up Sigge in a few days."""
    return episode(karin, jonas, began=SOON, serial=981, name="Sigge")


def page_of(driver: Driver) -> FollowUpsScreen:
    driver.go("follow_ups")
    page = driver.work.here
    assert isinstance(page, FollowUpsScreen)
    return page


def names(page: FollowUpsScreen) -> list[str]:
    return [one.name.partition(" ")[0] for one in page.table.rows]


def first(vault: Vault, of: Episode) -> FollowUp:
    return follow_ups(vault, of)[0]


def begin(driver: Driver, page: FollowUpsScreen, at: int = 0) -> None:
    """Enter on a row."""
    page.table.selectRow(at)
    driver.press(page.table, Qt.Key.Key_Return)
    driver.settle()


def told(driver: Driver) -> str:
    return driver.work.status.message.text()


# The list


def test_the_late_one_comes_first_and_says_so(late: Episode, soon: Episode, as_jonas: Driver) -> None:
    page = page_of(as_jonas)
    assert names(page)[:2] == ["Malin", "Sigge"]
    assert page.table.model().index(0, 0).data() == "Försenad 11 dagar"


def test_a_handlaggare_sees_their_own_and_on_request_their_units(karin: Vault, late: Episode, as_jonas: Driver) -> None:
    episode(karin, None, began=SOON, serial=981, name="Sigge")
    page = page_of(as_jonas)
    assert names(page) == ["Malin", "Malin"]
    as_jonas.click(page.everyone)
    assert "Sigge" in names(page)


def test_a_koordinator_sees_everybodys_and_can_ask_for_hers(late: Episode, as_karin: Driver) -> None:
    page = page_of(as_karin)
    assert "Malin" in names(page)
    as_karin.click(page.mine)
    assert names(page) == []
    assert page.nothing.text().startswith("Du har inget att följa upp till och med")


def test_one_state_at_a_time_is_shown(late: Episode, soon: Episode, as_jonas: Driver) -> None:
    page = page_of(as_jonas)
    as_jonas.click(page.states[FollowUpState.SNART])
    assert names(page) == ["Sigge"]
    as_jonas.click(page.states[FollowUpState.SNART])
    assert "Malin" in names(page)


def test_the_filter_that_finds_nothing_says_what_to_do(late: Episode, as_jonas: Driver) -> None:
    page = page_of(as_jonas)
    as_jonas.type(page.filter, "finns inte")
    assert page.nothing.text() == "Ingen uppföljning passar det du har valt. Ta bort filtret för att se alla."
    assert not page.follow_up.isEnabled()


def test_a_moved_one_shows_its_first_day(karin: Vault, late: Episode, as_jonas: Driver) -> None:
    karin.do(move_follow_up(first(karin, late).id, to=TODAY + DAY, why="Sjuk"))
    page = page_of(as_jonas)
    assert page.table.model().index(0, 3).data() == "ons 25 nov · flyttad från 13 nov"


def test_one_that_was_tried_in_vain_says_so(karin: Vault, late: Episode, as_jonas: Driver) -> None:
    karin.do(not_reached(first(karin, late).id, tried_on=TODAY, retry_on=TODAY + 7 * DAY))
    page = page_of(as_jonas)
    assert [page.table.model().index(0, at).data() for at in (0, 3)] == ["Kunde inte nås", "tis 1 dec · nytt försök"]


def test_ctrl_enter_in_the_list_opens_the_case(late: Episode, as_jonas: Driver) -> None:
    page = page_of(as_jonas)
    as_jonas.press(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    as_jonas.settle()
    assert as_jonas.work.here.subject == late.id


def test_a_late_one_is_passed_over_when_it_is_done_already(karin: Vault, late: Episode, as_jonas: Driver) -> None:
    page = page_of(as_jonas)
    karin.do(record_follow_up(first(karin, late).id, found()))
    begin(as_jonas, page)
    assert as_jonas.dialog is None
    assert told(as_jonas) == "Uppföljningen är redan gjord eller inställd."


# The form


def test_the_form_has_exactly_six_fields(late: Episode, as_jonas: Driver) -> None:
    begin(as_jonas, page_of(as_jonas))
    assert list(as_jonas.form.form.raw()) == ["done_on", "step", "livelihoods", "note", "next_step", "supplied_by"]


def test_the_form_is_prefilled_from_last_time(karin: Vault, late: Episode, as_jonas: Driver) -> None:
    karin.do(record_follow_up(first(karin, late).id, found(step=3, note="Praktik", next_step="Tre dagar")))
    page = page_of(as_jonas)
    begin(as_jonas, page)
    values = as_jonas.form.form.peek()
    assert (values["step"], values["next_step"], values["done_on"]) == (3, "Tre dagar", TODAY)
    assert values["livelihoods"].main is Livelihood.FORSORJNINGSSTOD
    assert "Förra gången, 24 nov: Praktik" in [one.text() for one in as_jonas.seen(QLabel)]


def test_a_follow_up_is_logged_without_the_mouse(jonas: Vault, late: Episode, as_jonas: Driver) -> None:
    page = page_of(as_jonas)
    as_jonas.press(page.table, Qt.Key.Key_Return)
    as_jonas.settle()
    as_jonas.press(as_jonas.form.form["step"].focusProxy() or page, Qt.Key.Key_2)
    as_jonas.fill(note="Har börjat praktik")
    as_jonas.save()
    done = first(jonas, late)
    assert (done.done_on, done.step, done.note) == (TODAY, 2, "Har börjat praktik")


def test_saving_takes_the_next_and_the_last_says_so(
    jonas: Vault, late: Episode, soon: Episode, as_jonas: Driver
) -> None:
    begin(as_jonas, page_of(as_jonas))
    assert "1 av 2" in [one.text() for one in as_jonas.seen(QLabel)]
    assert as_jonas.form.primary.text() == "Spara och ta nästa"
    as_jonas.fill(step=2)
    as_jonas.save()
    assert "Sigge Provlund" in [one.text() for one in as_jonas.seen(QLabel)]
    assert as_jonas.form.primary.text() == "Spara"
    as_jonas.fill(step=2)
    as_jonas.save()
    assert as_jonas.dialog is None
    assert told(as_jonas) == "Det var den sista uppföljningen i listan."


def test_what_comes_much_later_is_opened_alone(karin: Vault, jonas: Vault, late: Episode, as_jonas: Driver) -> None:
    episode(karin, jonas, began=COMING, serial=982, name="Nils")
    page = page_of(as_jonas)
    begin(as_jonas, page, names(page).index("Nils"))
    assert as_jonas.form.primary.text() == "Spara"


def test_what_somebody_else_did_meanwhile_is_passed_by(
    karin: Vault, late: Episode, soon: Episode, as_jonas: Driver
) -> None:
    begin(as_jonas, page_of(as_jonas))
    karin.do(record_follow_up(first(karin, soon).id, found()))
    as_jonas.fill(step=2)
    as_jonas.save()
    assert as_jonas.dialog is None


def test_a_step_is_asked_for_beside_its_field(late: Episode, as_jonas: Driver) -> None:
    begin(as_jonas, page_of(as_jonas))
    as_jonas.save()
    assert as_jonas.form.form.error_at("step") == "Det här behöver fyllas i."


def test_a_day_that_has_not_been_is_told_beside_the_date(jonas: Vault, late: Episode, as_jonas: Driver) -> None:
    begin(as_jonas, page_of(as_jonas))
    as_jonas.fill(step=2, done_on=TODAY + DAY)
    as_jonas.save()
    assert as_jonas.form.form.error_at("done_on") == "Datumet har inte varit än. Ange dagens datum eller ett tidigare."
    assert first(jonas, late).done_on is None


def test_a_koordinator_who_types_it_names_the_handlaggare(late: Episode, as_karin: Driver) -> None:
    begin(as_karin, page_of(as_karin))
    assert as_karin.form.form["supplied_by"].value() == "Jonas Vall"


def test_half_written_text_is_there_after_a_lock(late: Episode, as_jonas: Driver) -> None:
    begin(as_jonas, page_of(as_jonas))
    as_jonas.fill(note="Har börjat")
    as_jonas.work.lock()
    as_jonas.settle()
    as_jonas.unlock(PASSWORD, login="jonas")
    begin(as_jonas, page_of(as_jonas))
    assert as_jonas.form.form["note"].value() == "Har börjat"


def test_who_moved_it_meanwhile_is_told_and_it_can_be_saved_again(
    karin: Vault, late: Episode, as_jonas: Driver
) -> None:
    begin(as_jonas, page_of(as_jonas))
    karin.do(move_follow_up(first(karin, late).id, to=TODAY + DAY, why="Sjuk"))
    as_jonas.fill(step=2)
    as_jonas.save()
    assert as_jonas.form.form.banner.text.startswith("Någon annan har flyttat uppföljningen till 25 nov.")
    as_jonas.save()
    assert first(karin, late).done_on == TODAY


def test_what_somebody_else_wrote_stands_beside_what_one_wrote(karin: Vault, late: Episode, as_jonas: Driver) -> None:
    begin(as_jonas, page_of(as_jonas))
    karin.do(record_follow_up(first(karin, late).id, found(note="Ringde i går")))
    as_jonas.fill(step=2, note="Min text")
    as_jonas.save()
    assert as_jonas.form.form.banner.text.endswith("Där står: Ringde i går")
    assert as_jonas.form.form["note"].value() == "Min text"
    assert not as_jonas.form.primary.isEnabled()


def test_the_caller_is_told_when_it_is_done(late: Episode, jonas: Vault, as_jonas: Driver) -> None:
    ended: list[FollowUp] = []
    open_follow_up(as_jonas.work, first(jonas, late).id, then=ended.append)
    as_jonas.settle()
    as_jonas.fill(step=2)
    as_jonas.save()
    assert [one.id for one in ended] == [first(jonas, late).id]


# Another day


def test_a_new_try_is_a_week_ahead_unless_said_otherwise(jonas: Vault, late: Episode, as_jonas: Driver) -> None:
    page = page_of(as_jonas)
    as_jonas.click(page.not_reached)
    as_jonas.save()
    tried = first(jonas, late)
    assert (tried.unreached_on, tried.due_on, tried.tries) == (TODAY, TODAY + 7 * DAY, 1)
    assert told(as_jonas) == "Nytt försök 1 dec."


def test_a_second_try_tells_of_the_first(karin: Vault, late: Episode, as_jonas: Driver) -> None:
    karin.do(not_reached(first(karin, late).id, tried_on=TODAY, retry_on=TODAY + DAY))
    as_jonas.click(page_of(as_jonas).not_reached)
    assert "Försökt 1 gång förut, senast 24 nov." in [one.text() for one in as_jonas.seen(QLabel)]


def test_a_new_try_before_the_last_is_told_beside_it(jonas: Vault, late: Episode, as_jonas: Driver) -> None:
    page = page_of(as_jonas)
    as_jonas.click(page.not_reached)
    as_jonas.fill(retry_on=TODAY)
    as_jonas.save()
    assert as_jonas.form.form.error_at("retry_on").startswith("En uppföljning kan bara flyttas framåt.")
    assert first(jonas, late).tries == 0


def test_moving_keeps_the_first_day(jonas: Vault, late: Episode, as_jonas: Driver) -> None:
    page = page_of(as_jonas)
    as_jonas.click(page.move_date)
    as_jonas.fill(to=TODAY + 3 * DAY, why="Sjuk till fredag")
    as_jonas.save()
    moved = first(jonas, late)
    assert (moved.due_on, moved.original_due_on, moved.moved_why) == (
        TODAY + 3 * DAY,
        date(2026, 11, 13),
        "Sjuk till fredag",
    )


def test_moving_without_a_reason_is_told_beside_it(jonas: Vault, late: Episode, as_jonas: Driver) -> None:
    page = page_of(as_jonas)
    as_jonas.click(page.move_date)
    as_jonas.save()
    assert as_jonas.form.form.error_at("why") == "Det här behöver fyllas i."
    assert first(jonas, late).due_on == date(2026, 11, 13)


def test_one_that_is_put_off_from_its_form_gives_way_to_the_next(
    late: Episode, soon: Episode, as_jonas: Driver
) -> None:
    begin(as_jonas, page_of(as_jonas))
    as_jonas.click_text("Kunde inte nås")
    as_jonas.save()
    assert "Sigge Provlund" in [one.text() for one in as_jonas.seen(QLabel)]
