"""Forumets minnesanteckningar: written once when it is closed, added to with a reason, and given out."""

from __future__ import annotations

from collections.abc import Collection

from misam_desktop.commands.disclosures import given_to
from misam_desktop.commands.nafs_papers import Given, to_units
from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.codes import Act, PaperKind, Recipient
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.forum_minutes import Amendment, AmendmentFacts, minute_of, must_be_said
from misam_desktop.domain.gate import To, must_suit
from misam_desktop.domain.ids import MeetingId, UnitId
from misam_desktop.domain.meeting import Meeting, queue_order
from misam_desktop.queries.forum import waits_for_forum
from misam_desktop.queries.forum_minutes import IN_FORUM_MINUTES, forum_minutes_paper, of_forum
from misam_desktop.store import codes, rows, tables
from misam_desktop.vault import Topic, Tx, command

_R, _N, _S = tables.referral.c, tables.minute.c, tables.assessment.c


def keep_minutes(tx: Tx, meeting: Meeting) -> None:
    """Write down what a forum that is now closed has said of each case; what was written before stays."""
    if meeting.kind is not Kind.FORUM:
        return
    before = rows.minutes.where(tx.conn, _N.meeting_id == meeting.id)
    known = {one.referral_id: one.code for one in before}
    standing = rows.assessments.where(tx.conn, _S.meeting_id == meeting.id, _S.taken_back_at.is_(None))
    given = {one.referral_id: one for one in standing}
    of_day = (_R.activity_id == meeting.activity_id, _R.referred_on <= meeting.on)
    left = rows.referrals.where(tx.conn, *of_day, waits_for_forum(), _R.id.not_in(list(given)))
    concluded = rows.referrals.where(tx.conn, _R.id.in_(list(given)))
    counting = rows.activities.get(tx.conn, meeting.activity_id).settings.priorities
    ordered = [*queue_order(concluded, counting=counting), *queue_order(left, counting=counting)]
    for place, referral in enumerate(ordered, start=1):
        spoken = rows.persons.get(tx.conn, referral.person_id).protected
        code = None if spoken else known.get(referral.id) or codes.new_code(tx.conn, tx.random_below)
        rows.minutes.add(
            tx.conn,
            minute_of(
                referral,
                given.get(referral.id),
                row_id=tx.new_id(),
                meeting=meeting,
                code=code,
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


@command("forum.minutes_given", needs=May.RUN_FORUM, touches=Topic.CONSENTS)
def give_forum_minutes(
    tx: Tx,
    meeting_id: MeetingId,
    *,
    receivers: Collection[UnitId] | None = None,
    for_unit: UnitId | None = None,
    act: Act,
) -> Given:
    """Give the minutes of a closed forum to all who get them, or to one unit what stands beside them.

    The gate is asked again here. Raises MeetingNotClosed, CodesGone, NothingBeside, WayUnsuited.
    """
    meeting = _run(tx, meeting_id)
    made, lines = forum_minutes_paper(tx, meeting, receivers, for_unit=for_unit)
    units = made.receivers if for_unit is None else (for_unit,)
    to = [To(recipient=Recipient.ENHET, unit_id=one) for one in units]
    must_suit(act, to)
    for line in lines:
        if line.consent is None:
            continue
        tx.concerns(line.referral.id, line.referral.person_id)
        for one in to:
            given_to(
                tx,
                line.referral,
                one,
                line.consent,
                act=act,
                kinds=line.kinds & IN_FORUM_MINUTES,
                meeting_id=meeting.id,
                paper=PaperKind.MINNESANTECKNINGAR,
                code=line.code,
            )
    return to_units(tx, meeting, made.paper, units, left_out=made.left_out)


def _run(tx: Tx, meeting_id: MeetingId) -> Meeting:
    tx.about(meeting_id)
    return of_forum(tx, rows.meetings.get(tx.conn, meeting_id))
