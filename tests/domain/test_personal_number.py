"""Personnummer and samordningsnummer, typed and pasted; all persons are made up."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.se import personnummer

from misam_desktop.domain.codes import Sex
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.personal_number import (
    NumberCheckDigit,
    NumberDate,
    NumberFuture,
    NumberInterim,
    NumberLength,
    NumberSerial,
    PersonalNumber,
    made_up_number,
    parse_personal_number,
)

TODAY = date(2026, 11, 24)
NUMBER = PersonalNumber("198503129838")

births = st.dates(date(1927, 1, 1), TODAY)
serials = st.integers(980, 999)


def parse(text: str, *, today: date = TODAY) -> PersonalNumber:
    return parse_personal_number(text, today=today)


def complete(eleven: str) -> str:
    """Eleven digits with the check digit that fits them."""
    return eleven + luhn.calc_check_digit(eleven[2:])


def published(shared_data: Path, name: str) -> Any:
    return json.loads((shared_data / "personnummer" / name).read_text(encoding="utf-8"))


def is_accepted(text: str) -> bool:
    try:
        parse(text)
    except UserError:
        return False
    return True


@pytest.mark.parametrize(
    "text",
    [
        "198503129838",
        "19850312-9838",
        "8503129838",
        "850312-9838",
        " 19850312 9838 ",
        "85 03 12 - 98 38",
        "19850312–9838",
        "850312\u20119838",
        "850312\u22129838",
        "850312\u00a09838",
        "\ufeff850312-9838\u200b",
        "850312\u00ad9838",
        "\u202a19850312-9838\u202c",
    ],
)
def test_a_number_is_read_however_it_is_typed_or_pasted(text: str) -> None:
    assert parse(text) == NUMBER


@pytest.mark.parametrize(
    "text", ["", "-", "850312", "850312-983", "850312-98380", "8503-129838", "85O312-9838", "٨٥٠٣١٢-٩٨٣٨"]
)
def test_anything_but_ten_or_twelve_digits_is_refused(text: str) -> None:
    with pytest.raises(NumberLength):
        parse(text)


@pytest.mark.parametrize("text", ["20000101T220", "000101-T220", "000101–t220", "20000101-X220"])
def test_an_interim_number_is_refused_for_what_it_is(text: str) -> None:
    with pytest.raises(NumberInterim):
        parse(text)


@pytest.mark.parametrize("birth", ["19850229", "19851301", "19850012", "19850300", "19850332"])
def test_a_day_that_does_not_exist_is_refused(birth: str) -> None:
    with pytest.raises(NumberDate):
        parse(complete(birth + "983"))


@pytest.mark.parametrize("birth", ["00850312", "08500312", "00000312"])
def test_a_century_without_personnummer_is_refused(birth: str) -> None:
    with pytest.raises(NumberDate):
        parse(complete(birth + "983"))


def test_the_last_digit_must_fit() -> None:
    with pytest.raises(NumberCheckDigit):
        parse("19850312-9839")


def test_the_last_digit_of_a_samordningsnummer_must_fit() -> None:
    with pytest.raises(NumberCheckDigit):
        parse("19850072-9938")


def test_nobody_is_born_tomorrow() -> None:
    with pytest.raises(NumberFuture):
        parse(made_up_number(date(2026, 11, 25), 983).digits)


def test_somebody_can_be_born_today() -> None:
    assert parse(made_up_number(TODAY, 983).short).birth_date == TODAY


def test_the_birth_number_000_is_never_given_out() -> None:
    with pytest.raises(NumberSerial):
        parse(complete("19850312000"))


def test_an_error_names_the_field_and_nothing_of_the_number() -> None:
    with pytest.raises(NumberCheckDigit) as refused:
        parse("19850312-9839")
    assert refused.value.params == {"field": "number"}
    assert refused.value.__suppress_context__


@pytest.mark.parametrize(
    ("nine", "year"),
    [
        ("261124-980", "2026"),
        ("261125-980", "1926"),  # tomorrow: so a hundred years ago, though «+» should have been written
        ("270101-980", "1927"),
        ("850312-980", "1985"),
        ("850312+980", "1885"),
        ("261224+980", "1926"),  # turns 100 this year
        ("260160+980", "1926"),
        ("261160-980", "2026"),
        ("260072-980", "2026"),
    ],
)
def test_ten_digits_get_the_latest_century_that_fits(nine: str, year: str) -> None:
    text = nine + luhn.calc_check_digit(nine.translate({ord("-"): None, ord("+"): None}))
    assert parse(text).digits[:4] == year


@given(birth=births, serial=serials)
def test_a_made_up_number_survives_its_long_form(birth: date, serial: int) -> None:
    number = made_up_number(birth, serial)
    assert parse(number.long) == parse(number.digits) == number


@given(birth=st.dates(date(1926, 11, 25), TODAY), serial=serials)
def test_a_made_up_number_survives_its_short_form(birth: date, serial: int) -> None:
    assert parse(made_up_number(birth, serial).short).birth_date == birth


@given(ten=st.from_regex(r"[0-9]{6}[-+]?[0-9]{4}", fullmatch=True), today=st.dates(date(1947, 1, 1), date(2199, 1, 1)))
def test_ten_digits_never_give_a_birth_in_the_future(ten: str, today: date) -> None:
    try:
        number = parse(ten, today=today)
    except NumberFuture:
        pytest.fail("a ten-digit number was read as somebody not born")
    except UserError:
        return
    assert number.birth_date is None or number.birth_date <= today


@given(text=st.text(max_size=16) | st.from_regex(r"[0-9A-Z+ -]{9,14}", fullmatch=True))
def test_whatever_is_typed_gives_a_number_or_an_explained_error(text: str) -> None:
    is_accepted(text)


@given(digits=st.from_regex(r"(19[0-9]{2}|20[01][0-9])(0[1-9]|1[0-2])([0-5][0-9])[0-9]{4}", fullmatch=True))
def test_personnummer_are_judged_as_the_library_judges_them(digits: str) -> None:
    expected = personnummer.is_valid(f"{digits[:8]}-{digits[8:]}") and digits[8:11] != "000"
    assert is_accepted(digits) == expected


def test_a_personnummer_is_no_samordningsnummer() -> None:
    assert not NUMBER.is_coordination


def test_a_samordningsnummer_has_sixty_added_to_its_day() -> None:
    number = parse(complete("19850372983"))
    assert number.is_coordination
    assert number.birth_date == date(1985, 3, 12)


@pytest.mark.parametrize("birth", ["19850072", "19850091", "19850460", "19850060"])
def test_a_samordningsnummer_may_have_an_unknown_month_or_day(birth: str) -> None:
    assert parse(complete(birth + "993")).birth_date is None


@pytest.mark.parametrize("birth", ["19850392", "19850092", "19851371", "19850399"])
def test_a_samordningsnummer_has_no_day_above_31_and_no_month_above_12(birth: str) -> None:
    with pytest.raises(NumberDate):
        parse(complete(birth + "993"))


def test_a_samordningsnummer_with_a_day_its_month_lacks_has_no_birth_date() -> None:
    assert parse("19850290-9958").birth_date is None


@pytest.mark.parametrize("birth", ["19850290", "19850491", "19851371"])
def test_a_list_can_ask_that_the_day_exists(birth: str) -> None:
    with pytest.raises(NumberDate):
        parse_personal_number(complete(birth + "995"), today=TODAY, day_must_exist=True)


@pytest.mark.parametrize("birth", ["19850288", "19850089", "19850460"])
def test_an_unknown_month_or_day_passes_a_list_too(birth: str) -> None:
    assert parse_personal_number(complete(birth + "995"), today=TODAY, day_must_exist=True).digits[:8] == birth


@pytest.mark.parametrize(("number", "sex"), [("198503129838", Sex.MAN), ("198503129804", Sex.KVINNA)])
def test_the_ninth_digit_of_the_short_form_suggests_the_sex(number: str, sex: Sex) -> None:
    assert parse(complete(number[:11])).suggested_sex is sex


def test_a_number_is_shown_short_long_and_masked() -> None:
    assert (NUMBER.short, NUMBER.long, NUMBER.masked) == ("850312-9838", "19850312-9838", "850312-••••")


def test_a_masked_number_keeps_its_last_four_digits_to_itself() -> None:
    assert "9838" not in NUMBER.masked


@pytest.mark.parametrize(("day", "age"), [(date(2026, 3, 11), 40), (date(2026, 3, 12), 41)])
def test_age_follows_from_the_number(day: date, age: int) -> None:
    assert NUMBER.age_on(day) == age


def test_age_follows_from_a_samordningsnummer_too() -> None:
    assert parse(complete("19850372983")).age_on(date(2026, 3, 12)) == 41


def test_without_a_birth_date_there_is_no_age() -> None:
    assert parse(complete("19850072993")).age_on(TODAY) is None


@pytest.mark.parametrize("serial", [979, 1000])
def test_made_up_numbers_keep_to_the_birth_numbers_for_tests(serial: int) -> None:
    with pytest.raises(ValueError, match="980 to 999"):
        made_up_number(date(1985, 3, 12), serial)


@pytest.mark.parametrize("name", ["allPins.json", "allCoords.json"])
def test_every_published_number_is_accepted(shared_data: Path, name: str) -> None:
    refused = [digits for digits in published(shared_data, name) if not is_accepted(digits)]
    assert not refused


def test_every_published_form_gets_its_published_verdict(shared_data: Path) -> None:
    forms = ("long_format", "short_format", "separated_format", "separated_long")
    entries = published(shared_data, "list.json")
    cases = [(entry[form], entry["valid"]) for entry in entries for form in forms]
    # two published refusals differ only by a space inside, which people do type
    assert not [text for text, valid in cases if " " not in text and is_accepted(text) != valid]


def test_the_published_edge_cases_get_their_verdicts(shared_data: Path) -> None:
    kinds = published(shared_data, "structured.json").values()
    sets = [(way, verdict == "valid") for kind in kinds for group in kind.values() for verdict, way in group.items()]
    cases = [(str(text), valid) for texts, valid in sets for text in texts]
    assert not [text for text, valid in cases if " " not in text and is_accepted(text) != valid]


def test_every_published_interim_number_is_refused(shared_data: Path) -> None:
    for entry in published(shared_data, "interim.json"):
        with pytest.raises(NumberInterim):
            parse(entry["separated_long"])
