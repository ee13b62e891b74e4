"""What a field tells of the person: the kinds of information that the gate knows, written beside the field's type.

``question: Annotated[str, QUESTION]``. A field that tells several kinds needs all of them: a note can hold anything. A
field without one tells where a case stands, which everybody within reach may know.
"""

from __future__ import annotations

from dataclasses import dataclass

from misam_desktop.domain.codes import InfoKind


@dataclass(frozen=True, slots=True)
class Tells:
    """The kinds of information that a field holds."""

    kinds: frozenset[InfoKind]


def _tells(*kinds: InfoKind) -> Tells:
    return Tells(frozenset(kinds))


BASICS = _tells(InfoKind.GRUNDUPPGIFTER)
QUESTION = _tells(InfoKind.FRAGESTALLNING)
INCOME = _tells(InfoKind.FORSORJNING)
WORK = _tells(InfoKind.ARBETE_STUDIER)
HEALTH = _tells(InfoKind.HALSA)
SOCIAL = _tells(InfoKind.SOCIAL)
PLAN = _tells(InfoKind.PLANERING)
NOTE = _tells(InfoKind.PLANERING, InfoKind.HALSA, InfoKind.SOCIAL)
"""Free text about how it goes."""
