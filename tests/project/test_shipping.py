"""What is installed is locked and told of, and what is shipped is whole."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.project.worlds import ROOT, printed_by, project

REQUIREMENT = re.compile(
    r"^([a-z0-9-]+)==([^\s;]+)(?: ; [^\\]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M
)


def plain(name: str) -> str:
    """A package's name as pip compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def dependencies() -> list[str]:
    """What the project asks for by name, to run and to develop."""
    described = project()["project"]
    asked = [*described["dependencies"], *described["optional-dependencies"]["dev"]]
    return [re.split(r"[<>=!~ \[;]", one, maxsplit=1)[0] for one in asked]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel as it is built for others."""
    [built] = WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])
    return zipfile.ZipFile(built)


def test_every_locked_package_has_its_hashes() -> None:
    text = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    begun = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(REQUIREMENT.findall(text)) == len(begun) > 0


@pytest.mark.parametrize("name", dependencies())
def test_a_dependency_is_locked(name: str) -> None:
    text = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    assert plain(name) in {locked for locked, _, _ in REQUIREMENT.findall(text)}


@pytest.mark.parametrize("name", dependencies())
def test_the_readme_says_what_a_dependency_is_for(name: str) -> None:
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)
    told = {plain(one.strip()): what.strip() for names, what in rows for one in names.split(",")}
    assert told.get(plain(name))


@pytest.mark.parametrize("folder", ["resources", "db"])
def test_what_lies_beside_the_code_is_shipped(folder: str, wheel: zipfile.ZipFile) -> None:
    here = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
    shipped = {name.removeprefix("misam_desktop/_shipped/") for name in wheel.namelist()}
    assert {name for name in here if "__pycache__" not in name} - shipped == set()


def test_only_the_program_is_shipped(wheel: zipfile.ZipFile) -> None:
    strays = [name for name in wheel.namelist() if not name.startswith(("misam_desktop/", "misam_desktop-"))]
    assert strays + [name for name in wheel.namelist() if "__pycache__" in name or name.endswith(".misam")] == []


def test_a_shipped_program_finds_what_ships_with_it(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path)
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from misam_desktop import assets; print(assets.root())"
    assert printed_by(code, cwd=tmp_path) == str(tmp_path / "misam_desktop" / "_shipped")
