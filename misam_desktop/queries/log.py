"""The log for those who may see it: entries as ids, and who has had to do with one person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, func, or_, select, true, union_all

from misam_desktop.domain.access import COORDINATES, May, Reason, Subject, in_activity, includes
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.codes import Purpose, Role
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import PersonId
from misam_desktop.domain.people import Person
from misam_desktop.queries import reach
from misam_desktop.store import log, rows, subjects, tables
from misam_desktop.store.types import write_instant
from misam_desktop.vault import Look, query
from misam_desktop.wording import how_many

_L, _R, _E, _N, _I = tables.log.c, tables.referral.c, tables.episode.c, tables.nafs_case.c, tables.agenda_item.c
_S, _SP, _SL, _SC = tables.sip.c, tables.sip_party.c, tables.sip_plan.c, tables.sip_commitment.c
_A, _M = tables.case_access.c, tables.meeting.c
COLUMNS = (
    _L.seq, _L.at, _L.user_id, _L.role, _L.unit_id, _L.action, _L.object_id, _L.person_id, _L.purpose, _L.allowed,
)  # fmt: skip
"""What a ``LogRow`` is made of."""
_PARTS: tuple[tuple[ColumnElement[str], ColumnElement[str], FromClause], ...] = (
    (_R.id, _R.id, tables.referral),
    (_E.id, _E.referral_id, tables.episode),
    *(
        (part.c.id, _E.referral_id, part.join(tables.episode, part.c.episode_id == _E.id))
        for part in (tables.follow_up, tables.commitment)
    ),
    (tables.consent.c.id, tables.consent.c.case_id, tables.consent),
    (_N.id, _N.id, tables.nafs_case),
    (_I.id, _I.case_id, tables.agenda_item),
    (_S.id, _S.id, tables.sip),
    (_SP.id, _SP.case_id, tables.sip_party),
    (_SL.id, _SL.case_id, tables.sip_plan),
    (_SC.id, _SL.case_id, tables.sip_commitment.join(tables.sip_plan, _SC.plan_id == _SL.id)),
)
"""What an entry can name of a case: its id, the case (a referral, a NAFS case or a SIP), and where the two stand."""
_NAMING = frozenset({"object_id", "person_id"})
_NO_PART = frozenset({Reason.JAV, Reason.PROTECTED})
_MARKED = 8
_MARK = re.compile(r"(?:Logg )?(\d{1,9})-([0-9A-F]{8})", re.ASCII | re.IGNORECASE)


class LogRow(NamedTuple):
    """One entry: ids and codes only. ``at`` is ISO text in UTC."""

    seq: int
    at: str
    user_id: str
    role: str
    unit_id: str
    action: str
    object_id: str
    person_id: str
    purpose: str
    allowed: bool


class LastLook(NamedTuple):
    """Somebody who has had to do with a person's records, and when last. ``at`` is ISO text in UTC."""

    user: str
    unit: str
    at: str


class ExtractRow(NamedTuple):
    """Who did what with one person's records, from which unit, when. ``at`` is ISO text in UTC."""

    at: str
    user: str
    unit: str
    action: str
    object_id: str
    allowed: bool


@query(None, needs=May.OWN_SESSION)
def log_mark(look: Look) -> str:
    """The log's head as it stands on papers: «Logg 1234-9F3A22C1»."""
    return mark_of(look)


def mark_of(look: Look) -> str:
    """The same for a paper that is made in a question or command that has been let through."""
    seq, digest = log.newest(look.conn)
    return f"Logg {seq}-{digest[:_MARKED].upper()}"


@query("log.mark_checked", needs=May.SEE_LOG)
def mark_is_of_this_log(look: Look, mark: str) -> bool:
    """Whether the mark of a paper is one that this log has had."""
    found = _MARK.fullmatch(mark.strip())
    return found is not None and log.holds(look.conn, int(found[1]), found[2].lower())


@query("log.listed", needs=May.SEE_LOG)
def log_entries(look: Look) -> list[LogRow]:
    """The entries that the actor may see, oldest first."""
    return _entries(look)


@query("log.looked_listed", needs=May.REVIEW_LOG)
def who_has_looked(look: Look, person_id: PersonId) -> list[LastLook]:
    """Everybody who has read or changed a person's records, as far as the actor may see, the last first.

    Raises NotFound.
    """
    statement = (
        select(tables.user.c.name, tables.unit.c.short, func.max(_L.at))
        .select_from(tables.log)
        .join(tables.user, _L.user_id == tables.user.c.id)
        .join(tables.unit, _L.unit_id == tables.unit.c.id)
        .where(_L.person_id.in_(records_of(look, person_id)), _L.allowed == 1, within(look))
        .group_by(_L.user_id, _L.unit_id)
        .order_by(func.max(_L.at).desc())
    )
    return [LastLook(user=user, unit=unit, at=at) for user, unit, at in look.conn.execute(statement)]


def records_of(look: Look, person_id: PersonId) -> list[PersonId]:
    """Every record of the same human being within reach, each noted as read.

    Raises NotFound, also of somebody in one of whose cases the actor may have no part (jäv, a protected identity):
    a list with holes would say that nobody else has looked. Who sees their own entries alone gets them as they are.
    """
    person = rows.persons.get(look.conn, person_id)
    look.opened(person.id, person.id)
    twins = subjects.persons_of_number(look.conn, person.number)
    has_holes = includes(look.actor, May.REVIEW_LOG) and any(_is_kept_from(look, one) for one in twins)
    if has_holes or not _may_see(look, person):
        raise NotFound
    within_reach = [one.id for one in twins if _may_see(look, one)]
    for other in within_reach:
        look.opened(other, other)
    return within_reach


def _is_kept_from(look: Look, person: Person) -> bool:
    """Whether one of the person's cases that would be the actor's to see is not: jäv, or a protected identity."""
    put = [one for one in subjects.of_person(look.conn, person) if one.before_forum]
    return any(look.allowed(one).reason in _NO_PART for one in put if _would_see(look, one))


def _would_see(look: Look, subject: Subject) -> bool:
    """Whether a case was put to the actor's meetings, or is one of whom jäv hides every entry."""
    is_led = reach.coordinates(look, subject.purpose) and in_activity(look.actor, subject.activity_id)
    return is_led or look.actor.contact_id in subject.shut_out


def entry_within(look: Look, seq: int) -> LogRow | None:
    """One entry, if the actor may see it."""
    return next(iter(_entries(look, _L.seq == seq)), None)


def _entries(look: Look, *conditions: ColumnElement[bool]) -> list[LogRow]:
    told = [_as_told(look, column) for column in COLUMNS]
    return rows_of(look, select(*told).where(within(look), *conditions).order_by(_L.seq))


def _as_told(look: Look, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """What was refused names no more than what does not exist: its ids would say that it does, and of whom it is."""
    if column.key not in _NAMING:
        return column
    return case((or_(_L.allowed == 1, is_known(look)), column), else_="")


def rows_of(look: Look, statement: Select[Any]) -> list[LogRow]:
    """The entries that a statement over ``COLUMNS`` finds."""
    return [LogRow._make((*row[:-1], bool(row[-1]))) for row in look.conn.execute(statement)]


def between(first: date, last: date) -> ColumnElement[bool]:
    """The entries of some days, as days begin and end where the machine stands."""
    begins = datetime.combine(first, time()).astimezone()
    ends = datetime.combine(last + timedelta(days=1), time()).astimezone()
    return and_(_L.at >= write_instant(begins), _L.at < write_instant(ends))


@query("log.person_extracted", needs=May.REVIEW_LOG)
def person_extract(look: Look, person_id: PersonId) -> list[ExtractRow]:
    """Everybody who has had to do with a person, as far as the actor may see, oldest first. Raises NotFound.

    By a koordinator: others see their own entries alone, and would be told that nobody else had looked.
    """
    return extract_rows(look, person_id)


def extract_rows(look: Look, person_id: PersonId) -> list[ExtractRow]:
    """The same for a question or command that has been let through; each record of the person is noted as read."""
    statement = (
        select(_L.at, tables.user.c.name, tables.unit.c.name, _L.action, _L.object_id, _L.allowed)
        .select_from(tables.log)
        .outerjoin(tables.user, _L.user_id == tables.user.c.id)
        .outerjoin(tables.unit, _L.unit_id == tables.unit.c.id)
        .where(_L.person_id.in_(records_of(look, person_id)), within(look))
        .order_by(_L.seq)
    )
    return [
        ExtractRow(at=at, user=user or "", unit=unit or "", action=action, object_id=object_id, allowed=bool(allowed))
        for at, user, unit, action, object_id, allowed in look.conn.execute(statement)
    ]


def looked_from(look: Look, person: Person) -> list[tuple[str, str]]:
    """From which units a person's records have been read or changed, and when last; nobody is named."""
    twins = [one.id for one in subjects.persons_of_number(look.conn, person.number) if _may_see(look, one)]
    statement = (
        select(tables.unit.c.name, func.count(), func.max(_L.at))
        .select_from(tables.log)
        .join(tables.unit, _L.unit_id == tables.unit.c.id)
        .where(_L.person_id.in_(twins), _L.allowed == 1, is_known(look))
        .group_by(tables.unit.c.name)
        .order_by(tables.unit.c.name)
    )
    return [
        (unit, f"{how_many(times, 'gång', 'gånger')}, senast {last[:10]}")
        for unit, times, last in look.conn.execute(statement)
    ]


def _may_see(look: Look, person: Person) -> bool:
    return any(look.allowed(subject, May.SEE_LOG) for subject in subjects.of_person(look.conn, person))


def within(look: Look) -> ColumnElement[bool]:
    """A koordinator sees the activity's entries, or her teams', everybody else their own (security.md, «Who may»).

    Nobody sees what concerns a case that they are kept out of by jäv, nor that another's case exists beyond reach.
    """
    own = _L.user_id == look.actor.user_id
    seen = and_(of_role(look), or_(own, is_known(look)))
    return and_(seen, _L.person_id.not_in(kept_from(look))) if look.shut_out else seen


def is_known(look: Look) -> ColumnElement[bool]:
    """That the entry tells of no case beyond reach: another unit's draft must not be seen to exist.

    An entry that names the person alone is about any of their cases. If one of those is beyond reach, it must be
    explained by one within: by a unit that has to do with that case, or whoever leads the meetings it is put to. What
    is there no more tells of nothing.
    """
    case_id = case_of(_L.object_id)
    kinds = [_referrals(look), _nafs_cases(look), _sips(look)]
    of_case = or_(*(_there(one.near.where(one.case.id == case_id)) for one in kinds))
    of_person = or_(*(_there(one.near_person) for one in kinds))
    beyond = (one.whole.where(one.every.id.not_in(one.near_person.correlate(tables.log))) for one in kinds)
    is_all = ~or_(*map(_there, beyond))
    explained = or_(*(_there(one.near_person.where(one.has_part)) for one in kinds))
    nobody = ~or_(*(_there(one.whole) for one in kinds))
    return case((case_id.is_not(None), of_case), else_=or_(explained, and_(of_person, is_all), nobody))


class _Kind(NamedTuple):
    """Cases of one kind: those near, with their columns; all those of the entry's person; who has a part in one."""

    near: Select[Any]
    case: reach.Columns
    whole: Select[Any]
    every: reach.Columns
    has_part: ColumnElement[bool]

    @property
    def near_person(self) -> Select[Any]:
        """Those near that are of the entry's person."""
        return self.near.where(self.case.person_id == _L.person_id)


def _referrals(look: Look) -> _Kind:
    referral, episode, every = tables.referral.alias(), tables.episode.alias(), tables.referral.alias()
    joined = referral.outerjoin(episode, referral.c.episode_id == episode.c.id)
    near = select(referral.c.id).select_from(joined).where(reach.cases(look, referral=referral.c, episode=episode.c))
    own = (referral.c.unit_id, referral.c.kept_by, episode.c.commissioner_id)
    return _kind(near, referral, every, own, Purpose.SAMVERKAN)


def _nafs_cases(look: Look) -> _Kind:
    nafs_case, every = tables.nafs_case.alias(), tables.nafs_case.alias()
    near = select(nafs_case.c.id).where(reach.nafs_cases(look, case=nafs_case.c))
    return _kind(near, nafs_case, every, (nafs_case.c.unit_id,), Purpose.NAFS)


def _sips(look: Look) -> _Kind:
    sip, every = tables.sip.alias(), tables.sip.alias()
    near = select(sip.c.id).where(reach.sips(look, case=sip.c))
    return _kind(near, sip, every, (sip.c.unit_id,), Purpose.SIP)


def _kind(
    near: Select[Any], table: FromClause, every: FromClause, own: Iterable[ColumnElement[Any]], purpose: Purpose
) -> _Kind:
    leads = [role for role, purposes in COORDINATES.items() if purpose in purposes]
    named = select(_A.case_id).where(_A.case_id == table.c.id, _A.unit_id == _L.unit_id)
    has_part = or_(_L.role.in_(leads), *(_L.unit_id == one for one in own), named.correlate(tables.log, table).exists())
    whole = select(every.c.id).where(every.c.person_id == _L.person_id)
    return _Kind(near, table.c, whole, every.c, has_part)


def _there(statement: Select[Any]) -> ColumnElement[bool]:
    return statement.correlate(tables.log).exists()


def case_of(part_id: ColumnElement[str]) -> ColumnElement[str]:
    """The case that has this part, or none: the part is what an entry names. Of an episode it is its referral."""
    found = [
        select(own_case).select_from(source).where(own_id == part_id).correlate(tables.log).scalar_subquery()
        for own_id, own_case, source in _PARTS
    ]
    return func.coalesce(*found)


def kept_from(look: Look) -> Select[Any]:
    """Of whom the actor is kept from a case by jäv."""
    out = sorted(look.shut_out)
    return select(union_all(*(select(one.person_id).where(one.id.in_(out)) for one in (_R, _N, _S))).subquery())


def of_role(look: Look) -> ColumnElement[bool]:
    """What the actor's role sees of the log, jäv left aside: what is drawn from is the same for every koordinator.

    A koordinator sees her activities' entries, a NAFS-koordinator her teams'.
    """
    own = _L.user_id == look.actor.user_id
    if Role.KOORDINATOR in look.actor.roles and not look.actor.activity_ids:
        return true()
    led = [
        condition
        for purpose, cases in ((Purpose.SAMVERKAN, _R), (Purpose.NAFS, _N), (Purpose.SIP, _S))
        if reach.coordinates(look, purpose)
        for condition in _of_meetings(look, purpose, cases)
    ]
    return or_(own, *led)


def _of_meetings(look: Look, purpose: Purpose, cases: reach.Columns) -> Iterator[ColumnElement[bool]]:
    """The entries on whom the cases are of that are put to the actor's meetings, and on the meetings themselves."""
    mine = sorted(look.actor.activity_ids)
    persons, meetings = select(cases.person_id), select(_M.id).where(_M.kind.in_(_kinds_of(purpose)))
    if mine:
        persons, meetings = persons.where(cases.activity_id.in_(mine)), meetings.where(_M.activity_id.in_(mine))
    yield _L.person_id.in_(persons)
    yield _L.object_id.in_(meetings)


def _kinds_of(purpose: Purpose) -> list[Kind]:
    return [kind for kind in Kind if kind.purpose is purpose]
