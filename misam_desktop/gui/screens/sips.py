"""SIP: every SIP within reach, how far it has come, and how long the need has waited."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent

from misam_desktop.domain.sip import SipState
from misam_desktop.domain.tells import BASICS
from misam_desktop.gui.copying import copies_cases
from misam_desktop.gui.dialogs.code_look_up import open_look_up
from misam_desktop.gui.dialogs.export_list import export_sips
from misam_desktop.gui.dialogs.sip_papers import template_button
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.sip_form import judging_units
from misam_desktop.gui.sip_parts.words import STATE_TONES, days_words
from misam_desktop.gui.tables import Column, FilterField, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Banner, Card, button, label
from misam_desktop.queries.drafts import DraftRow, my_drafts
from misam_desktop.queries.sips import SipRow, sips
from misam_desktop.vault import Topic
from misam_desktop.wording import day_short, how_many, moment
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

NEW = "new_sip"


class SipsScreen(Screen):
    """One list."""

    shows = frozenset({Topic.CASES, Topic.CONSENTS, Topic.PERSONS, Topic.DRAFTS, Topic.CONTACTS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.heading.setText(tr("SIP"))
        self.table = self._made_table()
        self.nothing = label(
            tr("Inga SIP än. Börja med en ny: då frågas efter personnumret först."), "muted", wrap=True
        )
        self.begun = Banner()
        self.filter = FilterField(tr("Filtrera"), tr("Filtrera listan"), leads_to=lambda: self.table)
        self.filter.textChanged.connect(self.table.narrow)
        self.filter.setMaximumWidth(260)
        card = Card()
        card.add(self.nothing)
        card.add(self.table, stretch=1)
        for part in (self.begun, self.filter):
            self.content.addWidget(part)
        self.content.addWidget(card, 1)
        self.new = button(tr("Ny SIP"), partial(work.go, NEW), "primary")
        self.new.setVisible(bool(judging_units(work.desk)))
        self.export = button(tr("Exportera …"), self._export)
        self.export.setToolTip(tr("Ctrl+C kopierar raden, Ctrl+Skift+C alla rader som visas"))
        look_up = button(tr("Slå upp kod …"), partial(open_look_up, work))
        for one in (self.export, look_up, template_button(work), self.new):
            self.buttons.addWidget(one)

    def showEvent(self, event: QShowEvent) -> None:
        """The keys work at once."""
        super().showEvent(event)
        self.table.setFocus()

    def reload(self) -> None:
        """Ask for the list, and for what is half-written."""
        self.session.ask(my_drafts(), owner=self, then=self._offer_begun, instead_of="drafts")
        self.session.ask(sips(), owner=self, then=self._show, instead_of="sips")

    def _offer_begun(self, drafts: list[DraftRow]) -> None:
        kept = next((one for one in drafts if one.form == NEW), None)
        if kept is None:
            self.begun.clear()
            return
        words = tr("Du har en påbörjad SIP, sparad {moment}.").format(moment=moment(kept.saved_at))
        self.begun.tell(words, Tone.PLAIN, action=(tr("Fortsätt"), partial(self.work.go, NEW)))

    def _show(self, found: list[SipRow]) -> None:
        self.table.show_rows(found)
        self.table.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self.export.setEnabled(bool(found))
        going_on = [one for one in found if one.state is not SipState.ENDED]
        waits = sum(one.waits for one in going_on)
        parts = [how_many(len(going_on), tr("pågår"), tr("pågår"))] if found else []
        parts += [tr("{count} inte påbörjade").format(count=waits)] if waits else []
        self.beside_heading.setText(" · ".join(parts))
        self.loaded.emit()

    def _export(self) -> None:
        export_sips(self.work, [one.case_id for one in self.table.rows])

    @property
    def _today(self) -> date:
        return self.session.clock.today()

    def _day(self, day: date | None) -> str:
        return "" if day is None else day_short(day, today=self._today)

    def _made_table(self) -> Table[SipRow]:
        table = Table(
            "sips",
            (
                Column[SipRow](
                    title=tr("Person"), words=lambda one: one.name, width=170, most=260, main=True, tells=BASICS.kinds
                ),
                Column(title=tr("Enhet"), words=lambda one: one.unit, width=110, folds=4),
                Column(
                    title=tr("Läge"),
                    words=lambda one: word_for(one.state),
                    tone=lambda one: STATE_TONES[one.state],
                    sort=lambda one: list(SipState).index(one.state),
                    width=130,
                    folds=1,
                ),
                Column(
                    title=tr("Från behov till arbete"),
                    words=lambda one: days_words(one.days, waits=one.waits),
                    tone=lambda one: Tone.AMBER if one.waits else None,
                    sort=lambda one: one.days,
                    width=180,
                    folds=2,
                ),
                Column(
                    title=tr("Möte"),
                    words=lambda one: self._day(one.meeting_on),
                    sort=lambda one: str(one.meeting_on or "9999"),
                    width=100,
                    folds=3,
                ),
                Column(
                    title=tr("Följs upp"),
                    words=lambda one: self._day(one.follow_up_on),
                    sort=lambda one: str(one.follow_up_on or "9999"),
                    width=100,
                    folds=5,
                ),
            ),
            key=lambda one: one.case_id,
        )
        copies_cases(self.work, table, case_of=lambda one: one.case_id)
        table.opened.connect(lambda one: self.work.go("sip", one.case_id))
        table.doubleClicked.connect(lambda _at: self._open())
        table.remember_in(self.work.settings)
        return table

    def _open(self) -> None:
        if self.table.current is not None:
            self.work.go("sip", self.table.current.case_id)
