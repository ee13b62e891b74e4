"""Which questionnaires wait for the actor: to be offered, or noted as answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, or_, select

from misam_desktop.domain.access import May, in_activity, includes
from misam_desktop.domain.activity import Activity, Kind
from misam_desktop.domain.asked import AFTER, Asked, AskedStep, AskedWhat, Waiting, waiting
from misam_desktop.domain.ids import EpisodeId
from misam_desktop.queries import reach, shown
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look

_E, _R, _P, _A = tables.episode.c, tables.referral.c, tables.person.c, tables.asked.c


class WaitingRow(NamedTuple):
    """One questionnaire of one case; ``version`` is that of what is noted of it, 0 for nothing."""

    episode_id: EpisodeId
    name: str
    code: str
    step: AskedStep
    due_on: date
    offered_on: date | None
    version: int


def waiting_rows(look: Look) -> list[WaitingRow]:
    """Those of the actor's own cases; a koordinator also takes the cases that nobody has in hand."""
    found = rows.activities.where(look.conn, order_by=[tables.activity.c.name])
    offering = [
        one
        for one in found
        if one.settings.kind is Kind.FORUM
        and one.settings.questionnaires.are_offered
        and in_activity(look.actor, one.id)
    ]
    return [row for activity in offering for row in _of_activity(look, activity)]


def _of_activity(look: Look, activity: Activity) -> Iterator[WaitingRow]:
    mine = or_(reach.is_actor(_E.case_worker_id, look), reach.is_actor(_E.case_lead_id, look))
    nobodys = and_(_E.case_worker_id.is_(None), _E.case_lead_id.is_(None))
    whose = or_(mine, nobodys) if includes(look.actor, May.RUN_FORUM) else mine
    statement = (
        select(
            _E.id, _E.enrolled_on, _E.discharged_on, _E.discharge_reason,
            _P.given_name, _P.family_name, _P.protected, _P.protected_owners,
            reach.identity(look).label("identified"),
        )
        .select_from(tables.episode)
        .join(tables.referral, _E.referral_id == _R.id)
        .join(tables.person, _E.person_id == _P.id)
        .where(
            _E.activity_id == activity.id,
            or_(_E.discharged_on.is_(None), _E.discharged_on >= look.today - AFTER),
            whose,
            reach.cases(look),
            shown.is_shown(look),
        )
    )  # fmt: skip
    found = look.conn.execute(statement).all()
    noted = _noted(look, [row.id for row in found])
    for row in found:
        for one in waiting(activity.settings.questionnaires, row, noted[row.id], today=look.today):
            yield _row(look, row, one, noted[row.id])


def _row(look: Look, row: Any, one: Waiting, noted: list[Asked]) -> WaitingRow:
    known = next((asked for asked in noted if asked.occasion == one.code), None)
    return WaitingRow(
        episode_id=row.id,
        name=shown.name(look, row),
        code=one.code,
        step=one.step,
        due_on=one.due_on,
        offered_on=known.offered_on if known else None,
        version=known.version if known else 0,
    )


def _noted(look: Look, episode_ids: Collection[EpisodeId]) -> dict[str, list[Asked]]:
    found: dict[str, list[Asked]] = defaultdict(list)
    for one in rows.asked.where(look.conn, _A.what == AskedWhat.ENKAT, _A.episode_id.in_(episode_ids)):
        found[one.episode_id].append(one)
    return found
