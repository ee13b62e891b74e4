"""Loggkontroll: what there is to look at in a month, why, and what was found."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from misam_desktop.commands.log_review import review_entry
from misam_desktop.domain.codes import ReviewGround, ReviewVerdict
from misam_desktop.domain.review import SAMPLED, Review
from misam_desktop.gui.choices import of_codes
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Choice, LongText, Radios
from misam_desktop.gui.log_parts import words
from misam_desktop.gui.log_parts.entries import months_back
from misam_desktop.gui.log_parts.narrowing import Narrowing
from misam_desktop.gui.tables import Column, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Banner, Card, column, label, row
from misam_desktop.queries.log_review import ToReview, to_review
from misam_desktop.wording import day_short, how_many, local_time, local_time_short, short
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_MONTHS = 13
_IN_ORDER = (
    ReviewGround.MANY, ReviewGround.SURNAME, ReviewGround.REFUSED, ReviewGround.ODD_HOUR, ReviewGround.NO_REASON,
    ReviewGround.SAMPLE,
)  # fmt: skip
"""What is worth a look first stands first; the sample comes last."""


class ReviewPart(QWidget):
    """The entries of one month to look at. ``told`` is what stands beside the page's heading."""

    told = Signal(str)
    loaded = Signal()

    def __init__(self, work: Workspace) -> None:
        super().__init__()
        self.work = work
        months = months_back(work.session.clock.today(), count=_MONTHS)
        self.month = Narrowing(tr("Månad"), [Choice(f"{first:%Y-%m}", name) for (first, _), name in months])
        self.month.set_value(f"{months[1][0][0]:%Y-%m}")
        self.month.changed.connect(self.reload)
        self.why = Narrowing(tr("Varför"), of_codes(ReviewGround), empty=tr("Alla skäl"), wide=240)
        self.why.changed.connect(self._narrow)
        self._found: list[ToReview] = []
        self._this_month = f"{months[0][0][0]:%Y-%m}"
        self.about = label("", "muted", wrap=True)
        self.banner = Banner()
        self.table = self._table()
        self.nothing = label("", "muted", wrap=True)
        self.nothing.hide()
        card = Card()
        card.add(row(self.month, self.why, None), self.about, self.nothing)
        card.add(self.table, stretch=1)
        card.body.addStretch()
        self.setLayout(column(self.banner, card, gap=8))
        self.setFocusProxy(self.table)

    def reload(self) -> None:
        """Ask for what there is in the chosen month."""
        self.banner.clear()
        question = to_review(month=self.month.value())
        self.work.session.ask(question, owner=self, then=self._show, instead_of="review")

    def _show(self, found: list[ToReview]) -> None:
        self._found = sorted(found, key=lambda one: (_IN_ORDER.index(one.ground), one.line.seq))
        self._narrow()
        self.about.setText(self._what_it_is())
        left = sum(one.review is None for one in found)
        total = how_many(len(found), tr("händelse"), tr("händelser"))
        self.told.emit(tr("{left} kvar av {total}").format(left=left, total=total) if found else "")
        self.loaded.emit()

    def _narrow(self) -> None:
        """Show what the chosen reason points at, or all."""
        why = self.why.value()
        rows = [one for one in self._found if why in (None, one.ground)]
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self.nothing.setText(
            tr("Inget av det slaget den månaden.") if self._found else tr("Inget att granska den månaden.")
        )
        self.nothing.setVisible(not rows)

    def _what_it_is(self) -> str:
        if self.month.value() == self._this_month:
            return tr("Det som en regel pekar ut visas genast. Stickprovet dras när månaden är slut.")
        return tr("Det som en regel pekar ut, och ett stickprov på högst {count} läsningar per myndighet.").format(
            count=SAMPLED
        )

    def _table(self) -> Table[ToReview]:
        today = self.work.session.clock.today()
        table = Table[ToReview](
            "log-review",
            (
                Column(
                    title=tr("När"),
                    words=lambda one: local_time_short(one.line.at, today=today),
                    sort=lambda one: one.line.seq,
                    width=104,
                    folds=1,
                ),
                Column(title=tr("Vem"), words=lambda one: one.line.user, width=124, most=180, main=True),
                Column(title=tr("Enhet"), words=lambda one: one.line.unit, width=76, folds=4),
                Column(title=tr("Ärende"), words=lambda one: one.line.case, width=150, most=200, folds=2),
                Column(title=tr("Vad"), words=lambda one: words.what(one.line), width=136, most=170, folds=3),
                Column(title=tr("Varför"), words=lambda one: short(one.ground), tone=_tone, width=156),
                Column(title=tr("Granskning"), words=self._finding, action=self.open, tip=self._told, width=160),
            ),
            key=lambda one: f"{one.line.seq}-{one.ground}",
        )
        table.setAccessibleName(tr("Händelser att granska"))
        table.opened.connect(self.open)
        table.remember_in(self.work.settings)
        return table

    def _finding(self, one: ToReview) -> str:
        if one.review is not None:
            return f"{word_for(one.review.verdict)}, {self._when(one.review)}"
        return tr("Din egen") if one.is_own else tr("Granska …")

    def _told(self, one: ToReview) -> str:
        """What was found, by whom and when."""
        if one.review is None:
            return self._finding(one)
        found = f"{word_for(one.review.verdict)} · {one.reviewed_by}, {self._when(one.review)}"
        return ". ".join(filter(None, [found, one.review.note]))

    def _when(self, review: Review) -> str:
        return day_short(review.at.astimezone().date(), today=self.work.session.clock.today())

    def open(self, one: ToReview) -> None:
        """Write down what was found; or say what somebody else has, and why one does not oneself."""
        if one.review is not None and one.review.by != self.work.session.actor.user_id:
            self.banner.tell(self._told(one), Tone.PLAIN)
        elif one.is_own:
            self.banner.tell(tr("Det här har du gjort själv. Någon annan behöver granska det."), Tone.AMBER)
        else:
            self.banner.clear()
            self._dialog(one).open()

    def _dialog(self, one: ToReview) -> FormDialog:
        line = one.line
        facts = [f"{line.user}, {line.unit}", local_time(line.at), words.what(line), line.case]
        verdicts = partial(Radios, of_codes(ReviewVerdict), columns=3)
        return FormDialog(
            self.work,
            title=tr("Granska: {why}").format(why=word_for(one.ground).lower()),
            intro=" · ".join(filter(None, facts)),
            content=[
                Field(name="verdict", label=tr("Bedömning"), kind=verdicts, required=True),
                Field(name="note", label=tr("Anteckning"), kind=lambda: LongText(2)),
            ],
            values={"verdict": one.review.verdict, "note": one.review.note} if one.review else {},
            save=lambda values: review_entry(line.seq, one.ground, values["verdict"], note=values["note"] or ""),
            then=lambda _done: self.work.tell(tr("Granskningen är sparad.")),
            wide=520,
        )


def _tone(one: ToReview) -> Tone:
    return Tone.PLAIN if one.ground is ReviewGround.SAMPLE else Tone.AMBER
