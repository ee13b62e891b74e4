"""The indicators of «Indikatorenkät»: their wording out of the team's list, and totals typed in from outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from misam_desktop.domain import indicator as rules
from misam_desktop.domain.access import May, in_activity
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.errors import NotFound, Stale
from misam_desktop.domain.ids import ActivityId, IndicatorId, TotalId
from misam_desktop.domain.indicator import Indicator, Line, Total, Typed
from misam_desktop.store import rows, tables
from misam_desktop.vault import Topic, Tx, command

_T = tables.indicator_total.c


@command("indicators.loaded", needs=May.IMPORT_REGISTER, touches=Topic.SETTINGS)
def load_indicators(tx: Tx, lines: Sequence[Line]) -> int:
    """Take the list as the newest wording, and say how many there are; what it lacks is kept for its totals."""
    new, changed = rules.renewed(rows.indicators.where(tx.conn), lines)
    places = {line.code: at for at, line in enumerate(lines, start=1)}
    for one in changed:
        rows.indicators.save(tx.conn, one)
    made = [
        Indicator(
            id=IndicatorId(tx.new_id()), code=line.code, text=line.text, group=line.group, place=places[line.code]
        )
        for line in new
    ]
    rows.indicators.add_all(tx.conn, made)
    return len(lines)


@command("indicators.totals_set", needs=May.IMPORT_REGISTER, touches=Topic.SETTINGS)
def set_totals(
    tx: Tx,
    activity_id: ActivityId,
    *,
    first: date,
    last: date,
    typed: Mapping[IndicatorId, Typed],
    seen: Mapping[IndicatorId, int],
) -> None:
    """Set the totals of an activity and a period; an indicator with nothing typed in has none.

    ``seen`` are the versions of those that were shown. Raises NotFound, Stale and what the rule raises.
    """
    activity = rows.activities.get(tx.conn, activity_id)
    if activity.settings.kind is not Kind.FORUM or not in_activity(tx.actor, activity.id):
        raise NotFound
    tx.about(activity.id)
    rules.must_hold(typed, first=first, last=last)
    of_period = (_T.activity_id == activity.id, _T.first == first, _T.last == last)
    known = {one.indicator_id: one for one in rows.indicator_totals.where(tx.conn, *of_period)}
    if {one: known[one].version for one in known if one in typed} != {one: seen[one] for one in seen if one in typed}:
        raise Stale
    for indicator_id, one in typed.items():
        before = known.get(indicator_id)
        if one.answers is None or one.agreed is None:
            if before is not None:
                rows.indicator_totals.remove(tx.conn, before.id)
        elif before is None:
            total = Total(
                id=TotalId(tx.new_id()),
                activity_id=activity.id,
                indicator_id=rows.indicators.get(tx.conn, indicator_id).id,
                first=first,
                last=last,
                answers=one.answers,
                agreed=one.agreed,
            )
            rows.indicator_totals.add(tx.conn, total)
        elif (before.answers, before.agreed) != (one.answers, one.agreed):
            rows.indicator_totals.save(tx.conn, replace(before, answers=one.answers, agreed=one.agreed))
