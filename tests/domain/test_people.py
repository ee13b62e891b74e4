"""Persons, and the errors that never carry them."""

from __future__ import annotations

from datetime import date

import pytest

from misam_desktop.domain.codes import Sex
from misam_desktop.domain.errors import MisamError, NotFound
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.domain.referral import FutureDate
from tests.domain.worlds import PERSON


@pytest.mark.parametrize(
    ("given", "family", "full"), [("Malin", "Provlund", "Malin Provlund"), ("Malin", "", "Malin"), ("", "", "")]
)
def test_a_name_is_written_as_it_is_spoken(given: str, family: str, full: str) -> None:
    person = Person(
        id=PERSON,
        number=made_up_number(date(1985, 3, 12), 980),
        given_name=given,
        family_name=family,
        sex=Sex.KVINNA,
    )
    assert person.full_name == full


def test_an_error_shows_its_code_and_none_of_its_values() -> None:
    error = FutureDate(field="on", last=date(2026, 1, 1))
    assert repr(error) == "FutureDate(future_date)"
    assert str(error) == "future_date"
    assert error.params == {"field": "on", "last": date(2026, 1, 1)}


def test_what_does_not_exist_and_what_one_may_not_see_read_the_same() -> None:
    assert isinstance(NotFound(), MisamError)
    assert NotFound().params == {}
