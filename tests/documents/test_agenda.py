"""The dagordning: what a chair runs the meeting from, and what stands on nobody's paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from misam_desktop.documents.agenda import AgendaFacts, CaseItem, ContactLine, DroppedItem, GeneralItem, agenda
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.paper import Boxes, Paper
from misam_desktop.domain.pseudonym import Pseudonym, draw, shown
from tests.documents.gatherings import ASKED, CODES, CONTACTS, FEEDBACK, NAFS, UNITS, case
from tests.documents.worlds import FRAME, parts_of, read, said
from tests.documents.worlds import words as words_of

LONG = ("ord " * 1250).strip()
"""5,000 characters."""
HOSTILE = ('<img src="/etc/hostname"/>', "<b", "a & b &lt; c", "</para>", "Şükrü, Łukasz och Nguyễn", LONG)


def paper(*items: CaseItem | GeneralItem | DroppedItem, orally: int = 0, for_unit: str = "") -> Paper:
    facts = AgendaFacts(occasion=replace(NAFS, for_unit=for_unit), contacts=CONTACTS, items=items, orally=orally)
    return agenda(facts, FRAME)


def many(count: int, text: str = "") -> list[CaseItem]:
    """Cases with codes of their own, each with questions that say which they are."""
    chance, codes = Random(count), list[Pseudonym]()
    while len(codes) < count:
        codes.append(draw(chance.randrange, codes))
    return [
        case(place, *((unit, f"fråga{place}.{at}. {text}") for at, unit in enumerate(UNITS[:3])), code=code)
        for place, code in enumerate(codes, start=1)
    ]


def pages(one: Paper) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in read(to_pdf(one)).pages]


def test_it_says_which_meeting_it_is_and_who_comes() -> None:
    told = said(paper(case()))
    for expected in (
        "Dagordning för NAFS-möte", "NAFS Ursviken–Byske", "onsdag 16 december 2026", "14.00–15.00", "Video",
        "Ylva Rask", "Göran Lindahl", "samverkan.fk@kommunen.example",
    ):  # fmt: skip
        assert expected in told


def test_a_case_stands_under_its_code_with_what_is_asked_of_whom() -> None:
    told = said(paper(case()))
    for expected in ("K7MQ2X-F", "6 minuter", f"Aktualiserad av {UNITS[3]}", f"Fråga till {UNITS[0]} {ASKED[0]}"):
        assert expected in told
    assert "Anteckningar" in told


def test_what_one_unit_is_asked_stands_together() -> None:
    told = said(paper(case(1, (UNITS[0], "ett"), (UNITS[1], "två"), (UNITS[0], "tre"))))
    assert f"Fråga till {UNITS[0]} ett Fråga till {UNITS[0]} tre Fråga till {UNITS[1]} två" in told


def test_a_case_has_its_checklist_and_nothing_is_ticked() -> None:
    (boxes,) = (part.boxes for part in parts_of(paper(case())) if isinstance(part, Boxes))
    assert boxes == (
        ("Kopia av samtycket medtagen", False),
        ("Kopia skickad till rehabkoordinator", False),
        ("Dokumenterat i egen akt", False),
        (f"Återkoppling senast {FEEDBACK}", False),
    )


def test_a_question_that_concerns_nobody_has_room_for_notes_and_no_checklist() -> None:
    for asked, to in ((UNITS[1], UNITS[1]), ("", "alla")):
        one = paper(GeneralItem(place=1, question=ASKED[0], asked=asked))
        told = said(one)
        assert f"1 Generell frågeställning Fråga till {to} {ASKED[0]}" in told
        assert "Anteckningar" in told
        assert not any(isinstance(part, Boxes) for part in parts_of(one))


def test_of_a_case_that_is_dropped_its_code_is_said_alone() -> None:
    told = said(paper(DroppedItem(place=1, code=CODES[1])))
    assert "1 9C5TGK-5 Utgår Logg" in told
    listed = said(paper(case(), DroppedItem(place=2, code=CODES[1]), GeneralItem(place=3, question=ASKED[0])))
    assert "2 9C5TGK-5 Utgår 3" in listed


def test_of_protected_persons_their_number_is_said_alone() -> None:
    assert "Ett ärende tas muntligt" in said(paper(case(), orally=1))
    assert "3 ärenden tas muntligt" in said(paper(case(), orally=3))
    assert "muntligt" not in said(paper(case()))


def test_an_empty_one_says_so() -> None:
    assert "Inget ärende och ingen generell frågeställning är anmäld" in said(paper())
    only_orally = said(paper(orally=1))
    assert "Ett ärende tas muntligt" in only_orally
    assert "Inget ärende" not in only_orally


def test_a_team_without_contact_persons_says_so_and_so_does_a_unit() -> None:
    facts = AgendaFacts(occasion=NAFS, items=(case(),))
    assert "Teamet har inga kontaktpersoner." in said(agenda(facts, FRAME))
    alone = replace(facts, contacts=(ContactLine(unit=UNITS[2]),))
    assert f"{UNITS[2]} Ingen angiven" in said(agenda(alone, FRAME))


def test_a_units_own_paper_says_for_whom_it_is_and_why() -> None:
    told = said(paper(case(9), for_unit=UNITS[1]))
    assert f"Bara för {UNITS[1]}" in told
    assert "Lämna inte papperet vidare." in told
    assert "Bara för" not in said(paper(case()))


def test_what_came_after_it_was_sent_stands_on_a_tillaggsdagordning() -> None:
    told = said(agenda(AgendaFacts(occasion=NAFS, items=(case(11),), adds_to=date(2026, 12, 9)), FRAME))
    assert "Tilläggsdagordning för NAFS-möte" in told
    assert "utöver dagordningen som skickades 2026-12-09" in told
    assert "11 K7MQ2X-F" in told


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_a_text_says_is_printed_as_it_stands(text: str) -> None:
    told = said(
        agenda(
            AgendaFacts(
                occasion=replace(NAFS, place=text, team=text),
                contacts=(ContactLine(unit=text, name=text, address=text),),
                items=(case(1, (text, text), (UNITS[1], text)), GeneralItem(place=2, question=text), case(3)),
            ),
            FRAME,
        )
    )
    assert told.count(text if text != LONG else "ord") >= 9 * (1250 if text == LONG else 1)


def test_forty_cases_stand_in_their_order_each_whole_on_one_page() -> None:
    items = many(40)
    printed = pages(paper(*items))
    found = [next(at for at, text in enumerate(printed) if f"fråga{item.place}.0." in text) for item in items]
    assert found == sorted(found)
    for item, at in zip(items, found, strict=True):
        for expected in (shown(item.code), f"fråga{item.place}.1.", f"fråga{item.place}.2."):
            assert expected in printed[at]


@pytest.mark.parametrize("length", [300, 1200, 2500, 5000])
def test_the_first_question_stands_on_the_page_of_its_code_however_long_it_is(length: int) -> None:
    items = many(6, "ord " * (length // 4))
    printed = pages(paper(*items))
    for item in items:
        begins = next(text for text in printed if f"fråga{item.place}.0." in text)
        assert f"{item.place} {shown(item.code)} 6 minuter Aktualiserad av" in begins


def test_codes_are_read_from_the_paper_as_they_are_typed() -> None:
    codes = [Pseudonym("CCQYTYS"), Pseudonym("2GMCWVX"), *CODES]
    told = said(paper(*(case(place, code=code) for place, code in enumerate(codes, start=1))))
    assert {shown(code) for code in codes} <= set(told.split())


def test_every_page_has_its_number_and_the_logs_mark() -> None:
    content = to_pdf(paper(*many(9)))
    count = len(read(content).pages)
    assert count > 1
    assert words_of(content).count(FRAME.mark) == count
    assert f"Sida {count} av {count}" in words_of(content)
