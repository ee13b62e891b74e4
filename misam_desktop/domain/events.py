"""What the events of the log are: somebody read, changed or handed over, was refused, or only came and went."""

from __future__ import annotations

from collections.abc import Collection

from misam_desktop.domain.codes import EntryKind

READS = frozenset(
    {
        "agenda.opened",
        "agenda.previewed",
        "agenda.projected",
        "case.handed_out_listed",
        "case.opened",
        "cases.discharged_listed",
        "cases.listed",
        "code.looked_up",
        "consent.scan_opened",
        "consent.withdrawal_opened",
        "consent.wording_read",
        "deviation.opened",
        "deviations.listed",
        "feedback.letter_previewed",
        "follow_up.opened",
        "follow_ups.listed",
        "forum.enrolments_listed",
        "forum.opened",
        "forum.papers_listed",
        "forum.projected",
        "gate.paper_previewed",
        "gate.previewed",
        "goals.read",
        "indicators.read",
        "keys.previewed",
        "letter.previewed",
        "letters.listed",
        "list.previewed",
        "log.listed",
        "log.looked_listed",
        "log.mark_checked",
        "log.page_listed",
        "log.person_extracted",
        "log.review_listed",
        "meetings.listed",
        "minutes.file_previewed",
        "minutes.previewed",
        "nafs.listed",
        "nafs.meetings_counted",
        "nafs.meetings_listed",
        "nafs.opened",
        "nafs.questions_listed",
        "papers.listed",
        "person.looked_up",
        "person.number_shown",
        "person.protected_shown",
        "person.protection_opened",
        "referral.opened",
        "referrals.answered_listed",
        "referrals.listed",
        "register.planned",
        "report.counted",
        "report.frozen_listed",
        "report.frozen_opened",
        "report.frozen_previewed",
        "report.number_opened",
        "report.previewed",
        "search.settled",
        "search.typed",
        "sip.agenda_previewed",
        "sip.letter_previewed",
        "sip.listed",
        "sip.opened",
        "sip.plan_previewed",
        "store.verified",
        "today.shown",
    }
)
"""Every question that leaves an entry."""
LISTS = frozenset({"search.settled"})
"""Reads that name whoever happens to be found, not whom the reader opened."""
HANDS_OVER = frozenset(
    {
        "agenda.given",
        "case.handed_out",
        "case.shared",
        "consent.form_made",
        "consent.receipt_made",
        "feedback.letter_made",
        "keys.given",
        "letter.given",
        "list.copied",
        "list.exported",
        "log.extract_made",
        "minutes.filed",
        "minutes.given",
        "nafs.meetings_exported",
        "person.extract_made",
        "register.exported",
        "sip.agenda_given",
        "report.frozen_given",
        "report.given",
        "sip.invited",
        "sip.letter_given",
        "sip.plan_given",
    }
)
"""What leaves the program or reaches another unit."""
BESIDE = frozenset({"demo.seeded", "draft.dropped", "draft.kept", "log.gap_found", "store.made", "store.unlocked"})
"""What changes nothing that the team knows."""
_KINDS: dict[EntryKind, Collection[str]] = {
    EntryKind.READ: READS,
    EntryKind.HANDED_OVER: HANDS_OVER,
    EntryKind.BESIDE: BESIDE,
}


def kind_of(event: str, *, allowed: bool) -> EntryKind:
    """The kind of one entry; a change, unless the event is known to be something else."""
    if not allowed:
        return EntryKind.REFUSED
    return next((kind for kind, events in _KINDS.items() if event in events), EntryKind.CHANGED)


def events_of(kind: EntryKind) -> frozenset[str]:
    """The events of a kind. What is CHANGED is all that stands in none of the others, and REFUSED can be any."""
    return frozenset(_KINDS.get(kind, ()))
