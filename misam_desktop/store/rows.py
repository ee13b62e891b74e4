"""Rows as values: one mapper for every table, and nothing but turning one into the other.

A value's fields are the table's columns by name; what is derived from a value (search keys, settings as text) is said
beside its mapper.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Table, bindparam, delete, insert, select, update  # noqa: TID251 – the one place that writes

from misam_desktop.domain import worded
from misam_desktop.domain.activity import Activity, settings_as_data, settings_from
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.asked import Asked
from misam_desktop.domain.commitment import Commitment
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.deviation import Deviation
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.drafts import Draft
from misam_desktop.domain.episode import Assignment, Episode
from misam_desktop.domain.errors import NotFound, Stale
from misam_desktop.domain.follow_up import FollowUp
from misam_desktop.domain.forum_item import ForumItem
from misam_desktop.domain.forum_minutes import Amendment, Minute
from misam_desktop.domain.frozen import FrozenReport
from misam_desktop.domain.goal import Judged
from misam_desktop.domain.indicator import Indicator, Total
from misam_desktop.domain.item_steps import Ticked
from misam_desktop.domain.meeting import Assessment, Attendance, Meeting
from misam_desktop.domain.nafs import NafsCase, Question
from misam_desktop.domain.nafs_team import TeamPart
from misam_desktop.domain.paper import Scan, Wording
from misam_desktop.domain.people import Contact, Person, Unit, User
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.review import Review
from misam_desktop.domain.shut_out import ShutOut
from misam_desktop.domain.sip import Sip, SipParty
from misam_desktop.domain.sip_plan import SipCommitment, SipPlan
from misam_desktop.domain.talk import Talk
from misam_desktop.domain.text import fold
from misam_desktop.store import tables
from misam_desktop.store.prepared import Prepared

CHANGED_CASES = "changed_cases"
"""Where a connection keeps the cases whose access must be worked out anew (``store.access``)."""


_BEGIN_CASE = insert(tables.case)


class Versioned(Protocol):
    """What every stored value has."""

    @property
    def id(self) -> str:
        """The text id."""

    @property
    def version(self) -> int:
        """How many times it has been saved."""


V = TypeVar("V", bound=Versioned)


class Rows(Generic[V]):
    """The rows of one table as values of one class."""

    def __init__(
        self,
        table: Table,
        cls: type[V],
        *,
        write: Callable[[V], dict[str, Any]] | None = None,
        read: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
        case_of: Callable[[V], str] | None = None,
    ) -> None:
        self.table = table
        self._cls = cls
        self._names = [field.name for field in fields(cls)]  # type: ignore[arg-type]  # all are dataclasses
        self._write = write
        self._read = read
        self._case_of, self._begins = case_of, getattr(cls, "purpose", None) if table.c.id.foreign_keys else None
        # built once: putting a statement together costs more than running it
        self._all = select(*(table.c[name] for name in self._names))
        self._one = Prepared(self._all.where(table.c.id == bindparam("row_id")))
        self._of: dict[tuple[str, str], Prepared] = {}
        self._insert = insert(table)
        self._update = update(table).where(table.c.id == bindparam("row_id"), table.c.version == bindparam("seen"))

    def value(self, row: Sequence[Any]) -> V:
        """One row, selected in the order of the class's fields, as its value."""
        values = dict(zip(self._names, row, strict=True))
        return self._cls(**(self._read(values) if self._read else values))

    def find(self, conn: Connection, row_id: str) -> V | None:
        """The value with this id, or None."""
        found = self._one.rows(conn, row_id=row_id)
        return self.value(found[0]) if found else None

    def get(self, conn: Connection, row_id: str) -> V:
        """The value with this id. Raises NotFound."""
        value = self.find(conn, row_id)
        if value is None:
            raise NotFound
        return value

    def where(self, conn: Connection, *conditions: ColumnElement[bool], order_by: Sequence[Any] = ()) -> list[V]:
        """All values that meet every condition."""
        statement = self._all.where(*conditions).order_by(*order_by, self.table.c.id)
        return [self.value(row) for row in conn.execute(statement)]

    def of(self, conn: Connection, column: Column[Any], named: object, *, by: Column[Any] | None = None) -> list[V]:
        """All values whose column names one thing, in the order of another; put together once."""
        order = self.table.c.id if by is None else by
        if (column.key, order.key) not in self._of:
            statement = self._all.where(column == bindparam("named")).order_by(order, self.table.c.id)
            self._of[column.key, order.key] = Prepared(statement)
        return [self.value(row) for row in self._of[column.key, order.key].rows(conn, named=named)]

    def add(self, conn: Connection, value: V) -> V:
        """Store a new value."""
        self.add_all(conn, [value])
        return value

    def add_all(self, conn: Connection, values: Sequence[V]) -> None:
        """Store many new values at once."""
        if values and self._begins is not None:
            conn.execute(_BEGIN_CASE, [{"id": value.id, "purpose": self._begins} for value in values])
        if values:
            conn.execute(self._insert, [self._row(value) for value in values])
            self._note(conn, values)

    def save(self, conn: Connection, value: V) -> V:
        """Store a changed value over the version it was read as. Raises Stale when somebody else saved first."""
        newer: V = replace(value, version=value.version + 1)  # type: ignore[type-var]  # all are dataclasses
        same = {"row_id": value.id, "seen": value.version}
        if conn.execute(self._update, self._row(newer) | same).rowcount != 1:
            raise Stale
        self._note(conn, [value])
        return newer

    def remove(self, conn: Connection, row_id: str) -> None:
        """Take a row away; only for what is no record: drafts."""
        conn.execute(delete(self.table).where(self.table.c.id == row_id))

    def _note(self, conn: Connection, values: Sequence[V]) -> None:
        """Say whose cases' access follows from what was written: it is worked out anew before the commit."""
        if self._case_of is not None:
            conn.info.setdefault(CHANGED_CASES, set()).update(map(self._case_of, values))

    def _row(self, value: V) -> dict[str, Any]:
        row = {name: getattr(value, name) for name in self._names}
        return row | self._write(value) if self._write else row


def _person_keys(person: Person) -> dict[str, Any]:
    return {
        "given_key": fold(f"{person.given_name} {person.family_name}"),
        "family_key": fold(f"{person.family_name} {person.given_name}"),
    }


def _write_settings(activity: Activity) -> dict[str, Any]:
    return {"settings": json.dumps(settings_as_data(activity.settings), ensure_ascii=False)}


def _read_settings(values: dict[str, Any]) -> dict[str, Any]:
    return values | {"settings": settings_from(json.loads(values["settings"]))}


def _write_report(frozen: FrozenReport) -> dict[str, Any]:
    return {"content": json.dumps(worded.as_data(frozen.content), ensure_ascii=False)}


def _read_report(values: dict[str, Any]) -> dict[str, Any]:
    return values | {"content": worded.from_data(json.loads(values["content"]))}


units = Rows(tables.unit, Unit)
activities = Rows(tables.activity, Activity, write=_write_settings, read=_read_settings)
contacts = Rows(tables.contact, Contact)
users = Rows(tables.user, User)
persons = Rows(tables.person, Person, write=_person_keys)
meetings = Rows(tables.meeting, Meeting)
attendances = Rows(tables.attendance, Attendance)
referrals = Rows(tables.referral, Referral, case_of=lambda one: one.id)
assessments = Rows(tables.assessment, Assessment)
forum_items = Rows(tables.forum_item, ForumItem)
minutes = Rows(tables.minute, Minute)
amendments = Rows(tables.amendment, Amendment)
consents = Rows(tables.consent, Consent, case_of=lambda one: one.case_id)
wordings = Rows(tables.wording, Wording)
scans = Rows(tables.scan, Scan)
disclosures = Rows(tables.disclosure, Disclosure, case_of=lambda one: one.case_id)
shut_outs = Rows(tables.shut_out, ShutOut)
reviews = Rows(tables.review, Review)
episodes = Rows(tables.episode, Episode)
assignments = Rows(tables.assignment, Assignment)
follow_ups = Rows(tables.follow_up, FollowUp)
commitments = Rows(tables.commitment, Commitment)
asked = Rows(tables.asked, Asked)
talks = Rows(tables.talk, Talk)
deviations = Rows(tables.deviation, Deviation)
indicators = Rows(tables.indicator, Indicator)
indicator_totals = Rows(tables.indicator_total, Total)
nafs_cases = Rows(tables.nafs_case, NafsCase, case_of=lambda one: one.id)
questions = Rows(tables.question, Question)
agenda_items = Rows(tables.agenda_item, AgendaItem)
item_steps = Rows(tables.item_step, Ticked)
team_parts = Rows(tables.team_part, TeamPart)
sips = Rows(tables.sip, Sip, case_of=lambda one: one.id)
sip_parties = Rows(tables.sip_party, SipParty)
sip_plans = Rows(tables.sip_plan, SipPlan)
sip_commitments = Rows(tables.sip_commitment, SipCommitment)
goals_judged = Rows(tables.goal_judged, Judged)
frozen_reports = Rows(tables.frozen_report, FrozenReport, write=_write_report, read=_read_report)
drafts = Rows(tables.draft, Draft)
