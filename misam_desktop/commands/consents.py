"""Recording, renewing and withdrawing consents, and the papers that go with them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from misam_desktop.commands.disclosures import hand_over
from misam_desktop.commands.persons import coordinators_of
from misam_desktop.documents.consents import FormFacts, Handed, Withdrawn, consent_form, withdrawal_receipt
from misam_desktop.documents.paper import Paper
from misam_desktop.documents.phrases import Language, act_words, phrases, wording_of
from misam_desktop.domain import consent as rules
from misam_desktop.domain import intake
from misam_desktop.domain.access import May, NotYourTask, Subject
from misam_desktop.domain.case import Case
from misam_desktop.domain.codes import Act, Given, InfoKind, Recipient
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import CaseId, ConsentId, ScanId, UnitId, WordingId
from misam_desktop.domain.intake import ConsentFacts, PersonFacts
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.paper import Scan
from misam_desktop.domain.people import Person
from misam_desktop.domain.protection import covered
from misam_desktop.domain.scope import deciding, granted
from misam_desktop.domain.sip import Sip
from misam_desktop.queries.consents import scans_of
from misam_desktop.queries.handed_out import handed_rows, together
from misam_desktop.queries.papers import frame
from misam_desktop.queries.permitted import as_told, is_told, opens_papers
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Topic, Tx, command
from misam_desktop.wording import iso

if TYPE_CHECKING:
    from misam_desktop.documents.scans import Checked  # loads what reads pictures and PDF


@command("consent.recorded", needs=May.RECORD_CONSENT, touches=(Topic.CONSENTS, Topic.CASES))
def record_consent(tx: Tx, case_id: CaseId, facts: ConsentFacts) -> list[Consent]:
    """Record a signed consent for one case: one row for each purpose.

    It opens the case to the units it names when the actor may hand it over; else nobody reads more than they did.
    """
    return add_consents(tx, tx.case(case_id), facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """A consent that no longer holds, and the receipt for the person if they want one."""

    consent: Consent
    receipt: Paper | None


@command("consent.withdrawn", needs=May.RECORD_CONSENT, touches=(Topic.CONSENTS, Topic.CASES))
def withdraw_consent(
    tx: Tx, consent_id: ConsentId, *, on: date, receipt: Language | None = None, large: bool = False
) -> TakenBack:
    """Record that the person has taken a consent back, from that day, and what other paper says the same with it.

    The receipt is made first: whoever reads the case by this consent alone could make none afterwards.
    """
    consent, _ = _of_case(tx, consent_id)
    tx.about(consent.id, consent.person_id)
    taken_back = rules.withdraw(consent, on=on, today=tx.today)
    paper = tx.also(make_receipt(consent.id, receipt, on=on, large=large)) if receipt else None
    for older in consents_of(tx, consent.case_id):
        if older.id != consent.id and rules.goes_with(older, consent, on=on):
            rows.consents.save(tx.conn, rules.withdraw(older, on=on, today=tx.today))
    return TakenBack(consent=rows.consents.save(tx.conn, taken_back), receipt=paper)


@command("consent.renewed", needs=May.RECORD_CONSENT, touches=(Topic.CONSENTS, Topic.CASES))
def renew_consent(
    tx: Tx,
    consent_id: ConsentId,
    *,
    until_on: date | None,
    paper_at: str,
    given: Given = Given.PAPPER,
    wording: WordingId | None = None,
) -> Consent:
    """Record a newly signed paper with the same content: a new row that begins today."""
    old, case = _of_case(tx, consent_id)
    new = rules.renew(
        old,
        consent_id=ConsentId(tx.new_id()),
        until_on=until_on,
        paper_at=paper_at,
        given=given,
        wording=_kept_wording(tx, wording),
        now=tx.now,
        today=tx.today,
        months=_months(tx, case),
    )
    tx.about(new.id, new.person_id)
    return _given(tx, case, [new])[0]


@command("person.informed", needs=May.RECORD_CONSENT, touches=Topic.PERSONS)
def record_informed(tx: Tx, case_id: CaseId, *, on: date | None) -> Person:
    """Record on which day the person of a case was told how their personal data is processed (process.md §5)."""
    case = tx.case(case_id)
    known = rows.persons.get(tx.conn, case.person_id)
    return covered(rows.persons.save(tx.conn, intake.informed(known, on=on, today=tx.today)))


@command("consent.scan_added", needs=May.RECORD_CONSENT, touches=Topic.CONSENTS)
def add_scan(tx: Tx, consent_id: ConsentId, checked: Checked) -> Scan:
    """Keep the scanned paper of a consent, in the place of an earlier one."""
    consent = _scanned_anew(tx, consent_id)
    scan = Scan(
        id=ScanId(tx.new_id()),
        consent_id=consent.id,
        media=checked.media,
        content=checked.content,
        added_at=tx.now,
    )
    return rows.scans.add(tx.conn, scan)


@command("consent.scan_removed", needs=May.RECORD_CONSENT, touches=Topic.CONSENTS)
def remove_scan(tx: Tx, consent_id: ConsentId) -> None:
    """Take away a scanned paper that does not belong to the consent; the consent itself stands."""
    _scanned_anew(tx, consent_id)


def _scanned_anew(tx: Tx, consent_id: ConsentId) -> Consent:
    """A consent without the scan that it had: who may not open one may not take it away. Raises NotYourTask."""
    consent, case = _of_case(tx, consent_id)
    tx.about(consent.id, consent.person_id)
    earlier = scans_of(tx, consent)
    if earlier and not opens_papers(tx.require(subjects.of(tx.conn, case))):
        raise NotYourTask
    for one in earlier:
        rows.scans.remove(tx.conn, one.id)
    return consent


@command("consent.form_made", needs=May.RECORD_CONSENT, touches=())
def make_form(
    tx: Tx,
    language: Language,
    *,
    case_id: CaseId | None = None,
    person: PersonFacts | None = None,
    facts: ConsentFacts | None = None,
    large: bool = False,
) -> Paper:
    """The form of a consent to be signed, empty or filled in with what has been agreed.

    It is for the person of a case, or for somebody who is being referred. The day it holds from is that of the
    signature, and written by hand. ``large`` is large print.
    """
    case = None if case_id is None else tx.case(case_id)
    stored = case and rows.persons.get(tx.conn, case.person_id)
    shown = _may_name(tx, case, stored) if case and stored else person is not None and not person.protected
    who = (stored or person) if shown else None
    return consent_form(_form_facts(tx, case, who, facts), language, frame(tx), large=large)


def _form_facts(tx: Tx, case: Case | None, who: Person | PersonFacts | None, facts: ConsentFacts | None) -> FormFacts:
    activities = rows.activities.where(tx.conn)
    unit = tables.unit.c
    units = rows.units.where(tx.conn, unit.active, order_by=[unit.agency, unit.name])
    empty = FormFacts(
        units=tuple((one.name, facts is not None and one.id in facts.unit_ids) for one in units),
        name=f"{who.given_name} {who.family_name}".strip() if who else "",
        number=who.number.long if who else "",
        months=_months(tx, case) if case else max(one.settings.consent_months for one in activities),
        needs_guardian=who is None or rules.needs_guardian(who.number, on=tx.today),
    )
    if facts is None:
        return empty
    return replace(
        empty,
        purposes=frozenset(facts.purposes),
        kinds=frozenset(facts.kinds),
        not_shared=facts.not_shared,
        until_on=iso(facts.until_on) if facts.until_on else "",
        guardian=facts.guardian,
        interpreter=facts.interpreter,
    )


def _may_name(tx: Tx, case: Case, person: Person) -> bool:
    """Whether the person's name and number go on a paper: never those of a protected person (security.md)."""
    decision = tx.require(subjects.of(tx.conn, case))
    return not person.protected and InfoKind.GRUNDUPPGIFTER in decision.kinds


@command("consent.receipt_made", needs=May.RECORD_CONSENT, touches=())
def make_receipt(
    tx: Tx, consent_id: ConsentId, language: Language, *, on: date | None = None, large: bool = False
) -> Paper:
    """The receipt of a consent that was taken back, or is being so ``on`` a day, with what has been given to whom.

    It holds no more of that than its maker may know. Raises ConsentStands.
    """
    consent, case = _of_case(tx, consent_id)
    tx.about(consent.id, consent.person_id)
    withdrawn_on = on or rules.must_be_withdrawn(consent)
    person = rows.persons.get(tx.conn, case.person_id)
    subject = subjects.of(tx.conn, case)
    acts = as_told(tx, tx.require(subject), subject).disclosures
    given = together(handed_rows(tx, acts, whole_names=True), between="\n")
    invited = str(phrases(language)["receipt"]["invited"])
    facts = Withdrawn(
        name=person.full_name if _may_name(tx, case, person) else "",
        purpose=consent.purpose,
        from_on=iso(consent.from_on),
        withdrawn_on=iso(withdrawn_on),
        given=tuple(
            Handed(
                to=one.unit or invited, kinds=one.kinds, how=act_words(language, one.act, one.purpose), when=iso(one.on)
            )
            for one in given
            if one.recipient in {Recipient.ENHET, Recipient.INBJUDEN} and one.purpose is consent.purpose
        ),
    )
    return withdrawal_receipt(facts, language, frame(tx), large=large)


def _of_case(tx: Tx, consent_id: ConsentId) -> tuple[Consent, Case]:
    """A consent and its case, if the actor may do this to the case and know of the consent. Raises NotFound."""
    consent = rows.consents.get(tx.conn, consent_id)
    case = tx.case(consent.case_id)
    if not is_told(tx, tx.require(subjects.of(tx.conn, case)), consent):
        raise NotFound
    return consent, case


def add_consents(tx: Tx, case: Case, facts: ConsentFacts) -> list[Consent]:
    """Store what a consent form says, for one case."""
    consents = rules.signed(
        facts,
        person_id=case.person_id,
        case_id=case.id,
        now=tx.now,
        today=tx.today,
        months=_months(tx, case),
        new_id=tx.new_id,
    )
    _kept_wording(tx, facts.wording)
    leading = coordinators_of(tx, case.activity_id, case.purpose)
    rules.must_name_coordinator(facts, case.purpose, [user.unit_id for user in leading])
    return _given(tx, case, consents)


def _given(tx: Tx, case: Case, consents: list[Consent]) -> list[Consent]:
    """Store new consents; a case that stands before the forum goes on with the units that the new paper names."""
    subject = subjects.of(tx.conn, case)
    rows.consents.add_all(tx.conn, consents)
    for consent in consents:
        if case.submitted_at is None or consent.purpose is not case.purpose:
            continue
        if not tx.allowed(subject, May.DISCLOSE):
            _goes_on(tx, case, consent, subject)
        elif _was_opened(tx, case, subject):
            hand_over(tx, case, consent, act=Act.DELNING)
        else:
            _goes_on(tx, case, consent, subject, but=hand_to_leaders(tx, case, consent))
    return consents


def _was_opened(tx: Tx, case: Case, subject: Subject) -> bool:
    """Whether the case has come before other units: a referral does when it is submitted, a NAFS case on an agenda.

    A protected person's NAFS case is spoken of, and comes before nobody. A SIP comes before each unit by its letter.
    """
    if isinstance(case, Sip):
        return False
    if not isinstance(case, NafsCase):
        return True
    return not subject.protected and bool(rows.agenda_items.of(tx.conn, tables.agenda_item.c.case_id, case.id))


def hand_to_leaders(tx: Tx, case: Case, consent: Consent) -> list[UnitId]:
    """Let whoever leads the meetings read a case that lies before them, where the consent names their unit."""
    if rows.persons.get(tx.conn, case.person_id).protected:
        return []
    leading = {user.unit_id for user in coordinators_of(tx, case.activity_id, case.purpose)}
    units = [one for one in consent.unit_ids if one in leading]
    hand_over(tx, case, consent, act=Act.DELNING, unit_ids=units)
    return units


def _goes_on(tx: Tx, case: Case, consent: Consent, before: Subject, *, but: Collection[UnitId] = ()) -> None:
    """Hand a case over under a new paper to the units that read it already, and no more than they did."""
    for unit_id in consent.unit_ids:
        if unit_id in but:
            continue
        read = granted(before.consents, before.disclosures, consent.purpose, unit_id=unit_id, today=tx.today)
        if kinds := read & frozenset(consent.kinds):
            hand_over(tx, case, consent, act=Act.DELNING, unit_ids=[unit_id], kinds=kinds)


def _kept_wording(tx: Tx, wording_id: WordingId | None) -> WordingId | None:
    """Keep the text that was signed, word for word, the first time that somebody has signed it. Raises NotFound."""
    if wording_id is None or rows.wordings.find(tx.conn, wording_id) is not None:
        return wording_id
    signed = next((wording_of(one) for one in Language if wording_of(one).id == wording_id), None)
    if signed is None:
        raise NotFound
    return rows.wordings.add(tx.conn, signed).id


def _months(tx: Tx, case: Case) -> int:
    return rows.activities.get(tx.conn, case.activity_id).settings.consent_months


def consents_of(tx: Tx, case_id: CaseId) -> list[Consent]:
    """Every consent that was given for a case."""
    return rows.consents.of(tx.conn, tables.consent.c.case_id, case_id)


def deciding_consent(tx: Tx, case: Case, *, on: date) -> Consent | None:
    """The consent that holds on a day, to what the case is."""
    return deciding(consents_of(tx, case.id), case.purpose, on)
