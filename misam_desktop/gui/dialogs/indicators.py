"""The indicators of «Indikatorenkät»: the team's own list of them, and the totals that are typed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from misam_desktop.commands.indicators import load_indicators, set_totals
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.indicator import Indicator, Typed
from misam_desktop.domain.period import Period
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field, Section
from misam_desktop.gui.inputs import Number
from misam_desktop.gui.text import tr
from misam_desktop.queries.indicators import Indicators
from misam_desktop.transfer.indicators import read_indicators
from misam_desktop.vault import Request
from misam_desktop.wording import how_many, period_words

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_ANSWERS, _AGREED = "answers ", "agreed "


def open_totals(work: Workspace, found: Indicators, period: Period) -> None:
    """How many answered each indicator and how many of them agreed, for the activity and period in sight."""
    first, last = period
    today = work.session.clock.today()
    seen = {one: total.version for one, total in found.totals.items()}

    def save(values: dict[str, Any]) -> Request[None]:
        typed = {one.id: Typed(values[f"{_ANSWERS}{one.id}"], values[f"{_AGREED}{one.id}"]) for one in found.indicators}
        return set_totals(found.activity.id, first=first, last=last, typed=typed, seen=seen)

    values: dict[str, Any] = {}
    for indicator_id, total in found.totals.items():
        values |= {f"{_ANSWERS}{indicator_id}": total.answers, f"{_AGREED}{indicator_id}": total.agreed}
    FormDialog(
        work,
        title=tr("Svar på indikatorerna"),
        intro=tr("{activity}, {period}. Antal ur enkätsystemet, för alla tillsammans.").format(
            activity=found.activity.name, period=period_words(None, period, today=today)
        ),
        content=[_section(one) for one in found.indicators],
        values=values,
        save=save,
        then=lambda _none: work.tell(tr("Antalen är sparade.")),
        draft=("totals", f"{found.activity.id} {first} {last}"),
        wide=620,
    ).open()


def _section(one: Indicator) -> Section:
    return Section(
        title=f"{one.code}. {one.text}",
        help=one.group,
        fields=[
            Field(name=f"{_ANSWERS}{one.id}", label=tr("Antal svar"), kind=Number, half=True),
            Field(name=f"{_AGREED}{one.id}", label=tr("Antal som instämmer"), kind=Number, half=True),
        ],
    )


def choose_indicators(work: Workspace, *, refused: Callable[[MisamError], None]) -> None:
    """Choose the team's list; it is read whole or not at all."""
    dialog = QFileDialog(work, tr("Välj listan med indikatorer"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([tr("Listor (*.xlsx *.csv)"), tr("Alla filer (*)")])
    dialog.fileSelected.connect(lambda chosen: take_indicators(work, Path(chosen), refused=refused))
    dialog.open()


def take_indicators(work: Workspace, path: Path, *, refused: Callable[[MisamError], None]) -> None:
    """Read a list beside the store, then take it as the newest wording."""

    def take(lines: Any) -> None:
        work.session.do(
            load_indicators(lines),
            owner=work,
            then=lambda count: work.tell(
                tr("Listan är inläst: {count}.").format(count=how_many(count, tr("indikator"), tr("indikatorer")))
            ),
            failed=refused,
        )

    work.session.beside(lambda: read_indicators(path), owner=work, then=take, failed=refused)
