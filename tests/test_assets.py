"""What ships beside the code is found in a checkout, a wheel or a frozen program, or missed aloud."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from misam_desktop import assets


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    """The folder is looked for once a run; each test looks again."""
    assets.root.cache_clear()
    yield
    assets.root.cache_clear()


def shipped(folder: Path) -> Path:
    for name in ("resources", "db"):
        (folder / name).mkdir(parents=True)
    return folder


def test_a_checkout_has_it_beside_the_package() -> None:
    assert assets.root() == Path(__file__).resolve().parents[1]
    assert assets.database("schema.sql").is_file()


def test_a_wheel_has_it_within_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    within = shipped(tmp_path / "_shipped")
    monkeypatch.setattr(assets, "_PACKAGE", tmp_path)
    assert assets.root() == within


def test_a_frozen_program_has_it_where_it_unpacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(shipped(tmp_path)), raising=False)
    assert assets.root() == tmp_path


def test_a_half_copied_program_says_what_it_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "package" / "resources").mkdir(parents=True)
    monkeypatch.setattr(assets, "_PACKAGE", tmp_path / "package")
    with pytest.raises(FileNotFoundError, match="resources and db"):
        assets.root()
