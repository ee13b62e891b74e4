"""The program is killed at random moments of real commands: what was acknowledged is there, and nothing is torn.

Twenty times a run; ``MISAM_KILLS=300 pytest tests/vault/test_kill.py`` kills more.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import pytest

from misam_desktop.commands.episodes import discharge, enrol
from misam_desktop.commands.forum import open_forum, record_outcome
from misam_desktop.commands.referrals import make_referral
from misam_desktop.domain.codes import Outcome
from misam_desktop.domain.ids import MeetingId
from misam_desktop.keys import key_file
from misam_desktop.queries.verify import verify
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import IFO, MISAM, agrees, all_of, asks, ends, entries, somebody
from tests.conftest import TODAY
from tests.vault.worlds import open_up

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's"),
    pytest.mark.timeout(900),
]

KILLS = int(os.environ.get("MISAM_KILLS", "20"))
Told = tuple[str, str]
"""What the log says of one command: its event, and what it was about."""
EVENTS = ("referral.made", "forum.outcome_recorded", "episode.enrolled", "episode.discharged")


def work(path: Path, first: int, pipe: Connection) -> None:
    """Take one person after another through the forum, and say each time that a command is done."""
    vault = open_up(path)
    forum = vault.do(open_forum(MISAM, on=TODAY)).value
    for number in range(first, first + 10_000):
        for told in _one_life(vault, number, forum.id):
            pipe.send(told)


def _one_life(vault: Vault, number: int, forum_id: MeetingId) -> Iterator[Told]:
    person = somebody(980 + number % 20, born=date(1985, 1, 1) + timedelta(days=number // 20))
    referral = vault.do(make_referral(person, asks(), consent=agrees(), submit=True)).value
    yield "referral.made", referral.id
    vault.do(record_outcome(referral.id, Outcome.ANTAS, meeting_id=forum_id))
    yield "forum.outcome_recorded", referral.id
    episode = vault.do(enrol(referral.id, enrolled_on=TODAY, commissioner_id=IFO)).value
    yield "episode.enrolled", episode.id
    vault.do(discharge(episode.id, ends()))
    yield "episode.discharged", episode.id


def killed_at(path: Path, first: int, *, after: int, delay_s: float) -> list[Told]:
    """What a program had acknowledged that was killed so long after so many commands."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    ours, theirs = context.Pipe(duplex=False)
    program = context.Process(target=work, args=(path, first, theirs))
    program.start()
    theirs.close()
    told = [ours.recv() for _ in range(after)]
    time.sleep(delay_s)
    program.kill()
    program.join()
    while ours.poll():
        try:
            told.append(ours.recv())
        except EOFError:
            break
    return told


def logged(vault: Vault) -> list[Told]:
    return [(one.action, one.object_id) for one in entries(vault) if one.action in EVENTS]


def rows_by_event(vault: Vault) -> dict[str, set[str]]:
    """The same as the rows tell it; a row counts when all that its command stores with it is there."""
    referrals, episodes = all_of(vault, rows.referrals), all_of(vault, rows.episodes)
    agreed = {one.case_id for one in all_of(vault, rows.consents)}
    concluded = {one.referral_id for one in all_of(vault, rows.assessments)}
    planned = {one.episode_id for one in all_of(vault, rows.follow_ups)}
    persons = {one.id for one in all_of(vault, rows.persons)}
    return {
        "referral.made": {one.id for one in referrals if one.id in agreed and one.person_id in persons},
        "forum.outcome_recorded": {one.id for one in referrals if one.outcome and one.id in concluded},
        "episode.enrolled": {one.id for one in episodes if one.id in planned},
        "episode.discharged": {one.id for one in episodes if one.discharged_on},
    }


def test_a_kill_at_any_moment_loses_nothing_and_tears_nothing(founded: Path) -> None:
    random, acknowledged, caught_midway = Random(9), 0, 0
    for kill in range(KILLS):
        before = acknowledged
        told = killed_at(founded, kill * 100, after=random.randrange(1, 8), delay_s=random.uniform(0, 0.02))
        caught_midway += founded.with_name(f"{founded.name}-journal").exists()
        vault = open_up(founded)
        found = logged(vault)
        assert found[before : before + len(told)] == told
        assert len(found) - before - len(told) in {0, 1}  # done, and killed before it could say so
        assert rows_by_event(vault) == {event: {one for name, one in found if name == event} for event in EVENTS}
        beside = key_file.path_beside(founded).read_bytes()
        assert [check.name for check in vault.ask(verify(key_file_beside=beside)) if not check.ok] == []
        vault.close()
        acknowledged = len(found)
    assert caught_midway > 0
