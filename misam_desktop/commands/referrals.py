"""Making, changing, submitting and withdrawing referrals, and taking a person back within the window."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from misam_desktop.commands.consents import add_consents, deciding_consent
from misam_desktop.commands.disclosures import hand_over
from misam_desktop.commands.persons import owners_of_protected, save_person, take_person
from misam_desktop.domain import intake, target_group
from misam_desktop.domain import referral as rules
from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.activity import must_take
from misam_desktop.domain.codes import Act, Agency, RereferralReason
from misam_desktop.domain.consent import must_be_new, must_hold
from misam_desktop.domain.episode import must_be_within_window
from misam_desktop.domain.errors import Stale
from misam_desktop.domain.ids import EpisodeId, ReferralId
from misam_desktop.domain.intake import ConsentFacts, PersonFacts, ReferralFacts
from misam_desktop.domain.referral import Referral, ReferralState
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Topic, Tx, command

_TOUCHES = (Topic.CASES, Topic.PERSONS, Topic.CONSENTS)


@command("referral.made", needs=May.WRITE_REFERRAL, touches=_TOUCHES)
def make_referral(
    tx: Tx, person: PersonFacts, facts: ReferralFacts, *, consent: ConsentFacts | None = None, submit: bool
) -> Referral:
    """Store a new referral, as a draft of its unit or straight before the forum, with its consent."""
    _must_accept(tx, facts)
    tx.require(_subject(tx, facts, before_forum=submit))
    found = take_person(tx, person, _subject(tx, facts, before_forum=True))
    referral = Referral(id=ReferralId(tx.new_id()), person_id=found.id, **_fields(tx, facts))
    tx.about(referral.id, found.id)
    return _store_new(tx, referral, consent=consent, submit=submit)


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
    _must_accept(tx, facts)
    tx.require(_subject(tx, facts, before_forum=True))
    must_be_new(consent, since=episode.discharged_on)
    new = Referral(id=ReferralId(tx.new_id()), person_id=episode.person_id, **_fields(tx, facts))
    referral = rules.as_rereferral(new, after=episode.id, reason=reason, not_held=not_held)
    tx.about(referral.id, episode.person_id)
    return _store_new(tx, referral, consent=consent, submit=True)


@command("referral.changed", needs=May.CHANGE_REFERRAL, touches=_TOUCHES)
def change_referral(
    tx: Tx,
    referral_id: ReferralId,
    person: PersonFacts,
    facts: ReferralFacts,
    *,
    seen: int,
    person_seen: int | None = None,
) -> Referral:
    """Change a referral that the forum has not answered; a draft stays a draft, and what waits stays fit for it.

    The person can be changed elsewhere too: ``person_seen`` is the version of them that was read. Raises Stale.
    """
    referral = tx.referral(referral_id, seen=seen)
    rules.must_be_editable(referral)
    _must_accept(tx, facts)
    tx.require(_subject(tx, facts, before_forum=referral.submitted_at is not None), May.WRITE_REFERRAL)
    known = rows.persons.get(tx.conn, referral.person_id)
    if person_seen not in (None, known.version):
        raise Stale
    owners = owners_of_protected(tx, subjects.of_referral(tx.conn, referral), person, known)
    save_person(tx, known, intake.corrected(known, person, owners=owners))
    changed = replace(referral, **_fields(tx, facts))
    if rules.state_of(changed) is not ReferralState.DRAFT:
        rules.must_be_complete(changed, today=tx.today)
        _must_suit(tx, changed)
    return rows.referrals.save(tx.conn, changed)


@command("referral.submitted", needs=May.WRITE_REFERRAL, touches=_TOUCHES)
def submit_referral(
    tx: Tx, referral_id: ReferralId, *, consent: ConsentFacts | None = None, seen: int | None = None
) -> Referral:
    """Put a draft, or a referral that was to be completed, before the forum. Raises ConsentMissing and more."""
    referral = tx.referral(referral_id, seen=seen)
    if consent is not None:
        add_consents(tx, referral, consent)
    return rows.referrals.save(tx.conn, _before_forum(tx, referral))


@command("referral.withdrawn", needs=May.CLOSE_REFERRAL, touches=Topic.CASES)
def withdraw_referral(tx: Tx, referral_id: ReferralId, *, why: str, seen: int | None = None) -> Referral:
    """Take back a referral that still waits; a duplicate is resolved this way too."""
    referral = tx.referral(referral_id, seen=seen)
    return rows.referrals.save(tx.conn, rules.withdraw(referral, on=tx.today, why=why))


@command("referral.reviewed", needs=May.CLOSE_REFERRAL, touches=Topic.CASES)
def confirm_waiting(tx: Tx, referral_id: ReferralId, *, seen: int | None = None) -> Referral:
    """Confirm that a referral shall go on waiting («remissöversyn»)."""
    referral = tx.referral(referral_id, seen=seen)
    return rows.referrals.save(tx.conn, rules.confirm_still_waiting(referral, on=tx.today))


def _store_new(tx: Tx, referral: Referral, *, consent: ConsentFacts | None, submit: bool) -> Referral:
    rows.referrals.add(tx.conn, referral)
    if consent is not None:
        add_consents(tx, referral, consent)
    return rows.referrals.save(tx.conn, _before_forum(tx, referral)) if submit else referral


def _before_forum(tx: Tx, referral: Referral) -> Referral:
    consent = must_hold(deciding_consent(tx, referral, on=tx.today))
    _must_suit(tx, referral)
    submitted = rules.submit(referral, now=tx.now, today=tx.today)
    hand_over(tx, referral, consent, act=Act.MOTE)
    return submitted


def _must_suit(tx: Tx, referral: Referral) -> None:
    """Raises ReasonRequired outside the target group, and for a re-referral what its window raises."""
    settings = rows.activities.get(tx.conn, referral.activity_id).settings
    person = rows.persons.get(tx.conn, referral.person_id)
    group = target_group.check(
        age=person.number.age_on(referral.referred_on),
        min_age=settings.min_age,
        max_age=settings.max_age,
        agencies=_agencies(tx, referral),
        least_agencies=settings.least_agencies,
        close_cooperation=referral.close_cooperation,
    )
    target_group.must_have_reason(group, referral.target_reason)
    if referral.earlier_episode_id is not None:
        must_be_within_window(
            rows.episodes.get(tx.conn, referral.earlier_episode_id),
            activity_id=referral.activity_id,
            on=referral.referred_on,
            months=settings.rereferral_months,
        )


def _agencies(tx: Tx, referral: Referral) -> frozenset[Agency]:
    """The authorities that the person needs: those asked, and the one that refers."""
    ids = {*referral.needed_unit_ids, *filter(None, [referral.unit_id])}
    return frozenset(unit.agency for unit in rows.units.where(tx.conn, tables.unit.c.id.in_(ids)))


def _must_accept(tx: Tx, facts: ReferralFacts) -> None:
    activity = rows.activities.get(tx.conn, facts.activity_id)
    must_take(activity, referrer=facts.referrer, unit_id=facts.unit_id)


def _subject(tx: Tx, facts: ReferralFacts, *, before_forum: bool) -> Subject:
    home = facts.unit_id or tx.actor.unit_id
    return Subject(
        activity_id=facts.activity_id,
        unit_ids=frozenset({home}),
        home_id=home,
        contact_ids=frozenset(filter(None, [facts.contact_id])),
        before_forum=before_forum,
    )


def _fields(tx: Tx, facts: ReferralFacts) -> dict[str, Any]:
    """What the form says; a referral that no unit sends stays with the unit that took it in."""
    fields = {name: getattr(facts, name) for name in ReferralFacts.__slots__}
    if facts.unit_id:
        return fields | {"kept_by": None}
    return fields | {"kept_by": tx.actor.unit_id, "contact_id": facts.contact_id or tx.actor.contact_id}
