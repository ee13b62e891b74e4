"""Forumets minnesanteckningar: written once when it is closed, and added to with a reason."""

from __future__ import annotations

from misam_desktop.commands.forum_items import code_at
from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.forum_minutes import Amendment, AmendmentFacts, minute_of, must_be_said
from misam_desktop.domain.ids import MeetingId
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.forum_queue import standing_assessments
from misam_desktop.queries.occasions import led
from misam_desktop.store import rows, tables
from misam_desktop.vault import Topic, Tx, command

_N = tables.minute.c


def keep_minutes(tx: Tx, meeting: Meeting, taken: list[Referral]) -> None:
    """Write down what a forum that is now closed has said of each case; what was written before stays.

    ``taken`` is what it took up, in its order; what goes on to the next meeting stands last.
    """
    before = rows.minutes.of(tx.conn, tables.minute.c.meeting_id, meeting.id)
    given = {one.referral_id: one for one in standing_assessments(tx.conn, meeting)}
    for place, referral in enumerate(sorted(taken, key=lambda one: one.id not in given), start=1):
        spoken = rows.persons.get(tx.conn, referral.person_id).protected
        rows.minutes.add(
            tx.conn,
            minute_of(
                referral,
                given.get(referral.id),
                row_id=tx.new_id(),
                meeting=meeting,
                code=None if spoken else code_at(tx, meeting, referral.id),
                place=place,
                edition=1 + max((one.edition for one in before), default=0),
            ),
        )


@command("forum.minutes_amended", needs=May.RUN_FORUM, touches=Topic.MEETINGS)
def amend_minutes(tx: Tx, meeting_id: MeetingId, facts: AmendmentFacts) -> Amendment:
    """Add to the minutes of a closed forum, and say why; what stood there stays.

    Raises NotFound, MeetingNotClosed, TextRequired.
    """
    meeting = _run(tx, meeting_id)
    said = must_be_said(facts, meeting)
    if said.referral_id is not None:
        about = rows.minutes.where(tx.conn, _N.meeting_id == meeting.id, _N.referral_id == said.referral_id)
        if not about:
            raise NotFound
        tx.about(meeting.id, tx.referral(said.referral_id).person_id)
    return rows.amendments.add(
        tx.conn,
        Amendment(
            id=tx.new_id(),
            meeting_id=meeting.id,
            referral_id=said.referral_id,
            reason=said.reason,
            text=said.text,
            by=tx.actor.user_id,
            at=tx.now,
        ),
    )


def _run(tx: Tx, meeting_id: MeetingId) -> Meeting:
    tx.about(meeting_id)
    return led(tx, rows.meetings.get(tx.conn, meeting_id), Kind.FORUM)
