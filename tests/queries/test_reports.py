"""The yearly account out of the store: whose values count, and that its steps change nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from misam_desktop.commands.asked import note_asked
from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.commands.shut_outs import step_aside
from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.asked import AskedFacts, AskedWhat
from misam_desktop.domain.codes import Purpose, Role
from misam_desktop.domain.consent import Consent, valid_between
from misam_desktop.domain.counting import PeriodBackwards, whole
from misam_desktop.domain.ids import ConsentId
from misam_desktop.domain.report import Report, ReportKind
from misam_desktop.queries import counted as counting
from misam_desktop.queries.counted import BehindRow, Number
from misam_desktop.queries.reports import ActivityUnknown, behind_number, counted_report
from misam_desktop.store import rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Vault
from tests.commands.test_register import BO, ENDED, EVA, take
from tests.commands.worlds import IFO, MISAM, REGION, all_of, colleague, enrolled, entries, on, one, refused
from tests.conftest import NOW, TODAY


def counted(vault: Vault, year: int = 2019, insats: str = "MISAM") -> Report:
    return vault.ask(counted_report(ReportKind.ARSREDOVISNING, insats, first=date(year, 1, 1), last=date(year, 12, 31)))


def figures(account: Report, section_id: str) -> dict[str, int]:
    section = next(section for section in account.sections if section.id == section_id)
    return {row.code: whole(row) for row in section.rows if whole(row)}


def test_the_account_is_asked_for_by_the_name_of_the_activity(karin: Vault) -> None:
    take(karin, {})
    assert figures(counted(karin, insats=" misam "), "deltagare") == {"total": 1, "personer": 1, "nya": 1}


def test_an_unknown_name_tells_which_there_are(karin: Vault) -> None:
    take(karin, {"insats": "Ängen"}, BO | {"insats": "Arenan"})
    with pytest.raises(ActivityUnknown) as refusal:
        counted(karin, insats="Misan")
    assert refusal.value.params == {"known": "Arenan, MISAM, Ängen"}


def test_a_period_that_ends_before_it_begins_is_refused(karin: Vault) -> None:
    with pytest.raises(PeriodBackwards):
        karin.ask(counted_report(ReportKind.ARSREDOVISNING, "MISAM", first=TODAY, last=TODAY - timedelta(days=1)))


def test_who_is_protected_counts_by_sex_alone(karin: Vault) -> None:
    take(karin, {"skyddad": "ja"}, BO)
    assert figures(counted(karin), "utbildning") == {"gymnasium": 1, "utan_detaljer": 1}


def test_who_has_not_consented_to_statistics_counts_by_sex_alone(karin: Vault) -> None:
    take(karin, {"samtycke_syften": "samverkan"}, BO)
    assert figures(counted(karin), "utbildning") == {"gymnasium": 1, "utan_detaljer": 1}


def test_a_consent_that_was_withdrawn_later_counts_for_the_days_it_held(karin: Vault) -> None:
    take(karin, {})
    for consent in all_of(karin, rows.consents):
        karin.do(withdraw_consent(consent.id, on=TODAY))
    assert figures(counted(karin), "utbildning") == {"gymnasium": 1}


def test_what_was_registered_by_mistake_counts_nowhere_and_is_told(karin: Vault) -> None:
    take(karin, ENDED | {"avslutsorsak": "felregistrerad"}, BO)
    account = counted(karin)
    assert figures(account, "deltagare")["total"] == 1
    assert account.checks[-1].params == {"count": 1}


def test_the_main_livelihood_counts_and_a_samordningsnummer_has_its_age(karin: Vault) -> None:
    take(karin, {"personnummer": "19850372-9835", "forsorjning_in": "forsorjningsstod+sjukersattning"})
    account = counted(karin)
    assert figures(account, "forsorjning_in") == {"forsorjningsstod": 1}
    assert figures(account, "aldersgrupp") == {"30-44": 1}


def test_another_activity_counts_for_itself(karin: Vault) -> None:
    take(karin, {}, BO | {"insats": "Jobbtorg"})
    assert figures(counted(karin, insats="Jobbtorg"), "deltagare")["total"] == 1


@pytest.mark.parametrize("at_a_time", [1, 2, 500])
def test_counting_in_steps_gives_the_same_account(
    karin: Vault, monkeypatch: pytest.MonkeyPatch, at_a_time: int
) -> None:
    take(karin, {}, ENDED | BO | {"inskriven": "2019-03-01"}, EVA | {"inskriven": "2019-04-01"})
    monkeypatch.setattr(counting, "A_STEP", at_a_time)
    account = counted(karin)
    assert figures(account, "deltagare") == {"total": 3, "personer": 3, "nya": 3, "avslutade": 1}
    assert all(check.ok for check in account.checks)


def test_ledning_sees_the_figures_and_a_handlaggare_does_not(karin: Vault, jonas: Vault, bo: Vault) -> None:
    take(karin, {})
    assert counted(bo) == counted(karin)
    assert entries(karin)[-1].action == "report.counted"
    with refused(jonas, NotPermitted):
        counted(jonas)


def test_the_log_says_behind_which_number_somebody_has_looked(karin: Vault) -> None:
    take(karin, {})
    number = Number(ReportKind.ARSREDOVISNING, "deltagare", "total", "total")
    karin.ask(behind_number("MISAM", number, first=date(2019, 1, 1), last=date(2019, 12, 31)))
    entry = entries(karin)[-1]
    assert (entry.action, entry.purpose) == ("report.number_opened", "arsredovisning:deltagare:total:total")


def test_who_works_in_another_activity_does_not_learn_that_it_exists(karin: Vault) -> None:
    take(karin, {"insats": "Jobbtorg"})
    of_misam = colleague(karin, "mia", Role.KOORDINATOR, unit_id=IFO, activity_ids=(MISAM,))
    with pytest.raises(ActivityUnknown) as refusal:
        counted(of_misam, insats="Jobbtorg")
    assert refusal.value.params == {"known": "MISAM"}


# The account asks the consents in SQL; the rule stands in the domain, and the two are equal

_DAYS = st.dates(date(2019, 2, 10), date(2019, 2, 26))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(_DAYS, st.none() | _DAYS, st.none() | _DAYS, st.none() | st.integers(0, 6), st.sampled_from(Purpose))
def test_whose_values_count_is_the_rule_of_the_consents(
    karin: Vault, begins: date, until: date | None, withdrawn: date | None, length: int | None, purpose: Purpose
) -> None:
    if not all_of(karin, rows.episodes):
        take(karin, {})
    [episode], [referral] = all_of(karin, rows.episodes), all_of(karin, rows.referrals)
    ends = None if length is None else episode.enrolled_on + timedelta(days=length)
    given_one = Consent(
        id=ConsentId("consent"),
        person_id=referral.person_id,
        case_id=referral.id,
        purpose=purpose,
        from_on=begins,
        until_on=None if until is None else max(until, begins),
        unit_ids=(IFO,),
        recorded_at=NOW,
        withdrawn_on=withdrawn,
    )
    with writing(karin._engine) as conn:
        for shared in rows.disclosures.where(conn):
            rows.disclosures.remove(conn, shared.id)
        for consent in rows.consents.where(conn):
            rows.consents.remove(conn, consent.id)
        rows.consents.add(conn, given_one)
        conn.exec_driver_sql("UPDATE episode SET discharged_on = ?", (ends and ends.isoformat(),))
    holds = valid_between(given_one, first=episode.enrolled_on, last=ends or TODAY)
    expected = "gymnasium" if holds and purpose is Purpose.UPPFOLJNING else "utan_detaljer"
    assert figures(counted(on(karin, TODAY)), "utbildning") == {expected: 1}


# The list behind a number


def behind(vault: Vault, section: str, row: str, column: str = "total") -> list[BehindRow]:
    number = Number(ReportKind.ARSREDOVISNING, section, row, column)
    return vault.ask(behind_number("MISAM", number, first=date(2019, 1, 1), last=date(2019, 12, 31))).rows


def test_every_number_opens_a_list_of_its_length(karin: Vault) -> None:
    take(karin, {}, ENDED | BO, EVA)
    for section in counted(karin).sections:
        for row in section.rows:
            for column in section.columns:
                assert len(behind(karin, section.id, row.code, column)) == row.figures[column], (section.id, row.code)


def test_the_list_names_whom_the_koordinator_may_read_and_leads_to_the_case(karin: Vault) -> None:
    take(karin, {})
    [row] = behind(karin, "deltagare", "total")
    [episode] = all_of(karin, rows.episodes)
    assert row.episode_id == episode.id
    assert row.name == one(karin, rows.persons, episode.person_id).full_name


def test_of_whom_one_is_kept_from_only_the_days_are_told(karin: Vault) -> None:
    take(karin, {})
    [episode] = all_of(karin, rows.episodes)
    kim = colleague(karin, "kim", Role.KOORDINATOR, unit_id=REGION)
    kim.do(step_aside(episode.referral_id))
    [row] = behind(on(kim, TODAY), "deltagare", "total")
    assert (row.episode_id, row.name, row.from_on) == (None, "Visas inte för dig", episode.enrolled_on)


def test_ledning_reaches_nobody_from_a_figure(karin: Vault, jonas: Vault, bo: Vault) -> None:
    take(karin, {})
    for vault in (bo, jonas):
        with refused(vault, NotPermitted):
            behind(vault, "deltagare", "total")


def test_who_sees_figures_as_ledning_alone_reaches_nobody_though_they_lead_something_else(karin: Vault) -> None:
    take(karin, {})
    both = colleague(karin, "nora", Role.NAFS_KOORDINATOR, Role.LEDNING, unit_id=IFO)
    assert figures(counted(both), "deltagare")["total"] == 1
    with refused(both, ActivityUnknown):
        behind(both, "deltagare", "total")


VALUES = [
    Number(ReportKind.ARSREDOVISNING, "forsorjning_in", "forsorjningsstod", "total"),
    Number(ReportKind.ARSREDOVISNING, "utbildning", "gymnasium", "kvinna"),
    Number(ReportKind.ARSREDOVISNING, "tid_offentlig", "2_5", "total"),
    Number(ReportKind.STEG, "steg_riktning", "okand", "total"),
    Number(ReportKind.ENKATER, "valdsfragan", "alla", "fragade"),
]


@pytest.mark.parametrize("number", VALUES, ids=lambda one: one.section)
def test_a_list_names_nobody_of_whom_it_would_tell_more_than_the_consent_lets_the_asker_read(
    karin: Vault, number: Number
) -> None:
    episode = enrolled(karin)
    karin.do(note_asked(episode.id, AskedWhat.VALD, AskedFacts(offered_on=TODAY)))
    kim = colleague(karin, "kim", Role.KOORDINATOR, unit_id=REGION)
    year = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
    [row] = karin.ask(behind_number("MISAM", number, **year)).rows
    assert (row.name, row.episode_id) == ("Malin Provlund", episode.id)
    [row] = kim.ask(behind_number("MISAM", number, **year)).rows
    assert (row.name, row.episode_id, row.referral_id) == ("Visas inte för dig", None, None)
    everybody = Number(ReportKind.ARSREDOVISNING, "deltagare", "total", "total")
    [row] = kim.ask(behind_number("MISAM", everybody, **year)).rows
    assert (row.name, row.episode_id) == ("Malin Provlund", episode.id)
