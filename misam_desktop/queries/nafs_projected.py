"""What the projector shows of one item of a NAFS meeting: what may stand on the paper that all in the room get.

It is a way out through the gate like the dagordning, cut by the same rule, for the units that are in the room now.
Those whom the consent names were told of the case when it was put on the agenda: showing it to them discloses nothing
more, and leaves an entry of who showed it.
"""

from __future__ import annotations

from collections.abc import Collection

from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.agenda import AgendaItem, in_order
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.ids import AgendaItemId, UnitId
from misam_desktop.domain.meeting import must_be_open
from misam_desktop.domain.projected import Asked, Sight, Slide, sight, without_names
from misam_desktop.domain.room import outside
from misam_desktop.queries.nafs_papers import agreed_of, names_of, questions_of
from misam_desktop.queries.nafs_standing import NafsLine, standing
from misam_desktop.queries.occasions import led
from misam_desktop.queries.receivers import usual_receivers
from misam_desktop.queries.room import room_of
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look, query

_I = tables.agenda_item.c


@query("agenda.projected", needs=May.LEAD_MEETING)
def projected(look: Look, item_id: AgendaItemId, *, left: Collection[UnitId] = ()) -> Slide:
    """One item as everybody in the room may see it; ``left`` have gone out for it. Raises NotFound, MeetingNotOpen."""
    item = rows.agenda_items.get(look.conn, item_id)
    meeting = led(look, rows.meetings.get(look.conn, item.meeting_id), Kind.NAFS)
    must_be_open(meeting)
    every = in_order(rows.agenda_items.of(look.conn, _I.meeting_id, meeting.id))
    at = [one.id for one in every].index(item.id) + 1
    spoken = _is_spoken(look, item)
    there = standing(look, meeting, outside(room_of(look, meeting, usual_receivers(look, meeting)), left))
    line = {one.item.id: one for one in there.on_paper(look, None)}.get(item.id)
    how = sight(
        is_case=item.case_id is not None,
        spoken=spoken,
        holds=line is not None and line.consent is not None,
        for_all=line is not None,
    )
    if line is None or how not in {Sight.CASE, Sight.GENERAL}:
        return Slide(sight=how, at=at)
    name = there.person(item.case_id).full_name if item.case_id else ""
    return without_names(_slide(look, line, at), name=name)


def _is_spoken(look: Look, item: AgendaItem) -> bool:
    """Whether a case is only spoken of; noted as read. Raises NotFound when the asker is kept out of it."""
    if item.case_id is None:
        return False
    case = rows.nafs_cases.get(look.conn, item.case_id)
    subject = subjects.of_nafs_case(look.conn, case)
    look.require(subject, May.READ_CASE)
    look.opened(item.id, case.person_id)
    return subject.protected or item.code is None


def _slide(look: Look, line: NafsLine, at: int) -> Slide:
    """What all in the room may read, with what it leaves out said in words."""
    names, item = names_of(look), line.item
    if line.case is None:
        to = names.units[item.asked_id] if item.asked_id else ""
        agreed = agreed_of(item, frozenset(InfoKind), names)
        how, asked, raised_by = Sight.GENERAL, [Asked(to, item.question)], ""
    else:
        agreed = agreed_of(item, line.kinds, names)
        asked = [Asked(names.units[one.unit_id], one.text) for one in questions_of(look, line.case, line.kinds)]
        how, raised_by = Sight.CASE, names.units[line.case.unit_id]
    return Slide(
        sight=how,
        at=at,
        code=item.code,
        raised_by=raised_by,
        asked=tuple(asked),
        next_step=agreed.next_step,
        responsible=agreed.responsible if item.next_step else "",
    )
