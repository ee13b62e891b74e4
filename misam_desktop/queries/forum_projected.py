"""What the projector shows of one case of a forum: what may stand on the agenda that all in the room get.

It is a way out through the gate like the dagordning, cut by the same rule, for the units that are in the room now, and
leaves an entry of who showed it.
"""

from __future__ import annotations

from collections.abc import Collection

from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import let_through, withheld
from misam_desktop.domain.ids import MeetingId, ReferralId, UnitId
from misam_desktop.domain.meeting import must_be_open
from misam_desktop.domain.projected import Asked, Sight, Slide, sight, without_names
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.room import outside
from misam_desktop.queries.forum_agenda import OWN_WAY
from misam_desktop.queries.forum_queue import taken_up
from misam_desktop.queries.forum_standing import ForumLine, agenda_standing, hears
from misam_desktop.queries.occasions import led
from misam_desktop.queries.receivers import part_of_room
from misam_desktop.queries.room import room_of
from misam_desktop.queries.shown import WITHHELD
from misam_desktop.store import rows, subjects
from misam_desktop.vault import Look, query


@query("forum.projected", needs=May.RUN_FORUM)
def forum_projected(
    look: Look, meeting_id: MeetingId, referral_id: ReferralId, *, left: Collection[UnitId] = ()
) -> Slide:
    """One case as everybody in the room may see it; ``left`` have gone out for it. Raises NotFound, MeetingNotOpen."""
    meeting = led(look, rows.meetings.get(look.conn, meeting_id), Kind.FORUM)
    must_be_open(meeting)
    taken = taken_up(look.conn, meeting)
    every = [one.id for one in taken]
    if referral_id not in every:
        raise NotFound
    referral = rows.referrals.get(look.conn, referral_id)
    subject = subjects.of_referral(look.conn, referral)
    look.require(subject, May.READ_CASE)
    look.opened(referral.id, referral.person_id)
    room = outside(room_of(look, meeting, part_of_room(look, taken, meeting.on)), left)
    there = agenda_standing(look, meeting, room)
    line = next((one for one in there.on_paper(look, None) if one.item.referral_id == referral.id), None)
    holds = bool(hears(look, referral, meeting)) and (line is None or line.consent is not None)
    how = sight(is_case=True, spoken=subject.protected, holds=holds, for_all=line is not None or not holds)
    at = every.index(referral_id) + 1
    if line is None or how is not Sight.CASE:
        return Slide(sight=how, at=at)
    return without_names(_slide(look, line, referral, at), name=there.person(referral.id).full_name)


def _slide(look: Look, line: ForumLine, referral: Referral, at: int) -> Slide:
    """What all in the room may read, with what it leaves out said in words."""
    asked = withheld(Referral, "question", line.kinds)
    return Slide(
        sight=Sight.CASE,
        at=at,
        code=line.code,
        raised_by=rows.units.get(look.conn, referral.unit_id).name if referral.unit_id else OWN_WAY,
        asked=(Asked(None, WITHHELD if asked else let_through(referral, line.kinds).question),),
    )
