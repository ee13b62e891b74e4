"""Many papers at once, one after the other: mail drafts in a folder, or on a printer. It tells how far it has come.

Each is asked of the gate and written down by itself; what is made when something stops the rest is told all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QProgressBar

from misam_desktop.documents.drawing import to_pdf
from misam_desktop.domain.errors import MisamError
from misam_desktop.gui.case_parts.sheet import Lines
from misam_desktop.gui.dialog import GrowingDialog
from misam_desktop.gui.dialogs.sending import HasAddresses, drafted
from misam_desktop.gui.password import do_proven
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Banner, button, column, holding, label, row
from misam_desktop.keys.passwords import new_paper_password
from misam_desktop.transfer.files import must_be_free, write_file
from misam_desktop.vault import Request
from misam_desktop.wording import sentence

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from misam_desktop.gui.printing import Sheet
    from misam_desktop.gui.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One paper that is to leave: the command that lets it, what it is and to whom, and a neutral name for its file."""

    gives: Request[Any]
    words: str
    file: str


class OneByOne(GrowingDialog):
    """Says what leaves and to whom, and makes one after the other while the window goes on."""

    def __init__(self, work: Workspace, jobs: Iterable[Job], *, title: str, intro: str, word: str) -> None:
        self.jobs = list(jobs)
        self.made = 0
        self.told, self.bar = Banner(), QProgressBar()
        self.bar.setRange(0, len(self.jobs))
        self.bar.setAccessibleName(tr("Hur många som är klara"))
        self.bar.setFormat(tr("{done} av {all}").format(done="%v", all="%m"))
        lines = (label(one.words, wrap=True) for one in self.jobs)
        super().__init__(work, holding(column(*lines, self.bar, self.told, None)), title=title)
        self.bar.hide()
        self.primary = button(word, self.choose, "primary")
        self.by_keys(self.primary)
        self.lay_out(intro=intro, buttons=row(None, button(tr("Avbryt"), self.reject), self.primary), wide=600)
        self.finished.connect(lambda _code: work.session.let_go())

    def choose(self) -> None:
        """Ask where they go, and begin."""
        raise NotImplementedError

    def take(self, job: Job, given: Any) -> None:
        """Do what is heavy with one that may leave, beside the window, and then go ``on``."""
        raise NotImplementedError

    def tell(self) -> None:
        """Tell what has been made, all of it or what there was before something stopped the rest."""
        raise NotImplementedError

    def begin(self) -> None:
        """Make the first; the others follow."""
        self.primary.setEnabled(False)
        self.told.clear()
        self.bar.setValue(0)
        self.bar.show()
        self.work.session.gather()  # the page behind is read again once, and not at every paper
        self._next()

    def _next(self) -> None:
        if self.made == len(self.jobs):
            self._end()
            return
        job = self.jobs[self.made]
        do_proven(self.work, job.gives, owner=self, then=partial(self.take, job), failed=self.stopped)

    def on(self) -> None:
        """One more is made."""
        self.made += 1
        self.bar.setValue(self.made)
        self._next()

    def stopped(self, error: MisamError) -> None:
        """Say why; what is made already is told all the same."""
        if self.made:
            self._end()
            self.work.session.told.emit(error)
            return
        self.primary.setEnabled(True)
        self.bar.hide()
        self.told.tell(sentence(error))

    def _end(self) -> None:
        self.accept()
        self.tell()


class AllDrafts(OneByOne):
    """Mail drafts in one folder, each with a password of its own that is told once, at the end."""

    def __init__(self, work: Workspace, jobs: Iterable[Job], *, title: str, intro: str) -> None:
        super().__init__(work, jobs, title=title, intro=intro, word=tr("Välj mapp …"))
        self._folder = Path()
        self._passwords: list[str] = []

    def choose(self) -> None:
        """Ask which folder."""
        dialog = QFileDialog(self, tr("Mapp för mejlutkasten"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self.save_in(Path(chosen)))
        dialog.open()

    def save_in(self, folder: Path) -> None:
        """Make them there; nothing is given out while a file is in the way."""
        self._folder = folder

        def look() -> None:
            for one in self.jobs:
                must_be_free(folder / one.file)

        self.primary.setEnabled(False)
        self.work.session.beside(look, owner=self, then=lambda _none: self.begin(), failed=self.stopped)

    def take(self, job: Job, given: HasAddresses) -> None:
        """Encrypt and write one."""
        password = new_paper_password()

        def write() -> None:
            write_file(self._folder / job.file, drafted(given, password))

        def written(_none: None) -> None:
            self._passwords.append(password)
            self.on()

        self.work.session.beside(write, owner=self, then=written, failed=self.stopped)

    def tell(self) -> None:
        """Each password, once."""
        words = (one.words for one in self.jobs)
        tell_passwords(self.work, list(zip(words, self._passwords, strict=False)))


class AllPrinted(OneByOne):
    """Papers on one printer, as one document each."""

    def __init__(self, work: Workspace, jobs: Iterable[Job], *, title: str, intro: str) -> None:
        super().__init__(work, jobs, title=title, intro=intro, word=tr("Välj skrivare …"))
        self._printer: QPrinter | None = None

    def choose(self) -> None:
        """Ask which printer."""
        from misam_desktop.gui.printing import choose_printer

        choose_printer(self, name=tr("Brev"), then=self.print_on)

    def print_on(self, printer: QPrinter) -> None:
        """Send them there."""
        self._printer = printer
        self.begin()

    def take(self, job: Job, given: HasAddresses) -> None:
        """Draw the pages of one, and put them on paper."""
        from misam_desktop.gui.printing import put_on, sharp

        printer = self._printer
        assert printer is not None, "a printer was chosen"

        def put(pages: Sequence[Sheet]) -> None:
            printer.setDocName(job.file)
            put_on(printer, pages)
            self.on()

        self.work.session.beside(lambda: sharp(to_pdf(given.paper)), owner=self, then=put, failed=self.stopped)

    def tell(self) -> None:
        """How many there were."""
        self.work.tell(tr("{count} brev är skickade till skrivaren.").format(count=self.made))


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
