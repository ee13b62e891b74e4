"""The settings of a NAFS team: its rhythm and days, whom it is for, and who comes from each unit."""

from __future__ import annotations

from collections.abc import Mapping

from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.activity import Activity, Kind
from misam_desktop.domain.errors import NotFound, Stale
from misam_desktop.domain.ids import ActivityId, ContactId, UnitId
from misam_desktop.domain.nafs_team import ContactElsewhere, TeamFacts, TeamPart, changed
from misam_desktop.store import rows, tables
from misam_desktop.vault import Topic, Tx, command


@command("team.changed", needs=May.CHANGE_SETTINGS, touches=(Topic.SETTINGS, Topic.CONTACTS))
def set_nafs_team(
    tx: Tx, activity_id: ActivityId, facts: TeamFacts, *, parts: Mapping[UnitId, ContactId | None], seen: int
) -> Activity:
    """Set a team; ``parts`` are the units that come to its meetings, each with its contact person.

    Meetings that are planned already stay as they are. Raises TextRequired, NameTaken, OutOfRange, HourWrong,
    AgesWrong, ContactElsewhere, Stale.
    """
    team = rows.activities.get(tx.conn, activity_id)
    tx.about(team.id)
    tx.require(Subject(activity_id=team.id, unit_ids=frozenset(), purpose=team.settings.kind.purpose))
    if team.settings.kind is not Kind.NAFS:
        raise NotFound
    if team.version != seen:
        raise Stale
    others = [one.name for one in rows.activities.where(tx.conn) if one.id != team.id]
    _keep_parts(tx, team, parts)
    return rows.activities.save(tx.conn, changed(team, facts, names=others))


def _keep_parts(tx: Tx, team: Activity, parts: Mapping[UnitId, ContactId | None]) -> None:
    """The relation as it is said: what has gone is removed, what is new added. Raises ContactElsewhere, NotFound."""
    for one in rows.team_parts.of(tx.conn, tables.team_part.c.activity_id, team.id):
        rows.team_parts.remove(tx.conn, one.id)
    for unit_id, contact_id in parts.items():
        unit = rows.units.get(tx.conn, unit_id)
        if contact_id is not None and rows.contacts.get(tx.conn, contact_id).unit_id != unit.id:
            raise ContactElsewhere(field=f"contact_{unit.id}")
        part = TeamPart(id=tx.new_id(), activity_id=team.id, unit_id=unit.id, contact_id=contact_id)
        rows.team_parts.add(tx.conn, part)
