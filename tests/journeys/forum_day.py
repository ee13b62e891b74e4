"""One samverkansforum in real windows: eight cases, every outcome, a program that is killed in the midst of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from misam_desktop.commands.referrals import make_referral
from misam_desktop.documents.phrases import Language
from misam_desktop.domain.codes import Agency, Outcome, PaperKind, Role, Sex
from misam_desktop.domain.ids import ContactId, UnitId
from misam_desktop.domain.intake import PersonFacts
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.gui.dialogs.leaving import LeavingDialog
from misam_desktop.gui.drafts import DraftKeeper
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.forum import ForumScreen
from misam_desktop.gui.screens.forum_papers import ForumPapersScreen
from misam_desktop.unlocking import Founder
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, FK, IFO, REGION, agrees, asks
from tests.conftest import PASSWORD, TODAY
from tests.documents.worlds import words
from tests.gui.worlds import end_forum, told
from tests.journeys.journey import choose
from tests.journeys.worlds import CTRL, Calendar, status, windows

WHO = tuple(
    Founder(login=login, name=name, password=PASSWORD, unit_id=unit_id, roles=(role,))
    for login, name, unit_id, role in (
        ("karin", "Karin Sörlandh", IFO, Role.KOORDINATOR),
        ("jonas", "Jonas Myrbäck", AF, Role.HANDLAGGARE),
    )
)
ALL = (AF, FK, IFO, REGION)
FORUM = date(2026, 11, 26)
HALF_WRITTEN = "Boendet måste ordnas först, tillsammans med"
"""What stood in the text to the minutes when the program was killed."""


class Concluded(NamedTuple):
    """A case of the forum, in the order of its queue, and what is concluded on it by which keys."""

    given_name: str
    family_name: str
    outcome: Outcome
    text: str = ""
    also: str = ""
    units: tuple[UnitId, ...] = ALL
    language: Language = Language.SV

    @property
    def name(self) -> str:
        """As the screens say it."""
        return f"{self.given_name} {self.family_name}"


CASES = (
    Concluded("Tindra-Åsa", "Björkelundh", Outcome.ANTAS, also="SIP"),
    Concluded("Şükrü", "Yıldırım", Outcome.ATER, "Praktik via Af i åtta veckor, sedan ny kontakt."),
    Concluded("Łukasz", "Wójcik", Outcome.REGULJAR, also="NAFS", language=Language.EN),
    Concluded("Gullvi", "Stensätterö", Outcome.EJ_BEHOV, language=Language.SV_LATT),
    Concluded("Nguyễn", "Thị Ánh", Outcome.KOMPLETTERA, f"{HALF_WRITTEN} socialtjänsten."),
    Concluded("Sigvard", "Kvarnhammarsson", Outcome.NAFS),
    Concluded("Märta", "O’Berg", Outcome.SIP),
    Concluded("Ottilia", "Rävelin", Outcome.ANTAS, units=(AF, IFO, REGION)),
)
"""The last one’s consent does not name Försäkringskassan."""
BEFORE_THE_CRASH = 4
_CODE = re.compile(r"\b[2-9BCDFGHJKLMNPQRSTVWXYZ]{6}-[2-9BCDFGHJKLMNPQRSTVWXYZ]\b")
PRESENT = {Agency.AF: "På plats", Agency.FK: "Video", Agency.KOMMUN: "På plats", Agency.REGION: "Frånvarande"}


def refer_all(jonas: Vault) -> None:
    """Eight referrals from Arbetsförmedlingen, a day between each, so that the queue has their order."""
    for at, one in enumerate(CASES):
        referred_on = TODAY - timedelta(days=20 - at)
        person = PersonFacts(
            number=made_up_number(date(1985, 3, 12), 980 + at),
            given_name=one.given_name,
            family_name=one.family_name,
            sex=Sex.KVINNA,
            easy_read=one.language is Language.SV_LATT,
            language="Engelska" if one.language is Language.EN else "",
        )
        question = f"Vad behövs för att fall {at + 1} ska komma vidare?"
        facts = asks(referred_on=referred_on, question=question, needed_unit_ids=one.units[1:])
        jonas.do(make_referral(person, facts, consent=agrees(from_on=referred_on, unit_ids=one.units), submit=True))


@dataclass
class Day:
    """What stood on the screen at each stop, and what each paper says.

    ``jonas`` becomes the handläggare of who is enrolled.
    """

    jonas: ContactId
    shown: dict[str, list[str]] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)

    def note(self, stop: str, driver: Driver) -> None:
        """Remember every word in sight."""
        self.shown[stop] = [*told(driver), status(driver)]


def to_forum(driver: Driver) -> ForumScreen:
    """The forum, from the navigation."""
    driver.go("forum")
    page = driver.work.here
    assert isinstance(page, ForumScreen)
    return page


def conclude(driver: Driver, page: ForumScreen, cases: Sequence[Concluded]) -> None:
    """For each case the key of its outcome, what goes with it, its text, and Ctrl+Enter, which takes the next."""
    for one in cases:
        current = page.meeting.queue.current
        assert current is not None and current.name == one.name, "the next that is left is taken by itself"  # noqa: PT018
        page.meeting.queue.setFocus()
        driver.press(page.meeting.queue, Qt.Key(ord("1") + list(Outcome).index(one.outcome)))
        outcomes = page.meeting.outcomes
        for words_of, box in (("NAFS", outcomes.also_nafs), ("SIP", outcomes.also_sip)):
            if one.also == words_of:
                driver.click(box)
        if one.text:
            assert page.meeting.case.form is not None
            driver.put(page.meeting.case.form["text"], one.text)
        page.meeting.queue.setFocus()
        driver.press(page.meeting.queue, Qt.Key.Key_Return, CTRL)
        driver.settle()


def begin_and_be_killed(store: Path, settings: Path, pipe: Connection) -> None:
    """A program of its own: half of the meeting, half a sentence of the next case; then it waits to be killed."""
    app = QApplication([])
    with windows(Calendar(FORUM), settings) as opened:
        driver = opened(store)
        driver.unlock(PASSWORD, login="karin")
        page = to_forum(driver)
        driver.click(page.start)
        for agency, presence in PRESENT.items():
            choose(driver, page, agency, presence)
        conclude(driver, page, CASES[:BEFORE_THE_CRASH])
        assert page.meeting.case.form is not None
        driver.put(page.meeting.case.form["text"], HALF_WRITTEN)
        keepers = driver.work.findChildren(DraftKeeper)
        driver.wait_for(lambda: not any(one.has_unsaved for one in keepers))
        driver.settle()
        pipe.send([row.outcome for row in page.meeting.queue.rows])
        app.exec()


def go_on(day: Day, driver: Driver, folder: Path) -> None:
    """The same meeting after the crash, to its end, its papers, and the first enrolment."""
    page = driver.work.here
    assert isinstance(page, ForumScreen), "the program opens where the meeting was led"
    day.note("after the crash", driver)
    day.shown["queue"] = [f"{one.name}: {one.outcome}" for one in page.meeting.queue.rows]
    assert page.meeting.case.form is not None
    day.shown["half-written"] = [str(page.meeting.case.form["text"].value())]
    conclude(driver, page, CASES[BEFORE_THE_CRASH:-1])
    day.note("the last case", driver)
    conclude(driver, page, CASES[-1:])
    end_forum(driver, page)
    day.note("ended", driver)
    enrol_first(day, driver, page)
    take_papers(day, driver, folder)


def enrol_first(day: Day, driver: Driver, page: ForumScreen) -> None:
    """Who was found to need coordinated measures is enrolled, with Arbetsförmedlingen as uppdragsgivare."""
    driver.click(page.to_enrolments)
    table = page.enrolments.table
    driver.click_row(table, next(at for at, row in enumerate(table.rows) if row.name == CASES[0].name))
    driver.click(page.enrol)
    driver.fill(commissioner_id=AF, case_worker_id=day.jonas)
    driver.save()
    day.note("enrolled", driver)
    driver.click(page.to_meeting)


def take_papers(day: Day, driver: Driver, folder: Path) -> None:
    """Every agenda, every paper of minutes and every letter, looked at and saved; the keys ask for a password."""
    driver.click_text("Papper och utskick …")
    page = driver.work.here
    assert isinstance(page, ForumPapersScreen)
    day.note("papers", driver)
    for at, paper in enumerate(page.papers.rows):
        if paper.kind is not PaperKind.KODNYCKEL:
            driver.click_row(page.papers, at)
            driver.press(page.papers, Qt.Key.Key_Return)
            take(day, driver, folder, f"{paper.kind}-{paper.unit_id or 'alla'}")
    places = {one.name: place for place, one in enumerate(CASES, start=1)}
    for at, letter in enumerate(page.letters.rows):
        driver.click_row(page.letters, at)
        driver.press(page.letters, Qt.Key.Key_Return)
        take(day, driver, folder, f"{letter.letter}-{places[letter.name]}")
    day.note("taken", driver)


def take(day: Day, driver: Driver, folder: Path, name: str) -> None:
    """Save the paper in front, and read it back."""
    driver.wait_for(lambda: isinstance(driver.dialog, LeavingDialog))
    assert isinstance(driver.dialog, LeavingDialog)
    file = folder / f"{name}.pdf"
    driver.dialog.save_to(file)
    driver.wait_for(file.exists)
    driver.settle()
    day.papers[name] = words(file.read_bytes())


def without_chance(day: Day) -> dict[str, str]:
    """What each paper says, a sentence a line, with its codes in the order of the minutes and without its log mark."""
    codes: dict[str, str] = {}

    def numbered(code: re.Match[str]) -> str:
        return codes.setdefault(code[0], f"KOD-{len(codes) + 1}")

    found = {}
    for name, text in day.papers.items():
        told_plain = re.sub(r"Logg \d+ · [0-9a-f ]+[0-9a-f]|Logg \d+-[0-9A-F]+", "Logg", _CODE.sub(numbered, text))
        found[name] = told_plain.replace(". ", ".\n") + "\n"
    return found
