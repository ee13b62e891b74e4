"""The made-up team: what it holds, that it is the same each time, and that it cannot be mistaken for somebody real."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select

from misam_desktop import assets
from misam_desktop.commands.demo import DemoOnly, DemoSeeded, DemoTeam, make_demo, seed
from misam_desktop.commands.demo_cast import Dice, reference
from misam_desktop.commands.demo_plan import Case, Fate, Plan, plan_history
from misam_desktop.documents.phrases import language_for, wording_of
from misam_desktop.domain import commitment as commitments
from misam_desktop.domain import follow_up as follow_ups
from misam_desktop.domain import meeting as meetings
from misam_desktop.domain import referral as referrals
from misam_desktop.domain.access import May, NotPermitted
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.clocks import is_working_day, last_rereferral_day
from misam_desktop.domain.codes import Agency, Outcome, Presence, Purpose, ReviewGround, Role
from misam_desktop.domain.commitment import Commitment, CommitmentState
from misam_desktop.domain.consent import Consent, valid_on
from misam_desktop.domain.episode import Assignment, AssignmentRole, Episode
from misam_desktop.domain.follow_up import FollowUp, FollowUpState
from misam_desktop.domain.meeting import Assessment, Attendance, Meeting, MeetingState
from misam_desktop.domain.people import Contact, Person
from misam_desktop.domain.personal_number import parse_personal_number
from misam_desktop.domain.referral import QUEUED, Referral, ReferralState
from misam_desktop.keys.passwords import check_password_strength
from misam_desktop.queries.agenda import agenda_of
from misam_desktop.queries.log_review import to_review
from misam_desktop.queries.meeting_papers import agenda_preview
from misam_desktop.store import founding, log, rows, subjects, tables
from misam_desktop.store.engine import reading, writing
from misam_desktop.store.place import StoreExists
from misam_desktop.unlocking import unlock
from misam_desktop.vault import Tx, Vault
from tests.commands.worlds import all_of, waiting
from tests.conftest import CLOCK, NOW, TODAY, WEAK, WEAK_BOUNDS
from tests.documents.worlds import said

DAYS = [
    date(2026, 11, 26),
    date(2026, 1, 1),
    date(2026, 5, 14),
    date(2026, 7, 16),
    date(2024, 2, 29),
    date(2027, 12, 27),
]


class Told(NamedTuple):
    """Everything that a demo store holds."""

    team: DemoTeam
    persons: list[Person]
    contacts: list[Contact]
    referrals: list[Referral]
    consents: list[Consent]
    episodes: list[Episode]
    assignments: list[Assignment]
    follow_ups: list[FollowUp]
    commitments: list[Commitment]
    meetings: list[Meeting]
    attendances: list[Attendance]
    assessments: list[Assessment]
    entries: list[log.Written]
    first_break: int | None
    content: dict[str, list[Any]]

    @property
    def open(self) -> list[Episode]:
        return [episode for episode in self.episodes if episode.discharged_on is None]

    @property
    def queue(self) -> list[Referral]:
        return [one for one in self.referrals if referrals.state_of(one) in QUEUED]


def opened(path: Path, team: DemoTeam, login: str) -> Vault:
    return unlock(path, login=login, password=team.password, clock=CLOCK, bounds=WEAK_BOUNDS)


def told(path: Path) -> Told:
    team = make_demo(path, today=TODAY, cost=WEAK, bounds=WEAK_BOUNDS)
    vault = opened(path, team, "karin")
    with reading(vault._engine) as conn:
        mappers: tuple[rows.Rows[Any], ...] = (
            rows.persons, rows.contacts, rows.referrals, rows.consents, rows.episodes, rows.assignments,
            rows.follow_ups, rows.commitments, rows.meetings, rows.attendances, rows.assessments,
        )  # fmt: skip
        values = [mapper.where(conn) for mapper in mappers]
        content = {
            table.name: [tuple(row) for row in conn.execute(select(table).order_by(*table.primary_key))]
            for table in tables.metadata.sorted_tables
        }
        found = Told._make([team, *values, log.entries(conn), log.first_break(conn), content])
    vault.close()
    return found


@pytest.fixture(scope="module")
def demo_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "demo.misam"


@pytest.fixture(scope="module")
def demo(demo_path: Path) -> Told:
    return told(demo_path)


# The team


def test_twelve_users_hold_every_role_at_four_authorities(demo: Told) -> None:
    assert len(demo.team.users) == 12
    assert {role for user in demo.team.users for role in user.roles} == set(Role)
    assert {user.authority for user in demo.team.users} == set(Agency)


def test_the_first_user_is_the_koordinator_karin(demo: Told) -> None:
    first = demo.team.users[0]
    assert (first.login, first.name, first.roles) == ("karin", "Karin Ekdal", (Role.KOORDINATOR,))


def test_every_authority_has_two_handlaggare(demo: Told) -> None:
    workers = Counter(user.authority for user in demo.team.users if Role.HANDLAGGARE in user.roles)
    assert all(workers[agency] >= 2 for agency in Agency)


def test_every_user_unlocks_with_the_one_password(demo: Told, demo_path: Path) -> None:
    for user in demo.team.users:
        opened(demo_path, demo.team, user.login).close()


def test_the_shared_password_is_one_that_any_store_would_take(demo: Told) -> None:
    for user in demo.team.users:
        check_password_strength(demo.team.password, login=user.login)


def test_the_nafs_teams_have_meetings_planned_ahead(demo: Told) -> None:
    planned = [meeting for meeting in demo.meetings if meeting.kind is Kind.NAFS]
    assert len({meeting.activity_id for meeting in planned}) == 4
    assert all(is_working_day(meeting.on) for meeting in planned)
    ahead = [meeting for meeting in planned if meeting.on >= TODAY]
    assert len({meeting.activity_id for meeting in ahead}) == 4
    assert min(meeting.on for meeting in ahead) < TODAY + timedelta(days=8)


def test_the_nafs_teams_have_a_year_of_meetings_with_cases_behind_them(demo: Told) -> None:
    states = Counter(meetings.state_of(meeting) for meeting in demo.meetings if meeting.kind is Kind.NAFS)
    assert states[MeetingState.CLOSED] > 35
    assert 0 < states[MeetingState.CANCELLED] < 15
    done = Counter(entry.action for entry in demo.entries)
    assert 50 <= done["nafs.raised"] <= 80
    assert done["feedback.given"] > 35


def test_the_meeting_of_next_week_has_an_agenda_that_names_nobody(demo: Told, demo_path: Path) -> None:
    ylva = opened(demo_path, demo.team, "ylva")
    upcoming = [one for one in demo.meetings if one.kind is Kind.NAFS and one.on >= TODAY]
    page = ylva.ask(agenda_of(min(upcoming, key=lambda one: one.on).id))
    told = said(ylva.ask(agenda_preview(page.meeting.id)).paper)
    names = [line.person.family_name for line in page.lines if line.person]
    assert len(names) == 5
    assert [name for name in names if name in told] == []
    ylva.close()


# Numbers


def test_there_are_three_years_of_episodes_and_125_are_open(demo: Told) -> None:
    assert len(demo.episodes) == 370
    assert len(demo.open) == 125
    assert min(episode.enrolled_on for episode in demo.episodes) < TODAY - timedelta(days=3 * 365 - 60)


def test_some_came_back_and_each_within_the_window(demo: Told) -> None:
    by_id = {episode.id: episode for episode in demo.episodes}
    back = [one for one in demo.referrals if one.earlier_episode_id]
    for referral in back:
        ended_on = by_id[referral.earlier_episode_id].discharged_on  # type: ignore[index]  # filtered above
        assert ended_on is not None
        assert ended_on <= referral.referred_on <= last_rereferral_day(ended_on)
    assert sum(one.episode_id is not None for one in back) == 24


def test_eight_referrals_wait_for_the_next_forum(demo: Told) -> None:
    states = Counter(referrals.state_of(one) for one in demo.queue)
    assert states == {ReferralState.WAITING: 7, ReferralState.COMPLETING: 1}
    assert sum(one.sgi0 for one in demo.queue) == 2
    assert sum(one.is_rereferral for one in demo.queue) == 1


def test_one_in_the_queue_already_has_an_open_case(demo: Told) -> None:
    numbers = {person.id: person.number for person in demo.persons}
    going_on = {numbers[episode.person_id] for episode in demo.open}
    assert sum(numbers[one.person_id] in going_on for one in demo.queue) == 1


def test_one_person_has_a_protected_identity_and_stands_in_the_queue(demo: Told) -> None:
    protected = [person.id for person in demo.persons if person.protected]
    assert len(protected) == 1
    assert protected[0] in {one.person_id for one in demo.queue}


def test_two_are_accepted_and_wait_for_enrolment(demo: Told) -> None:
    states = Counter(referrals.state_of(one) for one in demo.referrals)
    assert states[ReferralState.ACCEPTED] == 2
    assert states[ReferralState.DRAFT] == 3


def test_follow_ups_are_late_and_soon(demo: Told) -> None:
    states = Counter(follow_ups.state_of(one, today=TODAY) for one in demo.follow_ups)
    assert states[FollowUpState.FORFALLEN] == 11
    assert states[FollowUpState.SNART] == 20
    assert states[FollowUpState.KUNDE_INTE_NAS] == 3


def test_most_follow_ups_were_done_on_time(demo: Told) -> None:
    done = [one for one in demo.follow_ups if one.done_on]
    on_time = sum(map(follow_ups.is_on_time, done))
    assert 0.8 * len(done) < on_time < len(done)
    assert any(map(follow_ups.was_moved, done))


def test_some_consents_end_soon_and_one_open_case_has_lost_its_own(demo: Told) -> None:
    going_on = {episode.referral_id for episode in demo.open}
    mine = [one for one in demo.consents if one.case_id in going_on and one.purpose is Purpose.SAMVERKAN]
    ending = [one for one in mine if one.until_on and TODAY <= one.until_on <= TODAY + timedelta(days=30)]
    valid = {one.case_id for one in mine if valid_on(one, TODAY)}
    assert len(ending) >= 6
    assert len(going_on - valid) == 1


def test_each_consent_keeps_the_text_that_suits_its_person(demo: Told) -> None:
    persons = {one.id: one for one in demo.persons}
    assert all(one.wording == wording_of(language_for(persons[one.person_id])).id for one in demo.consents)
    assert len({one.wording for one in demo.consents}) > 1


def test_some_open_episodes_lack_a_samordnare(demo: Told) -> None:
    assert sum(episode.case_lead_id is None for episode in demo.open) == 4


def test_people_have_changed_during_episodes(demo: Told) -> None:
    changed = Counter((one.episode_id, one.role) for one in demo.assignments)
    assert {role for (_, role), times in changed.items() if times > 1} == set(AssignmentRole)


@pytest.mark.parametrize(
    ("seen", "kinds"),
    [
        (lambda demo: map(referrals.state_of, demo.referrals), ReferralState),
        (lambda demo: map(partial(follow_ups.state_of, today=TODAY), demo.follow_ups), FollowUpState),
        (lambda demo: map(partial(commitments.state_of, today=TODAY), demo.commitments), CommitmentState),
        (lambda demo: (one.outcome for one in demo.assessments), Outcome),
        (lambda demo: (one.presence for one in demo.attendances), Presence),
    ],
)
def test_every_state_occurs(demo: Told, seen: Callable[[Told], Any], kinds: type) -> None:
    assert set(seen(demo)) == set(kinds)  # type: ignore[call-overload]  # an enum class is its members


# Time


def test_the_next_forum_is_planned_on_the_next_forum_day(demo: Told) -> None:
    forums = [one for one in demo.meetings if one.kind is Kind.FORUM]
    planned = [one.on for one in forums if meetings.state_of(one) is MeetingState.PLANNED]
    assert planned == [date(2026, 11, 26)]
    assert {meetings.state_of(one) for one in forums} == {
        MeetingState.PLANNED, MeetingState.CLOSED, MeetingState.CANCELLED,
    }  # fmt: skip


def test_nothing_but_due_dates_and_planned_meetings_lies_ahead(demo: Told) -> None:
    happened = [
        *(one.referred_on for one in demo.referrals),
        *(one.outcome_on for one in demo.referrals),
        *(one.enrolled_on for one in demo.episodes),
        *(one.discharged_on for one in demo.episodes),
        *(one.done_on for one in demo.follow_ups),
        *(one.done_on for one in demo.commitments),
        *(one.withdrawn_on for one in demo.consents),
    ]
    assert all(day is None or day < TODAY for day in happened)


def test_the_log_runs_forward_and_its_chain_holds(demo: Told) -> None:
    times = [entry.at for entry in demo.entries]
    assert times == sorted(times)
    assert demo.first_break is None
    assert [entry.action for entry in demo.entries[-2:]] == ["demo.seeded", "store.unlocked"]


def test_people_work_on_working_days_only(demo: Told) -> None:
    assert all(is_working_day(date.fromisoformat(entry.at[:10])) for entry in demo.entries)


def test_every_referral_has_an_entry_in_the_log_on_its_day(demo: Told) -> None:
    made = {entry.object_id: entry.at[:10] for entry in demo.entries if entry.action in _MADE}
    assert all(made[one.id] == one.referred_on.isoformat() for one in demo.referrals)


_MADE = {"referral.made", "referral.rereferred"}


# Made up, and the same each time


def test_a_new_samordnare_is_somebody_whom_the_consent_names(tmp_path: Path) -> None:
    """On this day of the demo another unit commissions since the consent was signed."""
    assert make_demo(tmp_path / "demo.misam", today=date(2026, 11, 30), cost=WEAK, bounds=WEAK_BOUNDS).users


def test_the_same_day_gives_the_same_store_but_for_its_keys(demo: Told, tmp_path: Path) -> None:
    again = told(tmp_path / "again.misam").content
    for content in (again, demo.content):
        content.pop("key_file")
        content.pop("spent_code")
        content["setting"] = [row for row in content["setting"] if row[0] not in {"store_id", "code_key"}]
    assert again == demo.content


def test_another_day_gives_other_persons() -> None:
    first, second = (plan_of(day).cases for day in DAYS[:2])
    assert first != second


def test_every_birth_number_is_kept_for_made_up_persons(demo: Told) -> None:
    for person in demo.persons:
        assert 980 <= int(person.number.digits[8:11]) <= 999
        assert parse_personal_number(person.number.long, today=TODAY) == person.number


def names_of_persons() -> set[str]:
    persons = reference("persons")
    known = [name for one in persons["known"] for name in (one["given"], one["family"])]
    lists = ("women", "men", "either", "family")
    return {*known, *(name for group in persons["group"] for key in lists for name in group[key])}


def words_of_the_team() -> str:
    team = reference("team")
    staff = [one["name"] for one in (*team["user"], *team["contact"], *team["nafs"])]
    units = [part for unit in founding.reference_units() for part in (unit.name, unit.short)]
    misam = founding.reference_activity("misam", activity_id="misam")
    return " ".join([*staff, *units, team["team"], misam.name, misam.settings.rhythm.place]).casefold()


def test_no_persons_name_occurs_in_a_staff_unit_or_place_name() -> None:
    words = words_of_the_team()
    assert not [name for name in names_of_persons() if name.casefold() in words]


def test_no_persons_name_is_a_word_of_the_texts_or_code_lists() -> None:
    files = [assets.database("reference", "demo", "texts.toml"), assets.database("reference", "codelists.toml")]
    words = {word.strip('.,:?()«»"') for file in files for word in file.read_text(encoding="utf-8").casefold().split()}
    assert not [name for name in names_of_persons() if name.casefold() in words]


def test_names_come_from_several_backgrounds(demo: Told) -> None:
    names = {person.full_name for person in demo.persons}
    assert {"Şükrü Yıldırım", "Łukasz Wójcik", "Thị Hương Nguyễn"} <= names
    assert len(names) == len({person.number for person in demo.persons})


def test_questions_are_many_and_asked_of_more_than_one_authority(demo: Told) -> None:
    assert len({one.question for one in demo.referrals}) >= 40
    assert all(one.needed_unit_ids for one in demo.referrals if one.submitted_at)


def test_the_reference_files_hold_no_key_twice() -> None:
    for name in ("team", "persons", "figures", "texts"):
        tomllib.loads(assets.database("reference", "demo", f"{name}.toml").read_text(encoding="utf-8"))


# Whatever the day


def plan_of(today: date) -> Plan:
    settings = founding.reference_activity("misam", activity_id="misam").settings
    return plan_history(Dice(Random(f"{today} life")), settings, today=today)


def all_cases(plan: Plan) -> list[Case]:
    return [one for case in plan.cases for one in (case, case.again) if one is not None]


@pytest.mark.parametrize("today", DAYS)
def test_the_numbers_come_out_right_on_any_day(today: date) -> None:
    cases = all_cases(plan_of(today))
    fates = Counter(case.fate for case in cases)
    assert sum(case.is_open for case in cases) == 125
    assert (fates[Fate.LATE], fates[Fate.UNREACHED]) == (11, 3)


@pytest.mark.parametrize("today", DAYS)
def test_the_next_forum_is_a_working_day_within_a_fortnight(today: date) -> None:
    on = plan_of(today).next_forum_on
    assert today <= on < today + timedelta(days=14)
    assert is_working_day(on)


def test_the_forum_is_planned_today_when_today_is_its_day() -> None:
    assert plan_of(date(2026, 11, 26)).next_forum_on == date(2026, 11, 26)


# Refusals


def test_made_up_persons_never_enter_a_real_store(karin: Vault) -> None:
    with pytest.raises(DemoOnly):
        karin.do(seed(TODAY))
    with reading(karin._engine) as conn:
        assert rows.persons.where(conn) == []


def test_the_history_is_told_once(demo: Told, demo_path: Path) -> None:
    vault = opened(demo_path, demo.team, "agneta")
    with pytest.raises(DemoSeeded):
        vault.do(seed(TODAY))
    vault.close()


def test_only_an_administrator_may_seed(demo: Told, demo_path: Path) -> None:
    vault = opened(demo_path, demo.team, "jonas")
    with pytest.raises(NotPermitted):
        vault.do(seed(TODAY))
    vault.close()


def test_an_existing_store_is_left_alone(founded: Path) -> None:
    with pytest.raises(StoreExists):
        make_demo(founded, today=TODAY, cost=WEAK, bounds=WEAK_BOUNDS)


def test_a_history_that_cannot_be_told_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises((ValueError, OverflowError)):
        make_demo(tmp_path / "demo.misam", today=date.max, cost=WEAK, bounds=WEAK_BOUNDS)
    assert list(tmp_path.iterdir()) == []


# The log


def test_last_month_has_reads_to_review(demo: Told, demo_path: Path) -> None:
    vault = opened(demo_path, demo.team, "karin")
    month = vault.ask(to_review(month="2026-10"))
    grounds = Counter(one.ground for one in month)
    assert set(grounds) == set(ReviewGround) - {ReviewGround.REFUSED}
    assert (grounds[ReviewGround.MANY], grounds[ReviewGround.SURNAME]) == (1, 1)
    assert [(one.ground, one.reviewed_by) for one in month if one.review] == [(ReviewGround.SURNAME, "Helene Sjödahl")]
    authorities = {unit.short: unit.agency for unit in all_of(vault, rows.units)}
    assert {authorities[one.line.unit] for one in month} == set(Agency)
    vault.close()


def test_what_is_read_is_mostly_read_for_work(demo: Told) -> None:
    reads = [one for one in demo.entries if one.action in {"case.opened", "referral.opened"}]
    assert 100 < len(reads) < 300
    assert {one.allowed for one in reads} == {1}


def test_nobody_notes_a_read_in_a_store_of_real_persons(karin: Vault) -> None:
    referral = waiting(karin)
    with writing(karin._engine) as conn:
        tx = Tx(conn, karin.actor, May.READ_CASE, now=NOW, today=TODAY)
        with pytest.raises(NotPermitted):
            tx.also_opened(
                "referral.opened",
                subjects.of_referral(conn, referral),
                object_id=referral.id,
                person_id=referral.person_id,
                actor=karin.actor,
                now=NOW,
            )
