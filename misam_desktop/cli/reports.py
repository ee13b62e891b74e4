"""``report``: figures as JSON or CSV, on standard output or in a file, or as a workbook or a paper in a file."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from misam_desktop.cli.opening import opened
from misam_desktop.cli.outputs import must_be_free
from misam_desktop.cli.units import recipient_called
from misam_desktop.cli.world import World
from misam_desktop.commands.reports import Wanted, file_of, give_report
from misam_desktop.domain.report import ReportKind
from misam_desktop.queries.desk import desk
from misam_desktop.transfer.files import write_file


def report(arguments: Namespace, world: World) -> None:
    """Any report of one activity for a calendar year; its file is written last, once it has been logged."""
    if arguments.out is not None:
        must_be_free(arguments.out, arguments, replace=arguments.force)
    wanted = Wanted(
        kind=ReportKind(arguments.report),
        activity=arguments.insats,
        first=date(arguments.year, 1, 1),
        last=date(arguments.year, 12, 31),
    )
    with opened(arguments, world, in_person=True) as vault:
        to = recipient_called(vault.ask(desk()).open_units, arguments.recipient)
        request = give_report(wanted, to=to, purpose=arguments.purpose, covered=arguments.hide_small)
        given = vault.do(request).value
    content = file_of(given, suffix=f".{arguments.format}", generated_at=world.now())
    if arguments.out is None:
        world.write(content.decode("utf-8-sig"))
    else:
        write_file(arguments.out, content, replace=arguments.force)
