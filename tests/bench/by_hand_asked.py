"""Questionnaires and avvikelser as a good programmer would count them in SQL alone."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from misam_desktop.domain.clocks import next_working_day
from tests.bench.by_hand_parts import OVERLAPS, REAL, by

_NOTED = "LEFT JOIN asked a ON a.episode_id = them.id AND a.what = '{0}' AND a.occasion = '{1}'"
_ENDED = (
    "discharged_on BETWEEN :first AND :last AND coalesce(discharge_reason, '') NOT IN ('avliden', 'felregistrerad')"
)
_PLACES = {
    ("enkattillfallen", "3"): ("aktuella", "erbjudna", "besvarade"),
    ("enkattillfallen", "avslut"): ("aktuella", "erbjudna", "besvarade"),
    ("avslutningssamtal", "avslut"): ("aktuella", "erbjudna", "hallna"),
    ("valdsfragan", "alla"): ("aktuella", "fragade", "inte_fragade", "okand"),
}
SURVEYS = """
    WITH due(plain, day) AS MATERIALIZED (SELECT key, value FROM json_each(:due)), them AS MATERIALIZED (
        SELECT e.id, e.enrolled_on, e.discharged_on, e.discharge_reason FROM episode e
        WHERE e.activity_id = :activity AND """ + f"{OVERLAPS} AND {REAL}" + """
    ), counted AS MATERIALIZED (
        SELECT 'enkattillfallen' AS section, '3' AS at, count(*) AS n0, count(a.offered_on) AS n1,
               count(a.done_on) AS n2, 0 AS n3
        FROM them JOIN due ON due.plain = date(them.enrolled_on, '+3 months', 'floor')
        """ + _NOTED.format("enkat", "3") + """
        WHERE due.day BETWEEN :first AND :last AND (discharged_on IS NULL OR discharged_on > due.day)
        UNION ALL SELECT 'enkattillfallen', 'avslut', count(*), count(a.offered_on), count(a.done_on), 0
        FROM them """ + _NOTED.format("enkat", "avslut") + f" WHERE {_ENDED}" + """
        UNION ALL SELECT 'avslutningssamtal', 'avslut', count(*), count(a.offered_on), count(a.done_on), 0
        FROM them """ + _NOTED.format("samtal", "") + f" WHERE {_ENDED}" + """
        UNION ALL SELECT 'valdsfragan', 'alla', count(*), count(a.offered_on), count(a.not_offered_on),
               count(*) - count(coalesce(a.offered_on, a.not_offered_on))
        FROM them """ + _NOTED.format("vald", "") + """
    ), typed AS (
        SELECT i.code, t.agreed, t.answers FROM indicator_total t JOIN indicator i ON i.id = t.indicator_id
        WHERE t.activity_id = :activity AND t.first = :first AND t.last = :last
    )
    """ + " UNION ALL ".join((
    *(
        f"SELECT section, at, '{column}', n{place} FROM counted WHERE section = '{section}' AND at = '{at}'"
        for (section, at), columns in _PLACES.items()
        for place, column in enumerate(columns)
    ),
    "SELECT 'indikatorer', code, 'andel av', answers FROM typed",
    "SELECT 'indikatorer', code, 'andel', agreed FROM typed",
))  # fmt: skip
DEVIATIONS = by(
    "avvikelser",
    "kind",
    "CASE WHEN closed_on IS NULL THEN 'kvar_oppna' ELSE 'avslutade' END",
    'activity_id = :activity AND "on" BETWEEN :first AND :last',
    of="deviation",
)


def due_days(first: date, last: date) -> dict[str, Any]:
    """On which working day it is due that falls on a day of the period, or on the days off before it."""
    days = (first + timedelta(days=count) for count in range(-10, (last - first).days + 1))
    return {"due": json.dumps({str(day): str(next_working_day(day)) for day in days})}
