"""Which papers of a meeting must come back, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from misam_desktop.domain.activity import Kind
from misam_desktop.domain.codes import Act, InfoKind, PaperKind, Purpose, Recipient
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.ids import CaseId, ContactId, DisclosureId, MeetingId
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.pseudonym import Pseudonym
from misam_desktop.domain.recall import OnMeeting, Why, to_recall
from tests.domain.worlds import AF, FK, IFO, KARIN, MISAM, NOW, PERSON, TODAY, consent

DAY = timedelta(days=1)
CODE = Pseudonym("K7MQ2XF")
MEETING = Meeting(id=MeetingId("m"), activity_id=MISAM, kind=Kind.NAFS, on=TODAY + 3 * DAY)
CASE = NafsCase(
    id=CaseId("c"),
    person_id=PERSON,
    activity_id=MISAM,
    unit_id=AF,
    raised_by=ContactId("jonas"),
    raised_on=TODAY,
    submitted_at=NOW,
)
SIGNED = consent(purpose=Purpose.NAFS, unit_ids=(AF, FK, IFO), from_on=TODAY - DAY)
GIVEN = Disclosure(
    id=DisclosureId("d"),
    case_id=CASE.id,
    person_id=PERSON,
    act=Act.UTSKRIFT,
    recipient=Recipient.ENHET,
    unit_id=FK,
    kinds=(InfoKind.FRAGESTALLNING,),
    purpose=Purpose.NAFS,
    consent_id=SIGNED.id,
    meeting_id=MEETING.id,
    paper=PaperKind.DAGORDNING,
    code=CODE,
    by=KARIN,
    on=TODAY,
    at=NOW,
)
THERE = OnMeeting(case=CASE, meeting=MEETING, consents=(SIGNED,), code=CODE, protected=False)


def why(there: OnMeeting = THERE, after: timedelta = timedelta(0), **said: Any) -> list[Why]:
    found = to_recall(there, [replace(GIVEN, **said)], today=TODAY + after)
    return [one.why for one in found]


def test_what_stands_on_the_agenda_under_a_consent_that_holds_stays_out() -> None:
    assert why() == []
    assert why(unit_id=AF) == []


@pytest.mark.parametrize(
    "said", [{"paper": None}, {"code": None}, {"meeting_id": MeetingId("other")}, {"recalled_on": TODAY}]
)
def test_what_is_no_paper_of_the_meeting_under_a_code_or_has_come_back_is_not_called_back(said: dict[str, Any]) -> None:
    assert why(THERE._replace(code=None), **said) == []


def test_a_consent_that_was_taken_back_calls_it_back_before_the_meeting_and_after() -> None:
    assert why(THERE._replace(consents=(replace(SIGNED, withdrawn_on=TODAY),))) == [Why.ENDED]
    after = replace(SIGNED, withdrawn_on=MEETING.on + DAY)
    assert why(THERE._replace(consents=(after,)), 5 * DAY) == [Why.ENDED]


def test_a_consent_that_ran_out_since_the_meeting_was_good_for_it() -> None:
    ran_out = replace(SIGNED, until_on=MEETING.on)
    assert why(THERE._replace(consents=(ran_out,)), 5 * DAY) == []


def test_a_new_consent_that_names_fewer_calls_back_what_the_others_got() -> None:
    newer = replace(SIGNED, unit_ids=(AF, IFO), from_on=TODAY)
    there = THERE._replace(consents=(SIGNED, newer))
    assert why(there) == [Why.NARROWED]
    assert why(there, unit_id=IFO) == []
    assert why(there, unit_id=AF) == []


def test_a_new_consent_to_fewer_kinds_calls_back_what_told_more_but_for_those_whose_case_it_is() -> None:
    newer = replace(SIGNED, kinds=(InfoKind.GRUNDUPPGIFTER,))
    there = THERE._replace(consents=(newer,))
    assert why(there) == [Why.NARROWED]
    assert why(there, unit_id=AF) == []
    assert why(there, kinds=(InfoKind.GRUNDUPPGIFTER,)) == []


def test_a_case_that_was_taken_back_before_the_meeting_calls_it_back() -> None:
    assert why(THERE._replace(case=replace(CASE, withdrawn_on=TODAY))) == [Why.WITHDRAWN]
    assert why(THERE._replace(case=replace(CASE, withdrawn_on=MEETING.on + DAY)), 5 * DAY) == []


def test_a_person_who_is_protected_by_now_calls_it_back() -> None:
    assert why(THERE._replace(protected=True)) == [Why.PROTECTED]


def test_an_item_that_was_taken_off_or_has_another_code_calls_it_back() -> None:
    assert why(THERE._replace(code=None)) == [Why.TAKEN_OFF]
    assert why(THERE._replace(code=Pseudonym("9C5TGK5"))) == [Why.TAKEN_OFF]


def test_the_papers_of_a_cancelled_meeting_are_only_called_back_for_a_consent() -> None:
    cancelled = THERE._replace(code=None, meeting=replace(MEETING, cancelled_why="Sjukdom"))
    assert why(cancelled) == []
    assert why(cancelled._replace(consents=(replace(SIGNED, withdrawn_on=TODAY),))) == [Why.ENDED]


def test_all_that_was_given_under_a_code_stands_together_in_its_order() -> None:
    later = replace(GIVEN, id=DisclosureId("e"), unit_id=IFO, at=NOW + DAY)
    (found,) = to_recall(THERE._replace(code=None), [later, GIVEN], today=TODAY)
    assert (found.case_id, found.code, found.given) == (CASE.id, CODE, (GIVEN, later))
