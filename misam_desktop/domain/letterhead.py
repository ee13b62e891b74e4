"""Brevhuvud: what stands at the top of the team's letters. It is set by the team and names no person they are about."""

from __future__ import annotations

from dataclasses import dataclass

from misam_desktop.domain.errors import UserError
from misam_desktop.domain.text import clean

MOST_LINES = 6
"""More would push the letter down its page."""
MOST_LETTERS = 90
"""In a line; a longer one would be broken."""


class LetterheadLong(UserError):
    """A letterhead has more lines, or longer ones, than stand at the top of a letter."""

    code = "letterhead_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """``lines`` are the sender and the address, ``contact`` how the team is reached, ``place`` stands before the day.

    Each may be empty.
    """

    lines: str = ""
    place: str = ""
    contact: str = ""

    def head(self) -> tuple[str, ...]:
        """What is printed, a line each."""
        return tuple(filter(None, (*self.lines.splitlines(), self.contact)))


NO_LETTERHEAD = Letterhead()


def cleaned(letterhead: Letterhead) -> Letterhead:
    """The letterhead as it is kept. Raises LetterheadLong."""
    kept = Letterhead(
        lines="\n".join(filter(None, map(str.strip, clean(letterhead.lines, multiline=True).splitlines()))),
        place=clean(letterhead.place),
        contact=clean(letterhead.contact),
    )
    _must_fit("lines", kept.lines.splitlines(), most=MOST_LINES)
    _must_fit("place", [kept.place])
    _must_fit("contact", [kept.contact])
    return kept


def _must_fit(field: str, lines: list[str], *, most: int = 1) -> None:
    if len(lines) > most or any(len(line) > MOST_LETTERS for line in lines):
        raise LetterheadLong(field=field, lines=MOST_LINES, letters=MOST_LETTERS)
