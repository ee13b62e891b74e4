"""Försörjning: what a person lives on, several at once, the first the main one (codelists.md)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from misam_desktop.domain.codes import Livelihood
from misam_desktop.domain.errors import UserError


class NoneExcludesOthers(UserError):
    """«Ingen offentlig försörjning» and «Uppgift saknas» stand alone."""

    code = "none_excludes_others"


class LivelihoodRepeated(UserError):
    """The same försörjning is named twice."""

    code = "livelihood_repeated"


class LivelihoodGroup(StrEnum):
    """The headings of the report."""

    EGEN = "egen"
    OFFENTLIG = "offentlig"
    INGEN = "ingen"
    OKAND = "okand"


@dataclass(frozen=True, slots=True)
class Livelihoods:
    """One or more forms of försörjning, the main one first. Raises NoneExcludesOthers, LivelihoodRepeated."""

    codes: tuple[Livelihood, ...] = (Livelihood.OKAND,)

    def __post_init__(self) -> None:
        if not self.codes:
            object.__setattr__(self, "codes", (Livelihood.OKAND,))
        if len(set(self.codes)) != len(self.codes):
            raise LivelihoodRepeated(field="livelihoods")
        if len(self.codes) > 1 and {Livelihood.INGEN, Livelihood.OKAND} & set(self.codes):
            raise NoneExcludesOthers(field="livelihoods")

    @property
    def main(self) -> Livelihood:
        """The one that the report counts («huvudsaklig»)."""
        return self.codes[0]

    @classmethod
    def parse(cls, text: str) -> Livelihoods:
        """The codes of a stored text, joined by ``+``; none is «Uppgift saknas»."""
        return cls(tuple(Livelihood(part) for part in text.split("+") if part))

    def __str__(self) -> str:
        return "+".join(self.codes)


UNKNOWN = Livelihoods()


def group_of(code: Livelihood) -> LivelihoodGroup:
    """Under which heading the report counts a form of försörjning."""
    match code:
        case Livelihood.LON | Livelihood.STUDIESTOD:
            return LivelihoodGroup.EGEN
        case Livelihood.INGEN:
            return LivelihoodGroup.INGEN
        case Livelihood.OKAND:
            return LivelihoodGroup.OKAND
    return LivelihoodGroup.OFFENTLIG
