"""A unit by what it is called on the command line."""

from __future__ import annotations

from collections.abc import Sequence

from misam_desktop.commands.stores import UnitUnknown
from misam_desktop.domain.codes import Recipient
from misam_desktop.domain.gate import OWN_FILES, To
from misam_desktop.domain.people import Unit
from misam_desktop.domain.text import fold


def recipient_called(units: Sequence[Unit], name: str | None) -> To:
    """Who shall get something: a unit by its name, or the own one when none is named. Raises UnitUnknown."""
    return OWN_FILES if name is None else To(recipient=Recipient.ENHET, unit_id=unit_called(units, name).id)


def unit_called(units: Sequence[Unit], name: str) -> Unit:
    """A unit by its name or its short one. Raises UnitUnknown."""
    meant = [unit for unit in units if fold(name) in {fold(unit.name), fold(unit.short)}]
    if len(meant) != 1:
        raise UnitUnknown(units=", ".join(unit.short for unit in units))
    return meant[0]
