"""The search for canaries finds what is planted, so that an empty answer means something."""

from __future__ import annotations

import json
from base64 import encodebytes, urlsafe_b64encode
from datetime import date
from pathlib import Path

import pytest

from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.domain.text import fold
from tests import canaries

NAME = "Åsa-Lisa Öhrnström"
NUMBER = made_up_number(date(1987, 4, 3), 981)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a large harmless file in it."""
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "harmless").write_bytes(bytes(range(256)) * 400)
    return tmp_path


def is_found(place: Path, needle: str, content: bytes) -> bool:
    (place / "below" / "planted").write_bytes(b"\x00before " + content + b" after\xff")
    return bool(canaries.search([needle], place))


def test_nothing_is_found_where_nothing_is(place: Path) -> None:
    assert canaries.search([NAME, *canaries.of_number(NUMBER)], place) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "latin-1"])
def test_a_name_is_found_in_any_encoding(place: Path, encoding: str) -> None:
    assert is_found(place, NAME, NAME.encode(encoding))


@pytest.mark.parametrize("shift", range(3))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_a_name_is_found_in_base64_wherever_it_begins(place: Path, encoding: str, shift: int) -> None:
    text = f"{'x' * shift}{NAME} och mera text efter det, så att raden bryts".encode(encoding)
    assert is_found(place, NAME, encodebytes(b"?" * shift + text))
    assert is_found(place, NAME, urlsafe_b64encode(b"?" * shift + text))


@pytest.mark.parametrize("written", [NAME.upper(), NAME.lower(), fold(NAME), json.dumps(NAME), json.dumps(fold(NAME))])
def test_a_name_is_found_however_it_is_written(place: Path, written: str) -> None:
    assert is_found(place, NAME, written.encode())


@pytest.mark.parametrize("written", [NUMBER.digits, NUMBER.long, NUMBER.short, NUMBER.digits[2:]])
def test_a_number_is_found_in_each_of_its_forms(place: Path, written: str) -> None:
    (place / "planted").write_text(f"id={written};")
    found = {hit.needle for hit in canaries.search(canaries.of_number(NUMBER), place)}
    assert written in found


def test_a_hit_says_where(place: Path) -> None:
    planted = place / "planted"
    planted.write_bytes(b"1234" + NAME.encode())
    assert canaries.search([NAME], place) == [canaries.Hit(NAME, "utf-8", planted, 4)]


def test_a_name_in_a_file_name_is_found(place: Path) -> None:
    (place / f"remiss {NAME}.pdf").write_bytes(b"")
    assert [hit.offset for hit in canaries.search([NAME], place)] == [None]


def test_one_file_can_be_searched_alone(place: Path) -> None:
    (place / "planted").write_text(NAME)
    assert canaries.search([NAME], place / "below" / "harmless") == []


def test_a_place_that_is_not_there_is_no_empty_answer(place: Path) -> None:
    with pytest.raises(FileNotFoundError):
        canaries.search([NAME], place / "gone")


def test_a_needle_too_short_to_mean_anything_is_refused(place: Path) -> None:
    with pytest.raises(ValueError, match="too short"):
        canaries.search(["Ek"], place)


def test_a_short_name_is_looked_for_with_its_family_name() -> None:
    assert canaries.of_name("Bo", "Ek") == ["Bo Ek", "Ek Bo", "Ek, Bo"]
