"""What SIPs wait for, on the Idag of whoever holds each together, and of the koordinator."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import Select, select, true

from misam_desktop.domain.codes import Purpose
from misam_desktop.domain.sip import SipParty
from misam_desktop.domain.sip_next import SipStep, Waits, what_waits
from misam_desktop.domain.sip_plan import SipPlan
from misam_desktop.queries import reach, shown
from misam_desktop.queries.task_rows import Task, TodayRow, Urgency, dated, ending, first_ends, undated
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look

_S, _P = tables.sip.c, tables.person.c
WORDS = {
    SipStep.BEGIN: "SIP: ska påbörjas",
    SipStep.SET_MEETING: "SIP: bestäm möte",
    SipStep.SEND: "SIP: kalla till möte",
    SipStep.ANSWERS: "SIP: svar saknas",
    SipStep.MEET: "SIP: möte",
    SipStep.FINISH: "SIP: gör klart planen",
    SipStep.FOLLOW_UP: "SIP: följ upp",
}


def sip_tasks(look: Look) -> list[TodayRow]:
    """One row for each SIP that waits for something, and one for a consent to it that ends."""
    named = {row.id: row for row in look.conn.execute(_mine(look))}
    parties, plans = defaultdict[str, list[SipParty]](list), defaultdict[str, list[SipPlan]](list)
    for party in rows.sip_parties.where(look.conn, tables.sip_party.c.case_id.in_(named)):
        parties[party.case_id].append(party)
    for plan in rows.sip_plans.where(look.conn, tables.sip_plan.c.case_id.in_(named)):
        plans[plan.case_id].append(plan)
    found = []
    for sip in rows.sips.where(look.conn, _S.id.in_(named)):
        waits = what_waits(sip, parties[sip.id], plans[sip.id], today=look.today)
        if waits is not None:
            found.append(_waiting(look, named[sip.id], waits))
    return [*found, *(_ending(look, named[case_id], on) for case_id, on in first_ends(look, named).items())]


def _waiting(look: Look, row: Any, waits: Waits) -> TodayRow:
    what = WORDS[waits.step]
    if waits.due_on is not None:
        told = dated(look, Task.SIP, row.id, what=what, name=shown.name(look, row), due_on=waits.due_on)
    else:
        told = undated(look, row, Task.SIP, Urgency.ENROL, what=what, since=waits.since or look.today)
    return told._replace(sip_id=row.id, sip_step=waits.step)


def _ending(look: Look, row: Any, until_on: date) -> TodayRow:
    told = dated(look, Task.CONSENT, row.id, what=ending(look, until_on), name=shown.name(look, row), due_on=until_on)
    return told._replace(sip_id=row.id)


def _mine(look: Look) -> Select[Any]:
    """The SIPs that go on and are the actor's to see to; those who coordinate see to all within reach."""
    whose = true() if reach.coordinates(look, Purpose.SIP) else reach.is_actor(_S.contact_id, look)
    return (
        select(
            _S.id, _P.given_name, _P.family_name, _P.protected, _P.protected_owners,
            reach.sip_identity(look).label("identified"),
        )
        .select_from(tables.sip)
        .join(tables.person, _S.person_id == _P.id)
        .where(_S.ended_on.is_(None), whose, reach.sips(look))
    )  # fmt: skip
