"""What a page says in the place of something that its reader may not read: never a blank, and never a wrong value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from misam_desktop.domain.gate import withheld
from misam_desktop.gui.text import tr

if TYPE_CHECKING:
    from misam_desktop.domain.codes import InfoKind


def outside_consent() -> str:
    """What stands there instead."""
    return tr("Ingår inte i samtycket")


def said(value: object, name: str, words: str, *, kinds: frozenset[InfoKind]) -> str:
    """The words for one field of a value, if its reader may read these kinds."""
    return outside_consent() if withheld(type(value), name, kinds) else words
