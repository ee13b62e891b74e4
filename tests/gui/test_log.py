"""Logg: who did what and when, in words; what there is to look at, and what was found; who has looked at a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from misam_desktop import assets
from misam_desktop.commands.forum import open_forum
from misam_desktop.commands.log_review import review_entry
from misam_desktop.commands.shut_outs import shut_out
from misam_desktop.domain.access import NotPermitted, includes
from misam_desktop.domain.codes import EntryKind, Referrer, ReviewGround, ReviewVerdict, Role
from misam_desktop.domain.review import Review
from misam_desktop.gui.case_parts.looked import LookedCard
from misam_desktop.gui.case_parts.steps import Step
from misam_desktop.gui.dialogs.extract import What
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.log_parts.review import ReviewPart
from misam_desktop.gui.places import place
from misam_desktop.gui.screens.case import CaseScreen
from misam_desktop.gui.screens.log import LogScreen, PersonLogScreen
from misam_desktop.queries import log_page as pages
from misam_desktop.queries.cases import one_case
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from misam_desktop.wording import event_words, purpose_words
from tests.commands.worlds import (
    FK,
    IFO,
    MISAM,
    agrees,
    all_of,
    colleague,
    contact_of,
    enrolled,
    entries,
    on,
    somebody,
    waiting,
)
from tests.conftest import TODAY
from tests.project.worlds import ROOT

Unlocked = Callable[[str], Driver]


def screen(driver: Driver) -> LogScreen:
    driver.go("log")
    driver.settle()
    page = driver.work.here
    assert isinstance(page, LogScreen)
    return page


def review(driver: Driver) -> ReviewPart:
    page = screen(driver)
    driver.click_text("Loggkontroll")
    driver.settle()
    assert isinstance(page.shown, ReviewPart)
    return page.shown


def case(driver: Driver, episode_id: str) -> CaseScreen:
    driver.work.open_case(episode_id)
    driver.settle()
    page = driver.work.here
    assert isinstance(page, CaseScreen)
    driver.click(page.stepper.buttons[Step.INFORMATION])
    driver.settle()
    return page


def shown(driver: Driver) -> str:
    return " ".join(one.text() for one in driver.seen(QLabel))


@pytest.fixture
def peeked(karin: Vault, jonas: Vault) -> str:
    """A case of July that Jonas, who does not work with it, opened in October."""
    episode = enrolled(karin, day=date(2026, 7, 1))
    on(jonas, date(2026, 10, 14)).ask(one_case(episode.id))
    return episode.id


def test_every_event_of_the_program_has_words() -> None:
    words = assets.toml(assets.resource("i18n", "sv", "events.toml"))
    events = set((ROOT / "tests" / "project" / "events.txt").read_text(encoding="utf-8").split())
    assert events - set(words) == set()
    assert set(words) - events == {"store.made"}
    assert event_words("another.program") == "another.program"


def test_a_purpose_is_said_by_the_labels_of_its_codes_and_an_id_not_at_all() -> None:
    assert purpose_words("sample:fraga_stalld") == "Stickprov, Fråga ställd"
    assert purpose_words("okand:7") == "Orsaken är inte känd"
    assert purpose_words("9f0c3a22c1") == purpose_words("") == ""


# What has happened


def test_a_koordinator_sees_who_has_opened_a_case_and_opens_it_herself(
    karin: Vault, jonas: Vault, unlocked: Unlocked
) -> None:
    episode = enrolled(karin, waiting(jonas), case_worker_id=contact_of(jonas))
    jonas.ask(one_case(episode.id))
    driver = unlocked("karin")
    table = screen(driver).entries.table
    opened = [one for one in table.rows if one.action == "case.opened"]
    assert [(one.user, one.unit, one.case) for one in opened] == [("Jonas Vall", "Af", "Malin Provlund")]
    table.select(str(opened[0].seq))
    driver.press(table, Qt.Key.Key_Return)
    driver.settle()
    assert driver.work.here.subject == episode.id


def test_a_handlaggare_sees_their_own_alone_and_chooses_no_user(karin: Vault, unlocked: Unlocked) -> None:
    enrolled(karin)
    driver = unlocked("jonas")
    page = screen(driver)
    assert {one.user for one in page.entries.table.rows} == {"Jonas Vall"}
    assert not page.entries.user.isVisible()
    assert "dina egna" in page.beside_heading.text()
    model = page.entries.table.model()
    titles = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    assert titles == ["När", "Slag", "Ärende", "Vad"]
    assert "Loggkontroll" not in [one.text() for one in driver.seen(QPushButton)]


def test_an_administrator_and_the_ledning_have_no_log(karin: Vault) -> None:
    for login, role in (("ada", Role.ADMINISTRATOR), ("bo", Role.LEDNING)):
        vault = colleague(karin, login, role, unit_id=IFO)
        assert not includes(vault.actor, place("log").needs)
        with pytest.raises(NotPermitted):
            vault.ask(pages.log_page(pages.Wanted()))


def test_the_log_is_narrowed_by_kind_and_user(karin: Vault, jonas: Vault, unlocked: Unlocked) -> None:
    waiting(jonas)
    with pytest.raises(NotPermitted):
        jonas.do(open_forum(MISAM, on=TODAY))
    driver = unlocked("karin")
    entries_part = screen(driver).entries
    driver.put(entries_part.kind, EntryKind.REFUSED)
    driver.settle()
    assert [(one.user, one.action) for one in entries_part.table.rows] == [("Jonas Vall", "meeting.opened")]
    driver.put(entries_part.kind, None)
    driver.put(entries_part.user, jonas.actor.user_id)
    driver.settle()
    assert {one.user for one in entries_part.table.rows} == {"Jonas Vall"}
    driver.put(entries_part.kind, EntryKind.HANDED_OVER)
    driver.settle()
    assert entries_part.nothing.isVisible()
    assert not entries_part.table.isVisible()


def test_a_long_log_is_turned_page_by_page_and_back(
    karin: Vault, unlocked: Unlocked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PAGE", 4)
    for serial in range(980, 984):
        waiting(karin, somebody(serial))
    driver = unlocked("karin")
    part = screen(driver).entries
    first = [one.seq for one in part.table.rows]
    assert not part.newer.isVisible()
    driver.click(part.older)
    driver.settle()
    assert max(one.seq for one in part.table.rows) < min(first)
    assert "sidan 2" in shown(driver)
    driver.click(part.newer)
    driver.settle()
    assert first[0] in [one.seq for one in part.table.rows]
    assert not part.newer.isVisible()


def test_the_log_is_read_anew_when_it_comes_into_sight(karin: Vault, jonas: Vault, unlocked: Unlocked) -> None:
    driver = unlocked("karin")
    before = len(screen(driver).entries.table.rows)
    driver.go("cases")
    waiting(jonas)
    page = screen(driver)
    assert len(page.entries.table.rows) > before


# Loggkontroll


def test_what_was_found_is_written_down_and_stays_in_sight(karin: Vault, peeked: str, unlocked: Unlocked) -> None:
    driver = unlocked("karin")
    part = review(driver)
    [seen] = [one for one in part.table.rows if one.ground is ReviewGround.NO_REASON]
    assert (seen.line.user, seen.line.episode_id) == ("Jonas Vall", peeked)
    part.table.select(f"{seen.line.seq}-{seen.ground}")
    driver.press(part.table, Qt.Key.Key_Return)
    driver.settle()
    driver.fill(verdict=ReviewVerdict.FRAGA_STALLD, note="Ringde Jonas")
    driver.save()
    [stored] = all_of(karin, rows.reviews)
    assert isinstance(stored, Review)
    assert (stored.seq, stored.verdict, stored.note) == (seen.line.seq, ReviewVerdict.FRAGA_STALLD, "Ringde Jonas")
    assert [one.reviewed_by for one in part.table.rows if one.review] == ["Karin Ekdal"]
    assert "log.reviewed" in {one.action for one in entries(karin)}


def test_this_month_has_its_rules_and_no_sample_yet(karin: Vault, peeked: str, unlocked: Unlocked) -> None:
    driver = unlocked("karin")
    part = review(driver)
    assert {one.ground for one in part.table.rows} == {ReviewGround.SAMPLE, ReviewGround.NO_REASON}
    driver.put(part.month, f"{TODAY:%Y-%m}")
    driver.settle()
    assert ReviewGround.SAMPLE not in {one.ground for one in part.table.rows}
    assert "när månaden är slut" in part.about.text()


def test_what_is_worth_a_look_stands_first_and_can_be_chosen_alone(
    karin: Vault, peeked: str, unlocked: Unlocked
) -> None:
    driver = unlocked("karin")
    part = review(driver)
    grounds = [one.ground for one in part.table.rows]
    assert grounds == sorted(grounds, key=lambda ground: ground is ReviewGround.SAMPLE)
    driver.put(part.why, ReviewGround.SAMPLE)
    driver.settle()
    assert {one.ground for one in part.table.rows} == {ReviewGround.SAMPLE}
    driver.put(part.why, ReviewGround.MANY)
    driver.settle()
    assert part.nothing.isVisible()
    assert part.nothing.text() == "Inget av det slaget den månaden."


def test_a_month_without_anything_says_so(unlocked: Unlocked) -> None:
    part = review(unlocked("karin"))
    assert part.nothing.isVisible()
    assert part.nothing.text() == "Inget att granska den månaden."
    assert not part.table.isVisible()


def test_nobody_reviews_their_own(karin: Vault, unlocked: Unlocked) -> None:
    on(karin, date(2026, 10, 14)).ask(one_case(enrolled(karin, day=date(2026, 7, 1)).id))
    driver = unlocked("karin")
    part = review(driver)
    part.table.opened.emit(next(one for one in part.table.rows if one.is_own))
    driver.settle()
    assert driver.dialog is None
    assert "Någon annan behöver granska det" in part.banner.text


def test_what_another_found_is_read_and_not_changed(karin: Vault, peeked: str, unlocked: Unlocked) -> None:
    kim = colleague(karin, "kim", Role.KOORDINATOR, unit_id=IFO)
    [read] = [one for one in entries(karin) if one.action == "case.opened" and one.object_id == peeked]
    kim.do(review_entry(read.seq, ReviewGround.NO_REASON, ReviewVerdict.ANMARKNING, note="Ingen förklaring"))
    driver = unlocked("karin")
    part = review(driver)
    part.table.opened.emit(next(one for one in part.table.rows if one.review))
    driver.settle()
    assert driver.dialog is None
    assert "Anmärkning · Kim" in part.banner.text
    assert "Ingen förklaring" in part.banner.text


# Who has looked at one person


def test_the_page_of_a_case_tells_a_koordinator_who_has_looked(karin: Vault, peeked: str, unlocked: Unlocked) -> None:
    driver = unlocked("karin")
    case(driver, peeked)
    assert "Vem har tittat" in shown(driver)
    assert "Jonas Vall, Af" in shown(driver)
    driver.click_text("Visa allt …", within=driver.seen(LookedCard)[0])
    driver.settle()
    page = driver.work.here
    assert isinstance(page, PersonLogScreen)
    assert ("Jonas Vall", "case.opened") in {(one.user, one.action) for one in page.entries.table.rows}
    assert "Malin" not in driver.window.windowTitle()


def test_of_somebody_in_one_of_whose_cases_one_has_no_part_there_is_no_list(
    karin: Vault, jonas: Vault, unlocked: Unlocked
) -> None:
    kim = colleague(karin, "kim", Role.KOORDINATOR, unit_id=IFO)
    lena = colleague(karin, "lena", Role.HANDLAGGARE, unit_id=FK)
    episode = enrolled(karin, waiting(jonas))
    theirs = waiting(lena, referrer=Referrer.FK, unit_id=FK, consent=agrees(unit_ids=(FK, IFO)))
    kim.do(shut_out(theirs.id, contact_of(karin)))
    driver = unlocked("karin")
    case(driver, episode.id)
    [card] = driver.seen(LookedCard)
    assert "Det finns inget att visa här." in [one.text() for one in driver.seen(QLabel, card)]
    assert driver.seen(QPushButton, card) == []


def test_a_handlaggare_is_not_told_who_has_looked(karin: Vault, jonas: Vault, unlocked: Unlocked) -> None:
    episode = enrolled(karin, waiting(jonas), case_worker_id=contact_of(jonas))
    driver = unlocked("jonas")
    case(driver, episode.id)
    assert driver.seen(LookedCard) == []


def test_the_extract_is_made_from_the_whole_list(karin: Vault, peeked: str, unlocked: Unlocked) -> None:
    driver = unlocked("karin")
    person_id = all_of(karin, rows.persons)[0].id
    driver.work.go("person_log", person_id)
    driver.settle()
    driver.click_text("Skriv ut utdrag …")
    assert driver.form.form["what"].value() is What.LOOKED
    driver.save()
    assert entries(karin)[-1].action == "log.extract_made"


def test_the_list_of_a_person_empties_when_one_is_shut_out(karin: Vault, peeked: str, unlocked: Unlocked) -> None:
    kim = colleague(karin, "kim", Role.KOORDINATOR, unit_id=IFO)
    driver = unlocked("karin")
    person_id = all_of(karin, rows.persons)[0].id
    driver.work.go("person_log", person_id)
    driver.settle()
    page = driver.work.here
    assert isinstance(page, PersonLogScreen)
    assert page.entries.table.rows
    kim.do(shut_out(all_of(kim, rows.referrals)[0].id, contact_of(karin)))
    page.refresh()
    driver.settle()
    assert page.entries.table.rows == []
    assert page.banner.isVisible()
