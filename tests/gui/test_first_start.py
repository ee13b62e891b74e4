"""From nothing to a working store: the team, two users, the recovery key typed back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QFileDialog

from misam_desktop.gui.driver import Driver
from misam_desktop.gui.first_start import FirstStart, StorePlace
from misam_desktop.gui.unlock import UnlockPage
from misam_desktop.gui.welcome import WelcomePage
from misam_desktop.keys import key_file
from tests.conftest import PASSWORD, WEAK_BOUNDS

THEIRS = "tre kajor satt på taket"


@pytest.fixture
def start(open_window: Callable[[Path | None], Driver]) -> Driver:
    """The first page of the first start."""
    driver = open_window(None)
    driver.click_text("Skapa ett nytt register")
    return driver


def page_of(driver: Driver) -> FirstStart:
    page = driver.window.page
    assert isinstance(page, FirstStart)
    return page


def focused() -> str:
    here = QApplication.focusWidget()
    return here.accessibleName() if here else ""


def fill(driver: Driver, **values: object) -> None:
    form = page_of(driver).form
    assert form is not None
    for name, value in values.items():
        driver.put(form[name], value)
    driver.click(page_of(driver).next)


def answer_all(driver: Driver, store: Path) -> None:
    fill(driver, team="MISAM Provköping", file=str(store))
    fill(driver, name="Karin Ekdal", login="karin", unit_id="kommun-ifo", password=PASSWORD, password_again=PASSWORD)
    fill(driver, their_name="Jonas Vall", their_login="jonas", their_unit_id="af", their_password=THEIRS,
         their_password_again=THEIRS)  # fmt: skip
    fill(driver, starts="9", place="Rådhuset", staff_fte="2,5", nafs_teams="NAFS Norr, NAFS Söder")


def type_back(driver: Driver) -> None:
    part = page_of(driver).recovery
    assert part is not None
    for place, line in part.typed.items():
        driver.type(line, part.groups[place - 1].lower())
    driver.click(part.primary)
    driver.wait_for(lambda: driver.window.work is not None)
    driver.settle()


@pytest.mark.screen
def test_the_first_start_ends_in_an_open_store(start: Driver, tmp_path: Path) -> None:
    answer_all(start, tmp_path / "lag" / "misam.misam")
    type_back(start)
    desk = start.work.desk
    assert (desk.team, desk.me.name, len(desk.activities)) == ("MISAM Provköping", "Karin Ekdal", 3)
    misam = next(one for one in desk.activities if one.name == "MISAM")
    assert (misam.settings.rhythm.starts, misam.settings.capacity) == ("09.00", 50)


def test_the_colleague_can_come_in_too(start: Driver, tmp_path: Path) -> None:
    store = tmp_path / "misam.misam"
    answer_all(start, store)
    type_back(start)
    start.work.lock()
    start.settle()
    start.unlock(THEIRS, login="jonas")
    assert start.work.desk.me.name == "Jonas Vall"


def test_a_wrong_group_is_named_and_nobody_goes_on(start: Driver, tmp_path: Path) -> None:
    answer_all(start, tmp_path / "misam.misam")
    part = page_of(start).recovery
    assert part is not None
    start.click(part.primary)
    assert part.banner.text == "Grupp 2 stämmer inte med papperet."
    assert start.window.work is None


def test_broken_off_before_the_paper_is_kept_it_leaves_nothing(start: Driver, tmp_path: Path) -> None:
    store = tmp_path / "misam.misam"
    answer_all(start, store)
    assert store.is_file()
    start.window.close()
    assert not store.exists()
    assert not key_file.path_beside(store).exists()


def test_passwords_that_differ_are_told_beside_the_second(start: Driver, tmp_path: Path) -> None:
    fill(start, team="Laget", file=str(tmp_path / "x.misam"))
    fill(start, name="K E", login="karin", password=PASSWORD, password_again="något helt annat här")
    form = page_of(start).form
    assert form is not None
    assert form.error_at("password_again").startswith("Lösenorden är inte lika.")


def test_a_short_password_is_refused_at_once(start: Driver, tmp_path: Path) -> None:
    fill(start, team="Laget", file=str(tmp_path / "x.misam"))
    fill(start, name="K E", login="karin", password="kort", password_again="kort")
    form = page_of(start).form
    assert form is not None
    assert form.error_at("password").startswith("Lösenordet är för kort.")


def test_a_file_that_is_there_already_is_never_written_over(start: Driver, tmp_path: Path) -> None:
    store = tmp_path / "misam.misam"
    store.write_bytes(b"annat")
    answer_all(start, store)
    form = page_of(start).form
    assert form is not None
    assert form.banner.text.startswith("Det finns redan en fil där.")
    assert store.read_bytes() == b"annat"


def test_back_from_the_first_step_leads_to_the_welcome(start: Driver) -> None:
    start.click_text("Tillbaka")
    assert isinstance(start.window.page, WelcomePage)


def test_the_place_of_the_file_can_be_pointed_out(start: Driver, tmp_path: Path) -> None:
    form = page_of(start).form
    assert form is not None
    place = form["file"]
    assert isinstance(place, StorePlace)
    start.put(place, str(tmp_path / "finns-inte" / "laget.misam"))
    start.click(place.browse)
    dialog = place.findChild(QFileDialog)
    assert dialog is not None
    assert (dialog.directory().absolutePath(), dialog.selectedFiles()) == (
        str(tmp_path),
        [str(tmp_path / "laget.misam")],
    )
    dialog.fileSelected.emit(str(tmp_path / "annat.misam"))
    dialog.close()
    assert place.value() == str(tmp_path / "annat.misam")


def test_the_keys_begin_in_the_first_field_of_each_step(start: Driver, tmp_path: Path) -> None:
    begins_at = [focused()]
    fill(start, team="Laget", file=str(tmp_path / "x.misam"))
    begins_at.append(focused())
    assert begins_at == ["Vad heter arbetslaget?", "Namn"]


def test_the_made_up_team_can_be_tried_and_leaves_nothing(
    open_window: Callable[[Path | None], Driver], settings: QSettings
) -> None:
    driver = open_window(None)
    driver.click_text("Prova med ett påhittat arbetslag")
    page = driver.window.page
    assert isinstance(page, UnlockPage)
    folder = page.store.parent
    driver.unlock(driver.window.opening.demo_password, login="jonas")
    assert driver.work.desk.is_demo
    driver.work.lock()
    driver.settle()
    driver.click_text("Sluta prova")
    assert isinstance(driver.window.page, WelcomePage)
    assert not driver.window.opening.is_demo
    assert not folder.exists()
    assert (settings.value("store"), settings.value("login")) == (None, None)


def test_the_lock_offers_both_users(start: Driver, tmp_path: Path) -> None:
    store = tmp_path / "misam.misam"
    answer_all(start, store)
    type_back(start)
    start.work.lock()
    start.settle()
    page = start.window.page
    assert isinstance(page, UnlockPage)
    file = key_file.read_key_file(key_file.path_beside(store), bounds=WEAK_BOUNDS)
    assert [page.who.itemText(at) for at in range(page.who.count())] == list(key_file.logins(file))
