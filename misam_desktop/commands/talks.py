"""Other talks of an episode, with what was agreed as åtaganden of its plan."""

from __future__ import annotations

from collections.abc import Sequence

from misam_desktop.commands.commitments import make_commitment
from misam_desktop.domain import talk as rules
from misam_desktop.domain.access import May
from misam_desktop.domain.commitment import CommitmentFacts
from misam_desktop.domain.ids import EpisodeId, TalkId
from misam_desktop.domain.talk import Talk, TalkFacts
from misam_desktop.store import rows
from misam_desktop.vault import Topic, Tx, command


@command("talk.held", needs=May.WRITE_PLAN, touches=Topic.CASES)
def hold_talk(tx: Tx, episode_id: EpisodeId, facts: TalkFacts, *, agreed: Sequence[CommitmentFacts] = ()) -> Talk:
    """Write down a talk, and who will do what. Raises what the rule raises, NotFound for a unit, and TextRequired."""
    episode = tx.episode(episode_id)
    for unit_id in facts.unit_ids:
        rows.units.get(tx.conn, unit_id)
    talk = rows.talks.add(tx.conn, rules.hold(TalkId(tx.new_id()), episode, facts, today=tx.today))
    tx.about(talk.id, episode.person_id)
    for one in agreed:
        tx.also(make_commitment(episode.id, what=one.what, unit_id=one.unit_id, due_on=one.due_on, talk_id=talk.id))
    return talk
