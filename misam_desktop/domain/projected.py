"""What a projector may show of one item of a meeting: its code and what is asked, and nobody's identity.

A NAFS meeting and a forum show the same. What those in the room may not read is said in so many words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from misam_desktop.domain.identifying import tells_of
from misam_desktop.domain.pseudonym import Pseudonym


class Sight(StrEnum):
    """How one item is shown to all in the room."""

    CASE = "case"
    GENERAL = "general"
    HELD_BACK = "held_back"
    ENDED = "ended"
    SPOKEN = "spoken"


class Asked(NamedTuple):
    """One question, and the unit it goes to: empty is all, None is nobody in particular. ``text`` None is read out."""

    unit: str | None
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """One item on the projector. ``at`` is its place on the whole agenda, counted from 1.

    Only a case has a code and the unit that raised it; only it and a general question have anything to read.
    """

    sight: Sight
    at: int
    code: Pseudonym | None = None
    raised_by: str = ""
    asked: tuple[Asked, ...] = ()
    next_step: str | None = ""
    responsible: str = ""


def sight(*, is_case: bool, spoken: bool, holds: bool, for_all: bool) -> Sight:
    """How an item is shown: of a case only when its consent holds and it stands on the paper that all here may have.

    ``spoken`` is a protected person's. It says nothing but that there is one.
    """
    if not is_case:
        return Sight.GENERAL
    if spoken:
        return Sight.SPOKEN
    if not for_all:
        return Sight.HELD_BACK
    return Sight.CASE if holds else Sight.ENDED


def without_names(slide: Slide, *, name: str) -> Slide:
    """The slide without the texts that could tell whom a case concerns: a paper is looked at first, this is not."""
    if not name:
        return slide
    asked = tuple(Asked(one.unit, _neutral(one.text, name)) for one in slide.asked)
    return replace(slide, asked=asked, next_step=_neutral(slide.next_step, name))


def _neutral(text: str | None, name: str) -> str | None:
    return None if text is None or tells_of(text, name=name) else text
