"""Reports in the day of ``tests.vault.day``: looked at, given out, frozen and opened again."""

from __future__ import annotations

from datetime import date

from misam_desktop.commands.reports import Wanted, freeze_report, give_frozen, give_report
from misam_desktop.domain.report import ReportKind
from misam_desktop.queries.frozen import frozen_preview, frozen_report, frozen_reports, report_preview
from misam_desktop.vault import Vault

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def reports_out(karin: Vault) -> None:
    """The year's account in every way."""
    wanted = Wanted(kind=ReportKind.ARSREDOVISNING, activity="MISAM", first=FIRST, last=LAST)
    karin.ask(report_preview(wanted.kind, wanted.activity, first=FIRST, last=LAST))
    karin.do(give_report(wanted))
    frozen = karin.do(freeze_report(wanted)).value
    karin.ask(frozen_reports())
    karin.ask(frozen_report(frozen.id))
    karin.ask(frozen_preview(frozen.id))
    karin.do(give_frozen(frozen.id))
