"""The commands on SIPs and their plans, as ``tests.commands.every`` has the rest."""

from __future__ import annotations

from typing import Any

from misam_desktop.commands import sip_papers, sip_plans, sips
from misam_desktop.domain.codes import Act
from misam_desktop.domain.letter import PERSON
from misam_desktop.domain.sip import PartyKind, Preparation, SipAnswer, SipFacts
from misam_desktop.domain.sip_paper import SipTemplate
from misam_desktop.domain.sip_plan import PlanFacts
from misam_desktop.queries.sip_papers import AskingChoice
from misam_desktop.store import founding
from misam_desktop.vault import Topic
from tests.commands.every import COORDINATORS, Case, Named, new
from tests.commands.stage import Stage
from tests.commands.stage_sips import LATER, to_sip
from tests.commands.worlds import somebody
from tests.conftest import TODAY

AT_FK = {"lena", "pia"}
"""Whose unit has been called to the SIP."""
_BEGINS = {Topic.CASES, Topic.PERSONS, Topic.CONSENTS}


def _of(name: str) -> Named:
    return lambda stage, _: (getattr(stage.sips, name).id, getattr(stage.sips, name).person_id)


def _needed(stage: Stage) -> SipFacts:
    sip = stage.sips.put
    return SipFacts(
        activity_id=sip.activity_id, unit_id=sip.unit_id, contact_id=sip.contact_id, need_on=TODAY, need_why="Vård"
    )


def _seen(value: Any, seen: int | None) -> int:
    return int(value.version) if seen is None else seen


SIPS = {
    "sip.begun": Case(
        asked=lambda stage, _: sips.begin_sip(somebody(989), _needed(stage), consent=to_sip(), submit=True),
        who=COORDINATORS,
        names=new,
        touches=_BEGINS,
    ),
    "sip.begun as a draft": Case(
        asked=lambda stage, _: sips.begin_sip(somebody(989), _needed(stage)),
        who={"karin"},
        names=new,
        touches=_BEGINS,
    ),
    "sip.put": Case(
        asked=lambda stage, seen: sips.put_sip(stage.sips.draft.id, consent=to_sip(), seen=seen),
        who={"karin"},
        names=_of("draft"),
        touches=_BEGINS,
        takes_version=True,
    ),
    "sip.prepared": Case(
        asked=lambda stage, seen: sips.prepare_sip(
            stage.sips.put.id, Preparation(important="Att få sova"), seen=_seen(stage.sips.put, seen)
        ),
        who={"karin"},
        names=_of("put"),
        touches={Topic.CASES},
        takes_version=True,
    ),
    "sip.party_added": Case(
        asked=lambda stage, _: sips.add_party(stage.sips.put.id, PartyKind.PERSONEN),
        who={"karin"},
        names=_of("put"),
        touches={Topic.CASES},
    ),
    "sip.party_removed": Case(
        asked=lambda stage, _: sips.remove_party(stage.sips.planned.id),
        who={"karin"},
        names=_of("called"),
        touches={Topic.CASES},
    ),
    "sip.meeting_set": Case(
        asked=lambda stage, seen: sips.set_sip_meeting(
            stage.sips.put.id, on=LATER, time="9.00", place="Rum 1", seen=_seen(stage.sips.put, seen)
        ),
        who={"karin"},
        names=_of("put"),
        touches={Topic.CASES},
        takes_version=True,
    ),
    "sip.invited": Case(
        asked=lambda stage, _: sips.invite(stage.sips.planned.id),
        who={"karin"},
        names=_of("called"),
        touches={Topic.CASES, Topic.CONSENTS},
    ),
    "sip.letter_given": Case(
        asked=lambda stage, _: sip_papers.give_sip_letter(stage.sips.planned.id, AskingChoice(), act=Act.UTSKRIFT),
        who={"karin"},
        names=_of("called"),
        touches={Topic.CASES, Topic.CONSENTS},
    ),
    "sip.agenda_given": Case(
        asked=lambda stage, _: sip_papers.give_sip_agenda(stage.sips.called.id, (PERSON,), act=Act.UTSKRIFT),
        who=COORDINATORS,
        names=_of("called"),
        touches={Topic.CONSENTS},
    ),
    "sip.plan_given": Case(
        asked=lambda stage, _: sip_papers.give_sip_plan(stage.sips.finished.id, PERSON, edition=1, act=Act.UTSKRIFT),
        who=COORDINATORS,
        names=_of("finished"),
        touches={Topic.CONSENTS},
    ),
    "sip.template_changed": Case(
        asked=lambda _, __: sip_papers.set_sip_template(
            SipTemplate(points="Mål"), seen=founding.reference_sip_template()
        ),
        who=COORDINATORS | {"nils", "nora"},
        names=lambda _, __: ("", ""),
        touches={Topic.SETTINGS, Topic.CONTACTS},
    ),
    "sip.answered": Case(
        asked=lambda stage, seen: sips.answer_invitation(stage.sips.invited.id, SipAnswer.KOMMER, seen=seen),
        who=COORDINATORS | AT_FK | {"nora"},
        names=_of("called"),
        touches={Topic.CASES},
        takes_version=True,
    ),
    "sip.ended": Case(
        asked=lambda stage, seen: sips.end_sip(stage.sips.put.id, on=TODAY, evaluation="Det blev bra", seen=seen),
        who=COORDINATORS,
        names=_of("put"),
        touches={Topic.CASES},
        takes_version=True,
    ),
    "sip.plan_written": Case(
        asked=lambda stage, seen: sip_plans.write_plan(stage.sips.called.id, PlanFacts(needed="Vård"), seen=seen),
        who={"karin"},
        names=_of("called"),
        touches={Topic.CASES},
        takes_version=True,
    ),
    "sip.plan_finished": Case(
        asked=lambda stage, seen: sip_plans.finish_plan(stage.sips.called.id, seen=seen),
        who={"karin"},
        names=_of("called"),
        touches={Topic.CASES},
        takes_version=True,
    ),
    "sip.plan_amended": Case(
        asked=lambda stage, _: sip_plans.amend_plan(stage.sips.finished.id, reason="Flyttat"),
        who={"karin"},
        names=_of("finished"),
        touches={Topic.CASES},
    ),
    "sip.commitment_made": Case(
        asked=lambda stage, _: sip_plans.commit_in_sip(stage.sips.invited.id, what="Ringer läkaren"),
        who=COORDINATORS | AT_FK,
        names=_of("called"),
        touches={Topic.CASES},
    ),
    "sip.commitment_changed": Case(
        asked=lambda stage, seen: sip_plans.change_sip_commitment(
            stage.sips.promised.id, what="Ringer", due_on=LATER, seen=_seen(stage.sips.promised, seen)
        ),
        who={"karin"} | AT_FK,
        names=_of("called"),
        touches={Topic.CASES},
        takes_version=True,
    ),
    "sip.commitment_dropped": Case(
        asked=lambda stage, _: sip_plans.drop_sip_commitment(stage.sips.promised.id),
        who=COORDINATORS | AT_FK,
        names=_of("called"),
        touches={Topic.CASES},
    ),
    "sip.commitment_done": Case(
        asked=lambda stage, _: sip_plans.finish_sip_commitment(stage.sips.promised.id),
        who=COORDINATORS | AT_FK,
        names=_of("called"),
        touches={Topic.CASES},
    ),
}
