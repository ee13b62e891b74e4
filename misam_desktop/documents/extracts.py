"""What the person can ask for: who has had to do with their records, and everything that is held on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from misam_desktop.documents.consents import Frame
from misam_desktop.documents.paper import Facts, Heading, Paper, Part, Table, Words
from misam_desktop.documents.phrases import Language, phrases


def log_extract(
    rows: Sequence[tuple[str, str, str, str]], language: Language, frame: Frame, *, activities: Sequence[str]
) -> Paper:
    """When, who, from which unit, did what; the oldest first. It is whole for the activities that it names."""
    said = phrases(language)["extract"]
    table = Table(tuple(said["columns"]), tuple(rows), (21, 23, 30, 26), empty=said["empty"])
    scope = Words(said["scope"].format(activities=", ".join(activities)))
    return _paper(said["title"], (Words(said["body"]), scope, table), language, frame)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the extract: its heading, and what is held under it."""

    heading: str
    pairs: tuple[tuple[str, str], ...]


def register_extract(sections: Sequence[Section], language: Language, frame: Frame) -> Paper:
    """Everything that is held on a person, section by section."""
    said = phrases(language)["register"]
    parts = tuple(part for one in sections for part in (Heading(one.heading), Facts(one.pairs)))
    return _paper(said["title"], (Words(said["body"]), *parts), language, frame)


def _paper(title: str, parts: tuple[Part, ...], language: Language, frame: Frame) -> Paper:
    return Paper(
        title=title,
        team=frame.team,
        day=frame.day,
        mark=frame.mark,
        foot=phrases(language)["foot"],
        language="en" if language is Language.EN else "sv",
        easy=language is Language.SV_LATT,
        parts=parts,
    )
