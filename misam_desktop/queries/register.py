"""The stored participations as rows of the register list: for the import's plan and for the export."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, true

from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.codes import Agency, Purpose, Referrer
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.ids import ContactId, UnitId
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.register import Planned, Read, RegisterRow, Verdict, merged, plan
from misam_desktop.domain.register_values import commissioner_of
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look, query

_AT_ONCE = 500


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
    """The names that a list may use, as the store knows them."""

    activities: Mapping[str, Activity]
    contacts: Mapping[Worker, ContactId]
    default_units: Mapping[Agency, UnitId]
    unit_names: Mapping[UnitId, str]


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
    stored = stored_of(look.conn, numbers_in(reads))
    planned = plan(reads, [one.row for one in stored])
    known = known_names(look.conn)
    new = newcomers(known, planned, stored)
    return ImportPlan(
        rows=tuple(planned),
        new_activities=new.activities,
        new_contacts=tuple(shown_worker(known, worker) for worker in new.workers),
        units=tuple((agency, known.unit_names[known.default_units[agency]]) for agency in _agencies(planned)),
    )


def numbers_in(reads: Iterable[Read]) -> list[PersonalNumber]:
    """The persons of a list, each once."""
    return sorted({read.row.number for read in reads if read.row is not None})


def known_names(conn: Connection) -> Known:
    """The store's activities, contacts and default units, read once for a whole list."""
    units = rows.units.where(conn)
    return Known(
        activities={activity.name.casefold(): activity for activity in rows.activities.where(conn)},
        contacts={(contact.name, contact.unit_id): contact.id for contact in rows.contacts.where(conn)},
        default_units={unit.agency: unit.id for unit in units if unit.is_default},
        unit_names={unit.id: unit.short for unit in units},
    )


def shown_worker(known: Known, worker: Worker) -> str:
    """«Eva Ek, IFO»."""
    return f"{worker[0]}, {known.unit_names[worker[1]]}"


def newcomers(known: Known, planned: Iterable[Planned], stored: Iterable[Stored]) -> Newcomers:
    """What must be added before the rows that an import takes can be."""
    before = {one.row.key: one for one in stored}
    taken = [one.row for one in planned if one.row is not None and one.verdict in TAKEN]
    activities = {row.activity.casefold(): row.activity for row in reversed(taken)}
    workers = {worker_of(known, row, before.get(row.key)) for row in taken}
    return Newcomers(
        activities=tuple(name for key, name in sorted(activities.items()) if key not in known.activities),
        workers=tuple(sorted(worker for worker in workers if worker is not None and worker not in known.contacts)),
    )


TAKEN = frozenset({Verdict.NEW, Verdict.CHANGES})
"""Which rows an import carries out; doubtful ones wait until somebody has looked at them."""


def worker_of(known: Known, row: RegisterRow, before: Stored | None) -> Worker | None:
    """Whom a row names as handläggare, at the unit that commissions; None when nobody, or nobody new."""
    if before is not None and keeps_worker(before, row):
        return None
    unit_id = commissioner_of(row, units=known.default_units)
    return (row.case_worker, unit_id) if row.case_worker and row.enrolled_on and unit_id else None


def keeps_worker(before: Stored, row: RegisterRow) -> bool:
    """Whether the row says nothing else than is stored of uppdragsgivare and handläggare."""
    said = merged(before.row, row)
    same = (said.commissioner, said.case_worker) == (before.row.commissioner, before.row.case_worker)
    return before.episode is not None and same


def _agencies(planned: Iterable[Planned]) -> list[Agency]:
    taken = [one.row for one in planned if one.row is not None and one.verdict in TAKEN]
    named = {agency for row in taken for agency in (row.commissioner, *row.consent_agencies)}
    named |= {Agency(row.referrer.value) for row in taken if row.referrer is not Referrer.ANNAN}
    return [agency for agency in Agency if agency in named]


def stored_of(conn: Connection, numbers: Sequence[PersonalNumber]) -> list[Stored]:
    """Every stored participation of these persons."""
    found = []
    for start in range(0, len(numbers), _AT_ONCE):
        found += _stored(conn, tables.person.c.number.in_(numbers[start : start + _AT_ONCE]))
    return found


def whole_register(look: Look) -> tuple[list[Stored], int]:
    """Every participation for the export, and how many persons under protected identity are left out."""
    found = _stored(look.conn, tables.person.c.protected.is_(False), within=_in_activities(look))
    hidden = look.conn.execute(
        select(tables.referral.c.person_id)
        .join(tables.person)
        .where(tables.person.c.protected.is_(True), tables.referral.c.submitted_at.is_not(None), _in_activities(look))
        .distinct()
    ).all()
    return found, len(hidden)


def _in_activities(look: Look) -> ColumnElement[bool]:
    mine = look.actor.activity_ids
    return tables.referral.c.activity_id.in_(sorted(mine)) if mine else true()


def _stored(
    conn: Connection, condition: ColumnElement[bool], *, within: ColumnElement[bool] | None = None
) -> list[Stored]:
    of_these = select(tables.person.c.id).where(condition)
    persons = {person.id: person for person in rows.persons.where(conn, condition)}
    referrals = rows.referrals.where(
        conn,
        tables.referral.c.person_id.in_(of_these),
        tables.referral.c.submitted_at.is_not(None),
        tables.referral.c.withdrawn_on.is_(None),
        true() if within is None else within,
        order_by=[tables.referral.c.referred_on],
    )
    episodes = {
        episode.referral_id: episode for episode in rows.episodes.where(conn, tables.episode.c.person_id.in_(of_these))
    }
    consents = defaultdict(list)
    for consent in rows.consents.where(conn, tables.consent.c.person_id.in_(of_these)):
        consents[consent.referral_id].append(consent)
    names = _Names(conn)
    return [
        _as_stored(names, persons[referral.person_id], referral, episodes.get(referral.id), consents[referral.id])
        for referral in referrals
        if consents[referral.id]
    ]


class _Names:
    """What ids are called in the list."""

    def __init__(self, conn: Connection) -> None:
        self.activity = {row[0]: row[1] for row in conn.execute(select(tables.activity.c.id, tables.activity.c.name))}
        self.contact = {row[0]: row[1] for row in conn.execute(select(tables.contact.c.id, tables.contact.c.name))}
        self.agency = {row[0]: row[1] for row in conn.execute(select(tables.unit.c.id, tables.unit.c.agency))}


def _as_stored(
    names: _Names, person: Person, referral: Referral, episode: Episode | None, consents: list[Consent]
) -> Stored:
    row = RegisterRow(
        number=person.number,
        given_name=person.given_name,
        family_name=person.family_name,
        sex=person.sex,
        protected=person.protected,
        activity=names.activity[referral.activity_id],
        referrer=referral.referrer,
        referred_on=referral.referred_on,
        question=referral.question,
        outcome=referral.outcome,
        outcome_on=referral.outcome_on,
        education=referral.education,
        livelihoods=referral.livelihoods,
        support_months=referral.support_months,
        sgi0=referral.sgi0,
        **_episode_part(names, episode),
        **_consent_part(names, consents),
    )
    return Stored(person=person, referral=referral, episode=episode, consents=tuple(consents), row=row)


def _episode_part(names: _Names, episode: Episode | None) -> dict[str, Any]:
    if episode is None:
        return {}
    return {
        "enrolled_on": episode.enrolled_on,
        "commissioner": names.agency.get(episode.commissioner_id or ""),
        "case_worker": names.contact.get(episode.case_worker_id or "", ""),
        "discharged_on": episode.discharged_on,
        "discharge_reason": episode.discharge_reason,
        "destination": episode.destination,
        "livelihoods_out": episode.livelihoods_out,
    }


def _consent_part(names: _Names, consents: list[Consent]) -> dict[str, Any]:
    ends = [consent.withdrawn_on or consent.until_on for consent in consents]
    named = {names.agency[unit_id] for consent in consents for unit_id in consent.unit_ids}
    purposes = {consent.purpose for consent in consents}
    return {
        "consent_from": min(consent.from_on for consent in consents),
        "consent_until": None if None in ends else max(end for end in ends if end is not None),
        "consent_agencies": tuple(agency for agency in Agency if agency in named),
        "consent_purposes": tuple(purpose for purpose in Purpose if purpose in purposes),
    }
