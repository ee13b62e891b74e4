"""Återkoppling: that the person has had the answer of a NAFS meeting, and the letter that tells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from misam_desktop.commands.agenda import give_feedback
from misam_desktop.commands.nafs_papers import write_feedback
from misam_desktop.domain.codes import FeedbackWay
from misam_desktop.domain.ids import AgendaItemId
from misam_desktop.gui import choices
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.dialogs.consent_paper import paper_languages
from misam_desktop.gui.dialogs.leaving import DECIDES
from misam_desktop.gui.dialogs.letter_dialog import Ready, draw_letter
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Day, LongText, Radios
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button
from misam_desktop.queries.nafs_letters import Letter, feedback_preview
from misam_desktop.vault import Topic
from misam_desktop.wording import day_long

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

FILE = "aterkoppling"
"""What the letter is saved as: a name that tells nothing of anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """The feedback of one item: to whom it is owed, and until when."""

    item_id: AgendaItemId
    name: str = ""
    due_on: date | None = None


def open_feedback(
    work: Workspace,
    item_id: AgendaItemId,
    *,
    name: str = "",
    due_on: date | None = None,
    how: FeedbackWay | None = None,
) -> None:
    """Ask when and how the person had the answer of the meeting; the letter can be written from here."""
    FeedbackDialog(work, Owed(item_id=item_id, name=name, due_on=due_on), how=how).open()


class FeedbackDialog(FormDialog):
    """Where it is not said yet how, the letter can be written first."""

    def __init__(self, work: Workspace, owed: Owed, *, how: FeedbackWay | None) -> None:
        self._owed = owed
        told = [
            tr("När fick {name} veta vad mötet kom fram till?").format(name=owed.name or tr("personen")),
            tr("Senast {day}.").format(day=day_long(owed.due_on)) if owed.due_on else "",
        ]
        super().__init__(
            work,
            title=tr("Återkoppling given"),
            intro=" ".join(filter(None, told)),
            content=[
                Field(name="on", label=tr("När"), kind=lambda: Day(work.desk.today), required=True),
                Field(
                    name="how",
                    label=tr("Hur"),
                    kind=lambda: Radios(choices.of_codes(FeedbackWay), columns=3),
                    required=True,
                ),
            ],
            values={"on": work.desk.today, "how": how},
            save=lambda values: give_feedback(owed.item_id, on=values["on"], how=values["how"]),
            then=lambda _item: work.tell(tr("Återkopplingen är sparad.")),
            extra=[button(tr("Skriv brev …"), self._write)] if how is None else [],
            wide=480,
        )

    def _write(self) -> None:
        self.reject()
        open_letter(self.work, self._owed)


def open_letter(work: Workspace, owed: Owed) -> None:
    """Ask in which language the letter is to be, and what is to be added; what suits the person is chosen already."""
    work.session.ask(feedback_preview(owed.item_id), owner=work, then=partial(_ask, work, owed))


def _ask(work: Workspace, owed: Owed, suggested: Letter) -> None:
    FormDialog(
        work,
        title=tr("Brev till personen"),
        content=[
            *paper_languages(),
            Field(
                name="told",
                label=tr("Med egna ord"),
                kind=lambda: LongText(4),
                help=tr("Står först i brevet. Utan det står bara frågorna, svaren och nästa steg."),
            ),
        ],
        values={"language": suggested.language},
        save=lambda values: feedback_preview(
            owed.item_id, values["language"], large=values["large"], told=values["told"]
        ),
        then=partial(_draw, work, owed),
        word=tr("Visa brevet"),
        draft=("nafs_letter", owed.item_id),
        wide=520,
    ).open()


def _draw(work: Workspace, owed: Owed, found: Letter) -> None:
    """Show it; once it is saved or printed it can be said that the person has had it."""
    item, language, large, told = owed.item_id, found.language, found.large, found.told
    ready = Ready(
        paper=found.paper,
        file=FILE,
        words="",
        asks=feedback_preview(item, language, large=large, told=told),
        give=lambda _act: write_feedback(item, language=language, large=large, told=told),
        decides=DECIDES | {Topic.MEETINGS},
        then=partial(_left, work, owed),
    )
    draw_letter(work, ready)


def _left(work: Workspace, owed: Owed) -> None:
    """The letter is on its way: say so, unless it has been said."""
    if owed.due_on is not None:
        open_feedback(work, owed.item_id, name=owed.name, due_on=owed.due_on, how=FeedbackWay.BREV)
