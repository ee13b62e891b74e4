"""The yearly account in the shape that is promised to scripts."""

from __future__ import annotations

import json
from dataclasses import replace

from misam_desktop.domain.yearly import account
from misam_desktop.report_words import worded
from misam_desktop.transfer.report_tables import as_data, as_lines, csv_file, header, json_file
from misam_desktop.transfer.sheets import read_sheet
from tests.conftest import NOW
from tests.documents.report_worlds import REPORT, SHARES
from tests.domain.test_yearly import FIRST, LAST, ended, one

COUNTED = worded(account([one(), ended(FIRST, number="bo", sex="man")], first=FIRST, last=LAST), about="MISAM")


def test_the_account_is_the_documented_object() -> None:
    data = as_data(COUNTED, generated_at=NOW)
    assert list(data) == ["report", "insats", "year", "generated_at", "sections", "checks"]
    assert (data["report"], data["insats"], data["year"]) == ("arsredovisning", "MISAM", 2019)
    assert data["generated_at"] == "2026-11-24T08:00:00Z"
    assert data["sections"][0]["title"] == "Deltagare under perioden"
    assert data["sections"][0]["rows"][0] == {
        "code": "total", "label": "Deltagare under perioden", "total": 2, "kvinna": 1, "man": 1, "annat": 0,
    }  # fmt: skip
    assert list(data["checks"][0]) == ["id", "ok", "message"]


def test_each_row_has_the_label_of_its_code_list_or_of_the_account() -> None:
    labels = {
        (section["id"], row["code"]): row["label"]
        for section in as_data(COUNTED, generated_at=NOW)["sections"]
        for row in section["rows"]
    }
    assert labels["forsorjning_in", "okand"] == "Uppgift saknas"
    assert labels["avslutsorsak", "okand"] == "Saknas/okänd"
    assert labels["remittent", "region"] == "Region VB"
    assert labels["remittent", "utan_detaljer"].startswith("Utan detaljer")


def test_the_lines_of_the_sheet_say_the_same() -> None:
    lines = as_lines(COUNTED)
    assert lines[0] == ["deltagare", "total", "Deltagare under perioden", "2", "1", "1", "0"]
    assert {len(line) for line in lines} == {len(header(COUNTED))}
    assert len(lines) == sum(len(section.rows) for section in COUNTED.sections)


def test_a_share_and_a_middle_are_told_with_what_they_are_worked_out_of() -> None:
    [section] = as_data(replace(REPORT, sections=(SHARES,)), generated_at=NOW)["sections"]
    assert section["rows"][0] == {
        "code": "a", "label": "I tid", "andel": {"numerator": 12, "denominator": 32},
        "median": {"value": 8.46, "of": 32},
    }  # fmt: skip
    assert as_lines(replace(REPORT, sections=(SHARES,)))[0] == ["andelar", "a", "I tid", "12/32", "8.5"]


def test_a_figure_that_is_not_told_is_null_or_two_dots() -> None:
    first, *others = COUNTED.sections
    hidden = replace(first.rows[0], figures={**first.rows[0].figures, "man": None})
    report = replace(COUNTED, sections=(replace(first, rows=(hidden,)), *others))
    assert as_data(report, generated_at=NOW)["sections"][0]["rows"][0]["man"] is None
    assert as_lines(report)[0] == ["deltagare", "total", "Deltagare under perioden", "2", "1", "..", "0"]


def test_days_that_are_no_calendar_year_are_told_by_the_first_and_the_last() -> None:
    data = as_data(replace(COUNTED, first=FIRST.replace(month=3)), generated_at=NOW)
    assert (data["first"], data["last"]) == ("2019-03-01", "2019-12-31")
    assert "year" not in data


def test_the_files_hold_the_same() -> None:
    assert json.loads(json_file(COUNTED, generated_at=NOW)) == as_data(COUNTED, generated_at=NOW)
    sheet = read_sheet(csv_file(COUNTED))
    assert sheet.header == header(COUNTED)
    assert [list(row) for _, row in sheet.rows] == as_lines(COUNTED)
