"""Where the tour stops in NAFS: a case from its questions to the answer that the person gets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt

from misam_desktop.documents.phrases import Language, wording_of
from misam_desktop.domain.codes import Agency, PaperKind, Presence
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.gui.case_form import SIGNED
from misam_desktop.gui.dialogs.meeting_paper import MeetingPaperDialog
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.nafs import NafsScreen
from misam_desktop.gui.screens.nafs_case import NafsCaseScreen
from misam_desktop.gui.screens.nafs_meeting import NafsMeetingScreen
from misam_desktop.gui.screens.nafs_papers import NafsPapersScreen
from misam_desktop.gui.screens.new_nafs_case import NewNafsCaseScreen
from misam_desktop.gui.screens.papers import key_of
from misam_desktop.gui.screens.today import TodayScreen
from misam_desktop.gui.tour_nafs_after import AFTERWARDS, OVER
from misam_desktop.gui.tour_stop import Stop, after, enter, here, stop
from misam_desktop.queries.task_rows import Task

_NUMBER = made_up_number(date(1983, 2, 14), 987)
_QUESTIONS = (
    (UnitId("fk"), "Kan sjukpenning på deltid prövas under arbetsträningen?"),
    (UnitId("region"), "Vilken belastning tål hon enligt läkaren, och hur länge?"),
)
_CTRL = Qt.KeyboardModifier.ControlModifier


def _form(driver: Driver, _aside: Path) -> None:
    driver.work.go("new_nafs_case")
    driver.settle()
    page = here(driver, NewNafsCaseScreen)
    driver.type(page.step.line, _NUMBER.long)
    driver.settle()
    assert page.form is not None
    said = {"questions": _QUESTIONS, "given_name": "Ellinor", "family_name": "Kågevall", "sex": "kvinna"}
    for name, value in said.items():
        driver.put(page.form[name], value)


def _submitted(driver: Driver, _aside: Path) -> None:
    page = here(driver, NewNafsCaseScreen)
    assert page.form is not None
    driver.put(page.form["consent_now"], SIGNED)
    driver.put(page.form["wording"], wording_of(Language.SV).id)
    driver.put(page.form["paper_at"], "Akten hos Af")
    driver.click(page.submit)


def _plan(driver: Driver, _aside: Path) -> None:
    """A meeting of today, of the team that the case was put to."""
    driver.go("nafs")
    page = here(driver, NafsScreen)
    driver.click(page.to_cases)
    team = next(one.team for one in page.cases.rows if one.name.endswith("Kågevall"))
    driver.click(page.to_meetings)
    driver.click(page.plan)
    chosen = next(one.id for one in driver.work.desk.my_teams if one.name == team)
    driver.fill(team=chosen, on=driver.work.desk.today)
    driver.save()


def _back_to_case(driver: Driver, _aside: Path) -> None:
    driver.go("nafs")
    page = here(driver, NafsScreen)
    driver.click(page.to_cases)
    row = next(one for one in page.cases.rows if one.name.endswith("Kågevall"))
    driver.work.go("nafs_case", row.case_id)
    driver.settle()
    driver.click_text("Sätt upp på dagordningen")


def _meeting(driver: Driver, _aside: Path) -> None:
    driver.save()
    page = here(driver, NafsCaseScreen)
    assert page.page is not None
    driver.work.go("nafs_meeting", page.page.items[0][1].id)
    driver.settle()
    driver.click(here(driver, NafsMeetingScreen).start)


def _answered(driver: Driver, _aside: Path) -> None:
    """The first answer by Ctrl+Enter, and what the meeting agrees on."""
    page = here(driver, NafsMeetingScreen)
    row = next(iter(page.item.questions.rows.values()))
    assert row.form is not None
    driver.put(row.form["answer"], "Ja, från och med januari om arbetsträningen är på halvtid.")
    edit = row.form["answer"].focusProxy()
    assert edit is not None
    driver.press(edit, Qt.Key.Key_Return, _CTRL)
    driver.settle()
    form = page.item.form
    assert form is not None
    driver.put(form["next_step"], "Nytt läkarutlåtande före jul.")
    driver.put(form["responsible_id"], UnitId("region"))
    page.item.save()
    driver.settle()


def _outside(driver: Driver, _aside: Path) -> None:
    """The kommun sits there, and the consent does not name it."""
    driver.click(here(driver, NafsMeetingScreen).attendance.all_here)


def _projected(driver: Driver, _aside: Path) -> None:
    """Once the kommun has left."""
    page = here(driver, NafsMeetingScreen)
    page.attendance.record(Agency.KOMMUN, Presence.FRANVARANDE)
    driver.settle()
    driver.click(page.project)
    assert driver.projector is not None
    driver.projector.resize(1280, 800)


def _held_back(driver: Driver, _aside: Path) -> None:
    """And while it is there."""
    here(driver, NafsMeetingScreen).attendance.record(Agency.KOMMUN, Presence.PLATS)


def _end(driver: Driver) -> None:
    page = here(driver, NafsMeetingScreen)
    page.leading.projecting.put_away()
    driver.click(page.end)
    if driver.dialog is not None:
        driver.save()


def _feedback(driver: Driver, _aside: Path) -> None:
    driver.go("today")
    table = here(driver, TodayScreen).table
    table.select(next(f"{one.task}:{one.object_id}" for one in table.rows if one.task is Task.FEEDBACK))
    driver.press(table, Qt.Key.Key_Return)


def _papers(driver: Driver, _aside: Path) -> None:
    here(driver, NafsMeetingScreen).leading.projecting.put_away()
    driver.settle()
    driver.click_text("Papper och utskick …")


def _paper(driver: Driver, kind: PaperKind) -> MeetingPaperDialog:
    """Open the first paper of a kind."""
    page = here(driver, NafsPapersScreen)
    page.papers.select(next(key_of(one) for one in page.papers.rows if one.kind is kind))
    driver.press(page.papers, Qt.Key.Key_Return)
    driver.wait_for(lambda: isinstance(driver.dialog, MeetingPaperDialog))
    dialog = driver.dialog
    assert isinstance(dialog, MeetingPaperDialog)
    return dialog


def _agenda_paper(driver: Driver, _aside: Path) -> None:
    _paper(driver, PaperKind.DAGORDNING)


def _password(driver: Driver, aside: Path) -> None:
    """A mail draft with the encrypted dagordning: its password is shown once."""
    dialog, file = driver.dialog, aside / "dagordning.eml"
    assert isinstance(dialog, MeetingPaperDialog)
    dialog.save_draft(file)
    driver.settle()
    file.unlink()


def _sent(driver: Driver) -> None:
    page = here(driver, NafsPapersScreen)
    driver.click_text("Markera som skickad", within=page.offer)


def _key(driver: Driver, _aside: Path) -> None:
    _paper(driver, PaperKind.KODNYCKEL)


_JONAS, _YLVA = "Jonas, handläggare på Af", "Ylva, NAFS-koordinator"
STOPS = (
    Stop(act=enter("jonas")),
    stop(_form, "nytt-nafs-arende", "Nytt NAFS-ärende: frågor till andra myndigheter", _JONAS),
    stop(_submitted, "nafs-arende", "Ett NAFS-ärende och checklistan inför mötet", _JONAS),
    Stop(act=enter("ylva")),
    Stop(act=_plan),
    stop(lambda driver, _: driver.go("nafs"), "nafs-moten", "NAFS-möten", _YLVA),
    stop(_back_to_case, "nafs-satt-upp", "Sätt upp på dagordningen: vem som får läsa, och enligt vad", _YLVA),
    stop(_meeting, "nafs-mote", "NAFS-mötet, ärende för ärende", _YLVA),
    stop(_outside, "nafs-mote-lamnar", "Den som inte ingår i samtycket lämnar rummet", _YLVA),
    stop(_answered, "nafs-mote-svar", "Svar, nästa steg och vem som återkopplar", _YLVA),
    stop(_projected, "nafs-projektor", "Projektorn: kod och frågor, ingen identitet", _YLVA),
    stop(_held_back, "nafs-projektor-dold", "Projektorn när alla inte får se ärendet", _YLVA),
    stop(_papers, "nafs-papper", "Papper och utskick: vem som får vad av ett NAFS-möte", _YLVA),
    stop(_agenda_paper, "nafs-dagordning", "Dagordningen, innan den lämnas", _YLVA),
    stop(_password, "nafs-losenord", "Mejlutkast med krypterad dagordning: lösenordet visas en gång", _YLVA),
    Stop(act=after(_sent)),
    stop(_key, "nafs-kodnyckel", "Kodnyckeln till en enhet, innan den lämnas", _YLVA),
    Stop(act=after(lambda driver: driver.work.back())),
    *OVER,
    Stop(act=after(_end)),
    Stop(act=enter("jonas")),
    stop(_feedback, "nafs-aterkoppling", "Återkoppling inom sju arbetsdagar", _JONAS),
    *AFTERWARDS,
    Stop(act=after(lambda driver: driver.go("today"))),
)
