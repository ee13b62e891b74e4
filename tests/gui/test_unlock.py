"""The lock: whom it offers, what it says when the key file is not there, and that it waits for the store to close."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from misam_desktop.gui.driver import Driver
from misam_desktop.gui.opening import Opening
from misam_desktop.gui.unlock import UnlockPage
from misam_desktop.keys.key_file import path_beside
from misam_desktop.vault import Vault


def the_lock(driver: Driver) -> UnlockPage:
    page = driver.window.page
    assert isinstance(page, UnlockPage)
    return page


def test_it_offers_those_whom_the_key_file_names(founded: Path, open_window: Callable[[Path | None], Driver]) -> None:
    page = the_lock(open_window(founded))
    assert [page.who.itemText(number) for number in range(page.who.count())] == ["jonas", "karin"]
    assert page.primary.isEnabled()


def test_without_the_key_file_it_says_so_and_offers_nobody(
    founded: Path, open_window: Callable[[Path | None], Driver]
) -> None:
    path_beside(founded).unlink()
    page = the_lock(open_window(founded))
    assert page.banner.text.startswith("Nyckelfilen prov.misam.nycklar saknas.")
    assert (page.who.count(), page.primary.isEnabled()) == (0, False)


def test_the_files_are_not_looked_at_until_the_store_is_closed(
    as_karin: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look at a store that this process has open would let go of its locks."""
    done: list[str] = []
    close, logins = Vault.close, Opening.logins

    def closes(vault: Vault) -> None:
        close(vault)
        done.append("closed")

    def looks(opening: Opening, store: Path) -> list[str]:
        done.append("looked")
        return logins(opening, store)

    monkeypatch.setattr(Vault, "close", closes)
    monkeypatch.setattr(Opening, "logins", looks)
    as_karin.work.lock()
    as_karin.settle()
    assert done == ["closed", "looked"]
