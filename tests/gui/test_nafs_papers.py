"""What leaves a NAFS meeting, in the window: looked at first, written down once it leaves; and codes looked up."""

from __future__ import annotations

from pathlib import Path

from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.domain.pseudonym import shown
from misam_desktop.gui.dialogs.meeting_paper import MeetingPaperDialog
from misam_desktop.gui.screens.nafs import NafsScreen
from misam_desktop.store import rows
from misam_desktop.vault import Topic
from tests.commands.worlds import all_of, entries
from tests.conftest import TODAY
from tests.documents.worlds import words
from tests.gui.nafs_worlds import Desks, meeting_page, on_agenda, page, planned, raised
from tests.gui.worlds import says


def test_the_dagordning_is_looked_at_and_written_down_once_it_is_saved(at: Desks, tmp_path: Path) -> None:
    meeting = planned(at.nora)
    item = on_agenda(at.jonas, meeting, raised(at.jonas))
    driver = at.window("nora")
    meeting_page(driver, meeting)
    driver.click_text("Dagordning …")
    driver.wait_for(lambda: isinstance(driver.dialog, MeetingPaperDialog))
    paper = driver.dialog
    assert isinstance(paper, MeetingPaperDialog)
    assert "agenda.given" not in {one.action for one in entries(at.nora)}
    paper.save_to(tmp_path / "dagordning.pdf")
    driver.settle()
    told = words((tmp_path / "dagordning.pdf").read_bytes())
    assert item.code is not None
    assert shown(item.code) in told
    assert "Provlund" not in told
    assert "agenda.given" in {one.action for one in entries(at.nora)}


def test_a_consent_taken_back_closes_the_dagordning_that_is_looked_at(at: Desks) -> None:
    meeting = planned(at.nora)
    on_agenda(at.jonas, meeting, raised(at.jonas))
    driver = at.window("nora")
    meeting_page(driver, meeting)
    driver.click_text("Dagordning …")
    driver.wait_for(lambda: isinstance(driver.dialog, MeetingPaperDialog))
    for consent in all_of(at.jonas, rows.consents):
        at.jonas.do(withdraw_consent(consent.id, on=TODAY))
    driver.work.session.touched.emit(frozenset({Topic.CONSENTS}))
    driver.wait_for(lambda: driver.dialog is None)


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
