"""The way from a referral to a SIP, where the forum has concluded that one is begun: nothing is typed twice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Outcome
from misam_desktop.gui.screens.new_sip import NewSipScreen
from misam_desktop.gui.sip_form import judging_units
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from misam_desktop.domain.personal_number import PersonalNumber
    from misam_desktop.gui.workspace import Workspace
    from misam_desktop.queries.referrals import ReferralPage


def ways_to_sip(work: Workspace, page: ReferralPage) -> list[QWidget]:
    """A button for who can begin a SIP, where the forum has said that it shall be."""
    referral, number = page.referral, page.person.number
    is_said = referral.also_sip or referral.outcome is Outcome.SIP
    may = May.WRITE_SIP in page.allows and number.is_shown and bool(judging_units(work.desk))
    return [button(tr("Ny SIP för personen"), partial(begin_sip, work, number))] if is_said and may else []


def begin_sip(work: Workspace, number: PersonalNumber) -> None:
    """The form of a new SIP, with the person looked up."""
    page = work.go("new_sip")
    assert isinstance(page, NewSipScreen)
    page.begin(number)
