"""Hostile texts stand in every paper as they were written, and nothing is opened or fetched for them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from html import unescape
from random import Random
from typing import Any

import pytest

from misam_desktop.documents.agenda import AgendaFacts, CaseItem, GeneralItem, Occasion, agenda
from misam_desktop.documents.consents import Frame
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.feedback import FeedbackFacts, feedback_letter
from misam_desktop.documents.forum_agenda import ForumAgendaFacts, ReferredItem, forum_agenda
from misam_desktop.documents.forum_minutes import Added, Decided, ForumMinutesFacts, forum_minutes
from misam_desktop.documents.letters import LetterFacts, Sender, letter
from misam_desktop.documents.minutes import Agreed, Answer, CaseNotes, MinutesFacts, Present, minutes
from misam_desktop.documents.paper import Paper
from misam_desktop.documents.phrases import Language
from misam_desktop.documents.printable import load_fonts, marked_up, printable
from misam_desktop.documents.sip_papers import Doing, SipAgendaFacts, SipPlanFacts, sip_agenda, sip_plan
from misam_desktop.domain.codes import Agency, Outcome, Presence
from misam_desktop.domain.letter import Letter
from misam_desktop.domain.pseudonym import Pseudonym
from misam_desktop.domain.sip_paper import Asking
from misam_desktop.domain.sip_plan import Point
from tests.documents.test_drawing import HOSTILE
from tests.documents.worlds import FRAME, words

CODE = Pseudonym("K7MQ2XF")
VALUES = ("day", "referred", "enrolled", "discharged", "until", "due", "unit", "activity", "forum", "which")
TEXTS = {Letter.BEDOMNING: "plan", Letter.BESKED: "told", Letter.SLUTDOKUMENTATION: "after", Letter.AVSLUT: "told"}
DATED = {Letter.INSKRIVNING, Letter.SLUTDOKUMENTATION}
PIECES = (
    *HOSTILE, '<img src="file:///etc/passwd"/>', "<para><font size=99>", "&#60;b&#62;", "]]>", "{unit}",
    "{0.__class__}", "%(a)s", "\u202e\u0645\u0631\u062d\u0628\u0627\u202c", "\u05e9\u05dc\u05d5\u05dd", "\U0001f600",
    "\U0001f469\u200d\U0001f469", "\x00\x07\x1b[31m", "\ufeff\u200b", "e\u0301", "Żółć", "\ufb01", "\ud800", "\uffff",
    "=1+1", "\t", "\n", "å" * 40, "\\", "'\"",
)  # fmt: skip


def texts() -> list[str]:
    """Five hundred, the same each time: each piece by itself, then several at once."""
    random = Random("hostile")
    mixed = ["".join(random.choices(PIECES, k=random.randint(2, 6))) for _ in range(500 - len(PIECES))]
    return [*PIECES, *mixed]


def papers_with(text: str) -> Iterator[Paper]:
    """Every letter, the agendas and the minutes with the text wherever somebody can have written it."""
    frame = replace(FRAME, head=(text,))
    for kind in Letter:
        facts = LetterFacts(
            to=(text,),
            about=((text, text),),
            values=dict.fromkeys(VALUES, text),
            texts=((TEXTS[kind], text),) if kind in TEXTS else (),
            dates=((text, text),) if kind in DATED else (),
            steps=(text,) if kind is Letter.UPPFOLJNING else (),
            sender=Sender(name=text, unit=text, phone=text),
        )
        yield letter(kind, facts, Language.SV, frame)
    answer = Answer(unit=text, question=text, answer=text)
    yield feedback_letter(
        FeedbackFacts(
            name=text, address=text, on=date(2026, 11, 26), took_part=(text,), told=text, answers=(answer,),
            next_step=text, responsible=text, sender=text, unit=text, phone=text,
        ),
        Language.SV,
        frame,
    )  # fmt: skip
    occasion = Occasion(called="Forum", team=text, on=date(2026, 11, 26), time=text, place=text, chair=text)
    added = (Added(text=text, reason=text, by=text, at="2026-11-26"),)
    decided = Decided(place=1, code=CODE, unit=text, question=text, outcome=Outcome.ATER, text=text, added=added)
    there = (Present(agency=Agency.AF, presence=Presence.PLATS, substitute=text),)
    left = replace(decided, outcome=None)
    yield forum_minutes(
        ForumMinutesFacts(occasion=occasion, attendance=there, items=(decided, left), closed="2026-11-26", added=added),
        FRAME,
    )
    yield from sip_papers_with(text, frame)
    agreed = Agreed(next_step=text, responsible=text, feedback_by=text)
    notes = CaseNotes(place=1, code=CODE, raised_by=text, answers=(answer,), agreed=agreed)
    yield minutes(MinutesFacts(occasion=occasion, attendance=there, items=(notes,)), FRAME)
    items = (
        CaseItem(place=1, code=CODE, raised_by=text, questions=((text, text),)),
        GeneralItem(place=2, question=text),
    )
    yield agenda(AgendaFacts(occasion=occasion, items=items), FRAME)
    referred = ReferredItem(place=1, code=CODE, unit=text, question=text, needed=text, needed_why=text)
    yield forum_agenda(ForumAgendaFacts(occasion=occasion, items=(referred,), outcomes=(Outcome.ATER,)), FRAME)


def sip_papers_with(text: str, frame: Frame) -> Iterator[Paper]:
    """What asks somebody to a SIP meeting, its dagordning and the plan, as a draft and finished."""
    when = (("day", text), ("time", text), ("place", text))
    for asking in Asking:
        texts = (("told", text),) if asking.is_for_the_person else (("need", text), ("questions", text))
        facts = LetterFacts(
            to=(text,),
            when=when,
            about=((text, text),),
            values=dict.fromkeys(("unit", "statute", "name"), text),
            texts=texts,
            sender=Sender(name=text, unit=text, phone=text),
        )
        yield letter(asking, facts, Language.SV, frame)
    on = date(2026, 11, 26)
    agenda_facts = SipAgendaFacts(
        on=on, time=text, place=text, code=CODE, unit=text, parties=(text,), questions=text, points=(text,),
        for_unit=text,
    )  # fmt: skip
    yield sip_agenda(agenda_facts, frame)
    yield sip_agenda(replace(agenda_facts, code=None, name=text, for_unit=""), frame)
    doing = tuple((one, (Doing(who=text, what=text),)) for one in (Point.KOMMUN, Point.OTHERS))
    plan = SipPlanFacts(
        about=((text, text),), statute=text, edition=2, reason=text, important=text, needed=text, doing=doing,
        responsible=text, goals_short=text, goals_long=text, existing=text, follow_up=text, took_part=((text, text),),
        signs=(text,),
    )  # fmt: skip
    yield sip_plan(plan, frame)
    yield sip_plan(replace(plan, finished="2026-11-26"), frame)


def held(value: Any) -> Iterator[str]:
    """Every text within a paper."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from held(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from held(getattr(value, field.name))


def squeezed(text: str) -> str:
    """Without any space: lines are broken where there is no room."""
    return "".join(text.split())


def test_every_text_reaches_every_paper_as_it_was_written() -> None:
    for text in texts():
        assert [paper.title for paper in papers_with(text) if text.strip() and text not in "\0".join(held(paper))] == []


def test_every_text_is_printed_literally_and_nothing_of_it_is_invisible() -> None:
    known = load_fonts()
    for text in texts():
        shown = printable(text)
        assert unescape(marked_up(text)) == shown
        assert all(ord(char) in known for char in shown if char != "\n")
        assert not {"\u202e", "\u202c", "\u200b", "\x00", "\x07", "\x1b"} & set(shown)


@pytest.mark.parametrize("text", [*HOSTILE, "\u202eab\u202c\U0001f600\x07", "\u05e9\u05dc", "{unit}%(a)s"])
def test_drawn_they_are_read_back_and_nothing_is_opened(text: str) -> None:
    drawn = list(papers_with(text))
    to_pdf(drawn[0])  # the fonts are read once
    seen: list[str] = []

    def hook(event: str, _arguments: tuple[Any, ...]) -> None:
        if is_on and event in {"open", "socket.connect", "urllib.Request", "subprocess.Popen"}:
            seen.append(event)

    is_on = True
    sys.addaudithook(hook)
    made = [to_pdf(paper) for paper in drawn]
    is_on = False
    assert seen == []
    assert all(squeezed(printable(text)) in squeezed(words(content)) for content in made)


def test_a_word_of_a_hundred_thousand_letters_is_printed_whole_in_a_letter_and_the_minutes() -> None:
    long = "Q" * 100_000
    facts = LetterFacts(
        to=("A",), values=dict.fromkeys(VALUES, "x"), texts=(("told", long),), sender=Sender(name="A", unit="B")
    )
    case = Decided(place=1, code=CODE, unit="Af", question="Vad?", outcome=Outcome.ATER, text=long)
    occasion = Occasion(called="Forum", team="Laget", on=date(2026, 11, 26))
    for paper in (
        letter(Letter.BESKED, facts, Language.SV, FRAME),
        forum_minutes(ForumMinutesFacts(occasion=occasion, items=(case,)), FRAME),
    ):
        assert words(to_pdf(paper)).count("Q") >= 100_000
