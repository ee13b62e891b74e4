"""Correcting what is known of a person while a case goes on: another telephone, a name that was misspelt."""

from __future__ import annotations

from misam_desktop.domain import intake
from misam_desktop.domain.access import May
from misam_desktop.domain.episode import must_be_open
from misam_desktop.domain.errors import Stale
from misam_desktop.domain.ids import EpisodeId
from misam_desktop.domain.intake import PersonFacts
from misam_desktop.domain.people import Person
from misam_desktop.store import rows
from misam_desktop.vault import Topic, Tx, command


@command("person.corrected", needs=May.WRITE_REFERRAL, touches=(Topic.PERSONS, Topic.CASES))
def correct_person(tx: Tx, episode_id: EpisodeId, facts: PersonFacts, *, seen: int) -> Person:
    """Write down the person as they are now, for those who work with the case. Raises NumberFixed."""
    episode = tx.episode(episode_id)
    must_be_open(episode)
    known = rows.persons.get(tx.conn, episode.person_id)
    if known.version != seen:
        raise Stale
    corrected = intake.corrected(known, facts, by=tx.actor.user_id)
    return known if corrected == known else rows.persons.save(tx.conn, corrected)
