"""NAFS in figures as a good programmer would count it in SQL alone."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from misam_desktop.domain.clocks import is_working_day
from tests.bench.by_hand_parts import IS_HELD, MET, by, meetings

_OF_ALL = "(SELECT 'total' AS at, {0}.* FROM {0} UNION ALL SELECT agency, {0}.* FROM {0})"
"""Everything once for all authorities and once for its own."""
_TOOK_UP = (
    IS_HELD
    + """ AND (i.next_step <> '' OR i.feedback_on IS NOT NULL OR (
    (n.withdrawn_on IS NULL OR n.withdrawn_on > m."on") AND EXISTS (
        SELECT 1 FROM consent c WHERE c.case_id = n.id AND c.purpose = 'nafs' AND c.from_on <= m."on"
        AND (c.until_on IS NULL OR c.until_on >= m."on") AND (c.withdrawn_on IS NULL OR c.withdrawn_on > m."on"))))"""
)
STATEMENT = "WITH" + MET + """
    , working(day, number) AS MATERIALIZED (SELECT value, key FROM json_each(:working))
    , held AS MATERIALIZED (
        SELECT id, (SELECT day FROM working WHERE number =
                    6 + (SELECT min(number) FROM working WHERE day > met."on")) AS due
        FROM met WHERE stands = 'hallna'
    ), them AS MATERIALIZED (
        SELECT p.sex, CASE WHEN p.protected THEN 'utan_detaljer' ELSE u.agency END AS agency,
               CASE WHEN EXISTS (SELECT 1 FROM agenda_item i JOIN meeting m ON m.id = i.meeting_id
                                 WHERE i.case_id = n.id AND m."on" <= :last AND """ + _TOOK_UP + """) THEN 'behandlade'
                    WHEN n.withdrawn_on <= :last THEN 'atertagna' ELSE 'vantar' END AS stands
        FROM nafs_case n JOIN person p ON p.id = n.person_id JOIN unit u ON u.id = n.unit_id
        WHERE n.activity_id = :activity AND n.submitted_at IS NOT NULL AND n.raised_on BETWEEN :first AND :last
    ), asked AS MATERIALIZED (
        SELECT u.agency, CASE WHEN q.answered_on <= :last THEN
                   max(0, julianday(q.answered_on) - julianday(coalesce(q.asked_on, n.raised_on))) END AS days
        FROM nafs_case n JOIN question q ON q.case_id = n.id JOIN unit u ON u.id = q.unit_id
        WHERE n.activity_id = :activity AND n.submitted_at IS NOT NULL AND coalesce(n.withdrawn_on > :last, 1)
          AND coalesce(q.asked_on, n.raised_on) BETWEEN :first AND :last
    ), owed AS MATERIALIZED (
        SELECT coalesce(w.agency, u.agency) AS agency,
               CASE WHEN i.feedback_on <= :until THEN CASE WHEN i.feedback_on > held.due THEN 'sena' ELSE 'i_tid' END
                    WHEN held.due < :until THEN 'ej_gjorda' ELSE 'vantar' END AS stands
        FROM held JOIN meeting m ON m.id = held.id JOIN agenda_item i ON i.meeting_id = m.id
        JOIN nafs_case n ON n.id = i.case_id
        JOIN unit u ON u.id = n.unit_id LEFT JOIN contact c ON c.id = i.feedback_by
        LEFT JOIN unit w ON w.id = c.unit_id
        WHERE """ + _TOOK_UP + """
    ), taken AS MATERIALIZED (
        SELECT at, days, row_number() OVER (PARTITION BY at ORDER BY days) AS number,
               count(*) OVER (PARTITION BY at) AS of
        FROM """ + _OF_ALL.format("asked") + """ WHERE days IS NOT NULL
    )
    """ + " UNION ALL ".join((
    *meetings(kept="nafs_moten", attended="nafs_narvaro"),
    by("nafs_installda", "lower(cancelled_why)", "'antal'", "stands = 'installda'", of="met"),
    by("nafs_arenden", "'total'", "sex"),
    by("nafs_arenden", "stands", "sex"),
    by("nafs_aktualiserad", "agency", "sex"),
    by("nafs_fragor", "at", "'stallda'", of=_OF_ALL.format("asked")),
    by("nafs_fragor", "at", "'besvarade'", "days IS NOT NULL", of=_OF_ALL.format("asked")),
    "SELECT 'nafs_fragor', at, 'median_dagar', avg(days) FROM taken WHERE number IN ((of + 1) / 2, (of + 2) / 2)"
    " GROUP BY at",
    "SELECT 'nafs_fragor', at, 'medel_dagar', avg(days) FROM taken GROUP BY at",
    by("nafs_aterkoppling", "at", "'total'", of=_OF_ALL.format("owed")),
    by("nafs_aterkoppling", "at", "stands", of=_OF_ALL.format("owed")),
    by("nafs_aterkoppling", "at", "'matta'", "stands <> 'vantar'", of=_OF_ALL.format("owed")),
))  # fmt: skip


def working_days(first: date, last: date) -> dict[str, Any]:
    """The working days of the period, and of the weeks after it in which an answer is still owed."""
    days = (first + timedelta(days=count) for count in range((last - first).days + 31))
    return {"working": json.dumps([str(day) for day in days if is_working_day(day)])}
