"""What lies on everybody's desk: the team, who I am, the activities, and the units and contacts that forms offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from misam_desktop.domain.access import May, in_activity, includes
from misam_desktop.domain.activity import Activity, Kind
from misam_desktop.domain.codes import Agency, Role
from misam_desktop.domain.ids import ActivityId, ContactId, UnitId
from misam_desktop.domain.letterhead import NO_LETTERHEAD, Letterhead
from misam_desktop.domain.nafs_team import TeamPart
from misam_desktop.domain.people import Contact, Unit, User
from misam_desktop.domain.sip_paper import NO_TEMPLATE, SipTemplate
from misam_desktop.store import founding, rows, tables
from misam_desktop.vault import Look, actor_of, query


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A snapshot that every screen may look things up in; read again when contacts or settings change.

    ``users`` are those who read cases, by login: the unit's and who lead meetings, to these all.
    ``nafs_coordinators`` lead the meetings of NAFS teams, ``team_parts`` are the units that come to them.
    ``letterhead`` is what stands above letters, ``sip_template`` what the papers of a SIP say.
    """

    team: str
    is_demo: bool
    me: User
    today: date
    activities: tuple[Activity, ...]
    units: tuple[Unit, ...]
    contacts: tuple[Contact, ...]
    coordinators: tuple[User, ...]
    users: tuple[User, ...]
    nafs_coordinators: tuple[User, ...] = ()
    team_parts: tuple[TeamPart, ...] = ()
    letterhead: Letterhead = NO_LETTERHEAD
    sip_template: SipTemplate = NO_TEMPLATE

    def may(self, action: May) -> bool:
        """Whether any of my roles includes this at all; the door decides again for each case."""
        return bool(includes(actor_of(self.me), action))

    def unit(self, unit_id: UnitId | None) -> str:
        """The short name of a unit; nothing for none."""
        return next((unit.short for unit in self.units if unit.id == unit_id), "")

    def agency_of(self, unit_id: UnitId | None) -> Agency | None:
        """The authority that a unit is part of."""
        return next((unit.agency for unit in self.units if unit.id == unit_id), None)

    def contact(self, contact_id: ContactId | None) -> str:
        """The name of a contact; nothing for none."""
        return next((contact.name for contact in self.contacts if contact.id == contact_id), "")

    def activity(self, activity_id: ActivityId) -> Activity:
        """One activity."""
        return next(activity for activity in self.activities if activity.id == activity_id)

    def coordinating_units(self, activity_id: ActivityId) -> tuple[UnitId, ...]:
        """The units of those who run an activity: a consent to it names them."""
        is_nafs = self.activity(activity_id).settings.kind is Kind.NAFS
        leading = self.nafs_coordinators if is_nafs else self.coordinators
        mine = (one.unit_id for one in leading if in_activity(actor_of(one), activity_id))
        return tuple(dict.fromkeys(mine))

    def parts_of(self, activity_id: ActivityId) -> dict[UnitId, ContactId | None]:
        """The units that come to a NAFS team's meetings, in the order of units, each with its contact person."""
        found = {one.unit_id: one.contact_id for one in self.team_parts if one.activity_id == activity_id}
        return {unit.id: found[unit.id] for unit in self.units if unit.id in found}

    @property
    def my_activities(self) -> tuple[Activity, ...]:
        """The activities I work in that run on a forum and take referrals."""
        mine = (one for one in self.activities if in_activity(actor_of(self.me), one.id))
        return tuple(one for one in mine if one.settings.kind is Kind.FORUM and one.open_for_referrals)

    @property
    def leads_nafs(self) -> bool:
        """Whether I lead the meetings of NAFS teams."""
        return Role.NAFS_KOORDINATOR in self.me.roles

    @property
    def my_teams(self) -> tuple[Activity, ...]:
        """The NAFS teams I work in, or can put a case to."""
        mine = (one for one in self.activities if in_activity(actor_of(self.me), one.id))
        return tuple(one for one in mine if one.settings.kind is Kind.NAFS)

    @property
    def open_units(self) -> tuple[Unit, ...]:
        """The units that have not closed."""
        return tuple(unit for unit in self.units if unit.active)

    def contacts_at(self, unit_id: UnitId | None = None) -> tuple[Contact, ...]:
        """Those who work at a unit, or at any, and have not left."""
        return tuple(one for one in self.contacts if one.active and unit_id in (None, one.unit_id))


@query(None, needs=May.OWN_SESSION)
def desk(look: Look) -> Desk:
    """Everything that lies on the actor's desk; who has nothing to do with people there is told of none."""
    conn = look.conn
    meets_people = bool(includes(look.actor, May.SEE_CONTACTS))
    users = rows.users.where(conn, order_by=[tables.user.c.login]) if meets_people else []
    return Desk(
        team=founding.setting(conn, "team") or "",
        letterhead=founding.letterhead(conn),
        sip_template=founding.sip_template(conn),
        is_demo=founding.setting(conn, "kind") == "demo",
        me=rows.users.get(conn, look.actor.user_id),
        today=look.today,
        activities=tuple(rows.activities.where(conn, order_by=[tables.activity.c.name])),
        units=tuple(rows.units.where(conn, order_by=[tables.unit.c.agency, tables.unit.c.name])),
        contacts=tuple(rows.contacts.where(conn, order_by=[tables.contact.c.name])) if meets_people else (),
        coordinators=tuple(one for one in users if one.active and Role.KOORDINATOR in one.roles),
        users=tuple(one for one in users if one.active and _is_colleague(look, one)),
        team_parts=tuple(rows.team_parts.where(conn)) if meets_people else (),
        nafs_coordinators=tuple(one for one in users if one.active and Role.NAFS_KOORDINATOR in one.roles),
    )


def _is_colleague(look: Look, user: User) -> bool:
    """Whether the actor can name them for a case of theirs."""
    leads = {Role.KOORDINATOR, Role.NAFS_KOORDINATOR} & {*look.actor.roles, *user.roles}
    near = user.unit_id == look.actor.unit_id or bool(leads)
    return near and bool(includes(look.actor, May.READ_CASE)) and bool(includes(actor_of(user), May.READ_CASE))
