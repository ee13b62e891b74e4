"""Brevhuvud on the screen: set once, and above every letter from then on."""

from __future__ import annotations

from collections.abc import Callable

from misam_desktop.commands.forum import record_outcome
from misam_desktop.commands.letterheads import set_letterhead
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.domain.codes import Outcome
from misam_desktop.domain.errors import Stale
from misam_desktop.domain.letter import Letter
from misam_desktop.domain.letterhead import Letterhead
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.contacts import ContactsScreen
from misam_desktop.queries.letters import LetterChoice, letter_preview
from misam_desktop.vault import Vault
from tests.commands.worlds import meeting, refused, waiting
from tests.documents.worlds import words
from tests.gui.worlds import says


def test_what_is_set_stands_above_the_letters(karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]) -> None:
    referral = waiting(jonas)
    karin.do(record_outcome(referral.id, Outcome.ANTAS, meeting_id=meeting(karin).id))
    driver = unlocked("karin")
    driver.go("contacts")
    driver.click_text("Brevhuvud …")
    driver.form.form["lines"].set_value("Provlaget\nProvvägen 4\n931 00 Provköping")
    driver.fill(contact="Växel 0910-00 00 00", place="Provköping")
    driver.save()
    assert says(driver, "Brevhuvudet är sparat.")
    paper = karin.ask(letter_preview(referral.id, LetterChoice(letter=Letter.BESKED))).paper
    assert "Provlaget Provvägen 4 931 00 Provköping Växel 0910-00 00 00" in words(to_pdf(paper))
    assert paper.day.startswith("Provköping 20")
    driver.click_text("Brevhuvud …")
    assert driver.form.form["place"].value() == "Provköping"


def test_too_much_is_told_beside_its_field(unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    driver.go("contacts")
    driver.click_text("Brevhuvud …")
    driver.form.form["lines"].set_value("rad\n" * 8)
    driver.save()
    assert says(driver, "högst 6 rader")


def test_who_may_not_set_it_is_not_offered_it(unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("jonas")
    driver.go("contacts")
    page = driver.work.here
    assert isinstance(page, ContactsScreen)
    assert not page.letterhead.isVisible()


def test_of_two_who_change_it_the_second_is_told(karin: Vault) -> None:
    karin.do(set_letterhead(Letterhead(place="Ena"), seen=Letterhead()))
    with refused(karin, Stale):
        karin.do(set_letterhead(Letterhead(place="Andra"), seen=Letterhead()))
