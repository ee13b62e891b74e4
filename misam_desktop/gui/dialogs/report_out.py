"""Ta ut en rapport: to whom and what for, looked at as a paper first, printed, or saved as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QImage

from misam_desktop.commands.reports import Wanted, file_of, give_frozen, give_report
from misam_desktop.domain.codes import ExportPurpose
from misam_desktop.domain.gate import To
from misam_desktop.domain.suppression import LEAST
from misam_desktop.gui.dialogs.export import Export, ExportDialog
from misam_desktop.gui.dialogs.leaving import DECIDES, LeavingDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Flag
from misam_desktop.gui.paper import made_of
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button
from misam_desktop.queries.frozen import Outgoing, frozen_preview, report_preview
from misam_desktop.vault import Question, Request

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_KINDS = {
    "pdf": "PDF (*.pdf)",
    "xlsx": "Excel (*.xlsx)",
    "csv": "CSV (*.csv)",
    "json": "JSON (*.json)",
}


class _Give(Protocol):
    def __call__(self, *, to: To, purpose: ExportPurpose, covered: bool) -> Request[Outgoing]: ...


class _Ask(Protocol):
    def __call__(self, *, covered: bool) -> Question[Outgoing]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What is taken out: its neutral file name without an ending, how it is looked at, and the command for it."""

    name: str
    ask: _Ask
    give: _Give


def of_wanted(wanted: Wanted) -> Source:
    """A report as it is counted now."""
    return Source(
        name=f"{wanted.kind}-{wanted.first:%Y-%m}-{wanted.last:%Y-%m}",
        ask=partial(report_preview, wanted.kind, wanted.activity, first=wanted.first, last=wanted.last),
        give=partial(give_report, wanted),
    )


def of_frozen(frozen_id: str, name: str) -> Source:
    """One that is frozen; ``name`` is that of its file."""
    return Source(name=name, ask=partial(frozen_preview, frozen_id), give=partial(give_frozen, frozen_id))


class ReportOut(ExportDialog[Outgoing]):
    """One report."""

    def __init__(self, work: Workspace, source: Source) -> None:
        self._source = source
        self.look_first = button(tr("Visa och skriv ut …"), self.preview)
        small = Field(
            name="covered",
            label=tr("Små tal"),
            kind=lambda: Flag(tr("Dölj tal under {least}, och de tal som röjer dem").format(least=LEAST)),
            help=tr("Behövs när andra än arbetslaget ska läsa. Två rapporter tillsammans kan röja ett dolt tal."),
        )
        export = Export(
            file_name=f"{source.name}.pdf",
            request=self._request,
            content=lambda given, suffix: file_of(given, suffix=suffix, generated_at=work.session.clock.now()),
            told=lambda _given: tr("Rapporten är sparad. Filen är inte krypterad."),
            kinds=_KINDS,
        )
        super().__init__(
            work,
            export,
            title=tr("Ta ut rapporten"),
            intro=tr("Som papper med diagram, eller som Excel, CSV eller JSON för vidare arbete. Ingen person är med."),
            fields=[small],
            ways=[self.look_first],
        )

    @property
    def is_covered(self) -> bool:
        """Whether small counts are hidden."""
        return bool(self.form["covered"].value())

    def _request(self, to: To, purpose: ExportPurpose) -> Request[Outgoing]:
        return self._source.give(to=to, purpose=purpose, covered=self.is_covered)

    def preview(self) -> None:
        """Show it as a paper; it leaves from there."""
        values = self.form.read()
        if values is None:
            return
        question = self._source.ask(covered=self.is_covered)
        request = self._request(self.to, values["purpose"])

        def draw(found: Outgoing) -> None:
            work.session.beside(lambda: made_of(found.paper), owner=self, then=partial(show, found))

        def show(found: Outgoing, made: tuple[bytes, Sequence[QImage]]) -> None:
            self.accept()
            LeavingDialog(
                work,
                *made,
                title=found.report.title,
                name=f"{self._source.name}.pdf",
                asks=question,
                holds=lambda again: again.report == found.report,
                gives=request,
                decides=DECIDES,
            ).open()

        work = self.work
        work.session.ask(question, owner=self, then=draw, failed=self.refused)
