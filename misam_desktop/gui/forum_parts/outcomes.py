"""Forumets bedömning: one button and one key for each outcome that the activity uses."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from misam_desktop.domain.codes import Outcome
from misam_desktop.domain.meeting import MeetingState
from misam_desktop.domain.referral import TAKES_MORE, ReferralState
from misam_desktop.gui.forum_parts.words import outcome_words
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Card, button, clear, holding, label
from misam_desktop.queries.forum import ForumDay, QueueRow
from misam_desktop.wording import label as word_for

_KEYS = "123456789"


class OutcomePane(Card):
    """Pick with the mouse or 1–7, save with Ctrl+Enter; an outcome that stands can be taken back."""

    picked = Signal(object)
    save_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, keys_of: QWidget) -> None:
        """``keys_of`` is the widget in which the number keys work; a text field that has the focus keeps them."""
        super().__init__(tr("Forumets bedömning"))
        self._offered: tuple[Outcome, ...] = ()
        self._can_pick = False
        self.buttons: dict[Outcome, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(8)
        self.also_nafs, self.also_sip = QCheckBox(tr("även NAFS")), QCheckBox(tr("även SIP"))
        self.beside = holding(Flow(self.also_nafs, self.also_sip, gap=16))
        self.told = label("", "muted", wrap=True)
        self.wrong = label("", "error", wrap=True)
        self.undo = button(tr("Ångra bedömningen"), self.undo_wanted.emit)
        self.save = button(tr("Spara, nästa"), self.save_wanted.emit, "primary", shortcut="Ctrl+Return")
        for wide in (self.undo, self.save):
            wide.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.add(self._choices, self.beside, self.told, self.wrong)
        self.body.addStretch(1)
        self.add(self.undo, self.save)
        for at, key in enumerate(_KEYS):
            shortcut = QShortcut(QKeySequence(key), keys_of, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._press, at))

    @property
    def outcome(self) -> Outcome | None:
        """What has been picked."""
        return next((outcome for outcome, one in self.buttons.items() if one.isChecked()), None)

    @property
    def can_pick(self) -> bool:
        """Whether an outcome can be recorded now."""
        return self._can_pick and self.save.isEnabled()

    def wait(self, *, over: bool = False) -> None:
        """An outcome is on its way to the store, or did not get there."""
        self.save.setEnabled(over)

    def show_case(self, found: QueueRow, day: ForumDay, *, keeps_choice: bool) -> None:
        """Show what can be concluded on a case, or what was; ``keeps_choice`` when it was only read again."""
        self._offer(day)
        self._can_pick = day.state is MeetingState.OPEN and found.outcome is None
        if not (keeps_choice and self._can_pick):
            self._check(found.outcome, also_nafs=found.also_nafs, also_sip=found.also_sip)
            self.wrong.hide()
        for one in self.buttons.values():
            one.setEnabled(self._can_pick)
        self._let_beside()
        self._tell(_told(found, day, self.outcome))
        self.save.setEnabled(True)
        self.save.setVisible(self._can_pick)
        self.undo.setVisible(found.can_be_taken_back)

    def complain(self, text: str) -> None:
        """Say what is missing, beside the buttons."""
        self.wrong.setText(text)
        self.wrong.show()

    def _offer(self, day: ForumDay) -> None:
        settings = day.activity.settings
        if settings.outcomes == self._offered:
            return
        self._offered = settings.outcomes
        clear(self._choices)
        self.buttons = {}
        for key, outcome in zip(_KEYS, settings.outcomes, strict=False):
            words = outcome_words(outcome, needs_text=outcome in settings.text_required)
            one = button(f"{key}   {words}", partial(self._pick, outcome), "choice")
            one.setCheckable(True)
            one.setToolTip(word_for(outcome))
            one.setAccessibleName(f"{key} {word_for(outcome)}")
            one.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._group.addButton(one)
            self.buttons[outcome] = one
            self._choices.addWidget(one)
        in_order = [*self.buttons.values(), self.also_nafs, self.also_sip, self.undo, self.save]
        for before, after in pairwise(in_order):
            QWidget.setTabOrder(before, after)
        self.also_nafs.setVisible(Outcome.NAFS in settings.outcomes)
        self.also_sip.setVisible(Outcome.SIP in settings.outcomes)

    def _press(self, at: int) -> None:
        if at < len(self._offered) and self._can_pick:
            self.buttons[self._offered[at]].click()

    def _pick(self, outcome: Outcome) -> None:
        self.wrong.hide()
        self._let_beside()
        self._tell(word_for(outcome))
        self.picked.emit(outcome)

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))

    def _check(self, outcome: Outcome | None, *, also_nafs: bool, also_sip: bool) -> None:
        self._group.setExclusive(False)
        for each, one in self.buttons.items():
            one.setChecked(each is outcome)
        self._group.setExclusive(True)
        self.also_nafs.setChecked(also_nafs)
        self.also_sip.setChecked(also_sip)

    def _let_beside(self) -> None:
        """NAFS and SIP go with the outcomes that end the referral."""
        takes_more = self._can_pick and self.outcome in TAKES_MORE
        for one in (self.also_nafs, self.also_sip):
            one.setEnabled(takes_more)
            if self._can_pick and not takes_more:
                one.setChecked(False)


def _told(found: QueueRow, day: ForumDay, picked: Outcome | None) -> str:
    """The whole wording of the outcome; before there is one, what has to happen first."""
    if picked is not None:
        fast = tr("Personen är inskriven, så bedömningen ligger fast.")
        return f"{word_for(picked)}. {fast}" if found.state is ReferralState.ENROLLED else word_for(picked)
    return {
        MeetingState.PLANNED: tr("Bedömningar skrivs när mötet har startat."),
        MeetingState.CANCELLED: tr("Mötet är inställt."),
        MeetingState.CLOSED: tr("Mötet är avslutat."),
        MeetingState.OPEN: "",
    }[day.state]
