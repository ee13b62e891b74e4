"""The stored participations as rows of the register list: for the import's plan and for the export."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, and_, func, select, true

from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.activity import Activity, Kind, Settings
from misam_desktop.domain.codes import Agency, Referrer
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ActivityId, ContactId, PersonId, ReferralId, UnitId
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.register import TAKEN, Key, Planned, Read, RegisterRow, merged, plan
from misam_desktop.domain.register_values import Units, consent_cells
from misam_desktop.queries import reach, shown
from misam_desktop.store import founding, rows, tables
from misam_desktop.vault import Look, query

T = TypeVar("T")

_AT_ONCE = 500
_R, _P = tables.referral.c, tables.person.c


class OutOfReach(UserError):
    """The row is about somebody, or an activity, that the one who imports may not touch."""

    code = "row_out_of_reach"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One participation with the values it is made of, and as a row of the list."""

    person: Person
    referral: Referral
    episode: Episode | None
    consents: tuple[Consent, ...]
    row: RegisterRow


Worker = tuple[str, UnitId]
"""A handläggare as the list can name one: a name at a unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The names that a list may use, as the store knows them; activities by their name in small letters.

    ``like`` are the settings that an activity gets which only the list knows: those of the team's own forum.
    """

    activities: Mapping[str, Activity]
    contacts: Mapping[Worker, ContactId]
    contact_names: Mapping[ContactId, str]
    contact_units: Mapping[ContactId, UnitId]
    units: Units
    unit_names: Mapping[UnitId, str]
    like: Settings

    def shown(self, worker: Worker) -> str:
        """«Eva Ek, IFO»."""
        return f"{worker[0]}, {self.unit_names[worker[1]]}"

    def holder(self, referral: Referral, episode: Episode | None) -> UnitId | None:
        """The unit that commissions; before enrolment that of the referral's handläggare, or which made it."""
        if episode is not None:
            return episode.commissioner_id
        return referral.unit_id if referral.contact_id is None else self.contact_units[referral.contact_id]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A list beside what is stored of its persons, and what an import would do with each row.

    ``persons`` are those within reach, and those whose identity is kept from the actor; ``marked`` are the numbers
    that somebody has marked as protected.
    """

    known: Known
    persons: Mapping[PersonalNumber, Person]
    marked: frozenset[PersonalNumber]
    stored: Mapping[Key, Stored]
    planned: tuple[Planned, ...]

    def taken(self) -> list[RegisterRow]:
        """The rows that an import carries out, in the order of the file."""
        return [one.row for one in self.planned if one.row is not None and one.verdict in TAKEN]


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomers:
    """Names in a list that the store does not know and an import would add."""

    activities: tuple[str, ...]
    workers: tuple[Worker, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What an import would do: row by row, and what it would add or assume beside the rows.

    ``new_contacts`` and ``units`` are display-ready: «Eva Ek, IFO», and «Kommunen: IFO» in their parts.
    """

    rows: tuple[Planned, ...]
    new_activities: tuple[str, ...]
    new_contacts: tuple[str, ...]
    units: tuple[tuple[Agency, str], ...]


@query("register.planned", needs=May.IMPORT_REGISTER)
def register_plan(look: Look, reads: Sequence[Read]) -> ImportPlan:
    """What an import of these rows would do; nothing is written."""
    comparison = compare(look, reads)
    known, new = comparison.known, newcomers(comparison)
    return ImportPlan(
        rows=comparison.planned,
        new_activities=new.activities,
        new_contacts=tuple(map(known.shown, new.workers)),
        units=tuple(
            (agency, known.unit_names[known.units.defaults[agency]]) for agency in _agencies(comparison.taken())
        ),
    )


def compare(look: Look, reads: Sequence[Read]) -> Comparison:
    """A list beside the store, for its plan and again inside the transaction that carries it out."""
    known = known_names(look.conn)
    numbers = sorted({read.row.number for read in reads if read.row is not None})
    stored = [one for some in _pieces(numbers) for one in rows.persons.where(look.conn, _P.number.in_(some))]
    cases = _reached(look, {one.id for one in stored})
    near = [one for one in stored if one.id in cases.values()]
    hidden = [one for one in near if shown.hidden(look, protected=one.protected, owners=one.protected_owners)]
    kept_back = {one.id for one in hidden}
    within = {one.id: one for one in near if one.id not in kept_back}
    reached = {case_id: person_id for case_id, person_id in cases.items() if person_id in within}
    persons = {one.number: one for one in (*hidden, *within.values())}
    found = _stored(look.conn, known, within, sorted(reached))
    named = {read.row.key[1] for read in reads if read.row is not None}
    settings = dict.fromkeys(named, known.like) | {name: one.settings for name, one in known.activities.items()}
    planned = plan(
        [_within_reach(look, read, known, persons) for read in reads],
        [one.row for one in found],
        ages={name: (one.min_age, one.max_age) for name, one in settings.items()},
    )
    return Comparison(
        known=known,
        persons=persons,
        marked=frozenset(one.number for one in stored if one.protected),
        stored={one.row.key: one for one in found},
        planned=tuple(planned),
    )


def _reached(look: Look, ids: Iterable[PersonId]) -> dict[ReferralId, PersonId]:
    """Their cases within the actor's reach, and whose; the others are not known to the list, nor those without any."""
    cases = tables.referral.outerjoin(tables.episode, _R.episode_id == tables.episode.c.id)
    within = select(_R.id, _R.person_id).select_from(cases).where(reach.cases(look))
    found = (look.conn.execute(within.where(_R.person_id.in_(some))).all() for some in _pieces(sorted(ids)))
    return {case_id: person_id for some in found for case_id, person_id in some}


def known_names(conn: Connection) -> Known:
    """The store's activities, contacts and units, read once for a whole list."""
    units, contacts, activities = rows.units.where(conn), rows.contacts.where(conn), rows.activities.where(conn)
    forums = [one for one in activities if one.settings.kind is Kind.FORUM]
    own = min(forums, key=lambda one: (not one.open_for_referrals, one.name), default=None)
    return Known(
        activities={activity.name.casefold(): activity for activity in activities},
        contacts={(contact.name, contact.unit_id): contact.id for contact in contacts},
        contact_names={contact.id: contact.name for contact in contacts},
        contact_units={contact.id: contact.unit_id for contact in contacts},
        units=Units(
            defaults={unit.agency: unit.id for unit in units if unit.is_default},
            agencies={unit.id: unit.agency for unit in units},
        ),
        unit_names={unit.id: unit.short for unit in units},
        like=(own or founding.reference_activity("misam", activity_id="")).settings,
    )


def _within_reach(look: Look, read: Read, known: Known, persons: Mapping[PersonalNumber, Person]) -> Read:
    """The row as it stands, or refused; that a protected person is stored is not told apart from other reasons."""
    if read.row is None:
        return read
    activity, person = known.activities.get(read.row.key[1]), persons.get(read.row.number)
    subject = Subject(
        activity_id=activity.id if activity else ActivityId(""),
        unit_ids=frozenset(),
        protected=person is not None and person.protected,
        owners=frozenset(person.protected_owners) if person else frozenset(),
    )
    return read if look.allowed(subject) else Read(at=read.at, row=None, problems=(OutOfReach(),))


def newcomers(comparison: Comparison) -> Newcomers:
    """What must be added before the rows that an import takes can be."""
    known, taken = comparison.known, comparison.taken()
    activities = {row.key[1]: row.activity for row in reversed(taken)}
    workers = {worker_of(known, row, comparison.stored.get(row.key)) for row in taken}
    return Newcomers(
        activities=tuple(name for key, name in sorted(activities.items()) if key not in known.activities),
        workers=tuple(sorted(worker for worker in workers if worker is not None and worker not in known.contacts)),
    )


def worker_of(known: Known, row: RegisterRow, before: Stored | None) -> Worker | None:
    """Whom a row names as handläggare, at the unit that commissions; None when nobody, or nobody new."""
    said, held = row, None
    if before is not None:
        said, held = merged(before.row, row), known.holder(before.referral, before.episode)
    unit_id = known.units.commissioning(said, held)
    if not row.case_worker or unit_id is None:
        return None
    same = before is not None and row.case_worker == before.row.case_worker and unit_id == held
    return None if same else (row.case_worker, unit_id)


def _agencies(taken: Iterable[RegisterRow]) -> list[Agency]:
    named = {agency for row in taken for agency in (row.commissioner, *row.consent_agencies)}
    named |= {Agency(row.referrer.value) for row in taken if row.referrer is not Referrer.ANNAN}
    return [agency for agency in Agency if agency in named]


_TOLD = (_R.submitted_at.is_not(None), _R.withdrawn_on.is_(None))
"""What a list tells of: a referral that was put to the forum and not taken back."""


def whole_register(look: Look) -> tuple[list[Stored], int]:
    """Every participation for the export, and how many persons under protected identity are left out.

    The activity's own copy: not cut by consent, but by jäv.
    """
    mine = _own_copy(look)
    persons = {person.id: person for person in rows.persons.where(look.conn, _P.protected.is_(False))}
    found = _participations(look.conn, known_names(look.conn), persons, _R.person_id.in_(_OPEN), mine)
    referred = tables.referral.join(tables.person, _R.person_id == _P.id)
    hidden = select(func.count(_P.number.distinct())).select_from(referred).where(_P.protected, mine, *_TOLD)
    return found, look.conn.execute(hidden).scalar_one()


_OPEN = select(_P.id).where(_P.protected.is_(False))


def _own_copy(look: Look) -> ColumnElement[bool]:
    """Every case of the actor's activities but those that they are kept out of."""
    mine, kept_out = look.actor.activity_ids, look.shut_out
    return and_(
        _R.activity_id.in_(sorted(mine)) if mine else true(),
        _R.id.not_in(sorted(kept_out)) if kept_out else true(),
    )


def _stored(
    conn: Connection, known: Known, persons: Mapping[PersonId, Person], case_ids: Sequence[ReferralId]
) -> list[Stored]:
    return [one for some in _pieces(case_ids) for one in _participations(conn, known, persons, _R.id.in_(some))]


def _participations(
    conn: Connection, known: Known, persons: Mapping[PersonId, Person], *conditions: ColumnElement[bool]
) -> list[Stored]:
    told = (*conditions, *_TOLD)
    chosen = select(_R.id).where(*told)
    episodes = {one.referral_id: one for one in rows.episodes.where(conn, tables.episode.c.referral_id.in_(chosen))}
    consents = defaultdict(list)
    for consent in rows.consents.where(conn, tables.consent.c.case_id.in_(chosen)):
        consents[consent.case_id].append(consent)
    names = {activity.id: activity.name for activity in known.activities.values()}
    return [
        _as_stored(
            known,
            names[one.activity_id],
            person=persons[one.person_id],
            referral=one,
            episode=episodes.get(one.id),
            consents=tuple(consents[one.id]),
        )
        for one in rows.referrals.where(conn, *told, order_by=[_R.referred_on])
        if consents[one.id]
    ]


def _pieces(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many at once as a statement can name."""
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


def _as_stored(
    known: Known,
    activity: str,
    *,
    person: Person,
    referral: Referral,
    episode: Episode | None,
    consents: tuple[Consent, ...],
) -> Stored:
    row = RegisterRow(
        number=person.number,
        given_name=person.given_name,
        family_name=person.family_name,
        sex=person.sex,
        protected=person.protected,
        activity=activity,
        referrer=referral.referrer,
        referred_on=referral.referred_on,
        question=referral.question,
        outcome=referral.outcome,
        outcome_on=referral.outcome_on,
        education=referral.education,
        livelihoods=referral.livelihoods,
        support_months=referral.support_months,
        sgi0=referral.sgi0,
        **_worker_part(known, referral, episode),
        **_episode_part(episode),
        **_consent_part(known, consents),
    )
    return Stored(person=person, referral=referral, episode=episode, consents=consents, row=row)


def _worker_part(known: Known, referral: Referral, episode: Episode | None) -> dict[str, Any]:
    """Who commissions, and the handläggare; before enrolment only so that it is known where the handläggare works."""
    contact_id = episode.case_worker_id if episode else referral.contact_id
    unit_id = known.holder(referral, episode) if episode or contact_id else None
    return {
        "commissioner": known.units.agencies[unit_id] if unit_id else None,
        "case_worker": known.contact_names[contact_id] if contact_id else "",
    }


def _episode_part(episode: Episode | None) -> dict[str, Any]:
    if episode is None:
        return {}
    return {
        "enrolled_on": episode.enrolled_on,
        "discharged_on": episode.discharged_on,
        "discharge_reason": episode.discharge_reason,
        "destination": episode.destination,
        "livelihoods_out": episode.livelihoods_out,
    }


def _consent_part(known: Known, consents: Sequence[Consent]) -> dict[str, Any]:
    cells = consent_cells(consents, known.units.agencies)
    return {
        "consent_from": cells.begins,
        "consent_until": cells.until,
        "consent_agencies": cells.agencies,
        "consent_purposes": cells.purposes,
        "consents_kept": not cells.tells_all,
    }
