"""What a stop of the tour is, and what its parts have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screen import Screen

S = TypeVar("S", bound=Screen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One stop: what is done there, and what its picture is called."""

    act: Callable[[Driver, Path], None]
    name: str = ""
    title: str = ""
    who: str = ""


def here(driver: Driver, kind: type[S]) -> S:
    """The page in sight, of this kind."""
    page = driver.work.here
    assert isinstance(page, kind)
    return page


def enter(login: str) -> Callable[[Driver, Path], None]:
    """Lock, and unlock as somebody of the made-up team."""

    def act(driver: Driver, _aside: Path) -> None:
        if driver.window.work is not None:
            driver.work.lock()
            driver.settle()
        driver.unlock(driver.window.opening.demo_password, login=login)

    return act


def after(act: Callable[[Driver], Any]) -> Callable[[Driver, Path], None]:
    """Close what is in front, then do this."""

    def done(driver: Driver, _aside: Path) -> None:
        if driver.dialog is not None:
            driver.dialog.reject()
            driver.settle()
        act(driver)

    return done


def stop(act: Callable[[Driver, Path], None], name: str, title: str, who: str) -> Stop:
    """A stop with a picture."""
    return Stop(act=act, name=name, title=title, who=who)
