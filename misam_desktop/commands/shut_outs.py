"""Jäv: keeping a named colleague out of one case, and letting them in again (process.md §5)."""

from __future__ import annotations

from misam_desktop.commands.persons import coordinators_of
from misam_desktop.domain.access import May
from misam_desktop.domain.follow_up import is_open
from misam_desktop.domain.ids import ContactId, ReferralId
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.shut_out import ShutOut, must_leave_a_coordinator, must_not_work_with_it
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Topic, Tx, command


@command("case.shut_out", needs=May.SHUT_OUT, touches=Topic.CASES)
def shut_out(tx: Tx, referral_id: ReferralId, contact_id: ContactId) -> ShutOut:
    """Keep a colleague out of a case from now on; they are not told. Raises WorksWithIt, LastCoordinator."""
    referral = tx.referral(referral_id)
    already = rows.shut_outs.of(tx.conn, tables.shut_out.c.referral_id, referral.id)
    for one in already:
        if one.contact_id == contact_id:
            return one
    must_not_work_with_it(contact_id, _who_work_with_it(tx, referral))
    kept_out = {one.contact_id for one in already} | {contact_id}
    must_leave_a_coordinator([user.contact_id for user in coordinators_of(tx, referral.activity_id)], kept_out)
    return rows.shut_outs.add(
        tx.conn,
        ShutOut(id=tx.new_id(), referral_id=referral.id, contact_id=contact_id, by=tx.actor.user_id, on=tx.today),
    )


@command("case.let_in", needs=May.SHUT_OUT, touches=Topic.CASES)
def let_in(tx: Tx, referral_id: ReferralId, contact_id: ContactId) -> None:
    """Let a colleague in again who was kept out of a case."""
    referral = tx.referral(referral_id)
    for one in rows.shut_outs.of(tx.conn, tables.shut_out.c.referral_id, referral.id):
        if one.contact_id == contact_id:
            rows.shut_outs.remove(tx.conn, one.id)


def _who_work_with_it(tx: Tx, referral: Referral) -> set[ContactId]:
    """Its handläggare, samordnare and the owners of what is still to be followed up."""
    working = set(subjects.of_referral(tx.conn, referral).contact_ids)
    if referral.episode_id is None:
        return working
    due = rows.follow_ups.of(tx.conn, tables.follow_up.c.episode_id, referral.episode_id)
    return working | {one.owner_id for one in due if is_open(one) and one.owner_id is not None}
