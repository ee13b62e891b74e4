"""A SIP in words, for papers and texts: gated values in, sections out, and what is withheld says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from misam_desktop.documents.extracts import Section
from misam_desktop.domain.codes import Agency, InfoKind
from misam_desktop.domain.gate import let_through, withheld
from misam_desktop.domain.ids import SipPartyId
from misam_desktop.domain.sip import LetterState, PartyKind, Sip, SipParty, SipState, letter_state, state_of
from misam_desktop.domain.sip_plan import SipCommitment, SipPlan, current, in_force
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look
from misam_desktop.wording import iso, label

Said = tuple[str, str, str]
"""What it is called, the field that it is, and its words."""


def sip_state(look: Look, sip: Sip) -> SipState:
    """Where a SIP stands, by its plan too."""
    plans = rows.sip_plans.of(look.conn, tables.sip_plan.c.case_id, sip.id)
    return state_of(sip, has_plan=bool(plans), is_finished=in_force(plans) is not None)


def sip_texts(look: Look, sip: Sip) -> list[Any]:
    """What has been written freely around a SIP: who takes part, every edition of the plan and what it says of whom."""
    plans = rows.sip_plans.of(look.conn, tables.sip_plan.c.case_id, sip.id, by=tables.sip_plan.c.edition)
    return [*parties_of(look, sip), *plans, *(line for plan in plans for line in commitments_of(look, plan))]


def sip_sections(look: Look, sip: Sip, kinds: frozenset[InfoKind], instead: str) -> Iterator[Section]:
    """A SIP as sections of a paper, the newest edition of its plan among them; ``instead`` stands for the rest."""
    told = let_through(sip, kinds)
    yield Section("SIP", _lines(Sip, _of_sip(look, told), kinds, instead))
    parties = parties_of(look, sip)
    yield Section(
        "Deltar i SIP", tuple((who(look, one, kinds, instead), came(sip, one, kinds, instead)) for one in parties)
    )
    plan = current(rows.sip_plans.of(look.conn, tables.sip_plan.c.case_id, sip.id))
    if plan is not None:
        yield Section("Plan", _lines(SipPlan, _of_plan(look, let_through(plan, kinds)), kinds, instead))
        names = {one.id: who(look, one, kinds, instead) for one in parties}
        yield Section("Vem gör vad", tuple(_does(look, plan, names, kinds, instead)))


def _lines(cls: type, said: list[Said], kinds: frozenset[InfoKind], instead: str) -> tuple[tuple[str, str], ...]:
    told = ((words, instead if withheld(cls, name, kinds) else value) for words, name, value in said)
    return tuple((words, value) for words, value in told if value)


def _of_sip(look: Look, sip: Sip) -> list[Said]:
    relatives = {True: "Ja", False: "Nej", None: ""}[sip.relatives]
    meeting = " ".join(filter(None, [iso(sip.meeting_on) if sip.meeting_on else "", sip.meeting_time]))
    ended = [("Utvärdering", "evaluation", sip.evaluation)] if sip.ended_on else []
    return [
        ("Verksamhet", "", rows.activities.get(look.conn, sip.activity_id).name),
        ("Behovet bedömt av", "", rows.units.get(look.conn, sip.unit_id).name),
        ("Behovet sett", "", iso(sip.need_on)),
        ("Varför", "need_why", sip.need_why),
        ("Vad är viktigt för dig?", "important", sip.important),
        ("Frågor", "questions", sip.questions),
        ("Ska vara med", "wanted", sip.wanted),
        ("Ska inte vara med", "unwanted", sip.unwanted),
        ("Närstående", "relatives", relatives),
        ("Möte", "", meeting),
        ("Avslutad", "", iso(sip.ended_on) if sip.ended_on else ""),
        *ended,
    ]


def _of_plan(look: Look, plan: SipPlan) -> list[Said]:
    responsible = "" if plan.responsible_id is None else rows.units.get(look.conn, plan.responsible_id).name
    return [
        ("Version", "", str(plan.edition)),
        ("Insatser som behövs", "needed", plan.needed),
        ("Inga", "", ", ".join(map(label, plan.none))),
        ("Övergripande ansvar", "", responsible),
        ("Mål på kort sikt", "goals_short", plan.goals_short),
        ("Mål på lång sikt", "goals_long", plan.goals_long),
        ("Finns i annan plan", "existing", plan.existing),
        ("Följs upp", "", iso(plan.follow_up_on) if plan.follow_up_on else ""),
        ("Varför den ändrades", "reason", plan.reason),
        ("Klar", "", iso(plan.finished_on) if plan.finished_on else ""),
    ]


def _does(
    look: Look, plan: SipPlan, names: dict[SipPartyId, str], kinds: frozenset[InfoKind], instead: str
) -> Iterator[tuple[str, str]]:
    for one in commitments_of(look, plan):
        what = instead if withheld(SipCommitment, "what", kinds) else one.what
        by = f", senast {iso(one.due_on)}" if one.due_on else ""
        yield f"{names[one.party_id]}{by}", f"{what}\nKlart {iso(one.done_on)}" if one.done_on else what


def who(look: Look, party: SipParty, kinds: frozenset[InfoKind], instead: str) -> str:
    """«Försäkringskassan», «Personen själv», «Närstående: Mamma»."""
    if party.unit_id is not None:
        return rows.units.get(look.conn, party.unit_id).name
    if party.kind is PartyKind.PERSONEN:
        return label(party.kind)
    return f"{label(party.kind)}: {instead if withheld(SipParty, 'name', kinds) else party.name}"


def came(sip: Sip, party: SipParty, kinds: frozenset[InfoKind], instead: str) -> str:
    """What somebody says to the meeting as it is planned now, with why they do not come."""
    if letter_state(sip, party) is not LetterState.SENT:
        return "Har inte fått brev till mötet"
    if party.answer is None:
        return "Har inte svarat"
    why = instead if withheld(SipParty, "answer_text", kinds) else party.answer_text
    return f"{label(party.answer)}: {why}" if party.answer_text else label(party.answer)


def parties_of(look: Look, sip: Sip) -> list[SipParty]:
    """Everybody who takes part: the units by authority, then the person, relatives and others by name."""
    agencies = {one.id: one.agency for one in rows.units.where(look.conn)}
    order, kinds = [*Agency, None], list(PartyKind)

    def at(one: SipParty) -> tuple[int, int, str, str]:
        agency = None if one.unit_id is None else agencies[one.unit_id]
        return kinds.index(one.kind), order.index(agency), one.unit_id or "", one.name

    return sorted(rows.sip_parties.of(look.conn, tables.sip_party.c.case_id, sip.id), key=at)


def commitments_of(look: Look, plan: SipPlan) -> list[SipCommitment]:
    """Who does what in one edition of the plan."""
    return rows.sip_commitments.of(look.conn, tables.sip_commitment.c.plan_id, plan.id)
