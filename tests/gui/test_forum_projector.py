"""The projector of a forum, and what the chips say of those who leave for a case."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.commands.forum import open_forum
from misam_desktop.domain.codes import Agency, Presence
from misam_desktop.domain.projected import Sight
from misam_desktop.domain.pseudonym import shown
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.forum import ForumScreen
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, FK, IFO, MISAM, REGION, agrees, all_of, somebody, waiting
from tests.conftest import TODAY
from tests.gui.test_nafs_projector import everything, told

WIDE = agrees(unit_ids=(AF, FK, IFO, REGION))


@pytest.fixture
def led(karin: Vault, jonas: Vault, as_karin: Driver) -> ForumScreen:
    """The meeting of today, begun: one case that all may hear of, and one that leaves FK and Region out."""
    waiting(jonas, somebody(981, given_name="Anna"), consent=WIDE, sgi0=True)
    waiting(jonas, somebody(982, given_name="Bosse"))
    karin.do(open_forum(MISAM, on=TODAY))
    as_karin.go("forum")
    page = as_karin.work.here
    assert isinstance(page, ForumScreen)
    page.meeting.queue.setCurrentRow(0)
    as_karin.settle()
    return page


def test_it_shows_the_code_and_the_question_and_nobody(led: ForumScreen, karin: Vault, as_karin: Driver) -> None:
    QTest.keyClick(led.meeting.queue, Qt.Key.Key_F11)
    as_karin.settle()
    projector = as_karin.projector
    assert projector is not None
    code = next(one.code for one in all_of(karin, rows.forum_items) if one.referral_id == led.meeting.queue.rows[0].id)
    assert told(projector) == [shown(code), "Från Arbetsförmedlingen", "Vad behövs för att börja arbetsträna?"]
    assert not [words for words in everything(projector) if "Anna" in words or "Provlund" in words]


def test_it_follows_the_case_and_those_who_leave(led: ForumScreen, as_karin: Driver) -> None:
    as_karin.click(led.project)
    projector = as_karin.projector
    assert projector is not None
    QTest.keyClick(projector, Qt.Key.Key_PageDown)
    as_karin.settle()
    assert led.meeting.queue.currentRow() == 1
    assert told(projector)[:2] == ["Ärende 2", "Visas inte här"]
    as_karin.click_text("De har lämnat rummet")
    as_karin.settle()
    assert projector.slide is not None
    assert projector.slide.sight is Sight.CASE
    as_karin.click_text("De är tillbaka")
    as_karin.settle()
    assert told(projector)[1] == "Visas inte här"


def test_a_consent_taken_back_takes_it_off_and_the_end_puts_it_away(
    led: ForumScreen, karin: Vault, jonas: Vault, as_karin: Driver
) -> None:
    as_karin.click(led.project)
    projector, first = as_karin.projector, led.meeting.queue.rows[0].id
    assert projector is not None
    for one in all_of(karin, rows.consents):
        if one.case_id == first:
            jonas.do(withdraw_consent(one.id, on=TODAY))
    as_karin.work.here.refresh()
    as_karin.settle()
    assert projector.slide is not None
    assert projector.slide.sight is Sight.ENDED
    as_karin.click(led.end)
    if as_karin.dialog is not None:
        as_karin.save()
    as_karin.settle()
    assert as_karin.projector is None
    assert not led.project.isVisible()


def test_who_comes_while_it_goes_on_gets_a_code_at_once(
    led: ForumScreen, karin: Vault, jonas: Vault, as_karin: Driver
) -> None:
    waiting(jonas, somebody(983))
    led.refresh()
    as_karin.settle()
    assert len(all_of(karin, rows.forum_items)) == 3


def test_a_chip_says_who_is_to_leave_who_has_and_nothing_of_who_is_absent(led: ForumScreen, as_karin: Driver) -> None:
    chips = led.meeting.attendance.chips
    led.meeting.queue.setCurrentRow(1)
    led.meeting.attendance.record(Agency.FK, Presence.FRANVARANDE)
    as_karin.settle()
    assert chips[Agency.FK].text() == "FK · frånvarande"
    assert chips[Agency.REGION].text() == "Region · inte angivet · lämnar rummet"
    as_karin.click_text("De har lämnat rummet")
    assert chips[Agency.REGION].text() == "Region · inte angivet · har lämnat rummet"
    assert chips[Agency.REGION].accessibleName().endswith("har lämnat rummet")
    as_karin.click_text("De är tillbaka")
    assert chips[Agency.REGION].text() == "Region · inte angivet · lämnar rummet"
