"""The NAFS teams that one leads, as a list: when each meets, who comes, and what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from misam_desktop.domain.access import in_activity
from misam_desktop.domain.activity import Activity
from misam_desktop.gui.copying import copies_freely
from misam_desktop.gui.dialogs.nafs_team import open_team
from misam_desktop.gui.nafs_parts.calendar import rhythm_words, weekly_words
from misam_desktop.gui.tables import Column, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.vault import actor_of

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace
    from misam_desktop.queries.desk import Desk


def team_table(work: Workspace) -> Table[Activity]:
    """The table of them; a row opens the team's settings."""
    table = Table(
        "nafs_teams",
        (
            Column[Activity](title=tr("Team"), words=lambda one: one.name, width=200, most=260, main=True),
            Column(
                title=tr("Möts"),
                words=lambda one: weekly_words(one.settings.rhythm),
                tip=lambda one: rhythm_words(one.settings.rhythm),
                width=290,
                most=340,
                folds=2,
            ),
            Column(
                title=tr("Kontaktpersoner"),
                words=lambda one: contacts_words(work.desk, one)[0],
                tone=lambda one: contacts_words(work.desk, one)[1],
                tip=lambda one: _who_comes(work.desk, one),
                width=170,
                folds=1,
            ),
            Column(title=tr("Koordinator"), words=lambda one: leaders(work.desk, one), width=120, folds=3),
            Column(title="", words=lambda _one: tr("Ändra …"), action=lambda one: open_team(work, one), width=90),
        ),
        key=lambda one: one.id,
    )
    copies_freely(work, table)
    table.opened.connect(lambda one: open_team(work, one))
    table.remember_in(work.settings)
    return table


def contacts_words(desk: Desk, team: Activity) -> tuple[str, Tone]:
    """«5 av 6 enheter», and whether some are missing."""
    parts = desk.parts_of(team.id)
    active = {one.id for one in desk.contacts_at()}
    named = sum(one in active for one in parts.values())
    if not named:
        return tr("Inga kontaktpersoner"), Tone.RED
    words = tr("{named} av {units} enheter").format(named=named, units=len(parts))
    return words, Tone.PLAIN if named == len(parts) else Tone.AMBER


def _who_comes(desk: Desk, team: Activity) -> str:
    parts = desk.parts_of(team.id)
    return "\n".join(f"{desk.unit(one)}: {desk.contact(who) or tr('ingen angiven')}" for one, who in parts.items())


def leaders(desk: Desk, team: Activity) -> str:
    """Who leads the team's meetings; users are set by the administratör."""
    return ", ".join(one.name for one in desk.nafs_coordinators if in_activity(actor_of(one), team.id))
