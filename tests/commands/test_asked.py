"""What is offered and asked, talks and avvikelser: what their commands keep, and from whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from misam_desktop.commands.asked import note_asked, set_questionnaires
from misam_desktop.commands.commitments import make_commitment
from misam_desktop.commands.deviations import close_deviation, note_deviation
from misam_desktop.commands.episodes import discharge
from misam_desktop.commands.extracts import make_extract
from misam_desktop.commands.indicators import load_indicators, set_totals
from misam_desktop.commands.talks import hold_talk
from misam_desktop.domain.access import NotAllOfIt
from misam_desktop.domain.activity import Questionnaires
from misam_desktop.domain.asked import AT_EXIT, AskedFacts, AskedWhat, DoneBeforeOffered
from misam_desktop.domain.codes import InfoKind, Purpose
from misam_desktop.domain.commitment import CommitmentFacts
from misam_desktop.domain.errors import NotFound, Stale
from misam_desktop.domain.indicator import Typed
from misam_desktop.domain.referral import TextRequired
from misam_desktop.domain.talk import TalkFacts, TalkKind
from misam_desktop.store import founding, rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Vault
from tests.commands.stage_asked import LINES, tells
from tests.commands.worlds import (
    AF,
    IFO,
    MISAM,
    agrees,
    all_of,
    contact_of,
    ends,
    enrolled,
    one,
    refused,
    somebody,
    waiting,
)
from tests.conftest import TODAY

YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
TALK = TalkFacts(kind=TalkKind.RUNDABORD, on=TODAY, unit_ids=(AF, IFO), agreed="Börjar i januari")


def test_the_same_occasion_is_one_row(karin: Vault) -> None:
    episode = enrolled(karin, day=TODAY)
    first = karin.do(note_asked(episode.id, AskedWhat.ENKAT, AskedFacts(offered_on=TODAY), occasion="3", seen=0)).value
    facts = AskedFacts(offered_on=TODAY, done_on=TODAY)
    karin.do(note_asked(episode.id, AskedWhat.ENKAT, facts, occasion="3", seen=first.version))
    [kept] = all_of(karin, rows.asked)
    assert (kept.id, kept.offered_on, kept.done_on) == (first.id, TODAY, TODAY)


def test_two_who_note_the_same_see_each_other(karin: Vault) -> None:
    episode = enrolled(karin)
    karin.do(note_asked(episode.id, AskedWhat.SAMTAL, AskedFacts(offered_on=TODAY), seen=0))
    with refused(karin, Stale):
        karin.do(note_asked(episode.id, AskedWhat.SAMTAL, AskedFacts(not_offered_on=TODAY), seen=0))


def test_the_question_of_violence_is_noted_by_who_may_read_of_such_things(karin: Vault, jonas: Vault) -> None:
    narrow = agrees(kinds=(InfoKind.GRUNDUPPGIFTER, InfoKind.PLANERING))
    episode = enrolled(karin, waiting(jonas, consent=narrow), case_worker_id=contact_of(jonas))
    asks_it = note_asked(episode.id, AskedWhat.VALD, AskedFacts(offered_on=TODAY))
    with refused(jonas, NotAllOfIt):
        jonas.do(asks_it)
    assert karin.do(asks_it).value.offered_on == TODAY  # it is the commissioner's own information


def test_what_is_offered_at_the_exit_is_noted_with_the_discharge(karin: Vault) -> None:
    episode = enrolled(karin)
    offered = {
        AskedWhat.SAMTAL: AskedFacts(offered_on=TODAY, done_on=TODAY),
        AskedWhat.ENKAT: AskedFacts(offered_on=TODAY),
    }
    karin.do(discharge(episode.id, ends(), asked=offered))
    kept = {(row.what, row.occasion, row.done_on) for row in all_of(karin, rows.asked)}
    assert kept == {(AskedWhat.SAMTAL, "", TODAY), (AskedWhat.ENKAT, AT_EXIT, None)}


def test_a_discharge_with_days_that_cannot_be_is_none(karin: Vault) -> None:
    episode = enrolled(karin)
    with refused(karin, DoneBeforeOffered):
        karin.do(discharge(episode.id, ends(), asked={AskedWhat.SAMTAL: AskedFacts(done_on=TODAY)}))
    assert one(karin, rows.episodes, episode.id).discharged_on is None


def test_a_nafs_team_has_no_questionnaire(karin: Vault) -> None:
    with writing(karin._engine) as conn:
        team = founding.reference_activity("nafs", activity_id="nafs-norr", name="NAFS Norr")
        rows.activities.add(conn, team)
    with refused(karin, NotFound):
        karin.do(set_questionnaires(team.id, Questionnaires(at_exit=True), seen=1))
    assert team.settings.kind.purpose is Purpose.NAFS


def test_what_a_talk_agreed_on_stands_in_the_plan(karin: Vault) -> None:
    agreed = [
        CommitmentFacts(what="Söker lägenhet", unit_id=None, due_on=None),
        CommitmentFacts(what="Bokar praktik", unit_id=AF, due_on=TODAY + timedelta(days=14)),
    ]
    talk = karin.do(hold_talk(enrolled(karin).id, TALK, agreed=agreed)).value
    kept = all_of(karin, rows.commitments)
    assert {(row.what, row.unit_id, row.talk_id) for row in kept} == {
        ("Söker lägenhet", None, talk.id),
        ("Bokar praktik", AF, talk.id),
    }


def test_a_talk_with_an_empty_line_of_the_plan_is_none(karin: Vault) -> None:
    episode = enrolled(karin)
    with refused(karin, TextRequired):
        karin.do(hold_talk(episode.id, TALK, agreed=[CommitmentFacts(what=" ", unit_id=AF, due_on=None)]))
    assert all_of(karin, rows.talks) == []


def test_a_deviation_about_a_case_belongs_to_its_activity(karin: Vault) -> None:
    with writing(karin._engine) as conn:
        other = founding.reference_activity("misam", activity_id="jobbtorg", name="Jobbtorg")
        rows.activities.add(conn, other)
    episode = enrolled(karin)
    with refused(karin, NotFound):
        karin.do(note_deviation(other.id, tells(), episode_id=episode.id))


def test_a_deviation_about_a_case_is_closed_by_who_reads_it_whole(karin: Vault, jonas: Vault, lena: Vault) -> None:
    consent = agrees(kinds=(InfoKind.GRUNDUPPGIFTER, InfoKind.PLANERING))
    episode = enrolled(karin, waiting(jonas, somebody(981), consent=consent))
    written = karin.do(note_deviation(MISAM, tells(), episode_id=episode.id)).value
    with refused(jonas, NotAllOfIt):
        jonas.do(close_deviation(written.id, done="Rutin", on=TODAY))
    with refused(lena, NotFound):
        lena.do(close_deviation(written.id, done="Rutin", on=TODAY))
    assert karin.do(close_deviation(written.id, done="Rutin", on=TODAY)).value.closed_on == TODAY


def test_the_person_reads_what_went_wrong_in_their_case_and_who_may_not_read_it_gives_none_of_it(
    karin: Vault, jonas: Vault
) -> None:
    consent = agrees(kinds=(InfoKind.GRUNDUPPGIFTER, InfoKind.PLANERING))
    episode = enrolled(karin, waiting(jonas, somebody(981), consent=consent))
    written = karin.do(note_deviation(MISAM, tells(), episode_id=episode.id)).value
    karin.do(close_deviation(written.id, done="Rutinen är ändrad", on=TODAY))
    theirs, by_jonas = (str(one.do(make_extract(episode.person_id)).value.data) for one in (karin, jonas))
    assert [text for text in (written.what, "Rutinen är ändrad") if text not in theirs] == []
    assert [text for text in (written.what, "Rutinen är ändrad") if text in by_jonas] == []


def test_a_newer_list_keeps_the_totals_of_an_older(karin: Vault) -> None:
    karin.do(load_indicators(LINES))
    first, second = all_of(karin, rows.indicators)
    karin.do(set_totals(MISAM, **YEAR, typed={first.id: Typed(12, 9)}, seen={}))
    karin.do(load_indicators(LINES[1:]))
    kept = {row.code: row.active for row in all_of(karin, rows.indicators)}
    assert kept == {"1": False, "2": True}
    assert [row.answers for row in all_of(karin, rows.indicator_totals)] == [12]
    assert second.code == "2" or first.code == "2"


@pytest.mark.parametrize(
    ("typed", "kept"), [(Typed(14, 9), [(14, 9, 2)]), (Typed(12, 9), [(12, 9, 1)]), (Typed(None, None), [])]
)
def test_a_total_is_changed_left_or_taken_away(karin: Vault, typed: Typed, kept: list[tuple[int, int, int]]) -> None:
    karin.do(load_indicators(LINES))
    first = all_of(karin, rows.indicators)[0]
    karin.do(set_totals(MISAM, **YEAR, typed={first.id: Typed(12, 9)}, seen={}))
    karin.do(set_totals(MISAM, **YEAR, typed={first.id: typed}, seen={first.id: 1}))
    assert [(row.answers, row.agreed, row.version) for row in all_of(karin, rows.indicator_totals)] == kept


def test_who_may_not_be_told_of_the_question_learns_nothing_from_what_it_was_seen_as(
    karin: Vault, jonas: Vault
) -> None:
    narrow = agrees(kinds=(InfoKind.GRUNDUPPGIFTER, InfoKind.PLANERING))
    episode = enrolled(karin, waiting(jonas, consent=narrow), case_worker_id=contact_of(jonas))
    asks_it = note_asked(episode.id, AskedWhat.VALD, AskedFacts(offered_on=TODAY), seen=0)
    for _ in range(2):
        with refused(jonas, NotAllOfIt):
            jonas.do(asks_it)
        karin.do(note_asked(episode.id, AskedWhat.VALD, AskedFacts(offered_on=TODAY)))


def test_what_is_agreed_belongs_to_a_talk_of_the_same_case(karin: Vault) -> None:
    talk = karin.do(hold_talk(enrolled(karin).id, TALK)).value
    another = enrolled(karin, waiting(karin, somebody(981)))
    with refused(karin, NotFound):
        karin.do(make_commitment(another.id, what="Ringer", unit_id=IFO, due_on=None, talk_id=talk.id))
