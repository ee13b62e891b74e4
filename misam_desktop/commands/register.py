"""Taking over the team's list and giving it back: everything in one transaction, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from misam_desktop.commands.episodes import follow_ups_of, plan_follow_ups
from misam_desktop.domain import follow_up as follow_ups
from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Activity, Kind
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ActivityId, ContactId, EpisodeId, PersonId
from misam_desktop.domain.people import Contact, Person
from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.register import Read, RegisterRow, Verdict, is_rereferral, merged, plan
from misam_desktop.domain.register_values import (
    Course,
    changed_referral,
    consents_of,
    course_of,
    episode_of,
    person_of,
)
from misam_desktop.queries.register import (
    TAKEN,
    Known,
    Newcomers,
    Stored,
    keeps_worker,
    known_names,
    newcomers,
    numbers_in,
    shown_worker,
    stored_of,
    whole_register,
    worker_of,
)
from misam_desktop.store import founding, rows, tables
from misam_desktop.vault import Topic, Tx, command


class HasWrongRows(UserError):
    """Some rows could not be taken, and nobody has said that the good ones shall be taken alone."""

    code = "has_wrong_rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How many rows got which verdict, and what came to be beside the participations."""

    verdicts: dict[Verdict, int]
    new_activities: tuple[str, ...]
    new_contacts: tuple[str, ...]


@command(
    "register.imported",
    needs=May.IMPORT_REGISTER,
    touches=(Topic.CASES, Topic.PERSONS, Topic.CONSENTS, Topic.FOLLOW_UPS, Topic.CONTACTS, Topic.SETTINGS),
)
def import_register(tx: Tx, reads: Sequence[Read], *, good_rows: bool = False) -> Imported:
    """Carry out the plan of a list, made anew inside the transaction. Raises HasWrongRows.

    Doubtful rows are never taken: somebody looks at them first.
    """
    stored = stored_of(tx.conn, numbers_in(reads))
    planned = plan(reads, [one.row for one in stored])
    left_out = sum(row.verdict in {Verdict.WRONG, Verdict.DOUBTFUL} for row in planned)
    if left_out and not good_rows:
        raise HasWrongRows(count=left_out)
    tx.about(tx.new_id())
    new = newcomers(known_names(tx.conn), planned, stored)
    known = _with_newcomers(tx, new)
    intake = _Intake(tx, known, stored)
    for one in planned:
        if one.row is not None and one.verdict in TAKEN:
            intake.take(one.row)
    intake.write()
    return Imported(
        verdicts=dict(Counter(row.verdict for row in planned)),
        new_activities=new.activities,
        new_contacts=tuple(shown_worker(known, worker) for worker in new.workers),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The whole register, and how many persons under protected identity are only counted."""

    rows: tuple[RegisterRow, ...]
    protected: int


@command("register.exported", needs=May.EXPORT_REGISTER, touches=())
def export_register(tx: Tx) -> Exported:
    """The activity's own copy of its register; the log entry is lasting before a row is handed over."""
    stored, protected = whole_register(tx)
    return Exported(rows=tuple(one.row for one in stored), protected=protected)


def _with_newcomers(tx: Tx, new: Newcomers) -> Known:
    """Add the activities, closed for new referrals, and the contacts, without accounts."""
    template = founding.reference_activity("misam", activity_id="")
    forums = (one.settings for one in rows.activities.where(tx.conn) if one.settings.kind is Kind.FORUM)
    like = replace(template, settings=next(forums, template.settings), open_for_referrals=False)
    rows.activities.add_all(tx.conn, [replace(like, id=ActivityId(tx.new_id()), name=name) for name in new.activities])
    contacts = [Contact(id=ContactId(tx.new_id()), name=name, unit_id=unit_id) for name, unit_id in new.workers]
    rows.contacts.add_all(tx.conn, contacts)
    return known_names(tx.conn)


class _Intake:
    """Collects what an import adds, so that thousands of rows go in by the table and not one by one."""

    def __init__(self, tx: Tx, known: Known, stored: Sequence[Stored]) -> None:
        self._tx, self._known = tx, known
        self._stored = {one.row.key: one for one in stored}
        self._persons: dict[PersonalNumber, Person] = {one.person.number: one.person for one in stored}
        self._last_ended: dict[tuple[PersonId, ActivityId], Episode] = {}
        for one in stored:
            self._note_end(one.episode)
        self._new_persons: dict[PersonalNumber, Person] = {}
        self._new_courses: list[Course] = []

    def take(self, row: RegisterRow) -> None:
        """Add or change what one row says."""
        before = self._stored.get(row.key)
        if before is None:
            self._add(row)
        else:
            self.write()
            self._change(before, row)

    def write(self) -> None:
        """Write what has been collected, parents first."""
        conn, courses = self._tx.conn, self._new_courses
        episodes = [course.episode for course in courses if course.episode is not None]
        rows.persons.add_all(conn, list(self._new_persons.values()))
        rows.referrals.add_all(conn, [course.referral for course in courses])
        rows.episodes.add_all(conn, episodes)
        rows.consents.add_all(conn, [consent for course in courses for consent in course.consents])
        rows.assessments.add_all(conn, [course.assessment for course in courses if course.assessment is not None])
        for episode in episodes:
            self._plan_follow_ups(episode)
        self._new_persons.clear()
        courses.clear()

    def _plan_follow_ups(self, episode: Episode) -> None:
        if episode.discharged_on is None:
            plan_follow_ups(self._tx, episode, until=self._tx.today, only_ahead=True)

    def _add(self, row: RegisterRow) -> None:
        activity = self._known.activities[row.activity.casefold()]
        person = self._person(row)
        course = course_of(
            row,
            person_id=person.id,
            activity_id=activity.id,
            units=self._known.default_units,
            case_worker_id=self._case_worker_id(row, None),
            new_id=self._tx.new_id,
        )
        earlier = self._earlier_episode(row, person, activity)
        if earlier is not None:
            course = replace(course, referral=replace(course.referral, earlier_episode_id=earlier.id))
        self._new_courses.append(course)
        self._note_end(course.episode)
        self._tx.concerns(course.referral.id, person.id)
        self._stored[row.key] = Stored(
            person=person, referral=course.referral, episode=course.episode, consents=course.consents, row=row
        )

    def _person(self, row: RegisterRow) -> Person:
        """The person of a row, with what it says of them: waiting to be written, stored before, or new."""
        known = self._persons.get(row.number) or self._stored_person(row.number)
        person = person_of(row, known, new_id=self._tx.new_id, owner_id=self._tx.actor.user_id)
        if known is None or row.number in self._new_persons:
            self._new_persons[row.number] = person
        elif person != known:
            person = rows.persons.save(self._tx.conn, person)
        self._persons[row.number] = person
        return person

    def _stored_person(self, number: PersonalNumber) -> Person | None:
        """Somebody who is stored without a participation that the list could name."""
        return next(iter(rows.persons.where(self._tx.conn, tables.person.c.number == number)), None)

    def _case_worker_id(self, row: RegisterRow, before: Stored | None) -> ContactId | None:
        worker = worker_of(self._known, row, before)
        return None if worker is None else self._known.contacts[worker]

    def _earlier_episode(self, row: RegisterRow, person: Person, activity: Activity) -> Episode | None:
        """The episode that this row is a re-referral after, if it came back within the activity's months."""
        earlier, months = self._last_ended.get((person.id, activity.id)), activity.settings.rereferral_months
        if earlier is None or earlier.discharged_on is None or not months:
            return None
        return earlier if is_rereferral(row.referred_on, earlier.discharged_on, months=months) else None

    def _note_end(self, episode: Episode | None) -> None:
        if episode is None or episode.discharged_on is None:
            return
        key = (episode.person_id, episode.activity_id)
        last = self._last_ended.get(key)
        if last is None or last.discharged_on is None or last.discharged_on <= episode.discharged_on:
            self._last_ended[key] = episode

    def _change(self, before: Stored, row: RegisterRow) -> None:
        said = merged(before.row, row)
        person = self._person(said)
        old = rows.referrals.get(self._tx.conn, before.referral.id)
        referral = changed_referral(old, said, units=self._known.default_units)
        episode = self._changed_episode(before, said, referral)
        referral = replace(referral, episode_id=episode.id if episode else None)
        self._save(rows.referrals, old, referral)
        self._note_end(episode)
        consents = self._changed_consents(before, said)
        self._tx.concerns(referral.id, person.id)
        self._stored[said.key] = Stored(person=person, referral=referral, episode=episode, consents=consents, row=said)

    def _changed_episode(self, before: Stored, said: RegisterRow, referral: Referral) -> Episode | None:
        old = rows.episodes.find(self._tx.conn, referral.episode_id or "")
        new = episode_of(
            said,
            referral,
            old.id if old else EpisodeId(self._tx.new_id()),
            units=self._known.default_units,
            case_worker_id=self._case_worker_id(said, before),
        )
        if new is None:
            return old
        if old is None:
            rows.episodes.add(self._tx.conn, new)
            self._plan_follow_ups(new)
            return new
        changed = _over(old, new, keeps_worker=keeps_worker(before, said))
        self._save(rows.episodes, old, changed)
        if old.discharged_on is None and changed.discharged_on is not None:
            for follow_up in filter(follow_ups.is_open, follow_ups_of(self._tx, old.id)):
                rows.follow_ups.save(self._tx.conn, follow_ups.cancel(follow_up, on=changed.discharged_on))
        return changed

    def _changed_consents(self, before: Stored, said: RegisterRow) -> tuple[Consent, ...]:
        if _consent_part(said) == _consent_part(before.row):
            return before.consents
        units, new_id = self._known.default_units, self._tx.new_id
        fresh = {one.purpose: one for one in consents_of(said, before.referral, units=units, new_id=new_id)}
        changed = []
        for consent in before.consents:
            old = rows.consents.get(self._tx.conn, consent.id)
            new = fresh.pop(old.purpose, None)
            if new is not None:
                changed.append(replace(old, from_on=new.from_on, until_on=new.until_on, unit_ids=new.unit_ids))
                self._save(rows.consents, old, changed[-1])
        rows.consents.add_all(self._tx.conn, list(fresh.values()))
        return (*changed, *fresh.values())

    def _save(self, mapper: rows.Rows[Any], old: Any, new: Any) -> None:
        if new != old:
            mapper.save(self._tx.conn, new)


def _over(old: Episode, new: Episode, *, keeps_worker: bool) -> Episode:
    """A stored episode with what a row says of it; what the list has no column for stays."""
    changed = replace(
        old,
        enrolled_on=new.enrolled_on,
        discharged_on=new.discharged_on,
        discharge_reason=new.discharge_reason,
        destination=new.destination,
        livelihoods_out=new.livelihoods_out,
    )
    if keeps_worker:
        return changed
    return replace(changed, commissioner_id=new.commissioner_id, case_worker_id=new.case_worker_id)


def _consent_part(row: RegisterRow) -> tuple[object, ...]:
    return row.consent_from, row.consent_until, row.consent_agencies, row.consent_purposes
