"""Remiss: one referral to read, change, put before the forum, take back or enrol from."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from misam_desktop.commands.referrals import confirm_waiting, submit_referral
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Outcome
from misam_desktop.domain.consent import ConsentMissing
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.ids import ReferralId
from misam_desktop.domain.referral import EDITABLE, QUEUED, ReferralState
from misam_desktop.gui.case_page import CasePage
from misam_desktop.gui.dialogs.enrol import open_enrol
from misam_desktop.gui.dialogs.hand_out import hand_out_button
from misam_desktop.gui.dialogs.letter import letters_button
from misam_desktop.gui.dialogs.shut_out import jav_buttons
from misam_desktop.gui.dialogs.withdraw import open_withdraw_referral
from misam_desktop.gui.nafs_parts.beside import begin_nafs
from misam_desktop.gui.referral_change import FORM, ReferralChange
from misam_desktop.gui.referral_parts import Reading, main_cards, side_cards
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Banner, button, clear
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


class ReferralScreen(CasePage[ReferralPage]):
    """Reads until «Ändra» puts the form in the place of the page."""

    shows = frozenset({Topic.CASES, Topic.PERSONS, Topic.CONSENTS, Topic.CONTACTS})
    called = tr("Remiss")

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject, side_wide=_SIDE_WIDE)
        self.id = ReferralId(subject)
        self.editor: ReferralChange | None = None
        self._is_to_change = False
        self.duplicate = Banner()
        self.content.insertWidget(1, self.duplicate)

    def reload(self) -> None:
        """Read the referral again, unless it is being changed here."""
        if self.editor is None:
            self.session.ask(one_referral(self.id), owner=self, then=self._show, failed=self._missing)
            self.session.ask(kept_draft(FORM, self.id), owner=self, then=self._offer_unsaved)
        else:
            self.loaded.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Left: a protected person is covered again, also where they were being changed."""
        super().hideEvent(event)
        if self.editor is not None and self.editor.form.shows_protected:
            self.editor.put_away()

    # Reading

    def _missing(self, error: MisamError) -> None:
        self.duplicate.hide()
        super()._missing(error)

    def _show(self, page: ReferralPage) -> None:
        if self.editor is not None:
            return
        self._tell_of_duplicates(page)
        super()._show(page)
        if self._is_to_change:
            self.change()

    def _beside(self, page: ReferralPage) -> str:
        return tr("Remiss · {activity}").format(activity=page.activity.name)

    def _marks(self, page: ReferralPage) -> list[tuple[str, Tone]]:
        referral = page.referral
        marks = [
            (True, word_for(page.state), _TONES.get(page.state, Tone.MUTED)),
            (referral.sgi0, tr("SGI 0"), Tone.PLAIN),
            (referral.is_rereferral, tr("Återremiss"), Tone.PLAIN),
        ]
        return [(words, tone) for holds, words, tone in marks if holds]

    def _fill(self, page: ReferralPage) -> None:
        reading = Reading(self.work, page, self.uncovered)
        for card in main_cards(reading):
            self.columns.main.addWidget(card)
        for card in side_cards(reading):
            self.columns.side.addWidget(card)
        for layout in (self.columns.main, self.columns.side):
            layout.addStretch(1)

    def _buttons_for(self, page: ReferralPage) -> list[QWidget]:
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
        self.content.addWidget(self.editor, 1)
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
            self.ask_for_consent(sentence(error))
        elif "field" in error.params:
            self.change()
            if self.editor is not None:
                self.editor.form.show_error(error)
        else:
            self.session.told.emit(error)

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
