"""The SIPs of the stage: of IFO, which karin coordinates, with Fk called to one and a plan at each stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from misam_desktop.commands import sip_plans, sips
from misam_desktop.domain.codes import Purpose
from misam_desktop.domain.intake import ConsentFacts
from misam_desktop.domain.sip import PartyKind, Sip, SipFacts, SipParty
from misam_desktop.domain.sip_plan import PlanFacts, Point, SipCommitment
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands import worlds
from tests.commands.worlds import AF, FK, IFO, MISAM, agrees, somebody
from tests.conftest import TODAY

LATER = TODAY + timedelta(days=14)
FULL = PlanFacts(
    needed="Boendestöd och vård", none=(Point.KOMMUN, Point.REGION), responsible_id=IFO, follow_up_on=LATER
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sips:
    """A draft; one that is put to the parties; one that Fk is called to, with a draft of a plan; one with a plan."""

    draft: Sip
    put: Sip
    called: Sip
    invited: SipParty
    planned: SipParty
    promised: SipCommitment
    finished: Sip
    done_of: SipParty


def to_sip() -> ConsentFacts:
    """A consent to SIP between IFO, Af and Fk."""
    return agrees(purposes=(Purpose.SIP,), unit_ids=(IFO, AF, FK))


def needs_sip(karin: Vault) -> SipFacts:
    """IFO has judged that a SIP is needed."""
    return SipFacts(
        activity_id=MISAM, unit_id=IFO, contact_id=worlds.contact_of(karin), need_on=TODAY, need_why="Vård och boende"
    )


def set_sips(karin: Vault) -> Sips:
    """What the commands on SIPs are done to."""
    put, called, finished = (_begun(karin, serial) for serial in (994, 995, 996))
    draft = karin.do(sips.begin_sip(somebody(997), needs_sip(karin))).value
    invited, planned = _called(karin, called)
    promised = karin.do(sip_plans.commit_in_sip(invited.id, what="Prövar sjukpenning")).value
    does, _ = _called(karin, finished)
    karin.do(sip_plans.commit_in_sip(does.id, what="Ringer läkaren"))
    karin.do(sip_plans.write_plan(called.id, FULL))
    karin.do(sip_plans.write_plan(finished.id, FULL))
    karin.do(sip_plans.finish_plan(finished.id))
    return Sips(
        draft=draft,
        put=put,
        called=worlds.one(karin, rows.sips, called.id),
        invited=invited,
        planned=planned,
        promised=promised,
        finished=worlds.one(karin, rows.sips, finished.id),
        done_of=does,
    )


def _begun(karin: Vault, serial: int) -> Sip:
    return karin.do(sips.begin_sip(somebody(serial), needs_sip(karin), consent=to_sip(), submit=True)).value


def _called(karin: Vault, sip: Sip) -> tuple[SipParty, SipParty]:
    """Fk, which has its letter to the meeting, and Af, which has none yet."""
    karin.do(sips.set_sip_meeting(sip.id, on=LATER, time="13.00", place="Rum 2", seen=sip.version))
    fk, af = (karin.do(sips.add_party(sip.id, PartyKind.ENHET, unit_id=unit)).value for unit in (FK, AF))
    return karin.do(sips.invite(fk.id)).value, af
