"""Avvikelser och synpunkter about a case, and the way to write one down."""

from __future__ import annotations

from functools import partial

from misam_desktop.domain.access import May
from misam_desktop.domain.deviation import Deviation
from misam_desktop.gui.case_parts.sheet import Cell, Lines, Sheet, stacked
from misam_desktop.gui.dialogs.deviation import open_deviation, open_new_deviation
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Card, button, chip, label
from misam_desktop.wording import label as word_for


def deviations_card(sheet: Sheet) -> Card:
    """Those of the case, the newest first."""
    episode = sheet.page.episode
    add = button(tr("Ny avvikelse …"), partial(open_new_deviation, sheet.work, episode.activity_id, episode.id))
    writes = sheet.can_change and sheet.work.desk.may(May.WRITE_DEVIATION)
    card = Card(tr("Avvikelser och synpunkter"), beside=[add] if writes else [])
    if not sheet.page.deviations:
        card.add(label(tr("Inga är skrivna om ärendet."), "muted", wrap=True))
        return card
    card.add(Lines([_line(sheet, one) for one in reversed(sheet.page.deviations)], stretch=1, least=380, from_top=True))
    return card


def _line(sheet: Sheet, one: Deviation) -> list[Cell]:
    is_open = one.closed_on is None
    state = tr("Öppen") if is_open else tr("Avslutad {day}").format(day=sheet.day(one.closed_on))
    opens = button(tr("Öppna"), partial(open_deviation, sheet.work, one.id))
    opens.setAccessibleName(tr("Öppna {kind} {day}").format(kind=word_for(one.kind).lower(), day=sheet.day(one.on)))
    told = stacked(sheet.said(one, "what", one.what), chip(state, Tone.AMBER if is_open else Tone.MUTED))
    return [
        stacked(label(sheet.day(one.on)), label(word_for(one.kind), "small")),
        told,
        None if sheet.is_beside else opens,
    ]
