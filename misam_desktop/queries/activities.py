"""The activities of the team, and the units and contacts that forms offer."""

from __future__ import annotations

from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.ids import ActivityId
from misam_desktop.domain.people import Contact, Unit, User
from misam_desktop.store import founding, rows, tables
from misam_desktop.vault import Look, query


@query(None, needs=May.OWN_SESSION)
def team_name(look: Look) -> str:
    """What the team is called."""
    return founding.setting(look.conn, "team") or ""


@query(None, needs=May.OWN_SESSION)
def activities(look: Look) -> list[Activity]:
    """Every activity of the team, by name."""
    return rows.activities.where(look.conn, order_by=[tables.activity.c.name])


@query(None, needs=May.OWN_SESSION)
def activity(look: Look, activity_id: ActivityId) -> Activity:
    """One activity with its settings."""
    return rows.activities.get(look.conn, activity_id)


@query(None, needs=May.OWN_SESSION)
def units(look: Look) -> list[Unit]:
    """Every unit, also those that have closed, by authority and name."""
    return rows.units.where(look.conn, order_by=[tables.unit.c.agency, tables.unit.c.name])


@query(None, needs=May.OWN_SESSION)
def contacts(look: Look) -> list[Contact]:
    """Every contact, also those who have left, by name."""
    return rows.contacts.where(look.conn, order_by=[tables.contact.c.name])


@query(None, needs=May.OWN_SESSION)
def me(look: Look) -> User:
    """Who has unlocked the store."""
    return rows.users.get(look.conn, look.actor.user_id)
