"""What every journey needs: days that pass, a window in front of somebody, and what can be read off its widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from multiprocessing.connection import Connection
from pathlib import Path

from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from misam_desktop.domain.codes import Role
from misam_desktop.domain.ids import UnitId
from misam_desktop.gui import appearance
from misam_desktop.gui.drafts import DraftKeeper
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.inputs import Checks, Input, Radios
from misam_desktop.gui.opening import Opening
from misam_desktop.gui.referral_form import ReferralForm
from misam_desktop.gui.screens.new_referral import NewReferralScreen
from misam_desktop.gui.window import Window
from misam_desktop.unlocking import Founder
from tests.conftest import PASSWORD, TODAY, WEAK, WEAK_BOUNDS
from tests.journeys.people import TEXTS, TINDRA

CTRL = Qt.KeyboardModifier.ControlModifier
EVELINA = Founder(
    login="evelina", name="Evelina Strand", password=PASSWORD, unit_id=UnitId("region"), roles=(Role.KOORDINATOR,)
)
"""A second koordinator, beside Karin."""


class Calendar:
    """The day it is, for the program and everybody; each begins at eight."""

    def __init__(self, day: date = TODAY) -> None:
        self.day = day

    @property
    def opening(self) -> Opening:
        """How stores are opened here, with weak keys."""
        return Opening(
            now=lambda: datetime.combine(self.day, time(8), UTC),
            today=lambda: self.day,
            cost=WEAK,
            bounds=WEAK_BOUNDS,
        )


Open = Callable[[Path | None], Driver]
"""Opens a window on a store, or without one."""


@contextmanager
def windows(calendar: Calendar, settings: Path) -> Iterator[Open]:
    """A way to open windows, which are closed at the end."""
    made: list[Window] = []
    kept = QSettings(str(settings), QSettings.Format.IniFormat)
    appearance.dress(kept)

    def opened(store: Path | None) -> Driver:
        window = Window(calendar.opening, kept, store=store)
        made.append(window)
        window.show()
        window.activateWindow()
        driver = Driver(window)
        driver.settle()
        return driver

    try:
        yield opened
    finally:
        for window in made:
            window.close()
            window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def sit_at(driver: Driver) -> None:
    """Turn from one window to another, and to the dialog in front of it."""
    (driver.dialog or driver.window).activateWindow()
    driver.settle()


def lock(driver: Driver) -> None:
    """Ctrl+L."""
    driver.press(driver.work, Qt.Key.Key_L, CTRL)
    driver.settle()


def named(driver: Driver, name: str) -> QPushButton:
    """The visible button that a screen reader calls so."""
    return next(one for one in driver.seen(QPushButton) if one.accessibleName() == name)


def tick(driver: Driver, field: Input, *words: str) -> None:
    """Click the choices of a field that say this."""
    assert isinstance(field, Radios | Checks)
    choices = field.buttons if isinstance(field, Radios) else field.boxes
    for word in words:
        driver.click(next(one for one in choices if one.text() == word))


def status(driver: Driver) -> str:
    """What the line at the bottom says has been done."""
    return driver.work.status.message.text()


def to_new_referral(driver: Driver) -> NewReferralScreen:
    """Ctrl+N."""
    driver.press(driver.work, Qt.Key.Key_N, CTRL)
    driver.settle()
    page = driver.work.here
    assert isinstance(page, NewReferralScreen)
    return page


def begin_referral(driver: Driver, number: str) -> ReferralForm:
    """Ctrl+N and the personnummer key by key, until the form is there."""
    page = to_new_referral(driver)
    driver.type(page.step.line, number)
    driver.settle()
    return form_of(driver)


def form_of(driver: Driver) -> ReferralForm:
    """The form of the new referral in sight."""
    page = driver.work.here
    assert isinstance(page, NewReferralScreen)
    assert page.form is not None, "the form is not there"
    return page.form


def write_half_and_wait(store: Path, settings: Path, pipe: Connection) -> None:
    """A program of its own in which half a referral is typed; says when that has been kept, and waits to be killed."""
    app = QApplication([])
    with windows(Calendar(), settings) as opened:
        driver = opened(store)
        driver.unlock(PASSWORD, login="jonas")
        form = begin_referral(driver, TINDRA.number.long)
        driver.put(form["question"], TEXTS["fråga"])
        [keeper] = driver.work.findChildren(DraftKeeper)
        driver.wait_for(lambda: not keeper.has_unsaved)
        driver.settle()
        pipe.send("kept")
        app.exec()
