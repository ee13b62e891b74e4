"""Before a forum is ended: which authorities are not there, and what goes on to the next. It ends all the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from misam_desktop.commands.forum import close_forum
from misam_desktop.domain.codes import Agency, Presence
from misam_desktop.domain.meeting import Meeting
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forum_parts.words import in_words, taking_part
from misam_desktop.gui.text import tr
from misam_desktop.queries.forum import ForumDay
from misam_desktop.wording import how_many, short

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_MOST = 12


def not_there(day: ForumDay) -> list[Agency]:
    """The authorities that are absent, or of whom nobody has said that they are there."""
    said = taking_part(day)
    return [one for one in Agency if one not in said or said[one].presence is Presence.FRANVARANDE]


def undecided(day: ForumDay) -> list[str]:
    """Those without an outcome, as the queue calls them."""
    return [f"{row.name} ({row.unit})" for row in day.queue if row.outcome is None]


def open_end(work: Workspace, day: ForumDay, *, then: Callable[[Meeting], None]) -> None:
    """End the meeting: at once when all is done and all four were there, else after a look at what is not."""
    assert day.meeting is not None, "only what goes on is ended"
    missing, left = not_there(day), undecided(day)
    if not (missing or left):
        work.session.do(close_forum(day.meeting.id), owner=work, then=then)
        return
    lines = [tr("Inte med på mötet: {who}.").format(who=in_words([short(one) for one in missing]))] * bool(missing)
    if left:
        lines.append(tr("Utan bedömning, till nästa möte:"))
        more = len(left) - _MOST
        rest = how_many(more, tr("till"), tr("till"))
        lines += [f"– {one}" for one in left[:_MOST]] + [tr("och {rest}").format(rest=rest)] * (more > 0)
    meeting_id = day.meeting.id
    FormDialog(
        work,
        title=tr("Avsluta mötet"),
        intro="\n".join([*lines, "", tr("Mötet kan avslutas ändå. Närvaron skrivs i protokollet.")]),
        content=[],
        save=lambda _values: close_forum(meeting_id),
        then=then,
        word=tr("Avsluta mötet"),
        wide=520,
    ).open()
