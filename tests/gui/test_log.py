"""Logg: who did what and when, in words; what there is to look at, and what was found."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from misam_desktop import assets
from misam_desktop.domain.codes import ReviewVerdict
from misam_desktop.domain.review import Review
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.log import LogScreen
from misam_desktop.queries.cases import one_case
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from misam_desktop.wording import event_words
from tests.commands.worlds import all_of, contact_of, enrolled, entries, waiting
from tests.project.worlds import ROOT


def screen(driver: Driver) -> LogScreen:
    driver.go("log")
    driver.settle()
    page = driver.work.here
    assert isinstance(page, LogScreen)
    return page


def test_every_event_of_the_program_has_words() -> None:
    words = assets.toml(assets.resource("i18n", "sv", "events.toml"))
    events = set((ROOT / "tests" / "project" / "events.txt").read_text(encoding="utf-8").split())
    assert events - set(words) == set()
    assert set(words) - events == {"store.made"}
    assert event_words("another.program") == "another.program"


def test_a_koordinator_sees_who_has_opened_a_case_and_opens_it_herself(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    episode = enrolled(karin, waiting(jonas), case_worker_id=contact_of(jonas))
    jonas.ask(one_case(episode.id))
    driver = unlocked("karin")
    page = screen(driver)
    opened = [one for one in page.entries.rows if one.row.action == "case.opened"]
    assert [(one.user, one.unit) for one in opened] == [("Jonas Vall", "Af")]
    page.entries.select(str(opened[0].row.seq))
    page.entries.opened.emit(opened[0])
    driver.settle()
    assert driver.work.here.subject == episode.id


def test_a_handlaggare_sees_their_own_alone(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    enrolled(karin)
    page = screen(unlocked("jonas"))
    assert {one.user for one in page.entries.rows} == {"Jonas Vall"}
    assert "Att granska" not in [one.text() for one in page.findChildren(QPushButton)]


def test_what_was_found_is_written_down_and_stays_in_sight(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    jonas.ask(one_case(enrolled(karin, waiting(jonas)).id))
    driver = unlocked("karin")
    page = screen(driver)
    driver.click_text("Att granska")
    [drawn, *_] = [one for one in page.reviewed.rows if one.user == "Jonas Vall"]
    page.reviewed.opened.emit(drawn)
    driver.settle()
    driver.fill(verdict=ReviewVerdict.FRAGA_STALLD, note="Ringde Jonas")
    driver.save()
    [review] = all_of(karin, rows.reviews)
    assert isinstance(review, Review)
    assert (review.seq, review.verdict, review.note) == (drawn.row.seq, ReviewVerdict.FRAGA_STALLD, "Ringde Jonas")
    assert [one.reviewed_by for one in page.reviewed.rows if one.review] == ["Karin Ekdal"]
    assert entries(karin)[-1].action in {"log.review_listed", "log.reviewed"}


def test_nobody_reviews_their_own(karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]) -> None:
    karin.ask(one_case(enrolled(karin, waiting(jonas)).id))
    driver = unlocked("karin")
    page = screen(driver)
    driver.click_text("Att granska")
    own = next(one for one in page.reviewed.rows if one.is_own)
    page.reviewed.opened.emit(own)
    driver.settle()
    assert driver.dialog is None
    assert "Någon annan behöver granska det" in page.banner.text
