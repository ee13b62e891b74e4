"""What may not be read is emptied, and a value without it can still be shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from misam_desktop.commands.commitments import make_commitment
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.gate import let_through
from misam_desktop.queries.cases import one_case
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, IFO, agrees, all_of, enrolled, waiting
from tests.vault.day import whole_day

TELLING: tuple[rows.Rows[Any], ...] = (
    rows.persons,
    rows.referrals,
    rows.episodes,
    rows.follow_ups,
    rows.commitments,
    rows.assessments,
    rows.consents,
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
