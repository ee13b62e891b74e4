"""Every table, once; those of NAFS stand in a file of their own.

Rows have a text id and a ``version``; the log has neither, it is only ever added to.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from misam_desktop.domain.activity import Anchor, Kind
from misam_desktop.domain.codes import (
    Act,
    Agency,
    Destination,
    DischargeReason,
    Education,
    Given,
    InfoKind,
    Outcome,
    PaperKind,
    Presence,
    Priority,
    Purpose,
    Recipient,
    Referrer,
    RereferralReason,
    ReviewGround,
    ReviewVerdict,
    Role,
    Sex,
)
from misam_desktop.domain.episode import AssignmentRole
from misam_desktop.store import tables_asked, tables_figures, tables_forum, tables_nafs, tables_sip
from misam_desktop.store.columns import a_table, all_tables, column, flag, later, text, to
from misam_desktop.store.types import DAY, INSTANT, LIVELIHOODS, NUMBER, Flag, a_code, codes

metadata = all_tables

forum_item, minute, amendment = tables_forum.forum_item, tables_forum.minute, tables_forum.amendment
team_part, nafs_case, question = tables_nafs.team_part, tables_nafs.nafs_case, tables_nafs.question
agenda_item, item_step, spent_code = tables_nafs.agenda_item, tables_nafs.item_step, tables_nafs.spent_code
goal_judged, frozen_report = tables_figures.goal_judged, tables_figures.frozen_report
sip, sip_party = tables_sip.sip, tables_sip.sip_party
asked, talk, deviation = tables_asked.asked, tables_asked.talk, tables_asked.deviation
indicator, indicator_total = tables_asked.indicator, tables_asked.indicator_total
sip_plan, sip_commitment = tables_sip.sip_plan, tables_sip.sip_commitment

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    text("value"),
    sqlite_strict=True,
)

key_file = Table(
    "key_file",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    sqlite_strict=True,
)

unit = a_table(
    "unit",
    column("agency", a_code(Agency)),
    text("name"),
    text("short"),
    flag("is_default"),
    flag("active"),
)

activity = a_table(
    "activity",
    Column("name", Text, nullable=False, unique=True),
    text("settings"),
    flag("open_for_referrals"),
)

contact = a_table(
    "contact",
    text("name"),
    to("unit_id", "unit"),
    text("function_address"),
    text("phone"),
    flag("active"),
)

user = a_table(
    "user",
    Column("login", Text, nullable=False, unique=True),
    text("name"),
    to("unit_id", "unit"),
    column("roles", codes(Role)),
    to("contact_id", "contact", nullable=True),
    column("activity_ids", codes(str)),
    flag("active"),
)

person = a_table(
    "person",
    Column("number", NUMBER, nullable=False),
    text("given_name"),
    text("family_name"),
    text("given_key"),
    text("family_key"),
    column("sex", a_code(Sex)),
    flag("protected"),
    column("protected_owners", codes(str)),
    text("language"),
    flag("interpreter"),
    flag("easy_read"),
    text("phone"),
    text("address"),
    text("proxy"),
    column("informed_on", DAY, nullable=True),
    Index(None, "number", "id"),
    Index(None, "given_key"),
    Index(None, "family_key"),
)

meeting = a_table(
    "meeting",
    to("activity_id", "activity"),
    column("kind", a_code(Kind)),
    column("on", DAY),
    text("starts"),
    text("place"),
    column("stop_on", DAY, nullable=True),
    column("send_on", DAY, nullable=True),
    column("given_at", INSTANT, nullable=True),
    column("sent_at", INSTANT, nullable=True),
    flag("outside"),
    column("opened_at", INSTANT, nullable=True),
    column("closed_at", INSTANT, nullable=True),
    text("cancelled_why"),
    UniqueConstraint("activity_id", "on"),
)

attendance = a_table(
    "attendance",
    to("meeting_id", "meeting"),
    column("agency", a_code(Agency)),
    column("presence", a_code(Presence)),
    text("substitute"),
    UniqueConstraint("meeting_id", "agency"),
)

case = Table(
    "case",
    metadata,
    Column("id", Text, primary_key=True),
    column("purpose", a_code(Purpose)),
    sqlite_strict=True,
)
"""Every case, whatever its kind: what consents, disclosures and jäv are of."""

referral = a_table(
    "referral",
    to("person_id", "person"),
    to("activity_id", "activity"),
    column("referrer", a_code(Referrer)),
    to("unit_id", "unit", nullable=True),
    to("kept_by", "unit", nullable=True),
    to("contact_id", "contact", nullable=True),
    text("supplied_by"),
    column("referred_on", DAY),
    text("question"),
    column("needed_unit_ids", codes(str)),
    text("needed_why"),
    Column("close_cooperation", Flag, nullable=True),
    text("target_reason"),
    column("education", a_code(Education)),
    column("livelihoods", LIVELIHOODS),
    Column("support_months", Integer, nullable=True),
    flag("sgi0"),
    column("priorities", codes(Priority)),
    later("earlier_episode_id", "episode"),
    column("rereferral_reason", a_code(RereferralReason), nullable=True),
    text("not_held"),
    column("submitted_at", INSTANT, nullable=True),
    column("withdrawn_on", DAY, nullable=True),
    text("withdrawn_why"),
    column("reviewed_on", DAY, nullable=True),
    column("outcome", a_code(Outcome), nullable=True),
    column("outcome_on", DAY, nullable=True),
    text("outcome_text"),
    to("outcome_meeting_id", "meeting", nullable=True),
    flag("also_nafs"),
    flag("also_sip"),
    later("episode_id", "episode"),
    Index(None, "person_id"),
    Index(None, "unit_id"),
    Index(None, "episode_id"),
    Index(
        "ix_referral_figures",
        *("referred_on", "activity_id", "submitted_at", "outcome", "outcome_on", "withdrawn_on", "episode_id"),
    ),
    of="case",
)

# A later reference without an index is a scan of this table for each episode that comes in while it is pending.
Index(
    "ix_referral_earlier_episode_id",
    referral.c.earlier_episode_id,
    sqlite_where=referral.c.earlier_episode_id.is_not(None),
)

# What still waits for an answer stays few while the table grows: the queue reads only these.
Index(
    "ix_referral_unanswered",
    referral.c.activity_id,
    sqlite_where=referral.c.withdrawn_on.is_(None) & referral.c.episode_id.is_(None),
)

assessment = a_table(
    "assessment",
    to("referral_id", "referral"),
    to("meeting_id", "meeting", nullable=True),
    column("outcome", a_code(Outcome)),
    text("text"),
    flag("also_nafs"),
    flag("also_sip"),
    column("concluded_on", DAY),
    column("taken_back_at", INSTANT, nullable=True),
    Index(None, "referral_id"),
    Index(None, "meeting_id"),
)

wording = a_table(
    "wording",
    text("language"),
    text("edition"),
    text("title"),
    text("body"),
    UniqueConstraint("language", "edition"),
)
"""The texts that were signed, word for word: a consent names its own, and they never change."""

consent = a_table(
    "consent",
    to("person_id", "person"),
    to("case_id", "case"),
    column("purpose", a_code(Purpose)),
    column("from_on", DAY),
    column("until_on", DAY, nullable=True),
    column("unit_ids", codes(str)),
    column("kinds", codes(InfoKind)),
    text("not_shared"),
    text("paper_at"),
    text("guardian"),
    flag("interpreter"),
    column("given", a_code(Given)),
    to("wording", "wording", nullable=True),
    column("recorded_at", INSTANT),
    column("withdrawn_on", DAY, nullable=True),
    Index(None, "case_id", "purpose", "from_on", "until_on", "withdrawn_on"),  # whether it holds, without its row
    Index(None, "person_id"),
)

scan = a_table(
    "scan",
    to("consent_id", "consent"),
    text("media"),
    Column("content", LargeBinary, nullable=False),
    column("added_at", INSTANT),
    Index(None, "consent_id"),
)

disclosure = a_table(
    "disclosure",
    to("case_id", "case"),
    to("person_id", "person"),
    column("act", a_code(Act)),
    column("recipient", a_code(Recipient)),
    to("unit_id", "unit", nullable=True),
    column("kinds", codes(InfoKind)),
    column("purpose", a_code(Purpose)),
    to("consent_id", "consent", nullable=True),
    to("meeting_id", "meeting", nullable=True),
    column("paper", a_code(PaperKind), nullable=True),
    column("code", Text, nullable=True),
    column("recalled_on", DAY, nullable=True),
    to("by", "user"),
    column("on", DAY),
    column("at", INSTANT),
    Index(None, "case_id"),
    Index(None, "person_id"),
    Index(None, "meeting_id"),
)

case_access = Table(
    "case_access",
    metadata,
    Column("unit_id", Text, ForeignKey("unit.id"), primary_key=True),
    Column("case_id", Text, ForeignKey("case.id"), primary_key=True),
    Column("from_on", DAY, primary_key=True),
    column("to_on", DAY, nullable=True),
    column("kinds", codes(InfoKind)),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""What consents and disclosures let each unit read (``domain.scope.accesses``), for the lists; ``store.access`` keeps
it true, in the transaction of what it follows from. By unit first, so that what one unit may read lies together."""

shut_out = a_table(
    "shut_out",
    to("case_id", "case"),
    to("contact_id", "contact"),
    to("by", "user"),
    column("on", DAY),
    UniqueConstraint("case_id", "contact_id"),
    Index(None, "contact_id"),
)
"""Jäv: who is kept out of one case."""

episode = a_table(
    "episode",
    to("person_id", "person"),
    to("activity_id", "activity"),
    to("referral_id", "referral"),
    column("enrolled_on", DAY),
    to("commissioner_id", "unit", nullable=True),
    to("case_worker_id", "contact", nullable=True),
    to("case_lead_id", "contact", nullable=True),
    text("team"),
    column("education_out", a_code(Education), nullable=True),
    column("discharged_on", DAY, nullable=True),
    column("discharge_reason", a_code(DischargeReason), nullable=True),
    column("destination", a_code(Destination), nullable=True),
    column("livelihoods_out", LIVELIHOODS, nullable=True),
    text("planning_after"),
    text("discharge_text"),
    Index(None, "person_id"),
    Index(None, "referral_id"),
    Index(None, "activity_id", "enrolled_on", "discharged_on"),
    Index(None, "discharged_on", "activity_id"),
)

# Open episodes stay few while the table grows: every list of cases reads only these.
Index("ix_episode_open", episode.c.enrolled_on, sqlite_where=episode.c.discharged_on.is_(None))

assignment = a_table(
    "assignment",
    to("episode_id", "episode"),
    column("role", a_code(AssignmentRole)),
    to("unit_id", "unit", nullable=True),
    to("contact_id", "contact", nullable=True),
    column("from_on", DAY),
    Index(None, "episode_id"),
)

follow_up = a_table(
    "follow_up",
    to("episode_id", "episode"),
    column("anchor", a_code(Anchor)),
    Column("months", Integer, nullable=False),
    column("due_on", DAY),
    column("original_due_on", DAY),
    to("owner_id", "contact", nullable=True),
    text("moved_why"),
    column("done_on", DAY, nullable=True),
    to("done_by", "user", nullable=True),
    text("supplied_by"),
    Column("step", Integer, nullable=True),
    column("livelihoods", LIVELIHOODS, nullable=True),
    text("note"),
    text("next_step"),
    column("unreached_on", DAY, nullable=True),
    Column("tries", Integer, nullable=False),
    column("cancelled_on", DAY, nullable=True),
    UniqueConstraint("episode_id", "anchor", "months"),
)

# Open ones are a small part of all: the worklist of one handläggare reads only these.
Index(
    "ix_follow_up_open",
    follow_up.c.owner_id,
    follow_up.c.due_on,
    sqlite_where=follow_up.c.done_on.is_(None) & follow_up.c.cancelled_on.is_(None),
)
# What the reports count, without the notes that make the rows long: a third less time at 600,000 follow-ups.
Index(
    "ix_follow_up_figures",
    *(follow_up.c.episode_id, follow_up.c.due_on, follow_up.c.original_due_on, follow_up.c.done_on),
    *(follow_up.c.cancelled_on, follow_up.c.months, follow_up.c.owner_id, follow_up.c.id),
)
Index(
    "ix_follow_up_steps",
    *(follow_up.c.episode_id, follow_up.c.done_on, follow_up.c.months, follow_up.c.step),
    sqlite_where=follow_up.c.step.is_not(None),
)

commitment = a_table(
    "commitment",
    to("episode_id", "episode"),
    text("what"),
    to("unit_id", "unit", nullable=True),
    column("due_on", DAY, nullable=True),
    column("done_on", DAY, nullable=True),
    to("talk_id", "talk", nullable=True),
    Index(None, "episode_id"),
)

draft = a_table(
    "draft",
    to("user_id", "user"),
    text("form"),
    text("subject_id"),
    text("content"),
    column("saved_at", INSTANT),
    UniqueConstraint("user_id", "form", "subject_id"),
)

review = a_table(
    "review",
    text("month"),
    Column("seq", Integer, nullable=False),
    column("ground", a_code(ReviewGround)),
    column("verdict", a_code(ReviewVerdict)),
    text("note"),
    to("by", "user"),
    column("at", INSTANT),
    UniqueConstraint("month", "seq", "ground"),
)
"""Which entries of the log somebody has looked at, why those, and what they found."""

log = Table(
    "log",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("user_id", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("unit_id", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("object_id", Text, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("allowed", Integer, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    sqlite_strict=True,
)
"""Ids and codes only: no name, number or free text ever stands here."""

Index(None, log.c.person_id)
Index("ix_log_refused", log.c.user_id, log.c.at, sqlite_where=log.c.allowed == 0)
