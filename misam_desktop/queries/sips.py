"""SIPs as a list and as pages: who takes part and what they answer, the plan and what it still lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.codes import Agency, InfoKind
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.gate import let_through
from misam_desktop.domain.ids import CaseId, ConsentId, ContactId, SipPartyId, UnitId
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.domain.protection import covered
from misam_desktop.domain.scope import deciding
from misam_desktop.domain.shared import SharedCommitment
from misam_desktop.domain.sip import LetterState, PartyKind, Sip, SipLetter, SipParty, SipState, days_to_work, letter_of
from misam_desktop.domain.sip import letter_state as state_of_letter
from misam_desktop.domain.sip import state_of as sip_state_of
from misam_desktop.domain.sip_paper import agendas_of
from misam_desktop.domain.sip_plan import Point, SipCommitment, SipPlan, in_force, missing, point_of
from misam_desktop.queries import reach, shown
from misam_desktop.queries.beside import Known
from misam_desktop.queries.consents import scanned
from misam_desktop.queries.permitted import allowed_on, as_told
from misam_desktop.queries.referrals import NumberMatch, number_match
from misam_desktop.queries.shared import from_episodes
from misam_desktop.queries.sip_facts import parties_of
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look, query

_S, _P, _L = tables.sip.c, tables.person.c, tables.sip_plan.c


class SipRow(NamedTuple):
    """One SIP in the list. ``days`` lie between the need and the first work, or today while there is none.

    ``waits`` says that nobody has begun; ``follow_up_on`` is that of the plan in force.
    """

    case_id: CaseId
    name: str
    unit: str
    state: SipState
    need_on: date
    days: int
    waits: bool
    meeting_on: date | None
    follow_up_on: date | None


@query("sip.listed", needs=May.SEE_CASES)
def sips(look: Look) -> list[SipRow]:
    """The SIPs within reach: those that go on before those that have ended, of each the newest first."""
    statement = (
        select(
            _S.id, _P.given_name, _P.family_name, _P.protected, _P.protected_owners,
            reach.sip_identity(look).label("identified"),
        )
        .select_from(tables.sip)
        .join(tables.person, _S.person_id == _P.id)
        .where(reach.sips(look))
    )  # fmt: skip
    names = {row.id: shown.name(look, row) for row in look.conn.execute(statement)}
    found = rows.sips.where(look.conn, _S.id.in_(names), order_by=[_S.ended_on.is_not(None), _S.need_on.desc()])
    plans = _by_case(rows.sip_plans.where(look.conn, _L.case_id.in_(names)))
    units = {one.id: one.short for one in rows.units.where(look.conn)}
    return [_row(look, sip, names[sip.id], units[sip.unit_id], plans[sip.id]) for sip in found]


def _row(look: Look, sip: Sip, name: str, unit: str, plans: Sequence[SipPlan]) -> SipRow:
    plan = in_force(plans)
    return SipRow(
        case_id=sip.id,
        name=name,
        unit=unit,
        state=sip_state_of(sip, has_plan=bool(plans), is_finished=plan is not None),
        need_on=sip.need_on,
        days=days_to_work(sip, today=look.today),
        waits=sip.begun_on is None and sip.ended_on is None,
        meeting_on=sip.meeting_on,
        follow_up_on=None if plan is None else plan.follow_up_on,
    )


class PartyLine(NamedTuple):
    """Somebody who takes part: by which letter they are asked, where it stands, and what the asker may do.

    ``agency`` is None for who is no unit. ``is_outside`` says that the consent in force does not name the unit.
    """

    party: SipParty
    agency: Agency | None
    letter: SipLetter
    state: LetterState
    is_outside: bool
    may_answer: bool
    may_commit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition of the plan with who does what in it, and the points that are still empty."""

    plan: SipPlan
    lines: tuple[SipCommitment, ...]
    lacks: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SipPage:
    """One SIP with all that its page shows, cut to what the asker may read (``kinds``).

    ``editions`` are those of its plan, the newest first. ``days`` is how long the first work waited, or has waited.
    ``agendas`` are the units that get a dagordning together, ``shared`` what stands in the plans of open episodes.
    """

    sip: Sip
    person: Person
    activity: Activity
    state: SipState
    days: int
    parties: tuple[PartyLine, ...]
    editions: tuple[Edition, ...]
    consents: tuple[Consent, ...]
    disclosures: tuple[Disclosure, ...]
    kinds: frozenset[InfoKind]
    allows: frozenset[May]
    deciding: Consent | None
    agendas: tuple[tuple[UnitId, ...], ...]
    shared: tuple[SharedCommitment, ...]
    shut_out: tuple[ContactId, ...]
    scanned: frozenset[ConsentId]

    @property
    def newest(self) -> Edition | None:
        """The edition that is written on, or the one in force when none is."""
        return self.editions[0] if self.editions else None


@query("sip.opened", needs=May.READ_CASE)
def one_sip(look: Look, case_id: CaseId) -> SipPage:
    """The SIP's page: a logged read."""
    sip = rows.sips.get(look.conn, case_id)
    look.opened(sip.id, sip.person_id)
    subject = subjects.of_sip(look.conn, sip)
    decision = look.require(subject)
    told, kinds = as_told(look, decision, subject), decision.kinds
    consent = deciding(subject.consents, subject.purpose, look.today)
    plans = rows.sip_plans.of(look.conn, _L.case_id, sip.id, by=_L.edition)
    person = rows.persons.get(look.conn, sip.person_id)
    parties = _parties(look, sip, subject, consent)
    editions = tuple(_edition(look, plan, parties, kinds) for plan in reversed(plans))
    return SipPage(
        sip=let_through(sip, kinds),
        person=covered(let_through(person, kinds), days=(look.today, sip.need_on)),
        activity=rows.activities.get(look.conn, sip.activity_id),
        state=sip_state_of(sip, has_plan=bool(plans), is_finished=in_force(plans) is not None),
        days=days_to_work(sip, today=look.today),
        parties=tuple(one._replace(party=let_through(one.party, kinds)) for one in parties),
        editions=editions,
        consents=tuple(sorted(told.consents, key=lambda one: one.from_on)),
        disclosures=told.disclosures,
        kinds=kinds,
        allows=allowed_on(look, subject),
        deciding=consent,
        agendas=agendas_of(sip.id, [one.party.unit_id for one in parties if one.party.unit_id], consent),
        shared=from_episodes(
            look, subjects.persons_of_number(look.conn, person.number), subject, _own_lines(editions, parties), kinds
        ),
        shut_out=tuple(sorted(subject.shut_out)),
        scanned=scanned(look, decision, subject.consents),
    )


class SipMatch(NamedTuple):
    """What a personal number already means to who begins a SIP: only what they may know."""

    match: NumberMatch
    cases: tuple[Known, ...]


@query("person.looked_up", needs=May.WRITE_SIP)
def look_up_for_sip(look: Look, number: PersonalNumber) -> SipMatch:
    """The person behind a number, and the SIPs of theirs that go on, the newest first."""
    twins = [one.id for one in subjects.persons_of_number(look.conn, number)]
    theirs = (_S.person_id.in_(twins), _S.ended_on.is_(None))
    found = rows.sips.where(look.conn, *theirs, order_by=[_S.need_on.desc()])
    seen = [one for one in found if look.allowed(subjects.of_sip(look.conn, one), May.READ_CASE)]
    activities = {one.id: one.name for one in rows.activities.where(look.conn)}
    cases = [Known(one.id, activities[one.activity_id], one.need_on, one.submitted_at is None) for one in seen]
    return SipMatch(number_match(look, number), tuple(cases))


def _parties(look: Look, sip: Sip, subject: Subject, consent: Consent | None) -> list[PartyLine]:
    agencies = {one.id: one.agency for one in rows.units.where(look.conn)}
    named = set[UnitId](consent.unit_ids if consent else ())
    lines = []
    for one in parties_of(look, sip):
        agency = None if one.unit_id is None else agencies[one.unit_id]
        told = subjects.answered_by(subject, one.unit_id, sip.unit_id)
        does = subjects.answered_by(subject, one.unit_id or sip.unit_id)
        lines.append(
            PartyLine(
                party=one,
                agency=agency,
                letter=letter_of(agency),
                state=state_of_letter(sip, one),
                is_outside=one.unit_id is not None and one.unit_id not in named,
                may_answer=bool(look.allowed(told, May.ANSWER)),
                may_commit=bool(look.allowed(does, May.WRITE_PLAN)),
            )
        )
    return lines


def _edition(look: Look, plan: SipPlan, parties: Iterable[PartyLine], kinds: frozenset[InfoKind]) -> Edition:
    agencies: dict[SipPartyId, Agency | None] = {one.party.id: one.agency for one in parties}
    lines = rows.sip_commitments.of(look.conn, tables.sip_commitment.c.plan_id, plan.id)
    told = {point_of(agencies[one.party_id]) for one in lines}
    return Edition(
        plan=let_through(plan, kinds),
        lines=tuple(let_through(one, kinds) for one in sorted(lines, key=_what_is_first)),
        lacks=() if plan.finished_on is not None else missing(plan, told),
    )


def _own_lines(editions: Sequence[Edition], parties: Iterable[PartyLine]) -> list[tuple[str, UnitId | None, str]]:
    """What units, and the person, do by the newest edition."""
    units = {one.party.id: one.party.unit_id for one in parties if one.agency or one.party.kind is PartyKind.PERSONEN}
    lines = editions[0].lines if editions else ()
    return [(one.id, units[one.party_id], one.what) for one in lines if one.party_id in units]


def _what_is_first(line: SipCommitment) -> tuple[str, str]:
    """By the day it is due, what has none last."""
    return str(line.due_on or "9999"), line.what


def _by_case(plans: Iterable[SipPlan]) -> defaultdict[str, list[SipPlan]]:
    cases: defaultdict[str, list[SipPlan]] = defaultdict(list)
    for one in plans:
        cases[one.case_id].append(one)
    return cases
