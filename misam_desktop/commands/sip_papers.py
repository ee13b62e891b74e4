"""What leaves a SIP: asked of the gate again, written down, and only then handed on; and what is set for its papers."""

from __future__ import annotations

from misam_desktop.commands.disclosures import given_to
from misam_desktop.commands.letters import LetterGiven, with_addresses
from misam_desktop.commands.sips import mark_sent, party_of
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Act, PaperKind, Recipient
from misam_desktop.domain.errors import Stale
from misam_desktop.domain.gate import To, must_suit
from misam_desktop.domain.ids import CaseId, SipPartyId
from misam_desktop.domain.sip import LetterState, Sip, letter_state
from misam_desktop.domain.sip_paper import SipTemplate, cleaned
from misam_desktop.queries.sip_papers import AskingChoice, SipWritten, agenda_to, plan_to, sip_letter
from misam_desktop.store import founding, rows
from misam_desktop.vault import Topic, Tx, command


@command("sip.letter_given", needs=May.CHANGE_SIP, touches=(Topic.CASES, Topic.CONSENTS))
def give_sip_letter(tx: Tx, party_id: SipPartyId, choice: AskingChoice, *, act: Act) -> LetterGiven:
    """Give the kallelse or inbjudan: whoever gets it has been asked, and a unit reads the SIP from now on.

    Raises WayUnsuited, ConsentMissing, UnitOutsideConsent, RelativesNotAsked, NothingLeaves and more.
    """
    party, sip = party_of(tx, party_id)
    tx.about(sip.id, sip.person_id, purpose=act)
    made = sip_letter(tx, sip, party, choice)
    given = _given(tx, sip, made, act, None if made.asking is None else made.asking.paper)
    if letter_state(sip, party) is not LetterState.SENT:
        mark_sent(tx, sip, party)
    return given


@command("sip.agenda_given", needs=May.READ_CASE, touches=Topic.CONSENTS)
def give_sip_agenda(tx: Tx, case_id: CaseId, to: tuple[To, ...], *, large: bool = False, act: Act) -> LetterGiven:
    """Give the dagordning. Raises WayUnsuited, SipWithoutMeeting, CodesGone, UnitOutsideConsent, NothingLeaves …"""
    sip = _about(tx, case_id, act)
    return _given(tx, sip, agenda_to(tx, sip, to, large=large), act, PaperKind.DAGORDNING)


@command("sip.plan_given", needs=May.READ_CASE, touches=Topic.CONSENTS)
def give_sip_plan(tx: Tx, case_id: CaseId, to: To, *, edition: int, large: bool = False, act: Act) -> LetterGiven:
    """Give one edition of the plan, or its draft. Raises WayUnsuited, NotFound, UnitOutsideConsent, NothingLeaves …"""
    sip = _about(tx, case_id, act)
    return _given(tx, sip, plan_to(tx, sip, to, edition=edition, large=large), act, PaperKind.SIP_PLAN)


@command("sip.template_changed", needs=May.CHANGE_SETTINGS, touches=(Topic.SETTINGS, Topic.CONTACTS))
def set_sip_template(tx: Tx, template: SipTemplate, *, seen: SipTemplate) -> SipTemplate:
    """Set what the papers of a SIP say; what is empty says what the program brings. Raises SipTemplateLong, Stale."""
    kept = cleaned(template)
    if founding.sip_template(tx.conn) != seen:
        raise Stale
    founding.set_sip_template(tx.conn, kept)
    return founding.sip_template(tx.conn)


def _about(tx: Tx, case_id: CaseId, act: Act) -> Sip:
    sip = rows.sips.get(tx.conn, case_id)
    tx.about(sip.id, sip.person_id, purpose=act)
    return sip


def _given(tx: Tx, sip: Sip, made: SipWritten, act: Act, paper: PaperKind | None) -> LetterGiven:
    """An act of handing over for each who gets it."""
    must_suit(act, made.to, is_invitation=made.asking is not None)
    for one in made.to:
        consent = None if one.recipient is Recipient.PERSONEN else made.consent
        given_to(tx, sip, one, consent, act=act, kinds=made.kinds, paper=paper)
    return with_addresses(tx, made.paper, made.to)
