"""Ärenden: what the lists give and withhold, and what the page of one case holds."""

from __future__ import annotations

from datetime import date

import pytest

from misam_desktop.commands.episodes import discharge
from misam_desktop.commands.follow_ups import record_follow_up
from misam_desktop.commands.referrals import refer_again
from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.codes import DischargeReason, RereferralReason
from misam_desktop.domain.episode import Episode, EpisodeState
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import EpisodeId, PersonId
from misam_desktop.queries.cases import discharged_cases, full_number, one_case, open_cases
from misam_desktop.vault import Vault
from misam_desktop.wording import sentence
from tests.commands.worlds import (
    AF,
    FK,
    IFO,
    agrees,
    asks,
    contact_of,
    discharged,
    ends,
    enrolled,
    follow_ups,
    found,
    refused,
    somebody,
    waiting,
)
from tests.conftest import TODAY
from tests.queries.worlds import reads

BEGAN = date(2026, 3, 2)


def test_an_open_case_says_who_works_with_it_and_what_comes_next(karin: Vault, jonas: Vault) -> None:
    began = enrolled(karin, day=BEGAN, commissioner_id=AF, case_worker_id=contact_of(jonas))
    [row] = karin.ask(open_cases())
    assert (row.id, row.name, row.number) == (began.id, "Malin Provlund", "850312-••••")
    assert (row.activity, row.commissioner, row.case_worker, row.case_lead) == ("MISAM", "Af", "Jonas Vall", "")
    assert (row.state, row.next_due_on) == (EpisodeState.OPEN, date(2026, 6, 2))


def test_a_case_that_has_ended_stands_among_the_ended_alone(karin: Vault) -> None:
    ended = discharged(karin, began=BEGAN)
    assert karin.ask(open_cases()) == []
    [row] = karin.ask(discharged_cases(since=TODAY))
    assert (row.id, row.state, row.next_due_on) == (ended.id, EpisodeState.DISCHARGED, None)


def test_what_ended_before_the_day_is_left_out(karin: Vault) -> None:
    discharged(karin, began=BEGAN, day=date(2026, 11, 23))
    assert karin.ask(discharged_cases(since=TODAY)) == []


def test_the_newest_of_the_ended_stands_first(karin: Vault) -> None:
    first = discharged(karin, began=BEGAN, day=date(2026, 11, 2))
    second = discharged(karin, began=date(2026, 11, 3), day=TODAY)
    assert [row.id for row in karin.ask(discharged_cases(since=BEGAN))] == [second.id, first.id]


@pytest.fixture
def of_af_and_ifo(karin: Vault) -> Episode:
    """A case that Af referred and IFO commissions."""
    return enrolled(karin, day=BEGAN)


def test_the_unit_that_referred_and_the_one_that_commissions_see_it(
    karin: Vault, olle: Vault, lena: Vault, of_af_and_ifo: Episode
) -> None:
    assert [row.id for row in olle.ask(open_cases())] == [of_af_and_ifo.id]
    assert lena.ask(open_cases()) == []


def test_who_works_with_it_at_a_unit_that_the_consent_names_sees_it(karin: Vault, lena: Vault) -> None:
    led = enrolled(karin, day=BEGAN, case_lead_id=contact_of(lena), named=(AF, FK, IFO))
    assert [row.id for row in lena.ask(open_cases())] == [led.id]


def test_ledning_and_administrator_see_no_case(ada: Vault, bo: Vault) -> None:
    for vault in (ada, bo):
        with refused(vault, NotPermitted):
            vault.ask(open_cases())


def test_a_protected_person_stands_in_the_list_without_a_name(karin: Vault, olle: Vault) -> None:
    """Karin wrote the referral, and owns the protected identity."""
    enrolled(karin, waiting(karin, somebody(protected=True)))
    [hidden], [shown] = olle.ask(open_cases()), karin.ask(open_cases())
    assert (hidden.name, hidden.number) == ("Skyddad", "Skyddad")
    assert (shown.name, shown.number) == ("Malin Provlund", "Skyddad")


def test_a_list_is_logged_as_one_read(karin: Vault, of_af_and_ifo: Episode) -> None:
    karin.ask(open_cases())
    assert reads(karin, "cases.listed") == [("", "", 1)]


# One case


def test_a_case_is_read_with_all_that_belongs_to_it(karin: Vault, of_af_and_ifo: Episode) -> None:
    page = karin.ask(one_case(of_af_and_ifo.id))
    assert (page.episode, page.person.full_name) == (of_af_and_ifo, "Malin Provlund")
    assert [one.case_id for one in page.consents] == [page.referral.id] * 2
    assert [one.months for one in page.follow_ups] == [3, 6, 9, 12]
    assert page.next_follow_up == page.follow_ups[0]
    assert [one.role for one in page.assignments] == ["commissioner"]
    assert [one.outcome for one in page.assessments] == ["antas"]


def test_opening_a_case_is_logged_about_its_person(karin: Vault, of_af_and_ifo: Episode) -> None:
    karin.ask(one_case(of_af_and_ifo.id))
    assert reads(karin, "case.opened") == [(of_af_and_ifo.id, of_af_and_ifo.person_id, 1)]


def test_a_case_beyond_reach_reads_like_one_that_does_not_exist(lena: Vault, of_af_and_ifo: Episode) -> None:
    for episode_id in (of_af_and_ifo.id, EpisodeId("none")):
        with refused(lena, NotFound) as refusal:
            lena.ask(one_case(episode_id))
        assert sentence(refusal.value) == "Det finns inget att visa här."


def test_a_refused_opening_is_logged_about_the_person(lena: Vault, of_af_and_ifo: Episode) -> None:
    with refused(lena, NotFound):
        lena.ask(one_case(of_af_and_ifo.id))
    assert reads(lena, "case.opened") == [(of_af_and_ifo.id, of_af_and_ifo.person_id, 0)]


def test_a_protected_case_opens_for_its_owner_alone(karin: Vault, olle: Vault) -> None:
    """Olle's unit referred the person; that is not enough."""
    protected = enrolled(karin, waiting(karin, somebody(protected=True)))
    assert karin.ask(one_case(protected.id)).person.protected
    with refused(olle, NotFound):
        olle.ask(one_case(protected.id))


def test_who_did_a_follow_up_is_told_by_name(karin: Vault, of_af_and_ifo: Episode) -> None:
    karin.do(record_follow_up(follow_ups(karin, of_af_and_ifo)[0].id, found()))
    page = karin.ask(one_case(of_af_and_ifo.id))
    assert page.done_by == {karin.actor.user_id: "Karin Ekdal"}
    assert page.next_follow_up == page.follow_ups[1]


def test_an_ended_case_says_until_when_the_person_can_come_back(karin: Vault) -> None:
    ended = discharged(karin, began=BEGAN)
    assert karin.ask(one_case(ended.id)).rereferral_until == date(2027, 5, 24)


def test_after_a_death_nobody_comes_back(karin: Vault) -> None:
    ended = discharged(karin, began=BEGAN, reason=DischargeReason.AVLIDEN, destination=None, livelihoods=None)
    assert karin.ask(one_case(ended.id)).rereferral_until is None


def test_a_case_names_the_referral_that_came_after_it(karin: Vault) -> None:
    ended = discharged(karin, began=BEGAN)
    again = karin.do(
        refer_again(ended.id, asks(), reason=RereferralReason.INTE_HALLIT, not_held="Praktiken", consent=agrees())
    ).value
    assert karin.ask(one_case(ended.id)).came_back_with == again.id


def test_the_persons_other_cases_within_reach_stand_beside_it(karin: Vault, lena: Vault) -> None:
    """The newest first; FK takes part in the second alone."""
    first = discharged(karin, began=BEGAN)
    with_fk = agrees(unit_ids=(AF, FK, IFO))
    second = enrolled(karin, waiting(karin, consent=with_fk), case_worker_id=contact_of(lena), commissioner_id=FK)
    karin.do(discharge(second.id, ends()))
    third = enrolled(karin, waiting(karin, consent=with_fk), case_worker_id=contact_of(lena), commissioner_id=FK)
    assert [one.id for one in karin.ask(one_case(third.id)).others] == [second.id, first.id]
    assert [one.id for one in lena.ask(one_case(third.id)).others] == [second.id]


# The whole number


def test_the_whole_number_is_a_read_of_its_own(karin: Vault, of_af_and_ifo: Episode) -> None:
    person_id = of_af_and_ifo.person_id
    assert karin.ask(full_number(person_id)).startswith("19850312-")
    assert reads(karin, "person.number_shown") == [(person_id, person_id, 1)]


def test_the_number_of_a_person_beyond_reach_is_not_shown(lena: Vault, of_af_and_ifo: Episode) -> None:
    for person_id in (of_af_and_ifo.person_id, PersonId("none")):
        with refused(lena, NotFound):
            lena.ask(full_number(person_id))
