"""How a SIP is spoken of on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from misam_desktop.domain.sip import LetterState, PartyKind, SipParty, SipState
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.withheld import said
from misam_desktop.wording import how_many
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.domain.codes import InfoKind
    from misam_desktop.queries.desk import Desk

STATE_TONES = {
    SipState.NEED: Tone.AMBER,
    SipState.PREPARED: Tone.PLAIN,
    SipState.CALLED: Tone.PLAIN,
    SipState.PLANNED: Tone.PLAIN,
    SipState.FOLLOWED: Tone.GREEN,
    SipState.ENDED: Tone.MUTED,
}
LETTER_TONES = {LetterState.DUE: Tone.AMBER, LetterState.SENT: Tone.GREEN, LetterState.OLD: Tone.RED}


def days_words(days: int, *, waits: bool) -> str:
    """«3 dagar», «Har väntat 3 dagar»."""
    words = how_many(days, tr("dag"), tr("dagar"))
    return tr("Har väntat {days}").format(days=words) if waits else words


def who(desk: Desk, party: SipParty, *, kinds: frozenset[InfoKind]) -> str:
    """«Försäkringskassan», «Personen själv», «Närstående: Mamma»."""
    if party.unit_id is not None:
        return desk.unit(party.unit_id)
    if party.kind is PartyKind.PERSONEN:
        return word_for(party.kind)
    return f"{word_for(party.kind)}: {said(party, 'name', party.name, kinds=kinds)}"
