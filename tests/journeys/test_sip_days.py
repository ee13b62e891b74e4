"""A SIP from the need to the evaluation: what each of those who take part got, and when the plan could be locked."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from misam_desktop.domain.sip import PartyKind
from tests.canaries import of_name, of_number
from tests.journeys.people import GULLVI
from tests.journeys.sip_days import AF, FK, IFO, REGION, RELATIVE, TEXTS, Days, whole_sip
from tests.journeys.worlds import Calendar, windows
from tests.vault.worlds import KARIN, make

PERSON, CLOSE = PartyKind.PERSONEN.value, PartyKind.NARSTAENDE.value


@pytest.fixture(scope="module")
def days(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Days:
    """The whole of it, gone once for all that is asked about it."""
    folder, calendar = tmp_path_factory.mktemp("sip-days"), Calendar()
    store = folder / "sip.misam"
    make(store, KARIN)
    with windows(calendar, folder / "program.ini") as opened:
        gone = Days(calendar, store, opened)
        whole_sip(gone)
    return gone


def missing(days: Days, stop: str, *texts: str) -> list[str]:
    """The texts that no line in sight holds at a stop."""
    return [text for text in texts if not any(text in line for line in days.shown[stop])]


def lacks(days: Days, paper: str, *texts: str) -> list[str]:
    """The texts that a paper does not hold."""
    return [text for text in texts if text not in days.papers[paper]]


def test_the_need_waits_and_says_how_long(days: Days) -> None:
    assert missing(days, "needed", TEXTS["behov"], "Har väntat 0 dagar") == []
    assert missing(days, "today: begin", f"Väntat 2 dagar | SIP: ska påbörjas | {GULLVI.full_name}") == []
    assert missing(days, "called", "2 dagar", "Ska skickas") == []


@pytest.mark.parametrize(
    ("unit_id", "title"), [(IFO, "Kallelse"), (REGION, "Kallelse"), (AF, "Inbjudan"), (FK, "Inbjudan")]
)
def test_the_letters_to_authorities_name_the_person_and_ask(days: Days, unit_id: str, title: str) -> None:
    told = (f"{title} till SIP-möte", GULLVI.full_name, "9 december 2026", "13.00", "Hälsocentralen, rum 2")
    assert lacks(days, unit_id, *told, TEXTS["behov"], TEXTS["fråga"], "socialtjänstlagen (2025:400)") == []
    assert TEXTS["viktigt"] not in days.papers[unit_id]


def test_the_person_is_asked_in_easy_words_and_a_relative_learns_no_more_than_where_and_when(days: Days) -> None:
    assert lacks(days, PERSON, GULLVI.full_name, "Du är bjuden till ett möte.", TEXTS["fråga"], RELATIVE) == []
    assert lacks(days, CLOSE, RELATIVE, GULLVI.full_name, "9 december 2026") == []
    said = [*TEXTS.values(), *of_number(GULLVI.number)]
    assert [one for one in said if one in days.papers[CLOSE]] == []


def test_each_is_marked_as_asked_by_its_letter(days: Days) -> None:
    assert [line for line in days.shown["asked"] if line in {"Ska skickas", "Notera skickat"}] == []
    assert days.shown["asked"].count("Skickad") == 6


def test_the_dagordning_of_all_has_a_code_and_the_person_s_own_the_name(days: Days) -> None:
    needles = [*of_name(GULLVI.given_name, GULLVI.family_name), *of_number(GULLVI.number), RELATIVE]
    assert [one for one in needles if one in days.papers["agenda"]] == []
    assert lacks(days, "agenda", "Kod", TEXTS["fråga"], "9. Sammanfattning, och kopia till den enskilde") == []
    assert lacks(days, "agenda-person", GULLVI.full_name, RELATIVE, TEXTS["fråga"]) == []


def test_who_does_not_come_says_why(days: Days) -> None:
    assert missing(days, "answered", f"Kommer inte · {TEXTS['skäl']}") == []
    assert lacks(days, "plan", f"Kommer inte: {TEXTS['skäl']}") == []


@pytest.mark.parametrize(
    ("stop", "still"),
    [
        ("plan: needed", ("vad kommunen", "vad regionen", "vad någon annan", "vem som har")),
        ("plan: kommun", ("vad regionen", "vad någon annan", "vem som har")),
        ("plan: region", ("vad någon annan", "vem som har")),
        ("plan: others", ("vem som har",)),
    ],
)
def test_the_plan_cannot_be_locked_until_all_four_points_are_there(
    days: Days, stop: str, still: tuple[str, ...]
) -> None:
    [draft] = [line for line in days.shown[stop] if line.startswith("Utkast.")]
    points = ("vilka insatser", "vad kommunen", "vad regionen", "vad någon annan", "vem som har")
    assert [one for one in points if one in draft] == list(still)
    assert "(Lås planen)" in days.shown[stop]


def test_a_draft_says_so_on_paper_and_the_plan_has_all_that_the_law_asks_for(days: Days) -> None:
    assert lacks(days, "draft", "Utkast", "vad någon annan ska göra; vem som har det övergripande ansvaret") == []
    assert missing(days, "plan: locked", "Planen är låst.") == []
    told = ("insatser", "kommunens", "regionens", "viktigt")
    assert lacks(days, "plan", *(TEXTS[one] for one in told), "Inga", "Region", "9 mars 2027", "Underskrifter") == []
    assert "Utkast" not in days.papers["plan"]


def test_it_is_followed_up_on_its_day_and_ends_with_an_evaluation(days: Days) -> None:
    assert missing(days, "today: follow up", "SIP: följ upp") == []
    assert missing(days, "ended", TEXTS["utvärdering"], "Avslutad") == []
