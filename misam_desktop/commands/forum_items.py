"""The codes of a forum's cases: drawn when its papers or the projector first need them (process.md §6)."""

from __future__ import annotations

from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.forum_item import ForumItem
from misam_desktop.domain.ids import MeetingId, ReferralId
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.pseudonym import Pseudonym
from misam_desktop.queries.forum_standing import items_of, uncoded
from misam_desktop.queries.occasions import led
from misam_desktop.store import codes, rows
from misam_desktop.vault import Topic, Tx, command


@command("forum.codes_drawn", needs=May.LEAD_MEETING, touches=Topic.MEETINGS)
def draw_codes(tx: Tx, meeting_id: MeetingId) -> int:
    """Draw the codes of a forum for those of its cases that have none, and tell how many. Raises NotFound.

    A protected person's is only spoken of, and one without a consent is not taken up: they get none. Drawn once, a code
    stands on every paper of the meeting.
    """
    tx.about(meeting_id)
    return draw_missing(tx, led(tx, rows.meetings.get(tx.conn, meeting_id), Kind.FORUM))


def draw_missing(tx: Tx, meeting: Meeting) -> int:
    """The same within another command; of a meeting that takes up nothing more, or is no forum, it draws none."""
    found = uncoded(tx, meeting) if meeting.kind is Kind.FORUM else []
    for referral in found:
        _draw(tx, meeting, referral.id)
    return len(found)


def code_at(tx: Tx, meeting: Meeting, referral_id: ReferralId) -> Pseudonym:
    """The code of a case at a forum, drawn now if it has none."""
    known = items_of(tx, meeting).get(referral_id)
    return known.code if known is not None else _draw(tx, meeting, referral_id)


def _draw(tx: Tx, meeting: Meeting, referral_id: ReferralId) -> Pseudonym:
    code = codes.new_code(tx.conn, tx.random_below)
    item = ForumItem(id=tx.new_id(), meeting_id=meeting.id, referral_id=referral_id, code=code, added_at=tx.now)
    rows.forum_items.add(tx.conn, item)
    return code
