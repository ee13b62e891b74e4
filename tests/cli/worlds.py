"""A terminal for tests: the command line with weak keys, a still clock, and streams that are kept."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from misam_desktop.cli.main import main
from misam_desktop.cli.world import PasswordNeeded, World
from tests.conftest import NOW, TODAY, WEAK, WEAK_BOUNDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        """Everything that was shown."""
        return self.out + self.err


@dataclass(slots=True, kw_only=True)
class Terminal:
    """Runs commands; ``typed`` is what somebody types when asked, ``ring`` what the keyring remembers."""

    password_file: Path
    typed: list[str] = field(default_factory=list)
    ring: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    started: list[tuple[bool, date | None]] = field(default_factory=list)

    def run(self, *words: object, stdin: str = "", **world: Any) -> Ended:
        """One command with the words as they are."""
        streams = {"stdin": io.StringIO(stdin), "stdout": io.StringIO(), "stderr": io.StringIO()}
        code = main([str(word) for word in words], World(**(streams | self._world() | world)))
        return Ended(code=code, out=streams["stdout"].getvalue(), err=streams["stderr"].getvalue())

    def on(self, store: Path, command: str, *words: object, user: str = "karin", **world: Any) -> Ended:
        """A command on a store, the password from its file."""
        who = ("--store", store, "--user", user, "--password-file", self.password_file)
        return self.run(command, *who, *words, **world)

    def _world(self) -> dict[str, Any]:
        return {
            "now": lambda: NOW,
            "today": lambda: TODAY,
            "start_program": self._start,
            "tour": lambda _folder: 0,
            "ask_password": self._ask,
            "remembered": lambda _store_id, login: self.ring.get(login),
            "cost": WEAK,
            "demo_cost": WEAK,
            "bounds": WEAK_BOUNDS,
        }

    def _start(self, demo: bool, day: date | None) -> int:
        self.started.append((demo, day))
        return 0

    def _ask(self, prompt: str) -> str:
        self.asked.append(prompt)
        if not self.typed:
            raise PasswordNeeded
        return self.typed.pop(0)
