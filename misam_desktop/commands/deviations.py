"""The log of avvikelser, synpunkter och klagomål: what came in, what was done, closed."""

from __future__ import annotations

from datetime import date

from misam_desktop.domain import deviation as rules
from misam_desktop.domain.access import May, in_activity
from misam_desktop.domain.deviation import Deviation, DeviationFacts
from misam_desktop.domain.errors import NotFound, Stale
from misam_desktop.domain.gate import must_see
from misam_desktop.domain.ids import ActivityId, DeviationId, EpisodeId
from misam_desktop.queries.deviations import person_of, told_kinds
from misam_desktop.store import rows, subjects
from misam_desktop.vault import Topic, Tx, command

_TOUCHES = Topic.CASES


@command("deviation.noted", needs=May.WRITE_DEVIATION, touches=_TOUCHES)
def note_deviation(
    tx: Tx, activity_id: ActivityId, facts: DeviationFacts, *, episode_id: EpisodeId | None = None
) -> Deviation:
    """Write down what came in, about a case that the actor may read or about none. Raises NotFound, FutureDate …"""
    activity = rows.activities.get(tx.conn, activity_id)
    person_id = ""
    if not in_activity(tx.actor, activity.id):
        raise NotFound
    if episode_id is not None:
        episode = rows.episodes.get(tx.conn, episode_id)
        tx.require(subjects.of_episode(tx.conn, episode), May.READ_CASE)
        if episode.activity_id != activity.id:
            raise NotFound
        person_id = episode.person_id
    noted = rules.note(
        DeviationId(tx.new_id()),
        facts,
        activity_id=activity.id,
        unit_id=tx.actor.unit_id,
        episode_id=episode_id,
        today=tx.today,
    )
    tx.about(noted.id, person_id)
    return rows.deviations.add(tx.conn, noted)


@command("deviation.closed", needs=May.WRITE_DEVIATION, touches=_TOUCHES)
def close_deviation(tx: Tx, deviation_id: DeviationId, *, done: str, on: date, seen: int | None = None) -> Deviation:
    """Close it with what was done. Raises NotFound, NotAllOfIt, Stale and what the rule raises."""
    before = _read(tx, deviation_id, seen)
    return rows.deviations.save(tx.conn, rules.close(before, done=done, on=on, today=tx.today))


@command("deviation.reopened", needs=May.WRITE_DEVIATION, touches=_TOUCHES)
def reopen_deviation(tx: Tx, deviation_id: DeviationId, *, seen: int | None = None) -> Deviation:
    """Take back that it is closed. Raises NotFound, NotAllOfIt, Stale."""
    return rows.deviations.save(tx.conn, rules.reopen(_read(tx, deviation_id, seen)))


def _read(tx: Tx, deviation_id: DeviationId, seen: int | None) -> Deviation:
    """One that the actor may read, whole: what they may not read they do not close."""
    deviation = rows.deviations.get(tx.conn, deviation_id)
    kinds = told_kinds(tx, deviation)
    if kinds is None:
        raise NotFound
    tx.about(deviation.id, person_of(tx, deviation))
    must_see(deviation, "what", kinds)
    if seen is not None and deviation.version != seen:
        raise Stale
    return deviation
