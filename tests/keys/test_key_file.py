"""Who comes in with a key file, and what changing it does to the others."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from misam_desktop.domain.ids import UserId
from misam_desktop.keys import key_file
from misam_desktop.keys.errors import (
    KeyFileForeign,
    PasswordCommon,
    PasswordTooShort,
    RecoveryKeyWrong,
    UserHasSlot,
    WrongPassword,
)
from misam_desktop.keys.key_file import KeyFile, StoreKey, from_bytes, to_bytes, unlock
from misam_desktop.keys.primitives import STRONG, random_key
from misam_desktop.keys.recovery import new_recovery_key
from misam_desktop.keys.slots import open_with_password
from tests.keys.worlds import (
    JONAS,
    JONAS_PASSWORD,
    KARIN,
    KARINS_PASSWORD,
    STORE_ID,
    WEAK,
    Keys,
    make_keys,
    reread,
)

NEW_PASSWORD = "myggor sjunger i kvällssolen"


def opens(file: KeyFile, login: str, password: str) -> bool:
    try:
        unlock(file, login=login, password=password)
    except WrongPassword:
        return False
    return True


def test_each_user_gets_the_same_store_key_and_their_own_id(keys: Keys) -> None:
    assert unlock(keys.file, login="karin", password=KARINS_PASSWORD) == (keys.key, KARIN)
    assert unlock(keys.file, login="jonas", password=JONAS_PASSWORD) == (keys.key, JONAS)


def test_a_key_file_opens_after_it_was_written_and_read(keys: Keys) -> None:
    file = reread(to_bytes(keys.file))
    assert unlock(file, login="karin", password=KARINS_PASSWORD).store_key == keys.key


def test_a_slot_of_full_cost_is_made_and_accepted_by_default() -> None:
    key = StoreKey(random_key())
    file = key_file.new_key_file(STORE_ID, key, recovery_text=new_recovery_key())
    file = key_file.add_user(file, key, user_id=KARIN, login="karin", password=KARINS_PASSWORD)
    assert file.slots[-1].cost == STRONG
    assert unlock(from_bytes(to_bytes(file)), login="karin", password=KARINS_PASSWORD).store_key == key


@pytest.mark.parametrize("password", ["", "en lugn morgon vid älvem", JONAS_PASSWORD, "x" * 5000, "\ud800" * 12])
def test_another_password_does_not_open(keys: Keys, password: str) -> None:
    assert not opens(keys.file, "karin", password)


def test_an_unknown_user_reads_as_a_wrong_password(keys: Keys) -> None:
    with pytest.raises(WrongPassword):
        unlock(keys.file, login="ingen", password=KARINS_PASSWORD)


def test_the_recovery_slot_is_nobodys_login(keys: Keys) -> None:
    assert not opens(keys.file, "", "")


def test_a_password_opens_however_the_keyboard_composes_its_letters(keys: Keys) -> None:
    assert opens(keys.file, "karin", unicodedata.normalize("NFD", KARINS_PASSWORD))


def test_a_login_is_found_in_any_case_of_letters(keys: Keys) -> None:
    assert opens(keys.file, " KARIN ", KARINS_PASSWORD)


def test_logins_are_listed_without_a_password_in_swedish_order(keys: Keys) -> None:
    file = key_file.add_user(keys.file, keys.key, user_id=UserId("u-å"), login="åsa", password=NEW_PASSWORD, cost=WEAK)
    assert key_file.logins(file) == ["jonas", "karin", "åsa"]


@pytest.mark.parametrize(("user_id", "login"), [(UserId("u-3"), "Karin"), (KARIN, "karin2")])
def test_a_login_or_a_user_is_there_once(keys: Keys, user_id: UserId, login: str) -> None:
    with pytest.raises(UserHasSlot):
        key_file.add_user(keys.file, keys.key, user_id=user_id, login=login, password=NEW_PASSWORD, cost=WEAK)


def test_a_login_cannot_make_the_file_unreadable(keys: Keys) -> None:
    file = key_file.add_user(
        keys.file, keys.key, user_id=UserId("u-3"), login="ann\ud800\x00", password=NEW_PASSWORD, cost=WEAK
    )
    assert opens(reread(to_bytes(file)), "ann", NEW_PASSWORD)


def test_a_user_without_an_id_gets_no_slot(keys: Keys) -> None:
    with pytest.raises(ValueError, match="id"):
        key_file.add_user(keys.file, keys.key, user_id=UserId(""), login="x", password=NEW_PASSWORD, cost=WEAK)


def test_a_store_key_of_another_length_is_none() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        StoreKey(bytes(31))


def test_no_password_is_set_for_an_unknown_user(keys: Keys) -> None:
    with pytest.raises(WrongPassword):
        key_file.set_password_with_store_key(keys.file, keys.key, login="x", new=NEW_PASSWORD, cost=WEAK)


def test_a_weak_password_gets_no_slot(keys: Keys) -> None:
    with pytest.raises(PasswordTooShort):
        key_file.change_password(keys.file, login="karin", old=KARINS_PASSWORD, new="kort", cost=WEAK)
    with pytest.raises(PasswordCommon):
        key_file.set_password_with_store_key(keys.file, keys.key, login="karin", new="password1234", cost=WEAK)


def test_a_changed_password_replaces_the_old_one(keys: Keys) -> None:
    file = key_file.change_password(keys.file, login="karin", old=KARINS_PASSWORD, new=NEW_PASSWORD, cost=WEAK)
    assert unlock(file, login="karin", password=NEW_PASSWORD) == (keys.key, KARIN)
    assert not opens(file, "karin", KARINS_PASSWORD)


def test_a_password_is_not_changed_without_the_old_one(keys: Keys) -> None:
    with pytest.raises(WrongPassword):
        key_file.change_password(keys.file, login="karin", old=JONAS_PASSWORD, new=NEW_PASSWORD, cost=WEAK)


def test_changing_ones_password_leaves_the_others_slots_alone(keys: Keys) -> None:
    file = key_file.change_password(keys.file, login="karin", old=KARINS_PASSWORD, new=NEW_PASSWORD, cost=WEAK)
    assert opens(file, "jonas", JONAS_PASSWORD)
    assert key_file.unlock_with_recovery(file, keys.recovery_text) == keys.key


def test_a_changed_password_brings_a_new_key_pair(keys: Keys) -> None:
    file = key_file.change_password(keys.file, login="karin", old=KARINS_PASSWORD, new=NEW_PASSWORD, cost=WEAK)
    assert {slot.public for slot in file.slots} & {
        slot.public for slot in keys.file.slots if slot.login == "karin"
    } == set()


def test_a_removed_user_is_a_wrong_password(keys: Keys) -> None:
    file = key_file.remove_user(keys.file, keys.key, login="jonas")
    assert not opens(file, "jonas", JONAS_PASSWORD)
    assert opens(file, "karin", KARINS_PASSWORD)


def test_after_recovery_a_new_password_can_be_set(keys: Keys) -> None:
    key = key_file.unlock_with_recovery(keys.file, keys.recovery_text)
    file = key_file.set_password_with_store_key(keys.file, key, login="jonas", new=NEW_PASSWORD, cost=WEAK)
    assert unlock(file, login="jonas", password=NEW_PASSWORD) == (keys.key, JONAS)


def test_another_stores_recovery_key_is_told_apart_from_a_mistyped_one(keys: Keys) -> None:
    with pytest.raises(RecoveryKeyWrong):
        key_file.unlock_with_recovery(keys.file, new_recovery_key())


def test_a_replaced_recovery_key_opens_no_more(keys: Keys) -> None:
    paper = new_recovery_key()
    file = key_file.replace_recovery_key(keys.file, keys.key, recovery_text=paper)
    assert key_file.unlock_with_recovery(reread(to_bytes(file)), paper) == keys.key
    with pytest.raises(RecoveryKeyWrong):
        key_file.unlock_with_recovery(file, keys.recovery_text)


def test_rekeying_keeps_every_password_and_the_recovery_key(keys: Keys) -> None:
    new = StoreKey(random_key())
    file = reread(to_bytes(key_file.rekey(keys.file, old=keys.key, new=new)))
    assert unlock(file, login="karin", password=KARINS_PASSWORD).store_key == new
    assert unlock(file, login="jonas", password=JONAS_PASSWORD).store_key == new
    assert key_file.unlock_with_recovery(file, keys.recovery_text) == new


def test_a_removed_user_does_not_get_the_next_store_key(keys: Keys) -> None:
    without = key_file.remove_user(keys.file, keys.key, login="jonas")
    file = key_file.rekey(without, old=keys.key, new=StoreKey(random_key()))
    smuggled = replace(file, slots=(*file.slots, keys.file.slots[-1]))
    with pytest.raises(KeyFileForeign):
        unlock(smuggled, login="jonas", password=JONAS_PASSWORD)


def test_nothing_is_sealed_to_a_slot_that_was_smuggled_in(keys: Keys) -> None:
    stranger = make_keys().file.slots[-1]
    forged = replace(keys.file, slots=(*keys.file.slots, replace(stranger, user_id=UserId("u-x"), login="x")))
    with pytest.raises(KeyFileForeign):
        key_file.rekey(forged, old=keys.key, new=StoreKey(random_key()))
    with pytest.raises(KeyFileForeign):
        key_file.remove_user(forged, keys.key, login="jonas")


def test_two_users_slots_cannot_be_swapped(keys: Keys) -> None:
    paper, karin, jonas = keys.file.slots
    swapped = (paper, replace(jonas, user_id=KARIN, login="karin"), replace(karin, user_id=JONAS, login="jonas"))
    assert not opens(replace(keys.file, slots=swapped), "karin", JONAS_PASSWORD)


def test_another_stores_slots_do_not_open_under_this_stores_name(keys: Keys) -> None:
    other = make_keys("lager-2")
    assert not opens(replace(other.file, store_id=STORE_ID), "karin", KARINS_PASSWORD)


def test_a_store_key_of_another_store_changes_nothing_here(keys: Keys) -> None:
    with pytest.raises(KeyFileForeign):
        key_file.remove_user(keys.file, make_keys().key, login="jonas")


def test_of_two_copies_the_newer_is_known(keys: Keys) -> None:
    file = key_file.remove_user(keys.file, keys.key, login="jonas")
    assert file.revision == keys.file.revision + 1


def test_no_secret_shows_when_a_value_is_printed(keys: Keys) -> None:
    unlocked = unlock(keys.file, login="karin", password=KARINS_PASSWORD)
    shown = f"{unlocked!r} {unlocked.store_key} {keys.file!r}"
    assert repr(keys.key.raw) not in shown
    assert keys.key.raw.hex() not in shown
    assert repr(keys.key) == "StoreKey()"


def test_no_password_opens_the_recovery_slot(keys: Keys) -> None:
    paper = next(slot for slot in keys.file.slots if slot.cost is None)
    assert open_with_password(keys.file.store_id, paper, KARINS_PASSWORD) is None
