"""What is written of one case after a NAFS meeting: for the own unit's file, and to the person (process.md §3)."""

from __future__ import annotations

from dataclasses import dataclass

from misam_desktop.documents.case_sheet import sheet_text
from misam_desktop.documents.extracts import Section
from misam_desktop.documents.feedback import FeedbackFacts, feedback_letter
from misam_desktop.documents.own_file import OwnFileFacts, own_file, own_file_paper
from misam_desktop.documents.paper import Paper
from misam_desktop.documents.phrases import Language, language_for
from misam_desktop.domain.access import May
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.codes import InfoKind, Recipient
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import To, leaving, let_through, preview
from misam_desktop.domain.ids import AgendaItemId
from misam_desktop.domain.meeting import Meeting, must_be_closed
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.protection import covered
from misam_desktop.domain.scope import deciding
from misam_desktop.queries.nafs_papers import agreed_of, answers_of, names_of
from misam_desktop.queries.occasions import occasion
from misam_desktop.queries.papers import frame, sender
from misam_desktop.queries.shown import PROTECTED_WORDS, WITHHELD
from misam_desktop.store import rows, subjects
from misam_desktop.vault import Look, query

PERSON = To(recipient=Recipient.PERSONEN)
_IDENTITY = frozenset({InfoKind.GRUNDUPPGIFTER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What is filed of one case: on paper, and the same as text to be copied."""

    paper: Paper
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfMeeting:
    """One case of a closed meeting, and the kinds that may leave of it."""

    item: AgendaItem
    case: NafsCase
    meeting: Meeting
    kinds: frozenset[InfoKind]


@query("minutes.file_previewed", needs=May.READ_CASE)
def own_file_preview(look: Look, item_id: AgendaItemId) -> Filed:
    """The text for the own unit's file as it would be taken now. Raises NotFound, MeetingNotClosed."""
    found = to_file(look, item_id)
    look.opened(found.item.id, found.case.person_id)
    return filed(look, found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The letter as it would leave, and how it was asked for."""

    paper: Paper
    language: Language
    large: bool
    told: str


@query("feedback.letter_previewed", needs=May.GIVE_FEEDBACK)
def feedback_preview(
    look: Look, item_id: AgendaItemId, language: Language | None = None, *, large: bool = False, told: str = ""
) -> Letter:
    """The letter to the person, in the language that suits them unless another is chosen.

    Raises NotFound, MeetingNotClosed.
    """
    found = to_person(look, item_id)
    look.opened(found.item.id, found.case.person_id)
    person = let_through(rows.persons.get(look.conn, found.case.person_id), found.kinds)
    said = language or language_for(person)
    paper = letter(look, found, said, large=large, told=told)
    return Letter(paper=paper, language=said, large=large, told=told)


def to_file(look: Look, item_id: AgendaItemId) -> OfMeeting:
    """What the own unit may file: all that it may read. Raises NotFound, MeetingNotClosed."""
    item, case = _item(look, item_id)
    kinds = look.require(subjects.of_nafs_case(look.conn, case)).kinds
    return _held(look, item, case, kinds)


def to_person(look: Look, item_id: AgendaItemId) -> OfMeeting:
    """What whoever owes the feedback may tell the person. Raises NotFound, MeetingNotClosed."""
    item, case = _item(look, item_id)
    subject = subjects.of_item(look.conn, case, item)
    mine = look.require(subject).kinds
    cells = preview(subject, mine=mine, own_unit_id=look.actor.unit_id, to=[PERSON], today=look.today)
    return _held(look, item, case, leaving(cells, PERSON))


def _held(look: Look, item: AgendaItem, case: NafsCase, kinds: frozenset[InfoKind]) -> OfMeeting:
    meeting = rows.meetings.get(look.conn, item.meeting_id)
    must_be_closed(meeting)
    return OfMeeting(item=item, case=case, meeting=meeting, kinds=kinds)


def _item(look: Look, item_id: AgendaItemId) -> tuple[AgendaItem, NafsCase]:
    """An item of a case. Raises NotFound."""
    item = rows.agenda_items.get(look.conn, item_id)
    if item.case_id is None:
        raise NotFound
    return item, rows.nafs_cases.get(look.conn, item.case_id)


def filed(look: Look, found: OfMeeting) -> Filed:
    """The text and the paper for the own file."""
    sections = _own_file(look, found)
    return Filed(paper=own_file_paper(sections, frame(look)), text=sheet_text(sections))


def _own_file(look: Look, found: OfMeeting) -> tuple[Section, ...]:
    case, meeting, kinds = found.case, found.meeting, found.kinds
    names = names_of(look)
    person = rows.persons.get(look.conn, case.person_id)
    answers = answers_of(look, case, kinds, names)
    held = deciding(subjects.of_nafs_case(look.conn, case).consents, case.purpose, meeting.on)
    shown = covered(let_through(person, kinds))
    is_named = kinds >= _IDENTITY
    number = PROTECTED_WORDS if person.protected else shown.number.long
    return own_file(
        OwnFileFacts(
            occasion=occasion(look, meeting),
            name=shown.full_name if is_named else WITHHELD,
            number=number if is_named else WITHHELD,
            consent_from=held.from_on if held else None,
            took_part=tuple(dict.fromkeys([names.units[case.unit_id], *(one.unit for one in answers)])),
            raised_by=names.units[case.unit_id],
            answers=answers,
            agreed=agreed_of(found.item, kinds, names),
        )
    )


def letter(look: Look, found: OfMeeting, language: Language, *, large: bool, told: str) -> Paper:
    """The letter to the person; ``told`` is what the writer adds."""
    return feedback_letter(_feedback(look, found, told.strip()), language, frame(look), large=large)


def _feedback(look: Look, found: OfMeeting, told: str) -> FeedbackFacts:
    case, kinds, names = found.case, found.kinds, names_of(look)
    person = covered(let_through(rows.persons.get(look.conn, case.person_id), kinds))
    by = sender(look)
    answers, agreed = answers_of(look, case, kinds, names), agreed_of(found.item, kinds, names)
    return FeedbackFacts(
        name=person.full_name,
        address=person.address,
        on=found.meeting.on,
        took_part=tuple(dict.fromkeys([names.units[case.unit_id], *(one.unit for one in answers)])),
        told=told,
        answers=answers,
        next_step=agreed.next_step,
        responsible=agreed.responsible,
        sender=by.name,
        unit=by.unit,
        phone=by.phone,
    )
