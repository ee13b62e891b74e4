"""Utlämnat: what has been given of a case, to whom, and what the gate would let out now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from misam_desktop.documents.case_sheet import case_sheet
from misam_desktop.documents.extracts import Section
from misam_desktop.documents.paper import Paper
from misam_desktop.domain.access import May
from misam_desktop.domain.case import Case
from misam_desktop.domain.codes import Act, InfoKind, PaperKind, Purpose, Recipient
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.gate import Cell, To, for_all, let_through, must_be_as_seen, must_leave, needed, preview
from misam_desktop.domain.identifying import Found, identifying
from misam_desktop.domain.ids import CaseId
from misam_desktop.domain.scope import deciding
from misam_desktop.queries.case_facts import facts_of_case, free_texts
from misam_desktop.queries.papers import frame
from misam_desktop.queries.permitted import as_told, opens_papers
from misam_desktop.queries.shown import PROTECTED_WORDS, WITHHELD
from misam_desktop.store import rows, subjects
from misam_desktop.vault import Look, query
from misam_desktop.wording import iso, label


class HandedRow(NamedTuple):
    """One act of handing over: when, how, to whom, what, for what, by whom; of a meeting, which of its papers."""

    on: date
    act: Act
    recipient: Recipient
    unit: str
    kinds: tuple[InfoKind, ...]
    purpose: Purpose
    by: str
    paper: PaperKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePreview:
    """Recipient × kind of information, and what the person does not want shared, as they have said it.

    Who may not see the signed paper is told no more of the consent than they may read.
    ``found`` is what in the free texts that would leave can tell who somebody is.
    """

    cells: tuple[Cell, ...]
    consent: Consent | None
    not_shared: str
    protected: bool
    found: tuple[Found, ...]


@query("gate.previewed", needs=May.READ_CASE)
def gate_preview(look: Look, case_id: CaseId, to: Collection[To]) -> GatePreview:
    """What would leave of a case to these recipients. Raises NotFound, NotYourTask."""
    case = subjects.find(look.conn, case_id)
    look.opened(case.id, case.person_id)
    subject = subjects.of_whole_case(look.conn, case)
    decision = look.require(subject, needed(to, look.actor.unit_id))
    mine = decision.kinds
    if not opens_papers(decision):
        subject = replace(subject, consents=tuple(let_through(one, mine) for one in subject.consents))
    consent = deciding(subject.consents, subject.purpose, look.today)
    cells = preview(subject, mine=mine, own_unit_id=look.actor.unit_id, to=to, today=look.today)
    return GatePreview(
        cells=cells,
        consent=consent,
        not_shared=consent.not_shared if consent else "",
        protected=subject.protected,
        found=_found(look, case, for_all(cells)),
    )


def _found(look: Look, case: Case, kinds: frozenset[InfoKind]) -> tuple[Found, ...]:
    """The person's own name stands out only where it does not leave by itself."""
    person = rows.persons.get(look.conn, case.person_id)
    names = () if InfoKind.GRUNDUPPGIFTER in kinds else (person.full_name,)
    known = [word for unit in rows.units.where(look.conn) for word in (unit.name, unit.short)]
    found = (identifying(text, names=names, known=known) for text in free_texts(look, case, kinds))
    return tuple(dict.fromkeys(one for some in found for one in some))


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What of a case goes through the gate to everybody it is for: the squares, the kinds, and the case in words."""

    cells: tuple[Cell, ...]
    kinds: frozenset[InfoKind]
    sections: tuple[Section, ...]


def passed(look: Look, case: Case, to: Collection[To], *, seen: frozenset[InfoKind]) -> Passed:
    """What goes to all of them, of what was ``seen`` to go. Raises NotYourTask, NothingLeaves, GateChanged."""
    subject = subjects.of_whole_case(look.conn, case)
    mine = look.require(subject, needed(to, look.actor.unit_id)).kinds
    cells = preview(subject, mine=mine, own_unit_id=look.actor.unit_id, to=dict.fromkeys(to), today=look.today)
    must_be_as_seen(for_all(cells), seen)
    instead = PROTECTED_WORDS if subject.protected else WITHHELD
    return Passed(
        cells=cells,
        kinds=must_leave(seen),
        sections=(*_handed(look, cells), *facts_of_case(look, case, seen, instead=instead)),
    )


def _handed(look: Look, cells: Iterable[Cell]) -> list[Section]:
    """To whom it goes, from whom, and by which consent, for whoever gets it; the own file needs no such words."""
    recipients = {cell.to: cell.consent for cell in cells if cell.to.recipient is not Recipient.EGEN}
    if not recipients:
        return []
    units: dict[str, str] = {unit.id: unit.name for unit in rows.units.where(look.conn)}
    by = rows.users.get(look.conn, look.actor.user_id)
    said = [
        ("Till", ", ".join(units.get(one.unit_id or "", label(one.recipient)) for one in recipients)),
        ("Från", f"{by.name}, {units[by.unit_id]}"),
    ]
    said += [
        ("Med stöd av", f"samtycke till {label(consent.purpose).lower()} som gäller från {iso(consent.from_on)}")
        for consent in dict.fromkeys(recipients[one] for one in recipients if one.recipient is Recipient.ENHET)
        if consent is not None
    ]
    return [Section("Utlämnat", tuple(said))]


@query("gate.paper_previewed", needs=May.READ_CASE)
def paper_preview(look: Look, case_id: CaseId, to: Collection[To], *, seen: Iterable[InfoKind]) -> Paper:
    """The paper as it would be given out, to be looked at first. Raises NotFound, NothingLeaves, GateChanged."""
    case = subjects.find(look.conn, case_id)
    look.opened(case.id, case.person_id)
    return case_sheet(passed(look, case, to, seen=frozenset(seen)).sections, frame(look))


def together(handed: Iterable[HandedRow], *, between: str = ", ") -> list[HandedRow]:
    """The same rows, with one for all units that got the same in one act; ``between`` stands between their names."""
    units: dict[HandedRow, list[str]] = {}
    for one in handed:
        units.setdefault(one._replace(unit=""), []).append(one.unit)
    return [one._replace(unit=between.join(dict.fromkeys(filter(None, names)))) for one, names in units.items()]


def handed_rows(look: Look, disclosures: Iterable[Disclosure], *, whole_names: bool = False) -> list[HandedRow]:
    """The acts in words, the newest first; units by their short names, or by the whole ones."""
    units = {unit.id: unit.name if whole_names else unit.short for unit in rows.units.where(look.conn)}
    users = {user.id: user.name for user in rows.users.where(look.conn)}
    ordered = sorted(disclosures, key=lambda one: (one.at, one.id), reverse=True)
    return [
        HandedRow(
            on=one.on,
            act=one.act,
            recipient=one.recipient,
            unit=units.get(one.unit_id, "") if one.unit_id else "",
            kinds=one.kinds,
            purpose=one.purpose,
            by=users.get(one.by, ""),
            paper=one.paper,
        )
        for one in ordered
    ]


@query("case.handed_out_listed", needs=May.READ_CASE)
def handed_out(look: Look, case_id: CaseId) -> list[HandedRow]:
    """Everything that has been given of a case. Raises NotFound."""
    case = subjects.find(look.conn, case_id)
    look.opened(case.id, case.person_id)
    subject = subjects.of(look.conn, case)
    return handed_rows(look, as_told(look, look.require(subject), subject).disclosures)
