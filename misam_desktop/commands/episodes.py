"""Enrolment and what was known at it, change of uppdragsgivare, handläggare or samordnare, discharge and its undo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from misam_desktop.commands.asked import note_asked
from misam_desktop.commands.consents import deciding_consent
from misam_desktop.domain import episode as rules
from misam_desktop.domain import follow_up as follow_ups
from misam_desktop.domain.access import ForAnother, May
from misam_desktop.domain.activity import Schedule
from misam_desktop.domain.asked import AT_EXIT, AskedFacts, AskedWhat
from misam_desktop.domain.codes import Education
from misam_desktop.domain.consent import must_name
from misam_desktop.domain.episode import AssignmentRole, Discharge, Episode
from misam_desktop.domain.errors import Stale, UserError
from misam_desktop.domain.follow_up import FollowUp
from misam_desktop.domain.ids import ContactId, EpisodeId, ReferralId, UnitId
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.domain.referral import Referral, mark_enrolled
from misam_desktop.domain.shut_out import must_be_let_in
from misam_desktop.store import rows, subjects, tables
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
        team=team.strip(),
    )
    _must_be_named(tx, referral, unit_id=commissioner_id, contact_ids=(case_worker_id, case_lead_id))
    enrolled = mark_enrolled(referral, episode.id)
    _of_those_seen(tx, episode, rules.must_be_alone)
    rows.episodes.add(tx.conn, episode)
    rows.referrals.save(tx.conn, enrolled)
    tx.about(episode.id, episode.person_id)
    _note_first_assignments(tx, episode)
    plan_follow_ups(tx, episode, until=tx.today)
    return episode


def _of_those_seen(tx: Tx, episode: Episode, rule: Callable[[Episode, list[Episode]], None]) -> None:
    """Ask a rule about all the person's episodes; what it says of one beyond reach is not told. Raises ForAnother."""
    of_person = tables.episode.c.person_id.in_(subjects.same_person(tx.conn, episode.person_id))
    others = rows.episodes.where(tx.conn, of_person)
    rule(episode, [one for one in others if tx.allowed(subjects.of_episode(tx.conn, one), May.READ_CASE)])
    try:
        rule(episode, others)
    except UserError:
        raise ForAnother from None


def _note_first_assignments(tx: Tx, episode: Episode) -> None:
    first = [
        rules.assignment_of(episode, role, from_on=episode.enrolled_on, assignment_id=tx.new_id())
        for role in AssignmentRole
    ]
    rows.assignments.add_all(tx.conn, [one for one in first if one.unit_id or one.contact_id])


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
    history = rows.assignments.where(tx.conn, tables.assignment.c.episode_id == before.id)
    after = rules.reassign(
        before,
        role,
        unit_id=unit_id,
        contact_id=contact_id,
        from_on=from_on,
        since=rules.holds_since(before, role, history),
        today=tx.today,
    )
    referral = rows.referrals.get(tx.conn, before.referral_id)
    _must_be_named(tx, referral, unit_id=unit_id, contact_ids=(contact_id,))
    _note_assignment(tx, after, role, from_on=from_on, history=history)
    schedules = _schedules(tx, after)
    _save(tx, follow_ups.handed_over(follow_ups_of(tx, after.id), schedules, before=before, after=after))
    return rows.episodes.save(tx.conn, after)


def _must_be_named(
    tx: Tx, referral: Referral, *, unit_id: UnitId | None, contact_ids: Iterable[ContactId | None]
) -> None:
    """Whoever gets the case works at a unit that the consent names, or whose the case is; and is not shut out of it.

    Raises ConsentMissing, UnitOutsideConsent, IsShutOut.
    """
    contacts = [rows.contacts.get(tx.conn, one) for one in contact_ids if one is not None]
    units = {one.unit_id for one in contacts} | {unit_id for unit_id in (unit_id,) if unit_id is not None}
    field = "commissioner_id" if unit_id in units else "case_worker_id"
    must_name(deciding_consent(tx, referral, on=tx.today), units - {referral.home_id}, field=field)
    kept_out = rows.shut_outs.of(tx.conn, tables.shut_out.c.case_id, referral.id)
    must_be_let_in([one.id for one in contacts], kept_out, field="case_worker_id")


def _note_assignment(
    tx: Tx, episode: Episode, role: AssignmentRole, *, from_on: date, history: Iterable[rules.Assignment]
) -> None:
    """A line of history; a second change from the same day corrects the first."""
    same_day = next((one for one in history if one.role is role and one.from_on == from_on), None)
    new_id = same_day.id if same_day else tx.new_id()
    line = rules.assignment_of(episode, role, from_on=from_on, assignment_id=new_id)
    if same_day is None:
        rows.assignments.add(tx.conn, line)
    else:
        rows.assignments.save(tx.conn, replace(line, version=same_day.version))


@command("episode.discharged", needs=May.DISCHARGE, touches=_TOUCHES)
def discharge(
    tx: Tx,
    episode_id: EpisodeId,
    facts: Discharge,
    *,
    asked: Mapping[AskedWhat, AskedFacts] | None = None,
    seen: int | None = None,
) -> Episode:
    """End an episode; its open follow-ups are cancelled with it. ``asked`` is what was offered at the exit."""
    episode = tx.episode(episode_id, seen=seen)
    ended = rules.discharge(episode, facts, today=tx.today)
    _save(tx, follow_ups.at_discharge(follow_ups_of(tx, episode.id), on=facts.on))
    saved = rows.episodes.save(tx.conn, ended)
    plan_follow_ups(tx, saved, until=tx.today)
    for what, noted in (asked or {}).items():
        tx.also(note_asked(saved.id, what, noted, occasion=AT_EXIT if what is AskedWhat.ENKAT else ""))
    return saved


@command("episode.discharge_undone", needs=May.DISCHARGE, touches=_TOUCHES)
def undo_discharge(tx: Tx, episode_id: EpisodeId, *, seen: int | None = None) -> Episode:
    """Open an episode again that was ended by mistake, and revive the follow-ups that its end cancelled."""
    episode = tx.episode(episode_id, seen=seen)
    reopened = rules.undo_discharge(episode)
    _of_those_seen(tx, episode, rules.must_be_last)
    table = tables.referral
    came = rows.referrals.where(tx.conn, table.c.earlier_episode_id == episode.id, table.c.withdrawn_on.is_(None))
    if came:
        is_known = any(tx.allowed(subjects.of_referral(tx.conn, one), May.READ_CASE) for one in came)
        raise rules.HasNewEpisode if is_known else ForAnother
    _save(tx, follow_ups.at_undo(follow_ups_of(tx, episode.id), on=tx.today))
    saved = rows.episodes.save(tx.conn, reopened)
    if not any(map(follow_ups.is_open, follow_ups_of(tx, episode.id))):
        plan_follow_ups(tx, saved, until=tx.today, only_ahead=True)  # it came in ended, with a list
    return saved


@command("episode.team_changed", needs=May.REASSIGN, touches=Topic.CASES)
def change_team(tx: Tx, episode_id: EpisodeId, *, team: str, seen: int | None = None) -> Episode:
    """Say who works around the person, in words."""
    episode = tx.episode(episode_id, seen=seen)
    rules.must_be_open(episode)
    return rows.episodes.save(tx.conn, replace(episode, team=team.strip()))


@command("episode.entry_completed", needs=May.CHANGE_REFERRAL, touches=Topic.CASES)
def complete_entry(
    tx: Tx,
    episode_id: EpisodeId,
    *,
    education: Education,
    livelihoods: Livelihoods,
    support_months: int | None,
    seen: int,
) -> Referral:
    """Mend how things stood when the person came, also after the end: what the figures are counted from.

    ``seen`` is the version of the referral that was read. Raises Stale.
    """
    referral = rows.referrals.get(tx.conn, tx.episode(episode_id).referral_id)
    if referral.version != seen:
        raise Stale
    mended = replace(referral, education=education, livelihoods=livelihoods, support_months=support_months)
    return rows.referrals.save(tx.conn, mended)


def follow_ups_of(tx: Tx, episode_id: EpisodeId) -> list[FollowUp]:
    """Every follow-up of an episode, by due date."""
    table = tables.follow_up
    return rows.follow_ups.of(tx.conn, table.c.episode_id, episode_id, by=table.c.due_on)


def plan_follow_ups(tx: Tx, episode: Episode, *, until: date, only_ahead: bool = False) -> None:
    """Store the follow-ups that the activity's schedules ask for and the episode lacks.

    ``only_ahead`` leaves out those whose day has passed.
    """
    have = follow_ups_of(tx, episode.id)
    decided_on = rows.referrals.get(tx.conn, episode.referral_id).outcome_on
    lacks = follow_ups.lacking(
        _schedules(tx, episode),
        follow_ups.anchor_days(episode, decided_on=decided_on),
        have=have,
        until=until,
        not_before=tx.today if only_ahead else None,
    )
    planned = follow_ups.planned(lacks, episode, have=have, new_id=tx.new_id)
    known = {one.id for one in have}
    rows.follow_ups.add_all(tx.conn, [one for one in planned if one.id not in known])
    _save(tx, [one for one in planned if one.id in known])


def _schedules(tx: Tx, episode: Episode) -> tuple[Schedule, ...]:
    return rows.activities.get(tx.conn, episode.activity_id).settings.schedules


def _save(tx: Tx, changed: Iterable[FollowUp]) -> None:
    for follow_up in changed:
        rows.follow_ups.save(tx.conn, follow_up)
