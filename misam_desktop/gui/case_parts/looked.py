"""Vem har tittat senast: who last had to do with the person's records, for a koordinator, and the way to all of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from misam_desktop.domain.access import May
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.ids import PersonId
from misam_desktop.gui.case_parts.sheet import Sheet, facts
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import GAP, Card, button, clear, column, label
from misam_desktop.queries.log import LastLook, who_has_looked
from misam_desktop.wording import local_time_short, sentence

_LAST = 5
"""How many stand on the page."""


class LookedCard(Card):
    """Asks once it is made: that somebody has seen the log is in the log too."""

    def __init__(self, sheet: Sheet) -> None:
        person_id = sheet.page.person.id
        show_all = button(tr("Visa allt …"), partial(sheet.work.go, "person_log", person_id))
        show_all.setAccessibleName(tr("Visa alla som har tittat"))
        super().__init__(tr("Vem har tittat senast"), beside=[show_all])
        self._show_all, self._today = show_all, sheet.work.session.clock.today()
        question = who_has_looked(PersonId(person_id))
        sheet.work.session.ask(question, owner=self, then=self._show, failed=self._missing)

    def _show(self, found: list[LastLook]) -> None:
        clear(self.body)
        last = found[:_LAST]
        self.add(facts((f"{one.user}, {one.unit}", local_time_short(one.at, today=self._today)) for one in last))
        if len(found) > _LAST:
            self.add(label(tr("och {count} till").format(count=len(found) - _LAST), "small"))

    def _missing(self, error: MisamError) -> None:
        self._show_all.hide()
        clear(self.body)
        self.add(label(sentence(error), "muted", wrap=True))


def looked(sheet: Sheet) -> QVBoxLayout:
    """The card, for who may see others' entries; nothing for everybody else."""
    return column(*([LookedCard(sheet)] if sheet.work.desk.may(May.REVIEW_LOG) else []), gap=GAP)
