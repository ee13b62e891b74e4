"""The plan of a SIP: written as a draft, locked when it tells all four points, amended as a new edition (§8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from misam_desktop.commands.sips import parties_of, sip_of
from misam_desktop.domain import sip_plan as rules
from misam_desktop.domain.access import May
from misam_desktop.domain.errors import NotFound, Stale
from misam_desktop.domain.gate import must_see
from misam_desktop.domain.ids import CaseId, SipCommitmentId, SipPartyId, SipPlanId, UnitId
from misam_desktop.domain.sip import Sip, SipNotPut, SipParty, must_go_on
from misam_desktop.domain.sip_plan import PlanFacts, Point, SipCommitment, SipPlan
from misam_desktop.store import rows, tables
from misam_desktop.vault import Topic, Tx, command


@command("sip.plan_written", needs=May.CHANGE_SIP, touches=Topic.CASES)
def write_plan(tx: Tx, case_id: CaseId, facts: PlanFacts, *, seen: int | None = None) -> SipPlan:
    """Write the draft of the plan, the first time or anew. Raises PlanLocked, NotAPrincipal, SipNotPut, Stale."""
    sip = sip_of(tx, case_id)
    responsible = None if facts.responsible_id is None else rows.units.get(tx.conn, facts.responsible_id).agency
    found = rules.current(plans_of(tx, sip))
    plan = found or _first(tx, sip)
    if seen is not None and plan.version != seen:
        raise Stale
    must_go_on(sip)
    written = rules.write(plan, facts, responsible=responsible)
    return rows.sip_plans.save(tx.conn, written) if found else rows.sip_plans.add(tx.conn, written)


@command("sip.plan_finished", needs=May.CHANGE_SIP, touches=Topic.CASES)
def finish_plan(tx: Tx, case_id: CaseId, *, seen: int | None = None) -> SipPlan:
    """Lock the plan, when it tells of all four points. Raises PlanNotReady, PlanLocked, TextRequired, Stale."""
    sip = sip_of(tx, case_id)
    must_go_on(sip)
    plan = _newest(tx, sip)
    if seen is not None and plan.version != seen:
        raise Stale
    finished = rules.finish(plan, told_of(tx, plan), by=tx.actor.user_id, on=tx.today)
    return rows.sip_plans.save(tx.conn, finished)


@command("sip.plan_amended", needs=May.CHANGE_SIP, touches=Topic.CASES)
def amend_plan(tx: Tx, case_id: CaseId, *, reason: str) -> SipPlan:
    """Begin the next edition of a finished plan, with all that it says; the earlier stands. Raises PlanNotFinished …"""
    sip = sip_of(tx, case_id)
    must_go_on(sip)
    plan = _newest(tx, sip)
    amended = rows.sip_plans.add(tx.conn, rules.amend(plan, SipPlanId(tx.new_id()), reason=reason))
    copies = [
        replace(one, id=SipCommitmentId(tx.new_id()), plan_id=amended.id, version=1) for one in commitments_of(tx, plan)
    ]
    rows.sip_commitments.add_all(tx.conn, copies)
    return amended


@command("sip.commitment_made", needs=May.WRITE_PLAN, touches=Topic.CASES)
def commit_in_sip(tx: Tx, party_id: SipPartyId, *, what: str, due_on: date | None = None) -> SipCommitment:
    """Write down what somebody who takes part will do, by when. Raises PlanLocked, TextRequired, SipNotPut."""
    party, sip = _of_party(tx, party_id)
    must_go_on(sip)
    plan = rules.current(plans_of(tx, sip)) or rows.sip_plans.add(tx.conn, _first(tx, sip))
    new_id = SipCommitmentId(tx.new_id())
    return rows.sip_commitments.add(tx.conn, rules.commit(plan, new_id, party_id=party.id, what=what, due_on=due_on))


@command("sip.commitment_changed", needs=May.WRITE_PLAN, touches=Topic.CASES)
def change_sip_commitment(
    tx: Tx, commitment_id: SipCommitmentId, *, what: str, due_on: date | None, seen: int
) -> SipCommitment:
    """Say it otherwise while the plan is a draft. Raises PlanLocked, TextRequired, NotAllOfIt, Stale."""
    commitment, plan = _commitment(tx, commitment_id)
    if commitment.version != seen:
        raise Stale
    must_see(commitment, "what", tx.kinds)
    said = rules.commit(plan, commitment.id, party_id=commitment.party_id, what=what, due_on=due_on)
    return rows.sip_commitments.save(tx.conn, replace(commitment, what=said.what, due_on=said.due_on))


@command("sip.commitment_dropped", needs=May.WRITE_PLAN, touches=Topic.CASES)
def drop_sip_commitment(tx: Tx, commitment_id: SipCommitmentId) -> None:
    """Take it out of the draft. Raises PlanLocked."""
    commitment, plan = _commitment(tx, commitment_id)
    rules.must_be_draft(plan)
    rows.sip_commitments.remove(tx.conn, commitment.id)


@command("sip.commitment_done", needs=May.WRITE_PLAN, touches=Topic.CASES)
def finish_sip_commitment(tx: Tx, commitment_id: SipCommitmentId) -> SipCommitment:
    """Mark it as done today, in the draft or in the plan that is followed up. Raises CommitmentDone."""
    commitment, _ = _commitment(tx, commitment_id)
    return rows.sip_commitments.save(tx.conn, rules.done(commitment, on=tx.today))


def plans_of(tx: Tx, sip: Sip) -> list[SipPlan]:
    """Every edition of a SIP's plan."""
    return rows.sip_plans.of(tx.conn, tables.sip_plan.c.case_id, sip.id)


def commitments_of(tx: Tx, plan: SipPlan) -> list[SipCommitment]:
    """Who does what in one edition."""
    return rows.sip_commitments.of(tx.conn, tables.sip_commitment.c.plan_id, plan.id)


def told_of(tx: Tx, plan: SipPlan) -> set[Point]:
    """The points that somebody does something under."""
    units = {one.id: one.agency for one in rows.units.where(tx.conn)}
    parties: dict[SipPartyId, UnitId | None] = {one.id: one.unit_id for one in parties_of(tx, plan.case_id)}
    doing = (parties[one.party_id] for one in commitments_of(tx, plan))
    return {rules.point_of(None if unit_id is None else units[unit_id]) for unit_id in doing}


def _first(tx: Tx, sip: Sip) -> SipPlan:
    if sip.submitted_at is None:
        raise SipNotPut
    return SipPlan(id=SipPlanId(tx.new_id()), case_id=sip.id)


def _newest(tx: Tx, sip: Sip) -> SipPlan:
    """The newest edition. Raises NotFound where nobody has begun one."""
    plan = rules.current(plans_of(tx, sip))
    if plan is None:
        raise NotFound
    return plan


def _of_party(tx: Tx, party_id: SipPartyId) -> tuple[SipParty, Sip]:
    """Somebody who takes part, if the actor may write what they do: as one of the unit, or for who is of none."""
    party = rows.sip_parties.get(tx.conn, party_id)
    home = rows.sips.get(tx.conn, party.case_id).unit_id
    return party, sip_of(tx, party.case_id, answering=[party.unit_id or home])


def _commitment(tx: Tx, commitment_id: SipCommitmentId) -> tuple[SipCommitment, SipPlan]:
    commitment = rows.sip_commitments.get(tx.conn, commitment_id)
    _, sip = _of_party(tx, commitment.party_id)
    must_go_on(sip)
    return commitment, rows.sip_plans.get(tx.conn, commitment.plan_id)
