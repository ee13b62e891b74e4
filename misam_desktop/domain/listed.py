"""A case as one row of a list that is taken out: its cells in words, each with what it tells."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated

from misam_desktop.domain.codes import InfoKind, ListColumn
from misam_desktop.domain.gate import told_by
from misam_desktop.domain.tells import BASICS, QUESTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One case; a field for each ``ListColumn``."""

    name: Annotated[str, BASICS]
    number: Annotated[str, BASICS]
    activity: str
    referred_by: str
    referred_on: str
    state: str
    question: Annotated[str, QUESTION]
    commissioner: str
    case_worker: str
    case_lead: str
    enrolled_on: str
    next_due_on: str
    discharged_on: str


def in_order(columns: Collection[ListColumn]) -> tuple[ListColumn, ...]:
    """The columns as they stand in the file; the name is always among them: a list of nobody says nothing."""
    return tuple(one for one in ListColumn if one is ListColumn.NAME or one in columns)


def kinds_in(columns: Collection[ListColumn]) -> frozenset[InfoKind]:
    """The kinds of information that these columns tell."""
    tells = told_by(Listed)
    return frozenset(kind for one in in_order(columns) for kind in tells.get(one.value, ()))
