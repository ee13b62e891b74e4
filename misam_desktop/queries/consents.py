"""The scanned paper of a consent, opened as a logged read, and the text that was signed."""

from __future__ import annotations

from misam_desktop.domain.access import May
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import ConsentId
from misam_desktop.domain.paper import Scan, Wording
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look, query


@query("consent.scan_opened", needs=May.READ_CASE)
def scan_of(look: Look, consent_id: ConsentId) -> Scan:
    """The scanned paper, for who may read the person's grunduppgifter. Raises NotFound."""
    consent = rows.consents.get(look.conn, consent_id)
    look.opened(consent.id, consent.person_id)
    referral = rows.referrals.get(look.conn, consent.referral_id)
    decision = look.require(subjects.of_referral(look.conn, referral))
    found = rows.scans.of(look.conn, tables.scan.c.consent_id, consent.id)
    if not found or InfoKind.GRUNDUPPGIFTER not in decision.kinds:
        raise NotFound
    return found[0]


@query("consent.wording_read", needs=May.READ_CASE)
def wording_of_consent(look: Look, consent_id: ConsentId) -> Wording:
    """The text that the person signed, word for word. Raises NotFound, also for a form that is not the program's."""
    consent = rows.consents.get(look.conn, consent_id)
    look.opened(consent.id, consent.person_id)
    look.require(subjects.of_referral(look.conn, rows.referrals.get(look.conn, consent.referral_id)))
    if consent.wording is None:
        raise NotFound
    return rows.wordings.get(look.conn, consent.wording)
