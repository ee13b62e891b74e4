"""Every paper of a NAFS meeting that has not left, as mail drafts in one folder, each with a password of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from misam_desktop.commands.nafs_papers import Given
from misam_desktop.domain.codes import Act
from misam_desktop.domain.errors import MisamError
from misam_desktop.gui.case_parts.sheet import Lines
from misam_desktop.gui.dialog import GrowingDialog
from misam_desktop.gui.dialogs.meeting_paper import Wanted
from misam_desktop.gui.dialogs.sending import drafted
from misam_desktop.gui.password import do_proven
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Banner, button, column, holding, label, row
from misam_desktop.keys.passwords import new_paper_password
from misam_desktop.transfer.files import must_be_free, write_file
from misam_desktop.wording import label as word_for
from misam_desktop.wording import sentence

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One draft that is to be made: of which paper, and the neutral name of its file."""

    wanted: Wanted
    file: str
    words: str


class AllDrafts(GrowingDialog):
    """Says what is made and to whom, asks where, and at the end tells each password once."""

    def __init__(self, work: Workspace, wanted: Iterable[Wanted], *, day: str) -> None:
        self.drafts = [_draft(work, one, day=day) for one in wanted]
        self._made: list[tuple[str, str]] = []
        self.told = Banner()
        inside = column(*(label(one.words, wrap=True) for one in self.drafts), self.told, None)
        super().__init__(work, holding(inside), title=tr("Mejlutkast till alla"))
        self.primary = button(tr("Välj mapp …"), self._choose, "primary")
        self.by_keys(self.primary)
        self.lay_out(
            intro=tr(
                "Varje papper blir ett eget mejlutkast med en krypterad PDF och ett eget lösenord. En frågeställning "
                "kan peka ut någon även utan namn: läs papperen innan du lämnar ut dem."
            ),
            buttons=row(None, button(tr("Avbryt"), self.reject), self.primary),
            wide=600,
        )

    def _choose(self) -> None:
        dialog = QFileDialog(self, tr("Mapp för mejlutkasten"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self.save_in(Path(chosen)))
        dialog.open()

    def save_in(self, folder: Path) -> None:
        """Make them one after the other; nothing is given out while a file is in the way."""
        self.primary.setEnabled(False)
        self.told.clear()

        def look() -> None:
            for one in self.drafts:
                must_be_free(folder / one.file)

        go_on = partial(self._make, folder, self.drafts)
        self.work.session.beside(look, owner=self, then=lambda _none: go_on(), failed=self._stopped)

    def _make(self, folder: Path, left: Sequence[Draft]) -> None:
        if not left:
            self._done()
            return
        (one, *rest), password = left, new_paper_password()

        def write(given: Given) -> None:
            write_file(folder / one.file, drafted(given, password))

        def written() -> None:
            self._made.append((one.words, password))
            self._make(folder, rest)

        def handed(given: Given) -> None:
            work = partial(write, given)
            self.work.session.beside(work, owner=self, then=lambda _none: written(), failed=self._stopped)

        request = one.wanted.give(Act.MEJLUTKAST)
        do_proven(self.work, request, owner=self, then=handed, failed=self._stopped)

    def _stopped(self, error: MisamError) -> None:
        """Say why; the passwords of those that are made already are told all the same."""
        if self._made:
            self._done()
            self.work.session.told.emit(error)
            return
        self.primary.setEnabled(True)
        self.told.tell(sentence(error))

    def _done(self) -> None:
        self.accept()
        tell_passwords(self.work, self._made)


def tell_passwords(work: Workspace, made: Sequence[tuple[str, str]]) -> None:
    """Show the password of each paper, which is kept nowhere."""
    lines = [(words, label(password, "strong", selectable=True)) for words, password in made]
    inside = Lines(lines, headings=[tr("Papper"), tr("Lösenord")], stretch=0, least=200, from_top=True)
    dialog = GrowingDialog(work, inside, title=tr("Papperens lösenord"))
    done = button(tr("Klart"), dialog.accept, "primary")
    intro = tr(
        "Mejlutkasten är sparade. Öppna dem i ditt mejlprogram. Lösenorden visas bara nu: ge vart och ett till "
        "mottagaren på annat sätt än i mejlet, till exempel per telefon."
    )
    dialog.lay_out(intro=intro, buttons=row(None, done), wide=640)
    dialog.open()


def _draft(work: Workspace, wanted: Wanted, *, day: str) -> Draft:
    unit, kind = work.desk.unit(wanted.paper.unit_id), word_for(wanted.paper.kind)
    words = tr("{paper} till {units}").format(paper=kind, units=unit or ", ".join(map(work.desk.unit, wanted.units())))
    return Draft(wanted=wanted, file=f"{day}-{wanted.file(unit, 'eml')}", words=words)
