"""The commands on questionnaires, talks, indicators and avvikelser, as ``tests.commands.every`` has the rest."""

from __future__ import annotations

from typing import Any

from misam_desktop.commands import asked, deviations, indicators, talks
from misam_desktop.domain.activity import Questionnaires
from misam_desktop.domain.asked import AskedFacts, AskedWhat
from misam_desktop.domain.commitment import CommitmentFacts
from misam_desktop.domain.indicator import Typed
from misam_desktop.domain.talk import TalkFacts, TalkKind
from misam_desktop.vault import Topic
from tests.commands.every import AT_THE_UNIT, COORDINATORS, ON_THE_CASE, WITH_REFERRALS, Case, Named
from tests.commands.stage import Stage
from tests.commands.stage_asked import LINES, tells
from tests.commands.worlds import AF, FK, MISAM
from tests.conftest import TODAY

_LOG = {Topic.CASES}
_SEEN = 2
"""The version of the activity on the stage, where its goals have been set once."""
_READS_THE_CASE = ON_THE_CASE | AT_THE_UNIT | {"lena", "nora"}


def _on_episode(stage: Stage, value: Any) -> tuple[str, str]:
    return value.id, stage.episode.person_id


def _of(name: str) -> Named:
    return lambda stage, _: (getattr(stage.beside, name).id, "")


ASKED = {
    "asked.noted": Case(
        asked=lambda stage, seen: asked.note_asked(
            stage.episode.id, AskedWhat.SAMTAL, AskedFacts(offered_on=TODAY), seen=seen
        ),
        who=ON_THE_CASE,
        names=_on_episode,
        touches={Topic.CASES},
        takes_version=True,
    ),
    "activity.questionnaires_set": Case(
        asked=lambda _, seen: asked.set_questionnaires(
            MISAM, Questionnaires(months=(3,)), seen=_SEEN if seen is None else seen
        ),
        who=COORDINATORS,
        names=lambda _, __: (MISAM, ""),
        touches={Topic.SETTINGS, Topic.CASES},
        takes_version=True,
    ),
    "talk.held": Case(
        asked=lambda stage, _: talks.hold_talk(
            stage.episode.id,
            TalkFacts(kind=TalkKind.FLERPART, on=TODAY, unit_ids=(AF, FK)),
            agreed=[CommitmentFacts(what="Ringer", unit_id=FK, due_on=TODAY)],
        ),
        who=ON_THE_CASE,
        names=_on_episode,
        touches={Topic.CASES},
        beside=1,
    ),
    "deviation.noted": Case(
        asked=lambda _, __: deviations.note_deviation(MISAM, tells()),
        who=_READS_THE_CASE,
        names=lambda _, value: (value.id, ""),
        touches=_LOG,
    ),
    "deviation.noted about a case": Case(
        asked=lambda stage, _: deviations.note_deviation(MISAM, tells(), episode_id=stage.episode.id),
        who=_READS_THE_CASE,
        names=_on_episode,
        touches=_LOG,
    ),
    "deviation.closed": Case(
        asked=lambda stage, seen: deviations.close_deviation(stage.beside.open.id, done="Rutin", on=TODAY, seen=seen),
        who=WITH_REFERRALS,
        names=_of("open"),
        touches=_LOG,
        takes_version=True,
    ),
    "deviation.reopened": Case(
        asked=lambda stage, seen: deviations.reopen_deviation(stage.beside.closed.id, seen=seen),
        who=WITH_REFERRALS,
        names=_of("closed"),
        touches=_LOG,
        takes_version=True,
    ),
    "indicators.loaded": Case(
        asked=lambda _, __: indicators.load_indicators(LINES),
        who=COORDINATORS | {"nils"},
        names=lambda _, __: ("", ""),
        touches={Topic.SETTINGS},
    ),
    "indicators.totals_set": Case(
        asked=lambda stage, seen: indicators.set_totals(
            MISAM,
            first=TODAY.replace(month=1, day=1),
            last=TODAY,
            typed={stage.beside.indicator.id: Typed(12, 9)},
            seen={} if seen is None else {stage.beside.indicator.id: seen},
        ),
        who=COORDINATORS,
        names=lambda _, __: (MISAM, ""),
        touches={Topic.SETTINGS},
        takes_version=True,
    ),
}
