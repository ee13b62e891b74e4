"""The register of the NAFS teams' meetings out of the program: figures of meetings, nothing about any person."""

from __future__ import annotations

from misam_desktop.commands.disclosures import why_exported
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Act, ExportPurpose
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import To, must_suit
from misam_desktop.queries.nafs_ledger import KeptRow, kept_meetings
from misam_desktop.vault import Tx, command


@command("nafs.meetings_exported", needs=May.LEAD_MEETING, touches=(), proves=True)
def export_meetings(tx: Tx, *, to: To, purpose: ExportPurpose) -> list[KeptRow]:
    """Every meeting of the teams that the actor leads. Raises NotFound when there is none, WayUnsuited."""
    must_suit(Act.EXPORT, [to])
    tx.about("", purpose=why_exported(tx, purpose, to))
    found = kept_meetings(tx)
    if not found:
        raise NotFound
    return found
