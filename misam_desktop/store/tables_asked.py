"""The tables of what is asked and told beside the case: questionnaires, talks, indicators, avvikelser."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Text, UniqueConstraint

from misam_desktop.domain.asked import AskedWhat
from misam_desktop.domain.deviation import DeviationKind, DeviationSource
from misam_desktop.domain.talk import TalkKind
from misam_desktop.store.columns import a_table, column, flag, text, to
from misam_desktop.store.types import DAY, a_code, codes

asked = a_table(
    "asked",
    to("episode_id", "episode"),
    column("what", a_code(AskedWhat)),
    text("occasion"),
    column("offered_on", DAY, nullable=True),
    column("done_on", DAY, nullable=True),
    column("not_offered_on", DAY, nullable=True),
    UniqueConstraint("episode_id", "what", "occasion"),
)
"""That somebody was offered or asked something, and when: no answer has a column here."""

talk = a_table(
    "talk",
    to("episode_id", "episode"),
    column("kind", a_code(TalkKind)),
    column("on", DAY),
    column("unit_ids", codes(str)),
    text("others"),
    text("agreed"),
    Index(None, "episode_id"),
)

indicator = a_table(
    "indicator",
    Column("code", Text, nullable=False, unique=True),
    text("text"),
    text("group"),
    column("place", Integer),
    flag("active"),
)

indicator_total = a_table(
    "indicator_total",
    to("activity_id", "activity"),
    to("indicator_id", "indicator"),
    column("first", DAY),
    column("last", DAY),
    column("answers", Integer),
    column("agreed", Integer),
    UniqueConstraint("activity_id", "first", "last", "indicator_id"),
)
"""Of an activity and a period: no row of a person is near it."""

deviation = a_table(
    "deviation",
    to("activity_id", "activity"),
    to("episode_id", "episode", nullable=True),
    to("unit_id", "unit"),
    column("on", DAY),
    column("kind", a_code(DeviationKind)),
    column("source", a_code(DeviationSource)),
    text("what"),
    text("done"),
    column("closed_on", DAY, nullable=True),
    Index(None, "activity_id", "on"),
    Index(None, "episode_id"),
)
