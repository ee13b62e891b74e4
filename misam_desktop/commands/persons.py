"""Correcting what is known of a person while a case goes on; whose a protected identity is, and who coordinates."""

from __future__ import annotations

from misam_desktop.domain import intake
from misam_desktop.domain.access import May, Subject, may
from misam_desktop.domain.episode import must_be_open
from misam_desktop.domain.errors import Stale
from misam_desktop.domain.ids import ActivityId, EpisodeId, UserId
from misam_desktop.domain.intake import PersonFacts
from misam_desktop.domain.people import Person, User
from misam_desktop.store import rows, tables
from misam_desktop.vault import Topic, Tx, actor_of, command


@command("person.corrected", needs=May.WRITE_REFERRAL, touches=(Topic.PERSONS, Topic.CASES))
def correct_person(tx: Tx, episode_id: EpisodeId, facts: PersonFacts, *, seen: int) -> Person:
    """Write down the person as they are now, for those who work with the case. Raises NumberFixed."""
    episode = tx.episode(episode_id)
    must_be_open(episode)
    known = rows.persons.get(tx.conn, episode.person_id)
    if known.version != seen:
        raise Stale
    corrected = intake.corrected(known, facts, owners=owners_of_protected(tx, episode.activity_id))
    return known if corrected == known else rows.persons.save(tx.conn, corrected)


def owners_of_protected(tx: Tx, activity_id: ActivityId) -> tuple[UserId, ...]:
    """Whose a protected identity becomes: who marks it, and one koordinator of the activity, the first by login.

    Without her no forum could answer, and nobody could be enrolled (security.md, «Who may»).
    """
    mine, coordinators = tx.actor.user_id, [user.id for user in coordinators_of(tx, activity_id)]
    return (mine,) if mine in coordinators else (mine, *coordinators[:1])


def coordinators_of(tx: Tx, activity_id: ActivityId) -> list[User]:
    """Those who run an activity, by login."""
    users = rows.users.where(tx.conn, tables.user.c.active, order_by=[tables.user.c.login])
    forum = Subject(activity_id=activity_id, unit_ids=frozenset())
    return [user for user in users if may(actor_of(user), May.RUN_FORUM, forum)]
