"""The projector of a NAFS meeting: what all in the room may read, and nobody's identity."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from misam_desktop.commands.agenda import put_general, put_on_agenda, record_agreed
from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.commands.forum import close_forum, open_forum, plan_meeting, record_attendance
from misam_desktop.commands.shut_outs import shut_out
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.codes import Agency, InfoKind, Presence, Role
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.meeting import Meeting, MeetingNotOpen
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.projected import Asked, Sight, Slide
from misam_desktop.queries.agenda import agenda_of
from misam_desktop.queries.nafs_projected import projected
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.nafs_worlds import ASKED, TEAM, leads_the_team, raised, to_nafs
from tests.commands.worlds import AF, FK, IFO, REGION, all_of, colleague, contact_of, entries, refused, somebody
from tests.conftest import TODAY

WITHHELD = "Ingår inte i samtycket"


@pytest.fixture
def nora(karin: Vault) -> Vault:
    return leads_the_team(karin)


@pytest.fixture
def meeting(nora: Vault) -> Meeting:
    """Of today, under way."""
    nora.do(plan_meeting(TEAM, on=TODAY))
    return nora.do(open_forum(TEAM, on=TODAY)).value


def put(vault: Vault, meeting: Meeting, case: NafsCase) -> AgendaItem:
    return vault.do(put_on_agenda(meeting.id, case.id)).value


def absent(nora: Vault, meeting: Meeting, *agencies: Agency) -> None:
    for agency in agencies:
        nora.do(record_attendance(meeting.id, agency, Presence.FRANVARANDE))


def test_a_case_is_its_code_and_what_is_asked(nora: Vault, jonas: Vault, meeting: Meeting) -> None:
    item = put(jonas, meeting, raised(jonas))
    asked = (Asked("Försäkringskassan", ASKED[0][1]), Asked("Kommunen IFO", ASKED[1][1]))
    slide = nora.ask(projected(item.id))
    assert (slide.sight, slide.at, slide.code) == (Sight.CASE, 1, item.code)
    assert [one.text for one in slide.asked] == [one.text for one in asked]
    assert slide.raised_by == "Arbetsförmedlingen"


def test_showing_it_is_noted_and_discloses_nothing_more(nora: Vault, jonas: Vault, meeting: Meeting) -> None:
    item = put(jonas, meeting, raised(jonas))
    before = all_of(nora, rows.disclosures)
    nora.ask(projected(item.id))
    assert (entries(nora)[-1].action, entries(nora)[-1].object_id) == ("agenda.projected", item.id)
    assert all_of(nora, rows.disclosures) == before


def test_a_general_question_is_shown_to_all(nora: Vault, meeting: Meeting) -> None:
    item = nora.do(put_general(meeting.id, question="Nya regler för Malin?", asked_id=FK)).value
    slide = nora.ask(projected(item.id))
    assert (slide.sight, slide.code, slide.asked[0].text) == (Sight.GENERAL, None, "Nya regler för Malin?")
    item = nora.do(put_general(meeting.id, question="Nya regler?")).value
    assert nora.ask(projected(item.id)).asked == (Asked("", "Nya regler?"),)


def test_a_case_is_held_back_while_somebody_outside_its_consent_is_there(
    nora: Vault, jonas: Vault, meeting: Meeting
) -> None:
    put(jonas, meeting, raised(jonas))
    item = put(jonas, meeting, raised(jonas, 981, consent=to_nafs(FK, IFO, REGION)))
    assert nora.ask(projected(item.id)) == Slide(sight=Sight.HELD_BACK, at=2)
    absent(nora, meeting, Agency.AF)
    assert nora.ask(projected(item.id)).sight is Sight.CASE


def test_it_is_shown_to_those_who_stay_once_the_others_have_left(nora: Vault, jonas: Vault, meeting: Meeting) -> None:
    item = put(jonas, meeting, raised(jonas, consent=to_nafs(FK, IFO, REGION)))
    assert nora.ask(projected(item.id, left=(FK,))).sight is Sight.HELD_BACK
    assert nora.ask(projected(item.id, left=(AF,))).sight is Sight.CASE


def test_who_leads_is_told_who_leaves(nora: Vault, jonas: Vault, meeting: Meeting) -> None:
    put(jonas, meeting, raised(jonas))
    put(jonas, meeting, raised(jonas, 981, consent=to_nafs(FK, IFO, REGION)))
    page = nora.ask(agenda_of(meeting.id))
    assert page.room == (AF, FK, IFO, REGION)
    assert [line.leaving for line in page.lines] == [(), (AF,)]
    absent(nora, meeting, Agency.AF)
    assert [line.leaving for line in nora.ask(agenda_of(meeting.id)).lines] == [(), ()]


def test_others_are_not_told_who_leaves(nora: Vault, jonas: Vault, meeting: Meeting) -> None:
    put(jonas, meeting, raised(jonas, consent=to_nafs(FK, IFO, REGION)))
    page = jonas.ask(agenda_of(meeting.id))
    assert (page.room, [line.leaving for line in page.lines]) == ((), [()])


def test_before_and_after_the_meeting_nobody_leaves(nora: Vault, jonas: Vault, meeting: Meeting) -> None:
    put(jonas, meeting, raised(jonas, consent=to_nafs(FK, IFO, REGION)))
    nora.do(close_forum(meeting.id))
    assert nora.ask(agenda_of(meeting.id)).lines[0].leaving == ()


def test_a_case_whose_consent_was_taken_back_shows_nothing(nora: Vault, jonas: Vault, meeting: Meeting) -> None:
    item = put(jonas, meeting, raised(jonas))
    [consent] = all_of(jonas, rows.consents)
    jonas.do(withdraw_consent(consent.id, on=TODAY))
    assert nora.ask(projected(item.id)) == Slide(sight=Sight.ENDED, at=1)
    assert nora.ask(agenda_of(meeting.id)).lines[0].leaving == ()


def test_of_a_protected_person_nothing_is_shown_but_that_there_is_one(
    nora: Vault, jonas: Vault, meeting: Meeting
) -> None:
    hidden = somebody(protected=True, protected_owners=(jonas.actor.user_id, nora.actor.user_id))
    item = put(jonas, meeting, raised(jonas, person=hidden))
    assert nora.ask(projected(item.id)) == Slide(sight=Sight.SPOKEN, at=1)


def test_kinds_that_the_consent_leaves_out_are_said_in_words(nora: Vault, jonas: Vault, meeting: Meeting) -> None:
    consent = to_nafs()
    kinds = tuple(kind for kind in consent.kinds if kind is not InfoKind.FRAGESTALLNING)
    item = put(jonas, meeting, raised(jonas, consent=replace(consent, kinds=kinds)))
    assert {one.text for one in nora.ask(projected(item.id)).asked} == {WITHHELD}


def test_what_was_agreed_is_shown_once_it_is_saved(nora: Vault, jonas: Vault, meeting: Meeting) -> None:
    item = put(jonas, meeting, raised(jonas))
    assert nora.ask(projected(item.id)).next_step == ""
    owes = contact_of(jonas)
    said = record_agreed(item.id, next_step="Nytt intyg", responsible_id=FK, feedback_by=owes, seen=item.version)
    nora.do(said)
    slide = nora.ask(projected(item.id))
    assert (slide.next_step, slide.responsible) == ("Nytt intyg", "Försäkringskassan")


def test_a_text_that_names_the_person_is_not_shown(nora: Vault, jonas: Vault, meeting: Meeting) -> None:
    item = put(jonas, meeting, raised(jonas))
    said = record_agreed(item.id, next_step="Malin ringer", responsible_id=None, feedback_by=None, seen=item.version)
    nora.do(said)
    assert nora.ask(projected(item.id)).next_step is None


def test_who_is_kept_out_of_a_case_projects_nothing_of_it(
    karin: Vault, nora: Vault, jonas: Vault, meeting: Meeting
) -> None:
    colleague(karin, "nils", Role.NAFS_KOORDINATOR, unit_id=REGION, activity_ids=(TEAM,))
    case = raised(jonas)
    item = put(jonas, meeting, case)
    jonas.do(shut_out(case.id, contact_of(nora)))
    with refused(nora, NotFound):
        nora.ask(projected(item.id))


def test_only_who_leads_projects_and_only_while_it_goes_on(
    nora: Vault, jonas: Vault, karin: Vault, meeting: Meeting
) -> None:
    item = put(jonas, meeting, raised(jonas))
    with refused(karin, NotFound):
        karin.ask(projected(item.id))
    nora.do(close_forum(meeting.id))
    with refused(nora, MeetingNotOpen):
        nora.ask(projected(item.id))


def test_a_slide_has_no_field_for_a_person() -> None:
    assert {field.name for field in fields(Slide)} == {
        "sight", "at", "code", "raised_by", "asked", "next_step", "responsible",
    }  # fmt: skip
