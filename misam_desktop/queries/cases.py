"""Ärenden: the list of episodes, and one case with everything its page shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, select

from misam_desktop.domain import follow_up as follow_ups
from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.asked import Asked, shown_with
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.commitment import Commitment
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.deviation import Deviation
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.episode import Assignment, Episode, EpisodeState, rereferral_until
from misam_desktop.domain.follow_up import FollowUp
from misam_desktop.domain.gate import let_through
from misam_desktop.domain.ids import ConsentId, ContactId, EpisodeId, PersonId, ReferralId, UserId
from misam_desktop.domain.meeting import Assessment
from misam_desktop.domain.people import Person
from misam_desktop.domain.protection import covered, must_not_be_protected
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.scope import deciding
from misam_desktop.domain.shared import SharedCommitment
from misam_desktop.domain.talk import Talk
from misam_desktop.queries import reach, shown
from misam_desktop.queries.beside import Known, nafs_beside
from misam_desktop.queries.consents import scanned
from misam_desktop.queries.permitted import allowed_on, as_told, writes_own_part
from misam_desktop.queries.protected import person_read
from misam_desktop.queries.shared import from_sips
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look, query

_R, _E, _P, _U, _F, _C = (
    tables.referral.c,
    tables.episode.c,
    tables.person.c,
    tables.unit.c,
    tables.follow_up.c,
    tables.contact.c,
)
_WORKER, _LEAD = tables.contact.alias("worker"), tables.contact.alias("lead")
_WAITS = and_(_F.episode_id == _E.id, _F.done_on.is_(None), _F.cancelled_on.is_(None))
_ROWS = (
    select(
        _E.id, _E.person_id, _P.given_name, _P.family_name, _P.number, _P.protected, _P.protected_owners,
        tables.activity.c.name.label("activity"), _U.short, _WORKER.c.name.label("worker"), _LEAD.c.name.label("lead"),
        _E.enrolled_on, _E.discharged_on,
        select(func.min(_F.due_on)).where(_WAITS).scalar_subquery().label("next_due_on"),
    )
    .select_from(tables.episode)
    .join(tables.referral, _E.referral_id == _R.id)
    .join(tables.person, _E.person_id == _P.id)
    .join(tables.activity, _E.activity_id == tables.activity.c.id)
    .outerjoin(tables.unit, _E.commissioner_id == _U.id)
    .outerjoin(_WORKER, _E.case_worker_id == _WORKER.c.id)
    .outerjoin(_LEAD, _E.case_lead_id == _LEAD.c.id)
)  # fmt: skip


class CaseRow(NamedTuple):
    """One episode in a list."""

    id: EpisodeId
    person_id: PersonId
    name: str
    number: str
    activity: str
    commissioner: str
    case_worker: str
    case_lead: str
    enrolled_on: date
    discharged_on: date | None
    state: EpisodeState
    next_due_on: date | None


@query("cases.listed", needs=May.SEE_CASES)
def open_cases(look: Look) -> list[CaseRow]:
    """Every open episode within the actor's reach, with its next follow-up."""
    return _listed(look, _E.discharged_on.is_(None), order_by=[_E.enrolled_on])


@query("cases.discharged_listed", needs=May.SEE_CASES)
def discharged_cases(look: Look, *, since: date) -> list[CaseRow]:
    """Episodes that ended since a day, newest first."""
    return _listed(look, _E.discharged_on >= since, order_by=[_E.discharged_on.desc()])


def _listed(look: Look, condition: ColumnElement[bool], *, order_by: list[Any]) -> list[CaseRow]:
    statement = _ROWS.add_columns(reach.identity(look).label("identified"))
    statement = statement.where(condition, reach.cases_at_large(look)).order_by(*order_by, _E.id)
    return [_row(look, row) for row in look.conn.execute(statement)]


def _row(look: Look, row: Any) -> CaseRow:
    return CaseRow(
        id=row.id,
        person_id=row.person_id,
        name=shown.name(look, row),
        number=shown.number(row),
        activity=row.activity,
        commissioner=row.short or "",
        case_worker=row.worker or "",
        case_lead=row.lead or "",
        enrolled_on=row.enrolled_on,
        discharged_on=row.discharged_on,
        state=EpisodeState.OPEN if row.discharged_on is None else EpisodeState.DISCHARGED,
        next_due_on=row.next_due_on,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """One case with all that its page shows.

    ``others`` are the person's other episodes within reach, ``came_back_with`` the re-referral that followed this one.
    ``kinds`` are those that the asker may read of person and referral, ``episode_kinds`` of what came after; the rest
    is emptied. ``allows`` is what they may do, ``writes_own_part`` in the plan for their unit. ``deciding`` is the
    consent that holds today, ``shut_out`` who is kept out by jäv, ``scanned`` the consents
    with a scanned paper that the asker may open, ``nafs`` the person's NAFS cases within reach, ``shared`` what stands
    in the plans of their SIPs. ``asked``, ``talks`` and ``deviations`` are the episode's.
    """

    episode: Episode
    referral: Referral
    person: Person
    activity: Activity
    consents: tuple[Consent, ...]
    disclosures: tuple[Disclosure, ...]
    follow_ups: tuple[FollowUp, ...]
    commitments: tuple[Commitment, ...]
    assignments: tuple[Assignment, ...]
    assessments: tuple[Assessment, ...]
    others: tuple[Episode, ...]
    rereferral_until: date | None
    came_back_with: ReferralId | None
    done_by: dict[str, str]
    kinds: frozenset[InfoKind]
    episode_kinds: frozenset[InfoKind]
    allows: frozenset[May]
    writes_own_part: bool
    deciding: Consent | None
    shut_out: tuple[ContactId, ...]
    scanned: frozenset[ConsentId]
    nafs: tuple[Known, ...]
    shared: tuple[SharedCommitment, ...]
    asked: tuple[Asked, ...]
    talks: tuple[Talk, ...]
    deviations: tuple[Deviation, ...]

    @property
    def next_follow_up(self) -> FollowUp | None:
        """The open follow-up that is due first."""
        still_open = [one for one in self.follow_ups if follow_ups.is_open(one)]
        return min(still_open, key=lambda one: one.due_on, default=None)


@query("case.opened", needs=May.READ_CASE)
def one_case(look: Look, episode_id: EpisodeId) -> CasePage:
    """One case. Raises NotFound, also for what the actor may not see."""
    conn = look.conn
    episode = rows.episodes.get(conn, episode_id)
    look.opened(episode.id, episode.person_id)
    referral = rows.referrals.get(conn, episode.referral_id)
    person = rows.persons.get(conn, episode.person_id)
    twins = subjects.persons_of_number(conn, person.number)
    subject = subjects.of_case(conn, person, referral, episode)
    decision = look.require(subject)
    kinds = decision.kinds
    of_episode = look.require(subjects.at_commissioner(subject, episode)).kinds
    told = as_told(look, decision, subject)
    consents = tuple(let_through(one, kinds) for one in told.consents)
    activity = rows.activities.get(conn, episode.activity_id)
    done = rows.follow_ups.of(conn, _F.episode_id, episode.id, by=_F.due_on)
    commitments = rows.commitments.of(conn, tables.commitment.c.episode_id, episode.id)
    assessments = rows.assessments.of(conn, tables.assessment.c.referral_id, referral.id)
    return CasePage(
        episode=let_through(episode, of_episode),
        referral=let_through(referral, kinds),
        person=covered(let_through(person, kinds), days=(look.today, referral.referred_on)),
        activity=activity,
        consents=consents,
        disclosures=told.disclosures,
        follow_ups=tuple(let_through(one, of_episode) for one in done),
        commitments=tuple(let_through(one, of_episode) for one in commitments),
        assignments=tuple(rows.assignments.of(conn, tables.assignment.c.episode_id, episode.id)),
        assessments=tuple(let_through(one, kinds) for one in assessments),
        kinds=kinds,
        episode_kinds=of_episode,
        allows=allowed_on(look, subject),
        writes_own_part=writes_own_part(look, subject),
        deciding=deciding(consents, subject.purpose, look.today),
        shut_out=tuple(sorted(subject.shut_out)),
        scanned=scanned(look, decision, subject.consents),
        nafs=nafs_beside(look, twins, kinds),
        shared=from_sips(look, twins, subject, commitments, of_episode),
        asked=shown_with(rows.asked.of(conn, tables.asked.c.episode_id, episode.id), of_episode),
        talks=tuple(let_through(one, of_episode) for one in _talks(look, episode)),
        deviations=tuple(let_through(one, of_episode) for one in _deviations(look, episode)),
        others=_others(look, episode, twins),
        rereferral_until=rereferral_until(episode, months=activity.settings.rereferral_months),
        came_back_with=_came_back_with(look, episode),
        done_by=_names_of_users(look, {one.done_by for one in done if one.done_by is not None}),
    )


def _talks(look: Look, episode: Episode) -> list[Talk]:
    return rows.talks.of(look.conn, tables.talk.c.episode_id, episode.id, by=tables.talk.c.on)


def _deviations(look: Look, episode: Episode) -> list[Deviation]:
    return rows.deviations.of(look.conn, tables.deviation.c.episode_id, episode.id, by=tables.deviation.c.on)


def _others(look: Look, episode: Episode, twins: Iterable[Person]) -> tuple[Episode, ...]:
    """The newest first."""
    found = [other for twin in twins for other in rows.episodes.of(look.conn, _E.person_id, twin.id)]
    others = [other for other in found if other.id != episode.id]
    newest_first = sorted(others, key=lambda other: (other.enrolled_on, other.id), reverse=True)
    decided = [
        (other, look.allowed(subjects.at_commissioner(subjects.of_episode(look.conn, other), other)))
        for other in newest_first
    ]
    return tuple(let_through(other, decision.kinds) for other, decision in decided if decision)


def _came_back_with(look: Look, episode: Episode) -> ReferralId | None:
    found = rows.referrals.of(look.conn, _R.earlier_episode_id, episode.id)
    came = (one for one in found if one.withdrawn_on is None)
    return next((one.id for one in came if look.allowed(subjects.of_referral(look.conn, one))), None)


def _names_of_users(look: Look, user_ids: set[UserId]) -> dict[str, str]:
    return {user_id: rows.users.get(look.conn, user_id).name for user_id in user_ids}


@query("person.number_shown", needs=May.READ_CASE)
def full_number(look: Look, person_id: PersonId) -> str:
    """The whole personal number, shown on a click; a read of its own in the log. Raises NotFound, ReasonNeeded."""
    person = person_read(look, person_id)
    must_not_be_protected(person)
    return person.number.long
