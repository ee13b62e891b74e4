"""Finds what ships beside the code: ``resources/`` and ``db/``, in a checkout, a wheel or a frozen program."""

from __future__ import annotations

import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent


@cache
def root() -> Path:
    """The folder that holds ``resources/`` and ``db/``."""
    candidates = [Path(getattr(sys, "_MEIPASS", _PACKAGE)), _PACKAGE / "_shipped", _PACKAGE.parent]
    for candidate in candidates:
        if (candidate / "resources").is_dir() and (candidate / "db").is_dir():
            return candidate
    raise FileNotFoundError("resources and db")


def resource(*parts: str) -> Path:
    """A path under ``resources/``."""
    return root().joinpath("resources", *parts)


def database(*parts: str) -> Path:
    """A path under ``db/``."""
    return root().joinpath("db", *parts)


@cache
def toml(path: Path) -> dict[str, Any]:
    """A TOML file that ships with the program, read once."""
    return tomllib.loads(path.read_text(encoding="utf-8"))
