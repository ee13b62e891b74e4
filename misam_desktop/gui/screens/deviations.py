"""Avvikelser: the log of avvikelser, synpunkter och klagomål, those that are open and those that are closed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from misam_desktop.domain.tells import BASICS
from misam_desktop.gui.dialogs.deviation import open_deviation, open_new_deviation
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.tables import Column, FilterField, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Card, button, label, row, toggles
from misam_desktop.queries.deviations import DeviationRow, deviations
from misam_desktop.vault import Topic
from misam_desktop.wording import day_short
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


class DeviationsScreen(Screen):
    """A list that is narrowed by typing; Enter opens one, to read it and to close it."""

    shows = frozenset({Topic.CASES, Topic.PERSONS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.heading.setText(tr("Avvikelser, synpunkter och klagomål"))
        self.closed = False
        self.filter = FilterField(tr("Filtrera"), tr("Filtrera avvikelser"), leads_to=lambda: self.table)
        self.filter.textChanged.connect(self._narrow)
        self.toggles = toggles(
            (tr("Öppna"), partial(self.show_closed, closed=False)),
            (tr("Avslutade"), partial(self.show_closed, closed=True)),
            within=self,
        )
        self.table = _table(work)
        self.nothing = label("", "muted", wrap=True)
        card = Card()
        card.add(row(self.filter, *self.toggles))
        card.add(self.nothing)
        card.add(self.table, stretch=1)
        card.body.addStretch()
        self.content.addWidget(card, 1)
        self.new = button(tr("Ny avvikelse …"), partial(open_new_deviation, work, None), "primary")
        self.buttons.addWidget(self.new)
        self.setFocusProxy(self.filter)

    def show_closed(self, *, closed: bool) -> None:
        """Show the other list."""
        if closed != self.closed:
            self.closed = closed
            self.reload()

    def reload(self) -> None:
        """Ask for the list in sight."""
        self.session.ask(deviations(closed=self.closed), owner=self, then=self._show, instead_of="deviations")

    def _show(self, found: list[DeviationRow]) -> None:
        self.table.show_rows(found)
        self._narrow(self.filter.text())
        self.loaded.emit()

    def _narrow(self, words: str) -> None:
        self.table.narrow(words)
        self.table.setVisible(bool(self.table.rows))
        self.nothing.setVisible(not self.table.rows)
        self.nothing.setText(self._why_empty(words))

    def _why_empty(self, words: str) -> str:
        if words.strip():
            return tr("Ingenting stämmer med «{words}».").format(words=words.strip())
        if self.closed:
            return tr("Ingenting är avslutat än.")
        return tr("Ingenting är öppet. Skriv upp det som inte går som det ska, så att det blir åtgärdat.")


def _table(work: Workspace) -> Table[DeviationRow]:
    table = Table[DeviationRow](
        "deviations",
        (
            Column(
                title=tr("Kom in"),
                words=lambda row: day_short(row.deviation.on, today=work.session.clock.today()),
                sort=lambda row: row.deviation.on,
                width=110,
            ),
            Column(title=tr("Slag"), words=lambda row: word_for(row.deviation.kind), tone=_tone, width=110),
            Column(title=tr("Vad"), words=_what, width=300, most=600, main=True),
            Column(
                title=tr("Gäller"), words=lambda row: row.name or "–", width=160, most=240, folds=1, tells=BASICS.kinds
            ),
            Column(title=tr("Från"), words=lambda row: word_for(row.deviation.source), width=110, folds=2),
            Column(title=tr("Verksamhet"), words=lambda row: row.activity, width=110, folds=3),
        ),
        key=lambda row: row.deviation.id,
    )
    table.setAccessibleName(tr("Avvikelser, synpunkter och klagomål"))
    table.opened.connect(lambda row: open_deviation(work, row.deviation.id))
    table.remember_in(work.settings)
    return table


def _tone(row: DeviationRow) -> Tone:
    return Tone.MUTED if row.deviation.closed_on else Tone.AMBER


def _what(row: DeviationRow) -> str:
    """What is about a case is read by opening it."""
    return tr("Om ett ärende: öppna för att läsa") if row.deviation.episode_id else row.deviation.what
