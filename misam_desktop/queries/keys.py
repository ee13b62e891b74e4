"""The key of a unit: which code of a meeting stands for whom, of the cases whose consents name the unit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from misam_desktop.documents.agenda import Occasion
from misam_desktop.documents.key_list import KeyRow, key_list
from misam_desktop.documents.paper import Paper
from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.forum_item import ForumItem
from misam_desktop.domain.ids import MeetingId, UnitId
from misam_desktop.domain.meeting import Meeting, must_keep_codes
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.forum_standing import ForumLine, agenda_standing
from misam_desktop.queries.meeting_papers import concerned
from misam_desktop.queries.nafs_standing import NafsLine, standing
from misam_desktop.queries.occasions import occasion, whole
from misam_desktop.queries.papers import frame
from misam_desktop.queries.standing import Standing
from misam_desktop.store import rows, subjects
from misam_desktop.vault import Look, query

KeyLine = NafsLine | ForumLine
OfAgenda = Standing[AgendaItem, NafsCase] | Standing[ForumItem, Referral]
IDENTITY = frozenset({InfoKind.GRUNDUPPGIFTER})
"""What a key tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The key as a paper, and the items that it tells of."""

    meeting: Meeting
    paper: Paper
    lines: tuple[KeyLine, ...]


@query("keys.previewed", needs=May.KEY_LIST, proves=True)
def keys_preview(look: Look, meeting_id: MeetingId, unit_id: UnitId) -> Paper:
    """The key of a unit as it would be given out, looked at first. Raises NotFound, MeetingClosed, CodesGone."""
    made = keys_paper(look, meeting_id, unit_id)
    for noted_as, person_id in concerned(made.lines):
        look.opened(noted_as, person_id)
    return made.paper


def keys_paper(look: Look, meeting_id: MeetingId, unit_id: UnitId) -> Keys:
    """The key of a unit, for who leads the meeting or works at the unit. Raises NotFound, MeetingClosed, CodesGone."""
    meeting = rows.meetings.get(look.conn, meeting_id)
    leads = bool(look.allowed(whole(meeting), May.LEAD_MEETING))
    if not (leads or unit_id == look.actor.unit_id):
        raise NotFound
    must_keep_codes(meeting, today=look.today)
    there = of_agenda(look, meeting, [unit_id])
    found = on_key(look, there, unit_id)
    if not (leads or found):
        raise NotFound
    told = tuple(_key_row(there, line) for line in found)
    return Keys(
        meeting=meeting,
        paper=key_list(_occasion(look, meeting, unit_id, leads=leads), told, frame(look)),
        lines=tuple(found),
    )


def of_agenda(look: Look, meeting: Meeting, receivers: Collection[UnitId]) -> OfAgenda:
    """Where each case of a meeting of any kind stands on its agenda."""
    if meeting.kind is Kind.FORUM:
        return agenda_standing(look, meeting, receivers)
    return standing(look, meeting, receivers)


def _occasion(look: Look, meeting: Meeting, unit_id: UnitId, *, leads: bool) -> Occasion:
    """The meeting as the key names it; who takes the key of their own unit does not chair it."""
    named = occasion(look, meeting, unit_id)
    return named if leads else replace(named, chair="")


def on_key(look: Look, there: OfAgenda, unit_id: UnitId) -> list[KeyLine]:
    """The items of a unit's key: what it may be told, and the asker may tell, of whom the code stands for."""
    return [line for line in there.read_by(look, unit_id) if _is_theirs(look, line, unit_id)]


def _is_theirs(look: Look, line: KeyLine, unit_id: UnitId) -> bool:
    """What who leads reads as the koordinator, the others of her unit do only where the consent names it."""
    if line.case is None or line.consent is None or not line.kinds >= IDENTITY:
        return False
    if unit_id != line.case.unit_id and not set(line.consent.kinds) >= IDENTITY:
        return False
    return bool(look.allowed(subjects.of(look.conn, line.case), May.KEY_LIST))


def _key_row(there: OfAgenda, line: KeyLine) -> KeyRow:
    assert line.case is not None and line.code is not None, "only what has a code stands on a key"  # noqa: PT018
    person = there.person(line.case.id)
    return KeyRow(code=line.code, name=person.full_name, number=person.number.long)
