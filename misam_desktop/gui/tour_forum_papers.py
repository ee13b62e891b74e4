"""Where the tour stops at what leaves a forum: its letters, and the letterhead above them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from misam_desktop.domain.codes import PaperKind
from misam_desktop.gui.dialogs.letter_dialog import LetterDialog
from misam_desktop.gui.dialogs.meeting_paper import MeetingPaperDialog
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.forum import ForumScreen
from misam_desktop.gui.screens.forum_papers import ForumPapersScreen
from misam_desktop.gui.tour_stop import after, here, stop

_KARIN = "Karin, koordinator"


def _papers(driver: Driver) -> None:
    """Those of the last forum that was held to its end."""
    driver.go("forum")
    page = here(driver, ForumScreen)
    while not (page.reopen.isVisible() and page.papers.isVisible()):
        driver.click(page.before)
        driver.settle()
    driver.click(page.papers)
    driver.settle()


def _letter(driver: Driver) -> None:
    page = here(driver, ForumPapersScreen)
    driver.press(page.letters, Qt.Key.Key_Return)
    driver.wait_for(lambda: isinstance(driver.dialog, LetterDialog))


def _minutes(driver: Driver, _aside: Path) -> None:
    page = here(driver, ForumPapersScreen)
    page.papers.select(f"{PaperKind.MINNESANTECKNINGAR}:")
    driver.press(page.papers, Qt.Key.Key_Return)
    driver.wait_for(lambda: isinstance(driver.dialog, MeetingPaperDialog))


def _amendment(driver: Driver) -> None:
    driver.click(here(driver, ForumPapersScreen).amend)
    driver.fill(text="Af kallar till ett trepartsmöte inom två veckor.", reason="Kom inte med när mötet avslutades.")


STOPS = (
    stop(after(_papers), "forum-papper", "Papper och utskick efter forumet", _KARIN),
    stop(_minutes, "forum-minnesanteckningar", "Minnesanteckningarna, med koder", _KARIN),
    stop(after(_amendment), "forum-tillagg", "Tillägg till det som är låst", _KARIN),
    stop(after(_letter), "forum-brev", "Bedömningen till den som remitterade", _KARIN),
    stop(
        after(lambda driver: driver.click(here(driver, ForumPapersScreen).all_letters)),
        "forum-mejlutkast",
        "Alla brev till enheterna på en gång",
        _KARIN,
    ),
    stop(after(lambda driver: driver.click_text("Brevhuvud …")), "brevhuvud", "Brevhuvudet", _KARIN),
)
