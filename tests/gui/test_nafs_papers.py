"""What leaves a NAFS meeting, in the window: looked at first, written down once it leaves; and codes looked up."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from misam_desktop.domain.codes import Act
from misam_desktop.domain.pseudonym import shown
from misam_desktop.gui import appearance
from misam_desktop.gui.dialogs.meeting_paper import MeetingPaperDialog
from misam_desktop.gui.password import PasswordDialog
from misam_desktop.gui.screens.nafs import NafsScreen
from misam_desktop.store import rows
from tests.commands.worlds import FK, IFO, all_of, entries
from tests.conftest import PASSWORD
from tests.documents.worlds import words
from tests.gui.nafs_paper_worlds import (
    P,
    acts,
    into,
    look_at,
    papers_page,
    take_back,
)
from tests.gui.nafs_worlds import (
    HELD,
    Desks,
    of,
    on_agenda,
    owing,
    page,
    planned,
    raised,
)
from tests.gui.worlds import cells, cut, forget, says


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
