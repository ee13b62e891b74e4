"""What a SIP and an episode of the same person have agreed on: shared where both consents cover it (process.md §8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.tells import PLAN
from misam_desktop.domain.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedCommitment:
    """An åtagande that stands in another case. ``unit_id`` None means that the person does it.

    ``case_id`` is the SIP or episode that it stands in, begun on ``case_on``; ``same_as`` the line of the own plan that
    says the same.
    """

    what: Annotated[str, PLAN]
    unit_id: UnitId | None
    due_on: date | None
    done_on: date | None
    case_id: str
    case_on: date
    same_as: str = ""


def both_cover(here: Consent | None, there: Consent | None, unit_id: UnitId | None) -> bool:
    """Whether both consents let planning out, and both to the unit whose åtagande it is."""
    return all(
        one is not None and InfoKind.PLANERING in one.kinds and (unit_id is None or unit_id in one.unit_ids)
        for one in (here, there)
    )


def told_once(
    own: Iterable[tuple[str, UnitId | None, str]], others: Iterable[SharedCommitment]
) -> tuple[SharedCommitment, ...]:
    """What stands elsewhere, each once, with the own line that says the same; ``own`` are ids, units and words.

    What is due first comes first.
    """
    here = {(unit_id, fold(what)): line_id for line_id, unit_id, what in own}
    found: dict[tuple[UnitId | None, str], SharedCommitment] = {}
    for one in sorted(others, key=lambda one: (str(one.due_on or "9999"), fold(one.what), one.unit_id or "")):
        key = (one.unit_id, fold(one.what))
        found.setdefault(key, replace(one, same_as=here.get(key, "")))
    return tuple(found.values())
