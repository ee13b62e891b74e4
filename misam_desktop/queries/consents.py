"""The scanned paper of a consent, the text that was signed, and what it means that it is taken back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from misam_desktop.documents.phrases import Language, language_for
from misam_desktop.domain.access import Decision, May
from misam_desktop.domain.codes import Recipient
from misam_desktop.domain.consent import Consent, of_one_paper
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import let_through
from misam_desktop.domain.ids import ConsentId
from misam_desktop.domain.paper import Scan, Wording
from misam_desktop.domain.withdrawal import units_that_lose
from misam_desktop.queries.handed_out import HandedRow, handed_rows
from misam_desktop.queries.permitted import is_told, opens_papers
from misam_desktop.store import rows, subjects, tables
from misam_desktop.store.prepared import Prepared
from misam_desktop.vault import Look, query

_S, _C = tables.scan.c, tables.consent.c
_SCANNED = Prepared(
    select(_S.consent_id).where(_S.consent_id.in_(select(_C.id).where(_C.case_id == bindparam("case"))))
)


def scanned(look: Look, decision: Decision, consents: Collection[Consent]) -> frozenset[ConsentId]:
    """Which of a case's consents have a scanned paper that the asker may open; the paper itself is not read."""
    if not consents or not opens_papers(decision):
        return frozenset()
    case = next(one.case_id for one in consents)
    with_scan = {consent_id for (consent_id,) in _SCANNED.rows(look.conn, case=case)}
    papers = [one for one in consents if one.id in with_scan]
    return frozenset(one.id for one in consents if any(of_one_paper(one, paper) for paper in papers))


def scans_of(look: Look, consent: Consent) -> list[Scan]:
    """The scan of the paper that a consent was signed on, if there is one: several purposes share it."""
    given = rows.consents.of(look.conn, tables.consent.c.case_id, consent.case_id)
    named = [one.id for one in given if of_one_paper(one, consent)]
    return rows.scans.where(look.conn, tables.scan.c.consent_id.in_(named))


@query("consent.scan_opened", needs=May.READ_CASE)
def scan_of(look: Look, consent_id: ConsentId) -> Scan:
    """The scanned paper. Raises NotFound."""
    consent = rows.consents.get(look.conn, consent_id)
    look.opened(consent.id, consent.person_id)
    decision = look.require(subjects.of(look.conn, subjects.find(look.conn, consent.case_id)))
    found = scans_of(look, consent)
    if not found or not opens_papers(decision):
        raise NotFound
    return found[0]


@query("consent.wording_read", needs=May.READ_CASE)
def wording_of_consent(look: Look, consent_id: ConsentId) -> Wording:
    """The text that the person signed, word for word. Raises NotFound, also for a form that is not the program's."""
    consent = rows.consents.get(look.conn, consent_id)
    look.opened(consent.id, consent.person_id)
    decision = look.require(subjects.of(look.conn, subjects.find(look.conn, consent.case_id)))
    if consent.wording is None or not is_told(look, decision, consent):
        raise NotFound
    return rows.wordings.get(look.conn, consent.wording)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """What follows when a consent is taken back: who loses the case, who keeps what closes it, what others have got.

    Units by their short names; the koordinator keeps the same as ``keeps``. ``language`` suits the person.
    """

    consent: Consent
    language: Language
    loses: tuple[str, ...]
    keeps: tuple[str, ...]
    given: tuple[HandedRow, ...]


@query("consent.withdrawal_opened", needs=May.RECORD_CONSENT)
def withdrawal_of(look: Look, consent_id: ConsentId) -> Withdrawal:
    """What it would mean to take a consent back today. Raises NotFound."""
    consent = rows.consents.get(look.conn, consent_id)
    look.opened(consent.id, consent.person_id)
    subject = subjects.of(look.conn, subjects.find(look.conn, consent.case_id))
    decision = look.require(subject)
    if not is_told(look, decision, consent):
        raise NotFound
    kinds = decision.kinds
    units = rows.units.where(look.conn)
    losing = units_that_lose(subject, consent.purpose, today=look.today)
    given = handed_rows(look, rows.disclosures.of(look.conn, tables.disclosure.c.case_id, consent.case_id))
    return Withdrawal(
        consent=let_through(consent, kinds),
        language=language_for(let_through(rows.persons.get(look.conn, consent.person_id), kinds)),
        loses=tuple(unit.short for unit in units if unit.id in losing),
        keeps=tuple(unit.short for unit in units if unit.id in subject.unit_ids),
        given=tuple(one for one in given if one.recipient is Recipient.ENHET and one.purpose is consent.purpose),
    )
