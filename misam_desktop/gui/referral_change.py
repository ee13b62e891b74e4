"""Changing a referral that the forum has not answered, also when somebody else has changed it meanwhile."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from misam_desktop.commands.drafts import keep_draft
from misam_desktop.commands.referrals import change_referral
from misam_desktop.domain.errors import MisamError, Stale
from misam_desktop.domain.protection import BESIDE_THE_NUMBER
from misam_desktop.domain.referral import EDITABLE, NotEditable, Referral, ReferralState
from misam_desktop.gui.dialogs.conflict import differences, open_conflict
from misam_desktop.gui.drafts import DraftKeeper
from misam_desktop.gui.referral_form import ReferralForm, stored_values
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import scrolling
from misam_desktop.queries.referrals import ReferralPage, one_referral

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace
    from misam_desktop.queries.desk import Desk

FORM = "referral"
"""What unsaved changes are kept as, by the referral's id."""


class ChangeForm(ReferralForm):
    """The form of a stored referral; its draft remembers which version it began with, and what that said."""

    def __init__(self, desk: Desk, page: ReferralPage) -> None:
        values = stored_values(page.person, page.referral)
        super().__init__(desk, page.activity, page.person.number, values=values, with_consent=False)
        self.seen, self.person_seen = page.referral.version, page.person.version
        self.begun = super().raw()

    @property
    def is_changed(self) -> bool:
        """Whether anything says something else than when it began."""
        return _kept(self, super().raw()) != _kept(self, self.begun)

    @property
    def shows_protected(self) -> bool:
        """Whether it holds what has been shown of a protected person for a reason."""
        return self.is_protected and self.number.is_shown

    def raw(self) -> dict[str, Any]:
        """What a draft keeps: nothing of what is shown for a reason, or it would be there without one the next time."""
        begun = _kept(self, self.begun)
        return _kept(self, super().raw()) | {"seen": self.seen, "person_seen": self.person_seen, "begun": begun}

    def show_raw(self, raw: Mapping[str, Any]) -> None:
        """Show what a draft has kept."""
        super().show_raw(raw)
        self.seen, self.person_seen, self.begun = raw["seen"], raw["person_seen"], raw["begun"]


def _kept(form: ChangeForm, raw: Mapping[str, Any]) -> dict[str, Any]:
    left_out = {"number", *BESIDE_THE_NUMBER} if form.is_protected else set()
    return {name: value for name, value in raw.items() if name not in left_out}


class ReferralChange(QWidget):
    """The form in the place of the referral's page, until it is saved or left."""

    ended = Signal()
    """Saved or left: the page can be read again."""

    def __init__(self, work: Workspace, page: ReferralPage) -> None:
        super().__init__()
        self._work, self._page = work, page
        self._saving = False
        self.form = ChangeForm(work.desk, page)
        self._keeper = DraftKeeper(work.session, self.form, name=FORM, subject_id=page.referral.id)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(scrolling(self.form))
        self.setFocusProxy(self.form["question"])

    def save(self) -> None:
        """Save over the version that was read; a draft may go on lacking what the forum needs."""
        if self._saving:
            return
        is_draft = self._page.state is ReferralState.DRAFT
        values = self.form.read_draft() if is_draft else self.form.read_whole()
        if values is None:
            return
        self._saving = True
        request = change_referral(
            self._page.referral.id,
            self.form.person(values),
            self.form.referral(values),
            seen=self.form.seen,
            person_seen=self.form.person_seen,
        )
        self._work.session.do(request, owner=self, then=self._saved, failed=self._refused)

    def put_away(self) -> None:
        """Keep what is not saved, and leave; it can be gone on with."""
        if self._keeper.has_unsaved:
            self._keeper.keep_now()
        self.ended.emit()

    def leave(self) -> None:
        """Leave without saving; it can be undone for a while."""
        work, referral_id, is_changed = self._work, self._page.referral.id, self.form.is_changed
        content = json.dumps(self.form.raw(), ensure_ascii=False)

        def bring_back() -> None:
            request = keep_draft(FORM, referral_id, content)
            work.session.do(request, owner=work, then=lambda _draft: work.go("referral", referral_id).refresh())

        self._keeper.drop()
        if is_changed:
            work.tell(tr("Ändringarna är kastade."), undo=bring_back)
        self.ended.emit()

    def _saved(self, _referral: Referral) -> None:
        self._keeper.drop()
        self._work.tell(tr("Remissen är sparad."))
        self.ended.emit()

    def _refused(self, error: MisamError) -> None:
        self._saving = False
        if isinstance(error, Stale):
            self._work.session.ask(one_referral(self._page.referral.id), owner=self, then=self._compare)
        else:
            self.form.show_error(error)

    # Two who have changed the same referral

    def _compare(self, page: ReferralPage) -> None:
        """Show what somebody else has saved beside what stands here; where nothing differs, it is saved at once."""
        if page.state not in EDITABLE:
            self.form.show_error(NotEditable())
            return
        if page.person.number.is_shown != self.form.number.is_shown:
            self.form.show_error(Stale())  # what was shown for a reason is not compared with what is kept back
            return
        stored = ChangeForm(self._work.desk, page)
        stored.setParent(self)
        stored.hide()
        found = differences(self.form, stored, self.form.begun)
        if found:
            open_conflict(self._work, found, then=lambda names: self._merge(page, stored, names))
        else:
            self._merge(page, stored, frozenset())

    def _merge(self, page: ReferralPage, stored: ChangeForm, names: frozenset[str]) -> None:
        """Take the stored text where it was chosen, and save the whole over the newer version."""
        for name in names:
            self.form[name].set_raw(stored[name].raw())
        self._page, self.form.begun = page, stored.begun
        self.form.seen, self.form.person_seen = stored.seen, stored.person_seen
        stored.deleteLater()
        self.save()
