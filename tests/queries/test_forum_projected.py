"""The projector of a forum: what all in the room may read, and nobody's identity."""

from __future__ import annotations

import pytest

from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.commands.forum import close_forum, record_attendance
from misam_desktop.commands.forum_items import draw_codes
from misam_desktop.commands.protection import protect
from misam_desktop.commands.shut_outs import step_aside
from misam_desktop.domain.codes import Agency, InfoKind, Presence, Role
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.meeting import Meeting, MeetingNotOpen
from misam_desktop.domain.projected import Asked, Sight, Slide
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.forum import forum_day
from misam_desktop.queries.forum_projected import forum_projected
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import (
    AF,
    FK,
    IFO,
    MISAM,
    REGION,
    agrees,
    all_of,
    colleague,
    draft,
    entries,
    meeting,
    refused,
    somebody,
    waiting,
)
from tests.conftest import TODAY

WIDE = agrees(unit_ids=(AF, FK, IFO, REGION))


@pytest.fixture
def forum(karin: Vault) -> Meeting:
    return meeting(karin)


def shown(karin: Vault, forum: Meeting, referral: Referral, *left: UnitId) -> Slide:
    karin.do(draw_codes(forum.id))
    return karin.ask(forum_projected(forum.id, referral.id, left=left))


def test_a_case_is_its_code_who_referred_and_what_is_asked(karin: Vault, jonas: Vault, forum: Meeting) -> None:
    referral = waiting(jonas, consent=WIDE)
    slide = shown(karin, forum, referral)
    [item] = all_of(karin, rows.forum_items)
    assert (slide.sight, slide.at, slide.code, slide.raised_by) == (Sight.CASE, 1, item.code, "Arbetsförmedlingen")
    assert slide.asked == (Asked(None, "Vad behövs för att börja arbetsträna?"),)
    assert (entries(karin)[-1].action, entries(karin)[-1].object_id) == ("forum.projected", referral.id)


def test_it_is_held_back_while_somebody_is_there_whom_the_consent_leaves_out(
    karin: Vault, jonas: Vault, forum: Meeting
) -> None:
    referral = waiting(jonas)
    assert shown(karin, forum, referral) == Slide(sight=Sight.HELD_BACK, at=1)
    [row] = karin.ask(forum_day(MISAM, on=TODAY)).queue
    assert shown(karin, forum, referral, *row.leaving).sight is Sight.CASE
    for agency in (Agency.FK, Agency.REGION):
        karin.do(record_attendance(forum.id, agency, Presence.FRANVARANDE))
    assert shown(karin, forum, referral).sight is Sight.CASE


def test_what_the_consent_leaves_out_is_said_in_words(karin: Vault, jonas: Vault, forum: Meeting) -> None:
    kinds = (InfoKind.GRUNDUPPGIFTER,)
    slide = shown(karin, forum, waiting(jonas, consent=agrees(unit_ids=(AF, FK, IFO, REGION), kinds=kinds)))
    assert slide.asked == (Asked(None, "Ingår inte i samtycket"),)


def test_a_question_that_names_the_person_is_read_out(karin: Vault, jonas: Vault, forum: Meeting) -> None:
    slide = shown(karin, forum, waiting(jonas, consent=WIDE, question="Vad vill Malin?"))
    assert slide.asked == (Asked(None, None),)


def test_a_protected_person_is_only_spoken_of(karin: Vault, jonas: Vault, forum: Meeting) -> None:
    referral = waiting(jonas, consent=WIDE)
    karin.do(protect(referral.id, [karin.actor.user_id], seen=1))
    assert shown(karin, forum, referral) == Slide(sight=Sight.SPOKEN, at=1)


def test_a_consent_that_is_taken_back_ends_it(karin: Vault, jonas: Vault, forum: Meeting) -> None:
    referral = waiting(jonas, consent=WIDE)
    assert shown(karin, forum, referral).sight is Sight.CASE
    for one in all_of(karin, rows.consents):
        if one.withdrawn_on is None:
            jonas.do(withdraw_consent(one.id, on=TODAY))
    assert shown(karin, forum, referral) == Slide(sight=Sight.ENDED, at=1)


def test_only_who_runs_the_forum_and_only_while_it_goes_on(karin: Vault, jonas: Vault, forum: Meeting) -> None:
    referral, other = waiting(jonas, consent=WIDE), waiting(jonas, somebody(981))
    unsent = draft(jonas, somebody(983))
    with refused(karin, NotFound):
        karin.ask(forum_projected(forum.id, unsent.id))
    colleague(karin, "kim", Role.KOORDINATOR, unit_id=IFO)
    karin.do(step_aside(other.id))
    with refused(karin, NotFound):
        karin.ask(forum_projected(forum.id, other.id))
    karin.do(close_forum(forum.id))
    with refused(karin, MeetingNotOpen):
        karin.ask(forum_projected(forum.id, referral.id))
