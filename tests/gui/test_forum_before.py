"""Before a forum: what there is to see to, its agenda, and another day for it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from misam_desktop.commands.forum import plan_meeting
from misam_desktop.commands.meeting_papers import give_agenda
from misam_desktop.commands.shut_outs import shut_out
from misam_desktop.domain.codes import Act, PaperKind, Role
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.pseudonym import shown
from misam_desktop.gui.dialogs.code_look_up import open_look_up
from misam_desktop.gui.dialogs.meeting_paper import MeetingPaperDialog
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.forum import ForumScreen
from misam_desktop.gui.screens.forum_papers import ForumPapersScreen
from misam_desktop.gui.screens.referral import ReferralScreen
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, AME, FK, IFO, MISAM, agrees, all_of, colleague, contact_of, one, somebody, waiting
from tests.conftest import TODAY
from tests.documents.worlds import words
from tests.gui.worlds import cells, cut, says

DAY = timedelta(days=1)


@pytest.fixture
def planned(karin: Vault) -> Meeting:
    return karin.do(plan_meeting(MISAM, on=TODAY)).value


def forum_page(driver: Driver) -> ForumScreen:
    driver.go("forum")
    page = driver.work.here
    assert isinstance(page, ForumScreen)
    driver.settle()
    return page


def papers_page(driver: Driver) -> ForumPapersScreen:
    driver.click(forum_page(driver).papers)
    driver.settle()
    page = driver.work.here
    assert isinstance(page, ForumPapersScreen)
    return page


# What there is to see to


def test_what_hinders_stands_before_what_is_missing_and_that_before_who_leaves(
    planned: Meeting, karin: Vault, as_karin: Driver
) -> None:
    waiting(karin, somebody(980, given_name="Anna"), needed_unit_ids=(IFO, AME))
    ends = agrees(from_on=TODAY - DAY, until_on=TODAY)
    waiting(karin, somebody(981, given_name="Bosse"), consent=ends, sgi0=True)
    mia = colleague(karin, "mia", Role.HANDLAGGARE, unit_id=FK)
    karin.do(shut_out(waiting(karin, somebody(982, given_name="Cilla")).id, contact_of(mia)))
    page = forum_page(as_karin)
    page._go_to(TODAY + DAY)
    as_karin.settle()
    assert page.meeting.queue.rows[0].name == "Bosse Provlund"
    there = page.meeting.preparation._shown
    assert there is not None
    assert [(group.title, [heed.words for heed in group.heeds]) for group in there] == [
        ("Kan inte tas upp", ["Samtycket går ut före mötet"]),
        ("Något saknas", ["AME ingår inte i samtycket"]),
        ("Lämnar rummet", ["AME, FK och Region", "AME, FK och Region"]),
        ("Jäv", ["Mia, FK"]),
    ]
    assert page.meeting.preparation.count.text() == "2 ärenden att se till"
    assert cut(as_karin) == []


def test_a_click_goes_to_the_case_which_says_the_same(planned: Meeting, karin: Vault, as_karin: Driver) -> None:
    waiting(karin, somebody(980, given_name="Anna"), referred_on=TODAY - DAY)
    waiting(karin, somebody(981, given_name="Bosse"), needed_unit_ids=(), target_reason="Utreds än")
    page = forum_page(as_karin)
    as_karin.click_text("2. Bosse Provlund", within=page.meeting.preparation)
    assert page.meeting.queue.currentRow() == 1
    assert page.meeting.case.missing.text == "Ingen myndighet som behövs är vald."


def test_the_same_person_twice_is_a_matter_for_the_koordinator(
    planned: Meeting, karin: Vault, as_karin: Driver
) -> None:
    waiting(karin)
    waiting(karin)
    page = forum_page(as_karin)
    assert says(as_karin, "Samma person står två gånger i kön", page.meeting.preparation)
    assert "avgör om den är en dubblett" in page.meeting.case.duplicate.text


def test_when_nothing_is_missing_it_says_so_and_it_goes_when_the_meeting_begins(
    planned: Meeting, karin: Vault, as_karin: Driver
) -> None:
    waiting(karin)
    page = forum_page(as_karin)
    assert says(as_karin, "Inget saknas inför mötet")
    assert not page.meeting.outcomes.isVisible()
    as_karin.click(page.start)
    as_karin.settle()
    assert page.meeting.outcomes.isVisible()
    assert not page.meeting.preparation.isVisible()


# The agenda


def test_the_papers_of_a_planned_forum_draw_the_codes_and_are_looked_at(
    planned: Meeting, karin: Vault, jonas: Vault, as_karin: Driver, tmp_path: Path
) -> None:
    waiting(jonas)
    page = papers_page(as_karin)
    [item] = all_of(karin, rows.forum_items)
    assert [cells(page.papers, at)[:3] for at in range(3)] == [
        ["Alla", "Dagordning", "1 ärende"],
        ["Af", "Kodnyckel", "1 kod"],
        ["IFO", "Kodnyckel", "1 kod"],
    ]
    assert not page.letters_card.isVisible()
    page.papers.select(f"{PaperKind.DAGORDNING}:")
    as_karin.press(page.papers, Qt.Key.Key_Return)
    as_karin.wait_for(lambda: isinstance(as_karin.dialog, MeetingPaperDialog))
    dialog = as_karin.dialog
    assert isinstance(dialog, MeetingPaperDialog)
    dialog.save_to(tmp_path / "dagordning.pdf")
    as_karin.settle()
    told = words((tmp_path / "dagordning.pdf").read_bytes())
    assert shown(item.code) in told
    assert "Provlund" not in told
    assert says(as_karin, "Dagordningen har lämnats ut. Är den skickad?")
    as_karin.click_text("Markera som skickad", within=page.offer)
    as_karin.settle()
    assert page.sent.text() == "Skickad 24 nov"


def test_the_rhythm_s_forum_is_put_in_the_calendar_when_its_papers_are_wanted(karin: Vault, as_karin: Driver) -> None:
    waiting(karin)
    page = papers_page(as_karin)
    assert one(karin, rows.meetings, page.id).on == date(2026, 11, 26)


def test_a_code_of_the_forum_leads_to_its_referral(
    planned: Meeting, karin: Vault, jonas: Vault, as_karin: Driver
) -> None:
    referral = waiting(jonas)
    karin.do(give_agenda(planned.id, receivers=(AF, IFO), act=Act.UTSKRIFT))
    [item] = all_of(karin, rows.forum_items)
    open_look_up(as_karin.work)
    as_karin.fill(code=shown(item.code))
    as_karin.save()
    as_karin.settle()
    page = as_karin.work.here
    assert isinstance(page, ReferralScreen)
    assert page.id == referral.id


# Another day


def test_it_moves_and_the_window_says_to_send_a_new_agenda(
    planned: Meeting, karin: Vault, jonas: Vault, as_karin: Driver
) -> None:
    waiting(jonas)
    karin.do(give_agenda(planned.id, receivers=(AF, IFO), act=Act.UTSKRIFT))
    page = forum_page(as_karin)
    as_karin.click(page.postpone)
    assert says(as_karin, "Dagordningen har redan lämnats ut: en ny behöver skickas.")
    as_karin.fill(on=date(2026, 12, 24), starts="9.00")
    assert says(as_karin, "Ingen arbetsdag: julafton.")
    as_karin.save()
    as_karin.settle()
    assert page.heading.text() == "Samverkansforum 24 december"
    assert page.beside_heading.text().startswith("9.00")
    assert says(as_karin, "Skicka en ny dagordning.")
    assert one(karin, rows.meetings, planned.id).on == date(2026, 12, 24)


def test_what_has_begun_is_not_moved(planned: Meeting, karin: Vault, as_karin: Driver) -> None:
    waiting(karin)
    page = forum_page(as_karin)
    assert page.postpone.isVisible()
    as_karin.click(page.start)
    as_karin.settle()
    assert not page.postpone.isVisible()
