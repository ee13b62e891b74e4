"""What the contracts of imports cannot see: what is loaded when the program runs, and a layer they leave out."""

from __future__ import annotations

import pytest

from tests.project.worlds import ROOT, printed_by, project

HEAVY = ("PySide6", "sqlalchemy", "sqlcipher3", "alembic", "cryptography", "keyring", "reportlab", "pikepdf")
KNOWS_QT = {"gui", "app", "__main__"}
LOADED = "print([name for name in {names!r} if name in sys.modules])"


def test_the_domain_loads_nothing_heavy() -> None:
    names = sorted(path.stem for path in (ROOT / "misam_desktop" / "domain").glob("*.py") if path.stem != "__init__")
    imports = "; ".join(f"import misam_desktop.domain.{name}" for name in names)
    assert printed_by(f"import sys; {imports}; {LOADED.format(names=HEAVY)}") == "[]"


@pytest.mark.parametrize(
    "words", [["report", "--help"], ["--help"], ["verify", "--store", "finns-inte.misam"]], ids=str
)
def test_the_command_line_never_loads_qt(words: list[str]) -> None:
    code = f"import sys; from misam_desktop.app import main; main({words!r}); {LOADED.format(names=('PySide6',))}"
    assert printed_by(code).splitlines()[-1] == "[]"


def test_every_part_but_the_windows_stands_in_the_contract_about_qt() -> None:
    contracts = project()["tool"]["importlinter"]["contracts"]
    [qt] = [
        one
        for one in contracts
        if "PySide6" in one.get("forbidden_modules", []) and "misam_desktop.cli" in one["source_modules"]
    ]
    parts = {path.stem for path in (ROOT / "misam_desktop").iterdir() if path.suffix == ".py" or path.is_dir()}
    named = {name.removeprefix("misam_desktop.") for name in qt["source_modules"]}
    assert parts - {"__init__", "__pycache__"} - KNOWS_QT == named
