"""Two who have changed the same thing: both texts beside each other, field by field, and a choice for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from misam_desktop.gui.dialog import GrowingDialog
from misam_desktop.gui.forms import Field, Form
from misam_desktop.gui.inputs import Input
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Card, button, column, label, row

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


class Side(StrEnum):
    """Whose text."""

    MINE = "mine"
    STORED = "stored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that somebody else has changed since it was read, perhaps oneself too."""

    name: str
    label: str
    mine: str
    stored: str
    is_changed_by_both: bool

    @property
    def likely(self) -> Side:
        """The side that is chosen to begin with: the one that changed it, or one's own when both have."""
        return Side.MINE if self.is_changed_by_both else Side.STORED


def differences(mine: Form, stored: Form, begun: Mapping[str, Any]) -> list[Difference]:
    """Where somebody else has saved another text than mine; ``begun`` is what mine held, raw, when it was opened.

    What only I have changed since is no matter of choice.
    """
    found = []
    for field in mine.fields:
        ours, theirs = mine[field.name], stored[field.name]
        if ours.raw() == theirs.raw() or not (mine.applies(field.name) or stored.applies(field.name)):
            continue
        before = begun.get(field.name)
        if theirs.raw() == before:
            continue
        both = ours.raw() != before
        found.append(
            Difference(
                name=field.name, label=field.label, mine=ours.words(), stored=theirs.words(), is_changed_by_both=both
            )
        )
    return found


def open_conflict(
    work: Workspace, found: Sequence[Difference], *, then: Callable[[frozenset[str]], object]
) -> ConflictDialog:
    """Show both texts of each field; ``then`` gets the names of the fields where the stored one was chosen."""
    dialog = ConflictDialog(work, found, then)
    dialog.open()
    return dialog


class ConflictDialog(GrowingDialog):
    """Nothing is saved here, and leaving it loses nothing: what was typed stands in the form behind it."""

    def __init__(self, work: Workspace, found: Sequence[Difference], then: Callable[[frozenset[str]], object]) -> None:
        fields = [
            Field(name=one.name, label=one.label, kind=partial(Either, one), help=_who(one), required=True)
            for one in found
        ]
        self.form = Form(fields, {one.name: one.likely for one in found})
        super().__init__(work, self.form, title=tr("Två har ändrat samtidigt"))
        self._found, self._then = found, then
        self.primary = button(tr("Spara det valda"), self.take, "primary", shortcut="Ctrl+Return")
        QShortcut(QKeySequence("Ctrl+Enter"), self).activated.connect(self.take)
        self.lay_out(
            intro=tr("Någon annan har sparat medan du skrev. Välj för varje uppgift vilken som ska gälla."),
            buttons=row(None, button(tr("Tillbaka till formuläret"), self.reject), self.primary),
            wide=760,
        )

    def take(self) -> None:
        """Give the choices back to the one who asked."""
        chosen = self.form.peek()
        self.accept()
        self._then(frozenset(name for name, side in chosen.items() if side is Side.STORED))


class Either(Input):
    """Two texts beside each other, whole, and a button above each."""

    def __init__(self, one: Difference) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.sides = {Side.MINE: QRadioButton(tr("Ditt")), Side.STORED: QRadioButton(tr("Det som är sparat"))}
        texts = {Side.MINE: one.mine, Side.STORED: one.stored}
        cards = [_side(self.sides[side], texts[side]) for side in Side]
        beside = row(*cards, gap=12)
        for at in range(len(cards)):
            beside.setStretch(at, 1)
        self._inner.addLayout(beside)
        for side, radio in self.sides.items():
            self._group.addButton(radio)
            radio.setAccessibleDescription(texts[side])
            radio.toggled.connect(lambda on: self.changed.emit() if on else None)
        self.setFocusProxy(self.sides[Side.MINE])

    def value(self) -> Side | None:
        """The chosen side."""
        return next((side for side, radio in self.sides.items() if radio.isChecked()), None)

    def set_value(self, value: Any) -> None:
        """Choose a side, and let the focus begin there."""
        self.sides[value].setChecked(True)
        self.setFocusProxy(self.sides[value])

    def raw(self) -> str:
        """The chosen side as text."""
        return self.value() or ""

    def set_raw(self, raw: Any) -> None:
        """As kept."""
        self.set_value(Side(raw))


def _side(radio: QRadioButton, text: str) -> QWidget:
    card = Card()
    card.add(column(radio, label(text or tr("(tomt)"), wrap=True, selectable=True), None, gap=4))
    return card


def _who(one: Difference) -> str:
    return tr("Båda har ändrat.") if one.is_changed_by_both else tr("Bara den andra har ändrat.")
