"""Text för egen akt: what one authority files of a NAFS meeting in its own system, on paper or copied (process.md §3).

It names the person, as far as the gate has let through; what is withheld comes in with the words for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from misam_desktop.documents.agenda import Occasion
from misam_desktop.documents.case_sheet import case_sheet
from misam_desktop.documents.consents import Frame
from misam_desktop.documents.extracts import Section
from misam_desktop.documents.minutes import NO_ANSWER, Agreed, Answer, agreed_words, feedback_words
from misam_desktop.documents.paper import Paper
from misam_desktop.wording import day_long, iso

TITLE = "Text för egen akt"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFileFacts:
    """One case of one meeting, for one unit's file; ``took_part`` are the units that spoke of it.

    ``consent_from`` is the day from which the consent holds. Without name and number, the file says who it is.
    """

    occasion: Occasion
    name: str = ""
    number: str = ""
    consent_from: date | None = None
    took_part: tuple[str, ...]
    raised_by: str
    answers: tuple[Answer, ...]
    agreed: Agreed


def own_file(facts: OwnFileFacts) -> tuple[Section, ...]:
    """What is filed, section by section; ``case_sheet.sheet_text`` makes plain text of it."""
    occasion = facts.occasion
    consent = f"Gäller från {iso(facts.consent_from)}" if facts.consent_from else ""
    sections = (
        Section("Person", (("Namn", facts.name), ("Personnummer", facts.number))),
        Section(
            occasion.called,
            (
                ("Team", occasion.team),
                ("Dag", day_long(occasion.on)),
                ("Deltog", ", ".join(facts.took_part)),
                ("Aktualiserad av", facts.raised_by),
                ("Samtycke", consent),
            ),
        ),
        *(
            Section(f"Fråga till {one.unit}", (("Fråga", one.question), ("Svar", one.answer or NO_ANSWER)))
            for one in facts.answers
        ),
        Section("Överenskommet", (*agreed_words(facts.agreed), *feedback_words(facts.agreed, occasion.on))),
    )
    filled = (Section(one.heading, tuple(pair for pair in one.pairs if pair[1])) for one in sections)
    return tuple(one for one in filled if one.pairs)


def own_file_paper(sections: Sequence[Section], frame: Frame) -> Paper:
    """The same as a paper; its title names nobody."""
    return case_sheet(sections, frame, title=TITLE)
