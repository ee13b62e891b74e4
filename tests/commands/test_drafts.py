"""Half-written text: kept for its writer, and forgotten when it is done with."""

from __future__ import annotations

from misam_desktop.commands.drafts import drop_draft, keep_draft
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import all_of, entries
from tests.conftest import NOW


def test_each_writer_has_one_draft_of_each_form(jonas: Vault, olle: Vault) -> None:
    for vault, content in ((jonas, "1"), (jonas, "2"), (olle, "3")):
        vault.do(keep_draft("follow_up", "f1", content))
    jonas.do(keep_draft("follow_up", "f2", "4"))
    kept = {(one.user_id, one.subject_id): one.content for one in all_of(jonas, rows.drafts)}
    assert kept == {
        (jonas.actor.user_id, "f1"): "2",
        (olle.actor.user_id, "f1"): "3",
        (jonas.actor.user_id, "f2"): "4",
    }
    assert {one.saved_at for one in all_of(jonas, rows.drafts)} == {NOW}


def test_a_dropped_draft_is_gone_and_nobody_elses_is(jonas: Vault, olle: Vault) -> None:
    dropped = jonas.do(keep_draft("follow_up", "f1", "1")).value
    olle.do(keep_draft("follow_up", "f1", "2"))
    jonas.do(drop_draft("follow_up", "f1"))
    assert [one.user_id for one in all_of(jonas, rows.drafts)] == [olle.actor.user_id]
    assert entries(jonas)[-1].object_id == dropped.id


def test_the_log_names_the_draft_and_nothing_of_what_it_says(jonas: Vault) -> None:
    kept = jonas.do(keep_draft("follow_up", "f1", '{"note": "Går bra"}')).value
    entry = entries(jonas)[-1]
    assert (entry.action, entry.object_id, entry.person_id, entry.purpose) == ("draft.kept", kept.id, "", "")
