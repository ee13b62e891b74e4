"""Papper och utskick of a forum: its papers, the letters that its assessments give reason for, and what has left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from misam_desktop.documents.phrases import Language, language_for
from misam_desktop.domain.access import Decision, May, Subject
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.codes import Act
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.gate import To, leaving, let_through, preview
from misam_desktop.domain.ids import MeetingId, ReferralId, UnitId
from misam_desktop.domain.letter import Letter, letters_of
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.forum_queue import in_queue_order
from misam_desktop.queries.forum_standing import unheard_of
from misam_desktop.queries.occasions import led
from misam_desktop.queries.outgoing import Outgoing, outgoing_of
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
    """What leaves one forum: its ``papers``, and once it has made assessments the letters case by case.

    ``unheard`` counts what no consent lets the others hear of.
    """

    papers: Outgoing
    letters: tuple[DueLetter, ...]
    unheard: int


@query("forum.papers_listed", needs=May.RUN_FORUM)
def forum_outgoing(look: Look, meeting_id: MeetingId, *, receivers: Collection[UnitId] | None = None) -> ForumOutgoing:
    """What leaves a forum, when these units get the papers of all: every case of it is a logged read. Raises NotFound.

    Without ``receivers``, they are the usual ones.
    """
    meeting = led(look, rows.meetings.get(look.conn, meeting_id), Kind.FORUM)
    concluded = rows.referrals.where(look.conn, _R.outcome_meeting_id == meeting.id)
    known = [
        (referral, subjects.of_referral(look.conn, referral))
        for referral in in_queue_order(look.conn, meeting, concluded)
    ]
    allowed = [(one, subject, look.allowed(subject, May.DISCLOSE)) for one, subject in known]
    found = [letter for one in allowed if one[2] for letter in _letters(look, *one)]
    if not found:
        look.opened(meeting.id, "")
    papers = outgoing_of(look, meeting, receivers)
    also = {one.unit_id for one in found if one.unit_id} - set(papers.receivers)
    addresses = {one: tuple(subjects.addresses_in_team(look.conn, meeting.activity_id, one)) for one in sorted(also)}
    return ForumOutgoing(
        papers=replace(papers, addresses=papers.addresses | addresses),
        letters=tuple(found),
        unheard=unheard_of(look, meeting),
    )


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
