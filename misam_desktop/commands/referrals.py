"""Making, changing, submitting and withdrawing referrals, and taking a person back within the window."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from misam_desktop.commands.consents import add_consents, consents_of
from misam_desktop.domain import referral as rules
from misam_desktop.domain import target_group
from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.codes import Agency, Purpose, RereferralReason
from misam_desktop.domain.consent import ConsentMissing, valid_on
from misam_desktop.domain.episode import must_be_within_window
from misam_desktop.domain.errors import NotFound, UserError
from misam_desktop.domain.ids import EpisodeId, PersonId, ReferralId
from misam_desktop.domain.intake import ConsentFacts, PersonFacts, ReferralFacts
from misam_desktop.domain.people import Person
from misam_desktop.domain.referral import Referral
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Topic, Tx, command

_TOUCHES = (Topic.CASES, Topic.PERSONS, Topic.CONSENTS)


class ActivityClosed(UserError):
    """The activity only came with an imported list and takes no new referrals."""

    code = "activity_closed"


class ReferrerNotOffered(UserError):
    """The activity does not take referrals from there."""

    code = "referrer_not_offered"


class UnitRequired(UserError):
    """A referral from an authority names the unit."""

    code = "unit_required"


@command("referral.made", needs=May.WRITE_REFERRAL, touches=_TOUCHES)
def make_referral(
    tx: Tx, person: PersonFacts, facts: ReferralFacts, *, consent: ConsentFacts | None = None, submit: bool
) -> Referral:
    """Store a new referral, as a draft of its unit or straight before the forum, with its consent."""
    activity = _accepting(tx, facts)
    tx.require(_subject(tx, facts, before_forum=submit))
    found = _take_person(tx, person)
    referral = Referral(id=ReferralId(tx.new_id()), person_id=found.id, **_fields(facts))
    tx.about(referral.id, found.id)
    return _store_new(tx, referral, activity, found, consent=consent, submit=submit)


@command("referral.rereferred", needs=May.WRITE_REFERRAL, touches=_TOUCHES)
def refer_again(
    tx: Tx,
    episode_id: EpisodeId,
    facts: ReferralFacts,
    *,
    reason: RereferralReason,
    not_held: str,
    consent: ConsentFacts,
) -> Referral:
    """Take a person back within the window after discharge: what did not hold, and a new consent (process.md §2)."""
    episode = tx.episode(episode_id)
    activity = _accepting(tx, facts)
    must_be_within_window(episode, on=facts.referred_on, months=activity.settings.rereferral_months)
    if not not_held.strip():
        raise rules.TextRequired(field="not_held")
    referral = Referral(
        id=ReferralId(tx.new_id()),
        person_id=episode.person_id,
        earlier_episode_id=episode.id,
        rereferral_reason=reason,
        not_held=not_held.strip(),
        **_fields(facts),
    )
    tx.about(referral.id, episode.person_id)
    person = rows.persons.get(tx.conn, episode.person_id)
    return _store_new(tx, referral, activity, person, consent=consent, submit=True)


@command("referral.changed", needs=May.WRITE_REFERRAL, touches=_TOUCHES)
def change_referral(
    tx: Tx, referral_id: ReferralId, person: PersonFacts, facts: ReferralFacts, *, seen: int
) -> Referral:
    """Change a referral that the forum has not answered; a draft stays a draft."""
    referral = tx.referral(referral_id, seen=seen)
    rules.must_be_editable(referral)
    tx.require(_subject(tx, facts, before_forum=referral.submitted_at is not None))
    found = rows.persons.get(tx.conn, referral.person_id)
    _update_person(tx, found, person)
    return rows.referrals.save(tx.conn, replace(referral, **_fields(facts)))


@command("referral.submitted", needs=May.WRITE_REFERRAL, touches=_TOUCHES)
def submit_referral(
    tx: Tx, referral_id: ReferralId, *, consent: ConsentFacts | None = None, seen: int | None = None
) -> Referral:
    """Put a draft, or a referral that was to be completed, before the forum. Raises ConsentMissing and more."""
    referral = tx.referral(referral_id, seen=seen)
    if consent is not None:
        add_consents(tx, referral, consent)
    activity = rows.activities.get(tx.conn, referral.activity_id)
    person = rows.persons.get(tx.conn, referral.person_id)
    return rows.referrals.save(tx.conn, _before_forum(tx, referral, activity, person))


@command("referral.withdrawn", needs=May.WRITE_REFERRAL, touches=Topic.CASES)
def withdraw_referral(tx: Tx, referral_id: ReferralId, *, why: str, seen: int | None = None) -> Referral:
    """Take back a referral that still waits; a duplicate is resolved this way too."""
    referral = tx.referral(referral_id, seen=seen)
    return rows.referrals.save(tx.conn, rules.withdraw(referral, on=tx.today, why=why))


@command("referral.reviewed", needs=May.WRITE_REFERRAL, touches=Topic.CASES)
def confirm_waiting(tx: Tx, referral_id: ReferralId, *, seen: int | None = None) -> Referral:
    """Confirm that a referral shall go on waiting («remissöversyn»)."""
    referral = tx.referral(referral_id, seen=seen)
    return rows.referrals.save(tx.conn, rules.confirm_still_waiting(referral, on=tx.today))


def _store_new(
    tx: Tx,
    referral: Referral,
    activity: Activity,
    person: Person,
    *,
    consent: ConsentFacts | None,
    submit: bool,
) -> Referral:
    rows.referrals.add(tx.conn, referral)
    if consent is not None:
        add_consents(tx, referral, consent)
    if not submit:
        return referral
    return rows.referrals.save(tx.conn, _before_forum(tx, referral, activity, person))


def _before_forum(tx: Tx, referral: Referral, activity: Activity, person: Person) -> Referral:
    consents = consents_of(tx, referral.id)
    if not any(c.purpose is Purpose.SAMVERKAN and valid_on(c, tx.today) for c in consents):
        raise ConsentMissing(field="from_on")
    settings = activity.settings
    group = target_group.check(
        age=person.number.age_on(referral.referred_on),
        min_age=settings.min_age,
        max_age=settings.max_age,
        agencies=_agencies(tx, referral),
        least_agencies=settings.least_agencies,
        close_cooperation=referral.close_cooperation,
    )
    target_group.must_have_reason(group, referral.target_reason)
    return rules.submit(referral, now=tx.now, today=tx.today)


def _agencies(tx: Tx, referral: Referral) -> frozenset[Agency]:
    """The authorities that the person needs: those asked, and the one that refers."""
    ids = {*referral.needed_unit_ids, *filter(None, [referral.unit_id])}
    return frozenset(unit.agency for unit in rows.units.where(tx.conn, tables.unit.c.id.in_(ids)))


def _accepting(tx: Tx, facts: ReferralFacts) -> Activity:
    activity = rows.activities.get(tx.conn, facts.activity_id)
    if not activity.open_for_referrals:
        raise ActivityClosed(field="activity_id")
    if facts.referrer not in activity.settings.referrers:
        raise ReferrerNotOffered(field="referrer")
    if facts.referrer != "annan" and facts.unit_id is None:
        raise UnitRequired(field="unit_id")
    return activity


def _subject(tx: Tx, facts: ReferralFacts, *, before_forum: bool) -> Subject:
    units = frozenset(filter(None, [facts.unit_id or tx.actor.unit_id]))
    return Subject(activity_id=facts.activity_id, unit_ids=units, before_forum=before_forum)


def _fields(facts: ReferralFacts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in ReferralFacts.__slots__}


def _take_person(tx: Tx, facts: PersonFacts) -> Person:
    """The person with this number: known, and then only changed by those who may read a case of theirs, or new."""
    known_id = subjects.person_id_of_number(tx.conn, facts.number)
    if known_id is None:
        owners = (tx.actor.user_id,) if facts.protected else ()
        new = Person(id=PersonId(tx.new_id()), protected_owners=owners, **_person_fields(facts))
        return rows.persons.add(tx.conn, new)
    known = rows.persons.get(tx.conn, known_id)
    cases = subjects.of_person(tx.conn, known)
    if known.protected and tx.actor.user_id not in known.protected_owners:
        raise NotFound
    return _update_person(tx, known, facts) if any(map(tx.allowed, cases)) else known


def _update_person(tx: Tx, known: Person, facts: PersonFacts) -> Person:
    protected_now = facts.protected and not known.protected
    owners = (tx.actor.user_id,) if protected_now else known.protected_owners
    changed = replace(known, protected_owners=owners, **_person_fields(facts))
    return known if changed == known else rows.persons.save(tx.conn, changed)


def _person_fields(facts: PersonFacts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in PersonFacts.__slots__}
