"""Remisser: the list, one referral for its form, and what a personal number already means to this actor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select

from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.codes import InfoKind, Outcome
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.episode import Episode, rereferral_until
from misam_desktop.domain.gate import let_through
from misam_desktop.domain.ids import CaseId, ConsentId, ContactId, EpisodeId, PersonId, ReferralId
from misam_desktop.domain.meeting import Assessment
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.domain.protection import covered
from misam_desktop.domain.referral import QUEUED, Referral, ReferralState, state_of
from misam_desktop.domain.scope import deciding
from misam_desktop.queries import reach, shown
from misam_desktop.queries.beside import Known, nafs_beside
from misam_desktop.queries.consents import scanned
from misam_desktop.queries.permitted import allowed_on, as_told
from misam_desktop.queries.persons import known_persons, person_at
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look, query

_R, _E, _P, _U = tables.referral.c, tables.episode.c, tables.person.c, tables.unit.c
_A = tables.assessment.c
_BEFORE_FORUM = QUEUED | {ReferralState.ACCEPTED}
_UNDER_WAY = _BEFORE_FORUM | {ReferralState.DRAFT}


class ReferralRow(NamedTuple):
    """One referral in a list."""

    id: ReferralId
    person_id: PersonId
    name: str
    number: str
    is_protected: bool
    unit: str
    activity_id: str
    referred_on: date
    state: ReferralState
    sgi0: bool
    is_rereferral: bool
    has_consent: bool
    has_open_case: bool
    reviewed_on: date | None
    outcome: Outcome | None
    question: str
    version: int


@query("referrals.listed", needs=May.SEE_CASES)
def waiting_referrals(look: Look) -> list[ReferralRow]:
    """Every referral that is not yet answered or enrolled: drafts, waiting, to be completed, waiting for enrolment."""
    return _listed(look, _rows(look).where(is_unanswered()).order_by(_R.referred_on, _R.id))


@query("referrals.answered_listed", needs=May.SEE_CASES)
def answered_referrals(look: Look, *, since: date) -> list[ReferralRow]:
    """Referrals that were answered without enrolment, or withdrawn, since a day; newest first."""
    answered = or_(
        and_(_R.outcome_on >= since, _R.outcome.not_in([Outcome.KOMPLETTERA, Outcome.ANTAS])),
        _R.withdrawn_on >= since,
    )
    return _listed(look, _rows(look).where(answered).order_by(_R.referred_on.desc(), _R.id))


def _rows(look: Look) -> Select[Any]:
    return (
        select(
            tables.referral,
            _P.given_name,
            _P.family_name,
            _P.number,
            _P.protected,
            _P.protected_owners,
            _U.short.label("unit_short"),
            has_consent(look.today).label("has_consent"),
            _has_other_case(look).label("has_other_case"),
            reach.identity(look).label("identified"),
            reach.kinds(look).label("kinds"),
        )
        .select_from(tables.referral)
        .join(tables.person, _R.person_id == _P.id)
        .outerjoin(tables.unit, _R.unit_id == _U.id)
        .outerjoin(tables.episode, _R.episode_id == _E.id)
        .where(reach.cases(look))
    )


def has_consent(on: date) -> ColumnElement[bool]:
    """Which referrals have a consent that holds on a day: then, and only then, their own unit has access by it."""
    home = func.coalesce(_R.unit_id, _R.kept_by)
    return exists(reach.access_of(_R.id, home, on=on))


def _has_other_case(look: Look) -> ColumnElement[bool]:
    """Which referrals are of a person who has another in the same activity, open or waiting, within the actor's reach.

    Beyond it nothing is said: even that a person is known at an authority is secret.
    """
    second, its_episode = tables.referral.alias("second"), tables.episode.alias("its_episode")
    twin = tables.person.alias("twin")
    goes_on = and_(its_episode.c.id.is_not(None), its_episode.c.discharged_on.is_(None))
    waits = and_(second.c.submitted_at.is_not(None), is_unanswered(second.c))
    return exists(
        select(second.c.id)
        .select_from(
            twin.join(second, second.c.person_id == twin.c.id).outerjoin(
                its_episode, second.c.episode_id == its_episode.c.id
            )
        )
        .where(
            twin.c.number == _P.number,
            second.c.activity_id == _R.activity_id,
            second.c.id != _R.id,
            or_(goes_on, waits),
            reach.cases(look, referral=second.c, episode=its_episode.c),
        )
    )


def is_unanswered(referral: reach.Columns = _R) -> ColumnElement[bool]:
    """Which referrals wait for something still: to be sent, for the forum, to be completed, for enrolment."""
    return and_(
        referral.withdrawn_on.is_(None),
        referral.episode_id.is_(None),
        or_(referral.outcome.is_(None), referral.outcome.in_([Outcome.KOMPLETTERA, Outcome.ANTAS])),
    )


def _listed(look: Look, statement: Select[Any]) -> list[ReferralRow]:
    return [_row(look, row) for row in look.conn.execute(statement)]


def _row(look: Look, row: Row[Any]) -> ReferralRow:
    referral = let_through(rows.referrals.value(row[: len(tables.referral.c)]), shown.kinds(look, row))
    return ReferralRow(
        id=referral.id,
        person_id=referral.person_id,
        name=shown.name(look, row),
        number=shown.number(row),
        is_protected=row.protected,
        unit=row.unit_short or "Annan",
        activity_id=referral.activity_id,
        referred_on=referral.referred_on,
        state=state_of(referral),
        sgi0=referral.sgi0,
        is_rereferral=referral.is_rereferral,
        has_consent=bool(row.has_consent),
        has_open_case=bool(row.has_other_case),
        reviewed_on=referral.reviewed_on,
        outcome=referral.outcome,
        question=referral.question,
        version=referral.version,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralPage:
    """One referral with all that its form and its answer show.

    ``duplicates`` are the person's other referrals in the activity that wait, or whose case goes on, within reach.
    ``kinds`` are those that the asker may read, the rest is emptied; ``allows`` is what they may do.
    ``deciding`` is the consent that holds today, ``shut_out`` who is kept out by jäv, ``scanned`` the consents with a
    scanned paper that the asker may open, ``nafs`` the person's NAFS cases within reach.
    """

    referral: Referral
    person: Person
    activity: Activity
    consents: tuple[Consent, ...]
    disclosures: tuple[Disclosure, ...]
    assessments: tuple[Assessment, ...]
    duplicates: tuple[Referral, ...]
    state: ReferralState
    kinds: frozenset[InfoKind]
    allows: frozenset[May]
    deciding: Consent | None
    shut_out: tuple[ContactId, ...]
    scanned: frozenset[ConsentId]
    nafs: tuple[Known, ...]


@query("referral.opened", needs=May.READ_CASE)
def one_referral(look: Look, referral_id: ReferralId) -> ReferralPage:
    """One referral. Raises NotFound, also for what the actor may not see."""
    referral = rows.referrals.get(look.conn, referral_id)
    look.opened(referral.id, referral.person_id)
    subject = subjects.of_referral(look.conn, referral)
    decision = look.require(subject)
    kinds = decision.kinds
    told = as_told(look, decision, subject)
    consents = tuple(let_through(one, kinds) for one in sorted(told.consents, key=lambda one: one.from_on))
    person = rows.persons.get(look.conn, referral.person_id)
    assessed = rows.assessments.where(look.conn, _A.referral_id == referral.id, order_by=[_A.concluded_on])
    return ReferralPage(
        referral=let_through(referral, kinds),
        person=covered(let_through(person, kinds), days=(look.today, referral.referred_on)),
        activity=rows.activities.get(look.conn, referral.activity_id),
        consents=consents,
        disclosures=told.disclosures,
        assessments=tuple(let_through(one, kinds) for one in assessed),
        duplicates=_duplicates(look, referral),
        state=state_of(referral),
        kinds=kinds,
        allows=allowed_on(look, subject),
        deciding=deciding(consents, subject.purpose, look.today),
        shut_out=tuple(sorted(subject.shut_out)),
        scanned=scanned(look, decision, subject.consents),
        nafs=nafs_beside(look, subjects.persons_of_number(look.conn, person.number), kinds),
    )


def _duplicates(look: Look, referral: Referral) -> tuple[Referral, ...]:
    if state_of(referral) not in _UNDER_WAY:
        return ()
    found = rows.referrals.where(
        look.conn,
        _R.person_id.in_(subjects.same_person(look.conn, referral.person_id)),
        _R.activity_id == referral.activity_id,
        _R.id != referral.id,
        order_by=[_R.referred_on],
    )
    return tuple(passed for one in found if _goes_on(look, one) and (passed := _as_seen(look, one)) is not None)


def _as_seen(look: Look, referral: Referral) -> Referral | None:
    decision = look.allowed(subjects.of_referral(look.conn, referral))
    return let_through(referral, decision.kinds) if decision else None


def _goes_on(look: Look, referral: Referral) -> bool:
    """Whether a referral stands before the forum, waits for enrolment, or has led to a case that is open."""
    if referral.episode_id is not None:
        return rows.episodes.get(look.conn, referral.episode_id).discharged_on is None
    return state_of(referral) in _BEFORE_FORUM


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An earlier or open participation that the actor may see."""

    episode_id: EpisodeId
    activity: str
    enrolled_on: date
    discharged_on: date | None
    rereferral_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberMatch:
    """What a personal number already means: only what this actor may know.

    ``person`` is what the actor's own unit has written down of them, else their name alone; what is kept back of a
    protected person is not among it. ``nafs_cases`` are those that have not been taken back, the newest first.
    """

    person: Person | None
    drafts: tuple[ReferralId, ...]
    waiting: tuple[ReferralId, ...]
    earlier: tuple[Earlier, ...]
    nafs_cases: tuple[CaseId, ...] = ()

    @property
    def open_episode(self) -> Earlier | None:
        """The case that goes on, if there is one."""
        return next((one for one in self.earlier if one.discharged_on is None), None)

    def comes_back(self, today: date) -> Earlier | None:
        """The episode after which the person can be taken back today."""
        within = (one for one in self.earlier if one.rereferral_until and today <= one.rereferral_until)
        return next(within, None)


NOBODY = NumberMatch(person=None, drafts=(), waiting=(), earlier=())


@query("person.looked_up", needs=May.WRITE_REFERRAL)
def look_up_number(look: Look, number: PersonalNumber) -> NumberMatch:
    """The person, open and earlier cases behind a number; nothing where the actor may see none of them."""
    return number_match(look, number)


def number_match(look: Look, number: PersonalNumber) -> NumberMatch:
    """The same, for who asks it on the way to something else."""
    persons = known_persons(look, number, unit_id=look.actor.unit_id)
    if not persons:
        return NOBODY
    for person in persons:
        look.opened(person.id, person.id)
    referrals = rows.referrals.where(look.conn, _R.person_id.in_([person.id for person in persons]))
    seen = [one for one in referrals if look.allowed(subjects.of_referral(look.conn, one), May.READ_CASE)]
    episodes = [rows.episodes.get(look.conn, referral.episode_id) for referral in seen if referral.episode_id]
    earlier = [_earlier(look, episode) for episode in episodes]
    newest_first = sorted(earlier, key=lambda one: one.enrolled_on, reverse=True)
    known = person_at(look, number, unit_id=look.actor.unit_id) or _by_name(persons[0])
    return NumberMatch(
        person=covered(known, days=[look.today]),
        drafts=tuple(one.id for one in seen if state_of(one) is ReferralState.DRAFT),
        waiting=tuple(one.id for one in seen if state_of(one) in _BEFORE_FORUM),
        earlier=tuple(newest_first),
        nafs_cases=_nafs_cases(look, persons),
    )


def _nafs_cases(look: Look, persons: Iterable[Person]) -> tuple[CaseId, ...]:
    table = tables.nafs_case.c
    theirs = (table.person_id.in_([person.id for person in persons]), table.withdrawn_on.is_(None))
    found = rows.nafs_cases.where(look.conn, *theirs, order_by=[table.raised_on.desc()])
    return tuple(one.id for one in found if look.allowed(subjects.of_nafs_case(look.conn, one), May.READ_CASE))


def _by_name(person: Person) -> Person:
    """Somebody whom another unit has written down: who they are, and nothing of what else that unit knows of them."""
    return Person(
        id=person.id,
        number=person.number,
        given_name=person.given_name,
        family_name=person.family_name,
        sex=person.sex,
        protected=person.protected,
        protected_owners=person.protected_owners,
    )


def _earlier(look: Look, episode: Episode) -> Earlier:
    activity = rows.activities.get(look.conn, episode.activity_id)
    return Earlier(
        episode_id=episode.id,
        activity=activity.name,
        enrolled_on=episode.enrolled_on,
        discharged_on=episode.discharged_on,
        rereferral_until=rereferral_until(episode, months=activity.settings.rereferral_months),
    )
