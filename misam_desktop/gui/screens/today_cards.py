"""The cards of Idag beside the list: the next meeting, how many cases the team carries, who is late."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QProgressBar, QSizePolicy, QWidget

from misam_desktop.domain.codes import Role
from misam_desktop.gui.forum_parts.words import day_off_words
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Card, button, chip, holding, label, row
from misam_desktop.queries.today import Capacity, NextForum
from misam_desktop.wording import day_of_week, how_many, month

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def meeting_card(work: Workspace, meeting: NextForum, *, is_primary: bool) -> Card:
    """The next forum, and what is in its queue; the koordinator prepares it from here."""
    prepare = [button(tr("Förbered mötet"), partial(work.go, "forum"), "primary")] if is_primary else []
    card = Card(tr("Nästa {name}").format(name=meeting.name.lower()), beside=prepare)
    card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    card.add(label(_when_and_where(work, meeting), "muted", wrap=True), Flow(*_queue_chips(meeting)))
    return card


def _when_and_where(work: Workspace, meeting: NextForum) -> str:
    today = work.session.clock.today()
    day = {0: tr("i dag"), 1: tr("i morgon")}.get((meeting.on - today).days, day_of_week(meeting.on, today=today))
    when = f"{day} {meeting.starts}".strip()
    return " · ".join(part for part in (when, meeting.place, day_off_words(meeting.on)) if part)


def _queue_chips(meeting: NextForum) -> list[QWidget]:
    chips: list[QWidget] = [chip(how_many(meeting.waiting, tr("remiss"), tr("remisser")))]
    if meeting.to_complete:
        chips.append(chip(tr("{count} ska kompletteras").format(count=meeting.to_complete), Tone.AMBER))
    if meeting.without_consent:
        chips.append(chip(tr("{count} saknar samtycke").format(count=meeting.without_consent), Tone.RED))
    if meeting.accepted:
        chips.append(chip(tr("{count} väntar på inskrivning").format(count=meeting.accepted)))
    return chips


def capacity_card(work: Workspace, found: Capacity) -> Card:
    """Open episodes against what the staffing carries."""
    card = Card(tr("Beläggning"))
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setRange(0, max(found.capacity, 1))
    bar.setValue(min(found.open, max(found.capacity, 1)))
    words = tr("{open} pågående av {capacity}").format(open=found.open, capacity=found.capacity)
    bar.setAccessibleName(words)
    card.add(row(label(str(found.open), "figure"), label(_of(found), "muted"), None), bar)
    if found.open > found.capacity:
        card.add(Flow(chip(tr("Fler än bemanningen räcker till"), Tone.AMBER)))
    card.add(label(_in_and_out(work, found), "muted", wrap=True))
    return card


def _of(found: Capacity) -> str:
    return tr("pågående av {capacity}").format(capacity=found.capacity)


def _in_and_out(work: Workspace, found: Capacity) -> str:
    counts = tr("{began} nya och {ended} avslutade i {month}").format(
        began=found.began, ended=found.ended, month=month(work.session.clock.today())
    )
    if found.median_months is None:
        return counts
    length = str(found.median_months).replace(".", ",")
    return f"{tr('Median {months} månader').format(months=length)} · {counts}"


def late_card(work: Workspace, late: Iterable[tuple[str, int]]) -> Card:
    """Which uppdragsgivare are late with their follow-ups."""
    found = list(late)
    card = Card(tr("Försenat per myndighet"))
    if not found:
        card.add(label(tr("Inga uppföljningar är försenade."), "muted", wrap=True))
        return card
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for at, (unit, count) in enumerate(found):
        grid.addWidget(label(unit, wrap=True), at, 0)
        grid.addWidget(chip(how_many(count, tr("uppföljning"), tr("uppföljningar")), Tone.RED), at, 1, right)
    card.add(holding(grid), button(tr("Visa uppföljningarna"), partial(work.go, "follow_ups"), "link"))
    return card


def without_cases(work: Workspace) -> Card:
    """What those who see no case find here instead, by role."""
    words = {
        Role.LEDNING: tr("Ledningen ser siffror och inga ärenden. Koordinatorn tar fram årsredovisningen."),
        Role.ADMINISTRATOR: tr("Administratören sköter enheter, kontakter och registret, och ser inga ärenden."),
        Role.NAFS_KOORDINATOR: tr("NAFS-koordinatorn har sina kontakter här. Ärendena i den här insatsen visas inte."),
    }
    card = Card(tr("Din roll har inga ärenden"))
    card.add(*(label(words[role], wrap=True) for role in work.desk.me.roles if role in words))
    places = [button(title, partial(work.go, name)) for name, title in work.navigation.titles() if name != "today"]
    card.add(Flow(*places))
    return card
