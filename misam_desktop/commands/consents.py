"""Recording, renewing and withdrawing consents."""

from __future__ import annotations

from datetime import date

from misam_desktop.commands.disclosures import hand_over
from misam_desktop.commands.persons import coordinators_of
from misam_desktop.domain import consent as rules
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Act, Purpose
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.ids import ConsentId, ReferralId
from misam_desktop.domain.intake import ConsentFacts
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.scope import deciding
from misam_desktop.store import rows, tables
from misam_desktop.vault import Topic, Tx, command


@command("consent.recorded", needs=May.RECORD_CONSENT, touches=(Topic.CONSENTS, Topic.CASES))
def record_consent(tx: Tx, referral_id: ReferralId, facts: ConsentFacts) -> list[Consent]:
    """Record a signed consent for one case: one row for each purpose."""
    return add_consents(tx, tx.referral(referral_id), facts)


@command("consent.withdrawn", needs=May.RECORD_CONSENT, touches=(Topic.CONSENTS, Topic.CASES))
def withdraw_consent(tx: Tx, consent_id: ConsentId, *, on: date) -> Consent:
    """Record that the person has taken a consent back, from that day."""
    consent = rows.consents.get(tx.conn, consent_id)
    tx.referral(consent.referral_id)
    tx.about(consent.id, consent.person_id)
    return rows.consents.save(tx.conn, rules.withdraw(consent, on=on, today=tx.today))


@command("consent.renewed", needs=May.RECORD_CONSENT, touches=(Topic.CONSENTS, Topic.CASES))
def renew_consent(tx: Tx, consent_id: ConsentId, *, until_on: date | None, paper_at: str) -> Consent:
    """Record a newly signed paper with the same content: a new row that begins today."""
    old = rows.consents.get(tx.conn, consent_id)
    referral = tx.referral(old.referral_id)
    new = rules.renew(
        old,
        consent_id=ConsentId(tx.new_id()),
        until_on=until_on,
        paper_at=paper_at,
        now=tx.now,
        today=tx.today,
        months=_months(tx, referral),
    )
    tx.about(new.id, new.person_id)
    return _given(tx, referral, [new])[0]


def add_consents(tx: Tx, referral: Referral, facts: ConsentFacts) -> list[Consent]:
    """Store what a consent form says, for the case of a referral."""
    consents = rules.signed(
        facts,
        person_id=referral.person_id,
        referral_id=referral.id,
        now=tx.now,
        today=tx.today,
        months=_months(tx, referral),
        new_id=tx.new_id,
    )
    rules.must_name_coordinator(facts, [user.unit_id for user in coordinators_of(tx, referral.activity_id)])
    return _given(tx, referral, consents)


def _given(tx: Tx, referral: Referral, consents: list[Consent]) -> list[Consent]:
    """Store new consents; a case that stands before the forum goes on with the units that the new paper names."""
    rows.consents.add_all(tx.conn, consents)
    for consent in consents:
        if referral.submitted_at is not None and consent.purpose is Purpose.SAMVERKAN:
            hand_over(tx, referral, consent, act=Act.DELNING)
    return consents


def _months(tx: Tx, referral: Referral) -> int:
    return rows.activities.get(tx.conn, referral.activity_id).settings.consent_months


def consents_of(tx: Tx, referral_id: ReferralId) -> list[Consent]:
    """Every consent that was given for a case."""
    return rows.consents.where(tx.conn, tables.consent.c.referral_id == referral_id)


def deciding_consent(tx: Tx, referral_id: ReferralId, *, on: date) -> Consent | None:
    """The consent to samverkan that holds for a case on a day."""
    return deciding(consents_of(tx, referral_id), Purpose.SAMVERKAN, on)
