"""What a personal number already means to the one who types it, before any form is shown."""

from __future__ import annotations

from datetime import date

import pytest

from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import ReferralId
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.queries.referrals import NOBODY, look_up_number, one_referral
from misam_desktop.vault import Vault
from tests.commands.worlds import accepted, discharged, enrolled, on, refused, somebody, waiting
from tests.queries.worlds import reads

NUMBER = made_up_number(date(1985, 3, 12), 980)
BEGAN, ENDED = date(2026, 3, 2), date(2026, 5, 31)


def test_an_unknown_number_is_nobody_and_that_it_was_asked_is_logged(karin: Vault) -> None:
    assert karin.ask(look_up_number(NUMBER)) == NOBODY
    assert reads(karin, "person.looked_up") == [("", "", 1)]


def test_a_known_number_gives_the_person_and_is_logged_about_them(jonas: Vault) -> None:
    referral = waiting(jonas)
    match = jonas.ask(look_up_number(NUMBER))
    assert match.person is not None
    assert (match.person.id, match.waiting, match.earlier) == (referral.person_id, (referral.id,), ())
    assert reads(jonas, "person.looked_up") == [(referral.person_id, referral.person_id, 1)]


def test_of_what_another_unit_has_written_only_the_name_fills_a_form(karin: Vault) -> None:
    waiting(karin, somebody(phone="070-174 06 05", address="Storgatan 1", language="somaliska"))
    person = karin.ask(look_up_number(NUMBER)).person
    assert person is not None
    assert (person.full_name, person.phone, person.address, person.language) == ("Malin Provlund", "", "", "")


def test_an_accepted_referral_waits_still(karin: Vault) -> None:
    referral = accepted(karin)
    assert karin.ask(look_up_number(NUMBER)).waiting == (referral.id,)


def test_the_case_that_goes_on_is_told(karin: Vault) -> None:
    episode = enrolled(karin, day=BEGAN)
    match = karin.ask(look_up_number(NUMBER))
    assert match.open_episode is not None
    assert (match.open_episode.episode_id, match.open_episode.activity) == (episode.id, "MISAM")


@pytest.mark.parametrize(("day", "comes_back"), [(date(2026, 11, 30), True), (date(2026, 12, 1), False)])
def test_an_ended_case_can_be_taken_back_until_its_window_closes(karin: Vault, day: date, comes_back: bool) -> None:
    ended = discharged(karin, began=BEGAN, day=ENDED)
    match = on(karin, day).ask(look_up_number(NUMBER))
    earlier = match.comes_back(day)
    assert (earlier.episode_id if earlier else None) == (ended.id if comes_back else None)
    assert match.open_episode is None


def test_the_newest_of_the_earlier_stands_first(karin: Vault) -> None:
    first = discharged(karin, began=BEGAN, day=ENDED)
    second = enrolled(karin, day=date(2026, 8, 3))
    assert [one.episode_id for one in karin.ask(look_up_number(NUMBER)).earlier] == [second.id, first.id]


def test_who_is_known_beyond_reach_alone_is_nobody(karin: Vault, lena: Vault) -> None:
    enrolled(karin)
    assert lena.ask(look_up_number(NUMBER)) == NOBODY
    assert reads(lena, "person.looked_up") == [("", "", 1)]


def test_a_protected_number_is_nobody_to_all_but_the_owner(karin: Vault, olle: Vault) -> None:
    waiting(karin, somebody(protected=True))
    assert olle.ask(look_up_number(NUMBER)) == NOBODY
    assert karin.ask(look_up_number(NUMBER)) != NOBODY


# One referral


def test_opening_a_referral_is_logged_about_its_person(karin: Vault) -> None:
    referral = waiting(karin)
    page = karin.ask(one_referral(referral.id))
    assert (page.person.full_name, len(page.consents)) == ("Malin Provlund", 2)
    assert reads(karin, "referral.opened") == [(referral.id, referral.person_id, 1)]


def test_one_beyond_reach_reads_like_one_that_does_not_exist(karin: Vault, lena: Vault) -> None:
    for referral_id in (waiting(karin).id, ReferralId("none")):
        with refused(lena, NotFound):
            lena.ask(one_referral(referral_id))


def test_a_referral_that_was_answered_has_no_duplicates(karin: Vault) -> None:
    episode = enrolled(karin, day=BEGAN)
    assert karin.ask(one_referral(episode.referral_id)).duplicates == ()
