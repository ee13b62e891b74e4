"""The team's first year in the program's own window, from an empty disk to a re-referral, by clicks and keys alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from misam_desktop.documents.phrases import Language, wording_of
from misam_desktop.domain.codes import Agency, Destination, DischargeReason, Education, Livelihood
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.gui.case_parts.steps import Step
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.first_start import FirstStart
from misam_desktop.gui.referral_form import ReferralForm
from misam_desktop.gui.screens.case import CaseScreen
from misam_desktop.gui.screens.cases import CasesScreen
from misam_desktop.gui.screens.follow_ups import FollowUpsScreen
from misam_desktop.gui.screens.forum import ForumScreen
from misam_desktop.gui.screens.register import RegisterScreen
from misam_desktop.gui.screens.rereferral import RereferralScreen
from misam_desktop.gui.tables import Table
from tests.gui.worlds import cells, end_forum, told
from tests.journeys.people import HEDDA, JONAS, KARIN, PASSWORDS, TEXTS, TINDRA, the_list
from tests.journeys.worlds import CTRL, Calendar, begin_referral, form_of, lock, named, status, tick, to_new_referral

STARTED = date(2026, 11, 24)
FORUM = date(2026, 11, 26)
CHANGED = date(2026, 12, 7)
FOLLOWED_UP = date(2027, 2, 26)
MOVED = date(2027, 5, 24)
MOVED_TO = date(2027, 7, 1)
ENDED = date(2027, 6, 14)
CAME_BACK = date(2027, 8, 30)
FORUM_AGAIN = date(2027, 9, 2)


class Walk:
    """One window, the days that pass before it, and what stood on the screen at each stop."""

    def __init__(self, driver: Driver, calendar: Calendar) -> None:
        self.driver, self._calendar = driver, calendar
        self.shown: dict[str, list[str]] = {}

    def note(self, stop: str) -> None:
        """Remember every word in sight: labels, buttons, rows, and the line at the bottom."""
        buttons = [one.text() for one in self.driver.seen(QPushButton)]
        self.shown[stop] = [*told(self.driver), *buttons, *_rows(self.driver), status(self.driver)]

    def sit_down(self, login: str, day: date) -> None:
        """Lock after the one who sat here, and unlock on another day as somebody."""
        lock(self.driver)
        self._calendar.day = day
        self.driver.unlock(PASSWORDS[login], login=login)


def whole_journey(walk: Walk, store: Path, own_files: Path) -> None:
    """All of it. ``own_files`` is the koordinator's own folder, where the list lies in clear."""
    make_the_store(walk, store)
    take_in_the_list(walk, own_files / "lista.csv")
    walk.sit_down("jonas", STARTED)
    refer(walk)
    walk.sit_down("karin", FORUM)
    hold_the_forum(walk)
    enrol(walk)
    walk.sit_down("karin", CHANGED)
    change_handlaggare(walk)
    walk.sit_down("jonas", FOLLOWED_UP)
    follow_up(walk)
    walk.sit_down("jonas", MOVED)
    move_the_next(walk)
    walk.sit_down("jonas", ENDED)
    discharge_undo_and_discharge(walk)
    walk.sit_down("jonas", CAME_BACK)
    refer_again(walk)
    walk.sit_down("karin", FORUM_AGAIN)
    hold_the_second_forum(walk)
    search(walk)


# The first day


def make_the_store(walk: Walk, store: Path) -> None:
    """The first start, with the recovery key typed back from the paper."""
    driver = walk.driver
    driver.click_text("Skapa ett nytt register")
    page = driver.window.page
    assert isinstance(page, FirstStart)
    _answer(driver, page, team="MISAM Provköping", file=str(store))
    _answer(driver, page, name=KARIN, login="karin", unit_id="kommun-ifo",
            password=PASSWORDS["karin"], password_again=PASSWORDS["karin"])  # fmt: skip
    _answer(driver, page, their_name=JONAS, their_login="jonas", their_unit_id="af",
            their_password=PASSWORDS["jonas"], their_password_again=PASSWORDS["jonas"])  # fmt: skip
    _answer(driver, page)
    assert page.recovery is not None
    paper = [words.partition(". ")[2] for words in told(driver) if words[:1].isdigit()]
    walk.shown["recovery key"] = paper
    for place, line in page.recovery.typed.items():
        driver.type(line, paper[place - 1])
    driver.click(page.recovery.primary)
    driver.wait_for(lambda: driver.window.work is not None)
    driver.settle()
    walk.note("made")


def _answer(driver: Driver, page: FirstStart, **values: object) -> None:
    assert page.form is not None
    for name, value in values.items():
        driver.put(page.form[name], value)
    driver.click(page.next)


def take_in_the_list(walk: Walk, file: Path) -> None:
    """The team's list, looked at and then taken in."""
    driver = walk.driver
    file.write_text(the_list(), encoding="utf-8")
    driver.go("register")
    page = driver.work.here
    assert isinstance(page, RegisterScreen)
    page.look_at(file)
    driver.settle()
    walk.note("plan")
    driver.click(page.take)
    walk.note("taken in")


def refer(walk: Walk) -> None:
    """A new referral: half of it, a lock, the rest of it, its consent, and off to the forum."""
    driver = walk.driver
    form = begin_referral(driver, TINDRA.number.long)
    begin_to_fill(driver, form)
    walk.sit_down("jonas", STARTED)
    to_new_referral(driver)
    walk.note("half-written")
    driver.click_text("Fortsätt")
    form = form_of(driver)
    walk.shown["written before the lock"] = [form["given_name"].words(), form["question"].words()]
    fill_the_rest(driver, form)
    walk.note("referral")
    driver.press(driver.work.here, Qt.Key.Key_Return, CTRL)
    driver.settle()
    walk.note("referred")


def begin_to_fill(driver: Driver, form: ReferralForm) -> None:
    """What is typed before somebody comes in."""
    driver.put(form["given_name"], TINDRA.given_name)
    driver.put(form["family_name"], TINDRA.family_name)
    driver.put(form["question"], TEXTS["fråga"])


def fill_the_rest(driver: Driver, form: ReferralForm) -> None:
    """Everything else that the forum must have, and what is typed where there is room for it."""
    tick(driver, form["sex"], "Kvinna")
    tick(driver, form["needed_unit_ids"], "IFO", "FK")
    tick(driver, form["close_cooperation"], "Ja")
    typed = {"phone": "telefon", "address": "adress", "proxy": "ombud", "needed_why": "varför"}
    for name, text in typed.items():
        driver.put(form[name], TEXTS[text])
    driver.put(form["education"], Education.GYMNASIUM)
    driver.put(form["livelihoods"], Livelihoods((Livelihood.FORSORJNINGSSTOD,)))
    driver.put(form["support_months"], "30")
    tick(driver, form["consent_now"], "Undertecknat")
    driver.put(form["wording"], wording_of(Language.SV).id)
    driver.put(form["paper_at"], TEXTS["pärm"])
    driver.put(form["not_shared"], TEXTS["undantag"])


# The forum, and what follows from it


def hold_the_forum(walk: Walk) -> None:
    """Start the meeting, say who takes part, conclude with two keys, end it."""
    driver = walk.driver
    page = _to_forum(driver)
    driver.click(page.start)
    for agency, presence in zip(Agency, ("På plats", "Video", "På plats", "Frånvarande"), strict=True):
        choose(driver, page, agency, presence)
    choose(driver, page, Agency.REGION, "Ersättare …")
    driver.fill(substitute=TEXTS["ersättare"])
    driver.save()
    walk.note("forum")
    assert page.meeting.case.form is not None
    driver.put(page.meeting.case.form["text"], TEXTS["protokoll"])
    page.meeting.queue.setFocus()
    conclude(driver, page)
    walk.note("concluded")
    end_forum(driver, page)
    walk.note("ended")


def _to_forum(driver: Driver) -> ForumScreen:
    driver.go("forum")
    page = driver.work.here
    assert isinstance(page, ForumScreen)
    return page


def choose(driver: Driver, page: ForumScreen, agency: Agency, words: str) -> None:
    """Click an authority's chip, and a line of its menu."""
    driver.click(page.meeting.attendance.chips[agency])
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if one.text() == words)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    driver.settle()


def conclude(driver: Driver, page: ForumScreen) -> None:
    """«Behov av samordnade insatser»: 1, then Ctrl+Enter."""
    driver.press(page.meeting.queue, Qt.Key.Key_1)
    driver.press(page.meeting.queue, Qt.Key.Key_Return, CTRL)
    driver.settle()


def enrol(walk: Walk) -> None:
    """From «Väntar på inskrivning» to an episode, with the handläggare of the list."""
    driver = walk.driver
    page = driver.work.here
    assert isinstance(page, ForumScreen)
    driver.click(page.go_on)
    walk.note("waits for enrolment")
    driver.press(page.enrolments.table, Qt.Key.Key_Return)
    driver.settle()
    driver.fill(case_worker_id=contact(driver, HEDDA), team=TEXTS["team"])
    driver.save()
    walk.note("enrolled")


def contact(driver: Driver, name: str) -> str:
    """The id behind a colleague's name in the lists to choose from."""
    return next(one.id for one in driver.work.desk.contacts if one.name == name)


def to_case(driver: Driver, step: Step) -> CaseScreen:
    """Tindra's case in the list of cases, Enter, and a step of it by a click."""
    driver.go("cases")
    page = driver.work.here
    assert isinstance(page, CasesScreen)
    at = next(at for at, row in enumerate(page.table.rows) if row.name == TINDRA.full_name)
    page.table.selectRow(at)
    driver.press(page.table, Qt.Key.Key_Return)
    driver.settle()
    case = driver.work.here
    assert isinstance(case, CaseScreen)
    driver.click(case.stepper.buttons[step])
    return case


def change_handlaggare(walk: Walk) -> None:
    """Jonas takes over, from a day."""
    driver = walk.driver
    to_case(driver, Step.INFORMATION)
    driver.click(named(driver, "Byt … Handläggare"))
    driver.fill(whom=contact(driver, JONAS), from_on=CHANGED.isoformat())
    driver.save()
    walk.note("changed")


def follow_up(walk: Walk) -> None:
    """The first follow-up, from one's own list and without the mouse."""
    driver = walk.driver
    page = _to_follow_ups(driver)
    walk.note("mine")
    driver.press(page.table, Qt.Key.Key_Return)
    driver.settle()
    driver.fill(step=2, note=TEXTS["notering"], next_step=TEXTS["nästa steg"])
    driver.save()
    walk.note("followed up")


def _to_follow_ups(driver: Driver) -> FollowUpsScreen:
    driver.go("follow_ups")
    page = driver.work.here
    assert isinstance(page, FollowUpsScreen)
    return page


def move_the_next(walk: Walk) -> None:
    """The second follow-up gets another day, with its reason."""
    driver = walk.driver
    page = _to_follow_ups(driver)
    driver.click(page.move_date)
    driver.fill(to=MOVED_TO.isoformat(), why=TEXTS["flytt"])
    driver.save()
    walk.note("moved")
    to_case(driver, Step.FOLLOWED_UP)
    walk.note("case after the move")


# The end, and the way back


def discharge_undo_and_discharge(walk: Walk) -> None:
    """The end, that it was too early, and the end again."""
    driver = walk.driver
    case = to_case(driver, Step.PLANNING)
    discharge(driver)
    walk.note("discharged")
    driver.press(driver.work, Qt.Key.Key_Z, CTRL)
    driver.settle()
    driver.click(case.stepper.buttons[Step.FOLLOWED_UP])
    walk.note("undone")
    driver.click(case.stepper.buttons[Step.PLANNING])
    discharge(driver)
    walk.note("discharged again")


def discharge(driver: Driver) -> None:
    """«Avsluta ärendet …» and its form."""
    driver.click_text("Avsluta ärendet")
    driver.fill(
        reason=DischargeReason.UPPFYLLT,
        destination=Destination.ARBETE,
        livelihoods=Livelihoods((Livelihood.LON,)),
        after=TEXTS["planering"],
        text=TEXTS["sammanfattning"],
    )
    driver.save()


def refer_again(walk: Walk) -> None:
    """The number leads to the earlier case; what did not hold, and a new consent."""
    driver = walk.driver
    driver.type(to_new_referral(driver).step.line, TINDRA.number.short)
    driver.settle()
    walk.note("comes back")
    driver.click_text("Återremittera")
    page = driver.work.here
    assert isinstance(page, RereferralScreen)
    assert page.form is not None
    tick(driver, page.form["reason"], "Planeringen har inte hållit")
    driver.put(page.form["not_held"], TEXTS["inte hållit"])
    driver.put(page.form["wording"], wording_of(Language.SV).id)
    driver.put(page.form["paper_at"], TEXTS["pärm"])
    driver.press(page, Qt.Key.Key_Return, CTRL)
    driver.settle()
    walk.note("referred again")


def hold_the_second_forum(walk: Walk) -> None:
    """The same forum, with the same two keys."""
    driver = walk.driver
    page = _to_forum(driver)
    driver.click(page.start)
    driver.click(page.meeting.attendance.all_here)
    walk.note("second forum")
    conclude(driver, page)
    end_forum(driver, page)


def search(walk: Walk) -> None:
    """Ctrl+K by name and by number; each is logged once the typing settles. Enter opens what was found."""
    walk.shown["found by name"] = hits(walk.driver, "björkel")
    walk.shown["found by number"] = hits(walk.driver, TINDRA.number.digits)
    walk.driver.press(walk.driver.work.top.search.line, Qt.Key.Key_Return)
    walk.driver.settle()
    walk.note("opened from the search")


def hits(driver: Driver, words: str) -> list[str]:
    """What the search field lists when the typing has settled by itself."""
    field = driver.work.top.search
    driver.press(driver.work, Qt.Key.Key_K, CTRL)
    driver.type(field.line, words)
    driver.wait_for(lambda: not field._settled.isActive())
    driver.settle()
    return [field.results.list.item(at).text() for at in range(field.results.list.count())]


def _rows(driver: Driver) -> list[str]:
    """The words of every row in sight, each row as one text."""
    return [" | ".join(map(str, cells(table, at))) for table in driver.seen(Table) for at in range(len(table.rows))]
