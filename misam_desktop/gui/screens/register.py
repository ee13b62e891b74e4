"""Ta in lista: the team's Excel list, first as a plan row by row, then in one transaction."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QProgressBar, QSizePolicy, QWidget

from misam_desktop.commands.register import Imported, import_register
from misam_desktop.domain.access import May
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.register import LEFT_OUT, TAKEN, Planned, Verdict
from misam_desktop.gui.dialogs.export import open_register_export
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.saving import choose_where
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.tables import Column, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Card, button, chip, clear, holding, label, row
from misam_desktop.queries.register import ImportPlan, register_plan
from misam_desktop.transfer.files import write_file
from misam_desktop.transfer.registers import Register, read_register, to_mend
from misam_desktop.wording import how_many, sentence, short
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_TONES = {
    Verdict.NEW: Tone.GREEN,
    Verdict.KNOWN: Tone.MUTED,
    Verdict.CHANGES: Tone.PLAIN,
    Verdict.DOUBTFUL: Tone.AMBER,
    Verdict.WRONG: Tone.RED,
}


class RegisterScreen(Screen):
    """Choose a file, look at the plan, take it in."""

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.heading.setText(tr("Ta in lista"))
        self.setAcceptDrops(True)
        self.choose = button(tr("Välj fil …"), self._choose, "primary")
        if work.desk.may(May.EXPORT_REGISTER):
            self.buttons.addWidget(button(tr("Ta ut registret …"), partial(open_register_export, work)))
        self.buttons.addWidget(self.choose)
        self._file: Register | None = None
        self._plan: ImportPlan | None = None
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.hide()
        self.content.addWidget(self.progress)
        self._intro = self._make_intro()
        self._preview = self._make_preview()
        self.content.addWidget(self._intro, 0, Qt.AlignmentFlag.AlignTop)
        self.content.addWidget(self._preview, 1)
        self._preview.hide()

    def _make_intro(self) -> Card:
        card = Card(tr("Er lista från Excel"))
        for text in (
            tr("En rad per deltagande, med rubriker på första raden. Spara listan som XLSX eller CSV."),
            tr("Ni får se vad som händer med varje rad innan något sparas. Samma lista två gånger ändrar inget."),
            tr("De här kolumnerna måste finnas:"),
            "personnummer, kon, insats, remittent, remissdatum, samtycke_fran, samtycke_parter",
        ):
            card.add(label(text, wrap=True))
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return card

    def _make_preview(self) -> QWidget:
        card = Card(tr("Det här händer om ni tar in listan"))
        self._counts = Flow()
        self._beside = label("", "muted", wrap=True)
        self.table: Table[Planned] = Table("plan", _columns(), key=lambda one: str(one.at))
        self.good_rows = QCheckBox(tr("Ta in raderna som är rätt och lämna resten"))
        self.good_rows.toggled.connect(self._let)
        self.mend = button(tr("Spara raderna att rätta …"), self._choose_where_to_mend)
        self.take = button(tr("Ta in"), self._take_in, "primary")
        card.add(holding(self._counts), self._beside)
        card.add(self.table, stretch=1)
        card.add(holding(Flow(self.good_rows, holding(row(None, self.mend, self.take)), fill=True)))
        return card

    def reload(self) -> None:
        """Nothing to ask for before a file is chosen."""
        self.loaded.emit()

    def _choose(self) -> None:
        dialog = QFileDialog(self, tr("Välj lista"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Listor (*.xlsx *.csv)"), tr("Alla filer (*)")])
        dialog.fileSelected.connect(lambda chosen: self.look_at(Path(chosen)))
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file from the desktop may be dropped here."""
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The dropped file, as if it had been chosen."""
        self.look_at(Path(event.mimeData().urls()[0].toLocalFile()))

    def look_at(self, path: Path) -> None:
        """Read a file beside the store, then ask for its plan."""
        self.banner.clear()
        self._wait(True)
        today = self.work.desk.today

        def read() -> Register:
            return read_register(path, today=today)

        self.session.beside(read, owner=self, then=self._ask_plan, failed=self._refuse)

    def _ask_plan(self, register: Register) -> None:
        self._file = register
        self.session.ask(register_plan(register.reads), owner=self, then=self._show_plan, failed=self._refuse)

    def _wait(self, waiting: bool) -> None:  # noqa: FBT001 – one flag says it all
        self.progress.setVisible(waiting)
        self.choose.setEnabled(not waiting)
        self.take.setEnabled(not waiting)
        self.setCursor(Qt.CursorShape.BusyCursor if waiting else Qt.CursorShape.ArrowCursor)

    def _refuse(self, error: MisamError) -> None:
        self._wait(False)
        self.banner.tell(sentence(error))

    def _show_plan(self, plan: ImportPlan) -> None:
        self._wait(False)
        self._plan = plan
        self._intro.hide()
        self._preview.show()
        self.good_rows.setChecked(False)
        counts = Counter(one.verdict for one in plan.rows)
        clear(self._counts)
        for verdict in Verdict:
            if counts[verdict]:
                self._counts.addWidget(chip(_counted(counts[verdict], verdict), _TONES[verdict]))
        self._beside.setText("\n".join(self._remarks(plan)))
        self._beside.setVisible(bool(self._beside.text()))
        worst_first = sorted(plan.rows, key=lambda one: list(Verdict)[::-1].index(one.verdict))
        self.table.show_rows(worst_first)
        self._let()
        self.loaded.emit()

    def _remarks(self, plan: ImportPlan) -> list[str]:
        """What an import would add or assume beside the rows."""
        said: list[tuple[str, str]] = [
            (tr("Nya insatser, stängda för nya remisser: {names}."), ", ".join(plan.new_activities)),
            (tr("Nya kontaktpersoner utan konto: {names}."), "; ".join(plan.new_contacts)),
            (
                tr("Där listan bara nämner myndigheten: {names}."),
                ", ".join(f"{word_for(agency)} blir {unit}" for agency, unit in plan.units if short(agency) != unit),
            ),
            (tr("Kolumner som lämnas utanför: {names}."), ", ".join(self._file.left_out if self._file else ())),
        ]
        return [text.format(names=names) for text, names in said if names]

    def _let(self) -> None:
        """Offer to take in what can be: all of it, or the right rows on purpose."""
        rows = self._plan.rows if self._plan else ()
        taken = sum(one.verdict in TAKEN for one in rows)
        left_out = any(one.verdict in LEFT_OUT for one in rows)
        self.good_rows.setVisible(left_out)
        self.mend.setVisible(left_out)
        self.take.setText(tr("Ta in {rows}").format(rows=how_many(taken, tr("rad"), tr("rader"))))
        self.take.setEnabled(taken > 0 and (not left_out or self.good_rows.isChecked()))

    def _take_in(self) -> None:
        if self._file is None or self._plan is None:
            return
        self._wait(True)
        request = import_register(self._file.reads, good_rows=self.good_rows.isChecked(), seen=self._plan.rows)
        self.session.do(request, owner=self, then=self._taken_in, failed=self._refuse)

    def _taken_in(self, done: Imported) -> None:
        self._wait(False)
        said = ", ".join(_counted(done.verdicts[one], one) for one in Verdict if done.verdicts.get(one))
        show = (tr("Visa ärendena"), partial(self.work.go, "cases"))
        self.banner.tell(tr("Listan är inne: {said}.").format(said=said), Tone.GREEN, action=show)
        self._file, self._plan = None, None
        self._preview.hide()
        self._intro.show()

    def _choose_where_to_mend(self) -> None:
        title, kind = tr("Spara raderna att rätta (filen är inte krypterad)"), tr("Lista (*.csv)")
        choose_where(self, title=title, kind=kind, suffix="csv", then=self.save_to_mend)

    def save_to_mend(self, path: Path) -> None:
        """Save the rows that an import would leave out, with what is wrong in a column of its own."""
        if self._file is None or self._plan is None:
            return
        content = to_mend(self._file, self._plan.rows, sentence) or b""

        def save() -> None:
            write_file(path, content, replace=True)

        told = tr("Raderna är sparade. Filen är inte krypterad: ta bort den när listan är rättad.")
        self.session.beside(
            save, owner=self, then=lambda _none: self.banner.tell(told, Tone.AMBER), failed=self._refuse
        )


def _counted(count: int, verdict: Verdict) -> str:
    """«2 nya rader», «1 rad med fel»."""
    words = {
        Verdict.NEW: (tr("ny rad"), tr("nya rader")),
        Verdict.KNOWN: (tr("rad finns redan"), tr("rader finns redan")),
        Verdict.CHANGES: (tr("ändrad rad"), tr("ändrade rader")),
        Verdict.DOUBTFUL: (tr("tveksam rad"), tr("tveksamma rader")),
        Verdict.WRONG: (tr("rad med fel"), tr("rader med fel")),
    }
    return how_many(count, *words[verdict])


def _columns() -> tuple[Column[Planned], ...]:
    return (
        Column(title=tr("Rad"), words=lambda one: str(one.at), sort=lambda one: one.at, width=70),
        Column(
            title=tr("Utfall"),
            words=lambda one: one.verdict.value.capitalize(),
            tone=lambda one: _TONES[one.verdict],
            width=130,
            main=True,
        ),
        Column(
            title=tr("Varför"),
            words=lambda one: " ".join(sentence(remark) for remark in one.remarks),
            width=460,
            folds=1,
        ),
    )
