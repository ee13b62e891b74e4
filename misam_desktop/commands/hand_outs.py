"""Lämna ut: a paper or a text of one case to somebody, through the gate, logged before anything is handed over."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from misam_desktop.commands.disclosures import given_to
from misam_desktop.documents.case_sheet import case_sheet, sheet_text
from misam_desktop.documents.paper import Paper
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Act, InfoKind
from misam_desktop.domain.gate import To, leaving, must_suit
from misam_desktop.domain.ids import CaseId
from misam_desktop.queries.handed_out import passed
from misam_desktop.queries.papers import frame
from misam_desktop.store import rows, subjects
from misam_desktop.vault import Topic, Tx, command


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOut:
    """What may now leave: the paper, the same as text, and the function addresses of the units it goes to.

    ``without_address`` are the units of which none is known, by their short names.
    """

    paper: Paper
    text: str
    addresses: tuple[str, ...]
    without_address: tuple[str, ...]


@command("case.handed_out", needs=May.READ_CASE, touches=(Topic.CONSENTS,))
def hand_out(tx: Tx, case_id: CaseId, *, to: Collection[To], act: Act, seen: Collection[InfoKind]) -> HandedOut:
    """Give of a case what every recipient may have, no more than was ``seen`` to leave.

    The gate is asked again here: a consent that was taken back since stops it. Raises WayUnsuited, NotYourTask,
    NothingLeaves, GateChanged.
    """
    must_suit(act, to)
    case = subjects.find(tx.conn, case_id)
    tx.about(case.id, case.person_id, purpose=act)
    found = passed(tx, case, to, seen=frozenset(seen))
    for one in dict.fromkeys(to):
        consent = next(cell.consent for cell in found.cells if cell.to == one)
        given_to(tx, case, one, consent, act=act, kinds=found.kinds & leaving(found.cells, one))
    known = {unit: subjects.addresses_of(tx.conn, unit) for one in to if (unit := one.unit_id) is not None}
    return HandedOut(
        paper=case_sheet(found.sections, frame(tx)),
        text=sheet_text(found.sections),
        addresses=tuple(sorted({address for there in known.values() for address in there})),
        without_address=tuple(rows.units.get(tx.conn, unit).short for unit, there in known.items() if not there),
    )
