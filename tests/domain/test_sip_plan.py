"""The plan of a SIP: the four points of the law, and that what is finished stands (process.md §8)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from misam_desktop.domain import sip_plan as rules
from misam_desktop.domain.codes import Agency
from misam_desktop.domain.commitment import CommitmentDone
from misam_desktop.domain.ids import CaseId, SipCommitmentId, SipPartyId, SipPlanId, UserId
from misam_desktop.domain.referral import TextRequired
from misam_desktop.domain.sip import NotAPrincipal
from misam_desktop.domain.sip_plan import PlanFacts, Point, SipPlan
from tests.domain.worlds import IFO, TODAY

PLAN = SipPlan(id=SipPlanId("p"), case_id=CaseId("s"))
FULL = replace(PLAN, needed="Boendestöd", responsible_id=IFO, follow_up_on=TODAY)
ALL_DO = {Point.KOMMUN, Point.REGION, Point.OTHERS}
KARIN = UserId("u-karin")
FINISHED = rules.finish(FULL, ALL_DO, by=KARIN, on=TODAY)


def test_af_fk_and_persons_stand_under_what_somebody_else_does() -> None:
    told = {agency: rules.point_of(agency) for agency in (*Agency, None)}
    assert told == {
        Agency.AF: Point.OTHERS,
        Agency.FK: Point.OTHERS,
        Agency.KOMMUN: Point.KOMMUN,
        Agency.REGION: Point.REGION,
        None: Point.OTHERS,
    }


def test_a_plan_tells_which_points_are_empty() -> None:
    assert rules.missing(PLAN, ()) == tuple(Point)
    assert rules.missing(FULL, {Point.KOMMUN}) == (Point.REGION, Point.OTHERS)
    assert rules.missing(FULL, ALL_DO) == ()
    assert [one.number for one in Point] == [1, 2, 2, 3, 4]


def test_inga_is_an_answer_but_not_to_who_has_the_responsibility() -> None:
    written = rules.write(PLAN, PlanFacts(none=tuple(reversed(Point)), needed=" "), responsible=None)
    assert written.none == (Point.NEEDED, Point.KOMMUN, Point.REGION, Point.OTHERS)
    assert rules.missing(written, ()) == (Point.RESPONSIBLE,)


def test_another_plan_that_tells_of_it_suffices() -> None:
    assert rules.missing(replace(PLAN, existing="Vårdplan 2026"), ()) == (Point.RESPONSIBLE,)


def test_only_kommun_or_region_has_the_overall_responsibility() -> None:
    facts = PlanFacts(needed=" Boendestöd ", responsible_id=IFO, goals_short=" Sova ")
    written = rules.write(PLAN, facts, responsible=Agency.REGION)
    assert (written.needed, written.responsible_id, written.goals_short) == ("Boendestöd", IFO, "Sova")
    with pytest.raises(NotAPrincipal):
        rules.write(PLAN, facts, responsible=Agency.AF)


def test_a_plan_is_finished_only_with_all_points_and_a_day_to_follow_it_up() -> None:
    assert (FINISHED.finished_on, FINISHED.finished_by) == (TODAY, KARIN)
    with pytest.raises(rules.PlanNotReady) as lacks:
        rules.finish(replace(FULL, responsible_id=None), (), by=KARIN, on=TODAY)
    assert lacks.value.params == {"count": 3}
    with pytest.raises(TextRequired):
        rules.finish(replace(FULL, follow_up_on=None), ALL_DO, by=KARIN, on=TODAY)


def test_what_is_finished_stands() -> None:
    with pytest.raises(rules.PlanLocked):
        rules.write(FINISHED, PlanFacts(), responsible=None)
    with pytest.raises(rules.PlanLocked):
        rules.finish(FINISHED, ALL_DO, by=KARIN, on=TODAY)
    with pytest.raises(rules.PlanLocked):
        rules.commit(FINISHED, SipCommitmentId("c"), party_id=SipPartyId("x"), what="Ringer", due_on=None)


def test_an_amendment_is_a_new_edition_with_a_reason() -> None:
    second = rules.amend(FINISHED, SipPlanId("q"), reason=" Flyttat ")
    assert (second.edition, second.reason, second.needed, second.finished_on) == (2, "Flyttat", "Boendestöd", None)
    with pytest.raises(TextRequired):
        rules.amend(FINISHED, SipPlanId("q"), reason=" ")
    with pytest.raises(rules.PlanNotFinished):
        rules.amend(FULL, SipPlanId("q"), reason="Flyttat")
    assert rules.current([FINISHED, second]) is second
    assert rules.in_force([FINISHED, second]) is FINISHED
    assert rules.in_force([FULL]) is rules.current([]) is None


def test_somebody_does_something_and_it_is_done_once() -> None:
    line = rules.commit(FULL, SipCommitmentId("c"), party_id=SipPartyId("x"), what=" Ringer ", due_on=TODAY)
    assert (line.what, line.plan_id) == ("Ringer", FULL.id)
    assert rules.done(line, on=TODAY).done_on == TODAY
    with pytest.raises(CommitmentDone):
        rules.done(rules.done(line, on=TODAY), on=TODAY)
    with pytest.raises(TextRequired):
        rules.commit(FULL, SipCommitmentId("c"), party_id=SipPartyId("x"), what=" ", due_on=None)
