"""What leaves a NAFS meeting: each unit gets what the consents let it have, and each giving is written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from misam_desktop.commands.agenda import put_general, put_on_agenda, record_agreed
from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.commands.forum import close_forum, open_forum, plan_meeting, record_attendance
from misam_desktop.commands.meeting_papers import give_agenda, give_keys, give_minutes, mark_sent
from misam_desktop.commands.nafs_cases import answer_question, ask_unit, withdraw_case
from misam_desktop.commands.nafs_papers import file_item, write_feedback
from misam_desktop.commands.nafs_teams import set_nafs_team
from misam_desktop.commands.shut_outs import shut_out
from misam_desktop.documents.paper import Paper
from misam_desktop.documents.phrases import Language
from misam_desktop.domain.agenda import AgendaItem, NothingAdded, NothingBeside
from misam_desktop.domain.codes import Act, Agency, InfoKind, Presence, Recipient, Role
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import WayUnsuited
from misam_desktop.domain.ids import ContactId, UnitId
from misam_desktop.domain.meeting import CodesGone, Meeting, MeetingNotClosed
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.nafs_team import facts_of
from misam_desktop.domain.pseudonym import CodeMistyped, Pseudonym, TooManyCodes, shown
from misam_desktop.queries.code_look_up import look_up_code
from misam_desktop.queries.meeting_papers import agenda_preview, minutes_preview
from misam_desktop.store import codes, founding, rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import ProofNeeded, Vault
from tests.commands.nafs_worlds import ASKED, MEETS, TEAM, leads_the_team, questions, raised, to_nafs
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
    later,
    on,
    refused,
    somebody,
)
from tests.conftest import CLOCK, TODAY
from tests.documents.worlds import said

ALL = (AF, FK, IFO, REGION)
AFTER = MEETS + timedelta(days=1)


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


@pytest.fixture
def case(jonas: Vault, nora: Vault) -> NafsCase:
    """One that all may read."""
    return raised(jonas)


@pytest.fixture
def item(jonas: Vault, meeting: Meeting, case: NafsCase) -> AgendaItem:
    """Its place on the agenda."""
    return jonas.do(put_on_agenda(meeting.id, case.id)).value


def code_of(item: AgendaItem) -> Pseudonym:
    assert item.code is not None
    return item.code


def handed(vault: Vault, act: Act = Act.UTSKRIFT) -> list[Disclosure]:
    return [one for one in all_of(vault, rows.disclosures) if one.act is act]


def agenda(nora: Vault, meeting: Meeting, for_unit: UnitId | None = None, to: tuple[UnitId, ...] = ALL) -> Paper:
    given = give_agenda(meeting.id, receivers=to, for_unit=for_unit, act=Act.UTSKRIFT)
    return nora.do(given).value.paper


def take_back(vault: Vault, case: NafsCase, day: date = TODAY) -> None:
    for consent in all_of(vault, rows.consents):
        if consent.case_id == case.id:
            on(vault, day).do(withdraw_consent(consent.id, on=day))


def held(nora: Vault, meeting: Meeting) -> Vault:
    """The NAFS-koordinator on the day after the meeting, which she has closed."""
    then = on(nora, MEETS)
    then.do(open_forum(TEAM, on=MEETS))
    then.do(record_attendance(meeting.id, Agency.FK, Presence.VIDEO))
    then.do(close_forum(meeting.id))
    return on(nora, AFTER)


# The dagordning


def test_a_case_stands_under_its_code_and_each_giving_is_a_row_for_each_unit(
    nora: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem
) -> None:
    told = said(agenda(nora, meeting))
    assert shown(code_of(item)) in told
    assert ASKED[0][1] in told
    assert "Provlund" not in told
    rows_ = handed(nora)
    assert {(one.unit_id, one.case_id, one.meeting_id) for one in rows_} == {(u, case.id, meeting.id) for u in ALL}
    assert {one.kinds for one in rows_} == {(InfoKind.FRAGESTALLNING,)}
    assert [one.action for one in entries(nora)][-2:] == ["agenda.given"] * 2


def test_looking_at_it_first_gives_it_to_nobody(nora: Vault, meeting: Meeting, item: AgendaItem) -> None:
    seen = nora.ask(agenda_preview(meeting.id, receivers=ALL))
    assert shown(code_of(item)) in said(seen.paper)
    assert handed(nora) == []


def test_what_in_a_question_can_tell_who_it_is_is_pointed_out(
    jonas: Vault, nora: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem
) -> None:
    jonas.do(ask_unit(case.id, IFO, "Vad säger malin om praktik hos Åsa Berg?"))
    found = nora.ask(agenda_preview(meeting.id, receivers=ALL)).found
    assert {one.words for one in found} == {"malin", "Åsa Berg"}


def test_a_case_that_not_all_may_have_stands_on_the_papers_of_those_who_may(
    jonas: Vault, nora: Vault, meeting: Meeting, item: AgendaItem
) -> None:
    to = (*ALL, AME)
    all_five = raised(jonas, 981, consent=to_nafs(*to))
    code = code_of(jonas.do(put_on_agenda(meeting.id, all_five.id)).value)
    common, own = (said(agenda(nora, meeting, unit, to)) for unit in (None, FK))
    assert shown(code) in common
    assert shown(code_of(item)) not in common
    assert shown(code_of(item)) in own
    with refused(nora, NothingBeside):
        agenda(nora, meeting, AME, to)
    assert "2 " + shown(code_of(item)) in own
    assert nora.ask(agenda_preview(meeting.id, receivers=to)).for_units == (AF, FK, IFO, REGION)
    assert {one.unit_id for one in handed(nora) if one.case_id == item.case_id} == {FK}


def test_a_consent_taken_back_since_drops_the_case_and_tells_nobody_of_it(
    jonas: Vault, nora: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem
) -> None:
    take_back(jonas, case)
    told = said(agenda(nora, meeting))
    assert f"{shown(code_of(item))} Utgår" in told
    assert ASKED[0][1] not in told
    assert handed(nora) == []


def test_a_case_taken_back_since_is_dropped_too(
    jonas: Vault, nora: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem
) -> None:
    jonas.do(withdraw_case(case.id, why="Löste sig"))
    assert f"{shown(code_of(item))} Utgår" in said(agenda(nora, meeting))
    assert handed(nora) == []


def test_a_consent_that_leaves_the_question_out_withholds_it_in_words(
    jonas: Vault, nora: Vault, meeting: Meeting
) -> None:
    narrow = replace(to_nafs(), kinds=(InfoKind.GRUNDUPPGIFTER, InfoKind.PLANERING))
    jonas.do(put_on_agenda(meeting.id, raised(jonas, consent=narrow).id))
    told = said(agenda(nora, meeting))
    assert "Ingår inte i samtycket" in told
    assert ASKED[0][1] not in told


def test_a_protected_person_is_a_count(jonas: Vault, nora: Vault, meeting: Meeting) -> None:
    hidden = somebody(protected=True, protected_owners=(jonas.actor.user_id, nora.actor.user_id))
    jonas.do(put_on_agenda(meeting.id, raised(jonas, person=hidden).id))
    assert "Ett ärende tas muntligt" in said(agenda(nora, meeting))
    assert handed(nora) == []


def test_who_is_kept_out_of_a_case_gives_a_paper_without_it_and_is_told_how_many(
    karin: Vault, jonas: Vault, nora: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem
) -> None:
    colleague(karin, "nils", Role.NAFS_KOORDINATOR, unit_id=REGION, activity_ids=(TEAM,))
    jonas.do(shut_out(case.id, contact_of(nora)))
    given = nora.do(give_agenda(meeting.id, receivers=ALL, act=Act.UTSKRIFT)).value
    assert shown(code_of(item)) not in said(given.paper)
    assert given.left_out == 1
    assert handed(nora) == []


def test_what_comes_once_it_was_sent_stands_on_a_tillaggsdagordning(
    jonas: Vault, nora: Vault, meeting: Meeting, item: AgendaItem
) -> None:
    with refused(nora, NothingAdded):
        nora.do(give_agenda(meeting.id, receivers=ALL, addendum=True, act=Act.UTSKRIFT))
    sent = nora.do(mark_sent(meeting.id)).value
    assert nora.do(mark_sent(meeting.id)).value == sent
    after = later(nora, minutes=5)
    after.do(put_general(meeting.id, question="Nya regler för studier?", asked_id=FK))
    told = said(after.do(give_agenda(meeting.id, receivers=ALL, addendum=True, act=Act.UTSKRIFT)).value.paper)
    assert "Tilläggsdagordning" in told
    assert "2 Generell frågeställning" in told
    assert shown(code_of(item)) not in told


def test_it_goes_to_function_addresses_and_to_units_alone(karin: Vault, nora: Vault, meeting: Meeting) -> None:
    with writing(karin._engine) as conn:
        contact = rows.contacts.get(conn, contact_of(karin))
        rows.contacts.save(conn, replace(contact, function_address="nafs.ifo@kommunen.example"))
    given = nora.do(give_agenda(meeting.id, receivers=(IFO, FK), act=Act.MEJLUTKAST)).value
    assert (given.addresses, given.without_address) == (("nafs.ifo@kommunen.example",), ("FK",))
    assert "Teamet har inga kontaktpersoner." in said(given.paper)
    facts = facts_of(founding.reference_activity("nafs", activity_id=TEAM, name="NAFS Norr"))
    nora.do(set_nafs_team(TEAM, facts, parts={IFO: contact.id, AF: None}, seen=1))
    given = nora.do(give_agenda(meeting.id, receivers=(IFO, FK), act=Act.MEJLUTKAST)).value
    assert f"{contact.name} nafs.ifo@kommunen.example" in said(given.paper)
    assert said(given.paper).count("Ingen angiven") == 2


def test_a_mail_draft_goes_to_the_teams_contact_person_of_a_unit(karin: Vault, nora: Vault, meeting: Meeting) -> None:
    theirs = rows.contacts
    with writing(karin._engine) as conn:
        karins = theirs.get(conn, contact_of(karin))
        theirs.save(conn, replace(karins, function_address="nafs.ifo@kommunen.example"))
        theirs.add(conn, replace(karins, id=ContactId("other"), function_address="annat.ifo@kommunen.example"))

    def addresses() -> tuple[str, ...]:
        return nora.do(give_agenda(meeting.id, receivers=(IFO,), act=Act.MEJLUTKAST)).value.addresses

    assert addresses() == ("annat.ifo@kommunen.example", "nafs.ifo@kommunen.example")
    facts = facts_of(founding.reference_activity("nafs", activity_id=TEAM, name="NAFS Norr"))
    nora.do(set_nafs_team(TEAM, facts, parts={IFO: karins.id}, seen=1))
    assert addresses() == ("nafs.ifo@kommunen.example",)
    with refused(nora, WayUnsuited):
        nora.do(give_agenda(meeting.id, receivers=(IFO,), act=Act.URKLIPP))


def test_the_papers_go_to_those_who_raised_or_are_asked_unless_others_are_chosen(
    nora: Vault, meeting: Meeting, item: AgendaItem
) -> None:
    assert nora.ask(agenda_preview(meeting.id)).receivers == tuple(sorted(ALL))


def test_only_who_leads_the_meeting_gives_its_agenda(
    karin: Vault, nora: Vault, lena: Vault, meeting: Meeting, item: AgendaItem
) -> None:
    with refused(karin, NotFound):
        karin.do(give_agenda(meeting.id, act=Act.UTSKRIFT))
    with pytest.raises(NotFound):
        karin.ask(agenda_preview(meeting.id))


# The key list


def test_a_units_key_says_who_the_codes_are_whose_consents_name_it(
    jonas: Vault, nora: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem
) -> None:
    told = said(nora.do(give_keys(meeting.id, FK, act=Act.UTSKRIFT)).value.paper)
    assert f"{shown(code_of(item))} Malin Provlund 19850312-" in told
    (row,) = handed(nora)
    assert (row.unit_id, row.kinds, row.case_id) == (FK, (InfoKind.GRUNDUPPGIFTER,), case.id)
    assert [(one.action, one.person_id) for one in entries(nora)][-1] == ("keys.given", case.person_id)
    assert shown(code_of(item)) not in said(nora.do(give_keys(meeting.id, AME, act=Act.UTSKRIFT)).value.paper)


def test_a_key_asks_for_the_password_again(nora: Vault, meeting: Meeting, item: AgendaItem) -> None:
    with refused(nora, ProofNeeded):
        Vault(nora._engine, nora.actor, CLOCK).do(give_keys(meeting.id, FK, act=Act.UTSKRIFT))


def test_a_handlaggare_takes_the_key_of_the_own_unit_alone(
    karin: Vault, nora: Vault, lena: Vault, meeting: Meeting, item: AgendaItem
) -> None:
    assert "Provlund" in said(lena.do(give_keys(meeting.id, FK, act=Act.UTSKRIFT)).value.paper)
    with refused(lena, NotFound):
        lena.do(give_keys(meeting.id, IFO, act=Act.UTSKRIFT))
    with refused(karin, NotFound):
        karin.do(give_keys(meeting.id, FK, act=Act.UTSKRIFT))


def test_a_consent_taken_back_takes_the_code_off_the_key(
    jonas: Vault, nora: Vault, lena: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem
) -> None:
    take_back(jonas, case)
    assert "Provlund" not in said(nora.do(give_keys(meeting.id, FK, act=Act.UTSKRIFT)).value.paper)
    with refused(lena, NotFound):
        lena.do(give_keys(meeting.id, FK, act=Act.UTSKRIFT))


# A code that is looked up


def test_who_the_consent_names_learns_whom_a_code_stands_for(
    jonas: Vault, nora: Vault, lena: Vault, case: NafsCase, item: AgendaItem
) -> None:
    for vault in (nora, lena, jonas):
        found = vault.ask(look_up_code(shown(code_of(item)).lower()))
        assert (found.case_id, found.name, found.number) == (case.id, "Malin Provlund", "850312-••••")
        assert (entries(nora)[-1].action, entries(nora)[-1].person_id) == ("code.looked_up", case.person_id)


def test_a_code_of_others_one_that_is_gone_and_one_that_never_was_read_the_same(
    karin: Vault, jonas: Vault, nora: Vault, lena: Vault, case: NafsCase, item: AgendaItem
) -> None:
    mia = colleague(karin, "mia", Role.HANDLAGGARE, unit_id=AME)
    answers = set()
    for vault, code in ((mia, code_of(item)), (lena, never_drawn(item)), (on(lena, date(2027, 4, 1)), code_of(item))):
        with refused(vault, NotFound) as caught:
            vault.ask(look_up_code(code))
        answers.add(repr(caught.value) + repr(caught.value.params))
    take_back(jonas, case)
    with refused(lena, NotFound) as caught:
        lena.ask(look_up_code(code_of(item)))
    assert answers == {repr(caught.value) + repr(caught.value.params)}


def never_drawn(item: AgendaItem) -> str:
    """Another code whose check symbol is right."""
    return "K7MQ2XF" if item.code != "K7MQ2XF" else "9C5TGK5"


def test_what_is_no_code_is_told_before_anything_is_looked_up(nora: Vault) -> None:
    with refused(nora, CodeMistyped):
        nora.ask(look_up_code("K7MQ2XG"))


def test_who_guesses_waits(nora: Vault, item: AgendaItem) -> None:
    for _ in range(10):
        with refused(nora, NotFound):
            nora.ask(look_up_code(never_drawn(item)))
    with refused(nora, TooManyCodes):
        nora.ask(look_up_code(code_of(item)))
    assert later(nora, minutes=11).ask(look_up_code(code_of(item))).name == "Malin Provlund"


# Afterwards


def test_minutes_are_of_a_closed_meeting_and_name_nobody(
    jonas: Vault, nora: Vault, lena: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem
) -> None:
    to_fk = next(one for one in questions(jonas, case) if one.unit_id == FK)
    lena.do(answer_question(to_fk.id, "Ja, i januari"))
    nora.do(record_agreed(item.id, next_step="Nytt intyg", responsible_id=FK, feedback_by=contact_of(jonas), seen=1))
    with refused(nora, MeetingNotClosed):
        nora.do(give_minutes(meeting.id, receivers=ALL, act=Act.UTSKRIFT))
    then = held(nora, meeting)
    told = said(then.do(give_minutes(meeting.id, receivers=ALL, act=Act.UTSKRIFT)).value.paper)
    for words in (shown(code_of(item)), "Ja, i januari", "Nytt intyg", "Försäkringskassan Video", "Jonas Vall"):
        assert words in told
    assert "Provlund" not in told
    assert {(one.unit_id, len(one.kinds)) for one in handed(nora)} == {(unit, 4) for unit in ALL}
    assert said(then.ask(minutes_preview(meeting.id, receivers=ALL)).paper)[:60] == told[:60]


def test_a_consent_taken_back_after_the_meeting_drops_the_case_from_its_minutes(
    jonas: Vault, nora: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem
) -> None:
    then = held(nora, meeting)
    take_back(jonas, case, AFTER)
    told = said(then.do(give_minutes(meeting.id, receivers=ALL, act=Act.UTSKRIFT)).value.paper)
    assert f"{shown(code_of(item))} Utgår" in told
    assert handed(nora) == []


def test_ninety_days_later_only_the_papers_that_are_there_remain(
    nora: Vault, meeting: Meeting, item: AgendaItem
) -> None:
    held(nora, meeting)
    with refused(nora, CodesGone):
        on(nora, date(2027, 3, 17)).do(give_minutes(meeting.id, receivers=ALL, act=Act.UTSKRIFT))


def test_each_unit_files_what_it_may_read_itself(
    jonas: Vault, nora: Vault, lena: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem
) -> None:
    with refused(lena, MeetingNotClosed):
        lena.do(file_item(item.id, act=Act.URKLIPP))
    held(nora, meeting)
    filed = on(lena, AFTER).do(file_item(item.id, act=Act.URKLIPP)).value
    for words in ("Malin Provlund", ASKED[0][1], "onsdag 16 december 2026", f"Gäller från {TODAY}"):
        assert words in filed.text
    (row,) = handed(nora, Act.URKLIPP)
    assert (row.recipient, row.case_id) == (Recipient.EGEN, case.id)


def test_what_a_unit_may_not_read_is_withheld_in_its_own_file(
    jonas: Vault, nora: Vault, lena: Vault, meeting: Meeting
) -> None:
    narrow = replace(to_nafs(), kinds=(InfoKind.FRAGESTALLNING,))
    item = jonas.do(put_on_agenda(meeting.id, raised(jonas, consent=narrow).id)).value
    held(nora, meeting)
    text = on(lena, AFTER).do(file_item(item.id, act=Act.URKLIPP)).value.text
    assert "Namn: Ingår inte i samtycket" in text
    assert "Provlund" not in text
    assert ASKED[0][1] in text


def test_a_general_question_is_nobodys_to_file(nora: Vault, meeting: Meeting) -> None:
    general = nora.do(put_general(meeting.id, question="Nya regler för studier?")).value
    with refused(nora, NotFound):
        nora.do(file_item(general.id, act=Act.URKLIPP))


def test_the_person_gets_a_letter_from_whoever_owes_it(
    jonas: Vault, nora: Vault, meeting: Meeting, case: NafsCase, item: AgendaItem
) -> None:
    held(nora, meeting)
    letter = on(jonas, AFTER).do(write_feedback(item.id, language=Language.SV, told="Det gick bra.")).value.paper
    for words in ("Malin Provlund", "Det gick bra.", "Jonas Vall"):
        assert words in said(letter)
    (row,) = handed(nora)
    assert (row.recipient, row.case_id, row.consent_id) == (Recipient.PERSONEN, case.id, None)


def test_codes_of_old_are_forgotten_when_somebody_unlocks(nora: Vault, meeting: Meeting, item: AgendaItem) -> None:
    with writing(nora._engine) as conn:
        assert codes.forget_old(conn, date(2027, 3, 17)) == 1
