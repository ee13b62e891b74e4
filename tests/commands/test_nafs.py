"""NAFS cases from the first question to the feedback, each unit seeing only what it may (process.md §3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from misam_desktop.commands.agenda import (
    give_feedback,
    move_item,
    put_general,
    put_on_agenda,
    record_agreed,
    set_minutes,
    take_off,
)
from misam_desktop.commands.consents import record_consent, withdraw_consent
from misam_desktop.commands.forum import close_forum, open_forum, plan_meeting
from misam_desktop.commands.nafs_cases import (
    answer_question,
    ask_unit,
    change_case,
    drop_question,
    put_case,
    raise_case,
    reword_question,
    take_back_answer,
    withdraw_case,
)
from misam_desktop.domain.access import ConsentEnded, NotAllOfIt, NotPermitted, NotYourTask
from misam_desktop.domain.agenda import AlreadyOnAgenda
from misam_desktop.domain.codes import Act, FeedbackWay, InfoKind, Role
from misam_desktop.domain.consent import ConsentMissing, ConsentWithoutCoordinator, UnitOutsideConsent
from misam_desktop.domain.errors import NotFound, Stale
from misam_desktop.domain.ids import ActivityId, MeetingId
from misam_desktop.domain.intake import ConsentFacts
from misam_desktop.domain.meeting import Meeting, MeetingClosed
from misam_desktop.domain.nafs import AlreadyAnswered, NotReady
from misam_desktop.queries.nafs_cases import one_nafs_case
from misam_desktop.store import rows
from misam_desktop.vault import Request, Vault
from tests.commands.nafs_worlds import ASKED, MEETS, TEAM, items, leads_the_team, questions, raised, raises, to_nafs
from tests.commands.worlds import (
    AF,
    AME,
    FK,
    IFO,
    REGION,
    all_of,
    colleague,
    contact_of,
    entries,
    on,
    one,
    refused,
    somebody,
)
from tests.conftest import TODAY


@pytest.fixture
def nora(karin: Vault) -> Vault:
    """The NAFS-koordinator, at the region."""
    return leads_the_team(karin)


@pytest.fixture
def lena(karin: Vault, nora: Vault) -> Vault:
    """A handläggare at Fk, whom the case asks."""
    return colleague(karin, "lena", Role.HANDLAGGARE, unit_id=FK)


@pytest.fixture
def meeting(nora: Vault) -> Meeting:
    """The team's next."""
    return nora.do(plan_meeting(TEAM, on=MEETS)).value


# Raised


def test_a_draft_is_its_units_alone_until_it_is_put_under_a_consent(jonas: Vault, nora: Vault, lena: Vault) -> None:
    draft = jonas.do(raise_case(somebody(), raises(jonas), submit=False)).value
    for other in (nora, lena):
        with refused(other, NotFound):
            other.do(ask_unit(draft.id, IFO, "Vad gäller?"))
    with refused(jonas, ConsentMissing):
        jonas.do(put_case(draft.id))
    put = jonas.do(put_case(draft.id, consent=to_nafs())).value
    assert put.submitted_at is not None
    assert jonas.do(put_case(draft.id)).value == put


def test_a_consent_to_nafs_names_the_unit_of_who_leads_the_meeting(jonas: Vault, nora: Vault) -> None:
    with refused(jonas, ConsentWithoutCoordinator):
        raised(jonas, consent=to_nafs(AF, FK, IFO))


def test_the_nafs_koordinator_writes_for_who_has_no_account(karin: Vault, nora: Vault) -> None:
    case = raised(nora, unit_id=IFO, raised_by=contact_of(karin), passed_by=contact_of(nora))
    assert (case.unit_id, case.raised_by) == (IFO, contact_of(karin))
    with refused(nora, NotFound):
        nora.do(raise_case(somebody(981), raises(karin, unit_id=IFO), submit=False))


def test_a_case_is_of_a_nafs_team(jonas: Vault, nora: Vault) -> None:
    with refused(jonas, NotFound):
        jonas.do(raise_case(somebody(), raises(jonas, activity_id="misam"), submit=False))


def test_who_raised_a_case_changes_and_withdraws_it(jonas: Vault, nora: Vault) -> None:
    case = raised(jonas)
    changed = jonas.do(change_case(case.id, raises(jonas, age_reason=" Fyller snart "), seen=case.version)).value
    assert changed.age_reason == "Fyller snart"
    with refused(jonas, Stale):
        jonas.do(change_case(case.id, raises(jonas), seen=case.version))
    with refused(nora, NotPermitted):
        nora.do(withdraw_case(case.id, why="Löste sig"))
    assert jonas.do(withdraw_case(case.id, why="Löste sig")).value.withdrawn_on == TODAY


# Questions


def test_a_question_is_reworded_and_dropped_until_it_is_answered(jonas: Vault, nora: Vault) -> None:
    case = raised(jonas)
    asked = jonas.do(ask_unit(case.id, AME, "Finns arbetsträning?")).value
    asked = jonas.do(reword_question(asked.id, "Finns arbetsträning i vår?", seen=asked.version)).value
    nora.do(answer_question(asked.id, "Ja"))
    with refused(jonas, AlreadyAnswered):
        jonas.do(drop_question(asked.id))
    nora.do(take_back_answer(asked.id))
    jonas.do(drop_question(asked.id))
    assert {one.unit_id for one in questions(jonas, case)} == {FK, IFO}


def test_who_leads_the_meetings_reads_a_case_from_the_day_it_is_put_to_the_team(jonas: Vault, nora: Vault) -> None:
    page = nora.ask(one_nafs_case(raised(jonas).id))
    assert [one.text for one in page.questions] == [text for _, text in ASKED]


def test_but_no_more_of_it_than_the_consent_names(jonas: Vault, nora: Vault) -> None:
    case = raised(jonas, consent=replace(to_nafs(), kinds=(InfoKind.GRUNDUPPGIFTER,)))
    assert {one.text for one in nora.ask(one_nafs_case(case.id)).questions} == {""}


def test_a_protected_person_is_read_of_by_nobody_because_the_case_was_put(jonas: Vault, nora: Vault) -> None:
    raised(jonas, person=replace(somebody(), protected=True))
    assert all_of(nora, rows.disclosures) == []


def test_who_leads_the_meeting_changes_a_case_only_where_she_reads_its_questions(
    jonas: Vault, nora: Vault, meeting: Meeting
) -> None:
    case = raised(jonas, consent=replace(to_nafs(), kinds=(InfoKind.GRUNDUPPGIFTER,)))
    first = questions(jonas, case)[0]
    requests: tuple[Request[Any], ...] = (
        ask_unit(case.id, AME, "Finns arbetsträning?"),
        change_case(case.id, raises(jonas), seen=case.version),
        drop_question(first.id),
        reword_question(first.id, "Vad gäller?", seen=first.version),
    )
    for request in requests:
        with refused(nora, NotAllOfIt):
            nora.do(request)
    read = raised(jonas, 983)
    nora.do(ask_unit(read.id, AME, "Finns arbetsträning?"))
    assert nora.do(change_case(read.id, raises(jonas), seen=read.version)).value.version > read.version


def test_questions_stand_in_the_order_they_were_asked_in(jonas: Vault, nora: Vault) -> None:
    case = raised(jonas)
    jonas.do(ask_unit(case.id, AME, "Finns arbetsträning?"))
    assert [one.unit_id for one in jonas.ask(one_nafs_case(case.id)).questions] == [FK, IFO, AME]


def test_a_unit_answers_once_the_case_stands_on_an_agenda(jonas: Vault, lena: Vault, meeting: Meeting) -> None:
    case = raised(jonas)
    to_fk, to_ifo = sorted(questions(jonas, case), key=lambda one: one.unit_id)
    with refused(lena, NotFound):
        lena.do(answer_question(to_fk.id, "Ja"))
    jonas.do(put_on_agenda(meeting.id, case.id))
    assert lena.do(answer_question(to_fk.id, " Ja, i januari ")).value.answer == "Ja, i januari"
    with refused(lena, NotYourTask):
        lena.do(answer_question(to_ifo.id, "Det vet inte vi"))


# On the agenda


def test_a_case_on_an_agenda_is_disclosed_to_whom_the_consent_names_under_a_code(
    jonas: Vault, nora: Vault, meeting: Meeting
) -> None:
    case = raised(jonas)
    before = [(one.act, one.unit_id) for one in all_of(nora, rows.disclosures)]
    assert before == [(Act.DELNING, REGION)]
    item = jonas.do(put_on_agenda(meeting.id, case.id)).value
    assert item.code is not None
    acts = [one for one in all_of(nora, rows.disclosures) if one.act is not Act.DELNING]
    assert {(one.act, one.unit_id, one.case_id) for one in acts} == {
        (Act.MOTE, unit_id, case.id) for unit_id in (AF, FK, IFO, REGION)
    }
    with refused(nora, AlreadyOnAgenda):
        nora.do(put_on_agenda(meeting.id, case.id))


def test_another_meeting_gives_another_code(jonas: Vault, nora: Vault, meeting: Meeting) -> None:
    case, later = raised(jonas), nora.do(plan_meeting(TEAM, on=date(2027, 1, 13))).value
    codes = {jonas.do(put_on_agenda(one.id, case.id)).value.code for one in (meeting, later)}
    assert len(codes) == 2


@pytest.mark.parametrize(
    "lacking",
    [
        {"consent": to_nafs(AF, FK, REGION)},
        {"consent": replace(to_nafs(), until_on=date(2026, 12, 15))},
        {"serial": 999},
    ],
    ids=["a unit that is asked is not named", "the consent ends the day before", "too young"],
)
def test_what_lacks_something_stays_off(
    jonas: Vault, nora: Vault, meeting: Meeting, lacking: dict[str, object]
) -> None:
    young = lacking.pop("serial", None)
    person = somebody(born=date(2010, 3, 12)) if young else somebody()
    consent = lacking.get("consent") or to_nafs()
    assert isinstance(consent, ConsentFacts)
    case = jonas.do(raise_case(person, raises(jonas), questions=ASKED, consent=consent, submit=True)).value
    with refused(jonas, NotReady):
        jonas.do(put_on_agenda(meeting.id, case.id))
    assert (items(nora), {one.unit_id for one in all_of(nora, rows.disclosures)}) == ([], {REGION})


def test_a_protected_person_is_spoken_of_and_told_to_nobody(jonas: Vault, nora: Vault, meeting: Meeting) -> None:
    hidden = somebody(protected=True, protected_owners=(jonas.actor.user_id, nora.actor.user_id))
    case = jonas.do(raise_case(hidden, raises(jonas), questions=ASKED, consent=to_nafs(), submit=True)).value
    item = jonas.do(put_on_agenda(meeting.id, case.id)).value
    assert (item.code, all_of(nora, rows.disclosures)) == (None, [])


def test_the_meeting_of_another_team_is_none(jonas: Vault, karin: Vault, nora: Vault) -> None:
    forum = karin.do(open_forum(ActivityId("misam"), on=TODAY)).value
    case = raised(jonas)
    with refused(jonas, NotFound):
        jonas.do(put_on_agenda(forum.id, case.id))


def test_who_leads_the_meeting_orders_it(jonas: Vault, nora: Vault, meeting: Meeting) -> None:
    first, second = (jonas.do(put_on_agenda(meeting.id, raised(jonas, serial).id)).value for serial in (980, 981))
    general = nora.do(put_general(meeting.id, question="Nya regler för studier?", asked_id=FK)).value
    nora.do(move_item(general.id, to=1))
    assert [one.id for one in items(nora)] == [general.id, first.id, second.id]
    seen = one(nora, rows.agenda_items, first.id).version
    assert nora.do(set_minutes(first.id, 15, seen=seen)).value.minutes == 15
    with refused(jonas, NotPermitted):
        jonas.do(move_item(first.id, to=3))
    nora.do(take_off(second.id))
    assert [one.id for one in items(nora)] == [general.id, first.id]


def test_a_koordinator_of_misam_leads_no_nafs_meeting(karin: Vault, jonas: Vault, meeting: Meeting) -> None:
    item = jonas.do(put_on_agenda(meeting.id, raised(jonas).id)).value
    with refused(karin, NotFound):
        karin.do(move_item(item.id, to=1))
    with refused(karin, NotFound):
        karin.do(put_general(meeting.id, question="Vad?"))
    with refused(karin, NotFound):
        karin.do(open_forum(TEAM, on=MEETS))


def test_nothing_comes_on_a_meeting_that_is_over(jonas: Vault, nora: Vault, meeting: Meeting) -> None:
    case, then = raised(jonas), on(nora, MEETS)
    then.do(open_forum(TEAM, on=MEETS))
    then.do(close_forum(MeetingId(meeting.id)))
    with refused(jonas, MeetingClosed):
        jonas.do(put_on_agenda(meeting.id, case.id))


# Afterwards


def test_what_was_agreed_and_the_feedback_of_whoever_owes_it(
    jonas: Vault, lena: Vault, nora: Vault, meeting: Meeting
) -> None:
    item = jonas.do(put_on_agenda(meeting.id, raised(jonas).id)).value
    assert item.feedback_by == contact_of(jonas)
    agreed = record_agreed(
        item.id, next_step="Nytt läkarintyg", responsible_id=FK, feedback_by=contact_of(lena), seen=item.version
    )
    nora.do(agreed)
    told = on(lena, date(2026, 12, 29)).do(give_feedback(item.id, on=date(2026, 12, 29), how=FeedbackWay.TELEFON)).value
    assert (told.feedback_how, told.feedback_on) == (FeedbackWay.TELEFON, date(2026, 12, 29))
    assert entries(nora)[-1].action == "feedback.given"


def test_the_feedback_is_not_left_to_somebody_who_could_not_open_the_case(
    karin: Vault, jonas: Vault, nora: Vault, meeting: Meeting
) -> None:
    item = jonas.do(put_on_agenda(meeting.id, raised(jonas).id)).value
    anna = colleague(karin, "anna", Role.HANDLAGGARE, unit_id=AME)
    left_to_anna = record_agreed(
        item.id, next_step="", responsible_id=None, feedback_by=contact_of(anna), seen=item.version
    )
    with refused(nora, UnitOutsideConsent) as caught:
        nora.do(left_to_anna)
    assert caught.value.params == {"field": "feedback_by"}


def test_who_owes_nothing_gives_no_feedback(karin: Vault, jonas: Vault, meeting: Meeting) -> None:
    item = jonas.do(put_on_agenda(meeting.id, raised(jonas).id)).value
    mia = colleague(karin, "mia", Role.HANDLAGGARE, unit_id=IFO)
    with refused(mia, NotYourTask):
        on(mia, MEETS).do(give_feedback(item.id, on=MEETS, how=FeedbackWay.BREV))


def test_a_consent_taken_back_stops_the_others_at_once(jonas: Vault, lena: Vault, meeting: Meeting) -> None:
    case = raised(jonas)
    jonas.do(put_on_agenda(meeting.id, case.id))
    to_fk = next(one for one in questions(jonas, case) if one.unit_id == FK)
    for consent in all_of(jonas, rows.consents):
        jonas.do(withdraw_consent(consent.id, on=TODAY))
    with refused(lena, NotFound):
        lena.do(answer_question(to_fk.id, "Ja"))
    with refused(jonas, ConsentEnded):
        jonas.do(ask_unit(case.id, AME, "Finns arbetsträning?"))


def test_a_new_paper_opens_a_case_again_only_once_it_has_stood_on_an_agenda(
    jonas: Vault, lena: Vault, meeting: Meeting
) -> None:
    case = raised(jonas)
    to_fk = next(one for one in questions(jonas, case) if one.unit_id == FK)
    jonas.do(record_consent(case.id, to_nafs()))
    with refused(lena, NotFound):
        lena.do(answer_question(to_fk.id, "Ja"))
    jonas.do(put_on_agenda(meeting.id, case.id))
    jonas.do(record_consent(case.id, to_nafs()))
    assert lena.do(answer_question(to_fk.id, "Ja")).value.answer == "Ja"
