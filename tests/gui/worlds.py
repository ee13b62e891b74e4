"""What tests of the screens look at: the words of cells, and the case that is open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from misam_desktop.gui.case_parts.steps import Step
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.case import CaseScreen
from misam_desktop.gui.screens.forum import ForumScreen
from misam_desktop.gui.tables import Table
from misam_desktop.vault import PROVEN


def cells(table: Table[Any], row: int) -> list[str]:
    """The words of one row, column by column."""
    model = table.model()
    return [model.index(row, at).data() for at in range(model.columnCount())]


def told(driver: Driver, within: QWidget | None = None) -> list[str]:
    """Every text in sight that is no button."""
    return [one.text() for one in driver.seen(QLabel, within) if one.text()]


def says(driver: Driver, words: str, within: QWidget | None = None) -> bool:
    """Whether a text in sight holds these words."""
    return any(words in text for text in told(driver, within))


def cut(driver: Driver) -> list[str]:
    """The words on the page in sight that have too little room; a chip may lack the one pixel of its rounding."""
    page = driver.work.here
    texts: list[QLabel | QPushButton] = [*driver.seen(QLabel, page), *driver.seen(QPushButton, page)]
    return [one.text() for one in texts if one.text() and _lacks_room(one)]


def _lacks_room(one: QLabel | QPushButton) -> bool:
    wraps = isinstance(one, QLabel) and one.wordWrap()
    wide = one.minimumSizeHint().width() if wraps else one.sizeHint().width()
    tall = one.heightForWidth(one.width()) if wraps else one.sizeHint().height()
    return one.width() < wide or one.height() < tall - 1


def open_case(driver: Driver, episode_id: str, step: Step | None = None) -> CaseScreen:
    """Open a case, and one of its steps by a click."""
    driver.work.open_case(episode_id)
    driver.settle()
    page = driver.work.here
    assert isinstance(page, CaseScreen)
    if step is not None:
        driver.click(page.stepper.buttons[step])
    return page


def forget(driver: Driver) -> None:
    """As if the password had been given long ago."""
    vault = driver.work.session._vault
    assert vault._proven_at is not None
    vault._proven_at -= PROVEN + timedelta(seconds=1)


def end_forum(driver: Driver, page: ForumScreen) -> None:
    """End the meeting, whatever is not done."""
    driver.click(page.end)
    if driver.dialog is not None:
        driver.save()
