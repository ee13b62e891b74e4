"""Every command of the program once: how it is asked for, what its log entry names, and who may do it.

Written by hand, so that a change of who may shows here and nowhere else. The stage is a store in which each of them
can be done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from misam_desktop.commands import (
    commitments,
    consents,
    contacts,
    disclosures,
    drafts,
    episodes,
    follow_ups,
    forum,
    hand_outs,
    lists,
    log_review,
    persons,
    protection,
    referrals,
    shut_outs,
)
from misam_desktop.documents.phrases import Language
from misam_desktop.documents.scans import Checked
from misam_desktop.domain.codes import (
    Act,
    Agency,
    Education,
    ExportPurpose,
    InfoKind,
    ListColumn,
    Livelihood,
    Outcome,
    Presence,
    Recipient,
    RereferralReason,
    ReviewGround,
    ReviewVerdict,
)
from misam_desktop.domain.episode import AssignmentRole
from misam_desktop.domain.gate import To
from misam_desktop.domain.ids import ContactId, UserId
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.vault import Request, Topic
from tests.commands.stage import Stage
from tests.commands.worlds import AF, FK, IFO, MISAM, REGION, agrees, asks, ends, found, somebody
from tests.conftest import TODAY

SCAN = Checked("image/png", b"a picture")

# Who they are: see ``tests.commands.stage``.
COORDINATORS = {"karin", "kim"}
AT_THE_UNIT = {"jonas", "olle"}
ON_THE_CASE = COORDINATORS | {"jonas", "pia"}
WITH_REFERRALS = COORDINATORS | AT_THE_UNIT
READS_ALL_OF_IT = {"karin"} | AT_THE_UNIT
WITH_CONTACTS = {"karin", "kim", "nils", "ada"}
EVERYBODY = {"karin", "kim", "nils", "jonas", "olle", "pia", "lena", "ada", "bo", "nora"}


Asked = Callable[[Stage, int | None], Request[Any]]
Named = Callable[[Stage, Any], tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One way to ask for a command. ``asked`` takes the version that was seen, where the command asks for one.

    ``beside`` is how many more entries it leaves, of the other records that it touches.
    """

    asked: Asked
    who: set[str]
    names: Named
    touches: set[Topic]
    takes_version: bool = False
    beside: int = 0


def new(_: Stage, value: Any) -> tuple[str, str]:
    return value.id, getattr(value, "person_id", "")


def _of(name: str) -> Named:
    return lambda stage, _: (getattr(stage, name).id, getattr(getattr(stage, name), "person_id", ""))


def _of_referral_of_episode(stage: Stage, _: Any) -> tuple[str, str]:
    return stage.episode.referral_id, stage.episode.person_id


def _new_on_episode(stage: Stage, value: Any) -> tuple[str, str]:
    return value.id, stage.episode.person_id


_REFERRAL = {Topic.CASES, Topic.PERSONS, Topic.CONSENTS}
_EPISODE = {Topic.CASES, Topic.FOLLOW_UPS}

EVERY = {
    "referral.made": Case(
        asked=lambda _, __: referrals.make_referral(somebody(989), asks(), consent=agrees(), submit=True),
        who=WITH_REFERRALS,
        names=new,
        touches=_REFERRAL,
    ),
    "referral.made as a draft": Case(
        asked=lambda _, __: referrals.make_referral(somebody(989), asks(), submit=False),
        who=AT_THE_UNIT,
        names=new,
        touches=_REFERRAL,
    ),
    "referral.rereferred": Case(
        asked=lambda stage, _: referrals.refer_again(
            stage.ended.id, asks(), reason=RereferralReason.INTE_HALLIT, not_held="Praktiken", consent=agrees()
        ),
        who=WITH_REFERRALS,
        names=new,
        touches=_REFERRAL,
    ),
    "referral.changed": Case(
        asked=lambda stage, seen: referrals.change_referral(
            stage.waiting.id, somebody(984), asks(sgi0=True), seen=stage.waiting.version if seen is None else seen
        ),
        who=READS_ALL_OF_IT,
        names=_of("waiting"),
        touches=_REFERRAL,
        takes_version=True,
    ),
    "referral.submitted": Case(
        asked=lambda stage, seen: referrals.submit_referral(stage.draft.id, consent=agrees(), seen=seen),
        who=AT_THE_UNIT,
        names=_of("draft"),
        touches=_REFERRAL,
        takes_version=True,
    ),
    "referral.withdrawn": Case(
        asked=lambda stage, seen: referrals.withdraw_referral(stage.waiting.id, why="Dubblett", seen=seen),
        who=WITH_REFERRALS,
        names=_of("waiting"),
        touches={Topic.CASES},
        takes_version=True,
    ),
    "referral.reviewed": Case(
        asked=lambda stage, seen: referrals.confirm_waiting(stage.waiting.id, seen=seen),
        who=WITH_REFERRALS,
        names=_of("waiting"),
        touches={Topic.CASES},
        takes_version=True,
    ),
    "person.corrected": Case(
        asked=lambda stage, seen: persons.correct_person(
            stage.episode.id, somebody(983, phone="070-174 06 05"), seen=1 if seen is None else seen
        ),
        who=ON_THE_CASE,
        names=_of("episode"),
        touches={Topic.PERSONS, Topic.CASES},
        takes_version=True,
    ),
    "person.protection_set": Case(
        asked=lambda stage, seen: protection.protect(
            stage.waiting.id, [UserId("user-kim")], seen=1 if seen is None else seen
        ),
        who=WITH_REFERRALS,
        names=_of("waiting"),
        touches={Topic.PERSONS, Topic.CASES},
        takes_version=True,
    ),
    "person.protection_lifted": Case(
        asked=lambda stage, seen: protection.lift_protection(stage.waiting.id, seen=1 if seen is None else seen),
        who=WITH_REFERRALS,
        names=_of("waiting"),
        touches={Topic.PERSONS, Topic.CASES},
        takes_version=True,
    ),
    "consent.recorded": Case(
        asked=lambda stage, _: consents.record_consent(stage.waiting.id, agrees()),
        who=WITH_REFERRALS,
        names=_of("waiting"),
        touches={Topic.CONSENTS, Topic.CASES},
    ),
    "consent.withdrawn": Case(
        asked=lambda stage, _: consents.withdraw_consent(stage.consent_id, on=TODAY),
        who=WITH_REFERRALS,
        names=lambda stage, _: (stage.consent_id, stage.waiting.person_id),
        touches={Topic.CONSENTS, Topic.CASES},
    ),
    "consent.renewed": Case(
        asked=lambda stage, _: consents.renew_consent(stage.consent_id, until_on=None, paper_at="Pärm 4"),
        who=WITH_REFERRALS,
        names=new,
        touches={Topic.CONSENTS, Topic.CASES},
    ),
    "case.shared": Case(
        asked=lambda stage, _: disclosures.share_case(
            stage.waiting.id, unit_ids=(IFO,), kinds=(InfoKind.GRUNDUPPGIFTER,)
        ),
        who=WITH_REFERRALS,
        names=_of("waiting"),
        touches={Topic.CASES, Topic.CONSENTS},
    ),
    "case.handed_out": Case(
        asked=lambda stage, _: hand_outs.hand_out(
            stage.waiting.id,
            to=[To(recipient=Recipient.ENHET, unit_id=IFO)],
            act=Act.UTSKRIFT,
            seen=(InfoKind.GRUNDUPPGIFTER,),
        ),
        who=WITH_REFERRALS,
        names=_of("waiting"),
        touches={Topic.CONSENTS},
    ),
    "list.copied": Case(
        asked=lambda stage, _: lists.copy_list([stage.waiting.id]),
        who=WITH_REFERRALS,
        names=_of("waiting"),
        touches=set(),
    ),
    "list.exported": Case(
        asked=lambda stage, _: lists.export_list(
            {stage.waiting.id: frozenset({InfoKind.GRUNDUPPGIFTER})},
            to=To(recipient=Recipient.ENHET, unit_id=IFO),
            purpose=ExportPurpose.AVSTAMNING,
            columns=(ListColumn.NUMBER,),
        ),
        who=WITH_REFERRALS,
        names=_of("waiting"),
        touches={Topic.CONSENTS},
    ),
    "case.shut_out": Case(
        asked=lambda stage, _: shut_outs.shut_out(stage.episode.referral_id, ContactId("contact-olle")),
        who=ON_THE_CASE,
        names=_of_referral_of_episode,
        touches={Topic.CASES},
    ),
    "case.let_in": Case(
        asked=lambda stage, _: shut_outs.let_in(stage.episode.referral_id, ContactId("contact-olle")),
        who=ON_THE_CASE,
        names=_of_referral_of_episode,
        touches={Topic.CASES},
    ),
    "case.stepped_aside": Case(
        asked=lambda stage, _: shut_outs.step_aside(stage.waiting.id),
        who=WITH_REFERRALS,
        names=_of("waiting"),
        touches={Topic.CASES},
    ),
    "consent.scan_added": Case(
        asked=lambda stage, _: consents.add_scan(stage.consent_id, SCAN),
        who=WITH_REFERRALS,
        names=lambda stage, _: (stage.consent_id, stage.waiting.person_id),
        touches={Topic.CONSENTS},
    ),
    "consent.scan_removed": Case(
        asked=lambda stage, _: consents.remove_scan(stage.consent_id),
        who=WITH_REFERRALS,
        names=lambda stage, _: (stage.consent_id, stage.waiting.person_id),
        touches={Topic.CONSENTS},
    ),
    "person.informed": Case(
        asked=lambda stage, _: consents.record_informed(stage.waiting.id, on=TODAY),
        who=WITH_REFERRALS,
        names=_of("waiting"),
        touches={Topic.PERSONS},
    ),
    "consent.form_made": Case(
        asked=lambda stage, _: consents.make_form(Language.SV, case_id=stage.waiting.id),
        who=WITH_REFERRALS,
        names=_of("waiting"),
        touches=set(),
    ),
    "consent.receipt_made": Case(
        asked=lambda stage, _: consents.make_receipt(stage.withdrawn_id, Language.SV_LATT),
        who=WITH_REFERRALS,
        names=lambda stage, _: (stage.withdrawn_id, stage.taken_back.person_id),
        touches=set(),
    ),
    "log.reviewed": Case(
        asked=lambda stage, _: log_review.review_entry(stage.seq, ReviewGround.SAMPLE, ReviewVerdict.UTAN_ANMARKNING),
        who=COORDINATORS,
        names=lambda stage, _: (str(stage.seq), ""),
        touches={Topic.LOG},
    ),
    "meeting.planned": Case(
        asked=lambda _, __: forum.plan_meeting(MISAM, on=date(2026, 11, 26)),
        who=COORDINATORS,
        names=new,
        touches={Topic.MEETINGS},
    ),
    "meeting.opened": Case(
        asked=lambda _, __: forum.open_forum(MISAM, on=date(2026, 11, 23)),
        who=COORDINATORS,
        names=new,
        touches={Topic.MEETINGS},
    ),
    "meeting.attendance_recorded": Case(
        asked=lambda stage, _: forum.record_attendance(stage.meeting.id, Agency.FK, Presence.VIDEO),
        who=COORDINATORS,
        names=_of("meeting"),
        touches={Topic.MEETINGS},
    ),
    "meeting.closed": Case(
        asked=lambda stage, _: forum.close_forum(stage.meeting.id),
        who=COORDINATORS,
        names=_of("meeting"),
        touches={Topic.MEETINGS},
    ),
    "meeting.cancelled": Case(
        asked=lambda _, __: forum.cancel_forum(MISAM, on=date(2026, 11, 26), why="Sjukdom"),
        who=COORDINATORS,
        names=new,
        touches={Topic.MEETINGS},
    ),
    "meeting.moved of a forum": Case(
        asked=lambda stage, _: forum.move_meeting(stage.planned.id, on=date(2026, 12, 4)),
        who=COORDINATORS,
        names=_of("planned"),
        touches={Topic.MEETINGS},
    ),
    "meeting.reopened": Case(
        asked=lambda stage, _: forum.reopen_forum(stage.closed.id),
        who=COORDINATORS,
        names=_of("closed"),
        touches={Topic.MEETINGS},
    ),
    "forum.outcome_recorded": Case(
        asked=lambda stage, seen: forum.record_outcome(
            stage.waiting.id, Outcome.ANTAS, meeting_id=stage.meeting.id, seen=seen
        ),
        who=COORDINATORS,
        names=_of("waiting"),
        touches={Topic.CASES, Topic.MEETINGS},
        takes_version=True,
    ),
    "forum.outcome_taken_back": Case(
        asked=lambda stage, seen: forum.take_back_outcome(stage.returned.id, seen=seen),
        who=COORDINATORS,
        names=_of("returned"),
        touches={Topic.CASES, Topic.MEETINGS},
        takes_version=True,
    ),
    "episode.enrolled": Case(
        asked=lambda stage, seen: episodes.enrol(stage.accepted.id, enrolled_on=TODAY, commissioner_id=IFO, seen=seen),
        who=COORDINATORS,
        names=new,
        touches=_EPISODE,
        takes_version=True,
    ),
    "episode.reassigned": Case(
        asked=lambda stage, seen: episodes.reassign(
            stage.episode.id, AssignmentRole.COMMISSIONER, from_on=TODAY, unit_id=AF, seen=seen
        ),
        who=ON_THE_CASE,
        names=_of("episode"),
        touches=_EPISODE,
        takes_version=True,
    ),
    "episode.discharged": Case(
        asked=lambda stage, seen: episodes.discharge(stage.episode.id, ends(), seen=seen),
        who=ON_THE_CASE,
        names=_of("episode"),
        touches=_EPISODE,
        takes_version=True,
    ),
    "episode.discharge_undone": Case(
        asked=lambda stage, seen: episodes.undo_discharge(stage.ended.id, seen=seen),
        who=COORDINATORS,
        names=_of("ended"),
        touches=_EPISODE,
        takes_version=True,
    ),
    "episode.entry_completed": Case(
        asked=lambda stage, seen: episodes.complete_entry(
            stage.episode.id,
            education=Education.GYMNASIUM,
            livelihoods=Livelihoods((Livelihood.FORSORJNINGSSTOD,)),
            support_months=30,
            seen=4 if seen is None else seen,
        ),
        who=READS_ALL_OF_IT,
        names=_of("episode"),
        touches={Topic.CASES},
        takes_version=True,
    ),
    "episode.team_changed": Case(
        asked=lambda stage, seen: episodes.change_team(stage.episode.id, team="Af, FK", seen=seen),
        who=ON_THE_CASE,
        names=_of("episode"),
        touches={Topic.CASES},
        takes_version=True,
    ),
    "commitment.made": Case(
        asked=lambda stage, _: commitments.make_commitment(stage.episode.id, what="Ringer", unit_id=FK, due_on=TODAY),
        who=ON_THE_CASE | {"lena"},
        names=_new_on_episode,
        touches={Topic.CASES},
    ),
    "commitment.finished": Case(
        asked=lambda stage, _: commitments.finish_commitment(stage.commitment_id),
        who=ON_THE_CASE | AT_THE_UNIT,
        names=_new_on_episode,
        touches={Topic.CASES},
    ),
    "commitment.reopened": Case(
        asked=lambda stage, _: commitments.reopen_commitment(stage.done_id),
        who=ON_THE_CASE | AT_THE_UNIT,
        names=_new_on_episode,
        touches={Topic.CASES},
    ),
    "follow_up.recorded": Case(
        asked=lambda stage, seen: follow_ups.record_follow_up(stage.follow_up.id, found(), seen=seen),
        who=ON_THE_CASE,
        names=_new_on_episode,
        touches=_EPISODE,
        takes_version=True,
    ),
    "follow_up.not_reached": Case(
        asked=lambda stage, seen: follow_ups.not_reached(
            stage.follow_up.id, tried_on=TODAY, retry_on=date(2026, 12, 1), seen=seen
        ),
        who=ON_THE_CASE,
        names=_new_on_episode,
        touches=_EPISODE,
        takes_version=True,
    ),
    "follow_up.moved": Case(
        asked=lambda stage, seen: follow_ups.move_follow_up(
            stage.follow_up.id, to=date(2027, 3, 1), why="Semester", seen=seen
        ),
        who=ON_THE_CASE,
        names=_new_on_episode,
        touches=_EPISODE,
        takes_version=True,
    ),
    "contact.added": Case(
        asked=lambda _, __: contacts.add_contact(name="Ulla Ek", unit_id=REGION),
        who=WITH_CONTACTS,
        names=new,
        touches={Topic.CONTACTS},
    ),
    "contact.changed": Case(
        asked=lambda stage, seen: contacts.change_contact(
            replace(stage.contact, phone="070", version=stage.contact.version if seen is None else seen)
        ),
        who=WITH_CONTACTS,
        names=new,
        touches={Topic.CONTACTS},
        takes_version=True,
    ),
    "unit.added": Case(
        asked=lambda _, __: contacts.add_unit(agency=Agency.REGION, name="Boliden hälsocentral"),
        who=WITH_CONTACTS,
        names=new,
        touches={Topic.CONTACTS},
    ),
    "unit.changed": Case(
        asked=lambda stage, seen: contacts.change_unit(
            replace(stage.unit, short="Kassan", version=stage.unit.version if seen is None else seen)
        ),
        who=WITH_CONTACTS,
        names=new,
        touches={Topic.CONTACTS},
        takes_version=True,
    ),
    "draft.kept": Case(
        asked=lambda _, __: drafts.keep_draft("referral", "", "{}"),
        who=EVERYBODY,
        names=new,
        touches={Topic.DRAFTS},
    ),
    "draft.dropped": Case(
        asked=lambda _, __: drafts.drop_draft("follow_up", "nothing kept"),
        who=EVERYBODY,
        names=lambda _, __: ("", ""),
        touches={Topic.DRAFTS},
    ),
}


def event_of(case: str) -> str:
    """The event in the log that a case leaves."""
    return case.partition(" ")[0]
