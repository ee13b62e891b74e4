"""What of a meeting may stand on which paper now: the gate is asked of each case, for each unit that gets it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Generic, NamedTuple, Protocol, TypeVar

from misam_desktop.domain.access import Decision, Subject
from misam_desktop.domain.agenda import Papers, Stands, numbered, papers
from misam_desktop.domain.codes import InfoKind, Recipient
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.gate import To, for_all, preview
from misam_desktop.domain.ids import CaseId, UnitId
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.people import Person
from misam_desktop.domain.pseudonym import Pseudonym
from misam_desktop.domain.referral import Referral
from misam_desktop.vault import Look


class Coded(Stands, Protocol):
    """What stands on a paper under a code; a protected person's case has none."""

    @property
    def code(self) -> Pseudonym | None:
        """The code at this meeting."""


I = TypeVar("I", bound=Coded)  # noqa: E741 – an item
C = TypeVar("C", NafsCase, Referral)


class OnPaper(NamedTuple, Generic[I, C]):
    """One item of a paper, with its number there. ``consent`` holds now; without one, a case is not taken up.

    ``kinds`` are those that go to every unit that gets the paper. A general question has neither case nor code.
    """

    place: int
    item: I
    case: C | None = None
    code: Pseudonym | None = None
    consent: Consent | None = None
    kinds: frozenset[InfoKind] = frozenset()


class Known(NamedTuple, Generic[C]):
    """A case of a meeting: ``consent`` holds now, ``signed`` says where it stands though it may not be taken up."""

    case: C
    person: Person
    subject: Subject
    decision: Decision
    consent: Consent | None
    signed: Consent | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing(Generic[I, C]):
    """Which item stands on the paper of all and which on those of one unit.

    ``orally`` counts the protected persons' cases, ``left_out`` those that the asker may not read: jäv. ``unheard`` are
    those that no consent has ever let the others hear of.
    """

    receivers: tuple[UnitId, ...]
    papers: Papers[I]
    known: dict[CaseId, Known[C]]
    orally: int
    left_out: int
    unheard: int = 0

    def on_paper(self, look: Look, unit_id: UnitId | None) -> list[OnPaper[I, C]]:
        """What stands on the paper of all, or on that of one unit beside it."""
        to = self.receivers if unit_id is None else (unit_id,)
        return [self._line(look, place, item, to) for place, item in numbered(self.papers, unit_id)]

    def read_by(self, look: Look, unit_id: UnitId) -> list[OnPaper[I, C]]:
        """All that a unit gets, on both papers, as far as it alone may have it."""
        both = [*numbered(self.papers, None), *numbered(self.papers, unit_id)]
        return [self._line(look, place, item, (unit_id,)) for place, item in both]

    def person(self, case_id: CaseId) -> Person:
        """Whom a case concerns."""
        return self.known[case_id].person

    def _line(self, look: Look, place: int, item: I, to: Iterable[UnitId]) -> OnPaper[I, C]:
        if item.case_id is None:
            return OnPaper(place, item)
        known = self.known[item.case_id]
        cells = preview(
            known.subject,
            mine=known.decision.kinds,
            own_unit_id=look.actor.unit_id,
            to=[To(recipient=Recipient.ENHET, unit_id=one) for one in to],
            today=look.today,
        )
        kinds = for_all(cells) if known.consent else frozenset[InfoKind]()
        return OnPaper(place, item, known.case, item.code, known.consent, kinds)


def stand(found: Iterable[tuple[I | None, Known[C] | None]], receivers: Collection[UnitId]) -> Standing[I, C]:
    """Where each item stands, when these units get the paper of all; what has no case is a general question.

    A case whose consent does not hold any more keeps its place without its content.
    """
    cases: dict[CaseId, Known[C]] = {}
    kept, orally, left_out, unheard = list[I](), 0, 0, 0
    for item, known in found:
        if item is None or (known is not None and (known.subject.protected or item.code is None)):
            orally += 1
        elif known is not None and not known.decision:
            left_out += 1
        elif known is not None and known.signed is None:
            unheard += 1
        else:
            kept.append(item)
            if known is not None:
                cases[known.case.id] = known
    to = tuple(dict.fromkeys(receivers))
    signed = {case_id: one.signed for case_id, one in cases.items() if one.signed is not None}
    return Standing(
        receivers=to,
        papers=papers(kept, signed, to),
        known=cases,
        orally=orally,
        left_out=left_out,
        unheard=unheard,
    )
