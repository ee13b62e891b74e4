"""The commands on what leaves a forum on paper, as ``tests.commands.every`` has the rest."""

from __future__ import annotations

from misam_desktop.commands import forum_items, forum_minutes, goals, letterheads, letters, meeting_papers
from misam_desktop.domain.codes import Act
from misam_desktop.domain.forum_minutes import AmendmentFacts
from misam_desktop.domain.goal import GoalRating
from misam_desktop.domain.letter import Letter
from misam_desktop.domain.letterhead import Letterhead
from misam_desktop.domain.period import Period
from misam_desktop.queries.letters import LetterChoice
from misam_desktop.vault import Topic
from tests.commands.every import AT_THE_UNIT, COORDINATORS, WITH_REFERRALS, Case, Named
from tests.commands.worlds import AF, FK, MISAM
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
    "minutes.given of a forum": Case(
        asked=lambda stage, _: meeting_papers.give_minutes(stage.closed.id, receivers=(FK,), act=Act.UTSKRIFT),
        who=COORDINATORS,
        names=_of("closed"),
        touches={Topic.CONSENTS},
    ),
    "agenda.given of a forum": Case(
        asked=lambda stage, _: meeting_papers.give_agenda(stage.meeting.id, receivers=(FK,), act=Act.UTSKRIFT),
        who=COORDINATORS,
        names=_of("meeting"),
        touches={Topic.CONSENTS, Topic.MEETINGS},
        beside=1,
    ),
    "keys.given of a forum": Case(
        asked=lambda stage, _: meeting_papers.give_keys(stage.meeting.id, AF, act=Act.UTSKRIFT),
        who=COORDINATORS | AT_THE_UNIT,
        names=_of("meeting"),
        touches={Topic.CONSENTS},
        beside=4,
    ),
    "forum.codes_drawn": Case(
        asked=lambda stage, _: forum_items.draw_codes(stage.meeting.id),
        who=COORDINATORS,
        names=_of("meeting"),
        touches={Topic.MEETINGS},
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
