"""Every command and question says who may, is logged under a name that never changes, and is tried by a test."""

from __future__ import annotations

import re

import pytest

from misam_desktop.domain.access import May
from tests.project.worlds import CODE, ROOT, Builder, builders

COMMANDS = [one for one in builders() if one.writes]
QUESTIONS = [one for one in builders() if not one.writes]
KNOWN_EVENTS = (ROOT / "tests" / "project" / "events.txt").read_text(encoding="utf-8").split()


def said_in_tests() -> set[str]:
    """Every word in the tests but these."""
    tests = [
        text for path, text in CODE.items() if path.parts[0] == "tests" and path.parts[1] not in ("bench", "project")
    ]
    return {word for text in tests for word in re.findall(r"\w+", text)}


def named(builder: Builder) -> str:
    return builder.name


@pytest.mark.parametrize("builder", builders(), ids=named)
def test_it_names_a_permission(builder: Builder) -> None:
    assert isinstance(builder.needs, May)


@pytest.mark.parametrize("builder", COMMANDS, ids=named)
def test_a_command_is_logged_under_an_event_of_its_own(builder: Builder) -> None:
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", builder.event or "")
    assert [one.name for one in builders() if one.event == builder.event] == [builder.name]


@pytest.mark.parametrize("builder", QUESTIONS, ids=named)
def test_a_question_is_logged_unless_it_tells_the_asker_about_their_own(builder: Builder) -> None:
    assert builder.event is not None or builder.needs is May.OWN_SESSION


def test_an_event_is_never_renamed() -> None:
    """It stands in logs that cannot be changed: a new one is added to the list, and none is taken from it."""
    assert {one.event for one in builders() if one.event} == set(KNOWN_EVENTS)


def test_every_command_is_tried_by_a_test() -> None:
    assert {one.name for one in COMMANDS if not one.name.startswith("_")} - said_in_tests() == set()
