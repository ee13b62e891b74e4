"""A row of the list as people write it, understood or with what is wrong with it, and written back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
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
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.livelihood import UNKNOWN, Livelihoods
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.domain.register import COLUMNS, Read, RegisterRow
from misam_desktop.transfer.limits import MOST_CHARACTERS, NotATable
from misam_desktop.transfer.register_rows import ColumnsMissing, NoRows, read_rows, written
from misam_desktop.transfer.sheets import read_sheet, write_csv, write_xlsx
from tests.conftest import TODAY
from tests.transfer.worlds import ANNA, cells, csv_list

ENDED = {"avslutad": "2019-06-30", "avslutsorsak": "uppfyllt", "avslutad_till": "Arbete", "forsorjning_ut": "lon"}


def read(**said: str) -> Read:
    """Anna's row with some cells changed."""
    (one,), _ = read_rows(read_sheet(csv_list(cells(**said))), today=TODAY)
    return one


def row(**said: str) -> RegisterRow:
    """The same, understood."""
    one = read(**said)
    assert one.row is not None, one.problems
    return one.row


def wrong(**said: str) -> list[tuple[str, Any]]:
    """What is wrong with the row: codes and columns."""
    one = read(**said)
    assert one.row is None
    return [(problem.code, problem.params.get("column")) for problem in one.problems]


# A whole row


def test_a_row_is_understood() -> None:
    assert row() == RegisterRow(
        number=made_up_number(date(1985, 3, 12), 983),
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
        case_worker="A. Handläggare",
        education=Education.GYMNASIUM,
        livelihoods=Livelihoods((Livelihood.FORSORJNINGSSTOD,)),
        support_months=14,
        sgi0=True,
        consent_from=date(2019, 2, 1),
        consent_until=date(2021, 1, 31),
        consent_agencies=tuple(Agency),
    )


def test_an_ended_row_is_understood() -> None:
    ended = row(**ENDED)
    assert (ended.discharged_on, ended.discharge_reason) == (date(2019, 6, 30), DischargeReason.UPPFYLLT)
    assert (ended.destination, ended.livelihoods_out) == (Destination.ARBETE, Livelihoods((Livelihood.LON,)))


@pytest.mark.parametrize("column", sorted(set(COLUMNS) - {"personnummer", "kon", "insats", "remittent", "remissdatum"}))
def test_what_is_not_needed_can_be_left_out(column: str) -> None:
    needed = column in {"samtycke_fran", "samtycke_parter", "inskriven"}
    assert (read(**{column: ""}).row is None) == needed


# Words as people write them


@pytest.mark.parametrize(
    ("column", "text", "field", "value"),
    [
        ("personnummer", "8503129838", "number", made_up_number(date(1985, 3, 12), 983)),
        ("kon", "K", "sex", Sex.KVINNA),
        ("kon", "a", "sex", Sex.ANNAT),
        ("kon", "X", "sex", Sex.ANNAT),
        ("kon", "MAN", "sex", Sex.MAN),
        ("remittent", "Arbetsförmedlingen", "referrer", Referrer.AF),
        ("remittent", "annan", "referrer", Referrer.ANNAN),
        ("remissdatum", "20190204", "referred_on", date(2019, 2, 4)),
        ("remissdatum", "2019-02-04 00:00:00", "referred_on", date(2019, 2, 4)),
        ("remissdatum", "2019-02-04T00:00:00.000", "referred_on", date(2019, 2, 4)),
        ("beslut", "Behov av samordnade insatser", "outcome", Outcome.ANTAS),
        ("beslut", "", "outcome", Outcome.ANTAS),
        ("uppdragsgivare", "Försäkringskassan", "commissioner", Agency.FK),
        ("utbildning", "GRUNDSKOLA", "education", Education.GRUNDSKOLA),
        ("utbildning", "Grundsärskola", "education", Education.GRUNDSARSKOLA),
        ("forsorjning_in", "", "livelihoods", UNKNOWN),
        (
            "forsorjning_in",
            "Försörjningsstöd + sjukersättning",
            "livelihoods",
            Livelihoods((Livelihood.FORSORJNINGSSTOD, Livelihood.SJUKERSATTNING)),
        ),
        ("sgi0", "x", "sgi0", True),
        ("sgi0", "Nej", "sgi0", False),
        ("skyddad", "ja", "protected", True),
        ("samtycke_till", "2031-01-01", "consent_until", date(2031, 1, 1)),
        ("samtycke_till", "9999-12-31", "consent_until", None),
        ("samtycke_parter", "Region + af", "consent_agencies", (Agency.AF, Agency.REGION)),
        ("samtycke_syften", "", "consent_purposes", ()),
        ("samtycke_syften", "uppföljning+SIP", "consent_purposes", (Purpose.SIP, Purpose.UPPFOLJNING)),
        ("tid_offentlig_mn", "0", "support_months", 0),
        ("insats", "Ett  steg\ntill", "activity", "Ett steg till"),
        ("fornamn", "Anna\nLisa", "given_name", "Anna Lisa"),
        ("fragestallning", "Rad ett\nrad två", "question", "Rad ett\nrad två"),
        ("fornamn", '=HYPERLINK("x";"y")', "given_name", '=HYPERLINK("x";"y")'),
    ],
)
def test_a_cell_is_read_as_people_write_it(column: str, text: str, field: str, value: object) -> None:
    assert getattr(row(**{column: text}), field) == value


# What is wrong with a row


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        *((column, "", "cell_missing") for column in ("personnummer", "kon", "insats", "remittent", "remissdatum")),
        *((column, "", "cell_missing") for column in ("samtycke_fran", "samtycke_parter")),
        *((column, "lotto", "cell_unknown") for column in ("kon", "remittent", "beslut", "uppdragsgivare")),
        *((column, "lotto", "cell_unknown") for column in ("utbildning", "forsorjning_in", "sgi0", "skyddad")),
        *((column, "lotto+af", "cell_unknown") for column in ("samtycke_parter", "samtycke_syften")),
        *((column, "+", "cell_unknown") for column in ("samtycke_parter", "samtycke_syften", "forsorjning_in")),
        *((column, "2019-11-31", "cell_date") for column in ("remissdatum", "beslutsdatum", "inskriven")),
        *((column, "1899-12-31", "cell_date") for column in ("remissdatum", "samtycke_fran", "samtycke_till")),
        *((column, "4 feb 2019", "cell_date") for column in ("remissdatum", "samtycke_fran")),
        *((column, "2019-02-04 13:30:00", "cell_date") for column in ("remissdatum",)),
        *((column, "2026-11-25", "cell_future") for column in ("remissdatum", "inskriven", "samtycke_fran")),
        *(("tid_offentlig_mn", text, "cell_number") for text in ("14,5", "-1", "1201", "²")),
        ("fornamn", "A\ufffdsa", "cell_unreadable"),
    ],
)
def test_a_cell_that_cannot_be_read_names_its_column(column: str, text: str, code: str) -> None:
    assert wrong(**{column: text}) == [(code, column)]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"personnummer": "19850312-9839"}, "number_check_digit"),
        ({"personnummer": "19850290-9958"}, "number_date"),
        ({"forsorjning_in": "ingen+lon"}, "none_excludes_others"),
        ({"forsorjning_in": "lon+lon"}, "livelihood_repeated"),
        ({"inskriven": ""}, "start_missing"),
        ({"samtycke_till": "2019-01-31"}, "row_consent_backwards"),
        (ENDED | {"avslutad": "2019-02-17"}, "exit_before_start"),
        (ENDED | {"inskriven": "", "beslut": "ater"}, "exit_without_start"),
        ({"remittent": "Annan", "uppdragsgivare": ""}, "agency_missing"),
        ({"fragestallning": "a" * (MOST_CHARACTERS + 1)}, "cell_too_long"),
    ],
)
def test_what_does_not_fit_together_is_told(said: dict[str, str], code: str) -> None:
    assert wrong(**said) == [(code, None)]


@pytest.mark.parametrize(
    ("said", "column"),
    [
        (ENDED | {"forsorjning_ut": ""}, "forsorjning_ut"),
        (ENDED | {"avslutad": ""}, "avslutad"),
        ({"beslut": "", "inskriven": ""}, "beslut"),
    ],
)
def test_what_another_cell_asks_for_is_missing(said: dict[str, str], column: str) -> None:
    assert wrong(**said) == [("cell_missing", column)]


@pytest.mark.parametrize("reason", ["avliden", "Felregistrerad"])
def test_nothing_more_is_asked_of_who_has_died_or_was_never_there(reason: str) -> None:
    assert row(**ENDED | {"avslutsorsak": reason, "forsorjning_ut": ""}).livelihoods_out is None


def test_everything_that_is_wrong_is_told_at_once() -> None:
    assert wrong(kon="Q", remissdatum="2019-02-30", forsorjning_in="lotto") == [
        ("cell_unknown", "kon"), ("cell_date", "remissdatum"), ("cell_unknown", "forsorjning_in"),
    ]  # fmt: skip


def test_a_delimiter_that_moved_the_cells_is_told() -> None:
    content = csv_list(cells()).replace(b";Anna;", b";Anna;Lisa;")
    (one,), _ = read_rows(read_sheet(content), today=TODAY)
    assert [problem.code for problem in one.problems] == ["cells_too_many"]


def test_an_exit_is_not_told_to_lack_a_start_whose_date_is_wrong() -> None:
    assert wrong(**ENDED | {"inskriven": "2019-02-30"}) == [("cell_date", "inskriven")]


def test_no_problem_carries_what_the_cell_says() -> None:
    problems: list[MisamError] = list(read(personnummer="19850312-9839", kon="Q", remissdatum="Hemligt").problems)
    assert "Hemligt" not in repr([(problem, problem.args, problem.params) for problem in problems])


# The header


def test_titles_stand_in_any_order_and_are_written_as_people_write_them() -> None:
    titles = {"fornamn": "FÖRNAMN", "kon": "Kön", "tid_offentlig_mn": "Tid offentlig mn", "insats": " insats "}
    columns = list(reversed(ANNA))
    content = write_csv([titles.get(column, column) for column in columns], [[ANNA[column] for column in columns]])
    (one,), left_out = read_rows(read_sheet(content), today=TODAY)
    assert (one.row, left_out) == (row(), [])


def test_columns_of_their_own_are_told_and_left_out() -> None:
    content = write_csv([*COLUMNS, "Anteckning", "", "kon"], [[*cells(), "hemligt", "", "man"]])
    (one,), left_out = read_rows(read_sheet(content), today=TODAY)
    assert (one.row, left_out) == (row(), ["Anteckning", "kon"])


def test_a_list_without_a_column_that_is_needed_is_refused() -> None:
    content = write_csv(["personnummer", "kon", "insats"], [["1", "man", "MISAM"]])
    with pytest.raises(ColumnsMissing) as refused:
        read_rows(read_sheet(content), today=TODAY)
    assert refused.value.params == {"columns": "remittent, remissdatum, samtycke_fran, samtycke_parter"}


def test_a_table_of_something_else_is_no_list() -> None:
    with pytest.raises(NotATable):
        read_rows(read_sheet(b"artikel;pris\npenna;12\n"), today=TODAY)


def test_a_list_without_rows_is_told() -> None:
    with pytest.raises(NoRows):
        read_rows(read_sheet(csv_list()), today=TODAY)


# There and back

_DAYS = st.dates(date(1990, 1, 1), TODAY)
_TEXTS = st.text(st.sampled_from("=+-@'\";,aÅé ")).map(lambda text: " ".join(text.split()))


@st.composite
def _register_rows(draw: st.DrawFn) -> RegisterRow:
    enrolled_on = draw(st.none() | _DAYS)
    outcomes = [outcome for outcome in Outcome if outcome is not Outcome.ANTAS]
    outcome = Outcome.ANTAS if enrolled_on else draw(st.none() | st.sampled_from(outcomes))
    known = RegisterRow(
        number=made_up_number(draw(_DAYS), draw(st.integers(980, 999))),
        given_name=draw(_TEXTS),
        family_name=draw(_TEXTS),
        sex=draw(st.sampled_from(Sex)),
        activity=draw(_TEXTS.filter(bool)),
        referrer=draw(st.sampled_from(Referrer)),
        referred_on=draw(_DAYS),
        question=draw(_TEXTS),
        outcome=outcome,
        outcome_on=draw(st.none() | _DAYS) if outcome else None,
        enrolled_on=enrolled_on,
        commissioner=draw(st.sampled_from(Agency)),
        case_worker=draw(_TEXTS),
        education=draw(st.sampled_from(Education)),
        livelihoods=draw(_livelihoods),
        support_months=draw(st.none() | st.integers(0, 1200)),
        sgi0=draw(st.booleans()),
        consent_from=date(1990, 1, 1),
        consent_until=draw(st.none() | _DAYS),
        consent_agencies=tuple(one for one in Agency if draw(st.booleans())) or (Agency.AF,),
        consent_purposes=tuple(one for one in Purpose if draw(st.booleans())),
        protected=draw(st.booleans()),
    )
    if enrolled_on is None or draw(st.booleans()):
        return known
    return replace(
        known,
        discharged_on=max(enrolled_on, draw(_DAYS)),
        discharge_reason=draw(st.none() | st.sampled_from(DischargeReason)),
        destination=draw(st.none() | st.sampled_from(Destination)),
        livelihoods_out=draw(_livelihoods),
    )


_OWN = [code for code in Livelihood if code not in {Livelihood.INGEN, Livelihood.OKAND}]
_livelihoods = st.lists(st.sampled_from(_OWN), max_size=3, unique=True).map(lambda codes: Livelihoods(tuple(codes)))


@given(_register_rows(), st.sampled_from(["csv", "xlsx"]))
def test_a_row_that_goes_out_comes_in_again_the_same(known: RegisterRow, kind: str) -> None:
    header, rows = list(COLUMNS), [written(known)]
    content = write_csv(header, rows) if kind == "csv" else write_xlsx(header, rows, title="Register")
    (one,), left_out = read_rows(read_sheet(content), today=TODAY)
    assert (one.problems, one.row, left_out) == ((), known, [])
