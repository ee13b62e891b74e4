"""Every letter word for word, as it is read back from its PDF: what is changed here is changed on purpose."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from misam_desktop.documents.letters import LetterFacts, Sender, letter
from misam_desktop.documents.phrases import Language
from misam_desktop.domain.letter import Letter
from tests.documents.worlds import FRAME, said

TEXTS = Path(__file__).parent / "texts"
HEADED = replace(FRAME, head=("Provlaget", "Provvägen 4", "Växel 0910-00 00 00"), place="Provköping")
VALUES = {
    "day": "26 november 2026", "referred": "13 november 2026", "enrolled": "1 december 2026",
    "discharged": "1 juni 2027", "until": "1 december 2027", "due": "1 mars 2027", "unit": "Arbetsförmedlingen",
    "activity": "MISAM", "forum": "samverkansforum", "which": "efter 3 månader",
}  # fmt: skip
WHO = (("Namn", "Malin Provlund"), ("Personnummer", "19850312-9802"))
PLAN = "Praktik på halvtid med stöd från Af."
FACTS: dict[Letter, dict[str, object]] = {
    Letter.BEDOMNING: {"about": WHO, "said": ("ater", "also_nafs"), "texts": (("plan", PLAN),)},
    Letter.BESKED: {"said": ("ater", "also_nafs"), "texts": (("plan", PLAN), ("told", "Ring mig på måndag."))},
    Letter.INSKRIVNING: {"about": WHO, "dates": (("3 månader", "2027-03-01"), ("6 månader", "2027-06-01"))},
    Letter.UPPFOLJNING: {
        "about": WHO,
        "texts": (("last", "Allt går bra."),),
        "steps": ("Information", "Handlingsplan"),
    },
    Letter.SLUTDOKUMENTATION: {
        "about": (*WHO, ("Avslutsorsak", "Uppfyllt mål")),
        "texts": (("after", "Af följer upp."), ("text", "Det gick bra.")),
        "dates": (("3 månader", "2027-03-01"),),
    },
    Letter.AVSLUT: {"texts": (("after", "Af följer upp."), ("text", "Det gick bra."))},
}
CASES = [
    *((kind, Language.SV) for kind in Letter),
    *((kind, one) for kind in Letter if kind.is_for_the_person for one in (Language.SV_LATT, Language.EN)),
]


def text_of(kind: Letter, language: Language) -> str:
    """The letter with all that can stand in it, a sentence a line."""
    sender = Sender(name="Karin Ekdal", unit="IFO/Försörjningsstöd", phone="0910-00 00 01")
    to = ("Malin Provlund", "Provvägen 9") if kind.is_for_the_person else ("Arbetsförmedlingen", "Jonas Berg")
    facts = LetterFacts(to=to, values=VALUES, sender=sender, **FACTS[kind])  # type: ignore[arg-type]  # by its fields
    return said(letter(kind, facts, language, HEADED)).replace(". ", ".\n") + "\n"


@pytest.mark.parametrize(("kind", "language"), CASES)
def test_a_letter_word_for_word(kind: Letter, language: Language) -> None:
    assert text_of(kind, language) == (TEXTS / f"{kind}-{language}.txt").read_text(encoding="utf-8")
