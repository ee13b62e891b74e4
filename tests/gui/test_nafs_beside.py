"""What surrounds a NAFS case in the window: who changes it, whom it concerns, and the person's other cases."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QPushButton

from misam_desktop.commands.persons import correct_person
from misam_desktop.domain.codes import InfoKind, Purpose
from misam_desktop.gui.case_parts.steps import Step
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.case import CaseScreen
from misam_desktop.gui.screens.nafs_case import NafsCaseScreen
from misam_desktop.gui.screens.new_nafs_case import NewNafsCaseScreen
from misam_desktop.gui.screens.referral import ReferralScreen
from misam_desktop.store import rows
from tests.commands.test_persons import known_as
from tests.commands.worlds import agrees, all_of, contact_of, enrolled, one, somebody, waiting
from tests.gui.nafs_worlds import NAMED, Desks, page, planned, raised
from tests.gui.worlds import says


def named(driver: Driver, name: str) -> QPushButton:
    """The button that a screen reader calls this."""
    (found,) = [button for button in driver.seen(QPushButton) if name in (button.accessibleName(), button.text())]
    return found


def test_nobody_is_offered_to_change_what_they_may_not_read(at: Desks) -> None:
    planned(at.nora)
    agreed = agrees(purposes=(Purpose.NAFS,), unit_ids=NAMED)
    driver, changes = at.window("nora"), {"Ny fråga …", "Ändra ärendet …"}
    for person, kinds, offered in (
        (somebody(), agreed.kinds, True),
        (somebody(981), (InfoKind.GRUNDUPPGIFTER,), False),
    ):
        page(driver, NafsCaseScreen, "nafs_case", raised(at.jonas, person, consent=replace(agreed, kinds=kinds)).id)
        assert (changes <= {one.text() for one in driver.seen(QPushButton)}) is offered


def test_a_person_without_an_episode_is_corrected_from_the_nafs_case(at: Desks) -> None:
    case = raised(at.jonas)
    driver = at.window("jonas")
    page(driver, NafsCaseScreen, "nafs_case", case.id)
    driver.click(named(driver, "Ändra personuppgifterna …"))
    driver.settle()
    driver.fill(phone="070-174 06 05", language="finska")
    driver.save()
    known = one(at.jonas, rows.persons, case.person_id)
    assert (known.phone, known.language) == ("070-174 06 05", "finska")
    assert says(driver, "070-174 06 05")


def test_two_who_correct_the_person_of_a_nafs_case_see_both(at: Desks) -> None:
    case = raised(at.jonas)
    driver = at.window("jonas")
    page(driver, NafsCaseScreen, "nafs_case", case.id)
    driver.click(named(driver, "Ändra personuppgifterna …"))
    driver.settle()
    before = one(at.jonas, rows.persons, case.person_id)
    at.jonas.do(correct_person(case.id, known_as(before, phone="070-174 06 05"), seen=before.version))
    driver.fill(language="finska")
    driver.save()
    assert says(driver, "Någon annan har ändrat ärendet under tiden.")
    driver.save()
    assert one(at.jonas, rows.persons, case.person_id).language == "finska"


def test_who_leads_the_meeting_is_not_offered_to_correct_the_person(at: Desks) -> None:
    case = raised(at.jonas)
    driver = at.window("nora")
    page(driver, NafsCaseScreen, "nafs_case", case.id)
    assert "Ändra personuppgifterna …" not in {shown.accessibleName() for shown in driver.seen(QPushButton)}


def test_a_new_nafs_case_begins_from_the_persons_case_with_nothing_typed_twice(at: Desks) -> None:
    episode = enrolled(at.karin, waiting(at.jonas), case_worker_id=contact_of(at.jonas))
    driver = at.window("jonas")
    page(driver, CaseScreen, "case", episode.id).go_to(Step.INFORMATION)
    driver.settle()
    driver.click(named(driver, "Nytt NAFS-ärende"))
    driver.settle()
    driver.click_text("Gör ett nytt NAFS-ärende")
    driver.settle()
    shown = driver.work.here
    assert isinstance(shown, NewNafsCaseScreen)
    assert shown.form is not None
    assert (shown.form["given_name"].value(), shown.form["family_name"].value()) == ("Malin", "Provlund")


def test_the_nafs_case_is_a_click_away_from_the_persons_case_and_referral(at: Desks) -> None:
    referral = waiting(at.jonas)
    nafs = raised(at.jonas)
    driver = at.window("jonas")
    page(driver, ReferralScreen, "referral", referral.id)
    driver.click_text("NAFS Norr, aktualiserat 24 nov")
    driver.wait_for(lambda: driver.work.here.subject == nafs.id)
    episode = enrolled(at.karin, referral, case_worker_id=contact_of(at.jonas))
    page(driver, CaseScreen, "case", episode.id).go_to(Step.INFORMATION)
    driver.settle()
    driver.click_text("NAFS Norr, aktualiserat 24 nov")
    driver.wait_for(lambda: driver.work.here.subject == nafs.id)


def test_who_may_not_see_the_nafs_case_sees_no_sign_of_it(at: Desks) -> None:
    referral = waiting(at.jonas)
    raised(at.jonas)
    driver = at.window("karin")
    page(driver, ReferralScreen, "referral", referral.id)
    assert not says(driver, "aktualiserat")
    assert len(all_of(at.karin, rows.nafs_cases)) == 1
