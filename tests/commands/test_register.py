"""Taking over the team's list, and giving it back: new rows, changed rows, and what a list may not touch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from misam_desktop.commands.consents import renew_consent, withdraw_consent
from misam_desktop.commands.referrals import refer_again, withdraw_referral
from misam_desktop.commands.register import (
    Exported,
    HasWrongRows,
    Imported,
    PlanChanged,
    export_register,
    import_register,
)
from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.codes import Agency, DischargeReason, Outcome, Purpose, Referrer, RereferralReason, Role, Sex
from misam_desktop.domain.episode import AssignmentRole
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.domain.register import COLUMNS, Read, Verdict
from misam_desktop.domain.register_values import IMPORTED
from misam_desktop.domain.report import ReportKind
from misam_desktop.queries.register import register_plan
from misam_desktop.queries.reports import counted_report
from misam_desktop.store import founding, rows
from misam_desktop.store.engine import writing
from misam_desktop.transfer.register_rows import read_rows, written
from misam_desktop.transfer.sheets import read_sheet, write_csv
from misam_desktop.unlocking import unlock
from misam_desktop.vault import Vault
from tests.commands.worlds import (
    AF,
    AME,
    FK,
    IFO,
    MISAM,
    accepted,
    agrees,
    all_of,
    asks,
    colleague,
    content,
    discharged,
    draft,
    enrolled,
    entries,
    follow_ups,
    on,
    one,
    refused,
    somebody,
    waiting,
)
from tests.conftest import CLOCK, PASSWORD, TODAY, WEAK_BOUNDS, found_store
from tests.transfer.worlds import cells, csv_list

NOW_OPEN = {"remissdatum": "2026-09-01", "beslutsdatum": "2026-09-08", "inskriven": "2026-09-14"}
NOW_OPEN |= {"samtycke_fran": "2026-09-01", "samtycke_till": "2027-08-31"}
ENDED = {"avslutad": "2019-08-31", "avslutsorsak": "uppfyllt", "avslutad_till": "Arbete", "forsorjning_ut": "lon"}
BACK = {"remissdatum": "2020-02-29", "beslutsdatum": "2020-03-03", "inskriven": "2020-03-09"}
WAITS = {"beslut": "", "beslutsdatum": "", "inskriven": ""}
BO, EVA = ({"personnummer": made_up_number(date(1985, 3, day), 981).long} for day in (14, 20))


def listed(*said: dict[str, str]) -> list[Read]:
    """Rows of a list, each Anna's with some cells changed."""
    return read_rows(read_sheet(csv_list(*(cells(**row) for row in said))), today=TODAY)[0]


def take(vault: Vault, *said: dict[str, str], good_rows: bool = False) -> Imported:
    """The same, taken in."""
    return vault.do(import_register(listed(*said), good_rows=good_rows)).value


def verdicts(vault: Vault, *said: dict[str, str]) -> list[Verdict]:
    """What an import would do with the rows."""
    return [planned.verdict for planned in vault.ask(register_plan(listed(*said))).rows]


# A new row


def test_a_new_row_becomes_a_person_with_a_whole_case(karin: Vault) -> None:
    take(karin, {})
    [person], [referral], [episode] = (all_of(karin, each) for each in (rows.persons, rows.referrals, rows.episodes))
    assert (person.full_name, person.sex, person.protected) == ("Anna Älgträsk", Sex.KVINNA, False)
    assert (referral.person_id, referral.activity_id, referral.unit_id) == (person.id, MISAM, IFO)
    assert (referral.episode_id, episode.referral_id) == (episode.id, referral.id)
    [assessment], consents = all_of(karin, rows.assessments), all_of(karin, rows.consents)
    assert (assessment.outcome, assessment.concluded_on) == (Outcome.ANTAS, date(2019, 2, 12))
    assert {consent.purpose for consent in consents} == {Purpose.SAMVERKAN, Purpose.UPPFOLJNING}
    assert {unit_id for consent in consents for unit_id in consent.unit_ids} == {AF, FK, IFO, "region"}


def test_its_handlaggare_and_uppdragsgivare_are_so_from_the_start(karin: Vault) -> None:
    imported = take(karin, {})
    lines = all_of(karin, rows.assignments)
    assert imported.new_contacts == ("A. Handläggare, IFO",)
    assert {(line.role, line.unit_id, line.from_on) for line in lines} == {
        (AssignmentRole.COMMISSIONER, IFO, date(2019, 2, 18)),
        (AssignmentRole.CASE_WORKER, None, date(2019, 2, 18)),
    }


def test_an_open_episode_has_follow_ups_ahead_and_no_old_debts(karin: Vault) -> None:
    take(karin, {}, NOW_OPEN | BO)
    by_episode = [follow_ups(karin, episode) for episode in all_of(karin, rows.episodes)]
    months = sorted([planned.months for planned in planned_ones] for planned_ones in by_episode)
    assert months == [[3, 6, 9, 12], [96]]
    assert all(planned.due_on >= TODAY for planned_ones in by_episode for planned in planned_ones)


def test_a_referral_that_waits_keeps_its_handlaggare(karin: Vault) -> None:
    take(karin, WAITS | {"uppdragsgivare": "FK"})
    [referral] = all_of(karin, rows.referrals)
    contact = one(karin, rows.contacts, referral.contact_id or "")
    assert (contact.name, contact.unit_id) == ("A. Handläggare", FK)
    assert verdicts(karin, WAITS | {"uppdragsgivare": "FK"}) == [Verdict.KNOWN]


def test_a_handlaggare_who_is_known_is_not_made_again(karin: Vault, jonas: Vault) -> None:
    imported = take(karin, {"handlaggare": "Jonas Vall", "uppdragsgivare": "Af"})
    [episode] = all_of(karin, rows.episodes)
    assert (imported.new_contacts, episode.case_worker_id) == ((), jonas.actor.contact_id)


def test_an_unknown_insats_becomes_an_activity_like_misam_closed_for_referrals(karin: Vault) -> None:
    imported = take(karin, {"insats": "Jobbtorg"})
    misam, new = sorted(all_of(karin, rows.activities), key=lambda activity: activity.name != "MISAM")
    assert (imported.new_activities, new.name) == (("Jobbtorg",), "Jobbtorg")
    assert (new.settings, new.open_for_referrals) == (misam.settings, False)


def test_a_list_that_comes_before_any_forum_brings_activities_like_misam(karin: Vault) -> None:
    with writing(karin._engine) as conn:
        rows.activities.remove(conn, MISAM)
    take(karin, {"insats": "Jobbtorg"})
    [activity] = all_of(karin, rows.activities)
    assert activity.settings == founding.reference_activity("misam", activity_id="").settings


def test_the_insats_is_found_in_any_case_of_letters(karin: Vault) -> None:
    assert take(karin, {"insats": "misam"}).new_activities == ()


# Who came back


def came_back(vault: Vault) -> dict[date, date | None]:
    """Day of referral → day of the discharge that it came back after."""
    ends = {episode.id: episode.discharged_on for episode in all_of(vault, rows.episodes)}
    again = {each.referred_on: each.earlier_episode_id for each in all_of(vault, rows.referrals)}
    return {day: None if episode_id is None else ends[episode_id] for day, episode_id in again.items()}


@pytest.mark.parametrize("order", [1, -1], ids=["oldest first", "newest first"])
def test_who_comes_back_within_six_months_is_a_rereferral_in_any_order(karin: Vault, order: int) -> None:
    take(karin, *[ENDED, BACK][::order])
    assert came_back(karin) == {date(2019, 2, 4): None, date(2020, 2, 29): date(2019, 8, 31)}


def test_a_day_later_it_is_an_ordinary_referral(karin: Vault) -> None:
    take(karin, ENDED, BACK | {"remissdatum": "2020-03-01"})
    assert came_back(karin)[date(2020, 3, 1)] is None


def test_an_older_row_that_comes_later_makes_what_is_stored_a_rereferral(karin: Vault) -> None:
    take(karin, BACK)
    take(karin, ENDED)
    assert came_back(karin)[date(2020, 2, 29)] == date(2019, 8, 31)


def test_a_corrected_discharge_can_end_the_window(karin: Vault) -> None:
    take(karin, ENDED, BACK)
    take(karin, ENDED | {"avslutad": "2019-08-01"})
    assert came_back(karin)[date(2020, 2, 29)] is None


def test_a_rereferral_made_in_the_program_keeps_what_it_names(karin: Vault) -> None:
    episode = discharged(karin, began=date(2026, 3, 2))
    again = refer_again(
        episode.id, asks(), consent=agrees(), reason=RereferralReason.INTE_HALLIT, not_held="Praktiken tog slut"
    )
    referral = karin.do(again).value
    take(karin, *_as_cells(karin, {"tid_offentlig_mn": "31"}))
    assert one(karin, rows.referrals, referral.id).earlier_episode_id == episode.id


def _as_cells(vault: Vault, said: dict[str, str]) -> list[dict[str, str]]:
    exported = vault.do(export_register()).value
    return [dict(zip(COLUMNS, written(row), strict=True)) | said for row in exported.rows]


# The same again, and what is refused


def test_the_same_list_again_changes_nothing_but_one_entry_in_the_log(karin: Vault) -> None:
    said = [{}, ENDED | BO, BACK | BO, EVA | WAITS, {"insats": "Jobbtorg"}]
    take(karin, *said)
    before, told = content(karin), len(entries(karin))
    imported = take(karin, *said)
    assert content(karin) == before
    assert [entry.action for entry in entries(karin)[told:]] == ["register.imported"]
    assert imported.verdicts == {Verdict.KNOWN: 5}


def test_every_entry_of_an_import_names_it(karin: Vault) -> None:
    told = len(entries(karin))
    imported = take(karin, {}, BO)
    first, *each = entries(karin)[told:]
    assert (first.object_id, first.person_id) == (imported.import_id, "")
    assert {entry.object_id for entry in each} == {referral.id for referral in all_of(karin, rows.referrals)}
    assert {entry.person_id for entry in each} == {person.id for person in all_of(karin, rows.persons)}
    assert {entry.purpose for entry in (first, *each)} == {imported.import_id}


@pytest.mark.parametrize("bad", [{"kon": "Q"}, {"remissdatum": "2019-02-05"}], ids=["wrong", "doubtful"])
def test_a_list_with_a_row_to_mend_is_refused_whole(karin: Vault, bad: dict[str, str]) -> None:
    with refused(karin, HasWrongRows) as caught:
        take(karin, {}, bad)
    assert caught.value.params == {"count": 1}


def test_the_good_rows_are_taken_alone_on_purpose(karin: Vault) -> None:
    imported = take(karin, {}, {"kon": "Q"}, {"remissdatum": "2019-02-05"}, BO, good_rows=True)
    assert imported.verdicts == {Verdict.NEW: 2, Verdict.WRONG: 1, Verdict.DOUBTFUL: 1}
    assert len(all_of(karin, rows.referrals)) == 2


def test_a_plan_that_somebody_elses_change_has_overtaken_is_shown_again(karin: Vault) -> None:
    take(karin, {})
    reads = listed({"utbildning": "grundskola"})
    accepted = karin.ask(register_plan(reads)).rows
    take(karin, {"efternamn": "Ek"})
    with refused(karin, PlanChanged):
        karin.do(import_register(reads, seen=accepted))
    accepted = karin.ask(register_plan(reads)).rows
    assert karin.do(import_register(reads, seen=accepted)).value.verdicts == {Verdict.CHANGES: 1}


def test_an_import_that_fails_half_way_leaves_nothing(karin: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise MemoryError

    before, told = content(karin), len(entries(karin))
    monkeypatch.setattr(rows.consents, "add_all", fail)
    with pytest.raises(MemoryError):
        take(karin, {}, BO, {"insats": "Jobbtorg"})
    assert (content(karin), len(entries(karin))) == (before, told)


@pytest.mark.parametrize("login", ["jonas", "ada", "bo", "nora"])
def test_only_a_koordinator_takes_in_or_gives_out(login: str, request: pytest.FixtureRequest) -> None:
    vault = request.getfixturevalue(login)
    with refused(vault, NotPermitted):
        take(vault, {})
    with refused(vault, NotPermitted):
        vault.do(export_register())


# A row that changes what is stored


def test_a_changed_row_changes_what_it_says_and_nothing_else(karin: Vault) -> None:
    take(karin, {})
    [before] = all_of(karin, rows.referrals)
    take(karin, {"utbildning": "grundskola", "sgi0": "nej", "fragestallning": "Vad behövs?"})
    [after] = all_of(karin, rows.referrals)
    assert after == replace(before, education=after.education, question="Vad behövs?", version=before.version + 1)
    assert after.education.value == "grundskola"


def test_a_changed_name_is_the_persons(karin: Vault) -> None:
    take(karin, {}, {"insats": "Jobbtorg"})
    take(karin, {"efternamn": "Ek"}, {"efternamn": "Ek", "insats": "Jobbtorg"})
    [person] = all_of(karin, rows.persons)
    assert (person.family_name, person.version) == ("Ek", 2)


def test_another_handlaggare_takes_over_today_with_the_open_follow_ups(karin: Vault) -> None:
    take(karin, NOW_OPEN)
    take(karin, NOW_OPEN | {"handlaggare": "B. Handläggare"})
    [episode] = all_of(karin, rows.episodes)
    new = next(contact for contact in all_of(karin, rows.contacts) if contact.name == "B. Handläggare")
    assert episode.case_worker_id == new.id
    assert {planned.owner_id for planned in follow_ups(karin, episode)} == {new.id}
    lines = [line for line in all_of(karin, rows.assignments) if line.role is AssignmentRole.CASE_WORKER]
    assert sorted(line.from_on for line in lines) == [date(2026, 9, 14), TODAY]


def test_a_discharge_cancels_what_was_open(karin: Vault) -> None:
    take(karin, NOW_OPEN)
    take(karin, NOW_OPEN | ENDED | {"avslutad": "2026-11-20"})
    [episode] = all_of(karin, rows.episodes)
    assert episode.discharged_on == date(2026, 11, 20)
    assert {planned.cancelled_on for planned in follow_ups(karin, episode)} == {date(2026, 11, 20)}


def test_a_corrected_start_moves_the_open_follow_ups(karin: Vault) -> None:
    take(karin, NOW_OPEN)
    take(karin, NOW_OPEN | {"inskriven": "2026-09-21"})
    [episode] = all_of(karin, rows.episodes)
    assert [planned.due_on for planned in follow_ups(karin, episode)][:2] == [date(2026, 12, 21), date(2027, 3, 22)]


def test_who_waited_is_enrolled_by_a_later_list(karin: Vault) -> None:
    take(karin, NOW_OPEN | WAITS)
    take(karin, NOW_OPEN)
    [referral], [episode] = all_of(karin, rows.referrals), all_of(karin, rows.episodes)
    assert (referral.episode_id, referral.outcome) == (episode.id, Outcome.ANTAS)
    assert episode.case_worker_id == referral.contact_id
    assert [planned.months for planned in follow_ups(karin, episode)] == [3, 6, 9, 12]
    assert [assessment.concluded_on for assessment in all_of(karin, rows.assessments)] == [date(2026, 9, 8)]


def test_another_outcome_takes_the_place_of_the_one_before(karin: Vault) -> None:
    take(karin, NOW_OPEN | {"beslut": "ater", "inskriven": ""})
    take(karin, NOW_OPEN)
    old, new = sorted(all_of(karin, rows.assessments), key=lambda assessment: assessment.outcome is Outcome.ANTAS)
    assert (old.outcome, old.taken_back_at is not None) == (Outcome.ATER, True)
    assert (new.outcome, new.taken_back_at, new.text) == (Outcome.ANTAS, None, IMPORTED)


def test_a_longer_consent_with_more_parties_is_kept_for_every_purpose(karin: Vault) -> None:
    take(karin, {"samtycke_parter": "Af", "samtycke_syften": "samverkan"})
    take(karin, {"samtycke_till": "2022-01-31", "samtycke_syften": "samverkan+sip"})
    consents = {consent.purpose: consent for consent in all_of(karin, rows.consents)}
    assert set(consents) == {Purpose.SAMVERKAN, Purpose.SIP}
    assert {consent.until_on for consent in consents.values()} == {date(2022, 1, 31)}
    assert {len(consent.unit_ids) for consent in consents.values()} == {4}


def test_a_case_stays_with_the_unit_that_holds_it(karin: Vault) -> None:
    episode = enrolled(
        karin, waiting(karin, unit_id=AME, referrer=Referrer.KOMMUN, needed_unit_ids=(AF,)), commissioner_id=AME
    )
    before = one(karin, rows.referrals, episode.referral_id)
    take(karin, *_as_cells(karin, {"utbildning": "grundskola", "handlaggare": "B. Handläggare"}))
    after, changed = one(karin, rows.referrals, before.id), one(karin, rows.episodes, episode.id)
    assert (after.unit_id, after.needed_unit_ids, changed.commissioner_id) == (AME, (AF,), AME)
    assert one(karin, rows.contacts, changed.case_worker_id or "").unit_id == AME


@pytest.mark.parametrize("act", ["withdrawn", "renewed"])
def test_a_list_says_nothing_of_a_consent_that_was_changed_in_the_program(karin: Vault, act: str) -> None:
    waiting(karin)
    [before] = _as_cells(karin, {})
    for consent in all_of(karin, rows.consents):
        if act == "withdrawn":
            karin.do(withdraw_consent(consent.id, on=TODAY))
        else:
            on(karin, date(2026, 12, 1)).do(renew_consent(consent.id, until_on=None, paper_at="Pärm 4"))
    stored = content(karin)["consent"]
    assert verdicts(karin, before) == [Verdict.KNOWN]
    take(karin, before | {"samtycke_till": "2031-01-01", "utbildning": "grundskola"})
    assert content(karin)["consent"] == stored


# What a list may not touch


def test_a_protected_person_belongs_to_who_brought_them_in(karin: Vault) -> None:
    take(karin, {"skyddad": "ja"})
    [person] = all_of(karin, rows.persons)
    assert (person.protected, person.protected_owners) == (True, (karin.actor.user_id,))
    assert take(karin, {"skyddad": "ja", "utbildning": "grundskola"}).verdicts == {Verdict.CHANGES: 1}


def test_somebody_elses_protected_person_is_out_of_reach_and_untouched(karin: Vault) -> None:
    other = colleague(karin, "kim", Role.KOORDINATOR, unit_id=IFO)
    take(other, {"skyddad": "ja"})
    [planned] = karin.ask(register_plan(listed({}))).rows
    assert (planned.verdict, [remark.code for remark in planned.remarks]) == (Verdict.WRONG, ["row_out_of_reach"])
    with refused(karin, HasWrongRows):
        take(karin, {"efternamn": "Ek"})


@pytest.mark.parametrize("insats", ["Jobbtorg", "Okänd"])
def test_a_koordinator_of_one_activity_takes_in_no_other(karin: Vault, insats: str) -> None:
    take(karin, {"insats": "Jobbtorg"})
    of_misam = colleague(karin, "mia", Role.KOORDINATOR, unit_id=IFO, activity_ids=(MISAM,))
    assert verdicts(of_misam, BO, BO | {"insats": insats}) == [Verdict.NEW, Verdict.WRONG]


# The register back


def exported(vault: Vault) -> Exported:
    return vault.do(export_register()).value


def test_the_register_goes_out_whole_whatever_its_consents_say_of_today(karin: Vault) -> None:
    take(karin, {"samtycke_till": "2019-03-01"}, BO | WAITS, ENDED | EVA)
    out = exported(karin)
    assert (len(out.rows), out.protected, out.unenrolled) == (3, 0, 0)


def test_protected_persons_are_only_counted(karin: Vault) -> None:
    take(karin, {"skyddad": "ja"}, {"skyddad": "ja", "insats": "Jobbtorg"}, BO)
    out = exported(karin)
    assert ([row.number.long for row in out.rows], out.protected) == ([BO["personnummer"]], 1)


def test_drafts_and_what_was_taken_back_do_not_go_out(karin: Vault, jonas: Vault) -> None:
    draft(jonas)
    taken_back = waiting(karin, somebody(981))
    karin.do(withdraw_referral(taken_back.id, why="Ångrade sig"))
    assert exported(karin).rows == ()


def test_who_waits_for_enrolment_goes_out_as_waiting_and_is_told(karin: Vault) -> None:
    accepted(karin)
    out = exported(karin)
    assert ([row.outcome for row in out.rows], out.unenrolled) == ([None], 1)


def test_who_waits_goes_out_with_the_authority_of_the_handlaggare(karin: Vault, elsewhere: Vault) -> None:
    said = WAITS | {"remittent": "Annan", "uppdragsgivare": "FK"}
    take(karin, said)
    take(elsewhere, *_as_cells(karin, {}))
    assert [(row.commissioner, row.case_worker) for row in exported(elsewhere).rows] == [(Agency.FK, "A. Handläggare")]


def test_the_log_has_the_export_before_a_row_is_handed_over(karin: Vault) -> None:
    take(karin, {})
    exported(karin)
    assert entries(karin)[-1].action == "register.exported"


def test_a_koordinator_of_one_activity_gets_that_one(karin: Vault) -> None:
    take(karin, {}, {"insats": "Jobbtorg"}, BO | {"insats": "Jobbtorg", "skyddad": "ja"})
    of_misam = colleague(karin, "mia", Role.KOORDINATOR, unit_id=IFO, activity_ids=(MISAM,))
    out = exported(of_misam)
    assert ([row.activity for row in out.rows], out.protected) == (["MISAM"], 0)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Vault]:
    """A new store with the same users."""
    path = found_store(tmp_path / "annat.misam")
    vault = unlock(path, login="karin", password=PASSWORD, clock=CLOCK, bounds=WEAK_BOUNDS)
    yield vault
    vault.close()


def test_what_was_done_in_the_program_gives_the_same_account_in_a_new_store(karin: Vault, elsewhere: Vault) -> None:
    episode = discharged(karin, began=date(2026, 3, 2), day=date(2026, 6, 1))
    again = refer_again(
        episode.id, asks(), consent=agrees(), reason=RereferralReason.INTE_HALLIT, not_held="Praktiken tog slut"
    )
    enrolled(karin, karin.do(again).value)
    enrolled(karin, waiting(karin, somebody(982)))
    died = enrolled(karin, waiting(karin, somebody(983)))
    waiting(karin, somebody(984))
    accepted(karin, waiting(karin, somebody(985)))
    take(karin, _of(karin, died.person_id) | {"avslutad": f"{TODAY}", "avslutsorsak": DischargeReason.AVLIDEN.value})
    for consent in [each for each in all_of(karin, rows.consents) if each.person_id == died.person_id]:
        karin.do(withdraw_consent(consent.id, on=TODAY))

    content_out = write_csv(list(COLUMNS), [written(row) for row in exported(karin).rows])
    reads, _ = read_rows(read_sheet(content_out), today=TODAY)
    elsewhere.do(import_register(reads))
    year = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
    assert elsewhere.ask(counted_report(ReportKind.ARSREDOVISNING, "MISAM", **year)) == karin.ask(
        counted_report(ReportKind.ARSREDOVISNING, "MISAM", **year)
    )
    assert {row.number for row in exported(elsewhere).rows} == {row.number for row in exported(karin).rows}


def _of(vault: Vault, person_id: str) -> dict[str, str]:
    number = one(vault, rows.persons, person_id).number
    return next(row for row in _as_cells(vault, {}) if row["personnummer"] == number.long)
