"""What the asker may do with a case, for the buttons of its page; the door decides again when one is pressed."""

from __future__ import annotations

from misam_desktop.domain.access import May, Subject
from misam_desktop.vault import Look


def allowed_on(look: Look, subject: Subject) -> frozenset[May]:
    """Every action that the actor may do to this case today."""
    return frozenset(action for action in May if look.allowed(subject, action))
