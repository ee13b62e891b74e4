"""Every place of the program, once: its name, who may go there, its key, its screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from misam_desktop.domain.access import May
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.screens.behind import BehindScreen
from misam_desktop.gui.screens.case import CaseScreen
from misam_desktop.gui.screens.cases import CasesScreen
from misam_desktop.gui.screens.contacts import ContactsScreen
from misam_desktop.gui.screens.deviations import DeviationsScreen
from misam_desktop.gui.screens.follow_ups import FollowUpsScreen
from misam_desktop.gui.screens.forum import ForumScreen
from misam_desktop.gui.screens.forum_papers import ForumPapersScreen
from misam_desktop.gui.screens.frozen import FrozenListScreen, FrozenScreen
from misam_desktop.gui.screens.log import LogScreen, PersonLogScreen
from misam_desktop.gui.screens.nafs import NafsScreen
from misam_desktop.gui.screens.nafs_case import NafsCaseScreen
from misam_desktop.gui.screens.nafs_ledger import NafsLedgerScreen
from misam_desktop.gui.screens.nafs_meeting import NafsMeetingScreen
from misam_desktop.gui.screens.nafs_papers import NafsPapersScreen
from misam_desktop.gui.screens.new_nafs_case import NewNafsCaseScreen
from misam_desktop.gui.screens.new_referral import NewReferralScreen
from misam_desktop.gui.screens.new_sip import NewSipScreen
from misam_desktop.gui.screens.referral import ReferralScreen
from misam_desktop.gui.screens.referrals import ReferralsScreen
from misam_desktop.gui.screens.register import RegisterScreen
from misam_desktop.gui.screens.rereferral import RereferralScreen
from misam_desktop.gui.screens.sip import SipScreen
from misam_desktop.gui.screens.sips import SipsScreen
from misam_desktop.gui.screens.statistics import StatisticsScreen
from misam_desktop.gui.screens.today import TodayScreen
from misam_desktop.queries.counts import Badges
from misam_desktop.queries.desk import Desk

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Somewhere to go. Places with a ``title`` stand in the navigation; the others are pages ``under`` one of them.

    ``offered`` says whether this team has any use for it; ``told_in`` is the page of the help that tells of it, where
    that is not one of its own.
    """

    name: str
    screen: Callable[[Workspace, str], Screen]
    needs: May
    title: str = ""
    under: str = ""
    key: str = ""
    badge: Callable[[Badges], int] | None = None
    offered: Callable[[Desk], bool] = lambda _desk: True
    told_in: str = ""

    @property
    def help_page(self) -> str:
        """The page of the help about it."""
        return self.told_in or self.name

    def stands_for(self, desk: Desk) -> bool:
        """Whether it stands in the navigation of whoever's desk this is."""
        return bool(self.title) and desk.may(self.needs) and self.offered(desk)


PLACES: tuple[Place, ...] = (
    Place(name="today", title="Idag", key="Alt+1", needs=May.OWN_SESSION, screen=TodayScreen, badge=lambda b: b.today),
    Place(name="referrals", title="Remisser", key="Alt+2", needs=May.SEE_CASES, screen=ReferralsScreen,
          badge=lambda b: b.referrals),
    Place(name="forum", title="Samverkansforum", key="Alt+3", needs=May.RUN_FORUM, screen=ForumScreen),
    Place(name="cases", title="Ärenden", key="Alt+4", needs=May.SEE_CASES, screen=CasesScreen,
          badge=lambda b: b.cases),
    Place(name="follow_ups", title="Uppföljningar", key="Alt+5", needs=May.SEE_CASES, screen=FollowUpsScreen,
          badge=lambda b: b.follow_ups),
    Place(name="nafs", title="NAFS-möten", key="Alt+6", needs=May.WRITE_NAFS, screen=NafsScreen,
          offered=lambda desk: bool(desk.my_teams)),
    Place(name="sips", title="SIP", key="Alt+0", needs=May.WRITE_SIP, screen=SipsScreen),
    Place(name="statistics", title="Statistik", needs=May.SEE_REPORTS, screen=StatisticsScreen),
    Place(name="deviations", title="Avvikelser", needs=May.WRITE_DEVIATION, screen=DeviationsScreen),
    Place(name="contacts", title="Kontakter", key="Alt+7", needs=May.SEE_CONTACTS, screen=ContactsScreen),
    Place(name="register", title="Ta in lista", key="Alt+8", needs=May.IMPORT_REGISTER, screen=RegisterScreen),
    Place(name="log", title="Logg", key="Alt+9", needs=May.SEE_LOG, screen=LogScreen),
    Place(name="new_referral", under="referrals", needs=May.WRITE_REFERRAL, screen=NewReferralScreen),
    Place(name="referral", under="referrals", needs=May.READ_CASE, screen=ReferralScreen),
    Place(name="rereferral", under="referrals", needs=May.WRITE_REFERRAL, screen=RereferralScreen),
    Place(name="forum_papers", under="forum", needs=May.RUN_FORUM, screen=ForumPapersScreen),
    Place(name="case", under="cases", needs=May.READ_CASE, screen=CaseScreen),
    Place(name="new_nafs_case", under="nafs", needs=May.WRITE_NAFS, screen=NewNafsCaseScreen, told_in="nafs_case"),
    Place(name="nafs_case", under="nafs", needs=May.READ_CASE, screen=NafsCaseScreen),
    Place(name="nafs_meeting", under="nafs", needs=May.SEE_CASES, screen=NafsMeetingScreen),
    Place(name="nafs_papers", under="nafs", needs=May.LEAD_MEETING, screen=NafsPapersScreen),
    Place(name="nafs_ledger", under="nafs", needs=May.SEE_CASES, screen=NafsLedgerScreen),
    Place(name="new_sip", under="sips", needs=May.WRITE_SIP, screen=NewSipScreen, told_in="sip"),
    Place(name="sip", under="sips", needs=May.READ_CASE, screen=SipScreen),
    Place(name="behind", under="statistics", needs=May.SEE_BEHIND, screen=BehindScreen),
    Place(name="frozen_list", under="statistics", needs=May.SEE_REPORTS, screen=FrozenListScreen, told_in="frozen"),
    Place(name="frozen", under="statistics", needs=May.SEE_REPORTS, screen=FrozenScreen),
    Place(name="person_log", under="cases", needs=May.REVIEW_LOG, screen=PersonLogScreen, told_in="log"),
)  # fmt: skip


def places_of(desk: Desk) -> list[Place]:
    """Those in the navigation of whoever's desk this is; who only leads NAFS meetings finds them at once."""
    found = [one for one in PLACES if one.stands_for(desk)]
    if desk.leads_nafs and not desk.may(May.WRITE_REFERRAL):
        found.sort(key=lambda one: ("today", "nafs").index(one.name) if one.name in ("today", "nafs") else 2)
    return found


def place(name: str) -> Place:
    """A place by its name."""
    return next(one for one in PLACES if one.name == name)
