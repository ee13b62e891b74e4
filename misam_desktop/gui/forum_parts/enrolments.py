"""Väntar på inskrivning: those whom the forum has found to need coordinated measures, the oldest first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from misam_desktop.domain.tells import BASICS
from misam_desktop.gui.copying import copies_cases
from misam_desktop.gui.dialogs.enrol import open_enrol
from misam_desktop.gui.forum_parts.words import waited
from misam_desktop.gui.tables import Column, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Card, label
from misam_desktop.queries.forum import EnrolRow
from misam_desktop.wording import day_of_week

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


class EnrolmentsPane(Card):
    """The list; Enter and the page's primary button open the form of the row where the user is."""

    def __init__(self, work: Workspace) -> None:
        super().__init__()
        self._work = work
        self.nothing = label(
            tr("Ingen väntar på inskrivning. De som forumet bedömer ha behov av samordnade insatser hamnar här."),
            "muted",
            wrap=True,
        )
        self.table: Table[EnrolRow] = Table("enrolments", self._columns(), key=lambda one: one.id)
        self.table.remember_in(work.settings)
        self.table.opened.connect(lambda _row: self.enrol())
        copies_cases(work, self.table, case_of=lambda one: one.id)
        self.add(self.nothing)
        self.add(self.table, stretch=1)
        self.setFocusProxy(self.table)

    def _columns(self) -> tuple[Column[EnrolRow], ...]:
        return (
            Column(title=tr("Person"), words=lambda one: one.name, width=200, most=320, main=True, tells=BASICS.kinds),
            Column(title=tr("Remiss från"), words=lambda one: one.unit, width=160, folds=1),
            Column(
                title=tr("Remissdatum"),
                words=lambda one: self._day(one.referred_on),
                sort=lambda one: one.referred_on,
                folds=3,
            ),
            Column(
                title=tr("Bedömd"),
                words=lambda one: self._day(one.accepted_on),
                sort=lambda one: one.accepted_on,
                folds=2,
            ),
            Column(title=tr("Väntat"), words=self._waited, sort=lambda one: one.accepted_on, width=110),
        )

    def _day(self, day: date) -> str:
        return day_of_week(day, today=self._work.session.clock.today())

    def _waited(self, one: EnrolRow) -> str:
        return waited((self._work.session.clock.today() - one.accepted_on).days)

    def show_rows(self, found: list[EnrolRow]) -> None:
        """Show these, or that nobody waits."""
        self.table.show_rows(found)
        self.table.setVisible(bool(found))
        self.nothing.setVisible(not found)

    def enrol(self) -> None:
        """Open the form of the current one."""
        if self.table.current is not None:
            open_enrol(self._work, self.table.current.id)
