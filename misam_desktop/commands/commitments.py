"""Who does what by when: the åtaganden of an episode."""

from __future__ import annotations

from datetime import date

from misam_desktop.domain import commitment as rules
from misam_desktop.domain.access import May
from misam_desktop.domain.commitment import Commitment
from misam_desktop.domain.episode import must_be_open
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import CommitmentId, EpisodeId, TalkId, UnitId
from misam_desktop.store import rows
from misam_desktop.vault import Topic, Tx, command


@command("commitment.made", needs=May.WRITE_PLAN, touches=Topic.CASES)
def make_commitment(
    tx: Tx,
    episode_id: EpisodeId,
    *,
    what: str,
    unit_id: UnitId | None,
    due_on: date | None,
    talk_id: TalkId | None = None,
) -> Commitment:
    """Write down who does what by when; no unit means the person. Raises TextRequired, NotFound."""
    episode = tx.episode(episode_id, answering=unit_id)
    must_be_open(episode)
    if talk_id is not None and rows.talks.get(tx.conn, talk_id).episode_id != episode.id:
        raise NotFound
    commitment = Commitment(
        id=CommitmentId(tx.new_id()),
        episode_id=episode.id,
        what=rules.must_say(what),
        unit_id=unit_id,
        due_on=due_on,
        talk_id=talk_id,
    )
    tx.about(commitment.id, episode.person_id)
    return rows.commitments.add(tx.conn, commitment)


@command("commitment.finished", needs=May.WRITE_PLAN, touches=Topic.CASES)
def finish_commitment(tx: Tx, commitment_id: CommitmentId) -> Commitment:
    """Mark a commitment as done today."""
    return rows.commitments.save(tx.conn, rules.finish(_of_open_episode(tx, commitment_id), on=tx.today))


@command("commitment.reopened", needs=May.WRITE_PLAN, touches=Topic.CASES)
def reopen_commitment(tx: Tx, commitment_id: CommitmentId) -> Commitment:
    """Take back that a commitment is done."""
    return rows.commitments.save(tx.conn, rules.reopen(_of_open_episode(tx, commitment_id)))


def _of_open_episode(tx: Tx, commitment_id: CommitmentId) -> Commitment:
    """The commitment, if the actor may write the plan that it stands in. Raises NotFound, AlreadyDischarged."""
    commitment = rows.commitments.get(tx.conn, commitment_id)
    episode = tx.episode(commitment.episode_id, answering=commitment.unit_id)
    tx.about(commitment.id, episode.person_id)
    must_be_open(episode)
    return commitment
