"""The log for those who may see it: ids only, and who has had to do with one person."""

from __future__ import annotations

from typing import get_type_hints

import pytest

from misam_desktop.commands.forum import open_forum
from misam_desktop.commands.referrals import withdraw_referral
from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.codes import Referrer, Role
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import PersonId, ReferralId
from misam_desktop.queries.log import LogRow, log_entries, person_extract, who_has_looked
from misam_desktop.queries.referrals import one_referral
from misam_desktop.vault import Vault
from tests.commands.test_register import BO, take
from tests.commands.worlds import AF, FK, IFO, MISAM, colleague, draft, entries, refused, somebody, waiting
from tests.conftest import TODAY


def test_every_entry_is_told_as_it_stands_oldest_first(karin: Vault) -> None:
    waiting(karin)
    told = karin.ask(log_entries())
    assert [row.seq for row in told] == list(range(1, len(told) + 1))
    assert [(row.action, row.object_id, row.allowed) for row in told] == [
        (entry.action, entry.object_id, bool(entry.allowed)) for entry in entries(karin)[:-1]
    ]


def test_that_somebody_looked_at_the_log_is_logged(karin: Vault) -> None:
    karin.ask(log_entries())
    assert entries(karin)[-1].action == "log.listed"


def test_a_refusal_stands_there_too(karin: Vault, jonas: Vault) -> None:
    with pytest.raises(NotPermitted):
        jonas.do(open_forum(MISAM, on=TODAY))
    assert [(row.user_id, row.allowed) for row in karin.ask(log_entries())][-1] == (jonas.actor.user_id, False)


def test_a_handlaggare_sees_her_own_entries_alone(karin: Vault, jonas: Vault) -> None:
    waiting(karin)
    waiting(jonas, somebody(981))
    assert {row.user_id for row in jonas.ask(log_entries())} == {jonas.actor.user_id}
    assert {row.user_id for row in karin.ask(log_entries())} == {karin.actor.user_id, jonas.actor.user_id}


def test_a_koordinator_of_one_activity_sees_that_ones_entries_and_her_own(karin: Vault) -> None:
    take(karin, {}, BO | {"insats": "Jobbtorg"})
    meeting = karin.do(open_forum(MISAM, on=TODAY)).value
    of_misam = colleague(karin, "mia", Role.KOORDINATOR, unit_id=IFO, activity_ids=(MISAM,))
    of_misam.ask(log_entries())
    told = of_misam.ask(log_entries())
    imported = [row for row in told if row.action == "register.imported"]
    assert [row.action for row in told if row.object_id == meeting.id] == ["meeting.opened"]
    assert len(imported) == 1
    assert told[-1].user_id == of_misam.actor.user_id


def test_what_was_refused_reads_in_ones_own_log_like_what_does_not_exist(
    karin: Vault, jonas: Vault, lena: Vault
) -> None:
    mine, theirs = draft(lena, referrer=Referrer.FK, unit_id=FK), waiting(jonas)
    for referral_id in (theirs.id, ReferralId("none")):
        with refused(lena, NotFound):
            lena.ask(one_referral(referral_id))
        with refused(lena, NotFound):
            lena.do(withdraw_referral(referral_id, why="Dubblett"))
    assert {row.object_id for row in lena.ask(log_entries()) if row.allowed} >= {mine.id}
    opened, withdrawn, opened_none, withdrawn_none = [row[5:] for row in lena.ask(log_entries()) if not row.allowed]
    assert (opened, withdrawn) == (opened_none, withdrawn_none)
    assert {row.object_id for row in karin.ask(log_entries()) if not row.allowed} == {theirs.id, ""}


def test_an_entry_holds_ids_and_codes_alone() -> None:
    assert get_type_hints(LogRow) == dict.fromkeys(LogRow._fields, str) | {"seq": int, "allowed": bool}


def test_the_extract_of_a_person_says_who_from_which_unit(karin: Vault, jonas: Vault) -> None:
    referral = waiting(jonas)
    karin.ask(one_referral(referral.id))
    extract = karin.ask(person_extract(referral.person_id))
    assert [(row.user, row.unit, row.action) for row in extract] == [
        ("Jonas Vall", "Arbetsförmedlingen", "referral.made"),
        ("Karin Ekdal", "IFO/Försörjningsstöd", "referral.opened"),
    ]


def test_who_sees_their_own_entries_alone_is_given_no_extract(jonas: Vault) -> None:
    referral = waiting(jonas)
    with refused(jonas, NotPermitted):
        jonas.ask(person_extract(referral.person_id))
    with refused(jonas, NotPermitted):
        jonas.ask(who_has_looked(referral.person_id))


def test_a_koordinator_extracts_what_her_own_unit_has_only_begun(karin: Vault) -> None:
    theirs = draft(karin, referrer=Referrer.KOMMUN, unit_id=IFO, needed_unit_ids=(AF,))
    assert [row.action for row in karin.ask(person_extract(theirs.person_id))] == ["referral.made"]


def test_the_extract_is_itself_an_entry_about_the_person(karin: Vault) -> None:
    referral = waiting(karin)
    karin.ask(person_extract(referral.person_id))
    assert (entries(karin)[-1].action, entries(karin)[-1].person_id) == ("log.person_extracted", referral.person_id)


def test_a_person_beyond_reach_reads_like_one_who_does_not_exist(karin: Vault) -> None:
    other = colleague(karin, "kim", Role.KOORDINATOR, unit_id=IFO)
    take(other, {"skyddad": "ja"})
    [person_id] = {entry.person_id for entry in entries(karin) if entry.person_id}
    with refused(karin, NotFound):
        karin.ask(person_extract(PersonId(person_id)))
    with refused(karin, NotFound):
        karin.ask(person_extract(PersonId("saknas")))
