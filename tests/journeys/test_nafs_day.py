"""A NAFS meeting from two new cases to the answer: what each of four authorities saw, and what they must not see."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from misam_desktop.store import founding, rows
from misam_desktop.store.engine import writing
from tests.canaries import of_name
from tests.journeys.nafs_day import FK, IFO, TEAM, TEXTS, WHO, Walk, whole_meeting
from tests.journeys.people import GULLVI, TINDRA
from tests.journeys.worlds import Calendar, windows
from tests.vault.worlds import make, open_up


@pytest.fixture(scope="module")
def day(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """The whole of it, gone once for all that is asked about it."""
    folder, calendar = tmp_path_factory.mktemp("nafs-day"), Calendar()
    store = folder / "nafs.misam"
    make(store, *WHO)
    vault = open_up(store, "nora")
    with writing(vault._engine) as conn:
        rows.activities.add(conn, founding.reference_activity("nafs", activity_id=TEAM, name="NAFS Norr"))
    vault.close()
    with windows(calendar, folder / "program.ini") as opened:
        walk = Walk(calendar, store, opened)
        whole_meeting(walk)
    return walk


def missing(day: Walk, stop: str, *texts: str) -> list[str]:
    """The texts that no line in sight holds at a stop."""
    return [text for text in texts if not any(text in line for line in day.shown[stop])]


def of_stops(day: Walk, *beginnings: str) -> str:
    """Every word of the stops whose names begin so."""
    return "\n".join(line for stop, lines in day.shown.items() if stop.startswith(beginnings) for line in lines)


# Whoever raises a case


def test_a_case_that_lacks_nothing_is_put_to_the_team(day: Walk) -> None:
    assert missing(day, f"raised: {TINDRA.given_name}", "Ärendet är lämnat till teamet.", "✓ Klart", "0 av 3") == []


def test_the_meeting_shows_both_under_the_case_list(day: Walk) -> None:
    assert missing(day, "put up", "På dagordningen 16 dec 14.00", "Ärendet står på dagordningen.") == []


# What each may see


def test_before_the_agenda_nobody_else_knows_of_the_cases(day: Walk) -> None:
    found = of_stops(day, "before")
    assert [one.given_name for one in (TINDRA, GULLVI) if one.given_name in found.replace("before", "")] == []
    assert missing(day, "before: cases", "Inga NAFS-ärenden än.") == []


def test_who_is_asked_finds_the_case_from_the_day_it_is_on_the_agenda(day: Walk) -> None:
    assert missing(day, "asked: cases", f"{TINDRA.full_name} | NAFS Norr | Af | 0 av 3 | 16 dec") == []
    assert any(TINDRA.full_name in line for line in day.shown[f"asked: {TINDRA.given_name}"])


def test_an_authority_outside_the_consent_never_learns_of_the_case(day: Walk) -> None:
    seen = of_stops(day, "asked")
    told = (GULLVI.given_name, GULLVI.family_name, TEXTS["bara ifo"], TEXTS["bara regionen"])
    assert [text for text in told if text in seen] == []
    assert missing(day, "asked: meetings", "Ärenden  1") == []


def test_who_is_named_in_both_finds_both(day: Walk) -> None:
    names = [one.full_name for one in (TINDRA, GULLVI)]
    assert missing(day, "invited: cases", *names) == []


# What leaves before the meeting


def test_the_paper_of_all_has_codes_and_only_what_all_may_read(day: Walk) -> None:
    common = day.papers["dagordning:"]
    assert TEXTS["till fk"] in common
    assert TEXTS["bara ifo"] not in common
    assert [one.family_name for one in (TINDRA, GULLVI) if one.family_name in common] == []


def test_what_not_all_may_read_stands_on_papers_of_their_own(day: Walk) -> None:
    assert missing(day, "papers", "IFO | Dagordning, eget papper | 1 ärende", "FK | Kodnyckel | 1 kod") == []
    assert not any(line.startswith("FK | Dagordning") for line in day.shown["papers"])
    own = day.papers[f"dagordning:{IFO}"]
    assert TEXTS["bara ifo"] in own
    assert GULLVI.family_name not in own


def test_a_key_names_those_whose_consents_name_the_unit(day: Walk) -> None:
    key = day.papers[f"kodnyckel:{FK}"]
    assert TINDRA.full_name in key
    assert GULLVI.full_name not in key


def test_it_is_marked_as_sent(day: Walk) -> None:
    assert missing(day, "sent", "Skickad 1 dec") == []


# The meeting


def test_the_room_sees_a_code_and_the_questions_and_no_identity(day: Walk) -> None:
    assert missing(day, "projector 1", TEXTS["till fk"], TEXTS["till ifo"], "Till Försäkringskassan") == []
    seen = of_stops(day, "projector")
    told = [*of_name(TINDRA.given_name, TINDRA.family_name), *of_name(GULLVI.given_name, GULLVI.family_name)]
    assert [text for text in told if text in seen] == []


def test_while_one_is_there_whom_the_consent_does_not_name_the_room_sees_nothing_of_it(day: Walk) -> None:
    assert missing(day, "projector 2", "Visas inte här") == []
    assert missing(day, "second item", "Lämnar rummet för detta ärende: FK") == []
    assert TEXTS["bara ifo"] not in "\n".join(day.shown["projector 2"])


def test_an_answer_given_before_stands_in_the_meeting(day: Walk) -> None:
    assert missing(day, "asked: answered", "1 av 3 besvarade") == []
    assert missing(day, "meeting", TEXTS["från fk"], "✓ Besvarad 8 dec", "1 av 3 besvarade") == []


def test_everybody_was_there_and_the_rest_was_answered(day: Walk) -> None:
    present = ("Af · på plats", "FK · på plats", "Kommun · på plats", "Region · på plats")
    assert missing(day, "agreed", *present, "3 av 3 besvarade", "Det som mötet kom överens om är sparat.") == []


def test_what_is_not_done_is_told_before_the_end(day: Walk) -> None:
    assert missing(day, "left to do", "2 frågor utan svar, inget nästa steg", "Mötet kan avslutas ändå.") == []


def test_each_files_its_own_text(day: Walk) -> None:
    assert TINDRA.full_name in day.papers["own file"]
    assert TEXTS["steg"] in day.papers["own file"]
    assert missing(day, "filed", "FK 16 dec, Lena Östman") == []


def test_the_end_says_what_is_owed(day: Walk) -> None:
    assert missing(day, "ended", "Återkoppling senast 29 dec") == []


# The answer to the person


def test_who_raised_it_is_reminded_with_the_days_left(day: Walk) -> None:
    assert missing(day, "owed", f"8 dagar | Återkoppling | {TINDRA.full_name} | tis 29 dec") == []


def test_what_is_told_is_owed_no_more(day: Walk) -> None:
    assert missing(day, "told", "Återkopplingen är sparad.") == []
    assert not any("Återkoppling |" in line and TINDRA.full_name in line for line in day.shown["told"])


# The ledger


def test_who_was_asked_and_answered_stands_in_the_ledger_as_far_as_each_may_read(day: Walk) -> None:
    assert missing(day, "ledger: nora", "5 frågor · 3 besvarade", f"{TEXTS['bara ifo']} | IFO") == []
    assert missing(day, "ledger: lena", "3 frågor · 3 besvarade", "8 dec | Lena Östman | 14") == []
    assert GULLVI.family_name not in of_stops(day, "ledger: lena")


def test_the_meeting_stands_in_the_register(day: Walk) -> None:
    assert missing(day, "register", "1 hållet · 0 inställda · 0 utanför strukturen · 2 ärenden") == []
