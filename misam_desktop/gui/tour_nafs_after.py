"""Where the tour stops around a NAFS case: what is done after its meeting, and what lies beside it."""

from __future__ import annotations

from pathlib import Path

from misam_desktop.domain.ids import EpisodeId
from misam_desktop.gui.case_parts.steps import Step
from misam_desktop.gui.dialogs.nafs_move import open_move_on
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.paper import PaperDialog
from misam_desktop.gui.screens.case import CaseScreen
from misam_desktop.gui.screens.cases import CasesScreen
from misam_desktop.gui.screens.nafs import NafsScreen
from misam_desktop.gui.screens.nafs_case import NafsCaseScreen
from misam_desktop.gui.screens.nafs_meeting import NafsMeetingScreen
from misam_desktop.gui.tour_stop import after, here, stop

_JONAS, _YLVA = "Jonas, handläggare på Af", "Ylva, NAFS-koordinator"


def move_on(driver: Driver, _aside: Path) -> None:
    """What would be moved, had the meeting too little time."""
    page = here(driver, NafsMeetingScreen)
    assert page.page is not None
    open_move_on(driver.work, page.page, words=lambda line: page.agenda.words(line)[0])


def _letter(driver: Driver, _aside: Path) -> None:
    driver.click_text("Skriv brev …")
    driver.settle()
    driver.fill(told="Tack för att du kom. Här är det vi pratade om.")


def _shown(driver: Driver, _aside: Path) -> None:
    driver.save()
    driver.wait_for(lambda: isinstance(driver.dialog, PaperDialog))


def _own_file(driver: Driver) -> None:
    driver.go("nafs")
    page = here(driver, NafsScreen)
    driver.click(page.to_cases)
    row = next(one for one in page.cases.rows if one.name.endswith("Kågevall"))
    driver.work.go("nafs_case", row.case_id)
    driver.settle()
    assert here(driver, NafsCaseScreen).page is not None
    driver.click_text("Text till egen akt …")
    driver.wait_for(lambda: isinstance(driver.dialog, PaperDialog))


def _list_out(driver: Driver) -> None:
    driver.go("nafs")
    page = here(driver, NafsScreen)
    driver.click(page.to_cases)
    driver.click(page.export)
    driver.settle()


def _beside(driver: Driver) -> None:
    driver.go("cases")
    first = here(driver, CasesScreen).table.rows[0]
    page = driver.work.go("case", EpisodeId(first.id))
    assert isinstance(page, CaseScreen)
    driver.settle()
    page.go_to(Step.INFORMATION)


AFTERWARDS = (
    stop(_letter, "nafs-brev", "Brev till personen: språk, stor text och egna ord", _JONAS),
    stop(_shown, "nafs-brev-papper", "Brevet innan det sparas eller skrivs ut", _JONAS),
    stop(after(_own_file), "nafs-egen-akt", "Text till egen akt: på papper eller kopierad", _JONAS),
    stop(after(lambda driver: driver.settle()), "nafs-bocka-av", "Efter mötet: vad som är gjort, och av vem", _JONAS),
    stop(after(_list_out), "nafs-exportera", "NAFS-ärenden som en lista", _JONAS),
    stop(after(_beside), "nafs-bredvid", "NAFS bredvid ett ärende i samverkan", _JONAS),
)
"""After the feedback has been asked for, with its dialog in front."""
OVER = (stop(move_on, "nafs-flytta", "Det som inte ryms flyttas till nästa möte", _YLVA),)
"""On the page of a meeting that goes on."""
