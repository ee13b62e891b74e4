"""The commands on NAFS cases and their agendas, as ``tests.commands.every`` has the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from misam_desktop.commands import agenda, nafs_cases
from misam_desktop.domain.codes import FeedbackWay
from misam_desktop.vault import Topic
from tests.commands.every import AT_THE_UNIT, Case, Named, new
from tests.commands.stage import Stage, raises, to_nafs
from tests.commands.worlds import AME, FK, somebody
from tests.conftest import TODAY

WITH_NAFS = AT_THE_UNIT | {"nora"}
_CASE = {Topic.CASES, Topic.PERSONS, Topic.CONSENTS}


def _of_nafs(name: str) -> Named:
    return lambda stage, _: (getattr(stage.nafs, name).id, getattr(getattr(stage.nafs, name), "person_id", ""))


def _item_of_case(stage: Stage, _: Any) -> tuple[str, str]:
    return stage.nafs.item.id, stage.nafs.case.person_id


NAFS = {
    "nafs.raised": Case(
        asked=lambda stage, _: nafs_cases.raise_case(
            somebody(989), raises(stage.nafs.put.raised_by), consent=to_nafs(), submit=True
        ),
        who=WITH_NAFS,
        names=new,
        touches=_CASE,
    ),
    "nafs.raised as a draft": Case(
        asked=lambda stage, _: nafs_cases.raise_case(somebody(989), raises(stage.nafs.put.raised_by), submit=False),
        who=AT_THE_UNIT,
        names=new,
        touches=_CASE,
    ),
    "nafs.changed": Case(
        asked=lambda stage, seen: nafs_cases.change_case(
            stage.nafs.put.id,
            replace(raises(stage.nafs.put.raised_by), age_reason="Fyller snart"),
            seen=stage.nafs.put.version if seen is None else seen,
        ),
        who=AT_THE_UNIT | {"nora"},
        names=_of_nafs("put"),
        touches={Topic.CASES},
        takes_version=True,
    ),
    "nafs.put_to_team": Case(
        asked=lambda stage, seen: nafs_cases.put_case(stage.nafs.draft.id, consent=to_nafs(), seen=seen),
        who=AT_THE_UNIT,
        names=_of_nafs("draft"),
        touches=_CASE,
        takes_version=True,
    ),
    "nafs.withdrawn": Case(
        asked=lambda stage, seen: nafs_cases.withdraw_case(stage.nafs.put.id, why="Löste sig", seen=seen),
        who=AT_THE_UNIT,
        names=_of_nafs("put"),
        touches={Topic.CASES},
        takes_version=True,
    ),
    "question.asked": Case(
        asked=lambda stage, _: nafs_cases.ask_unit(stage.nafs.case.id, AME, "Finns arbetsträning?"),
        who=WITH_NAFS,
        names=_of_nafs("case"),
        touches={Topic.CASES},
    ),
    "question.reworded": Case(
        asked=lambda stage, seen: nafs_cases.reword_question(
            stage.nafs.asked.id, "Kan hon få sjukpenning?", seen=stage.nafs.asked.version if seen is None else seen
        ),
        who=WITH_NAFS,
        names=_of_nafs("case"),
        touches={Topic.CASES},
        takes_version=True,
    ),
    "question.dropped": Case(
        asked=lambda stage, _: nafs_cases.drop_question(stage.nafs.asked.id),
        who=WITH_NAFS,
        names=_of_nafs("case"),
        touches={Topic.CASES},
    ),
    "question.answered": Case(
        asked=lambda stage, seen: nafs_cases.answer_question(stage.nafs.asked.id, "Ja", seen=seen),
        who={"lena", "pia", "nora"},
        names=_of_nafs("case"),
        touches={Topic.CASES},
        takes_version=True,
    ),
    "question.answer_taken_back": Case(
        asked=lambda stage, _: nafs_cases.take_back_answer(stage.nafs.answered.id),
        who={"nora"},
        names=_of_nafs("case"),
        touches={Topic.CASES},
    ),
    "agenda.case_put": Case(
        asked=lambda stage, _: agenda.put_on_agenda(stage.nafs.meeting.id, stage.nafs.put.id),
        who=WITH_NAFS,
        names=_of_nafs("put"),
        touches={Topic.MEETINGS, Topic.CASES, Topic.CONSENTS},
    ),
    "agenda.question_put": Case(
        asked=lambda stage, _: agenda.put_general(stage.nafs.meeting.id, question="Nya regler för studier?"),
        who={"nora"},
        names=_of_nafs("meeting"),
        touches={Topic.MEETINGS},
    ),
    "agenda.moved": Case(
        asked=lambda stage, _: agenda.move_item(stage.nafs.item.id, to=1),
        who={"nora"},
        names=_of_nafs("meeting"),
        touches={Topic.MEETINGS},
    ),
    "agenda.minutes_set": Case(
        asked=lambda stage, seen: agenda.set_minutes(
            stage.nafs.item.id, 10, seen=stage.nafs.item.version if seen is None else seen
        ),
        who={"nora"},
        names=_item_of_case,
        touches={Topic.MEETINGS},
        takes_version=True,
    ),
    "agenda.taken_off": Case(
        asked=lambda stage, _: agenda.take_off(stage.nafs.item.id),
        who={"nora"},
        names=_item_of_case,
        touches={Topic.MEETINGS},
    ),
    "agenda.agreed": Case(
        asked=lambda stage, seen: agenda.record_agreed(
            stage.nafs.item.id,
            next_step="Nytt läkarintyg",
            responsible_id=FK,
            feedback_by=None,
            seen=stage.nafs.item.version if seen is None else seen,
        ),
        who={"nora"},
        names=_item_of_case,
        touches={Topic.MEETINGS, Topic.CASES},
        takes_version=True,
    ),
    "feedback.given": Case(
        asked=lambda stage, _: agenda.give_feedback(stage.nafs.held_item.id, on=TODAY, how=FeedbackWay.TELEFON),
        who={"jonas", "nora"},
        names=lambda stage, _: (stage.nafs.held_item.id, stage.nafs.taken_up.person_id),
        touches={Topic.MEETINGS, Topic.CASES},
    ),
}
