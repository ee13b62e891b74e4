"""The minutes of a forum as they would leave now, each case cut to what its consent lets everybody have."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from misam_desktop.documents.agenda import DroppedItem
from misam_desktop.documents.forum_minutes import Added, Decided, ForumMinutesFacts, forum_minutes
from misam_desktop.domain.agenda import must_hold_something
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.forum_minutes import Amendment, Minute
from misam_desktop.domain.gate import withheld
from misam_desktop.domain.identifying import Found
from misam_desktop.domain.ids import CaseId, UnitId
from misam_desktop.domain.meeting import Meeting, must_be_closed, must_keep_codes
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.forum_agenda import OWN_WAY
from misam_desktop.queries.forum_standing import MinuteLine, minutes_standing
from misam_desktop.queries.occasions import MeetingPaper, attendance_of, occasion, paper_of, telling
from misam_desktop.queries.papers import frame
from misam_desktop.queries.receivers import usual_receivers
from misam_desktop.queries.shown import WITHHELD
from misam_desktop.queries.standing import Standing
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look
from misam_desktop.wording import iso

IN_FORUM_MINUTES = frozenset({InfoKind.FRAGESTALLNING, InfoKind.PLANERING})
"""The kinds that they tell: what was asked, and what the forum answered."""
_A = tables.amendment.c


def forum_minutes_paper(
    look: Look, meeting: Meeting, receivers: Collection[UnitId] | None, *, for_unit: UnitId | None
) -> tuple[MeetingPaper, list[MinuteLine]]:
    """The minutes, and the cases that stand on them. Raises MeetingNotClosed, CodesGone, NothingBeside."""
    must_be_closed(meeting)
    must_keep_codes(meeting, today=look.today)
    there = minutes_standing(look, meeting, usual_receivers(look, meeting) if receivers is None else receivers)
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
        edition=max((line.item.edition for line in lines), default=1),
        added=() if for_unit else words.added(None, frozenset(InfoKind)),
    )
    return paper_of(there, forum_minutes(facts, frame(look)), _found(look, there, lines, amendments)), lines


class _Words:
    """What stands on the paper of each case, cut to the kinds that go to all who get it."""

    def __init__(self, look: Look, amendments: Iterable[Amendment]) -> None:
        self._units = {unit.id: unit.name for unit in rows.units.where(look.conn)}
        self._users = {user.id: user.name for user in rows.users.where(look.conn)}
        self._amendments = list(amendments)

    def item(self, line: MinuteLine) -> Decided | DroppedItem:
        one, kinds = line.item, line.kinds
        assert one.code is not None, "whoever has none is only spoken of"
        if line.consent is None:
            return DroppedItem(place=line.place, code=one.code)
        return Decided(
            place=line.place,
            code=one.code,
            unit=self._units[one.unit_id] if one.unit_id else OWN_WAY,
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
    look: Look, there: Standing[Minute, Referral], lines: Iterable[MinuteLine], amendments: Collection[Amendment]
) -> list[Found]:
    """What in the texts that leave can tell who somebody is."""
    texts = list[tuple[str, str]]()
    for line in lines:
        if line.consent is not None:
            one = line.item
            added = [said.text for said in amendments if said.referral_id in {None, one.referral_id}]
            name = there.person(one.referral_id).full_name
            texts += [(text, name) for text in (one.question, one.text, *added)]
    return telling(look, texts)
