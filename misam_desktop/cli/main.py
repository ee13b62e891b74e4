"""From the words of a command to its exit code: 0 done, 1 refused or nothing done, 2 wrong usage; never a traceback."""

from __future__ import annotations

import traceback
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from misam_desktop.cli.arguments import parse
from misam_desktop.cli.world import OutputNotWritten, World, WrongUsage
from misam_desktop.domain.errors import MisamError

_PACKAGE = Path(__file__).resolve().parents[1]


def main(argv: Sequence[str], world: World) -> int:
    """Run one command."""
    try:
        return _run(parse(argv), world)
    except SystemExit as end:  # argparse has said what it had to say
        return int(end.code or 0)
    except MisamError as error:
        return _refused(error, world)
    except KeyboardInterrupt:
        world.tell("Avbrutet.")
    except BrokenPipeError:  # whoever read the output has seen enough
        world.drop_output()
    except BaseException as error:  # noqa: BLE001 – the last place: nobody at a terminal can use a traceback
        world.tell(_bug(error))
    return 1


def _run(arguments: Namespace, world: World) -> int:
    if arguments.command is None:
        return world.start_program(arguments.demo, arguments.demo_today)
    if arguments.command == "tour":
        return world.tour(arguments.folder)
    from misam_desktop.cli.commands import COMMANDS

    COMMANDS[arguments.command](arguments, world)
    return 0


def _refused(error: MisamError, world: World) -> int:
    from misam_desktop.wording import sentence

    if isinstance(error, OutputNotWritten):
        world.drop_output()
    world.tell(sentence(error))
    return 2 if isinstance(error, WrongUsage) else 1


def _bug(error: BaseException) -> str:
    """What can be told of a bug without a value that could be somebody's: its type, and where in our own files."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    places = [f"{Path(frame.filename).relative_to(_PACKAGE).as_posix()}:{frame.lineno}" for frame in ours]
    where = " < ".join(reversed(places))
    return f"Något gick fel i programmet. Meddela den som sköter det: {type(error).__name__} i {where}."
