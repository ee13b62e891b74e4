"""Inför mötet: what there is to see to before a forum begins, the weightiest first, each a click from its case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from misam_desktop.domain.preparation import Lack
from misam_desktop.gui.forum_parts.words import in_words, lack_words
from misam_desktop.gui.in_room import who_leaves
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import GAP, Card, button, chip, clear, column, holding, label, row, scrolling
from misam_desktop.queries.forum import ForumDay, QueueRow
from misam_desktop.wording import how_many

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

HINDERS = frozenset({Lack.CONSENT, Lack.ENDS})
"""Without a consent on the meeting's day the others may not hear of the case."""


class Heed(NamedTuple):
    """One case that something is to be seen to of, with its number in the queue."""

    at: int
    name: str
    words: str


class Group(NamedTuple):
    """What is seen to in the same way."""

    title: str
    tone: Tone
    heeds: tuple[Heed, ...]


def groups(day: ForumDay, leaves: Callable[[QueueRow], list[str]]) -> list[Group]:
    """What there is to see to, the weightiest first; ``leaves`` says who goes out for a case."""

    def among(words: Callable[[QueueRow], str]) -> tuple[Heed, ...]:
        found = [(at, one, words(one)) for at, one in enumerate(day.queue) if one.outcome is None]
        return tuple(Heed(at, one.name, said) for at, one, said in found if said)

    found = (
        Group(tr("Kan inte tas upp"), Tone.RED, among(lambda one: _lacks(one, hinders=True))),
        Group(tr("Något saknas"), Tone.AMBER, among(lambda one: _lacks(one, hinders=False))),
        Group(tr("Kan vara dubbletter"), Tone.AMBER, among(_duplicate)),
        Group(tr("Tas muntligt"), Tone.AMBER, among(lambda one: tr("Skyddade personuppgifter") * one.is_protected)),
        Group(tr("Lämnar rummet"), Tone.PLAIN, among(lambda one: in_words(leaves(one)))),
        Group(tr("Jäv"), Tone.PLAIN, among(lambda one: " · ".join(one.shut_out))),
    )
    return [one for one in found if one.heeds]


def _lacks(one: QueueRow, *, hinders: bool) -> str:
    return ". ".join(lack_words(lack, one) for lack in one.lacks if (lack in HINDERS) is hinders)


def _duplicate(one: QueueRow) -> str:
    said = (
        (one.is_twice, tr("Samma person står två gånger i kön")),
        (one.has_open_case, tr("Personen har ett pågående ärende")),
    )
    return ". ".join(words for holds, words in said if holds)


class PreparationPane(Card):
    """Groups of cases; a click goes to the case in the queue."""

    wanted = Signal(int)
    """The case at this place of the queue."""

    def __init__(self, work: Workspace) -> None:
        self.count = label("", "muted")
        super().__init__(tr("Inför mötet"), beside=[self.count])
        self._work = work
        self._shown: list[Group] | None = None
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(6)
        self.add(scrolling(holding(self._rows)), stretch=1)

    def show_day(self, day: ForumDay) -> None:
        """Show what there is to see to."""
        desk = self._work.desk
        found = groups(day, lambda one: who_leaves(desk, day.room, one.leaving))
        if found == self._shown:
            return
        self._shown = found
        clear(self._rows)
        serious = {heed.at for one in found if one.tone is not Tone.PLAIN for heed in one.heeds}
        self.count.setText(how_many(len(serious), tr("ärende att se till"), tr("ärenden att se till")) * bool(serious))
        if not serious:
            self._rows.addWidget(chip(tr("Inget saknas inför mötet"), Tone.GREEN))
        for at, group in enumerate(found):
            self._rows.addSpacing(GAP if at or not serious else 0)
            for part in self._group(group):
                self._rows.addWidget(part)
        self._rows.addStretch(1)

    def _group(self, group: Group) -> Iterator[QWidget]:
        yield holding(row(chip(f"{group.title} · {len(group.heeds)}", group.tone), None))
        for heed in group.heeds:
            name = button(f"{heed.at + 1}. {heed.name}", partial(self.wanted.emit, heed.at), "link")
            yield holding(column(holding(row(name, None)), label(heed.words, "small", wrap=True), gap=0))
