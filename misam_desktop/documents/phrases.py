"""What papers say, by the language of whom they are for: Swedish, easy-to-read Swedish, English."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from misam_desktop import assets
from misam_desktop.domain.codes import Act, InfoKind, Purpose
from misam_desktop.domain.ids import WordingId
from misam_desktop.domain.intake import PersonFacts
from misam_desktop.domain.paper import Wording
from misam_desktop.domain.people import Person
from misam_desktop.domain.text import fold


class Language(StrEnum):
    """The languages that there are phrase files in; a letter's language is not the user's."""

    SV = "sv"
    SV_LATT = "sv-latt"
    EN = "en"


def language_for(person: Person | PersonFacts) -> Language:
    """The language that suits a person best, as far as is known of them; the user may choose another."""
    if person.easy_read:
        return Language.SV_LATT
    return Language.EN if fold(person.language).startswith("engelsk") else Language.SV


def phrases(language: Language) -> dict[str, Any]:
    """Everything that papers say in a language."""
    return assets.toml(assets.resource("phrases", f"{language}.toml"))


def to_authorities() -> dict[str, Any]:
    """What the letters to authorities say: those are in Swedish alone."""
    return assets.toml(assets.resource("phrases", "till-myndighet.toml"))


def kind_words(language: Language, kind: InfoKind) -> str:
    """What a kind of information is called on a paper."""
    return str(phrases(language)["kinds"][kind.value])


def purpose_words(language: Language, purpose: Purpose) -> str:
    """What a purpose is called on a paper."""
    return str(phrases(language)["purposes"][purpose.value])


def act_words(language: Language, act: Act, purpose: Purpose) -> str:
    """How something was handed over, as a paper says it; a meeting is another one in NAFS."""
    acts = phrases(language)["acts"]
    return str(acts.get(f"{act.value}_{purpose.value}", acts[act.value]))


def day_words(language: Language, day: date) -> str:
    """A day as it is said: «16 december 2026»."""
    return f"{day.day} {phrases(language)['months'][day.month - 1]} {day.year}"


def wording_of(language: Language) -> Wording:
    """The text that people sign, as it is stored word for word with a consent."""
    consent = phrases(language)["consent"]
    edition = str(consent["edition"])
    return Wording(
        id=WordingId(f"{language}-{edition}"),
        language=language.value,
        edition=edition,
        title=str(consent["title"]),
        body=str(consent["body"]).strip(),
    )
