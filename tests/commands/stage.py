"""The store in which every command of the program can be done, and the colleagues who try to.

Karin coordinates and commissions, jonas refers and follows up, olle is his colleague, pia is the
samordnare from Fk, lena her colleague; kim coordinates from a unit that no consent names, nils another activity. Nora
leads the NAFS team, to which jonas puts his cases.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from misam_desktop.commands import agenda, commitments, consents, forum, goals, item_steps, nafs_cases
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.codes import Outcome, Purpose, Role
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.follow_up import FollowUp
from misam_desktop.domain.goal import Goal, Reached, Whom
from misam_desktop.domain.ids import ActivityId, CaseId, CommitmentId, ConsentId, ContactId
from misam_desktop.domain.intake import ConsentFacts
from misam_desktop.domain.item_steps import ItemStep
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.nafs import NafsCase, NafsFacts, Question
from misam_desktop.domain.people import Contact, Unit
from misam_desktop.domain.referral import Referral
from misam_desktop.store import founding, rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Vault, actor_of
from tests.commands import worlds
from tests.commands.stage_asked import Beside, set_asked
from tests.commands.stage_sips import Sips, set_sips
from tests.commands.worlds import AF, AME, FK, IFO, MISAM, REGION, agrees, somebody
from tests.conftest import CLOCK, TODAY

TEAM = ActivityId("nafs-norr")


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
    planned: Meeting
    commitment_id: CommitmentId
    done_id: CommitmentId
    consent_id: ConsentId
    taken_back: Referral
    withdrawn_id: ConsentId
    seq: int
    contact: Contact
    unit: Unit
    nafs: Nafs
    sips: Sips
    beside: Beside
    goal: Goal


@dataclass(frozen=True, slots=True, kw_only=True)
class Nafs:
    """A draft, a case that is put to the team, and one on the agenda of a meeting that was held, with its questions."""

    draft: NafsCase
    put: NafsCase
    case: NafsCase
    asked: Question
    answered: Question
    meeting: Meeting
    item: AgendaItem
    taken_up: NafsCase
    held: Meeting
    held_item: AgendaItem


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
    withdrawn = to_samverkan(karin, taken_back.id)
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
        planned=karin.do(forum.plan_meeting(MISAM, on=date(2026, 12, 10))).value,
        commitment_id=commitment.id,
        done_id=done.id,
        consent_id=to_samverkan(karin, waiting.id).id,
        contact=worlds.one(karin, rows.contacts, worlds.contact_of(pia)),
        unit=worlds.one(karin, rows.units, FK),
        nafs=_nafs(karin, jonas),
        sips=set_sips(karin),
        beside=set_asked(karin, jonas),
        goal=_goal(karin),
    )


def _goal(karin: Vault) -> Goal:
    goal = Goal(code="mal_1", name="Till arbete", reached=Reached.ARBETE, of=Whom.AVSLUTADE, target=35)
    karin.do(goals.set_goals(MISAM, [goal], seen=1))
    return goal


def to_samverkan(karin: Vault, case_id: CaseId) -> Consent:
    """The consent to samverkan of a case, which has another to statistics beside it."""
    found = worlds.all_of(karin, rows.consents)
    return next(one for one in found if (one.case_id, one.purpose) == (case_id, Purpose.SAMVERKAN))


def to_nafs() -> ConsentFacts:
    """A consent to NAFS between who asks, who is asked and who leads the meeting."""
    return agrees(purposes=(Purpose.NAFS,), unit_ids=(AF, FK, IFO, AME))


def raises(contact_id: ContactId) -> NafsFacts:
    """Somebody raises a case for Af."""
    return NafsFacts(activity_id=TEAM, unit_id=AF, raised_by=contact_id, raised_on=TODAY)


def _nafs(karin: Vault, jonas: Vault) -> Nafs:
    with writing(karin._engine) as conn:
        rows.activities.add(conn, founding.reference_activity("nafs", activity_id=TEAM, name="NAFS Norr"))
        nora = next(user for user in rows.users.where(conn) if user.login == "nora")
    leads = worlds.proven(Vault(karin._engine, actor_of(nora), CLOCK))
    put, case, earlier = (_raised(jonas, serial) for serial in (990, 991, 992))
    coming, held = (leads.do(forum.plan_meeting(TEAM, on=on)).value for on in (date(2026, 12, 16), TODAY))
    item, held_item = (
        jonas.do(agenda.put_on_agenda(meeting.id, one.id)).value for meeting, one in ((coming, case), (held, earlier))
    )
    leads.do(forum.open_forum(TEAM, on=TODAY))
    questions = [one for one in worlds.all_of(karin, rows.questions) if one.case_id == case.id]
    asked, answered = sorted(questions, key=lambda one: one.unit_id)
    return Nafs(
        draft=jonas.do(nafs_cases.raise_case(somebody(993), raises(worlds.contact_of(jonas)), submit=False)).value,
        put=put,
        case=worlds.one(karin, rows.nafs_cases, case.id),
        asked=asked,
        answered=leads.do(nafs_cases.answer_question(answered.id, "Ja, i januari")).value,
        meeting=coming,
        item=item,
        taken_up=earlier,
        held=_ticked(jonas, held_item, leads.do(forum.close_forum(held.id)).value),
        held_item=held_item,
    )


def _ticked(jonas: Vault, item: AgendaItem, meeting: Meeting) -> Meeting:
    """The closed meeting, to which a copy of the consent was brought."""
    jonas.do(item_steps.tick_step(item.id, ItemStep.CONSENT_BROUGHT))
    return meeting


def _raised(jonas: Vault, serial: int) -> NafsCase:
    questions = ((FK, "Kan sjukpenning prövas på nytt?"), (IFO, "Finns plats i sysselsättning?"))
    facts = raises(worlds.contact_of(jonas))
    made = nafs_cases.raise_case(somebody(serial), facts, questions=questions, consent=to_nafs(), submit=True)
    return jonas.do(made).value


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
