"""What leaves a NAFS meeting, in the window: drafted and encrypted, marked as sent, added to, and called back."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import Pdf
from PySide6.QtWidgets import QLabel

from misam_desktop.commands.agenda import put_general, put_on_agenda, take_off
from misam_desktop.domain.codes import Act
from misam_desktop.domain.pseudonym import shown
from misam_desktop.gui.dialogs.batch import AllDrafts
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.password import PasswordDialog
from misam_desktop.gui.screens.nafs_case import NafsCaseScreen
from misam_desktop.gui.screens.nafs_meeting import NafsMeetingScreen
from misam_desktop.vault import Topic
from tests.commands.worlds import AME, FK, later
from tests.documents.worlds import words
from tests.gui.nafs_paper_worlds import (
    ADDRESS,
    P,
    acts,
    gives_address,
    into,
    look_at,
    papers_page,
    password_told,
    take_back,
)
from tests.gui.nafs_worlds import (
    Desks,
    meeting_page,
    of,
    on_agenda,
    page,
    planned,
    raised,
)
from tests.gui.worlds import cells, forget, says


def drafts(driver: Driver) -> AllDrafts:
    driver.click_text("Mejlutkast till alla …")
    dialog = driver.dialog
    assert isinstance(dialog, AllDrafts)
    return dialog


def test_a_mail_draft_goes_to_the_function_addresses_and_names_the_units_without_one(at: Desks, tmp_path: Path) -> None:
    gives_address(at.lena, FK, ADDRESS)
    meeting = planned(at.nora)
    on_agenda(at.jonas, meeting, raised(at.jonas))
    driver = at.window("nora")
    screen = papers_page(driver, meeting)
    assert "Ingen funktionsadress finns för Af, IFO, Region. Koordinatorn" in screen.no_address.text
    paper = look_at(driver, screen, P.DAGORDNING)
    driver.click(paper.mail)
    assert into(driver, tmp_path / "x.eml") == "dagordning.eml"
    password = password_told(driver)
    assert says(driver, "Dagordning till alla.")
    assert says(driver, "Ingen funktionsadress finns för Af, IFO, Region: skriv mottagaren där.")
    mail = message_from_bytes((tmp_path / "x.eml").read_bytes(), policy=default)
    assert mail["To"] == ADDRESS
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "handling.pdf"
    with Pdf.open(BytesIO(attached.get_content()), password=password) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
    driver.click_text("Klart")
    assert not says(driver, password)
    assert acts(at) == {(P.DAGORDNING, Act.MEJLUTKAST)}


def test_an_encrypted_pdf_opens_only_with_the_password_that_was_shown(at: Desks, tmp_path: Path) -> None:
    meeting = planned(at.nora)
    on_agenda(at.jonas, meeting, raised(at.jonas))
    driver = at.window("nora")
    paper = look_at(driver, papers_page(driver, meeting), P.DAGORDNING)
    driver.click(paper.locked)
    assert into(driver, tmp_path / "x.pdf") == "dagordning.pdf"
    with pytest.raises(Exception, match="password"):
        Pdf.open(tmp_path / "x.pdf")
    with Pdf.open(tmp_path / "x.pdf", password=password_told(driver)) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
    assert says(driver, "Den krypterade filen är sparad.")
    assert not says(driver, "Ingen funktionsadress")


def test_once_it_has_left_it_is_offered_to_be_marked_as_sent_and_the_day_stands_there(
    at: Desks, tmp_path: Path
) -> None:
    meeting = planned(at.nora)
    on_agenda(at.jonas, meeting, raised(at.jonas))
    driver = at.window("nora")
    screen = papers_page(driver, meeting)
    assert screen.sent.text() == "Dagordningen är inte skickad"
    assert screen.mark.isVisible()
    assert not screen.offer.isVisible()
    paper = look_at(driver, screen, P.DAGORDNING)
    paper.save_to(tmp_path / "x.pdf")
    driver.settle()
    assert "Är den skickad?" in screen.offer.text
    driver.click_text("Markera som skickad", within=screen.offer)
    assert screen.sent.text() == "Skickad 24 nov"
    assert not screen.offer.isVisible()
    assert not screen.mark.isVisible()


def test_it_is_marked_without_the_offer_too(at: Desks) -> None:
    meeting = planned(at.nora)
    driver = at.window("nora")
    screen = papers_page(driver, meeting)
    driver.click(screen.mark)
    assert screen.sent.text() == "Skickad 24 nov"


def test_papers_of_a_case_whose_consent_was_taken_back_are_listed_for_recall(at: Desks, tmp_path: Path) -> None:
    meeting, case = planned(at.nora), raised(at.jonas)
    item = on_agenda(at.jonas, meeting, case)
    driver = at.window("nora")
    screen = papers_page(driver, meeting)
    look_at(driver, screen, P.DAGORDNING).save_to(tmp_path / "x.pdf")
    driver.settle()
    take_back(at, case, driver)
    assert item.code is not None
    wanted = (
        f"Samtycket till {shown(item.code)} gäller inte längre. "
        "Papper som ska återkallas: dagordning till Af, FK, IFO, Region (skrevs ut 24 nov)."
    )
    assert wanted in screen.recall.text
    assert "Lämna sedan en ny dagordning" in screen.recall.text
    assert cells(screen.papers, 0)[2] == "1 ärende, 1 utgår"
    driver.click_text("Till mötet")
    of_meeting = driver.work.here
    assert isinstance(of_meeting, NafsMeetingScreen)
    assert of_meeting.recall.text == wanted
    page(driver, NafsCaseScreen, "nafs_case", case.id)
    assert says(driver, "Papper som ska återkallas")
    assert says(driver, "Af, FK, IFO, Region: skrevs ut 24 nov")
    meeting_page(driver, meeting)
    driver.click_text("Papper och utskick", within=of_meeting.recall)
    assert driver.work.here is screen
    driver.click_text("Papperen är återkallade")
    assert not screen.recall.isVisible()
    page(driver, NafsCaseScreen, "nafs_case", case.id)
    assert not says(driver, "Papper som ska återkallas")


def test_an_item_taken_off_once_it_has_left_says_so_and_its_papers_are_listed(at: Desks, tmp_path: Path) -> None:
    meeting = planned(at.nora)
    on_agenda(at.jonas, meeting, raised(at.jonas))
    driver = at.window("nora")
    look_at(driver, papers_page(driver, meeting), P.DAGORDNING).save_to(tmp_path / "x.pdf")
    driver.settle()
    driver.click_text("Till mötet")
    driver.click_text("Ta bort från dagordningen")
    screen = driver.work.here
    assert isinstance(screen, NafsMeetingScreen)
    assert screen.recall.text.startswith("Borttaget från dagordningen: ")
    assert "Papper som ska återkallas: dagordning till Af, FK, IFO, Region" in screen.recall.text
    assert says(driver, "Den har redan lämnats ut: skicka en ny från Papper och utskick.")


def test_a_general_question_that_nobody_has_got_yet_is_just_taken_off(at: Desks) -> None:
    meeting = planned(at.nora)
    general = at.nora.do(put_general(meeting.id, question="Vad gäller för studier?")).value
    driver = at.window("nora")
    screen = papers_page(driver, meeting)
    assert cells(screen.papers, 0)[2] == "1 generell fråga"
    at.nora.do(take_off(general.id))
    driver.work.session.touched.emit(frozenset({Topic.MEETINGS}))
    driver.settle()
    assert cells(screen.papers, 0)[2] == "Inga ärenden"
    assert not screen.recall.isVisible()


def test_what_came_once_it_was_sent_is_given_as_a_tillaggsdagordning(at: Desks, tmp_path: Path) -> None:
    meeting = planned(at.nora)
    on_agenda(at.jonas, meeting, raised(at.jonas))
    driver = at.window("nora")
    screen = papers_page(driver, meeting)
    driver.click(screen.mark)
    item = later(at.jonas, minutes=5).do(put_on_agenda(meeting.id, raised(at.jonas, of(981, "Şükrü")).id)).value
    driver.work.session.touched.emit(frozenset({Topic.MEETINGS}))
    driver.settle()
    assert cells(screen.papers, 1)[:3] == ["Alla", "Tilläggsdagordning", "1 ärende"]
    paper = look_at(driver, screen, P.TILLAGG)
    driver.click(paper.save)
    assert into(driver, tmp_path / "x.pdf") == "tillaggsdagordning.pdf"
    told = words((tmp_path / "x.pdf").read_bytes())
    assert item.code is not None
    assert shown(item.code) in told
    assert "Kommer utöver dagordningen som skickades 2026-11-24." in told


def test_an_addition_for_one_unit_is_asked_for_before_all_is_marked_as_sent(at: Desks, tmp_path: Path) -> None:
    meeting = planned(at.nora)
    driver = at.window("nora")
    screen = papers_page(driver, meeting)
    driver.click(screen.mark)
    screen.to.set_value((FK, AME))
    later(at.jonas, minutes=5).do(put_on_agenda(meeting.id, raised(at.jonas).id))
    driver.work.session.touched.emit(frozenset({Topic.MEETINGS}))
    driver.settle()
    assert ["FK", "Tilläggsdagordning, eget papper"] in [cells(screen.papers, at)[:2] for at in range(4)]
    look_at(driver, screen, P.TILLAGG, FK).save_to(tmp_path / "x.pdf")
    driver.settle()
    assert (tmp_path / "x.pdf").exists()


def test_all_that_has_not_left_becomes_drafts_at_once_each_with_its_own_password(at: Desks, tmp_path: Path) -> None:
    gives_address(at.lena, FK, ADDRESS)
    meeting = planned(at.nora)
    on_agenda(at.jonas, meeting, raised(at.jonas))
    driver = at.window("nora")
    screen = papers_page(driver, meeting)
    dialog = drafts(driver)
    assert says(driver, "Dagordning till Af, FK, IFO, Region")
    assert says(driver, "Kodnyckel till FK")
    driver.click(dialog.primary)
    into(driver, tmp_path)
    driver.wait_for(lambda: says(driver, "Papperens lösenord"))
    units = ("af", "fk", "ifo", "region")
    names = ["2026-12-16-dagordning.eml", *(f"2026-12-16-kodnyckel-{unit}.eml" for unit in units)]
    assert sorted(one.name for one in tmp_path.glob("*.eml")) == names
    front = driver.dialog
    assert front is not None
    passwords = [one.text() for one in front.findChildren(QLabel) if one.text().count("-") == 3]
    assert len(set(passwords)) == len(names)
    for name, password in zip(names, passwords, strict=True):
        mail = message_from_bytes((tmp_path / name).read_bytes(), policy=default)
        (attached,) = mail.iter_attachments()
        Pdf.open(BytesIO(attached.get_content()), password=password).close()
    assert acts(at) == {(P.DAGORDNING, Act.MEJLUTKAST), (P.KODNYCKEL, Act.MEJLUTKAST)}
    driver.click_text("Klart")
    assert not screen.all_drafts.isVisible()
    assert "Är den skickad?" in screen.offer.text


def test_no_draft_is_made_while_a_file_is_in_the_way(at: Desks, tmp_path: Path) -> None:
    meeting = planned(at.nora)
    on_agenda(at.jonas, meeting, raised(at.jonas))
    driver = at.window("nora")
    papers_page(driver, meeting)
    dialog = drafts(driver)
    (tmp_path / "2026-12-16-kodnyckel-fk.eml").write_text("min")
    dialog.save_in(tmp_path)
    driver.settle()
    assert dialog.told.isVisible()
    assert acts(at) == set()
    assert [one.name for one in tmp_path.glob("*.eml")] == ["2026-12-16-kodnyckel-fk.eml"]


def test_what_is_made_is_told_when_the_rest_is_stopped(at: Desks, tmp_path: Path) -> None:
    meeting, case = planned(at.nora), raised(at.jonas)
    on_agenda(at.jonas, meeting, case)
    driver = at.window("nora")
    papers_page(driver, meeting)
    dialog = drafts(driver)
    forget(driver)
    dialog.save_in(tmp_path)
    driver.wait_for(lambda: isinstance(driver.dialog, PasswordDialog))
    asks = driver.dialog
    assert isinstance(asks, PasswordDialog)
    asks.reject()
    driver.settle()
    assert says(driver, "Papperens lösenord")
    assert acts(at) == {(P.DAGORDNING, Act.MEJLUTKAST)}
