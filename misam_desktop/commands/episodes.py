"""Enrolment, change of uppdragsgivare, handläggare or samordnare, discharge and its undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from misam_desktop.domain import episode as rules
from misam_desktop.domain import follow_up as follow_ups
from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Anchor, Schedule
from misam_desktop.domain.episode import Assignment, AssignmentRole, Discharge, Episode
from misam_desktop.domain.follow_up import FollowUp
from misam_desktop.domain.ids import ContactId, EpisodeId, FollowUpId, ReferralId, UnitId
from misam_desktop.domain.referral import FutureDate, mark_enrolled
from misam_desktop.store import rows, tables
from misam_desktop.vault import Topic, Tx, command

_TOUCHES = (Topic.CASES, Topic.FOLLOW_UPS)


@command("episode.enrolled", needs=May.ENROL, touches=_TOUCHES)
def enrol(
    tx: Tx,
    referral_id: ReferralId,
    *,
    enrolled_on: date,
    commissioner_id: UnitId,
    case_worker_id: ContactId | None = None,
    case_lead_id: ContactId | None = None,
    team: str = "",
    seen: int | None = None,
) -> Episode:
    """Begin the episode of an accepted referral, with its follow-ups. samordnare may come later."""
    referral = tx.referral(referral_id, seen=seen)
    rules.must_begin_after(enrolled_on, referred_on=referral.referred_on, today=tx.today)
    episode = Episode(
        id=EpisodeId(tx.new_id()),
        person_id=referral.person_id,
        activity_id=referral.activity_id,
        referral_id=referral.id,
        enrolled_on=enrolled_on,
        commissioner_id=commissioner_id,
        case_worker_id=case_worker_id,
        case_lead_id=case_lead_id,
        team=team,
    )
    enrolled = mark_enrolled(referral, episode.id)
    rows.episodes.add(tx.conn, episode)
    rows.referrals.save(tx.conn, enrolled)
    tx.about(episode.id, episode.person_id)
    _note_first_assignments(tx, episode)
    plan_follow_ups(tx, episode, until=tx.today)
    return episode


def _note_first_assignments(tx: Tx, episode: Episode) -> None:
    on = episode.enrolled_on
    _assign(tx, episode, AssignmentRole.COMMISSIONER, from_on=on, unit_id=episode.commissioner_id)
    _assign(tx, episode, AssignmentRole.CASE_WORKER, from_on=on, contact_id=episode.case_worker_id)
    _assign(tx, episode, AssignmentRole.CASE_LEAD, from_on=on, contact_id=episode.case_lead_id)


def _assign(
    tx: Tx,
    episode: Episode,
    role: AssignmentRole,
    *,
    from_on: date,
    unit_id: UnitId | None = None,
    contact_id: ContactId | None = None,
) -> None:
    if unit_id is None and contact_id is None:
        return
    assignment = Assignment(
        id=tx.new_id(),
        episode_id=episode.id,
        role=role,
        unit_id=unit_id,
        contact_id=contact_id,
        from_on=from_on,
    )
    rows.assignments.add(tx.conn, assignment)


@command("episode.reassigned", needs=May.REASSIGN, touches=_TOUCHES)
def reassign(
    tx: Tx,
    episode_id: EpisodeId,
    role: AssignmentRole,
    *,
    from_on: date,
    unit_id: UnitId | None = None,
    contact_id: ContactId | None = None,
    seen: int | None = None,
) -> Episode:
    """Change uppdragsgivare, handläggare or samordnare from a day; open follow-ups move with their owner."""
    before = tx.episode(episode_id, seen=seen)
    if from_on > tx.today:
        raise FutureDate(field="from_on")
    after = rules.reassign(before, role, unit_id=unit_id, contact_id=contact_id)
    _assign(tx, before, role, from_on=from_on, unit_id=unit_id, contact_id=contact_id)
    _hand_over_follow_ups(tx, before, after)
    return rows.episodes.save(tx.conn, after)


def _hand_over_follow_ups(tx: Tx, before: Episode, after: Episode) -> None:
    new_owner = {before.case_worker_id: after.case_worker_id, before.case_lead_id: after.case_lead_id}
    for follow_up in filter(follow_ups.is_open, follow_ups_of(tx, before.id)):
        owner_id = new_owner.get(follow_up.owner_id, follow_up.owner_id)
        if owner_id != follow_up.owner_id:
            rows.follow_ups.save(tx.conn, follow_ups.hand_over(follow_up, owner_id))


@command("episode.discharged", needs=May.DISCHARGE, touches=_TOUCHES)
def discharge(tx: Tx, episode_id: EpisodeId, facts: Discharge, *, seen: int | None = None) -> Episode:
    """End an episode; its open follow-ups are cancelled with it."""
    episode = tx.episode(episode_id, seen=seen)
    ended = rules.discharge(episode, facts, today=tx.today)
    for follow_up in filter(follow_ups.is_open, follow_ups_of(tx, episode.id)):
        rows.follow_ups.save(tx.conn, follow_ups.cancel(follow_up, on=facts.on))
    saved = rows.episodes.save(tx.conn, ended)
    plan_follow_ups(tx, saved, until=tx.today)
    return saved


@command("episode.discharge_undone", needs=May.DISCHARGE, touches=_TOUCHES)
def undo_discharge(tx: Tx, episode_id: EpisodeId, *, seen: int | None = None) -> Episode:
    """Open an episode again that was ended by mistake, and revive the follow-ups that its end cancelled."""
    episode = tx.episode(episode_id, seen=seen)
    reopened = rules.undo_discharge(episode)
    table = tables.referral
    if rows.referrals.where(tx.conn, table.c.earlier_episode_id == episode.id, table.c.withdrawn_on.is_(None)):
        raise rules.HasNewEpisode
    for follow_up in follow_ups_of(tx, episode.id):
        if follow_up.anchor is Anchor.DISCHARGE:
            rows.follow_ups.save(tx.conn, follow_ups.cancel(follow_up, on=tx.today))
        elif follow_up.cancelled_on is not None:
            rows.follow_ups.save(tx.conn, follow_ups.revive(follow_up))
    saved = rows.episodes.save(tx.conn, reopened)
    plan_follow_ups(tx, saved, until=tx.today)
    return saved


@command("episode.team_changed", needs=May.REASSIGN, touches=Topic.CASES)
def change_team(tx: Tx, episode_id: EpisodeId, *, team: str, seen: int | None = None) -> Episode:
    """Say who works around the person, in words."""
    episode = tx.episode(episode_id, seen=seen)
    rules.must_be_open(episode)
    return rows.episodes.save(tx.conn, replace(episode, team=team.strip()))


def follow_ups_of(tx: Tx, episode_id: EpisodeId) -> list[FollowUp]:
    """Every follow-up of an episode, by due date."""
    table = tables.follow_up
    return rows.follow_ups.where(tx.conn, table.c.episode_id == episode_id, order_by=[table.c.due_on])


def plan_follow_ups(tx: Tx, episode: Episode, *, until: date, only_ahead: bool = False) -> None:
    """Store the follow-ups that the activity's schedules ask for and the episode lacks.

    ``only_ahead`` leaves out those whose day has passed: an imported episode does not begin with old debts.
    """
    schedules = rows.activities.get(tx.conn, episode.activity_id).settings.schedules
    have = follow_ups_of(tx, episode.id)
    lacking = [
        _planned(tx, episode, schedule, months=months, due_on=due_on)
        for anchor, anchor_on in _anchors(tx, episode).items()
        for schedule, months, due_on in follow_ups.missing(schedules, anchor, anchor_on, have=have, until=until)
        if not only_ahead or due_on >= tx.today
    ]
    rows.follow_ups.add_all(tx.conn, lacking)


def _anchors(tx: Tx, episode: Episode) -> dict[Anchor, date]:
    if episode.discharged_on is not None:
        return {Anchor.DISCHARGE: episode.discharged_on}
    decided_on = rows.referrals.get(tx.conn, episode.referral_id).outcome_on
    anchors = {Anchor.ENROLMENT: episode.enrolled_on}
    return anchors | ({Anchor.DECISION: decided_on} if decided_on else {})


def _planned(tx: Tx, episode: Episode, schedule: Schedule, *, months: int, due_on: date) -> FollowUp:
    return FollowUp(
        id=FollowUpId(tx.new_id()),
        episode_id=episode.id,
        anchor=schedule.anchor,
        months=months,
        due_on=due_on,
        original_due_on=due_on,
        owner_id=episode.case_lead_id if schedule.by == "case_lead" else episode.case_worker_id,
    )
