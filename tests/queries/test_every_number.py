"""Every number of every report on the made-up team, as each role: the list behind it is exactly as long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from misam_desktop.commands.demo import DemoTeam, make_demo
from misam_desktop.domain.access import May, NotPermitted, includes
from misam_desktop.domain.activity import Activity, Kind
from misam_desktop.domain.report import Report, ReportKind
from misam_desktop.domain.report_reach import NotOfThisKind, may_read, reports_of
from misam_desktop.queries.counted import Behind, Number
from misam_desktop.queries.desk import desk
from misam_desktop.queries.reports import ActivityUnknown, behind_number, counted_report
from misam_desktop.vault import Vault
from misam_desktop.wording import (
    check_sentence,
    column_label,
    figure_words,
    row_words,
    section_title,
    share_words,
    stays_inside,
)
from tests.commands.test_demo import opened
from tests.conftest import TODAY, WEAK, WEAK_BOUNDS
from tests.queries.help_tables import columns_told, is_told, told, unknown

YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
HALF_YEAR = {"first": date(2026, 1, 1), "last": date(2026, 6, 30)}
QUARTER = {"first": date(2025, 4, 1), "last": date(2025, 6, 30)}
Demo = tuple[Path, DemoTeam]
NAMED_BY_OTHERS = {"nafs_installda", "indikatorer"}
"""Sections whose rows are what somebody has written."""
A_CAMPAIGN = "ÅÅÅÅ-MM"
"""A row that the made-up team has none of: a month in which everybody is asked."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    path = tmp_path_factory.mktemp("demo") / "demo.misam"
    return path, make_demo(path, today=TODAY, cost=WEAK, bounds=WEAK_BOUNDS)


@pytest.fixture
def vault(demo: Demo, request: pytest.FixtureRequest) -> Iterator[Vault]:
    found = opened(*demo, request.param)
    yield found
    found.close()


def reports(vault: Vault, **period: date) -> Iterator[tuple[Activity, Report]]:
    """Every report that somebody reads."""
    for activity in vault.ask(desk()).activities:
        if may_read(vault.actor, activity):
            for kind in reports_of(activity.settings.kind):
                yield activity, vault.ask(counted_report(kind, activity.name, **period))


def numbers(report: Report) -> Iterator[tuple[Number, int]]:
    """Every whole number that is not 0."""
    for section in report.sections:
        for row in section.rows:
            for column, figure in row.figures.items():
                if isinstance(figure, int) and figure:
                    yield Number(ReportKind(report.id), section.id, row.code, column), figure


def behind(vault: Vault, activity: Activity, report: Report, number: Number) -> Behind:
    return vault.ask(behind_number(activity.name, number, first=report.first, last=report.last))


@pytest.mark.parametrize(
    ("vault", "kind"),
    [
        (login, kind)
        for login, of in (("karin", Kind.FORUM), ("helene", Kind.FORUM), ("ylva", Kind.NAFS))
        for kind in reports_of(of)
    ],
    indirect=["vault"],
)
def test_every_number_opens_a_list_of_its_length(vault: Vault, kind: ReportKind) -> None:
    found = [(activity, report) for activity, report in reports(vault, **YEAR) if report.id == kind]
    assert found
    for activity, report in found:
        for number, figure in numbers(report):
            assert len(behind(vault, activity, report, number).rows) == figure, number


@pytest.mark.parametrize("vault", ["karin", "ylva", "torsten"], indirect=True)
@pytest.mark.parametrize("period", [YEAR, QUARTER])
def test_every_check_holds_and_everything_has_its_words(vault: Vault, period: dict[str, date]) -> None:
    for _, report in reports(vault, **period):
        assert [check_sentence(one) for one in report.checks if not one.ok] == []
        for section in report.sections:
            assert section_title(section.id)
            assert all(column_label(section.id, column) for column in section.columns)
            for row in section.rows:
                assert row_words(section.id, row)
                assert list(row.figures) == list(section.columns)
                assert all(map(figure_words, row.figures.values()))
            if any(column in {"andel", "av_kapacitet"} for column in section.columns):
                assert share_words(section.id)


@pytest.mark.parametrize("vault", ["torsten"], indirect=True)
def test_ledning_reads_every_figure_and_opens_none(vault: Vault) -> None:
    found = list(reports(vault, **YEAR))
    assert {report.id for _, report in found} == {kind.value for kind in ReportKind}
    for activity, report in found:
        for number, _ in list(numbers(report))[:3]:
            with pytest.raises(NotPermitted):
                behind(vault, activity, report, number)


@pytest.mark.parametrize("vault", ["torsten"], indirect=True)
def test_ledning_is_told_of_no_handlaggare(vault: Vault) -> None:
    report = vault.ask(counted_report(ReportKind.UPPFOLJNINGAR, "MISAM", **YEAR))
    assert [section.id for section in report.sections] == ["uppf", "uppf_myndighet"]


@pytest.mark.parametrize("vault", ["jonas", "agneta"], indirect=True)
def test_handlaggare_and_administrator_read_none(vault: Vault) -> None:
    assert not includes(vault.actor, May.SEE_REPORTS)
    with pytest.raises(NotPermitted):
        vault.ask(counted_report(ReportKind.FORUM, "MISAM", **YEAR))


@pytest.mark.parametrize("vault", ["ylva"], indirect=True)
def test_a_nafs_koordinator_reads_figures_of_nafs_alone(vault: Vault) -> None:
    assert {report.id for _, report in reports(vault, **YEAR)} == {"nafs", "avvikelser"}
    for kind in (ReportKind.ARSREDOVISNING, ReportKind.NAFS):
        with pytest.raises(ActivityUnknown):
            vault.ask(counted_report(kind, "MISAM", **YEAR))


@pytest.mark.parametrize("vault", ["karin"], indirect=True)
def test_a_koordinator_reads_those_of_her_activities(vault: Vault) -> None:
    team = next(one for one in vault.ask(desk()).activities if one.settings.kind is Kind.NAFS)
    with pytest.raises(ActivityUnknown):
        vault.ask(counted_report(ReportKind.NAFS, team.name, **YEAR))
    with pytest.raises(NotOfThisKind):
        vault.ask(counted_report(ReportKind.NAFS, "MISAM", **YEAR))


@pytest.mark.parametrize("vault", ["karin"], indirect=True)
def test_figures_of_a_period_without_anybody_are_none(vault: Vault) -> None:
    for _, report in reports(vault, first=date(1999, 1, 1), last=date(1999, 12, 31)):
        assert list(numbers(report)) == []


@pytest.mark.parametrize("vault", ["torsten"], indirect=True)
def test_the_help_has_the_codes_of_every_file_and_no_others(vault: Vault) -> None:
    sections = {
        (report.id, section.id): section
        for period in (YEAR, HALF_YEAR)
        for _, report in reports(vault, **period)
        for section in report.sections
        if not stays_inside(section.id)
    }
    pages = {(report, section): codes for report, page in told().items() for section, codes in page.items()}
    assert set(pages) == set(sections)
    for place, section in sections.items():
        rows, columns = pages[place]
        assert [one for one in section.columns if not is_told(one, columns)] == [], place
        assert unknown(columns, section.columns) == set(), place
        found = [row.code for row in section.rows]
        if section.id in NAMED_BY_OTHERS:
            continue
        assert [one for one in found if not is_told(one, rows)] == [], place
        assert unknown(rows, found) <= {A_CAMPAIGN}, place


def test_the_help_says_what_every_column_counts() -> None:
    columns = {one for page in told().values() for codes in page.values() for one in codes.columns}
    assert {one for one in columns if not one.startswith("steg_")} <= columns_told()
