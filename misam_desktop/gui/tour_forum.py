"""Where the tour stops around a forum: what goes out before it, and what the room sees while it goes on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from misam_desktop.domain.codes import PaperKind
from misam_desktop.gui.dialogs.meeting_paper import MeetingPaperDialog
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.forum import ForumScreen
from misam_desktop.gui.screens.forum_papers import ForumPapersScreen
from misam_desktop.gui.tour_stop import Stop, after, here, stop

_KARIN = "Karin, koordinator"


def _move(driver: Driver, _aside: Path) -> None:
    driver.click(here(driver, ForumScreen).postpone)


def _papers(driver: Driver) -> None:
    driver.click(here(driver, ForumScreen).papers)


def _agenda(driver: Driver, _aside: Path) -> None:
    page = here(driver, ForumPapersScreen)
    page.papers.select(f"{PaperKind.DAGORDNING}:")
    driver.press(page.papers, Qt.Key.Key_Return)
    driver.wait_for(lambda: isinstance(driver.dialog, MeetingPaperDialog))


def _gone_out(driver: Driver, _aside: Path) -> None:
    driver.click_text("De har lämnat rummet")


def _projected(driver: Driver, _aside: Path) -> None:
    """A case that everybody who is still there may hear of."""
    driver.click(here(driver, ForumScreen).project)
    assert driver.projector is not None
    driver.projector.resize(1280, 800)


def _held_back(driver: Driver, _aside: Path) -> None:
    """The next, while all are there."""
    here(driver, ForumScreen).meeting.step(1)


def _away(driver: Driver) -> None:
    here(driver, ForumScreen).meeting.projecting.put_away()


BEFORE = (
    stop(_move, "forum-flytta", "Forumet flyttas till en annan dag", _KARIN),
    stop(after(_papers), "forum-papper-fore", "Papper och utskick före forumet", _KARIN),
    stop(_agenda, "forum-dagordning", "Forumets dagordning, innan den lämnas", _KARIN),
    Stop(act=after(lambda driver: driver.go("forum"))),
)
DURING = (
    stop(_gone_out, "forum-lamnat", "De som samtycket inte omfattar har lämnat rummet", _KARIN),
    stop(_projected, "forum-projektor", "Projektorn: kod och frågeställning", _KARIN),
    stop(_held_back, "forum-projektor-dold", "Projektorn när alla inte får höra om ärendet", _KARIN),
    Stop(act=after(_away)),
)
