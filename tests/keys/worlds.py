"""Key files for the tests: cheap to open, otherwise like real ones."""

from __future__ import annotations

from dataclasses import dataclass

from misam_desktop.domain.ids import UserId
from misam_desktop.keys.key_file import KeyFile, StoreKey, add_user, from_bytes, new_key_file
from misam_desktop.keys.primitives import Bounds, Cost, random_key
from misam_desktop.keys.recovery import new_recovery_key

WEAK = Cost(memory_kib=64, passes=1, lanes=1)
WEAK_BOUNDS = Bounds(least_kib=32)
STORE_ID = "lager-1"
KARIN, JONAS = UserId("u-karin"), UserId("u-jonas")
KARINS_PASSWORD = "en lugn morgon vid älven"
JONAS_PASSWORD = "tre vantar under granen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """A key file for Karin and Jonas, and what opens it."""

    file: KeyFile
    key: StoreKey
    recovery_text: str


def make_keys(store_id: str = STORE_ID) -> Keys:
    """A fresh store key, kept for Karin, Jonas and the paper."""
    key, paper = StoreKey(random_key()), new_recovery_key()
    file = new_key_file(store_id, key, recovery_text=paper)
    file = add_user(file, key, user_id=KARIN, login="karin", password=KARINS_PASSWORD, cost=WEAK)
    file = add_user(file, key, user_id=JONAS, login="jonas", password=JONAS_PASSWORD, cost=WEAK)
    return Keys(file=file, key=key, recovery_text=paper)


def reread(content: bytes, *, store_id: str | None = None) -> KeyFile:
    """Content read as the program reads it, weak slots allowed."""
    return from_bytes(content, store_id=store_id, bounds=WEAK_BOUNDS)
