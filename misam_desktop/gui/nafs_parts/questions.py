"""The questions of a case with their answers; an answer is written where it stands, and kept at every pause."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from misam_desktop.commands.nafs_cases import answer_question, drop_question, take_back_answer
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.gate import withheld
from misam_desktop.domain.ids import QuestionId
from misam_desktop.domain.nafs import Question
from misam_desktop.gui.dialogs.nafs_case import open_reword
from misam_desktop.gui.drafts import DraftKeeper
from misam_desktop.gui.forms import Field, Form
from misam_desktop.gui.inputs import LongText
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.text import breakable, tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import button, chip, column, holding, label, row, shortcut_text
from misam_desktop.gui.withheld import said
from misam_desktop.wording import day_short

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

DRAFT = "nafs_answer"
"""What a half-written answer is kept as; its subject is the question."""


class QuestionRows(QWidget):
    """One row a question. A row that says the same after another reading stays, with what is being typed in it."""

    def __init__(self, work: Workspace) -> None:
        super().__init__()
        self._work = work
        self.rows: dict[QuestionId, QuestionRow] = {}
        self._place = column(gap=12)
        self.setLayout(self._place)
        self.nothing = label(tr("Inga frågor är ställda än."), "muted")
        self._place.addWidget(self.nothing)

    def show_questions(
        self,
        questions: Sequence[Question],
        *,
        answers: Collection[QuestionId],
        kinds: frozenset[InfoKind],
        changes: bool,
    ) -> None:
        """Show these; ``answers`` can be answered here, and ``changes`` is whether they can be put in other words.

        What may not be read is neither answered nor changed.
        """
        before, is_read = self.rows, not withheld(Question, "text", kinds)
        self.rows = {}
        for one in questions:
            state = _State(
                question=one, answers=is_read and one.id in answers, changes=is_read and changes, kinds=kinds
            )
            kept = before.get(one.id)
            if kept is None or kept.state != state:
                kept = QuestionRow(self._work, state)
                kept.saved = partial(self._go_on, one.id)
            self.rows[one.id] = kept
        for question_id, old in before.items():
            if self.rows.get(question_id) is not old:
                self._place.removeWidget(old)
                old.let_go()
        for at, one_row in enumerate(self.rows.values()):
            self._place.insertWidget(at, one_row)
        self.nothing.setVisible(not questions)

    def _go_on(self, question_id: QuestionId) -> None:
        """An answer is saved: to the next field that waits for one."""
        ids = list(self.rows)
        at = ids.index(question_id) if question_id in ids else -1
        later = [self.rows[one] for one in (*ids[at + 1 :], *ids[: max(at, 0)])]
        following = next((one for one in later if one.form is not None), None)
        if following is not None and following.form is not None:
            following.form["answer"].setFocus()


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What a row depends on."""

    question: Question
    answers: bool
    changes: bool
    kinds: frozenset[InfoKind]


class QuestionRow(QFrame):
    """One question: whom it goes to, what is asked, and its answer or the field for it."""

    def __init__(self, work: Workspace, state: _State) -> None:
        super().__init__()
        self._work, self.state = work, state
        self.form: Form | None = None
        self.keeper: DraftKeeper | None = None
        self.saved: Callable[[], object] = tuple
        inner = QVBoxLayout(self)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        inner.addLayout(self._head())
        question = state.question
        text = said(question, "text", question.text, kinds=state.kinds)
        inner.addWidget(label(breakable(text), wrap=True, selectable=True))
        if question.answered_on is not None:
            self._show_answer(inner)
        elif state.answers:
            self._ask_for_answer(inner)
        else:
            inner.addWidget(label(tr("Inte besvarad än."), "muted"))

    def _head(self) -> Flow:
        question = self.state.question
        unit = self._work.desk.unit(question.unit_id)
        parts: list[QWidget] = [label(tr("Till {unit}").format(unit=unit), "strong")]
        if question.answered_on is not None:
            day = day_short(question.answered_on, today=self._work.desk.today)
            parts.append(chip(tr("✓ Besvarad {day}").format(day=day), Tone.GREEN))
        elif self.state.changes:
            parts += [
                button(tr("Ändra …"), partial(open_reword, self._work, question), "link"),
                button(tr("Ta bort"), self._drop, "link"),
            ]
            for one in parts[1:]:
                one.setAccessibleName(tr("{what} frågan till {unit}").format(what=_words(one), unit=unit))
        return Flow(*parts)

    def _show_answer(self, inner: QVBoxLayout) -> None:
        question = self.state.question
        words = said(question, "answer", question.answer, kinds=self.state.kinds)
        answer = label(breakable(words), wrap=True, selectable=True)
        box = QFrame()
        box.setProperty("role", "answer")
        within = column(answer)
        within.setContentsMargins(12, 4, 0, 4)
        box.setLayout(within)
        inner.addWidget(box)
        if self.state.answers and not withheld(type(question), "answer", self.state.kinds):
            inner.addLayout(row(button(tr("Ta tillbaka svaret"), self._take_back, "link"), None))

    def _ask_for_answer(self, inner: QVBoxLayout) -> None:
        unit = self._work.desk.unit(self.state.question.unit_id)
        field = Field(
            name="answer",
            label=tr("Svar från {unit}").format(unit=unit),
            kind=lambda: LongText(2),
            required=True,
        )
        self.form = Form([field])
        self.keeper = DraftKeeper(self._work.session, self.form, name=DRAFT, subject_id=self.state.question.id)
        self.save = button(f"{tr('Spara svaret')}  {shortcut_text('Ctrl+Return')}", self._save)
        inner.addWidget(self.form)
        inner.addWidget(holding(row(self.save, None)))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            wanted = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            wanted.activated.connect(self._save)

    def let_go(self) -> None:
        """Go out of sight, with what is half-written kept."""
        if self.keeper is not None and self.keeper.has_unsaved:
            self.keeper.keep_now()
        self.hide()
        self.deleteLater()

    def _save(self) -> None:
        assert self.form is not None
        values = self.form.read()
        if values is None or not self.save.isEnabled():
            return
        self.save.setEnabled(False)
        question = self.state.question
        request = answer_question(question.id, values["answer"], seen=question.version)
        self._work.session.do(request, owner=self, then=self._is_saved, failed=self._refused)

    def _is_saved(self, _question: Question) -> None:
        if self.keeper is not None:
            self.keeper.drop()
        self._work.tell(tr("Svaret är sparat."), undo=self._take_back)
        self.saved()

    def _refused(self, error: MisamError) -> None:
        self.save.setEnabled(True)
        if self.form is not None:
            self.form.show_error(error)

    def _take_back(self) -> None:
        work = self._work
        work.session.do(take_back_answer(self.state.question.id), owner=work)

    def _drop(self) -> None:
        work = self._work
        work.session.do(drop_question(self.state.question.id), owner=work, then=lambda _none: _dropped(work))


def _dropped(work: Workspace) -> None:
    work.tell(tr("Frågan är borttagen."))


def _words(one: QWidget) -> str:
    return str(one.property("text")).rstrip(" …")
