"""From an empty disk to a re-referral in the program's own window: what it showed, and what its log holds."""

from __future__ import annotations

from itertools import groupby

import pytest

from misam_desktop.queries.verify import CheckName
from tests.journeys.conftest import Journey
from tests.journeys.people import HEDDA, JONAS, PASSWORDS, SIGVARD, TEXTS, TINDRA
from tests.project.worlds import builders

STEPS = {
    "the first start": [("administrator", "store.made"), ("koordinator", "store.unlocked")],
    "import": [("koordinator", "register.imported")],
    "new referral, over a lock": [
        ("handlaggare", "store.unlocked"),
        ("handlaggare", "store.unlocked"),
        ("handlaggare", "referral.made"),
    ],
    "forum": [
        ("koordinator", "store.unlocked"),
        ("koordinator", "meeting.opened"),
        ("koordinator", "meeting.attendance_recorded"),
        ("koordinator", "forum.outcome_recorded"),
        ("koordinator", "meeting.closed"),
    ],
    "enrol": [("koordinator", "episode.enrolled")],
    "change of handläggare": [("koordinator", "store.unlocked"), ("koordinator", "episode.reassigned")],
    "follow-up": [("handlaggare", "store.unlocked"), ("handlaggare", "follow_up.recorded")],
    "move one": [("handlaggare", "store.unlocked"), ("handlaggare", "follow_up.moved")],
    "discharge": [("handlaggare", "store.unlocked"), ("handlaggare", "episode.discharged")],
    "undo": [("handlaggare", "episode.discharge_undone")],
    "discharge again": [("handlaggare", "episode.discharged")],
    "re-refer": [("handlaggare", "store.unlocked"), ("handlaggare", "referral.rereferred")],
    "forum again": [
        ("koordinator", "store.unlocked"),
        ("koordinator", "meeting.opened"),
        ("koordinator", "meeting.attendance_recorded"),
        ("koordinator", "forum.outcome_recorded"),
        ("koordinator", "meeting.closed"),
    ],
    "lock and unlock": [("koordinator", "store.unlocked")],
}
"""Every change of the journey by its name in the log, and the role it was done in."""


def unseen(journey: Journey, stop: str, *texts: str) -> list[str]:
    """The texts that did not stand on the screen at a stop, each as a whole label, button or row."""
    return [text for text in texts if text not in journey.shown[stop]]


# The log


def test_the_log_holds_each_step_in_its_order(journey: Journey) -> None:
    changes = {one.event for one in builders() if one.writes} | {"store.made"}
    drafts = {"draft.kept", "draft.dropped"}  # how many depends on the pauses
    written = [(one.role, one.action) for one in journey.log if one.action in changes - drafts]
    assert [step for step, _ in groupby(written)] == [
        step for step, _ in groupby(step for part in STEPS.values() for step in part)
    ]


def test_nothing_was_refused_on_the_way(journey: Journey) -> None:
    assert [one.action for one in journey.log if not one.allowed] == []


@pytest.mark.parametrize(
    "action", ["person.looked_up", "referral.opened", "case.opened", "follow_up.opened", "search.settled"]
)
def test_what_was_read_of_the_person_is_logged_as_hers(journey: Journey, action: str) -> None:
    [hers] = {one.person_id for one in journey.log if one.action == "referral.made"}
    assert hers in {one.person_id for one in journey.log if one.action == action}


def test_the_whole_number_was_never_asked_for(journey: Journey) -> None:
    assert "person.number_shown" not in {one.action for one in journey.log}


def test_the_chain_is_whole_and_every_check_is_ok(journey: Journey) -> None:
    assert [(check.name, check.ok) for check in journey.checks] == [(name, True) for name in CheckName]


# The first day


def test_the_first_start_ends_in_the_open_store(journey: Journey) -> None:
    assert unseen(journey, "made", "MISAM Provköping", "Registret är klart. Välkommen!", "Register: misam.misam") == []


def test_the_list_is_planned_row_by_row_and_then_taken_in(journey: Journey) -> None:
    assert unseen(journey, "plan", "2 | Ny | ", "3 | Ny | ", "Ta in 2 rader") == []
    assert unseen(journey, "taken in", "Listan är inne: 2 nya rader.") == []


def test_a_half_written_referral_survives_the_lock_and_is_offered_again(journey: Journey) -> None:
    assert unseen(journey, "half-written", "Du har en påbörjad remiss", "850312-••••, sparad 2026-11-24 08.00") == []
    assert journey.shown["written before the lock"] == [TINDRA.given_name, TEXTS["fråga"]]


def test_the_referral_stands_before_the_forum_with_its_consent(journey: Journey) -> None:
    assert unseen(journey, "referred", TINDRA.full_name, "Väntar på forum", "Samverkan till 24 nov 2028") == []
    assert unseen(journey, "referred", "Remissen är lämnad till forumet.") == []


# The forum, and what follows from it


def test_each_authority_took_part_as_was_said(journey: Journey) -> None:
    absent = f"Region · frånvarande ({TEXTS['ersättare']})"
    assert unseen(journey, "forum", "Af · på plats", "FK · video", "Kommun · på plats", absent) == []


def test_two_keys_concluded_the_referral(journey: Journey) -> None:
    assert unseen(journey, "concluded", "1 av 1 klara", "Bedömningen är sparad: Samordnade insatser.") == []


def test_the_minutes_text_stands_in_what_was_concluded(journey: Journey) -> None:
    assert unseen(journey, "ended", "Mötet är avslutat.", TEXTS["protokoll"]) == []


def test_who_was_accepted_waited_for_enrolment_and_was_enrolled(journey: Journey) -> None:
    assert unseen(journey, "waits for enrolment", f"{TINDRA.full_name} | Af | tis 24 nov | tor 26 nov | i dag") == []
    assert unseen(journey, "enrolled", "Inskriven 26 nov. Uppföljningarna är planerade.") == []


def test_the_change_of_handlaggare_has_its_date_and_its_history(journey: Journey) -> None:
    assert unseen(journey, "changed", JONAS, f"Sedan 7 dec · tidigare {HEDDA} 26 nov–7 dec") == []


def test_the_open_follow_ups_were_handed_over(journey: Journey) -> None:
    mine = [words for words in journey.shown["mine"] if words.startswith(("I dag |", "89 dagar |"))]
    assert [words.split(" | ")[1:5] for words in mine] == [
        [TINDRA.full_name, "3 månader", "fre 26 feb", JONAS],
        [TINDRA.full_name, "6 månader", "ons 26 maj", JONAS],
    ]


def test_the_case_of_the_list_stayed_with_its_own_handlaggare(journey: Journey) -> None:
    assert not any(SIGVARD.full_name in words for words in journey.shown["mine"])


def test_the_follow_up_stands_in_the_case(journey: Journey) -> None:
    assert unseen(journey, "followed up", "Uppföljningen är sparad.") == []
    assert (
        unseen(
            journey, "case after the move", "2 Stabilisering", TEXTS["notering"], "Uppföljning 3 månader · steg\u00a02"
        )
        == []
    )
    assert unseen(journey, "case after the move", f"Nästa steg: {TEXTS['nästa steg']}") == []


def test_the_moved_one_shows_its_original_day_and_why(journey: Journey) -> None:
    assert any("tor 1 jul · flyttad från 26 maj" in words for words in journey.shown["moved"])
    assert unseen(journey, "case after the move", f"Flyttad från 26 maj: {TEXTS['flytt']}") == []


# The end, and the way back


def test_the_discharge_makes_the_case_read_only_with_nothing_left_to_do(journey: Journey) -> None:
    assert (
        unseen(journey, "discharged", "Avslutat måndag 14 juni 2027. Ärendet kan bara läsas.", TEXTS["planering"]) == []
    )
    assert not any(words.endswith("ska göras") for words in journey.shown["discharged"])


def test_the_undo_revives_the_follow_ups_as_they_were(journey: Journey) -> None:
    assert unseen(journey, "undone", "Uppföljning 6 månader ska göras", f"Flyttad från 26 maj: {TEXTS['flytt']}") == []
    assert unseen(journey, "undone", "Avslutet är ångrat. Ärendet och dess uppföljningar pågår igen.") == []


def test_the_second_discharge_stands(journey: Journey) -> None:
    assert journey.shown["discharged again"] == journey.shown["discharged"]


def test_the_number_leads_to_the_way_back_while_there_is_one(journey: Journey) -> None:
    assert unseen(journey, "comes back", "MISAM, avslutad 14 jun. Kan återremitteras till och med 14 dec.") == []


def test_the_rereferral_has_a_consent_of_its_own_and_the_earlier_picture(journey: Journey) -> None:
    assert unseen(journey, "referred again", "Återremiss", "Samverkan till 30 aug 2029", TEXTS["fråga"]) == []
    assert "Samverkan till 24 nov 2028" not in journey.shown["referred again"]


def test_the_second_forum_is_told_what_did_not_hold(journey: Journey) -> None:
    assert unseen(journey, "second forum", TINDRA.full_name, "Återremiss", TEXTS["inte hållit"]) == []


def test_the_search_finds_her_by_name_and_by_number_and_masks_the_number(journey: Journey) -> None:
    line = f"{TINDRA.full_name}   850312-••••   remiss 2027-08-30"
    assert (journey.shown["found by name"], journey.shown["found by number"]) == ([line], [line])
    assert unseen(journey, "opened from the search", TINDRA.full_name, "Väntar på inskrivning") == []


def test_the_store_opens_again_after_the_last_lock(journey: Journey) -> None:
    assert unseen(journey, "unlocked", "Idag", "Register: misam.misam") == []


# What nobody asked to be shown


@pytest.mark.parametrize("stop", ["made", "half-written", "forum", "mine", "discharged", "comes back", "unlocked"])
def test_no_page_shows_the_whole_number(journey: Journey, stop: str) -> None:
    assert not any(TINDRA.number.digits[-4:] in words for words in journey.shown[stop])


def test_no_password_was_ever_shown(journey: Journey) -> None:
    shown = [words for texts in journey.shown.values() for words in texts]
    assert not any(password in words for password in PASSWORDS.values() for words in shown)
