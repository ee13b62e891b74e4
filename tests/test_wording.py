"""What codes, errors and days are called, and which code somebody means who writes a list by hand."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from misam_desktop import assets, wording
from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.codes import Agency, DischargeReason, Livelihood, Referrer
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.period import Period
from misam_desktop.domain.report import Check
from misam_desktop.keys.errors import KeyFileMissing, PasswordTooShort
from misam_desktop.report_words import days_words
from tests.conftest import TODAY

LISTS: dict[str, dict[str, dict[str, object]]] = assets.toml(assets.database("reference", "codelists.toml"))


def test_a_code_has_a_label_a_short_word_and_sometimes_a_definition() -> None:
    assert (wording.label(Agency.AF), wording.short(Agency.AF)) == ("Arbetsförmedlingen", "Af")
    assert wording.short(Referrer.ANNAN) == wording.label(Referrer.ANNAN) == "Annan"
    assert wording.explanation(Agency.AF) == ""


def test_a_list_is_named_after_its_enum() -> None:
    assert wording.list_name(DischargeReason) == "discharge_reason"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("forsorjningsstod", Livelihood.FORSORJNINGSSTOD),
        ("Försörjningsstöd", Livelihood.FORSORJNINGSSTOD),
        (" FÖRSÖRJNINGSSTÖD ", Livelihood.FORSORJNINGSSTOD),
        ("Lön/Arbete", Livelihood.LON),
        ("annan_offentlig", Livelihood.ANNAN_OFFENTLIG),
        ("annan offentlig", Livelihood.ANNAN_OFFENTLIG),
        ("", None),
        (" ", None),
        ("-", None),
        ("–", None),
        ("Försörjningsstöden", None),
    ],
)
def test_a_code_is_known_however_it_is_written(written: str, code: Livelihood | None) -> None:
    assert wording.code_from(Livelihood, written) is code


@pytest.mark.parametrize(("written", "code"), [("Region VB", Referrer.REGION), ("egen kontakt", Referrer.ANNAN)])
def test_other_words_that_lists_use_are_known(written: str, code: Referrer) -> None:
    assert wording.code_from(Referrer, written) is code


@pytest.mark.parametrize("name", LISTS)
def test_no_word_means_two_codes(name: str) -> None:
    words = [
        {wording._plain(str(word)) for word in (code, entry["label"], entry.get("short", code), *_also(entry))}
        for code, entry in LISTS[name].items()
    ]
    assert [word for word, times in Counter(word for some in words for word in some).items() if times > 1] == []


def _also(entry: dict[str, object]) -> list[object]:
    also = entry.get("also", [])
    assert isinstance(also, list)
    return also


@pytest.mark.parametrize(
    ("error", "begins"),
    [
        (NotPermitted(), "Din roll omfattar inte det här."),
        (KeyFileMissing(file="a.misam.nycklar"), "Nyckelfilen a.misam.nycklar saknas."),
        (PasswordTooShort(field="password", least=12), "Lösenordet är för kort. Det ska ha minst 12 tecken"),
    ],
)
def test_an_error_says_what_happened_with_what_it_carries(error: MisamError, begins: str) -> None:
    assert wording.sentence(error).startswith(begins)


def test_braces_in_what_an_error_carries_stay_as_they_are() -> None:
    assert "{least}.nycklar" in wording.sentence(KeyFileMissing(file="{least}.nycklar"))


def test_a_row_of_the_account_is_called_by_its_list_or_by_its_own_word() -> None:
    assert wording.section_title("remittent") == "Remittent"
    assert wording.row_label("remittent", "af") == "Af"
    assert wording.row_label("remittent", "okand") == "Saknas/okänd"
    assert wording.row_label("deltagare", "nya") == "Nya under perioden"


@pytest.mark.parametrize("ok", [True, False])
def test_a_check_says_whether_a_figure_can_be_trusted(ok: bool) -> None:
    check = Check(id="summa_remittent", ok=ok, params={"section": "remittent", "sum": 7, "expected": 8})
    assert wording.check_sentence(check).startswith("«Remittent» summerar till 7")
    assert ("Lita inte" in wording.check_sentence(check)) is not ok


def test_days_are_written_as_they_are_read() -> None:
    assert wording.iso(TODAY) == "2026-11-24"
    assert wording.day_short(TODAY, today=TODAY) == "24 nov"
    assert wording.day_short(date(2025, 5, 1), today=TODAY) == "1 maj 2025"
    assert wording.day_long(TODAY) == "tisdag 24 november 2026"
    assert wording.day_of_week(TODAY, today=TODAY) == "tis 24 nov"
    assert wording.month(TODAY) == "november"


def test_own_days_are_told_from_the_first_to_the_last_and_one_day_as_itself() -> None:
    today, first = date(2026, 11, 24), date(2026, 6, 15)
    assert wording.period_words(None, Period(first, date(2026, 7, 2)), today=today) == "15 jun–2 jul"
    assert wording.period_words(None, Period(first, first), today=today) == "15 jun"
    assert days_words(first, first) == "2026-06-15"


def test_a_moment_is_told_in_the_time_of_the_place() -> None:
    at = datetime(2026, 11, 24, 8, 5, tzinfo=UTC)
    assert wording.moment(at) == f"{at.astimezone():%Y-%m-%d %H.%M}"


def test_one_and_many_are_counted_in_words() -> None:
    assert [wording.how_many(count, "remiss", "remisser") for count in (0, 1, 8)] == [
        "0 remisser",
        "1 remiss",
        "8 remisser",
    ]


def test_every_event_is_called_something_on_a_paper_in_english_too() -> None:
    said = [assets.toml(assets.resource("i18n", language, "events.toml")) for language in ("sv", "en")]
    assert list(said[0]) == list(said[1])
    assert not set(said[0].values()) & set(said[1].values())


def test_why_nobody_works_on_a_day_is_said_in_words() -> None:
    days = [wording.day_off(date(2026, 12, day)) for day in (24, 27, 28)]
    assert days == ["Julafton", "söndag", ""]
