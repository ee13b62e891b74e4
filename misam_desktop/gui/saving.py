"""Asks where a file is to lie."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def choose_where(
    owner: QWidget, *, title: str, kind: str, suffix: str, then: Callable[[Path], None], name: str = ""
) -> None:
    """Let the user choose a place; ``name`` is offered. Nothing is made or given out before that.

    ``kind`` is what the files are, as «PDF (*.pdf)».
    """
    dialog = QFileDialog(owner, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kind)
    dialog.setDefaultSuffix(suffix)
    if name:
        dialog.selectFile(name)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.open()
