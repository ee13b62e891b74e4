"""Brev: which papers follow from what has been recorded of a case, who gets each, and from when (process.md §2)."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from misam_desktop.domain.codes import PaperKind, Recipient
from misam_desktop.domain.episode import QUIET_REASONS, Episode
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.gate import To
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.referral import Referral

PERSON = To(recipient=Recipient.PERSONEN)


class LetterNotDue(UserError):
    """What the letter tells has not happened, or nobody is to get it."""

    code = "letter_not_due"


class Letter(StrEnum):
    """One letter or sheet of a case, in the order in which they come."""

    BEDOMNING = "bedomning"
    BESKED = "besked"
    INSKRIVNING = "inskrivning"
    UPPFOLJNING = "uppfoljning"
    SLUTDOKUMENTATION = "slutdokumentation"
    AVSLUT = "avslut"

    @property
    def is_for_the_person(self) -> bool:
        """Whether it is written in the language, and in letters as large, as suit the person."""
        return self in {Letter.BESKED, Letter.AVSLUT}

    @property
    def is_of_a_forum(self) -> bool:
        """Whether it follows from what a forum concluded; the others come later."""
        return self in {Letter.BEDOMNING, Letter.BESKED, Letter.INSKRIVNING}

    @property
    def paper(self) -> PaperKind:
        """What it is called where all that was handed over is kept."""
        return PaperKind(self.value)


def letters_of(referral: Referral, episode: Episode | None) -> dict[Letter, To]:
    """The letters that there now is reason for, and who gets each.

    None are made any more once the episode ended as avliden or felregistrerad. Whoever came on their own («Annan») has
    no unit that referred, and gets the person's letter alone.
    """
    return {letter: to for letter, to in _letters_of(referral, episode) if to is not None}


def must_be_due(letter: Letter, referral: Referral, episode: Episode | None) -> To:
    """Who gets the letter. Raises LetterNotDue."""
    to = letters_of(referral, episode).get(letter)
    if to is None:
        raise LetterNotDue
    return to


def _letters_of(referral: Referral, episode: Episode | None) -> Iterator[tuple[Letter, To | None]]:
    if episode is not None and episode.discharge_reason in QUIET_REASONS:
        return
    if referral.outcome is not None:
        yield Letter.BEDOMNING, _unit(referral.unit_id)
        yield Letter.BESKED, PERSON
    if episode is None:
        return
    yield Letter.INSKRIVNING, _unit(episode.commissioner_id)
    if episode.discharged_on is None:
        yield Letter.UPPFOLJNING, _unit(episode.commissioner_id)
    else:
        yield Letter.SLUTDOKUMENTATION, _unit(referral.unit_id)
        yield Letter.AVSLUT, PERSON


def _unit(unit_id: UnitId | None) -> To | None:
    return None if unit_id is None else To(recipient=Recipient.ENHET, unit_id=unit_id)
