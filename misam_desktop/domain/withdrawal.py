"""What it means that a consent is taken back: who loses the case from the next read (process.md §5)."""

from __future__ import annotations

from datetime import date

from misam_desktop.domain.access import Subject
from misam_desktop.domain.codes import Purpose
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.scope import deciding, granted


def units_that_lose(subject: Subject, purpose: Purpose, *, today: date) -> tuple[UnitId, ...]:
    """The units that read the case by a consent alone, if it is one to what the case is for.

    The units whose the case is, and the koordinator, keep what is needed to close it.
    """
    consent = deciding(subject.consents, purpose, today)
    if consent is None or purpose is not subject.purpose:
        return ()
    return tuple(
        one
        for one in consent.unit_ids
        if one not in subject.unit_ids
        and granted(subject.consents, subject.disclosures, purpose, unit_id=one, today=today)
    )
