"""``report``: figures as JSON or CSV, on standard output or in a file."""

from __future__ import annotations

import json
from argparse import Namespace
from datetime import date

from misam_desktop.cli.opening import opened
from misam_desktop.cli.outputs import must_be_free
from misam_desktop.cli.world import World
from misam_desktop.domain.report import Report
from misam_desktop.queries.reports import yearly_account
from misam_desktop.transfer.account_tables import as_data, as_lines, header
from misam_desktop.transfer.files import write_file
from misam_desktop.transfer.sheets import write_csv


def report(arguments: Namespace, world: World) -> None:
    """The yearly account of one activity."""
    if arguments.out is not None:
        must_be_free(arguments.out, arguments, replace=arguments.force)
    first, last = date(arguments.year, 1, 1), date(arguments.year, 12, 31)
    with opened(arguments, world) as vault:
        account = vault.ask(yearly_account(arguments.insats, first=first, last=last))
    content = _content(account, arguments, world)
    if arguments.out is None:
        world.write(content.decode("utf-8-sig"))
    else:
        write_file(arguments.out, content, replace=arguments.force)


def _content(account: Report, arguments: Namespace, world: World) -> bytes:
    if arguments.format == "csv":
        return write_csv(header(account), as_lines(account))
    data = as_data(account, activity=arguments.insats, generated_at=world.now())
    return f"{json.dumps(data, ensure_ascii=False, indent=2)}\n".encode()
