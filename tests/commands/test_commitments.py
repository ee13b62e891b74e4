"""Åtaganden: written down and done, while the episode goes on."""

from __future__ import annotations

from datetime import date

from misam_desktop.commands.commitments import finish_commitment, make_commitment, reopen_commitment
from misam_desktop.commands.episodes import discharge
from misam_desktop.domain.commitment import CommitmentDone
from misam_desktop.domain.episode import AlreadyDischarged
from misam_desktop.domain.referral import TextRequired
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, ends, enrolled, one, refused
from tests.conftest import TODAY


def test_a_commitment_says_who_does_what_by_when(karin: Vault) -> None:
    request = make_commitment(enrolled(karin).id, what=" Bokar praktik ", unit_id=AF, due_on=date(2026, 12, 1))
    kept = one(karin, rows.commitments, karin.do(request).value.id)
    assert (kept.what, kept.unit_id, kept.due_on, kept.done_on) == ("Bokar praktik", AF, date(2026, 12, 1), None)


def test_the_person_can_take_something_on_without_a_day(karin: Vault) -> None:
    kept = karin.do(make_commitment(enrolled(karin).id, what="Ringer", unit_id=None, due_on=None)).value
    assert (kept.unit_id, kept.due_on) == (None, None)


def test_a_commitment_without_a_what_is_refused(karin: Vault) -> None:
    episode = enrolled(karin)
    with refused(karin, TextRequired):
        karin.do(make_commitment(episode.id, what=" ", unit_id=AF, due_on=None))


def test_a_commitment_is_done_once(karin: Vault) -> None:
    made = karin.do(make_commitment(enrolled(karin).id, what="Ringer", unit_id=AF, due_on=None)).value
    assert karin.do(finish_commitment(made.id)).value.done_on == TODAY
    with refused(karin, CommitmentDone):
        karin.do(finish_commitment(made.id))


def test_what_was_marked_as_done_by_mistake_is_open_again(karin: Vault) -> None:
    made = karin.do(make_commitment(enrolled(karin).id, what="Ringer", unit_id=AF, due_on=None)).value
    karin.do(finish_commitment(made.id))
    karin.do(reopen_commitment(made.id))
    assert one(karin, rows.commitments, made.id).done_on is None


def test_the_plan_of_an_ended_episode_is_read_only(karin: Vault) -> None:
    episode = enrolled(karin)
    made = karin.do(make_commitment(episode.id, what="Ringer", unit_id=AF, due_on=None)).value
    karin.do(discharge(episode.id, ends()))
    with refused(karin, AlreadyDischarged):
        karin.do(make_commitment(episode.id, what="Skriver", unit_id=AF, due_on=None))
    with refused(karin, AlreadyDischarged):
        karin.do(finish_commitment(made.id))
