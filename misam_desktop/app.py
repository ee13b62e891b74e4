"""The composition root: the machine's clock, streams and places, and what is started with them."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TextIO

from misam_desktop.keys.memory import leave_no_core_dumps

NAME = "misam-desktop"


def now() -> datetime:
    """The instant it is."""
    return datetime.now(UTC)  # noqa: TID251 – the one place that asks the machine


def today() -> date:
    """The day it is where the machine stands."""
    return date.today()  # noqa: DTZ011, TID251 – as above; a day is a local thing


def settings_file() -> Path:
    """Where this user's window and last store are remembered; nothing about anybody a case concerns."""
    import platformdirs

    return platformdirs.user_config_path(NAME, appauthor=False) / "program.ini"


def heads_folder() -> Path:
    """Where this profile keeps how far each store's log had come: numbers and hashes."""
    import platformdirs

    return platformdirs.user_state_path(NAME, appauthor=False)


def start_program(demo: bool, demo_today: date | None) -> int:  # noqa: FBT001 – called as World.start_program says
    """Start the graphical program; with ``demo`` on a made-up team, whose day can be another than today's."""
    gc.disable()  # nothing of what is loaded is garbage; the window collects from then on (``gui.garbage``)
    from misam_desktop.gui.program import run

    return run(demo=demo, demo_today=demo_today, now=now, today=today, settings=settings_file(), heads=heads_folder())


def tour(folder: Path) -> int:
    """Save a picture of every view."""
    from misam_desktop.gui.tour import run

    return run(folder)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program or one command, and give its exit code."""
    leave_no_core_dumps()
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        _as_utf8(stream)
    given = sys.argv[1:] if argv is None else argv
    if not given:  # the window comes sooner without the command line
        return start_program(demo=False, demo_today=None)
    from misam_desktop.cli.main import main as command_line
    from misam_desktop.cli.world import World

    world = World(
        stdin=sys.stdin,
        stdout=sys.stdout,
        stderr=sys.stderr,
        now=now,
        today=today,
        heads=heads_folder(),
        start_program=start_program,
        tour=tour,
    )
    return command_line(given, world)


def _as_utf8(stream: TextIO | None) -> None:
    """Names must come through whatever the machine's own encoding is, and lines end as the file formats say."""
    reconfigure = getattr(stream, "reconfigure", None)  # none in a windowed program on Windows
    if reconfigure is not None:
        reconfigure(encoding="utf-8", newline="" if stream is sys.stdin else "\n")
