"""Papper och utskick of a forum in the window: who gets which letter, one at a time or all at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import Pdf
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel

from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.commands.episodes import enrol
from misam_desktop.commands.forum import close_forum, record_outcome
from misam_desktop.commands.shut_outs import step_aside
from misam_desktop.domain.codes import Act, Outcome, PaperKind, Role
from misam_desktop.domain.letter import Letter
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.referral import Referral
from misam_desktop.gui.dialogs.batch import AllDrafts, AllPrinted
from misam_desktop.gui.dialogs.letter_dialog import LetterDialog
from misam_desktop.gui.dialogs.meeting_paper import MeetingPaperDialog
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.forum import ForumScreen
from misam_desktop.gui.screens.forum_papers import ForumPapersScreen, letter_key
from misam_desktop.gui.screens.referral import ReferralScreen
from misam_desktop.gui.screens.today import TodayScreen
from misam_desktop.store import rows
from misam_desktop.vault import Topic, Vault
from tests.commands.worlds import AF, FK, IFO, all_of, colleague, meeting, somebody, waiting
from tests.conftest import TODAY
from tests.documents.worlds import words
from tests.gui.nafs_paper_worlds import gives_address, into
from tests.gui.worlds import cells, says


@pytest.fixture
def held(karin: Vault, jonas: Vault) -> Meeting:
    """A forum that has returned one referral and found one to need coordinated measures."""
    forum = meeting(karin)
    back = waiting(jonas, referred_on=TODAY - timedelta(days=1))
    taken = waiting(jonas, somebody(981, given_name="Sigge", easy_read=True))
    karin.do(record_outcome(back.id, Outcome.ATER, meeting_id=forum.id, text="Praktik via Af"))
    karin.do(record_outcome(taken.id, Outcome.ANTAS, meeting_id=forum.id))
    return karin.do(close_forum(forum.id)).value


def named(vault: Vault, name: str) -> Referral:
    people = {one.id: one.given_name for one in all_of(vault, rows.persons)}
    return next(one for one in all_of(vault, rows.referrals) if people[one.person_id] == name)


def papers_page(driver: Driver) -> ForumPapersScreen:
    """Opened from the forum that has ended."""
    driver.go("forum")
    page = driver.work.here
    assert isinstance(page, ForumScreen)
    page._go_to(TODAY)
    driver.settle()
    driver.click(page.papers)
    driver.settle()
    found = driver.work.here
    assert isinstance(found, ForumPapersScreen)
    return found


def given(vault: Vault) -> list[tuple[PaperKind, Act]]:
    return [(one.paper, one.act) for one in all_of(vault, rows.disclosures) if one.paper]


def test_every_case_has_its_letters_with_who_gets_them(held: Meeting, as_karin: Driver) -> None:
    page = papers_page(as_karin)
    assert [cells(page.letters, at)[:3] for at in range(4)] == [
        ["Malin Provlund", "Bedömning", "Af"],
        ["Malin Provlund", "Brev om bedömningen", "Personen"],
        ["Sigge Provlund", "Bedömning", "Af"],
        ["Sigge Provlund", "Brev om bedömningen", "Personen"],
    ]
    assert "Ingen funktionsadress finns för Af, IFO." in page.no_address.text


def test_it_is_told_when_no_case_may_go_to_all_of_them(held: Meeting, as_karin: Driver) -> None:
    page = papers_page(as_karin)
    assert "Inget ärende kan gå till alla" not in page.beside.text
    as_karin.click(next(one for one in page.to.boxes if one.text() == "FK"))
    as_karin.settle()
    assert page.beside.text == ("Inget ärende kan gå till alla 3 enheter. Varje enhet får sina ärenden på eget papper.")


def test_the_uppdragsgivare_gets_the_enrolment_once_it_is_there(held: Meeting, karin: Vault, as_karin: Driver) -> None:
    karin.do(enrol(named(karin, "Sigge").id, enrolled_on=TODAY, commissioner_id=IFO))
    page = papers_page(as_karin)
    assert ["Sigge Provlund", "Inskrivning", "IFO"] in [cells(page.letters, at)[:3] for at in range(5)]


def test_the_enrolment_brings_its_days_along_as_a_calendar_file(
    held: Meeting, karin: Vault, as_karin: Driver, tmp_path: Path
) -> None:
    karin.do(enrol(named(karin, "Sigge").id, enrolled_on=TODAY, commissioner_id=IFO))
    page = papers_page(as_karin)
    page.letters.select(next(letter_key(one) for one in page.letters.rows if one.letter is Letter.INSKRIVNING))
    as_karin.press(page.letters, Qt.Key.Key_Return)
    as_karin.wait_for(lambda: isinstance(as_karin.dialog, LetterDialog))
    as_karin.click_text("Kalenderfil …")
    into(as_karin, tmp_path / "dagar.ics")
    as_karin.wait_for((tmp_path / "dagar.ics").exists)
    as_karin.settle()
    text = (tmp_path / "dagar.ics").read_text(encoding="utf-8")
    assert text.count("BEGIN:VEVENT") == 4
    assert "Provlund" not in text


def test_enter_shows_a_letter_and_the_list_tells_that_it_has_left(
    held: Meeting, karin: Vault, as_karin: Driver, tmp_path: Path
) -> None:
    page = papers_page(as_karin)
    as_karin.press(page.letters, Qt.Key.Key_Return)
    as_karin.wait_for(lambda: isinstance(as_karin.dialog, LetterDialog))
    paper = as_karin.dialog
    assert isinstance(paper, LetterDialog)
    paper.save_to(tmp_path / "brev.pdf")
    as_karin.settle()
    assert cells(page.letters, 0)[4] == "Skrevs ut 24 nov"
    assert given(karin) == [(PaperKind.BEDOMNING, Act.UTSKRIFT)]


def test_all_letters_to_units_become_drafts_at_once_and_name_nobody_in_their_files(
    held: Meeting, karin: Vault, as_karin: Driver, tmp_path: Path
) -> None:
    gives_address(karin, AF, "remiss@af.example")
    page = papers_page(as_karin)
    as_karin.click(page.all_letters)
    dialog = as_karin.dialog
    assert isinstance(dialog, AllDrafts)
    assert says(as_karin, "2. Bedömning till Af, om Sigge Provlund")
    as_karin.click(dialog.primary)
    into(as_karin, tmp_path)
    as_karin.wait_for(lambda: says(as_karin, "Papperens lösenord"))
    names = [f"{TODAY}-{name}.eml" for name in ("minnesanteckningar", "bedomning-1", "bedomning-2")]
    assert {one.name for one in tmp_path.glob("*.eml")} == set(names)
    front = as_karin.dialog
    assert front is not None
    passwords = [one.text() for one in front.findChildren(QLabel) if one.text().count("-") == 3]
    for name, password in zip(names, passwords, strict=True):
        mail = message_from_bytes((tmp_path / name).read_bytes(), policy=default)
        assert mail["To"] == "remiss@af.example"
        (attached,) = mail.iter_attachments()
        Pdf.open(BytesIO(attached.get_content()), password=password).close()
    as_karin.click_text("Klart")
    assert [one for one in given(karin) if one[0] is PaperKind.BEDOMNING] == [(PaperKind.BEDOMNING, Act.MEJLUTKAST)] * 2
    assert not page.all_letters.isVisible()


def test_all_letters_to_persons_are_printed_at_once_and_it_is_told_how_far_it_has_come(
    held: Meeting, karin: Vault, as_karin: Driver, tmp_path: Path
) -> None:
    page = papers_page(as_karin)
    as_karin.click(page.all_printed)
    dialog = as_karin.dialog
    assert isinstance(dialog, AllPrinted)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "skrivare.pdf"))
    dialog.print_on(printer)
    assert dialog.bar.isVisible()
    as_karin.wait_for(lambda: len(given(karin)) == 2 and as_karin.dialog is None)
    as_karin.settle()
    assert says(as_karin, "2 brev är skickade till skrivaren.")
    assert given(karin) == [(PaperKind.BESKED, Act.UTSKRIFT)] * 2
    assert not page.all_printed.isVisible()


def test_the_page_is_read_again_once_when_all_are_made(held: Meeting, as_karin: Driver, tmp_path: Path) -> None:
    page = papers_page(as_karin)
    as_karin.click(page.all_letters)
    dialog = as_karin.dialog
    assert isinstance(dialog, AllDrafts)
    told = list[frozenset[Topic]]()
    as_karin.work.session.touched.connect(told.append)
    dialog.save_in(tmp_path)
    as_karin.wait_for(lambda: says(as_karin, "Papperens lösenord"))
    assert len(told) == 1
    as_karin.click_text("Klart")
    assert not page.all_letters.isVisible()


def test_a_consent_that_is_taken_back_stops_what_goes_to_units_and_says_so(
    held: Meeting, karin: Vault, jonas: Vault, as_karin: Driver, tmp_path: Path
) -> None:
    page = papers_page(as_karin)
    as_karin.click(page.all_letters)
    dialog = as_karin.dialog
    assert isinstance(dialog, AllDrafts)
    mine = named(karin, "Sigge").id
    for consent in all_of(karin, rows.consents):
        if consent.case_id == mine:
            jonas.do(withdraw_consent(consent.id, on=TODAY))
    dialog.save_in(tmp_path)
    as_karin.wait_for(lambda: says(as_karin, "Papperens lösenord"))
    as_karin.click_text("Klart")
    assert (PaperKind.BEDOMNING, Act.MEJLUTKAST) in given(karin)
    as_karin.work.session.touched.emit(frozenset({Topic.CONSENTS}))
    as_karin.settle()
    assert cells(page.letters, 2)[4] == "Samtycket räcker inte"


def test_a_file_in_the_way_stops_all_before_anything_has_left(
    held: Meeting, karin: Vault, as_karin: Driver, tmp_path: Path
) -> None:
    (tmp_path / f"{TODAY}-bedomning-2.eml").write_text("min")
    page = papers_page(as_karin)
    as_karin.click(page.all_letters)
    dialog = as_karin.dialog
    assert isinstance(dialog, AllDrafts)
    dialog.save_in(tmp_path)
    as_karin.settle()
    assert dialog.told.isVisible()
    assert given(karin) == []


def test_who_is_kept_out_of_a_case_does_not_see_its_letters(held: Meeting, karin: Vault, as_karin: Driver) -> None:
    colleague(karin, "kim", Role.KOORDINATOR, unit_id=IFO)
    karin.do(step_aside(named(karin, "Sigge").id))
    page = papers_page(as_karin)
    assert {cells(page.letters, at)[0] for at in range(2)} == {"Malin Provlund"}
    assert len(page.letters.rows) == 2
    assert "1 ärende är inte med" in page.beside.text


def test_a_forum_without_assessments_says_so(karin: Vault, as_karin: Driver) -> None:
    karin.do(close_forum(meeting(karin).id))
    page = papers_page(as_karin)
    assert page.no_letters.isVisible()
    assert not page.all_letters.isVisible()


def look_at(driver: Driver, page: ForumPapersScreen, unit_id: str = "") -> MeetingPaperDialog:
    """Press Enter on minutes of the list."""
    page.papers.select(f"{PaperKind.MINNESANTECKNINGAR}:{unit_id}")
    driver.press(page.papers, Qt.Key.Key_Return)
    driver.wait_for(lambda: isinstance(driver.dialog, MeetingPaperDialog))
    found = driver.dialog
    assert isinstance(found, MeetingPaperDialog)
    return found


def test_the_minutes_are_looked_at_and_given_under_codes(
    held: Meeting, karin: Vault, as_karin: Driver, tmp_path: Path
) -> None:
    page = papers_page(as_karin)
    assert cells(page.papers, 0)[:3] == ["Alla", "Minnesanteckningar", "2 ärenden"]
    look_at(as_karin, page).save_to(tmp_path / "x.pdf")
    as_karin.settle()
    text = words((tmp_path / "x.pdf").read_bytes())
    assert "Praktik via Af" in text
    assert "Provlund" not in text
    assert cells(page.papers, 0)[4] == "Skrevs ut 24 nov"


def test_what_all_may_not_have_stands_on_a_paper_for_each_unit(held: Meeting, as_karin: Driver) -> None:
    page = papers_page(as_karin)
    page.to.set_value((AF, FK, IFO))
    as_karin.settle()
    listed = [cells(page.papers, at)[:3] for at in range(len(page.papers.rows))]
    assert [one for one in listed if one[1].startswith("Minnes")] == [
        ["Alla", "Minnesanteckningar", "Inga ärenden"],
        ["Af", "Minnesanteckningar, eget papper", "2 ärenden"],
        ["IFO", "Minnesanteckningar, eget papper", "2 ärenden"],
    ]
    page.to.set_value(())
    as_karin.settle()
    assert page.papers.rows == []


def test_an_amendment_is_printed_under_what_stood_there_with_its_reason(held: Meeting, as_karin: Driver) -> None:
    page = papers_page(as_karin)
    as_karin.click(page.amend)
    as_karin.fill(text="Af kallar till ett möte.")
    as_karin.save()
    assert says(as_karin, "Skäl")
    as_karin.fill(reason="Glömdes bort")
    as_karin.save()
    assert says(as_karin, "Tillägget är sparat.")
    look_at(as_karin, page)


def test_the_answer_is_read_from_the_referrer_s_idag(
    held: Meeting, karin: Vault, unlocked: Callable[[str], Driver]
) -> None:
    driver = unlocked("jonas")
    driver.go("today")
    idag = driver.work.here
    assert isinstance(idag, TodayScreen)
    driver.settle()
    assert [row.what for row in idag.table.rows] == ["Forumets svar"]
    driver.press(idag.table, Qt.Key.Key_Return)
    driver.settle()
    page = driver.work.here
    assert isinstance(page, ReferralScreen)
    assert page.id == named(karin, "Malin").id
