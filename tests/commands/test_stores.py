"""Before anybody has unlocked a store: making one, and seeing who can come in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from misam_desktop.commands.stores import (
    FIRST_ROLES,
    UnitUnknown,
    all_units,
    door_of,
    new_store,
    new_team,
    take_away,
    unit_named,
    usual_beginning,
)
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.codes import Agency, Role
from misam_desktop.keys import key_file
from misam_desktop.keys.errors import PasswordTooShort
from misam_desktop.queries.desk import desk
from misam_desktop.store.engine import StoreMissing
from misam_desktop.store.place import StoreExists
from misam_desktop.unlocking import Founder, unlock
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, IFO
from tests.conftest import CLOCK, PASSWORD, WEAK, WEAK_BOUNDS


def opened(path: Path, login: str) -> Vault:
    return unlock(path, login=login, password=PASSWORD, clock=CLOCK, bounds=WEAK_BOUNDS)


def made(path: Path, *, password: str = PASSWORD) -> str:
    unit = unit_named("kommun")
    return new_store(path, team="Laget", login="karin", password=password, unit=unit, clock=CLOCK, cost=WEAK)


def founder(login: str, *roles: Role) -> Founder:
    return Founder(login=login, name=login.title(), password=PASSWORD, unit_id=AF, roles=roles)


# Making one


def test_the_first_user_can_both_let_others_in_and_begin(store_path: Path) -> None:
    made(store_path)
    vault = opened(store_path, "karin")
    user = vault.ask(desk()).me
    assert (user.roles, user.unit_id) == (FIRST_ROLES, IFO)
    assert vault.ask(desk()).team == "Laget"
    assert [(one.name, one.settings.kind) for one in vault.ask(desk()).activities] == [("MISAM", Kind.FORUM)]
    vault.close()


def test_a_store_is_not_made_over_another(store_path: Path) -> None:
    made(store_path)
    before = store_path.read_bytes()
    with pytest.raises(StoreExists):
        made(store_path)
    assert store_path.read_bytes() == before


def test_a_weak_password_makes_no_store(store_path: Path) -> None:
    with pytest.raises(PasswordTooShort):
        made(store_path, password="kort")
    assert list(store_path.parent.iterdir()) == []


def test_a_team_begins_with_its_users_its_forum_and_its_nafs_teams(store_path: Path) -> None:
    beginning = replace(
        usual_beginning(), weekday=1, starts="09.00", place="Rådhuset", staff_fte=2.0, nafs_teams=("A",)
    )
    founders = [founder("karin", *FIRST_ROLES), founder("jonas", Role.HANDLAGGARE)]
    new_team(store_path, team="Laget", founders=founders, beginning=beginning, clock=CLOCK, cost=WEAK)
    vault = opened(store_path, "jonas")
    nafs, misam = vault.ask(desk()).activities
    assert (nafs.id, nafs.name, nafs.settings.kind) == ("nafs-1", "A", Kind.NAFS)
    rhythm = misam.settings.rhythm
    assert (rhythm.weekday, rhythm.starts, rhythm.place, misam.settings.capacity) == (1, "09.00", "Rådhuset", 40)
    vault.close()


def test_the_first_start_proposes_what_the_reference_says() -> None:
    assert (usual_beginning().weekday, usual_beginning().starts, usual_beginning().nafs_teams) == (3, "13.00", ())


def test_a_store_whose_making_was_broken_off_leaves_nothing(store_path: Path) -> None:
    made(store_path)
    take_away(store_path)
    take_away(store_path)
    assert list(store_path.parent.iterdir()) == []


# Before it is unlocked


def test_a_locked_store_tells_who_can_come_in_and_nothing_more(founded: Path) -> None:
    door = door_of(founded, bounds=WEAK_BOUNDS)
    assert sorted(door.logins) == ["jonas", "karin"]
    assert door.key_file == key_file.path_beside(founded).read_bytes()
    assert door.store_id in door.key_file.decode()


def test_where_there_is_no_store_there_is_no_door(store_path: Path) -> None:
    with pytest.raises(StoreMissing):
        door_of(store_path)


# Units of a new store


@pytest.mark.parametrize(
    ("text", "unit_id"),
    [
        ("kommun", "kommun-ifo"),
        ("Kommunen", "kommun-ifo"),
        ("af", "af"),
        ("region", "region"),
        ("solkraft", "kommun-solkraft"),
        ("Morö Backe hc", "hc-moro-backe"),
        ("hc-norsjo", "hc-norsjo"),
    ],
)
def test_a_unit_is_named_by_id_name_short_name_or_a_bare_authority(text: str, unit_id: str) -> None:
    assert unit_named(text).id == unit_id


def test_an_unknown_unit_says_which_there_are() -> None:
    with pytest.raises(UnitUnknown) as refused:
        unit_named("Månen")
    assert str(refused.value.params["units"]).split(", ") == [unit.id for unit in all_units()]


def test_every_authority_has_one_unit_that_its_bare_name_means() -> None:
    assert sorted(unit.agency for unit in all_units() if unit.is_default) == sorted(Agency)
