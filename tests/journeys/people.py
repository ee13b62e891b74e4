"""Who the journey is about, and what is typed of them: everybody made up, every text found nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from misam_desktop.domain.personal_number import PersonalNumber, made_up_number
from tests import canaries

KARIN, JONAS, HEDDA = "Karin Sörlandh", "Jonas Myrbäck", "Hedda Rönnbom"
"""The koordinator at IFO, a handläggare at Af, and his colleague without an account, whom the list brings along."""
PASSWORDS = {"karin": "fem renar gick över myren", "jonas": "tre kajor satt på taket"}


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person as the journey types them."""

    number: PersonalNumber
    given_name: str
    family_name: str

    @property
    def full_name(self) -> str:
        """As the screens say it."""
        return f"{self.given_name} {self.family_name}"


TINDRA = Somebody(made_up_number(date(1985, 3, 12), 984), "Tindra-Åsa", "Björkelundh")
"""Referred by Af, enrolled, discharged, and referred again."""
SIGVARD = Somebody(made_up_number(date(1979, 6, 30), 985), "Sigvard", "Kvarnhammarsson")
"""Comes with the list: a case that goes on, with a handläggare who has no account."""
GULLVI = Somebody(made_up_number(date(1990, 1, 1), 980), "Gullvi", "Stensätterö")
"""Comes with the list too: a case that has ended, in an activity that the team has had before."""
PERSONS = (TINDRA, SIGVARD, GULLVI)

TEXTS = {
    name: f"Kanariefågel {name} åäö i fritext"
    for name in (
        "fråga", "varför", "undantag", "pärm", "protokoll", "ersättare", "team", "notering", "nästa steg", "flytt",
        "planering", "sammanfattning", "inte hållit", "telefon", "adress", "ombud", "listans fråga",
    )
}  # fmt: skip
"""One text of its own for each place where something can be written."""
NEEDLES = [
    *TEXTS.values(),
    *(needle for one in PERSONS for needle in canaries.of_name(one.given_name, one.family_name)),
    *(needle for one in PERSONS for needle in canaries.of_number(one.number)),
]
"""What must stand nowhere in clear."""

_LIST = (
    ("personnummer", SIGVARD.number.long, GULLVI.number.short),
    ("fornamn", SIGVARD.given_name, GULLVI.given_name),
    ("efternamn", SIGVARD.family_name, GULLVI.family_name),
    ("kon", "man", "kvinna"),
    ("insats", "MISAM", "Jobbtorget"),
    ("remittent", "Af", "Kommun"),
    ("remissdatum", "2026-08-24", "2025-02-03"),
    ("fragestallning", TEXTS["listans fråga"], ""),
    ("beslut", "antas", "antas"),
    ("beslutsdatum", "2026-08-27", "2025-02-06"),
    ("inskriven", "2026-08-31", "2025-02-10"),
    ("uppdragsgivare", "Af", "Kommun"),
    ("handlaggare", HEDDA, ""),
    ("samtycke_fran", "2026-08-24", "2025-02-03"),
    ("samtycke_parter", "Af+Kommun", "Af+Kommun"),
    ("avslutad", "", "2025-12-01"),
    ("forsorjning_ut", "", "lon"),
)


def the_list() -> str:
    """The team's list as it lies on the koordinator's own disk."""
    return "\n".join(";".join(line) for line in zip(*_LIST, strict=True))
