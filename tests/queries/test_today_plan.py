"""Idag never goes through every consent of a store to find the few that end."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event

from misam_desktop.queries.counts import badges
from misam_desktop.queries.today import today
from misam_desktop.store.engine import reading
from misam_desktop.vault import Vault
from tests.commands.worlds import enrolled


def plans(vault: Vault) -> list[str]:
    """How the store finds what Idag and the navigation ask for, step by step."""
    asked: list[tuple[str, Any]] = []
    listened = (vault._engine, "before_cursor_execute", lambda *args: asked.append((args[2], args[3])))
    event.listen(*listened)
    vault.ask(today())
    vault.ask(badges())
    event.remove(*listened)
    with reading(vault._engine) as conn:
        explained = [(f"EXPLAIN QUERY PLAN {sql}", values) for sql, values in asked if sql.startswith("SELECT")]
        return [line.detail for sql, values in explained for line in conn.exec_driver_sql(sql, values)]


def test_consents_that_end_are_found_by_their_cases(karin: Vault, jonas: Vault) -> None:
    enrolled(karin)
    found = [*plans(karin), *plans(jonas)]
    assert [step for step in found if step.startswith("SEARCH consent ")]
    assert [step for step in found if step.startswith("SCAN consent")] == []
