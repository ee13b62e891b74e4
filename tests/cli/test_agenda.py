"""``agenda``: a NAFS meeting's dagordning as a file, codes in place of persons, logged before it is written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from misam_desktop.commands.agenda import put_general, put_on_agenda
from misam_desktop.commands.forum import plan_meeting
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.codes import Role
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.pseudonym import shown
from misam_desktop.store import founding, rows
from misam_desktop.store.engine import writing
from misam_desktop.unlocking import unlock
from misam_desktop.vault import Vault
from tests.cli.worlds import Terminal
from tests.commands.nafs_worlds import MEETS, TEAM, raised
from tests.commands.worlds import AME, MISAM, all_of, waiting
from tests.conftest import CLOCK, PASSWORD, TODAY, WEAK_BOUNDS
from tests.documents.worlds import words


@pytest.fixture
def meeting(karin: Vault, founded: Path) -> Meeting:
    """One that Karin leads: here she is the NAFS-koordinator as well."""
    with writing(karin._engine) as conn:
        rows.activities.add(conn, founding.reference_activity("nafs", activity_id=TEAM, name="NAFS Norr"))
        user = rows.users.get(conn, karin.actor.user_id)
        rows.users.save(conn, replace(user, roles=(*user.roles, Role.NAFS_KOORDINATOR)))
    again = unlock(founded, login="karin", password=PASSWORD, clock=CLOCK, bounds=WEAK_BOUNDS)
    planned = again.do(plan_meeting(TEAM, on=MEETS)).value
    again.close()
    return planned


@pytest.fixture
def item(jonas: Vault, meeting: Meeting) -> AgendaItem:
    """A case on it."""
    return jonas.do(put_on_agenda(meeting.id, raised(jonas).id)).value


def test_it_names_nobody_and_stands_in_the_log(
    terminal: Terminal, founded: Path, meeting: Meeting, item: AgendaItem, tmp_path: Path
) -> None:
    out = tmp_path / "dagordning.pdf"
    ended = terminal.on(founded, "agenda", "--meeting", meeting.id, "--out", out)
    assert (ended.code, ended.out) == (0, "")
    assert ended.err == f"Dagordningen sparades i {out}. Filen är inte krypterad, men ingen person nämns i den.\n"
    told = words(out.read_bytes())
    assert item.code is not None
    assert shown(item.code) in told
    assert "Provlund" not in told
    actions = [entry["action"] for entry in json.loads(terminal.on(founded, "log", "--json").out)]
    assert "agenda.given" in actions


def test_a_unit_gets_what_stands_beside_it(
    terminal: Terminal, founded: Path, meeting: Meeting, item: AgendaItem, tmp_path: Path
) -> None:
    out = tmp_path / "dagordning.pdf"
    nothing = terminal.on(founded, "agenda", "--meeting", meeting.id, "--out", out, "--unit", "fk")
    assert (nothing.code, out.exists()) == (1, False)
    again = unlock(founded, login="karin", password=PASSWORD, clock=CLOCK, bounds=WEAK_BOUNDS)
    again.do(put_general(meeting.id, question="Nya regler för studier?", asked_id=AME))
    again.close()
    assert terminal.on(founded, "agenda", "--meeting", meeting.id, "--out", out, "--unit", "fk").code == 0
    assert "Bara för Försäkringskassan" in words(out.read_bytes())
    other = terminal.on(founded, "agenda", "--meeting", meeting.id, "--out", tmp_path / "b.pdf", "--unit", "Ingen")
    assert (other.code, (tmp_path / "b.pdf").exists()) == (1, False)


def test_a_file_that_is_there_and_a_meeting_that_is_not_are_refused(
    terminal: Terminal, founded: Path, meeting: Meeting, tmp_path: Path
) -> None:
    taken = tmp_path / "taken.pdf"
    taken.write_bytes(b"annat")
    assert terminal.on(founded, "agenda", "--meeting", meeting.id, "--out", taken).code == 1
    assert taken.read_bytes() == b"annat"
    assert terminal.on(founded, "agenda", "--meeting", "finns inte", "--out", tmp_path / "a.pdf").code == 1
    assert terminal.on(founded, "agenda", "--meeting", meeting.id, "--out", tmp_path / "a.docx").code == 2


def test_that_of_a_forum_is_made_the_same_way_and_the_list_says_for_how_long(
    terminal: Terminal, founded: Path, karin: Vault, jonas: Vault, tmp_path: Path
) -> None:
    forum = karin.do(plan_meeting(MISAM, on=TODAY)).value
    waiting(jonas)
    out = tmp_path / "forum.pdf"
    assert terminal.on(founded, "agenda", "--meeting", forum.id, "--out", out).code == 0
    told = words(out.read_bytes())
    [item] = all_of(karin, rows.forum_items)
    assert shown(item.code) in told
    assert "Provlund" not in told
    [row] = json.loads(terminal.on(founded, "meetings", "--json").out)
    assert (row["kind"], row["codes"], row["cases"]) == ("forum", True, 1)
