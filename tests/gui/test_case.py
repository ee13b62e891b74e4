"""Ärende: its head, its steps, its timeline, and an earlier episode beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QSettings, Qt

from misam_desktop.commands.commitments import make_commitment
from misam_desktop.commands.consents import record_consent, withdraw_consent
from misam_desktop.commands.episodes import discharge
from misam_desktop.commands.follow_ups import record_follow_up
from misam_desktop.domain.codes import Purpose
from misam_desktop.domain.ids import EpisodeId
from misam_desktop.gui import appearance
from misam_desktop.gui.case_parts.steps import Step
from misam_desktop.gui.driver import Driver
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import (
    AF,
    agrees,
    all_of,
    contact_of,
    discharged,
    ends,
    enrolled,
    entries,
    follow_ups,
    found,
    on,
    somebody,
    waiting,
)
from tests.conftest import TODAY
from tests.gui.worlds import cut, open_case, says, told

BEGAN = date(2026, 8, 10)


def chips(driver: Driver, episode_id: str) -> list[str]:
    return [one.text() for one in open_case(driver, episode_id).header.chips]


def test_the_head_says_who_it_is_and_who_has_the_case(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    page = open_case(unlocked("karin"), enrolled(karin, case_worker_id=contact_of(jonas)).id)
    assert page.heading.text() == "Malin Provlund"
    assert page.header.who.text() == "41 år · kvinna"
    assert page.header.roles.text() == "MISAM · Uppdragsgivare IFO · Handläggare Jonas Vall · Samordnare ingen än"


def test_the_whole_number_is_shown_on_a_click_and_logged(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    page = open_case(driver, enrolled(karin).id)
    assert page.header.number.number.text() == "850312-••••"
    driver.click(page.header.number.toggle)
    assert page.header.number.number.text() == somebody().number.long
    assert entries(karin)[-1].action == "person.number_shown"


def test_the_number_is_masked_again_when_the_page_is_left(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    page = open_case(driver, enrolled(karin).id)
    driver.click(page.header.number.toggle)
    driver.go("cases")
    assert page.header.number.number.text() == "850312-••••"


def test_each_purpose_has_a_chip_with_its_last_day(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    assert chips(unlocked("karin"), enrolled(karin).id) == [
        "Samverkan till 24 nov 2028",
        "Uppföljning till 24 nov 2028",
    ]


def test_a_withdrawn_consent_is_told_in_the_head(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    episode = enrolled(karin)
    consent = next(one for one in all_of(karin, rows.consents) if one.purpose is Purpose.SAMVERKAN)
    karin.do(withdraw_consent(consent.id, on=TODAY))
    assert chips(unlocked("karin"), episode.id)[0] == "Samverkan återkallat 24 nov"


def test_a_protected_identity_is_told_across_the_page(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    referral = waiting(karin, somebody(protected=True))
    page = open_case(unlocked("karin"), enrolled(karin, referral).id)
    assert page.state.text == "Skyddade personuppgifter. Visas bara för dig och de andra som är utsedda."


def test_a_protected_case_of_others_says_no_more_than_one_that_does_not_exist(
    karin: Vault, unlocked: Callable[[str], Driver]
) -> None:
    episode = enrolled(karin, waiting(karin, somebody(protected=True)), commissioner_id=AF)
    driver = unlocked("jonas")
    for episode_id in (episode.id, "nothing"):
        page = open_case(driver, episode_id)
        assert page.heading.text() == "Ärende"
        assert page.banner.text == "Det finns inget att visa här."
        assert not page.header.isVisible()


def test_a_case_is_opened_where_something_is_missing(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    page = open_case(unlocked("karin"), enrolled(karin).id)
    assert page.step is Step.PLAN
    words = [one.text() for one in page.stepper.buttons.values()]
    assert words == ["✓ Information", "✓ Behovsbild", "Handlingsplan", "Uppföljning", "Ny planering"]


def test_a_case_that_has_ended_is_opened_at_its_end_and_only_read(
    karin: Vault, unlocked: Callable[[str], Driver]
) -> None:
    driver = unlocked("karin")
    page = open_case(driver, discharged(karin, began=BEGAN).id)
    assert page.step is Step.PLANNING
    assert page.state.text == "Avslutat tisdag 24 november 2026. Ärendet kan bara läsas."
    for step, reads in ((Step.INFORMATION, ["Skydd …", "Visa allt …"]), (Step.PLAN, []), (Step.FOLLOWED_UP, [])):
        driver.click(page.stepper.buttons[step])
        assert [one.text() for one in driver.seen(type(page.stepper.buttons[step]), page.columns.left)] == reads


def test_the_keyboard_goes_on_from_the_step_that_is_shown(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    page = open_case(unlocked("karin"), enrolled(karin).id)
    assert page.stepper.buttons[Step.PLAN].hasFocus()


def test_the_arrows_go_from_step_to_step(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    page = open_case(driver, enrolled(karin).id, Step.PLAN)
    driver.press(page.stepper.buttons[Step.PLAN], Qt.Key.Key_Right)
    assert page.stepper.buttons[Step.FOLLOWED_UP].hasFocus()


def test_the_needs_say_what_was_asked_and_how_things_stood(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    page = open_case(driver, enrolled(karin).id, Step.NEEDS)
    words = told(driver, page.columns.left)
    assert "Vad behövs för att börja arbetsträna?" in words
    assert {"Af, 24 nov", "IFO", "Försörjningsstöd", "Gymnasium", "30 månader (2,5 år)"} <= set(words)


def test_a_follow_up_shows_step_note_and_by_whom(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    episode = enrolled(karin, day=BEGAN)
    karin.do(record_follow_up(follow_ups(karin, episode)[0].id, found()))
    driver = unlocked("karin")
    page = open_case(driver, episode.id, Step.FOLLOWED_UP)
    words = told(driver, page.columns.left)
    assert {"Gjord", "2 Stabilisering", "Praktik två dagar", "Nästa steg: Tre dagar", "Karin Ekdal"} <= set(words)


def test_the_timeline_tells_what_happened_the_newest_first(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    episode = enrolled(karin, day=BEGAN, case_worker_id=contact_of(jonas))
    first, second = follow_ups(karin, episode)[:2]
    on(karin, date(2026, 11, 10)).do(record_follow_up(first.id, found(done_on=date(2026, 11, 10), step=1)))
    karin.do(record_follow_up(second.id, found(step=2)))
    driver = unlocked("karin")
    words = told(driver, open_case(driver, episode.id).columns.right)
    assert words == [
        "Tidslinje",
        "10 maj 2027", "Uppföljning 9 månader ska göras",
        "24 nov", "Uppföljning 6 månader · steg\u00a01\u00a0→\u00a02",
        "10 nov", "Uppföljning 3 månader · steg\u00a01",
        "10 aug", "Inskriven. Uppdragsgivare IFO, handläggare Jonas Vall",
        "10 aug", "Samverkansforum: behov av samordnade insatser",
        "10 aug", "Samtycke: Samverkan, Uppföljning",
        "10 aug", "Remiss från Af",
    ]  # fmt: skip


def test_an_earlier_episode_stands_beside_and_is_only_read(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    earlier = discharged(karin, began=date(2025, 1, 9), day=date(2025, 9, 4))
    episode = enrolled(karin, day=BEGAN)
    driver = unlocked("karin")
    page = open_case(driver, episode.id, Step.FOLLOWED_UP)
    assert [one.text() for one in page.beside.buttons] == ["Tidslinje", "Tidigare insatsperiod 2025"]
    driver.click(page.beside.buttons[1])
    words = told(driver, page.columns.right)
    assert "9 jan 2025 – 4 sep 2025" in words
    assert "Inställd" in words
    driver.click_text("Öppna", within=page.columns.right)
    assert driver.work.here.subject == earlier.id


def test_a_step_is_shown_of_both_episodes(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    discharged(karin, began=date(2025, 1, 9), day=date(2025, 9, 4), after="IFO tar över")
    episode = enrolled(karin, day=BEGAN)
    driver = unlocked("karin")
    page = open_case(driver, episode.id)
    driver.click(page.beside.buttons[1])
    driver.click(page.stepper.buttons[Step.PLANNING])
    assert says(driver, "IFO tar över", page.columns.right)
    driver.click(page.beside.buttons[0])
    assert says(driver, "Tidslinje", page.columns.right)


def test_what_others_change_is_seen_and_the_step_is_kept(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    episode = enrolled(karin, day=BEGAN)
    driver = unlocked("karin")
    page = open_case(driver, episode.id, Step.NEEDS)
    karin.do(discharge(EpisodeId(episode.id), ends()))
    driver.press(driver.work, Qt.Key.Key_F5)
    driver.settle()
    assert page.step is Step.NEEDS
    assert page.state.text.startswith("Avslutat")


def test_a_consent_that_ends_soon_is_amber_and_says_so(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    episode = enrolled(karin)
    for one in all_of(karin, rows.consents):
        karin.do(withdraw_consent(one.id, on=TODAY))
    karin.do(record_consent(episode.referral_id, agrees(until_on=TODAY + timedelta(days=9))))
    assert chips(unlocked("karin"), episode.id) == ["Samverkan går ut 3 dec", "Uppföljning går ut 3 dec"]


def test_nothing_is_cut_at_twice_the_text_size(
    karin: Vault, jonas: Vault, settings: QSettings, unlocked: Callable[[str], Driver]
) -> None:
    discharged(karin, began=date(2025, 1, 9), day=date(2025, 9, 4))
    episode = enrolled(karin, day=BEGAN, case_worker_id=contact_of(jonas))
    karin.do(record_follow_up(follow_ups(karin, episode)[0].id, found()))
    karin.do(make_commitment(episode.id, what="Skriver underlag om arbetsförmåga", unit_id=AF, due_on=TODAY))
    appearance.choose(settings, percent=200)
    driver = unlocked("karin")
    page = open_case(driver, episode.id)
    for beside in page.beside.buttons:
        driver.click(beside)
        for step in Step:
            driver.click(page.stepper.buttons[step])
            driver.wait_for(lambda: not cut(driver))
    assert driver.window.width() == 1280
