"""Other talks of an episode: who met, and what they agreed (process.md §2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from misam_desktop.domain.episode import Episode, must_be_open
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import EpisodeId, TalkId, UnitId
from misam_desktop.domain.referral import FutureDate
from misam_desktop.domain.tells import NOTE, PLAN


class TalkBeforeStart(UserError):
    """The talk was before the episode began."""

    code = "talk_before_start"


class NobodyTookPart(UserError):
    """A talk has at least one who took part beside the person."""

    code = "nobody_took_part"


class TalkKind(StrEnum):
    """What kind of meeting it was."""

    FLERPART = "flerpart"
    NATVERK = "natverk"
    AVSTAMNING = "avstamning"
    RUNDABORD = "rundabord"


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkFacts:
    """What the form of a talk says; who does what by when are åtaganden of the plan."""

    kind: TalkKind
    on: date
    unit_ids: tuple[UnitId, ...]
    others: str = ""
    agreed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One talk that was held. ``unit_ids`` took part, and ``others`` beside them."""

    id: TalkId
    episode_id: EpisodeId
    kind: TalkKind
    on: date
    unit_ids: Annotated[tuple[UnitId, ...], PLAN] = ()
    others: Annotated[str, NOTE] = ""
    agreed: Annotated[str, PLAN] = ""
    version: int = 1


def hold(talk_id: TalkId, episode: Episode, facts: TalkFacts, *, today: date) -> Talk:
    """A talk that was held. Raises AlreadyDischarged, FutureDate, TalkBeforeStart, NobodyTookPart."""
    must_be_open(episode)
    if facts.on > today:
        raise FutureDate(field="on")
    if facts.on < episode.enrolled_on:
        raise TalkBeforeStart(field="on")
    if not (facts.unit_ids or facts.others.strip()):
        raise NobodyTookPart(field="unit_ids")
    return Talk(
        id=talk_id,
        episode_id=episode.id,
        kind=facts.kind,
        on=facts.on,
        unit_ids=facts.unit_ids,
        others=facts.others.strip(),
        agreed=facts.agreed.strip(),
    )
