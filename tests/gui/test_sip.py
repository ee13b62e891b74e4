"""SIP on the screen: from the need to the evaluation, and a plan that is locked only with all that the law asks for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QPushButton

from misam_desktop.commands import sip_plans, sips
from misam_desktop.commands.forum import record_outcome
from misam_desktop.domain.codes import Outcome, Purpose
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.domain.sip import LetterState, PartyKind, Sip
from misam_desktop.domain.sip_plan import Point
from misam_desktop.gui.case_form import LATER
from misam_desktop.gui.consent_form import OTHER_FORM
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.new_sip import NewSipScreen
from misam_desktop.gui.screens.sip import SipScreen
from misam_desktop.gui.screens.sips import SipsScreen
from misam_desktop.gui.sip_form import SipForm
from misam_desktop.queries.sips import SipPage, one_sip
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.stage_sips import FULL, needs_sip
from tests.commands.stage_sips import LATER as IN_TWO_WEEKS
from tests.commands.worlds import AF, FK, IFO, REGION, agrees, all_of, meeting, somebody, waiting
from tests.conftest import TODAY
from tests.gui.nafs_worlds import page
from tests.gui.worlds import cells, cut, says

ALL: tuple[UnitId, ...] = (IFO, REGION, AF, FK)


def begun(driver: Driver) -> SipForm:
    """The form of a new SIP, the number given."""
    screen = page(driver, NewSipScreen, "new_sip")
    driver.type(screen.step.line, made_up_number(TODAY.replace(year=1985), 981).long)
    driver.settle()
    assert screen.form is not None
    for name, value in {"given_name": "Malin", "family_name": "Provlund", "sex": "kvinna"}.items():
        driver.put(screen.form[name], value)
    driver.put(screen.form["need_why"], "Behöver både vård och boendestöd")
    return screen.form


def put(karin: Vault) -> Sip:
    consent = agrees(purposes=(Purpose.SIP,), unit_ids=ALL)
    return karin.do(sips.begin_sip(somebody(), needs_sip(karin), consent=consent, submit=True)).value


def called(karin: Vault) -> Sip:
    sip = put(karin)
    karin.do(sips.set_sip_meeting(sip.id, on=IN_TWO_WEEKS, time="13.00", place="Rum 2", seen=sip.version))
    karin.do(sips.invite(karin.do(sips.add_party(sip.id, PartyKind.ENHET, unit_id=FK)).value.id))
    return sip


def opened(driver: Driver, sip: Sip) -> SipScreen:
    return page(driver, SipScreen, "sip", sip.id)


def now(karin: Vault, sip: Sip) -> SipPage:
    return karin.ask(one_sip(sip.id))


def press(driver: Driver, words: str) -> QPushButton:
    return next(one for one in driver.seen(QPushButton) if one.text().startswith(words))


def test_a_letter_that_was_sent_otherwise_is_noted(as_karin: Driver, karin: Vault) -> None:
    sip = put(karin)
    karin.do(sips.set_sip_meeting(sip.id, on=IN_TWO_WEEKS, time="13.00", place="Rum 2", seen=sip.version))
    for unit_id in ALL:
        karin.do(sips.add_party(sip.id, PartyKind.ENHET, unit_id=unit_id))
    opened(as_karin, sip)
    for _ in ALL:
        as_karin.click_text("Notera skickat")
    assert {one.state for one in now(karin, sip).parties} == {LetterState.SENT}
    assert cut(as_karin) == []


def test_without_a_consent_the_need_is_kept_and_the_consent_is_asked_for(as_karin: Driver, karin: Vault) -> None:
    form = begun(as_karin)
    as_karin.put(form["consent_now"], LATER)
    as_karin.click_text("Spara utkast")
    as_karin.click_text("Lämna till parterna")
    assert says(as_karin, "Utan samtycke till SIP kan ingen annan kallas eller bjudas in.")
    as_karin.click_text("Registrera samtycket")
    as_karin.fill(paper_at="Pärm 3", wording=OTHER_FORM)
    as_karin.save()
    as_karin.click_text("Lämna till parterna")
    [sip] = all_of(karin, rows.sips)
    assert sip.submitted_at is not None


def test_the_list_leads_to_the_sip(as_karin: Driver, karin: Vault) -> None:
    sip = put(karin)
    screen = page(as_karin, SipsScreen, "sips")
    assert cells(screen.table, 0)[0] == "Malin Provlund"
    as_karin.click_row(screen.table, 0, twice=True)
    assert as_karin.work.here.subject == sip.id


def test_a_new_sip_begins_from_the_list(as_karin: Driver) -> None:
    as_karin.click(page(as_karin, SipsScreen, "sips").new)
    assert isinstance(as_karin.work.here, NewSipScreen)


def test_af_judges_no_need(as_jonas: Driver) -> None:
    assert page(as_jonas, SipsScreen, "sips").new.isHidden()


def test_somebody_with_a_sip_leads_to_it(as_karin: Driver, karin: Vault) -> None:
    sip = put(karin)
    screen = page(as_karin, NewSipScreen, "new_sip")
    as_karin.type(screen.step.line, somebody().number.long)
    as_karin.settle()
    as_karin.click_text("Öppna SIP:en")
    assert as_karin.work.here.subject == sip.id


def test_a_moved_meeting_asks_for_new_letters(as_karin: Driver, karin: Vault) -> None:
    sip = called(karin)
    opened(as_karin, sip)
    as_karin.click_text("Flytta mötet …")
    as_karin.fill(on=(IN_TWO_WEEKS + timedelta(days=1)).isoformat())
    as_karin.save()
    assert says(as_karin, "Gäller en tidigare tid")


def test_a_unit_outside_the_consent_is_stopped_with_a_sentence(as_karin: Driver, karin: Vault) -> None:
    sip = put(karin)
    karin.do(sips.set_sip_meeting(sip.id, on=IN_TWO_WEEKS, time="13.00", place="", seen=sip.version))
    karin.do(sips.add_party(sip.id, PartyKind.ENHET, unit_id=UnitId("kommun-ame")))
    opened(as_karin, sip)
    assert says(as_karin, "Utanför samtycket")
    as_karin.click_text("Notera skickat")
    assert as_karin.work.here.banner.text


def test_who_was_never_asked_is_taken_out(as_karin: Driver, karin: Vault) -> None:
    sip = put(karin)
    karin.do(sips.add_party(sip.id, PartyKind.PERSONEN))
    opened(as_karin, sip)
    as_karin.click_text("Ta bort")
    assert now(karin, sip).parties == ()


@pytest.mark.parametrize(("words", "left"), [("Klart", 1), ("Ta bort", 0)])
def test_a_line_of_the_plan_is_done_or_taken_out(as_karin: Driver, karin: Vault, words: str, left: int) -> None:
    sip = called(karin)
    karin.do(sip_plans.commit_in_sip(now(karin, sip).parties[0].party.id, what="Ringer"))
    opened(as_karin, sip)
    as_karin.click_text(words)
    edition = now(karin, sip).newest
    assert edition is not None
    assert len(edition.lines) == left
    assert all(one.done_on == TODAY for one in edition.lines)


def test_a_locked_plan_is_amended_as_a_new_version(as_karin: Driver, karin: Vault) -> None:
    sip = called(karin)
    karin.do(sip_plans.write_plan(sip.id, FULL))
    karin.do(sip_plans.commit_in_sip(now(karin, sip).parties[0].party.id, what="Ringer"))
    karin.do(sip_plans.finish_plan(sip.id))
    opened(as_karin, sip)
    as_karin.click_text("Ny version …")
    as_karin.fill(reason="Flyttat")
    as_karin.save()
    assert [one.plan.edition for one in now(karin, sip).editions] == [2, 1]
    assert says(as_karin, "Plan, version 1")


def test_inga_is_ticked_as_an_answer(as_karin: Driver, karin: Vault) -> None:
    sip = called(karin)
    opened(as_karin, sip)
    as_karin.click_text("Skriv planen …")
    as_karin.fill(none={Point.KOMMUN}, needed="Vård")
    as_karin.save()
    edition = now(karin, sip).newest
    assert edition is not None
    assert edition.plan.none == (Point.KOMMUN,)


def test_what_may_no_longer_be_read_leaves_nothing_on_the_page(as_karin: Driver, karin: Vault) -> None:
    screen = page(as_karin, SipScreen, "sip", "nowhere")
    assert screen.banner.text


def test_a_sip_begins_from_the_referral_that_the_forum_concluded_on(as_karin: Driver, karin: Vault) -> None:
    referral = waiting(karin)
    karin.do(record_outcome(referral.id, Outcome.REGULJAR, meeting_id=meeting(karin).id, also_sip=True))
    as_karin.work.open_referral(referral.id)
    as_karin.settle()
    as_karin.click_text("Ny SIP för personen")
    as_karin.settle()
    screen = as_karin.work.here
    assert isinstance(screen, NewSipScreen)
    assert screen.form is not None
    assert screen.form["family_name"].value() == "Provlund"
