"""The predicate compiled into SQL: which cases a list, a search or a count may hold for this actor.

The same rules as ``domain.access.may`` for seeing a case, but for one: a protected person stays in lists, as «Skyddad»
(``queries.shown``), and only opening the record is refused. What depends on the actor alone is settled before the
statement is built; consent and disclosure are one look-up in ``case_access``.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    Text,
    and_,
    exists,
    false,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from misam_desktop.domain.access import COORDINATES, Actor, May, includes
from misam_desktop.domain.codes import InfoKind, Purpose, Role
from misam_desktop.store import tables

_R, _E, _N, _A = tables.referral.c, tables.episode.c, tables.nafs_case.c, tables.case_access.c
_S = tables.sip.c
Columns = ReadOnlyColumnCollection[str, Any]


class Asker(Protocol):
    """Who asks, for what and when: all that reach depends on. A ``Look`` is one."""

    @property
    def actor(self) -> Actor:
        """Who is at the keyboard."""

    @property
    def needs(self) -> May:
        """What the question or command needs."""

    @property
    def today(self) -> date:
        """The day on which consents must hold."""

    @property
    def shut_out(self) -> frozenset[str]:
        """The cases that the actor is kept out of by jäv."""


class Asking(NamedTuple):
    """All that reach depends on and nothing more, so that a condition is put together once for each who asks."""

    actor: Actor
    needs: May
    today: date
    shut_out: frozenset[str]


def asking(look: Asker) -> Asking:
    """Who asks, as the key that what is put together for them is kept by."""
    return Asking(look.actor, look.needs, look.today, look.shut_out)


def cases(look: Asker, *, referral: Columns = _R, episode: Columns = _E) -> ColumnElement[bool]:
    """Which cases, in a statement that joins ``referral`` and outer-joins ``episode``, or aliases of them."""
    if referral is _R and episode is _E:
        return _cases(asking(look))
    return _within(look, referral, episode)


def cases_at_large(look: Asker) -> ColumnElement[bool]:
    """The same for what goes through all that is open: what is shared with the unit is then gathered once."""
    return _at_large(asking(look))


def known(look: Asker) -> ColumnElement[bool]:
    """Those of the same cases in which the person's grunduppgifter may be read: what somebody is found by."""
    return _known(asking(look))


def identity(look: Asker) -> ColumnElement[bool]:
    """Of these, in which the person's grunduppgifter may be read: in all but those of others that leave them out."""
    return _identity(asking(look))


def kinds(look: Asker) -> ScalarSelect[Any]:
    """The kinds that a consent lets the actor's unit read; None where none does: then a draft, or enough to close."""
    return _access(look, _R, _A.kinds).scalar_subquery()


@lru_cache(maxsize=64)
def _cases(look: Asking) -> ColumnElement[bool]:
    return _within(look, _R, _E)


@lru_cache(maxsize=64)
def _at_large(look: Asking) -> ColumnElement[bool]:
    return _within(look, _R, _E, _R.id.in_(select(_A.case_id).where(*_held_by(look.actor.unit_id, look.today))))


@lru_cache(maxsize=64)
def _known(look: Asking) -> ColumnElement[bool]:
    return _within(look, _R, _E, exists(_access(look, _R).where(_names_person())))


@lru_cache(maxsize=64)
def _identity(look: Asking) -> ColumnElement[bool]:
    return or_(_stays(look, _R, _E), exists(_access(look, _R).where(_names_person())))


def _names_person() -> ColumnElement[bool]:
    return func.instr("+" + type_coerce(_A.kinds, Text) + "+", f"+{InfoKind.GRUNDUPPGIFTER}+") > 0


def _within(
    look: Asker, referral: Columns, episode: Columns, held: ColumnElement[bool] | None = None
) -> ColumnElement[bool]:
    """What is within reach; ``held`` is how to see that a consent lets the unit read a case, by default anything."""
    if not includes(look.actor, look.needs):
        return false()
    held = exists(_access(look, referral)) if held is None else held
    within = or_(_stays(look, referral, episode), _is_shared(look, referral, held))
    return and_(within, referral.id.not_in(sorted(look.shut_out))) if look.shut_out else within


def _stays(look: Asker, referral: Columns, episode: Columns) -> ColumnElement[bool]:
    """What is within reach whether a consent holds or not: the own unit's cases, and those one coordinates."""
    me = look.actor.unit_id
    return or_(
        referral.unit_id == me,
        referral.kept_by == me,
        episode.commissioner_id == me,
        _coordinated(look, referral, Purpose.SAMVERKAN),
    )


def nafs_cases(look: Asker, *, case: Columns = _N) -> ColumnElement[bool]:
    """The same rule for NAFS cases, in a statement over ``nafs_case``, or an alias of it."""
    if case is _N:
        return _nafs_cases(asking(look))
    return _case_within(look, case, Purpose.NAFS, exists(_access(look, case)))


def nafs_known(look: Asker) -> ColumnElement[bool]:
    """Those of the NAFS cases in which the person's grunduppgifter may be read."""
    return _nafs_known(asking(look))


def nafs_identity(look: Asker) -> ColumnElement[bool]:
    """Of the NAFS cases within reach, in which the person's grunduppgifter may be read."""
    return or_(_case_stays(look, _N, Purpose.NAFS), exists(_access(look, _N).where(_names_person())))


def nafs_kinds(look: Asker) -> ScalarSelect[Any]:
    """The kinds that a consent lets the actor's unit read of a NAFS case; None as with ``kinds``."""
    return _access(look, _N, _A.kinds).scalar_subquery()


@lru_cache(maxsize=64)
def _nafs_cases(look: Asking) -> ColumnElement[bool]:
    return _case_within(look, _N, Purpose.NAFS, exists(_access(look, _N)))


@lru_cache(maxsize=64)
def _nafs_known(look: Asking) -> ColumnElement[bool]:
    return _case_within(look, _N, Purpose.NAFS, exists(_access(look, _N).where(_names_person())))


def _case_within(look: Asker, case: Columns, purpose: Purpose, held: ColumnElement[bool]) -> ColumnElement[bool]:
    """What is within reach of the cases that are one unit's alone: NAFS cases and SIPs."""
    if not includes(look.actor, look.needs):
        return false()
    within = or_(_case_stays(look, case, purpose), _is_shared(look, case, held))
    return and_(within, case.id.not_in(sorted(look.shut_out))) if look.shut_out else within


def _case_stays(look: Asker, case: Columns, purpose: Purpose) -> ColumnElement[bool]:
    return or_(case.unit_id == look.actor.unit_id, _coordinated(look, case, purpose))


def sips(look: Asker, *, case: Columns = _S) -> ColumnElement[bool]:
    """The same rule for SIPs, in a statement over ``sip``, or an alias of it."""
    return _case_within(look, case, Purpose.SIP, exists(_access(look, case)))


def sip_known(look: Asker) -> ColumnElement[bool]:
    """Those of the SIPs in which the person's grunduppgifter may be read."""
    return _case_within(look, _S, Purpose.SIP, exists(_access(look, _S).where(_names_person())))


def sip_identity(look: Asker) -> ColumnElement[bool]:
    """Of the SIPs within reach, in which the person's grunduppgifter may be read."""
    return or_(_case_stays(look, _S, Purpose.SIP), exists(_access(look, _S).where(_names_person())))


def coordinates(look: Asker, purpose: Purpose) -> bool:
    """Whether the actor leads the meetings that cases of this purpose are put to."""
    return any(purpose in COORDINATES.get(role, ()) for role in look.actor.roles)


def _coordinated(look: Asker, case: Columns, purpose: Purpose) -> ColumnElement[bool]:
    if not coordinates(look, purpose):
        return false()
    submitted: ColumnElement[bool] = case.submitted_at.is_not(None)
    if not look.actor.activity_ids:
        return submitted
    return and_(submitted, case.activity_id.in_(sorted(look.actor.activity_ids)))


def _is_shared(look: Asker, referral: Columns, held: ColumnElement[bool]) -> ColumnElement[bool]:
    if Role.HANDLAGGARE not in look.actor.roles:
        return false()
    return and_(referral.submitted_at.is_not(None), held)


def _access(look: Asker, referral: Columns, *columns: Any) -> Select[Any]:
    return access_of(referral.id, look.actor.unit_id, *columns, on=look.today)


def access_of(case_id: Any, unit_id: Any, *columns: Any, on: Any) -> Select[Any]:
    """The one row, or none, that says what a unit may read of a case on a day by a consent."""
    return select(*(columns or (_A.case_id,))).where(_A.case_id == case_id, *_held_by(unit_id, on))


def _held_by(unit_id: Any, on: Any) -> tuple[ColumnElement[bool], ...]:
    return _A.unit_id == unit_id, _A.from_on <= on, or_(_A.to_on.is_(None), _A.to_on >= on)


def is_actor(column: ColumnElement[Any], look: Asker) -> ColumnElement[bool]:
    """Where the column names the contact that the actor is; nowhere for a user who is none."""
    return false() if look.actor.contact_id is None else column == look.actor.contact_id
