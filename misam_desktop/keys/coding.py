"""The key file as bytes: JSON with one spelling for each value, a format number and a checksum.

The checksum tells an accident (*damaged*) from a wrong password; it stops nobody. What stops a forger is the
fingerprint under the store key, which ``key_file`` looks at when the file is unlocked.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, field
from typing import Any

from misam_desktop.domain.ids import UserId
from misam_desktop.keys.errors import KeyFileDamaged, KeyFileForeign, KeyFileTooNew
from misam_desktop.keys.primitives import (
    KEY_BYTES,
    LIMITS,
    LOCKED_EXTRA_BYTES,
    SALT_BYTES,
    SEALED_EXTRA_BYTES,
    Bounds,
    Cost,
)
from misam_desktop.keys.slots import FORMAT, Slot

KIND = "misam-nycklar"
_SIZES = {
    "salt": SALT_BYTES,
    "public": KEY_BYTES,
    "wrapped_private": KEY_BYTES + LOCKED_EXTRA_BYTES,
    "sealed_key": KEY_BYTES + SEALED_EXTRA_BYTES,
}
_FINGERPRINT_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """All slots of one store. ``revision`` grows with every change, so that of two copies the newer is known."""

    store_id: str
    revision: int = 0
    slots: tuple[Slot, ...]
    fingerprint: bytes = field(repr=False, default=b"")


def to_bytes(file: KeyFile) -> bytes:
    """The file's content; a copy is kept inside the store."""
    data = _as_data(file)
    return json.dumps(data | {"checksum": _checksum(data)}, indent=1, sort_keys=True).encode() + b"\n"


def from_bytes(content: bytes, *, store_id: str | None = None, bounds: Bounds = LIMITS) -> KeyFile:
    """A key file out of its content; with ``store_id``, only that store's.

    Raises KeyFileDamaged (also when a cost is out of bounds), KeyFileTooNew, KeyFileForeign.
    """
    try:
        data = _checked(content)
        file = _file_from(data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise KeyFileDamaged from error
    if canonical(_as_data(file)) != canonical(data) or not _is_sound(file, bounds):
        raise KeyFileDamaged
    if store_id is not None and file.store_id != store_id:
        raise KeyFileForeign
    return file


def signed_part(file: KeyFile) -> bytes:
    """What the fingerprint covers: everything but itself."""
    data = _as_data(file)
    del data["fingerprint"]
    return canonical(data)


def canonical(data: object) -> bytes:
    """The one spelling of a value in JSON."""
    return json.dumps(data, sort_keys=True, separators=(",", ":")).encode()


def _checked(content: bytes) -> dict[str, Any]:
    # kind, format number and checksum mean the same in every format, so that one from the future is told from a
    # damaged one
    data: dict[str, Any] = json.loads(content.decode())
    checksum = data.pop("checksum")
    if checksum != _checksum(data) or data["kind"] != KIND:
        raise ValueError("checksum")
    if _whole(data["format"]) > FORMAT:
        raise KeyFileTooNew
    return data


def _checksum(data: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(data)).hexdigest()


def _as_data(file: KeyFile) -> dict[str, Any]:
    slots = [{name: _spelled(value) for name, value in asdict(slot).items()} for slot in file.slots]
    return {
        "kind": KIND,
        "format": FORMAT,
        "store_id": file.store_id,
        "revision": file.revision,
        "slots": slots,
        "fingerprint": _spelled(file.fingerprint),
    }


def _spelled(value: Any) -> Any:
    return b64encode(value).decode() if isinstance(value, bytes) else value


def _file_from(data: dict[str, Any]) -> KeyFile:
    return KeyFile(
        store_id=_text(data["store_id"]),
        revision=_whole(data["revision"]),
        slots=tuple(_slot_from(entry) for entry in data["slots"]),
        fingerprint=_octets(data["fingerprint"], _FINGERPRINT_BYTES),
    )


def _slot_from(entry: dict[str, Any]) -> Slot:
    cost = entry["cost"]
    return Slot(
        user_id=UserId(_text(entry["user_id"])),
        login=_text(entry["login"]),
        cost=None if cost is None else Cost(**{name: _whole(value) for name, value in cost.items()}),
        **{name: _octets(entry[name], size) for name, size in _SIZES.items()},
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    value.encode()  # a lone surrogate is a ValueError
    return value


def _whole(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError("whole number expected")
    return value


def _octets(value: object, size: int) -> bytes:
    octets = b64decode(_text(value), validate=True)
    if len(octets) != size:
        raise ValueError("size")
    return octets


def _is_sound(file: KeyFile, bounds: Bounds) -> bool:
    users = [slot for slot in file.slots if slot.cost is not None]
    papers = [slot for slot in file.slots if slot.cost is None]
    return (
        len(papers) == 1
        and not papers[0].user_id
        and all(slot.user_id and slot.cost and bounds.admits(slot.cost) for slot in users)
        and len({slot.user_id for slot in users}) == len(users)
    )
