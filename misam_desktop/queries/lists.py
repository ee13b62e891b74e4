"""Lists that are taken out: which of their cases, and how much of each, the gate lets go to somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select, union

from misam_desktop.domain.access import May
from misam_desktop.domain.case import Case
from misam_desktop.domain.codes import InfoKind, ListColumn
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.episode import EpisodeState
from misam_desktop.domain.follow_up import is_open
from misam_desktop.domain.gate import To, leaving, let_through, needed, preview, withheld
from misam_desktop.domain.listed import Listed, kinds_in
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.nafs import state_of as nafs_state_of
from misam_desktop.domain.people import Person
from misam_desktop.domain.referral import Referral, state_of
from misam_desktop.domain.sip import Sip
from misam_desktop.domain.sip_plan import in_force
from misam_desktop.queries import reach
from misam_desktop.queries.shown import WITHHELD
from misam_desktop.queries.sip_facts import sip_state
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look, query
from misam_desktop.wording import iso, label

_R, _E, _N, _S = tables.referral.c, tables.episode.c, tables.nafs_case.c, tables.sip.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """One case of a list on its way out: what of it may go, and the consent that decides."""

    id: str
    case: Case
    person: Person
    kinds: frozenset[InfoKind]
    consent: Consent | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPreview:
    """What of some cases would leave, by the ids that were asked for.

    ``protected`` are the persons under protected identity, by the id of one of their rows, ``outside`` how many cases
    of which nothing may leave.
    """

    kinds: Mapping[str, frozenset[InfoKind]]
    protected: frozenset[str]
    outside: int

    def __add__(self, other: ListPreview) -> ListPreview:
        """Two parts of one list."""
        return ListPreview(
            kinds={**self.kinds, **other.kinds},
            protected=self.protected | other.protected,
            outside=self.outside + other.outside,
        )

    def of_kind(self) -> Counter[InfoKind]:
        """How many cases each kind leaves of."""
        return Counter(kind for kinds in self.kinds.values() for kind in kinds)


NOTHING = ListPreview(kinds={}, protected=frozenset(), outside=0)


@query("list.previewed", needs=May.READ_CASE)
def list_preview(look: Look, ids: Collection[str], to: To, columns: Collection[ListColumn]) -> ListPreview:
    """What would leave of a part of a list; a long list is asked for in parts, each at its own time."""
    return going(look, ids, to, columns)[1]


def going(look: Look, ids: Collection[str], to: To, columns: Collection[ListColumn]) -> tuple[list[Going], ListPreview]:
    """The cases that go, in the order of ``ids`` (of episodes, or of referrals), and the same as figures.

    Only what the actor sees in lists is looked at; of the rest nothing is said.
    """
    told, found = kinds_in(columns), list[Going]()
    protected, outside = set[str](), 0
    for one, case in _within_reach(look, ids).items():
        person = rows.persons.get(look.conn, case.person_id)
        if person.protected:
            protected.add(_human_being(look, person))
            continue
        kinds, consent = _decided(look, case, to)
        if kinds & told:
            found.append(Going(id=one, case=case, person=person, kinds=kinds & told, consent=consent))
        else:
            outside += 1
    seen = {one.id: one.kinds for one in found}
    return found, ListPreview(kinds=seen, protected=frozenset(protected), outside=outside)


def _human_being(look: Look, person: Person) -> str:
    """The same id for every row of somebody that the actor has a case of; the others are not theirs to know."""
    twins = subjects.same_person(look.conn, person.id)
    joined = tables.referral.outerjoin(tables.episode, _R.episode_id == _E.id)
    referred = select(_R.person_id).select_from(joined).where(_R.person_id.in_(twins), reach.cases(look))
    raised = select(_N.person_id).where(_N.person_id.in_(twins), reach.nafs_cases(look))
    planned = select(_S.person_id).where(_S.person_id.in_(twins), reach.sips(look))
    return str(min(look.conn.execute(union(referred, raised, planned)).scalars()))


def _within_reach(look: Look, ids: Collection[str]) -> dict[str, Case]:
    """The cases of a list, each under the id that it was asked for by."""
    named = list(ids)
    joined = select(_R.id).select_from(tables.referral.outerjoin(tables.episode, _R.episode_id == _E.id))
    seen = joined.where(reach.cases(look), or_(_R.id.in_(named), _R.episode_id.in_(named)))
    found = rows.referrals.where(look.conn, _R.id.in_(seen))
    known: dict[str, Case] = {one.id: one for one in found}
    known |= {one.episode_id: one for one in found if one.episode_id}
    known |= {one.id: one for one in rows.nafs_cases.where(look.conn, reach.nafs_cases(look), _N.id.in_(named))}
    known |= {one.id: one for one in rows.sips.where(look.conn, reach.sips(look), _S.id.in_(named))}
    return {one: known[one] for one in named if one in known}


def _decided(look: Look, case: Case, to: To) -> tuple[frozenset[InfoKind], Consent | None]:
    """What may be read may go into the own file; to others it goes from those who may hand over."""
    subject = subjects.of_whole_case(look.conn, case)
    decision = look.allowed(subject, needed([to], look.actor.unit_id))
    if not decision:
        return frozenset(), None
    cells = preview(subject, mine=decision.kinds, own_unit_id=look.actor.unit_id, to=[to], today=look.today)
    return leaving(cells, to), cells[0].consent


def cells_of(look: Look, one: Going, columns: Iterable[ListColumn]) -> tuple[str, ...]:
    """The cells of one case for a file; a cell that does not leave says so."""
    listed = let_through(_listed(look, one), one.kinds)
    return tuple(WITHHELD if withheld(Listed, name, one.kinds) else getattr(listed, name) for name in columns)


def _listed(look: Look, one: Going) -> Listed:
    if isinstance(one.case, NafsCase):
        return _raised(look, one.case, one.person)
    if isinstance(one.case, Sip):
        return _planned(look, one.case, one.person)
    return _referred(look, one.case, one.person)


def _raised(look: Look, case: NafsCase, person: Person) -> Listed:
    """A NAFS case: who raised it stands where a referral has who referred, its questions where that has the one."""
    asked = rows.questions.of(look.conn, tables.question.c.case_id, case.id, by=tables.question.c.place)
    return Listed(
        name=person.full_name,
        number=person.number.long,
        activity=rows.activities.get(look.conn, case.activity_id).name,
        referred_by=_unit(look, case.unit_id),
        referred_on=iso(case.raised_on),
        state=label(nafs_state_of(case)),
        question="\n".join(f"{_unit(look, each.unit_id)}: {each.text}" for each in asked),
        commissioner="",
        case_worker=_contact(look, case.raised_by),
        case_lead="",
        enrolled_on="",
        next_due_on="",
        discharged_on="",
    )


def _planned(look: Look, sip: Sip, person: Person) -> Listed:
    """A SIP: who judged it needed stands where a referral has who referred, the person's questions as the question."""
    plan = in_force(rows.sip_plans.of(look.conn, tables.sip_plan.c.case_id, sip.id))
    responsible = plan.responsible_id if plan else None
    return Listed(
        name=person.full_name,
        number=person.number.long,
        activity=rows.activities.get(look.conn, sip.activity_id).name,
        referred_by=_unit(look, sip.unit_id),
        referred_on=iso(sip.need_on),
        state=label(sip_state(look, sip)),
        question=sip.questions or sip.need_why,
        commissioner=_unit(look, responsible),
        case_worker=_contact(look, sip.contact_id),
        case_lead="",
        enrolled_on="",
        next_due_on=iso(plan.follow_up_on) if plan and plan.follow_up_on else "",
        discharged_on=iso(sip.ended_on) if sip.ended_on else "",
    )


def _referred(look: Look, referral: Referral, person: Person) -> Listed:
    episode = None if referral.episode_id is None else rows.episodes.get(look.conn, referral.episode_id)
    waits = [] if episode is None else rows.follow_ups.of(look.conn, tables.follow_up.c.episode_id, episode.id)
    due = min((each.due_on for each in waits if is_open(each)), default=None)
    state = label(state_of(referral))
    if episode is not None:
        state = label(EpisodeState.OPEN if episode.discharged_on is None else EpisodeState.DISCHARGED)
    return Listed(
        name=person.full_name,
        number=person.number.long,
        activity=rows.activities.get(look.conn, referral.activity_id).name,
        referred_by=_unit(look, referral.unit_id) or label(referral.referrer),
        referred_on=iso(referral.referred_on),
        state=state,
        question=referral.question,
        commissioner=_unit(look, episode.commissioner_id) if episode else "",
        case_worker=_contact(look, episode.case_worker_id if episode else referral.contact_id),
        case_lead=_contact(look, episode.case_lead_id if episode else None),
        enrolled_on=iso(episode.enrolled_on) if episode else "",
        next_due_on=iso(due) if due else "",
        discharged_on=iso(episode.discharged_on) if episode and episode.discharged_on else "",
    )


def _unit(look: Look, unit_id: str | None) -> str:
    return "" if unit_id is None else rows.units.get(look.conn, unit_id).name


def _contact(look: Look, contact_id: str | None) -> str:
    return "" if contact_id is None else rows.contacts.get(look.conn, contact_id).name
