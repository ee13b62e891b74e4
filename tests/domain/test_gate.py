"""Utlämnandekontroll: what leaves, to whom, and that every field which tells of the person says what it tells."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace

import pytest

from misam_desktop.domain.access import May, NotAllOfIt, Subject
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.codes import Act, Education, InfoKind, ListColumn, Passage, Recipient, Sex
from misam_desktop.domain.commitment import Commitment
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.deviation import Deviation
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.follow_up import FollowUp
from misam_desktop.domain.gate import (
    GateChanged,
    NothingLeaves,
    To,
    WayUnsuited,
    for_all,
    leaving,
    let_out,
    let_through,
    must_be_as_seen,
    must_leave,
    must_see,
    must_suit,
    needed,
    preview,
    suits,
    told_by,
    withheld,
)
from misam_desktop.domain.listed import Listed, in_order, kinds_in
from misam_desktop.domain.livelihood import UNKNOWN
from misam_desktop.domain.meeting import Assessment
from misam_desktop.domain.nafs import NafsCase, Question
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import NOT_SHOWN, made_up_number
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.register import RegisterRow
from misam_desktop.domain.scope import EVERYTHING
from misam_desktop.domain.shared import SharedCommitment
from misam_desktop.domain.sip import Sip, SipParty
from misam_desktop.domain.sip_plan import SipCommitment, SipPlan
from misam_desktop.domain.talk import Talk
from tests.domain.worlds import AF, FK, IFO, MISAM, ON_SUPPORT, PERSON, TODAY, consent, follow_up, referral

TELLS_NOTHING = {
    # ids, days and steps of the process, and who works with it; written by hand, so that a new field is thought about
    Person: "id protected protected_owners version",
    Referral: "id person_id activity_id referrer unit_id kept_by contact_id supplied_by referred_on earlier_episode_id "
    "submitted_at withdrawn_on reviewed_on outcome outcome_on outcome_meeting_id also_nafs also_sip episode_id version",
    Episode: "id person_id activity_id referral_id enrolled_on commissioner_id case_worker_id case_lead_id "
    "discharged_on version",
    FollowUp: "id episode_id anchor months due_on original_due_on owner_id done_on done_by supplied_by unreached_on "
    "tries cancelled_on version",
    Commitment: "id episode_id unit_id due_on done_on talk_id version",
    Talk: "id episode_id kind on version",
    Deviation: "id activity_id episode_id unit_id on kind source closed_on version",
    Assessment: "id referral_id meeting_id outcome also_nafs also_sip concluded_on taken_back_at version",
    RegisterRow: "activity referrer referred_on outcome outcome_on enrolled_on commissioner case_worker consent_from "
    "consent_until consent_agencies consent_purposes consents_kept discharged_on protected",
    Listed: "activity referred_by referred_on state commissioner case_worker case_lead enrolled_on next_due_on "
    "discharged_on",
    Consent: "id person_id case_id purpose from_on until_on unit_ids kinds paper_at given wording recorded_at "
    "withdrawn_on version",
    NafsCase: "id person_id activity_id unit_id raised_by passed_by raised_on submitted_at withdrawn_on version",
    Question: "id case_id unit_id place asked_on answered_on answered_by version",
    AgendaItem: "id meeting_id case_id question asked_id place minutes code added_at responsible_id feedback_by "
    "feedback_on feedback_how version",
}
TELLS_NOTHING |= {
    Sip: "id person_id activity_id unit_id contact_id need_on begun_on submitted_at meeting_on meeting_time "
    "meeting_place meeting_no code ended_on version",
    SipParty: "id case_id kind unit_id sent_no sent_on answer answered_on version",
    SipPlan: "id case_id edition none responsible_id follow_up_on finished_on finished_by version",
    SipCommitment: "id plan_id party_id due_on done_on version",
    SharedCommitment: "unit_id due_on done_on case_id case_on same_as",
}
UNIT_FK, UNIT_IFO = (To(recipient=Recipient.ENHET, unit_id=one) for one in (FK, IFO))
PERSON_SELF, OWN = To(recipient=Recipient.PERSONEN), To(recipient=Recipient.EGEN)


@pytest.mark.parametrize("cls", TELLS_NOTHING)
def test_every_field_that_can_leave_says_what_it_tells(cls: type) -> None:
    names = {field.name for field in fields(cls)}
    assert names - set(told_by(cls)) == set(TELLS_NOTHING[cls].split())


def somebody() -> Person:
    number = made_up_number(TODAY.replace(year=1985), 980)
    return Person(id=PERSON, number=number, given_name="Malin", family_name="Provlund", sex=Sex.KVINNA, phone="070")


def test_what_is_not_let_through_is_emptied_and_the_rest_stands() -> None:
    person = somebody()
    assert let_through(person, EVERYTHING) is person
    assert let_through(person, frozenset({InfoKind.GRUNDUPPGIFTER})) == person
    veiled = let_through(person, frozenset())
    assert (veiled.id, veiled.number, veiled.full_name, veiled.phone) == (PERSON, NOT_SHOWN, "", "")
    told = let_through(
        referral(question="Vad?", livelihoods=ON_SUPPORT, support_months=3, education=Education.GYMNASIUM, sgi0=True),
        frozenset({InfoKind.FRAGESTALLNING}),
    )
    assert (told.question, told.livelihoods, told.support_months) == ("Vad?", UNKNOWN, None)
    assert (told.education, told.sgi0) == (Education.OKAND, False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Something that tells of nobody itself and holds what does."""

    person: Person
    others: tuple[Person, ...] = ()
    by_name: dict[str, Person] = field(default_factory=dict)


def test_what_a_value_holds_is_cut_with_it() -> None:
    person = somebody()
    held = Held(person=person, others=(person,), by_name={"one": person})
    nothing = let_through(person, frozenset())
    assert let_out([held], frozenset()) == [Held(person=nothing, others=(nothing,), by_name={"one": nothing})]
    assert let_out(held, EVERYTHING) == held
    for plain in ("text", None, Person, (1, "two")):
        assert let_out(plain, frozenset()) == plain


def test_a_note_needs_every_kind_that_it_can_hold() -> None:
    noted = replace(follow_up(), note="Mår bättre", step=2)
    plan = let_through(noted, frozenset({InfoKind.PLANERING}))
    assert (plan.step, plan.note) == (2, "")
    assert withheld(FollowUp, "note", frozenset({InfoKind.PLANERING, InfoKind.HALSA}))
    assert not withheld(FollowUp, "note", EVERYTHING)
    assert not withheld(FollowUp, "due_on", frozenset())


def case(**said: object) -> Subject:
    signed = consent(unit_ids=(AF, FK), kinds=(InfoKind.GRUNDUPPGIFTER, InfoKind.PLANERING))
    made = Subject(activity_id=MISAM, unit_ids=frozenset({AF}), consents=(signed,))
    return replace(made, **said)  # type: ignore[arg-type]  # by name


def passages(subject: Subject, *to: To, mine: frozenset[InfoKind] = EVERYTHING) -> dict[tuple[To, InfoKind], Passage]:
    cells = preview(subject, mine=mine, own_unit_id=AF, to=to, today=TODAY)
    return {(cell.to, cell.kind): cell.passage for cell in cells}


def test_the_consent_decides_what_goes_to_a_unit() -> None:
    found = passages(case(), UNIT_FK, UNIT_IFO)
    assert found[UNIT_FK, InfoKind.PLANERING] is Passage.BY_CONSENT
    assert found[UNIT_FK, InfoKind.HALSA] is Passage.OUTSIDE_CONSENT
    assert found[UNIT_IFO, InfoKind.PLANERING] is Passage.OUTSIDE_CONSENT
    assert set(passages(case(consents=()), UNIT_FK).values()) == {Passage.NO_CONSENT}


def test_what_stays_and_what_the_person_gets_needs_none() -> None:
    found = passages(case(consents=()), OWN, PERSON_SELF, To(recipient=Recipient.ENHET, unit_id=AF))
    assert {found[one, InfoKind.HALSA] for one in (OWN, PERSON_SELF)} == {Passage.OWN, Passage.TO_THE_PERSON}
    assert found[To(recipient=Recipient.ENHET, unit_id=AF), InfoKind.HALSA] is Passage.OWN


def test_a_relative_learns_who_it_is_and_nothing_of_the_case() -> None:
    invited = To(recipient=Recipient.INBJUDEN)
    found = passages(case(), invited)
    assert [kind for kind in InfoKind if found[invited, kind] is Passage.BY_CONSENT] == [InfoKind.GRUNDUPPGIFTER]
    assert set(passages(case(consents=()), invited).values()) == {Passage.NO_CONSENT}
    assert set(passages(case(protected=True), invited).values()) == {Passage.PROTECTED}


def test_what_the_person_gets_is_handed_over_whatever_unit_stands_beside() -> None:
    to_the_person = To(recipient=Recipient.PERSONEN, unit_id=AF)
    assert needed([to_the_person], AF) is May.DISCLOSE
    assert needed([OWN, To(recipient=Recipient.ENHET, unit_id=AF)], AF) is May.READ_CASE


def test_nobody_hands_on_what_they_may_not_read_themselves() -> None:
    found = passages(case(), UNIT_FK, OWN, mine=frozenset({InfoKind.GRUNDUPPGIFTER}))
    assert {found[one, InfoKind.PLANERING] for one in (UNIT_FK, OWN)} == {Passage.NOT_YOURS}


def test_a_protected_identity_leaves_to_nobody_but_the_person_and_not_even_there_by_name() -> None:
    found = passages(case(protected=True), UNIT_FK, OWN, PERSON_SELF)
    assert {found[one, InfoKind.PLANERING] for one in (UNIT_FK, OWN)} == {Passage.PROTECTED}
    assert found[PERSON_SELF, InfoKind.GRUNDUPPGIFTER] is Passage.PROTECTED
    assert found[PERSON_SELF, InfoKind.PLANERING] is Passage.TO_THE_PERSON


def test_a_paper_for_several_holds_what_all_may_have() -> None:
    cells = preview(case(), mine=EVERYTHING, own_unit_id=AF, to=[UNIT_FK, PERSON_SELF], today=TODAY)
    assert leaving(cells, PERSON_SELF) == EVERYTHING
    assert for_all(cells) == leaving(cells, UNIT_FK) == {InfoKind.GRUNDUPPGIFTER, InfoKind.PLANERING}
    assert for_all(()) == frozenset()


@pytest.mark.parametrize(
    ("act", "to", "goes"),
    [
        (Act.UTSKRIFT, (UNIT_FK, PERSON_SELF, OWN), True),
        (Act.UTSKRIFT, (), False),
        (Act.MEJLUTKAST, (UNIT_FK, UNIT_IFO), True),
        (Act.MEJLUTKAST, (UNIT_FK, PERSON_SELF), False),
        (Act.URKLIPP, (OWN,), True),
        (Act.URKLIPP, (UNIT_FK,), False),
        (Act.EXPORT, (PERSON_SELF,), False),
        (Act.MOTE, (UNIT_FK,), False),
    ],
)
def test_each_way_suits_some(act: Act, to: tuple[To, ...], goes: bool) -> None:
    assert suits(act, to) is goes
    if goes:
        must_suit(act, to)
    else:
        with pytest.raises(WayUnsuited):
            must_suit(act, to)


def test_whom_the_person_wants_at_a_meeting_gets_the_invitation_alone() -> None:
    invited = [To(recipient=Recipient.INBJUDEN)]
    must_suit(Act.UTSKRIFT, invited, is_invitation=True)
    with pytest.raises(WayUnsuited):
        must_suit(Act.UTSKRIFT, invited)


def test_what_opens_the_case_in_the_program_is_no_copy() -> None:
    assert suits(Act.DELNING, [UNIT_FK])
    with pytest.raises(WayUnsuited):
        must_suit(Act.DELNING, [UNIT_FK])


def test_a_list_always_has_the_name_and_tells_what_its_columns_do() -> None:
    assert in_order([ListColumn.STATE, ListColumn.NUMBER]) == (ListColumn.NAME, ListColumn.NUMBER, ListColumn.STATE)
    assert kinds_in(()) == {InfoKind.GRUNDUPPGIFTER}
    assert kinds_in([ListColumn.QUESTION]) == {InfoKind.GRUNDUPPGIFTER, InfoKind.FRAGESTALLNING}


def test_every_column_of_a_list_is_a_field_of_it() -> None:
    assert [field.name for field in fields(Listed)] == list(ListColumn)


def test_nothing_and_less_than_was_seen_are_refused() -> None:
    some = frozenset({InfoKind.HALSA})
    assert must_leave(some) == some
    with pytest.raises(NothingLeaves):
        must_leave(frozenset())
    must_be_as_seen(EVERYTHING, some)
    with pytest.raises(GateChanged):
        must_be_as_seen(some, EVERYTHING)


def test_what_may_not_be_read_is_not_written_over() -> None:
    told = referral(question="Vad behövs?")
    must_see(told, "question", None)
    must_see(told, "question", frozenset({InfoKind.FRAGESTALLNING}))
    must_see(replace(told, question=""), "question", frozenset())
    with pytest.raises(NotAllOfIt):
        must_see(told, "question", frozenset())
