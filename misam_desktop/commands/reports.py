"""Reports out of the program, and reports that are frozen: counted anew at the door, and logged before they leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from misam_desktop.commands.disclosures import why_exported
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.reports import front_words
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Act, ExportPurpose
from misam_desktop.domain.frozen import FrozenReport
from misam_desktop.domain.gate import OWN_FILES, To, must_suit
from misam_desktop.domain.report import ReportKind
from misam_desktop.domain.steps import all_at_once
from misam_desktop.domain.worded import WordedReport
from misam_desktop.queries.frozen import Outgoing, found, outgoing, outgoing_frozen
from misam_desktop.queries.reports import named, report_of
from misam_desktop.report_words import worded
from misam_desktop.store import rows
from misam_desktop.transfer.report_books import xlsx_file
from misam_desktop.transfer.report_tables import csv_file, json_file
from misam_desktop.vault import Topic, Tx, command


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which report, of which activity by its name, and for which days."""

    kind: ReportKind
    activity: str
    first: date
    last: date


@command("report.given", needs=May.SEE_REPORTS, touches=(), proves=True)
def give_report(
    tx: Tx,
    wanted: Wanted,
    *,
    to: To = OWN_FILES,
    purpose: ExportPurpose = ExportPurpose.EGET_ARBETE,
    covered: bool = False,
) -> Outgoing:
    """A report as it is counted now, to leave the program; ``covered`` without its small counts.

    Raises WayUnsuited, NotFound, ActivityUnknown, NotOfThisKind, PeriodBackwards.
    """
    must_suit(Act.EXPORT, [to])
    report = _counted(tx, wanted)
    tx.about(named(tx, wanted.activity).id, purpose=_reason(tx, wanted.kind, to, purpose))
    return outgoing(tx, report, covered=covered)


@command("report.frozen_given", needs=May.SEE_REPORTS, touches=(), proves=True)
def give_frozen(
    tx: Tx,
    frozen_id: str,
    *,
    to: To = OWN_FILES,
    purpose: ExportPurpose = ExportPurpose.EGET_ARBETE,
    covered: bool = False,
) -> Outgoing:
    """A frozen report as it read, to leave the program. Raises WayUnsuited, NotFound."""
    must_suit(Act.EXPORT, [to])
    frozen, _ = found(tx, frozen_id)
    tx.about(frozen.id, purpose=_reason(tx, frozen.content.id, to, purpose))
    return outgoing_frozen(tx, frozen, covered=covered)


def _reason(tx: Tx, report_id: str, to: To, purpose: ExportPurpose) -> str:
    """What the log says of why: the report, what for, and whom to."""
    return f"{report_id}:{why_exported(tx, purpose, to)}"


@command("report.frozen", needs=May.SEE_REPORTS, touches=Topic.REPORTS)
def freeze_report(tx: Tx, wanted: Wanted, *, comment: str = "") -> FrozenReport:
    """Keep a report as it reads now. Raises ActivityUnknown, NotOfThisKind, PeriodBackwards."""
    frozen = FrozenReport(
        id=tx.new_id(),
        activity_id=named(tx, wanted.activity).id,
        content=_counted(tx, wanted),
        comment=comment.strip(),
        by=tx.actor.user_id,
        at=tx.now,
    )
    tx.about(frozen.id, purpose=wanted.kind.value)
    return rows.frozen_reports.add(tx.conn, frozen)


def _counted(tx: Tx, wanted: Wanted) -> WordedReport:
    activity = named(tx, wanted.activity)
    steps = report_of(tx, wanted.kind, activity.name, first=wanted.first, last=wanted.last)
    return worded(all_at_once(steps), about=activity.name)


def file_of(given: Outgoing, *, suffix: str, generated_at: datetime) -> bytes:
    """What has been given, as the file that its suffix says: ``.pdf``, ``.xlsx``, ``.csv`` or ``.json``."""
    if suffix.lower() == ".pdf":
        return to_pdf(given.paper)
    report = given.told()
    if suffix.lower() == ".xlsx":
        return xlsx_file(report, beside=front_words(report, given.made, given.frame))
    return csv_file(report) if suffix.lower() == ".csv" else json_file(report, generated_at=generated_at)
