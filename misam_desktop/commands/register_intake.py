"""How the rows of a list become records: new ones by the table, changed ones with all that hangs on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from misam_desktop.commands.disclosures import hand_over
from misam_desktop.commands.episodes import follow_ups_of, plan_follow_ups
from misam_desktop.commands.persons import protect_everywhere
from misam_desktop.domain import follow_up as follow_ups
from misam_desktop.domain.access import Subject
from misam_desktop.domain.codes import Act, Purpose
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.follow_up import FollowUp
from misam_desktop.domain.ids import ActivityId, ContactId, EpisodeId, PersonId
from misam_desktop.domain.meeting import assessment_of as standing_assessment
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.register import Key, RegisterRow, merged
from misam_desktop.domain.register_values import (
    Course,
    assessment_of,
    assignments_of,
    changed_episode,
    changed_referral,
    consents_of,
    course_of,
    earlier_episode,
    episode_of,
    person_of,
    reanchored,
)
from misam_desktop.queries.owners import defaults
from misam_desktop.queries.register import Comparison, Known, Stored, worker_of
from misam_desktop.store import rows, tables
from misam_desktop.vault import Tx

V = TypeVar("V", bound=rows.Versioned)


class Intake:
    """Collects what an import adds, so that thousands of rows go in by the table and not one by one."""

    def __init__(self, tx: Tx, comparison: Comparison, known: Known) -> None:
        self._tx, self._known = tx, known
        self._stored: dict[Key, Stored] = dict(comparison.stored)
        known_persons = (*comparison.persons.values(), *(one.person for one in self._stored.values()))
        self._persons = {person.id: person for person in known_persons}
        self._of_number = {number: person.id for number, person in comparison.persons.items()}
        self._marked = comparison.marked
        self._in_activity = {key[:2]: one.person.id for key, one in self._stored.items()}
        self._settings = {one.id: one.settings for one in known.activities.values()}
        self._new_persons: dict[PersonId, Person] = {}
        self._new_courses: list[Course] = []
        self._touched: set[tuple[PersonalNumber, ActivityId]] = set()

    def take(self, row: RegisterRow) -> None:
        """Add or change what one row says."""
        before = self._stored.get(row.key)
        if before is None:
            after = self._added(row)
        else:
            self._write()
            after = self._changed(before, row)
        self._stored[row.key] = after
        self._touched.add((after.person.number, after.referral.activity_id))
        self._tx.concerns(after.referral.id, after.person.id)

    def finish(self) -> None:
        """Write what has been collected, and see who came back after an earlier discharge."""
        self._write()
        self._link_rereferrals()

    def _write(self) -> None:
        conn, courses = self._tx.conn, self._new_courses
        rows.persons.add_all(conn, list(self._new_persons.values()))
        for person in self._new_persons.values():
            self._protect(person)
        rows.referrals.add_all(conn, [course.referral for course in courses])
        rows.episodes.add_all(conn, [course.episode for course in courses if course.episode])
        rows.consents.add_all(conn, [consent for course in courses for consent in course.consents])
        for course in courses:
            self._share(course.referral, course.consents)
        rows.assessments.add_all(conn, [course.assessment for course in courses if course.assessment])
        rows.assignments.add_all(conn, [line for course in courses for line in course.assignments])
        rows.follow_ups.add_all(conn, [one for course in courses for one in self._first_follow_ups(course)])
        self._new_persons.clear()
        courses.clear()

    def _share(self, referral: Referral, consents: Iterable[Consent]) -> None:
        """What the team's list held was shared between the parties that it names."""
        for consent in consents:
            if consent.purpose is Purpose.SAMVERKAN:
                hand_over(self._tx, referral, consent, act=Act.DELNING)

    def _first_follow_ups(self, course: Course) -> list[FollowUp]:
        """What lies ahead of a new episode; it does not begin with old debts."""
        episode, today = course.episode, self._tx.today
        if episode is None:
            return []
        days = follow_ups.anchor_days(episode, decided_on=course.referral.outcome_on)
        schedules = self._settings[episode.activity_id].schedules
        lacks = follow_ups.lacking(schedules, days, have=(), until=today, not_before=today)
        return follow_ups.planned(lacks, episode, have=(), new_id=self._tx.new_id)

    def _added(self, row: RegisterRow) -> Stored:
        person = self._person(row, self._in_activity.get(row.key[:2]) or self._of_number.get(row.number))
        course = course_of(
            row,
            person_id=person.id,
            activity_id=self._known.activities[row.key[1]].id,
            units=self._known.units,
            case_worker_id=self._case_worker_id(row, None),
            taken_in_by=self._tx.actor.unit_id,
            now=self._tx.now,
            new_id=self._tx.new_id,
        )
        self._new_courses.append(course)
        return Stored(
            person=person, referral=course.referral, episode=course.episode, consents=course.consents, row=row
        )

    def _person(self, row: RegisterRow, known_id: PersonId | None) -> Person:
        """The person of a row, with what it says of them: new, waiting to be written, or stored before."""
        known = self._persons[known_id] if known_id else None
        row = replace(row, protected=row.protected or (known is None and row.number in self._marked))
        owners = defaults(self._tx, self._subject(row)) if row.protected else ()
        person = person_of(row, known, new_id=self._tx.new_id, owners=owners)
        if known is None or known.id in self._new_persons:
            self._new_persons[person.id] = person
        else:
            person = self._saved(rows.persons, known, person)
            if not known.protected:
                self._protect(person)
        self._persons[person.id] = person
        self._of_number.setdefault(row.number, person.id)
        self._in_activity.setdefault(row.key[:2], person.id)
        return person

    def _subject(self, row: RegisterRow) -> Subject:
        """The case of a row, as far as it decides whose a protected identity becomes."""
        units, worker = self._known.units, worker_of(self._known, row, None)
        worker_id = None if worker is None else self._known.contacts.get(worker)
        of_case = (units.referring(row) or self._tx.actor.unit_id, units.commissioning(row))
        return Subject(
            activity_id=self._known.activities[row.key[1]].id,
            unit_ids=frozenset(filter(None, of_case)),
            contact_ids=frozenset(filter(None, [worker_id])),
        )

    def _protect(self, person: Person) -> None:
        """A protected identity is so on every row of the number."""
        if person.protected:
            self._persons |= {one.id: one for one in protect_everywhere(self._tx, person)}

    def _case_worker_id(self, row: RegisterRow, before: Stored | None) -> ContactId | None:
        worker = worker_of(self._known, row, before)
        if worker is not None:
            return self._known.contacts[worker]
        if before is None:
            return None
        return before.episode.case_worker_id if before.episode else before.referral.contact_id

    def _changed(self, before: Stored, row: RegisterRow) -> Stored:
        said = merged(before.row, row)
        person = self._person(said, before.person.id)
        referral = changed_referral(before.referral, said, units=self._known.units)
        worker_id = self._case_worker_id(row, before)
        episode = episode_of(
            said,
            referral,
            before.episode.id if before.episode else EpisodeId(self._tx.new_id()),
            units=self._known.units,
            case_worker_id=worker_id,
            held=self._known.holder(before.referral, before.episode),
        )
        if episode is None:
            referral = replace(referral, contact_id=worker_id)
        else:
            referral = replace(referral, episode_id=episode.id)
        referral = self._saved(rows.referrals, before.referral, referral)
        self._correct_assessment(before.referral, referral)
        return Stored(
            person=person,
            referral=referral,
            episode=self._changed_episode(before.episode, episode, referral),
            consents=self._changed_consents(before, said, referral),
            row=said,
        )

    def _correct_assessment(self, before: Referral, after: Referral) -> None:
        """What the forum is said to have concluded takes the place of what stood there."""
        if (before.outcome, before.outcome_on) == (after.outcome, after.outcome_on):
            return
        given = rows.assessments.where(self._tx.conn, tables.assessment.c.referral_id == after.id)
        standing, new = standing_assessment(before, given), assessment_of(after, self._tx.new_id())
        if standing is not None:
            rows.assessments.save(self._tx.conn, replace(standing, taken_back_at=self._tx.now))
        assert new is not None  # a list takes no outcome away
        rows.assessments.add(self._tx.conn, new)

    def _changed_episode(self, old: Episode | None, new: Episode | None, referral: Referral) -> Episode | None:
        if new is None:
            return None
        if old is None:
            after = rows.episodes.add(self._tx.conn, new)
        else:
            after = self._saved(rows.episodes, old, changed_episode(old, new))
        on = new.enrolled_on if old is None else self._tx.today
        rows.assignments.add_all(self._tx.conn, assignments_of(after, old, on=on, new_id=self._tx.new_id))
        if old is not None:
            self._correct_follow_ups(old, after, referral)
        plan_follow_ups(self._tx, after, until=self._tx.today, only_ahead=True)
        return after

    def _correct_follow_ups(self, before: Episode, after: Episode, referral: Referral) -> None:
        """Open follow-ups go with the new handläggare and the corrected day, and end with the episode."""
        stored = follow_ups_of(self._tx, after.id)
        schedules = self._settings[after.activity_id].schedules
        now = _over(stored, follow_ups.handed_over(stored, schedules, before=before, after=after))
        now = _over(now, reanchored(now, follow_ups.anchor_days(after, decided_on=referral.outcome_on)))
        if before.discharged_on is None and after.discharged_on is not None:
            now = _over(now, follow_ups.at_discharge(now, on=after.discharged_on))
        for old, new in zip(stored, now, strict=True):
            self._saved(rows.follow_ups, old, new)

    def _changed_consents(self, before: Stored, said: RegisterRow, referral: Referral) -> tuple[Consent, ...]:
        if _consent_part(said) == _consent_part(before.row):
            return before.consents
        held = before.consents[0].unit_ids
        told = consents_of(said, referral, units=self._known.units, now=self._tx.now, new_id=self._tx.new_id, held=held)
        fresh = {consent.purpose: consent for consent in told}
        changed = [self._changed_consent(consent, fresh.pop(consent.purpose)) for consent in before.consents]
        rows.consents.add_all(self._tx.conn, list(fresh.values()))
        self._share(
            referral, [*(now for was, now in zip(before.consents, changed, strict=True) if now != was), *fresh.values()]
        )
        return (*changed, *fresh.values())

    def _changed_consent(self, old: Consent, new: Consent) -> Consent:
        said = replace(old, from_on=new.from_on, until_on=new.until_on, unit_ids=new.unit_ids)
        return self._saved(rows.consents, old, said)

    def _link_rereferrals(self) -> None:
        """Who came back within the months of the activity; a re-referral made in the program keeps what it names."""
        courses: defaultdict[tuple[PersonalNumber, ActivityId], list[Stored]] = defaultdict(list)
        for one in self._stored.values():
            courses[one.person.number, one.referral.activity_id].append(one)
        for number, activity_id in self._touched:
            months = self._settings[activity_id].rereferral_months
            participations = courses[number, activity_id]
            episodes = [one.episode for one in participations if one.episode is not None]
            for referral in (one.referral for one in participations if one.referral.rereferral_reason is None):
                earlier_id = earlier_episode(referral, episodes, months=months)
                self._saved(rows.referrals, referral, replace(referral, earlier_episode_id=earlier_id))

    def _saved(self, mapper: rows.Rows[V], old: V, new: V) -> V:
        return old if new == old else mapper.save(self._tx.conn, new)


def _over(stored: Iterable[FollowUp], changed: Iterable[FollowUp]) -> list[FollowUp]:
    """All of them, the changed ones as they then stand."""
    anew = {one.id: one for one in changed}
    return [anew.get(one.id, one) for one in stored]


def _consent_part(row: RegisterRow) -> tuple[object, ...]:
    return row.consent_from, row.consent_until, row.consent_agencies, row.consent_purposes
