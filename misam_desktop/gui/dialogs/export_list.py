"""A list of cases or referrals as a file: its columns, and what of each kind goes along, before anything leaves.

What would leave is asked for in parts, each at its own time: a consent that is taken back while it goes on counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QProgressBar, QWidget

from misam_desktop.commands.lists import ExportedList, export_list
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import ExportPurpose, InfoKind, ListColumn, Purpose
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.gate import To
from misam_desktop.domain.listed import kinds_in
from misam_desktop.gui.dialogs.export import Export, ExportDialog, outside_words, protected_words, saved_words
from misam_desktop.gui.dialogs.leaving import DECIDES
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Checks, Choice
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import chip, clear, holding, label
from misam_desktop.queries.lists import NOTHING, ListPreview, list_preview
from misam_desktop.transfer.sheets import list_file
from misam_desktop.vault import Request, Topic
from misam_desktop.wording import how_many, label_in
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

PART = 25
"""How many cases are asked for at a time."""
_CASES = (
    ListColumn.COMMISSIONER, ListColumn.CASE_WORKER, ListColumn.CASE_LEAD, ListColumn.ENROLLED_ON,
    ListColumn.NEXT_DUE_ON, ListColumn.DISCHARGED_ON,
)  # fmt: skip
_REFERRALS = (ListColumn.REFERRED_BY, ListColumn.REFERRED_ON, ListColumn.STATE, ListColumn.QUESTION)
_BOTH = (ListColumn.NUMBER, ListColumn.ACTIVITY, *_REFERRALS)


def export_cases(work: Workspace, ids: Sequence[str]) -> None:
    """Export the cases of a list, by the ids of their episodes."""
    export = ListExport(
        work, ids, title=tr("Exportera ärendelistan"), file_name="arendelista.xlsx", offered=_BOTH + _CASES
    )
    export.tick(_CASES)
    export.open()


def export_referrals(work: Workspace, ids: Sequence[str]) -> None:
    """Export the referrals of a list."""
    export = ListExport(work, ids, title=tr("Exportera remisslistan"), file_name="remisslista.xlsx", offered=_BOTH)
    export.tick(_REFERRALS)
    export.open()


def export_nafs(work: Workspace, ids: Sequence[str]) -> None:
    """Export the NAFS cases of a list."""
    offered = (*_BOTH, ListColumn.CASE_WORKER)
    export = ListExport(
        work, ids, title=tr("Exportera NAFS-ärenden"), file_name="nafslista.xlsx", offered=offered, of=Purpose.NAFS
    )
    export.tick((ListColumn.ACTIVITY, *_REFERRALS))
    export.open()


def export_sips(work: Workspace, ids: Sequence[str]) -> None:
    """Export the SIPs of a list."""
    said = (
        *_REFERRALS, ListColumn.COMMISSIONER, ListColumn.CASE_WORKER, ListColumn.NEXT_DUE_ON, ListColumn.DISCHARGED_ON
    )  # fmt: skip
    offered = (ListColumn.NUMBER, ListColumn.ACTIVITY, *said)
    export = ListExport(
        work, ids, title=tr("Exportera SIP"), file_name="siplista.xlsx", offered=offered, of=Purpose.SIP
    )
    export.tick(said)
    export.open()


class ListExport(ExportDialog[ExportedList]):
    """One list, as it stands on the screen."""

    def __init__(
        self,
        work: Workspace,
        ids: Sequence[str],
        *,
        title: str,
        file_name: str,
        offered: Sequence[ListColumn],
        of: Purpose = Purpose.SAMVERKAN,
    ) -> None:
        self._ids, self._found, self._run = tuple(ids), NOTHING, 0
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Går igenom listan"))
        self.grid = QGridLayout()
        self.beside = label("", "muted", wrap=True)
        self.grid.setContentsMargins(0, 0, 0, 0)
        columns = Field(
            name="columns",
            label=tr("Kolumner vid sidan av namnet"),
            kind=lambda: Checks([Choice(one, label_in(one, of)) for one in ListColumn if one in offered], columns=3),
        )
        super().__init__(
            work,
            Export(file_name=file_name, request=self._request, content=partial(_content, of), told=_told),
            title=title,
            intro=tr("Raderna som listan visar nu. Till en annan enhet går bara det som personens samtycke omfattar."),
            fields=[columns],
            below=[label(tr("Vad som lämnas"), "strong"), self.bar, holding(self.grid), self.beside],
        )
        self.form["columns"].changed.connect(self.look)
        self.form["to"].changed.connect(self.look)
        work.session.touched.connect(self._touched)

    def tick(self, columns: Sequence[ListColumn]) -> None:
        """Choose the columns."""
        self.form["columns"].set_value(tuple(columns))

    @property
    def columns(self) -> tuple[ListColumn, ...]:
        """Those that are ticked."""
        return tuple(self.form["columns"].value())

    def _touched(self, topics: frozenset[Topic]) -> None:
        if topics & DECIDES:
            self.look()

    def look(self) -> None:
        """Go through the list from its beginning."""
        self._run, self._found = self._run + 1, NOTHING
        self.form.clear_errors()
        self.primary.setEnabled(False)
        self.bar.setRange(0, len(self._ids))
        self.bar.setVisible(len(self._ids) > PART)
        self._ask(self._run, 0)

    def _ask(self, run: int, at: int) -> None:
        self.bar.setValue(at)
        question = list_preview(self._ids[at : at + PART], self.to, self.columns)
        self.work.session.ask(question, owner=self, then=partial(self._add, run, at + PART), failed=self.stopped)

    def _add(self, run: int, at: int, part: ListPreview) -> None:
        if run != self._run:
            return
        self._found += part
        if at < len(self._ids):
            self._ask(run, at)
        else:
            self._show()

    def stopped(self, error: MisamError) -> None:
        """The list may no longer be read here."""
        clear(self.grid)
        self.beside.clear()
        self.primary.setEnabled(False)
        self.form.show_error(error)

    def _show(self) -> None:
        self.bar.hide()
        clear(self.grid)
        rows, counted = len(self._found.kinds), self._found.of_kind()
        for at, kind in enumerate(one for one in InfoKind if one in kinds_in(self.columns)):
            self.grid.addWidget(label(word_for(kind)), at, 0)
            self.grid.addWidget(_square(kind, counted[kind], rows), at, 1)
        self.grid.setColumnStretch(2, 1)
        words = [protected_words(len(self._found.protected))] if self._found.protected else []
        all_may_go = self.work.desk.may(May.RUN_FORUM)
        words += [outside_words(self._found.outside, all_may_go=all_may_go)] if self._found.outside else []
        self.beside.setText(" ".join(words))
        self.beside.setVisible(bool(words))
        self.primary.setEnabled(rows > 0)
        saves = tr("Spara {rows} …").format(rows=how_many(rows, tr("rad"), tr("rader")))
        self.primary.setText(saves if rows else tr("Inget kan lämnas"))

    def _request(self, to: To, purpose: ExportPurpose) -> Request[ExportedList]:
        return export_list(self._found.kinds, to=to, purpose=purpose, columns=self.columns)

    def refused(self, error: MisamError) -> None:
        """Look again: what has changed is seen."""
        self.look()
        self.form.show_error(error)


def _content(of: Purpose, out: ExportedList, suffix: str) -> bytes:
    return list_file([label_in(one, of) for one in out.columns], out.rows, suffix=suffix, title="Lista")


def _told(out: ExportedList) -> str:
    words = saved_words(len(out.rows))
    if not out.changed:
        return words
    gone = tr("{cases} togs bort: samtycket ändrades medan listan gjordes.")
    return f"{words} {gone.format(cases=how_many(out.changed, tr('ärende'), tr('ärenden')))}"


def _square(kind: InfoKind, count: int, rows: int) -> QWidget:
    """✓ for all, ~ for some, ✕ for none, each with words."""
    some = tr("I {count} av {rows}").format(count=count, rows=how_many(rows, tr("rad"), tr("rader")))
    sign, words, tone = "~", some, Tone.AMBER
    if not count:
        sign, words, tone = "✕", tr("Ingår inte"), Tone.RED
    elif count == rows:
        sign, words, tone = "✓", tr("I alla rader"), Tone.GREEN
    made = chip(f"{sign} {words}", tone)
    made.setAccessibleName(f"{word_for(kind)}: {words}")
    return made
