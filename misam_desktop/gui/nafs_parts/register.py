"""The register of NAFS meetings summed up: per team and year what was held, and how each authority took part."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from misam_desktop.commands.nafs_lists import export_meetings
from misam_desktop.domain.codes import Agency, Presence
from misam_desktop.domain.nafs_figures import Counts, Kept, counted
from misam_desktop.gui.copying import copies_freely
from misam_desktop.gui.dialogs.export import Export, ExportDialog, saved_words
from misam_desktop.gui.tables import Column, Table
from misam_desktop.gui.text import tr
from misam_desktop.queries.nafs_ledger import KeptRow
from misam_desktop.transfer.sheets import list_file
from misam_desktop.wording import iso, label, short

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


class YearRow(NamedTuple):
    """What one team has done in one year."""

    team: str
    year: int
    counts: Counts


def of_years(found: Iterable[KeptRow]) -> list[YearRow]:
    """Per team and year, the newest year first; a year of nothing but planned meetings is not there."""
    ordered = sorted(found, key=lambda one: (-one.on.year, one.team))
    years = [
        YearRow(team, -year, counted(Kept(one.state, one.outside, one.cases, one.present) for one in kept))
        for (year, team), kept in groupby(ordered, key=lambda one: (-one.on.year, one.team))
    ]
    return [one for one in years if one.counts.held or one.counts.cancelled]


def year_table(work: Workspace) -> Table[YearRow]:
    """The table of them."""
    table = Table(
        "nafs_years",
        (
            Column[YearRow](title=tr("Team"), words=lambda one: one.team, width=200, most=280, main=True),
            _number(tr("År"), lambda one: one.year, 60, 1),
            _number(tr("Hållna"), lambda one: one.counts.held, 70, 2),
            _number(tr("Varav utanför"), lambda one: one.counts.outside, 110, 4, under=tr("{count} utanför")),
            _number(tr("Inställda"), lambda one: one.counts.cancelled, 80, 3, under=tr("{count} inställda")),
            _number(tr("Ärenden"), lambda one: one.counts.cases, 80, 5, under=tr("{count} ärenden")),
            *(_came(agency, 6 + at) for at, agency in enumerate(Agency)),
        ),
        key=lambda one: f"{one.year} {one.team}",
    )
    copies_freely(work, table)
    table.remember_in(work.settings)
    return table


def _number(
    title: str, of: Callable[[YearRow], int], width: int, folds: int, under: str = "{count}"
) -> Column[YearRow]:
    def told(one: YearRow) -> str:
        return under.format(count=of(one))

    return Column(title=title, words=lambda one: str(of(one)), sort=of, width=width, folds=folds, under=told)


def _came(agency: Agency, folds: int) -> Column[YearRow]:
    """At how many of the held meetings an authority took part; how, under the pointer."""
    return Column(
        title=short(agency),
        words=lambda one: tr("{came} av {held}").format(came=_taking_part(one, agency), held=one.counts.held),
        under=lambda one: f"{short(agency)} {_taking_part(one, agency)}",
        sort=lambda one: _taking_part(one, agency),
        tip=lambda one: ", ".join(
            f"{label(how)} {count}" for how in Presence if (count := one.counts.present[agency][how])
        ),
        width=80,
        folds=folds,
    )


def _taking_part(one: YearRow, agency: Agency) -> int:
    said = one.counts.present[agency]
    return said.total() - said[Presence.FRANVARANDE]


def open_meetings_export(work: Workspace) -> None:
    """Take out the meetings as a list, nothing about any person in it."""
    export = Export(
        file_name="nafs-moten.xlsx",
        request=lambda to, purpose: export_meetings(to=to, purpose=purpose),
        content=lambda found, suffix: list_file(
            _HEADER, [_cells(one) for one in found], suffix=suffix, title=tr("NAFS-möten")
        ),
        told=lambda found: saved_words(len(found)),
    )
    intro = tr("En rad per möte i de team du leder: läge, antal ärenden och hur varje myndighet deltog. Inga personer.")
    ExportDialog(work, export, title=tr("Exportera mötena"), intro=intro).open()


def _cells(one: KeptRow) -> tuple[str, ...]:
    came = (label(one.present[agency]) if agency in one.present else "" for agency in Agency)
    outside = tr("Ja") if one.outside else tr("Nej")
    return iso(one.on), one.team, label(one.state), outside, str(len(one.cases)), one.why, *came


_HEADER = (
    tr("Dag"),
    tr("Team"),
    tr("Läge"),
    tr("Utanför strukturen"),
    tr("Ärenden"),
    tr("Varför inställt"),
    *(label(one) for one in Agency),
)


def came_words(one: KeptRow) -> str:
    """«Af video, FK på plats, kommunen frånvarande»."""
    said = [f"{short(agency)} {label(one.present[agency]).lower()}" for agency in Agency if agency in one.present]
    return ", ".join(said)
