"""What a new store begins with: its name, units, activities and first users, out of ``db/reference``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields

from sqlalchemy import Connection, delete, insert, select  # noqa: TID251 – settings are written here

from misam_desktop import assets
from misam_desktop.domain.activity import Activity, settings_from
from misam_desktop.domain.codes import Agency
from misam_desktop.domain.ids import ActivityId, UnitId
from misam_desktop.domain.letterhead import Letterhead
from misam_desktop.domain.people import Contact, Unit, User
from misam_desktop.domain.sip_paper import SipTemplate
from misam_desktop.store import rows, tables


def reference_units() -> list[Unit]:
    """The units that a new store knows."""
    entries = assets.toml(assets.database("reference", "authorities.toml"))["unit"]
    return [
        Unit(
            id=UnitId(entry["id"]),
            agency=Agency(entry["agency"]),
            name=entry["name"],
            short=entry["short"],
            is_default=entry.get("default", False),
        )
        for entry in entries
    ]


def reference_activity(template: str, *, activity_id: str, name: str | None = None) -> Activity:
    """An activity with the settings of ``db/reference/activities/<template>.toml``."""
    data = assets.toml(assets.database("reference", "activities", f"{template}.toml"))
    return Activity(id=ActivityId(activity_id), name=name or data["name"], settings=settings_from(data))


def found(
    conn: Connection,
    *,
    store_id: str,
    team: str,
    kind: str,
    activities: Iterable[Activity],
    users: Iterable[tuple[User, Contact]],
) -> None:
    """Write the first rows of a store; ``kind`` is «real» or «demo» and never changes."""
    for key, value in {"store_id": store_id, "team": team, "kind": kind}.items():
        set_setting(conn, key, value)
    rows.units.add_all(conn, reference_units())
    rows.activities.add_all(conn, list(activities))
    for user, contact in users:
        rows.contacts.add(conn, contact)
        rows.users.add(conn, user)


def setting(conn: Connection, key: str) -> str | None:
    """A setting of the whole store, or None."""
    table = tables.setting
    return conn.execute(select(table.c.value).where(table.c.key == key)).scalar_one_or_none()


def set_setting(conn: Connection, key: str, value: str) -> None:
    """Set a setting of the whole store."""
    conn.execute(delete(tables.setting).where(tables.setting.c.key == key))
    conn.execute(insert(tables.setting), {"key": key, "value": value})


def letterhead(conn: Connection) -> Letterhead:
    """What stands at the top of letters; nothing until somebody has set it."""
    return Letterhead(**{one.name: setting(conn, f"letterhead_{one.name}") or "" for one in fields(Letterhead)})


def set_letterhead(conn: Connection, kept: Letterhead) -> None:
    """Set what stands at the top of letters."""
    for name, words in asdict(kept).items():
        set_setting(conn, f"letterhead_{name}", words)


def reference_sip_template() -> SipTemplate:
    """What the papers of a SIP say until the team has set it."""
    data = assets.toml(assets.database("reference", "sip.toml"))
    return SipTemplate(points="\n".join(data["points"]), statute=data["statute"])


def sip_template(conn: Connection) -> SipTemplate:
    """What the papers of a SIP say: what is set, and for what is empty that of the reference."""
    usual = reference_sip_template()
    return SipTemplate(
        points=setting(conn, "sip_points") or usual.points, statute=setting(conn, "sip_statute") or usual.statute
    )


def set_sip_template(conn: Connection, kept: SipTemplate) -> None:
    """Set what the papers of a SIP say."""
    for name, words in asdict(kept).items():
        set_setting(conn, f"sip_{name}", words)


def keep_key_file(conn: Connection, content: bytes) -> None:
    """Keep a copy of the key file inside the store."""
    conn.execute(delete(tables.key_file))
    conn.execute(insert(tables.key_file), {"id": 1, "content": content})
