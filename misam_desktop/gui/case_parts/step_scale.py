"""Stegförflyttning of one person: which step was noted at which follow-up, from the first to the last."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from misam_desktop.domain.worded import Column, WordedRow, WordedSection
from misam_desktop.gui.case_parts.sheet import Sheet
from misam_desktop.gui.statistics_parts.charts import ChartView
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Card, label

_STEP = "steg"


class _Noted(NamedTuple):
    """A step and the day it was noted."""

    on: date
    step: int


def step_scale(sheet: Sheet) -> Card | None:
    """How far the person has come, in words and as a picture; None before a second step is noted."""
    done = sheet.page.follow_ups
    noted = sorted(_Noted(one.done_on, one.step) for one in done if one.done_on is not None and one.step is not None)
    if len(noted) < 2:
        return None
    card = Card(tr("Stegförflyttning"))
    card.add(label(_change(sheet, noted[0], noted[-1]), wrap=True))
    card.body.addWidget(ChartView(_section(sheet, noted), sheet.work.session))
    return card


def _change(sheet: Sheet, first: _Noted, last: _Noted) -> str:
    if first.step == last.step:
        return tr("På samma steg: {step}.").format(step=step_name(sheet, last.step))
    words = tr("Från {first} till {last}.")
    return words.format(first=step_name(sheet, first.step), last=step_name(sheet, last.step))


def _section(sheet: Sheet, noted: list[_Noted]) -> WordedSection:
    rows = (WordedRow(code=str(at), words=sheet.day(one.on), figures={_STEP: one.step}) for at, one in enumerate(noted))
    column = Column(code=_STEP, words=tr("Steg"))
    return WordedSection(id=_STEP, title=tr("Stegförflyttning"), columns=(column,), rows=tuple(rows))


def step_name(sheet: Sheet, step: int) -> str:
    """«2 Stabilisering»; the number alone when the scale has become shorter since."""
    steps = sheet.page.activity.settings.steps
    return f"{step} {steps[step - 1]}" if step <= len(steps) else str(step)
