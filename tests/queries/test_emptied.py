"""What may not be read is emptied, and a value without it can still be shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from misam_desktop.commands.commitments import finish_commitment, make_commitment
from misam_desktop.commands.episodes import discharge, enrol
from misam_desktop.commands.forum import record_outcome
from misam_desktop.domain.codes import InfoKind, Outcome
from misam_desktop.domain.gate import OWN_FILES, let_through
from misam_desktop.domain.livelihood import UNKNOWN
from misam_desktop.queries.cases import one_case
from misam_desktop.queries.follow_ups import one_follow_up
from misam_desktop.queries.handed_out import gate_preview
from misam_desktop.queries.referrals import one_referral
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import (
    AF,
    FK,
    IFO,
    ON_SUPPORT,
    agrees,
    all_of,
    ends,
    enrolled,
    follow_ups,
    meeting,
    on,
    somebody,
    waiting,
)
from tests.conftest import TODAY
from tests.vault.day import whole_day

HALSA = (InfoKind.HALSA,)
TELLING: tuple[rows.Rows[Any], ...] = (
    rows.persons,
    rows.referrals,
    rows.episodes,
    rows.follow_ups,
    rows.commitments,
    rows.assessments,
    rows.consents,
    rows.nafs_cases,
    rows.questions,
    rows.agenda_items,
)


def test_whatever_a_day_has_stored_can_be_emptied(karin: Vault, jonas: Vault, founded: Path) -> None:
    whole_day(karin, jonas, founded)
    for mapper in TELLING:
        stored = all_of(karin, mapper)
        assert stored
        for value in stored:
            emptied = let_through(value, frozenset())
            assert let_through(emptied, frozenset()) == emptied
            assert emptied.id == value.id


@pytest.mark.parametrize("kinds", [(InfoKind.GRUNDUPPGIFTER,), (InfoKind.FRAGESTALLNING, InfoKind.HALSA)])
def test_a_plan_that_may_not_be_read_hinders_nobody_from_opening_the_case(
    karin: Vault, jonas: Vault, kinds: tuple[InfoKind, ...]
) -> None:
    episode = enrolled(karin, waiting(jonas, consent=agrees(kinds=kinds)), commissioner_id=IFO)
    karin.do(make_commitment(episode.id, what="Bokar praktikplats", unit_id=AF, due_on=None))
    assert [line.what for line in karin.ask(one_case(episode.id)).commitments] == ["Bokar praktikplats"]
    assert [line.what for line in jonas.ask(one_case(episode.id)).commitments] == [""]


def test_ones_own_part_of_it_is_ticked_off_without_being_told(karin: Vault, jonas: Vault) -> None:
    episode = enrolled(karin, waiting(jonas, consent=agrees(kinds=HALSA)))
    made = karin.do(make_commitment(episode.id, what="Bokar praktikplats", unit_id=AF, due_on=None)).value
    done = jonas.do(finish_commitment(made.id)).value
    assert (done.done_on, done.what) == (TODAY, "")


def test_the_consent_that_holds_tells_who_it_lets_in_no_more_than_they_may_read(
    karin: Vault, jonas: Vault, lena: Vault
) -> None:
    """What the person does not want shared is told to those who may see the signed paper."""
    signed = agrees(unit_ids=(AF, IFO, FK), kinds=HALSA, not_shared="Ekonomin", guardian="Mor Prov")
    episode = enrolled(karin, waiting(jonas, consent=signed))
    preview = gate_preview(episode.referral_id, [OWN_FILES])
    for answer in (lena.ask(one_case(episode.id)), lena.ask(one_referral(episode.referral_id)), lena.ask(preview)):
        assert "Ekonomin" not in repr(answer)
        assert "Mor Prov" not in repr(answer)
    page, told = lena.ask(one_case(episode.id)), lena.ask(preview)
    assert page.deciding in page.consents
    assert told.consent is not None
    assert karin.ask(preview).not_shared == "Ekonomin"


def test_what_the_forum_said_is_told_as_the_referral_is(karin: Vault, jonas: Vault) -> None:
    referral = waiting(jonas, consent=agrees(kinds=HALSA))
    karin.do(record_outcome(referral.id, Outcome.ANTAS, meeting_id=meeting(karin).id, text="Behöver samordning"))
    episode = karin.do(enrol(referral.id, enrolled_on=TODAY, commissioner_id=IFO)).value
    told = {vault: [one.text for one in vault.ask(one_case(episode.id)).assessments] for vault in (karin, jonas)}
    assert told == {karin: [""], jonas: ["Behöver samordning"]}


def test_a_follow_up_is_not_prefilled_with_what_the_referral_may_not_tell(karin: Vault, jonas: Vault) -> None:
    forms = []
    for kinds in (HALSA, tuple(InfoKind)):
        episode = enrolled(karin, waiting(jonas, somebody(980 + len(kinds)), consent=agrees(kinds=kinds)))
        forms.append(karin.ask(one_follow_up(follow_ups(karin, episode)[0].id)).last_livelihoods)
    assert forms == [UNKNOWN, ON_SUPPORT]


def test_of_the_persons_other_case_the_unit_that_referred_reads_what_the_consent_says(
    karin: Vault, jonas: Vault
) -> None:
    began, ended = date(2026, 3, 2), date(2026, 5, 31)
    narrow = agrees(kinds=HALSA, from_on=began)
    first = enrolled(karin, waiting(on(jonas, began), consent=narrow, referred_on=began), day=began)
    on(karin, ended).do(discharge(first.id, ends(on=ended, text="Bor hos en vän", after="IFO följer upp")))
    second = enrolled(karin, waiting(jonas))
    [other] = jonas.ask(one_case(second.id)).others
    assert (other.id, other.discharged_on) == (first.id, ended)
    assert (other.discharge_text, other.planning_after) == ("", "")
