"""Logg: what has been done and read, for those who may see it; for a koordinator also what there is to look at."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QPushButton

from misam_desktop.commands.log_review import review_entry
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import ReviewGround, ReviewVerdict
from misam_desktop.gui.choices import of_codes
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import LongText, Radios
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.tables import Column, FilterField, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Card, button, label, row
from misam_desktop.queries.log import AT_MOST, LogRow, NamedRow, log_page
from misam_desktop.queries.log_review import ToReview, to_review
from misam_desktop.vault import Topic
from misam_desktop.wording import event_words, how_many, local_time
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_PERIODS = {"day": timedelta(0), "week": timedelta(days=6), "month": timedelta(days=30)}


class LogScreen(Screen):
    """One list of a period, or the entries of a month to look at; it is read anew when it is shown."""

    shows = frozenset({Topic.LOG})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.heading.setText(tr("Logg"))
        self.period = "day"
        hint = tr("Filtrera på namn, enhet eller händelse")
        self.filter = FilterField(hint, tr("Filtrera loggen"), leads_to=lambda: self.shown)
        self.filter.textChanged.connect(self._narrow)
        self.entries = self._entries()
        self.reviewed = self._to_review()
        self.nothing = label("", "muted", wrap=True)
        card = Card()
        card.add(row(self.filter, *self._toggles()))
        card.add(self.nothing)
        for table in (self.entries, self.reviewed):
            card.add(table, stretch=1)
        card.body.addStretch()
        self.content.addWidget(card, 1)
        self.setFocusProxy(self.filter)

    def _toggles(self) -> list[QPushButton]:
        words = {"day": tr("I dag"), "week": tr("7 dagar"), "month": tr("31 dagar")}
        if self.work.desk.may(May.REVIEW_LOG):
            words |= {"review": tr("Att granska"), "before": tr("Förra månaden")}
        group = QButtonGroup(self)
        made = []
        for name, shown in words.items():
            one = button(shown, partial(self.show_period, name), "step")
            one.setCheckable(True)
            one.setChecked(name == self.period)
            group.addButton(one)
            made.append(one)
        return made

    @property
    def shown(self) -> Table[NamedRow] | Table[ToReview]:
        """The list in sight."""
        return self.entries if self.period in _PERIODS else self.reviewed

    def _narrow(self, words: str) -> None:
        self.shown.narrow(words)

    def show_period(self, name: str) -> None:
        """Show another period, or what there is to look at."""
        self.period = name
        self.reload()

    def reload(self) -> None:
        """Ask for what is shown."""
        today = self.session.clock.today()
        if self.period in _PERIODS:
            question = log_page(first=today - _PERIODS[self.period], last=today)
            self.session.ask(question, owner=self, then=self._show, instead_of="log")
        else:
            self.session.ask(to_review(month=self._month(today)), owner=self, then=self._show_review, instead_of="log")

    def _month(self, today: date) -> str:
        before = today.replace(day=1) - timedelta(days=1)
        return f"{before if self.period == 'before' else today:%Y-%m}"

    def _show(self, found: list[NamedRow]) -> None:
        self.entries.show_rows(found)
        most = tr("de senaste {count}").format(count=AT_MOST) if len(found) == AT_MOST else ""
        self._tell(most or how_many(len(found), tr("händelse"), tr("händelser")), tr("Inget har hänt."))

    def _show_review(self, found: list[ToReview]) -> None:
        self.reviewed.show_rows(found)
        left = sum(one.review is None for one in found)
        words = tr("{left} kvar av {count}").format(left=left, count=len(found))
        self._tell(words, tr("Inget att granska den månaden."))

    def _tell(self, count: str, nothing: str) -> None:
        for table in (self.entries, self.reviewed):
            table.setVisible(table is self.shown and bool(table.rows))
        self.shown.narrow(self.filter.text())
        self.nothing.setText(nothing)
        self.nothing.setVisible(not self.shown.rows)
        self.beside_heading.setText(count)
        self.loaded.emit()

    def _entries(self) -> Table[NamedRow]:
        table = Table[NamedRow](
            "log",
            (
                Column(
                    title=tr("När"),
                    words=lambda one: local_time(one.row.at),
                    sort=lambda one: one.row.seq,
                    width=150,
                ),
                Column(title=tr("Vem"), words=lambda one: one.user, width=150, main=True),
                Column(title=tr("Enhet"), words=lambda one: one.unit, width=110, folds=2),
                Column(title=tr("Vad"), words=lambda one: event_words(one.row.action), width=230, most=360),
                Column(
                    title=tr("Utfall"),
                    words=lambda one: _outcome(one.row)[0],
                    tone=lambda one: _outcome(one.row)[1],
                    width=110,
                    folds=1,
                ),
                Column(
                    title=tr("Ärende"),
                    words=lambda one: tr("Öppna") if one.referral_id else "",
                    action=self._open,
                    width=90,
                    folds=3,
                ),
            ),
            key=lambda one: str(one.row.seq),
        )
        table.setAccessibleName(tr("Händelser i loggen"))
        table.opened.connect(self._open)
        table.remember_in(self.work.settings)
        return table

    def _open(self, one: NamedRow) -> None:
        """The case, if it may be read: the door decides."""
        if one.episode_id:
            self.work.open_case(one.episode_id)
        elif one.referral_id:
            self.work.open_referral(one.referral_id)

    def _to_review(self) -> Table[ToReview]:
        table = Table[ToReview](
            "log-review",
            (
                Column(
                    title=tr("När"),
                    words=lambda one: local_time(one.row.at),
                    sort=lambda one: one.row.seq,
                    width=150,
                ),
                Column(title=tr("Vem"), words=lambda one: one.user, width=150, main=True),
                Column(title=tr("Enhet"), words=lambda one: one.unit, width=100, folds=3),
                Column(title=tr("Vad"), words=lambda one: event_words(one.row.action), width=200, most=300, folds=2),
                Column(
                    title=tr("Varför"),
                    words=lambda one: word_for(one.ground),
                    tone=lambda one: Tone.MUTED if one.ground is ReviewGround.SAMPLE else Tone.AMBER,
                    width=190,
                ),
                Column(title=tr("Granskning"), words=_finding, action=self._review, width=180, most=260),
            ),
            key=lambda one: f"{one.row.seq}-{one.ground}",
        )
        table.setAccessibleName(tr("Händelser att granska"))
        table.opened.connect(self._review)
        return table

    def _review(self, one: ToReview) -> None:
        if one.is_own:
            self.banner.tell(tr("Det här har du gjort själv. Någon annan behöver granska det."), Tone.AMBER)
            return
        intro = tr("{who}, {unit}, {when}: {what}. {why}.").format(
            who=one.user,
            unit=one.unit,
            when=local_time(one.row.at),
            what=event_words(one.row.action),
            why=word_for(one.ground),
        )
        dialog = FormDialog(
            self.work,
            title=tr("Granska"),
            intro=intro,
            content=[
                Field(
                    name="verdict", label=tr("Bedömning"), kind=lambda: Radios(of_codes(ReviewVerdict)), required=True
                ),
                Field(name="note", label=tr("Anteckning"), kind=lambda: LongText(2)),
            ],
            values={"verdict": one.review.verdict, "note": one.review.note} if one.review else {},
            save=lambda values: review_entry(one.row.seq, one.ground, values["verdict"], note=values["note"]),
            then=lambda _done: self.work.tell(tr("Granskningen är sparad.")),
            wide=480,
        )
        dialog.open()


def _outcome(entry: LogRow) -> tuple[str, Tone]:
    return (tr("✓ Tillåtet"), Tone.GREEN) if entry.allowed else (tr("✕ Nekat"), Tone.RED)


def _finding(one: ToReview) -> str:
    if one.review is not None:
        return f"{word_for(one.review.verdict)} · {one.reviewed_by}"
    return tr("Någon annan granskar") if one.is_own else tr("Granska …")
