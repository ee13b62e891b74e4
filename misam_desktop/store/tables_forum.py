"""The tables of a forum: the codes of its agenda, and what it has said, case by case, with what is added later."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Text, UniqueConstraint

from misam_desktop.domain.codes import Outcome
from misam_desktop.store.columns import a_table, column, flag, text, to
from misam_desktop.store.types import INSTANT, a_code

forum_item = a_table(
    "forum_item",
    to("meeting_id", "meeting"),
    to("referral_id", "referral"),
    Column("code", Text, nullable=False),
    column("added_at", INSTANT),
    UniqueConstraint("meeting_id", "referral_id"),
    UniqueConstraint("code"),
    Index(None, "referral_id"),
)
"""Taken away 90 days after the meeting (``spent_code``)."""

minute = a_table(
    "minute",
    to("meeting_id", "meeting"),
    column("edition", Integer),
    to("referral_id", "referral"),
    column("place", Integer),
    Column("code", Text, nullable=True),
    to("unit_id", "unit", nullable=True),
    text("question"),
    column("outcome", a_code(Outcome), nullable=True),
    text("text"),
    flag("also_nafs"),
    flag("also_sip"),
    UniqueConstraint("meeting_id", "edition", "referral_id"),
    Index(None, "referral_id"),
)
"""Written when a forum is closed and never changed, but that ``code`` is taken away 90 days after the meeting."""

amendment = a_table(
    "amendment",
    to("meeting_id", "meeting"),
    to("referral_id", "referral", nullable=True),
    text("reason"),
    text("text"),
    to("by", "user"),
    column("at", INSTANT),
    Index(None, "meeting_id"),
)
