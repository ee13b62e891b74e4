"""What the command line meets: streams, the clock, how a password is asked for, and how the program is started."""

from __future__ import annotations

import getpass
import os
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TextIO

from misam_desktop.domain.errors import UserError, WorldError
from misam_desktop.keys import ring
from misam_desktop.keys.primitives import LIGHT, LIMITS, STRONG, Bounds, Cost


class WrongUsage(UserError):
    """The command is not written as it must be: exit 2."""


class OutputNotWritten(WorldError):
    """What takes the result, a disk or another program, does not."""

    code = "output_not_written"


class PasswordNeeded(WrongUsage):
    """Nobody can be asked here, and no file was named."""

    code = "password_needed"


def ask_password(prompt: str) -> str:
    """Ask on the terminal, without echo; where that is not sure, not at all. Raises PasswordNeeded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)  # it would go on and show what is typed
            return getpass.getpass(prompt)
    except (getpass.GetPassWarning, EOFError) as error:
        raise PasswordNeeded from error


def remembered(store_id: str, login: str) -> str | None:
    """What the system's keyring remembers, if it is there and open."""
    return ring.remembered_password(store_id, login).password


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything outside; production uses the defaults, tests bring weak keys and streams of their own."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    now: Callable[[], datetime]
    today: Callable[[], date]
    start_program: Callable[[bool, date | None], int]
    tour: Callable[[Path], int]
    ask_password: Callable[[str], str] = ask_password
    remembered: Callable[[str, str], str | None] = remembered
    cost: Cost = STRONG
    demo_cost: Cost = LIGHT
    bounds: Bounds = LIMITS
    heads: Path | None = None

    def say(self, line: str) -> None:
        """A line of the result. Raises OutputNotWritten, BrokenPipeError when nobody reads on."""
        self.write(f"{line}\n")

    def write(self, text: str) -> None:
        """A piece of the result, at once where it belongs. Raises as ``say`` does."""
        try:
            self.stdout.write(text)
            self.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputNotWritten from error

    def drop_output(self) -> None:
        """What is left of the result goes nowhere, or Python complains of it at the end."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.stdout.fileno())
        os.close(nowhere)

    def tell(self, line: str) -> None:
        """A line beside the result."""
        print(line, file=self.stderr)
