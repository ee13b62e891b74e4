"""What goes wrong at the window: each a clear sentence in its place, nothing lost, and the window goes on."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from misam_desktop.domain.codes import Referrer
from misam_desktop.gui.case_form import SIGNED
from misam_desktop.gui.consent_form import OTHER_FORM
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.first_start import FirstStart
from misam_desktop.gui.screens.referral import ReferralScreen
from misam_desktop.gui.screens.register import RegisterScreen
from misam_desktop.gui.unlock import UnlockPage
from misam_desktop.keys import key_file
from misam_desktop.store import rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, FK, IFO, agrees, all_of, enrolled, somebody, waiting
from tests.conftest import PASSWORD
from tests.journeys.people import TINDRA
from tests.journeys.worlds import Open, begin_referral, to_new_referral
from tests.store.worlds import engine_of, small_disk
from tests.vault.worlds import make

Seat = Callable[[str], Driver]


def lock_of(driver: Driver) -> UnlockPage:
    """The lock, in sight."""
    page = driver.window.page
    assert isinstance(page, UnlockPage)
    return page


# Passwords, key files and stores


def test_a_wrong_password_is_told_and_the_next_try_can_be_made(founded: Path, open_window: Open) -> None:
    driver = open_window(founded)
    driver.unlock("helt fel mening här", login="jonas")
    assert lock_of(driver).banner.text.startswith("Användarnamnet och lösenordet hör inte ihop.")
    driver.wait_for(lock_of(driver).primary.isEnabled)
    driver.unlock(PASSWORD, login="jonas")
    assert driver.work.desk.me.login == "jonas"


def test_without_its_key_file_a_store_is_not_tried(founded: Path, open_window: Open) -> None:
    beside = key_file.path_beside(founded)
    beside.rename(beside.with_name("flyttad"))
    page = lock_of(open_window(founded))
    assert page.banner.text == (
        "Nyckelfilen prov.misam.nycklar saknas. "
        "Den ska ligga i samma mapp som registret; lägg tillbaka den från säkerhetskopian."
    )
    assert not page.primary.isEnabled()


def _foreign(store: Path) -> None:
    another = store.with_name("another.misam")
    make(another)
    key_file.path_beside(another).replace(key_file.path_beside(store))


def _damaged(store: Path) -> None:
    content = store.read_bytes()
    store.write_bytes(content[:16] + bytes(8176) + content[8192:])


def _newer(store: Path) -> None:
    with engine_of(store) as engine, writing(engine) as conn:
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize(
    ("happens", "sentence"),
    [
        (_foreign, "Nyckelfilen hör till ett annat register eller har ändrats av någon utanför programmet."),
        (_damaged, "Registret går inte att läsa: filen är skadad eller hör inte ihop med nyckelfilen."),
        (_newer, "Registret är ändrat av en nyare version av programmet."),
        (Path.unlink, "Registret finns inte på den platsen."),
    ],
)
def test_a_store_that_cannot_be_opened_says_why(
    founded: Path, open_window: Open, happens: Callable[[Path], None], sentence: str
) -> None:
    driver = open_window(founded)
    happens(founded)
    driver.unlock(PASSWORD, login="karin")
    assert lock_of(driver).banner.text.startswith(sentence)
    assert lock_of(driver).primary.isEnabled()


def test_a_store_that_is_refused_is_left_as_it_was(founded: Path, open_window: Open) -> None:
    _newer(founded)
    before = founded.read_bytes()
    open_window(founded).unlock(PASSWORD, login="karin")
    assert founded.read_bytes() == before


# A place that takes no writes


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A disk with a store on it that has been made read-only since; skips where nobody may mount one."""
    with small_disk(tmp_path / "disk", kib=2048) as disk:
        make(disk / "prov.misam")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        yield disk


def test_a_store_on_a_read_only_disk_stays_locked_and_says_so(read_only: Path, open_window: Open) -> None:
    driver = open_window(read_only / "prov.misam")
    driver.unlock(PASSWORD, login="karin")
    assert lock_of(driver).banner.text.startswith("Det går inte att skriva på den platsen.")


def test_no_store_is_begun_on_a_read_only_disk(read_only: Path, open_window: Open) -> None:
    driver = open_window(None)
    driver.click_text("Skapa ett nytt register")
    page = driver.window.page
    assert isinstance(page, FirstStart)
    for step in (
        {"team": "Laget", "file": str(read_only / "nytt.misam")},
        {"name": "K E", "login": "karin", "password": PASSWORD, "password_again": PASSWORD},
        {"their_name": "J V", "their_login": "jonas", "their_password": PASSWORD, "their_password_again": PASSWORD},
        {},
    ):
        assert page.form is not None
        for name, value in step.items():
            driver.put(page.form[name], value)
        driver.click(page.next)
    assert page.form is not None
    assert page.form.banner.text.startswith("Det går inte att skriva på den platsen.")
    assert page.next.isEnabled()


# A second referral for a case that goes on


def test_who_may_is_told_of_the_case_before_any_form(seat: Seat, karin: Vault) -> None:
    enrolled(karin)
    driver = seat("karin")
    driver.type(to_new_referral(driver).step.line, somebody().number.long)
    driver.settle()
    driver.click_text("Öppna ärendet")
    assert driver.work.here.heading.text() == "Malin Provlund"


@pytest.fixture
def second(seat: Seat, karin: Vault) -> Driver:
    """Jonas has referred somebody whose case, at IFO and FK, he may not know of."""
    without_af = agrees(unit_ids=(FK, IFO))
    first = waiting(karin, consent=without_af, unit_id=IFO, referrer=Referrer.KOMMUN, needed_unit_ids=(FK, AF))
    enrolled(karin, first)
    driver = seat("jonas")
    form = begin_referral(driver, somebody().number.long)
    assert form["given_name"].value() == ""
    for name, value in {
        "given_name": "Malin", "family_name": "Provlund", "sex": "kvinna", "question": "Vad behövs nu?",
        "needed_unit_ids": [IFO], "close_cooperation": True, "consent_now": SIGNED, "paper_at": "Pärm 3",
        "wording": OTHER_FORM,
    }.items():  # fmt: skip
        driver.put(form[name], value)
    driver.click_text("Lämna till forumet")
    return driver


def test_who_may_not_is_told_nothing_and_the_referral_goes_on(second: Driver) -> None:
    page = second.work.here
    assert isinstance(page, ReferralScreen)
    assert (page.duplicate.text, page.banner.text) == ("", "")
    assert second.work.status.message.text() == "Remissen är lämnad till forumet."


def test_the_koordinator_sees_the_second_referral_and_resolves_it(second: Driver, seat: Seat, karin: Vault) -> None:
    driver = seat("karin")
    driver.work.open_referral(second.work.here.subject)
    driver.settle()
    page = driver.work.here
    assert isinstance(page, ReferralScreen)
    assert page.duplicate.text == "Personen har redan ett pågående ärende."
    driver.click_text("Återta som dubblett")
    driver.fill(why="Dubblett")
    driver.save()
    assert [one.withdrawn_why for one in all_of(karin, rows.referrals) if one.withdrawn_on] == ["Dubblett"]


# Days that do not exist


@pytest.mark.parametrize("name", ["informed_on", "referred_on", "from_on", "until_on"])
def test_a_day_that_does_not_exist_is_told_beside_its_field(seat: Seat, karin: Vault, name: str) -> None:
    driver = seat("jonas")
    form = begin_referral(driver, TINDRA.number.long)
    for field, value in {"consent_now": SIGNED, "until": "day"}.items():
        driver.put(form[field], value)
    driver.put(form[name], "2026-02-30")
    driver.click_text("Lämna till forumet")
    assert form.error_at(name) == "Datumet finns inte. Skriv ÅÅÅÅ-MM-DD, till exempel 2026-11-26."
    assert form[name].raw() == "2026-02-30"
    assert all_of(karin, rows.referrals) == []


# Lists that are none


def test_a_list_of_too_many_rows_is_refused_whole(seat: Seat, karin: Vault, tmp_path: Path) -> None:
    driver = seat("karin")
    driver.go("register")
    page = driver.work.here
    assert isinstance(page, RegisterScreen)
    header = "personnummer;kon;insats;remittent;remissdatum;samtycke_fran;samtycke_parter"
    (tmp_path / "lista.csv").write_text("\n".join([header, *["x"] * 50_001]), encoding="utf-8")
    page.look_at(tmp_path / "lista.csv")
    driver.settle()
    assert page.banner.text == "Listan har för många rader: högst 50000 tas emot åt gången. Dela upp den."
    assert page.choose.isEnabled()
    assert all_of(karin, rows.persons) == []
