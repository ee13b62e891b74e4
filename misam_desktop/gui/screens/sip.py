"""SIP: one SIP from the need to the evaluation, section by section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from misam_desktop.commands.sips import put_sip
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Purpose
from misam_desktop.domain.consent import ConsentMissing
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.ids import CaseId
from misam_desktop.domain.sip import Sip, SipState
from misam_desktop.gui.case_parts.consents import chip_of, standing
from misam_desktop.gui.dialogs.consent import open_consent
from misam_desktop.gui.dialogs.shut_out import jav_buttons
from misam_desktop.gui.dialogs.sip import open_end
from misam_desktop.gui.layouts import Columns, Flow
from misam_desktop.gui.masked import MaskedNumber
from misam_desktop.gui.protected import Uncovered
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.sip_parts.cards import Reading, main_cards, side_cards, step_chips
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import button, chip, clear, column, holding, scrolling
from misam_desktop.gui.withheld import said
from misam_desktop.queries.sips import SipPage, one_sip
from misam_desktop.vault import Topic
from misam_desktop.wording import sentence

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_SIDE_WIDE = 380


class SipScreen(Screen):
    """The sections to the left, the papers and the person to the right."""

    shows = frozenset({Topic.CASES, Topic.PERSONS, Topic.CONSENTS, Topic.CONTACTS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.id = CaseId(subject)
        self.page: SipPage | None = None
        self.uncovered = Uncovered(work, self)
        self.uncovered.changed.connect(self._show_again)
        self.number = MaskedNumber(work, self.uncovered)
        self._marks = column(gap=0)
        self.columns = Columns(side_wide=_SIDE_WIDE)
        self._area = scrolling(self.columns)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._line = holding(column(Flow(self.number), self._marks, gap=8))
        self.content.addWidget(self._line)
        self.content.addWidget(self._area, 1)
        for part in (self._line, self._area):
            part.hide()

    def reload(self) -> None:
        """Read the SIP again."""
        self.session.ask(one_sip(self.id), owner=self, then=self._show, failed=self._missing, instead_of="sip")

    def hideEvent(self, event: QHideEvent) -> None:
        """Left: what was shown of a protected person is covered again."""
        super().hideEvent(event)
        self.uncovered.cover()

    def _show_again(self) -> None:
        if self.page is not None:
            self._show(self.page)

    def _missing(self, error: MisamError) -> None:
        """Nothing stays on the page that may no longer be read."""
        self.page = None
        self.uncovered.cover()
        self.heading.setText(tr("SIP"))
        for place in (self._marks, self.columns.main, self.columns.side, self.buttons):
            clear(place)
        for part in (self._line, self._area):
            part.hide()
        self.number.clear()
        self.banner.tell(sentence(error))
        self.loaded.emit()

    def _show(self, page: SipPage) -> None:
        self.page = page
        person = page.person
        self.heading.setText(said(person, "family_name", person.full_name or tr("Namn saknas"), kinds=page.kinds))
        self.beside_heading.setText(tr("SIP · {activity}").format(activity=page.activity.name))
        self.number.show_person(person)
        reading = Reading(self.work, page, self.uncovered)
        at = self._area.verticalScrollBar().value()
        for place in (self._marks, self.columns.main, self.columns.side, self.buttons):
            clear(place)
        self._marks.addWidget(holding(Flow(*step_chips(page), *self._chips(page))))
        for card in main_cards(reading):
            self.columns.main.addWidget(card)
        for card in side_cards(reading):
            self.columns.side.addWidget(card)
        for layout in (self.columns.main, self.columns.side):
            layout.addStretch(1)
        for one in self._buttons_for(page):
            self.buttons.addWidget(one)
        for part in (self._line, self._area):
            part.show()
        self._area.verticalScrollBar().setValue(at)
        self.loaded.emit()

    def _chips(self, page: SipPage) -> list[QWidget]:
        consent = chip_of(Purpose.SIP, standing(page.consents).get(Purpose.SIP), today=self.work.desk.today)
        protected = [chip(tr("Skyddade personuppgifter"), Tone.RED)] if page.person.protected else []
        return [chip(*consent), *protected]

    def _buttons_for(self, page: SipPage) -> list[QWidget]:
        """What can be done where it stands, the next step last."""
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
        if not isinstance(error, ConsentMissing):
            self.session.told.emit(error)
            return
        words = tr("Utan samtycke till SIP kan ingen annan kallas eller bjudas in.")
        self.banner.tell(words, Tone.AMBER, action=(tr("Registrera samtycket …"), self._record_consent))

    def _record_consent(self) -> None:
        open_consent(self.work, self.id, purpose=Purpose.SIP, then=lambda _made: self.banner.clear())
