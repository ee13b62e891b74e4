"""How a store comes to be and is opened: the first users of a new one, and unlocking with a password.

What is opened is a door (``vault.Vault``); there is no other way to the rows.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from misam_desktop.domain.access import Actor, May, NotPermitted, includes
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.codes import GapReason, Role
from misam_desktop.domain.ids import ContactId, UnitId, UserId
from misam_desktop.domain.people import Contact, User
from misam_desktop.keys import errors as key_errors
from misam_desktop.keys import key_file
from misam_desktop.keys.heads import Gap, GapKind, Head, Heads
from misam_desktop.keys.primitives import LIMITS, STRONG, Bounds, Cost, random_key
from misam_desktop.keys.recovery import new_recovery_key
from misam_desktop.store import codes, founding, log, migrate, rows
from misam_desktop.store.engine import connect, reading, writing
from misam_desktop.store.place import make_private, must_be_free, must_be_there, take_away
from misam_desktop.vault import Clock, Tx, Vault, actor_of, command, fresh_id

_GAP_FOUND, _GAP_ACCEPTED = "log.gap_found", "log.gap_accepted"
_UNEXPLAINED = "log_gap"
"""The setting that holds the mark of what was last found missing, until that is accepted."""


class UserInactive(NotPermitted):
    """The account has been closed."""

    code = "user_inactive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Founder:
    """One of the first users of a new store."""

    login: str
    name: str
    password: str
    unit_id: UnitId
    roles: tuple[Role, ...]


def create(
    path: Path,
    *,
    team: str,
    founders: Sequence[Founder],
    activities: Sequence[Activity],
    clock: Clock,
    kind: str = "real",
    cost: Cost = STRONG,
    new_id: Callable[[], str] = fresh_id,
) -> str:
    """Make a new encrypted store with its key file, and give the recovery key, which is kept nowhere else.

    ``new_id`` gives the ids of the founders, which stand in the log; a made-up team has the same ones each time.
    Raises StoreExists, PasswordTooShort, PasswordCommon, UserHasSlot, StoreReadOnly, StoreDiskFull, KeyFileNotWritten;
    then nothing is left behind.
    """
    beside = key_file.path_beside(path)
    must_be_free(path, beside)
    key = key_file.StoreKey(random_key())
    recovery_text = new_recovery_key()
    file = key_file.new_key_file(uuid.uuid4().hex, key, recovery_text=recovery_text)
    people = [_person_of(founder, new_id) for founder in founders]
    for founder, (user, _) in zip(founders, people, strict=True):
        file = key_file.add_user(file, key, user_id=user.id, login=founder.login, password=founder.password, cost=cost)
    make_private(path)
    try:
        _found(path, key, file, team=team, kind=kind, activities=activities, people=people, clock=clock)
        key_file.write_key_file(beside, file)
    except BaseException:
        take_away(path, beside, content=key_file.to_bytes(file))
        raise
    return recovery_text


def _person_of(founder: Founder, new_id: Callable[[], str]) -> tuple[User, Contact]:
    contact = Contact(id=ContactId(new_id()), name=founder.name, unit_id=founder.unit_id)
    user = User(
        id=UserId(new_id()),
        login=founder.login,
        name=founder.name,
        unit_id=founder.unit_id,
        roles=founder.roles,
        contact_id=contact.id,
    )
    return user, contact


def _found(
    path: Path,
    key: key_file.StoreKey,
    file: key_file.KeyFile,
    *,
    team: str,
    kind: str,
    activities: Sequence[Activity],
    people: Sequence[tuple[User, Contact]],
    clock: Clock,
) -> None:
    engine = connect(path, key.raw, create=True, store_id=file.store_id)
    try:
        migrate.build(engine)
        with writing(engine) as conn:
            founding.found(conn, store_id=file.store_id, team=team, kind=kind, activities=activities, users=people)
            founding.keep_key_file(conn, key_file.to_bytes(file))
            first = people[0][0]
            entry = log.Entry(
                at=clock.now(), user_id=first.id, role=first.roles[0], unit_id=first.unit_id, action="store.made"
            )
            log.append(conn, entry)
    finally:
        engine.dispose()


def unlock(
    path: Path,
    *,
    login: str,
    password: str,
    clock: Clock,
    bounds: Bounds = LIMITS,
    heads: Path | None = None,
    in_person: bool = True,
) -> Vault:
    """Open a store for a user with their password, and log that.

    ``heads`` is the folder where this user's profile keeps how far each store's log had come. A password that the
    keyring remembered was not given ``in_person``: what asks for it is refused until it has been.
    How long to wait after a wrong one is told by ``keys.passwords.delay_s``; the window counts them.
    Raises StoreMissing, the errors of ``keys.errors``, StoreDamaged, StoreBusy, StoreTooNew, UserInactive.
    """
    must_be_there(path)
    file = key_file.read_key_file_of(path, bounds=bounds)
    key, user_id = key_file.unlock(file, login=login, password=password)
    vault = open_with(path, key, store_id=file.store_id, user_id=user_id, clock=clock, heads=heads)
    vault.knows(lambda again: _check(path, login, again, bounds), given=in_person)
    return vault


def _check(path: Path, login: str, password: str, bounds: Bounds) -> None:
    """Whether a password is the user's as the key file has it now. Raises WrongPassword and more."""
    key_file.unlock(key_file.read_key_file_of(path, bounds=bounds), login=login, password=password)


def open_with(
    path: Path, key: key_file.StoreKey, *, store_id: str, user_id: str, clock: Clock, heads: Path | None = None
) -> Vault:
    """Open a store for a user whose password has opened their slot."""
    engine = connect(path, key.raw)
    try:
        migrate.upgrade(engine)
        with reading(engine) as conn:
            if founding.setting(conn, "store_id") != store_id:
                raise key_errors.KeyFileForeign
            user = rows.users.get(conn, user_id)
        actor = actor_of(user)
        kept = None if heads is None else Heads(heads, store_id, key.raw)
        gap = None if kept is None else _gap(engine, kept, actor)
        vault = Vault(engine, actor, clock, kept, gap)
        vault.do(_unlocked(user))
        if gap is not None and gap.kind is not GapKind.ELSEWHERE:
            vault.do(_gap_found(gap))
        elif kept is not None and not kept.is_kept:
            vault.gap = gap or Gap(GapKind.NOT_KEPT)
    except BaseException:
        engine.dispose()
        raise
    return vault


def _gap(engine: Engine, kept: Heads, actor: Actor) -> Gap | None:
    """What is wrong with the end of the log, by what this profile remembers of it.

    An administratör is also told of what another profile has found and nobody has explained since.
    """
    with reading(engine) as conn:
        if kept.known.lost is not None and _is_explained(conn, kept.known.lost):
            kept.accept()
        lost = kept.check(lambda head: log.holds(conn, head.seq, head.hash))
        at = log.newest(conn)[0]
        if lost is not None:
            return Gap(GapKind.CUT, lost.seq, at, lost.mark)
        if not kept.is_sound:
            return Gap(GapKind.UNREADABLE, at=at)
        mark = (founding.setting(conn, _UNEXPLAINED) or "") if includes(actor, May.ADMINISTER) else ""
        return Gap(GapKind.ELSEWHERE, int(mark.partition("-")[0]), at, mark) if mark else None


def _is_explained(conn: Connection, lost: Head) -> bool:
    """Whether an administratör has said why, wherever it was, after it was found that this head is missing."""
    found = log.last_of(conn, _GAP_FOUND, f"{GapKind.CUT}:{lost.mark}")
    return 0 < found < log.last_of(conn, _GAP_ACCEPTED)


@command(_GAP_FOUND, needs=May.OWN_SESSION, touches=())
def _gap_found(tx: Tx, gap: Gap) -> None:
    """Note in the log that its end is not where this profile has seen it."""
    tx.about("", purpose=_told(gap.kind, gap))
    if gap.mark:
        founding.set_setting(tx.conn, _UNEXPLAINED, gap.mark)


@command(_GAP_ACCEPTED, needs=May.ADMINISTER, touches=())
def gap_accepted(tx: Tx, gap: Gap, reason: GapReason) -> None:
    """Note why the log ends earlier, with the mark of what was lost: it tells a lawful restore from a silent one.

    Whoever has put a safety copy back does this at the first unlock after it, with ``GapReason.ATERLAST``. It settles
    all that was found before it, at every profile; what is found later is told anew.
    """
    tx.about("", purpose=_told(reason, gap))
    founding.set_setting(tx.conn, _UNEXPLAINED, "")


def _told(what: GapKind | GapReason, gap: Gap) -> str:
    return f"{what}:{gap.mark}" if gap.mark else what.value


@command("store.unlocked", needs=May.OWN_SESSION, touches=())
def _unlocked(tx: Tx, user: User) -> None:
    """Note in the log that somebody has opened the store, and forget the codes of old. Raises UserInactive."""
    tx.about(user.id)
    if not user.active:
        raise UserInactive
    codes.forget_old(tx.conn, tx.today)
