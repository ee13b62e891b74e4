"""Ärende: one case with its five steps, what has happened in it, and earlier episodes of the person beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from misam_desktop.domain.access import May
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.ids import EpisodeId
from misam_desktop.gui import theme
from misam_desktop.gui.case_parts.followed_up import followed_up
from misam_desktop.gui.case_parts.header import Header
from misam_desktop.gui.case_parts.information import information
from misam_desktop.gui.case_parts.looked import looked
from misam_desktop.gui.case_parts.needs import needs
from misam_desktop.gui.case_parts.plan import plan
from misam_desktop.gui.case_parts.planning import planning
from misam_desktop.gui.case_parts.sheet import Sheet
from misam_desktop.gui.case_parts.steps import Step, Stepper, done, first_step
from misam_desktop.gui.case_parts.timeline import timeline
from misam_desktop.gui.dialogs.extract import open_extract
from misam_desktop.gui.dialogs.hand_out import hand_out_button
from misam_desktop.gui.dialogs.letter import letters_button
from misam_desktop.gui.dialogs.shut_out import jav_buttons
from misam_desktop.gui.layouts import NARROW, Columns, Flow
from misam_desktop.gui.protected import Uncovered
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import GAP, Banner, Card, button, clear, column, holding, label, row, scrolling
from misam_desktop.queries.cases import CasePage, one_case
from misam_desktop.vault import Topic
from misam_desktop.wording import day_long, sentence

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_TIMELINE_WIDE = 316
PARTS: dict[Step, Callable[[Sheet], QWidget]] = {
    Step.INFORMATION: information,
    Step.NEEDS: needs,
    Step.PLAN: plan,
    Step.FOLLOWED_UP: followed_up,
    Step.PLANNING: planning,
}


class CaseScreen(Screen):
    """One case. What is shown is built anew from each reading, with step, scroll and focus kept."""

    shows = frozenset({Topic.CASES, Topic.FOLLOW_UPS, Topic.CONSENTS, Topic.PERSONS, Topic.CONTACTS, Topic.SETTINGS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.heading.setWordWrap(True)
        self.beside_heading.hide()
        self.state = Banner()
        self.uncovered = Uncovered(work, self)
        self.uncovered.changed.connect(self._show_again)
        self.header = Header(work, self.uncovered)
        self.stepper = Stepper(self.go_to)
        self.beside = _Beside(self._show_beside)
        self.columns = Columns(side_wide=_TIMELINE_WIDE)
        self.columns.side.addWidget(self.beside)
        self._inside = column(self.columns, gap=GAP)
        self.area = scrolling(holding(self._inside))
        self.content.addWidget(self.state)
        self.content.addWidget(self.header)
        self.content.addWidget(self.stepper)
        self.content.addWidget(self.area, 1)
        self.step: Step | None = None
        self._sheet: Sheet | None = None
        self._other: Sheet | None = None
        for part in (self.header, self.stepper, self.area):
            part.hide()

    def reload(self) -> None:
        """Ask for what the page shows."""
        self.session.ask(
            one_case(EpisodeId(self.subject)), owner=self, then=self._show, failed=self._missing, instead_of="case"
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the head scrolls away with the rest."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < theme.current().px(NARROW)
        layout, at = (self._inside, 0) if is_narrow else (self.content, 1)
        if layout.indexOf(self.header) < 0:
            layout.insertWidget(at, self.header)

    def hideEvent(self, event: QHideEvent) -> None:
        """Left: what was shown of a protected person is covered again."""
        super().hideEvent(event)
        self.uncovered.cover()

    def _show_again(self) -> None:
        """The same reading, with more or less of a protected person."""
        if self._sheet is not None:
            self.header.show_sheet(self._sheet)
            self._build()

    def go_to(self, step: Step) -> None:
        """Show another step of the case, and of the one beside it."""
        self.step = step
        self.area.verticalScrollBar().setValue(0)
        self._build()

    def _missing(self, error: MisamError) -> None:
        """Nothing stays on the page that may no longer be read."""
        self.heading.setText(tr("Ärende"))
        self._sheet = self._other = None
        self.uncovered.cover()
        self.state.clear()
        for part in (self.header, self.stepper, self.area):
            part.hide()
        for place in (self.columns.main, self.columns.side):
            place.removeWidget(self.beside)
            clear(place)
        self.header.clear()
        self.banner.tell(sentence(error))
        self.loaded.emit()

    def _show(self, page: CasePage) -> None:
        self._sheet = sheet = Sheet(self.work, page, uncovered=self.uncovered)
        self.heading.setText(sheet.said(page.person, "family_name", page.person.full_name or tr("Namn saknas")))
        for part in (self.header, self.stepper, self.area):
            part.show()
        self._tell_state(sheet)
        self.header.show_sheet(sheet)
        self._show_buttons(page)
        self.beside.offer(page.episode, page.others)
        if self.step is None:
            self._begin_at(first_step(sheet))
        else:
            self._build()
        if self._other is not None:
            self._show_beside(self._other.page.episode.id)
        self.loaded.emit()

    def _show_buttons(self, page: CasePage) -> None:
        """What concerns the whole case: giving of it to somebody."""
        clear(self.buttons)
        case, gone = page.referral.id, partial(self._leave, page.referral.id)
        for one in jav_buttons(self.work, case, allows=page.allows, kept_out=page.shut_out, gone=gone):
            self.buttons.addWidget(one)
        if May.DISCLOSE in page.allows:
            self.buttons.addWidget(button(tr("Utdrag …"), partial(open_extract, self.work, page.person.id)))
        self.buttons.addWidget(letters_button(self.work, page.referral.id, page.person, page.allows))
        self.buttons.addWidget(hand_out_button(self.work, page.referral.id, page.allows))

    def _leave(self, referral_id: str) -> None:
        """The case is gone for its reader: no page of it stays on the way back."""
        self.work.leave("case", self.subject)
        self.work.leave("referral", referral_id)

    def _begin_at(self, step: Step) -> None:
        """The first time: the keyboard goes on from the step that is shown."""
        self.step = step
        self._build()
        self.setFocusProxy(self.stepper.buttons[step])
        self.setFocus()

    def _tell_state(self, sheet: Sheet) -> None:
        """What holds for the whole page: protected identity first, then that it can only be read."""
        page = sheet.page
        ended_on = page.episode.discharged_on
        if page.person.protected:
            self.state.tell(tr("Skyddade personuppgifter. Visas bara för dig och de andra som är utsedda."), Tone.AMBER)
        elif page.deciding is None and ended_on is None:
            self.state.tell(tr("Inget samtycke gäller. Du ser det som behövs för att avsluta ärendet."), Tone.AMBER)
        elif ended_on is not None:
            self.state.tell(tr("Avslutat {day}. Ärendet kan bara läsas.").format(day=day_long(ended_on)), Tone.PLAIN)
        else:
            self.state.clear()

    def _show_beside(self, episode_id: str | None) -> None:
        """Show the timeline, or another episode of the person read anew."""
        if episode_id is None:
            self._other = None
            self._build()
        else:
            question = one_case(EpisodeId(episode_id))
            self.session.ask(question, owner=self, then=self._take_other, instead_of="beside")

    def _take_other(self, page: CasePage) -> None:
        self._other = Sheet(self.work, page, is_beside=True)
        self._build()

    def _build(self) -> None:
        """Put the step together from what was read last."""
        if self._sheet is None or self.step is None:
            return
        focused, scroll = _focused_button(self), self.area.verticalScrollBar().value()
        self.stepper.show_done(done(self._sheet))
        self.stepper.mark(self.step)
        clear(self.columns.main)
        self.columns.main.addWidget(PARTS[self.step](self._sheet))
        self._build_side()
        self.area.verticalScrollBar().setValue(scroll)
        _give_focus_back(self, focused)

    def _build_side(self) -> None:
        assert self._sheet is not None
        assert self.step is not None
        self.columns.side.removeWidget(self.beside)
        clear(self.columns.side)
        self.columns.side.addWidget(self.beside)
        if self._other is None:
            self.columns.set_side_wide(_TIMELINE_WIDE)
            self.columns.side.addWidget(timeline(self._sheet))
            if self.step is Step.INFORMATION:
                self.columns.side.addLayout(looked(self._sheet))
        else:
            self.columns.set_side_wide(0)
            self.columns.side.addWidget(_whose(self._other))
            self.columns.side.addWidget(PARTS[self.step](self._other))
        self.columns.side.addStretch(1)


class _Beside(QWidget):
    """Chooses what stands to the right: the timeline, or one of the person's other episodes; hidden without those."""

    def __init__(self, chosen: Callable[[str | None], None]) -> None:
        super().__init__()
        self._flow = Flow(gap=6, fill=True)
        self.setLayout(self._flow)
        self._chosen = chosen
        self._group = QButtonGroup(self)
        self._offered: list[str] = []
        self.buttons: list[QPushButton] = []
        self.hide()

    def offer(self, episode: Episode, others: tuple[Episode, ...]) -> None:
        """Offer these episodes beside the one of the page."""
        ids = [str(other.id) for other in others]
        self.setVisible(bool(ids))
        if ids == self._offered:
            return
        self._offered = ids
        clear(self._flow)
        self.buttons = [self._add(tr("Tidslinje"), None)]
        self.buttons += [self._add(_period(other, beside=episode), other.id) for other in others]
        self.buttons[0].setChecked(True)

    def _add(self, words: str, episode_id: str | None) -> QPushButton:
        made = button(words, partial(self._chosen, episode_id), "step")
        made.setCheckable(True)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._group.addButton(made)
        self._flow.addWidget(made)
        return made


def _period(episode: Episode, *, beside: Episode) -> str:
    """«Tidigare insatsperiod 2024–2025»."""
    first, last = str(episode.enrolled_on.year), str(episode.discharged_on.year) if episode.discharged_on else ""
    years = first if first == last else f"{first}–{last}"
    words = (
        tr("Tidigare insatsperiod {years}")
        if episode.enrolled_on < beside.enrolled_on
        else tr("Senare insatsperiod {years}")
    )
    return words.format(years=years)


def _whose(sheet: Sheet) -> Card:
    """The head of the episode beside: when it was, for whom, and the way to its own page."""
    episode, work = sheet.page.episode, sheet.work
    until = sheet.day(episode.discharged_on) or tr("pågår")
    card = Card()
    card.add(
        row(
            label(f"{sheet.day(episode.enrolled_on)} – {until}", "strong"),
            label(work.desk.unit(episode.commissioner_id), "muted"),
            None,
            button(tr("Öppna"), partial(work.open_case, episode.id)),
        )
    )
    return card


def _focused_button(page: QWidget) -> str:
    """What the button is called that has the focus, if one on the page has it."""
    focused = page.window().focusWidget()
    if isinstance(focused, QPushButton) and page.isAncestorOf(focused):
        return focused.accessibleName() or focused.text()
    return ""


def _give_focus_back(page: CaseScreen, called: str) -> None:
    """To the new button of that name; the step's own when there is none any more."""
    if not called or page.step is None:
        return
    named = [one for one in page.findChildren(QPushButton) if called in (one.accessibleName(), one.text())]
    kept = next((one for one in named if one.isVisibleTo(page)), page.stepper.buttons[page.step])
    kept.setFocus()
