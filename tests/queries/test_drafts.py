"""Half-written text comes back to the one who wrote it, and to nobody else."""

from __future__ import annotations

from datetime import timedelta

from misam_desktop.commands.drafts import drop_draft, keep_draft
from misam_desktop.queries.drafts import kept_draft, my_drafts
from misam_desktop.vault import Vault
from tests.commands.worlds import entries, on
from tests.conftest import NOW, TODAY


def test_what_was_kept_last_comes_back(karin: Vault) -> None:
    karin.do(keep_draft("referral", "r-1", "först"))
    karin.do(keep_draft("referral", "r-1", "sist"))
    assert karin.ask(kept_draft("referral", "r-1")) == "sist"


def test_a_form_or_a_thing_without_a_draft_has_none(karin: Vault) -> None:
    karin.do(keep_draft("referral", "r-1", "text"))
    assert karin.ask(kept_draft("referral", "r-2")) is None
    assert karin.ask(kept_draft("follow_up", "r-1")) is None


def test_a_draft_that_was_dropped_is_gone(karin: Vault) -> None:
    karin.do(keep_draft("referral", "", "text"))
    karin.do(drop_draft("referral", ""))
    assert (karin.ask(kept_draft("referral", "")), karin.ask(my_drafts())) == (None, [])


def test_nobody_else_sees_it(karin: Vault, jonas: Vault) -> None:
    karin.do(keep_draft("referral", "", "text"))
    assert (jonas.ask(kept_draft("referral", "")), jonas.ask(my_drafts())) == (None, [])


def test_all_of_mine_stand_with_the_newest_first(karin: Vault) -> None:
    karin.do(keep_draft("referral", "", "först"))
    on(karin, TODAY + timedelta(days=1)).do(keep_draft("follow_up", "f-1", "sist"))
    told = [(row.form, row.subject_id, row.content) for row in karin.ask(my_drafts())]
    assert told == [("follow_up", "f-1", "sist"), ("referral", "", "först")]
    assert karin.ask(my_drafts())[-1].saved_at == NOW


def test_to_fetch_a_draft_leaves_nothing_in_the_log(karin: Vault) -> None:
    before = entries(karin)
    karin.ask(kept_draft("referral", ""))
    karin.ask(my_drafts())
    assert entries(karin) == before
