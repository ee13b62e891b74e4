"""A day of each role in the real window: nothing of a person beyond its reach is in anything that it got.

Looked through are the words of every widget, seen or not, what its tables hold, the clipboard, the window's title, and
what the papers, lists and drafts say that the role can make.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from misam_desktop.commands.agenda import put_on_agenda
from misam_desktop.commands.consents import make_form
from misam_desktop.commands.extracts import make_extract
from misam_desktop.commands.forum import plan_meeting
from misam_desktop.commands.hand_outs import hand_out
from misam_desktop.commands.lists import export_list
from misam_desktop.commands.nafs_cases import raise_case
from misam_desktop.commands.register import export_register
from misam_desktop.commands.shut_outs import shut_out
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.phrases import Language
from misam_desktop.domain.codes import Act, ExportPurpose, InfoKind, ListColumn, Purpose, Recipient, Referrer, Role
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.gate import To, for_all
from misam_desktop.domain.ids import ActivityId, UnitId
from misam_desktop.domain.intake import ConsentFacts
from misam_desktop.domain.nafs import NafsCase, NafsFacts
from misam_desktop.domain.referral import Referral
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.places import PLACES
from misam_desktop.queries.handed_out import gate_preview
from misam_desktop.queries.lists import list_preview
from misam_desktop.store import founding, rows
from misam_desktop.store.engine import writing
from misam_desktop.transfer.mail import mail_draft
from misam_desktop.transfer.registers import register_file
from misam_desktop.transfer.sheets import list_file
from misam_desktop.unlocking import Founder
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, FK, IFO, REGION, agrees, contact_of, draft, enrolled, somebody, waiting
from tests.conftest import PASSWORD, TODAY
from tests.documents.worlds import words as pdf_words
from tests.vault.worlds import JONAS, KARIN, make, open_up

NAFS = ActivityId("nafs-norr")


def founder(login: str, name: str, unit_id: UnitId, role: Role) -> Founder:
    return Founder(login=login, name=name, password=PASSWORD, unit_id=unit_id, roles=(role,))


TEAM = (
    KARIN,
    JONAS,
    founder("kim", "Kim Norr", REGION, Role.KOORDINATOR),
    founder("lena", "Lena Berg", FK, Role.HANDLAGGARE),
    founder("olle", "Olle Ström", AF, Role.HANDLAGGARE),
    founder("nora", "Nora Lund", IFO, Role.NAFS_KOORDINATOR),
    founder("bo", "Bo Dahl", IFO, Role.LEDNING),
    founder("ada", "Ada Lind", IFO, Role.ADMINISTRATOR),
)
FAMILY = {
    "of_af": "Afsdotter",
    "of_fk": "Fkasson",
    "of_ifo": "Ifosdotter",
    "narrow": "Narrowsson",
    "drafted": "Draftsdotter",
    "hidden": "Hiddensson",
    "jav": "Javsdotter",
    "nafs": "Nafsdotter",
}
NAMES: dict[str, str] = {
    # whose name each role may meet, written by hand from security.md, «Who may»
    "karin": "of_af of_fk of_ifo narrow hidden jav",  # every case of the forum; of the protected one she is an owner
    "kim": "of_af of_fk of_ifo narrow jav",  # a koordinator too, and no owner
    "jonas": "of_af drafted jav nafs",  # Af's cases and its draft
    "olle": "of_af drafted nafs",  # the same, but kept out of one by jäv
    "lena": "of_fk nafs",  # Fk's case, and the one on a NAFS agenda; of the narrow one she reads the planning alone
    "nora": "of_ifo of_af nafs",  # what her unit has referred and commissions, and her team's case
    "bo": "",
    "ada": "",
}
QUESTIONS: dict[str, str] = NAMES | {
    "karin": "of_af of_fk of_ifo hidden jav",  # the narrow consent names no frågeställning to her unit
    "kim": "narrow",  # her unit referred it, and no other consent names her unit
}


@dataclass(frozen=True, slots=True)
class Stage:
    """The store, and the referral of each person."""

    path: Path
    referrals: dict[str, Referral]
    nafs: NafsCase

    @property
    def cases(self) -> list[Referral | NafsCase]:
        """Every case of whatever kind."""
        return [*self.referrals.values(), self.nafs]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    path = tmp_path_factory.mktemp("roles") / "prov.misam"
    make(path, *TEAM)
    team = {login: open_up(path, login) for login in ("karin", "jonas", "lena", "olle")}
    karin, jonas = team["karin"], team["jonas"]
    planning = agrees(unit_ids=(FK, IFO), kinds=(InfoKind.PLANERING,))
    referrals = {
        "of_af": refers(jonas, "of_af", AF, Referrer.AF, agrees(unit_ids=(AF, IFO))),
        "of_fk": refers(team["lena"], "of_fk", FK, Referrer.FK, agrees(unit_ids=(FK, IFO))),
        "of_ifo": refers(karin, "of_ifo", IFO, Referrer.KOMMUN, agrees(unit_ids=(IFO,))),
        "narrow": refers(karin, "narrow", REGION, Referrer.REGION, planning),
        "hidden": refers(karin, "hidden", AF, Referrer.AF, agrees(unit_ids=(AF, IFO)), protected=True),
        "jav": refers(jonas, "jav", AF, Referrer.AF, agrees(unit_ids=(AF, IFO))),
        "drafted": draft(jonas, somebody(989, given_name="", family_name=FAMILY["drafted"]), question=asked("drafted")),
    }
    enrolled(karin, referrals["of_af"], case_worker_id=contact_of(jonas))
    karin.do(shut_out(referrals["jav"].id, contact_of(team["olle"])))
    nafs = of_nafs(path, jonas)
    for vault in team.values():
        vault.close()
    return Stage(path, referrals, nafs)


def of_nafs(path: Path, jonas: Vault) -> NafsCase:
    """A case of Af that asks Fk and IFO, on the agenda of the team's next meeting."""
    with writing(jonas._engine) as conn:
        rows.activities.add(conn, founding.reference_activity("nafs", activity_id=NAFS, name="NAFS Norr"))
    person = somebody(981 + list(FAMILY).index("nafs"), given_name="", family_name=FAMILY["nafs"])
    facts = NafsFacts(activity_id=NAFS, unit_id=AF, raised_by=contact_of(jonas), raised_on=TODAY)
    consent = agrees(purposes=(Purpose.NAFS,), unit_ids=(AF, FK, IFO))
    questions = [(unit_id, asked("nafs")) for unit_id in (FK, IFO)]
    case = jonas.do(raise_case(person, facts, questions=questions, consent=consent, submit=True)).value
    nora = open_up(path, "nora")
    nora.do(put_on_agenda(nora.do(plan_meeting(NAFS, on=date(2026, 12, 16))).value.id, case.id))
    nora.close()
    return case


def refers(
    vault: Vault, name: str, unit_id: UnitId, referrer: Referrer, consent: ConsentFacts, *, protected: bool = False
) -> Referral:
    serial = 981 + list(FAMILY).index(name)
    person = somebody(serial, given_name="", family_name=FAMILY[name], protected=protected)
    needed = (FK, AF) if unit_id != AF else (IFO,)
    said: dict[str, Any] = {"unit_id": unit_id, "referrer": referrer, "needed_unit_ids": needed}
    return waiting(vault, person, consent=consent, question=asked(name), **said)


def asked(name: str) -> str:
    return f"Frågan-{FAMILY[name].lower()}-lyder"


def texts(widget: QWidget) -> Iterator[str]:
    """Every word that a widget and those within it hold, whether it is in sight or not."""
    for one in (widget, *widget.findChildren(QWidget)):
        yield from (one.toolTip(), one.accessibleName(), one.windowTitle(), one.objectName())
        for read in ("text", "placeholderText"):
            if callable(found := getattr(one, read, None)):
                with suppress(TypeError):  # another method of the same name
                    yield str(found())
        if isinstance(one, QPlainTextEdit | QTextEdit):
            yield one.toPlainText()
        if isinstance(one, QLineEdit):
            yield one.text()
        if isinstance(one, QComboBox):
            yield from (one.itemText(at) for at in range(one.count()))
        if isinstance(one, QAbstractItemView) and one.model() is not None:
            yield from held(one.model())


def held(model: QAbstractItemModel, parent: QModelIndex = QModelIndex()) -> Iterator[str]:  # noqa: B008 – Qt's own
    """Everything that a model answers, for whatever it is asked."""
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(model.rowCount(parent)):
        for column in range(columns):
            index = model.index(row, column, parent)
            yield from (str(index.data(role)) for role in (*range(14), Qt.ItemDataRole.UserRole))


def looks_around(driver: Driver, stage: Stage) -> Iterator[str]:
    """Goes everywhere, tries every case and searches for everybody."""
    work = driver.work
    for one in PLACES:
        if one.title and work.desk.may(one.needs):
            work.go(one.name)
            driver.settle()
            yield from texts(driver.window)
    for name, referral in stage.referrals.items():
        for opens in (work.open_referral, work.open_case):
            opens(referral.id if opens == work.open_referral else str(referral.episode_id or referral.id))
            driver.settle()
            yield from texts(driver.window)
        yield from searches(driver, FAMILY[name])
    yield from searches(driver, FAMILY["nafs"])
    clipboard = QApplication.clipboard()
    yield clipboard.text()


def searches(driver: Driver, for_whom: str) -> Iterator[str]:
    """What the search offers; the word that was typed is the typist's own."""
    field = driver.work.top.findChild(QLineEdit)
    assert field is not None
    field.clear()
    driver.type(field, for_whom[:-1])
    driver.settle()
    yield from texts(driver.window)
    field.clear()
    driver.settle()


def makes(vault: Vault, stage: Stage) -> Iterator[str]:
    """The papers, lists and drafts that the role can make, as text; what is refused gives nothing."""
    to = To(recipient=Recipient.EGEN)
    for case in stage.cases:
        with suppress(MisamError):
            kinds = for_all(vault.ask(gate_preview(case.id, [to])).cells)
            handed = vault.do(hand_out(case.id, to=[to], act=Act.UTSKRIFT, seen=kinds)).value
            paper = to_pdf(handed.paper)
            yield pdf_words(paper) + handed.text + handed.paper.title
            yield mail_draft(handed.addresses, b"").decode()
        with suppress(MisamError):
            yield str(vault.do(make_extract(case.person_id)).value)
        with suppress(MisamError):
            yield str(vault.do(make_form(Language.SV, case_id=case.id)).value)
    with suppress(MisamError):
        seen = vault.ask(list_preview([one.id for one in stage.referrals.values()], to, tuple(ListColumn))).kinds
        purpose = ExportPurpose.EGET_ARBETE
        out = vault.do(export_list(seen, to=to, purpose=purpose, columns=tuple(ListColumn))).value
        yield list_file(out.columns, out.rows, suffix=".csv", title="").decode("utf-8-sig")


@pytest.mark.parametrize("login", NAMES)
def test_nothing_beyond_its_reach_is_in_what_a_role_gets(
    stage: Stage, login: str, open_window: Callable[[Path | None], Driver]
) -> None:
    driver = open_window(stage.path)
    driver.unlock(PASSWORD, login=login)
    seen = " ".join(looks_around(driver, stage))
    driver.window.lock(stage.path)
    driver.settle()
    vault = open_up(stage.path, login)
    seen += " ".join(makes(vault, stage))
    vault.close()
    assert {name for name, family in FAMILY.items() if family in seen} == set(NAMES[login].split())
    assert {name for name in FAMILY if asked(name) in seen} == set(QUESTIONS[login].split())


@pytest.mark.parametrize("login", ["karin", "kim"])
def test_the_registers_own_copy_is_whole_but_for_protected_persons_and_drafts(stage: Stage, login: str) -> None:
    """Not cut by consents: it is the activity's own (register-format.md)."""
    vault = open_up(stage.path, login)
    out = vault.do(export_register()).value
    content = register_file(out.rows, out.kinds, suffix=".csv").decode("utf-8-sig")
    vault.close()
    assert {name for name, family in FAMILY.items() if family in content} == set(FAMILY) - {"hidden", "drafted", "nafs"}
