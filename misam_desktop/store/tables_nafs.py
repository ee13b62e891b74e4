"""The tables of NAFS: teams, cases with their questions, agendas with their codes."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text, UniqueConstraint

from misam_desktop.domain.codes import FeedbackWay
from misam_desktop.domain.item_steps import ItemStep
from misam_desktop.store.columns import a_table, all_tables, column, text, to
from misam_desktop.store.types import DAY, INSTANT, a_code

team_part = a_table(
    "team_part",
    to("activity_id", "activity"),
    to("unit_id", "unit"),
    to("contact_id", "contact", nullable=True),
    UniqueConstraint("activity_id", "unit_id"),
)
"""The units that come to a NAFS team's meetings."""

nafs_case = a_table(
    "nafs_case",
    to("person_id", "person"),
    to("activity_id", "activity"),
    to("unit_id", "unit"),
    to("raised_by", "contact"),
    to("passed_by", "contact", nullable=True),
    column("raised_on", DAY),
    text("age_reason"),
    column("submitted_at", INSTANT, nullable=True),
    column("withdrawn_on", DAY, nullable=True),
    text("withdrawn_why"),
    Index(None, "person_id"),
    Index(None, "activity_id", "raised_on"),
    of="case",
)

question = a_table(
    "question",
    to("case_id", "nafs_case"),
    to("unit_id", "unit"),
    column("place", Integer),
    text("text"),
    text("answer"),
    column("asked_on", DAY, nullable=True),
    column("answered_on", DAY, nullable=True),
    to("answered_by", "user", nullable=True),
    Index(None, "case_id"),
    Index(None, "unit_id", "answered_on"),
)

agenda_item = a_table(
    "agenda_item",
    to("meeting_id", "meeting"),
    to("case_id", "nafs_case", nullable=True),
    text("question"),
    to("asked_id", "unit", nullable=True),
    column("place", Integer),
    column("minutes", Integer, nullable=True),
    column("code", Text, nullable=True),
    column("added_at", INSTANT),
    text("next_step"),
    to("responsible_id", "unit", nullable=True),
    to("feedback_by", "contact", nullable=True),
    column("feedback_on", DAY, nullable=True),
    column("feedback_how", a_code(FeedbackWay), nullable=True),
    UniqueConstraint("meeting_id", "case_id"),
    UniqueConstraint("code"),
    Index(None, "case_id"),
)
"""``code`` is taken away 90 days after the meeting (``spent_code``)."""

item_step = a_table(
    "item_step",
    to("item_id", "agenda_item"),
    column("step", a_code(ItemStep)),
    to("unit_id", "unit"),
    column("on", DAY),
    to("by", "user"),
    UniqueConstraint("item_id", "step", "unit_id"),
)
"""What has been ticked off of a case of a meeting, by which unit."""

spent_code = Table(
    "spent_code",
    all_tables,
    Column("hash", Text, primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Keyed hashes of every code that has been drawn, so that none comes again once the codes are gone."""
