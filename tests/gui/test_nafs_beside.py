"""What surrounds a NAFS case in the window: who changes it, whom it concerns, and the person's other cases."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from misam_desktop.gui.screens.nafs_case import NafsCaseScreen
from tests.gui.nafs_worlds import Desks, on_agenda, page, planned, raised


def test_nobody_is_offered_to_change_what_they_may_not_read_yet(at: Desks) -> None:
    case, meeting = raised(at.jonas), planned(at.nora)
    driver = at.window("nora")
    shown = page(driver, NafsCaseScreen, "nafs_case", case.id)
    changes = {"Ny fråga …", "Ändra ärendet …"}
    assert not changes & {one.text() for one in driver.seen(QPushButton)}
    on_agenda(at.jonas, meeting, case)
    shown.reload()
    driver.settle()
    assert changes <= {one.text() for one in driver.seen(QPushButton)}
