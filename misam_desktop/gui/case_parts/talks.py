"""Andra samtal: who met, when, and what they agreed on."""

from __future__ import annotations

from functools import partial

from misam_desktop.domain.access import May
from misam_desktop.domain.gate import withheld
from misam_desktop.domain.talk import Talk
from misam_desktop.gui.case_parts.sheet import Cell, Lines, Sheet, stacked
from misam_desktop.gui.dialogs.talk import open_talk
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Card, button, label
from misam_desktop.gui.withheld import outside_consent
from misam_desktop.wording import how_many
from misam_desktop.wording import label as word_for


def talks_card(sheet: Sheet) -> Card:
    """The talks of a case, the newest first, and the way to a new one."""
    add = button(tr("Nytt samtal …"), partial(open_talk, sheet.work, sheet.page))
    card = Card(tr("Andra samtal"), beside=[add] if sheet.may(May.WRITE_PLAN) else [])
    if not sheet.page.talks:
        card.add(label(tr("Flerpartssamtal, nätverksmöten och avstämningar skrivs upp här."), "muted", wrap=True))
        return card
    newest_first = reversed(sheet.page.talks)
    card.add(Lines([_line(sheet, one) for one in newest_first], stretch=1, least=380, from_top=True))
    return card


def _line(sheet: Sheet, talk: Talk) -> list[Cell]:
    made = sum(one.talk_id == talk.id for one in sheet.page.commitments)
    count = how_many(made, tr("åtagande"), tr("åtaganden")) if made else ""
    if withheld(Talk, "agreed", sheet.page.episode_kinds):
        told = stacked(label(outside_consent(), "muted"))
    else:
        told = stacked(_who(sheet, talk), talk.agreed, count and label(count, "small"))
    return [stacked(label(sheet.day(talk.on)), label(word_for(talk.kind), "small")), told]


def _who(sheet: Sheet, talk: Talk) -> Cell:
    """The units that took part, and the others as far as they may be told."""
    others = outside_consent() if withheld(Talk, "others", sheet.page.episode_kinds) else talk.others
    units = [sheet.work.desk.unit(one) for one in talk.unit_ids]
    return label(", ".join(filter(None, [*units, others])), "small", wrap=True)
