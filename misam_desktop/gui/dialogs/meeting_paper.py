"""One paper of a meeting before it is given out: looked at, and then printed, saved, encrypted or drafted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from misam_desktop.commands.meeting_papers import Given, give_agenda, give_keys, give_minutes
from misam_desktop.documents.paper import Paper
from misam_desktop.domain.codes import Act, PaperKind
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.ids import MeetingId, UnitId
from misam_desktop.domain.text import fold
from misam_desktop.gui.dialogs.hand_out import what_can_tell
from misam_desktop.gui.dialogs.leaving import DECIDES
from misam_desktop.gui.dialogs.sending import SendingDialog
from misam_desktop.gui.paper import made_of
from misam_desktop.gui.password import do_proven
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Banner, label
from misam_desktop.queries.keys import keys_preview
from misam_desktop.queries.meeting_papers import agenda_preview, minutes_preview
from misam_desktop.queries.occasions import MeetingPaper
from misam_desktop.queries.outgoing import Outgoing, OutPaper, outgoing
from misam_desktop.vault import ProofNeeded, Question, Request, Topic
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_FILES = {
    PaperKind.DAGORDNING: "dagordning",
    PaperKind.TILLAGG: "tillaggsdagordning",
    PaperKind.KODNYCKEL: "kodnyckel",
    PaperKind.MINNESANTECKNINGAR: "minnesanteckningar",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One paper of a meeting, and the units that get what all get."""

    meeting_id: MeetingId
    paper: OutPaper
    receivers: tuple[UnitId, ...]

    @property
    def is_key(self) -> bool:
        """Whether it says who the codes are."""
        return self.paper.kind is PaperKind.KODNYCKEL

    def units(self) -> tuple[UnitId, ...]:
        """Who gets it."""
        return self.receivers if self.paper.unit_id is None else (self.paper.unit_id,)

    def preview(self) -> Question[MeetingPaper] | Question[Paper]:
        """How it is looked at."""
        if self.is_key:
            return keys_preview(self.meeting_id, self.units()[0])
        of, for_unit = self.meeting_id, self.paper.unit_id
        if self.paper.kind is PaperKind.MINNESANTECKNINGAR:
            return minutes_preview(of, receivers=self.receivers, for_unit=for_unit)
        return agenda_preview(of, receivers=self.receivers, for_unit=for_unit, addendum=self._is_added)

    def give(self, act: Act) -> Request[Given]:
        """How it is given out, and written down."""
        if self.is_key:
            return give_keys(self.meeting_id, self.units()[0], act=act)
        of, for_unit = self.meeting_id, self.paper.unit_id
        if self.paper.kind is PaperKind.MINNESANTECKNINGAR:
            return give_minutes(of, receivers=self.receivers, for_unit=for_unit, act=act)
        return give_agenda(of, receivers=self.receivers, for_unit=for_unit, addendum=self._is_added, act=act)

    @property
    def _is_added(self) -> bool:
        return self.paper.kind is PaperKind.TILLAGG

    def file(self, unit: str, suffix: str) -> str:
        """Its neutral name: the kind of paper, and the unit that it is for."""
        of = "".join(one for one in fold(unit) if one.isalnum())
        return f"{'-'.join(filter(None, [_FILES[self.paper.kind], of]))}.{suffix}"


def open_meeting_paper(work: Workspace, wanted: Wanted, *, owner: QWidget) -> None:
    """Show it; a key asks for the password first, and whoever does not give it sees nothing."""

    def draw(found: MeetingPaper | Paper) -> None:
        paper = found if isinstance(found, Paper) else found.paper
        work.session.beside(partial(made_of, paper), owner=owner, then=partial(show, found))

    def show(found: MeetingPaper | Paper, made: tuple[bytes, list[QImage]]) -> None:
        MeetingPaperDialog(work, *made, wanted=wanted, found=found).open()

    def failed(error: MisamError) -> None:
        if not isinstance(error, ProofNeeded):
            work.session.told.emit(error)

    question: Question[Any] = wanted.preview()
    do_proven(work, question, owner=owner, then=draw, failed=failed)


class MeetingPaperDialog(SendingDialog):
    """One paper of a meeting, for as long as it may leave as it stands, and every way out that it has."""

    def __init__(
        self,
        work: Workspace,
        content: bytes,
        pages: Sequence[QImage],
        *,
        wanted: Wanted,
        found: MeetingPaper | Paper,
    ) -> None:
        unit = work.desk.unit(wanted.paper.unit_id)
        paper = found if isinstance(found, Paper) else found.paper
        self.texts = Banner()
        self.texts.tell(_what_to_know(found), Tone.AMBER)
        to = ", ".join(work.desk.unit(one) for one in wanted.units())
        asks, holds = _still(wanted, found)
        super().__init__(
            work,
            content,
            pages,
            title=paper.title,
            file=partial(wanted.file, unit),
            words=tr("{paper} till {units}.").format(paper=word_for(wanted.paper.kind), units=unit or tr("alla")),
            asks=asks,
            holds=holds,
            give=wanted.give,
            decides=DECIDES | {Topic.MEETINGS},
            above=(label(tr("Till: {units}").format(units=to), "strong", wrap=True), self.texts),
        )


def _what_to_know(found: MeetingPaper | Paper) -> str:
    """That a question can tell who somebody is without a name, and what in it does."""
    if isinstance(found, Paper):
        return tr("Kodnyckeln visar vem varje kod är. Lämna den aldrig tillsammans med dagordningen.")
    return what_can_tell(found.found)


def _still(wanted: Wanted, found: MeetingPaper | Paper) -> tuple[Question[Any], Callable[[Any], bool]]:
    """What is asked whenever something may have changed, and whether its answer lets the paper stand.

    Of a key it is whose codes stand there: to see their names again would take the password.
    """
    if isinstance(found, MeetingPaper):
        return wanted.preview(), lambda again: again.paper.parts == found.paper.parts

    def holds(now: Outgoing) -> bool:
        return any(
            (one.kind, one.unit_id, one.codes) == (wanted.paper.kind, wanted.paper.unit_id, wanted.paper.codes)
            for one in now.papers
        )

    return outgoing(wanted.meeting_id, receivers=wanted.receivers), holds
