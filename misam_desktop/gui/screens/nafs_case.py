"""NAFS-ärende: one case to read, answer, put to the team and on an agenda, or take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from misam_desktop.commands.nafs_cases import put_case
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import InfoKind, Purpose
from misam_desktop.domain.consent import ConsentMissing
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.ids import CaseId
from misam_desktop.domain.meeting import MeetingState, state_of
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.gui.case_page import CasePage
from misam_desktop.gui.case_parts.consents import chip_of, standing
from misam_desktop.gui.dialogs.nafs_case import open_ask, open_put_on_agenda, open_withdraw_case
from misam_desktop.gui.dialogs.shut_out import jav_buttons
from misam_desktop.gui.nafs_parts.cards import Reading, feedback_button, main_cards, side_cards
from misam_desktop.gui.nafs_parts.questions import QuestionRows
from misam_desktop.gui.nafs_parts.words import answered_words, missing, when
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import GAP, Card, button, clear, column, label
from misam_desktop.queries.nafs_cases import NafsPage, one_nafs_case
from misam_desktop.vault import Topic

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_SIDE_WIDE = 380


class NafsCaseScreen(CasePage[NafsPage]):
    """The questions stay where they are while the rest is read anew: an answer may be half-written."""

    shows = frozenset({Topic.CASES, Topic.PERSONS, Topic.CONSENTS, Topic.CONTACTS, Topic.MEETINGS})
    called = tr("NAFS-ärende")

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject, side_wide=_SIDE_WIDE)
        self.id = CaseId(subject)
        self.questions = QuestionRows(work)
        self.answered = label("", "muted")
        self.ask = button(tr("Ny fråga …"), self._ask)
        self._questions_card = Card(tr("Frågor och svar"), beside=[self.answered, self.ask])
        self.unread = label(tr("Frågorna kan läsas när ärendet står på en dagordning."), "small", wrap=True)
        self._questions_card.add(self.questions, self.unread)
        self._below = column(gap=GAP)
        self.columns.main.addWidget(self._questions_card)
        self.columns.main.addLayout(self._below)
        self.columns.main.addStretch(1)

    def reload(self) -> None:
        """Read the case again."""
        question = one_nafs_case(self.id)
        self.session.ask(question, owner=self, then=self._show, failed=self._missing, instead_of="case")

    # Reading

    def _missing(self, error: MisamError) -> None:
        self.questions.show_questions((), answers=(), kinds=frozenset(), changes=False)
        super()._missing(error)

    def _show(self, page: NafsPage) -> None:
        reading = Reading(self.work, page, self.uncovered)
        self.questions.show_questions(
            page.questions,
            answers=page.answers if reading.stands else (),
            kinds=page.kinds,
            changes=reading.may(May.CHANGE_NAFS),
        )
        self.answered.setText(answered_words(page.questions) if page.questions else "")
        self.ask.setVisible(reading.may(May.CHANGE_NAFS))
        self.unread.setVisible(self._waits_to_read(page))
        super()._show(page)

    def _waits_to_read(self, page: NafsPage) -> bool:
        """Whether the consent lets the unit read the questions, and nobody has given them to it yet."""
        is_read, consent = InfoKind.FRAGESTALLNING in page.kinds, page.deciding
        if is_read or page.items or consent is None:
            return False
        return self.work.desk.me.unit_id in consent.unit_ids and InfoKind.FRAGESTALLNING in consent.kinds

    def _beside(self, page: NafsPage) -> str:
        return tr("NAFS-ärende · {team}").format(team=page.team.name)

    def _marks(self, page: NafsPage) -> list[tuple[str, Tone]]:
        """Where it stands, and how the consent does."""
        consent = chip_of(Purpose.NAFS, standing(page.consents).get(Purpose.NAFS), today=self.work.desk.today)
        return [where_it_stands(page, self.work), consent]

    def _empty(self) -> None:
        for place in (self._below, self.columns.side):
            clear(place)

    def _fill(self, page: NafsPage) -> None:
        reading = Reading(self.work, page, self.uncovered)
        for card in main_cards(reading):
            self._below.addWidget(card)
        for card in side_cards(reading):
            self.columns.side.addWidget(card)
        self.columns.side.addStretch(1)

    def _buttons_for(self, page: NafsPage) -> list[QWidget]:
        found = jav_buttons(self.work, self.id, allows=page.allows, kept_out=page.shut_out, gone=self._leave)
        if page.case.withdrawn_on is not None:
            return found
        if May.CLOSE_REFERRAL in page.allows:
            found.append(button(tr("Återta …"), self._withdraw))
        if page.case.submitted_at is None:
            if May.WRITE_NAFS in page.allows:
                found.append(button(tr("Lämna till teamet"), self._submit, "primary", shortcut="Ctrl+Return"))
            return found
        feedback = feedback_button(Reading(self.work, page, self.uncovered))
        if May.DISCLOSE in page.allows:
            found.append(self._agenda_button(page, is_next=feedback is None))
        return [*found, feedback] if feedback is not None else found

    def _agenda_button(self, page: NafsPage, *, is_next: bool) -> QWidget:
        """Where nothing is missing it is the next step; where something is, the checklist says what."""
        count = missing(page.checked)
        taken = {meeting.id for _, meeting in page.items}
        is_next = is_next and not count and not page.items
        made = button(tr("Sätt upp på dagordningen …"), self._put_on_agenda, "primary" if is_next else "")
        free = [one for one in page.upcoming if one.id not in taken]
        made.setEnabled(bool(free) and not count)
        if not free:
            made.setToolTip(tr("Det finns inget planerat möte som ärendet inte redan står på."))
        elif count:
            made.setToolTip(tr("Checklistan visar vad som saknas."))
        return made

    def _leave(self) -> None:
        """The case is gone for its reader."""
        self.work.leave("nafs_case", self.id)

    # Acting

    def _ask(self) -> None:
        if self.page is not None:
            open_ask(self.work, self.page)

    def _put_on_agenda(self) -> None:
        if self.page is not None:
            open_put_on_agenda(self.work, self.page)

    def _withdraw(self) -> None:
        if self.page is not None:
            open_withdraw_case(self.work, self.page)

    def _submit(self) -> None:
        if self.page is not None:
            request = put_case(self.id, seen=self.page.case.version)
            self.session.do(request, owner=self, then=self._submitted, failed=self._not_submitted)

    def _submitted(self, _case: NafsCase) -> None:
        self.banner.clear()
        self.work.tell(tr("Ärendet är lämnat till teamet."))

    def _not_submitted(self, error: MisamError) -> None:
        """Without a consent it can be recorded here."""
        if isinstance(error, ConsentMissing):
            self.ask_for_consent(tr("Utan samtycke till NAFS kan ärendet inte lämnas till teamet."), Purpose.NAFS)
        else:
            self.session.told.emit(error)


def where_it_stands(page: NafsPage, work: Workspace) -> tuple[str, Tone]:
    """«Utkast», «Väntar på möte», «På dagordningen 16 dec 14.00», «Mötet är hållet», «Återtaget»."""
    if page.case.withdrawn_on is not None:
        return tr("Återtaget"), Tone.MUTED
    if page.case.submitted_at is None:
        return tr("Utkast"), Tone.MUTED
    standing_on = [one for _, one in page.items if state_of(one) in {MeetingState.PLANNED, MeetingState.OPEN}]
    if standing_on:
        day = when(standing_on[-1], today=work.session.clock.today())
        return tr("På dagordningen {when}").format(when=day), Tone.GREEN
    if any(state_of(one) is MeetingState.CLOSED for _, one in page.items):
        return tr("Har tagits upp"), Tone.PLAIN
    return tr("Väntar på möte"), Tone.PLAIN
