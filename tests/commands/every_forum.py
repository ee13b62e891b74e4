"""The commands on the minutes of a forum and on letters, as ``tests.commands.every`` has the rest."""

from __future__ import annotations

from typing import Any

from misam_desktop.commands import forum_minutes, letterheads
from misam_desktop.domain.codes import Act
from misam_desktop.domain.forum_minutes import AmendmentFacts
from misam_desktop.domain.letterhead import Letterhead
from misam_desktop.vault import Topic
from tests.commands.every import COORDINATORS, Case
from tests.commands.stage import Stage
from tests.commands.worlds import FK


def _closed(stage: Stage, _: Any) -> tuple[str, str]:
    return stage.closed.id, ""


FORUM = {
    "forum.minutes_amended": Case(
        asked=lambda stage, _: forum_minutes.amend_minutes(
            stage.closed.id, AmendmentFacts(text="Af kallar", reason="Glömdes bort")
        ),
        who=COORDINATORS,
        names=_closed,
        touches={Topic.MEETINGS},
    ),
    "forum.minutes_given": Case(
        asked=lambda stage, _: forum_minutes.give_forum_minutes(stage.closed.id, receivers=(FK,), act=Act.UTSKRIFT),
        who=COORDINATORS,
        names=_closed,
        touches={Topic.CONSENTS},
    ),
    "letterhead.changed": Case(
        asked=lambda _, __: letterheads.set_letterhead(Letterhead(place="Provköping"), seen=Letterhead()),
        who=COORDINATORS | {"nils", "nora"},
        names=lambda _, __: ("", ""),
        touches={Topic.SETTINGS, Topic.CONTACTS},
    ),
}
