"""Two hundred random meetings: nothing on their papers, and nothing in the files, tells whom a case concerns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest
from pypdf import PdfReader

from misam_desktop.documents.agenda import agenda
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.key_list import key_list
from misam_desktop.documents.minutes import minutes
from misam_desktop.documents.sip_papers import sip_agenda
from misam_desktop.domain.pseudonym import shown
from misam_desktop.domain.text import fold
from tests.documents.gatherings import gathering, sip_gathering
from tests.documents.worlds import FRAME, read, without_addresses

SEEDS, EACH = range(10), 20


def everything(reader: PdfReader) -> str:
    """All that a reader can get out of the file: text, data about it, outline, names, attachments, annotations."""
    return fold(without_addresses(" ".join(_everything(reader))))


def _everything(reader: PdfReader) -> Iterator[str]:
    for page in reader.pages:
        yield page.extract_text()
        yield str(page.get("/Annots", ""))
    yield str(reader.metadata)
    yield str(reader.xmp_metadata)
    yield str(reader.outline)
    yield str(reader.named_destinations)
    yield str(reader.attachments)
    yield str(reader.trailer["/Root"])


def found(text: str, needles: list[str]) -> set[str]:
    together = text.replace(" ", "")
    return {needle for needle in needles if fold(needle) in text or fold(needle).replace(" ", "") in together}


@pytest.mark.parametrize("seed", SEEDS)
def test_no_paper_of_a_meeting_tells_whom_its_cases_concern(seed: int) -> None:
    chance = Random(seed)
    for _ in range(EACH):
        one = gathering(chance)
        needles = [needle for person in one.persons for needle in person.needles]
        for paper in (agenda(one.agenda, FRAME), minutes(one.minutes, FRAME)):
            reader = read(to_pdf(paper))
            text = everything(reader)
            assert found(text, needles) == set()
            assert {row.code for row in one.key if fold(shown(row.code)) not in text} == set()
            assert not reader.outline
            assert not reader.attachments


@pytest.mark.parametrize("seed", SEEDS)
def test_the_dagordning_of_a_sip_tells_nothing_of_whom_it_is_about(seed: int) -> None:
    chance = Random(seed)
    for _ in range(EACH):
        person, code, facts = sip_gathering(chance)
        reader = read(to_pdf(sip_agenda(facts, FRAME)))
        text = everything(reader)
        assert found(text, person.needles) == set()
        assert fold(shown(code)) in text
        assert not reader.outline
        assert not reader.attachments
        theirs = replace(facts, code=None, name=f"{person.given} {person.family}", for_unit="")
        assert found(everything(read(to_pdf(sip_agenda(theirs, FRAME)))), [theirs.name])


def test_on_the_key_list_they_would_be_found() -> None:
    one = next(tried for tried in map(gathering, map(Random, range(50))) if len(tried.persons) > 1)
    text = everything(read(to_pdf(key_list(one.agenda.occasion, one.key, FRAME))))
    for person in one.persons:
        assert {person.number.long, f"{person.given} {person.family}"} <= found(text, person.needles)


def test_its_own_file_names_the_program_and_the_kind_of_paper_alone() -> None:
    one = gathering(Random(1))
    for paper, title in (
        (agenda(one.agenda, FRAME), "Dagordning för NAFS-möte"),
        (minutes(one.minutes, FRAME), "Minnesanteckningar från NAFS-möte"),
        (key_list(one.agenda.occasion, one.key, FRAME), "Kodnyckel till NAFS-möte"),
        (sip_agenda(sip_gathering(Random(1))[2], FRAME), "Dagordning för SIP-möte"),
    ):
        about = read(to_pdf(paper)).metadata
        assert about is not None
        assert (about.title, about.author, about.subject) == (title, "MISAM Desktop", "")
