"""A log that ends too early stands at the top of every page until an administratör has said why."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from misam_desktop.domain.codes import GapReason
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.gap import tell_gap
from misam_desktop.keys.heads import Gap, GapKind
from misam_desktop.vault import Vault
from tests.commands.worlds import entries

LOST = Gap(GapKind.CUT, 12, 9, "12-9F3A22C1")


def test_an_administrator_says_why_and_it_is_told_no_more(as_karin: Driver, karin: Vault) -> None:
    tell_gap(as_karin.work, LOST)
    assert "händelse 12 finns inte kvar, och den sista är nu 9" in as_karin.work.warning.text
    as_karin.click_text("Ange orsaken …")
    as_karin.fill(reason=GapReason.ATERLAST)
    as_karin.save()
    assert as_karin.work.warning.isHidden()
    assert [one.purpose for one in entries(karin) if one.action == "log.gap_accepted"] == ["aterlast:12-9F3A22C1"]


def test_others_are_told_whom_to_ask(as_jonas: Driver) -> None:
    tell_gap(as_jonas.work, LOST)
    as_jonas.work.go("cases")
    assert as_jonas.work.warning.isVisible()
    assert "Säg till administratören" in as_jonas.work.warning.text
    assert as_jonas.seen(QPushButton, as_jonas.work.warning) == []
