"""What comes beside a dagordning and after it: the key of the codes, the minutes, the text for the own file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from misam_desktop.documents.agenda import DroppedItem
from misam_desktop.documents.case_sheet import sheet_text
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.key_list import KeyRow, key_list
from misam_desktop.documents.minutes import Agreed, Answer, GeneralNotes, MinutesFacts, Present, minutes
from misam_desktop.documents.own_file import OwnFileFacts, own_file, own_file_paper
from misam_desktop.domain.codes import Agency, Presence
from tests.documents.gatherings import ASKED, CODES, NAFS, UNITS, noted
from tests.documents.worlds import FRAME, read, said

FOR_FK = replace(NAFS, for_unit=UNITS[1])
KEY = (
    KeyRow(code=CODES[0], name="Şükrü Yıldırım", number="19850312-9802"),
    KeyRow(code=CODES[1], name="Thị Hương Nguyễn", number="19991231-9805"),
)
AGREED = Agreed(next_step="Trepartsmöte i januari", responsible=UNITS[0], feedback_by="Börje Thun, " + UNITS[3])
ANSWERS = (
    Answer(unit=UNITS[0], question=ASKED[0], answer="Arbetsprövning från vecka 3."),
    Answer(unit=UNITS[1], question=ASKED[1]),
)
FILED = OwnFileFacts(
    occasion=NAFS,
    name="Łukasz Wójcik",
    number="19720101-9808",
    consent_from=date(2026, 11, 2),
    took_part=UNITS[:2],
    raised_by=UNITS[3],
    answers=ANSWERS,
    agreed=AGREED,
)
HOSTILE = ('<img src="/etc/hostname"/>', "<b", "a & b", "Şükrü Łukasz Nguyễn", "{page} %s")


def test_a_key_says_who_each_code_is_for_one_unit() -> None:
    told = said(key_list(FOR_FK, KEY, FRAME))
    assert f"Bara för {UNITS[1]}" in told
    assert "K7MQ2X-F Şükrü Yıldırım 19850312-9802 9C5TGK-5 Thị Hương Nguyễn 19991231-9805" in told
    assert "Antal koder 2" in told


def test_a_key_says_that_it_is_kept_apart_and_destroyed() -> None:
    told = said(key_list(FOR_FK, KEY, FRAME))
    assert "åtskild från dagordningen. Förstör den efter mötet." in told
    assert "Förstörd den" in told


def test_a_key_without_codes_says_why() -> None:
    assert "Inget ärende på mötet har ett samtycke som nämner enheten." in said(key_list(FOR_FK, (), FRAME))


def test_minutes_say_who_took_part_and_how() -> None:
    present = (
        Present(agency=Agency.AF, presence=Presence.VIDEO),
        Present(agency=Agency.FK, presence=Presence.TELEFON, substitute="Pernilla Boström"),
        Present(agency=Agency.KOMMUN, presence=Presence.FRANVARANDE),
        Present(agency=Agency.REGION),
    )
    told = said(minutes(MinutesFacts(occasion=NAFS, attendance=present), FRAME))
    for expected in (
        "Arbetsförmedlingen Video", "Försäkringskassan Telefon Pernilla Boström", "Frånvarande", "Inte antecknat",
    ):  # fmt: skip
        assert expected in told
    assert "Ingen närvaro är antecknad." in said(minutes(MinutesFacts(occasion=NAFS), FRAME))


def test_minutes_hold_each_answer_and_what_was_agreed() -> None:
    told = said(minutes(MinutesFacts(occasion=NAFS, items=(noted(1, *ANSWERS, agreed=AGREED),)), FRAME))
    for expected in (
        f"1 K7MQ2X-F Aktualiserad av {UNITS[3]}",
        f"Fråga till {UNITS[0]} {ASKED[0]} Svar Arbetsprövning från vecka 3.",
        f"Fråga till {UNITS[1]} {ASKED[1]} Svar Inget svar på mötet",
        "Nästa steg Trepartsmöte i januari",
        f"Ansvarig {UNITS[0]}",
        f"Återkoppling ges av Börje Thun, {UNITS[3]} Senast tisdag 29 december 2026",
    ):
        assert expected in told


def test_what_was_not_noted_says_so() -> None:
    told = said(minutes(MinutesFacts(occasion=NAFS, items=(noted(1, *ANSWERS),)), FRAME))
    assert told.count("Inte antecknat") == 3


def test_minutes_of_what_concerns_nobody_owe_no_feedback() -> None:
    general = GeneralNotes(place=1, question=ASKED[0], asked=UNITS[1], agreed=Agreed(next_step="Skickar underlag"))
    told = said(minutes(MinutesFacts(occasion=NAFS, items=(general,)), FRAME))
    assert f"Generell frågeställning Fråga till {UNITS[1]} {ASKED[0]} Nästa steg Skickar underlag" in told
    assert "Återkoppling" not in told


def test_minutes_say_no_more_than_the_agenda_of_the_dropped_and_the_protected() -> None:
    told = said(minutes(MinutesFacts(occasion=NAFS, items=(DroppedItem(place=1, code=CODES[1]),), orally=1), FRAME))
    assert "Ett ärende togs muntligt" in told
    assert "1 9C5TGK-5 Utgår Logg" in told


def test_minutes_of_nothing_say_so_and_a_units_own_say_for_whom() -> None:
    assert "Inget ärende togs upp." in said(minutes(MinutesFacts(occasion=NAFS), FRAME))
    assert f"Bara för {UNITS[1]}" in said(minutes(MinutesFacts(occasion=FOR_FK), FRAME))


def test_the_own_file_gets_the_same_on_paper_and_as_text() -> None:
    sections = own_file(FILED)
    told, text = said(own_file_paper(sections, FRAME)), sheet_text(sections)
    for words in (
        "Łukasz Wójcik", "19720101-9808", "NAFS Ursviken–Byske", "onsdag 16 december 2026", "Gäller från 2026-11-02",
        ASKED[0], "Arbetsprövning från vecka 3.", "Inget svar på mötet", "Trepartsmöte i januari",
        "tisdag 29 december 2026",
    ):  # fmt: skip
        assert words in told
        assert words in text
    assert "Fråga till Arbetsförmedlingen\nFråga: " + ASKED[0] in text


def test_the_own_file_holds_no_code_and_its_title_names_nobody() -> None:
    one = own_file_paper(own_file(FILED), FRAME)
    assert CODES[0][:6] not in said(one)
    about = read(to_pdf(one)).metadata
    assert about is not None
    assert about.title == "Text för egen akt"


def test_a_file_that_says_who_it_is_need_not_be_told() -> None:
    headings = [one.heading for one in own_file(replace(FILED, name="", number="", consent_from=None))]
    assert "Person" not in headings
    assert headings[0] == "NAFS-möte"


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_text_says_is_printed_as_it_stands(text: str) -> None:
    answers, agreed = (
        (Answer(unit=text, question=text, answer=text),),
        Agreed(next_step=text, responsible=text, feedback_by=text),
    )
    noted_down = said(minutes(MinutesFacts(occasion=NAFS, items=(noted(1, *answers, agreed=agreed),)), FRAME))
    filed = own_file(replace(FILED, name=text, answers=answers, agreed=agreed))
    key = said(key_list(FOR_FK, (KeyRow(code=CODES[0], name=text, number=text),), FRAME))
    for told in (noted_down, said(own_file_paper(filed, FRAME)), sheet_text(filed)):
        assert told.count(text) >= 6
    assert key.count(text) == 2


def test_an_answer_of_five_thousand_characters_is_printed_whole() -> None:
    long = Answer(unit=UNITS[0], question="kort", answer="ord " * 1250)
    assert said(minutes(MinutesFacts(occasion=NAFS, items=(noted(1, long),)), FRAME)).count("ord ") >= 1250
