"""What of a forum may stand on which paper now: on its agenda, and once it is over on its minutes."""

from __future__ import annotations

from collections.abc import Collection

from misam_desktop.domain.access import May
from misam_desktop.domain.agenda import last_signed
from misam_desktop.domain.forum_item import ForumItem
from misam_desktop.domain.forum_minutes import Minute
from misam_desktop.domain.ids import ReferralId, UnitId
from misam_desktop.domain.meeting import Meeting, MeetingState, agenda_can_be_printed, state_of, takes_more
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.scope import deciding
from misam_desktop.queries.forum_queue import in_queue_order, minutes_of, taken_up
from misam_desktop.queries.standing import Known, OnPaper, Standing, stand
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look

ForumLine = OnPaper[ForumItem, Referral]
MinuteLine = OnPaper[Minute, Referral]
_F, _D = tables.forum_item.c, tables.disclosure.c


def items_of(look: Look, meeting: Meeting) -> dict[ReferralId, ForumItem]:
    """The codes of a forum, each by its case."""
    return {one.referral_id: one for one in rows.forum_items.of(look.conn, _F.meeting_id, meeting.id)}


def agenda_standing(look: Look, meeting: Meeting, receivers: Collection[UnitId]) -> Standing[ForumItem, Referral]:
    """Where each case stands on the agenda, when these units get the paper of all.

    One that is no longer taken up, or whose consent does not hold any more, keeps its place without its content, once
    a paper with its code has left; before that nobody has seen it.
    """
    items, there = items_of(look, meeting), {one.id for one in taken_up(look.conn, meeting)}
    seen = {one.code for one in rows.disclosures.of(look.conn, _D.meeting_id, meeting.id)}
    found = list[tuple[ForumItem | None, Known[Referral] | None]]()
    for referral in in_queue_order(look.conn, meeting, _read(look, {*items, *there})):
        known, item = _known(look, referral, meeting, is_off=referral.id not in there), items.get(referral.id)
        if known.subject.protected and referral.id in there:
            found.append((None, known))
        elif item is not None and not known.subject.protected and (known.consent or item.code in seen):
            found.append((item, known))
    return stand(found, receivers)


def minutes_standing(look: Look, meeting: Meeting, receivers: Collection[UnitId]) -> Standing[Minute, Referral]:
    """Where each case stands in the minutes, when these units get the paper of all."""
    minutes = minutes_of(look.conn, meeting)
    referrals = {one.id: one for one in _read(look, {one.referral_id for one in minutes})}
    return stand([(one, _heard(look, referrals[one.referral_id], meeting)) for one in minutes], receivers)


def _read(look: Look, ids: Collection[ReferralId]) -> list[Referral]:
    return rows.referrals.where(look.conn, tables.referral.c.id.in_(sorted(ids)))


def _known(look: Look, referral: Referral, meeting: Meeting, *, is_off: bool) -> Known[Referral]:
    subject = subjects.of_referral(look.conn, referral)
    gone = is_off or deciding(subject.consents, subject.purpose, meeting.on) is None
    return Known(
        case=referral,
        person=rows.persons.get(look.conn, referral.person_id),
        subject=subject,
        decision=look.allowed(subject, May.READ_CASE),
        consent=None if gone else deciding(subject.consents, subject.purpose, look.today),
        signed=last_signed(subject.consents, subject.purpose, look.today),
    )


def _heard(look: Look, referral: Referral, meeting: Meeting) -> Known[Referral]:
    """The same of what has been said of it: the consent that holds now decides, if one held on the meeting's day."""
    known = _known(look, referral, meeting, is_off=False)
    subject = known.subject
    then = last_signed(subject.consents, subject.purpose, meeting.on)
    now = deciding(subject.consents, subject.purpose, look.today)
    return known._replace(consent=now, signed=then and (known.signed or then))


def uncoded(look: Look, meeting: Meeting) -> list[Referral]:
    """The cases that could stand on a forum's agenda and have no code there yet; none once it takes up no more."""
    if not (takes_more(meeting) and agenda_can_be_printed(meeting, today=look.today)):
        return []
    known = items_of(look, meeting)
    return [one for one in taken_up(look.conn, meeting) if one.id not in known and hears(look, one, meeting)]


def unheard_of(look: Look, meeting: Meeting) -> int:
    """How many of a forum's cases no consent lets the others hear of; nothing of a protected person is counted here."""
    if state_of(meeting) is MeetingState.CLOSED:
        return minutes_standing(look, meeting, ()).unheard
    return sum(hears(look, one, meeting) is False for one in taken_up(look.conn, meeting))


def hears(look: Look, referral: Referral, meeting: Meeting) -> bool | None:
    """Whether a consent that holds on the meeting's day lets the forum hear; None of who is only spoken of."""
    subject = subjects.of_referral(look.conn, referral)
    return None if subject.protected else deciding(subject.consents, subject.purpose, meeting.on) is not None
