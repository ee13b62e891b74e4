"""Every table, once. Rows have a text id and a ``version``; the log has neither, it is only ever added to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

from misam_desktop.domain.activity import Anchor, Kind
from misam_desktop.domain.codes import (
    Act,
    Agency,
    Destination,
    DischargeReason,
    Education,
    FeedbackWay,
    Given,
    InfoKind,
    Outcome,
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
from misam_desktop.store.types import DAY, INSTANT, LIVELIHOODS, NUMBER, Flag, a_code, codes

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(name: str, *parts: Any, of: str | None = None) -> Table:
    """A table of values: text id first, version last; ``of`` is the table that has its ids too."""
    return Table(
        name,
        metadata,
        Column("id", Text, *([ForeignKey(f"{of}.id")] if of else []), primary_key=True),
        *parts,
        Column("version", Integer, nullable=False),
        sqlite_strict=True,
    )


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _flag(name: str) -> Column[Any]:
    return Column(name, Flag, nullable=False)


def _to(name: str, target: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, Text, ForeignKey(f"{target}.id"), nullable=nullable)


def _later(name: str, target: str) -> Column[Any]:
    """A reference to a table that in turn refers to this one."""
    reference = ForeignKey(f"{target}.id", use_alter=True, deferrable=True, initially="DEFERRED")
    return Column(name, Text, reference, nullable=True)


def _as(name: str, kind: Any, *, nullable: bool = False) -> Column[Any]:
    return Column(name, kind, nullable=nullable)


setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    _text("value"),
    sqlite_strict=True,
)

key_file = Table(
    "key_file",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    sqlite_strict=True,
)

unit = _table(
    "unit",
    _as("agency", a_code(Agency)),
    _text("name"),
    _text("short"),
    _flag("is_default"),
    _flag("active"),
)

activity = _table(
    "activity",
    Column("name", Text, nullable=False, unique=True),
    _text("settings"),
    _flag("open_for_referrals"),
)

contact = _table(
    "contact",
    _text("name"),
    _to("unit_id", "unit"),
    _text("function_address"),
    _text("phone"),
    _flag("active"),
)

user = _table(
    "user",
    Column("login", Text, nullable=False, unique=True),
    _text("name"),
    _to("unit_id", "unit"),
    _as("roles", codes(Role)),
    _to("contact_id", "contact", nullable=True),
    _as("activity_ids", codes(str)),
    _flag("active"),
)

person = _table(
    "person",
    Column("number", NUMBER, nullable=False),
    _text("given_name"),
    _text("family_name"),
    _text("given_key"),
    _text("family_key"),
    _as("sex", a_code(Sex)),
    _flag("protected"),
    _as("protected_owners", codes(str)),
    _text("language"),
    _flag("interpreter"),
    _flag("easy_read"),
    _text("phone"),
    _text("address"),
    _text("proxy"),
    _as("informed_on", DAY, nullable=True),
    Index(None, "number", "id"),
    Index(None, "given_key"),
    Index(None, "family_key"),
)

meeting = _table(
    "meeting",
    _to("activity_id", "activity"),
    _as("kind", a_code(Kind)),
    _as("on", DAY),
    _text("starts"),
    _text("place"),
    _as("stop_on", DAY, nullable=True),
    _as("send_on", DAY, nullable=True),
    _as("sent_at", INSTANT, nullable=True),
    _flag("outside"),
    _as("opened_at", INSTANT, nullable=True),
    _as("closed_at", INSTANT, nullable=True),
    _text("cancelled_why"),
    UniqueConstraint("activity_id", "on"),
)

attendance = _table(
    "attendance",
    _to("meeting_id", "meeting"),
    _as("agency", a_code(Agency)),
    _as("presence", a_code(Presence)),
    _text("substitute"),
    UniqueConstraint("meeting_id", "agency"),
)

case = Table(
    "case",
    metadata,
    Column("id", Text, primary_key=True),
    _as("purpose", a_code(Purpose)),
    sqlite_strict=True,
)
"""Every case, whatever its kind: what consents, disclosures and jäv are of."""

referral = _table(
    "referral",
    _to("person_id", "person"),
    _to("activity_id", "activity"),
    _as("referrer", a_code(Referrer)),
    _to("unit_id", "unit", nullable=True),
    _to("kept_by", "unit", nullable=True),
    _to("contact_id", "contact", nullable=True),
    _text("supplied_by"),
    _as("referred_on", DAY),
    _text("question"),
    _as("needed_unit_ids", codes(str)),
    _text("needed_why"),
    Column("close_cooperation", Flag, nullable=True),
    _text("target_reason"),
    _as("education", a_code(Education)),
    _as("livelihoods", LIVELIHOODS),
    Column("support_months", Integer, nullable=True),
    _flag("sgi0"),
    _as("priorities", codes(Priority)),
    _later("earlier_episode_id", "episode"),
    _as("rereferral_reason", a_code(RereferralReason), nullable=True),
    _text("not_held"),
    _as("submitted_at", INSTANT, nullable=True),
    _as("withdrawn_on", DAY, nullable=True),
    _text("withdrawn_why"),
    _as("reviewed_on", DAY, nullable=True),
    _as("outcome", a_code(Outcome), nullable=True),
    _as("outcome_on", DAY, nullable=True),
    _text("outcome_text"),
    _to("outcome_meeting_id", "meeting", nullable=True),
    _flag("also_nafs"),
    _flag("also_sip"),
    _later("episode_id", "episode"),
    Index(None, "person_id"),
    Index(None, "unit_id"),
    Index(None, "episode_id"),
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

assessment = _table(
    "assessment",
    _to("referral_id", "referral"),
    _to("meeting_id", "meeting", nullable=True),
    _as("outcome", a_code(Outcome)),
    _text("text"),
    _flag("also_nafs"),
    _flag("also_sip"),
    _as("concluded_on", DAY),
    _as("taken_back_at", INSTANT, nullable=True),
    Index(None, "referral_id"),
    Index(None, "meeting_id"),
)

wording = _table(
    "wording",
    _text("language"),
    _text("edition"),
    _text("title"),
    _text("body"),
    UniqueConstraint("language", "edition"),
)
"""The texts that were signed, word for word: a consent names its own, and they never change."""

consent = _table(
    "consent",
    _to("person_id", "person"),
    _to("case_id", "case"),
    _as("purpose", a_code(Purpose)),
    _as("from_on", DAY),
    _as("until_on", DAY, nullable=True),
    _as("unit_ids", codes(str)),
    _as("kinds", codes(InfoKind)),
    _text("not_shared"),
    _text("paper_at"),
    _text("guardian"),
    _flag("interpreter"),
    _as("given", a_code(Given)),
    _to("wording", "wording", nullable=True),
    _as("recorded_at", INSTANT),
    _as("withdrawn_on", DAY, nullable=True),
    Index(None, "case_id", "purpose", "from_on", "until_on", "withdrawn_on"),  # whether it holds, without its row
    Index(None, "person_id"),
)

scan = _table(
    "scan",
    _to("consent_id", "consent"),
    _text("media"),
    Column("content", LargeBinary, nullable=False),
    _as("added_at", INSTANT),
    Index(None, "consent_id"),
)

disclosure = _table(
    "disclosure",
    _to("case_id", "case"),
    _to("person_id", "person"),
    _as("act", a_code(Act)),
    _as("recipient", a_code(Recipient)),
    _to("unit_id", "unit", nullable=True),
    _as("kinds", codes(InfoKind)),
    _as("purpose", a_code(Purpose)),
    _to("consent_id", "consent", nullable=True),
    _to("meeting_id", "meeting", nullable=True),
    _to("by", "user"),
    _as("on", DAY),
    _as("at", INSTANT),
    Index(None, "case_id"),
    Index(None, "person_id"),
)

case_access = Table(
    "case_access",
    metadata,
    Column("unit_id", Text, ForeignKey("unit.id"), primary_key=True),
    Column("case_id", Text, ForeignKey("case.id"), primary_key=True),
    Column("from_on", DAY, primary_key=True),
    _as("to_on", DAY, nullable=True),
    _as("kinds", codes(InfoKind)),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""What consents and disclosures let each unit read (``domain.scope.accesses``), for the lists; ``store.access`` keeps
it true, in the transaction of what it follows from. By unit first, so that what one unit may read lies together."""

shut_out = _table(
    "shut_out",
    _to("case_id", "case"),
    _to("contact_id", "contact"),
    _to("by", "user"),
    _as("on", DAY),
    UniqueConstraint("case_id", "contact_id"),
    Index(None, "contact_id"),
)
"""Jäv: who is kept out of one case."""

episode = _table(
    "episode",
    _to("person_id", "person"),
    _to("activity_id", "activity"),
    _to("referral_id", "referral"),
    _as("enrolled_on", DAY),
    _to("commissioner_id", "unit", nullable=True),
    _to("case_worker_id", "contact", nullable=True),
    _to("case_lead_id", "contact", nullable=True),
    _text("team"),
    _as("education_out", a_code(Education), nullable=True),
    _as("discharged_on", DAY, nullable=True),
    _as("discharge_reason", a_code(DischargeReason), nullable=True),
    _as("destination", a_code(Destination), nullable=True),
    _as("livelihoods_out", LIVELIHOODS, nullable=True),
    _text("planning_after"),
    _text("discharge_text"),
    Index(None, "person_id"),
    Index(None, "referral_id"),
    Index(None, "activity_id", "enrolled_on", "discharged_on"),
    Index(None, "discharged_on", "activity_id"),
)

# Open episodes stay few while the table grows: every list of cases reads only these.
Index("ix_episode_open", episode.c.enrolled_on, sqlite_where=episode.c.discharged_on.is_(None))

assignment = _table(
    "assignment",
    _to("episode_id", "episode"),
    _as("role", a_code(AssignmentRole)),
    _to("unit_id", "unit", nullable=True),
    _to("contact_id", "contact", nullable=True),
    _as("from_on", DAY),
    Index(None, "episode_id"),
)

follow_up = _table(
    "follow_up",
    _to("episode_id", "episode"),
    _as("anchor", a_code(Anchor)),
    Column("months", Integer, nullable=False),
    _as("due_on", DAY),
    _as("original_due_on", DAY),
    _to("owner_id", "contact", nullable=True),
    _text("moved_why"),
    _as("done_on", DAY, nullable=True),
    _to("done_by", "user", nullable=True),
    _text("supplied_by"),
    Column("step", Integer, nullable=True),
    _as("livelihoods", LIVELIHOODS, nullable=True),
    _text("note"),
    _text("next_step"),
    _as("unreached_on", DAY, nullable=True),
    Column("tries", Integer, nullable=False),
    _as("cancelled_on", DAY, nullable=True),
    UniqueConstraint("episode_id", "anchor", "months"),
)

# Open ones are a small part of all: the worklist of one handläggare reads only these.
Index(
    "ix_follow_up_open",
    follow_up.c.owner_id,
    follow_up.c.due_on,
    sqlite_where=follow_up.c.done_on.is_(None) & follow_up.c.cancelled_on.is_(None),
)

commitment = _table(
    "commitment",
    _to("episode_id", "episode"),
    _text("what"),
    _to("unit_id", "unit", nullable=True),
    _as("due_on", DAY, nullable=True),
    _as("done_on", DAY, nullable=True),
    Index(None, "episode_id"),
)

nafs_case = _table(
    "nafs_case",
    _to("person_id", "person"),
    _to("activity_id", "activity"),
    _to("unit_id", "unit"),
    _to("raised_by", "contact"),
    _to("passed_by", "contact", nullable=True),
    _as("raised_on", DAY),
    _text("age_reason"),
    _as("submitted_at", INSTANT, nullable=True),
    _as("withdrawn_on", DAY, nullable=True),
    _text("withdrawn_why"),
    Index(None, "person_id"),
    Index(None, "activity_id", "raised_on"),
    of="case",
)

question = _table(
    "question",
    _to("case_id", "nafs_case"),
    _to("unit_id", "unit"),
    _text("text"),
    _text("answer"),
    _as("answered_on", DAY, nullable=True),
    _to("answered_by", "user", nullable=True),
    Index(None, "case_id"),
    Index(None, "unit_id", "answered_on"),
)

agenda_item = _table(
    "agenda_item",
    _to("meeting_id", "meeting"),
    _to("case_id", "nafs_case", nullable=True),
    _text("question"),
    _to("asked_id", "unit", nullable=True),
    _as("place", Integer),
    _as("minutes", Integer, nullable=True),
    _as("code", Text, nullable=True),
    _as("added_at", INSTANT),
    _text("next_step"),
    _to("responsible_id", "unit", nullable=True),
    _to("feedback_by", "contact", nullable=True),
    _as("feedback_on", DAY, nullable=True),
    _as("feedback_how", a_code(FeedbackWay), nullable=True),
    UniqueConstraint("meeting_id", "case_id"),
    UniqueConstraint("code"),
    Index(None, "case_id"),
)
"""``code`` is taken away 90 days after the meeting (``spent_code``)."""

spent_code = Table(
    "spent_code",
    metadata,
    Column("hash", Text, primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Keyed hashes of every code that has been drawn, so that none comes again once the codes are gone."""

draft = _table(
    "draft",
    _to("user_id", "user"),
    _text("form"),
    _text("subject_id"),
    _text("content"),
    _as("saved_at", INSTANT),
    UniqueConstraint("user_id", "form", "subject_id"),
)

review = _table(
    "review",
    _text("month"),
    Column("seq", Integer, nullable=False),
    _as("ground", a_code(ReviewGround)),
    _as("verdict", a_code(ReviewVerdict)),
    _text("note"),
    _to("by", "user"),
    _as("at", INSTANT),
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
