"""The program is killed in the midst of a half-written referral: what was typed is there again."""

from __future__ import annotations

import sys
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.conftest import PASSWORD
from tests.journeys.people import TEXTS, TINDRA
from tests.journeys.worlds import Open, form_of, to_new_referral, write_half_and_wait


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's")
def test_what_was_typed_before_a_crash_is_offered_again(founded: Path, open_window: Open, tmp_path: Path) -> None:
    context = get_context("spawn")  # Qt does not live through a fork
    ours, theirs = context.Pipe(duplex=False)
    program = context.Process(target=write_half_and_wait, args=(founded, tmp_path / "theirs.ini", theirs), daemon=True)
    program.start()
    theirs.close()
    assert ours.recv() == "kept"
    program.kill()
    program.join()
    driver = open_window(founded)
    driver.unlock(PASSWORD, login="jonas")
    to_new_referral(driver)
    driver.click_text("Fortsätt")
    form = form_of(driver)
    assert (form.number, form["question"].value()) == (TINDRA.number, TEXTS["fråga"])
