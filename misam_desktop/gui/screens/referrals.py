"""Remisser: what waits, gone through with one key each, and what was answered during the last year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton

from misam_desktop.commands.referrals import confirm_waiting
from misam_desktop.domain.access import May
from misam_desktop.domain.referral import EDITABLE, QUEUED, ReferralState
from misam_desktop.domain.tells import BASICS, INCOME
from misam_desktop.gui import theme
from misam_desktop.gui.copying import copies_cases
from misam_desktop.gui.dialogs.enrol import open_enrol
from misam_desktop.gui.dialogs.export_list import export_referrals
from misam_desktop.gui.dialogs.withdraw import open_withdraw_referral
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.screens.new_referral import FORM
from misam_desktop.gui.screens.referral import ReferralScreen
from misam_desktop.gui.tables import Column, FilterField, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Banner, Card, button, holding, label, row, scrolling
from misam_desktop.queries.drafts import DraftRow, my_drafts
from misam_desktop.queries.referrals import ReferralRow, answered_referrals, waiting_referrals
from misam_desktop.vault import Topic
from misam_desktop.wording import day_short, how_many, moment, short
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_TONES = {
    ReferralState.DRAFT: Tone.MUTED,
    ReferralState.WAITING: Tone.PLAIN,
    ReferralState.COMPLETING: Tone.AMBER,
    ReferralState.ACCEPTED: Tone.GREEN,
}
_LEAST_TALL = 196
_IN_SIGHT = 150
"""How much of a frågeställning stands under the list; the rest is on the referral's own page."""


class ReferralsScreen(Screen):
    """One list, and under it what can be done with the current row."""

    shows = frozenset({Topic.CASES, Topic.CONSENTS, Topic.PERSONS, Topic.DRAFTS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.heading.setText(tr("Remisser"))
        self.new_referral = button(tr("Ny remiss  Ctrl+N"), work.new_referral, "primary")
        self.export = button(tr("Exportera …"), self._export)
        self.export.setToolTip(tr("Ctrl+C kopierar raden, Ctrl+Skift+C alla rader som visas"))
        self.buttons.addWidget(self.export)
        self.buttons.addWidget(self.new_referral)
        self.begun = Banner()
        self.waiting, self.answered = self._two_lists()
        self.filter = FilterField(tr("Filtrera"), tr("Filtrera remisser"), leads_to=lambda: self.table)
        self.table: Table[ReferralRow] = Table("referrals", self._columns(), key=lambda one: one.id)
        self.table.remember_in(work.settings)
        self.filter.textChanged.connect(self.table.narrow)
        self.nothing = label("", "muted", wrap=True)
        self.question = label("", wrap=True)
        self._lay_out()
        self.table.opened.connect(lambda one: work.open_referral(one.id))
        copies_cases(work, self.table, case_of=lambda one: one.id)
        self.table.chosen.connect(self._offer_actions)
        self._offer_actions(None)

    def _two_lists(self) -> tuple[QPushButton, QPushButton]:
        group = QButtonGroup(self)
        made = [button(words, self.refresh, "step") for words in (tr("Väntar"), tr("Besvarade senaste året"))]
        for one in made:
            one.setCheckable(True)
            one.setMinimumWidth(one.sizeHint().width() + theme.current().px(28))  # it is bold while it is chosen
            group.addButton(one)
        made[0].setChecked(True)
        return made[0], made[1]

    def _lay_out(self) -> None:
        self.content.addWidget(self.begun)
        card = Card()
        card.add(row(self.waiting, self.answered, None, self.filter))
        card.add(self.table, stretch=1)
        card.add(self.nothing)
        self._doings = holding(self._actions())
        card.add(self.question, self._doings)
        card.body.addStretch()
        self.table.setMinimumHeight(theme.current().px(_LEAST_TALL))
        self.content.addWidget(scrolling(card), 1)

    def _actions(self) -> Flow:
        self.open = button(tr("Öppna  Enter"), self._open)
        self.confirm = self._keyed("B", tr("Ska vänta  B"), self._confirm)
        self.change = self._keyed("Ä", tr("Ändra  Ä"), self._change)
        self.withdraw = self._keyed("Å", tr("Återta …  Å"), self._withdraw)
        self.enrol = button(tr("Skriv in …"), self._enrol)
        self.confirm.setToolTip(tr("Bekräfta att remissen ska fortsätta vänta"))
        return Flow(self.open, self.confirm, self.change, self.withdraw, self.enrol)

    def _keyed(self, key: str, words: str, does: Callable[[], None]) -> QPushButton:
        """A button whose one key works in the list, where no text is typed."""
        made = button(words, does)
        shortcut = QShortcut(QKeySequence(key), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(made.click)
        return made

    def showEvent(self, event: QShowEvent) -> None:
        """The keys work at once."""
        super().showEvent(event)
        self.table.setFocus()

    # What is shown

    def reload(self) -> None:
        """Ask for the list that is chosen, and for what is half-written."""
        if self.answered.isChecked():
            today = self.work.desk.today
            question = answered_referrals(since=date.fromordinal(today.toordinal() - 365))
        else:
            question = waiting_referrals()
        self.session.ask(my_drafts(), owner=self, then=self._offer_begun)
        self.session.ask(question, owner=self, then=self._show)

    def _show(self, found: list[ReferralRow]) -> None:
        self.table.show_rows(found)
        self.keep_focus(self.table, bool(found), otherwise=self.new_referral)
        self.table.setVisible(bool(found))
        self._doings.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self.export.setEnabled(bool(found))
        self.nothing.setText(self._words_for_nothing())
        self.beside_heading.setText(self._counted(found))
        self._offer_actions(self.table.current)
        self.loaded.emit()

    def _counted(self, found: list[ReferralRow]) -> str:
        """«8 väntar på forum · 2 väntar på inskrivning»."""
        if self.answered.isChecked():
            return how_many(len(found), tr("remiss"), tr("remisser"))
        states = [one.state for one in found]
        counted = [(states.count(state), word_for(state).lower()) for state in ReferralState]
        return " · ".join(f"{count} {words}" for count, words in counted if count)

    def _export(self) -> None:
        export_referrals(self.work, [one.id for one in self.table.rows])

    def _words_for_nothing(self) -> str:
        if self.answered.isChecked():
            return tr("Inga remisser har besvarats det senaste året.")
        return tr("Inga remisser väntar. Börja en ny med Ctrl+N.")

    def _offer_begun(self, drafts: list[DraftRow]) -> None:
        kept = next((one for one in drafts if one.form == FORM), None)
        if kept is None:
            self.begun.clear()
            return
        words = tr("Du har en påbörjad remiss, sparad {moment}.").format(moment=moment(kept.saved_at))
        self.begun.tell(words, Tone.PLAIN, action=(tr("Fortsätt med den påbörjade remissen"), self.work.new_referral))

    def _offer_actions(self, one: ReferralRow | None) -> None:
        state = one.state if one else None
        question = one.question if one else ""
        self.question.setText(question if len(question) <= _IN_SIGHT else f"{question[:_IN_SIGHT].rstrip()} …")
        self.question.setVisible(bool(question))
        self.open.setEnabled(one is not None)
        self.confirm.setEnabled(state in QUEUED)
        self.change.setEnabled(state in EDITABLE)
        self.withdraw.setEnabled(state in EDITABLE)
        self.enrol.setVisible(state is ReferralState.ACCEPTED and self.work.desk.may(May.ENROL))

    def _columns(self) -> tuple[Column[ReferralRow], ...]:
        return (
            Column(title=tr("Person"), words=lambda one: one.name, width=170, most=280, main=True, tells=BASICS.kinds),
            Column(title=tr("Personnummer"), words=lambda one: one.number, width=120, folds=4, tells=BASICS.kinds),
            Column(title=tr("Från"), words=lambda one: one.unit, width=110, folds=2),
            Column(
                title=tr("Remiss"),
                words=self._when,
                sort=lambda one: one.referred_on.toordinal() * -1,
                tip=lambda one: self._day(one.referred_on),
                width=124,
                folds=3,
            ),
            Column(title=tr("Läge"), words=_where, tone=lambda one: _TONES.get(one.state, Tone.MUTED), width=172),
            Column(
                title=tr("Att tänka på"),
                words=lambda one: ", ".join(words for words, _ in _marks(one)),
                chips=_marks,
                width=180,
                most=260,
                folds=1,
                tells=INCOME.kinds,
            ),
            Column(
                title=tr("Kontrollerad"),
                words=lambda one: self._day(one.reviewed_on),
                sort=lambda one: str(one.reviewed_on or ""),
                width=100,
                folds=5,
            ),
            Column(title=tr("Frågeställning"), words=lambda one: one.question, width=320, folds=6, shown=False),
        )

    def _when(self, one: ReferralRow) -> str:
        """How long it has waited; for what is answered, its day."""
        if one.state in {ReferralState.CONCLUDED, ReferralState.WITHDRAWN}:
            return self._day(one.referred_on)
        days = (self.work.desk.today - one.referred_on).days
        return tr("I dag") if days == 0 else how_many(days, tr("dag sedan"), tr("dagar sedan"))

    def _day(self, day: date | None) -> str:
        return "" if day is None else day_short(day, today=self.work.desk.today)

    # What can be done with the current row

    def _open(self) -> None:
        if self.table.current is not None:
            self.work.open_referral(self.table.current.id)

    def _confirm(self) -> None:
        """The next row is current afterwards: going through the list is one key a row."""
        one = self.table.current
        if one is None:
            return
        at = self.table.rows.index(one)
        following = self.table.rows[min(at + 1, len(self.table.rows) - 1)].id
        self.session.do(
            confirm_waiting(one.id, seen=one.version), owner=self, then=lambda _done: self._confirmed(following)
        )

    def _confirmed(self, following: str) -> None:
        self.table.select(following)
        self.work.tell(tr("Remissen väntar kvar. Kontrollerad i dag."))

    def _change(self) -> None:
        if self.table.current is not None:
            page = self.work.go("referral", self.table.current.id)
            assert isinstance(page, ReferralScreen)
            page.change()

    def _withdraw(self) -> None:
        one = self.table.current
        if one is not None:
            open_withdraw_referral(self.work, one.id, seen=one.version)

    def _enrol(self) -> None:
        if self.table.current is not None:
            open_enrol(self.work, self.table.current.id, then=lambda episode: self.work.open_case(episode.id))


def _where(one: ReferralRow) -> str:
    """How it was answered says more than that it was."""
    return short(one.outcome) if one.state is ReferralState.CONCLUDED and one.outcome else word_for(one.state)


def _marks(one: ReferralRow) -> list[tuple[str, Tone]]:
    """What the koordinator looks for in a queue."""
    if one.state in {ReferralState.CONCLUDED, ReferralState.WITHDRAWN}:
        return [(tr("Återremiss"), Tone.PLAIN)] if one.is_rereferral else []
    marks = [
        (one.is_protected, tr("Skyddad"), Tone.RED),
        (one.sgi0, tr("SGI 0"), Tone.PLAIN),
        (not one.has_consent, tr("Samtycke saknas"), Tone.AMBER if one.state is ReferralState.DRAFT else Tone.RED),
        (one.has_open_case, tr("Finns redan ett ärende"), Tone.AMBER),
        (one.is_rereferral, tr("Återremiss"), Tone.PLAIN),
    ]
    return [(words, tone) for holds, words, tone in marks if holds]
