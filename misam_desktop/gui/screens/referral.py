"""Remiss: one referral to read, change, put before the forum, take back or enrol from."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from misam_desktop.commands.referrals import confirm_waiting, submit_referral
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import InfoKind, Outcome
from misam_desktop.domain.consent import ConsentMissing
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.ids import ReferralId
from misam_desktop.domain.referral import EDITABLE, QUEUED, ReferralState
from misam_desktop.gui.dialogs.consent import open_consent
from misam_desktop.gui.dialogs.enrol import open_enrol
from misam_desktop.gui.dialogs.hand_out import hand_out_button
from misam_desktop.gui.dialogs.letter import letters_button
from misam_desktop.gui.dialogs.shut_out import jav_buttons
from misam_desktop.gui.dialogs.withdraw import open_withdraw_referral
from misam_desktop.gui.layouts import Columns, Flow
from misam_desktop.gui.masked import MaskedNumber
from misam_desktop.gui.nafs_parts.beside import begin_nafs
from misam_desktop.gui.protected import Uncovered
from misam_desktop.gui.referral_change import FORM, ReferralChange
from misam_desktop.gui.referral_parts import Reading, main_cards, side_cards
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Banner, button, chip, clear, label, scrolling
from misam_desktop.gui.withheld import said
from misam_desktop.queries.drafts import kept_draft
from misam_desktop.queries.referrals import ReferralPage, one_referral
from misam_desktop.vault import Topic
from misam_desktop.wording import label as word_for
from misam_desktop.wording import sentence

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_SIDE_WIDE = 400
_TONES = {
    ReferralState.WAITING: Tone.PLAIN,
    ReferralState.COMPLETING: Tone.AMBER,
    ReferralState.ACCEPTED: Tone.GREEN,
    ReferralState.ENROLLED: Tone.GREEN,
}


class ReferralScreen(Screen):
    """Reads until «Ändra» puts the form in the place of the page."""

    shows = frozenset({Topic.CASES, Topic.PERSONS, Topic.CONSENTS, Topic.CONTACTS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.id = ReferralId(subject)
        self.page: ReferralPage | None = None
        self.editor: ReferralChange | None = None
        self._is_to_change = False
        self.uncovered = Uncovered(work, self)
        self.uncovered.changed.connect(self._show_again)
        self.number = MaskedNumber(work, self.uncovered)
        self.who = label("", "muted")
        self._line = Flow(self.number, self.who, gap=10)
        self._line_held = QWidget()
        self._line_held.setLayout(self._line)
        self._chips: list[QLabel] = []
        self.duplicate = Banner()
        self._area = scrolling(QWidget())
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._place = QVBoxLayout()
        self._place.addWidget(self._area)
        self.content.addWidget(self._line_held)
        self.content.addWidget(self.duplicate)
        self.content.addLayout(self._place, 1)

    def reload(self) -> None:
        """Read the referral again, unless it is being changed here."""
        if self.editor is None:
            self.session.ask(one_referral(self.id), owner=self, then=self._show, failed=self._missing)
            self.session.ask(kept_draft(FORM, self.id), owner=self, then=self._offer_unsaved)
        else:
            self.loaded.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Left: what was shown of a protected person is covered again, also where it was being changed."""
        super().hideEvent(event)
        if self.editor is not None and self.editor.form.shows_protected:
            self.editor.put_away()
        self.uncovered.cover()

    # Reading

    def _show_again(self) -> None:
        """The same reading, with more or less of a protected person."""
        if self.page is not None:
            self._show_head(self.page)
            self._show_cards(self.page)

    def _missing(self, error: MisamError) -> None:
        """Nothing stays on the page that may no longer be read."""
        self.page = None
        self.uncovered.cover()
        self.heading.setText(tr("Remiss"))
        self._area.setWidget(QWidget())
        clear(self.buttons)
        for part in (self._line_held, self.duplicate):
            part.hide()
        self.number.clear()
        self.who.clear()
        self.banner.tell(sentence(error))
        self.loaded.emit()

    def _show(self, page: ReferralPage) -> None:
        if self.editor is not None:
            return
        self.page = page
        self._line_held.show()
        self._show_head(page)
        self._show_cards(page)
        self._show_buttons(page)
        self._tell_of_duplicates(page)
        self._take_focus()
        if self._is_to_change:
            self.change()
        self.loaded.emit()

    def _take_focus(self) -> None:
        """The arrows scroll at once; somebody who types in the search field is left alone."""
        focused = QApplication.focusWidget()
        if focused is None or self.isAncestorOf(focused):
            self._area.setFocus()

    def _show_head(self, page: ReferralPage) -> None:
        person, referral = page.person, page.referral
        self.heading.setText(said(person, "family_name", person.full_name or tr("Namn saknas"), kinds=page.kinds))
        self.number.show_person(person)
        age = person.number.age_on(self.work.desk.today)
        is_told = InfoKind.GRUNDUPPGIFTER in page.kinds
        parts = ["" if age is None else tr("{age} år").format(age=age), word_for(person.sex).lower()] if is_told else []
        self.who.setText(" · ".join(filter(None, parts)))
        for gone in self._chips:
            self._line.removeWidget(gone)
            gone.deleteLater()
        marks = [
            (True, word_for(page.state), _TONES.get(page.state, Tone.MUTED)),
            (referral.sgi0, tr("SGI 0"), Tone.PLAIN),
            (referral.is_rereferral, tr("Återremiss"), Tone.PLAIN),
            (person.protected, tr("Skyddade personuppgifter"), Tone.RED),
        ]
        self._chips = [chip(words, tone) for holds, words, tone in marks if holds]
        for one in self._chips:
            self._line.addWidget(one)

    def _show_cards(self, page: ReferralPage) -> None:
        reading = Reading(self.work, page, self.uncovered)
        columns = Columns(side_wide=_SIDE_WIDE)
        for card in main_cards(reading):
            columns.main.addWidget(card)
        for card in side_cards(reading):
            columns.side.addWidget(card)
        columns.main.addStretch(1)
        columns.side.addStretch(1)
        at = self._area.verticalScrollBar().value()
        self._area.setWidget(columns)
        self._area.verticalScrollBar().setValue(at)

    def _show_buttons(self, page: ReferralPage) -> None:
        clear(self.buttons)
        for one in self._buttons_for(page):
            self.buttons.addWidget(one)

    def _buttons_for(self, page: ReferralPage) -> list[QWidget]:
        """What can be done where it stands, the next step last and first in sight."""
        found = jav_buttons(self.work, self.id, allows=page.allows, kept_out=page.shut_out, gone=self._leave)
        if _leads_to_nafs(page) and self.work.desk.my_teams:
            found.append(button(tr("Starta NAFS-ärende"), self._begin_nafs))
        if page.referral.outcome is not None:
            found.append(letters_button(self.work, self.id, page.person, page.allows))
        if page.state is not ReferralState.DRAFT:
            found.append(hand_out_button(self.work, self.id, page.allows))
        state = page.state
        closes, changes = May.CLOSE_REFERRAL in page.allows, May.CHANGE_REFERRAL in page.allows
        if state in EDITABLE and closes:
            found.append(button(tr("Återta …"), self._withdraw))
        if state in QUEUED and closes:
            found.append(button(tr("Ska vänta"), self._confirm))
        if state in EDITABLE and changes:
            found.append(button(tr("Ändra"), self.change, "primary" if state is ReferralState.WAITING else ""))
        if state in {ReferralState.DRAFT, ReferralState.COMPLETING} and May.WRITE_REFERRAL in page.allows:
            found.append(button(tr("Lämna till forumet"), self._submit, "primary", shortcut="Ctrl+Return"))
        if state is ReferralState.ACCEPTED and May.ENROL in page.allows:
            found.append(button(tr("Skriv in …"), self._enrol, "primary"))
        if page.referral.episode_id is not None:
            found.append(button(tr("Öppna ärendet"), self._open_case, "primary"))
        return found

    def _tell_of_duplicates(self, page: ReferralPage) -> None:
        """A second referral for an open case: whoever may see both can withdraw this one."""
        if not page.duplicates:
            self.duplicate.clear()
            return
        other = page.duplicates[0]
        may_close = page.state in EDITABLE and May.CLOSE_REFERRAL in page.allows
        resolve = (tr("Återta som dubblett …"), self._withdraw) if may_close else None
        if other.episode_id is not None:
            words, show = tr("Personen har redan ett pågående ärende."), partial(self.work.open_case, other.episode_id)
        else:
            words, show = tr("Personen har redan en remiss."), partial(self.work.open_referral, other.id)
        self.duplicate.tell(words, Tone.AMBER, action=(tr("Visa"), show), other=resolve)

    def _offer_unsaved(self, content: str | None) -> None:
        if content is not None and self.editor is None:
            words = tr("Du har ändringar som inte är sparade.")
            self.banner.tell(words, Tone.AMBER, action=(tr("Fortsätt ändra"), self.change))

    # Changing

    def change(self) -> None:
        """Put the form in the place of the page, as soon as there is something to change."""
        self._is_to_change = self.page is None
        if self.page is None or self.page.state not in EDITABLE or self.editor is not None:
            return
        self.editor = ReferralChange(self.work, replace(self.page, person=self.uncovered.of(self.page.person)))
        self.editor.ended.connect(self._end_change)
        self._area.hide()
        self.banner.clear()
        self._place.addWidget(self.editor)
        clear(self.buttons)
        self.buttons.addWidget(button(tr("Avbryt"), self.editor.leave))
        self.buttons.addWidget(button(tr("Spara ändringarna"), self.editor.save, "primary", shortcut="Ctrl+Return"))
        self.editor.setFocus()
        self.loaded.emit()

    def _end_change(self) -> None:
        if self.editor is not None:
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
        self._area.show()
        self.refresh()

    def _leave(self) -> None:
        """The case is gone for its reader: no page of it stays on the way back."""
        if self.page is not None and self.page.referral.episode_id is not None:
            self.work.leave("case", self.page.referral.episode_id)
        self.work.leave("referral", self.id)

    # Acting

    def _submit(self) -> None:
        if self.page is not None:
            request = submit_referral(self.id, seen=self.page.referral.version)
            words = tr("Remissen är lämnad till forumet.")
            self.session.do(request, owner=self, then=lambda _done: self.work.tell(words), failed=self._not_submitted)

    def _not_submitted(self, error: MisamError) -> None:
        """Without a consent it can be recorded here; what else is missing is told beside its field."""
        if isinstance(error, ConsentMissing):
            record = (tr("Registrera samtycket …"), lambda: open_consent(self.work, self.id, then=self._consented))
            self.banner.tell(sentence(error), Tone.AMBER, action=record)
        elif "field" in error.params:
            self.change()
            if self.editor is not None:
                self.editor.form.show_error(error)
        else:
            self.session.told.emit(error)

    def _consented(self, _consents: object) -> None:
        self.banner.clear()

    def _confirm(self) -> None:
        if self.page is not None:
            request = confirm_waiting(self.id, seen=self.page.referral.version)
            words = tr("Remissen väntar kvar. Kontrollerad i dag.")
            self.session.do(request, owner=self, then=lambda _done: self.work.tell(words))

    def _withdraw(self) -> None:
        if self.page is not None:
            open_withdraw_referral(self.work, self.id, seen=self.page.referral.version)

    def _enrol(self) -> None:
        open_enrol(self.work, self.id, then=lambda episode: self.work.open_case(episode.id))

    def _begin_nafs(self) -> None:
        """The person, and what was asked, stand in the form already."""
        if self.page is not None:
            referral = self.page.referral
            asked = [(one, referral.question) for one in referral.needed_unit_ids if referral.question]
            begin_nafs(self.work, self.page.person.number, asked)

    def _open_case(self) -> None:
        if self.page is not None:
            self.work.open_case(str(self.page.referral.episode_id))


def _leads_to_nafs(page: ReferralPage) -> bool:
    """Whether the forum found that the case goes to a NAFS meeting, and it has not begun."""
    says = page.referral.outcome is Outcome.NAFS or page.referral.also_nafs
    return says and not page.nafs and May.WRITE_NAFS in page.allows and page.person.number.is_shown
