"""Works the real window as a person does: real clicks, real keys, a real store, and pictures on request."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QPushButton, QRadioButton, QWidget

from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.help import HelpWindow
from misam_desktop.gui.inputs import Input
from misam_desktop.gui.projector import Projector
from misam_desktop.gui.tables import Table
from misam_desktop.gui.unlock import UnlockPage
from misam_desktop.gui.window import Window
from misam_desktop.gui.workspace import Workspace

W = TypeVar("W", bound=QWidget)
PATIENCE_MS = 60_000


class Driver:
    """One window and the person in front of it."""

    def __init__(self, window: Window) -> None:
        self.window = window

    @property
    def work(self) -> Workspace:
        """The workspace; there must be one."""
        assert self.window.work is not None
        return self.window.work

    def settle(self) -> None:
        """Wait until everything asked for has been answered and shown."""
        self.wait_for(lambda: self.window.is_idle)
        QApplication.processEvents()
        self.wait_for(lambda: self.window.is_idle)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if QApplication.activeWindow() is None:  # a closed menu leaves none, where no window manager finds the next
            (self.dialog or self.window).activateWindow()
            QApplication.processEvents()

    def wait_for(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; fails when it does not in a long while."""
        waited, loop = QElapsedTimer(), QEventLoop()
        waited.start()
        while not holds():
            assert waited.elapsed() < PATIENCE_MS, "it did not happen"
            QTimer.singleShot(1, loop.quit)
            loop.exec()  # lets the lanes run; ``QTest.qWait`` would keep the interpreter to itself

    def unlock(self, password: str, *, login: str = "") -> None:
        """Choose a user at the lock, type the password, press Enter."""
        page = self.window.page
        assert isinstance(page, UnlockPage)
        self.wait_for(lambda: page.who.count() > 0 or bool(page.banner.text))  # the users come from the store's lane
        if login:
            page.who.setCurrentIndex(page.who.findData(login))
        page.password.clear()
        self.type(page.password, password)
        self.press(page.password, Qt.Key.Key_Return)
        self.wait_for(lambda: self.window.work is not None or bool(page.banner.text))
        self.settle()

    def go(self, place: str) -> None:
        """Click an entry of the navigation."""
        self.click(self.work.navigation.buttons[place])

    def click(self, widget: QWidget) -> None:
        """Click the middle of a visible, enabled widget; of a box with words, its mark: beside them nothing answers."""
        assert widget.isVisible(), "it is not in sight"
        assert widget.isEnabled(), "it cannot be pressed"
        half = widget.height() // 2
        is_marked = isinstance(widget, QCheckBox | QRadioButton)
        where = QPoint(half, half) if is_marked else widget.rect().center()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=where)
        self.settle()

    def click_text(self, text: str, *, within: QWidget | None = None) -> None:
        """Click the visible button whose words begin with this."""
        found = [one for one in self.seen(QPushButton, within) if one.text().startswith(text)]
        assert found, f"no button says {text}"
        self.click(found[0])

    def seen(self, kind: type[W], within: QWidget | None = None) -> list[W]:
        """The visible widgets of a kind, within the dialog in front or the window."""
        root = within or self.dialog or self.window
        return [one for one in root.findChildren(kind) if one.isVisible()]

    @property
    def dialog(self) -> QDialog | None:
        """The dialog in front, if there is one."""
        shown = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
        return shown[-1] if shown else None

    @property
    def help(self) -> HelpWindow | None:
        """The help, while it is open."""
        found = self.window.help
        return found if found is not None and found.isVisible() else None

    @property
    def projector(self) -> Projector | None:
        """What the room sees, while it sees anything."""
        return next((one for one in self.window.findChildren(Projector) if one.isVisible()), None)

    @property
    def form(self) -> FormDialog:
        """The form dialog in front."""
        dialog = self.dialog
        assert isinstance(dialog, FormDialog), "no form is in front"
        return dialog

    def fill(self, **values: object) -> None:
        """Fill fields of the form in front; texts are typed key by key."""
        for name, value in values.items():
            self.put(self.form.form[name], value)

    def put(self, one: Input, value: object) -> None:
        """Put a value into an input: typed where it takes text."""
        line = getattr(one, "line", None) or getattr(one, "edit", None)
        if isinstance(value, str) and line is not None:
            line.clear()
            self.type(line, value)
        else:
            one.set_value(value)
        QApplication.processEvents()

    def save(self) -> None:
        """Ctrl+Enter in the form in front."""
        self.press(self.form.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.settle()

    def type(self, widget: QWidget, text: str) -> None:
        """Type a text; Qt's own key clicks abort on letters outside Latin-1."""
        widget.setFocus()
        for char in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, char)
                QApplication.sendEvent(widget, event)

    def press(
        self, widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press one key."""
        QTest.keyClick(widget, key, modifiers)
        QApplication.processEvents()

    def click_row(self, table: Table[Any], at: int, column: int = 0, *, twice: bool = False) -> None:
        """Click a cell of a table, or double-click it."""
        index = table.model().index(at, column)
        where: QPoint = table.visualRect(index).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
        if twice:
            QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
        self.settle()

    def picture(self, path: Path) -> None:
        """Save a picture of the window, with the dialog in front where it stands; of another window while it is on."""
        self.settle()
        picture = (self.help or self.projector or self.window).grab()
        if (dialog := self.dialog) is not None and self.help is None:
            painter = QPainter(picture)
            painter.fillRect(picture.rect(), QColor(0, 0, 0, 90))
            at = dialog.mapToGlobal(QPoint(0, 0)) - self.window.mapToGlobal(QPoint(0, 0))
            painter.drawPixmap(at, dialog.grab())
            painter.end()
        picture.save(str(path))
