"""Items that a NAFS meeting has no time for, moved to the team's next one; what could not move is told with why."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from misam_desktop.commands.nafs_calendar import MovedOn, move_on
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Checks, Choice
from misam_desktop.gui.text import tr
from misam_desktop.queries.agenda import AgendaLine, AgendaPage
from misam_desktop.wording import day_long, how_many, sentence

if TYPE_CHECKING:
    from misam_desktop.domain.ids import AgendaItemId
    from misam_desktop.gui.workspace import Workspace


def open_move_on(work: Workspace, page: AgendaPage, *, words: Callable[[AgendaLine], str]) -> None:
    """Ask which items move, those that came last ticked already; ``words`` is what one is called on the agenda."""
    names = {line.item.id: words(line) for line in page.lines}
    FormDialog(
        work,
        title=tr("Flytta till nästa möte"),
        intro=tr("Det som flyttas står på teamets nästa möte under en ny kod. Är inget planerat planeras det."),
        content=[
            Field(
                name="items",
                label=tr("Det här flyttas"),
                kind=lambda: Checks([Choice(one, name) for one, name in names.items()], columns=1),
                required=True,
            )
        ],
        values={"items": tuple(one for one in names if one in page.too_many)},
        save=lambda values: move_on(page.meeting.id, values["items"]),
        then=lambda moved: _tell(work, moved, names),
        word=tr("Flytta"),
        wide=480,
    ).open()


def move_one(work: Workspace, page: AgendaPage, item_id: AgendaItemId, *, name: str) -> None:
    """Move one item at once."""
    request = move_on(page.meeting.id, [item_id])
    work.session.do(request, owner=work, then=lambda moved: _tell(work, moved, {item_id: name}))


def _tell(work: Workspace, moved: MovedOn, names: dict[AgendaItemId, str]) -> None:
    """«2 punkter flyttade till onsdag 13 januari 2027. K7MQ2X-F Malin kunde inte flyttas: …»."""
    told = _moved(moved) + [
        tr("{name} kunde inte flyttas: {why}").format(name=names[one.item_id], why=sentence(one.why))
        for one in moved.left
    ]
    work.tell(" ".join(told))


def _moved(moved: MovedOn) -> list[str]:
    if not moved.moved:
        return []
    count = how_many(len(moved.moved), tr("punkt flyttad"), tr("punkter flyttade"))
    return [tr("{count} till {day}.").format(count=count, day=day_long(moved.to.on))]
