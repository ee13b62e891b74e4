"""The guards that ``python -m tests.guards`` breaks are those that stand in the code."""

from __future__ import annotations

import pytest

from tests.guards.broken import GUARDS, Broken
from tests.project.worlds import ROOT


def test_there_are_at_least_fifteen() -> None:
    assert len({one.guard for one in GUARDS}) >= 15


@pytest.mark.parametrize("broken", GUARDS, ids=lambda one: one.guard)
def test_what_is_broken_stands_once_in_its_file(broken: Broken) -> None:
    code = (ROOT / "misam_desktop" / broken.file).read_text(encoding="utf-8")
    assert code.count(broken.was) == 1
    assert all((ROOT / test).exists() for test in broken.tests)
