"""The papers of a SIP on the screen: looked at, let out in every way that suits, and refused with a sentence."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel

from misam_desktop.commands import sip_plans, sips
from misam_desktop.commands.commitments import make_commitment
from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.domain.codes import Act, PaperKind, Purpose
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.sip import LetterState, PartyKind, Preparation, Sip
from misam_desktop.domain.sip_paper import SipTemplate
from misam_desktop.gui.case_parts.steps import Step
from misam_desktop.gui.dialogs.export_list import ListExport
from misam_desktop.gui.dialogs.letter_dialog import LetterDialog
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.sip import SipScreen
from misam_desktop.gui.screens.today import TodayScreen
from misam_desktop.queries.desk import desk
from misam_desktop.queries.sips import one_sip
from misam_desktop.queries.task_rows import Task
from misam_desktop.store import rows
from misam_desktop.vault import Topic, Vault
from tests.commands.stage_sips import FULL, LATER, needs_sip
from tests.commands.worlds import AF, FK, IFO, REGION, agrees, all_of, enrolled, one, somebody, waiting
from tests.documents.worlds import words
from tests.gui.nafs_paper_worlds import into, password_told
from tests.gui.nafs_worlds import page
from tests.gui.worlds import cut, open_case, says


def with_meeting(karin: Vault, *parties: UnitId, named: tuple[UnitId, ...] = (IFO, AF, FK)) -> Sip:
    """A SIP that meets in two weeks, with units that take part."""
    consent = agrees(purposes=(Purpose.SIP,), unit_ids=named)
    sip = karin.do(sips.begin_sip(somebody(), needs_sip(karin), consent=consent, submit=True)).value
    sip = karin.do(sips.prepare_sip(sip.id, Preparation(questions="Ringer Malin?"), seen=sip.version)).value
    for unit_id in parties:
        karin.do(sips.add_party(sip.id, PartyKind.ENHET, unit_id=unit_id))
    return karin.do(sips.set_sip_meeting(sip.id, on=LATER, time="13.00", place="Rum 2", seen=sip.version)).value


def opened(driver: Driver, sip: Sip) -> SipScreen:
    return page(driver, SipScreen, "sip", sip.id)


def shown(driver: Driver) -> LetterDialog:
    """The paper in front."""
    driver.wait_for(lambda: isinstance(driver.dialog, LetterDialog))
    assert isinstance(driver.dialog, LetterDialog)
    return driver.dialog


def test_a_kallelse_that_is_saved_marks_the_unit_as_called(as_karin: Driver, karin: Vault, tmp_path: Path) -> None:
    sip = with_meeting(karin, IFO)
    opened(as_karin, sip)
    as_karin.click_text("Kallelse …")
    paper = shown(as_karin)
    assert karin.ask(one_sip(sip.id)).parties[0].state is LetterState.DUE
    as_karin.click(paper.save)
    assert into(as_karin, tmp_path / "kallelse.pdf") == "kallelse.pdf"
    as_karin.settle()
    assert "Malin Provlund" in words((tmp_path / "kallelse.pdf").read_bytes())
    assert karin.ask(one_sip(sip.id)).parties[0].state is LetterState.SENT
    assert says(as_karin, "Skickad")


def test_an_inbjudan_goes_as_a_mail_draft_and_encrypted(as_karin: Driver, karin: Vault, tmp_path: Path) -> None:
    opened(as_karin, with_meeting(karin, FK))
    as_karin.click_text("Inbjudan …")
    shown(as_karin).save_draft(tmp_path / "utkast.eml")
    as_karin.wait_for((tmp_path / "utkast.eml").exists)
    as_karin.settle()
    assert password_told(as_karin)
    acts = {one.act for one in all_of(karin, rows.disclosures) if one.paper is PaperKind.INBJUDAN}
    assert acts == {Act.MEJLUTKAST}


def test_a_party_outside_the_consent_is_refused_with_what_to_do(as_karin: Driver, karin: Vault) -> None:
    opened(as_karin, with_meeting(karin, REGION))
    as_karin.click_text("Kallelse …")
    assert says(as_karin, "Samtycket nämner inte den enheten.")
    assert as_karin.dialog is None


def test_a_consent_that_is_taken_back_meanwhile_closes_the_paper(as_karin: Driver, karin: Vault) -> None:
    sip = with_meeting(karin, FK)
    opened(as_karin, sip)
    as_karin.click_text("Inbjudan …")
    shown(as_karin)
    [consent] = karin.ask(one_sip(sip.id)).consents
    karin.do(withdraw_consent(consent.id, on=sip.need_on))
    as_karin.work.session.touched.emit(frozenset({Topic.CONSENTS}))
    as_karin.settle()
    assert as_karin.dialog is None


def test_the_dagordning_says_what_in_it_can_tell_who_it_is(as_karin: Driver, karin: Vault) -> None:
    opened(as_karin, with_meeting(karin, AF, FK))
    as_karin.click_text("Dagordning …")
    assert [one.text() for one in as_karin.seen(QLabel) if "kod" in one.text()]
    as_karin.save()
    paper = shown(as_karin)
    assert any("Ringer Malin (namn)" in one.text() for one in paper.findChildren(QLabel))
    paper.reject()
    as_karin.click_text("Dagordning …")
    as_karin.fill(to=1, large=True)
    as_karin.save()
    assert not shown(as_karin).mail.isVisible()


def test_an_edition_of_the_plan_is_chosen_and_written(as_karin: Driver, karin: Vault, tmp_path: Path) -> None:
    sip = with_meeting(karin, FK)
    karin.do(sip_plans.commit_in_sip(karin.ask(one_sip(sip.id)).parties[0].party.id, what="Ringer"))
    karin.do(sip_plans.write_plan(sip.id, FULL))
    karin.do(sip_plans.finish_plan(sip.id))
    karin.do(sip_plans.amend_plan(sip.id, reason="Flytt"))
    opened(as_karin, sip)
    as_karin.click_text("På papper …")
    as_karin.fill(to=1, edition=1)
    as_karin.save()
    as_karin.click(shown(as_karin).save)
    into(as_karin, tmp_path / "plan.pdf")
    as_karin.settle()
    text = words((tmp_path / "plan.pdf").read_bytes())
    assert ("Samordnad individuell plan" in text, "Utkast" in text) == (True, False)


def test_the_template_is_set_where_sips_are_listed(as_karin: Driver, karin: Vault) -> None:
    as_karin.go("sips")
    as_karin.click_text("Mall för SIP …")
    as_karin.fill(points="Välkommen", statute="10 kap. SoL")
    as_karin.save()
    assert karin.ask(desk()).sip_template == SipTemplate(points="Välkommen", statute="10 kap. SoL")
    as_karin.click_text("Mall för SIP …")
    as_karin.fill(points="")
    as_karin.save()
    assert len(karin.ask(desk()).sip_template.agenda()) == 9


def test_the_list_is_exported_through_the_gate(as_karin: Driver, karin: Vault) -> None:
    with_meeting(karin)
    as_karin.go("sips")
    as_karin.click_text("Exportera …")
    assert isinstance(as_karin.dialog, ListExport)
    said = [one.text() for one in as_karin.dialog.findChildren(QCheckBox)]
    assert {"Behovet bedömt av", "Behovet sett", "Övergripande ansvar", "Följs upp"} <= set(said)


def test_idag_opens_the_sip_that_waits(as_karin: Driver, karin: Vault) -> None:
    sip = with_meeting(karin, FK)
    today = page(as_karin, TodayScreen, "today")
    as_karin.work.session.touched.emit(frozenset({Topic.CASES}))
    as_karin.settle()
    today.table.select(f"{Task.SIP}:{sip.id}")
    as_karin.press(today.table, Qt.Key.Key_Return)
    as_karin.settle()
    assert as_karin.work.here.subject == sip.id


def test_what_a_sip_and_an_episode_share_is_shown_in_both_with_a_way_over(
    as_karin: Driver, karin: Vault, jonas: Vault
) -> None:
    episode = enrolled(karin, waiting(jonas))
    number = one(karin, rows.persons, episode.person_id).number
    sip = with_meeting(karin, AF)
    assert one(karin, rows.persons, sip.person_id).number == number
    karin.do(sip_plans.commit_in_sip(karin.ask(one_sip(sip.id)).parties[0].party.id, what="Prövar arbetsträning"))
    karin.do(sip_plans.write_plan(sip.id, FULL))
    karin.do(sip_plans.finish_plan(sip.id))
    karin.do(make_commitment(episode.id, what="Bokar möte", unit_id=IFO, due_on=LATER))
    open_case(as_karin, episode.id, Step.PLAN)
    assert says(as_karin, "Prövar arbetsträning")
    assert says(as_karin, "Från SIP")
    assert cut(as_karin) == []
    as_karin.click_text("Öppna SIP")
    assert as_karin.work.here.subject == sip.id
    assert says(as_karin, "Bokar möte")
    assert says(as_karin, "Från ärendet")
    as_karin.click_text("Öppna ärendet")
    assert as_karin.work.here.subject == episode.id
