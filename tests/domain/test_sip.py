"""A SIP: who judges it needed, who is called and invited, when letters are old, and how it ends (process.md §8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from misam_desktop.domain import sip as rules
from misam_desktop.domain.codes import Agency, Purpose
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ActivityId, CaseId, SipPartyId
from misam_desktop.domain.pseudonym import Pseudonym
from misam_desktop.domain.referral import FutureDate, TextRequired
from misam_desktop.domain.shut_out import who_work_with_sip
from misam_desktop.domain.sip import (
    LetterState,
    PartyKind,
    Preparation,
    Sip,
    SipAnswer,
    SipFacts,
    SipLetter,
    SipParty,
    SipState,
)
from tests.domain.worlds import FK, IFO, JONAS, NOW, PERSON, TODAY

FACTS = SipFacts(
    activity_id=ActivityId("misam"), unit_id=IFO, contact_id=JONAS, need_on=TODAY - timedelta(days=3), need_why=" Vård "
)
WEEK = TODAY + timedelta(days=7)
SIP = Sip(id=CaseId("s"), person_id=PERSON, **{name: getattr(FACTS, name) for name in SipFacts.__slots__})
PUT = replace(SIP, submitted_at=NOW)
ENDED = replace(PUT, ended_on=TODAY)


def meets(sip: Sip = PUT, **said: Any) -> Sip:
    return rules.set_meeting(
        sip, **dict[str, Any]({"on": WEEK, "time": "13.00", "place": "Rum 2", "today": TODAY} | said)
    )


def party(
    kind: PartyKind = PartyKind.ENHET, *, sip: Sip = SIP, already: tuple[SipParty, ...] = (), **said: Any
) -> SipParty:
    told = {"unit_id": FK, "name": ""} | said
    return rules.take_part(sip, SipPartyId("p"), kind, already=already, **told)


def test_kommun_or_region_judges_that_a_sip_is_needed() -> None:
    for agency in (Agency.KOMMUN, Agency.REGION):
        begun = rules.begin(FACTS, SIP.id, person_id=PERSON, judged_by=agency, today=TODAY)
        assert (begun.home_id, begun.purpose, begun.need_why) == (IFO, Purpose.SIP, "Vård")
    for agency in (Agency.AF, Agency.FK):
        with pytest.raises(rules.NotAPrincipal):
            rules.begin(FACTS, SIP.id, person_id=PERSON, judged_by=agency, today=TODAY)


@pytest.mark.parametrize(("said", "wrong"), [({"need_on": WEEK}, FutureDate), ({"need_why": " "}, TextRequired)])
def test_a_need_has_been_seen_and_says_why(said: dict[str, Any], wrong: type[UserError]) -> None:
    with pytest.raises(wrong):
        rules.begin(replace(FACTS, **said), SIP.id, person_id=PERSON, judged_by=Agency.KOMMUN, today=TODAY)


def test_days_run_from_the_need_to_the_first_work() -> None:
    assert rules.days_to_work(SIP, today=TODAY) == 3
    prepared = rules.prepare(SIP, Preparation(important=" Att få sova ", relatives=True), today=TODAY)
    assert (prepared.important, prepared.relatives, prepared.begun_on) == ("Att få sova", True, TODAY)
    assert rules.prepare(prepared, Preparation(), today=WEEK).begun_on == TODAY
    assert rules.days_to_work(prepared, today=WEEK) == 3


def test_it_is_put_to_the_parties_once() -> None:
    assert rules.put_to_parties(SIP, now=NOW).submitted_at == NOW
    assert rules.put_to_parties(PUT, now=NOW + timedelta(days=1)) == PUT


def test_a_meeting_is_set_after_the_consent_and_not_before_the_need() -> None:
    with pytest.raises(rules.SipNotPut):
        meets(SIP)
    with pytest.raises(rules.MeetingBeforeNeed):
        meets(on=TODAY - timedelta(days=4))
    assert meets().begun_on == TODAY


def test_a_moved_meeting_makes_letters_old_and_an_answer_to_them_none() -> None:
    first = meets()
    assert meets(first) == first
    asked = rules.send(first, party(), today=TODAY)
    said = rules.answer(first, asked, SipAnswer.KOMMER, text="", today=TODAY)
    moved = meets(first, time="14.00")
    states = [rules.letter_state(sip, one) for sip, one in ((first, party()), (first, said), (moved, said))]
    assert states == [LetterState.DUE, LetterState.SENT, LetterState.OLD]
    with pytest.raises(rules.NotInvited):
        rules.answer(moved, said, SipAnswer.KOMMER, text="", today=TODAY)
    again = rules.send(moved, said, today=TODAY)
    assert (again.sent_no, again.answer, again.answered_on) == (2, None, None)


def test_another_day_has_another_code() -> None:
    coded = replace(meets(), code=Pseudonym("K7MQ2XF"))
    assert (meets(coded), meets(coded, time="14.00").code) == (coded, None)


def test_a_relative_is_asked_once_the_person_has_said_yes() -> None:
    mother = party(PartyKind.NARSTAENDE, name="Mamma")
    for said, wrong in ((None, rules.RelativesNotAsked), (False, rules.RelativesDeclined)):
        with pytest.raises(wrong):
            rules.send(replace(meets(), relatives=said), mother, today=TODAY)
    assert rules.send(replace(meets(), relatives=True), mother, today=TODAY).sent_no == 1


def test_a_letter_goes_to_a_meeting_and_once() -> None:
    with pytest.raises(rules.SipWithoutMeeting):
        rules.send(PUT, party(), today=TODAY)
    sent = rules.send(meets(), party(), today=TODAY)
    with pytest.raises(rules.AlreadyInvited):
        rules.send(meets(), sent, today=TODAY)
    rules.must_be_removable(party())
    with pytest.raises(rules.PartyInvited):
        rules.must_be_removable(sent)


@pytest.mark.parametrize("said", [SipAnswer.NY_TID, SipAnswer.KOMMER_INTE])
def test_another_time_and_a_no_say_more(said: SipAnswer) -> None:
    sent = rules.send(meets(), party(), today=TODAY)
    with pytest.raises(TextRequired):
        rules.answer(meets(), sent, said, text=" ", today=TODAY)
    assert rules.answer(meets(), sent, said, text="Semester", today=TODAY).answer_text == "Semester"


def test_huvudman_are_called_and_others_invited() -> None:
    letters = {agency: rules.letter_of(agency) for agency in (*Agency, None)}
    called = {agency for agency, letter in letters.items() if letter is SipLetter.KALLELSE}
    assert called == {Agency.KOMMUN, Agency.REGION}


def test_who_takes_part_is_a_unit_or_is_named_and_stands_there_once() -> None:
    unit = party(name="Annat")
    assert (unit.unit_id, unit.name) == (FK, "")
    with pytest.raises(rules.AlreadyParty):
        party(already=(unit,))
    with pytest.raises(TextRequired):
        party(unit_id=None)
    with pytest.raises(TextRequired):
        party(PartyKind.ANNAN)
    mother = party(PartyKind.NARSTAENDE, name=" Mamma ")
    assert (mother.unit_id, mother.name) == (None, "Mamma")
    with pytest.raises(rules.AlreadyParty):
        party(PartyKind.NARSTAENDE, name="Mamma", already=(mother,))
    person = party(PartyKind.PERSONEN, name="Malin")
    assert (person.unit_id, person.name) == (None, "")
    with pytest.raises(rules.AlreadyParty):
        party(PartyKind.PERSONEN, already=(person,))


def test_no_relative_takes_part_against_the_persons_will() -> None:
    with pytest.raises(rules.RelativesDeclined):
        party(PartyKind.NARSTAENDE, name="Mamma", sip=replace(SIP, relatives=False))


def test_a_sip_ends_with_what_came_of_it() -> None:
    ended = rules.end(PUT, on=TODAY, evaluation=" Bra ", today=TODAY)
    assert (ended.ended_on, ended.evaluation) == (TODAY, "Bra")
    with pytest.raises(FutureDate):
        rules.end(PUT, on=WEEK, evaluation="Bra", today=TODAY)
    with pytest.raises(TextRequired):
        rules.end(PUT, on=TODAY, evaluation="", today=TODAY)
    for done in (
        lambda: rules.end(ENDED, on=TODAY, evaluation="Bra", today=TODAY),
        lambda: rules.prepare(ENDED, Preparation(), today=TODAY),
        lambda: meets(ENDED),
        lambda: rules.put_to_parties(ENDED, now=NOW),
        lambda: party(sip=ENDED),
        lambda: rules.send(ENDED, party(), today=TODAY),
        lambda: rules.answer(ENDED, party(), SipAnswer.KOMMER, text="", today=TODAY),
    ):
        with pytest.raises(rules.SipEnded):
            done()


def test_whoever_holds_it_together_works_with_it_until_it_ends() -> None:
    assert (who_work_with_sip(PUT), who_work_with_sip(ENDED)) == ({JONAS}, set())


def test_a_sip_stands_where_its_facts_say() -> None:
    def state(sip: Sip, *, has_plan: bool = False, is_finished: bool = False) -> SipState:
        return rules.state_of(sip, has_plan=has_plan, is_finished=is_finished)

    assert state(SIP) is SipState.NEED
    assert state(PUT) is SipState.PREPARED
    assert state(meets()) is SipState.CALLED
    assert state(meets(), has_plan=True) is SipState.PLANNED
    assert state(meets(), has_plan=True, is_finished=True) is SipState.FOLLOWED
    assert state(ENDED, has_plan=True, is_finished=True) is SipState.ENDED
