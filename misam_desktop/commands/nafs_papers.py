"""What leaves a NAFS meeting: its papers, through the gate, each giving logged before anything is handed over."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from misam_desktop.commands.disclosures import given_to
from misam_desktop.documents.case_sheet import sheet_text
from misam_desktop.documents.extracts import Section
from misam_desktop.documents.feedback import FeedbackFacts, feedback_letter
from misam_desktop.documents.own_file import OwnFileFacts, own_file, own_file_paper
from misam_desktop.documents.paper import Paper
from misam_desktop.documents.phrases import Language
from misam_desktop.domain.access import May
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.codes import Act, InfoKind, PaperKind, Recipient
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import OWN_FILES, To, leaving, let_through, must_suit, preview
from misam_desktop.domain.ids import AgendaItemId, DisclosureId, MeetingId, UnitId
from misam_desktop.domain.meeting import Meeting, agenda_left, agenda_sent, must_be_closed
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.protection import covered
from misam_desktop.domain.scope import deciding
from misam_desktop.queries.nafs_keys import IDENTITY, keys_paper
from misam_desktop.queries.nafs_papers import (
    IN_MINUTES,
    ON_AGENDA,
    MeetingPaper,
    agenda_paper,
    agreed_of,
    answers_of,
    led,
    minutes_paper,
    names_of,
    occasion,
)
from misam_desktop.queries.nafs_standing import OnPaper
from misam_desktop.queries.papers import frame
from misam_desktop.queries.recall import recall_of_meeting
from misam_desktop.queries.shown import PROTECTED_WORDS, WITHHELD
from misam_desktop.store import rows, subjects
from misam_desktop.vault import Topic, Tx, command


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A paper of a meeting that may now leave, and the function addresses of the units that it goes to.

    ``without_address`` are the units of which none is known, by their short names.
    """

    paper: Paper
    receivers: tuple[UnitId, ...]
    addresses: tuple[str, ...]
    without_address: tuple[str, ...]
    left_out: int = 0


_AGENDA, _ADDED = PaperKind.DAGORDNING, PaperKind.TILLAGG


@command("agenda.given", needs=May.LEAD_MEETING, touches=(Topic.CONSENTS, Topic.MEETINGS))
def give_agenda(
    tx: Tx,
    meeting_id: MeetingId,
    *,
    receivers: Collection[UnitId] | None = None,
    for_unit: UnitId | None = None,
    addendum: bool = False,
    act: Act,
) -> Given:
    """Give the dagordning to all who get it, or to one unit what stands beside it, or what came since it was sent.

    The gate is asked again here. Raises WayUnsuited, MeetingClosed, CodesGone, NothingBeside, NothingAdded.
    """
    meeting = _led(tx, meeting_id)
    made, lines = agenda_paper(tx, meeting, receivers, for_unit=for_unit, addendum=addendum)
    given = _given(tx, meeting, made, lines, _Giving(_ADDED if addendum else _AGENDA, act, ON_AGENDA, for_unit))
    if for_unit is None or addendum:
        rows.meetings.save(tx.conn, agenda_left(meeting, now=tx.now))
    return given


@command("agenda.sent", needs=May.LEAD_MEETING, touches=Topic.MEETINGS)
def mark_sent(tx: Tx, meeting_id: MeetingId) -> Meeting:
    """Note that the agenda, or what was added to it, has been sent as it last left the program. Raises MeetingClosed.

    What comes later stands on a tilläggsdagordning, and on none that is sent after that.
    """
    meeting = _led(tx, meeting_id)
    sent = agenda_sent(meeting, now=tx.now)
    return meeting if sent == meeting else rows.meetings.save(tx.conn, sent)


@command("papers.recalled", needs=May.LEAD_MEETING, touches=(Topic.CONSENTS, Topic.MEETINGS))
def note_recalled(tx: Tx, meeting_id: MeetingId, acts: Collection[DisclosureId]) -> None:
    """Note that papers which had to come back have, or are destroyed: each of ``acts`` is one that a unit got.

    What need not come back, or is not told to the actor, stays as it is.
    """
    meeting = _led(tx, meeting_id)
    for one in recall_of_meeting(tx, meeting):
        for act in one.given:
            if act.id in acts:
                rows.disclosures.save(tx.conn, replace(act, recalled_on=tx.today))


@command("minutes.given", needs=May.LEAD_MEETING, touches=Topic.CONSENTS)
def give_minutes(
    tx: Tx,
    meeting_id: MeetingId,
    *,
    receivers: Collection[UnitId] | None = None,
    for_unit: UnitId | None = None,
    act: Act,
) -> Given:
    """Give the minutes of a meeting that has been closed. Raises MeetingNotClosed, WayUnsuited and more."""
    meeting = _led(tx, meeting_id)
    made, lines = minutes_paper(tx, meeting, receivers, for_unit=for_unit)
    return _given(tx, meeting, made, lines, _Giving(PaperKind.MINNESANTECKNINGAR, act, IN_MINUTES, for_unit))


@command("keys.given", needs=May.KEY_LIST, touches=Topic.CONSENTS, proves=True)
def give_keys(tx: Tx, meeting_id: MeetingId, unit_id: UnitId, *, act: Act) -> Given:
    """Give a unit the key of all codes whose cases' consents name it; of each case an entry of its own.

    Who leads the meeting gives any unit its own; others take that of their unit. Raises NotFound, WayUnsuited,
    MeetingClosed, CodesGone.
    """
    tx.about(meeting_id)
    must_suit(act, [To(recipient=Recipient.ENHET, unit_id=rows.units.get(tx.conn, unit_id).id)])
    made = keys_paper(tx, meeting_id, unit_id)
    _note(tx, made.meeting, made.lines, [unit_id], _Giving(PaperKind.KODNYCKEL, act, IDENTITY, unit_id))
    return _to_units(tx, made.paper, [unit_id])


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What is filed of one case: on paper, and the same as text to be copied."""

    paper: Paper
    text: str


@command("minutes.filed", needs=May.READ_CASE, touches=Topic.CONSENTS)
def file_item(tx: Tx, item_id: AgendaItemId, *, act: Act) -> Filed:
    """Take the text for the own unit's file of one case of a closed meeting, as far as the unit may read it.

    Raises NotFound, MeetingNotClosed, WayUnsuited.
    """
    must_suit(act, [OWN_FILES])
    item, case = _item(tx, item_id)
    subject = subjects.of_nafs_case(tx.conn, case)
    kinds = tx.require(subject).kinds
    meeting = rows.meetings.get(tx.conn, item.meeting_id)
    must_be_closed(meeting)
    consent = deciding(subject.consents, case.purpose, tx.today)
    given_to(tx, case, OWN_FILES, consent, act=act, kinds=kinds, meeting_id=meeting.id)
    sections = _own_file(tx, meeting, item, case, kinds)
    return Filed(paper=own_file_paper(sections, frame(tx)), text=sheet_text(sections))


@command("feedback.letter_made", needs=May.GIVE_FEEDBACK, touches=Topic.CONSENTS)
def write_feedback(tx: Tx, item_id: AgendaItemId, *, language: Language, large: bool = False, told: str = "") -> Paper:
    """Make the letter that tells the person what a closed meeting answered. Raises NotFound, MeetingNotClosed."""
    item, case = _item(tx, item_id)
    subject = subjects.of_nafs_case(tx.conn, case)
    owing = subject.contact_ids | frozenset(filter(None, [item.feedback_by]))
    mine = tx.require(replace(subject, contact_ids=owing)).kinds
    meeting = rows.meetings.get(tx.conn, item.meeting_id)
    must_be_closed(meeting)
    to = To(recipient=Recipient.PERSONEN)
    kinds = leaving(preview(subject, mine=mine, own_unit_id=tx.actor.unit_id, to=[to], today=tx.today), to)
    given_to(tx, case, to, None, act=Act.UTSKRIFT, kinds=kinds, meeting_id=meeting.id)
    facts = replace(_feedback(tx, meeting, item, case, kinds), told=told.strip())
    return feedback_letter(facts, language, frame(tx), large=large)


class _Giving(NamedTuple):
    """Which paper is given, how, the kinds that it tells, and the one unit that it is for, if it is not for all."""

    paper: PaperKind
    act: Act
    told: frozenset[InfoKind]
    for_unit: UnitId | None


def _given(
    tx: Tx,
    meeting: Meeting,
    made: MeetingPaper,
    lines: Iterable[OnPaper],
    giving: _Giving,
) -> Given:
    units = made.receivers if giving.for_unit is None else (giving.for_unit,)
    must_suit(giving.act, [To(recipient=Recipient.ENHET, unit_id=one) for one in units])
    _note(tx, meeting, lines, units, giving)
    return replace(_to_units(tx, made.paper, units), left_out=made.left_out)


def _note(tx: Tx, meeting: Meeting, lines: Iterable[OnPaper], units: Collection[UnitId], giving: _Giving) -> None:
    """An act of handing over and an entry in the log for each case that has content on the paper, and each unit."""
    for line in lines:
        if line.case is None or line.consent is None:
            continue
        tx.concerns(line.item.id, line.case.person_id)
        for unit_id in units:
            given_to(
                tx,
                line.case,
                To(recipient=Recipient.ENHET, unit_id=unit_id),
                line.consent,
                act=giving.act,
                kinds=line.kinds & giving.told,
                meeting_id=meeting.id,
                paper=giving.paper,
                code=line.code,
            )


def _to_units(tx: Tx, paper: Paper, units: Iterable[UnitId]) -> Given:
    known = {unit_id: subjects.addresses_of(tx.conn, unit_id) for unit_id in units}
    return Given(
        paper=paper,
        receivers=tuple(known),
        addresses=tuple(sorted({address for there in known.values() for address in there})),
        without_address=tuple(rows.units.get(tx.conn, unit).short for unit, there in known.items() if not there),
    )


def _led(tx: Tx, meeting_id: MeetingId) -> Meeting:
    tx.about(meeting_id)
    return led(tx, rows.meetings.get(tx.conn, meeting_id))


def _item(tx: Tx, item_id: AgendaItemId) -> tuple[AgendaItem, NafsCase]:
    """An item of a case. Raises NotFound."""
    item = rows.agenda_items.get(tx.conn, item_id)
    if item.case_id is None:
        raise NotFound
    case = rows.nafs_cases.get(tx.conn, item.case_id)
    tx.about(item.id, case.person_id)
    return item, case


def _own_file(
    tx: Tx, meeting: Meeting, item: AgendaItem, case: NafsCase, kinds: frozenset[InfoKind]
) -> tuple[Section, ...]:
    names = names_of(tx)
    person = rows.persons.get(tx.conn, case.person_id)
    answers = answers_of(tx, case, kinds, names)
    subject = subjects.of_nafs_case(tx.conn, case)
    held = deciding(subject.consents, case.purpose, meeting.on)
    shown = covered(let_through(person, kinds))
    is_named = kinds >= IDENTITY
    number = PROTECTED_WORDS if person.protected else shown.number.long
    return own_file(
        OwnFileFacts(
            occasion=occasion(tx, meeting),
            name=shown.full_name if is_named else WITHHELD,
            number=number if is_named else WITHHELD,
            consent_from=held.from_on if held else None,
            took_part=tuple(dict.fromkeys([names.units[case.unit_id], *(one.unit for one in answers)])),
            raised_by=names.units[case.unit_id],
            answers=answers,
            agreed=agreed_of(item, kinds, names),
        )
    )


def _feedback(tx: Tx, meeting: Meeting, item: AgendaItem, case: NafsCase, kinds: frozenset[InfoKind]) -> FeedbackFacts:
    names = names_of(tx)
    person = covered(let_through(rows.persons.get(tx.conn, case.person_id), kinds))
    sender = rows.users.get(tx.conn, tx.actor.user_id)
    contact = rows.contacts.get(tx.conn, sender.contact_id) if sender.contact_id else None
    answers, agreed = answers_of(tx, case, kinds, names), agreed_of(item, kinds, names)
    return FeedbackFacts(
        name=person.full_name,
        address=person.address,
        on=meeting.on,
        took_part=tuple(dict.fromkeys([names.units[case.unit_id], *(one.unit for one in answers)])),
        answers=answers,
        next_step=agreed.next_step,
        responsible=agreed.responsible,
        sender=sender.name,
        unit=names.units[sender.unit_id],
        phone=contact.phone if contact else "",
    )
