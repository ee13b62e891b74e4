"""The password again, for what takes much out at once: for two minutes, and never by what a keyring remembers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from misam_desktop.commands.register import export_register
from misam_desktop.domain.access import NotPermitted
from misam_desktop.keys.errors import WrongPassword
from misam_desktop.unlocking import unlock
from misam_desktop.vault import PROVEN, ProofNeeded, Vault
from tests.commands.worlds import entries, refused
from tests.conftest import PASSWORD, WEAK_BOUNDS
from tests.vault.worlds import Hands, open_up


@pytest.fixture
def hands(founded: Path) -> Hands:
    return Hands()


@pytest.fixture
def opened(founded: Path, hands: Hands) -> Vault:
    return open_up(founded, clock=hands.clock)


def exports(vault: Vault) -> int:
    return sum(one.action == "register.exported" for one in entries(vault))


def test_the_password_of_the_unlock_holds_for_two_minutes(opened: Vault, hands: Hands) -> None:
    hands.move(PROVEN - timedelta(seconds=1))
    opened.do(export_register())
    hands.move(timedelta(seconds=1))
    with refused(opened, ProofNeeded):
        opened.do(export_register())
    assert exports(opened) == 1


def test_a_clock_that_is_put_back_proves_nothing(opened: Vault, hands: Hands) -> None:
    hands.move(timedelta(seconds=-1))
    with refused(opened, ProofNeeded):
        opened.do(export_register())


def test_given_again_it_holds_again_and_a_wrong_one_does_not(opened: Vault, hands: Hands) -> None:
    hands.move(PROVEN)
    with pytest.raises(WrongPassword):
        opened.prove("inte det rätta lösenordet")
    with refused(opened, ProofNeeded):
        opened.do(export_register())
    opened.prove(PASSWORD)
    opened.do(export_register())
    assert exports(opened) == 1


def test_what_the_keyring_remembers_is_nobody_at_the_keyboard(founded: Path, hands: Hands) -> None:
    vault = unlock(founded, login="karin", password=PASSWORD, clock=hands.clock, bounds=WEAK_BOUNDS, in_person=False)
    with refused(vault, ProofNeeded):
        vault.do(export_register())


def test_who_may_not_is_refused_and_not_asked(founded: Path, hands: Hands) -> None:
    jonas = open_up(founded, "jonas", clock=hands.clock)
    hands.move(PROVEN)
    with refused(jonas, NotPermitted):
        jonas.do(export_register())
