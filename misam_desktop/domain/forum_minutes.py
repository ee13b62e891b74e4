"""Forumets minnesanteckningar: what a forum that is closed has said of each case, and what is added to it later.

What was said is written once, when the meeting is closed, and never changed; a meeting that is opened and closed again
gets another edition, and the earlier one is kept. Whoever finds an error adds to it, and says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from misam_desktop.domain.codes import Outcome
from misam_desktop.domain.ids import CaseId, MeetingId, ReferralId, UnitId, UserId
from misam_desktop.domain.meeting import Assessment, Meeting, must_be_closed
from misam_desktop.domain.pseudonym import Pseudonym
from misam_desktop.domain.referral import Referral, TextRequired
from misam_desktop.domain.tells import PLAN, QUESTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Minute:
    """One case of one forum. ``outcome`` is None where it goes on to the next meeting.

    ``place`` is its order from 1, ``edition`` counts how often the meeting has been closed. ``code`` is None for
    somebody who was protected, and is gone 90 days after the meeting. ``unit_id`` is None for who came on their own.
    """

    id: str
    meeting_id: MeetingId
    edition: int
    referral_id: ReferralId
    place: int
    code: Pseudonym | None
    unit_id: UnitId | None
    question: Annotated[str, QUESTION]
    outcome: Outcome | None = None
    text: Annotated[str, PLAN] = ""
    also_nafs: bool = False
    also_sip: bool = False
    version: int = 1

    @property
    def case_id(self) -> CaseId | None:
        """The case whose consent says where it stands."""
        return self.referral_id

    @property
    def is_general(self) -> bool:
        """A forum takes up nothing but cases."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """Tillägg: what is said beside the minutes of a closed forum, about one case or the whole meeting, and why."""

    id: str
    meeting_id: MeetingId
    referral_id: ReferralId | None = None
    reason: Annotated[str, PLAN]
    text: Annotated[str, PLAN]
    by: UserId
    at: datetime
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentFacts:
    """What is typed of an amendment."""

    referral_id: ReferralId | None = None
    reason: str = ""
    text: str = ""


def minute_of(
    referral: Referral,
    said: Assessment | None,
    *,
    row_id: str,
    meeting: Meeting,
    code: Pseudonym | None,
    place: int,
    edition: int,
) -> Minute:
    """What is kept of one case, with the meeting's assessment if it made one."""
    return Minute(
        id=row_id,
        meeting_id=meeting.id,
        edition=edition,
        referral_id=referral.id,
        place=place,
        code=code,
        unit_id=referral.unit_id,
        question=referral.question,
        outcome=said.outcome if said else None,
        text=said.text if said else "",
        also_nafs=said is not None and said.also_nafs,
        also_sip=said is not None and said.also_sip,
    )


def newest(minutes: Iterable[Minute]) -> list[Minute]:
    """Those of the edition that was written last, in their order."""
    found = list(minutes)
    last = max((one.edition for one in found), default=0)
    return sorted((one for one in found if one.edition == last), key=lambda one: one.place)


def must_be_said(facts: AmendmentFacts, meeting: Meeting) -> AmendmentFacts:
    """The amendment without empty space around it. Raises MeetingNotClosed, TextRequired."""
    must_be_closed(meeting)
    said = {name: getattr(facts, name).strip() for name in ("text", "reason")}
    for name, words in said.items():
        if not words:
            raise TextRequired(field=name)
    return AmendmentFacts(referral_id=facts.referral_id, **said)
