"""Logging a follow-up, a try in vain, and another date."""

from __future__ import annotations

from datetime import date

from misam_desktop.commands.episodes import plan_follow_ups
from misam_desktop.domain import follow_up as rules
from misam_desktop.domain.access import May
from misam_desktop.domain.follow_up import Finding, FollowUp
from misam_desktop.domain.ids import FollowUpId
from misam_desktop.store import rows
from misam_desktop.vault import Topic, Tx, command

_TOUCHES = (Topic.FOLLOW_UPS, Topic.CASES)


@command("follow_up.recorded", needs=May.FOLLOW_UP, touches=_TOUCHES)
def record_follow_up(tx: Tx, follow_up_id: FollowUpId, finding: Finding, *, seen: int | None = None) -> FollowUp:
    """Record a follow-up as done; the next one of the schedule is planned with it."""
    follow_up = tx.follow_up(follow_up_id, seen=seen)
    episode = rows.episodes.get(tx.conn, follow_up.episode_id)
    settings = rows.activities.get(tx.conn, episode.activity_id).settings
    done = rules.record(
        follow_up,
        finding,
        by=tx.actor.user_id,
        since=episode.enrolled_on,
        today=tx.today,
        steps=len(settings.steps),
    )
    saved = rows.follow_ups.save(tx.conn, done)
    plan_follow_ups(tx, episode, until=max(tx.today, follow_up.original_due_on), only_ahead=True)
    return saved


@command("follow_up.not_reached", needs=May.FOLLOW_UP, touches=_TOUCHES)
def not_reached(
    tx: Tx, follow_up_id: FollowUpId, *, tried_on: date, retry_on: date, seen: int | None = None
) -> FollowUp:
    """Record that the person could not be reached, and when the next try is."""
    follow_up = tx.follow_up(follow_up_id, seen=seen)
    tried = rules.not_reached(follow_up, tried_on=tried_on, retry_on=retry_on, today=tx.today)
    return rows.follow_ups.save(tx.conn, tried)


@command("follow_up.moved", needs=May.FOLLOW_UP, touches=_TOUCHES)
def move_follow_up(tx: Tx, follow_up_id: FollowUpId, *, to: date, why: str, seen: int | None = None) -> FollowUp:
    """Move a follow-up to another date with a reason; the original date stays."""
    follow_up = tx.follow_up(follow_up_id, seen=seen)
    return rows.follow_ups.save(tx.conn, rules.move(follow_up, to=to, why=why, today=tx.today))
