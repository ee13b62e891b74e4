"""Recording, renewing and withdrawing consents."""

from __future__ import annotations

from datetime import date

from misam_desktop.commands.disclosures import hand_over
from misam_desktop.commands.persons import coordinators_of
from misam_desktop.documents.consents import FormFacts, Given, Withdrawn, consent_form, withdrawal_receipt
from misam_desktop.documents.paper import Paper
from misam_desktop.documents.phrases import Language, wording_of
from misam_desktop.documents.scans import Checked
from misam_desktop.domain import consent as rules
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Act, Purpose, Recipient
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.ids import ConsentId, ReferralId, ScanId, WordingId
from misam_desktop.domain.intake import ConsentFacts
from misam_desktop.domain.paper import Scan
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.scope import deciding
from misam_desktop.queries.handed_out import handed_rows
from misam_desktop.queries.papers import frame
from misam_desktop.store import rows, tables
from misam_desktop.vault import Topic, Tx, command
from misam_desktop.wording import iso, label


@command("consent.recorded", needs=May.RECORD_CONSENT, touches=(Topic.CONSENTS, Topic.CASES))
def record_consent(tx: Tx, referral_id: ReferralId, facts: ConsentFacts) -> list[Consent]:
    """Record a signed consent for one case: one row for each purpose."""
    return add_consents(tx, tx.referral(referral_id), facts)


@command("consent.withdrawn", needs=May.RECORD_CONSENT, touches=(Topic.CONSENTS, Topic.CASES))
def withdraw_consent(tx: Tx, consent_id: ConsentId, *, on: date) -> Consent:
    """Record that the person has taken a consent back, from that day, and what other paper says the same with it."""
    consent = rows.consents.get(tx.conn, consent_id)
    tx.referral(consent.referral_id)
    tx.about(consent.id, consent.person_id)
    for older in consents_of(tx, consent.referral_id):
        if older.id != consent.id and rules.goes_with(older, consent, on=on):
            rows.consents.save(tx.conn, rules.withdraw(older, on=on, today=tx.today))
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


@command("consent.scan_added", needs=May.RECORD_CONSENT, touches=Topic.CONSENTS)
def add_scan(tx: Tx, consent_id: ConsentId, checked: Checked) -> Scan:
    """Keep the scanned paper of a consent, in the place of an earlier one."""
    consent = rows.consents.get(tx.conn, consent_id)
    tx.referral(consent.referral_id)
    tx.about(consent.id, consent.person_id)
    for earlier in rows.scans.of(tx.conn, tables.scan.c.consent_id, consent.id):
        rows.scans.remove(tx.conn, earlier.id)
    scan = Scan(
        id=ScanId(tx.new_id()),
        consent_id=consent.id,
        media=checked.media,
        content=checked.content,
        added_at=tx.now,
    )
    return rows.scans.add(tx.conn, scan)


@command("consent.form_made", needs=May.RECORD_CONSENT, touches=())
def make_form(
    tx: Tx, language: Language, *, referral_id: ReferralId | None = None, facts: ConsentFacts | None = None
) -> Paper:
    """The form of a consent to be signed: empty, or filled in for the person of a case with what has been agreed."""
    referral = None if referral_id is None else tx.referral(referral_id)
    person = None if referral is None else rows.persons.get(tx.conn, referral.person_id)
    named = facts.unit_ids if facts else ()
    months = max(one.settings.consent_months for one in rows.activities.where(tx.conn))
    filled = FormFacts(
        units=tuple((unit.name, unit.id in named) for unit in rows.units.where(tx.conn) if unit.active),
        name=person.full_name if person else "",
        number=person.number.long if person and not person.protected else "",
        purposes=frozenset(facts.purposes) if facts else frozenset(),
        kinds=frozenset(facts.kinds) if facts else frozenset(),
        not_shared=facts.not_shared if facts else "",
        from_on=iso(facts.from_on) if facts else "",
        until_on=iso(facts.until_on) if facts and facts.until_on else "",
        months=months,
        guardian=facts.guardian if facts else "",
        interpreter=bool(facts and facts.interpreter),
        needs_guardian=bool(facts and facts.guardian),
    )
    return consent_form(filled, language, frame(tx))


@command("consent.receipt_made", needs=May.RECORD_CONSENT, touches=())
def make_receipt(tx: Tx, consent_id: ConsentId, language: Language) -> Paper:
    """The receipt of a consent that was taken back, with what has been given to whom. Raises ConsentStands."""
    consent = rows.consents.get(tx.conn, consent_id)
    referral = tx.referral(consent.referral_id)
    tx.about(consent.id, consent.person_id)
    withdrawn_on = rules.must_be_withdrawn(consent)
    given = handed_rows(tx, rows.disclosures.of(tx.conn, tables.disclosure.c.case_id, referral.id))
    facts = Withdrawn(
        name=rows.persons.get(tx.conn, referral.person_id).full_name,
        purpose=consent.purpose,
        from_on=iso(consent.from_on),
        withdrawn_on=iso(withdrawn_on),
        given=tuple(
            Given(to=one.unit, kinds=one.kinds, how=label(one.act), when=iso(one.on))
            for one in given
            if one.recipient is Recipient.ENHET and one.purpose is consent.purpose
        ),
    )
    return withdrawal_receipt(facts, language, frame(tx))


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
    _keep_wording(tx, facts.wording)
    rules.must_name_coordinator(facts, [user.unit_id for user in coordinators_of(tx, referral.activity_id)])
    return _given(tx, referral, consents)


def _given(tx: Tx, referral: Referral, consents: list[Consent]) -> list[Consent]:
    """Store new consents; a case that stands before the forum goes on with the units that the new paper names."""
    rows.consents.add_all(tx.conn, consents)
    for consent in consents:
        if referral.submitted_at is not None and consent.purpose is Purpose.SAMVERKAN:
            hand_over(tx, referral, consent, act=Act.DELNING)
    return consents


def _keep_wording(tx: Tx, wording_id: WordingId | None) -> None:
    """Keep the text that was signed, word for word, the first time that somebody has signed it."""
    if wording_id is None or rows.wordings.find(tx.conn, wording_id) is not None:
        return
    language = next(one for one in Language if wording_of(one).id == wording_id)
    rows.wordings.add(tx.conn, wording_of(language))


def _months(tx: Tx, referral: Referral) -> int:
    return rows.activities.get(tx.conn, referral.activity_id).settings.consent_months


def consents_of(tx: Tx, referral_id: ReferralId) -> list[Consent]:
    """Every consent that was given for a case."""
    return rows.consents.where(tx.conn, tables.consent.c.referral_id == referral_id)


def deciding_consent(tx: Tx, referral_id: ReferralId, *, on: date) -> Consent | None:
    """The consent to samverkan that holds for a case on a day."""
    return deciding(consents_of(tx, referral_id), Purpose.SAMVERKAN, on)
