"""What can go wrong, as codes and parameters; the sentences stand in ``resources/i18n``.

An error carries no personal data: only codes, counts, dates and row numbers.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

Parameter = str | int | date


class MisamError(Exception):
    """Anything the program can explain; whatever is not one of these is a bug."""

    code: ClassVar[str]

    def __init__(self, **params: Parameter) -> None:
        super().__init__(self.code)
        self.params = params

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.code})"


class UserError(MisamError):
    """Something the user can put right; shown beside the field that ``field`` names, when it names one."""


class WorldError(MisamError):
    """Something about the machine or the files; says what happened and what to do."""


class NotFound(UserError):
    """The thing does not exist, or the actor may not know that it does; the two read the same."""

    code = "not_found"


class Stale(UserError):
    """Somebody else saved the same thing after it was read."""

    code = "stale"


class NotANumber(UserError):
    """A whole number was asked for."""

    code = "not_a_number"
