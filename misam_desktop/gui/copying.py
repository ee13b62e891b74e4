"""Rows of a list on the clipboard: Ctrl+C takes the current one, Ctrl+Shift+C all that are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from misam_desktop.commands.lists import copy_list
from misam_desktop.domain.codes import Passage
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.gate import NothingLeaves
from misam_desktop.domain.scope import EVERYTHING
from misam_desktop.gui.dialogs.export import protected_words
from misam_desktop.gui.tables import Table
from misam_desktop.gui.text import tr
from misam_desktop.queries.lists import ListPreview
from misam_desktop.transfer.sheets import copied
from misam_desktop.wording import how_many, label

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

R = TypeVar("R")


def copies_cases(work: Workspace, table: Table[R], *, case_of: Callable[[R], str | None]) -> None:
    """Let rows about cases be copied for the own file, through the gate; ``case_of`` is the id of a row's case."""

    def copy(rows: Sequence[R]) -> None:
        ids = dict.fromkeys(filter(None, map(case_of, rows)))
        if ids:
            put = partial(_put, work, table, rows, case_of)
            work.session.do(copy_list(tuple(ids)), owner=table, then=put, failed=partial(_refused, work))

    table.copied.connect(copy)


def copies_freely(work: Workspace, table: Table[R]) -> None:
    """The same for rows that tell of nobody whom a case is about."""

    def copy(rows: Sequence[R]) -> None:
        work.clipboard.put(copied(table.words_of(row, EVERYTHING, instead="") for row in rows))
        work.tell(_told(len(rows)))

    table.copied.connect(copy)


def _put(
    work: Workspace, table: Table[R], rows: Sequence[R], case_of: Callable[[R], str | None], found: ListPreview
) -> None:
    instead = label(Passage.OUTSIDE_CONSENT)
    passed = [(row, found.kinds.get(case_of(row) or "")) for row in rows]
    cells = [table.words_of(row, kinds, instead=instead) for row, kinds in passed if kinds]
    work.clipboard.put(copied(cells))
    words = [_told(len(cells)), *([protected_words(len(found.protected))] if found.protected else [])]
    work.tell(" ".join(words))


def _told(count: int) -> str:
    rows = how_many(count, tr("rad är kopierad"), tr("rader är kopierade"))
    return tr("{rows}. Urklipp töms efter 30 sekunder.").format(rows=rows)


def _refused(work: Workspace, error: MisamError) -> None:
    if isinstance(error, NothingLeaves):
        work.tell(tr("Inget är kopierat: uppgifterna är skyddade, eller ingår inte i samtycket."))
    else:
        work.session.told.emit(error)
