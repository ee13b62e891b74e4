"""What is done on a case's page: åtaganden, byten, consents, follow-ups; each refusal beside its field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from icalendar import Calendar

from misam_desktop.commands.commitments import finish_commitment, make_commitment
from misam_desktop.commands.episodes import change_team, complete_entry, reassign
from misam_desktop.commands.follow_ups import record_follow_up
from misam_desktop.commands.persons import correct_person
from misam_desktop.domain.codes import Education
from misam_desktop.domain.episode import AssignmentRole
from misam_desktop.gui.case_parts.steps import Step
from misam_desktop.gui.consent_form import OTHER_FORM
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.screens.case import CaseScreen
from misam_desktop.gui.statistics_parts.charts import ChartView
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import (
    AF,
    IFO,
    all_of,
    contact_of,
    discharged,
    enrolled,
    follow_ups,
    found,
    one,
    somebody,
)
from tests.conftest import TODAY
from tests.gui.nafs_paper_worlds import into
from tests.gui.worlds import open_case, says, told

BEGAN = date(2026, 8, 10)


def press(driver: Driver, accessible_name: str) -> None:
    """Click the button that a screen reader calls this."""
    page = driver.work.here
    assert isinstance(page, CaseScreen)
    named = [each for each in driver.seen(type(page.header.number.toggle)) if each.accessibleName() == accessible_name]
    driver.click(named[0])


# Åtaganden


def test_a_commitment_is_written_down_and_stands_in_the_plan(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    page = open_case(driver, enrolled(karin).id, Step.PLAN)
    assert says(driver, "Inga åtaganden än.")
    driver.click_text("Nytt åtagande")
    driver.fill(what="Bokar praktikplats", who=AF, due_on="2026-11-27")
    driver.save()
    words = told(driver, page.columns.left)
    at = words.index("Af")
    assert words[at : at + 4] == ["Af", "Bokar praktikplats", "27 nov", "Snart"]
    assert driver.work.status.message.text() == "Åtagandet är sparat."


def test_the_person_can_be_the_one_who_does_it(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    open_case(driver, enrolled(karin).id, Step.PLAN)
    driver.click_text("Nytt åtagande")
    driver.fill(what="Ringer läkaren", who="person")
    driver.save()
    (made,) = all_of(karin, rows.commitments)
    assert (made.unit_id, made.due_on) == (None, None)
    assert says(driver, "Malin")


def test_a_commitment_without_a_text_is_told_beside_the_field(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    open_case(driver, enrolled(karin).id, Step.PLAN)
    driver.click_text("Nytt åtagande")
    driver.save()
    assert driver.form.form.error_at("what") == "Det här behöver fyllas i."
    assert all_of(karin, rows.commitments) == []


def test_a_commitment_that_is_done_can_be_taken_back(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    episode = enrolled(karin)
    made = karin.do(make_commitment(episode.id, what="Ringer", unit_id=AF, due_on=None)).value
    driver = unlocked("karin")
    open_case(driver, episode.id, Step.PLAN)
    press(driver, "Klar: Ringer")
    assert one(karin, rows.commitments, made.id).done_on == TODAY
    driver.click(driver.work.status.undo_button)
    assert one(karin, rows.commitments, made.id).done_on is None


def test_the_focus_stays_on_the_page_when_its_button_goes(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    episode = enrolled(karin)
    karin.do(make_commitment(episode.id, what="Ringer", unit_id=AF, due_on=None))
    driver = unlocked("karin")
    page = open_case(driver, episode.id, Step.PLAN)
    press(driver, "Klar: Ringer")
    assert page.stepper.buttons[Step.PLAN].hasFocus()


def test_what_is_done_stands_last_and_is_left_out_beside_the_follow_ups(
    karin: Vault, unlocked: Callable[[str], Driver]
) -> None:
    episode = enrolled(karin)
    done = karin.do(make_commitment(episode.id, what="Ringer", unit_id=AF, due_on=None)).value
    karin.do(finish_commitment(done.id))
    karin.do(make_commitment(episode.id, what="Skriver", unit_id=IFO, due_on=date(2026, 11, 20)))
    driver = unlocked("karin")
    page = open_case(driver, episode.id, Step.PLAN)
    words = told(driver, page.columns.left)
    assert words.index("Skriver") < words.index("Ringer")
    assert {"Försenat", "Klart 24 nov"} <= set(words)
    driver.click(page.stepper.buttons[Step.FOLLOWED_UP])
    assert not says(driver, "Ringer")


# Who has the case


def test_another_handlaggare_takes_over_from_a_day_with_the_follow_ups(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    episode = enrolled(karin, day=BEGAN, case_worker_id=contact_of(karin))
    driver = unlocked("karin")
    open_case(driver, episode.id, Step.INFORMATION)
    press(driver, "Byt … Handläggare")
    assert says(driver, "Malin Provlund · Karin Ekdal sedan 10 aug", driver.form)
    driver.fill(whom=contact_of(jonas), from_on="2026-11-02")
    driver.save()
    assert says(driver, "Sedan 2 nov · tidigare Karin Ekdal 10 aug–2 nov")
    assert {each.owner_id for each in follow_ups(karin, episode)} == {contact_of(jonas)}


def test_a_change_before_the_one_that_holds_is_refused_beside_its_day(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    episode = enrolled(karin, day=BEGAN, case_worker_id=contact_of(karin))
    driver = unlocked("karin")
    open_case(driver, episode.id, Step.INFORMATION)
    press(driver, "Byt … Handläggare")
    driver.fill(whom=contact_of(jonas), from_on="2026-08-01")
    driver.save()
    assert "2026-08-10" in driver.form.form.error_at("from_on")
    assert one(karin, rows.episodes, episode.id).case_worker_id == contact_of(karin)


def test_another_uppdragsgivare_is_asked_for_its_handlaggare_at_once(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    episode = enrolled(karin, day=BEGAN)
    driver = unlocked("karin")
    open_case(driver, episode.id, Step.INFORMATION)
    press(driver, "Byt … Uppdragsgivare")
    driver.fill(whom=AF)
    driver.save()
    assert one(karin, rows.episodes, episode.id).commissioner_id == AF
    assert driver.form.windowTitle() == "Utse handläggare"
    driver.fill(whom=contact_of(jonas))
    driver.save()
    assert one(karin, rows.episodes, episode.id).case_worker_id == contact_of(jonas)


def test_a_role_can_be_left_empty_for_a_while(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    episode = enrolled(karin, day=BEGAN, case_lead_id=contact_of(karin))
    driver = unlocked("karin")
    open_case(driver, episode.id, Step.INFORMATION)
    press(driver, "Byt … Samordnare")
    driver.save()
    assert one(karin, rows.episodes, episode.id).case_lead_id is None
    assert says(driver, "Ingen utsedd")


def test_nobody_is_appointed_without_being_chosen(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    open_case(driver, enrolled(karin).id, Step.INFORMATION)
    press(driver, "Utse … Samordnare")
    driver.save()
    assert driver.form.form.error_at("whom") == "Det här behöver fyllas i."


def test_the_team_is_said_in_words(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    episode = enrolled(karin)
    driver = unlocked("karin")
    open_case(driver, episode.id, Step.INFORMATION)
    press(driver, "Ändra teamet …")
    driver.fill(team="Eva Ek, arbetsterapeut")
    driver.save()
    assert says(driver, "Eva Ek, arbetsterapeut")


def test_two_who_change_the_team_see_what_the_other_wrote(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    episode = enrolled(karin)
    driver = unlocked("karin")
    open_case(driver, episode.id, Step.INFORMATION)
    press(driver, "Ändra teamet …")
    karin.do(change_team(episode.id, team="Bo Berg"))
    driver.fill(team="Eva Ek")
    driver.save()
    assert "Nu står: Bo Berg." in driver.form.form.banner.text
    driver.save()
    assert one(karin, rows.episodes, episode.id).team == "Eva Ek"


def test_two_who_change_the_handlaggare_see_who_the_other_chose(
    karin: Vault, jonas: Vault, unlocked: Callable[[str], Driver]
) -> None:
    episode = enrolled(karin, day=BEGAN)
    driver = unlocked("karin")
    open_case(driver, episode.id, Step.INFORMATION)
    press(driver, "Utse … Handläggare")
    karin.do(reassign(episode.id, AssignmentRole.CASE_WORKER, from_on=TODAY, contact_id=contact_of(jonas)))
    driver.fill(whom=contact_of(karin))
    driver.save()
    assert "Handläggare: Jonas Vall sedan 24 nov." in driver.form.form.banner.text


# The person


def test_a_new_telephone_is_written_down(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    open_case(driver, enrolled(karin).id, Step.INFORMATION)
    press(driver, "Ändra personuppgifterna …")
    driver.fill(phone="070-174 06 05", family_name="Provlund Ek")
    driver.save()
    assert says(driver, "070-174 06 05")
    assert driver.work.here.heading.text() == "Malin Provlund Ek"


def test_two_who_change_the_person_see_what_the_other_wrote(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    episode = enrolled(karin)
    driver = unlocked("karin")
    open_case(driver, episode.id, Step.INFORMATION)
    press(driver, "Ändra personuppgifterna …")
    person = one(karin, rows.persons, episode.person_id)
    karin.do(correct_person(episode.id, somebody(phone="070-174 06 06"), seen=person.version))
    driver.fill(phone="070-174 06 05")
    driver.save()
    assert "telefon 070-174 06 06" in driver.form.form.banner.text
    driver.save()
    assert one(karin, rows.persons, episode.person_id).phone == "070-174 06 05"


# Consents and follow-ups


def test_a_consent_is_withdrawn_from_the_page(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    page = open_case(driver, enrolled(karin).id, Step.INFORMATION)
    press(driver, "Återkalla … Samverkan")
    driver.click_text("Gå vidare")
    driver.fill(receipt="none")
    driver.save()
    assert page.header.chips[0].text() == "Samverkan återkallat 24 nov"
    assert page.stepper.buttons[Step.INFORMATION].text() == "Information"


def test_a_consent_is_renewed_from_the_page(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    driver = unlocked("karin")
    open_case(driver, enrolled(karin, day=BEGAN).id, Step.INFORMATION)
    press(driver, "Förnya … Samverkan")
    driver.fill(paper_at="Pärm 9", wording=OTHER_FORM)
    driver.save()
    assert says(driver, "Papperet: Pärm 9.")
    assert says(driver, "Tidigare: Samverkan 10 aug.")


def test_the_next_follow_up_is_the_primary_action(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    episode = enrolled(karin, day=BEGAN)
    driver = unlocked("karin")
    page = open_case(driver, episode.id, Step.FOLLOWED_UP)
    driver.click_text("Följ upp 3 månader …")
    driver.fill(step=1, note="Kom igång")
    driver.save()
    assert says(driver, "Kom igång", page.columns.left)
    assert says(driver, "Uppföljning 3 månader · steg\u00a01", page.columns.right)


def test_how_far_the_person_has_come_is_seen_once_two_steps_are_noted(
    karin: Vault, unlocked: Callable[[str], Driver]
) -> None:
    episode = enrolled(karin, day=date(2026, 2, 10))
    three, six, *_ = follow_ups(karin, episode)
    karin.do(record_follow_up(three.id, found(step=1, done_on=date(2026, 5, 11))))
    karin.do(record_follow_up(six.id, found(step=3, done_on=date(2026, 8, 10))))
    driver = unlocked("karin")
    page = open_case(driver, episode.id, Step.FOLLOWED_UP)
    assert says(driver, "Från 1 Kartläggning till 3 Förberedelse.", page.columns.left)
    driver.wait_for(lambda: bool(driver.seen(ChartView, page)))


def test_one_step_alone_is_no_picture(karin: Vault, unlocked: Callable[[str], Driver]) -> None:
    episode = enrolled(karin, day=date(2026, 2, 10))
    karin.do(record_follow_up(follow_ups(karin, episode)[0].id, found(step=1, done_on=date(2026, 5, 11))))
    driver = unlocked("karin")
    open_case(driver, episode.id, Step.FOLLOWED_UP)
    assert not says(driver, "Stegförflyttning")


def test_what_lacked_at_the_start_is_completed_of_an_ended_case_after_somebody_else(
    karin: Vault, unlocked: Callable[[str], Driver]
) -> None:
    ended = discharged(karin, began=BEGAN)
    driver = unlocked("karin")
    open_case(driver, ended.id, Step.NEEDS)
    driver.click_text("Komplettera …")
    referral = one(karin, rows.referrals, ended.referral_id)
    karin.do(
        complete_entry(
            ended.id,
            education=Education.GYMNASIUM,
            livelihoods=referral.livelihoods,
            support_months=30,
            seen=referral.version,
        )
    )
    driver.fill(support_months="31")
    driver.save()
    assert "Någon annan har ändrat ärendet under tiden." in driver.form.form.banner.text
    driver.save()
    assert one(karin, rows.referrals, ended.referral_id).support_months == 31


def test_the_days_of_the_follow_ups_go_to_a_calendar_without_a_name(
    karin: Vault, unlocked: Callable[[str], Driver], tmp_path: Path
) -> None:
    driver = unlocked("karin")
    open_case(driver, enrolled(karin).id, Step.FOLLOWED_UP)
    driver.click_text("Kalenderfil …")
    assert into(driver, tmp_path / "dagar.ics") == "uppföljningar.ics"
    driver.wait_for((tmp_path / "dagar.ics").exists)
    driver.settle()
    events = Calendar.from_ical((tmp_path / "dagar.ics").read_bytes()).walk("VEVENT")
    assert [str(event["summary"]) for event in events[:2]] == [
        "Uppföljning 3 månader (MISAM)",
        "Uppföljning 6 månader (MISAM)",
    ]
    text = (tmp_path / "dagar.ics").read_text()
    assert [name for name in ("Malin", "Provlund", "1985") if name in text] == []


def test_a_follow_up_is_moved_with_a_reason_that_stands_beside_it(
    karin: Vault, unlocked: Callable[[str], Driver]
) -> None:
    episode = enrolled(karin, day=BEGAN)
    driver = unlocked("karin")
    page = open_case(driver, episode.id, Step.FOLLOWED_UP)
    press(driver, "Flytta uppföljningen 10 nov")
    driver.fill(to="2026-12-02", why="Sjuk")
    driver.save()
    assert says(driver, "Flyttad från 10 nov: Sjuk", page.columns.left)
