"""Utlämnandekontroll: the one gate that decides what may leave, on every way out (process.md §5, security.md).

A value passes field by field, by the kinds of information that each tells (``domain.tells``). What is withheld is
emptied before it is handed on, so that no screen, paper or file can show it by mistake, and says why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

from misam_desktop.domain.access import May, NotAllOfIt, Subject
from misam_desktop.domain.codes import Act, InfoKind, Passage, Recipient, Sex
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.disclosure import OPENS
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.livelihood import UNKNOWN, Livelihoods
from misam_desktop.domain.personal_number import NOT_SHOWN, PersonalNumber
from misam_desktop.domain.scope import EVERYTHING, deciding
from misam_desktop.domain.tells import Tells

T = TypeVar("T")
V = TypeVar("V")


class NothingLeaves(UserError):
    """Of what was asked for, the gate lets nothing out to this recipient."""

    code = "nothing_leaves"


class GateChanged(UserError):
    """Less may leave now than when it was looked at: a consent was changed or taken back meanwhile."""

    code = "gate_changed"


class WayUnsuited(UserError):
    """Somebody who shall get it cannot get it in this way."""

    code = "way_unsuited"


_WAYS: dict[Act, frozenset[Recipient]] = {
    Act.DELNING: frozenset({Recipient.ENHET}),
    Act.UTSKRIFT: frozenset(Recipient),
    Act.MEJLUTKAST: frozenset({Recipient.ENHET}),
    Act.URKLIPP: frozenset({Recipient.EGEN}),
    Act.EXPORT: frozenset({Recipient.ENHET, Recipient.EGEN}),
}
"""Who can get something in which way: mail goes to a unit's address, the clipboard into the own file."""
LETS_OUT = frozenset({Passage.BY_CONSENT, Passage.OWN, Passage.TO_THE_PERSON})


@dataclass(frozen=True, slots=True, kw_only=True)
class To:
    """Somebody who shall get something: a unit, the person, or the own unit's files."""

    recipient: Recipient
    unit_id: UnitId | None = None


OWN_FILES = To(recipient=Recipient.EGEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One square of the preview: what happens to one kind for one recipient; ``consent`` is the row that decides."""

    to: To
    kind: InfoKind
    passage: Passage
    consent: Consent | None = None

    @property
    def leaves(self) -> bool:
        """Whether this kind goes to this recipient."""
        return self.passage in LETS_OUT


def preview(
    subject: Subject, *, mine: frozenset[InfoKind], own_unit_id: UnitId, to: Iterable[To], today: date
) -> tuple[Cell, ...]:
    """Recipient × kind of information, before anything leaves. ``mine`` are the kinds that the actor may read."""
    consent = deciding(subject.consents, subject.purpose, today)
    return tuple(
        Cell(
            to=one,
            kind=kind,
            passage=_passage(subject, consent, kind=kind, to=one, mine=mine, own_unit_id=own_unit_id),
            consent=consent,
        )
        for one in to
        for kind in InfoKind
    )


def _passage(
    subject: Subject,
    consent: Consent | None,
    *,
    kind: InfoKind,
    to: To,
    mine: frozenset[InfoKind],
    own_unit_id: UnitId,
) -> Passage:
    if kind not in mine:
        return Passage.NOT_YOURS
    if subject.protected and (to.recipient is not Recipient.PERSONEN or kind is InfoKind.GRUNDUPPGIFTER):
        return Passage.PROTECTED
    if to.recipient is Recipient.PERSONEN:
        return Passage.TO_THE_PERSON
    if stays(to, own_unit_id):
        return Passage.OWN
    if consent is None:
        return Passage.NO_CONSENT
    if to.recipient is Recipient.INBJUDEN:  # the person has named them: they learn who it is, and nothing of the case
        return Passage.BY_CONSENT if kind is InfoKind.GRUNDUPPGIFTER else Passage.OUTSIDE_CONSENT
    named = to.unit_id in consent.unit_ids and kind in consent.kinds
    return Passage.BY_CONSENT if named else Passage.OUTSIDE_CONSENT


def leaving(cells: Iterable[Cell], to: To) -> frozenset[InfoKind]:
    """The kinds that go to one recipient."""
    return frozenset(cell.kind for cell in cells if cell.to == to and cell.leaves)


def for_all(cells: Collection[Cell]) -> frozenset[InfoKind]:
    """The kinds that go to every recipient: what a paper that several get may hold."""
    recipients = {cell.to for cell in cells}
    return frozenset.intersection(*(leaving(cells, one) for one in recipients)) if recipients else frozenset()


def must_leave(kinds: frozenset[InfoKind]) -> frozenset[InfoKind]:
    """The kinds, if there are any. Raises NothingLeaves."""
    if not kinds:
        raise NothingLeaves
    return kinds


def must_be_as_seen(now: frozenset[InfoKind], seen: frozenset[InfoKind]) -> None:
    """Raises GateChanged when something that was shown as leaving no longer may."""
    if not seen <= now:
        raise GateChanged


def suits(act: Act, to: Collection[To]) -> bool:
    """Whether everybody who is named can get something in this way, and there is anybody."""
    return bool(to) and {one.recipient for one in to} <= _WAYS.get(act, frozenset())


def must_suit(act: Act, to: Collection[To], *, is_invitation: bool = False) -> None:
    """Raises WayUnsuited; also for what opens the case in the program, which is not given as a copy.

    Whom the person wants at a meeting gets the invitation to it, and no other paper.
    """
    is_for_invited = any(one.recipient is Recipient.INBJUDEN for one in to)
    if act in OPENS or not suits(act, to) or (is_for_invited and not is_invitation):
        raise WayUnsuited


def stays(to: To, own_unit_id: UnitId) -> bool:
    """Whether what somebody gets does not leave the unit."""
    return to.recipient is Recipient.EGEN or (to.recipient is Recipient.ENHET and to.unit_id == own_unit_id)


def needed(to: Iterable[To], own_unit_id: UnitId) -> May:
    """What it takes to give something: who reads a case may copy it for the own file; to others it is handed over."""
    return May.READ_CASE if all(stays(one, own_unit_id) for one in to) else May.DISCLOSE


@lru_cache(maxsize=64)
def told_by(cls: type) -> Mapping[str, frozenset[InfoKind]]:
    """The fields of a value that tell of the person, and the kinds that each of them tells."""
    hints = get_type_hints(cls, include_extras=True)
    return {
        name: tells.kinds
        for name, hint in hints.items()
        if get_origin(hint) is Annotated
        for tells in get_args(hint)[1:]
        if isinstance(tells, Tells)
    }


def withheld(cls: type, name: str, kinds: frozenset[InfoKind]) -> bool:
    """Whether a field tells more than these kinds."""
    return not told_by(cls).get(name, frozenset()) <= kinds


def must_see(value: Any, name: str, kinds: frozenset[InfoKind] | None) -> None:
    """Raises NotAllOfIt: what somebody may not read, they do not write over. ``kinds`` None is everything."""
    if kinds is not None and getattr(value, name) and withheld(type(value), name, kinds):
        raise NotAllOfIt


def let_through(value: V, kinds: frozenset[InfoKind]) -> V:
    """The value with every field emptied that tells more than these kinds."""
    if kinds == EVERYTHING:
        return value
    cls: type = type(value)
    empty = _emptied(cls, kinds)
    return replace(value, **empty) if empty else value  # type: ignore[type-var]  # values are dataclasses


def let_out(value: T, kinds: frozenset[InfoKind]) -> T:
    """The same of a value and of all that it holds; what tells of nobody goes as it is."""
    passed: T = value if kinds == EVERYTHING else _cut(value, kinds)
    return passed


def _cut(value: Any, kinds: frozenset[InfoKind]) -> Any:
    if type(value) is dict:
        return {name: _cut(one, kinds) for name, one in value.items()}
    if type(value) in {list, tuple}:
        return type(value)(_cut(one, kinds) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    emptied = let_through(value, kinds)
    held = {field.name: getattr(emptied, field.name) for field in fields(emptied)}
    changed = {name: cut for name, one in held.items() if (cut := _cut(one, kinds)) != one}
    return replace(emptied, **changed) if changed else emptied


_EMPTY: dict[Any, Any] = {str: "", Livelihoods: UNKNOWN, PersonalNumber: NOT_SHOWN, Sex: Sex.ANNAT}


@lru_cache(maxsize=256)
def _emptied(cls: type, kinds: frozenset[InfoKind]) -> Mapping[str, Any]:
    """The fields of a value that tell more than these kinds, and what then stands in each."""
    return {name: _empty(cls, name) for name in told_by(cls) if withheld(cls, name, kinds)}


def _empty(cls: type, name: str) -> Any:
    """What stands in an emptied field: its default, else what says nothing."""
    default = next(field.default for field in fields(cls) if field.name == name)
    if default is not MISSING:
        return default
    hint = get_args(get_type_hints(cls, include_extras=True)[name])[0]
    return None if type(None) in get_args(hint) else _EMPTY[hint]
