"""What consents let whom read: the latest paper decides, and nothing is read before it was shared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from misam_desktop.domain.codes import Act, InfoKind, Purpose, Recipient
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.ids import ConsentId, DisclosureId, UnitId, UserId
from misam_desktop.domain.scope import EVERYTHING, Access, accesses, deciding, granted
from tests.domain.worlds import AF, FK, IFO, NOW, TODAY, consent

DAY = timedelta(days=1)
SAMVERKAN = Purpose.SAMVERKAN
HEALTH, PLAN = InfoKind.HALSA, InfoKind.PLANERING


def paper(number: int, **said: object) -> Consent:
    return replace(consent(until_on=None), id=ConsentId(f"c{number}"), **said)  # type: ignore[arg-type]  # by name


def shared(of: Consent, unit_id: UnitId, on: date, *kinds: InfoKind, act: Act = Act.DELNING) -> Disclosure:
    return Disclosure(
        id=DisclosureId(f"{of.id}-{unit_id}-{on}"),
        case_id=of.referral_id,
        person_id=of.person_id,
        act=act,
        recipient=Recipient.ENHET,
        unit_id=unit_id,
        kinds=kinds or tuple(InfoKind),
        purpose=of.purpose,
        consent_id=of.id,
        by=UserId("who"),
        on=on,
        at=NOW,
    )


def test_the_paper_that_began_last_decides_even_when_it_no_longer_holds() -> None:
    wide, narrow = paper(1), paper(2, from_on=TODAY - DAY, withdrawn_on=TODAY)
    assert deciding([narrow, wide], SAMVERKAN, TODAY - DAY) == narrow
    assert deciding([narrow, wide], SAMVERKAN, TODAY) is None
    assert deciding([wide], Purpose.SIP, TODAY) is None


def test_of_two_papers_of_one_day_the_later_recorded_decides() -> None:
    first = paper(1)
    second = paper(2, recorded_at=NOW + timedelta(minutes=1))
    assert deciding([second, first], SAMVERKAN, TODAY) == second


def test_a_unit_reads_what_was_handed_over_under_the_paper_that_decides() -> None:
    one = paper(1, unit_ids=(AF, FK))
    handed = [shared(one, FK, TODAY - DAY, PLAN), shared(one, FK, TODAY, HEALTH)]
    assert granted([one], handed, SAMVERKAN, unit_id=FK, today=TODAY - DAY) == {PLAN}
    assert granted([one], handed, SAMVERKAN, unit_id=FK, today=TODAY) == {PLAN, HEALTH}
    assert granted([one], handed, SAMVERKAN, unit_id=IFO, today=TODAY) == frozenset()
    again = paper(2, from_on=TODAY, unit_ids=(AF, FK), recorded_at=NOW + DAY)
    assert granted([one, again], handed, SAMVERKAN, unit_id=FK, today=TODAY) == frozenset()


def test_a_printed_copy_opens_nothing_in_the_program() -> None:
    one = paper(1, unit_ids=(FK,))
    printed = shared(one, FK, TODAY, act=Act.UTSKRIFT)
    assert granted([one], [printed], SAMVERKAN, unit_id=FK, today=TODAY) == frozenset()


def test_each_act_of_sharing_begins_a_period_of_its_own() -> None:
    one = paper(1, from_on=TODAY, unit_ids=(AF, FK))
    handed = [shared(one, FK, TODAY, PLAN), shared(one, FK, TODAY + DAY, HEALTH)]
    assert accesses([one], handed, SAMVERKAN, home_id=AF) == [
        Access(AF, EVERYTHING, TODAY, None),
        Access(FK, frozenset({PLAN}), TODAY, TODAY),
        Access(FK, frozenset({PLAN, HEALTH}), TODAY + DAY, None),
    ]


def test_a_paper_that_never_decides_gives_nothing() -> None:
    replaced = paper(1, from_on=TODAY)
    later = paper(2, from_on=TODAY, recorded_at=NOW + DAY)
    assert {one.from_on for one in accesses([replaced, later], [], SAMVERKAN, home_id=AF)} == {TODAY}
    assert accesses([paper(1, withdrawn_on=date(2026, 1, 1))], [], SAMVERKAN, home_id=AF) == []
    assert accesses([paper(1)], [], SAMVERKAN, home_id=None) == []


_DAYS = st.dates(TODAY - 9 * DAY, TODAY + 3 * DAY)
_KINDS = st.sets(st.sampled_from(InfoKind), min_size=1).map(tuple)
_UNITS = st.sets(st.sampled_from([AF, FK, IFO]), min_size=1).map(tuple)


@st.composite
def papers(draw: st.DrawFn) -> list[Consent]:
    made = []
    for number in range(draw(st.integers(0, 4))):
        begins = draw(_DAYS)
        made.append(
            paper(
                number,
                from_on=begins,
                until_on=draw(st.none() | st.dates(begins, TODAY + 5 * DAY)),
                withdrawn_on=draw(st.none() | _DAYS),
                unit_ids=draw(_UNITS),
                kinds=draw(_KINDS),
                recorded_at=NOW + timedelta(minutes=draw(st.integers(0, 1))),
            )
        )
    return made


@given(papers(), st.data())
def test_on_every_day_the_period_says_what_the_rule_says(made: list[Consent], data: st.DataObject) -> None:
    acts, units = st.sampled_from([Act.MOTE, Act.DELNING, Act.EXPORT]), st.sampled_from([AF, FK, IFO])
    handed = [
        shared(one, data.draw(units), data.draw(_DAYS), *data.draw(_KINDS), act=data.draw(acts))
        for one in made
        for _ in range(data.draw(st.integers(0, 3)))
    ]
    periods = accesses(made, handed, SAMVERKAN, home_id=AF)
    for unit_id in (FK, IFO):
        own = sorted((one for one in periods if one.unit_id == unit_id), key=lambda one: one.from_on)
        assert all(one.to_on is not None and one.to_on < after.from_on for one, after in pairwise(own))
        for ahead in range(-10, 7):
            day = TODAY + ahead * DAY
            held = [one.kinds for one in own if one.from_on <= day and (one.to_on is None or day <= one.to_on)]
            assert frozenset().union(*held) == granted(made, handed, SAMVERKAN, unit_id=unit_id, today=day)
