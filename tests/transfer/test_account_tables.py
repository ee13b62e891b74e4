"""The yearly account in the shape that is promised to scripts."""

from __future__ import annotations

from misam_desktop.domain.yearly import account
from misam_desktop.transfer.account_tables import as_data, as_lines, header
from tests.conftest import NOW
from tests.domain.test_yearly import FIRST, LAST, ended, one

COUNTED = account([one(), ended(FIRST, number="bo", sex="man")], first=FIRST, last=LAST)


def test_the_account_is_the_documented_object() -> None:
    data = as_data(COUNTED, activity="MISAM", generated_at=NOW)
    assert list(data) == ["report", "insats", "year", "generated_at", "sections", "checks"]
    assert (data["report"], data["insats"], data["year"]) == ("arsredovisning", "MISAM", 2019)
    assert data["generated_at"] == "2026-11-24T08:00:00Z"
    assert data["sections"][0]["title"] == "Deltagare under året"
    assert data["sections"][0]["rows"][0] == {
        "code": "total", "label": "Deltagare under året", "total": 2, "kvinna": 1, "man": 1, "annat": 0,
    }  # fmt: skip
    assert list(data["checks"][0]) == ["id", "ok", "message"]


def test_each_row_has_the_label_of_its_code_list_or_of_the_account() -> None:
    labels = {
        (section["id"], row["code"]): row["label"]
        for section in as_data(COUNTED, activity="MISAM", generated_at=NOW)["sections"]
        for row in section["rows"]
    }
    assert labels["forsorjning_in", "okand"] == "Uppgift saknas"
    assert labels["avslutsorsak", "okand"] == "Saknas/okänd"
    assert labels["remittent", "region"] == "Region VB"
    assert labels["remittent", "utan_detaljer"].startswith("Utan detaljer")


def test_the_lines_of_the_sheet_say_the_same() -> None:
    lines = as_lines(COUNTED)
    assert lines[0] == ["deltagare", "total", "Deltagare under året", "2", "1", "1", "0"]
    assert {len(line) for line in lines} == {len(header(COUNTED))}
    assert len(lines) == sum(len(section.rows) for section in COUNTED.sections)
