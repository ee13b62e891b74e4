"""What an import would do with each row of a list, beside what is stored and beside the rows above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.codes import (
    Agency,
    Destination,
    DischargeReason,
    Education,
    Livelihood,
    Outcome,
    Purpose,
    Referrer,
    Sex,
)
from misam_desktop.domain.livelihood import UNKNOWN, Livelihoods
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.domain.register import (
    COLUMNS,
    Planned,
    Read,
    RegisterRow,
    Verdict,
    as_listed,
    differences,
    is_same_plan,
    merged,
    plan,
)
from tests.domain.worlds import IN_WORK, ON_SUPPORT

ANNA = made_up_number(date(1985, 3, 12), 983)
AGES = {"misam": (16, 64)}


def row(**said: Any) -> RegisterRow:
    """Anna in MISAM since the spring of 2019."""
    as_kept = RegisterRow(
        number=ANNA,
        given_name="Anna",
        family_name="Älgträsk",
        sex=Sex.KVINNA,
        activity="MISAM",
        referrer=Referrer.KOMMUN,
        referred_on=date(2019, 2, 4),
        outcome=Outcome.ANTAS,
        outcome_on=date(2019, 2, 12),
        enrolled_on=date(2019, 2, 18),
        commissioner=Agency.KOMMUN,
        livelihoods=ON_SUPPORT,
        consent_from=date(2019, 2, 1),
        consent_until=date(2021, 1, 31),
        consent_agencies=tuple(Agency),
        consent_purposes=(Purpose.SAMVERKAN, Purpose.UPPFOLJNING),
    )
    return replace(as_kept, **said)


def discharged(on: date, **said: Any) -> RegisterRow:
    """The same, ended."""
    return row(discharged_on=on, livelihoods_out=IN_WORK, **said)


def planned(rows: Sequence[RegisterRow], stored: Sequence[RegisterRow] = ()) -> list[Planned]:
    reads = [Read(at=at, row=one) for at, one in enumerate(rows, start=2)]
    return plan(reads, stored, ages=AGES)


def verdicts(rows: Sequence[RegisterRow], stored: Sequence[RegisterRow] = ()) -> list[Verdict]:
    return [one.verdict for one in planned(rows, stored)]


# One row at a time


def test_an_unknown_participation_is_new() -> None:
    assert verdicts([row()]) == [Verdict.NEW]


def test_a_row_that_was_not_understood_is_wrong_and_keeps_its_problems() -> None:
    problem = Read(at=7, row=None, problems=())
    assert plan([problem], [], ages=AGES) == [Planned(at=7, verdict=Verdict.WRONG, row=None)]


def test_what_is_stored_is_known() -> None:
    assert verdicts([row()], [row()]) == [Verdict.KNOWN]


def test_the_case_of_letters_in_the_activity_makes_no_difference() -> None:
    assert verdicts([row(activity="misam")], [row()]) == [Verdict.KNOWN]


def test_what_differs_is_a_change_that_names_its_columns() -> None:
    (one,) = planned([row(education=Education.GYMNASIUM, sgi0=True)], [row()])
    assert (one.verdict, one.remarks[0].params) == (Verdict.CHANGES, {"columns": "utbildning, sgi0"})


def test_a_second_participation_at_the_same_time_is_doubtful() -> None:
    assert verdicts([row(referred_on=date(2019, 2, 5))], [row()]) == [Verdict.DOUBTFUL]


def test_a_participation_that_begins_on_the_day_the_other_ends_is_new() -> None:
    earlier = discharged(date(2019, 8, 1))
    assert verdicts([row(referred_on=date(2019, 8, 1), enrolled_on=date(2019, 8, 1))], [earlier]) == [Verdict.NEW]


def test_the_same_time_in_another_activity_is_new() -> None:
    assert verdicts([row(activity="Jobbtorg")], [row()]) == [Verdict.NEW]


@pytest.mark.parametrize(("outcome", "verdict"), [(None, Verdict.DOUBTFUL), (Outcome.REGULJAR, Verdict.NEW)])
def test_two_referrals_that_wait_at_once_are_doubtful(outcome: Outcome | None, verdict: Verdict) -> None:
    waiting = row(outcome=None, outcome_on=None, enrolled_on=None)
    answered = replace(waiting, referred_on=date(2019, 3, 1), outcome=outcome)
    assert verdicts([answered], [waiting]) == [verdict]


# Ages are told, not refused


@pytest.mark.parametrize(
    ("born", "age"),
    [(date(2003, 2, 5), 15), (date(2003, 2, 4), None), (date(1954, 2, 5), None), (date(1954, 2, 4), 65)],
)
def test_an_age_outside_the_target_group_is_taken_with_a_remark(born: date, age: int | None) -> None:
    (one,) = planned([row(number=made_up_number(born, 980))])
    assert one.verdict is Verdict.NEW
    assert [remark.params for remark in one.remarks] == ([] if age is None else [{"age": age}])


def test_an_unknown_birth_date_or_activity_has_no_age_to_tell() -> None:
    unknown = replace(ANNA, digits="19850072" + ANNA.digits[8:])
    young = made_up_number(date(2010, 1, 1), 980)
    assert [one.remarks for one in planned([row(number=unknown), row(number=young, activity="Okänd")])] == [(), ()]


# Rows beside each other


def test_the_same_row_again_in_the_file_is_known() -> None:
    assert verdicts([row(), row()]) == [Verdict.NEW, Verdict.KNOWN]


def test_a_row_that_only_adds_to_the_one_above_is_a_change() -> None:
    assert verdicts([row(), row(sgi0=True)]) == [Verdict.NEW, Verdict.CHANGES]


def test_a_row_that_says_less_than_the_one_above_changes_nothing_below_it() -> None:
    less = row(commissioner=None, consent_until=None)
    assert verdicts([row(), less, row()]) == [Verdict.NEW, Verdict.KNOWN, Verdict.KNOWN]


def test_two_rows_that_contradict_each_other_wait_for_somebody() -> None:
    one, two = planned([row(education=Education.GYMNASIUM), row(education=Education.GRUNDSKOLA)])
    assert (one.verdict, two.verdict) == (Verdict.NEW, Verdict.DOUBTFUL)
    assert two.remarks[0].params == {"at": 2, "columns": "utbildning"}


def test_a_doubtful_row_does_not_count_for_those_below_it() -> None:
    doubtful = row(referred_on=date(2019, 2, 5))
    assert verdicts([doubtful, doubtful], [row()]) == [Verdict.DOUBTFUL, Verdict.DOUBTFUL]


# What a person is called


def test_the_name_on_the_newest_row_holds_for_all_of_the_person() -> None:
    married = row(family_name="Ek", referred_on=date(2020, 5, 1), enrolled_on=date(2020, 5, 4))
    rows = [married, discharged(date(2019, 12, 1))]
    taken = [one.row for one in planned(rows)]
    assert [one.family_name for one in taken if one is not None] == ["Ek", "Ek"]
    assert verdicts(rows, [one for one in taken if one is not None]) == [Verdict.KNOWN, Verdict.KNOWN]


def test_an_older_row_does_not_take_back_the_stored_name() -> None:
    stored = row(family_name="Ek", referred_on=date(2020, 5, 1), enrolled_on=date(2020, 5, 4))
    (one,) = planned([discharged(date(2019, 12, 1))], [stored])
    assert one.row is not None
    assert one.row.family_name == "Ek"


def test_a_corrected_name_on_the_newest_row_is_a_change() -> None:
    (one,) = planned([row(family_name="Älgträskman")], [row()])
    assert (one.verdict, one.remarks[0].params) == (Verdict.CHANGES, {"columns": "efternamn"})


def test_who_is_protected_on_one_row_is_protected_on_all() -> None:
    rows = [discharged(date(2019, 12, 1), protected=True), row(referred_on=date(2020, 5, 1))]
    assert [one.row.protected for one in planned(rows) if one.row is not None] == [True, True]


# What cannot be, although each row on its own could


def test_a_start_after_the_stored_exit_is_wrong() -> None:
    (one,) = planned([row(enrolled_on=date(2019, 9, 1))], [discharged(date(2019, 8, 1))])
    assert (one.verdict, [remark.code for remark in one.remarks]) == (Verdict.WRONG, ["discharge_before_enrolment"])


def test_a_consent_that_begins_after_its_stored_end_is_wrong() -> None:
    (one,) = planned([row(consent_from=date(2022, 1, 1), consent_until=None)], [row()])
    assert (one.verdict, [remark.code for remark in one.remarks]) == (Verdict.WRONG, ["consent_period_backwards"])


# What a row says on top of another


def test_an_empty_cell_takes_nothing_away() -> None:
    full = discharged(
        date(2019, 8, 1),
        question="Vad behövs?",
        case_worker="A. Handläggare",
        education=Education.GYMNASIUM,
        support_months=14,
        sgi0=True,
        protected=True,
        discharge_reason=DischargeReason.UPPFYLLT,
        destination=Destination.ARBETE,
    )
    empty = RegisterRow(
        number=ANNA,
        sex=Sex.KVINNA,
        activity="MISAM",
        referrer=Referrer.KOMMUN,
        referred_on=full.referred_on,
        consent_from=full.consent_from,
        consent_agencies=full.consent_agencies,
    )
    assert merged(full, empty) == full


def test_no_months_at_all_is_something_that_is_said() -> None:
    assert merged(row(support_months=14), row(support_months=0)).support_months == 0


def test_a_purpose_that_is_not_named_is_not_withdrawn() -> None:
    said = merged(row(consent_purposes=(Purpose.UPPFOLJNING,)), row(consent_purposes=(Purpose.SAMVERKAN,)))
    assert said.consent_purposes == (Purpose.SAMVERKAN, Purpose.UPPFOLJNING)


def test_a_list_changes_nothing_of_consents_that_the_store_knows_more_of() -> None:
    stored = row(consents_kept=True, consent_until=date(2019, 6, 1), consent_agencies=(Agency.AF,))
    assert differences(stored, row()) == []


def test_who_commissions_is_not_said_before_enrolment() -> None:
    waiting = row(enrolled_on=None, outcome=None, outcome_on=None, commissioner=None)
    assert differences(waiting, replace(waiting, commissioner=Agency.FK)) == []
    assert differences(waiting, row(commissioner=Agency.FK)) == [
        "beslut", "beslutsdatum", "inskriven", "uppdragsgivare",
    ]  # fmt: skip


def test_who_waits_for_enrolment_is_listed_without_the_outcome() -> None:
    accepted = row(enrolled_on=None)
    assert as_listed(accepted) == replace(accepted, outcome=None, outcome_on=None)
    assert as_listed(row()) == row()


def test_every_column_fills_a_field() -> None:
    assert set(COLUMNS.values()) == {name for name in RegisterRow.__slots__ if name != "consents_kept"}


# Any list, read twice

_DAYS = st.dates(date(2018, 1, 1), date(2022, 12, 31))
_NUMBERS = st.sampled_from([made_up_number(date(1985, 3, day), 980) for day in (1, 2)])


@st.composite
def _rows(draw: st.DrawFn) -> RegisterRow:
    enrolled_on = draw(st.none() | _DAYS)
    ends = draw(st.none() | st.integers(0, 400)) if enrolled_on else None
    return row(
        number=draw(_NUMBERS),
        given_name=draw(st.sampled_from(["", "Anna", "Ann"])),
        sex=draw(st.sampled_from(Sex)),
        activity=draw(st.sampled_from(["MISAM", "misam", "Jobbtorg"])),
        referred_on=date(2018 + draw(st.integers(0, 3)), 1, 1),
        outcome=Outcome.ANTAS if enrolled_on else draw(st.sampled_from([None, Outcome.ATER])),
        outcome_on=None,
        enrolled_on=enrolled_on,
        education=draw(st.sampled_from([Education.OKAND, Education.GYMNASIUM, Education.GRUNDSKOLA])),
        livelihoods=draw(st.sampled_from([UNKNOWN, ON_SUPPORT, Livelihoods((Livelihood.INGEN,))])),
        sgi0=draw(st.booleans()),
        protected=draw(st.booleans()),
        consent_purposes=draw(st.sampled_from([(), (Purpose.SAMVERKAN,), (Purpose.UPPFOLJNING,)])),
        discharged_on=enrolled_on + timedelta(days=ends) if enrolled_on and ends is not None else None,
    )


def _taken(plans: Sequence[Planned], stored: Sequence[RegisterRow]) -> list[RegisterRow]:
    """What the store would hold after an import; what a person is called stands on all their rows."""
    after = {one.key: one for one in stored}
    for one in plans:
        if one.row is not None and one.verdict in {Verdict.NEW, Verdict.CHANGES}:
            before = after.get(one.row.key)
            after[one.row.key] = one.row if before is None else merged(before, one.row)
    names = {one.row.number: one.row for one in plans if one.row is not None}
    return [
        replace(
            one,
            given_name=names[one.number].given_name,
            sex=names[one.number].sex,
            protected=names[one.number].protected,
        )
        if one.number in names
        else one
        for one in after.values()
    ]


@given(st.lists(_rows(), max_size=6), st.lists(_rows(), max_size=4))
def test_what_an_import_took_changes_nothing_the_second_time(
    rows: list[RegisterRow], earlier: list[RegisterRow]
) -> None:
    stored = _taken(planned(earlier), [])
    first = planned(rows, stored)
    again = planned(rows, _taken(first, stored))
    assert [one.verdict for one in again] == [
        Verdict.KNOWN if one.verdict in {Verdict.NEW, Verdict.CHANGES} else one.verdict for one in first
    ]


def test_what_follows_a_row_that_cannot_be_is_looked_at_first_and_so_the_second_time_too() -> None:
    stored = [discharged(date(2019, 2, 18))]
    rows = [row(enrolled_on=date(2019, 2, 19)), row(enrolled_on=None, discharged_on=date(2019, 2, 19))]
    assert verdicts(rows, stored) == [Verdict.WRONG, Verdict.DOUBTFUL]
    assert verdicts(rows, _taken(planned(rows, stored), stored)) == [Verdict.WRONG, Verdict.DOUBTFUL]


def test_a_plan_is_the_same_while_it_does_the_same_with_each_row_for_the_same_reasons() -> None:
    reads, stored = [Read(at=2, row=row(education=Education.GYMNASIUM))], row(education=Education.GRUNDSKOLA)
    shown = plan(reads, [stored], ages=AGES)
    assert is_same_plan(shown, plan(reads, [stored], ages=AGES))
    assert not is_same_plan(shown, plan(reads, [replace(stored, support_months=3, given_name="Ann")], ages=AGES))
    assert not is_same_plan(shown, plan(reads, [], ages=AGES))
