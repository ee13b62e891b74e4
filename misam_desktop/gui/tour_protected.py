"""What the tour does at somebody under protected identity: a reason, who sees them, and stepping aside."""

from __future__ import annotations

from pathlib import Path

from misam_desktop.domain.codes import ShowReason
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.referral import ReferralScreen


def shown(driver: Driver, _aside: Path) -> None:
    """A reason has been given, and the page shows what was kept back."""
    page = driver.work.here
    assert isinstance(page, ReferralScreen)
    driver.click(page.number.toggle)
    driver.fill(reason=ShowReason.KONTAKTA)
    driver.save()


def owners(driver: Driver, _aside: Path) -> None:
    """Who sees the person."""
    driver.click_text("Skydd …")


def jav(driver: Driver, _aside: Path) -> None:
    """What it means to step aside, before it is done."""
    driver.form.reject()
    driver.settle()
    driver.click_text("Jag är jävig …")


def leave(driver: Driver, _aside: Path) -> None:
    """Without stepping aside."""
    driver.form.reject()
    driver.settle()
