"""The tables of SIP: the case, who takes part, the editions of its plan and who does what in each."""

from __future__ import annotations

from sqlalchemy import Index, Integer, Text, UniqueConstraint

from misam_desktop.domain.sip import PartyKind, SipAnswer
from misam_desktop.domain.sip_plan import Point
from misam_desktop.store.columns import a_table, column, text, to
from misam_desktop.store.types import DAY, INSTANT, Flag, a_code, codes

sip = a_table(
    "sip",
    to("person_id", "person"),
    to("activity_id", "activity"),
    to("unit_id", "unit"),
    to("contact_id", "contact"),
    column("need_on", DAY),
    text("need_why"),
    text("important"),
    text("questions"),
    text("wanted"),
    text("unwanted"),
    column("relatives", Flag, nullable=True),
    column("begun_on", DAY, nullable=True),
    column("submitted_at", INSTANT, nullable=True),
    column("meeting_on", DAY, nullable=True),
    text("meeting_time"),
    text("meeting_place"),
    column("meeting_no", Integer),
    column("code", Text, nullable=True),
    column("ended_on", DAY, nullable=True),
    text("evaluation"),
    Index(None, "person_id"),
    UniqueConstraint("code"),
    Index(None, "activity_id", "need_on"),
    of="case",
)

sip_party = a_table(
    "sip_party",
    to("case_id", "sip"),
    column("kind", a_code(PartyKind)),
    to("unit_id", "unit", nullable=True),
    text("name"),
    column("sent_no", Integer),
    column("sent_on", DAY, nullable=True),
    column("answer", a_code(SipAnswer), nullable=True),
    text("answer_text"),
    column("answered_on", DAY, nullable=True),
    Index(None, "case_id"),
)

sip_plan = a_table(
    "sip_plan",
    to("case_id", "sip"),
    column("edition", Integer),
    text("needed"),
    column("none", codes(Point)),
    to("responsible_id", "unit", nullable=True),
    text("goals_short"),
    text("goals_long"),
    column("follow_up_on", DAY, nullable=True),
    text("existing"),
    text("reason"),
    column("finished_on", DAY, nullable=True),
    to("finished_by", "user", nullable=True),
    UniqueConstraint("case_id", "edition"),
)
"""A row for each edition: one that is finished is never written again."""

sip_commitment = a_table(
    "sip_commitment",
    to("plan_id", "sip_plan"),
    to("party_id", "sip_party"),
    text("what"),
    column("due_on", DAY, nullable=True),
    column("done_on", DAY, nullable=True),
    Index(None, "plan_id"),
)
