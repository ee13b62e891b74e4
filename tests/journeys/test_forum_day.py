"""A forum of eight cases that is killed in the midst of it: what stands, what each screen says, and each paper."""

from __future__ import annotations

import sys
from multiprocessing import get_context
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from misam_desktop.domain.codes import Outcome
from tests.commands.worlds import contact_of
from tests.conftest import PASSWORD
from tests.journeys.forum_day import (
    BEFORE_THE_CRASH,
    CASES,
    FORUM,
    HALF_WRITTEN,
    WHO,
    Day,
    begin_and_be_killed,
    go_on,
    refer_all,
    without_chance,
)
from tests.journeys.worlds import Calendar, windows
from tests.vault.worlds import make, open_up

TEXTS = Path(__file__).parent / "texts"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's")


@pytest.fixture(scope="module")
def day(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Day:
    """The whole of it, gone once for all that is asked about it."""
    folder = tmp_path_factory.mktemp("forum-day")
    store, settings = folder / "forum.misam", folder / "program.ini"
    make(store, *WHO)
    jonas = open_up(store, "jonas")
    refer_all(jonas)
    found = Day(jonas=contact_of(jonas))
    jonas.close()
    found.shown["acknowledged"] = killed(store, settings)
    with windows(Calendar(FORUM), settings) as opened:
        driver = opened(store)
        driver.unlock(PASSWORD, login="karin")
        go_on(found, driver, folder)
    return found


def killed(store: Path, settings: Path) -> list[str]:
    """The first half of the meeting in a program that is killed; the outcomes that it had shown as saved."""
    context = get_context("spawn")  # Qt does not live through a fork
    ours, theirs = context.Pipe(duplex=False)
    program = context.Process(target=begin_and_be_killed, args=(store, settings, theirs), daemon=True)
    program.start()
    theirs.close()
    saved: list[Outcome | None] = ours.recv()
    program.kill()
    program.join()
    return [str(one) for one in saved]


def test_nothing_that_was_saved_before_the_crash_is_lost(day: Day) -> None:
    saved, left = CASES[:BEFORE_THE_CRASH], CASES[BEFORE_THE_CRASH:]
    assert day.shown["acknowledged"] == [*(str(one.outcome) for one in saved), *("None" for _ in left)]
    queue = [f"{one.name}: {one.outcome if one in saved else None}" for one in CASES]
    assert day.shown["queue"] == queue


def test_the_half_written_sentence_is_there_again(day: Day) -> None:
    assert day.shown["half-written"] == [HALF_WRITTEN]
    assert "4 av 8 klara" in day.shown["after the crash"]


def test_who_is_outside_a_consent_leaves_the_room_for_that_case_alone(day: Day) -> None:
    assert [stop for stop, lines in day.shown.items() if any("Lämnar rummet" in line for line in lines)] == [
        "the last case"
    ]
    assert "Lämnar rummet för detta ärende: FK" in day.shown["the last case"]


def test_the_case_that_not_all_may_hear_of_stands_on_papers_of_single_units(day: Day) -> None:
    question = "Vad behövs för att fall 8 ska komma vidare?"
    units = {name for name, text in day.papers.items() if name.startswith("minnesanteckningar") and question in text}
    assert units == {f"minnesanteckningar-{unit}" for unit in ("af", "kommun-ifo", "region")}


def test_minutes_name_nobody(day: Day) -> None:
    minutes = " ".join(text for name, text in day.papers.items() if name.startswith("minnesanteckningar"))
    assert [one.family_name for one in CASES if one.family_name in minutes] == []


def test_every_paper_says_what_it_should_word_for_word(day: Day) -> None:
    kept = {file.stem: file.read_text(encoding="utf-8") for file in TEXTS.glob("*.txt")}
    assert without_chance(day) == kept
