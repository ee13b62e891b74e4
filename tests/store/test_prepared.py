"""Reads that go to the driver as they stand find what SQLAlchemy's own way finds."""

from __future__ import annotations

from typing import Any

import pytest

from misam_desktop.domain.errors import NotFound
from misam_desktop.store import rows, tables
from misam_desktop.store.engine import reading
from misam_desktop.vault import Vault
from tests.commands.worlds import enrolled

_OF_A_CASE: tuple[rows.Rows[Any], ...] = (
    rows.units, rows.activities, rows.contacts, rows.users, rows.persons, rows.referrals, rows.consents,
    rows.disclosures, rows.episodes, rows.assignments, rows.follow_ups,
)  # fmt: skip


@pytest.mark.parametrize("mapper", _OF_A_CASE, ids=lambda mapper: str(mapper.table.name))
def test_a_row_reads_the_same_by_its_id_as_in_a_list(karin: Vault, mapper: rows.Rows[Any]) -> None:
    enrolled(karin)
    with reading(karin._engine) as conn:
        listed = mapper.where(conn)
        assert listed == [mapper.get(conn, one.id) for one in listed] != []


def test_what_is_asked_for_is_written_as_its_column_is(karin: Vault) -> None:
    enrolled(karin)
    with reading(karin._engine) as conn:
        [person] = rows.persons.where(conn)
        assert rows.persons.of(conn, tables.person.c.number, person.number) == [person]


def test_an_id_that_nothing_has_is_not_found(karin: Vault) -> None:
    with reading(karin._engine) as conn, pytest.raises(NotFound):
        rows.episodes.get(conn, "nothing")
