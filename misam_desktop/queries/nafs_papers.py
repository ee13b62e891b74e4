"""The papers of a NAFS meeting as they would leave now: the agenda, and once it is over the minutes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from misam_desktop.documents.agenda import (
    AgendaFacts,
    CaseItem,
    ContactLine,
    DroppedItem,
    GeneralItem,
    Item,
    agenda,
)
from misam_desktop.documents.minutes import (
    Agreed,
    Answer,
    CaseNotes,
    GeneralNotes,
    MinutesFacts,
    Notes,
    minutes,
)
from misam_desktop.domain.agenda import AgendaItem, must_hold_something
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.gate import let_through, withheld
from misam_desktop.domain.identifying import Found
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.meeting import Meeting, must_be_closed, must_keep_codes
from misam_desktop.domain.nafs import NafsCase, Question
from misam_desktop.domain.people import Contact, Unit
from misam_desktop.queries.nafs_standing import NafsLine, NafsStanding, standing
from misam_desktop.queries.occasions import MeetingPaper, adds_to, attendance_of, occasion, on_agenda, paper_of, telling
from misam_desktop.queries.papers import frame
from misam_desktop.queries.receivers import usual_receivers
from misam_desktop.queries.shown import WITHHELD
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look

ON_AGENDA = frozenset({InfoKind.FRAGESTALLNING})
IN_MINUTES = frozenset({InfoKind.FRAGESTALLNING, InfoKind.PLANERING, InfoKind.HALSA, InfoKind.SOCIAL})
"""The kinds that each paper tells: what is asked, and what is answered and agreed."""


def nafs_agenda_paper(
    look: Look,
    meeting: Meeting,
    receivers: Collection[UnitId] | None,
    *,
    for_unit: UnitId | None,
    addendum: bool,
) -> tuple[MeetingPaper, list[NafsLine]]:
    """The paper, and the items that stand on it; an addendum has those that came since the agenda was sent."""
    must_keep_codes(meeting, today=look.today)
    there = standing(look, meeting, usual_receivers(look, meeting) if receivers is None else receivers)
    lines = on_agenda(there.on_paper(look, for_unit), meeting, for_unit=for_unit, addendum=addendum)
    names = _Names(look)
    facts = AgendaFacts(
        occasion=occasion(look, meeting, for_unit),
        contacts=_contacts(look, meeting, there.receivers),
        items=tuple(_agenda_item(look, one, names) for one in lines),
        orally=0 if for_unit else there.orally,
        adds_to=adds_to(meeting, addendum=addendum),
    )
    return paper_of(there, agenda(facts, frame(look)), _found(look, there, lines)), lines


def nafs_minutes_paper(
    look: Look, meeting: Meeting, receivers: Collection[UnitId] | None, *, for_unit: UnitId | None
) -> tuple[MeetingPaper, list[NafsLine]]:
    """The minutes, and the items that stand on them. Raises MeetingNotClosed, CodesGone."""
    must_be_closed(meeting)
    must_keep_codes(meeting, today=look.today)
    there = standing(look, meeting, usual_receivers(look, meeting) if receivers is None else receivers)
    lines, names = there.on_paper(look, for_unit), _Names(look)
    must_hold_something(lines, for_unit=for_unit, addendum=False)
    facts = MinutesFacts(
        occasion=occasion(look, meeting, for_unit),
        attendance=attendance_of(look, meeting),
        items=tuple(_noted(look, one, names) for one in lines),
        orally=0 if for_unit else there.orally,
    )
    return paper_of(there, minutes(facts, frame(look)), _found(look, there, lines)), lines


class _Names:
    """Units and contact persons by what they are called."""

    def __init__(self, look: Look) -> None:
        self.units = {unit.id: unit.name for unit in rows.units.where(look.conn)}
        self.contacts = {one.id: f"{one.name}, {self.units[one.unit_id]}" for one in rows.contacts.where(look.conn)}


def _contacts(look: Look, meeting: Meeting, receivers: Iterable[UnitId]) -> tuple[ContactLine, ...]:
    """Who comes from each unit: the team's contact persons, and nobody named for who else gets the paper.

    Nothing for a team that has no contact persons at all: the paper says so.
    """
    parts = rows.team_parts.of(look.conn, tables.team_part.c.activity_id, meeting.activity_id)
    known = {one.unit_id: rows.contacts.get(look.conn, one.contact_id) for one in parts if one.contact_id}
    named = {unit_id: one for unit_id, one in known.items() if one.active}
    if not named:
        return ()
    units = dict.fromkeys([*(one.unit_id for one in parts), *receivers])
    return tuple(_contact_line(rows.units.get(look.conn, one), named.get(one)) for one in units)


def _contact_line(unit: Unit, contact: Contact | None) -> ContactLine:
    if contact is None:
        return ContactLine(unit=unit.name)
    return ContactLine(unit=unit.name, name=contact.name, address=contact.function_address)


def questions_of(look: Look, case: NafsCase, kinds: frozenset[InfoKind]) -> list[Question]:
    """The questions of a case with what these kinds leave out said in words, an answer that is none left empty."""
    asked = rows.questions.of(look.conn, tables.question.c.case_id, case.id, by=tables.question.c.place)
    return [
        replace(
            let_through(one, kinds),
            text=WITHHELD if withheld(Question, "text", kinds) else one.text,
            answer=WITHHELD if one.answer and withheld(Question, "answer", kinds) else one.answer,
        )
        for one in asked
    ]


def agreed_of(item: AgendaItem, kinds: frozenset[InfoKind], names: _Names) -> Agreed:
    """What was agreed, as far as these kinds let it out."""
    hidden = item.next_step and withheld(AgendaItem, "next_step", kinds)
    return Agreed(
        next_step=WITHHELD if hidden else item.next_step,
        responsible=names.units[item.responsible_id] if item.responsible_id else "",
        feedback_by=names.contacts[item.feedback_by] if item.feedback_by else "",
    )


def answers_of(look: Look, case: NafsCase, kinds: frozenset[InfoKind], names: _Names) -> tuple[Answer, ...]:
    """The questions with their answers, as far as these kinds let them out."""
    return tuple(
        Answer(unit=names.units[one.unit_id], question=one.text, answer=one.answer)
        for one in questions_of(look, case, kinds)
    )


def names_of(look: Look) -> _Names:
    """What units and contact persons are called."""
    return _Names(look)


def _agenda_item(look: Look, line: NafsLine, names: _Names) -> Item:
    item = line.item
    if line.case is None or line.code is None:
        asked = names.units[item.asked_id] if item.asked_id else ""
        return GeneralItem(place=line.place, question=item.question, asked=asked, minutes=item.minutes)
    if line.consent is None:
        return DroppedItem(place=line.place, code=line.code)
    return CaseItem(
        place=line.place,
        code=line.code,
        raised_by=names.units[line.case.unit_id],
        questions=tuple((names.units[one.unit_id], one.text) for one in questions_of(look, line.case, line.kinds)),
        minutes=item.minutes,
    )


def _noted(look: Look, line: NafsLine, names: _Names) -> Notes:
    item = line.item
    agreed = agreed_of(item, line.kinds if line.case else frozenset(InfoKind), names)
    if line.case is None or line.code is None:
        asked = names.units[item.asked_id] if item.asked_id else ""
        return GeneralNotes(place=line.place, question=item.question, asked=asked, agreed=agreed)
    if line.consent is None:
        return DroppedItem(place=line.place, code=line.code)
    return CaseNotes(
        place=line.place,
        code=line.code,
        raised_by=names.units[line.case.unit_id],
        answers=answers_of(look, line.case, line.kinds, names),
        agreed=agreed,
    )


def _found(look: Look, there: NafsStanding, lines: Iterable[NafsLine]) -> list[Found]:
    """What in the texts that leave can tell who somebody is."""
    texts = list[tuple[str, str]]()
    for line in lines:
        name = "" if line.case is None else there.person(line.case.id).full_name
        said = [line.item.question, line.item.next_step] if line.case is None else _texts(look, line, line.case)
        texts += [(text, name) for text in said]
    return telling(look, texts)


def _texts(look: Look, line: NafsLine, case: NafsCase) -> list[str]:
    if line.consent is None:
        return []
    said = [text for one in questions_of(look, case, line.kinds) for text in (one.text, one.answer)]
    return [*said, let_through(line.item, line.kinds).next_step]
