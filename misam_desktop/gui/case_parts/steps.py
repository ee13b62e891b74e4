"""The five steps of a case, which of them are done, and the row of buttons that leads between them."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from misam_desktop.domain.codes import Livelihood, Purpose
from misam_desktop.domain.consent import valid_on
from misam_desktop.domain.follow_up import is_open
from misam_desktop.gui.case_parts.sheet import Sheet
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button


class Step(StrEnum):
    """The steps of the joint work, in their order."""

    INFORMATION = "information"
    NEEDS = "needs"
    PLAN = "plan"
    FOLLOWED_UP = "followed_up"
    PLANNING = "planning"


def title(step: Step) -> str:
    """What a step is called."""
    words = {
        Step.INFORMATION: tr("Information"),
        Step.NEEDS: tr("Behovsbild"),
        Step.PLAN: tr("Handlingsplan"),
        Step.FOLLOWED_UP: tr("Uppföljning"),
        Step.PLANNING: tr("Ny planering"),
    }
    return words[step]


def done(sheet: Sheet) -> frozenset[Step]:
    """Which steps need nothing more at present."""
    page, today = sheet.page, sheet.today
    consented = any(one.purpose is Purpose.SAMVERKAN and valid_on(one, today) for one in page.consents)
    known = bool(page.referral.question) and page.referral.livelihoods.main is not Livelihood.OKAND
    waits = any(is_open(one) and one.due_on <= today for one in page.follow_ups)
    holds = {
        Step.INFORMATION: consented or not sheet.is_open,
        Step.NEEDS: known,
        Step.PLAN: bool(page.commitments),
        Step.FOLLOWED_UP: any(one.done_on for one in page.follow_ups) and not waits,
        Step.PLANNING: not sheet.is_open,
    }
    return frozenset(step for step, is_done in holds.items() if is_done)


def first_step(sheet: Sheet) -> Step:
    """Where a case is opened: where something is missing; else at its follow-ups, or at the end it has come to."""
    if not sheet.is_open:
        return Step.PLANNING
    missing = [step for step in (Step.INFORMATION, Step.PLAN) if step not in done(sheet)]
    return missing[0] if missing else Step.FOLLOWED_UP


class Stepper(QWidget):
    """Five buttons of which one is pressed; the arrow keys go from one to the next."""

    def __init__(self, chosen: Callable[[Step], None]) -> None:
        super().__init__()
        self.buttons = {step: button(title(step), partial(chosen, step), "step") for step in Step}
        self.setLayout(Flow(*self.buttons.values(), gap=6, fill=True))
        self._group = QButtonGroup(self)
        for one in self.buttons.values():
            one.setCheckable(True)
            one.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._group.addButton(one)

    def show_done(self, steps: frozenset[Step]) -> None:
        """Mark the steps that need nothing more."""
        for step, one in self.buttons.items():
            is_done = step in steps
            one.setText(f"✓ {title(step)}" if is_done else title(step))
            one.setAccessibleName(tr("{step}, klart").format(step=title(step)) if is_done else title(step))

    def mark(self, step: Step) -> None:
        """Show where the user is."""
        self.buttons[step].setChecked(True)
