"""What the consents of a case let which unit read, and from when to when (process.md §5, security.md «Who may»).

A later paper of the same purpose takes the place of the earlier one from its first day. A unit that a consent names
reads nothing until the case was put on a meeting or shared on purpose under that very consent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest

from misam_desktop.domain.codes import InfoKind, Purpose
from misam_desktop.domain.consent import Consent, valid_on
from misam_desktop.domain.disclosure import OPENS, Disclosure
from misam_desktop.domain.ids import UnitId

EVERYTHING = frozenset(InfoKind)
CLOSING = frozenset({InfoKind.GRUNDUPPGIFTER})
"""What the owning units and the koordinator keep, beside dates, when no consent holds: enough to close the case."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Access:
    """What one unit may read of a case, from the first day to the last, both included; None is no end."""

    unit_id: UnitId
    kinds: frozenset[InfoKind]
    from_on: date
    to_on: date | None


def deciding(consents: Iterable[Consent], purpose: Purpose, today: date) -> Consent | None:
    """The consent that holds for a purpose on a day: the one that began last, if it holds; no older one comes back."""
    begun = [one for one in consents if one.purpose is purpose and one.from_on <= today]
    latest = max(begun, key=in_order, default=None)
    return latest if latest is not None and valid_on(latest, today) else None


def granted(
    consents: Iterable[Consent], disclosures: Iterable[Disclosure], purpose: Purpose, *, unit_id: UnitId, today: date
) -> frozenset[InfoKind]:
    """The kinds that a unit may read on a day: named by the consent that decides, and handed over under it."""
    consent = deciding(consents, purpose, today)
    if consent is None or unit_id not in consent.unit_ids:
        return frozenset()
    opened = [one for one in disclosures if _opens(one, consent, unit_id) and one.on <= today]
    return frozenset(kind for one in opened for kind in one.kinds) & frozenset(consent.kinds)


def accesses(
    consents: Sequence[Consent], disclosures: Sequence[Disclosure], purpose: Purpose, *, home_id: UnitId | None
) -> list[Access]:
    """The same for every unit and day at once, as the store keeps it: periods of one unit that never overlap.

    ``home_id`` is the unit whose the case is: it reads all of it while a consent holds.
    """
    found = []
    for consent, first, last in _periods(consents, purpose):
        if home_id is not None:
            found.append(Access(home_id, EVERYTHING, first, last))
        for unit_id in consent.unit_ids:
            if unit_id != home_id:
                opened = [one for one in disclosures if _opens(one, consent, unit_id)]
                found += _steps(unit_id, frozenset(consent.kinds), opened, first, last)
    return found


def in_order(consent: Consent) -> tuple[date, datetime, bool, str]:
    """Which paper of a purpose is the later, as a key to sort by.

    By the day it begins, then as they were recorded; of one moment, one that still stands is the later.
    """
    return consent.from_on, consent.recorded_at, consent.withdrawn_on is None, consent.id


def _opens(disclosure: Disclosure, consent: Consent, unit_id: UnitId) -> bool:
    return disclosure.act in OPENS and disclosure.consent_id == consent.id and disclosure.unit_id == unit_id


def _periods(consents: Iterable[Consent], purpose: Purpose) -> Iterator[tuple[Consent, date, date | None]]:
    """Each consent with the days on which it decides; those that never do are left out."""
    ordered = sorted((one for one in consents if one.purpose is purpose), key=in_order)
    for consent, follower in zip_longest(ordered, ordered[1:]):
        stops = (consent.withdrawn_on, follower.from_on if follower is not None else None)
        ends = [consent.until_on, *(day - _DAY for day in stops if day is not None)]
        last = min((day for day in ends if day is not None), default=None)
        if last is None or last >= consent.from_on:
            yield consent, consent.from_on, last


def _steps(
    unit_id: UnitId, named: frozenset[InfoKind], opened: Sequence[Disclosure], first: date, last: date | None
) -> list[Access]:
    """What was handed over grows with each act of sharing: a period of its own from each such day."""
    days = sorted({max(first, one.on) for one in opened})
    within = [day for day in days if last is None or day <= last]
    steps = []
    for day, following in zip_longest(within, within[1:]):
        kinds = frozenset(kind for one in opened if max(first, one.on) <= day for kind in one.kinds)
        steps.append(Access(unit_id, kinds & named, day, last if following is None else following - _DAY))
    return [one for one in steps if one.kinds]
