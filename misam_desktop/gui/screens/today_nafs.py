"""The cards of Idag for who leads NAFS meetings: the next one and what it lacks, and the other teams' under it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.nafs_parts.calendar import last_day, sending
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Card, button, chip, holding, label
from misam_desktop.queries.nafs_next import NextNafs
from misam_desktop.wording import day_of_week, how_many

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def nafs_cards(work: Workspace, found: Sequence[NextNafs], *, is_primary: bool) -> list[Card]:
    """The next meeting of all, and then those of the other teams."""
    if not found:
        return []
    return [_next_card(work, found[0], is_primary=is_primary), *([_others(work, found[1:])] if found[1:] else [])]


def _next_card(work: Workspace, one: NextNafs, *, is_primary: bool) -> Card:
    go = partial(work.go, "nafs_meeting", one.meeting.id)
    card = Card(tr("Nästa NAFS-möte"), beside=[button(tr("Förbered mötet"), go, "primary" if is_primary else "")])
    where = " · ".join(filter(None, [_when(work, one), one.team, one.meeting.place]))
    card.add(label(where, "muted", wrap=True), Flow(*_chips(work, one)))
    return card


def _others(work: Workspace, found: Sequence[NextNafs]) -> Card:
    card = Card(tr("Övriga team"))
    for one in found:
        words = f"{_when(work, one)} · {one.team}"
        go = button(words, partial(work.go, "nafs_meeting", one.meeting.id), "link")
        card.add(holding(Flow(go, *_days(work, one), chip(_cases(one), _fullness(one)))))
    return card


def _when(work: Workspace, one: NextNafs) -> str:
    today = work.session.clock.today()
    day = day_of_week(one.meeting.on, today=today)
    near = {0: tr("i dag"), 1: tr("i morgon")}.get((one.meeting.on - today).days, day)
    return f"{near} {one.meeting.starts}".strip()


def _chips(work: Workspace, one: NextNafs) -> list[QWidget]:
    """How full it is, what is missing, and the days before it."""
    found: list[QWidget] = [chip(_cases(one), _fullness(one))]
    if one.out:
        found.append(chip(tr("{count} utgår").format(count=one.out), Tone.RED))
    if one.waiting:
        found.append(chip(how_many(one.waiting, tr("ärende väntar"), tr("ärenden väntar"))))
    if one.lacking:
        found.append(chip(tr("{count} saknar något").format(count=one.lacking), Tone.AMBER))
    return [*found, *_days(work, one)]


def _days(work: Workspace, one: NextNafs) -> list[QWidget]:
    today = work.session.clock.today()
    said = (last_day(one.meeting, today), sending(one.meeting, today))
    return [chip(words, tone) for words, tone in said if words]


def _cases(one: NextNafs) -> str:
    if not one.capacity:
        return how_many(one.cases, tr("ärende"), tr("ärenden"))
    return tr("{cases} av {capacity} ärenden").format(cases=one.cases, capacity=one.capacity)


def _fullness(one: NextNafs) -> Tone:
    return Tone.AMBER if one.capacity and one.cases > one.capacity else Tone.PLAIN
