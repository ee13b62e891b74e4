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
    log_review,
    persons,
    referrals,
    shut_outs,
)
from misam_desktop.documents.phrases import Language
from misam_desktop.documents.scans import Checked
from misam_desktop.domain.codes import (
    Act,
    Agency,
    InfoKind,
    Outcome,
    Presence,
    Recipient,
    RereferralReason,
    ReviewGround,
    ReviewVerdict,
    Role,
)
from misam_desktop.domain.episode import AssignmentRole, Episode
from misam_desktop.domain.follow_up import FollowUp
from misam_desktop.domain.gate import To
from misam_desktop.domain.ids import ActivityId, CommitmentId, ConsentId, ContactId
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.people import Contact, Unit
from misam_desktop.domain.referral import Referral
from misam_desktop.store import rows
from misam_desktop.vault import Request, Topic, Vault
from tests.commands import worlds
from tests.commands.worlds import AF, FK, IFO, MISAM, REGION, agrees, asks, ends, found, somebody
from tests.conftest import TODAY

SCAN = Checked("image/png", b"a picture")

# Who they are: karin coordinates and commissions, jonas refers and follows up, olle is his colleague, pia is the
# samordnare from Fk, lena her colleague; kim coordinates from a unit that no consent names, nils another activity.
COORDINATORS = {"karin", "kim"}
AT_THE_UNIT = {"jonas", "olle"}
ON_THE_CASE = COORDINATORS | {"jonas", "pia"}
WITH_REFERRALS = COORDINATORS | AT_THE_UNIT
READS_ALL_OF_IT = {"karin"} | AT_THE_UNIT
WITH_CONTACTS = {"karin", "kim", "nils", "ada"}
EVERYBODY = {"karin", "kim", "nils", "jonas", "olle", "pia", "lena", "ada", "bo", "nora"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What the commands are done to."""

    draft: Referral
    waiting: Referral
    accepted: Referral
    returned: Referral
    episode: Episode
    ended: Episode
    follow_up: FollowUp
    meeting: Meeting
    closed: Meeting
    commitment_id: CommitmentId
    done_id: CommitmentId
    consent_id: ConsentId
    taken_back: Referral
    withdrawn_id: ConsentId
    seq: int
    contact: Contact
    unit: Unit


def set_stage(karin: Vault, jonas: Vault) -> Stage:
    """A store in which every command can be done."""
    _add_colleagues(karin)
    pia = worlds.colleague(karin, "pia", Role.HANDLAGGARE, unit_id=FK)
    forum_day = worlds.meeting(karin)
    returned = worlds.waiting(jonas, somebody(981))
    karin.do(forum.record_outcome(returned.id, Outcome.REGULJAR, meeting_id=forum_day.id))
    episode = worlds.enrolled(
        karin,
        worlds.waiting(jonas, somebody(983), consent=agrees(unit_ids=(AF, IFO, FK))),
        case_worker_id=worlds.contact_of(jonas),
        case_lead_id=worlds.contact_of(pia),
    )
    commitment, done = (
        karin.do(commitments.make_commitment(episode.id, what=what, unit_id=AF, due_on=None)).value
        for what in ("Bokar praktikplats", "Ringer läkaren")
    )
    karin.do(commitments.finish_commitment(done.id))
    waiting = worlds.waiting(jonas, somebody(984))
    taken_back = worlds.waiting(jonas, somebody(987))
    withdrawn = next(one for one in worlds.all_of(karin, rows.consents) if one.referral_id == taken_back.id)
    jonas.do(consents.withdraw_consent(withdrawn.id, on=TODAY))
    return Stage(
        taken_back=taken_back,
        withdrawn_id=withdrawn.id,
        seq=next(one.seq for one in worlds.entries(karin) if one.object_id == taken_back.id),
        draft=worlds.draft(jonas, somebody(985)),
        waiting=waiting,
        accepted=worlds.accepted(karin, worlds.waiting(jonas, somebody(986))),
        returned=worlds.one(karin, rows.referrals, returned.id),
        episode=episode,
        ended=worlds.discharged(karin, began=date(2026, 2, 2), day=date(2026, 11, 2)),
        follow_up=worlds.follow_ups(karin, episode)[0],
        meeting=forum_day,
        closed=_closed_meeting(karin),
        commitment_id=commitment.id,
        done_id=done.id,
        consent_id=next(one.id for one in worlds.all_of(karin, rows.consents) if one.referral_id == waiting.id),
        contact=worlds.one(karin, rows.contacts, worlds.contact_of(pia)),
        unit=worlds.one(karin, rows.units, FK),
    )


def _closed_meeting(karin: Vault) -> Meeting:
    day = worlds.on(karin, date(2026, 11, 19))
    return day.do(forum.close_forum(worlds.meeting(day, date(2026, 11, 19)).id)).value


def _add_colleagues(karin: Vault) -> None:
    worlds.colleague(karin, "olle", Role.HANDLAGGARE, unit_id=AF)
    worlds.colleague(karin, "lena", Role.HANDLAGGARE, unit_id=FK)
    worlds.colleague(karin, "kim", Role.KOORDINATOR, unit_id=REGION, activity_ids=(MISAM,))
    worlds.colleague(karin, "nils", Role.KOORDINATOR, unit_id=REGION, activity_ids=(ActivityId("annan"),))
    worlds.colleague(karin, "ada", Role.ADMINISTRATOR, unit_id=IFO)
    worlds.colleague(karin, "bo", Role.LEDNING, unit_id=IFO)
    worlds.colleague(karin, "nora", Role.NAFS_KOORDINATOR, unit_id=IFO)


Asked = Callable[[Stage, int | None], Request[Any]]
Named = Callable[[Stage, Any], tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One way to ask for a command. ``asked`` takes the version that was seen, where the command asks for one."""

    asked: Asked
    who: set[str]
    names: Named
    touches: set[Topic]
    takes_version: bool = False


def _new(_: Stage, value: Any) -> tuple[str, str]:
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
        names=_new,
        touches=_REFERRAL,
    ),
    "referral.made as a draft": Case(
        asked=lambda _, __: referrals.make_referral(somebody(989), asks(), submit=False),
        who=AT_THE_UNIT,
        names=_new,
        touches=_REFERRAL,
    ),
    "referral.rereferred": Case(
        asked=lambda stage, _: referrals.refer_again(
            stage.ended.id, asks(), reason=RereferralReason.INTE_HALLIT, not_held="Praktiken", consent=agrees()
        ),
        who=WITH_REFERRALS,
        names=_new,
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
    "consent.recorded": Case(
        asked=lambda stage, _: consents.record_consent(stage.waiting.id, agrees()),
        who=WITH_REFERRALS,
        names=_of("waiting"),
        touches={Topic.CONSENTS, Topic.CASES},
    ),
    "consent.withdrawn": Case(
        asked=lambda stage, _: consents.withdraw_consent(stage.consent_id, on=TODAY),
        who=WITH_REFERRALS,
        names=_new,
        touches={Topic.CONSENTS, Topic.CASES},
    ),
    "consent.renewed": Case(
        asked=lambda stage, _: consents.renew_consent(stage.consent_id, until_on=None, paper_at="Pärm 4"),
        who=WITH_REFERRALS,
        names=_new,
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
    "consent.scan_added": Case(
        asked=lambda stage, _: consents.add_scan(stage.consent_id, SCAN),
        who=WITH_REFERRALS,
        names=lambda stage, _: (stage.consent_id, stage.waiting.person_id),
        touches={Topic.CONSENTS},
    ),
    "consent.form_made": Case(
        asked=lambda stage, _: consents.make_form(Language.SV, referral_id=stage.waiting.id),
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
        names=_new,
        touches={Topic.MEETINGS},
    ),
    "meeting.opened": Case(
        asked=lambda _, __: forum.open_forum(MISAM, on=date(2026, 11, 23)),
        who=COORDINATORS,
        names=_new,
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
        names=_new,
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
        names=_new,
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
        names=_new,
        touches={Topic.CONTACTS},
    ),
    "contact.changed": Case(
        asked=lambda stage, seen: contacts.change_contact(
            replace(stage.contact, phone="070", version=stage.contact.version if seen is None else seen)
        ),
        who=WITH_CONTACTS,
        names=_new,
        touches={Topic.CONTACTS},
        takes_version=True,
    ),
    "unit.added": Case(
        asked=lambda _, __: contacts.add_unit(agency=Agency.REGION, name="Boliden hälsocentral"),
        who=WITH_CONTACTS,
        names=_new,
        touches={Topic.CONTACTS},
    ),
    "unit.changed": Case(
        asked=lambda stage, seen: contacts.change_unit(
            replace(stage.unit, short="Kassan", version=stage.unit.version if seen is None else seen)
        ),
        who=WITH_CONTACTS,
        names=_new,
        touches={Topic.CONTACTS},
        takes_version=True,
    ),
    "draft.kept": Case(
        asked=lambda _, __: drafts.keep_draft("referral", "", "{}"),
        who=EVERYBODY,
        names=_new,
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
