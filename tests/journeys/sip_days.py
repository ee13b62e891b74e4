"""One SIP in a real window, from the need to the evaluation, with all its papers as they were saved on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from misam_desktop.documents.phrases import Language
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.sip import PartyKind, SipAnswer
from misam_desktop.gui.case_form import SIGNED
from misam_desktop.gui.consent_form import OTHER_FORM
from misam_desktop.gui.dialogs.letter_dialog import LetterDialog
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.new_sip import NewSipScreen
from misam_desktop.gui.screens.sip import SipScreen
from misam_desktop.gui.screens.today import TodayScreen
from misam_desktop.gui.tables import Table
from misam_desktop.queries.sips import PartyLine, SipPage
from tests.conftest import PASSWORD
from tests.documents.worlds import words
from tests.gui.nafs_paper_worlds import into
from tests.gui.nafs_worlds import page
from tests.gui.worlds import cells, told
from tests.journeys.people import GULLVI
from tests.journeys.worlds import Calendar, lock, sit_at, status

AF, FK, IFO, REGION = UnitId("af"), UnitId("fk"), UnitId("kommun-ifo"), UnitId("region")
UNITS = (IFO, REGION, AF, FK)
NEEDED, CALLED, MEETS, FOLLOWED = date(2026, 11, 24), date(2026, 11, 26), date(2026, 12, 9), date(2027, 3, 9)
TEXTS = {
    name: f"Kanariefågel {name} åäö i SIP"
    for name in ("behov", "viktigt", "fråga", "skäl", "insatser", "kommunens", "regionens", "utvärdering")
}
RELATIVE = "Şükrü Nguyễn"


@dataclass
class Days:
    """Karin's window, the days that pass, what stood in it at each stop, and on each paper."""

    calendar: Calendar
    store: Path
    opens: Callable[[Path | None], Driver]
    shown: dict[str, list[str]] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)
    _driver: Driver | None = None

    @property
    def driver(self) -> Driver:
        """Her window."""
        if self._driver is None:
            self._driver = self.opens(self.store)
        return self._driver

    def sit_down(self, day: date) -> None:
        """She unlocks it on a day."""
        self.calendar.day = day
        sit_at(self.driver)
        if self.driver.window.work is not None:
            lock(self.driver)
        self.driver.unlock(PASSWORD, login="karin")

    def note(self, stop: str) -> None:
        """Remember every word in sight, and which buttons cannot be pressed."""
        tables = [" | ".join(cells(one, at)) for one in self.driver.seen(Table) for at in range(one.model().rowCount())]
        off = [f"({one.text()})" for one in self.driver.seen(QPushButton) if not one.isEnabled()]
        self.shown[stop] = [*told(self.driver), *off, *tables, status(self.driver)]

    def save_paper(self, name: str) -> None:
        """Save the paper that is looked at, and remember its words."""
        self.driver.wait_for(lambda: isinstance(self.driver.dialog, LetterDialog))
        assert isinstance(self.driver.dialog, LetterDialog)
        path = self.store.parent / f"{name}.pdf"
        self.driver.click(self.driver.dialog.save)
        into(self.driver, path)
        self.driver.wait_for(path.exists)
        self.driver.settle()
        self.papers[name] = words(path.read_bytes())

    @property
    def sip(self) -> SipPage:
        """What the page in sight has read."""
        screen = self.driver.work.here
        assert isinstance(screen, SipScreen)
        assert screen.page is not None
        return screen.page

    def line(self, who: UnitId | PartyKind) -> PartyLine:
        """Somebody who takes part."""
        return next(one for one in self.sip.parties if who in (one.party.unit_id, one.party.kind))

    def press_of(self, who: UnitId | PartyKind, beginning: str) -> None:
        """Press a button on the line of somebody: it is named after them."""
        at = [one.party.id for one in self.sip.parties].index(self.line(who).party.id)
        found = [
            one
            for one in self.driver.seen(QPushButton)
            if one.text().startswith(beginning) and ": " in one.accessibleName()
        ]
        named = self.names()[at]
        self.driver.click(next(one for one in found if one.accessibleName().endswith(named)))

    def names(self) -> list[str]:
        """What those who take part are called in the names of their buttons, in their order."""
        desk, found = self.driver.work.desk, []
        for one in self.sip.parties:
            kinds = {PartyKind.PERSONEN: "Personen själv", PartyKind.NARSTAENDE: f"Närstående: {RELATIVE}"}
            found.append(desk.unit(one.party.unit_id) if one.party.unit_id else kinds[one.party.kind])
        return found


def whole_sip(days: Days) -> None:
    """All of it, in the order in which it happens."""
    see_the_need(days)
    prepare_and_call(days)
    write_letters(days)
    write_agenda(days)
    answer(days)
    write_plan(days)
    follow_up_and_end(days)


def see_the_need(days: Days) -> None:
    """The number first, then why, and the person's consent."""
    days.sit_down(NEEDED)
    driver = days.driver
    screen = page(driver, NewSipScreen, "new_sip")
    driver.type(screen.step.line, GULLVI.number.long)
    driver.settle()
    assert screen.form is not None
    said = {"given_name": GULLVI.given_name, "family_name": GULLVI.family_name, "sex": "kvinna"}
    said |= {"need_why": TEXTS["behov"], "consent_now": SIGNED, "wording": OTHER_FORM, "paper_at": "Akten"}
    for name, value in said.items():
        driver.put(screen.form[name], value)
    screen.form["unit_ids"].set_value(UNITS)
    driver.click_text("Spara med samtycke")
    days.note("needed")


def prepare_and_call(days: Days) -> None:
    """Two days later it waits on Idag; the person is asked, and the meeting is set."""
    days.sit_down(CALLED)
    driver = days.driver
    driver.go("today")
    days.note("today: begin")
    today = driver.work.here
    assert isinstance(today, TodayScreen)
    driver.click_row(today.table, 0, 4)
    driver.click_text("Förbered …")
    driver.fill(important=TEXTS["viktigt"], questions=TEXTS["fråga"], relatives="yes")
    driver.save()
    for unit_id in UNITS:
        add(driver, kind=PartyKind.ENHET, unit_id=unit_id)
    add(driver, kind=PartyKind.PERSONEN)
    add(driver, kind=PartyKind.NARSTAENDE, name=RELATIVE)
    driver.click_text("Bestäm mötet …")
    driver.fill(on=MEETS.isoformat(), time="13.00", place="Hälsocentralen, rum 2")
    driver.save()
    days.note("called")


def add(driver: Driver, **said: object) -> None:
    """Somebody more who takes part."""
    driver.click_text("Lägg till deltagare …")
    driver.fill(**said)
    driver.save()


def write_letters(days: Days) -> None:
    """A kallelse or inbjudan to each; the person's is easy to read."""
    for unit_id, word in ((IFO, "Kallelse"), (REGION, "Kallelse"), (AF, "Inbjudan"), (FK, "Inbjudan")):
        days.press_of(unit_id, f"{word} …")
        days.save_paper(unit_id)
    for kind in (PartyKind.PERSONEN, PartyKind.NARSTAENDE):
        days.press_of(kind, "Inbjudan …")
        days.driver.fill(language=Language.SV_LATT)
        days.driver.save()
        days.save_paper(kind.value)
    days.note("asked")


def write_agenda(days: Days) -> None:
    """To all units under the code, and to the person by name."""
    for at, name in enumerate(("agenda", "agenda-person")):
        days.driver.click_text("Dagordning …")
        days.driver.fill(to=at)
        days.driver.save()
        days.save_paper(name)


def answer(days: Days) -> None:
    """All come but Försäkringskassan, which says why."""
    for who in (IFO, REGION, AF, FK, PartyKind.PERSONEN, PartyKind.NARSTAENDE):
        days.press_of(who, "Svar …")
        if who == FK:
            days.driver.fill(said=SipAnswer.KOMMER_INTE, text=TEXTS["skäl"])
        else:
            days.driver.fill(said=SipAnswer.KOMMER)
        days.driver.save()
    days.note("answered")


def write_plan(days: Days) -> None:
    """Point by point, and it cannot be locked before all four are there."""
    days.sit_down(MEETS)
    driver = days.driver
    page(driver, SipScreen, "sip", days_sip(days))
    driver.click_text("Skriv planen …")
    driver.fill(needed=TEXTS["insatser"], follow_up_on=FOLLOWED.isoformat())
    driver.save()
    days.note("plan: needed")
    commit(days, IFO, TEXTS["kommunens"])
    days.note("plan: kommun")
    commit(days, REGION, TEXTS["regionens"])
    days.note("plan: region")
    driver.click_text("På papper …")
    driver.fill(to=0)
    driver.save()
    days.save_paper("draft")
    driver.click_text("Skriv planen …")
    driver.fill(none=("others",))
    driver.save()
    days.note("plan: others")
    driver.click_text("Skriv planen …")
    driver.fill(responsible_id=REGION)
    driver.save()
    driver.click_text("Lås planen")
    days.note("plan: locked")
    driver.click_text("På papper …")
    driver.save()
    days.save_paper("plan")


def days_sip(days: Days) -> str:
    """The id of the SIP, found in the list of them."""
    days.driver.go("sips")
    days.driver.settle()
    [row] = days.driver.seen(Table)[0].rows
    return str(row.case_id)


def commit(days: Days, unit_id: UnitId, what: str) -> None:
    """What a unit does."""
    days.driver.click_text("Vem gör vad …")
    days.driver.fill(party_id=days.line(unit_id).party.id, what=what, due_on=FOLLOWED.isoformat())
    days.driver.save()


def follow_up_and_end(days: Days) -> None:
    """On the day that was agreed it waits on Idag, and is ended with what came of it."""
    days.sit_down(FOLLOWED)
    driver = days.driver
    driver.go("today")
    days.note("today: follow up")
    page(driver, SipScreen, "sip", days_sip(days))
    driver.click_text("Klart")
    driver.click_text("Avsluta …")
    driver.fill(evaluation=TEXTS["utvärdering"])
    driver.save()
    days.note("ended")
