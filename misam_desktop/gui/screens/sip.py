"""SIP: one SIP from the need to the evaluation, section by section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from misam_desktop.commands.sips import put_sip
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Purpose
from misam_desktop.domain.consent import ConsentMissing
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.ids import CaseId
from misam_desktop.domain.sip import Sip, SipState
from misam_desktop.gui.case_page import CasePage
from misam_desktop.gui.case_parts.consents import chip_of, standing
from misam_desktop.gui.dialogs.shut_out import jav_buttons
from misam_desktop.gui.dialogs.sip import open_end
from misam_desktop.gui.sip_parts.cards import Reading, main_cards, side_cards, step_marks
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import button
from misam_desktop.queries.sips import SipPage, one_sip
from misam_desktop.vault import Topic

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_SIDE_WIDE = 380


class SipScreen(CasePage[SipPage]):
    """The sections to the left, the papers and the person to the right."""

    shows = frozenset({Topic.CASES, Topic.PERSONS, Topic.CONSENTS, Topic.CONTACTS})
    called = tr("SIP")

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject, side_wide=_SIDE_WIDE)
        self.id = CaseId(subject)

    def reload(self) -> None:
        """Read the SIP again."""
        self.session.ask(one_sip(self.id), owner=self, then=self._show, failed=self._missing, instead_of="sip")

    def _beside(self, page: SipPage) -> str:
        return tr("SIP · {activity}").format(activity=page.activity.name)

    def _marks(self, page: SipPage) -> list[tuple[str, Tone]]:
        """How far it has come, and how the consent stands."""
        consent = standing(page.consents).get(Purpose.SIP)
        return [*step_marks(page), chip_of(Purpose.SIP, consent, today=self.work.desk.today)]

    def _fill(self, page: SipPage) -> None:
        reading = Reading(self.work, page, self.uncovered)
        for layout, cards in ((self.columns.main, main_cards(reading)), (self.columns.side, side_cards(reading))):
            for card in cards:
                layout.addWidget(card)
            layout.addStretch(1)

    def _buttons_for(self, page: SipPage) -> list[QWidget]:
        found = jav_buttons(self.work, self.id, allows=page.allows, kept_out=page.shut_out, gone=self._leave)
        if page.state is SipState.ENDED or May.WRITE_SIP not in page.allows:
            return found
        found.append(button(tr("Avsluta …"), self._end))
        if page.sip.submitted_at is None:
            found.append(button(tr("Lämna till parterna"), self._put, "primary", shortcut="Ctrl+Return"))
        return found

    def _leave(self) -> None:
        """The SIP is gone for its reader."""
        self.work.leave("sip", self.id)

    def _end(self) -> None:
        if self.page is not None:
            open_end(self.work, self.page)

    def _put(self) -> None:
        if self.page is not None:
            request = put_sip(self.id, seen=self.page.sip.version)
            self.session.do(request, owner=self, then=self._was_put, failed=self._was_not_put)

    def _was_put(self, _sip: Sip) -> None:
        self.banner.clear()
        self.work.tell(tr("Andra kan nu kallas och bjudas in."))

    def _was_not_put(self, error: MisamError) -> None:
        """Without a consent it can be recorded here."""
        if isinstance(error, ConsentMissing):
            self.ask_for_consent(tr("Utan samtycke till SIP kan ingen annan kallas eller bjudas in."), Purpose.SIP)
        else:
            self.session.told.emit(error)
