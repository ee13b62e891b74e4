"""What every test may ask for: a real encrypted store, its users, and a day that stands still."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from misam_desktop.domain.access import Actor
from misam_desktop.domain.codes import Role
from misam_desktop.domain.ids import UnitId
from misam_desktop.keys import key_file
from misam_desktop.keys.primitives import Bounds, Cost
from misam_desktop.store import founding
from misam_desktop.unlocking import Founder, create, unlock
from misam_desktop.vault import Clock, Vault

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
PASSWORD = "en lugn morgon vid älven"
WEAK = Cost(memory_kib=64, passes=1, lanes=1)
WEAK_BOUNDS = Bounds(least_kib=32)
CLOCK = Clock(now=lambda: NOW, today=lambda: TODAY)
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The published and made-up data beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the folder shared/data does not lie beside the checkout")
    return SHARED


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    """Where the test's store lies."""
    return tmp_path / "prov.misam"


def found_store(path: Path) -> Path:
    """Make a store with a koordinator at IFO and a handläggare at Af, locked."""
    create(
        path,
        team="Provlaget",
        founders=[
            Founder(
                login="karin",
                name="Karin Ekdal",
                password=PASSWORD,
                unit_id=UnitId("kommun-ifo"),
                roles=(Role.ADMINISTRATOR, Role.KOORDINATOR),
            ),
            Founder(
                login="jonas",
                name="Jonas Vall",
                password=PASSWORD,
                unit_id=UnitId("af"),
                roles=(Role.HANDLAGGARE,),
            ),
        ],
        activities=[founding.reference_activity("misam", activity_id="misam")],
        clock=CLOCK,
        cost=WEAK,
    )
    return path


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One store that was really made, for every test to begin with a copy of."""
    return found_store(tmp_path_factory.mktemp("template") / "prov.misam")


@pytest.fixture
def founded(template: Path, store_path: Path) -> Path:
    """A new store with a koordinator at IFO and a handläggare at Af, locked."""
    shutil.copy2(template, store_path)
    shutil.copy2(key_file.path_beside(template), key_file.path_beside(store_path))
    return store_path


@pytest.fixture
def karin(founded: Path) -> Iterator[Vault]:
    """The store unlocked by the koordinator."""
    vault = unlock(founded, login="karin", password=PASSWORD, clock=CLOCK, bounds=WEAK_BOUNDS)
    yield vault
    vault.close()


@pytest.fixture
def jonas(founded: Path, karin: Vault) -> Iterator[Vault]:
    """The same store unlocked by the handläggare at Af."""
    vault = unlock(founded, login="jonas", password=PASSWORD, clock=CLOCK, bounds=WEAK_BOUNDS)
    yield vault
    vault.close()


@pytest.fixture
def actor(karin: Vault) -> Actor:
    """The koordinator as the predicate knows her."""
    return karin.actor
