"""Samverkansforum: the meeting from its start to its end, outcomes by key, and what goes wrong with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.commands.forum import open_forum, plan_meeting, record_outcome
from misam_desktop.commands.referrals import change_referral
from misam_desktop.domain.codes import Outcome
from misam_desktop.domain.ids import ActivityId
from misam_desktop.domain.referral import Referral
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.forum_parts.queue import undo_place
from misam_desktop.gui.forum_parts.words import elapsed
from misam_desktop.gui.screens.forum import ForumScreen
from misam_desktop.store import founding, rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Vault
from tests.commands.worlds import AME, IFO, MISAM, all_of, asks, enrolled, on, somebody, waiting
from tests.conftest import NOW, PASSWORD, TODAY
from tests.gui.worlds import end_forum, says

DAY = timedelta(days=1)
CTRL = Qt.KeyboardModifier.ControlModifier
QUEUED = date(2026, 11, 2)


@pytest.fixture
def malin(karin: Vault) -> Referral:
    """The older of two referrals in the queue."""
    return waiting(karin, referred_on=QUEUED)


@pytest.fixture
def sigge(karin: Vault, malin: Referral) -> Referral:
    """The newer one."""
    return waiting(karin, somebody(981, given_name="Sigge"), referred_on=QUEUED + DAY)


@pytest.fixture
def forum(karin: Vault, sigge: Referral, as_karin: Driver) -> ForumScreen:
    """The meeting of today, begun, with two referrals in its queue."""
    karin.do(open_forum(MISAM, on=TODAY))
    return page_of(as_karin)


def page_of(driver: Driver) -> ForumScreen:
    driver.go("forum")
    page = driver.work.here
    assert isinstance(page, ForumScreen)
    return page


def names(page: ForumScreen) -> list[str]:
    return [row.name.partition(" ")[0] for row in page.meeting.queue.rows]


def outcomes(page: ForumScreen) -> list[Outcome | None]:
    return [row.outcome for row in page.meeting.queue.rows]


def press(driver: Driver, page: ForumScreen, *keys: Qt.Key) -> None:
    """Press keys where the focus of the queue is."""
    for key in keys:
        driver.press(page.meeting.queue, key)
    driver.settle()


def save(driver: Driver, page: ForumScreen) -> None:
    driver.press(page.meeting.queue, Qt.Key.Key_Return, CTRL)
    driver.settle()


def stored(vault: Vault, referral: Referral) -> Referral:
    found: Referral = next(one for one in all_of(vault, rows.referrals) if one.id == referral.id)
    return found


def told(driver: Driver) -> str:
    return driver.work.status.message.text()


# Before the meeting


def test_an_empty_queue_says_so_and_when_the_next_forum_is(as_karin: Driver) -> None:
    page = page_of(as_karin)
    assert page.meeting.nothing.text().startswith(
        "Ingen remiss väntar på bedömning. Nästa möte är torsdag 26 november 2026 kl. 13.00."
    )


def test_the_planned_forum_is_shown_with_its_day_and_queue(sigge: Referral, as_karin: Driver) -> None:
    page = page_of(as_karin)
    assert (page.heading.text(), page.state.text()) == ("Samverkansforum 26 november", "Planerat")
    assert names(page) == ["Malin", "Sigge"]


def test_sgi_0_is_taken_first(karin: Vault, malin: Referral, as_karin: Driver) -> None:
    waiting(karin, somebody(981, given_name="Sigge"), sgi0=True)
    assert names(page_of(as_karin)) == ["Sigge", "Malin"]


def test_nothing_is_picked_before_the_meeting_has_begun(malin: Referral, as_karin: Driver) -> None:
    page = page_of(as_karin)
    press(as_karin, page, Qt.Key.Key_1)
    assert page.meeting.outcomes.outcome is None
    assert page.meeting.outcomes.told.text() == "Bedömningar skrivs när mötet har startat."


def test_the_forum_of_today_is_started(karin: Vault, malin: Referral, as_karin: Driver) -> None:
    karin.do(plan_meeting(MISAM, on=TODAY))
    page = page_of(as_karin)
    as_karin.click(page.start)
    assert page.state.text() == "Pågår · 00.00"


def test_a_forum_of_another_day_can_be_held_today(malin: Referral, as_karin: Driver) -> None:
    page = page_of(as_karin)
    as_karin.click(page.hold_today)
    assert (page.heading.text(), page.state.text()) == ("Samverkansforum 24 november", "Pågår · 00.00")


# Outcomes


@pytest.mark.parametrize("modifiers", [Qt.KeyboardModifier.NoModifier, CTRL])
def test_two_keys_record_an_outcome_and_take_the_next(
    karin: Vault, malin: Referral, forum: ForumScreen, as_karin: Driver, modifiers: Qt.KeyboardModifier
) -> None:
    press(as_karin, forum, Qt.Key.Key_1)
    as_karin.press(forum.meeting.queue, Qt.Key.Key_Return, modifiers)
    as_karin.settle()
    assert stored(karin, malin).outcome is Outcome.ANTAS
    assert forum.meeting.case.name.text() == "Sigge Provlund"
    assert forum.meeting.outcomes.outcome is None


@pytest.mark.parametrize(
    ("key", "outcome"), [("1", "antas"), ("3", "reguljar"), ("4", "ej_behov"), ("5", "nafs"), ("6", "sip")]
)
def test_each_key_is_an_outcome(
    karin: Vault, malin: Referral, forum: ForumScreen, as_karin: Driver, key: str, outcome: str
) -> None:
    press(as_karin, forum, Qt.Key(ord(key)))
    save(as_karin, forum)
    assert stored(karin, malin).outcome == outcome


def test_an_outcome_with_a_text_goes_to_the_text_and_says_what(
    karin: Vault, malin: Referral, forum: ForumScreen, as_karin: Driver
) -> None:
    press(as_karin, forum, Qt.Key.Key_2)
    form = forum.meeting.case.form
    assert form is not None
    edit = form["text"].focusProxy()
    assert edit is not None
    assert edit.hasFocus()
    wanted = "Skriv förslaget på alternativ planering. Det följer med tillbaka till myndigheten."
    assert wanted in [one.text() for one in as_karin.seen(QLabel)]
    as_karin.type(edit, "Af prövar själv till våren")
    as_karin.press(edit, Qt.Key.Key_Return, CTRL)
    as_karin.settle()
    assert stored(karin, malin).outcome_text == "Af prövar själv till våren"
    assert forum.meeting.queue.hasFocus()


def test_a_missing_text_is_told_beside_it(karin: Vault, malin: Referral, forum: ForumScreen, as_karin: Driver) -> None:
    press(as_karin, forum, Qt.Key.Key_7)
    save(as_karin, forum)
    form = forum.meeting.case.form
    assert form is not None
    assert form.error_at("text") == "Fältet är tomt. Skriv en kort text."
    assert stored(karin, malin).outcome is None


def test_numbers_in_the_text_pick_nothing(forum: ForumScreen, as_karin: Driver) -> None:
    form = forum.meeting.case.form
    assert form is not None
    edit = form["text"].focusProxy()
    assert edit is not None
    as_karin.click(edit)
    QTest.keyClick(edit, Qt.Key.Key_3)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    as_karin.settle()
    assert forum.meeting.outcomes.outcome is None
    assert form["text"].raw() == "3\n"


def test_saving_without_a_choice_says_so(forum: ForumScreen, as_karin: Driver) -> None:
    save(as_karin, forum)
    assert forum.meeting.outcomes.wrong.text() == "Välj en bedömning först, med musen eller en siffra."


def test_nafs_and_sip_go_beside_the_first_four(
    karin: Vault, malin: Referral, forum: ForumScreen, as_karin: Driver
) -> None:
    pane = forum.meeting.outcomes
    press(as_karin, forum, Qt.Key.Key_3)
    as_karin.click(pane.also_nafs)
    press(as_karin, forum, Qt.Key.Key_6)
    assert not pane.also_nafs.isEnabled()
    assert not pane.also_nafs.isChecked()
    press(as_karin, forum, Qt.Key.Key_3)
    as_karin.click(pane.also_sip)
    save(as_karin, forum)
    done = stored(karin, malin)
    assert (done.outcome, done.also_nafs, done.also_sip) == (Outcome.REGULJAR, False, True)


def test_when_all_have_an_outcome_the_meeting_is_ready_to_end(forum: ForumScreen, as_karin: Driver) -> None:
    for _ in range(2):
        press(as_karin, forum, Qt.Key.Key_4)
        save(as_karin, forum)
    assert forum.meeting.progress.text() == "2 av 2 klara"
    assert forum.end.property("role") == "primary"


# Mistakes


def test_an_outcome_is_undone_from_the_line_at_the_bottom(
    karin: Vault, malin: Referral, forum: ForumScreen, as_karin: Driver
) -> None:
    press(as_karin, forum, Qt.Key.Key_1)
    save(as_karin, forum)
    as_karin.press(as_karin.work, Qt.Key.Key_Z, CTRL)
    as_karin.settle()
    assert stored(karin, malin).outcome is None
    assert forum.meeting.case.name.text() == "Malin Provlund"


def test_an_outcome_is_undone_from_its_row(karin: Vault, malin: Referral, forum: ForumScreen, as_karin: Driver) -> None:
    press(as_karin, forum, Qt.Key.Key_1)
    save(as_karin, forum)
    queue = forum.meeting.queue
    place = undo_place(queue.visualItemRect(queue.item(0)))
    QTest.mouseClick(queue.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    as_karin.settle()
    assert stored(karin, malin).outcome is None


def test_a_click_elsewhere_in_the_row_undoes_nothing(
    karin: Vault, malin: Referral, forum: ForumScreen, as_karin: Driver
) -> None:
    press(as_karin, forum, Qt.Key.Key_1)
    save(as_karin, forum)
    QTest.mouseClick(forum.meeting.queue.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
    as_karin.settle()
    assert stored(karin, malin).outcome is Outcome.ANTAS
    assert forum.meeting.case.name.text() == "Malin Provlund"


def test_an_outcome_is_undone_beside_the_outcomes(
    karin: Vault, malin: Referral, forum: ForumScreen, as_karin: Driver
) -> None:
    press(as_karin, forum, Qt.Key.Key_1)
    save(as_karin, forum)
    press(as_karin, forum, Qt.Key.Key_Up)
    as_karin.click(forum.meeting.outcomes.undo)
    assert stored(karin, malin).outcome is None


def test_an_outcome_that_somebody_else_recorded_is_told(
    karin: Vault, malin: Referral, forum: ForumScreen, as_karin: Driver
) -> None:
    meeting = all_of(karin, rows.meetings)[0]
    karin.do(record_outcome(malin.id, Outcome.NAFS, meeting_id=meeting.id))
    press(as_karin, forum, Qt.Key.Key_1)
    save(as_karin, forum)
    assert forum.meeting.told.text == (
        "Någon annan har redan sparat en bedömning: Till NAFS. Det du skrev är inte sparat."
    )
    assert stored(karin, malin).outcome is Outcome.NAFS


def test_a_referral_that_somebody_else_changed_is_told_and_shown(
    karin: Vault, malin: Referral, forum: ForumScreen, as_karin: Driver
) -> None:
    facts = asks(referred_on=QUEUED, question="Kan hon läsa på distans?")
    karin.do(change_referral(malin.id, somebody(), facts, seen=malin.version))
    press(as_karin, forum, Qt.Key.Key_1)
    save(as_karin, forum)
    assert forum.meeting.told.text == "Någon annan har ändrat remissen. Läs den igen och spara sedan."
    save(as_karin, forum)
    assert stored(karin, malin).outcome is Outcome.ANTAS


# What the case says


def test_a_unit_outside_the_consent_leaves_the_room(karin: Vault, as_karin: Driver) -> None:
    waiting(karin, needed_unit_ids=(IFO, AME))
    page = page_of(as_karin)
    assert page.meeting.case.leaving.text == "Lämnar rummet för detta ärende: AME, FK och Region"


def test_a_case_without_consent_is_told(karin: Vault, malin: Referral, as_karin: Driver) -> None:
    for consent in all_of(karin, rows.consents):
        karin.do(withdraw_consent(consent.id, on=TODAY))
    page = page_of(as_karin)
    assert page.meeting.case.consent.text == "Samtycke saknas. Ta inte upp ärendet med de andra myndigheterna."


def test_a_second_referral_of_an_open_case_is_told(karin: Vault, as_karin: Driver) -> None:
    enrolled(karin, day=date(2026, 5, 4))
    waiting(karin)
    assert page_of(as_karin).meeting.case.duplicate.text.startswith("Personen har redan ett pågående ärende.")


def test_the_referral_is_a_click_away(malin: Referral, as_karin: Driver) -> None:
    as_karin.click(page_of(as_karin).meeting.case.open_referral)
    assert as_karin.work.here.subject == malin.id


# Interrupted


def test_text_for_the_minutes_is_there_when_one_comes_back_to_the_case(forum: ForumScreen, as_karin: Driver) -> None:
    write(as_karin, forum, "Halvskrivet")
    press(as_karin, forum, Qt.Key.Key_Down)
    assert forum.meeting.case.text == ""
    press(as_karin, forum, Qt.Key.Key_Up)
    assert forum.meeting.case.text == "Halvskrivet"


def test_a_meeting_that_was_interrupted_opens_where_it_was(forum: ForumScreen, as_karin: Driver) -> None:
    press(as_karin, forum, Qt.Key.Key_4)
    save(as_karin, forum)
    write(as_karin, forum, "Halvskrivet")
    as_karin.work.lock()
    as_karin.settle()
    as_karin.unlock(PASSWORD, login="karin")
    page = page_of(as_karin)
    assert page.state.text().startswith("Pågår")
    assert (page.meeting.case.name.text(), page.meeting.case.text) == ("Sigge Provlund", "Halvskrivet")


def test_a_meeting_of_another_day_that_was_never_ended_is_told(karin: Vault, as_karin: Driver) -> None:
    on(karin, TODAY - 5 * DAY).do(open_forum(MISAM, on=TODAY - 5 * DAY))
    page = page_of(as_karin)
    assert page.never_ended.text == "Mötet 19 nov är inte avslutat."
    as_karin.click_text("Gå dit")
    end_forum(as_karin, page)
    assert page.state.text() == "Avslutat"


def write(driver: Driver, page: ForumScreen, text: str) -> None:
    form = page.meeting.case.form
    assert form is not None
    driver.put(form["text"], text)


# The end


def test_ending_tells_what_waits_and_can_be_taken_back(forum: ForumScreen, as_karin: Driver) -> None:
    press(as_karin, forum, Qt.Key.Key_4)
    save(as_karin, forum)
    end_forum(as_karin, forum)
    assert (forum.state.text(), told(as_karin)) == (
        "Avslutat",
        "Mötet är avslutat. 1 remiss väntar till nästa möte.",
    )
    assert names(forum) == ["Malin"]
    as_karin.press(as_karin.work, Qt.Key.Key_Z, CTRL)
    as_karin.settle()
    assert forum.state.text().startswith("Pågår")


def test_an_ended_meeting_can_be_opened_again(forum: ForumScreen, as_karin: Driver) -> None:
    end_forum(as_karin, forum)
    as_karin.click(forum.reopen)
    assert names(forum) == ["Malin", "Sigge"]


def test_the_next_and_the_former_forum_are_a_click_away(forum: ForumScreen, as_karin: Driver) -> None:
    end_forum(as_karin, forum)
    as_karin.click(forum.after)
    assert forum.heading.text() == "Samverkansforum 3 december"
    as_karin.click(forum.before)
    assert forum.heading.text() == "Samverkansforum 24 november"


def test_a_meeting_is_cancelled_with_its_reason(malin: Referral, as_karin: Driver) -> None:
    page = page_of(as_karin)
    as_karin.click(page.cancel)
    as_karin.fill(why="Snöoväder")
    as_karin.save()
    assert page.state.text() == "Inställt"
    assert page.meeting.nothing.text() == "Mötet är inställt: Snöoväder. Remisserna väntar till nästa möte."
    as_karin.click(as_karin.work.status.undo_button)
    assert page.state.text() == "Planerat"


def test_a_meeting_is_not_cancelled_without_a_reason(malin: Referral, as_karin: Driver) -> None:
    page = page_of(as_karin)
    as_karin.click(page.cancel)
    as_karin.save()
    assert as_karin.form.form.error_at("why") == "Det här behöver fyllas i."


def test_a_meeting_with_outcomes_is_not_offered_to_be_cancelled(forum: ForumScreen, as_karin: Driver) -> None:
    press(as_karin, forum, Qt.Key.Key_4)
    save(as_karin, forum)
    assert not forum.cancel.isVisible()


def test_how_long_it_has_gone_on_is_told_in_hours_and_minutes() -> None:
    assert elapsed(NOW, NOW + timedelta(minutes=85)) == "01.25"


# Several activities, or none


def test_one_activity_leaves_no_choice(as_karin: Driver) -> None:
    assert not page_of(as_karin).activity.isVisible()


def test_the_outcomes_are_those_of_the_chosen_activity(karin: Vault, malin: Referral, as_karin: Driver) -> None:
    jobbtorg = founding.reference_activity("misam", activity_id="jobbtorg")
    few = (Outcome.ANTAS, Outcome.EJ_BEHOV)
    with writing(karin._engine) as conn:
        rows.activities.add(conn, replace(jobbtorg, name="Jobbtorg", settings=replace(jobbtorg.settings, outcomes=few)))
    waiting(karin, somebody(981, given_name="Sigge"), activity_id=ActivityId("jobbtorg"))
    as_karin.work.lock()
    as_karin.settle()
    as_karin.unlock(PASSWORD, login="karin")
    page = page_of(as_karin)
    page.activity.set_value("jobbtorg")
    as_karin.settle()
    assert names(page) == ["Sigge"]
    assert list(page.meeting.outcomes.buttons) == list(few)


def test_who_works_in_no_forum_is_told(karin: Vault, as_karin: Driver) -> None:
    with writing(karin._engine) as conn:
        rows.activities.save(conn, replace(rows.activities.get(conn, MISAM), open_for_referrals=False))
    as_karin.work.lock()
    as_karin.settle()
    as_karin.unlock(PASSWORD, login="karin")
    assert page_of(as_karin).banner.text == "Du arbetar inte i någon insats som har ett forum."


def test_a_protected_identity_is_taken_by_word_of_mouth(as_karin: Driver, karin: Vault) -> None:
    waiting(karin, somebody(protected=True))
    page = page_of(as_karin)
    assert says(as_karin, "Skyddade personuppgifter. Ta ärendet muntligt", page.meeting.case)
    assert page.meeting.queue.item(0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("Tas muntligt")


def test_tab_goes_from_the_text_to_the_outcomes(as_karin: Driver, forum: ForumScreen) -> None:
    assert forum.meeting.case.form is not None
    text = forum.meeting.case.form["text"].focusProxy()
    assert text is not None
    text.setFocus()
    as_karin.press(text, Qt.Key.Key_Tab)
    assert forum.meeting.outcomes.buttons[Outcome.ANTAS].hasFocus()
