"""Nytt åtagande: who does what by when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from misam_desktop.commands.commitments import make_commitment
from misam_desktop.domain.commitment import Commitment
from misam_desktop.domain.ids import UnitId
from misam_desktop.gui.choices import of_units
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Choice, Day, LongText, OneOf
from misam_desktop.gui.text import tr
from misam_desktop.queries.cases import CasePage
from misam_desktop.vault import Request

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_THE_PERSON = "person"


def open_commitment(work: Workspace, page: CasePage) -> None:
    """Write down one more line of the joint plan."""
    episode, today = page.episode, work.session.clock.today()

    def save(values: dict[str, Any]) -> Request[Commitment]:
        unit_id = unit_of(values["who"])
        return make_commitment(episode.id, what=values["what"], unit_id=unit_id, due_on=values["due_on"])

    dialog = FormDialog(
        work,
        title=tr("Nytt åtagande"),
        intro=page.person.full_name,
        content=[
            Field(name="what", label=tr("Vad ska göras?"), kind=lambda: LongText(2), required=True),
            Field(name="who", label=tr("Vem gör det?"), kind=lambda: OneOf(who_can(work, page)), required=True),
            Field(name="due_on", label=tr("Senast"), kind=lambda: Day(today), half=True),
        ],
        save=save,
        then=lambda _made: work.tell(tr("Åtagandet är sparat.")),
        draft=("commitment", episode.id),
    )
    dialog.form["what"].setFocus()
    dialog.open()


def unit_of(chosen: str) -> UnitId | None:
    """The unit that was chosen, None for the person."""
    return None if chosen == _THE_PERSON else UnitId(chosen)


def who_can(work: Workspace, page: CasePage) -> list[Choice]:
    """The uppdragsgivare first, then the others that the case is about, the person, and every other unit."""
    referral = page.referral
    near = list(dict.fromkeys([page.episode.commissioner_id, referral.unit_id, *referral.needed_unit_ids]))
    units = of_units(work.desk)
    concerned = sorted((one for one in units if one.value in near), key=lambda one: near.index(one.value))
    person = Choice(_THE_PERSON, page.person.given_name or tr("Deltagaren"))
    return [*concerned, person, *(one for one in units if one.value not in near)]
