"""Avvikelser, synpunkter och klagomål: the list, and one of them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement

from misam_desktop.domain.access import May
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.deviation import Deviation, is_team_log_of
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import let_through
from misam_desktop.domain.ids import DeviationId
from misam_desktop.domain.scope import EVERYTHING
from misam_desktop.queries.shown import UNNAMED, WITHHELD
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look, query

_V = tables.deviation.c


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationRow:
    """One in the list. ``name`` is whose case it is about, if any: then its text is read by opening it."""

    deviation: Deviation
    activity: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationPage:
    """One of them as far as the asker may read it: ``kinds`` are those that are told."""

    deviation: Deviation
    name: str
    kinds: frozenset[InfoKind]


@query("deviations.listed", needs=May.WRITE_DEVIATION)
def deviations(look: Look, *, closed: bool) -> list[DeviationRow]:
    """Those that are still open, or those that are closed, the newest first, within the actor's reach."""
    state: ColumnElement[bool] = _V.closed_on.is_not(None) if closed else _V.closed_on.is_(None)
    names = {one.id: one.name for one in rows.activities.where(look.conn)}
    found = []
    for one in rows.deviations.where(look.conn, state, order_by=[_V.on.desc()]):
        kinds = told_kinds(look, one)
        if kinds is not None:
            told = one if one.episode_id is None else let_through(one, frozenset())
            found.append(DeviationRow(deviation=told, activity=names[one.activity_id], name=name_in(look, one, kinds)))
    return found


@query("deviation.opened", needs=May.WRITE_DEVIATION)
def one_deviation(look: Look, deviation_id: DeviationId) -> DeviationPage:
    """One of them; about a case it is a read of its person. Raises NotFound."""
    deviation = rows.deviations.get(look.conn, deviation_id)
    kinds = told_kinds(look, deviation)
    if kinds is None:
        raise NotFound
    look.opened(deviation.id, person_of(look, deviation))
    return DeviationPage(deviation=let_through(deviation, kinds), name=name_in(look, deviation, kinds), kinds=kinds)


def told_kinds(look: Look, deviation: Deviation) -> frozenset[InfoKind] | None:
    """The kinds of information that the actor may read in one; None where it is beyond reach.

    About a case it is read by who reads the case, else by those whose log it is.
    """
    if deviation.episode_id is None:
        purpose = rows.activities.get(look.conn, deviation.activity_id).settings.kind.purpose
        return EVERYTHING if is_team_log_of(look.actor, deviation, purpose) else None
    episode = rows.episodes.get(look.conn, deviation.episode_id)
    subject = subjects.at_commissioner(subjects.of_episode(look.conn, episode), episode)
    decision = look.allowed(subject, May.READ_CASE)
    return decision.kinds if decision else None


def person_of(look: Look, deviation: Deviation) -> str:
    """The id of the person whose case it is about; nothing for none."""
    return "" if deviation.episode_id is None else rows.episodes.get(look.conn, deviation.episode_id).person_id


def name_in(look: Look, deviation: Deviation, kinds: frozenset[InfoKind]) -> str:
    """Whose case it is about, as far as these kinds tell; nothing for none."""
    person_id = person_of(look, deviation)
    if not person_id:
        return ""
    if InfoKind.GRUNDUPPGIFTER not in kinds:
        return WITHHELD
    return rows.persons.get(look.conn, person_id).full_name or UNNAMED
