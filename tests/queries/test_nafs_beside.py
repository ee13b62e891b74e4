"""A person's NAFS case and their case of samverkan lie beside each other: who may read one learns nothing of the other.

Malin has both, at Af: IFO is named for samverkan, FK and the region for NAFS.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from misam_desktop.commands.agenda import give_feedback, put_on_agenda, record_agreed
from misam_desktop.commands.consents import record_consent
from misam_desktop.commands.extracts import make_extract, make_log_extract
from misam_desktop.commands.forum import close_forum, open_forum, plan_meeting
from misam_desktop.commands.hand_outs import hand_out
from misam_desktop.commands.nafs_cases import answer_question, change_case, raise_case, reword_question, withdraw_case
from misam_desktop.commands.protection import lift_protection, protect
from misam_desktop.commands.shut_outs import shut_out
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.domain.access import NotAllOfIt, NotPermitted
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.codes import Act, FeedbackWay, InfoKind, Purpose, Recipient, Referrer, ReviewGround, Role
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import To, for_all
from misam_desktop.domain.ids import ActivityId, UnitId
from misam_desktop.domain.intake import ConsentFacts
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.nafs import NafsCase, NafsFacts
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.domain.shut_out import IsShutOut, WorksWithIt
from misam_desktop.keys import key_file
from misam_desktop.queries.agenda import agenda_of
from misam_desktop.queries.cases import full_number, one_case, open_cases
from misam_desktop.queries.handed_out import gate_preview, handed_out, paper_preview
from misam_desktop.queries.log import log_entries, person_extract, who_has_looked
from misam_desktop.queries.log_page import Wanted, log_page
from misam_desktop.queries.log_review import to_review
from misam_desktop.queries.nafs_cases import nafs_cases, one_nafs_case
from misam_desktop.queries.owners import protection
from misam_desktop.queries.referrals import look_up_number, one_referral
from misam_desktop.queries.search import search
from misam_desktop.queries.today import Task, TodayRow, today
from misam_desktop.queries.verify import verify
from misam_desktop.store import founding, rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Question, Vault
from tests.commands.worlds import (
    AF,
    FK,
    IFO,
    REGION,
    agrees,
    all_of,
    colleague,
    contact_of,
    enrolled,
    entries,
    later,
    on,
    one,
    refused,
    somebody,
    waiting,
)
from tests.conftest import TODAY
from tests.documents.worlds import words

TEAM = ActivityId("nafs-norr")
NUMBER = made_up_number(date(1985, 3, 12), 980)
QUESTION, ANSWER, STEP = "Kan sjukpenning prövas på nytt?", "Ja, med nytt intyg", "Af ringer läkaren"
OF_NAFS = ("nafs.", "agenda.", "question.", "feedback.")
TO_FK = To(recipient=Recipient.ENHET, unit_id=FK)
OWN = To(recipient=Recipient.EGEN)


@pytest.fixture
def nora(karin: Vault) -> Vault:
    """The NAFS-koordinator, at the region."""
    with writing(karin._engine) as conn:
        rows.activities.add(conn, founding.reference_activity("nafs", activity_id=TEAM, name="NAFS Norr"))
    return colleague(karin, "nora", Role.NAFS_KOORDINATOR, unit_id=REGION, activity_ids=(TEAM,))


@pytest.fixture
def lena(karin: Vault, nora: Vault) -> Vault:
    """A handläggare at Fk, whom the NAFS case asks."""
    return colleague(karin, "lena", Role.HANDLAGGARE, unit_id=FK)


@dataclass(frozen=True, slots=True)
class Both:
    """What there is of Malin."""

    episode: Episode
    case: NafsCase
    meeting: Meeting


def to_nafs(**said: object) -> ConsentFacts:
    return agrees(**{"purposes": (Purpose.NAFS,), "unit_ids": (AF, FK, REGION)} | said)


def raises(vault: Vault, unit_id: UnitId = AF) -> NafsFacts:
    return NafsFacts(activity_id=TEAM, unit_id=unit_id, raised_by=contact_of(vault), raised_on=TODAY)


def raised(vault: Vault, *, consent: ConsentFacts | None = None, reason: str = "") -> NafsCase:
    asked = ((FK, QUESTION), (REGION, "Vad säger läkaren?"))
    consent = consent or to_nafs()
    facts = replace(raises(vault), age_reason=reason, raised_on=consent.from_on)
    made = raise_case(somebody(), facts, questions=asked, consent=consent, submit=True)
    return vault.do(made).value


def answered(vault: Vault, case: NafsCase, unit_id: UnitId = FK) -> None:
    [asked] = [one for one in all_of(vault, rows.questions) if (one.case_id, one.unit_id) == (case.id, unit_id)]
    vault.do(answer_question(asked.id, ANSWER))


def agreed(nora: Vault, item: AgendaItem, *, by: Vault) -> AgendaItem:
    """What the meeting agreed; ``by`` tells the person."""
    owes, seen = contact_of(by), item.version
    return nora.do(record_agreed(item.id, next_step=STEP, responsible_id=AF, feedback_by=owes, seen=seen)).value


@pytest.fixture
def both(karin: Vault, jonas: Vault, nora: Vault, lena: Vault) -> Both:
    """A case that goes on, and one that FK has answered on the agenda of a meeting today."""
    episode = enrolled(karin, waiting(jonas), case_worker_id=contact_of(karin))
    case, meeting = raised(jonas), nora.do(plan_meeting(TEAM, on=TODAY)).value
    jonas.do(put_on_agenda(meeting.id, case.id))
    answered(lena, case)
    return Both(episode, case, meeting)


# One beside the other


def test_a_unit_named_for_nafs_learns_nothing_of_the_case_of_samverkan(both: Both, lena: Vault) -> None:
    match = lena.ask(look_up_number(NUMBER))
    assert (match.nafs_cases, match.waiting, match.earlier, match.drafts) == ((both.case.id,), (), (), ())
    assert [(one.nafs_case_id, one.referral_id, one.episode_id) for one in lena.ask(search("Provlund"))] == [
        (both.case.id, None, None)
    ]
    assert (lena.ask(open_cases()), lena.ask(one_nafs_case(both.case.id)).beside) == ([], ())
    of_samverkan = both.episode.referral_id
    beyond: list[Question[Any]] = [one_case(both.episode.id), one_referral(of_samverkan), handed_out(of_samverkan)]
    for question in beyond:
        with refused(lena, NotFound):
            lena.ask(question)
    with refused(lena, NotFound):
        lena.ask(gate_preview(of_samverkan, [OWN]))


def test_a_koordinator_of_samverkan_learns_nothing_of_the_nafs_case(both: Both, karin: Vault, nora: Vault) -> None:
    assert [hit.nafs_case_id for hit in karin.ask(search("Provlund"))] == [None]
    assert (karin.ask(look_up_number(NUMBER)).nafs_cases, karin.ask(nafs_cases())) == ((), [])
    beyond: list[Question[Any]] = [one_nafs_case(both.case.id), handed_out(both.case.id)]
    for question in beyond:
        with refused(karin, NotFound):
            karin.ask(question)
    with refused(karin, NotFound):
        karin.ask(agenda_of(both.meeting.id))
    extract = karin.do(make_extract(both.episode.person_id)).value
    told = words(to_pdf(extract.paper)) + str(extract.data)
    assert [one for one in ("NAFS", QUESTION, ANSWER, "Region") if one in told] == []


def test_the_log_tells_a_koordinator_of_samverkan_of_no_nafs_case(both: Both, karin: Vault, nora: Vault) -> None:
    nora.ask(one_nafs_case(both.case.id))
    person_id = both.episode.person_id
    told = {one.action for one in karin.ask(log_page(Wanted())).lines if one.user != "Karin Ekdal" and one.case}
    told |= {one.action for one in karin.ask(log_entries()) if one.person_id}
    told |= {one.action for one in karin.ask(person_extract(person_id))}
    assert {one for one in told if one.startswith(OF_NAFS)} == set()
    assert {one.user for one in karin.ask(who_has_looked(person_id))} == {"Karin Ekdal", "Jonas Vall"}
    extract = karin.do(make_log_extract(person_id)).value
    assert "NAFS" not in str(extract.data)


def test_what_names_the_person_alone_tells_neither_side_of_the_other(
    both: Both, karin: Vault, jonas: Vault, lena: Vault, nora: Vault
) -> None:
    """Af has written the person down once, for both."""
    person_id = both.case.person_id
    for vault in (karin, jonas, lena, nora):
        vault.ask(full_number(person_id))
    shown = [one.user for one in karin.ask(log_page(Wanted())).lines if one.action == "person.number_shown"]
    assert shown == ["Jonas Vall", "Karin Ekdal"]
    assert {one.user for one in karin.ask(person_extract(person_id))} == {"Karin Ekdal", "Jonas Vall"}
    extract = karin.do(make_extract(person_id)).value
    assert [one for one in ("Försäkringskassan", "Regionen") if one in str(extract.data)] == []


def test_a_protected_persons_nafs_case_elsewhere_leaves_the_log_extract_of_samverkan_as_it_is(
    karin: Vault, jonas: Vault, nora: Vault
) -> None:
    mine = waiting(karin, unit_id=IFO, referrer=Referrer.KOMMUN, needed_unit_ids=(AF,))
    raised(jonas)
    karin.do(protect(mine.id, [karin.actor.user_id], seen=karin.ask(protection(mine.id)).version))
    assert {one.user for one in karin.ask(person_extract(mine.person_id))} == {"Karin Ekdal"}


# What the person can ask for


def test_an_extract_holds_questions_answers_and_what_was_agreed(both: Both, jonas: Vault, nora: Vault) -> None:
    [item] = [line.item for line in nora.ask(agenda_of(both.meeting.id)).lines]
    agreed(nora, item, by=jonas)
    nora.do(open_forum(TEAM, on=TODAY))
    nora.do(close_forum(both.meeting.id))
    jonas.do(give_feedback(item.id, on=TODAY, how=FeedbackWay.TELEFON))
    extract = jonas.do(make_extract(both.case.person_id)).value
    headings = [one["heading"] for one in extract.data["sections"]]
    assert headings[-6:-3] == ["NAFS-ärende", "Frågor och svar", "NAFS-möten"]
    told = words(to_pdf(extract.paper))
    assert [one for one in (QUESTION, ANSWER, STEP, "NAFS Norr", "telefon") if one not in told] == []
    assert [one for one in ("Lena", "Jonas", str(item.code)) if one in told] == []
    assert (both.case.id, both.case.person_id) in {(one.object_id, one.person_id) for one in entries(jonas)[-3:]}


def test_who_has_only_a_nafs_case_has_an_extract(jonas: Vault, nora: Vault) -> None:
    case = raised(jonas)
    extract = jonas.do(make_extract(case.person_id)).value
    assert {"Person", "NAFS-ärende", "Samtycken"} <= {one["heading"] for one in extract.data["sections"]}


# The log


def test_an_entry_leads_to_the_nafs_case_that_it_is_about(both: Both, jonas: Vault, lena: Vault) -> None:
    for vault, action in ((jonas, "nafs.raised"), (lena, "question.answered")):
        [line] = [one for one in vault.ask(log_page(Wanted())).lines if one.action == action]
        assert (line.case, line.nafs_case_id, line.referral_id) == ("Malin Provlund", both.case.id, None)


def test_another_units_draft_is_not_seen_to_exist(jonas: Vault, nora: Vault, karin: Vault) -> None:
    jonas.do(raise_case(somebody(), raises(jonas), submit=False))
    for other in (nora, karin):
        assert [one for one in other.ask(log_entries()) if one.action.startswith("nafs.")] == []


def test_who_is_kept_out_by_jav_sees_no_entry_of_the_case(both: Both, jonas: Vault, lena: Vault) -> None:
    jonas.do(shut_out(both.case.id, contact_of(lena)))
    assert [one for one in lena.ask(log_page(Wanted())).lines if one.case] == []
    assert (lena.ask(nafs_cases()), lena.ask(search("Provlund"))) == ([], [])


def test_who_leads_the_team_sees_its_log_and_of_the_case_of_samverkan_nothing(
    both: Both, karin: Vault, jonas: Vault, lena: Vault, nora: Vault
) -> None:
    karin.ask(one_case(both.episode.id))
    told = {one.action for one in nora.ask(log_page(Wanted())).lines if one.user != "Nora"}
    assert told == {"nafs.raised", "agenda.case_put", "question.answered"}
    assert {one.user for one in nora.ask(who_has_looked(both.case.person_id))} == {"Jonas Vall", "Lena"}
    extract = nora.do(make_log_extract(both.case.person_id)).value
    assert {one["who"] for one in extract.data["entries"]} == {"Jonas Vall", "Lena", "Nora"}
    assert "NAFS Norr" in words(to_pdf(extract.paper))
    with refused(lena, NotPermitted):
        lena.do(make_log_extract(both.case.person_id))
    assert "MISAM" not in words(to_pdf(extract.paper)).replace("MISAM Desktop", "")


def test_to_have_raised_a_case_or_to_meet_on_it_soon_is_a_reason_to_read_it(
    karin: Vault, jonas: Vault, nora: Vault
) -> None:
    began, read = date(2026, 8, 3), date(2026, 10, 14)
    case = raised(on(jonas, began), consent=to_nafs(from_on=began))
    olle = colleague(karin, "olle", Role.HANDLAGGARE, unit_id=AF)
    for vault in (jonas, olle):
        on(vault, read).ask(one_nafs_case(case.id))
    assert without_reason(nora) == {"Olle"}
    meeting = on(nora, began).do(plan_meeting(TEAM, on=date(2026, 10, 15))).value
    on(nora, began).do(put_on_agenda(meeting.id, case.id))
    assert without_reason(nora) == set()


def without_reason(vault: Vault) -> set[str]:
    found = vault.ask(to_review(month="2026-10"))
    return {one.line.user for one in found if one.ground is ReviewGround.NO_REASON}


# Found by number and name


def test_ones_own_nafs_case_is_told_when_its_number_is_typed(jonas: Vault, nora: Vault) -> None:
    first, again = raised(jonas), raised(jonas)
    match = jonas.ask(look_up_number(NUMBER))
    assert match.person is not None
    assert (match.person.full_name, {*match.nafs_cases}) == ("Malin Provlund", {first.id, again.id})


def test_somebody_with_a_nafs_case_alone_is_found(jonas: Vault, karin: Vault, nora: Vault) -> None:
    case = raised(jonas)
    for text in ("Provlund", "Malin", NUMBER.long):
        [hit] = jonas.ask(search(text))
        assert (hit.person_id, hit.nafs_case_id, hit.what, hit.on) == (case.person_id, case.id, "NAFS", TODAY)
    assert entries(jonas)[-1].object_id == case.id
    assert karin.ask(search("Provlund")) == []


def test_a_protected_persons_nafs_case_is_found_by_number_and_by_those_named_alone(
    jonas: Vault, nora: Vault, lena: Vault
) -> None:
    case = raised(jonas)
    found = jonas.ask(protection(case.id))
    jonas.do(protect(case.id, found.owners, seen=found.version))
    assert jonas.ask(search("Provlund")) == []
    assert [one.name for one in nora.ask(nafs_cases())] == ["Malin Provlund"]
    assert [one.nafs_case_id for one in nora.ask(search(NUMBER.long))] == [case.id]
    olle = colleague(lena, "olle", Role.HANDLAGGARE, unit_id=AF)
    assert (olle.ask(search(NUMBER.long)), [one.name for one in olle.ask(nafs_cases())]) == ([], ["Skyddad"])
    jonas.do(lift_protection(case.id, seen=jonas.ask(protection(case.id)).version))
    assert [one.name for one in olle.ask(nafs_cases())] == ["Malin Provlund"]


# What leaves


def test_of_a_nafs_case_leaves_what_the_consent_names(jonas: Vault, nora: Vault) -> None:
    case = raised(jonas, consent=to_nafs(kinds=(InfoKind.GRUNDUPPGIFTER, InfoKind.PLANERING)))
    kinds = for_all(jonas.ask(gate_preview(case.id, [TO_FK])).cells)
    assert kinds == {InfoKind.GRUNDUPPGIFTER, InfoKind.PLANERING}
    seen = jonas.ask(paper_preview(case.id, [TO_FK], seen=kinds))
    given = jonas.do(hand_out(case.id, to=[TO_FK], act=Act.UTSKRIFT, seen=kinds)).value
    for told in (words(to_pdf(seen)), words(to_pdf(given.paper)), given.text):
        assert ("Malin Provlund" in told, QUESTION in told) == (True, False)
    assert "Ingår inte i samtycket" in given.text
    handed = {(row.act, row.unit, row.purpose) for row in jonas.ask(handed_out(case.id))}
    assert handed == {(Act.UTSKRIFT, "FK", Purpose.NAFS), (Act.DELNING, "Region", Purpose.NAFS)}


def test_an_answer_leaves_by_the_consent_whoever_began_the_case(jonas: Vault, nora: Vault, lena: Vault) -> None:
    kinds = (InfoKind.GRUNDUPPGIFTER, InfoKind.FRAGESTALLNING)
    case, meeting = raised(jonas, consent=to_nafs(kinds=kinds)), nora.do(plan_meeting(TEAM, on=TODAY)).value
    assert len(for_all(jonas.ask(gate_preview(case.id, [OWN])).cells)) == len(InfoKind)
    jonas.do(put_on_agenda(meeting.id, case.id))
    answered(lena, case)
    assert for_all(jonas.ask(gate_preview(case.id, [OWN])).cells) == {*kinds}


def test_what_a_reader_may_not_read_is_emptied_and_not_written_over(jonas: Vault, nora: Vault, lena: Vault) -> None:
    narrow = to_nafs(kinds=(InfoKind.GRUNDUPPGIFTER,))
    case = raised(jonas, consent=narrow, reason="Fyller snart")
    meeting = nora.do(plan_meeting(TEAM, on=TODAY)).value
    item = jonas.do(put_on_agenda(meeting.id, case.id)).value
    asked = next(one for one in all_of(jonas, rows.questions) if one.unit_id == FK)
    said = lena.do(answer_question(asked.id, ANSWER)).value
    assert (said.text, said.answer, said.answered_on) == ("", "", TODAY)
    told = agreed(nora, item, by=jonas)
    assert (told.next_step, one(nora, rows.agenda_items, item.id).next_step) == ("", STEP)
    with refused(lena, NotAllOfIt):
        lena.do(answer_question(asked.id, "Nej"))
    with refused(nora, NotAllOfIt):
        agreed(nora, told, by=jonas)
    with refused(nora, NotAllOfIt):
        nora.do(change_case(case.id, raises(jonas), seen=case.version))
    other = next(one for one in all_of(jonas, rows.questions) if one.unit_id == REGION)
    with refused(nora, NotAllOfIt):
        nora.do(reword_question(other.id, "Vad?", seen=other.version))


def test_the_unit_whose_the_case_is_reads_the_answers_of_the_others_whatever_the_consent_names(
    jonas: Vault, nora: Vault, lena: Vault
) -> None:
    """It asked, owes the person the answer, and files it; others read by the kinds (security.md, «own unit»)."""
    case = raised(jonas, consent=to_nafs(kinds=(InfoKind.GRUNDUPPGIFTER, InfoKind.FRAGESTALLNING)))
    jonas.do(put_on_agenda(nora.do(plan_meeting(TEAM, on=TODAY)).value.id, case.id))
    answered(lena, case)
    at_home, asked, leading = (
        {one.answer for one in vault.ask(one_nafs_case(case.id)).questions} for vault in (jonas, lena, nora)
    )
    assert (at_home, asked, leading) == ({ANSWER, ""}, {""}, {""})


def test_each_side_leads_to_the_other_for_who_may_see_both(
    both: Both, karin: Vault, jonas: Vault, nora: Vault, lena: Vault
) -> None:
    assert [one.case_id for one in jonas.ask(one_case(both.episode.id)).nafs] == [both.case.id]
    assert [one.case_id for one in jonas.ask(one_referral(both.episode.referral_id)).nafs] == [both.case.id]
    assert [one.episode_id for one in jonas.ask(one_nafs_case(both.case.id)).beside] == [both.episode.id]
    assert karin.ask(one_case(both.episode.id)).nafs == ()
    assert karin.ask(one_referral(both.episode.referral_id)).nafs == ()
    for vault in (nora, lena):
        assert vault.ask(one_nafs_case(both.case.id)).beside == ()


def test_nothing_leads_between_a_case_that_tells_who_it_concerns_and_one_that_does_not(
    karin: Vault, jonas: Vault, nora: Vault, lena: Vault
) -> None:
    """Lena may read who the case of samverkan concerns, and of the NAFS case the questions alone."""
    episode = enrolled(karin, waiting(jonas, consent=agrees(unit_ids=(AF, IFO, FK))), case_worker_id=contact_of(karin))
    case = raised(jonas, consent=to_nafs(kinds=(InfoKind.FRAGESTALLNING,)))
    jonas.do(put_on_agenda(nora.do(plan_meeting(TEAM, on=TODAY)).value.id, case.id))
    assert lena.ask(one_nafs_case(case.id)).person.full_name == ""
    assert lena.ask(one_nafs_case(case.id)).beside == ()
    assert lena.ask(one_case(episode.id)).nafs == ()


def test_a_case_that_was_taken_back_or_is_kept_by_jav_is_no_link(both: Both, karin: Vault, jonas: Vault) -> None:
    shut = colleague(karin, "olle", Role.HANDLAGGARE, unit_id=AF)
    jonas.do(shut_out(both.case.id, contact_of(shut)))
    assert shut.ask(one_case(both.episode.id)).nafs == ()
    jonas.do(withdraw_case(both.case.id, why="Löste sig"))
    assert jonas.ask(one_case(both.episode.id)).nafs == ()


# What waits


def ending(vault: Vault) -> list[TodayRow]:
    return [one for one in vault.ask(today()).tasks if one.task is Task.CONSENT]


def test_a_consent_that_ends_is_told_to_who_raised_the_case_and_who_leads_the_meeting(
    jonas: Vault, nora: Vault, lena: Vault, karin: Vault
) -> None:
    case = raised(jonas, consent=to_nafs(until_on=date(2026, 12, 14)))
    for vault in (jonas, nora):
        [row] = ending(vault)
        assert (row.nafs_case_id, row.object_id, row.referral_id, row.due_on) == (
            case.id,
            case.id,
            None,
            date(2026, 12, 14),
        )
        assert (row.what, row.name, row.days_left) == ("Samtycket går ut", "Malin Provlund", 20)
    olle = colleague(karin, "olle", Role.HANDLAGGARE, unit_id=AF)
    assert [ending(vault) for vault in (olle, lena, karin)] == [[], [], []]
    later(jonas, minutes=1).do(record_consent(case.id, to_nafs()))
    assert ending(jonas) == []


def test_once_the_person_has_had_the_answer_no_consent_is_asked_for(jonas: Vault, nora: Vault) -> None:
    case = raised(jonas, consent=to_nafs(until_on=date(2026, 12, 14)))
    meeting = nora.do(plan_meeting(TEAM, on=TODAY)).value
    item = jonas.do(put_on_agenda(meeting.id, case.id)).value
    assert len(ending(jonas)) == 1
    jonas.do(give_feedback(item.id, on=TODAY, how=FeedbackWay.BREV))
    assert [ending(vault) for vault in (jonas, nora)] == [[], []]
    again = nora.do(plan_meeting(TEAM, on=date(2026, 12, 9))).value
    jonas.do(put_on_agenda(again.id, case.id))
    assert [row.what for row in ending(on(jonas, date(2026, 12, 15)))] == ["Samtycket har gått ut"]


# Jäv


def test_who_owes_the_feedback_is_not_kept_out_nor_who_is_kept_out_named_for_it(
    both: Both, jonas: Vault, nora: Vault, lena: Vault
) -> None:
    [item] = [line.item for line in nora.ask(agenda_of(both.meeting.id)).lines]
    item = agreed(nora, item, by=lena)
    with refused(jonas, WorksWithIt):
        jonas.do(shut_out(both.case.id, contact_of(lena)))
    item = agreed(nora, item, by=jonas)
    jonas.do(shut_out(both.case.id, contact_of(lena)))
    with refused(nora, IsShutOut):
        agreed(nora, item, by=lena)
    facts = replace(raises(jonas), passed_by=contact_of(lena))
    with refused(jonas, IsShutOut):
        jonas.do(change_case(both.case.id, facts, seen=both.case.version))


# The store


def test_a_store_with_nafs_cases_is_whole(both: Both, karin: Vault, founded: object) -> None:
    beside = key_file.path_beside(founded).read_bytes()  # type: ignore[arg-type]  # a path
    assert {one.ok for one in karin.ask(verify(key_file_beside=beside))} == {True}
