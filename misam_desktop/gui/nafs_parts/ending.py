"""Before a NAFS meeting is ended: what nobody has answered, and on what nothing is agreed. It ends all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from misam_desktop.commands.forum import close_forum
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.pseudonym import shown
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.text import tr
from misam_desktop.wording import how_many

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace
    from misam_desktop.queries.agenda import AgendaLine, AgendaPage

_MOST = 12


def undecided(lines: Iterable[AgendaLine]) -> list[str]:
    """One line for each item that is taken up and not done: «2. K7MQ2X-F: 1 fråga utan svar, inget nästa steg»."""
    found = []
    for number, line in enumerate(lines, start=1):
        lacks = [] if line.is_out else _lacks(line)
        if lacks:
            name = shown(line.item.code) if line.item.code else _without_code(line)
            found.append(f"{number}. {name}: {', '.join(lacks)}")
    return found


def _without_code(line: AgendaLine) -> str:
    return tr("Generell fråga") if line.case is None else tr("Tas muntligt")


def _lacks(line: AgendaLine) -> list[str]:
    unanswered = sum(one.answered_on is None for one in line.questions)
    words = how_many(unanswered, tr("fråga utan svar"), tr("frågor utan svar"))
    return [words] * bool(unanswered) + [tr("inget nästa steg")] * (not line.item.next_step)


def open_end(work: Workspace, page: AgendaPage, *, then: Callable[[Meeting], None]) -> None:
    """End the meeting: at once when everything is done, else after a look at what is not."""
    found = undecided(page.lines)
    if not found:
        work.session.do(close_forum(page.meeting.id), owner=work, then=then)
        return
    more = len(found) - _MOST
    lines = [*found[:_MOST], *([tr("och {count} till").format(count=more)] if more > 0 else [])]
    FormDialog(
        work,
        title=tr("Avsluta mötet"),
        intro="\n".join([tr("Detta är inte klart:"), *lines, "", tr("Mötet kan avslutas ändå.")]),
        content=[],
        save=lambda _values: close_forum(page.meeting.id),
        then=then,
        word=tr("Avsluta mötet"),
        wide=520,
    ).open()
