"""How near a day is, as a chip says it: late, today, soon, or how many days there are."""

from __future__ import annotations

from datetime import date

from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.wording import day_short, how_many

_NEAR = 3
_SOON = 14


def days_left(days: int) -> str:
    """«Försenad 3 dagar», «I dag», «2 dagar kvar», «9 dagar»."""
    count = how_many(abs(days), tr("dag"), tr("dagar"))
    if days < 0:
        return tr("Försenad {days}").format(days=count)
    if days == 0:
        return tr("I dag")
    return tr("{days} kvar").format(days=count) if days <= _NEAR else count


def tone_of(days: int) -> Tone:
    """Red when late, amber when near."""
    if days < 0:
        return Tone.RED
    return Tone.AMBER if days <= _NEAR else Tone.PLAIN


def due(day: date, *, today: date) -> tuple[str, Tone | None]:
    """A day in a list with what is to be said of it: «16 nov · försenad» in red, «4 feb 2027» as it is."""
    days = (day - today).days
    text = day_short(day, today=today)
    if days < 0:
        return tr("{day} · försenad").format(day=text), Tone.RED
    if days <= _SOON:
        return (tr("{day} · i dag") if days == 0 else tr("{day} · snart")).format(day=text), Tone.AMBER
    return text, None
