"""A key file that is not as it was written is told as what it is, and never opens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from misam_desktop.domain.errors import MisamError
from misam_desktop.keys import coding
from misam_desktop.keys.errors import KeyFileDamaged, KeyFileForeign, KeyFileTooNew, WrongPassword
from misam_desktop.keys.key_file import KeyFile, from_bytes, to_bytes, unlock, unlock_with_recovery
from misam_desktop.keys.slots import FORMAT
from tests.keys.worlds import KARINS_PASSWORD, Keys, reread

Path = tuple[str | int, ...]


def signed_again(data: dict[str, Any]) -> bytes:
    """What a forger without the store key can do: mend the checksum."""
    data.pop("checksum", None)
    return json.dumps(data | {"checksum": coding._checksum(data)}).encode()


def as_data(file: KeyFile) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(to_bytes(file))
    return data


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """The ways to all plain values in a tree."""
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, step))
    elif path != ("checksum",):
        yield path


def put(data: Any, path: Path, value: object) -> None:
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = value


def at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def outcome(content: bytes, keys: Keys) -> str:
    """What comes of trying to open: the error's code for the password and for the paper, or «open»."""
    try:
        file = reread(content)
        unlock(file, login="karin", password=KARINS_PASSWORD)
        unlock_with_recovery(file, keys.recovery_text)
    except MisamError as error:
        return error.code
    return "open"


def test_content_reads_back_as_it_was(keys: Keys) -> None:
    assert reread(to_bytes(keys.file)) == keys.file


def test_every_flipped_bit_is_told_as_damage(keys: Keys) -> None:
    content = to_bytes(keys.file)
    for place in range(len(content)):
        for bit in range(8):
            flipped = bytearray(content)
            flipped[place] ^= 1 << bit
            with pytest.raises(KeyFileDamaged):
                reread(bytes(flipped))


def test_every_cut_is_told_as_damage(keys: Keys) -> None:
    content = to_bytes(keys.file).rstrip()
    for length in range(len(content)):
        with pytest.raises(KeyFileDamaged):
            reread(content[:length])


@pytest.mark.parametrize("other", [None, "", "x", "QUJD", -1, 0, 7, True, 1.5, [], {}, "\ud800", 10**40])
def test_no_value_can_be_changed_by_somebody_without_the_store_key(keys: Keys, other: object) -> None:
    for path in leaves(as_data(keys.file)):
        data = as_data(keys.file)
        if coding.canonical(at(data, path)) == coding.canonical(other):
            continue
        put(data, path, other)
        assert outcome(signed_again(data), keys) != "open", path


def test_nothing_can_be_added_or_left_out_by_somebody_without_the_store_key(keys: Keys) -> None:
    changes: list[dict[str, Any]] = [{"slots": []}, {"more": 1}, {"slots": as_data(keys.file)["slots"][:-1]}]
    for change in changes:
        assert outcome(signed_again(as_data(keys.file) | change), keys) != "open"


def test_a_forged_slot_in_a_whole_file_reads_as_foreign(keys: Keys) -> None:
    data = as_data(keys.file)
    data["slots"].pop()
    assert outcome(signed_again(data), keys) == KeyFileForeign.code


def test_a_sealed_key_that_was_replaced_reads_as_foreign(keys: Keys) -> None:
    data = as_data(keys.file)
    data["slots"][1]["sealed_key"] = data["slots"][2]["sealed_key"]
    assert outcome(signed_again(data), keys) == KeyFileForeign.code


def test_a_senders_key_of_low_order_reads_as_foreign(keys: Keys) -> None:
    data = as_data(keys.file)
    data["slots"][1]["sealed_key"] = coding._spelled(bytes(92))
    assert outcome(signed_again(data), keys) == KeyFileForeign.code


def test_a_wrong_password_is_none_of_these(keys: Keys) -> None:
    with pytest.raises(WrongPassword):
        unlock(reread(to_bytes(keys.file)), login="karin", password="något helt annat än det")


def test_another_stores_key_file_is_foreign_before_any_password(keys: Keys) -> None:
    with pytest.raises(KeyFileForeign):
        reread(to_bytes(keys.file), store_id="lager-2")


def test_a_newer_format_is_told_apart_from_damage(keys: Keys) -> None:
    newer = {"kind": coding.KIND, "format": FORMAT + 1, "something": "else"}
    with pytest.raises(KeyFileTooNew):
        reread(signed_again(newer))


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 64, b"[]", b"null", b"{}", b"1", b"[" * 100_000, b"\xff\xfe", b'{"checksum": 1}', b"9" * 9999],
)
def test_what_is_no_key_file_is_damage(content: bytes) -> None:
    with pytest.raises(KeyFileDamaged):
        reread(content)


@pytest.mark.parametrize(
    "cost",
    [
        {"memory_kib": 64 * 1024 - 1, "passes": 3, "lanes": 2},
        {"memory_kib": 2048 * 1024 + 1, "passes": 3, "lanes": 2},
        {"memory_kib": 10**30, "passes": 3, "lanes": 2},
        {"memory_kib": 256 * 1024, "passes": 0, "lanes": 2},
        {"memory_kib": 256 * 1024, "passes": 21, "lanes": 2},
        {"memory_kib": 256 * 1024, "passes": 3, "lanes": 0},
        {"memory_kib": 256 * 1024, "passes": 3, "lanes": 17},
    ],
)
def test_a_cost_out_of_bounds_is_refused_while_reading(keys: Keys, cost: dict[str, int]) -> None:
    data = as_data(keys.file)
    for slot in data["slots"][1:]:
        slot["cost"] = cost
    with pytest.raises(KeyFileDamaged):
        from_bytes(signed_again(data))


def test_the_program_refuses_the_slots_of_the_tests(keys: Keys) -> None:
    with pytest.raises(KeyFileDamaged):
        from_bytes(to_bytes(keys.file))


def test_a_lowered_cost_within_bounds_does_not_open(keys: Keys) -> None:
    data = as_data(keys.file)
    data["slots"][1]["cost"]["memory_kib"] = 32
    assert outcome(signed_again(data), keys) == WrongPassword.code


def test_no_login_or_secret_but_the_logins_stands_in_the_file(keys: Keys) -> None:
    content = to_bytes(keys.file)
    for secret in (KARINS_PASSWORD, keys.recovery_text, keys.key.raw.hex(), coding._spelled(keys.key.raw)):
        assert secret.encode() not in content
