"""What holds for the package as a whole: light to import, full cost in the program, little memory is an answer."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from misam_desktop.keys.errors import MemoryShort
from misam_desktop.keys.primitives import LIGHT, LIMITS, STRONG, Bounds, Cost, stretch

PACKAGE = Path(__file__).resolve().parents[2] / "misam_desktop"
HOMES = {PACKAGE / "keys" / "primitives.py", PACKAGE / "keys" / "coding.py"}


def test_importing_it_loads_nothing_heavy() -> None:
    code = (
        "import sys; import misam_desktop.keys.key_file, misam_desktop.keys.ring, misam_desktop.keys.passwords;"
        "print([name for name in ('cryptography', 'keyring', 'sqlalchemy', 'PySide6') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_full_cost_is_what_the_design_says() -> None:
    assert Cost(memory_kib=256 * 1024, passes=3, lanes=2) == STRONG
    assert (LIMITS.least_kib, LIMITS.most_kib) == (64 * 1024, 2048 * 1024)


def test_the_light_cost_is_one_that_the_program_opens() -> None:
    assert LIMITS.admits(LIGHT)


@pytest.mark.parametrize("path", sorted(set(PACKAGE.rglob("*.py")) - HOMES), ids=lambda path: path.name)
def test_the_program_makes_no_cost_or_bounds_of_its_own(path: Path) -> None:
    calls = [node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    names = {
        call.id if isinstance(call, ast.Name) else call.attr
        for call in calls
        if isinstance(call, ast.Name | ast.Attribute)
    }
    assert names.isdisjoint({"Cost", "Bounds"})


def test_bounds_leave_argon2_the_memory_its_lanes_need() -> None:
    assert not Bounds(least_kib=8).admits(Cost(memory_kib=64, passes=1, lanes=16))


def test_too_little_memory_is_told_with_the_amount(monkeypatch: pytest.MonkeyPatch) -> None:
    from cryptography.hazmat.primitives.kdf import argon2

    class Full:
        def __init__(self, **_: object) -> None: ...

        def derive(self, _: bytes) -> bytes:
            raise MemoryError

    monkeypatch.setattr(argon2, "Argon2id", Full)
    with pytest.raises(MemoryShort) as caught:
        stretch("en lugn morgon", b"s" * 16, STRONG)
    assert caught.value.params == {"mib": 256}
