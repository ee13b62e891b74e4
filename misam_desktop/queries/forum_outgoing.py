"""Papper och utskick of a forum: the letters that its assessments give reason for, to whom, and which have left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from misam_desktop.documents.phrases import Language, language_for
from misam_desktop.domain.access import Decision, May, Subject
from misam_desktop.domain.activity import Activity, Kind
from misam_desktop.domain.codes import Act
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import To, leaving, let_through, preview
from misam_desktop.domain.ids import MeetingId, ReferralId, UnitId
from misam_desktop.domain.letter import Letter, letters_of
from misam_desktop.domain.meeting import Meeting, queue_order
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.shown import UNNAMED
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look, query

_R, _D = tables.referral.c, tables.disclosure.c


class DueLetter(NamedTuple):
    """One letter of one case: to a unit, or to the person in the ``language`` that suits them.

    ``name`` is whom it is about. ``can_leave`` is whether the gate lets anything of it through now; ``last_on`` and
    ``last_act`` are when and how it last left.
    """

    referral_id: ReferralId
    name: str
    letter: Letter
    unit_id: UnitId | None
    language: Language
    can_leave: bool
    last_on: date | None = None
    last_act: Act | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumOutgoing:
    """The letters of one forum, case by case in the order of its queue.

    ``addresses`` are each unit's function addresses; ``left_out`` counts the cases that the asker is kept out of.
    """

    meeting: Meeting
    activity: Activity
    letters: tuple[DueLetter, ...]
    addresses: dict[UnitId, tuple[str, ...]]
    left_out: int


@query("forum.papers_listed", needs=May.RUN_FORUM)
def forum_outgoing(look: Look, meeting_id: MeetingId) -> ForumOutgoing:
    """What leaves a forum once it has made its assessments: every case of it is a logged read. Raises NotFound."""
    meeting = of_forum(look, rows.meetings.get(look.conn, meeting_id))
    activity = rows.activities.get(look.conn, meeting.activity_id)
    concluded = rows.referrals.where(look.conn, _R.outcome_meeting_id == meeting.id)
    known = [
        (referral, subjects.of_referral(look.conn, referral))
        for referral in queue_order(concluded, counting=activity.settings.priorities)
    ]
    allowed = [(one, subject, look.allowed(subject, May.DISCLOSE)) for one, subject in known]
    found = [letter for one in allowed if one[2] for letter in _letters(look, *one)]
    if not found:
        look.opened(meeting.id, "")
    units = dict.fromkeys(one.unit_id for one in found if one.unit_id)
    return ForumOutgoing(
        meeting=meeting,
        activity=activity,
        letters=tuple(found),
        addresses={one: tuple(subjects.addresses_of(look.conn, one)) for one in units},
        left_out=sum(not decision for _, _, decision in allowed),
    )


def of_forum(look: Look, meeting: Meeting) -> Meeting:
    """The meeting, if it is a forum's and the asker runs it. Raises NotFound."""
    look.require(Subject(activity_id=meeting.activity_id, unit_ids=frozenset(), purpose=meeting.kind.purpose))
    if meeting.kind is not Kind.FORUM:
        raise NotFound
    return meeting


def _letters(look: Look, referral: Referral, subject: Subject, decision: Decision) -> Iterator[DueLetter]:
    """The letters of one case that follow from the forum."""
    look.opened(referral.id, referral.person_id)
    episode = None if referral.episode_id is None else rows.episodes.get(look.conn, referral.episode_id)
    person = let_through(rows.persons.get(look.conn, referral.person_id), decision.kinds)
    given = rows.disclosures.of(look.conn, _D.case_id, referral.id)
    for letter, to in letters_of(referral, episode).items():
        if not letter.is_of_a_forum:
            continue
        cells = preview(subject, mine=decision.kinds, own_unit_id=look.actor.unit_id, to=[to], today=look.today)
        last = _last(letter, to, given)
        yield DueLetter(
            referral_id=referral.id,
            name=person.full_name or UNNAMED,
            letter=letter,
            unit_id=to.unit_id,
            language=language_for(person),
            can_leave=bool(leaving(cells, to)),
            last_on=last.on if last else None,
            last_act=last.act if last else None,
        )


def _last(letter: Letter, to: To, given: Iterable[Disclosure]) -> Disclosure | None:
    same = (one for one in given if one.paper is letter.paper and one.unit_id == to.unit_id)
    return max(same, key=lambda one: (one.at, one.id), default=None)
