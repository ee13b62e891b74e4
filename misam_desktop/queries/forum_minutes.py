"""The minutes of a forum as they would leave now: who may read which case, asked of the gate for each unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from misam_desktop.documents.agenda import DroppedItem
from misam_desktop.documents.forum_minutes import Added, Decided, ForumMinutesFacts, forum_minutes
from misam_desktop.domain.access import Decision, May, Subject
from misam_desktop.domain.activity import Kind
from misam_desktop.domain.agenda import Papers, last_signed, must_hold_something, numbered, papers
from misam_desktop.domain.codes import InfoKind, Recipient
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.forum_minutes import Amendment, Minute, newest
from misam_desktop.domain.gate import To, for_all, preview, withheld
from misam_desktop.domain.identifying import Found, identifying
from misam_desktop.domain.ids import CaseId, MeetingId, UnitId
from misam_desktop.domain.meeting import Meeting, must_be_closed, must_keep_codes
from misam_desktop.domain.people import Person
from misam_desktop.domain.pseudonym import Pseudonym
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.scope import deciding
from misam_desktop.queries.nafs_papers import MeetingPaper, attendance_of, occasion
from misam_desktop.queries.papers import frame
from misam_desktop.queries.shown import WITHHELD
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look, query
from misam_desktop.wording import iso

IN_FORUM_MINUTES = frozenset({InfoKind.FRAGESTALLNING, InfoKind.PLANERING})
"""The kinds that they tell: what was asked, and what the forum answered."""
_N, _A = tables.minute.c, tables.amendment.c


class _Known(NamedTuple):
    referral: Referral
    person: Person
    subject: Subject
    decision: Decision
    consent: Consent | None
    signed: Consent


class ForumLine(NamedTuple):
    """One case of a paper, with its number there. ``consent`` holds now; without one, nothing is said of it.

    ``kinds`` are those that go to every unit that gets the paper.
    """

    place: int
    minute: Minute
    code: Pseudonym
    referral: Referral
    consent: Consent | None
    kinds: frozenset[InfoKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumStanding:
    """Which case stands on the paper of all and which on those of one unit.

    ``orally`` counts the protected persons' cases, ``left_out`` those that the asker may not read, ``unheard`` those
    that no consent has ever let the others hear of.
    """

    receivers: tuple[UnitId, ...]
    papers: Papers[Minute]
    known: dict[CaseId, _Known]
    orally: int
    left_out: int
    unheard: int

    def on_paper(self, look: Look, unit_id: UnitId | None) -> list[ForumLine]:
        """What stands on the paper of all, or on that of one unit beside it."""
        to = self.receivers if unit_id is None else (unit_id,)
        return [self._line(look, place, item, to) for place, item in numbered(self.papers, unit_id)]

    def _line(self, look: Look, place: int, item: Minute, to: Iterable[UnitId]) -> ForumLine:
        known = self.known[item.referral_id]
        assert item.code is not None, "whoever has none is only spoken of"
        cells = preview(
            known.subject,
            mine=known.decision.kinds,
            own_unit_id=look.actor.unit_id,
            to=[To(recipient=Recipient.ENHET, unit_id=one) for one in to],
            today=look.today,
        )
        kinds = for_all(cells) if known.consent else frozenset[InfoKind]()
        return ForumLine(place, item, item.code, known.referral, known.consent, kinds)


@query("forum.minutes_previewed", needs=May.RUN_FORUM)
def forum_minutes_preview(
    look: Look,
    meeting_id: MeetingId,
    *,
    receivers: Collection[UnitId] | None = None,
    for_unit: UnitId | None = None,
) -> MeetingPaper:
    """The minutes as they would be given out. Raises NotFound, MeetingNotClosed, CodesGone, NothingBeside."""
    meeting = of_forum(look, rows.meetings.get(look.conn, meeting_id))
    paper, lines = forum_minutes_paper(look, meeting, receivers, for_unit=for_unit)
    for line in lines:
        look.opened(line.referral.id, line.referral.person_id)
    if not lines:
        look.opened(meeting.id, "")
    return paper


def of_forum(look: Look, meeting: Meeting) -> Meeting:
    """The meeting, if it is a forum's and the asker runs it. Raises NotFound."""
    look.require(Subject(activity_id=meeting.activity_id, unit_ids=frozenset(), purpose=meeting.kind.purpose))
    if meeting.kind is not Kind.FORUM:
        raise NotFound
    return meeting


def minutes_of(look: Look, meeting: Meeting) -> list[Minute]:
    """What was written down of each case when the meeting was last closed."""
    return newest(rows.minutes.where(look.conn, _N.meeting_id == meeting.id))


def usual_units(look: Look, minutes: Iterable[Minute]) -> tuple[UnitId, ...]:
    """The units that the minutes go to unless others are chosen: who referred or is needed, and who leads."""
    units = {look.actor.unit_id}
    for one in minutes:
        referral = rows.referrals.get(look.conn, one.referral_id)
        if look.allowed(subjects.of_referral(look.conn, referral), May.READ_CASE):
            units |= {*filter(None, [one.unit_id]), *referral.needed_unit_ids}
    return tuple(sorted(units))


def forum_standing(look: Look, meeting: Meeting, receivers: Collection[UnitId] | None) -> ForumStanding:
    """Where each case stands, when these units get the paper of all; the usual ones if nothing is said."""
    minutes = minutes_of(look, meeting)
    to = tuple(dict.fromkeys(usual_units(look, minutes) if receivers is None else receivers))
    known: dict[CaseId, _Known] = {}
    kept, orally, left_out, unheard = list[Minute](), 0, 0, 0
    for one in minutes:
        referral = rows.referrals.get(look.conn, one.referral_id)
        subject = subjects.of_referral(look.conn, referral)
        decision = look.allowed(subject, May.READ_CASE)
        signed = last_signed(subject.consents, subject.purpose, meeting.on)
        if subject.protected or one.code is None:
            orally += 1
        elif not decision:
            left_out += 1
        elif signed is None:
            unheard += 1
        else:
            consent = deciding(subject.consents, subject.purpose, look.today)
            person = rows.persons.get(look.conn, referral.person_id)
            now = last_signed(subject.consents, subject.purpose, look.today) or signed
            known[referral.id] = _Known(referral, person, subject, decision, consent, now)
            kept.append(one)
    found = papers(kept, {case_id: one.signed for case_id, one in known.items()}, to)
    return ForumStanding(receivers=to, papers=found, known=known, orally=orally, left_out=left_out, unheard=unheard)


def forum_minutes_paper(
    look: Look, meeting: Meeting, receivers: Collection[UnitId] | None, *, for_unit: UnitId | None
) -> tuple[MeetingPaper, list[ForumLine]]:
    """The minutes, and the cases that stand on them. Raises MeetingNotClosed, CodesGone, NothingBeside."""
    must_be_closed(meeting)
    must_keep_codes(meeting, today=look.today)
    there = forum_standing(look, meeting, receivers)
    lines = there.on_paper(look, for_unit)
    must_hold_something(lines, for_unit=for_unit, addendum=False)
    amendments = rows.amendments.where(look.conn, _A.meeting_id == meeting.id, order_by=[_A.at])
    words = _Words(look, amendments)
    facts = ForumMinutesFacts(
        occasion=occasion(look, meeting, for_unit),
        attendance=attendance_of(look, meeting),
        items=tuple(words.item(line) for line in lines),
        orally=0 if for_unit else there.orally,
        closed=iso(meeting.closed_at.date()) if meeting.closed_at else "",
        edition=max((line.minute.edition for line in lines), default=1),
        added=() if for_unit else words.added(None, frozenset(InfoKind)),
    )
    paper = MeetingPaper(
        paper=forum_minutes(facts, frame(look)),
        receivers=there.receivers,
        for_units=tuple(there.papers.per_unit),
        orally=there.orally,
        found=_found(look, there, lines, amendments),
        left_out=there.left_out,
    )
    return paper, lines


class _Words:
    """What stands on the paper of each case, cut to the kinds that go to all who get it."""

    def __init__(self, look: Look, amendments: Iterable[Amendment]) -> None:
        self._units = {unit.id: unit.name for unit in rows.units.where(look.conn)}
        self._users = {user.id: user.name for user in rows.users.where(look.conn)}
        self._amendments = list(amendments)

    def item(self, line: ForumLine) -> Decided | DroppedItem:
        if line.consent is None:
            return DroppedItem(place=line.place, code=line.code)
        one, kinds = line.minute, line.kinds
        return Decided(
            place=line.place,
            code=line.code,
            unit=self._units[one.unit_id] if one.unit_id else "Annan",
            question=WITHHELD if withheld(Minute, "question", kinds) else one.question,
            outcome=one.outcome,
            text=WITHHELD if one.text and withheld(Minute, "text", kinds) else one.text,
            also_nafs=one.also_nafs,
            also_sip=one.also_sip,
            added=self.added(one.referral_id, kinds),
        )

    def added(self, case_id: CaseId | None, kinds: frozenset[InfoKind]) -> tuple[Added, ...]:
        """What was added about one case, or about the whole meeting."""
        hidden = withheld(Amendment, "text", kinds)
        return tuple(
            Added(
                text=WITHHELD if hidden else one.text,
                reason=WITHHELD if hidden else one.reason,
                by=self._users[one.by],
                at=iso(one.at.date()),
            )
            for one in self._amendments
            if one.referral_id == case_id
        )


def _found(
    look: Look, there: ForumStanding, lines: Iterable[ForumLine], amendments: Collection[Amendment]
) -> tuple[Found, ...]:
    """What in the texts that leave can tell who somebody is."""
    known = [word for unit in rows.units.where(look.conn) for word in (unit.name, unit.short)]
    found = list[Found]()
    for line in lines:
        if line.consent is None:
            continue
        added = [one.text for one in amendments if one.referral_id in {None, line.minute.referral_id}]
        names = (there.known[line.minute.referral_id].person.full_name,)
        for text in (line.minute.question, line.minute.text, *added):
            found += identifying(text, names=names, known=known)
    return tuple(dict.fromkeys(found))
