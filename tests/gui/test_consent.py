"""Recording, renewing and withdrawing a consent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.documents.phrases import Language, wording_of
from misam_desktop.domain.codes import Given, InfoKind, Purpose
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.intake import ConsentFacts
from misam_desktop.domain.referral import Referral
from misam_desktop.gui.case_parts.consents import renew_what_ends
from misam_desktop.gui.consent_form import OTHER_FORM, UNTIL_DAY
from misam_desktop.gui.dialogs import consent as dialog
from misam_desktop.gui.dialogs.consent import open_consent, open_renew
from misam_desktop.gui.dialogs.consent_paper import RECEIPT_FILE
from misam_desktop.gui.dialogs.withdraw_consent import WhatItMeans, open_withdraw
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.paper import PaperDialog
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, FK, IFO, agrees, all_of, draft, somebody, waiting
from tests.conftest import TODAY
from tests.documents.worlds import words
from tests.gui.worlds import says


def consents(vault: Vault) -> list[Consent]:
    return sorted(all_of(vault, rows.consents), key=lambda one: (one.from_on, one.purpose))


def test_a_consent_begins_with_the_units_of_the_case_and_the_koordinators(as_jonas: Driver, jonas: Vault) -> None:
    open_consent(as_jonas.work, draft(jonas, needed_unit_ids=(FK,)).id)
    as_jonas.settle()
    values = as_jonas.form.form.peek()
    assert set(values["unit_ids"]) == {AF, FK, IFO}
    assert values["kinds"] == tuple(InfoKind)


def test_a_signed_consent_holds_until_discharge_as_long_as_the_activity_lets_it(as_jonas: Driver, jonas: Vault) -> None:
    open_consent(as_jonas.work, draft(jonas).id)
    as_jonas.settle()
    as_jonas.fill(paper_at="Pärm 3", wording=OTHER_FORM, not_shared="Inget om familjen")
    as_jonas.save()
    [consent] = consents(jonas)
    assert (consent.purpose, consent.until_on, consent.paper_at) == (Purpose.SAMVERKAN, date(2028, 11, 24), "Pärm 3")


def test_a_consent_says_where_its_paper_is(as_jonas: Driver, jonas: Vault) -> None:
    open_consent(as_jonas.work, draft(jonas).id)
    as_jonas.settle()
    as_jonas.save()
    assert as_jonas.form.form.error_at("paper_at") == "Det här behöver fyllas i."


def test_a_consent_that_runs_too_long_is_told_beside_its_day(as_jonas: Driver, jonas: Vault) -> None:
    open_consent(as_jonas.work, draft(jonas).id)
    as_jonas.settle()
    as_jonas.fill(paper_at="Pärm 3", wording=OTHER_FORM, until=UNTIL_DAY, until_on="2028-11-25")
    as_jonas.save()
    assert "24 månader" in as_jonas.form.form.error_at("until_on")
    assert consents(jonas) == []


def test_a_guardian_is_asked_for_only_under_eighteen(as_jonas: Driver, jonas: Vault) -> None:
    open_consent(as_jonas.work, draft(jonas, somebody(born=date(2009, 5, 1))).id)
    as_jonas.settle()
    assert as_jonas.form.form.applies("guardian")
    as_jonas.fill(from_on="2027-05-01")
    assert not as_jonas.form.form.applies("guardian")


def test_a_renewed_consent_begins_today_and_has_a_paper_of_its_own(as_karin: Driver, karin: Vault) -> None:
    waiting(karin, referred_on=date(2026, 11, 2))
    open_renew(as_karin.work, consents(karin)[0])
    as_karin.settle()
    as_karin.fill(paper_at="Pärm 9", wording=OTHER_FORM)
    as_karin.save()
    [newest] = [one for one in consents(karin) if one.paper_at == "Pärm 9"]
    assert newest.from_on == TODAY
    assert as_karin.work.status.message.text() == "Samtycket är förnyat."


def test_a_consent_says_how_it_was_given_and_which_text_was_signed(as_jonas: Driver, jonas: Vault) -> None:
    open_consent(as_jonas.work, draft(jonas).id)
    as_jonas.settle()
    as_jonas.fill(paper_at="E-tjänsten", given=Given.ELEKTRONISKT)
    as_jonas.save()
    assert as_jonas.form.form.error_at("wording") == "Det här behöver fyllas i."
    as_jonas.fill(wording=wording_of(Language.SV_LATT).id)
    as_jonas.save()
    [consent] = consents(jonas)
    assert (consent.given, consent.wording) == (Given.ELEKTRONISKT, wording_of(Language.SV_LATT).id)
    assert all_of(jonas, rows.wordings) == [wording_of(Language.SV_LATT)]


@pytest.mark.parametrize(("make", "when"), [(draft, "när remissen lämnas till forumet"), (waiting, "när du sparar")])
def test_the_form_says_when_the_units_get_the_case(
    as_jonas: Driver, jonas: Vault, make: Callable[[Vault], Referral], when: str
) -> None:
    open_consent(as_jonas.work, make(jonas).id)
    as_jonas.settle()
    assert says(as_jonas, f"Enheterna får läsa ärendet {when}.")


def test_a_renewal_is_asked_about_as_a_paper_of_its_own(as_karin: Driver, karin: Vault) -> None:
    waiting(karin, referred_on=date(2026, 11, 2))
    open_renew(as_karin.work, consents(karin)[0])
    as_karin.settle()
    assert as_karin.form.form["paper_at"].value() == ""
    as_karin.fill(paper_at="Pärm 9", given=Given.ELEKTRONISKT, wording=wording_of(Language.EN).id)
    as_karin.save()
    [newest] = [one for one in consents(karin) if one.paper_at == "Pärm 9"]
    assert (newest.given, newest.wording) == (Given.ELEKTRONISKT, wording_of(Language.EN).id)


def test_a_form_to_renew_by_says_the_same_as_before(as_karin: Driver, karin: Vault, tmp_path: Path) -> None:
    waiting(karin, consent=agrees(not_shared="Journalen", kinds=(InfoKind.HALSA,)))
    open_renew(as_karin.work, consents(karin)[0])
    as_karin.settle()
    as_karin.click_text("Skriv ut blankett …")
    as_karin.click_text("Visa blanketten")
    paper = as_karin.dialog
    assert isinstance(paper, PaperDialog)
    paper.save_to(tmp_path / "blankett.pdf")
    as_karin.settle()
    told = words((tmp_path / "blankett.pdf").read_bytes())
    assert all(one in told for one in ("Malin Provlund", "Journalen", "längst 24 månader"))


def test_a_form_to_renew_by_is_ticked_for_all_that_was_signed_together(
    as_karin: Driver, karin: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[ConsentFacts] = []
    monkeypatch.setattr(dialog, "open_form", lambda *_, facts, **_more: asked.append(facts))
    waiting(karin)
    open_renew(as_karin.work, consents(karin)[0])
    as_karin.settle()
    as_karin.click_text("Skriv ut blankett …")
    [facts] = asked
    assert (set(facts.purposes), set(facts.unit_ids), facts.until_on) == (set(agrees().purposes), {AF, IFO}, None)


def test_what_is_said_of_one_renewed_paper_is_offered_for_the_next(as_karin: Driver, karin: Vault) -> None:
    referral = waiting(karin, consent=agrees(until_on=TODAY + timedelta(days=9)))
    renew_what_ends(as_karin.work, referral.id)
    as_karin.settle()
    as_karin.fill(paper_at="Pärm 9", wording=OTHER_FORM)
    as_karin.save()
    assert says(as_karin, "Uppföljning och statistik: ett nytt papper")
    as_karin.save()
    assert [one.purpose for one in consents(karin) if one.paper_at == "Pärm 9"] == list(agrees().purposes)


def test_the_day_of_information_about_personal_data_is_set_beside_the_consents(as_jonas: Driver, jonas: Vault) -> None:
    as_jonas.work.open_referral(waiting(jonas).id)
    as_jonas.settle()
    assert says(as_jonas, "Information om personuppgifter: inte lämnad än")
    as_jonas.click_text("Ange dag …")
    as_jonas.fill(informed_on="2026-11-20")
    as_jonas.save()
    assert says(as_jonas, "Information om personuppgifter: lämnad 20 nov")


# Withdrawal


def begun(driver: Driver, vault: Vault, **said: Any) -> WhatItMeans:
    """The first step, for a consent that lets IFO and FK into a case of Af's."""
    waiting(vault, consent=agrees(unit_ids=(AF, IFO, FK)), **said)
    open_withdraw(driver.work, consents(vault)[0])
    driver.settle()
    first = driver.dialog
    assert isinstance(first, WhatItMeans)
    return first


def test_first_it_is_said_what_it_means_to_take_a_consent_back(as_jonas: Driver, jonas: Vault) -> None:
    begun(as_jonas, jonas)
    assert says(as_jonas, "FK, IFO. De ser det inte längre så fort du har sparat.")
    assert says(as_jonas, "Af och koordinatorn har kvar grunduppgifter och datum")
    assert says(as_jonas, "Lämnades till forumet · Jonas Vall")
    as_jonas.click_text("Avbryt")
    assert all(one.withdrawn_on is None for one in consents(jonas))


def test_then_it_is_taken_back_and_the_receipt_is_shown(as_jonas: Driver, jonas: Vault, tmp_path: Path) -> None:
    as_jonas.click(begun(as_jonas, jonas, person=somebody(easy_read=True)).primary)
    assert as_jonas.form.form["receipt"].value() is Language.SV_LATT
    as_jonas.click_text("Återkalla samtycket")
    assert [one.withdrawn_on for one in consents(jonas)] == [TODAY, None]
    assert as_jonas.work.status.message.text() == "Samtycket är återkallat."
    paper = as_jonas.dialog
    assert isinstance(paper, PaperDialog)
    paper.save_to(tmp_path / RECEIPT_FILE)
    as_jonas.settle()
    told = words((tmp_path / RECEIPT_FILE).read_bytes())
    assert all(one in told for one in ("Du har ångrat ditt ja", "Malin Provlund", "Försäkringskassan"))


def test_without_a_receipt_it_ends_there(as_jonas: Driver, jonas: Vault) -> None:
    as_jonas.click(begun(as_jonas, jonas).primary)
    as_jonas.fill(receipt="none")
    assert not as_jonas.form.form.applies("large")
    as_jonas.save()
    assert as_jonas.dialog is None
    assert consents(jonas)[0].withdrawn_on == TODAY


def test_one_can_go_back_to_what_it_means(as_jonas: Driver, jonas: Vault) -> None:
    as_jonas.click(begun(as_jonas, jonas).primary)
    as_jonas.click_text("Tillbaka")
    assert isinstance(as_jonas.dialog, WhatItMeans)


def test_a_withdrawal_cannot_lie_ahead(as_jonas: Driver, jonas: Vault) -> None:
    as_jonas.click(begun(as_jonas, jonas).primary)
    as_jonas.fill(on="2026-11-25")
    as_jonas.save()
    assert as_jonas.form.form.error_at("on")
    assert all(one.withdrawn_on is None for one in consents(jonas))


def test_of_a_consent_that_lets_nobody_in_it_says_so(as_jonas: Driver, jonas: Vault) -> None:
    waiting(jonas)
    open_withdraw(as_jonas.work, consents(jonas)[1])
    as_jonas.settle()
    assert says(as_jonas, "Ingen annan enhet läser ärendet med stöd av det här samtycket.")
    assert says(as_jonas, "Inget har lämnats till någon enhet med stöd av samtycket.")


def test_a_receipt_can_be_made_again_from_the_page(as_jonas: Driver, jonas: Vault) -> None:
    referral = waiting(jonas)
    jonas.do(withdraw_consent(consents(jonas)[0].id, on=TODAY))
    as_jonas.work.open_referral(referral.id)
    as_jonas.settle()
    as_jonas.click_text("Kvitto …")
    as_jonas.fill(language=Language.EN, large=True)
    as_jonas.click_text("Visa kvittot")
    assert isinstance(as_jonas.dialog, PaperDialog)
    assert as_jonas.dialog.windowTitle() == "Receipt: the consent has been taken back"


def test_a_dialog_grows_with_its_form_and_needs_no_scrolling(as_karin: Driver, karin: Vault) -> None:
    waiting(karin)
    open_renew(as_karin.work, consents(karin)[0])
    as_karin.settle()
    area = as_karin.form.findChild(QScrollArea)
    before = as_karin.form.height()
    as_karin.fill(until=UNTIL_DAY)
    as_karin.settle()
    assert as_karin.form.height() > before
    assert area is not None
    assert area.verticalScrollBar().maximum() == 0


def test_escape_leaves_a_dialog(as_karin: Driver, karin: Vault) -> None:
    waiting(karin)
    open_renew(as_karin.work, consents(karin)[0])
    as_karin.settle()
    as_karin.press(as_karin.form.form["paper_at"], Qt.Key.Key_Escape)
    as_karin.settle()
    assert as_karin.dialog is None
