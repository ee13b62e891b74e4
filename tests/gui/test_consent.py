"""Recording, renewing and withdrawing a consent."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from misam_desktop.domain.codes import InfoKind, Purpose
from misam_desktop.domain.consent import Consent
from misam_desktop.gui.consent_form import UNTIL_DAY
from misam_desktop.gui.dialogs.consent import open_consent, open_renew, open_withdraw
from misam_desktop.gui.driver import Driver
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, FK, IFO, all_of, draft, somebody, waiting
from tests.conftest import TODAY


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
    as_jonas.fill(paper_at="Pärm 3", not_shared="Inget om familjen")
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
    as_jonas.fill(paper_at="Pärm 3", until=UNTIL_DAY, until_on="2028-11-25")
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
    as_karin.fill(paper_at="Pärm 9")
    as_karin.save()
    [newest] = [one for one in consents(karin) if one.paper_at == "Pärm 9"]
    assert newest.from_on == TODAY
    assert as_karin.work.status.message.text() == "Samtycket är förnyat."


def test_a_withdrawn_consent_holds_no_more(as_karin: Driver, karin: Vault) -> None:
    waiting(karin)
    open_withdraw(as_karin.work, consents(karin)[0])
    as_karin.settle()
    as_karin.save()
    assert [one.withdrawn_on for one in consents(karin)] == [TODAY, None]


def test_a_withdrawal_cannot_lie_ahead(as_karin: Driver, karin: Vault) -> None:
    waiting(karin)
    open_withdraw(as_karin.work, consents(karin)[0])
    as_karin.settle()
    as_karin.fill(on="2026-11-25")
    as_karin.save()
    assert as_karin.form.form.error_at("on")
    assert all(one.withdrawn_on is None for one in consents(karin))


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
