"""SIP: the need, the consent, the preparation, who is called and invited, the meeting and the end (process.md §8)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from misam_desktop.commands.consents import add_consents, deciding_consent, hand_to_leaders
from misam_desktop.commands.disclosures import hand_over
from misam_desktop.commands.persons import take_person
from misam_desktop.domain import sip as rules
from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.codes import Act, Agency, Purpose
from misam_desktop.domain.consent import must_hold, must_name
from misam_desktop.domain.errors import NotFound, Stale
from misam_desktop.domain.ids import CaseId, SipPartyId, UnitId
from misam_desktop.domain.intake import ConsentFacts, PersonFacts
from misam_desktop.domain.sip import PartyKind, Preparation, Sip, SipAnswer, SipFacts, SipParty
from misam_desktop.store import codes, rows, subjects, tables
from misam_desktop.vault import Topic, Tx, command

_BEGINS = (Topic.CASES, Topic.PERSONS, Topic.CONSENTS)


@command("sip.begun", needs=May.WRITE_SIP, touches=_BEGINS)
def begin_sip(
    tx: Tx, person: PersonFacts, facts: SipFacts, *, consent: ConsentFacts | None = None, submit: bool = False
) -> Sip:
    """Write down that a SIP is needed, as a draft of the unit that judged it, or put to others under its consent.

    Raises NotAPrincipal, FutureDate, TextRequired, ConsentMissing.
    """
    judged_by = _judging(tx, facts)
    subject = Subject(
        activity_id=facts.activity_id,
        unit_ids=frozenset({facts.unit_id}),
        home_id=facts.unit_id,
        before_forum=submit,
        purpose=Purpose.SIP,
    )
    tx.require(subject)
    sip_id = CaseId(tx.new_id())
    found = take_person(tx, person, subject)
    sip = rules.begin(facts, sip_id, person_id=found.id, judged_by=judged_by, today=tx.today)
    tx.about(sip.id, found.id)
    rows.sips.add(tx.conn, sip)
    if consent is not None:
        add_consents(tx, sip, consent)
    return _put(tx, sip) if submit else sip


@command("sip.put", needs=May.WRITE_SIP, touches=_BEGINS)
def put_sip(tx: Tx, case_id: CaseId, *, consent: ConsentFacts | None = None, seen: int | None = None) -> Sip:
    """Let others be called to a SIP, under the person's consent. Raises ConsentMissing, SipEnded."""
    sip = sip_of(tx, case_id, seen=seen)
    if consent is not None:
        add_consents(tx, sip, consent)
    return _put(tx, sip)


@command("sip.prepared", needs=May.CHANGE_SIP, touches=Topic.CASES)
def prepare_sip(tx: Tx, case_id: CaseId, said: Preparation, *, seen: int) -> Sip:
    """Write down what the person says before the meeting. Raises SipEnded, NotAllOfIt, Stale."""
    sip = sip_of(tx, case_id, seen=seen)
    return rows.sips.save(tx.conn, rules.prepare(sip, said, today=tx.today))


@command("sip.party_added", needs=May.CHANGE_SIP, touches=Topic.CASES)
def add_party(tx: Tx, case_id: CaseId, kind: PartyKind, *, unit_id: UnitId | None = None, name: str = "") -> SipParty:
    """Write down who shall take part; they learn of it by their letter. Raises AlreadyParty, RelativesDeclined …"""
    sip = sip_of(tx, case_id)
    if unit_id is not None:
        rows.units.get(tx.conn, unit_id)
    party_id = SipPartyId(tx.new_id())
    party = rules.take_part(sip, party_id, kind, unit_id=unit_id, name=name, already=parties_of(tx, sip.id))
    return rows.sip_parties.add(tx.conn, party)


@command("sip.party_removed", needs=May.CHANGE_SIP, touches=Topic.CASES)
def remove_party(tx: Tx, party_id: SipPartyId) -> None:
    """Take away somebody who was not to come after all. Raises PartyInvited, SipEnded."""
    party, sip = party_of(tx, party_id)
    rules.must_go_on(sip)
    rules.must_be_removable(party)
    rows.sip_parties.remove(tx.conn, party.id)


@command("sip.meeting_set", needs=May.CHANGE_SIP, touches=Topic.CASES)
def set_sip_meeting(tx: Tx, case_id: CaseId, *, on: date, time: str, place: str, seen: int) -> Sip:
    """Set or move the meeting: letters to another day are old from now on, and its dagordning has another code.

    Raises SipNotPut, SipEnded, MeetingBeforeNeed, Stale.
    """
    sip = sip_of(tx, case_id, seen=seen)
    meets = rules.set_meeting(sip, on=on, time=time, place=place, today=tx.today)
    if meets.code is None and not rows.persons.get(tx.conn, sip.person_id).protected:
        meets = replace(meets, code=codes.new_code(tx.conn, tx.random_below))
    return rows.sips.save(tx.conn, meets)


@command("sip.invited", needs=May.CHANGE_SIP, touches=(Topic.CASES, Topic.CONSENTS))
def invite(tx: Tx, party_id: SipPartyId) -> SipParty:
    """Note that a kallelse or inbjudan has gone to somebody: a unit reads the SIP from now on.

    Raises ConsentMissing, UnitOutsideConsent, SipWithoutMeeting, AlreadyInvited.
    """
    party, sip = party_of(tx, party_id)
    return mark_sent(tx, sip, party)


def mark_sent(tx: Tx, sip: Sip, party: SipParty) -> SipParty:
    """The party with its letter, and the unit that it is with the SIP to read."""
    sent = rules.send(sip, party, today=tx.today)
    consent = must_hold(deciding_consent(tx, sip, on=tx.today))
    if party.unit_id is not None:
        must_name(consent, [party.unit_id], field="unit_id")
        if not rows.persons.get(tx.conn, sip.person_id).protected:
            hand_over(tx, sip, consent, act=Act.MOTE, unit_ids=[party.unit_id])
    return rows.sip_parties.save(tx.conn, sent)


@command("sip.answered", needs=May.ANSWER, touches=Topic.CASES)
def answer_invitation(
    tx: Tx, party_id: SipPartyId, said: SipAnswer, *, text: str = "", seen: int | None = None
) -> SipParty:
    """Note what somebody says to being asked, as one of the unit or for who has told it. Raises NotInvited, Stale."""
    party = rows.sip_parties.get(tx.conn, party_id)
    home = rows.sips.get(tx.conn, party.case_id).unit_id
    sip = sip_of(tx, party.case_id, answering=[party.unit_id, home])
    if seen is not None and party.version != seen:
        raise Stale
    return rows.sip_parties.save(tx.conn, rules.answer(sip, party, said, text=text, today=tx.today))


@command("sip.ended", needs=May.WRITE_SIP, touches=Topic.CASES)
def end_sip(tx: Tx, case_id: CaseId, *, on: date, evaluation: str, seen: int | None = None) -> Sip:
    """End a SIP with what came of it. Raises SipEnded, FutureDate, TextRequired."""
    sip = sip_of(tx, case_id, seen=seen)
    return rows.sips.save(tx.conn, rules.end(sip, on=on, evaluation=evaluation, today=tx.today))


def sip_of(tx: Tx, case_id: CaseId, *, seen: int | None = None, answering: Collection[UnitId | None] = ()) -> Sip:
    """The SIP, if the actor may do this to it; ``answering`` are the units whose part it is. Raises NotFound, Stale."""
    sip = rows.sips.get(tx.conn, case_id)
    tx.about(sip.id, sip.person_id)
    tx.kinds = tx.require(subjects.answered_by(subjects.of_sip(tx.conn, sip), *answering)).kinds
    if seen is not None and sip.version != seen:
        raise Stale
    return sip


def parties_of(tx: Tx, case_id: CaseId) -> list[SipParty]:
    """Everybody who takes part in a SIP."""
    return rows.sip_parties.of(tx.conn, tables.sip_party.c.case_id, case_id)


def party_of(tx: Tx, party_id: SipPartyId) -> tuple[SipParty, Sip]:
    """Somebody who takes part, and in what, if the actor may do this to it. Raises NotFound."""
    party = rows.sip_parties.get(tx.conn, party_id)
    return party, sip_of(tx, party.case_id)


def _put(tx: Tx, sip: Sip) -> Sip:
    """Whoever coordinates in the activity reads the SIP from now on, where the consent names their unit."""
    consent = must_hold(deciding_consent(tx, sip, on=tx.today))
    put = rules.put_to_parties(sip, now=tx.now)
    if put == sip:
        return sip
    hand_to_leaders(tx, sip, consent)
    return rows.sips.save(tx.conn, put)


def _judging(tx: Tx, facts: SipFacts) -> Agency:
    """The authority that has judged it. Raises NotFound for a NAFS team, a unit or a contact that there is none of."""
    if rows.activities.get(tx.conn, facts.activity_id).settings.kind is Kind.NAFS:
        raise NotFound
    rows.contacts.get(tx.conn, facts.contact_id)
    return rows.units.get(tx.conn, facts.unit_id).agency
