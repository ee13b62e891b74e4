"""The door: who may, one transaction, the log entry in it; reads are logged before they are shown."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from misam_desktop.commands.consents import record_consent
from misam_desktop.commands.drafts import keep_draft
from misam_desktop.commands.forum import open_forum
from misam_desktop.domain.access import May, NotPermitted
from misam_desktop.domain.drafts import Draft
from misam_desktop.domain.errors import NotFound, Stale
from misam_desktop.domain.ids import DraftId, ReferralId
from misam_desktop.queries.referrals import one_referral, waiting_referrals
from misam_desktop.store import log, rows
from misam_desktop.store.engine import StoreReadOnly
from misam_desktop.vault import Look, Topic, Tx, Vault, command, query
from tests.commands.worlds import MISAM, agrees, all_of, colleague, content, draft, entries, refused
from tests.conftest import NOW, TODAY
from tests.store.worlds import driver_of
from tests.vault.worlds import Hands, open_up


@command("test.kept", needs=May.OWN_SESSION, touches=Topic.DRAFTS)
def keep(tx: Tx, text: str, *, fail: Exception | None = None) -> Draft:
    """Keep a text, and then fail if told to."""
    kept = Draft(
        id=DraftId(tx.new_id()), user_id=tx.actor.user_id, form="t", subject_id=text, content=text, saved_at=tx.now
    )
    tx.about(kept.id, "p-1")
    rows.drafts.add(tx.conn, kept)
    if fail is not None:
        raise fail
    return kept


@command("test.two_kept", needs=May.OWN_SESSION, touches=Topic.CASES)
def keep_two(tx: Tx, first: str, second: str) -> None:
    """Keep two texts, by a command within this one."""
    tx.also(keep(first))
    tx.also(keep(second))
    tx.about("both")


@query("test.read", needs=May.OWN_SESSION)
def read(look: Look, *records: str) -> str:
    """Read some records."""
    for record in records:
        look.opened(record, f"p-{record}")
    return "what stands there"


def kept(vault: Vault) -> list[str]:
    return [one.content for one in all_of(vault, rows.drafts)]


def named(told: list[log.Written]) -> list[tuple[str, str, str, int]]:
    return [(one.action, one.object_id, one.person_id, one.allowed) for one in told]


@pytest.fixture
def hands(founded: Path) -> Hands:
    """A clock that the test moves."""
    return Hands()


@pytest.fixture
def moving(founded: Path, hands: Hands) -> Vault:
    """The store unlocked by the koordinator, by that clock."""
    return open_up(founded, clock=hands.clock)


# Commands


def test_building_a_request_runs_nothing(karin: Vault) -> None:
    keep("text")
    assert kept(karin) == []


def test_a_command_gives_its_value_and_what_it_touched(karin: Vault) -> None:
    done = karin.do(keep("text"))
    assert (done.value.content, done.touched) == ("text", frozenset({Topic.DRAFTS}))
    assert kept(karin) == ["text"]


def test_its_entry_says_who_what_and_about_whom(karin: Vault) -> None:
    draft_id = karin.do(keep("text")).value.id
    entry = entries(karin)[-1]
    assert (entry.action, entry.object_id, entry.person_id, entry.allowed) == ("test.kept", draft_id, "p-1", 1)
    assert (entry.user_id, entry.unit_id) == (karin.actor.user_id, "kommun-ifo")
    assert (entry.role, entry.at) == ("koordinator", "2026-11-24T08:00:00.000000+00:00")


@pytest.mark.parametrize("error", [Stale(), ZeroDivisionError(), KeyboardInterrupt()])
def test_a_command_that_fails_changes_and_logs_nothing(karin: Vault, error: Exception) -> None:
    told = entries(karin)
    with pytest.raises(type(error)):
        karin.do(keep("text", fail=error))
    assert (kept(karin), entries(karin)) == ([], told)


def test_change_and_entry_come_in_one_transaction(karin: Vault, founded: Path) -> None:
    seen = []

    @command("test.watched", needs=May.OWN_SESSION, touches=())
    def watched(tx: Tx) -> None:
        keep("text").run(tx)
        with driver_of(founded) as other:
            seen.append(other.execute("SELECT count(*) FROM draft").fetchone()[0])

    karin.do(watched())
    assert (seen, kept(karin), entries(karin)[-1].action) == ([0], ["text"], "test.watched")


def test_a_change_that_cannot_be_logged_is_undone(karin: Vault, founded: Path) -> None:
    with driver_of(founded) as raw:
        raw.execute("CREATE TRIGGER full BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'full'); END")
    with pytest.raises(Exception, match="full"):
        karin.do(keep("text"))
    assert kept(karin) == []


def test_what_the_role_does_not_include_is_refused_and_only_that_is_logged(jonas: Vault) -> None:
    with refused(jonas, NotPermitted):
        jonas.do(open_forum(MISAM, on=TODAY))
    assert named(entries(jonas)[-1:]) == [("meeting.opened", "", "", 0)]


def test_the_record_that_was_refused_stands_in_the_log(karin: Vault, jonas: Vault) -> None:
    mine = draft(karin, unit_id=karin.actor.unit_id)
    with refused(jonas, NotFound):
        jonas.do(record_consent(mine.id, agrees()))
    assert named(entries(jonas)[-1:]) == [("consent.recorded", mine.id, mine.person_id, 0)]


def test_what_does_not_exist_and_what_one_may_not_know_of_read_the_same(karin: Vault, jonas: Vault) -> None:
    mine = draft(karin, unit_id=karin.actor.unit_id)
    errors = []
    for referral_id in (mine.id, ReferralId("none")):
        with pytest.raises(NotFound) as caught:
            jonas.ask(one_referral(referral_id))
        errors.append((type(caught.value), caught.value.params, str(caught.value)))
    assert errors[0] == errors[1]


# Commands within commands


def test_a_command_within_another_has_its_own_entry(karin: Vault) -> None:
    told = len(entries(karin))
    done = karin.do(keep_two("one", "two"))
    assert [one.action for one in entries(karin)[told:]] == ["test.kept", "test.kept", "test.two_kept"]
    assert done.touched == {Topic.CASES, Topic.DRAFTS}


def test_a_command_within_another_has_its_own_permission(jonas: Vault) -> None:
    @command("test.around", needs=May.OWN_SESSION, touches=())
    def around(tx: Tx) -> None:
        keep("text").run(tx)
        tx.also(open_forum(MISAM, on=TODAY))

    with refused(jonas, NotPermitted):
        jonas.do(around())
    assert entries(jonas)[-1].action == "test.around"


@pytest.mark.parametrize("what", ["actor", "now"])
def test_nobody_acts_as_another_or_at_another_time(karin: Vault, jonas: Vault, what: str) -> None:
    said = {"actor": karin.actor, "now": NOW - timedelta(days=1)}

    @command("test.played", needs=May.OWN_SESSION, touches=())
    def played(tx: Tx) -> None:
        tx.also(keep("text"), **{what: said[what]})  # type: ignore[arg-type]  # one of the two

    with refused(jonas, NotPermitted):
        jonas.do(played())


# Questions


def test_a_question_is_answered_and_logged(karin: Vault) -> None:
    told = len(entries(karin))
    assert karin.ask(read("e-1", "e-2")) == "what stands there"
    assert named(entries(karin)[told:]) == [("test.read", "e-1", "p-e-1", 1), ("test.read", "e-2", "p-e-2", 1)]


def test_a_question_about_nobody_is_logged_as_one_entry(karin: Vault) -> None:
    told = len(entries(karin))
    karin.ask(waiting_referrals())
    assert named(entries(karin)[told:]) == [("referrals.listed", "", "", 1)]


def test_a_fleeting_question_is_not_logged(karin: Vault) -> None:
    @query(None, needs=May.OWN_SESSION)
    def fleeting(look: Look) -> int:
        return 1

    told = entries(karin)
    assert karin.ask(fleeting()) == 1
    assert entries(karin) == told


def test_a_read_that_cannot_be_logged_is_not_shown(karin: Vault, founded: Path) -> None:
    with driver_of(founded) as raw:
        raw.execute("CREATE TRIGGER full BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'full'); END")
    with pytest.raises(Exception, match="full"):
        karin.ask(read("e-1"))


def test_a_read_that_could_not_be_logged_is_logged_the_next_time(karin: Vault, founded: Path) -> None:
    with driver_of(founded) as raw:
        raw.execute("CREATE TRIGGER full BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'full'); END")
    with pytest.raises(Exception, match="full"):
        karin.ask(read("e-1"))
    with driver_of(founded) as raw:
        raw.execute("DROP TRIGGER full")
    karin.ask(read("e-1"))
    assert entries(karin)[-1].object_id == "e-1"


def test_a_refused_question_is_logged_with_what_was_asked_for(karin: Vault, jonas: Vault) -> None:
    mine = draft(karin, unit_id=karin.actor.unit_id)
    with refused(jonas, NotFound):
        jonas.ask(one_referral(mine.id))
    assert named(entries(jonas)[-1:]) == [("referral.opened", mine.id, mine.person_id, 0)]


def test_a_question_that_the_role_does_not_include_never_runs(karin: Vault) -> None:
    @query("test.refused", needs=May.SEE_CASES)
    def never(look: Look) -> None:
        pytest.fail("it ran")

    nobody = colleague(karin, "nobody", unit_id=karin.actor.unit_id)
    with refused(nobody, NotPermitted):
        nobody.ask(never())


def test_a_question_cannot_change_anything(karin: Vault) -> None:
    @query("test.sly", needs=May.OWN_SESSION)
    def sly(look: Look) -> None:
        rows.drafts.save(look.conn, rows.drafts.where(look.conn)[0])

    karin.do(keep_draft("referral", "", "text"))
    before = content(karin)
    with pytest.raises(StoreReadOnly):
        karin.ask(sly())
    assert content(karin) == before


# The same read again


@pytest.mark.parametrize(
    ("minutes", "is_logged"), [(0, False), (9.99, False), (10, True), (60, True), (-0.01, True), (-60, True)]
)
def test_the_same_read_is_logged_again_after_ten_minutes_or_when_the_clock_goes_back(
    moving: Vault, hands: Hands, minutes: float, is_logged: bool
) -> None:
    moving.ask(read("e-1"))
    told = len(entries(moving))
    hands.move(timedelta(minutes=minutes))
    moving.ask(read("e-1"))
    assert len(entries(moving)) - told == is_logged


def test_reading_on_without_a_pause_is_logged_every_ten_minutes(moving: Vault, hands: Hands) -> None:
    told = len(entries(moving))
    for _ in range(30):
        moving.ask(read("e-1"))
        hands.move(timedelta(minutes=1))
    assert len(entries(moving)) - told == 3


def test_another_record_or_another_kind_of_read_is_logged_at_once(karin: Vault) -> None:
    @query("test.read_otherwise", needs=May.OWN_SESSION)
    def otherwise(look: Look) -> None:
        look.opened("e-1", "p-e-1")

    karin.ask(read("e-1"))
    told = len(entries(karin))
    karin.ask(read("e-1", "e-2"))
    karin.ask(otherwise())
    assert [(one.action, one.object_id) for one in entries(karin)[told:]] == [
        ("test.read", "e-2"),
        ("test.read_otherwise", "e-1"),
    ]


def test_another_user_is_logged_at_once(karin: Vault, jonas: Vault) -> None:
    karin.ask(read("e-1"))
    jonas.ask(read("e-1"))
    assert [one.user_id for one in entries(karin)[-2:]] == [karin.actor.user_id, jonas.actor.user_id]


def test_a_record_read_twice_in_one_question_is_logged_once(karin: Vault) -> None:
    told = len(entries(karin))
    karin.ask(read("e-1", "e-1"))
    assert len(entries(karin)) - told == 1


def test_reads_of_long_ago_are_forgotten(moving: Vault, hands: Hands) -> None:
    for number in range(50):
        moving.ask(read(f"e-{number}"))
        hands.move(timedelta(minutes=1))
    assert len(moving._last_reads) == 10


def test_what_a_command_reads_of_others_is_logged_with_it(karin: Vault) -> None:
    @command("test.handed_over", needs=May.OWN_SESSION, touches=())
    def hand_over(tx: Tx) -> None:
        tx.about("list")
        tx.opened("e-1", "p-e-1")

    told = len(entries(karin))
    karin.do(hand_over())
    assert [one.object_id for one in entries(karin)[told:]] == ["list", "e-1"]
