"""A letter leaves: asked of the gate again, written down, and only then handed on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from misam_desktop.commands.disclosures import given_to
from misam_desktop.documents.paper import Paper
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Act
from misam_desktop.domain.gate import To, must_suit
from misam_desktop.domain.ids import ReferralId
from misam_desktop.queries.letters import LetterChoice, written
from misam_desktop.store import rows, subjects
from misam_desktop.vault import Topic, Tx, command


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterGiven:
    """A letter that may now leave, and the function addresses of the units that get it; of a person none is used.

    ``without_address`` are the units of which none is known.
    """

    paper: Paper
    addresses: tuple[str, ...]
    without_address: tuple[str, ...] = ()


@command("letter.given", needs=May.READ_CASE, touches=(Topic.CONSENTS,))
def give_letter(tx: Tx, referral_id: ReferralId, choice: LetterChoice, *, act: Act) -> LetterGiven:
    """Give a letter to whoever gets it. Raises LetterNotDue, WayUnsuited, NotYourTask, NothingLeaves."""
    referral = rows.referrals.get(tx.conn, referral_id)
    tx.about(referral.id, referral.person_id, purpose=act)
    made = written(tx, referral, choice)
    must_suit(act, [made.to])
    given_to(tx, referral, made.to, made.consent, act=act, kinds=made.kinds, paper=choice.letter.paper)
    return with_addresses(tx, made.paper, [made.to])


def with_addresses(tx: Tx, paper: Paper, to: Iterable[To]) -> LetterGiven:
    """A paper that may now leave, with where the units among those who get it are reached."""
    known = {one.unit_id: sorted(set(subjects.addresses_of(tx.conn, one.unit_id))) for one in to if one.unit_id}
    return LetterGiven(
        paper=paper,
        addresses=tuple(sorted({address for there in known.values() for address in there})),
        without_address=tuple(rows.units.get(tx.conn, unit).short for unit, there in known.items() if not there),
    )
