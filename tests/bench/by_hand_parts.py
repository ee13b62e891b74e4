"""What several of the statements that count a report by hand are put together from."""

from __future__ import annotations

REAL = "(e.discharge_reason IS NULL OR e.discharge_reason <> 'felregistrerad')"
OVERLAPS = "e.enrolled_on <= :last AND (e.discharged_on IS NULL OR e.discharged_on >= :first)"
IS_HELD = "cancelled_why = '' AND coalesce(opened_at, closed_at) IS NOT NULL"
MET = """
    met AS MATERIALIZED (
        SELECT id, "on", outside, cancelled_why, CASE WHEN cancelled_why <> '' THEN 'installda' WHEN """ + IS_HELD + """
               THEN 'hallna' ELSE 'planerade' END AS stands
        FROM meeting WHERE activity_id = :activity AND "on" BETWEEN :first AND :last
    ), attended AS MATERIALIZED (
        SELECT met.id, agency.column1 AS agency, coalesce(a.presence, 'okand') AS presence
        FROM met JOIN (VALUES ('af'), ('fk'), ('kommun'), ('region')) agency
        LEFT JOIN attendance a ON a.meeting_id = met.id AND a.agency = agency.column1 WHERE met.stands = 'hallna'
    )
"""  # fmt: skip
"""The meetings of the period, and how each authority took part in those that were held."""


def by(section: str, rows: str, columns: str, where: str = "1", *, of: str = "them") -> str:
    """Counted by a row and a column, of what stands in ``them`` or another part of the statement."""
    return f"SELECT '{section}', {rows} AS at, {columns} AS of, count(*) FROM {of} WHERE {where} GROUP BY at, of"


def meetings(*, kept: str, attended: str) -> tuple[str, ...]:
    """Every figure of the meetings that all reports of meetings have."""
    return (
        by(kept, "'total'", "'antal'", of="met"),
        by(kept, "stands", "'antal'", of="met"),
        by(kept, "'utanfor'", "'antal'", "stands = 'hallna' AND outside", of="met"),
        by(attended, "agency", "presence", of="attended"),
    )
