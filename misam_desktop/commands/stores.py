"""What is done to a store before anybody has unlocked it: making a new one, and seeing who can come in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from misam_desktop.domain.codes import Agency, Role
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.people import Unit
from misam_desktop.domain.text import fold
from misam_desktop.keys import key_file
from misam_desktop.keys.primitives import LIMITS, STRONG, Bounds, Cost
from misam_desktop.store import founding
from misam_desktop.store.place import must_be_there
from misam_desktop.unlocking import Founder, create
from misam_desktop.vault import Clock
from misam_desktop.wording import code_from

FIRST_ROLES = (Role.ADMINISTRATOR, Role.KOORDINATOR)
"""The first user holds both, or nobody could let the next one in, or begin."""


class UnitUnknown(UserError):
    """No unit has this name; ``units`` says which there are."""

    code = "unit_unknown"


class Door(NamedTuple):
    """What a locked store tells everybody: its id, who can unlock it, and its key file as it lies beside it."""

    store_id: str
    logins: tuple[str, ...]
    key_file: bytes


def door_of(path: Path, *, bounds: Bounds = LIMITS) -> Door:
    """What can be known of a store without a password. Raises StoreMissing and the errors of ``keys.errors``."""
    must_be_there(path)
    file = key_file.read_key_file_of(path, bounds=bounds)
    return Door(file.store_id, tuple(key_file.logins(file)), key_file.to_bytes(file))


def new_store(
    path: Path, *, team: str, login: str, password: str, unit: Unit, clock: Clock, cost: Cost = STRONG
) -> str:
    """Make a store with the MISAM activity and its first user, and give the recovery key, which is kept nowhere else.

    Raises what ``unlocking.create`` raises; then nothing is left behind.
    """
    founder = Founder(login=login, name=login, password=password, unit_id=unit.id, roles=FIRST_ROLES)
    activity = founding.reference_activity("misam", activity_id="misam")
    return create(path, team=team, founders=[founder], activities=[activity], clock=clock, cost=cost)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """How a team's activity begins: when and where its forum meets, its staffing, and the NAFS teams beside it."""

    weekday: int
    starts: str
    place: str
    staff_fte: float
    nafs_teams: tuple[str, ...] = ()


def usual_beginning() -> Beginning:
    """What the first start proposes."""
    settings = founding.reference_activity("misam", activity_id="misam").settings
    rhythm = settings.rhythm
    return Beginning(weekday=rhythm.weekday, starts=rhythm.starts, place=rhythm.place, staff_fte=settings.staff_fte)


def new_team(
    path: Path, *, team: str, founders: Sequence[Founder], beginning: Beginning, clock: Clock, cost: Cost = STRONG
) -> str:
    """Make a store with its first users and activities, and give the recovery key, which is kept nowhere else.

    Raises what ``unlocking.create`` raises; then nothing is left behind.
    """
    misam = founding.reference_activity("misam", activity_id="misam")
    rhythm = replace(misam.settings.rhythm, weekday=beginning.weekday, starts=beginning.starts, place=beginning.place)
    begun = replace(misam, settings=replace(misam.settings, rhythm=rhythm, staff_fte=beginning.staff_fte))
    nafs = [
        founding.reference_activity("nafs", activity_id=f"nafs-{place}", name=name)
        for place, name in enumerate(beginning.nafs_teams, start=1)
    ]
    return create(path, team=team, founders=founders, activities=[begun, *nafs], clock=clock, cost=cost)


def take_away(path: Path) -> None:
    """Remove a store whose making was broken off before anybody worked in it, with its key file."""
    path.unlink(missing_ok=True)
    key_file.path_beside(path).unlink(missing_ok=True)


def all_units() -> list[Unit]:
    """The units that a new store knows."""
    return founding.reference_units()


def unit_named(text: str) -> Unit:
    """The unit of a new store by id, name or short name; a bare authority is its default unit. Raises UnitUnknown."""
    units = founding.reference_units()
    agency = code_from(Agency, text)
    for unit in units:
        if unit.is_default and unit.agency is agency:
            return unit
    for unit in units:
        if fold(text) in {fold(unit.id), fold(unit.name), fold(unit.short)}:
            return unit
    raise UnitUnknown(units=", ".join(unit.id for unit in units))
