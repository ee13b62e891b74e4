"""Ärendeblad: one case on paper, or as text for an authority's own file; what is withheld says so."""

from __future__ import annotations

from collections.abc import Sequence

from misam_desktop.documents.consents import Frame
from misam_desktop.documents.extracts import Section
from misam_desktop.documents.paper import Facts, Heading, Paper

TITLE = "Ärendeblad"


def case_sheet(sections: Sequence[Section], frame: Frame, *, title: str = TITLE) -> Paper:
    """The case as a paper; its title names nobody."""
    parts = tuple(part for one in sections for part in (Heading(one.heading), Facts(one.pairs)))
    return Paper(title=title, team=frame.team, day=frame.day, mark=frame.mark, parts=parts)


def sheet_text(sections: Sequence[Section]) -> str:
    """The same as plain text."""
    return "\n\n".join(
        "\n".join([one.heading, *(f"{words}: {value}" for words, value in one.pairs)]) for one in sections
    )
