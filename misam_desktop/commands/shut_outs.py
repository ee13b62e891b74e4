"""Jäv: keeping a named colleague or oneself out of one case, and letting them in again (process.md §5)."""

from __future__ import annotations

from misam_desktop.commands.persons import coordinators_of
from misam_desktop.domain.access import May
from misam_desktop.domain.case import Case
from misam_desktop.domain.ids import CaseId, ContactId
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.shut_out import (
    LastCoordinator,
    ShutOut,
    WorksWithIt,
    YouCoordinateAlone,
    YouWorkWithIt,
    must_be_a_contact,
    must_leave_a_coordinator,
    must_not_work_with_it,
    who_work_with,
    who_work_with_nafs,
    who_work_with_sip,
)
from misam_desktop.domain.sip import Sip
from misam_desktop.store import rows, tables
from misam_desktop.vault import Topic, Tx, command


@command("case.shut_out", needs=May.SHUT_OUT, touches=Topic.CASES)
def shut_out(tx: Tx, case_id: CaseId, contact_id: ContactId) -> ShutOut:
    """Keep a colleague out of a case from now on; they are not told. Raises WorksWithIt, LastCoordinator."""
    case = tx.case(case_id)
    return _kept_out(tx, case, contact_id)


@command("case.stepped_aside", needs=May.STEP_ASIDE, touches=Topic.CASES)
def step_aside(tx: Tx, case_id: CaseId) -> ShutOut:
    """«Jag är jävig»: keep oneself out of a case; only a colleague can undo it.

    Raises NoContact, YouWorkWithIt, YouCoordinateAlone.
    """
    case = tx.case(case_id)
    try:
        return _kept_out(tx, case, must_be_a_contact(tx.actor.contact_id))
    except WorksWithIt:
        raise YouWorkWithIt from None
    except LastCoordinator:
        raise YouCoordinateAlone from None


@command("case.let_in", needs=May.SHUT_OUT, touches=Topic.CASES)
def let_in(tx: Tx, case_id: CaseId, contact_id: ContactId) -> None:
    """Let a colleague in again who was kept out of a case."""
    case = tx.case(case_id)
    for one in rows.shut_outs.of(tx.conn, tables.shut_out.c.case_id, case.id):
        if one.contact_id == contact_id:
            rows.shut_outs.remove(tx.conn, one.id)


def _kept_out(tx: Tx, case: Case, contact_id: ContactId) -> ShutOut:
    already = rows.shut_outs.of(tx.conn, tables.shut_out.c.case_id, case.id)
    for one in already:
        if one.contact_id == contact_id:
            return one
    must_not_work_with_it(contact_id, _working_with(tx, case))
    must_leave_a_coordinator(_leaders(tx, case), {one.contact_id for one in already} | {contact_id})
    return rows.shut_outs.add(
        tx.conn,
        ShutOut(id=tx.new_id(), case_id=case.id, contact_id=contact_id, by=tx.actor.user_id, on=tx.today),
    )


def _working_with(tx: Tx, case: Case) -> set[ContactId]:
    if isinstance(case, NafsCase):
        return who_work_with_nafs(case, rows.agenda_items.of(tx.conn, tables.agenda_item.c.case_id, case.id))
    if isinstance(case, Sip):
        return who_work_with_sip(case)
    if case.episode_id is None:
        return who_work_with(case, None, ())
    follow_ups = rows.follow_ups.of(tx.conn, tables.follow_up.c.episode_id, case.episode_id)
    return who_work_with(case, rows.episodes.get(tx.conn, case.episode_id), follow_ups)


def _leaders(tx: Tx, case: Case) -> list[ContactId | None]:
    """Those who run the activity and see the case: of a protected person the named owners among them."""
    person = rows.persons.get(tx.conn, case.person_id)
    found = coordinators_of(tx, case.activity_id, case.purpose)
    return [one.contact_id for one in found if not person.protected or one.id in person.protected_owners]
