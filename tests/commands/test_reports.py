"""Reports out of the program and frozen: who may, what the log says, and that nothing changes what is frozen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from misam_desktop.commands.reports import Wanted, file_of, freeze_report, give_frozen, give_report
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.codes import ExportPurpose, Recipient, Role, Sex
from misam_desktop.domain.counting import PeriodBackwards
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import To, WayUnsuited
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.report import ReportKind
from misam_desktop.domain.report_reach import NotOfThisKind
from misam_desktop.domain.worded import Difference
from misam_desktop.queries.frozen import (
    frozen_preview,
    frozen_report,
    frozen_reports,
    report_preview,
)
from misam_desktop.queries.reports import ActivityUnknown, counted_report
from misam_desktop.store import rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import ProofNeeded, Vault
from tests.commands.worlds import (
    AF,
    IFO,
    MISAM,
    all_of,
    colleague,
    contact_of,
    enrolled,
    entries,
    refused,
    somebody,
    waiting,
)
from tests.conftest import NOW

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
WANTED = Wanted(kind=ReportKind.ARSREDOVISNING, activity="misam", first=FIRST, last=LAST)
TO_AF = To(recipient=Recipient.ENHET, unit_id=AF)


@pytest.fixture(autouse=True)
def _somebody_takes_part(karin: Vault, jonas: Vault) -> None:
    """One woman, enrolled today, with a handläggare."""
    enrolled(karin, waiting(jonas), case_worker_id=contact_of(jonas))


def corrected(karin: Vault) -> None:
    """Her kön was wrong in the register."""
    [person] = all_of(karin, rows.persons)
    with writing(karin._engine) as conn:
        rows.persons.save(conn, replace(person, sex=Sex.MAN))


def test_what_is_given_is_logged_with_what_for_and_whom_to(karin: Vault) -> None:
    given = karin.do(give_report(WANTED, to=TO_AF, purpose=ExportPurpose.KVALITET)).value
    assert given.report.sections[0].rows[0].figures["total"] == 1
    entry = entries(karin)[-1]
    assert (entry.action, entry.object_id, entry.person_id) == ("report.given", MISAM, "")
    assert entry.purpose == f"arsredovisning:kvalitet:{AF}"


def test_the_paper_bears_the_mark_of_the_log_that_it_stands_in(karin: Vault) -> None:
    before = entries(karin)[-1].seq
    assert str(before) in karin.do(give_report(WANTED)).value.frame.mark


def test_it_takes_the_password_again(karin: Vault) -> None:
    karin.knows(lambda _: None, given=False)
    with refused(karin, ProofNeeded):
        karin.do(give_report(WANTED))


def test_nobody_gets_it_but_a_unit_or_the_own_files(karin: Vault) -> None:
    with refused(karin, WayUnsuited):
        karin.do(give_report(WANTED, to=To(recipient=Recipient.PERSONEN)))


def test_a_handlaggare_gives_no_figures_out(jonas: Vault) -> None:
    with refused(jonas, NotPermitted):
        jonas.do(give_report(WANTED))
    with refused(jonas, NotPermitted):
        jonas.do(freeze_report(WANTED))
    with pytest.raises(NotPermitted):
        jonas.ask(report_preview(WANTED.kind, WANTED.activity, first=FIRST, last=LAST))


def test_ledning_gives_figures_out_and_freezes_them(karin: Vault) -> None:
    lena = colleague(karin, "lena", Role.LEDNING, unit_id=IFO)
    assert lena.do(give_report(WANTED)).value.report.about == "MISAM"
    frozen = lena.do(freeze_report(WANTED)).value
    assert [one.id for one in karin.ask(frozen_reports())] == [frozen.id]


def test_who_leads_no_such_activity_learns_of_none(karin: Vault) -> None:
    frozen = karin.do(freeze_report(WANTED)).value
    nora = colleague(karin, "nora", Role.NAFS_KOORDINATOR, unit_id=IFO)
    assert nora.ask(frozen_reports()) == []
    with refused(nora, ActivityUnknown):
        nora.do(give_report(WANTED))
    with refused(nora, NotFound):
        nora.do(give_frozen(frozen.id))
    with pytest.raises(NotFound):
        nora.ask(frozen_report(frozen.id))
    with pytest.raises(NotFound):
        nora.ask(frozen_preview(frozen.id))


def test_a_report_that_the_activity_has_not_or_a_period_backwards_is_refused(karin: Vault) -> None:
    with refused(karin, NotOfThisKind):
        karin.do(freeze_report(replace(WANTED, kind=ReportKind.NAFS)))
    with refused(karin, PeriodBackwards):
        karin.do(give_report(replace(WANTED, last=date(2025, 1, 1))))


def test_what_is_frozen_reads_as_it_did_though_an_episode_is_corrected(karin: Vault) -> None:
    frozen = karin.do(freeze_report(WANTED, comment="  Till styrelsen  ")).value
    before = karin.ask(frozen_preview(frozen.id))
    assert karin.ask(frozen_report(frozen.id)).differences == ()
    corrected(karin)
    opened = karin.ask(frozen_report(frozen.id))
    assert opened.frozen == frozen
    assert (opened.by, opened.frozen.comment) == ("Karin Ekdal", "Till styrelsen")
    after = karin.do(give_frozen(frozen.id)).value
    assert (after.report, after.made) == (before.report, before.made)
    same_frame = after._replace(frame=before.frame)
    assert to_pdf(same_frame.paper) == to_pdf(before.paper)


def test_what_would_be_another_figure_today_is_told(karin: Vault) -> None:
    frozen = karin.do(freeze_report(WANTED)).value
    corrected(karin)
    told = karin.ask(frozen_report(frozen.id)).differences
    assert Difference(section="Remittent", row="Af", column="Kvinnor", before=1, after=0) in told
    assert Difference(section="Remittent", row="Af", column="Män", before=0, after=1) in told
    assert {one.column for one in told} == {"Kvinnor", "Män"}


def test_the_list_of_the_frozen_tells_who_and_when_the_newest_first(karin: Vault) -> None:
    karin.do(freeze_report(WANTED))
    karin.do(freeze_report(replace(WANTED, kind=ReportKind.FLODE), comment="Flödet"))
    found = karin.ask(frozen_reports())
    assert {(one.title, one.about, one.period, one.by) for one in found} == {
        ("Insatser och måluppfyllelse", "MISAM", "2026", "Karin Ekdal"),
        ("Flöde och beläggning", "MISAM", "2026", "Karin Ekdal"),
    }
    assert {one.at for one in found} == {NOW}


@pytest.mark.parametrize("kind", [kind for kind in ReportKind if kind is not ReportKind.NAFS])
@pytest.mark.parametrize("suffix", [".pdf", ".xlsx", ".csv", ".json"])
def test_every_report_becomes_every_file_without_a_single_person(karin: Vault, kind: ReportKind, suffix: str) -> None:
    given = karin.do(give_report(replace(WANTED, kind=kind), covered=True)).value
    content = file_of(given, suffix=suffix, generated_at=NOW)
    assert content
    told = str(given.report)
    assert "Jonas" not in told
    assert somebody().family_name not in told


def test_what_the_screen_tells_of_each_handlaggare_does_not_leave(karin: Vault) -> None:
    year = {"first": date(2027, 1, 1), "last": date(2027, 12, 31)}
    seen = karin.ask(counted_report(ReportKind.UPPFOLJNINGAR, "MISAM", **year))
    assert "Jonas Vall" in {row.label for section in seen.sections for row in section.rows}
    wanted = Wanted(kind=ReportKind.UPPFOLJNINGAR, activity="MISAM", **year)
    given, frozen = karin.do(give_report(wanted)).value.report, karin.do(freeze_report(wanted)).value.content
    for report in (given, frozen):
        assert "Jonas" not in str(report)
        assert "uppf_handlaggare" not in str(report)


def test_what_is_looked_at_first_is_what_leaves(karin: Vault) -> None:
    seen = karin.ask(report_preview(WANTED.kind, WANTED.activity, first=FIRST, last=LAST, covered=True))
    given = karin.do(give_report(WANTED, covered=True)).value
    assert (seen.report, seen.made) == (given.report, given.made)
    assert seen.told().sections[0].rows[0].figures["total"] is None


def test_the_log_names_a_unit_that_there_is_and_nothing_that_was_written(karin: Vault) -> None:
    nobody, frozen = To(recipient=Recipient.ENHET, unit_id=UnitId("Malin Provlund")), karin.do(freeze_report(WANTED))
    for gives in (give_report(WANTED, to=nobody), give_frozen(frozen.value.id, to=nobody)):
        with refused(karin, NotFound):
            karin.do(gives)
    assert "Malin" not in str(entries(karin))
