"""The system's keyring, whatever state it is in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any, cast

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordDeleteError

from misam_desktop.keys import ring
from misam_desktop.keys.ring import RingState

HERE = frozenset({__name__})
PASSWORD = "en lugn morgon vid älven"


class Ring(KeyringBackend):
    """A keyring in memory that can be told to fail."""

    priority = -1  # never chosen by itself

    def __init__(self, failure: Exception | None = None) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.failure = failure

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure

    def get_password(self, service: str, username: str) -> str | None:
        self._fail()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._fail()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._fail()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture(autouse=True)
def _own_keyring_back() -> Iterator[None]:
    before: Any = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_a_password_is_remembered_for_its_user_and_store() -> None:
    keyring.set_keyring(Ring())
    assert ring.remember("lager-1", "karin", PASSWORD, trusted=HERE)
    assert ring.remembered_password("lager-1", "karin", trusted=HERE).password == PASSWORD
    assert ring.remembered_password("lager-1", "jonas", trusted=HERE).state is RingState.NOTHING_KEPT
    assert ring.remembered_password("lager-2", "karin", trusted=HERE).password is None


def test_a_forgotten_password_is_gone() -> None:
    keyring.set_keyring(Ring())
    ring.remember("lager-1", "karin", PASSWORD, trusted=HERE)
    assert ring.forget("lager-1", "karin", trusted=HERE)
    assert ring.forget("lager-1", "karin", trusted=HERE).state is RingState.NOTHING_KEPT


@pytest.mark.parametrize("module", [fail, null, chainer], ids=lambda module: str(module.__name__))
def test_no_keyring_is_told_as_absent(module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [])
    keyring.set_keyring(module.ChainerBackend() if module is chainer else module.Keyring())
    assert ring.remembered_password("lager-1", "karin").state is RingState.ABSENT
    assert ring.remember("lager-1", "karin", PASSWORD).state is RingState.ABSENT
    assert ring.forget("lager-1", "karin").state is RingState.ABSENT


def test_a_program_without_the_library_has_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert ring.remembered_password("lager-1", "karin").state is RingState.ABSENT


def test_a_keyring_of_another_make_is_given_no_password() -> None:
    keyring.set_keyring(plaintext := Ring())
    assert ring.remember("lager-1", "karin", PASSWORD).state is RingState.INSECURE
    assert ring.remembered_password("lager-1", "karin").state is RingState.INSECURE
    assert plaintext.kept == {}


def test_in_a_chain_the_systems_own_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    own, chain = Ring(), cast(Any, chainer.ChainerBackend)()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [cast(Any, null.Keyring)(), own])
    keyring.set_keyring(chain)
    ring.remember("lager-1", "karin", PASSWORD, trusted=HERE)
    assert list(own.kept.values()) == [PASSWORD]


@pytest.mark.parametrize(
    ("failure", "state"),
    [
        (KeyringLocked("Karin"), RingState.LOCKED),
        (InitError("Karin"), RingState.LOCKED),
        (NoKeyringError("Karin"), RingState.ABSENT),
        (OSError("Karin"), RingState.FAILED),
        (ZeroDivisionError("Karin"), RingState.FAILED),
    ],
)
def test_a_keyring_that_fails_is_an_answer_without_its_text(failure: Exception, state: RingState) -> None:
    keyring.set_keyring(Ring(failure))
    answer = ring.remembered_password("lager-1", "karin", trusted=HERE)
    assert (answer.password, answer.state, answer.detail) == (None, state, type(failure).__name__)


def test_a_remembered_password_does_not_show_when_printed() -> None:
    assert PASSWORD not in repr(ring.Remembered(PASSWORD, RingState.DONE))
