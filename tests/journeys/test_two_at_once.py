"""Two windows on one store: nobody writes over the other unseen; and a store that another program holds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox  # noqa: TID251 – looked at, not shown

from misam_desktop.commands.forum import open_forum
from misam_desktop.domain.codes import Destination, DischargeReason, Livelihood, Outcome
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.domain.referral import Referral
from misam_desktop.gui.case_parts.steps import Step
from misam_desktop.gui.dialogs.conflict import ConflictDialog, Either, Side
from misam_desktop.gui.dialogs.follow_up import open_follow_up
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.referral_change import ReferralChange
from misam_desktop.gui.screens.forum import ForumScreen
from misam_desktop.gui.screens.referral import ReferralScreen
from misam_desktop.gui.tables import Table
from misam_desktop.gui.unlock import UnlockPage
from misam_desktop.store import engine, rows
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, MISAM, contact_of, enrolled, follow_ups, one, waiting
from tests.conftest import PASSWORD, TODAY
from tests.gui.worlds import cells, open_case, says
from tests.journeys.worlds import CTRL, lock, sit_at, status
from tests.store.worlds import key_of

Seat = Callable[[str], Driver]


@pytest.fixture
def referral(jonas: Vault) -> Referral:
    """A referral from Af that waits for the forum."""
    return waiting(jonas)


@pytest.fixture
def episode(karin: Vault, jonas: Vault) -> Episode:
    """A case of Af's, with Jonas."""
    return enrolled(karin, commissioner_id=AF, case_worker_id=contact_of(jonas), day=TODAY - timedelta(days=100))


# Two who change the same referral


def change(driver: Driver, referral: Referral) -> ReferralChange:
    """The referral's form, opened for change."""
    sit_at(driver)
    driver.work.open_referral(referral.id)
    driver.settle()
    driver.click_text("Ändra")
    page = driver.work.here
    assert isinstance(page, ReferralScreen)
    assert page.editor is not None
    return page.editor


def save(driver: Driver) -> None:
    """Ctrl+Enter."""
    sit_at(driver)
    driver.press(driver.work.here, Qt.Key.Key_Return, CTRL)
    driver.settle()


@pytest.fixture
def both(seat: Seat, referral: Referral) -> tuple[Driver, Driver]:
    """Jonas has saved another question, and Karin, who began before that, has tried to save hers."""
    hers, his = seat("karin"), seat("jonas")
    mine, theirs = change(hers, referral), change(his, referral)
    his.put(theirs.form["question"], "Jonas fråga")
    his.put(theirs.form["needed_why"], "Jonas skäl")
    save(his)
    hers.put(mine.form["question"], "Karins fråga")
    hers.put(mine.form["phone"], "070-174 06 05")
    save(hers)
    return hers, his


def conflict(driver: Driver) -> ConflictDialog:
    """The choice between two texts, in front."""
    assert isinstance(driver.dialog, ConflictDialog)
    return driver.dialog


def test_the_second_to_save_sees_both_texts(both: tuple[Driver, Driver]) -> None:
    dialog = conflict(both[0])
    assert says(both[0], "Jonas fråga", dialog)
    assert says(both[0], "Karins fråga", dialog)


def test_nothing_is_written_over_unseen(both: tuple[Driver, Driver], karin: Vault, referral: Referral) -> None:
    stored = one(karin, rows.referrals, referral.id)
    assert (stored.question, stored.needed_why) == ("Jonas fråga", "Jonas skäl")


def test_what_is_chosen_is_saved_and_what_only_the_other_changed_is_kept(
    both: tuple[Driver, Driver], karin: Vault, referral: Referral
) -> None:
    hers = both[0]
    question = conflict(hers).form["question"]
    assert isinstance(question, Either)
    hers.click(question.sides[Side.MINE])
    hers.click(conflict(hers).primary)
    stored = one(karin, rows.referrals, referral.id)
    assert (stored.question, stored.needed_why) == ("Karins fråga", "Jonas skäl")
    assert one(karin, rows.persons, stored.person_id).phone == "070-174 06 05"


def test_the_others_text_can_be_chosen_instead(both: tuple[Driver, Driver], karin: Vault, referral: Referral) -> None:
    hers = both[0]
    question = conflict(hers).form["question"]
    assert isinstance(question, Either)
    hers.click(question.sides[Side.STORED])
    hers.click(conflict(hers).primary)
    assert one(karin, rows.referrals, referral.id).question == "Jonas fråga"
    assert status(hers) == "Remissen är sparad."


def test_leaving_the_choice_keeps_what_was_typed(both: tuple[Driver, Driver]) -> None:
    hers = both[0]
    hers.click_text("Tillbaka till formuläret")
    page = hers.work.here
    assert isinstance(page, ReferralScreen)
    assert page.editor is not None
    assert page.editor.form["question"].value() == "Karins fråga"


# Two who act on the same thing


def forum_of(driver: Driver) -> ForumScreen:
    sit_at(driver)
    driver.go("forum")
    page = driver.work.here
    assert isinstance(page, ForumScreen)
    return page


def conclude(driver: Driver, page: ForumScreen, key: Qt.Key) -> None:
    sit_at(driver)
    driver.press(page.meeting.queue, key)
    driver.press(page.meeting.queue, Qt.Key.Key_Return, CTRL)
    driver.settle()


def test_an_outcome_that_one_recorded_is_told_to_the_other(seat: Seat, karin: Vault, referral: Referral) -> None:
    karin.do(open_forum(MISAM, on=TODAY))
    hers, the_others = seat("karin"), seat("evelina")
    pages = forum_of(hers), forum_of(the_others)
    conclude(the_others, pages[1], Qt.Key.Key_5)
    conclude(hers, pages[0], Qt.Key.Key_1)
    told = "Någon annan har redan sparat en bedömning: Till NAFS. Det du skrev är inte sparat."
    assert pages[0].meeting.told.text == told
    assert one(karin, rows.referrals, referral.id).outcome is Outcome.NAFS


def test_a_follow_up_that_one_did_stands_beside_what_the_other_wrote(
    seat: Seat, karin: Vault, episode: Episode
) -> None:
    first = follow_ups(karin, episode)[0]
    hers, his = seat("karin"), seat("jonas")
    for driver, note in ((hers, "Karins anteckning"), (his, "Jonas anteckning")):
        sit_at(driver)
        open_follow_up(driver.work, first.id)
        driver.settle()
        driver.fill(step=2, note=note)
    for driver in (his, hers):
        sit_at(driver)
        driver.save()
    assert hers.form.form.banner.text.endswith("Där står: Jonas anteckning")
    assert hers.form.form["note"].value() == "Karins anteckning"
    assert one(karin, rows.follow_ups, first.id).note == "Jonas anteckning"


def test_a_case_that_one_has_ended_is_not_ended_again(seat: Seat, karin: Vault, episode: Episode) -> None:
    hers, his = seat("karin"), seat("jonas")
    for driver, destination in ((hers, Destination.ARBETE), (his, Destination.STUDIER)):
        sit_at(driver)
        open_case(driver, episode.id, Step.PLANNING)
        driver.click_text("Avsluta ärendet")
        driver.fill(
            reason=DischargeReason.UPPFYLLT, destination=destination, livelihoods=Livelihoods((Livelihood.LON,))
        )
    for driver in (his, hers):
        sit_at(driver)
        driver.save()
    assert hers.form.form.banner.text == "Någon annan har redan avslutat ärendet 24 nov. Det kan bara läsas."
    assert not hers.form.primary.isEnabled()
    assert one(karin, rows.episodes, episode.id).destination is Destination.STUDIER


# Another program holds the store

HOLD = """
import sys
import sqlcipher3.dbapi2 as cipher
raw = cipher.connect(sys.argv[1], isolation_level=None)
raw.set_key(f"x'{sys.stdin.readline().strip()}'")
raw.execute(f"BEGIN {sys.argv[2]}")
print("held", flush=True)
sys.stdin.read()
"""
BUSY = "Registret används av ett annat program just nu. Vänta en stund och försök igen."


@contextmanager
def held(store: Path, how: str) -> Iterator[None]:
    """Another program has the store for writing (IMMEDIATE) or for itself alone (EXCLUSIVE)."""
    program = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(store), how], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write(f"{key_of(store).hex()}\n")
    program.stdin.flush()
    assert program.stdout.readline() == "held\n"
    try:
        yield
    finally:
        program.communicate()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that waits a moment for the store, and not five seconds."""
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_S", 0.2)


@pytest.fixture
def busy(impatient: None, seat: Seat, referral: Referral) -> tuple[Driver, ReferralChange]:
    """Jonas has changed the question of a referral, and not yet saved it."""
    driver = seat("jonas")
    editor = change(driver, referral)
    driver.put(editor.form["question"], "En ny fråga")
    return driver, editor


def test_what_cannot_be_saved_while_another_program_writes_is_told_and_kept(
    busy: tuple[Driver, ReferralChange], founded: Path, jonas: Vault, referral: Referral
) -> None:
    driver, editor = busy
    with held(founded, "IMMEDIATE"):
        save(driver)
        assert editor.form.banner.text == BUSY
        assert editor.form["question"].value() == "En ny fråga"
    assert one(jonas, rows.referrals, referral.id).question == referral.question


def test_it_is_saved_when_the_other_program_lets_go(
    busy: tuple[Driver, ReferralChange], founded: Path, jonas: Vault, referral: Referral
) -> None:
    driver, _ = busy
    with held(founded, "IMMEDIATE"):
        save(driver)
    save(driver)
    assert status(driver) == "Remissen är sparad."
    assert one(jonas, rows.referrals, referral.id).question == "En ny fråga"


def test_a_page_that_cannot_be_read_is_told_and_the_window_goes_on(
    impatient: None, seat: Seat, founded: Path, referral: Referral
) -> None:
    driver = seat("jonas")
    with held(founded, "EXCLUSIVE"):
        driver.go("referrals")
        [box] = [one for one in driver.window.findChildren(QMessageBox) if one.isVisible()]
        assert box.text() == BUSY
        driver.click_text("Stäng")
        assert driver.dialog is None
    driver.press(driver.work, Qt.Key.Key_F5)
    driver.settle()
    [table] = driver.seen(Table)
    assert "Malin Provlund" in cells(table, 0)


def test_a_store_that_another_program_has_alone_stays_locked_and_says_so(
    impatient: None, seat: Seat, founded: Path
) -> None:
    driver = seat("jonas")
    lock(driver)
    with held(founded, "EXCLUSIVE"):
        driver.unlock(PASSWORD, login="jonas")
        page = driver.window.page
        assert isinstance(page, UnlockPage)
        assert page.banner.text == BUSY
    driver.unlock(PASSWORD, login="jonas")
    assert driver.work.here.heading.text() == "Idag"
