"""Which function does which command; only what needs the store is here, the program is started elsewhere."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable

from misam_desktop.cli import agendas, lists, register, reports, stores
from misam_desktop.cli.world import World

COMMANDS: dict[str, Callable[[Namespace, World], None]] = {
    "init": stores.init,
    "import": register.take_in,
    "export": register.give_out,
    "agenda": agendas.give_out,
    "report": reports.report,
    "demo": stores.demo,
    "meetings": lists.list_meetings,
    "log": lists.list_log,
    "verify": stores.check,
}
