"""Papper och utskick of a forum: the letters that its assessments give reason for, to whom, and which have left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from misam_desktop.documents.phrases import Language, language_for
from misam_desktop.domain.access import Decision, May, Subject
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.codes import Act, PaperKind
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.gate import To, leaving, let_through, preview
from misam_desktop.domain.ids import MeetingId, ReferralId, UnitId
from misam_desktop.domain.letter import Letter, letters_of
from misam_desktop.domain.meeting import Meeting, MeetingState, agenda_can_be_printed, queue_order, state_of
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.forum_minutes import ForumStanding, forum_standing, of_forum
from misam_desktop.queries.nafs_outgoing import OutPaper, with_last
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
    """What leaves one forum: its minutes, when ``receivers`` get what all get, and the letters case by case.

    ``addresses`` are each unit's function addresses. ``orally`` counts what is only spoken of, ``unheard`` what no
    consent has let the others hear of, ``left_out`` the cases that the asker is kept out of.
    """

    meeting: Meeting
    activity: Activity
    receivers: tuple[UnitId, ...]
    papers: tuple[OutPaper, ...]
    orally: int
    unheard: int
    letters: tuple[DueLetter, ...]
    addresses: dict[UnitId, tuple[str, ...]]
    left_out: int


@query("forum.papers_listed", needs=May.RUN_FORUM)
def forum_outgoing(look: Look, meeting_id: MeetingId, *, receivers: Collection[UnitId] | None = None) -> ForumOutgoing:
    """What leaves a forum, when these units get the paper of all: every case of it is a logged read. Raises NotFound.

    Without ``receivers``, they are the usual ones.
    """
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
    there = forum_standing(look, meeting, receivers)
    units = dict.fromkeys([*there.receivers, *(one.unit_id for one in found if one.unit_id)])
    return ForumOutgoing(
        meeting=meeting,
        activity=activity,
        receivers=there.receivers,
        papers=tuple(_papers(look, meeting, there)),
        orally=there.orally,
        unheard=there.unheard,
        letters=tuple(found),
        addresses={one: tuple(subjects.addresses_in_team(look.conn, meeting.activity_id, one)) for one in units},
        left_out=sum(not decision for _, _, decision in allowed),
    )


def _papers(look: Look, meeting: Meeting, there: ForumStanding) -> Iterator[OutPaper]:
    """The minutes of all, then those of each unit that gets any of its own, for as long as their codes are kept."""
    is_over = state_of(meeting) is MeetingState.CLOSED
    if not (is_over and there.receivers and agenda_can_be_printed(meeting, today=look.today)):
        return
    given = rows.disclosures.of(look.conn, _D.meeting_id, meeting.id)
    for unit_id in (None, *there.receivers):
        lines = there.on_paper(look, unit_id)
        if lines or unit_id is None:
            codes, out = tuple(line.code for line in lines), sum(line.consent is None for line in lines)
            yield with_last(OutPaper(PaperKind.MINNESANTECKNINGAR, unit_id, codes, 0, out), given)


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
