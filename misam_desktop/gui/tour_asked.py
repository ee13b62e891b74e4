"""Where the tour stops among questionnaires, talks and avvikelser."""

from __future__ import annotations

from pathlib import Path

from misam_desktop.domain.deviation import DeviationKind, DeviationSource
from misam_desktop.domain.period import PeriodKind
from misam_desktop.domain.report import ReportKind
from misam_desktop.domain.talk import TalkKind
from misam_desktop.gui.case_parts.steps import Step
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.case import CaseScreen
from misam_desktop.gui.screens.cases import CasesScreen
from misam_desktop.gui.screens.deviations import DeviationsScreen
from misam_desktop.gui.screens.statistics import StatisticsScreen
from misam_desktop.gui.statistics_parts.charts import ChartView
from misam_desktop.gui.tour_stop import Stop, after, here, stop
from misam_desktop.queries.cases import CasePage, one_case

_KARIN = "Karin, koordinator"


def _pages(driver: Driver) -> list[CasePage]:
    """Every case that goes on."""
    driver.go("cases")
    pages: list[CasePage] = []
    for row in here(driver, CasesScreen).table.rows:
        driver.work.session.ask(one_case(row.id), owner=driver.work, then=pages.append)
    driver.settle()
    return pages


def _open(driver: Driver, page: CasePage) -> None:
    driver.work.open_case(page.episode.id)
    driver.settle()
    _down(driver, Step.FOLLOWED_UP)


def _asked(driver: Driver) -> None:
    """A case with a talk in it and a questionnaire that is noted."""
    _open(driver, next(page for page in _pages(driver) if page.talks and page.asked and page.deciding))


def _steps(driver: Driver) -> None:
    """How far somebody has come, in words and as a picture."""
    _open(driver, max(_pages(driver), key=lambda page: len({one.step for one in page.follow_ups if one.step})))
    driver.wait_for(lambda: bool(driver.seen(ChartView)))
    [*_, picture] = driver.seen(ChartView)
    here(driver, CaseScreen).area.ensureWidgetVisible(picture)


def _down(driver: Driver, step: Step) -> None:
    """The end of one step of the case."""
    page = here(driver, CaseScreen)
    driver.click(page.stepper.buttons[step])
    driver.settle()
    bar = page.area.verticalScrollBar()
    bar.setValue(bar.maximum())


def _talks(driver: Driver) -> None:
    _down(driver, Step.PLAN)


def _talk(driver: Driver, _aside: Path) -> None:
    driver.click_text("Nytt samtal …")
    driver.fill(kind=TalkKind.NATVERK, agreed="Börjar med två förmiddagar i veckan.")
    driver.fill(what_1="Skriver schema för de första veckorna")


def _noted(driver: Driver) -> None:
    _down(driver, Step.FOLLOWED_UP)
    driver.click_text("Ändra …")


def _deviations(driver: Driver) -> None:
    driver.go("deviations")
    driver.settle()
    driver.click(here(driver, DeviationsScreen).toggles[1])


def _new(driver: Driver, _aside: Path) -> None:
    driver.click(here(driver, DeviationsScreen).new)
    driver.fill(kind=DeviationKind.SYNPUNKT, source=DeviationSource.DELTAGARE, what="Önskar en tystare lokal.")


def _closing(driver: Driver) -> None:
    screen = here(driver, DeviationsScreen)
    driver.click(screen.toggles[0])
    driver.click_row(screen.table, 0, 2, twice=True)


def _figures(driver: Driver) -> None:
    driver.go("statistics")
    driver.settle()
    page = here(driver, StatisticsScreen)
    driver.put(page.chosen.report, ReportKind.ENKATER)
    driver.put(page.chosen.kind, PeriodKind.HALVAR)
    driver.click(page.chosen.before)
    page.scroll_to(1.0)


def _totals(driver: Driver, _aside: Path) -> None:
    driver.click_text("Skriv in antal …")


def _when(driver: Driver) -> None:
    driver.click_text("När den erbjuds …")


STOPS = (
    stop(after(_steps), "arende-steg", "Ärende: hur långt personen har kommit", _KARIN),
    stop(after(_asked), "arende-enkater", "Ärende: enkäter, frågor och avvikelser", _KARIN),
    stop(after(_noted), "enkat-andra", "När och hur en enkät erbjöds", _KARIN),
    stop(after(_talks), "arende-samtal", "Ärende: andra samtal", _KARIN),
    stop(_talk, "nytt-samtal", "Nytt samtal, med vem som gör vad", _KARIN),
    stop(after(_deviations), "avvikelser", "Avvikelser, synpunkter och klagomål", _KARIN),
    stop(_new, "ny-avvikelse", "En synpunkt skrivs upp", _KARIN),
    stop(after(_closing), "avvikelse", "En avvikelse läses och avslutas", _KARIN),
    stop(after(_figures), "statistik-enkater", "Enkäter i siffror", _KARIN),
    stop(_totals, "enkat-antal", "Antal svar ur enkätsystemet", _KARIN),
    stop(after(_when), "enkat-nar", "När enkäten erbjuds", _KARIN),
    Stop(act=after(lambda driver: driver.go("today"))),
)
