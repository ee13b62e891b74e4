"""That somebody was offered or asked something, and when; and when the activity offers its questionnaire."""

from __future__ import annotations

from dataclasses import replace

from misam_desktop.domain import asked as rules
from misam_desktop.domain.access import May, NotAllOfIt, Subject
from misam_desktop.domain.activity import Activity, Kind, Questionnaires
from misam_desktop.domain.asked import Asked, AskedFacts, AskedWhat
from misam_desktop.domain.errors import NotFound, Stale
from misam_desktop.domain.ids import ActivityId, AskedId, EpisodeId
from misam_desktop.store import rows, tables
from misam_desktop.vault import Topic, Tx, command


@command("asked.noted", needs=May.ASK, touches=Topic.CASES)
def note_asked(
    tx: Tx, episode_id: EpisodeId, what: AskedWhat, facts: AskedFacts, *, occasion: str = "", seen: int | None = None
) -> Asked:
    """Note that it was offered or asked on an occasion, or take that back; ``seen`` 0 is that nothing was noted.

    Raises what the rule raises, NotAllOfIt for what the actor may not be told of, and Stale.
    """
    episode = tx.episode(episode_id)
    of_episode = rows.asked.of(tx.conn, tables.asked.c.episode_id, episode.id)
    known = next((one for one in of_episode if (one.what, one.occasion) == (what, occasion)), None)
    before = known or Asked(id=AskedId(tx.new_id()), episode_id=episode.id, what=what, occasion=occasion)
    if not rules.shown_with([before], tx.kinds or frozenset()):
        raise NotAllOfIt
    if seen is not None and seen != (known.version if known else 0):
        raise Stale
    noted = rules.noted(before, facts, episode, today=tx.today)
    tx.about(noted.id, episode.person_id)
    return rows.asked.save(tx.conn, noted) if known else rows.asked.add(tx.conn, noted)


@command("activity.questionnaires_set", needs=May.CHANGE_SETTINGS, touches=(Topic.SETTINGS, Topic.CASES))
def set_questionnaires(tx: Tx, activity_id: ActivityId, questionnaires: Questionnaires, *, seen: int) -> Activity:
    """Say when an activity offers «Indikatorenkät». Raises NotFound, Stale."""
    activity = rows.activities.get(tx.conn, activity_id)
    tx.about(activity.id)
    tx.require(Subject(activity_id=activity.id, unit_ids=frozenset(), purpose=activity.settings.kind.purpose))
    if activity.settings.kind is not Kind.FORUM:
        raise NotFound
    if activity.version != seen:
        raise Stale
    settings = replace(activity.settings, questionnaires=questionnaires)
    return rows.activities.save(tx.conn, replace(activity, settings=settings))
