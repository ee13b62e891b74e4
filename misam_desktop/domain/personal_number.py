"""Personnummer and samordningsnummer: read in any common form, checked, shown and masked.

One rule for both on python-stdnum's Luhn, since samordningsnummer may have an unknown month (00) or day (60), which the
libraries refuse; for personnummer a test holds it equal to ``stdnum.se.personnummer``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from stdnum import luhn

from misam_desktop.domain.clocks import age_on
from misam_desktop.domain.codes import Sex
from misam_desktop.domain.errors import UserError

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_FORM = re.compile(r"(\d{2})?(\d{6})([-+]?)(\d{4})")
_INTERIM = re.compile(r"(\d{2})?\d{6}[-+]?[A-Z]\d{3}", re.IGNORECASE)


class NumberForm(UserError):
    """Not ten or twelve digits."""

    code = "number_form"


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
        month, day = int(self.digits[4:6]), int(self.digits[6:8]) % 60
        year = int(self.digits[:4])
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

    def age_on(self, day: date) -> int | None:
        """Whole years on a day, or None when the birth date is unknown."""
        return None if self.birth_date is None else age_on(self.birth_date, day)


def parse_personal_number(text: str, *, today: date, day_must_exist: bool = False) -> PersonalNumber:
    """The number that somebody typed, with or without century, ``-``, ``+`` or spaces.

    Samordningsnummer with a day that its month lacks are given out (some are among the published test numbers), so
    they are taken; ``day_must_exist`` refuses them too, for lists, where such a day is more likely a slip.

    Ten digits are of the last hundred years before ``today``, with ``+`` of the hundred before. Raises NumberForm,
    NumberInterim, NumberDate, NumberFuture, NumberSerial, NumberCheckDigit.
    """
    tidy = "".join(text.translate(_DASHES).split())
    if _INTERIM.fullmatch(tidy):
        raise NumberInterim(field="number")
    match = _FORM.fullmatch(tidy) if tidy.isascii() else None
    if match is None:
        raise NumberForm(field="number")
    century, birth, sign, rest = match.groups()
    digits = (century or _century(birth, sign, today)) + birth + rest
    _check_date(digits, today, day_must_exist=day_must_exist)
    if rest.startswith("000"):
        raise NumberSerial(field="number")
    if not luhn.is_valid(birth + rest):
        raise NumberCheckDigit(field="number")
    return PersonalNumber(digits)


def _century(birth: str, sign: str, today: date) -> str:
    # the birthday of this number's year lies in this century unless it has not come yet
    this_century = today.year // 100
    day = int(birth[4:6]) % 60
    comes = f"{this_century}{birth[:4]}{day:02}" > f"{today:%Y%m%d}"
    return str(this_century - comes - (sign == "+"))


def _check_date(digits: str, today: date, *, day_must_exist: bool) -> None:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    coordination = day >= 60
    day -= 60 * coordination
    known = bool(month and day)
    last = monthrange(year, month)[1] if year and 1 <= month <= 12 else 31
    if coordination and not day_must_exist:
        last = 31
    if not year or month > 12 or day > last or not (known or coordination):
        raise NumberDate(field="number")
    if (year, month, day) > (today.year, today.month, today.day):
        raise NumberFuture(field="number")


def made_up_number(birth: date, serial: int) -> PersonalNumber:
    """A number that no living person has: birth numbers 980–999 are kept for tests. ``serial`` 980 to 999."""
    if not 980 <= serial <= 999:
        raise ValueError("made-up persons have birth numbers 980 to 999")
    nine = f"{birth:%y%m%d}{serial}"
    return PersonalNumber(f"{birth:%Y}"[:2] + nine + luhn.calc_check_digit(nine))
