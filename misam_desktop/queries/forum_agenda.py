"""The agenda of a forum as it would leave now, each case cut to what its consent lets everybody have who gets it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from misam_desktop.documents.agenda import DroppedItem
from misam_desktop.documents.forum_agenda import SGI0, ForumAgendaFacts, ReferredItem, forum_agenda
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.gate import let_through, withheld
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.meeting import Meeting, must_keep_codes
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.forum_standing import ForumLine, agenda_standing
from misam_desktop.queries.occasions import MeetingPaper, adds_to, occasion, on_agenda, paper_of, telling
from misam_desktop.queries.papers import frame
from misam_desktop.queries.receivers import usual_receivers
from misam_desktop.queries.shown import WITHHELD
from misam_desktop.store import rows
from misam_desktop.vault import Look

ON_FORUM_AGENDA = frozenset({InfoKind.FRAGESTALLNING, InfoKind.FORSORJNING})
"""The kinds that it tells: what is asked and of whom, and who is without SGI."""
OWN_WAY = "Annan"
"""Who refers when nobody did: the person's own contact."""


def forum_agenda_paper(
    look: Look,
    meeting: Meeting,
    receivers: Collection[UnitId] | None,
    *,
    for_unit: UnitId | None,
    addendum: bool,
) -> tuple[MeetingPaper, list[ForumLine]]:
    """The paper, and the cases that stand on it; an addendum has those that came since the agenda was sent.

    Raises MeetingClosed, CodesGone, NothingBeside, NothingAdded.
    """
    must_keep_codes(meeting, today=look.today)
    there = agenda_standing(look, meeting, usual_receivers(look, meeting) if receivers is None else receivers)
    lines = on_agenda(there.on_paper(look, for_unit), meeting, for_unit=for_unit, addendum=addendum)
    units = {unit.id: unit.name for unit in rows.units.where(look.conn)}
    facts = ForumAgendaFacts(
        occasion=occasion(look, meeting, for_unit),
        items=tuple(_item(line, units) for line in lines),
        outcomes=rows.activities.get(look.conn, meeting.activity_id).settings.outcomes,
        orally=0 if for_unit else there.orally,
        adds_to=adds_to(meeting, addendum=addendum),
    )
    texts = [
        (text, there.person(line.case.id).full_name)
        for line in lines
        if line.case is not None and line.consent is not None
        for one in [let_through(line.case, line.kinds)]
        for text in (one.question, one.needed_why)
    ]
    return paper_of(there, forum_agenda(facts, frame(look)), telling(look, texts)), lines


def _item(line: ForumLine, units: dict[UnitId, str]) -> ReferredItem | DroppedItem:
    case, code = line.case, line.item.code
    if case is None or line.consent is None:
        return DroppedItem(place=line.place, code=code)
    one = let_through(case, line.kinds)
    asked = withheld(Referral, "question", line.kinds)
    return ReferredItem(
        place=line.place,
        code=code,
        unit=units[case.unit_id] if case.unit_id else OWN_WAY,
        question=WITHHELD if asked else one.question,
        needed=WITHHELD if asked else ", ".join(units[unit_id] for unit_id in one.needed_unit_ids),
        needed_why=one.needed_why,
        marks=tuple(marks_of(one)),
    )


def marks_of(referral: Referral) -> Iterator[str]:
    """What makes a case another than the rest, of what has been let through.

    That somebody has SGI is not said of anybody, and so neither is that it is withheld.
    """
    if referral.sgi0:
        yield SGI0
    if referral.is_rereferral:
        yield "Återremiss"
