"""The person's NAFS cases, as a case of samverkan shows them beside it, and the way to a new one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from misam_desktop.domain.access import May
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.screens.new_nafs_case import NewNafsCaseScreen
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Card, button, chip, holding
from misam_desktop.wording import day_short

if TYPE_CHECKING:
    from misam_desktop.domain.ids import UnitId
    from misam_desktop.domain.people import Person
    from misam_desktop.domain.personal_number import PersonalNumber
    from misam_desktop.gui.workspace import Workspace
    from misam_desktop.queries.beside import Known


def nafs_card(work: Workspace, found: Sequence[Known], person: Person, allows: Collection[May]) -> Card | None:
    """The cases and the way to a new one; None where there is neither."""
    may = May.WRITE_NAFS in allows and person.number.is_shown and bool(work.desk.my_teams)
    if not (found or may):
        return None
    new = button(tr("Nytt NAFS-ärende"), partial(begin_nafs, work, person.number))
    card = Card(tr("NAFS"), beside=[new] if may else [])
    for one in found:
        day = day_short(one.raised_on, today=work.desk.today)
        words = tr("{team}, aktualiserat {day}").format(team=one.team, day=day)
        parts = [button(words, partial(work.go, "nafs_case", one.case_id), "link")]
        card.add(holding(Flow(*parts, *([chip(tr("Utkast"), Tone.MUTED)] if one.is_draft else []))))
    return card


def begin_nafs(work: Workspace, number: PersonalNumber, questions: Sequence[tuple[UnitId, str]] = ()) -> None:
    """The form of a new case, with the person looked up, and with what has been asked already."""
    page = work.go("new_nafs_case")
    assert isinstance(page, NewNafsCaseScreen)
    page.begin_asking(number, questions)
