"""Närvaro: how each authority takes part in the forum, and who leaves the room."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QMenu

from misam_desktop.commands.forum import open_forum
from misam_desktop.domain.codes import Agency, Presence
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.forum_parts.attendance import AttendanceBar
from misam_desktop.gui.screens.forum import ForumScreen
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import MISAM, all_of, waiting
from tests.conftest import TODAY
from tests.gui.worlds import end_forum


@pytest.fixture
def bar(karin: Vault, as_karin: Driver) -> AttendanceBar:
    """The bar of a meeting that goes on, at a case whose consent names Af and IFO."""
    waiting(karin, referred_on=date(2026, 11, 2))
    karin.do(open_forum(MISAM, on=TODAY))
    as_karin.go("forum")
    page = as_karin.work.here
    assert isinstance(page, ForumScreen)
    return page.meeting.attendance


def choose(driver: Driver, bar: AttendanceBar, agency: Agency, words: str) -> None:
    """Click a chip, and a line of its menu."""
    driver.click(bar.chips[agency])
    menu = next(one for one in bar.findChildren(QMenu) if one.isVisible())
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()
    driver.settle()


def said(vault: Vault) -> dict[Agency, tuple[Presence, str]]:
    return {one.agency: (one.presence, one.substitute) for one in all_of(vault, rows.attendances)}


def test_nothing_is_said_before_it_has_been_recorded(bar: AttendanceBar) -> None:
    assert bar.chips[Agency.AF].text() == "Af · inte angivet"


def test_the_menu_of_an_authority_records_how_it_takes_part(karin: Vault, bar: AttendanceBar, as_karin: Driver) -> None:
    choose(as_karin, bar, Agency.AF, "Video")
    assert said(karin) == {Agency.AF: (Presence.VIDEO, "")}
    assert bar.chips[Agency.AF].text() == "Af · video"


def test_said_again_it_replaces_what_was_said(karin: Vault, bar: AttendanceBar, as_karin: Driver) -> None:
    choose(as_karin, bar, Agency.AF, "Video")
    choose(as_karin, bar, Agency.AF, "Frånvarande")
    assert said(karin) == {Agency.AF: (Presence.FRANVARANDE, "")}
    assert bar.chips[Agency.AF].property("tone") == "red"


def test_a_substitute_is_named(karin: Vault, bar: AttendanceBar, as_karin: Driver) -> None:
    choose(as_karin, bar, Agency.AF, "Ersättare …")
    as_karin.fill(substitute="Bo Ask", presence=Presence.TELEFON)
    as_karin.save()
    assert said(karin) == {Agency.AF: (Presence.TELEFON, "Bo Ask")}
    assert bar.chips[Agency.AF].text() == "Af · telefon (Bo Ask)"


def test_all_that_nothing_was_said_of_are_here(karin: Vault, bar: AttendanceBar, as_karin: Driver) -> None:
    choose(as_karin, bar, Agency.KOMMUN, "Frånvarande")
    as_karin.click(bar.all_here)
    assert {agency: presence for agency, (presence, _) in said(karin).items()} == {
        Agency.AF: Presence.PLATS,
        Agency.FK: Presence.PLATS,
        Agency.KOMMUN: Presence.FRANVARANDE,
        Agency.REGION: Presence.PLATS,
    }
    assert not bar.all_here.isVisible()


def test_an_authority_outside_the_consent_leaves_the_room(bar: AttendanceBar, as_karin: Driver) -> None:
    as_karin.click(bar.all_here)
    assert bar.chips[Agency.FK].text() == "FK · på plats · lämnar rummet"
    assert bar.chips[Agency.KOMMUN].text() == "Kommun · på plats"


def test_who_is_absent_need_not_leave(bar: AttendanceBar, as_karin: Driver) -> None:
    choose(as_karin, bar, Agency.FK, "Frånvarande")
    assert bar.chips[Agency.FK].text() == "FK · frånvarande"


def test_an_ended_meeting_keeps_its_attendance(bar: AttendanceBar, as_karin: Driver) -> None:
    as_karin.click(bar.all_here)
    page = as_karin.work.here
    assert isinstance(page, ForumScreen)
    end_forum(as_karin, page)
    assert not bar.chips[Agency.AF].isEnabled()
