"""The papers of a consent: the form that is signed, and the receipt when it is taken back."""

from __future__ import annotations

from dataclasses import dataclass

from misam_desktop.documents.paper import (
    Blank,
    Boxes,
    Facts,
    Heading,
    Paper,
    Part,
    Signatures,
    Table,
    Together,
    Words,
)
from misam_desktop.documents.phrases import Language, kind_words, phrases, purpose_words
from misam_desktop.domain.codes import InfoKind, Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every paper: whose it is, which day, and the log's mark.

    A letter has the lines of its ``head`` above it, and the ``place`` before the day.
    """

    team: str
    day: str
    mark: str
    head: tuple[str, ...] = ()
    place: str = ""

    @property
    def dated(self) -> str:
        """The place, if there is one, and the day."""
        return f"{self.place} {self.day}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFacts:
    """What is filled in on a form before it is printed; an empty one is filled in by hand.

    ``units`` are all that can be ticked, with whether they are. ``months`` is the longest time it can hold.
    """

    units: tuple[tuple[str, bool], ...]
    name: str = ""
    number: str = ""
    purposes: frozenset[Purpose] = frozenset()
    kinds: frozenset[InfoKind] = frozenset()
    not_shared: str = ""
    from_on: str = ""
    until_on: str = ""
    months: int
    guardian: str = ""
    interpreter: bool = False
    needs_guardian: bool = False


def consent_form(facts: FormFacts, language: Language, frame: Frame, *, large: bool = False) -> Paper:
    """The form of a consent, filled in as far as it is known."""
    said = phrases(language)["consent"]
    who: list[Part] = [Heading(said["who"])]
    if facts.name or facts.number:
        who.append(Facts(((said["person_name"], facts.name), (said["person_number"], facts.number))))
    else:
        who.append(Blank(said["person_name"], beside=said["person_number"]))
    is_easy = language is Language.SV_LATT
    is_small = not (large or is_easy)
    signing = (said["sign_person"], *((said["sign_guardian"],) if facts.needs_guardian else ()))
    return Paper(
        title=said["title"],
        team=frame.team,
        day=frame.day,
        mark=frame.mark,
        foot=phrases(language)["foot"],
        language="en" if language is Language.EN else "sv",
        large=large,
        easy=is_easy,
        parts=(
            Words(said["body"]),
            *who,
            Heading(said["purposes_heading"]),
            Boxes(tuple((purpose_words(language, one), one in facts.purposes) for one in Purpose), columns=1),
            Together(
                (
                    Heading(said["units_heading"]),
                    Boxes(facts.units, columns=3 if is_small else 2),
                    Heading(said["kinds_heading"]),
                    Boxes(tuple((kind_words(language, one), one in facts.kinds) for one in InfoKind)),
                    *_not_shared(facts, said["not_shared"]),
                    Heading(said["period"]),
                    _period(facts, said),
                    Boxes(((said["interpreter"], facts.interpreter),)),
                    *((Facts(((said["guardian"], facts.guardian),)),) if facts.guardian else ()),
                    Signatures(signing, said["place_and_day"]),
                )
            ),
        ),
    )


def _not_shared(facts: FormFacts, label: str) -> tuple[Part, ...]:
    if facts.not_shared:
        return Heading(label), Words(facts.not_shared)
    return (Blank(label, lines=2),)


def _period(facts: FormFacts, said: dict[str, str]) -> Part:
    until = facts.until_on or said["until_end"].format(months=facts.months)
    return Facts(((said["from"], facts.from_on or said["from_signing"]), (said["until"], until)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """One line of what has been handed over, in the words of the paper's language."""

    to: str
    kinds: tuple[InfoKind, ...]
    how: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """What a receipt is of: a consent to one purpose, when it was given and taken back, what had been handed over."""

    name: str
    purpose: Purpose
    from_on: str
    withdrawn_on: str
    given: tuple[Handed, ...]


def withdrawal_receipt(facts: Withdrawn, language: Language, frame: Frame, *, large: bool = False) -> Paper:
    """The receipt for a person who has taken a consent back, with what has been given to whom."""
    said = phrases(language)["receipt"]
    rows = tuple(
        (one.to, ", ".join(kind_words(language, kind).partition(":")[0] for kind in one.kinds), one.how, one.when)
        for one in facts.given
    )
    known = (
        (phrases(language)["consent"]["person_name"], facts.name),
        (said["purpose"], purpose_words(language, facts.purpose).partition(":")[0]),
        (said["from"], facts.from_on),
        (said["withdrawn"], facts.withdrawn_on),
    )
    return Paper(
        title=said["title"],
        team=frame.team,
        day=frame.day,
        mark=frame.mark,
        foot=phrases(language)["foot"],
        language="en" if language is Language.EN else "sv",
        large=large,
        easy=language is Language.SV_LATT,
        parts=(
            Words(said["body"]),
            Facts(known),
            Heading(said["given_heading"]),
            Table(tuple(said["given_columns"]), rows, (38, 27, 17, 18), empty=said["none_given"]),
            Heading(said["contact"]),
            Words(said["contact_body"]),
        ),
    )
