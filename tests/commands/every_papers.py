"""The commands on what leaves a forum on paper, as ``tests.commands.every`` has the rest."""

from __future__ import annotations

from misam_desktop.commands import forum_minutes, goals, letterheads, letters
from misam_desktop.domain.codes import Act
from misam_desktop.domain.forum_minutes import AmendmentFacts
from misam_desktop.domain.goal import GoalRating
from misam_desktop.domain.letter import Letter
from misam_desktop.domain.letterhead import Letterhead
from misam_desktop.domain.period import Period
from misam_desktop.queries.letters import LetterChoice
from misam_desktop.vault import Topic
from tests.commands.every import COORDINATORS, WITH_REFERRALS, Case, Named
from tests.commands.worlds import FK, MISAM
from tests.conftest import TODAY


def _of(name: str) -> Named:
    return lambda stage, _: (getattr(stage, name).id, getattr(getattr(stage, name), "person_id", ""))


PAPERS = {
    "forum.minutes_amended": Case(
        asked=lambda stage, _: forum_minutes.amend_minutes(
            stage.closed.id, AmendmentFacts(text="Af kallar", reason="Glömdes bort")
        ),
        who=COORDINATORS,
        names=_of("closed"),
        touches={Topic.MEETINGS},
    ),
    "forum.minutes_given": Case(
        asked=lambda stage, _: forum_minutes.give_forum_minutes(stage.closed.id, receivers=(FK,), act=Act.UTSKRIFT),
        who=COORDINATORS,
        names=_of("closed"),
        touches={Topic.CONSENTS},
    ),
    "goal.judged": Case(
        asked=lambda stage, seen: goals.judge_goal(
            MISAM, stage.goal.code, Period(TODAY, TODAY), rating=GoalRating.DELVIS, comment="", seen=seen
        ),
        takes_version=True,
        who=COORDINATORS,
        names=lambda _, __: (MISAM, ""),
        touches={Topic.SETTINGS},
    ),
    "goals.changed": Case(
        asked=lambda _, seen: goals.set_goals(MISAM, [], seen=seen or 2),
        takes_version=True,
        who=COORDINATORS,
        names=lambda _, __: (MISAM, ""),
        touches={Topic.SETTINGS},
    ),
    "letter.given": Case(
        asked=lambda stage, _: letters.give_letter(
            stage.returned.id, LetterChoice(letter=Letter.BESKED), act=Act.UTSKRIFT
        ),
        who=WITH_REFERRALS,
        names=_of("returned"),
        touches={Topic.CONSENTS},
    ),
    "letterhead.changed": Case(
        asked=lambda _, __: letterheads.set_letterhead(Letterhead(place="Provköping"), seen=Letterhead()),
        who=COORDINATORS | {"nils", "nora"},
        names=lambda _, __: ("", ""),
        touches={Topic.SETTINGS, Topic.CONTACTS},
    ),
}
