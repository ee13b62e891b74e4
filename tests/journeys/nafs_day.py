"""One NAFS meeting in real windows: four users of four authorities on one store, from two new cases to the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton

from misam_desktop.documents.phrases import Language, wording_of
from misam_desktop.domain.codes import FeedbackWay, PaperKind, Role
from misam_desktop.domain.ids import ActivityId, UnitId
from misam_desktop.gui.case_form import SIGNED
from misam_desktop.gui.dialogs.meeting_paper import MeetingPaperDialog
from misam_desktop.gui.dialogs.nafs_calendar import ONE
from misam_desktop.gui.dialogs.own_file import OwnFileDialog
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.nafs_form import NafsForm
from misam_desktop.gui.password import PasswordDialog
from misam_desktop.gui.screens.nafs import NafsScreen
from misam_desktop.gui.screens.nafs_case import NafsCaseScreen
from misam_desktop.gui.screens.nafs_ledger import NafsLedgerScreen
from misam_desktop.gui.screens.nafs_meeting import NafsMeetingScreen
from misam_desktop.gui.screens.nafs_papers import NafsPapersScreen
from misam_desktop.gui.screens.new_nafs_case import NewNafsCaseScreen
from misam_desktop.gui.screens.today import TodayScreen
from misam_desktop.gui.tables import Table
from misam_desktop.queries.task_rows import Task
from misam_desktop.unlocking import Founder
from tests.conftest import PASSWORD
from tests.documents.worlds import words
from tests.gui.nafs_paper_worlds import into
from tests.gui.nafs_worlds import page
from tests.gui.worlds import cells, told
from tests.journeys.journey import hits
from tests.journeys.people import GULLVI, TINDRA, Somebody
from tests.journeys.worlds import CTRL, Calendar, lock, sit_at, status

D = TypeVar("D", bound=QDialog)
AF, FK, IFO, REGION = UnitId("af"), UnitId("fk"), UnitId("kommun-ifo"), UnitId("region")
TEAM = ActivityId("nafs-norr")
RAISED, PLANNED, ANSWERED, MEETS, TOLD = (
    date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 16), date(2026, 12, 21),
)  # fmt: skip
WHO = tuple(
    Founder(login=login, name=name, password=PASSWORD, unit_id=unit_id, roles=(role,))
    for login, name, unit_id, role in (
        ("jonas", "Jonas Myrbäck", AF, Role.HANDLAGGARE),
        ("lena", "Lena Östman", FK, Role.HANDLAGGARE),
        ("ivar", "Ivar Granlund", IFO, Role.HANDLAGGARE),
        ("nora", "Nora Lund", REGION, Role.NAFS_KOORDINATOR),
    )
)
TEXTS = {
    name: f"Kanariefågel {name} åäö på mötet"
    for name in ("till fk", "till ifo", "till regionen", "bara ifo", "bara regionen", "från fk", "från ifo", "steg")
}
TINDRAS = ((FK, TEXTS["till fk"]), (IFO, TEXTS["till ifo"]), (REGION, TEXTS["till regionen"]))
GULLVIS = ((IFO, TEXTS["bara ifo"]), (REGION, TEXTS["bara regionen"]))
"""Nothing is asked of Försäkringskassan, and the consent does not name it."""


@dataclass
class Walk:
    """A window for each, the days that pass, what stood on each screen at each stop, and on each paper."""

    calendar: Calendar
    store: Path
    opens: Callable[[Path | None], Driver]
    seats: dict[str, Driver] = field(default_factory=dict)
    shown: dict[str, list[str]] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)

    def sit_down(self, login: str, day: date) -> Driver:
        """Somebody unlocks their own window on a day; whoever sat there before has locked it."""
        self.calendar.day = day
        driver = self.seats.get(login) or self.opens(self.store)
        self.seats[login] = driver
        sit_at(driver)
        if driver.window.work is not None:
            lock(driver)
        driver.unlock(PASSWORD, login=login)
        return driver

    def note(self, stop: str, driver: Driver) -> None:
        """Remember every word in sight: labels, buttons, rows, and the line at the bottom."""
        tables = [" | ".join(cells(one, at)) for one in driver.seen(Table) for at in range(one.model().rowCount())]
        buttons = [one.text() for one in driver.seen(QPushButton)]
        self.shown[stop] = [*told(driver), *buttons, *tables, status(driver)]


def whole_meeting(walk: Walk) -> None:
    """All of it, in the order in which it happens."""
    raise_both(walk)
    look_around(walk, "lena", "before", PLANNED)
    plan_and_put_up(walk)
    send(walk)
    answer_before(walk)
    look_around(walk, "ivar", "invited", ANSWERED)
    hold(walk)
    file(walk)
    give_feedback(walk)
    for login in ("nora", "lena"):
        read_the_ledger(walk, login)


def look_around(walk: Walk, login: str, stop: str, day: date) -> None:
    """What somebody finds who looks at the cases, the meetings, and searches for both persons."""
    driver = walk.sit_down(login, day)
    screen = page(driver, NafsScreen, "nafs")
    walk.note(f"{stop}: meetings", driver)
    driver.click(screen.to_cases)
    walk.note(f"{stop}: cases", driver)
    for one in (TINDRA, GULLVI):
        walk.shown[f"{stop}: {one.given_name}"] = hits(driver, one.number.digits)
        driver.press(driver.work.top.search.line, Qt.Key.Key_Escape)
        driver.work.top.search.line.clear()


# Two new cases


def raise_both(walk: Walk) -> None:
    """By the contact person at Arbetsförmedlingen: the number first, questions, consent, and to the team."""
    driver = walk.sit_down("jonas", RAISED)
    for somebody, questions in ((TINDRA, TINDRAS), (GULLVI, GULLVIS)):
        screen = page(driver, NewNafsCaseScreen, "new_nafs_case")
        driver.type(screen.step.line, somebody.number.long)
        driver.settle()
        assert screen.form is not None
        fill(driver, screen.form, somebody, questions)
        driver.click(screen.submit)
        walk.note(f"raised: {somebody.given_name}", driver)


def fill(driver: Driver, form: NafsForm, somebody: Somebody, questions: tuple[tuple[UnitId, str], ...]) -> None:
    """All that a case asks for."""
    said = {
        "given_name": somebody.given_name,
        "family_name": somebody.family_name,
        "sex": "kvinna",
        "questions": questions,
        "consent_now": SIGNED,
        "wording": wording_of(Language.SV).id,
        "paper_at": "Akten hos Af",
    }
    for name, value in said.items():
        driver.put(form[name], value)
    asked = {unit_id for unit_id, _ in questions}
    driver.put(form["unit_ids"], tuple(sorted({AF, REGION} | asked)))


# The agenda


def plan_and_put_up(walk: Walk) -> None:
    """The NAFS-koordinator plans the meeting and puts both on its dagordning."""
    driver = walk.sit_down("nora", PLANNED)
    screen = page(driver, NafsScreen, "nafs")
    driver.click(screen.plan)
    driver.fill(team=TEAM, how=ONE, on=MEETS)
    driver.save()
    for somebody in (TINDRA, GULLVI):
        open_case(driver, somebody)
        driver.click_text("Sätt upp på dagordningen")
        driver.save()
    walk.note("put up", driver)


def send(walk: Walk) -> None:
    """What goes to all, what goes to one unit beside it, and the keys of two; then it is marked as sent."""
    driver = walk.seats["nora"]
    screen = page(driver, NafsScreen, "nafs")
    driver.press(screen.meetings, Qt.Key.Key_Return)
    driver.settle()
    driver.click_text("Papper och utskick …")
    papers = driver.work.here
    assert isinstance(papers, NafsPapersScreen)
    walk.note("papers", driver)
    wanted = [(PaperKind.DAGORDNING, ""), (PaperKind.DAGORDNING, IFO), (PaperKind.KODNYCKEL, FK)]
    for kind, unit_id in wanted:
        papers.papers.select(f"{kind}:{unit_id}")
        driver.press(papers.papers, Qt.Key.Key_Return)
        give_password(driver)
        paper = in_front(driver, MeetingPaperDialog)
        driver.click(paper.save)
        into(driver, walk.store.parent / f"{kind}-{unit_id}.pdf")
        give_password(driver)
        driver.wait_for((walk.store.parent / f"{kind}-{unit_id}.pdf").exists)
        driver.settle()
        walk.papers[f"{kind}:{unit_id}"] = words((walk.store.parent / f"{kind}-{unit_id}.pdf").read_bytes())
    driver.click_text("Markera som skickad")
    walk.note("sent", driver)


def give_password(driver: Driver) -> None:
    """Where it is asked for."""
    driver.wait_for(lambda: driver.dialog is not None or driver.window.is_idle)
    if isinstance(driver.dialog, PasswordDialog):
        driver.fill(password=PASSWORD)
        driver.save()


def in_front(driver: Driver, kind: type[D]) -> D:
    """The paper that is looked at."""
    driver.wait_for(lambda: isinstance(driver.dialog, kind))
    assert isinstance(driver.dialog, kind)
    return driver.dialog


def open_case(driver: Driver, somebody: Somebody) -> NafsCaseScreen:
    """The case of somebody, from the list."""
    screen = page(driver, NafsScreen, "nafs")
    driver.click(screen.to_cases)
    at = next(at for at, row in enumerate(screen.cases.rows) if row.name == somebody.full_name)
    screen.cases.selectRow(at)
    driver.press(screen.cases, Qt.Key.Key_Return)
    driver.settle()
    case = driver.work.here
    assert isinstance(case, NafsCaseScreen)
    return case


def answer_before(walk: Walk) -> None:
    """Försäkringskassan answers its question of the one case that it may read."""
    look_around(walk, "lena", "asked", ANSWERED)
    driver = walk.seats["lena"]
    case = open_case(driver, TINDRA)
    walk.note("asked: case", driver)
    [row] = [one for one in case.questions.rows.values() if one.form is not None]
    assert row.form is not None
    driver.put(row.form["answer"], TEXTS["från fk"])
    edit = row.form["answer"].focusProxy()
    assert edit is not None
    driver.press(edit, Qt.Key.Key_Return, CTRL)
    driver.settle()
    walk.note("asked: answered", driver)


# The meeting


def hold(walk: Walk) -> None:
    """Everybody is there; the one case is answered and agreed on, and the meeting ends."""
    driver = walk.sit_down("nora", MEETS)
    screen = page(driver, NafsScreen, "nafs")
    driver.press(screen.meetings, Qt.Key.Key_Return)
    driver.settle()
    meeting = driver.work.here
    assert isinstance(meeting, NafsMeetingScreen)
    driver.click(meeting.start)
    driver.click(meeting.attendance.all_here)
    walk.note("meeting", driver)
    project(walk, driver, meeting)
    for row in list(meeting.item.questions.rows.values()):
        if row.form is not None:
            driver.put(row.form["answer"], TEXTS["från ifo"])
            edit = row.form["answer"].focusProxy()
            assert edit is not None
            driver.press(edit, Qt.Key.Key_Return, CTRL)
            driver.settle()
    assert meeting.item.form is not None
    driver.put(meeting.item.form["next_step"], TEXTS["steg"])
    driver.put(meeting.item.form["responsible_id"], FK)
    meeting.item.save()
    driver.settle()
    walk.note("agreed", driver)
    driver.click(meeting.end)
    walk.note("left to do", driver)
    driver.save()
    walk.note("ended", driver)


def project(walk: Walk, driver: Driver, meeting: NafsMeetingScreen) -> None:
    """What the room sees of the first item, and of the second, which not everybody there may hear of."""
    driver.click(meeting.project)
    projector = driver.projector
    assert projector is not None
    for number in (1, 2):
        walk.shown[f"projector {number}"] = [one.text() for one in projector.findChildren(QLabel)]
        driver.press(projector, Qt.Key.Key_PageDown)
        driver.settle()
    walk.note("second item", driver)
    driver.press(projector, Qt.Key.Key_PageUp)
    driver.settle()
    driver.press(projector, Qt.Key.Key_Escape)
    driver.settle()


def file(walk: Walk) -> None:
    """Försäkringskassan takes the text for its own file."""
    driver = walk.sit_down("lena", MEETS)
    open_case(driver, TINDRA)
    driver.click_text("Text till egen akt")
    driver.click(in_front(driver, OwnFileDialog).copy)
    walk.papers["own file"] = QApplication.clipboard().text()
    driver.click_text("Bocka av")
    walk.note("filed", driver)


def give_feedback(walk: Walk) -> None:
    """Who raised the case is reminded on Idag, and has called."""
    driver = walk.sit_down("jonas", TOLD)
    driver.go("today")
    today = driver.work.here
    assert isinstance(today, TodayScreen)
    walk.note("owed", driver)
    row = next(one for one in today.table.rows if one.task is Task.FEEDBACK and one.name == TINDRA.full_name)
    today.table.select(f"{row.task}:{row.object_id}")
    driver.press(today.table, Qt.Key.Key_Return)
    driver.fill(how=FeedbackWay.TELEFON)
    driver.save()
    walk.note("told", driver)


def read_the_ledger(walk: Walk, login: str) -> None:
    """Who was asked and answered when; and for who leads them, the meetings."""
    driver = walk.sit_down(login, TOLD)
    page(driver, NafsScreen, "nafs")
    driver.click_text("Register")
    ledger = driver.work.here
    assert isinstance(ledger, NafsLedgerScreen)
    walk.note(f"ledger: {login}", driver)
    if login == "nora":
        driver.click(ledger.to_meetings)
        walk.note("register", driver)
