"""The ways on from a report: out as paper or file, frozen, and to those that are frozen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from misam_desktop.commands.reports import Wanted
from misam_desktop.gui.dialogs.freeze import open_freeze
from misam_desktop.gui.dialogs.report_out import ReportOut, of_wanted
from misam_desktop.gui.statistics_parts.chosen import Chosen
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def ways(work: Workspace, chosen: Chosen) -> tuple[QPushButton, ...]:
    """The buttons; what they do is of what is chosen when they are pressed."""

    def wanted() -> Wanted:
        period = chosen.period
        return Wanted(kind=chosen.report_kind, activity=chosen.activity.value(), first=period.first, last=period.last)

    def when_chosen(then: Callable[[Wanted], None]) -> Callable[[], None]:
        return lambda: then(wanted()) if chosen.of is not None and chosen.unclear is None else None

    return (
        button(tr("Frysta rapporter"), lambda: work.go("frozen_list")),
        button(tr("Frys …"), when_chosen(lambda one: open_freeze(work, one))),
        button(
            tr("Spara eller skriv ut …"), when_chosen(lambda one: ReportOut(work, of_wanted(one)).open()), "primary"
        ),
    )
