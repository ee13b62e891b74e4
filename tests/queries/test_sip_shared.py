"""Åtaganden of a SIP in the plan of an episode, and the other way round: where both consents cover them, and once."""

from __future__ import annotations

from dataclasses import replace

from misam_desktop.commands import sip_plans, sips
from misam_desktop.commands.commitments import make_commitment
from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.domain.codes import InfoKind, Purpose
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.sip import PartyKind, Sip
from misam_desktop.queries.cases import one_case
from misam_desktop.queries.sips import one_sip
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.stage_sips import FULL, LATER, needs_sip
from tests.commands.worlds import AF, FK, IFO, agrees, enrolled, entries, one, somebody, waiting


def case_and_sip(
    karin: Vault, jonas: Vault, *units: UnitId, kinds: tuple[InfoKind, ...] = tuple(InfoKind)
) -> tuple[Episode, Sip]:
    """An open episode, and a SIP of the same person whose consent names IFO and these units."""
    episode = enrolled(karin, waiting(jonas))
    person = one(karin, rows.persons, episode.person_id)
    consent = agrees(purposes=(Purpose.SIP,), unit_ids=(IFO, *units), kinds=kinds)
    facts = replace(somebody(990), number=person.number)
    sip = karin.do(sips.begin_sip(facts, needs_sip(karin), consent=consent, submit=True)).value
    return episode, sip


def plan(karin: Vault, sip: Sip, unit_id: UnitId, what: str, *, finished: bool = True) -> None:
    party = karin.do(sips.add_party(sip.id, PartyKind.ENHET, unit_id=unit_id)).value
    karin.do(sip_plans.commit_in_sip(party.id, what=what, due_on=LATER))
    karin.do(sip_plans.write_plan(sip.id, FULL))
    if finished:
        karin.do(sip_plans.finish_plan(sip.id))


def shared(karin: Vault, episode: Episode) -> list[tuple[str, str]]:
    """What the plan of the episode shows of the SIP's, with the own line that says the same."""
    return [(line.what, line.same_as) for line in karin.ask(one_case(episode.id)).shared]


def test_a_plan_in_force_is_shown_in_the_episode(karin: Vault, jonas: Vault) -> None:
    episode, sip = case_and_sip(karin, jonas, AF)
    plan(karin, sip, AF, "Prövar arbetsträning")
    [line] = karin.ask(one_case(episode.id)).shared
    assert (line.what, line.unit_id, line.due_on, line.case_id) == ("Prövar arbetsträning", AF, LATER, sip.id)
    assert ("case.opened", sip.id) in {(entry.action, entry.object_id) for entry in entries(karin)}


def test_what_the_person_does_is_shown_and_what_a_relative_does_is_not(karin: Vault, jonas: Vault) -> None:
    episode, sip = case_and_sip(karin, jonas)
    person = karin.do(sips.add_party(sip.id, PartyKind.PERSONEN)).value
    other = karin.do(sips.add_party(sip.id, PartyKind.ANNAN, name="Rut")).value
    for party in (person, other):
        karin.do(sip_plans.commit_in_sip(party.id, what=f"Ringer {party.kind}"))
    karin.do(sip_plans.write_plan(sip.id, FULL))
    karin.do(sip_plans.finish_plan(sip.id))
    assert shared(karin, episode) == [("Ringer personen", "")]


def test_a_draft_is_not_shared_nor_a_unit_that_one_consent_leaves_out(karin: Vault, jonas: Vault) -> None:
    episode, sip = case_and_sip(karin, jonas, AF)
    plan(karin, sip, AF, "Prövar arbetsträning", finished=False)
    assert shared(karin, episode) == []
    plan(karin, sip, FK, "Prövar sjukpenning")
    assert shared(karin, episode) == [("Prövar arbetsträning", "")]


def test_a_consent_without_planning_shares_nothing(karin: Vault, jonas: Vault) -> None:
    episode, sip = case_and_sip(karin, jonas, AF, kinds=(InfoKind.GRUNDUPPGIFTER,))
    plan(karin, sip, AF, "Prövar arbetsträning")
    assert shared(karin, episode) == []


def test_once_one_consent_is_taken_back_nothing_is_shared(karin: Vault, jonas: Vault) -> None:
    episode, sip = case_and_sip(karin, jonas, AF)
    plan(karin, sip, AF, "Prövar arbetsträning")
    [consent] = karin.ask(one_sip(sip.id)).consents
    karin.do(withdraw_consent(consent.id, on=sip.need_on))
    assert shared(karin, episode) == []


def test_what_stands_in_both_is_shown_once_in_each(karin: Vault, jonas: Vault) -> None:
    episode, sip = case_and_sip(karin, jonas, AF)
    plan(karin, sip, AF, "Prövar arbetsträning")
    mine = karin.do(make_commitment(episode.id, what="prövar  arbetsträning", unit_id=AF, due_on=None)).value
    karin.do(make_commitment(episode.id, what="Bokar möte", unit_id=AF, due_on=None))
    assert shared(karin, episode) == [("Prövar arbetsträning", mine.id)]
    page = karin.ask(one_sip(sip.id))
    line = page.editions[0].lines[0].id
    assert [(one.what, one.same_as, one.case_id) for one in page.shared] == [
        ("Bokar möte", "", episode.id),
        ("prövar  arbetsträning", line, episode.id),
    ]


def test_who_reads_only_one_of_them_is_shown_nothing_of_the_other(karin: Vault, jonas: Vault) -> None:
    episode, sip = case_and_sip(karin, jonas, AF)
    plan(karin, sip, AF, "Prövar arbetsträning")
    assert [line.what for line in jonas.ask(one_case(episode.id)).shared] == []
    party = karin.ask(one_sip(sip.id)).parties[0].party
    seen = karin.ask(one_sip(sip.id)).sip.version
    karin.do(sips.set_sip_meeting(sip.id, on=LATER, time="13.00", place="Rum 2", seen=seen))
    karin.do(sips.invite(party.id))
    assert [line.what for line in jonas.ask(one_case(episode.id)).shared] == ["Prövar arbetsträning"]
