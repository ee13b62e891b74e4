"""What is typed and not yet saved is kept in the encrypted store at every pause, and offered again."""

from __future__ import annotations

import json
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from misam_desktop.commands.drafts import drop_draft, keep_draft
from misam_desktop.gui.forms import Form
from misam_desktop.gui.session import Session
from misam_desktop.queries.drafts import kept_draft

PAUSE_MS = 800


class DraftKeeper(QObject):
    """Keeps one form's text for one subject: a new referral, or the follow-up with this id.

    ``restored`` is called when an earlier text stands in the form again.
    """

    def __init__(
        self,
        session: Session,
        form: Form,
        *,
        name: str,
        subject_id: str,
        restored: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(form)
        self._session, self._form = session, form
        self._name, self._subject_id = name, subject_id
        self._restored = restored
        self._ended = False
        self._begun = form.raw()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep_now)
        session.ask(kept_draft(name, subject_id), owner=self, then=self._offer)

    def _offer(self, content: str | None) -> None:
        typed_meanwhile = self._form.raw() != self._begun
        if typed_meanwhile:
            self._pause.start()
        elif content is not None:
            self._form.show_raw(json.loads(content))
            if self._restored is not None:
                self._restored()
        self._form.changed.connect(self._pause.start)

    def keep_now(self) -> None:
        """Keep what stands there: at a pause, and before a lock."""
        self._pause.stop()
        if self._ended:
            return
        content = json.dumps(self._form.raw(), ensure_ascii=False)
        self._session.do(keep_draft(self._name, self._subject_id, content), owner=self._session)

    def drop(self) -> None:
        """Forget it: the form has been saved, or thrown away on purpose."""
        self._ended = True
        self._pause.stop()
        self._session.do(drop_draft(self._name, self._subject_id), owner=self._session)

    @property
    def has_unsaved(self) -> bool:
        """Whether something has been typed since the last pause."""
        return self._pause.isActive()
