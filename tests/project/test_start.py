"""The newcomer's door: what it does once, what it says where it cannot go on, and the exit code it gives."""

from __future__ import annotations

import ast
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.project.worlds import ROOT, project
from tests.project.worlds import start as load_start

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.fixture
def start() -> ModuleType:
    """The script as a module of this test's own."""
    return load_start()


@pytest.fixture
def ready(start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script with this test's Python as an environment that is already made, on a system that has everything."""
    monkeypatch.setattr(start, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(start, "STAMP", tmp_path / "installed")
    monkeypatch.setattr(start, "LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(start, "missing", lambda _: [])
    start.LOCK.write_text("nothing-of-the-kind\n", encoding="utf-8")  # without a hash: pip refuses it unasked
    start.put_stamp(start.fingerprint())
    return start


class Runs(list[str]):
    """Commands that were run, as one line each; those that hold ``failing`` fail with 3."""

    failing = "nothing"

    def __call__(self, *command: str | Path, **variables: str) -> int:
        line = " ".join(str(word) for word in command[1:])
        self.append(line)
        return 3 if self.failing in line else 0


@pytest.fixture
def runs(ready: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Runs:
    """What the script runs, written down instead."""
    written = Runs()
    monkeypatch.setattr(ready, "run", written)
    return written


def test_it_uses_the_standard_library_alone() -> None:
    tree = ast.parse((ROOT / "packaging" / "start.py").read_text(encoding="utf-8"))
    imports = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    imports += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert {name.partition(".")[0] for name in imports} <= sys.stdlib_module_names


def test_an_older_python_can_read_it_and_is_told(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    ast.parse((ROOT / "packaging" / "start.py").read_text(encoding="utf-8"), feature_version=(3, 8))
    monkeypatch.setattr(start, "LEAST", (3, 99))
    with pytest.raises(start.Stop, match=r"men 3\.99 eller nyare behövs"):
        start.need_python()


def test_it_asks_for_the_python_that_the_project_asks_for(start: ModuleType) -> None:
    assert project()["project"]["requires-python"] == f">={'.'.join(map(str, start.LEAST))}"


@pytest.mark.parametrize("words", [["tests"], ["tour"], ["tour", "a", "b"], ["test", "-q"]], ids=" ".join)
def test_a_wrong_word_shows_how_it_is_used(
    start: ModuleType, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert start.main(words) == 2
    assert "start.py tour MAPP" in capsys.readouterr().err


def test_a_second_start_installs_nothing(ready: ModuleType, runs: Runs) -> None:
    ready.ensure_environment()
    assert runs == []


@pytest.mark.parametrize("changed", ["LOCK", "ROOT"])
def test_another_lock_or_place_installs_anew(
    ready: ModuleType, runs: Runs, changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (tmp_path / "other.lock").write_text("another\n", encoding="utf-8")
    monkeypatch.setattr(ready, changed, tmp_path / ("other.lock" if changed == "LOCK" else ""))
    ready.ensure_environment()
    assert ["--require-hashes" in line for line in runs] == [True, False]
    assert runs[1].endswith(f"--no-deps --no-build-isolation -e {ready.ROOT}")


def test_what_was_broken_off_is_not_taken_for_done(ready: ModuleType, runs: Runs) -> None:
    ready.LOCK.write_text("another\n", encoding="utf-8")
    runs.failing = "install"
    with pytest.raises(ready.Stop):
        ready.ensure_environment()
    assert not ready.STAMP.exists()


def test_a_failing_install_ends_with_its_code_and_what_to_do(
    ready: ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    ready.STAMP.unlink()
    assert ready.main(["tour", "bilder"]) == 1
    assert capfd.readouterr().err.rstrip().endswith("kör samma kommando igen när den är avhjälpt.")


def test_without_a_screen_it_points_at_the_tour(
    ready: ModuleType, runs: Runs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ready, "ON_LINUX", True)
    for name in SCREENS:
        monkeypatch.delenv(name, raising=False)
    assert ready.main([]) == 1
    assert capsys.readouterr().err.rstrip().endswith("start.py tour bilder")
    assert runs == []


def test_with_a_screen_it_opens_the_made_up_team(
    ready: ModuleType, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert ready.main([]) == 0
    assert runs == ["-m misam_desktop --demo"]


def test_the_tour_is_told_where_its_folder_lies(ready: ModuleType, runs: Runs) -> None:
    assert ready.main(["tour", "bilder"]) == 0
    assert runs == [f"-m misam_desktop tour {Path('bilder').absolute()}"]


@pytest.mark.parametrize("failing", ["mypy", "coverage report", "-m screen", "--ignore=tests/domain"])
def test_a_failing_check_does_not_stop_the_others_and_is_not_forgotten(
    ready: ModuleType, runs: Runs, failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "ON_LINUX", True)
    assert ready.main(["test"]) == 0
    whole = list(runs)
    runs.clear()
    runs.failing = failing
    assert ready.main(["test"]) != 0
    assert len(runs) == len(whole)
    assert runs[-1] == "-m pytest -n=auto --dist=worksteal --ignore=tests/domain"


def test_the_domain_is_held_to_every_branch(ready: ModuleType, runs: Runs) -> None:
    assert ready.domain_passes()
    assert runs == [
        "-m coverage run --branch --source=misam_desktop/domain -m pytest tests/domain",
        "-m coverage report --fail-under=100",
    ]


def test_what_the_system_lacks_is_one_command(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(start.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(start, "is_here", lambda name: name not in {"libGL.so.1", "Xvfb", "xvfb-run"})
    with pytest.raises(start.Stop, match=r"\n  sudo apt-get install -y libgl1$"):
        start.ensure_system(start.QT, start.X_SERVER)


def test_root_on_debian_is_not_asked(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    absent, ran = {"libGL.so.1", "Xvfb", "xvfb-run"}, Runs()
    monkeypatch.setattr(start.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(start.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(start, "is_here", lambda name: name not in absent or len(ran) == 2)
    monkeypatch.setattr(start, "run", ran)
    start.ensure_system(start.QT, start.X_SERVER)
    assert ran == ["-q update", "-q install -y --no-install-recommends libgl1 xvfb"]


def test_elsewhere_what_is_lacking_is_named(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start.shutil, "which", lambda _: None)
    assert start.how_to_install(start.QT, ["libGL.so.1"]).endswith("försök igen: libGL.so.1")


def test_a_library_is_looked_for_by_loading_it(start: ModuleType) -> None:
    assert not start.is_here("libfinns-inte.so.9")
    assert start.is_here("ensurepip")


def test_the_exit_code_is_passed_on_and_a_signal_told_as_shells_do(start: ModuleType) -> None:
    assert start.run(sys.executable, "-c", "raise SystemExit(7)") == 7
    if os.name != "nt":
        assert start.run(sys.executable, "-c", "import os; os.kill(os.getpid(), 15)") == 128 + 15


def test_the_callers_own_python_paths_are_left_out(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "somewhere")
    assert start.run(sys.executable, "-c", "import os; raise SystemExit('PYTHONPATH' in os.environ)") == 0
