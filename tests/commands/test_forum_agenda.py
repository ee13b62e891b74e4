"""The forum's agenda: codes drawn once for a meeting, persons under them alone, and each case to whom it may reach."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from misam_desktop.commands.consents import record_consent, withdraw_consent
from misam_desktop.commands.forum import close_forum, move_meeting, open_forum, plan_meeting
from misam_desktop.commands.forum_items import draw_codes
from misam_desktop.commands.meeting_papers import give_agenda, give_keys, mark_sent, note_recalled
from misam_desktop.commands.protection import protect
from misam_desktop.commands.referrals import withdraw_referral
from misam_desktop.commands.shut_outs import step_aside
from misam_desktop.domain.access import ConsentEnded
from misam_desktop.domain.agenda import NothingAdded, NothingBeside
from misam_desktop.domain.calendar import MeetingBegun
from misam_desktop.domain.codes import Act, InfoKind, PaperKind, Role
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.meeting import CodesGone, Meeting, MeetingClosed, MeetingThatDay
from misam_desktop.domain.pseudonym import Pseudonym, shown
from misam_desktop.domain.recall import Why
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.code_look_up import look_up_code
from misam_desktop.queries.forum_outgoing import forum_outgoing
from misam_desktop.queries.keys import keys_preview
from misam_desktop.queries.meeting_papers import agenda_preview
from misam_desktop.queries.meetings import meetings
from misam_desktop.queries.outgoing import Outgoing
from misam_desktop.store import codes, rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Vault
from tests.commands.worlds import (
    AF,
    AME,
    FK,
    IFO,
    MISAM,
    agrees,
    all_of,
    colleague,
    entries,
    later,
    on,
    refused,
    somebody,
    waiting,
)
from tests.conftest import TODAY
from tests.documents.worlds import said

DAY = timedelta(days=1)
ALL = (AF, IFO)
WIDE = agrees(unit_ids=(AF, IFO, FK))


@pytest.fixture
def forum(karin: Vault) -> Meeting:
    """The forum of today, planned."""
    return karin.do(plan_meeting(MISAM, on=TODAY)).value


@pytest.fixture
def narrow(jonas: Vault) -> Referral:
    """A case that Af and IFO may hear of."""
    return waiting(jonas, sgi0=True)


@pytest.fixture
def wide(jonas: Vault) -> Referral:
    """One that FK may hear of too."""
    return waiting(jonas, somebody(981), consent=WIDE)


def code(vault: Vault, referral: Referral) -> Pseudonym:
    [item] = [one for one in all_of(vault, rows.forum_items) if one.referral_id == referral.id]
    return item.code


def agenda(vault: Vault, forum: Meeting, receivers: tuple[str, ...] = ALL, for_unit: str | None = None) -> str:
    asked = agenda_preview(forum.id, receivers=receivers, for_unit=for_unit)  # type: ignore[arg-type]
    return said(vault.ask(asked).paper)


def out(vault: Vault, forum: Meeting, receivers: tuple[str, ...] = ALL) -> Outgoing:
    return vault.ask(forum_outgoing(forum.id, receivers=receivers)).papers  # type: ignore[arg-type]


def take_back(vault: Vault, referral: Referral) -> None:
    for one in all_of(vault, rows.consents):
        if one.case_id == referral.id and one.withdrawn_on is None:
            vault.do(withdraw_consent(one.id, on=TODAY))


# The codes


def test_each_case_gets_a_code_once_and_keeps_it_to_the_minutes(
    karin: Vault, forum: Meeting, narrow: Referral, wide: Referral
) -> None:
    assert karin.do(draw_codes(forum.id)).value == 2
    drawn = {one: code(karin, one) for one in (narrow, wide)}
    assert karin.do(draw_codes(forum.id)).value == 0
    karin.do(open_forum(MISAM, on=TODAY))
    karin.do(close_forum(forum.id))
    assert {one.referral_id: one.code for one in all_of(karin, rows.minutes)} == {
        one.id: there for one, there in drawn.items()
    }
    assert all(shown(one) in agenda(karin, forum) for one in drawn.values())


def test_at_the_next_forum_the_same_case_has_another(karin: Vault, forum: Meeting, narrow: Referral) -> None:
    karin.do(draw_codes(forum.id))
    following = karin.do(plan_meeting(MISAM, on=TODAY + 7 * DAY)).value
    karin.do(draw_codes(following.id))
    assert len({one.code for one in all_of(karin, rows.forum_items)}) == 2


def test_they_are_drawn_when_the_meeting_opens_and_for_who_comes_later_when_that_is_asked(
    karin: Vault, jonas: Vault, forum: Meeting, narrow: Referral
) -> None:
    karin.do(open_forum(MISAM, on=TODAY))
    first = code(karin, narrow)
    late = waiting(jonas, somebody(982))
    assert out(karin, forum).uncoded == 1
    karin.do(draw_codes(forum.id))
    assert code(karin, late) != first == code(karin, narrow)


def test_who_comes_during_the_meeting_and_was_never_asked_of_has_one_in_the_minutes(
    karin: Vault, jonas: Vault, forum: Meeting
) -> None:
    karin.do(open_forum(MISAM, on=TODAY))
    late = waiting(jonas)
    karin.do(close_forum(forum.id))
    assert [one.code for one in all_of(karin, rows.minutes)] == [code(karin, late)]


def test_a_protected_person_never_gets_one_and_is_only_counted(karin: Vault, jonas: Vault, forum: Meeting) -> None:
    hidden = waiting(jonas, somebody(protected=True))
    assert karin.do(draw_codes(forum.id)).value == 0
    karin.do(protect(hidden.id, [karin.actor.user_id], seen=1))
    assert "Ett ärende tas muntligt" in agenda(karin, forum)
    karin.do(open_forum(MISAM, on=TODAY))
    karin.do(close_forum(forum.id))
    assert all_of(karin, rows.forum_items) == []


def test_without_a_consent_on_the_day_there_is_nothing_to_stand_under_a_code(
    karin: Vault, jonas: Vault, forum: Meeting, narrow: Referral
) -> None:
    take_back(jonas, narrow)
    assert karin.do(draw_codes(forum.id)).value == 0
    assert karin.ask(forum_outgoing(forum.id)).unheard == 1
    later(jonas, minutes=1).do(record_consent(narrow.id, agrees()))
    assert out(karin, forum).uncoded == 1


def test_ninety_days_after_the_meeting_they_are_gone(karin: Vault, forum: Meeting, narrow: Referral) -> None:
    karin.do(open_forum(MISAM, on=TODAY))
    karin.do(close_forum(forum.id))
    kept = code(karin, narrow)
    late = on(karin, TODAY + 91 * DAY)
    assert [one.codes for one in on(karin, TODAY + 90 * DAY).ask(meetings())] == [True]
    assert [one.codes for one in late.ask(meetings())] == [False]
    with writing(late._engine) as conn:
        codes.forget_old(conn, TODAY + 91 * DAY)
    assert all_of(late, rows.forum_items) == []
    with refused(late, CodesGone):
        agenda(late, forum)
    with refused(late, NotFound):
        late.ask(look_up_code(kept))


# The agenda


def test_the_agenda_word_for_word(karin: Vault, forum: Meeting, narrow: Referral, wide: Referral) -> None:
    karin.do(draw_codes(forum.id))
    told = re.sub(r"[2-9B-DF-HJ-NP-TV-Z]{6}-[2-9B-DF-HJ-NP-TV-Z]\b", "KOD", agenda(karin, forum))
    told = re.sub(r"Logg \d+-[0-9A-F]{8}", "LOGG", " ".join(told.split()))
    case = (
        "Remitterande myndighet Arbetsförmedlingen Frågeställning Vad behövs för att börja arbetsträna? "
        "Behöver IFO/Försörjningsstöd Därför Ekonomin måste vara ordnad först Anteckningar"
    )
    assert told.count(case) == 2
    assert told.index("1 KOD SGI 0") < told.index("2 KOD Remitterande")
    assert "Kodnyckeln är ett papper för sig." in told
    assert "Åter till myndigheten med förslag på alternativ planering" in told


def test_persons_stand_under_codes_alone(karin: Vault, forum: Meeting, narrow: Referral) -> None:
    karin.do(draw_codes(forum.id))
    told = agenda(karin, forum)
    assert shown(code(karin, narrow)) in told
    assert not [word for word in ("Provlund", "Malin", "1985", narrow.id) if word in told]


def test_common_is_what_all_may_hear_and_the_rest_stands_last_on_a_paper_of_each_unit(
    karin: Vault, forum: Meeting, narrow: Referral, wide: Referral
) -> None:
    karin.do(draw_codes(forum.id))
    everybody = (AF, IFO, FK)
    common, beside = agenda(karin, forum, everybody), agenda(karin, forum, everybody, AF)
    narrow_code, wide_code = (shown(code(karin, one)) for one in (narrow, wide))
    assert (wide_code in common, narrow_code in common) == (True, False)
    assert (narrow_code in beside, wide_code in beside) == (True, False)
    assert re.search(rf"2\s+{narrow_code}", beside)
    with refused(karin, NothingBeside):
        agenda(karin, forum, everybody, FK)
    listed = [(one.kind, one.unit_id, len(one.codes)) for one in out(karin, forum, everybody).papers]
    assert listed == [
        (PaperKind.DAGORDNING, None, 1),
        (PaperKind.DAGORDNING, AF, 1),
        (PaperKind.KODNYCKEL, AF, 2),
        (PaperKind.DAGORDNING, IFO, 1),
        (PaperKind.KODNYCKEL, IFO, 2),
        (PaperKind.KODNYCKEL, FK, 1),
    ]


def test_that_somebody_is_without_sgi_goes_no_further_than_the_consent(
    karin: Vault, jonas: Vault, forum: Meeting
) -> None:
    kinds = (InfoKind.GRUNDUPPGIFTER, InfoKind.FRAGESTALLNING)
    waiting(jonas, consent=agrees(kinds=kinds), sgi0=True)
    karin.do(draw_codes(forum.id))
    assert "SGI" not in agenda(karin, forum)
    given = karin.do(give_agenda(forum.id, receivers=ALL, act=Act.UTSKRIFT)).value
    assert "arbetsträna" in said(given.paper)
    assert {one.kinds for one in all_of(karin, rows.disclosures) if one.paper} == {(InfoKind.FRAGESTALLNING,)}


def test_what_the_consent_leaves_out_is_said_to_be_left_out(karin: Vault, jonas: Vault, forum: Meeting) -> None:
    waiting(jonas, consent=agrees(kinds=(InfoKind.GRUNDUPPGIFTER,)), needed_why="Skulder")
    karin.do(draw_codes(forum.id))
    told = agenda(karin, forum)
    assert "Frågeställning Ingår inte i samtycket Behöver Ingår inte i samtycket" in " ".join(told.split())
    assert "Skulder" not in told


def test_giving_it_draws_what_is_missing_and_writes_down_each_case_and_unit(
    karin: Vault, forum: Meeting, narrow: Referral
) -> None:
    given = karin.do(give_agenda(forum.id, receivers=ALL, act=Act.MEJLUTKAST)).value
    assert shown(code(karin, narrow)) in said(given.paper)
    acts = [one for one in all_of(karin, rows.disclosures) if one.paper is PaperKind.DAGORDNING]
    assert {(one.case_id, one.unit_id, one.code) for one in acts} == {
        (narrow.id, unit, code(karin, narrow)) for unit in ALL
    }
    assert {("agenda.given", narrow.id)} <= {(one.action, one.object_id) for one in entries(karin)}


def test_what_comes_once_it_was_sent_stands_on_a_tillaggsdagordning(
    karin: Vault, jonas: Vault, forum: Meeting, narrow: Referral
) -> None:
    karin.do(give_agenda(forum.id, receivers=ALL, act=Act.UTSKRIFT))
    later(karin, minutes=1).do(mark_sent(forum.id))
    with refused(karin, NothingAdded):
        karin.ask(agenda_preview(forum.id, receivers=ALL, addendum=True))
    late, then = waiting(jonas, somebody(982)), later(karin, minutes=2)
    then.do(draw_codes(forum.id))
    told = said(then.ask(agenda_preview(forum.id, receivers=ALL, addendum=True)).paper)
    assert "Tilläggsdagordning" in told
    codes_told = [shown(code(karin, one)) in told for one in (narrow, late)]
    assert codes_told == [False, True]


def test_a_case_that_goes_after_its_code_was_given_out_is_told_to_be_off_and_the_paper_called_back(
    karin: Vault, jonas: Vault, forum: Meeting, narrow: Referral, wide: Referral
) -> None:
    karin.do(give_agenda(forum.id, receivers=ALL, act=Act.UTSKRIFT))
    gone = shown(code(karin, narrow))
    take_back(jonas, narrow)
    assert f"{gone} Utgår" in " ".join(agenda(karin, forum).split())
    page = out(karin, forum)
    assert page.papers[0].out == 1
    [recall] = page.recall
    assert (recall.case_id, recall.why) == (narrow.id, Why.ENDED)
    karin.do(note_recalled(forum.id, [one.id for one in recall.given]))
    assert out(karin, forum).recall == ()


def test_one_that_goes_before_anybody_has_seen_it_leaves_no_trace(
    karin: Vault, jonas: Vault, forum: Meeting, narrow: Referral
) -> None:
    karin.do(draw_codes(forum.id))
    jonas.do(withdraw_referral(narrow.id, why="Dubblett"))
    told = agenda(karin, forum)
    assert "Utgår" not in told
    assert "Ingen remiss väntar på forumets bedömning." in told


def test_who_is_kept_out_of_a_case_is_told_that_one_is_left_out(karin: Vault, forum: Meeting, narrow: Referral) -> None:
    colleague(karin, "kim", Role.KOORDINATOR, unit_id=IFO)
    karin.do(draw_codes(forum.id))
    karin.do(step_aside(narrow.id))
    assert shown(code(karin, narrow)) not in agenda(karin, forum)
    assert out(karin, forum).left_out == 1


def test_only_who_runs_the_forum_makes_its_agenda(karin: Vault, jonas: Vault, nora: Vault, forum: Meeting) -> None:
    with refused(nora, NotFound):
        agenda(nora, forum)
    with refused(nora, NotFound):
        nora.do(draw_codes(forum.id))


# The key, and a code that is looked up


def test_a_unit_s_key_tells_the_cases_whose_consents_name_it(
    karin: Vault, lena: Vault, forum: Meeting, narrow: Referral, wide: Referral
) -> None:
    karin.do(draw_codes(forum.id))
    told = said(lena.do(give_keys(forum.id, FK, act=Act.UTSKRIFT)).value.paper)
    assert [shown(code(karin, one)) in told for one in (narrow, wide)] == [False, True]
    assert said(karin.ask(keys_preview(forum.id, IFO))).count("Provlund") == 2
    with refused(lena, NotFound):
        lena.ask(keys_preview(forum.id, IFO))


def test_a_unit_that_no_consent_names_learns_nothing(karin: Vault, forum: Meeting, wide: Referral) -> None:
    mia = colleague(karin, "mia", Role.HANDLAGGARE, unit_id=AME)
    karin.do(draw_codes(forum.id))
    with refused(mia, NotFound):
        mia.ask(keys_preview(forum.id, AME))
    with refused(mia, NotFound):
        mia.ask(look_up_code(code(karin, wide)))


def test_who_the_consent_names_learns_whom_a_code_of_the_forum_stands_for(
    karin: Vault, jonas: Vault, lena: Vault, forum: Meeting, narrow: Referral, wide: Referral
) -> None:
    karin.do(draw_codes(forum.id))
    for vault in (karin, jonas, lena):
        found = vault.ask(look_up_code(code(karin, wide)))
        assert (found.case_id, found.name, found.on) == (wide.id, "Malin Provlund", forum.on)
        assert (entries(karin)[-1].action, entries(karin)[-1].object_id) == ("code.looked_up", wide.id)
    with refused(lena, NotFound):
        lena.ask(look_up_code(code(karin, narrow)))


def test_a_consent_taken_back_closes_the_code(karin: Vault, jonas: Vault, forum: Meeting, narrow: Referral) -> None:
    karin.do(draw_codes(forum.id))
    take_back(jonas, narrow)
    with refused(karin, ConsentEnded):
        karin.ask(look_up_code(code(karin, narrow)))
    assert "Provlund" not in said(karin.ask(keys_preview(forum.id, IFO)))


# Another day


def test_a_forum_that_moves_takes_its_codes_with_it(karin: Vault, forum: Meeting, narrow: Referral) -> None:
    karin.do(draw_codes(forum.id))
    before = code(karin, narrow)
    moved = karin.do(move_meeting(forum.id, on=TODAY + DAY, starts="9.00", place="Rum 4")).value
    assert (moved.on, moved.starts, moved.place) == (TODAY + DAY, "9.00", "Rum 4")
    assert shown(before) in agenda(karin, moved)


def test_it_moves_to_no_day_that_has_one_and_not_once_it_has_begun(karin: Vault, forum: Meeting) -> None:
    karin.do(plan_meeting(MISAM, on=date(2026, 12, 3)))
    with refused(karin, MeetingThatDay):
        karin.do(move_meeting(forum.id, on=date(2026, 12, 3)))
    karin.do(open_forum(MISAM, on=TODAY))
    with refused(karin, MeetingBegun):
        karin.do(move_meeting(forum.id, on=TODAY + DAY))
    karin.do(close_forum(forum.id))
    with refused(karin, MeetingClosed):
        karin.do(move_meeting(forum.id, on=TODAY + DAY))
