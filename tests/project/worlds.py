"""The checkout as the house rules look at it: its files, its modules, and what is declared in them."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from inspect import signature
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

import misam_desktop
from misam_desktop.domain.access import May
from misam_desktop.domain.errors import MisamError

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("misam_desktop", "packaging", "tests")
CODE = {path.relative_to(ROOT): path.read_text("utf-8") for place in PLACES for path in (ROOT / place).rglob("*.py")}
"""Every file of code, by where it lies in the checkout."""


class Builder(NamedTuple):
    """One ``@command`` or ``@query``."""

    module: str
    name: str
    event: str | None
    needs: May
    writes: bool


def project() -> dict[str, Any]:
    """What ``pyproject.toml`` says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def start() -> ModuleType:
    """``packaging/start.py`` as a module; ``packaging`` is no package, another library has that name."""
    spec = importlib.util.spec_from_file_location("start", ROOT / "packaging" / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def modules() -> tuple[ModuleType, ...]:
    """Every module of the program but its windows, imported; to import ``__main__`` starts nothing."""
    found = [one.name for one in pkgutil.walk_packages(misam_desktop.__path__, "misam_desktop.")]
    return tuple(importlib.import_module(name) for name in found if not name.startswith("misam_desktop.gui"))


@cache
def errors() -> tuple[type[MisamError], ...]:
    """Every class of error that the program explains and that has a code."""
    modules()
    return tuple(kind for kind in _below(MisamError) if "code" in vars(kind))


def _below(kind: type[MisamError]) -> Iterator[type[MisamError]]:
    for one in kind.__subclasses__():
        if one.__module__.startswith("misam_desktop."):
            yield one
            yield from _below(one)


@cache
def builders() -> tuple[Builder, ...]:
    """Every command and question that the door knows."""
    return tuple(
        _builder(module, name, thing)
        for module in modules()
        for name, thing in vars(module).items()
        if hasattr(thing, "needs") and hasattr(thing, "__wrapped__") and thing.__module__ == module.__name__
    )


def _builder(module: ModuleType, name: str, thing: Any) -> Builder:
    first = next(iter(signature(thing.__wrapped__).parameters.values()))
    return Builder(module.__name__, name, thing.event, thing.needs, first.annotation == "Tx")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is committed, relative to the checkout."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this is no checkout, or git is not there to ask")
    command = [git, "-c", "safe.directory=*", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    return tuple(Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file())


def printed_by(code: str, *, cwd: Path = ROOT) -> str:
    """What a fresh Python prints when it runs the code."""
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True).stdout.strip()
