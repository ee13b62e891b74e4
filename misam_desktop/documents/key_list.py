"""Kodnyckel: which code stands for whom on one dagordning, for one unit; a paper that is kept apart from it."""

from __future__ import annotations

from dataclasses import dataclass

from misam_desktop.documents.agenda import Occasion, meeting_facts, meeting_paper
from misam_desktop.documents.consents import Frame
from misam_desktop.documents.paper import Blank, Facts, Heading, Paper, Table, Words
from misam_desktop.domain.pseudonym import Pseudonym, shown

_APART = "Förvara kodnyckeln åtskild från dagordningen. Förstör den efter mötet."
_WHY = "Den visar vem varje kod är. Lägg aldrig båda papperen i samma mejl eller kuvert."


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """Who one code stands for."""

    code: Pseudonym
    name: str
    number: str


def key_list(occasion: Occasion, rows: tuple[KeyRow, ...], frame: Frame) -> Paper:
    """The key of one unit, in the order of the dagordning; its title names nobody."""
    return meeting_paper(
        f"Kodnyckel till {occasion.called}",
        frame,
        (
            Heading(f"Bara för {occasion.for_unit}"),
            Heading(_APART),
            Words(_WHY),
            meeting_facts(occasion),
            Heading("Koder"),
            Table(
                ("Kod", "Namn", "Personnummer"),
                tuple((shown(one.code), one.name, one.number) for one in rows),
                (22, 50, 28),
                empty="Inget ärende på mötet har ett samtycke som nämner enheten.",
                codes=0,
            ),
            Facts((("Antal koder", str(len(rows))),)),
            Blank("Förstörd den", beside="Av"),
        ),
    )
