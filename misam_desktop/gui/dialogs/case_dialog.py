"""A form about one case: when somebody else has changed the case meanwhile, it says what stands there now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from misam_desktop.domain.errors import MisamError, Stale
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.queries.cases import CasePage, one_case
from misam_desktop.queries.nafs_cases import NafsPage, one_nafs_case
from misam_desktop.vault import Question, Request
from misam_desktop.wording import day_short

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


P = TypeVar("P", bound=CasePage | NafsPage)


class CaseDialog(FormDialog, Generic[P]):
    """``save`` makes the command for the case as it was read last; ``stands`` says what the form would write over."""

    def __init__(
        self,
        work: Workspace,
        page: P,
        *,
        save: Callable[[P, dict[str, Any]], Request[Any]],
        stands: Callable[[P], str],
        **form: Any,
    ) -> None:
        self._page: P = page
        self._stands = stands
        super().__init__(work, save=lambda values: save(self._page, values), **form)

    def _refused(self, error: MisamError) -> None:
        super()._refused(error)
        if isinstance(error, Stale):
            self.work.session.ask(_again(self._page), owner=self, then=self._compare, failed=self.form.show_error)

    def _compare(self, page: P) -> None:
        """Show what the other wrote; where they ended the case there is nothing left to save."""
        before, self._page = _ended_on(self._page), page
        ended_on = _ended_on(page)
        if ended_on is not None and before is None:
            self.primary.setEnabled(False)
            words = tr("Någon annan har redan avslutat ärendet {day}. Det kan bara läsas.")
            self.form.banner.tell(words.format(day=day_short(ended_on, today=self.work.session.clock.today())))
            return
        words = tr("Någon annan har ändrat ärendet under tiden. {stands} Spara igen om det du har skrivit ska gälla.")
        self.form.banner.tell(words.format(stands=self._stands(page)), Tone.AMBER)


def _ended_on(page: CasePage | NafsPage) -> date | None:
    return page.case.withdrawn_on if isinstance(page, NafsPage) else page.episode.discharged_on


def _again(page: CasePage | NafsPage) -> Question[Any]:
    return one_nafs_case(page.case.id) if isinstance(page, NafsPage) else one_case(page.episode.id)
