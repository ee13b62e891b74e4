"""What leaves a NAFS meeting, in the window: looked at first, written down once it leaves; and codes looked up."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import Pdf
from PySide6.QtCore import QSettings, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QLabel

from misam_desktop.commands.agenda import put_general, put_on_agenda, take_off
from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.domain.codes import Act, PaperKind
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.pseudonym import shown
from misam_desktop.gui import appearance
from misam_desktop.gui.dialogs.meeting_paper import MeetingPaperDialog
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.password import PasswordDialog
from misam_desktop.gui.screens.nafs import NafsScreen
from misam_desktop.gui.screens.nafs_case import NafsCaseScreen
from misam_desktop.gui.screens.nafs_meeting import NafsMeetingScreen
from misam_desktop.gui.screens.nafs_papers import NafsPapersScreen
from misam_desktop.store import rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Topic, Vault
from tests.commands.worlds import AME, FK, IFO, all_of, entries, later
from tests.conftest import PASSWORD, TODAY
from tests.documents.worlds import words
from tests.gui.nafs_worlds import (
    HELD,
    Desks,
    meeting_page,
    of,
    on_agenda,
    owing,
    page,
    planned,
    raised,
)
from tests.gui.worlds import cells, cut, forget, says

P = PaperKind
ADDRESS = "nafs.fk@kassan.example"


def papers_page(driver: Driver, meeting: Meeting) -> NafsPapersScreen:
    """Opened from the meeting."""
    meeting_page(driver, meeting)
    driver.click_text("Papper och utskick …")
    found = driver.work.here
    assert isinstance(found, NafsPapersScreen)
    return found


def look_at(
    driver: Driver, screen: NafsPapersScreen, kind: PaperKind, unit_id: UnitId | str = ""
) -> MeetingPaperDialog:
    """Press Enter on a paper of the list."""
    screen.papers.select(f"{kind}:{unit_id}")
    driver.press(screen.papers, Qt.Key.Key_Return)
    driver.wait_for(lambda: isinstance(driver.dialog, MeetingPaperDialog))
    found = driver.dialog
    assert isinstance(found, MeetingPaperDialog)
    return found


def into(driver: Driver, path: Path) -> str:
    """Choose a place in the file dialog in front; the name that it offered."""
    chooser = driver.window.findChildren(QFileDialog)[-1]
    offered = Path(chooser.selectedFiles()[0]).name
    chooser.fileSelected.emit(str(path))
    chooser.reject()
    driver.settle()
    return offered


def take_back(at: Desks, case: NafsCase, driver: Driver | None = None) -> None:
    for consent in all_of(at.jonas, rows.consents):
        if consent.case_id == case.id:
            at.jonas.do(withdraw_consent(consent.id, on=TODAY))
    if driver is not None:
        driver.work.session.touched.emit(frozenset({Topic.CONSENTS}))
        driver.settle()


def gives_address(vault: Vault, unit_id: UnitId, address: str) -> None:
    with writing(vault._engine) as conn:
        contact = next(one for one in rows.contacts.where(conn) if one.unit_id == unit_id)
        rows.contacts.save(conn, replace(contact, function_address=address))


def acts(at: Desks) -> set[tuple[PaperKind | None, Act]]:
    return {(one.paper, one.act) for one in all_of(at.nora, rows.disclosures) if one.paper}


def password_told(driver: Driver) -> str:
    """What the dialog in front shows in large letters, once."""
    dialog = driver.dialog
    assert dialog is not None
    return next(one.text() for one in dialog.findChildren(QLabel) if one.text().count("-") == 3)


def test_the_dagordning_is_looked_at_and_written_down_once_it_is_saved(at: Desks, tmp_path: Path) -> None:
    meeting = planned(at.nora)
    item = on_agenda(at.jonas, meeting, raised(at.jonas))
    driver = at.window("nora")
    screen = papers_page(driver, meeting)
    assert cells(screen.papers, 0)[:3] == ["Alla", "Dagordning", "1 ärende"]
    paper = look_at(driver, screen, P.DAGORDNING)
    assert says(driver, "Till: Af, FK, IFO, Region")
    assert "agenda.given" not in {one.action for one in entries(at.nora)}
    driver.click(paper.save)
    assert into(driver, tmp_path / "dagordning.pdf") == "dagordning.pdf"
    told = words((tmp_path / "dagordning.pdf").read_bytes())
    assert item.code is not None
    assert shown(item.code) in told
    assert "Provlund" not in told
    assert "agenda.given" in {one.action for one in entries(at.nora)}
    assert cells(screen.papers, 0)[4] == "Skrevs ut 24 nov"


def test_a_paper_says_what_in_a_question_can_tell_who_it_is(at: Desks) -> None:
    meeting = planned(at.nora)
    asked = ((FK, "Vad säger malin om praktik?"), (IFO, "Finns plats?"))
    on_agenda(at.jonas, meeting, raised(at.jonas, questions=asked))
    driver = at.window("nora")
    paper = look_at(driver, papers_page(driver, meeting), P.DAGORDNING)
    assert "malin (namn)" in paper.texts.text


def test_it_is_printed_from_there(at: Desks, tmp_path: Path) -> None:
    meeting = planned(at.nora)
    on_agenda(at.jonas, meeting, raised(at.jonas))
    driver = at.window("nora")
    look_at(driver, papers_page(driver, meeting), P.DAGORDNING)
    driver.click_text("Skriv ut …")
    chooser = driver.window.findChildren(QPrintDialog)[-1]
    printer = chooser.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "utskrift.pdf"))
    chooser.accepted.emit(printer)
    chooser.reject()
    driver.settle()
    assert acts(at) == {(P.DAGORDNING, Act.UTSKRIFT)}


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


def test_a_key_asks_for_the_password_before_it_is_looked_at_and_who_does_not_give_it_sees_nothing(
    at: Desks, tmp_path: Path
) -> None:
    meeting = planned(at.nora)
    on_agenda(at.jonas, meeting, raised(at.jonas))
    driver = at.window("nora")
    screen = papers_page(driver, meeting)
    forget(driver)
    screen.papers.select(f"{P.KODNYCKEL}:{FK}")
    driver.press(screen.papers, Qt.Key.Key_Return)
    driver.wait_for(lambda: isinstance(driver.dialog, PasswordDialog))
    refuses = driver.dialog
    assert isinstance(refuses, PasswordDialog)
    refuses.reject()
    driver.settle()
    assert not driver.seen(MeetingPaperDialog, driver.window)
    assert "keys.previewed" not in {one.action for one in entries(at.nora) if one.allowed}
    driver.press(screen.papers, Qt.Key.Key_Return)
    driver.wait_for(lambda: isinstance(driver.dialog, PasswordDialog))
    asks = driver.dialog
    assert isinstance(asks, PasswordDialog)
    driver.type(asks.password.line, PASSWORD)
    driver.click(asks.primary)
    driver.wait_for(lambda: isinstance(driver.dialog, MeetingPaperDialog))
    paper = driver.dialog
    assert isinstance(paper, MeetingPaperDialog)
    assert acts(at) == set()
    driver.click(paper.save)
    assert into(driver, tmp_path / "x.pdf") == "kodnyckel-fk.pdf"
    assert "Malin Provlund" in words((tmp_path / "x.pdf").read_bytes())
    assert acts(at) == {(P.KODNYCKEL, Act.UTSKRIFT)}


def test_a_key_that_is_looked_at_for_long_asks_again_when_it_leaves_and_stays_when_it_is_not_given(
    at: Desks, tmp_path: Path
) -> None:
    meeting = planned(at.nora)
    on_agenda(at.jonas, meeting, raised(at.jonas))
    driver = at.window("nora")
    paper = look_at(driver, papers_page(driver, meeting), P.KODNYCKEL, FK)
    forget(driver)
    driver.click(paper.mail)
    into(driver, tmp_path / "x.eml")
    driver.wait_for(lambda: isinstance(driver.dialog, PasswordDialog))
    asks = driver.dialog
    assert isinstance(asks, PasswordDialog)
    asks.reject()
    driver.settle()
    assert paper.isVisible()
    assert not (tmp_path / "x.eml").exists()
    assert acts(at) == set()


def test_a_consent_taken_back_closes_the_paper_that_is_looked_at(at: Desks) -> None:
    meeting, case = planned(at.nora), raised(at.jonas)
    on_agenda(at.jonas, meeting, case)
    driver = at.window("nora")
    screen = papers_page(driver, meeting)
    look_at(driver, screen, P.DAGORDNING)
    take_back(at, case, driver)
    driver.wait_for(lambda: driver.dialog is None)


def test_a_consent_taken_back_closes_the_key_that_is_looked_at(at: Desks) -> None:
    meeting, case = planned(at.nora), raised(at.jonas)
    on_agenda(at.jonas, meeting, case)
    driver = at.window("nora")
    look_at(driver, papers_page(driver, meeting), P.KODNYCKEL, FK)
    take_back(at, case, driver)
    driver.wait_for(lambda: driver.dialog is None)


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


def test_who_gets_what_all_get_is_chosen_and_the_others_case_goes_on_a_paper_of_its_own(
    at: Desks, tmp_path: Path
) -> None:
    meeting = planned(at.nora)
    on_agenda(at.jonas, meeting, raised(at.jonas))
    driver = at.window("nora")
    screen = papers_page(driver, meeting)
    box = next(one for one in screen.to.boxes if one.text() == "AME")
    driver.click(box)
    whom = [cells(screen.papers, at)[:3] for at in range(len(screen.papers.rows))]
    assert whom[0] == ["Alla", "Dagordning", "Inga ärenden"]
    assert ["FK", "Dagordning, eget papper", "1 ärende"] in whom
    paper = look_at(driver, screen, P.DAGORDNING, FK)
    driver.click(paper.save)
    assert into(driver, tmp_path / "x.pdf") == "dagordning-fk.pdf"
    assert "Bara för Försäkringskassan" in words((tmp_path / "x.pdf").read_bytes())
    screen.to.set_value(())
    driver.settle()
    assert says(driver, "Välj minst en enhet.")


def test_after_the_meeting_the_minutes_are_given(at: Desks, tmp_path: Path) -> None:
    owing(at.jonas, at.nora)
    (meeting,) = all_of(at.nora, rows.meetings)
    driver = at.window("nora")
    screen = papers_page(driver, meeting)
    assert not screen.mark.isVisible()
    assert cells(screen.papers, 0)[:2] == ["Alla", "Minnesanteckningar"]
    paper = look_at(driver, screen, P.MINNESANTECKNINGAR)
    driver.click(paper.save)
    assert into(driver, tmp_path / "x.pdf") == "minnesanteckningar.pdf"
    assert acts(at) == {(P.MINNESANTECKNINGAR, Act.UTSKRIFT)}
    assert meeting.on == HELD


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


def test_a_long_question_with_markup_stands_on_paper_as_it_was_written(at: Desks, tmp_path: Path) -> None:
    meeting = planned(at.nora)
    long = ("Kan <b>fet</b> & <img src='/etc/hostname'/> prövas? " * 100)[:5000]
    asked = ((FK, long), (IFO, '=HYPERLINK("x") <script>'))
    on_agenda(at.jonas, meeting, raised(at.jonas, of(981, "Nguyễn"), questions=asked))
    driver = at.window("nora")
    look_at(driver, papers_page(driver, meeting), P.DAGORDNING).save_to(tmp_path / "x.pdf")
    driver.settle()
    told = words((tmp_path / "x.pdf").read_bytes()).replace(" ", "")
    assert told.count("Kan<b>fet</b>&<imgsrc='/etc/hostname'/>prövas?") > 90
    assert '=HYPERLINK("x")<script>' in told


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_cut_off_with_many_cases_and_large_text(at: Desks, settings: QSettings, percent: int) -> None:
    meeting = planned(at.nora)
    for serial in range(980, 992):
        on_agenda(at.jonas, meeting, raised(at.jonas, of(serial, "Şükrü")))
    appearance.choose(settings, percent=percent)
    driver = at.window("nora")
    driver.window.resize(1280, 800)
    screen = papers_page(driver, meeting)
    driver.settle()
    assert cells(screen.papers, 0)[2] == "12 ärenden"
    assert cut(driver) == []
    look_at(driver, screen, P.DAGORDNING)
    assert cut(driver) == []


def test_a_code_opens_the_case_and_a_slip_of_the_hand_is_told(at: Desks) -> None:
    meeting, case = planned(at.nora), raised(at.jonas)
    item = on_agenda(at.jonas, meeting, case)
    assert item.code is not None
    driver = at.window("lena")
    page(driver, NafsScreen, "nafs")
    driver.click_text("Slå upp kod …")
    driver.fill(code=f"{shown(item.code)[:-1]}{'2' if item.code[-1] != '2' else '3'}")
    driver.save()
    assert says(driver, "Det är ingen kod")
    driver.fill(code=shown(item.code).lower())
    driver.save()
    driver.wait_for(lambda: driver.work.here.subject == case.id)
