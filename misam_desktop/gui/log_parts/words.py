"""How one entry of the log is said: what was done and why, and whether it was let through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from misam_desktop.domain.codes import EntryKind
from misam_desktop.gui.theme import Tone
from misam_desktop.wording import entry_words
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace
    from misam_desktop.queries.log_page import LogLine

_TONES = {EntryKind.REFUSED: Tone.RED, EntryKind.HANDED_OVER: Tone.AMBER, EntryKind.CHANGED: Tone.GREEN}


def what(line: LogLine) -> str:
    """«Granskade en händelse · Stickprov, Utan anmärkning»."""
    return entry_words(line.action, line.purpose)


def kind(line: LogLine) -> str:
    """«✓ Läst», «✕ Nekat»."""
    sign = "✕" if line.kind is EntryKind.REFUSED else "✓"
    return f"{sign} {word_for(line.kind)}"


def tone(line: LogLine) -> Tone:
    """The colour of the same."""
    return _TONES.get(line.kind, Tone.PLAIN)


def open_line(work: Workspace, line: LogLine) -> None:
    """Open the case that an entry is about, if there is one that may be opened; the door decides again."""
    work.open_any(
        episode_id=line.episode_id, referral_id=line.referral_id, nafs_case_id=line.nafs_case_id, sip_id=line.sip_id
    )
