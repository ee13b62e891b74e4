"""What is written of one case after a NAFS meeting: for the own unit's file, and to the person."""

from __future__ import annotations

from misam_desktop.commands.disclosures import given_to
from misam_desktop.documents.phrases import Language
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Act
from misam_desktop.domain.gate import OWN_FILES, must_suit
from misam_desktop.domain.ids import AgendaItemId
from misam_desktop.domain.scope import deciding
from misam_desktop.queries.nafs_letters import PERSON, Filed, Letter, filed, letter, to_file, to_person
from misam_desktop.store import rows, subjects
from misam_desktop.vault import Topic, Tx, command


@command("minutes.filed", needs=May.READ_CASE, touches=Topic.CONSENTS)
def file_item(tx: Tx, item_id: AgendaItemId, *, act: Act) -> Filed:
    """Take the text for the own unit's file of one case of a closed meeting, as far as the unit may read it.

    Raises NotFound, MeetingNotClosed, WayUnsuited.
    """
    must_suit(act, [OWN_FILES])
    _about_item(tx, item_id)
    found = to_file(tx, item_id)
    consent = deciding(subjects.of_nafs_case(tx.conn, found.case).consents, found.case.purpose, tx.today)
    given_to(tx, found.case, OWN_FILES, consent, act=act, kinds=found.kinds, meeting_id=found.meeting.id)
    return filed(tx, found)


@command("feedback.letter_made", needs=May.GIVE_FEEDBACK, touches=Topic.CONSENTS)
def write_feedback(tx: Tx, item_id: AgendaItemId, *, language: Language, large: bool = False, told: str = "") -> Letter:
    """Make the letter that tells the person what a closed meeting answered. Raises NotFound, MeetingNotClosed."""
    _about_item(tx, item_id)
    found = to_person(tx, item_id)
    given_to(tx, found.case, PERSON, None, act=Act.UTSKRIFT, kinds=found.kinds, meeting_id=found.meeting.id)
    paper = letter(tx, found, language, large=large, told=told)
    return Letter(paper=paper, language=language, large=large, told=told)


def _about_item(tx: Tx, item_id: AgendaItemId) -> None:
    """What the log names: the item, and whom it concerns."""
    item = rows.agenda_items.get(tx.conn, item_id)
    if item.case_id is not None:
        tx.about(item.id, rows.nafs_cases.get(tx.conn, item.case_id).person_id)
