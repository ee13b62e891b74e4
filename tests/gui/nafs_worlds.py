"""Where the tests of the NAFS screens begin: a team, who leads its meetings, and a case on its way to an agenda."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from misam_desktop.commands.agenda import put_on_agenda
from misam_desktop.commands.forum import close_forum, open_forum, plan_meeting
from misam_desktop.commands.nafs_cases import raise_case
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.codes import Purpose, Role
from misam_desktop.domain.ids import ActivityId, UnitId
from misam_desktop.domain.intake import ConsentFacts, PersonFacts
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.nafs import NafsCase, NafsFacts, Question
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.screens.nafs_meeting import NafsMeetingScreen
from misam_desktop.store import founding, rows
from misam_desktop.store.engine import writing
from misam_desktop.unlocking import Founder
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, FK, IFO, REGION, agrees, all_of, colleague, contact_of, on, proven, somebody
from tests.conftest import PASSWORD, TODAY
from tests.vault.worlds import open_up

S = TypeVar("S", bound=Screen)
TEAM = ActivityId("nafs-norr")
MEETS = date(2026, 12, 16)
HELD = date(2026, 11, 20)
ASKED = ((FK, "Kan sjukpenning prövas på nytt?"), (IFO, "Finns plats i sysselsättning?"))
NORA = Founder(login="nora", name="Nora Lund", password=PASSWORD, unit_id=REGION, roles=(Role.NAFS_KOORDINATOR,))
LENA = Founder(login="lena", name="Lena Berg", password=PASSWORD, unit_id=FK, roles=(Role.HANDLAGGARE,))
NAMED: tuple[UnitId, ...] = (AF, FK, IFO, REGION)


def team(vault: Vault) -> Vault:
    """The NAFS-koordinator of a new team, at the region."""
    with writing(vault._engine) as conn:
        rows.activities.add(conn, founding.reference_activity("nafs", activity_id=TEAM, name="NAFS Norr"))
    return colleague(vault, "nora", Role.NAFS_KOORDINATOR, unit_id=REGION, activity_ids=(TEAM,))


def raised(
    vault: Vault,
    person: PersonFacts | None = None,
    *,
    questions: tuple[tuple[UnitId, str], ...] = ASKED,
    submit: bool = True,
    from_on: date = TODAY,
    consent: ConsentFacts | None = None,
) -> NafsCase:
    """A case of Af, put to the team under its consent or left as a draft without one."""
    facts = NafsFacts(activity_id=TEAM, unit_id=AF, raised_by=contact_of(vault), raised_on=from_on)
    if submit and consent is None:
        consent = agrees(purposes=(Purpose.NAFS,), unit_ids=NAMED, from_on=from_on)
    made = raise_case(person or somebody(), facts, questions=questions, consent=consent, submit=submit)
    return vault.do(made).value


def planned(nora: Vault, day: date = MEETS) -> Meeting:
    """The team's meeting of a day."""
    return nora.do(plan_meeting(TEAM, on=day)).value


def on_agenda(vault: Vault, meeting: Meeting, case: NafsCase) -> AgendaItem:
    """The case on the agenda."""
    return vault.do(put_on_agenda(meeting.id, case.id)).value


def owing(jonas: Vault, nora: Vault, day: date = HELD) -> AgendaItem:
    """A case whose meeting has been held: Jonas owes the person the answer."""
    then, led = on(jonas, day), on(nora, day)
    item = on_agenda(then, planned(led, day), raised(then, from_on=day))
    led.do(open_forum(TEAM, on=day))
    led.do(close_forum(item.meeting_id))
    return item


def asked(vault: Vault, case: NafsCase) -> dict[UnitId, Question]:
    """The questions of a case by the unit they go to."""
    return {one.unit_id: one for one in all_of(vault, rows.questions) if one.case_id == case.id}


def of(serial: int, name: str) -> PersonFacts:
    """One more made-up person."""
    return replace(somebody(serial), given_name=name)


def page(driver: Driver, kind: type[S], place: str, subject: str = "") -> S:
    """Go to a page."""
    found = driver.work.go(place, subject)
    driver.settle()
    assert isinstance(found, kind)
    return found


@dataclass
class Desks:
    """One store and everybody who sits at it: whoever leads the team, who raises cases, and one who is asked."""

    path: Path
    opens: Callable[[Path | None], Driver]
    vaults: dict[str, Vault] = field(default_factory=dict)

    def _vault(self, login: str) -> Vault:
        if login not in self.vaults:
            self.vaults[login] = proven(open_up(self.path, login))
        return self.vaults[login]

    @property
    def nora(self) -> Vault:
        """The NAFS-koordinator."""
        return self._vault("nora")

    @property
    def karin(self) -> Vault:
        """The koordinator of samverkan, at IFO."""
        return self._vault("karin")

    @property
    def jonas(self) -> Vault:
        """The handläggare at Af who raises cases."""
        return self._vault("jonas")

    @property
    def lena(self) -> Vault:
        """The handläggare at Fk."""
        return self._vault("lena")

    def window(self, login: str) -> Driver:
        """The window of one of them."""
        driver = self.opens(self.path)
        driver.unlock(PASSWORD, login=login)
        return driver


def meeting_page(driver: Driver, meeting: Meeting) -> NafsMeetingScreen:
    """The page of a meeting."""
    return page(driver, NafsMeetingScreen, "nafs_meeting", meeting.id)
