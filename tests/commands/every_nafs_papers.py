"""The commands on what leaves a NAFS meeting, and on its calendar, as ``tests.commands.every`` has the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

from misam_desktop.commands import (
    forum,
    item_steps,
    meeting_papers,
    nafs_calendar,
    nafs_lists,
    nafs_papers,
    nafs_teams,
    persons,
)
from misam_desktop.documents.phrases import Language
from misam_desktop.domain.codes import Act, ExportPurpose
from misam_desktop.domain.gate import OWN_FILES
from misam_desktop.domain.item_steps import ItemStep
from misam_desktop.domain.nafs_team import facts_of
from misam_desktop.store import founding
from misam_desktop.vault import Topic
from tests.commands.every import Case, Named, new
from tests.commands.stage import TEAM, Stage
from tests.commands.worlds import FK, IFO, somebody

_PAPERS = {Topic.CONSENTS}
_NEXT = date(2027, 1, 13)
_FACTS = facts_of(founding.reference_activity("nafs", activity_id=TEAM, name="NAFS Norr"))


def _of(name: str) -> Named:
    return lambda stage, _: (getattr(stage.nafs, name).id, "")


def _held_item(stage: Stage, _: Any) -> tuple[str, str]:
    return stage.nafs.held_item.id, stage.nafs.taken_up.person_id


NAFS_PAPERS = {
    "agenda.given": Case(
        asked=lambda stage, _: meeting_papers.give_agenda(stage.nafs.meeting.id, receivers=(FK, IFO), act=Act.UTSKRIFT),
        who={"nora"},
        names=_of("meeting"),
        touches=_PAPERS | {Topic.MEETINGS},
        beside=1,
    ),
    "agenda.sent": Case(
        asked=lambda stage, _: meeting_papers.mark_sent(stage.nafs.meeting.id),
        who={"nora"},
        names=_of("meeting"),
        touches={Topic.MEETINGS},
    ),
    "papers.recalled": Case(
        asked=lambda stage, _: meeting_papers.note_recalled(stage.nafs.meeting.id, []),
        who={"nora"},
        names=_of("meeting"),
        touches=_PAPERS | {Topic.MEETINGS},
    ),
    "minutes.given": Case(
        asked=lambda stage, _: meeting_papers.give_minutes(stage.nafs.held.id, receivers=(FK, IFO), act=Act.UTSKRIFT),
        who={"nora"},
        names=_of("held"),
        touches=_PAPERS,
        beside=1,
    ),
    "keys.given": Case(
        asked=lambda stage, _: meeting_papers.give_keys(stage.nafs.meeting.id, FK, act=Act.UTSKRIFT),
        who={"nora", "lena", "pia"},
        names=_of("meeting"),
        touches=_PAPERS,
        beside=1,
    ),
    "minutes.filed": Case(
        asked=lambda stage, _: nafs_papers.file_item(stage.nafs.held_item.id, act=Act.URKLIPP),
        who={"nora", "jonas", "olle", "lena", "pia"},
        names=_held_item,
        touches=_PAPERS,
    ),
    "feedback.letter_made": Case(
        asked=lambda stage, _: nafs_papers.write_feedback(stage.nafs.held_item.id, language=Language.SV),
        who={"nora", "jonas"},
        names=_held_item,
        touches=_PAPERS,
    ),
    "person.corrected of a NAFS case": Case(
        asked=lambda stage, seen: persons.correct_person(
            stage.nafs.put.id, somebody(990, phone="070-174 06 05"), seen=1 if seen is None else seen
        ),
        who={"jonas"},
        names=lambda stage, _: (stage.nafs.put.id, stage.nafs.put.person_id),
        touches={Topic.PERSONS, Topic.CASES},
        takes_version=True,
    ),
    "item_step.ticked": Case(
        asked=lambda stage, _: item_steps.tick_step(stage.nafs.held_item.id, ItemStep.DOCUMENTED),
        who={"nora", "jonas", "olle", "lena", "pia"},
        names=_held_item,
        touches={Topic.MEETINGS, Topic.CASES},
    ),
    "item_step.ticked of the consent": Case(
        asked=lambda stage, _: item_steps.tick_step(stage.nafs.held_item.id, ItemStep.CONSENT_POSTED),
        who={"nora", "jonas", "olle"},
        names=_held_item,
        touches={Topic.MEETINGS, Topic.CASES},
    ),
    "item_step.taken_back": Case(
        asked=lambda stage, _: item_steps.take_back_step(stage.nafs.held_item.id, ItemStep.CONSENT_BROUGHT),
        who={"nora", "jonas", "olle"},
        names=_held_item,
        touches={Topic.MEETINGS, Topic.CASES},
    ),
    "meetings.series_planned": Case(
        asked=lambda _, __: nafs_calendar.plan_series(TEAM, first=date(2026, 12, 1), until=_NEXT),
        who={"nora"},
        names=lambda _, __: (TEAM, ""),
        touches={Topic.MEETINGS},
    ),
    "meeting.planned_outside": Case(
        asked=lambda _, __: nafs_calendar.plan_outside(TEAM, on=_NEXT),
        who={"nora"},
        names=new,
        touches={Topic.MEETINGS},
    ),
    "meeting.moved": Case(
        asked=lambda stage, _: forum.move_meeting(stage.nafs.meeting.id, on=_NEXT),
        who={"nora"},
        names=_of("meeting"),
        touches={Topic.MEETINGS},
    ),
    "agenda.moved_on": Case(
        asked=lambda stage, _: nafs_calendar.move_on(stage.nafs.meeting.id, [stage.nafs.item.id]),
        who={"nora"},
        names=_of("meeting"),
        touches={Topic.MEETINGS, Topic.CASES, Topic.CONSENTS},
        beside=1,
    ),
    "nafs.meetings_exported": Case(
        asked=lambda _, __: nafs_lists.export_meetings(to=OWN_FILES, purpose=ExportPurpose.KVALITET),
        who={"nora"},
        names=lambda _, __: ("", ""),
        touches=set(),
    ),
    "team.changed": Case(
        asked=lambda _, seen: nafs_teams.set_nafs_team(TEAM, _FACTS, parts={FK: None}, seen=seen or 1),
        who={"nora"},
        names=lambda _, __: (TEAM, ""),
        touches={Topic.SETTINGS, Topic.CONTACTS},
        takes_version=True,
    ),
    "meeting.cancelled_and_moved": Case(
        asked=lambda stage, _: nafs_calendar.cancel_and_move(stage.nafs.meeting.id, why="Sjukdom"),
        who={"nora"},
        names=_of("meeting"),
        touches={Topic.MEETINGS, Topic.CASES, Topic.CONSENTS},
        beside=1,
    ),
}
