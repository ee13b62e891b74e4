"""Forumets svar on Idag: told to who referred, until its letter has gone, or for two weeks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from misam_desktop.commands.forum import record_outcome
from misam_desktop.commands.letters import give_letter
from misam_desktop.domain.codes import Act, Outcome
from misam_desktop.domain.letter import Letter
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.letters import LetterChoice
from misam_desktop.queries.task_rows import Task
from misam_desktop.queries.today import today
from misam_desktop.vault import Vault
from tests.commands.worlds import contact_of, meeting, on, waiting
from tests.conftest import TODAY


def told(vault: Vault) -> list[str]:
    """The referrals whose answer is told on the actor's Idag."""
    return [row.object_id for row in vault.ask(today()).tasks if row.task is Task.ANSWER]


def answered(karin: Vault, jonas: Vault, outcome: Outcome = Outcome.ATER) -> Referral:
    referral = waiting(jonas, contact_id=contact_of(jonas))
    return karin.do(record_outcome(referral.id, outcome, meeting_id=meeting(karin).id, text="Praktik")).value


def test_the_answer_is_told_to_who_referred_alone(karin: Vault, jonas: Vault, olle: Vault) -> None:
    referral = answered(karin, jonas)
    assert [told(vault) for vault in (jonas, karin, olle)] == [[referral.id], [], []]


@pytest.mark.parametrize(
    ("outcome", "is_told"),
    [(Outcome.NAFS, True), (Outcome.EJ_BEHOV, True), (Outcome.ANTAS, False), (Outcome.KOMPLETTERA, False)],
)
def test_what_goes_on_by_itself_is_told_in_its_own_way(
    karin: Vault, jonas: Vault, outcome: Outcome, *, is_told: bool
) -> None:
    answered(karin, jonas, outcome)
    assert bool(told(jonas)) is is_told


@pytest.mark.parametrize("letter", [Letter.BESKED, Letter.BEDOMNING])
def test_it_is_gone_once_its_letter_is_given(karin: Vault, jonas: Vault, letter: Letter) -> None:
    referral = answered(karin, jonas)
    karin.do(give_letter(referral.id, LetterChoice(letter=letter), act=Act.UTSKRIFT))
    assert told(jonas) == []


def test_it_is_told_for_two_weeks(karin: Vault, jonas: Vault) -> None:
    answered(karin, jonas)
    assert told(on(jonas, TODAY + timedelta(days=14)))
    assert not told(on(jonas, TODAY + timedelta(days=15)))
