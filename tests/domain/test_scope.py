"""Which consent decides, what it lets which unit read, and from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.codes import Act, InfoKind, Purpose, Recipient
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.disclosure import OPENS, Disclosure
from misam_desktop.domain.ids import ConsentId, DisclosureId, UnitId, UserId
from misam_desktop.domain.scope import EVERYTHING, Access, accesses, deciding, granted
from tests.domain.worlds import AF, FK, IFO, NOW, TODAY, consent

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
ALL = set(InfoKind)
BASICS, PLAN, HEALTH = InfoKind.GRUNDUPPGIFTER, InfoKind.PLANERING, InfoKind.HALSA
SPRING, AUTUMN, NEW_YEAR = date(2026, 3, 1), date(2026, 9, 1), date(2027, 1, 1)


def paper(name: str, from_on: date, **said: Any) -> Consent:
    """A consent of Af's case that names IFO, without a last day."""
    return consent(id=ConsentId(name), from_on=from_on, **{"until_on": None} | said)


def shared(under: Consent, *kinds: InfoKind, **said: Any) -> Disclosure:
    """The case was shared with IFO under a consent on its first day, by default with all kinds."""
    act = Disclosure(
        id=DisclosureId("act"),
        case_id=under.case_id,
        person_id=under.person_id,
        act=Act.DELNING,
        recipient=Recipient.ENHET,
        unit_id=IFO,
        kinds=kinds or tuple(InfoKind),
        purpose=under.purpose,
        consent_id=under.id,
        by=UserId("karin"),
        on=under.from_on,
        at=NOW,
    )
    return replace(act, **said)


def decides(consents: Iterable[Consent], on: date = TODAY) -> str | None:
    found = deciding(consents, Purpose.SAMVERKAN, on)
    return found.id if found else None


def reads(consents: Iterable[Consent], disclosures: Iterable[Disclosure], on: date = TODAY) -> set[InfoKind]:
    """What IFO may read."""
    return set(granted(consents, disclosures, Purpose.SAMVERKAN, unit_id=IFO, today=on))


def periods(
    consents: Iterable[Consent], disclosures: Iterable[Disclosure], unit_id: UnitId = IFO, home_id: UnitId | None = AF
) -> list[tuple[set[InfoKind], date, date | None]]:
    """The periods of one unit, the earliest first."""
    found = accesses(list(consents), list(disclosures), Purpose.SAMVERKAN, home_id=home_id)
    mine = sorted((one for one in found if one.unit_id == unit_id), key=lambda one: one.from_on)
    return [(set(one.kinds), one.from_on, one.to_on) for one in mine]


# Which consent decides


def test_without_a_paper_none_decides() -> None:
    assert decides([]) is None


def test_a_paper_decides_from_its_first_day_to_its_last() -> None:
    only = paper("only", SPRING, until_on=AUTUMN)
    assert [decides([only], on) for on in (SPRING - DAY, SPRING, AUTUMN, AUTUMN + DAY)] == [None, "only", "only", None]


def test_the_paper_that_began_last_decides_in_whatever_order_they_came() -> None:
    first, last = paper("b", SPRING, recorded_at=NOW), paper("a", AUTUMN, recorded_at=NOW - MINUTE)
    assert decides([first, last]) == decides([last, first]) == "a"


def test_of_two_that_begin_the_same_day_the_one_recorded_last_decides() -> None:
    first, last = paper("b", SPRING), paper("a", SPRING, recorded_at=NOW + MINUTE)
    assert decides([first, last]) == decides([last, first]) == "a"


def test_of_two_of_one_moment_the_one_that_still_stands_decides() -> None:
    stands, taken_back = paper("a", SPRING), paper("b", SPRING, withdrawn_on=AUTUMN)
    assert decides([stands, taken_back]) == decides([taken_back, stands]) == "a"


def test_a_paper_that_has_not_begun_leaves_the_earlier_one_deciding() -> None:
    both = [paper("old", SPRING), paper("new", TODAY + DAY)]
    assert [decides(both, on) for on in (TODAY, TODAY + DAY)] == ["old", "new"]


@pytest.mark.parametrize("ends", [{"until_on": TODAY - DAY}, {"withdrawn_on": TODAY}])
def test_when_the_latest_has_ended_no_older_one_comes_back(ends: dict[str, Any]) -> None:
    assert decides([paper("old", SPRING), paper("new", AUTUMN, **ends)]) is None


def test_a_paper_for_another_purpose_neither_decides_nor_replaces() -> None:
    statistics = paper("new", AUTUMN, purpose=Purpose.UPPFOLJNING)
    assert decides([statistics]) is None
    assert decides([paper("old", SPRING), statistics]) == "old"


# What it lets a unit read


def test_a_unit_that_is_named_reads_nothing_until_the_case_is_shared_with_it() -> None:
    only = paper("only", SPRING)
    assert reads([only], []) == set()
    assert reads([only], [shared(only, unit_id=FK)]) == set()
    assert reads([only], [shared(only, on=TODAY)], TODAY - DAY) == set()
    assert reads([only], [shared(only, on=TODAY)]) == ALL


@pytest.mark.parametrize("act", Act)
def test_a_meeting_and_sharing_open_the_case_and_a_copy_does_not(act: Act) -> None:
    only = paper("only", SPRING)
    opens = act in {Act.MOTE, Act.DELNING}
    assert reads([only], [shared(only, act=act)]) == (ALL if opens else set())
    assert bool(periods([only], [shared(only, act=act)])) is opens


def test_a_unit_that_is_not_named_reads_nothing_whatever_was_shared() -> None:
    without = paper("only", SPRING, unit_ids=(AF, FK))
    assert reads([without], [shared(without)]) == set()
    assert periods([without], [shared(without)]) == []


def test_a_unit_reads_what_is_both_named_and_shared() -> None:
    only = paper("only", SPRING, kinds=(BASICS, PLAN))
    assert reads([only], [shared(only, PLAN, HEALTH)]) == {PLAN}
    assert reads([only], [shared(only, HEALTH)]) == set()


def test_what_was_shared_at_different_times_adds_up() -> None:
    only = paper("only", SPRING)
    both = [shared(only, BASICS), shared(only, PLAN, on=AUTUMN)]
    assert [reads([only], both, on) for on in (SPRING, AUTUMN)] == [{BASICS}, {BASICS, PLAN}]


def test_what_was_shared_under_an_earlier_paper_must_be_shared_anew() -> None:
    old, new = paper("old", SPRING), paper("new", AUTUMN)
    assert reads([old, new], [shared(old)], AUTUMN - DAY) == ALL
    assert reads([old, new], [shared(old)]) == set()
    assert reads([old, new], [shared(old), shared(new, PLAN)]) == {PLAN}


def test_a_narrower_later_paper_narrows_what_is_read() -> None:
    old, new = paper("old", SPRING), paper("new", AUTUMN, kinds=(BASICS,))
    assert reads([old, new], [shared(old), shared(new)]) == {BASICS}


def test_what_is_taken_back_is_not_read_from_that_day() -> None:
    only = paper("only", SPRING, withdrawn_on=TODAY)
    assert [reads([only], [shared(only)], on) for on in (TODAY - DAY, TODAY)] == [ALL, set()]


# The same for every day at once


def test_the_home_reads_all_of_it_while_a_paper_holds_and_is_named_or_not() -> None:
    only = paper("only", SPRING, kinds=(PLAN,), unit_ids=(IFO,), until_on=AUTUMN)
    assert periods([only], [], AF) == [(ALL, SPRING, AUTUMN)]
    assert periods([replace(only, unit_ids=(AF, IFO))], [], AF) == [(ALL, SPRING, AUTUMN)]


def test_a_case_without_a_home_is_read_by_those_it_was_shared_with() -> None:
    only = paper("only", SPRING)
    assert periods([only], [shared(only)], AF, home_id=None) == []
    assert periods([only], [shared(only, unit_id=AF)], AF, home_id=None) == [(ALL, SPRING, None)]


def test_a_period_grows_with_each_act_of_sharing() -> None:
    only = paper("only", SPRING, until_on=NEW_YEAR)
    twice = [shared(only, PLAN, on=AUTUMN), shared(only, BASICS), shared(only, HEALTH, on=AUTUMN)]
    assert periods([only], twice) == [
        ({BASICS}, SPRING, AUTUMN - DAY),
        ({BASICS, PLAN, HEALTH}, AUTUMN, NEW_YEAR),
    ]


def test_what_was_shared_before_the_first_day_is_read_from_it() -> None:
    only = paper("only", AUTUMN)
    assert periods([only], [shared(only, BASICS, on=SPRING), shared(only, PLAN, on=AUTUMN)]) == [
        ({BASICS, PLAN}, AUTUMN, None)
    ]


def test_what_is_shared_after_the_end_is_never_read() -> None:
    only = paper("only", SPRING, until_on=AUTUMN)
    assert periods([only], [shared(only, on=AUTUMN + DAY)]) == []
    assert periods([only], [shared(only, on=AUTUMN)]) == [(ALL, AUTUMN, AUTUMN)]


@pytest.mark.parametrize(
    ("said", "last"),
    [
        ({}, None),
        ({"until_on": NEW_YEAR}, NEW_YEAR),
        ({"withdrawn_on": AUTUMN}, AUTUMN - DAY),
        ({"until_on": NEW_YEAR, "withdrawn_on": AUTUMN}, AUTUMN - DAY),
        ({"until_on": AUTUMN, "withdrawn_on": NEW_YEAR}, AUTUMN),
    ],
)
def test_a_period_ends_with_its_paper(said: dict[str, Any], last: date | None) -> None:
    only = paper("only", SPRING, **said)
    assert periods([only], [shared(only)]) == [(ALL, SPRING, last)]


def test_a_later_paper_ends_the_period_of_the_earlier_and_begins_its_own() -> None:
    old, new = paper("old", SPRING), paper("new", AUTUMN, kinds=(BASICS,))
    acts = [shared(old), shared(new, on=TODAY)]
    assert periods([new, old], acts) == [(ALL, SPRING, AUTUMN - DAY), ({BASICS}, TODAY, None)]


@pytest.mark.parametrize("never", [{"withdrawn_on": SPRING}, {"recorded_at": NOW - MINUTE}])
def test_a_paper_that_never_decides_opens_nothing(never: dict[str, Any]) -> None:
    stillborn, other = paper("one", SPRING, **never), paper("two", SPRING, unit_ids=(FK,))
    assert periods([stillborn, other], [shared(stillborn)]) == []


def test_a_paper_for_another_purpose_opens_nothing() -> None:
    statistics = paper("only", SPRING, purpose=Purpose.UPPFOLJNING)
    assert periods([statistics], [shared(statistics)]) == []
    assert periods([statistics], [], AF) == []


# For all papers and acts

_UNITS = (AF, FK, IFO)
_days = st.integers(0, 9).map(lambda number: TODAY + number * DAY)
_kinds = st.lists(st.sampled_from((BASICS, PLAN, HEALTH)), min_size=1, unique=True).map(tuple)
_papers = st.builds(
    lambda first, length, back, later, **said: paper(
        "", first, until_on=None if length is None else first + length * DAY, withdrawn_on=back,
        recorded_at=NOW + later * MINUTE, **said,
    ),
    _days,
    st.none() | st.integers(0, 6),
    st.none() | _days,
    st.integers(0, 2),
    unit_ids=st.lists(st.sampled_from(_UNITS), min_size=1, unique=True).map(tuple),
    kinds=_kinds,
    purpose=st.sampled_from((Purpose.SAMVERKAN, Purpose.SAMVERKAN, Purpose.UPPFOLJNING)),
)  # fmt: skip


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Consent], list[Disclosure]]:
    """Some papers of a case over ten days, and acts of handing over, most of them under one of these."""
    drawn = draw(st.lists(_papers, max_size=4))
    papers = [replace(one, id=ConsentId(name)) for one, name in zip(drawn, draw(st.permutations("abcd")), strict=False)]
    under = st.sampled_from([*papers, paper("gone", TODAY)])
    acts = st.builds(
        lambda consent, kinds, **said: shared(consent, *kinds, **said),
        under,
        _kinds,
        unit_id=st.sampled_from(_UNITS),
        on=_days,
        act=st.sampled_from((*OPENS, Act.UTSKRIFT)),
    )
    return papers, draw(st.lists(acts, max_size=6))


def holding(found: Iterable[Access], unit_id: UnitId, on: date) -> list[Access]:
    """The periods of a unit that hold a day."""
    mine = [one for one in found if one.unit_id == unit_id]
    return [one for one in mine if one.from_on <= on and (one.to_on is None or one.to_on >= on)]


@given(case=cases(), home_id=st.sampled_from((*_UNITS, None)))
def test_the_period_that_holds_a_day_says_what_is_granted_on_it(
    case: tuple[list[Consent], list[Disclosure]], home_id: UnitId | None
) -> None:
    consents, acts = case
    found = accesses(consents, acts, Purpose.SAMVERKAN, home_id=home_id)
    for on in (TODAY + number * DAY for number in range(-1, 20)):
        holds = deciding(consents, Purpose.SAMVERKAN, on) is not None
        for unit_id in _UNITS:
            says = granted(consents, acts, Purpose.SAMVERKAN, unit_id=unit_id, today=on)
            expected = (EVERYTHING if holds else frozenset()) if unit_id == home_id else says
            assert [one.kinds for one in holding(found, unit_id, on)] == ([expected] if expected else [])


@given(case=cases(), home_id=st.sampled_from((*_UNITS, None)))
def test_periods_of_one_unit_never_overlap_nor_run_backwards_nor_hold_nothing(
    case: tuple[list[Consent], list[Disclosure]], home_id: UnitId | None
) -> None:
    found = accesses(*case, Purpose.SAMVERKAN, home_id=home_id)
    assert all(one.kinds and (one.to_on is None or one.from_on <= one.to_on) for one in found)
    for unit_id in _UNITS:
        mine = sorted((one for one in found if one.unit_id == unit_id), key=lambda one: one.from_on)
        assert all(one.to_on is not None and one.to_on < after.from_on for one, after in pairwise(mine))


@given(case=cases(), on=_days)
def test_the_order_in_which_papers_and_acts_are_read_changes_nothing(
    case: tuple[list[Consent], list[Disclosure]], on: date
) -> None:
    consents, acts = case
    assert decides(consents, on) == decides(reversed(consents), on)
    assert reads(consents, acts, on) == reads(consents[::-1], acts[::-1], on)
    assert set(accesses(consents, acts, Purpose.SAMVERKAN, home_id=AF)) == set(
        accesses(consents[::-1], acts[::-1], Purpose.SAMVERKAN, home_id=AF)
    )
