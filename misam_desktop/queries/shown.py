"""How a person is shown in a list: masked number, and «Skyddad» to all but the named owners of a protected identity."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Text, func, or_, type_coerce

from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.queries.reach import Columns
from misam_desktop.store import tables
from misam_desktop.vault import Look

PROTECTED = "Skyddad"
UNNAMED = "Namn saknas"


def hidden(look: Look, *, protected: bool, owners: Iterable[str]) -> bool:
    """Whether the identity is kept from this actor."""
    return protected and look.actor.user_id not in owners


def is_shown(look: Look, person: Columns = tables.person.c) -> ColumnElement[bool]:
    """The persons whose identity is not kept from this actor: who searches must not learn that it has a case."""
    owner = func.instr("+" + type_coerce(person.protected_owners, Text) + "+", f"+{look.actor.user_id}+") > 0
    return or_(~person.protected, owner)


def name(look: Look, *, given: str, family: str, protected: bool, owners: Iterable[str]) -> str:
    """The name for a list, family name last."""
    if hidden(look, protected=protected, owners=owners):
        return PROTECTED
    return f"{given} {family}".strip() or UNNAMED


def number(look: Look, digits: PersonalNumber, *, protected: bool, owners: Iterable[str]) -> str:
    """The masked number for a list."""
    return PROTECTED if hidden(look, protected=protected, owners=owners) else digits.masked
