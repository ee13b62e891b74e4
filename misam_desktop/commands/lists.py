"""Lists out of the program: copied for the own file, or exported to somebody, through the gate and logged first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from misam_desktop.commands.disclosures import given_to, why_exported
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Act, ExportPurpose, InfoKind, ListColumn
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import OWN_FILES, To, must_leave, must_suit, stays
from misam_desktop.domain.listed import in_order
from misam_desktop.queries.lists import NOTHING, Going, ListPreview, cells_of, going
from misam_desktop.vault import Topic, Tx, command


@command("list.copied", needs=May.READ_CASE, touches=())
def copy_list(tx: Tx, ids: Collection[str]) -> ListPreview:
    """What of some rows may be put on the clipboard for the own file. Raises NotFound, NothingLeaves.

    It stays in the unit: it is logged for each case, and is no disclosure.
    """
    found, told = going(tx, ids, OWN_FILES, tuple(ListColumn))
    _must_be_there(told)
    must_leave(frozenset(kind for one in found for kind in one.kinds))
    _log(tx, found, purpose=Act.URKLIPP)
    return told


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedList:
    """The rows of the file, and what is not among them.

    ``protected`` counts persons, ``outside`` the cases of which nothing may leave, ``changed`` those of which less may
    leave than was seen.
    """

    columns: tuple[ListColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    protected: int
    outside: int
    changed: int


@command("list.exported", needs=May.READ_CASE, touches=(Topic.CONSENTS,), proves=True)
def export_list(
    tx: Tx,
    seen: Mapping[str, frozenset[InfoKind]],
    *,
    to: To,
    purpose: ExportPurpose,
    columns: Sequence[ListColumn],
) -> ExportedList:
    """The rows that were ``seen`` to leave, as far as they still may; a case that leaves the unit is a disclosure.

    A case whose consent was taken back since is left out. Raises WayUnsuited, NotFound, NothingLeaves.
    """
    must_suit(Act.EXPORT, [to])
    chosen = in_order(columns)
    found, told = going(tx, tuple(seen), to, chosen)
    _must_be_there(told)
    kept = [replace(one, kinds=seen[one.id]) for one in found if seen[one.id] <= one.kinds]
    must_leave(frozenset(kind for one in kept for kind in one.kinds))
    _log(tx, kept, purpose=why_exported(tx, purpose, to))
    if not stays(to, tx.actor.unit_id):
        for one in kept:
            given_to(tx, one.case, to, one.consent, act=Act.EXPORT, kinds=one.kinds)
    return ExportedList(
        columns=chosen,
        rows=tuple(cells_of(tx, one, chosen) for one in kept),
        protected=len(told.protected),
        outside=told.outside,
        changed=len(seen) - len(kept),
    )


def _must_be_there(told: ListPreview) -> None:
    """Raises NotFound when none of it is within reach."""
    if told == NOTHING:
        raise NotFound


def _log(tx: Tx, found: Sequence[Going], *, purpose: str) -> None:
    """One entry for each case."""
    first, *others = found
    tx.about(first.case.id, first.person.id, purpose=purpose)
    for one in others:
        tx.concerns(one.case.id, one.person.id)
