"""A letter leaves: asked of the gate again, written down, and only then handed on."""

from __future__ import annotations

from dataclasses import dataclass

from misam_desktop.commands.disclosures import given_to
from misam_desktop.documents.paper import Paper
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Act
from misam_desktop.domain.gate import must_suit
from misam_desktop.domain.ids import ReferralId
from misam_desktop.queries.letters import LetterChoice, written
from misam_desktop.store import rows, subjects
from misam_desktop.vault import Topic, Tx, command


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterGiven:
    """A letter that may now leave, and the function addresses of the unit that gets it; of the person none is used.

    ``without_address`` is the unit when none is known.
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
    if made.to.unit_id is None:
        return LetterGiven(paper=made.paper, addresses=())
    addresses = tuple(sorted(set(subjects.addresses_of(tx.conn, made.to.unit_id))))
    unit = rows.units.get(tx.conn, made.to.unit_id)
    return LetterGiven(paper=made.paper, addresses=addresses, without_address=() if addresses else (unit.short,))
