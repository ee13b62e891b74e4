"""The head of a case: who it is about, the number on a click, how the consents stand, and who has the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from misam_desktop.domain.codes import InfoKind
from misam_desktop.gui.case_parts.consents import chips
from misam_desktop.gui.case_parts.sheet import Sheet
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.masked import MaskedNumber
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import chip, label
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.protected import Uncovered
    from misam_desktop.gui.workspace import Workspace


class Header(QWidget):
    """Made once a page, and filled at each reading."""

    def __init__(self, work: Workspace, uncovered: Uncovered) -> None:
        super().__init__()
        self.number = MaskedNumber(work, uncovered)
        self.who = label("", "muted")
        self.chips: list[QLabel] = []
        self.flow = Flow(self.number, self.who, gap=10)
        self.roles = label("", "small", wrap=True)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        inner.addLayout(self.flow)
        inner.addWidget(self.roles)

    def clear(self) -> None:
        """Hold nothing of the case any more."""
        self.number.clear()
        self.who.clear()
        self.roles.clear()

    def show_sheet(self, sheet: Sheet) -> None:
        """Show another reading of the case."""
        self.number.show_person(sheet.page.person)
        self.who.setText(_who(sheet))
        self.roles.setText(_roles(sheet))
        for one in self.chips:
            self.flow.removeWidget(one)
            one.deleteLater()
        told = chips(sheet.page.consents, today=sheet.today)
        self.chips = [chip(words, tone if sheet.is_open else Tone.MUTED) for words, tone in told]
        for one in self.chips:
            self.flow.addWidget(one)


def _who(sheet: Sheet) -> str:
    person = sheet.person
    if InfoKind.GRUNDUPPGIFTER not in sheet.page.kinds:
        return ""
    age = person.number.age_on(sheet.today)
    years = tr("{age} år").format(age=age) if age is not None else ""
    kind = tr("samordningsnummer") if person.number.is_coordination else ""
    return " · ".join(part for part in (years, word_for(person.sex).lower(), kind) if part)


def _roles(sheet: Sheet) -> str:
    """«MISAM · Uppdragsgivare IFO · Handläggare Eva Ek · Samordnare Bo Berg»."""
    desk, episode = sheet.work.desk, sheet.page.episode
    lead = desk.contact(episode.case_lead_id) or (tr("ingen än") if sheet.is_open else "")
    named = {
        tr("Uppdragsgivare"): desk.unit(episode.commissioner_id),
        tr("Handläggare"): desk.contact(episode.case_worker_id),
        tr("Samordnare"): lead,
    }
    return " · ".join([sheet.page.activity.name, *(f"{role} {who}" for role, who in named.items() if who)])
