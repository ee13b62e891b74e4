"""What forms offer to choose among: code lists by their labels, and the units and contacts of the desk."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from misam_desktop.domain.codes import Livelihood
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.gui.inputs import Choice, MainAndOthers
from misam_desktop.gui.text import tr
from misam_desktop.wording import explanation, label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from misam_desktop.domain.ids import UnitId
    from misam_desktop.queries.desk import Desk


def of_codes(codes: Iterable[StrEnum]) -> list[Choice]:
    """Codes by their labels, in the order given; an enum class gives the whole list."""
    return [Choice(code, label(code), explanation(code)) for code in codes]


def of_units(desk: Desk, *, without: Iterable[UnitId] = ()) -> list[Choice]:
    """The units that have not closed, by authority: «Kommunen · IFO/Försörjningsstöd»."""
    left_out = set(without)
    return [
        Choice(unit.id, unit.name if unit.name == label(unit.agency) else f"{label(unit.agency)} · {unit.name}")
        for unit in desk.open_units
        if unit.id not in left_out
    ]


def of_unit_names(desk: Desk) -> list[Choice]:
    """The same units by their short names, for boxes to tick; the whole name under the pointer."""
    return [Choice(unit.id, unit.short, f"{label(unit.agency)} · {unit.name}") for unit in desk.open_units]


def of_contacts(desk: Desk, *, unit_id: UnitId | None = None) -> list[Choice]:
    """Those who work at a unit, or at any: «Eva Ek, IFO»."""
    return [
        Choice(one.id, one.name if unit_id else f"{one.name}, {desk.unit(one.unit_id)}")
        for one in desk.contacts_at(unit_id)
    ]


def livelihoods_input() -> MainAndOthers:
    """Försörjning, the main one first; «Ingen» and «Uppgift saknas» stand alone."""
    return MainAndOthers(
        of_codes(Livelihood),
        alone=(Livelihood.INGEN, Livelihood.OKAND),
        join=Livelihoods,
        parts=lambda value: value.codes,
        empty=tr("Välj …"),
    )
