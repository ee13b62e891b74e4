"""Taking in the team's list: the plan first, then everything in one transaction."""

from __future__ import annotations

from pathlib import Path

import pytest

from misam_desktop.domain.register import Verdict
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.register import RegisterScreen
from tests.gui.worlds import told

HEADER = "personnummer;fornamn;efternamn;kon;insats;remittent;remissdatum;samtycke_fran;samtycke_parter"
GOOD = "19900101-9802;Asta;Granmark;K;MISAM;Af;2026-11-02;2026-11-02;Af+Kommun"
WRONG = "19900101-9802;Asta;Granmark;K;MISAM;Af;2021-11-31;2026-11-02;Af+Kommun"


@pytest.fixture
def page(as_karin: Driver) -> RegisterScreen:
    as_karin.go("register")
    here = as_karin.work.here
    assert isinstance(here, RegisterScreen)
    return here


def look_at(driver: Driver, page: RegisterScreen, file: Path, *lines: str) -> None:
    file.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    page.look_at(file)
    driver.settle()


def verdicts(page: RegisterScreen) -> list[Verdict]:
    return [one.verdict for one in page.table.rows]


def test_nothing_is_written_before_the_plan_is_accepted(as_karin: Driver, page: RegisterScreen, tmp_path: Path) -> None:
    look_at(as_karin, page, tmp_path / "lista.csv", GOOD)
    look_at(as_karin, page, tmp_path / "lista.csv", GOOD)
    assert verdicts(page) == [Verdict.NEW]


def test_the_list_is_taken_in_by_one_click(as_karin: Driver, page: RegisterScreen, tmp_path: Path) -> None:
    look_at(as_karin, page, tmp_path / "lista.csv", GOOD)
    assert page.take.text() == "Ta in 1 rad"
    as_karin.click(page.take)
    assert page.banner.text == "Listan är inne: 1 ny rad."
    look_at(as_karin, page, tmp_path / "lista.csv", GOOD)
    assert verdicts(page) == [Verdict.KNOWN]


def test_what_was_taken_in_is_one_click_away(as_karin: Driver, page: RegisterScreen, tmp_path: Path) -> None:
    look_at(as_karin, page, tmp_path / "lista.csv", GOOD)
    as_karin.click(page.take)
    as_karin.click_text("Visa ärendena")
    assert as_karin.work.here.heading.text() == "Ärenden"


def test_the_plan_counts_its_rows_in_words(as_karin: Driver, page: RegisterScreen, tmp_path: Path) -> None:
    look_at(as_karin, page, tmp_path / "lista.csv", GOOD, WRONG, WRONG)
    assert {"1 ny rad", "2 rader med fel"} <= set(told(as_karin, page))


def test_wrong_rows_stand_first_with_the_reason(as_karin: Driver, page: RegisterScreen, tmp_path: Path) -> None:
    look_at(as_karin, page, tmp_path / "lista.csv", GOOD, WRONG)
    assert verdicts(page)[0] is Verdict.WRONG
    reason = page.table.model().index(0, 2).data()
    assert reason.startswith("Kolumnen remissdatum har inget datum som finns.")


def test_wrong_rows_stop_the_import_until_the_right_ones_are_wanted(
    as_karin: Driver, page: RegisterScreen, tmp_path: Path
) -> None:
    look_at(as_karin, page, tmp_path / "lista.csv", GOOD, WRONG)
    assert not page.take.isEnabled()
    page.good_rows.setChecked(True)
    as_karin.click(page.take)
    assert page.banner.text.startswith("Listan är inne: 1 ny")


def test_the_rows_to_mend_can_be_saved(as_karin: Driver, page: RegisterScreen, tmp_path: Path) -> None:
    look_at(as_karin, page, tmp_path / "lista.csv", GOOD, WRONG)
    page.save_to_mend(tmp_path / "rätta.csv")
    as_karin.settle()
    saved = (tmp_path / "rätta.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(saved) == 2
    assert saved[0].endswith("fel")


def test_a_picture_is_no_list(as_karin: Driver, page: RegisterScreen, tmp_path: Path) -> None:
    (tmp_path / "bild.csv").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8)
    page.look_at(tmp_path / "bild.csv")
    as_karin.settle()
    assert page.banner.text.startswith("Filen går inte att läsa som en lista.")
    assert page.choose.isEnabled()


def test_a_file_that_is_not_there_is_told(as_karin: Driver, page: RegisterScreen, tmp_path: Path) -> None:
    page.look_at(tmp_path / "borta.csv")
    as_karin.settle()
    assert page.banner.text.startswith("Filen går inte att läsa.")
