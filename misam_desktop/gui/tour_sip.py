"""Where the tour stops at a SIP: the need, the page, the plan and the list."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.domain.sip import PartyKind
from misam_desktop.gui.case_form import SIGNED
from misam_desktop.gui.consent_form import OTHER_FORM
from misam_desktop.gui.dialogs.letter_dialog import LetterDialog
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.new_sip import NewSipScreen
from misam_desktop.gui.screens.sip import SipScreen
from misam_desktop.gui.screens.sips import SipsScreen
from misam_desktop.gui.tour_stop import after, here, stop

_NUMBER = made_up_number(date(1984, 5, 6), 998)
_WHY = "Behöver både vård och boendestöd, och vet inte vem som gör vad."


def _begin(driver: Driver, _aside: Path) -> None:
    driver.go("sips")
    driver.click(here(driver, SipsScreen).new)
    screen = here(driver, NewSipScreen)
    driver.type(screen.step.line, _NUMBER.long)
    driver.settle()
    form = screen.form
    assert form is not None
    for name, value in {"given_name": "Sigrid", "family_name": "Provberg", "sex": "kvinna", "need_why": _WHY}.items():
        driver.put(form[name], value)
    for name, value in {"consent_now": SIGNED, "wording": OTHER_FORM, "paper_at": "Akten"}.items():
        driver.put(form[name], value)


def _put(driver: Driver) -> None:
    driver.click_text("Spara med samtycke")
    driver.click_text("Lägg till deltagare …")
    driver.fill(kind=PartyKind.PERSONEN)
    driver.save()
    driver.click_text("Bestäm mötet …")
    driver.fill(on=(driver.work.desk.today + timedelta(days=14)).isoformat(), time="13.00", place="Vårdcentralen")
    driver.save()
    driver.click_text("Notera skickat")
    driver.click_text("Lägg till deltagare …")
    driver.fill(kind=PartyKind.ENHET, unit_id="kommun-ame")
    driver.save()
    driver.click_text("Vem gör vad …")
    driver.fill(party_id=_first_party(driver), what="Skriver ner sina frågor före mötet")
    driver.save()


def _first_party(driver: Driver) -> object:
    page = here(driver, SipScreen).page
    assert page is not None
    return page.parties[0].party.id


def _paper(driver: Driver) -> None:
    driver.wait_for(lambda: isinstance(driver.dialog, LetterDialog))


def _kallelse(driver: Driver, _aside: Path) -> None:
    driver.click_text("Kallelse …")
    _paper(driver)


def _agenda(driver: Driver) -> None:
    driver.click_text("Dagordning …")


def _agenda_paper(driver: Driver, _aside: Path) -> None:
    driver.save()
    _paper(driver)


def _plan_paper(driver: Driver) -> None:
    driver.click_text("På papper …")
    driver.save()
    _paper(driver)


def _template(driver: Driver) -> None:
    driver.go("sips")
    driver.click_text("Mall för SIP …")


def _open_plan(driver: Driver) -> None:
    driver.click_text("Skriv planen …")
    driver.fill(needed="Boendestöd, samtal på vårdcentralen", goals_short="Sova om nätterna")


def _list(driver: Driver) -> None:
    driver.go("sips")


_KARIN = "Karin, koordinator"
STOPS = (
    stop(_begin, "ny-sip", "Ny SIP: behovet, och samtycket till SIP", _KARIN),
    stop(after(_put), "sip", "SIP: behov, deltagare, möte och plan", _KARIN),
    stop(_kallelse, "sip-kallelse", "Kallelsen till en huvudman, innan den lämnas ut", _KARIN),
    stop(after(_agenda), "sip-dagordning-till", "Till vem dagordningen ska", _KARIN),
    stop(_agenda_paper, "sip-dagordning", "Dagordningen: personen under en kod", _KARIN),
    stop(after(_plan_paper), "sip-plan-papper", "Utkastet till plan, på papper", _KARIN),
    stop(after(_open_plan), "sip-plan", "Planen, med lagens fyra punkter", _KARIN),
    stop(after(_template), "sip-mall", "Mallen: dagordningens punkter och lagrummet", _KARIN),
    stop(after(_list), "sip-lista", "SIP: hur långt var och en har kommit", _KARIN),
)
