"""One item of the agenda to the right of the list: its questions with answers, and what the meeting agrees on it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from misam_desktop.commands.agenda import record_agreed, take_off
from misam_desktop.domain.agenda import AgendaItem, is_taken_up
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.gate import withheld
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.meeting import Meeting, MeetingState, state_of
from misam_desktop.domain.nafs import Requirement
from misam_desktop.domain.pseudonym import shown
from misam_desktop.gui import choices
from misam_desktop.gui.case_parts.sheet import facts
from misam_desktop.gui.dialogs.feedback import Owed, open_feedback
from misam_desktop.gui.dialogs.nafs_meeting import open_minutes
from misam_desktop.gui.dialogs.nafs_move import move_one
from misam_desktop.gui.drafts import DraftKeeper
from misam_desktop.gui.forms import Field, Form
from misam_desktop.gui.in_room import who_leaves
from misam_desktop.gui.inputs import LongText, OneOf
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.nafs_parts.afterwards import Item, afterwards, has_begun
from misam_desktop.gui.nafs_parts.cards import checklist_chip, checklist_lines
from misam_desktop.gui.nafs_parts.questions import QuestionRows
from misam_desktop.gui.nafs_parts.words import answered_words, feedback_words, missing
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import (
    GAP,
    Banner,
    Card,
    FreeLabel,
    button,
    chip,
    clear,
    column,
    holding,
    label,
    row,
    shortcut_text,
)
from misam_desktop.gui.withheld import said
from misam_desktop.queries.agenda import AgendaLine, AgendaPage, owed

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

DRAFT = "nafs_agreed"
"""What is half-written of what a meeting agrees; its subject is the item."""


class ItemPane(QWidget):
    """Read anew it stays as it is where nothing else was written, with what is being typed."""

    saved = Signal(bool)
    """What the meeting agrees on the item is saved, and whether the next is to be taken up."""

    gone_out = Signal()
    """Those who leave the room for the item have done so, or come back."""

    def __init__(self, work: Workspace) -> None:
        super().__init__()
        self._work = work
        self._line: AgendaLine | None = None
        self.gone: tuple[UnitId, ...] = ()
        self._was: tuple[object, ...] = ()
        self.form: Form | None = None
        self.keeper: DraftKeeper | None = None
        self._head = Card("")
        self.questions = QuestionRows(work)
        self.answered = label("", "muted")
        self._questions_card = Card(tr("Frågor och svar"), beside=[self.answered])
        self._questions_card.add(self.questions)
        self._agreed, self._after = column(gap=0), column(gap=0)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(GAP)
        inner.addWidget(self._head)
        inner.addWidget(self._questions_card)
        inner.addLayout(self._agreed)
        inner.addLayout(self._after)
        inner.addStretch(1)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            wanted = QShortcut(QKeySequence(keys), self._head, context=Qt.ShortcutContext.WidgetShortcut)
            wanted.activated.connect(self.save_and_go_on)

    def show_line(self, line: AgendaLine | None, page: AgendaPage) -> None:
        """Show one item of a meeting; for the next, those who had left for one before are back."""
        is_same = line is not None and self._line is not None and line.item.id == self._line.item.id
        self.gone = self.gone if is_same else ()
        self._line = line
        self.setVisible(line is not None)
        clear(self._after)
        if line is None:
            self._let_go()
            return
        self._show_head(line, page)
        self._questions_card.setVisible(line.case is not None)
        answers = () if line.is_out else line.answers
        self.questions.show_questions(line.questions, answers=answers, kinds=line.kinds, changes=False)
        self.answered.setText(answered_words(line.questions) if line.questions else "")
        state = (line.item, line.kinds, page.leads, line.is_out, state_of(page.meeting))
        if state != self._was:
            self._was = state
            self._show_agreed(line, page)
        if line.person is not None and not line.is_out and has_begun(page.meeting):
            self._show_after(line, page)

    def _show_after(self, line: AgendaLine, page: AgendaPage) -> None:
        owes = Owed(item_id=line.item.id, name=self._title(line), due_on=owed(line.item, page.meeting))
        writes = page.leads or line.item.feedback_by == self._work.desk.me.contact_id
        card = Card(tr("Efter mötet"))
        item = Item(owed=owes, meeting=page.meeting, steps=line.steps, writes_letter=writes)
        card.add(afterwards(self._work, item))
        self._after.addWidget(card)

    # What it is

    def _show_head(self, line: AgendaLine, page: AgendaPage) -> None:
        clear(self._head.body)
        title = FreeLabel("section")
        title.setText(self._title(line))
        self._head.add(Flow(title, *self._marks(line), gap=10))
        told = self._facts(line)
        if told:
            self._head.add(facts(told))
        if line.is_out:
            why = tr("Ärendet är återtaget, eller samtycket gäller inte på mötets dag. Det tas inte upp.")
            self._head.add(label(why, wrap=True))
        if line.leaving:
            self._head.add(self._told_to_leave(line, page))
        if not line.is_out and line.checked and missing(line.checked):
            self._head.add(checklist_lines(line.checked, page.team.settings))
        self._head.add(Flow(*self._doings(line, page)))

    def _title(self, line: AgendaLine) -> str:
        if line.person is None:
            return line.item.question
        return said(line.person, "family_name", line.person.full_name or tr("Namn saknas"), kinds=line.kinds)

    def _marks(self, line: AgendaLine) -> list[QWidget]:
        if line.case is None:
            return [chip(tr("Generell fråga"), Tone.MUTED)]
        marks: list[QWidget] = [chip(shown(line.item.code), Tone.PLAIN)] if line.item.code else []
        if line.is_out:
            return [*marks, chip(tr("Utgår"), Tone.RED)]
        if (Requirement.NOT_PROTECTED, False) in line.checked:
            marks.append(chip(tr("Ett ärende tas muntligt"), Tone.RED))
        elif line.checked:
            marks.append(checklist_chip(line.checked))
        return [*marks, *([chip(tr("Tillägg"), Tone.PLAIN)] if line.addendum else [])]

    def _facts(self, line: AgendaLine) -> list[tuple[str, str]]:
        desk = self._work.desk
        if line.case is None:
            return [(tr("Till"), desk.unit(line.item.asked_id) or tr("Alla"))]
        by = ", ".join(filter(None, [desk.contact(line.case.raised_by), desk.unit(line.case.unit_id)]))
        told = [(tr("Aktualiserad av"), by)]
        if line.item.minutes is not None:
            told.append((tr("Tid"), tr("{minutes} minuter").format(minutes=line.item.minutes)))
        return told

    def _doings(self, line: AgendaLine, page: AgendaPage) -> list[QWidget]:
        work, found = self._work, list[QWidget]()
        if line.case is not None:
            found.append(button(tr("Öppna ärendet"), partial(work.go, "nafs_case", line.case.id), "link"))
        takes_more = state_of(page.meeting) in {MeetingState.PLANNED, MeetingState.OPEN}
        if page.leads and takes_more:
            found.append(button(tr("Tid …"), partial(open_minutes, work, line.item), "link"))
            move = partial(move_one, work, page, line.item.id, name=self._title(line))
            if not is_taken_up(line.item):
                found.append(button(tr("Flytta till nästa möte"), move, "link"))
            take_off = partial(self._take_off, line.item, page.meeting)
            found.append(button(tr("Ta bort från dagordningen"), take_off, "link"))
        return found

    def _take_off(self, item: AgendaItem, meeting: Meeting) -> None:
        work, words = self._work, tr("Borttaget från dagordningen.")
        if meeting.given_at is not None and item.added_at <= meeting.given_at:
            words = f"{words} {tr('Den har redan lämnats ut: skicka en ny från Papper och utskick.')}"
        work.session.do(take_off(item.id), owner=work, then=lambda _none: work.tell(words))

    def _told_to_leave(self, line: AgendaLine, page: AgendaPage) -> Banner:
        has_gone, made = set(line.leaving) <= set(self.gone), Banner()
        words = tr("Har lämnat rummet: {who}") if has_gone else tr("Lämnar rummet för detta ärende: {who}")
        word = tr("De är tillbaka") if has_gone else tr("De har lämnat rummet")
        turn = partial(self._turn_out, line, page, () if has_gone else line.leaving)
        tone = Tone.GREEN if has_gone else Tone.AMBER
        made.tell(
            words.format(who=", ".join(who_leaves(self._work.desk, page.room, line.leaving))), tone, action=(word, turn)
        )
        return made

    def _turn_out(self, line: AgendaLine, page: AgendaPage, gone: tuple[UnitId, ...]) -> None:
        self.gone = gone
        self._show_head(line, page)
        self.gone_out.emit()

    # What the meeting agrees

    def _let_go(self) -> None:
        if self.keeper is not None and self.keeper.has_unsaved:
            self.keeper.keep_now()
        self.form = self.keeper = None
        clear(self._agreed)

    def _show_agreed(self, line: AgendaLine, page: AgendaPage) -> None:
        self._let_go()
        state = state_of(page.meeting)
        writes = page.leads and not line.is_out and state in {MeetingState.OPEN, MeetingState.CLOSED}
        is_read = not withheld(type(line.item), "next_step", line.kinds) or line.case is None
        if writes and is_read:
            self._ask_for_agreed(line)
        elif self._told(line):
            card = Card(tr("Överenskommet"))
            card.add(facts(self._told(line)))
            self._agreed.addWidget(card)
        due = owed(line.item, page.meeting)
        if due is not None:
            self._agreed.addSpacing(GAP)
            self._agreed.addWidget(self._feedback(line, page))

    def _told(self, line: AgendaLine) -> list[tuple[str, str]]:
        desk, item = self._work.desk, line.item
        step = said(item, "next_step", item.next_step, kinds=line.kinds) if item.next_step else ""
        known = [
            (tr("Nästa steg"), step),
            (tr("Ansvarig"), desk.unit(item.responsible_id)),
            (tr("Återkopplar"), desk.contact(item.feedback_by) if line.case is not None else ""),
        ]
        return [(name, words) for name, words in known if words]

    def _ask_for_agreed(self, line: AgendaLine) -> None:
        item, desk = line.item, self._work.desk
        fields = [
            Field(name="next_step", label=tr("Nästa steg"), kind=lambda: LongText(2)),
            Field(
                name="responsible_id",
                label=tr("Ansvarig enhet"),
                kind=lambda: OneOf(choices.of_units(desk), empty=tr("Ingen vald")),
                half=True,
            ),
        ]
        if line.case is not None:
            fields.append(
                Field(
                    name="feedback_by",
                    label=tr("Återkopplar till personen"),
                    kind=lambda: OneOf(choices.of_contacts(desk), empty=tr("Ingen vald")),
                    half=True,
                )
            )
        values = {one.name: getattr(item, one.name) for one in fields}
        self.form = Form(fields, values)
        self.keeper = DraftKeeper(self._work.session, self.form, name=DRAFT, subject_id=item.id)
        keys = shortcut_text("Ctrl+Return")
        self.save_agreed = button(tr("Spara"), self.save)
        self.go_on = button(f"{tr('Spara och ta nästa')}  {keys}", self.save_and_go_on, "primary")
        card = Card(tr("Överenskommet"))
        card.add(self.form, row(self.save_agreed, self.go_on, None))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            wanted = QShortcut(QKeySequence(keys), card, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            wanted.activated.connect(self.save_and_go_on)
        self._agreed.addWidget(card)

    def save(self) -> None:
        """Save what the meeting agrees on the item, and stay: the projector shows it."""
        self._save(to_next=False)

    def save_and_go_on(self) -> None:
        """Save it, and take up the next item."""
        self._save(to_next=True)

    def _save(self, *, to_next: bool) -> None:
        if self.form is None or self._line is None or not self.save_agreed.isEnabled():
            return
        values: dict[str, Any] | None = self.form.read()
        if values is None:
            return
        self.save_agreed.setEnabled(False)
        item = self._line.item
        request = record_agreed(
            item.id,
            next_step=values["next_step"],
            responsible_id=values["responsible_id"],
            feedback_by=values.get("feedback_by"),
            seen=item.version,
        )
        self._work.session.do(request, owner=self, then=partial(self._saved, to_next), failed=self._refused)

    def _saved(self, to_next: bool, _item: AgendaItem) -> None:  # noqa: FBT001 – bound beforehand
        if self.keeper is not None:
            self.keeper.drop()
        self._was = ()
        self._work.tell(tr("Det som mötet kom överens om är sparat."))
        self.saved.emit(to_next)

    def _refused(self, error: MisamError) -> None:
        self.save_agreed.setEnabled(True)
        if self.form is not None:
            self.form.show_error(error)

    def _feedback(self, line: AgendaLine, page: AgendaPage) -> QWidget:
        due = owed(line.item, page.meeting)
        assert due is not None
        words, tone = feedback_words(due, today=self._work.session.clock.today())
        parts: list[QWidget] = [chip(words, tone)]
        if page.leads or line.item.feedback_by == self._work.desk.me.contact_id:
            give = partial(open_feedback, self._work, line.item.id, name=self._title(line), due_on=due)
            parts.append(button(tr("Återkoppling given …"), give))
        card = Card()
        card.add(holding(Flow(*parts)))
        return card
