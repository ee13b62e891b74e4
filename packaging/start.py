"""The newcomer's door: makes ``.venv`` from the lock, then opens the demo team, runs every test or takes pictures.

Only the standard library is used, since nothing else is installed yet, and only syntax that a Python older than the
one needed can read, so that it is told what is wrong. Which packages pip finds, and where, is the machine's own affair.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

USAGE = """Så här används den:

  {start}             öppnar programmet med ett påhittat arbetslag
  {start} test        kör alla kontroller och alla tester
  {start} tour MAPP   sparar en bild av varje vy i MAPP

Första gången skapas .venv och allt som behövs läggs där. Det tar ett par minuter."""

LEAST = (3, 11)
ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "packaging" / "requirements.lock"
STAMP = VENV / "installed"
START = f"{'py' if os.name == 'nt' else 'python3'} {Path('packaging', 'start.py')}"
ON_LINUX = sys.platform.startswith("linux")

# What is looked for on Linux → the Debian package that has it: a shared library, a program or a module of Python.
ENVIRONMENT = {"ensurepip": "python3-venv"}
QT = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libbrotlidec.so.1": "libbrotli1",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
SCREEN = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-randr.so.0": "libxcb-randr0",
}
X_SERVER = {"Xvfb": "xvfb", "xvfb-run": "xvfb", "xauth": "xauth"}
SPREADSHEET = {"soffice": "libreoffice-calc-nogui"}


class Stop(Exception):
    """It goes no further: a sentence that says what to do, and the exit code."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


class Check(NamedTuple):
    """One thing that ``test`` runs: what it is called, and what the environment's Python is given."""

    name: str
    words: tuple[str, ...]


CHECKS = (
    Check("Ruff, regler", ("-m", "ruff", "check")),
    Check("Ruff, utseende", ("-m", "ruff", "format", "--check")),
    Check("Mypy", ("-m", "mypy")),
    Check("Lagren", ("-c", "from importlinter.cli import lint_imports_command as check; check()", "--no-logo")),
)


def main(words: Sequence[str]) -> int:
    """Do what was asked for, and give the exit code of it."""
    if not is_asked_right(words):
        wants_help = words[0] in {"-h", "--help"}
        print(USAGE.format(start=START), file=sys.stdout if wants_help else sys.stderr)
        return 0 if wants_help else 2
    try:
        need_python()
        if not words:
            return demo()
        return test() if words[0] == "test" else tour(Path(words[1]))
    except Stop as stop:
        say(f"\n{stop}", to_error=True)
        return stop.code
    except KeyboardInterrupt:
        say("\nAvbrutet. Kör samma kommando igen för att fortsätta.", to_error=True)
        return 130


def is_asked_right(words: Sequence[str]) -> bool:
    """Whether the words are one of the three ways to ask."""
    return not words or list(words) == ["test"] or (len(words) == 2 and words[0] == "tour")


def need_python() -> None:
    """Stop under a Python that is too old."""
    if sys.version_info < LEAST:
        least, this = (".".join(map(str, version[:2])) for version in (LEAST, sys.version_info))
        raise Stop(f"Det här är Python {this}, men {least} eller nyare behövs. Installera det och kör igen.")


def demo() -> int:
    """Open the program on a made-up team, where there is a screen."""
    prepare(needed={**QT, **(SCREEN if has_screen() else {})})
    if not has_screen():
        raise Stop(
            "Allt är installerat, men här finns ingen skärm (varken DISPLAY eller WAYLAND_DISPLAY är satt), så "
            f"programmet kan inte öppnas.\nSe det i bilder i stället: {START} tour bilder"
        )
    heading("Öppnar programmet med ett påhittat arbetslag")
    return run(PYTHON, "-m", "misam_desktop", "--demo")


def tour(folder: Path) -> int:
    """Take a picture of every view; no screen is needed."""
    prepare(needed=QT)
    heading(f"Sparar bilder i {folder}")
    return run(PYTHON, "-m", "misam_desktop", "tour", str(folder.absolute()), QT_QPA_PLATFORM="offscreen")


def test() -> int:
    """Run every check and test to its end; what pytest says of the last and largest part comes last."""
    prepare(needed=QT, welcome={**SCREEN, **X_SERVER, **SPREADSHEET})
    failed = [check.name for check in CHECKS if not passes(check.name, PYTHON, *check.words)]
    failed += [] if domain_passes() else ["Domänens tester och grenar"]
    failed += [] if real_screen_passes() else ["Riktig skärm"]
    heading("Övriga tester")
    if failed:
        say(f"OBS! Redan underkänt, och räknas i slutet: {', '.join(failed)}.")
    code = run(
        PYTHON, "-m", "pytest", "-n=auto", "--dist=worksteal", "--ignore=tests/domain", QT_QPA_PLATFORM="offscreen"
    )
    return code or (1 if failed else 0)


def domain_passes() -> bool:
    """Whether the domain's tests pass and reach every branch of it."""
    with tempfile.TemporaryDirectory() as folder:
        measured = {"COVERAGE_FILE": str(Path(folder, "coverage"))}
        tests = ("-m", "coverage", "run", "--branch", "--source=misam_desktop/domain", "-m", "pytest", "tests/domain")
        report = ("-m", "coverage", "report", "--fail-under=100")
        return passes("Domänens tester", PYTHON, *tests, **measured) and passes(
            "Domänens grenar", PYTHON, *report, **measured
        )


def real_screen_passes() -> bool:
    """Whether the few tests marked ``screen`` pass under an X server; without one on this machine they are left out."""
    if not ON_LINUX or missing({**SCREEN, **X_SERVER}):
        say("\nTesterna på riktig skärm hoppas över: ingen X-server (Xvfb) finns här.")
        return True
    server = ("xvfb-run", "--auto-servernum", "--server-args=-screen 0 1280x800x24")
    return passes("Riktig skärm", *server, PYTHON, "-m", "pytest", "-m", "screen", QT_QPA_PLATFORM="xcb")


def passes(name: str, *command: str | Path, **variables: str) -> bool:
    """Run one check under a heading, and tell how it went and how long it took."""
    heading(name)
    began = time.monotonic()
    code = run(*command, **variables)
    say(f"{name}: {'godkänt' if code == 0 else f'underkänt ({code})'}, {time.monotonic() - began:.0f} s")
    return code == 0


def prepare(*, needed: Mapping[str, str], welcome: Mapping[str, str] | None = None) -> None:
    """See to the system's packages and to ``.venv``; ``welcome`` is installed where it may, but not insisted on."""
    if ON_LINUX:
        ensure_system({**({} if works() else ENVIRONMENT), **needed}, welcome or {})
    with one_at_a_time():
        ensure_environment()


def has_screen() -> bool:
    """Whether a window can be shown; somebody who has chosen a platform for Qt knows best."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not ON_LINUX or any(os.environ.get(name) for name in names)


def ensure_system(needed: Mapping[str, str], welcome: Mapping[str, str]) -> None:
    """Install what the system lacks as root on Debian and its kin; elsewhere say what to install, once, and stop."""
    absent = [*missing(needed), *missing(welcome)]
    if absent and os.geteuid() == 0 and shutil.which("apt-get"):
        install({**needed, **welcome}, absent)
    if lacking := missing(needed):
        raise Stop(how_to_install(needed, lacking))


def install(packages: Mapping[str, str], names: Sequence[str]) -> None:
    """Let apt fetch the packages; whether it succeeded is seen by looking for what they hold."""
    wanted = sorted({packages[name] for name in names})
    heading(f"Installerar systempaket: {' '.join(wanted)}")
    run("apt-get", "-q", "update")
    run("apt-get", "-q", "install", "-y", "--no-install-recommends", *wanted, DEBIAN_FRONTEND="noninteractive")


def how_to_install(packages: Mapping[str, str], names: Sequence[str]) -> str:
    """The one command that installs what is lacking, or its names where the command is not known."""
    if shutil.which("apt-get"):
        wanted = sorted({packages[name] for name in names})
        return f"Systempaket saknas. Kör det här och försök igen:\n\n  sudo apt-get install -y {' '.join(wanted)}"
    return f"Det här saknas i systemet. Installera det med systemets pakethanterare och försök igen: {', '.join(names)}"


def missing(packages: Mapping[str, str]) -> list[str]:
    """What is looked for and not found."""
    return [name for name in packages if not is_here(name)]


def is_here(name: str) -> bool:
    """Whether the library loads, the module is there or the program is on the path."""
    if name in ENVIRONMENT:
        importlib.invalidate_caches()
        return importlib.util.find_spec(name) is not None
    if ".so" not in name:
        return shutil.which(name) is not None
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let others who start meanwhile wait; a lock on the list of packages itself leaves no file behind."""
    with LOCK.open("rb") as handle:
        if sys.platform == "win32":
            import msvcrt

            handle.seek(1 << 30)  # far behind the end: Windows keeps others from reading what is locked
            while True:
                try:
                    msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:  # it gives up after ten seconds
                    continue
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def ensure_environment() -> None:
    """Make ``.venv`` what the lock says, unless it is already."""
    wanted = fingerprint()
    whole = works()
    if whole and STAMP.is_file() and STAMP.read_text(encoding="ascii") == wanted:
        return
    STAMP.unlink(missing_ok=True)  # what is half done must not pass for done
    if not whole:
        step("1 av 3: skapar .venv", sys.executable, "-m", "venv", "--clear", VENV)
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "install")
    step("2 av 3: hämtar och installerar paketen", *pip, "--require-hashes", "-r", LOCK)
    step("3 av 3: installerar programmet", *pip, "--quiet", "--no-deps", "--no-build-isolation", "-e", ROOT)
    put_stamp(wanted)


def fingerprint() -> str:
    """What the environment is made from: the lock, the project's own description, and where it lies."""
    parts = (LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), os.fsencode(ROOT))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def works() -> bool:
    """Whether ``.venv`` has a Python that starts, is new enough, and has pip."""
    probe = f"import pip, sys; sys.exit(sys.version_info < {LEAST})"
    try:
        return subprocess.run((PYTHON, "-c", probe), stderr=subprocess.DEVNULL, check=False, cwd=ROOT).returncode == 0
    except OSError:
        return False


def put_stamp(text: str) -> None:
    """Write the stamp whole or not at all."""
    half = STAMP.with_suffix(".half")
    half.write_text(text, encoding="ascii")
    half.replace(STAMP)


def step(name: str, *command: str | Path) -> None:
    """Run what the next step cannot do without. Raises Stop."""
    heading(f"Steg {name}")
    if code := run(*command):
        raise Stop("Det gick inte. Orsaken står här ovanför; kör samma kommando igen när den är avhjälpt.", code)


def run(*command: str | Path, **variables: str) -> int:
    """Run a command in the checkout, free from the caller's own Python paths, and give its exit code."""
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    code = subprocess.run(command, cwd=ROOT, env={**environment, **variables}, check=False).returncode
    return code if code >= 0 else 128 - code  # ended by a signal: as a shell tells it


def heading(text: str) -> None:
    """A line that shows how far it has come."""
    say(f"\n== {text} ==")


def say(text: str, *, to_error: bool = False) -> None:
    """A line at once, so that it stands before what the next command prints."""
    print(text, file=sys.stderr if to_error else sys.stdout, flush=True)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without å must not end it
    sys.exit(main(sys.argv[1:]))
