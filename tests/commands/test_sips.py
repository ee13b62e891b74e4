"""SIP: nobody outside the consent is called, letters grow old, and a plan is finished with all its points."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from misam_desktop.commands import sip_plans, sips
from misam_desktop.commands.consents import renew_consent, withdraw_consent
from misam_desktop.commands.extracts import make_extract
from misam_desktop.commands.persons import correct_person
from misam_desktop.commands.shut_outs import shut_out
from misam_desktop.domain.access import ConsentEnded
from misam_desktop.domain.codes import Purpose, Role
from misam_desktop.domain.consent import ConsentMissing, UnitOutsideConsent
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import SipPartyId, UnitId
from misam_desktop.domain.shut_out import WorksWithIt
from misam_desktop.domain.sip import LetterState, NotAPrincipal, PartyKind, Sip, SipAnswer, SipEnded, SipNotPut
from misam_desktop.domain.sip_plan import PlanFacts, PlanLocked, PlanNotReady, Point
from misam_desktop.queries.sips import look_up_for_sip, one_sip
from misam_desktop.queries.sips import sips as listed
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.stage_sips import FULL, LATER, needs_sip, to_sip
from tests.commands.worlds import (
    AF,
    FK,
    IFO,
    REGION,
    agrees,
    all_of,
    colleague,
    contact_of,
    one,
    proven,
    refused,
    somebody,
)
from tests.conftest import TODAY


def begun(karin: Vault, serial: int = 990) -> Sip:
    return karin.do(sips.begin_sip(somebody(serial), needs_sip(karin), consent=to_sip(), submit=True)).value


def meets(karin: Vault, sip: Sip, time: str = "13.00") -> Sip:
    seen = one(karin, rows.sips, sip.id).version
    return karin.do(sips.set_sip_meeting(sip.id, on=LATER, time=time, place="Rum 2", seen=seen)).value


def with_party(karin: Vault, sip: Sip, unit_id: UnitId = FK) -> SipPartyId:
    return karin.do(sips.add_party(sip.id, PartyKind.ENHET, unit_id=unit_id)).value.id


def test_a_unit_of_kommun_or_region_judges_it(karin: Vault) -> None:
    with refused(karin, NotFound, NotAPrincipal):
        karin.do(sips.begin_sip(somebody(990), replace(needs_sip(karin), unit_id=AF), consent=to_sip(), submit=True))


def test_without_a_consent_nobody_else_is_called(karin: Vault) -> None:
    with refused(karin, ConsentMissing):
        karin.do(sips.begin_sip(somebody(990), needs_sip(karin), submit=True))
    draft = karin.do(sips.begin_sip(somebody(990), needs_sip(karin))).value
    with refused(karin, SipNotPut):
        meets(karin, draft)
    with refused(karin, SipNotPut):
        karin.do(sip_plans.write_plan(draft.id, PlanFacts()))


def test_a_unit_reads_it_from_its_letter_and_no_other_does(karin: Vault, lena: Vault) -> None:
    sip = meets(karin, begun(karin))
    fk = with_party(karin, sip)
    assert lena.ask(listed()) == []
    karin.do(sips.invite(fk))
    assert [row.case_id for row in lena.ask(listed())] == [sip.id]
    assert lena.ask(one_sip(sip.id)).sip.need_why


def test_a_unit_outside_the_consent_gets_no_letter(karin: Vault) -> None:
    sip = meets(karin, begun(karin))
    outside = with_party(karin, sip, REGION)
    with refused(karin, UnitOutsideConsent):
        karin.do(sips.invite(outside))
    assert [line.is_outside for line in karin.ask(one_sip(sip.id)).parties] == [True]


def test_of_a_protected_person_no_unit_learns_by_a_letter(karin: Vault, lena: Vault) -> None:
    person = somebody(990, protected=True)
    sip = karin.do(sips.begin_sip(person, needs_sip(karin), consent=to_sip(), submit=True)).value
    karin.do(sips.invite(with_party(karin, meets(karin, sip))))
    assert lena.ask(listed()) == []


def test_a_meeting_that_is_moved_makes_its_letters_old(karin: Vault, lena: Vault) -> None:
    sip = meets(karin, begun(karin))
    fk = with_party(karin, sip)
    karin.do(sips.invite(fk))
    lena.do(sips.answer_invitation(fk, SipAnswer.NY_TID, text="Bara före lunch"))
    meets(karin, sip, "10.00")
    [line] = karin.ask(one_sip(sip.id)).parties
    assert line.state is LetterState.OLD
    karin.do(sips.invite(fk))
    [line] = karin.ask(one_sip(sip.id)).parties
    assert (line.state, line.party.answer) == (LetterState.SENT, None)


def test_a_consent_taken_back_stops_it_and_a_new_paper_lets_it_go_on(karin: Vault, lena: Vault) -> None:
    sip = meets(karin, begun(karin))
    karin.do(sips.invite(with_party(karin, sip)))
    [consent] = all_of(karin, rows.consents)
    renewed = karin.do(renew_consent(consent.id, until_on=None, paper_at="Pärm 4")).value
    assert lena.ask(listed())
    karin.do(withdraw_consent(renewed.id, on=TODAY))
    assert lena.ask(listed()) == []
    with refused(karin, ConsentEnded):
        meets(karin, sip, "10.00")
    karin.do(sips.end_sip(sip.id, on=TODAY, evaluation="Personen ville inte mer"))


def test_a_plan_is_finished_with_all_four_points(karin: Vault) -> None:
    sip = meets(karin, begun(karin))
    fk = with_party(karin, sip)
    karin.do(sip_plans.write_plan(sip.id, replace(FULL, none=(), responsible_id=None)))
    with refused(karin, PlanNotReady):
        karin.do(sip_plans.finish_plan(sip.id))
    karin.do(sip_plans.commit_in_sip(fk, what="Prövar sjukpenning"))
    edition = karin.ask(one_sip(sip.id)).newest
    assert edition is not None
    assert edition.lacks == (Point.KOMMUN, Point.REGION, Point.RESPONSIBLE)
    karin.do(sip_plans.write_plan(sip.id, FULL, seen=edition.plan.version))
    karin.do(sip_plans.finish_plan(sip.id))


def test_who_is_no_huvudman_has_no_overall_responsibility(karin: Vault) -> None:
    sip = begun(karin)
    with refused(karin, NotAPrincipal):
        karin.do(sip_plans.write_plan(sip.id, replace(FULL, responsible_id=FK)))


def test_what_is_finished_stands_and_an_amendment_is_beside_it(karin: Vault) -> None:
    sip = meets(karin, begun(karin))
    line = karin.do(sip_plans.commit_in_sip(with_party(karin, sip), what="Ringer")).value
    karin.do(sip_plans.write_plan(sip.id, FULL))
    karin.do(sip_plans.finish_plan(sip.id))
    with refused(karin, PlanLocked):
        karin.do(sip_plans.write_plan(sip.id, PlanFacts(needed="Annat")))
    with refused(karin, PlanLocked):
        karin.do(sip_plans.drop_sip_commitment(line.id))
    karin.do(sip_plans.amend_plan(sip.id, reason="Flyttat"))
    karin.do(sip_plans.write_plan(sip.id, replace(FULL, needed="Annat")))
    second, first = karin.ask(one_sip(sip.id)).editions
    assert (first.plan.needed, second.plan.needed, second.plan.edition) == (FULL.needed, "Annat", 2)
    assert [one.what for one in second.lines] == [one.what for one in first.lines] == ["Ringer"]
    assert karin.ask(listed())[0].follow_up_on == LATER


def test_there_is_nothing_to_finish_before_a_plan_is_begun(karin: Vault) -> None:
    sip = begun(karin)
    with refused(karin, NotFound):
        karin.do(sip_plans.finish_plan(sip.id))


def test_an_ended_sip_is_not_written_on(karin: Vault) -> None:
    sip = begun(karin)
    party = with_party(karin, sip)
    karin.do(sips.end_sip(sip.id, on=TODAY, evaluation="Bra"))
    with refused(karin, SipEnded):
        karin.do(sips.remove_party(party))
    with refused(karin, SipEnded):
        karin.do(sip_plans.write_plan(sip.id, FULL))
    assert karin.ask(look_up_for_sip(somebody(990).number)).cases == ()


def test_whoever_holds_it_together_is_not_kept_out(karin: Vault) -> None:
    sip = begun(karin)
    with refused(karin, WorksWithIt):
        karin.do(shut_out(sip.id, contact_of(karin)))


def test_jav_takes_it_out_of_sight(karin: Vault) -> None:
    kim = colleague(karin, "kim", Role.KOORDINATOR, unit_id=REGION)
    sip = begun(karin)
    assert kim.ask(listed())
    karin.do(shut_out(sip.id, contact_of(kim)))
    assert kim.ask(listed()) == []


def test_the_person_is_corrected_on_it(karin: Vault) -> None:
    sip = begun(karin)
    corrected = karin.do(correct_person(sip.id, somebody(990, phone="070-000 00 00"), seen=1)).value
    assert corrected.phone == "070-000 00 00"


def test_two_people_hold_different_consents_apart(karin: Vault) -> None:
    """A consent to samverkan is none to SIP."""
    with refused(karin, ConsentMissing):
        consent = agrees(purposes=(Purpose.SAMVERKAN,), unit_ids=(IFO, AF))
        karin.do(sips.begin_sip(somebody(990), needs_sip(karin), consent=consent, submit=True))


def test_days_are_counted_from_the_need(karin: Vault) -> None:
    facts = replace(needs_sip(karin), need_on=TODAY - timedelta(days=5))
    karin.do(sips.begin_sip(somebody(990), facts))
    [row] = karin.ask(listed())
    assert (row.days, row.waits) == (5, True)


def test_what_is_given_to_the_person_holds_the_sip(karin: Vault) -> None:
    sip = meets(karin, begun(karin))
    line = karin.do(sip_plans.commit_in_sip(with_party(karin, sip), what="Ringer", due_on=LATER)).value
    mother = karin.do(sips.add_party(sip.id, PartyKind.NARSTAENDE, name="Mamma")).value
    karin.do(sip_plans.commit_in_sip(mother.id, what="Följer med"))
    karin.do(sips.add_party(sip.id, PartyKind.PERSONEN))
    karin.do(sip_plans.write_plan(sip.id, FULL))
    karin.do(sip_plans.finish_sip_commitment(line.id))
    karin.do(sips.end_sip(sip.id, on=TODAY, evaluation="Det blev bra"))
    given = str(proven(karin).do(make_extract(sip.person_id)).value.data)
    for words in ("Det blev bra", FULL.needed, "Närstående: Mamma", "Följer med", "Personen själv"):
        assert words in given
