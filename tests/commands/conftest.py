"""The colleagues of Karin and Jonas: one for each way of having nothing, or little, to do with a case."""

from __future__ import annotations

import pytest

from misam_desktop.domain.codes import Role
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, FK, IFO, colleague


@pytest.fixture
def olle(karin: Vault) -> Vault:
    """Another handläggare at Af."""
    return colleague(karin, "olle", Role.HANDLAGGARE, unit_id=AF)


@pytest.fixture
def lena(karin: Vault) -> Vault:
    """A handläggare at Försäkringskassan."""
    return colleague(karin, "lena", Role.HANDLAGGARE, unit_id=FK)


@pytest.fixture
def ada(karin: Vault) -> Vault:
    """An administratör who is nothing else."""
    return colleague(karin, "ada", Role.ADMINISTRATOR, unit_id=IFO)


@pytest.fixture
def bo(karin: Vault) -> Vault:
    """A member of the ledningsgrupp."""
    return colleague(karin, "bo", Role.LEDNING, unit_id=IFO)


@pytest.fixture
def nora(karin: Vault) -> Vault:
    """A NAFS-koordinator."""
    return colleague(karin, "nora", Role.NAFS_KOORDINATOR, unit_id=IFO)
