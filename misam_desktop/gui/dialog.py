"""A dialog around a declared form: Ctrl+Enter saves, what is wrong stands beside the field, and a draft is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QPushButton, QVBoxLayout, QWidget

from misam_desktop.domain.errors import MisamError
from misam_desktop.gui import theme
from misam_desktop.gui.drafts import DraftKeeper
from misam_desktop.gui.forms import Field, Form, Section
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button, label, row, scrolling
from misam_desktop.vault import Question, Request

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

T = TypeVar("T")


class Dialog(QDialog):
    """Something in front of the window, in the middle of it, that is gone once it is closed."""

    def __init__(self, work: Workspace, *, title: str) -> None:
        super().__init__(work)
        self.work = work
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        QShortcut(QKeySequence("F1"), self).activated.connect(work.help_wanted)

    def showEvent(self, event: QShowEvent) -> None:
        """Whatever the window manager thinks of it."""
        super().showEvent(event)
        self.stand_in_the_middle()

    def stand_in_the_middle(self) -> None:
        """Of the window, after another size too."""
        middle = self.work.mapToGlobal(self.work.rect().center())
        self.move(middle - self.rect().center())


class GrowingDialog(Dialog):
    """A form, or something to read, as tall as need be, within the window."""

    def __init__(self, work: Workspace, inside: QWidget, *, title: str) -> None:
        super().__init__(work, title=title)
        self._inside = inside
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(24, 20, 24, 16)
        self._outer.setSpacing(12)
        self._area = scrolling(inside)

    def lay_out(self, *, intro: str, buttons: QLayout, wide: int) -> None:
        """The title and what it is about, what is inside, and the buttons; ``wide`` in pixels of the 100 % design."""
        self._outer.addWidget(label(self.windowTitle(), "page", wrap=True))
        if intro:
            self._outer.addWidget(label(intro, "muted", wrap=True))
        self._outer.addWidget(self._area, 1)
        self._outer.addLayout(buttons)
        for one in self.findChildren(QWidget):
            one.ensurePolished()  # before it is shown nothing has its own text size yet
        self.resize(min(theme.current().px(wide), self.work.width()), 0)
        self._grow()
        self._inside.installEventFilter(self)

    def by_keys(self, primary: QPushButton) -> None:
        """Ctrl+Enter presses the button, while it can be pressed."""
        primary.setToolTip(tr("Ctrl+Enter"))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(primary.click)

    def _grow(self) -> None:
        """As tall as what is inside: a field that comes into sight makes it taller."""
        tall = min(self._needed(), max(self.work.height() - 24, 360))
        if tall > self.height():
            self.resize(self.width(), tall)
            self.stand_in_the_middle()
        self._scroll_if_need_be()

    def _needed(self) -> int:
        """How tall it would be with nothing to scroll."""
        edges = self._outer.contentsMargins()
        inside = self._inside.heightForWidth(self.width() - edges.left() - edges.right())
        area = self._area
        given = 0 if area.isHidden() else max(area.sizeHint().height(), area.minimumSizeHint().height())
        beside = self._outer.totalHeightForWidth(self.width()) - given
        return beside + (inside if inside > 0 else self._inside.sizeHint().height())

    def _scroll_if_need_be(self) -> None:
        """A scroll bar takes room: once there, it would make texts wrap into what it is then needed for."""
        policy = Qt.ScrollBarPolicy
        fits = self.height() >= self._needed()
        self._area.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Made lower by hand it scrolls."""
        super().resizeEvent(event)
        self._scroll_if_need_be()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is inside has another height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._grow()
        return super().eventFilter(watched, event)


class FormDialog(GrowingDialog):
    """One form, one command, or a question that is asked with what was filled in.

    ``save`` makes it out of the values; ``then`` gets what it gave. ``draft`` names the form, and its subject,
    under which what is typed is kept. ``extra`` stands to the left of the buttons. ``run`` is how the command is run
    when not by the session alone: with the password again.
    """

    def __init__(
        self,
        work: Workspace,
        *,
        title: str,
        content: Sequence[Field | Section],
        save: Callable[[dict[str, Any]], Request[T] | Question[T]],
        values: Mapping[str, Any] | None = None,
        then: Callable[[T], None] | None = None,
        word: str = "",
        intro: str = "",
        draft: tuple[str, str] | None = None,
        extra: Sequence[QWidget] = (),
        run: Callable[..., None] | None = None,
        wide: int = 560,
    ) -> None:
        self.form = Form(content, values)
        super().__init__(work, self.form, title=title)
        self._save, self._then, self._run = save, then, run
        self.keeper = DraftKeeper(work.session, self.form, name=draft[0], subject_id=draft[1]) if draft else None
        self.primary = button(word or tr("Spara"), self.save_now, "primary")
        self.by_keys(self.primary)
        self._area.setVisible(bool(content))  # what is only confirmed has no form until there is something to tell
        self.lay_out(intro=intro, buttons=row(*extra, None, button(tr("Avbryt"), self.reject), self.primary), wide=wide)

    def save_now(self) -> None:
        """Read the form and run its command; the dialog stays until that has succeeded."""
        if not self.primary.isEnabled():
            return
        values = self.form.read()
        if values is None:
            return
        try:
            request = self._save(values)
        except MisamError as error:  # the values cannot be put together: told beside the field like any other
            self.form.show_error(error)
            return
        self.primary.setEnabled(False)
        session = self.work.session
        usual: Callable[..., None] = session.ask if isinstance(request, Question) else session.do
        run = self._run or usual
        run(request, owner=self, then=self._saved, failed=self._refused)

    def _saved(self, value: Any) -> None:
        if self.keeper is not None:
            self.keeper.drop()
        self.accept()
        if self._then is not None:
            self._then(value)

    def _refused(self, error: MisamError) -> None:
        self.primary.setEnabled(True)
        self._area.show()
        self.form.show_error(error)

    def reject(self) -> None:
        """Leave without saving; a draft is thrown away with it."""
        if self.keeper is not None:
            self.keeper.drop()
        super().reject()
