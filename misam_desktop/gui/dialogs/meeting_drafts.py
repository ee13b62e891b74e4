"""Every paper of a meeting that has not left, as mail drafts in one folder, each with a password of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from misam_desktop.domain.codes import Act
from misam_desktop.gui.dialogs.batch import AllDrafts, Job
from misam_desktop.gui.dialogs.meeting_paper import Wanted
from misam_desktop.gui.text import tr
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def open_drafts(work: Workspace, wanted: Iterable[Wanted], *, day: str) -> None:
    """Say what is made and to whom, and make it."""
    intro = tr(
        "Varje papper blir ett eget mejlutkast med en krypterad PDF och ett eget lösenord. En frågeställning "
        "kan peka ut någon även utan namn: läs papperen innan du lämnar ut dem."
    )
    jobs = [draft_of(work, one, day=day) for one in wanted]
    AllDrafts(work, jobs, title=tr("Mejlutkast till alla"), intro=intro).open()


def draft_of(work: Workspace, wanted: Wanted, *, day: str) -> Job:
    """The draft of one paper of a meeting."""
    unit, kind = work.desk.unit(wanted.paper.unit_id), word_for(wanted.paper.kind)
    words = tr("{paper} till {units}").format(paper=kind, units=unit or ", ".join(map(work.desk.unit, wanted.units())))
    return Job(gives=wanted.give(Act.MEJLUTKAST), file=f"{day}-{wanted.file(unit, 'eml')}", words=words)
