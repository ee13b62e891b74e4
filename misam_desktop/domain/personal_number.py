"""Personnummer and samordningsnummer: read in any common form, checked, shown and masked.

Personnummer are judged by python-stdnum. Samordningsnummer, which may have an unknown month (00) or day (60) and which
it refuses, have their own date rule on its Luhn.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from stdnum import luhn
from stdnum.exceptions import InvalidChecksum, InvalidComponent
from stdnum.se import personnummer

from misam_desktop.domain.clocks import age_on
from misam_desktop.domain.codes import Sex
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.text import clean

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
_FORM = re.compile(r"(\d{2})?(\d{6})([-+]?)(\d{4})", re.ASCII)
_INTERIM = re.compile(r"(\d{2})?\d{6}[-+]?[a-z]\d{3}", re.ASCII | re.IGNORECASE)
_EARLIEST = "1840"  # nobody born before was alive when personnummer came, in 1947


class NumberLength(UserError):
    """Not ten or twelve digits."""

    code = "number_length"


class NumberInterim(UserError):
    """A temporary number with a letter, used inside one authority only."""

    code = "number_interim"


class NumberDate(UserError):
    """The number names a day that does not exist."""

    code = "number_date"


class NumberFuture(UserError):
    """The number names a day that has not come."""

    code = "number_future"


class NumberSerial(UserError):
    """No birth number is 000."""

    code = "number_serial"


class NumberCheckDigit(UserError):
    """The last digit does not fit the others."""

    code = "number_check_digit"


@dataclass(frozen=True, slots=True, order=True)
class PersonalNumber:
    """A checked number of twelve digits; made by ``parse_personal_number``."""

    digits: str

    @property
    def is_coordination(self) -> bool:
        """Whether it is a samordningsnummer (60 added to the day)."""
        return int(self.digits[6:8]) >= 60

    @property
    def birth_date(self) -> date | None:
        """The day it names, or None when it is not known (month 00, day 60, a day its month lacks)."""
        year, month, day = _parts(self.digits)
        if not month or not day or day > monthrange(year, month)[1]:
            return None
        return date(year, month, day)

    @property
    def suggested_sex(self) -> Sex:
        """What the number suggests; the person states it (process.md §7)."""
        return Sex.MAN if int(self.digits[10]) % 2 else Sex.KVINNA

    @property
    def short(self) -> str:
        """«850312-9838»."""
        return f"{self.digits[2:8]}-{self.digits[8:]}"

    @property
    def long(self) -> str:
        """«19850312-9838»."""
        return f"{self.digits[:8]}-{self.digits[8:]}"

    @property
    def masked(self) -> str:
        """«850312-••••»."""
        return f"{self.digits[2:8]}-••••"

    @property
    def is_shown(self) -> bool:
        """Whether it is somebody's, and not what stands where a number is withheld."""
        return self.digits != _NOBODYS

    def age_on(self, day: date) -> int | None:
        """Whole years on a day, or None when the birth date is unknown."""
        return None if self.birth_date is None else age_on(self.birth_date, day)


@dataclass(frozen=True, slots=True)
class KeptBack(PersonalNumber):
    """Stands for the number of somebody protected: nobody's digits, and their age on the days that were told."""

    ages: tuple[tuple[date, int], ...] = ()

    def age_on(self, day: date) -> int | None:
        """As told for the day, else for the nearest one, with the whole years between them: a year off at most."""
        if not self.ages:
            return None
        told, age = min(self.ages, key=lambda one: abs((one[0] - day).days))
        return age + (age_on(told, day) if day >= told else -age_on(day, told))


_NOBODYS = "000000000000"
NOT_SHOWN = PersonalNumber(_NOBODYS)
"""Stands where a number is withheld: nobody's, without a birth date."""


def kept_back(number: PersonalNumber, days: Iterable[date]) -> KeptBack:
    """What stands for a number that is not told, with the ages on these days."""
    ages = ((day, number.age_on(day)) for day in days)
    return KeptBack(_NOBODYS, ages=tuple((day, age) for day, age in ages if age is not None))


def parse_personal_number(text: str, *, today: date, day_must_exist: bool = False) -> PersonalNumber:
    """The number that somebody typed or pasted: ten or twelve digits, with ``-``, ``+``, spaces or none.

    Samordningsnummer with a day that its month lacks are given out (some are among the published test numbers), so
    they are taken; ``day_must_exist`` refuses them too, for lists, where such a day is more likely a slip.

    Raises NumberLength, NumberInterim, NumberDate, NumberFuture, NumberSerial, NumberCheckDigit.
    """
    digits = _twelve_digits(text, today)
    number = PersonalNumber(digits)
    if digits < _EARLIEST:
        raise NumberDate(field="number")
    if number.is_coordination:
        _check_coordination_date(digits, day_must_exist=day_must_exist)
        _check_digit(digits)
    else:
        _check_personnummer(number)
    if digits[8:11] == "000":
        raise NumberSerial(field="number")
    if _parts(digits) > (today.year, today.month, today.day):
        raise NumberFuture(field="number")
    return number


def _twelve_digits(text: str, today: date) -> str:
    tidy = "".join(clean(text).translate(_DASHES).split())
    match = _FORM.fullmatch(tidy)
    if match is None:
        raise NumberInterim(field="number") if _INTERIM.fullmatch(tidy) else NumberLength(field="number")
    century, birth, sign, rest = match.groups()
    return (century or _century(birth, sign, today)) + birth + rest


def _century(birth: str, sign: str, today: date) -> str:
    """The century of a ten-digit number: the latest in which the person is born.

    ``+`` replaces ``-`` from New Year's Day of the year in which the person turns 100 (folkbokföringslagen 18 §).
    """
    this_century, this_year = divmod(today.year, 100)
    if sign == "+":
        return str(this_century - 1 - (int(birth[:2]) > this_year))
    not_born_yet = _parts(f"{this_century}{birth}") > (today.year, today.month, today.day)
    return str(this_century - not_born_yet)


def _parts(digits: str) -> tuple[int, int, int]:
    """Year, month and day, 60 taken off the day of a samordningsnummer; month and day may be 0 (unknown)."""
    day = int(digits[6:8])
    return int(digits[:4]), int(digits[4:6]), day - 60 if day >= 60 else day


def _check_personnummer(number: PersonalNumber) -> None:
    try:
        personnummer.validate(number.long)  # with the century, or it would ask the clock
    except InvalidComponent:
        raise NumberDate(field="number") from None
    except InvalidChecksum:
        raise NumberCheckDigit(field="number") from None


def _check_coordination_date(digits: str, *, day_must_exist: bool) -> None:
    year, month, day = _parts(digits)
    last = monthrange(year, month)[1] if day_must_exist and 1 <= month <= 12 else 31
    if month > 12 or day > last:
        raise NumberDate(field="number")


def _check_digit(digits: str) -> None:
    if not luhn.is_valid(digits[2:]):
        raise NumberCheckDigit(field="number")


def made_up_number(birth: date, serial: int) -> PersonalNumber:
    """A number that no living person has: birth numbers 980–999 are kept for tests. ``serial`` 980 to 999."""
    if not 980 <= serial <= 999:
        raise ValueError("made-up persons have birth numbers 980 to 999")
    nine = f"{birth:%y%m%d}{serial}"
    return PersonalNumber(f"{birth:%Y}"[:2] + nine + luhn.calc_check_digit(nine))
