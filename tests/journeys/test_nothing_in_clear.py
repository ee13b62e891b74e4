"""After the whole journey: nothing of the persons stands in clear in any file, any output, or behind the lock."""

from __future__ import annotations

import pytest

from misam_desktop.keys import key_file
from tests import canaries
from tests.journeys.conftest import Journey
from tests.journeys.machine import ON_THE_CLIPBOARD
from tests.journeys.people import HEDDA, JONAS, KARIN, NEEDLES, PASSWORDS, TEXTS


@pytest.fixture(scope="session")
def secrets(journey: Journey) -> list[str]:
    """What must stand nowhere: all that is about the persons, the colleagues' names, and every way in."""
    key = journey.shown["recovery key"]
    return [*NEEDLES, HEDDA, KARIN, JONAS, *PASSWORDS.values(), *key, "-".join(key)]


# That there was something to find


def test_every_text_of_the_journey_stands_in_the_store(journey: Journey) -> None:
    assert [text for text in TEXTS.values() if text not in journey.stored] == []


def test_a_change_under_way_left_its_journal_each_time(journey: Journey) -> None:
    sizes = [path.stat().st_size for path in journey.machine.caught.iterdir()]
    assert len(sizes) > 50
    assert sum(sizes) > 1_000_000


def test_the_log_was_turned_up_until_it_told_the_statements(journey: Journey) -> None:
    said = journey.machine.said.read_text(encoding="utf-8")
    assert "INSERT INTO person" in said
    assert "SQL parameters hidden" in said


# Files


def test_the_program_leaves_the_store_its_key_file_and_its_settings(journey: Journey) -> None:
    machine = journey.machine
    left = {path for path in machine.home.rglob("*") if path.is_file()}
    assert left == {machine.store, key_file.path_beside(machine.store), machine.settings}


def test_nothing_of_it_stands_in_any_file_of_the_home(journey: Journey, secrets: list[str]) -> None:
    assert canaries.search(secrets, journey.machine.home) == []


def test_nothing_of_it_stands_in_a_change_under_way(journey: Journey, secrets: list[str]) -> None:
    assert canaries.search(secrets, journey.machine.caught) == []


def test_the_temporary_folder_is_as_empty_as_before(journey: Journey) -> None:
    assert list(journey.machine.temporary.rglob("*")) == []


def test_nothing_of_it_was_said_or_logged(journey: Journey, secrets: list[str]) -> None:
    assert canaries.search(secrets, journey.machine.said) == []


def test_the_stores_own_log_holds_ids_only(journey: Journey, secrets: list[str]) -> None:
    written = repr(journey.log)
    assert [secret for secret in secrets if secret in written] == []


# Behind the lock


def test_before_the_lock_there_was_much_to_find(journey: Journey) -> None:
    words = "\n".join(journey.locked.words_before)
    assert len([needle for needle in NEEDLES if needle in words]) > 5
    assert journey.locked.values_before > 1


def test_after_the_lock_no_widget_holds_any_of_it(journey: Journey, secrets: list[str]) -> None:
    words = "\n".join(journey.locked.words_after)
    assert [secret for secret in secrets if secret in words] == []


def test_after_the_lock_no_person_or_case_is_left_in_memory(journey: Journey) -> None:
    assert journey.locked.values_after == 0


def test_the_clipboard_is_as_it_was(journey: Journey) -> None:
    assert journey.locked.clipboard == ON_THE_CLIPBOARD
