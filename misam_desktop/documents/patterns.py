"""Fillings that are told apart without colour: full, hatched, empty and more, in the order in which charts use them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reportlab.graphics.shapes import Group, Path, Rect
from reportlab.lib.colors import Color, HexColor

_APART = 4.0
"""Between the lines of a hatching, in points."""
MOST = 5
"""How many fillings there are."""


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours of a chart, as «#rrggbb»: what is drawn, what it is drawn on, and what stands back."""

    ink: str = "#000000"
    ground: str = "#FFFFFF"
    faint: str = "#767676"

    def colour(self, name: str) -> Color:
        """One of them for ReportLab."""
        return HexColor(getattr(self, name))

    def pale(self, part: float) -> Color:
        """So much of what stands back on the ground; 1 is all of it."""
        faint, ground = self.colour("faint").rgb(), self.colour("ground").rgb()
        return Color(*(part * one + (1 - part) * other for one, other in zip(faint, ground, strict=True)))


@dataclass(frozen=True, slots=True)
class Box:
    """Where something is drawn, from its lower left corner, in points."""

    x: float
    y: float
    wide: float
    high: float


def filled(box: Box, filling: int, inks: Inks) -> Group:
    """A rectangle with one of the fillings."""
    ink, ground = inks.colour("ink"), inks.colour("ground")
    rect = Rect(box.x, box.y, box.wide, box.high, fillColor=ink if filling == 0 else ground, strokeColor=ink)
    rect.strokeWidth = 0.7
    group = Group(rect)
    lines = [line for find in _LINES[filling] for line in find(box)]
    if lines:
        path = Path(strokeColor=ink, strokeWidth=0.8, fillColor=None)
        for x1, y1, x2, y2 in lines:
            path.moveTo(x1, y1)
            path.lineTo(x2, y2)
        group.add(path)
    return group


Line = tuple[float, float, float, float]


def _rising(box: Box) -> Iterator[Line]:
    """Lines from the lower left to the upper right, cut at the edges."""
    at = -box.high + _APART / 2
    while at < box.wide:
        first, last = max(at, 0.0), min(at + box.high, box.wide)
        yield box.x + first, box.y + first - at, box.x + last, box.y + last - at
        at += _APART


def _falling(box: Box) -> Iterator[Line]:
    """The same from the upper left to the lower right."""
    for x1, y1, x2, y2 in _rising(box):
        yield x1, 2 * box.y + box.high - y1, x2, 2 * box.y + box.high - y2


def _level(box: Box) -> Iterator[Line]:
    at = _APART / 2
    while at < box.high:
        yield box.x, box.y + at, box.x + box.wide, box.y + at
        at += _APART


_LINES: tuple[tuple[Any, ...], ...] = ((), (_rising,), (), (_level,), (_rising, _falling))
