"""What the tour does at a case's consents: the text that is signed, the form for it, and the scanned paper."""

from __future__ import annotations

from pathlib import Path

from misam_desktop.documents.consents import FormFacts, Frame, consent_form
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.phrases import Language, wording_of
from misam_desktop.domain.codes import Purpose
from misam_desktop.domain.ids import EpisodeId
from misam_desktop.gui.dialogs.scan import take_scan
from misam_desktop.gui.driver import Driver
from misam_desktop.queries.cases import CasePage, one_case


def signed_text(driver: Driver, _aside: Path) -> None:
    """Which of the program's texts was signed."""
    driver.fill(wording=wording_of(Language.SV).id, paper_at="Akten hos IFO")


def form_to_sign(driver: Driver, _aside: Path) -> None:
    """The form, filled in with what stands in the dialog."""
    driver.click_text("Skriv ut blankett")
    driver.click_text("Visa blanketten")


def scan(driver: Driver, aside: Path) -> None:
    """A paper out of the scanner; here an empty form plays it."""
    while driver.dialog is not None:
        driver.dialog.reject()
        driver.settle()
    pages: list[CasePage] = []
    driver.work.session.ask(one_case(EpisodeId(driver.work.here.subject)), owner=driver.work, then=pages.append)
    driver.settle()
    blank = consent_form(FormFacts(units=(), months=24), Language.SV, Frame(team="", day="", mark=""))
    file = aside / "skannat.pdf"
    file.write_bytes(to_pdf(blank))
    signed = next(one for one in pages[0].consents if one.purpose is Purpose.SAMVERKAN and one.withdrawn_on is None)
    take_scan(driver.work, signed.id, file)
    driver.settle()
    file.unlink()
    driver.click_text("Visa skannat papper")
