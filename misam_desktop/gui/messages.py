"""What the program says in a box of its own: trouble with the machine, and, once, that it has a bug.

Everything that a user can put right is told beside the form instead.
"""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QMessageBox, QWidget  # noqa: TID251 – the one place for boxes

from misam_desktop.domain.errors import MisamError
from misam_desktop.gui.text import tr


def trouble(parent: QWidget, error: MisamError) -> None:
    """What happened to the machine or the files, and what to do; the window goes on behind it.

    A page asks several questions, and each of them meets the same trouble: it is told in one box.
    """
    from misam_desktop.wording import sentence

    text = sentence(error)
    if not any(box.isVisible() and box.text() == text for box in parent.findChildren(QMessageBox)):
        _box(parent, QMessageBox.Icon.Warning, tr("Det gick inte"), text)


def _box(parent: QWidget | None, icon: QMessageBox.Icon, title: str, text: str) -> QMessageBox:
    box = QMessageBox(icon, title, text, QMessageBox.StandardButton.Ok, parent)
    box.button(QMessageBox.StandardButton.Ok).setText(tr("Stäng"))
    box.open()
    return box


def bug(report: str) -> QMessageBox:
    """That the program has a bug; what a developer needs of it can be unfolded."""
    text = tr("Något gick fel i programmet. Det som är sparat är kvar. Starta om programmet om det beter sig konstigt.")
    box = _box(QApplication.activeWindow(), QMessageBox.Icon.Critical, tr("Ett fel i programmet"), text)
    box.setDetailedText(report)
    return box
