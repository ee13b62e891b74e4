"""Exportera: to whom, what for, and a file that is written last, whole, and only once it has been logged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtWidgets import QFileDialog, QWidget

from misam_desktop.commands.register import Exported, export_register
from misam_desktop.domain.codes import ExportPurpose, Recipient
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.gate import OWN_FILES, To
from misam_desktop.gui.choices import of_codes, of_units
from misam_desktop.gui.dialog import GrowingDialog
from misam_desktop.gui.forms import Field, Form
from misam_desktop.gui.inputs import Choice, OneOf
from misam_desktop.gui.password import do_proven
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button, column, holding, row
from misam_desktop.transfer.files import write_file
from misam_desktop.transfer.registers import register_file
from misam_desktop.vault import Request
from misam_desktop.wording import how_many

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

T = TypeVar("T")
_KINDS = {"xlsx": "Excel (*.xlsx)", "csv": "CSV (*.csv)"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Export(Generic[T]):
    """What is exported: the command that lets it out, the file it becomes by its ending, and what is said then.

    ``kinds`` are the files that it can become, by their endings, with what a chooser says of them; the first is usual.
    """

    file_name: str
    request: Callable[[To, ExportPurpose], Request[T]]
    content: Callable[[T, str], bytes]
    told: Callable[[T], str]
    kinds: Mapping[str, str] = field(default_factory=lambda: _KINDS)


class ExportDialog(GrowingDialog, Generic[T]):
    """Asks to whom and what for; ``ways`` stand to the left of the buttons."""

    def __init__(
        self,
        work: Workspace,
        export: Export[T],
        *,
        title: str,
        intro: str,
        fields: Sequence[Field] = (),
        below: Sequence[QWidget] = (),
        ways: Sequence[QWidget] = (),
    ) -> None:
        self._export = export
        units = [
            Choice(To(recipient=Recipient.ENHET, unit_id=one.value), one.words)
            for one in of_units(work.desk, without=[work.desk.me.unit_id])
        ]
        own = Choice(OWN_FILES, tr("Den egna enheten"))
        self.form = Form(
            [
                Field(name="to", label=tr("Till vem"), kind=lambda: OneOf([own, *units]), required=True),
                Field(
                    name="purpose",
                    label=tr("Varför"),
                    kind=lambda: OneOf(of_codes(ExportPurpose), empty=tr("Välj …")),
                    required=True,
                ),
                *fields,
            ]
        )
        super().__init__(work, holding(column(self.form, *below)), title=title)
        self.primary = button(tr("Spara …"), self.choose_place, "primary")
        self.by_keys(self.primary)
        self.lay_out(intro=intro, buttons=row(*ways, None, button(tr("Avbryt"), self.reject), self.primary), wide=640)

    @property
    def to(self) -> To:
        """Whom it is for."""
        return self.form["to"].value() or OWN_FILES

    def choose_place(self) -> None:
        """Ask where the file is saved; nothing has left before that."""
        if self.form.read() is None:
            return
        dialog = QFileDialog(self, tr("Spara (filen är inte krypterad)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        kinds = self._export.kinds
        dialog.setNameFilters(list(kinds.values()))
        dialog.setDefaultSuffix(next(iter(kinds)))
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix(next(kind for kind, words in kinds.items() if words == chosen))
        )
        dialog.selectFile(self._export.file_name)
        dialog.fileSelected.connect(lambda chosen: self.save_to(Path(chosen)))
        dialog.open()

    def save_to(self, path: Path) -> None:
        """Let it out, which may ask for the password, and then write it."""
        values = self.form.read()
        if values is None:
            return
        self.primary.setEnabled(False)
        request = self._export.request(self.to, values["purpose"])
        do_proven(self.work, request, owner=self, then=partial(self._write, path), failed=self.refused)

    def _write(self, path: Path, value: T) -> None:
        def write() -> None:
            write_file(path, self._export.content(value, path.suffix), replace=True)

        self.work.session.beside(write, owner=self, then=lambda _done: self._saved(value), failed=self.refused)

    def _saved(self, value: T) -> None:
        self.accept()
        self.work.tell(self._export.told(value))

    def refused(self, error: MisamError) -> None:
        """Say why nothing was saved."""
        self.primary.setEnabled(True)
        self.form.show_error(error)


def open_register_export(work: Workspace) -> None:
    """Take out the whole register, as the list that can be taken in again."""
    export = Export(
        file_name="register.xlsx",
        request=lambda to, purpose: export_register(to=to, purpose=purpose),
        content=lambda out, suffix: register_file(out.rows, out.kinds, suffix=suffix),
        told=_told,
    )
    ExportDialog(
        work,
        export,
        title=tr("Ta ut registret"),
        intro=tr(
            "En rad per deltagande, i samma form som listan ni tar in. Till den egna enheten följer allt med, till en "
            "annan bara det som varje persons samtycke omfattar. Personer med skyddade uppgifter är inte med."
        ),
    ).open()


def _told(out: Exported) -> str:
    words = [saved_words(len(out.rows))]
    words += [protected_words(out.protected)] if out.protected else []
    words += [outside_words(out.outside)] if out.outside else []
    return " ".join(words)


def saved_words(count: int) -> str:
    """«124 rader är sparade. …»"""
    rows = how_many(count, tr("rad är sparad"), tr("rader är sparade"))
    return tr("{rows}. Filen är inte krypterad.").format(rows=rows)


def protected_words(count: int) -> str:
    """«2 personer med skyddade uppgifter är inte med.»"""
    persons = how_many(count, tr("person"), tr("personer"))
    return tr("{persons} med skyddade uppgifter är inte med.").format(persons=persons)


def outside_words(count: int, *, all_may_go: bool = True) -> str:
    """«3 ärenden är inte med: …»; unless ``all_may_go``, because others' cases are theirs to hand on, too."""
    cases = how_many(count, tr("ärende"), tr("ärenden"))
    if all_may_go:
        return tr("{cases} är inte med: samtycket omfattar inte mottagaren.").format(cases=cases)
    words = tr("{cases} är inte med: samtycket omfattar inte mottagaren, eller ärendet hör till en annan enhet.")
    return words.format(cases=cases)
