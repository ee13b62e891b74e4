"""A dagordning: its order, who may read what of it, and the feedback that is owed (process.md §3, §4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from misam_desktop.domain.activity import Kind
from misam_desktop.domain.agenda import (
    AgendaItem,
    AlreadyOnAgenda,
    FeedbackBeforeMeeting,
    NoFeedbackOwed,
    NothingAdded,
    NothingBeside,
    Papers,
    Placed,
    agreed,
    feedback_owed_until,
    general,
    give_feedback,
    in_order,
    is_addendum,
    is_taken_up,
    last_signed,
    moved,
    must_be_new,
    must_hold_something,
    next_place,
    numbered,
    over_capacity,
    papers,
    was_late,
    was_taken_up,
    where_it_was,
)
from misam_desktop.domain.codes import FeedbackWay, Purpose
from misam_desktop.domain.ids import AgendaItemId, CaseId, MeetingId
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.referral import FutureDate, TextRequired
from tests.domain.worlds import AF, FK, IFO, JONAS, NAFS, NOW, consent

HELD_ON = date(2026, 12, 16)
MEETING = Meeting(id=MeetingId("m"), activity_id=NAFS, kind=Kind.NAFS, on=HELD_ON)


def item(number: int, **said: object) -> AgendaItem:
    made = AgendaItem(
        id=AgendaItemId(f"i{number}"),
        meeting_id=MEETING.id,
        case_id=CaseId(f"n{number}"),
        place=number,
        added_at=NOW + timedelta(minutes=number),
    )
    return replace(made, **said)  # type: ignore[arg-type]  # any field


def question(number: int) -> AgendaItem:
    return general(item(number, case_id=None), question="Vad gäller för studier?", asked_id=FK)


def ids(items: list[AgendaItem]) -> list[str]:
    return [one.id for one in items]


ITEMS = [item(number) for number in range(1, 6)]


@pytest.mark.parametrize(("to", "order"), [(1, "i4 i1 i2 i3 i5"), (2, "i1 i4 i2 i3 i5"), (9, "i1 i2 i3 i5 i4")])
def test_an_item_is_moved_and_all_have_their_places(to: int, order: str) -> None:
    shuffled = Random(to).sample(ITEMS, len(ITEMS))
    after = moved(shuffled, AgendaItemId("i4"), to=to)
    assert ids(after) == order.split()
    assert [one.place for one in after] == [1, 2, 3, 4, 5]


def test_what_is_new_comes_last() -> None:
    assert (next_place([]), next_place(ITEMS)) == (1, 6)


def test_a_case_stands_once_on_a_meeting() -> None:
    must_be_new(ITEMS, CaseId("n9"))
    with pytest.raises(AlreadyOnAgenda):
        must_be_new(ITEMS, CaseId("n3"))


def test_what_there_is_no_time_for_is_what_comes_last_and_general_questions_take_no_room() -> None:
    assert ids(over_capacity([question(1), *ITEMS[1:]], 3)) == ["i5"]
    assert over_capacity(ITEMS, 5) == over_capacity(ITEMS, 0) == []


def test_a_general_question_says_something() -> None:
    assert question(1).is_general
    with pytest.raises(TextRequired):
        general(item(1, case_id=None), question=" ", asked_id=None)


def test_what_came_after_the_sending_stands_on_an_addendum() -> None:
    sent_at = NOW + timedelta(minutes=3)
    assert ids([one for one in ITEMS if is_addendum(one, sent_at)]) == ["i4", "i5"]
    assert not is_addendum(ITEMS[4], None)


# Who may read what


def test_in_common_stands_only_what_every_receiver_may_read() -> None:
    consents = {
        CaseId("n1"): consent(unit_ids=(AF, FK, IFO)),
        CaseId("n2"): consent(unit_ids=(AF, FK)),
        CaseId("n4"): consent(unit_ids=(FK,)),
    }
    common, per_unit = papers([*ITEMS[:4], question(5)], consents, (AF, FK, IFO))
    assert ids(common) == ["i1", "i5"]
    assert {unit_id: ids(its) for unit_id, its in per_unit.items()} == {AF: ["i2"], FK: ["i2", "i4"]}


def test_nobody_reads_a_case_that_their_unit_is_not_named_for() -> None:
    chance, units = Random(1), (AF, FK, IFO)
    for _ in range(200):
        consents = {
            one.case_id: consent(unit_ids=tuple(chance.sample(units, chance.randrange(1, 4))))
            for one in ITEMS
            if one.case_id and chance.random() < 0.8
        }
        receivers = chance.sample(units, chance.randrange(1, 4))
        common, per_unit = papers(ITEMS, consents, receivers)
        for unit_id in receivers:
            read = [*common, *per_unit.get(unit_id, [])]
            named = [one for one in ITEMS if one.case_id in consents and unit_id in consents[one.case_id].unit_ids]
            assert {one.id for one in read} == {one.id for one in named}
            assert len(read) == len(named)
        assert in_order(common) == common


# Afterwards


def test_what_was_agreed_stands_with_the_item() -> None:
    done = agreed(ITEMS[0], next_step=" Möte i januari ", responsible_id=FK, feedback_by=JONAS)
    assert (done.next_step, done.responsible_id, done.feedback_by) == ("Möte i januari", FK, JONAS)


def test_feedback_is_owed_for_seven_working_days_after_the_meeting() -> None:
    due = date(2026, 12, 29)
    assert feedback_owed_until(ITEMS[0], MEETING) == due
    given = give_feedback(ITEMS[0], MEETING, on=due, how=FeedbackWay.TELEFON, today=due)
    assert (given.feedback_how, was_late(given, MEETING)) == (FeedbackWay.TELEFON, False)
    assert feedback_owed_until(given, MEETING) is None
    late = give_feedback(ITEMS[0], MEETING, on=due + timedelta(days=1), how=FeedbackWay.BREV, today=date(2027, 1, 4))
    assert was_late(late, MEETING)
    assert not was_late(ITEMS[0], MEETING)


def test_feedback_is_neither_ahead_of_the_meeting_nor_of_today() -> None:
    with pytest.raises(FeedbackBeforeMeeting):
        give_feedback(ITEMS[0], MEETING, on=HELD_ON - timedelta(days=1), how=FeedbackWay.BREV, today=HELD_ON)
    with pytest.raises(FutureDate):
        give_feedback(ITEMS[0], MEETING, on=HELD_ON + timedelta(days=1), how=FeedbackWay.BREV, today=HELD_ON)


def test_for_a_general_question_nobody_is_owed_anything() -> None:
    assert feedback_owed_until(question(1), MEETING) is None
    with pytest.raises(NoFeedbackOwed):
        give_feedback(question(1), MEETING, on=HELD_ON, how=FeedbackWay.MOTE, today=HELD_ON)


def test_a_units_own_items_come_last_and_no_number_is_missing_on_any_paper() -> None:
    found = Papers([ITEMS[0], ITEMS[3]], {AF: [ITEMS[1]], FK: [ITEMS[1], ITEMS[2]]})
    assert numbered(found, None) == [Placed(1, ITEMS[0]), Placed(2, ITEMS[3])]
    assert numbered(found, FK) == [Placed(3, ITEMS[1]), Placed(4, ITEMS[2])]
    assert numbered(found, IFO) == []


def test_only_the_paper_of_all_can_be_empty() -> None:
    must_hold_something([], for_unit=None, addendum=False)
    must_hold_something(ITEMS, for_unit=FK, addendum=True)
    with pytest.raises(NothingAdded):
        must_hold_something([], for_unit=FK, addendum=True)
    with pytest.raises(NothingBeside):
        must_hold_something([], for_unit=FK, addendum=False)


def test_the_paper_that_was_signed_last_counts_also_when_it_was_taken_back() -> None:
    first = consent(purpose=Purpose.NAFS, from_on=date(2026, 9, 1), withdrawn_on=None)
    last = replace(first, from_on=date(2026, 10, 1), withdrawn_on=date(2026, 10, 2))
    other = replace(first, purpose=Purpose.SIP, from_on=date(2026, 10, 5))
    assert last_signed([last, first, other], Purpose.NAFS, HELD_ON) == last
    assert last_signed([last, first, other], Purpose.NAFS, date(2026, 9, 2)) == first
    assert last_signed([other], Purpose.NAFS, HELD_ON) is None


def test_an_interrupted_meeting_goes_on_where_something_is_half_written() -> None:
    items = [item(1, next_step="Klart"), item(2), item(3)]
    assert where_it_was(items, {"i3"}) == "i3"


def test_or_where_nothing_is_agreed_yet() -> None:
    items = [item(1, next_step="Klart"), item(2), item(3)]
    assert where_it_was(items, set()) == "i2"
    assert where_it_was(items[:1], {"gone"}) is None


def test_an_item_is_taken_up_once_something_is_agreed_or_the_answer_given() -> None:
    assert not is_taken_up(item(1))
    assert is_taken_up(item(1, next_step="Nytt intyg"))
    assert is_taken_up(item(1, feedback_on=HELD_ON))


@pytest.mark.parametrize(
    ("said", "withdrawn_on", "agreed", "came"),
    [
        ({}, None, False, True),
        ({}, HELD_ON + timedelta(days=1), False, True),
        ({}, HELD_ON, False, False),
        ({"withdrawn_on": HELD_ON}, None, False, False),
        ({"until_on": HELD_ON - timedelta(days=1)}, None, False, False),
        ({"withdrawn_on": HELD_ON}, HELD_ON, True, True),
    ],
)
def test_a_meeting_took_up_what_it_agreed_on_or_could_have(
    said: dict[str, Any], withdrawn_on: date | None, agreed: bool, came: bool
) -> None:
    paper = replace(consent(purpose=Purpose.NAFS, from_on=date(2026, 9, 1), withdrawn_on=None), **said)
    assert was_taken_up(HELD_ON, [paper], withdrawn_on=withdrawn_on, agreed=agreed) is came
