"""How a person is shown in a list: masked number, «Skyddad» to all but the named owners, what consent leaves out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Text, func, or_, type_coerce

from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.scope import CLOSING, EVERYTHING
from misam_desktop.queries.reach import Asker, Columns
from misam_desktop.store import tables
from misam_desktop.vault import Look

PROTECTED = "Skyddad"
UNNAMED = "Namn saknas"
BEYOND = "Visas inte för dig"
WITHHELD = "Ingår inte i samtycket"
PROTECTED_WORDS = "Skyddad uppgift"


def hidden(look: Look, *, protected: bool, owners: Iterable[str]) -> bool:
    """Whether the identity is kept from this actor."""
    return protected and look.actor.user_id not in owners


def is_shown(look: Asker, person: Columns = tables.person.c) -> ColumnElement[bool]:
    """The persons whose identity is not kept from this actor: who searches must not learn that it has a case."""
    owner = func.instr("+" + type_coerce(person.protected_owners, Text) + "+", f"+{look.actor.user_id}+") > 0
    return or_(~person.protected, owner)


def name(look: Look, row: Any) -> str:
    """The name for a list, family name last, as far as the row may show it.

    The row has the person's ``given_name``, ``family_name``, ``protected`` and ``protected_owners``, and as
    ``identified`` whether their grunduppgifter may be read (``reach.identity``).
    """
    if hidden(look, protected=row.protected, owners=row.protected_owners):
        return PROTECTED
    return f"{row.given_name} {row.family_name}".strip() or UNNAMED if row.identified else WITHHELD


def number(row: Any) -> str:
    """The masked number for a list, from the same row with its ``number``; of a protected person it is nobody's."""
    if row.protected:
        return PROTECTED
    return row.number.masked if row.identified else WITHHELD


def kinds(look: Look, row: Any) -> frozenset[InfoKind]:
    """What the rest of the row may show; it has ``submitted_at`` and, as ``kinds``, what ``reach.kinds`` gave."""
    if hidden(look, protected=row.protected, owners=row.protected_owners):
        return frozenset()
    if row.submitted_at is None:
        return EVERYTHING
    return frozenset(row.kinds or ()) | (CLOSING if row.identified else frozenset())
