"""Who opens the store, and with which password: from a file, the keyring or a prompt, never the command line."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from misam_desktop.cli.world import PasswordNeeded, World, WrongUsage
from misam_desktop.commands.stores import Door, door_of
from misam_desktop.domain.access import May, includes
from misam_desktop.keys.errors import WrongPassword
from misam_desktop.transfer.files import FileUnreadable
from misam_desktop.unlocking import unlock
from misam_desktop.vault import Clock, Vault
from misam_desktop.wording import gap_told

_LONGEST = 4096
"""Characters of a line that can be a password."""
_STDIN = "-"


class UserNeeded(WrongUsage):
    """Several users can unlock the store, and none was named."""

    code = "user_needed"


@contextmanager
def opened(arguments: Namespace, world: World, *, in_person: bool = False) -> Iterator[Vault]:
    """The store unlocked for one command.

    ``in_person``: the keyring does not do, the password must be given now. Raises what ``unlocking.unlock`` raises,
    UserNeeded, PasswordNeeded, FileUnreadable.
    """
    vault = _unlocked(arguments, world, door_of(arguments.store, bounds=world.bounds), in_person=in_person)
    try:
        yield vault
    finally:
        vault.close()


def _unlocked(arguments: Namespace, world: World, door: Door, *, in_person: bool) -> Vault:
    login = arguments.user or _only(door.logins)
    given = given_password(arguments, world)
    kept = None if given is not None or in_person else world.remembered(door.store_id, login)
    if kept is not None:
        try:
            return _unlock(arguments.store, world, login, kept, in_person=False)
        except WrongPassword:
            world.tell("Lösenordet i datorns nyckelring har bytts ut och används inte.")
    return _unlock(arguments.store, world, login, given or world.ask_password(f"Lösenord för {login}: "))


def _unlock(store: Path, world: World, login: str, password: str, *, in_person: bool = True) -> Vault:
    clock, bounds = Clock(now=world.now, today=world.today), world.bounds
    vault = unlock(
        store, login=login, password=password, clock=clock, bounds=bounds, heads=world.heads, in_person=in_person
    )
    if vault.gap is not None:
        may_explain = bool(includes(vault.actor, May.ADMINISTER))
        then: Literal["terminal", "tell"] = "terminal" if may_explain else "tell"
        world.tell(gap_told(vault.gap.kind, vault.gap.seq, vault.gap.at, then=then))
    return vault


def _only(logins: tuple[str, ...]) -> str:
    if len(logins) != 1:
        raise UserNeeded
    return logins[0]


def given_password(arguments: Namespace, world: World) -> str | None:
    """The first line of the password file, or None when none was named. Raises FileUnreadable, PasswordNeeded."""
    if arguments.password_file is None:
        return None
    place = arguments.password_file
    try:
        line = world.stdin.readline(_LONGEST) if place == _STDIN else _first_line(Path(place))
    except (OSError, UnicodeDecodeError):
        raise FileUnreadable from None  # what could not be decoded stands in the error
    password = line.removeprefix("\ufeff").rstrip("\r\n")
    if not password:
        raise PasswordNeeded
    return password


def _first_line(path: Path) -> str:
    with path.open(encoding="utf-8") as lines:
        return lines.readline(_LONGEST)
