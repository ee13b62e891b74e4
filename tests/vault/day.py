"""One day of the team through every command and question, with texts that must stand nowhere in clear."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from misam_desktop.commands.agenda import (
    give_feedback,
    move_item,
    put_general,
    put_on_agenda,
    record_agreed,
    set_minutes,
    take_off,
)
from misam_desktop.commands.commitments import finish_commitment, make_commitment, reopen_commitment
from misam_desktop.commands.consents import (
    add_scan,
    make_form,
    make_receipt,
    record_consent,
    record_informed,
    remove_scan,
    renew_consent,
    withdraw_consent,
)
from misam_desktop.commands.contacts import add_contact, add_unit, change_contact, change_unit
from misam_desktop.commands.disclosures import share_case
from misam_desktop.commands.drafts import drop_draft, keep_draft
from misam_desktop.commands.episodes import change_team, discharge, enrol, reassign, undo_discharge
from misam_desktop.commands.extracts import make_extract, make_log_extract
from misam_desktop.commands.follow_ups import move_follow_up, not_reached, record_follow_up
from misam_desktop.commands.forum import (
    cancel_forum,
    close_forum,
    move_meeting,
    open_forum,
    plan_meeting,
    record_attendance,
    record_outcome,
    reopen_forum,
    take_back_outcome,
)
from misam_desktop.commands.forum_items import draw_codes
from misam_desktop.commands.forum_minutes import amend_minutes
from misam_desktop.commands.goals import judge_goal, set_goals
from misam_desktop.commands.hand_outs import hand_out
from misam_desktop.commands.item_steps import take_back_step, tick_step
from misam_desktop.commands.letterheads import set_letterhead
from misam_desktop.commands.letters import give_letter
from misam_desktop.commands.lists import copy_list, export_list
from misam_desktop.commands.log_review import review_entry
from misam_desktop.commands.meeting_papers import give_agenda, give_keys, give_minutes, mark_sent, note_recalled
from misam_desktop.commands.nafs_calendar import cancel_and_move, move_on, plan_outside, plan_series
from misam_desktop.commands.nafs_cases import (
    answer_question,
    ask_unit,
    change_case,
    drop_question,
    put_case,
    raise_case,
    reword_question,
    take_back_answer,
    withdraw_case,
)
from misam_desktop.commands.nafs_lists import export_meetings
from misam_desktop.commands.nafs_papers import file_item, write_feedback
from misam_desktop.commands.nafs_teams import set_nafs_team
from misam_desktop.commands.persons import correct_person
from misam_desktop.commands.protection import lift_protection, protect
from misam_desktop.commands.referrals import (
    change_referral,
    confirm_waiting,
    make_referral,
    refer_again,
    submit_referral,
    withdraw_referral,
)
from misam_desktop.commands.register import export_register, import_register
from misam_desktop.commands.shut_outs import let_in, shut_out, step_aside
from misam_desktop.documents.phrases import Language, wording_of
from misam_desktop.documents.scans import Checked
from misam_desktop.domain.codes import (
    Act,
    Agency,
    ExportPurpose,
    FeedbackWay,
    InfoKind,
    ListColumn,
    Outcome,
    Presence,
    Purpose,
    Recipient,
    Referrer,
    RereferralReason,
    ReviewGround,
    ReviewVerdict,
    Role,
    Sex,
    ShowReason,
)
from misam_desktop.domain.episode import AssignmentRole, Episode
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.forum_minutes import AmendmentFacts
from misam_desktop.domain.gate import OWN_FILES, To
from misam_desktop.domain.goal import Goal, Reached, Whom
from misam_desktop.domain.ids import ActivityId
from misam_desktop.domain.intake import PersonFacts
from misam_desktop.domain.item_steps import ItemStep
from misam_desktop.domain.letter import Letter
from misam_desktop.domain.letterhead import Letterhead
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.nafs import NafsCase, NafsFacts
from misam_desktop.domain.nafs_team import facts_of
from misam_desktop.domain.period import Period
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.register import Read, RegisterRow
from misam_desktop.domain.report import ReportKind
from misam_desktop.keys import key_file
from misam_desktop.queries.agenda import agenda_of
from misam_desktop.queries.cases import discharged_cases, full_number, one_case, open_cases
from misam_desktop.queries.code_look_up import look_up_code
from misam_desktop.queries.consents import scan_of, withdrawal_of, wording_of_consent
from misam_desktop.queries.counted import Number
from misam_desktop.queries.counts import badges
from misam_desktop.queries.desk import desk
from misam_desktop.queries.drafts import kept_draft, my_drafts
from misam_desktop.queries.follow_ups import one_follow_up, open_follow_ups
from misam_desktop.queries.forum import forum_day, waiting_for_enrolment
from misam_desktop.queries.forum_outgoing import forum_outgoing
from misam_desktop.queries.forum_projected import forum_projected
from misam_desktop.queries.goals import goals_of
from misam_desktop.queries.handed_out import gate_preview, handed_out, paper_preview
from misam_desktop.queries.keys import keys_preview
from misam_desktop.queries.letters import LetterChoice, letter_preview, letters
from misam_desktop.queries.lists import list_preview
from misam_desktop.queries.log import log_entries, log_mark, mark_is_of_this_log, person_extract, who_has_looked
from misam_desktop.queries.log_page import Wanted, log_page
from misam_desktop.queries.log_review import to_review
from misam_desktop.queries.meeting_papers import agenda_preview, minutes_preview
from misam_desktop.queries.meetings import meetings
from misam_desktop.queries.nafs_cases import look_up_for_nafs, nafs_cases, one_nafs_case
from misam_desktop.queries.nafs_ledger import meeting_register, question_ledger
from misam_desktop.queries.nafs_letters import feedback_preview, own_file_preview
from misam_desktop.queries.nafs_meetings import nafs_meetings
from misam_desktop.queries.nafs_projected import projected
from misam_desktop.queries.outgoing import outgoing
from misam_desktop.queries.owners import protection
from misam_desktop.queries.protected import protected_facts
from misam_desktop.queries.referrals import answered_referrals, look_up_number, one_referral, waiting_referrals
from misam_desktop.queries.register import register_plan
from misam_desktop.queries.reports import behind_number, counted_report
from misam_desktop.queries.search import search, search_while_typing
from misam_desktop.queries.today import today
from misam_desktop.queries.verify import verify
from misam_desktop.store import founding, rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Question, Vault
from tests import canaries
from tests.commands.worlds import (
    AF,
    FK,
    IFO,
    MISAM,
    REGION,
    agrees,
    asks,
    colleague,
    contact_of,
    ends,
    follow_ups,
    found,
)
from tests.conftest import TODAY
from tests.vault import asked_day, report_day, sip_day

MALIN = PersonFacts(
    number=made_up_number(date(1985, 3, 12), 981),
    given_name="Malin-Åsa",
    family_name="Provlundström",
    sex=Sex.KVINNA,
    phone="070-174 06 05",
    address="Påhittade gränden 17",
    proxy="Ombud Öhmansdotter",
)
SUKRU = PersonFacts(
    number=made_up_number(date(1991, 11, 2), 990), given_name="Şükrü", family_name="Yıldırımsson", sex=Sex.MAN
)
NADIRA = PersonFacts(
    number=made_up_number(date(1988, 9, 17), 986), given_name="Nadira", family_name="Dagordningsson", sex=Sex.KVINNA
)
SIGNE = replace(NADIRA, number=made_up_number(date(1990, 5, 17), 986), given_name="Signelina", family_name="Sipparsson")
LISTED = RegisterRow(
    number=made_up_number(date(1979, 6, 30), 985),
    given_name="Listalisa",
    family_name="Registersson",
    sex=Sex.KVINNA,
    activity="Jobbtorget",
    referrer=Referrer.AF,
    referred_on=date(2026, 2, 3),
    question="Kanariefråga om listan",
    outcome=Outcome.ANTAS,
    outcome_on=date(2026, 2, 10),
    enrolled_on=date(2026, 2, 17),
    consent_from=date(2026, 2, 3),
    consent_agencies=(Agency.AF, Agency.KOMMUN),
)
TEXTS = {
    name: f"Kanariefågel {name} i fritext"
    for name in (
        *("fråga", "svar", "plan", "avslut", "notering", "flytt", "utkast", "återtagen", "lag", "team", "råd"),
        *("nafsfråga", "nafssvar", "ålder", "återtaget", "generell", "nästa"),
        *sip_day.NAMES,
        *asked_day.NAMES,
    )
}
"""One text of its own for each place where something can be written."""
TYPED = [*TEXTS.values(), MALIN.phone, MALIN.address, MALIN.proxy, LISTED.question]
"""What the store holds as it was typed."""
NEEDLES = [
    *TYPED,
    *(
        needle
        for one in (MALIN, SUKRU, NADIRA, SIGNE, LISTED)
        for needle in canaries.of_name(one.given_name, one.family_name)
    ),
    *(needle for one in (MALIN, SUKRU, NADIRA, SIGNE, LISTED) for needle in canaries.of_number(one.number)),
]


def whole_day(karin: Vault, jonas: Vault, store: Path) -> None:
    """The day of the koordinator and of a handläggare at Af."""
    forum = _a_forum(karin)
    referral = _referrals(karin, jonas, forum)
    _papers(karin, jonas, referral)
    episode = _an_episode(karin, referral)
    _follow_ups(karin, episode)
    asked_day.asked_and_told(karin, episode, TEXTS)
    _the_end_and_again(karin, episode, forum)
    _the_list(karin)
    _a_nafs_meeting(karin, jonas)
    sip_day.a_sip(karin, SIGNE, TEXTS)
    _what_is_not_theirs(jonas, episode)
    _everything_is_looked_at(karin, referral, episode, store)


def _a_forum(karin: Vault) -> Meeting:
    karin.do(cancel_forum(MISAM, on=TODAY + timedelta(days=14), why=TEXTS["råd"]))
    karin.do(plan_meeting(MISAM, on=TODAY + timedelta(days=7)))
    forum = karin.do(open_forum(MISAM, on=TODAY)).value
    karin.do(record_attendance(forum.id, Agency.AF, Presence.FRANVARANDE, substitute=TEXTS["lag"]))
    unit = karin.do(add_unit(agency=Agency.KOMMUN, name="Enheten")).value
    karin.do(change_unit(unit))
    contact = karin.do(add_contact(name="Kim Kontakt", unit_id=AF)).value
    karin.do(change_contact(contact))
    return forum


def _referrals(karin: Vault, jonas: Vault, forum: Meeting) -> Referral:
    jonas.do(keep_draft("referral", "", TEXTS["utkast"]))
    mine = jonas.do(make_referral(MALIN, asks(question=TEXTS["fråga"]), submit=False)).value
    mine = jonas.do(change_referral(mine.id, MALIN, asks(question=TEXTS["fråga"]), seen=mine.version)).value
    consent = jonas.do(record_consent(mine.id, agrees(not_shared=TEXTS["lag"]))).value[0]
    consent = jonas.do(renew_consent(consent.id, until_on=date(2027, 6, 1), paper_at=TEXTS["plan"])).value
    jonas.do(withdraw_consent(consent.id, on=TODAY))
    jonas.do(submit_referral(mine.id, consent=agrees()))
    jonas.do(share_case(mine.id, unit_ids=(IFO,), kinds=tuple(InfoKind)))
    other = jonas.do(make_referral(SUKRU, asks(), consent=agrees(), submit=True)).value
    jonas.do(confirm_waiting(other.id))
    jonas.do(withdraw_referral(other.id, why=TEXTS["återtagen"]))
    karin.do(record_outcome(mine.id, Outcome.KOMPLETTERA, meeting_id=forum.id, text=TEXTS["svar"]))
    karin.do(take_back_outcome(mine.id))
    return karin.do(record_outcome(mine.id, Outcome.ANTAS, meeting_id=forum.id)).value


def _an_episode(karin: Vault, referral: Referral) -> Episode:
    episode = karin.do(
        enrol(referral.id, enrolled_on=TODAY, commissioner_id=IFO, case_worker_id=contact_of(karin))
    ).value
    karin.do(change_team(episode.id, team=TEXTS["team"]))
    karin.do(reassign(episode.id, AssignmentRole.CASE_LEAD, from_on=TODAY, contact_id=contact_of(karin)))
    commitment = karin.do(make_commitment(episode.id, what=TEXTS["plan"], unit_id=AF, due_on=None)).value
    karin.do(finish_commitment(commitment.id))
    karin.do(reopen_commitment(commitment.id))
    page = karin.ask(one_case(episode.id))
    karin.do(correct_person(episode.id, replace(MALIN, language="finska"), seen=page.person.version))
    return episode


def _follow_ups(karin: Vault, episode: Episode) -> None:
    first, second, third = follow_ups(karin, episode)[:3]
    karin.ask(one_follow_up(first.id))
    karin.do(record_follow_up(first.id, found(note=TEXTS["notering"])))
    karin.do(move_follow_up(second.id, to=TODAY + timedelta(days=200), why=TEXTS["flytt"]))
    karin.do(not_reached(third.id, tried_on=TODAY, retry_on=TODAY + timedelta(days=7)))


def _the_end_and_again(karin: Vault, episode: Episode, forum: Meeting) -> None:
    karin.do(discharge(episode.id, ends(text=TEXTS["avslut"])))
    karin.do(undo_discharge(episode.id))
    karin.do(discharge(episode.id, ends(text=TEXTS["avslut"])))
    facts = asks(unit_id=IFO, referrer=Referrer.KOMMUN, needed_unit_ids=(AF,))
    again = refer_again(
        episode.id, facts, reason=RereferralReason.NY_SITUATION, not_held=TEXTS["plan"], consent=agrees()
    )
    referral = karin.do(again).value
    karin.do(draw_codes(forum.id))
    karin.ask(forum_projected(forum.id, referral.id))
    karin.do(close_forum(forum.id))
    karin.do(reopen_forum(forum.id))
    karin.do(close_forum(forum.id))
    karin.ask(forum_outgoing(forum.id))
    karin.do(amend_minutes(forum.id, AmendmentFacts(text=TEXTS["lag"], reason=TEXTS["lag"])))
    karin.ask(minutes_preview(forum.id, receivers=(AF, IFO)))
    karin.do(give_minutes(forum.id, receivers=(AF, IFO), act=Act.UTSKRIFT))


def _papers(karin: Vault, jonas: Vault, referral: Referral) -> None:
    karin.ask(gate_preview(referral.id, [To(recipient=Recipient.ENHET, unit_id=AF)]))
    basics = (InfoKind.GRUNDUPPGIFTER,)
    as_listed = karin.ask(list_preview([referral.id], To(recipient=Recipient.EGEN), ()))
    karin.do(copy_list([referral.id]))
    to_af = To(recipient=Recipient.ENHET, unit_id=AF)
    karin.do(export_list(as_listed.kinds, to=to_af, purpose=ExportPurpose.AVSTAMNING, columns=tuple(ListColumn)))
    karin.ask(paper_preview(referral.id, [To(recipient=Recipient.PERSONEN)], seen=basics))
    karin.do(hand_out(referral.id, to=[To(recipient=Recipient.EGEN)], act=Act.URKLIPP, seen=basics))
    karin.ask(handed_out(referral.id))
    karin.ask(letters(referral.id))
    besked = LetterChoice(letter=Letter.BESKED)
    karin.ask(letter_preview(referral.id, besked))
    goal = Goal(code="mal_1", name=TEXTS["lag"], reached=Reached.ARBETE, of=Whom.AVSLUTADE, target=35)
    karin.do(set_goals(MISAM, [goal], seen=1))
    karin.do(judge_goal(MISAM, goal.code, Period(TODAY, TODAY), rating=None, comment=TEXTS["lag"], seen=None))
    karin.do(set_letterhead(Letterhead(lines=TEXTS["lag"], contact=TEXTS["lag"], place="Ort"), seen=Letterhead()))
    karin.do(give_letter(referral.id, besked, act=Act.UTSKRIFT))
    karin.do(make_form(Language.SV, case_id=referral.id))
    wording = wording_of(Language.SV).id
    [signed, *_] = karin.do(record_consent(referral.id, agrees(wording=wording, not_shared=TEXTS["lag"]))).value
    karin.ask(wording_of_consent(signed.id))
    karin.do(add_scan(signed.id, Checked("image/png", b"bild")))
    karin.ask(scan_of(signed.id))
    karin.do(remove_scan(signed.id))
    karin.do(record_informed(referral.id, on=TODAY))
    karin.ask(withdrawal_of(signed.id))
    [again, *_] = karin.do(record_consent(referral.id, agrees())).value
    karin.do(withdraw_consent(signed.id, on=TODAY))
    karin.do(make_receipt(again.id, Language.SV_LATT))
    karin.do(record_consent(referral.id, agrees(from_on=TODAY)))
    karin.do(make_extract(referral.person_id))
    karin.do(make_log_extract(referral.person_id))
    colleague = karin.do(add_contact(name="Jävig Kollega", unit_id=AF)).value
    karin.do(shut_out(referral.id, colleague.id))
    karin.do(let_in(referral.id, colleague.id))
    _somebody_protected(karin, referral)
    [entry, *_] = [one for one in karin.ask(log_page(Wanted())).lines if one.user == "Jonas Vall"]
    karin.ask(to_review(month="2026-11"))
    karin.do(review_entry(entry.seq, ReviewGround.SAMPLE, ReviewVerdict.FRAGA_STALLD, note=TEXTS["plan"]))
    karin.ask(mark_is_of_this_log(karin.ask(log_mark())))


def _somebody_protected(karin: Vault, referral: Referral) -> None:
    found = karin.ask(protection(referral.id))
    karin.do(protect(referral.id, found.owners, seen=found.version))
    karin.ask(protected_facts(referral.person_id, ShowReason.KONTAKTA))
    karin.do(lift_protection(referral.id, seen=karin.ask(protection(referral.id)).version))


def _the_list(karin: Vault) -> None:
    reads = [Read(at=2, row=LISTED)]
    karin.ask(register_plan(reads))
    karin.do(import_register(reads))
    karin.do(export_register())
    report_day.reports_out(karin)


def _a_nafs_meeting(karin: Vault, jonas: Vault) -> None:
    team = founding.reference_activity("nafs", activity_id="nafs-norr", name="NAFS Norr")
    with writing(karin._engine) as conn:
        rows.activities.add(conn, team)
    nora = colleague(karin, "nora", Role.NAFS_KOORDINATOR, unit_id=REGION, activity_ids=(ActivityId(team.id),))
    case = _a_nafs_case(jonas, team.id)
    meeting = nora.do(plan_meeting(team.id, on=TODAY)).value
    item = nora.do(put_on_agenda(meeting.id, case.id)).value
    general = nora.do(put_general(meeting.id, question=TEXTS["generell"])).value
    other = nora.do(put_general(meeting.id, question="Vad?")).value
    nora.do(move_item(general.id, to=1))
    nora.do(take_off(other.id))
    seen = nora.ask(agenda_of(meeting.id)).lines[-1].item.version
    seen = nora.do(set_minutes(item.id, 10, seen=seen)).value.version
    asked = jonas.ask(one_nafs_case(case.id)).questions[0]
    nora.do(answer_question(asked.id, TEXTS["nafssvar"]))
    nora.do(take_back_answer(asked.id))
    nora.do(answer_question(asked.id, TEXTS["nafssvar"]))
    nora.ask(agenda_preview(meeting.id))
    nora.do(give_agenda(meeting.id, receivers=(FK, IFO), act=Act.UTSKRIFT))
    nora.do(mark_sent(meeting.id))
    nora.ask(outgoing(meeting.id))
    nora.ask(keys_preview(meeting.id, FK))
    nora.do(give_keys(meeting.id, FK, act=Act.UTSKRIFT))
    assert item.code is not None
    nora.ask(look_up_code(item.code))
    nora.do(open_forum(team.id, on=TODAY))
    nora.ask(projected(item.id))
    owes = contact_of(jonas)
    nora.do(record_agreed(item.id, next_step=TEXTS["nästa"], responsible_id=FK, feedback_by=owes, seen=seen))
    nora.do(close_forum(meeting.id))
    nora.ask(minutes_preview(meeting.id))
    nora.do(give_minutes(meeting.id, receivers=(FK, IFO), act=Act.UTSKRIFT))
    assert nora.ask(own_file_preview(item.id)).text == nora.do(file_item(item.id, act=Act.URKLIPP)).value.text
    for step in ItemStep:
        nora.do(tick_step(item.id, step))
    nora.do(take_back_step(item.id, ItemStep.CONSENT_BROUGHT))
    assert jonas.ask(feedback_preview(item.id)).language is Language.SV
    jonas.do(write_feedback(item.id, language=Language.SV))
    jonas.do(give_feedback(item.id, on=TODAY, how=FeedbackWay.TELEFON))
    assert jonas.ask(look_up_for_nafs(NADIRA.number)).cases
    _a_nafs_calendar(nora, team.id)
    assert len(nora.ask(nafs_cases())) == len(nora.ask(agenda_of(meeting.id)).lines[1:])
    jonas.do(withdraw_case(case.id, why=TEXTS["återtaget"]))
    nora.do(note_recalled(meeting.id, [act.id for one in nora.ask(outgoing(meeting.id)).recall for act in one.given]))


def _a_nafs_calendar(nora: Vault, team_id: ActivityId) -> None:
    team = nora.ask(desk()).activity(team_id)
    nora.do(set_nafs_team(team_id, facts_of(team), parts={FK: None}, seen=team.version))
    year = TODAY.year + 1
    nora.do(plan_series(team_id, first=date(year, 2, 1), until=date(year, 4, 30)))
    outside = nora.do(plan_outside(team_id, on=date(year, 6, 1))).value
    nora.do(move_meeting(outside.id, on=date(year, 6, 2)))
    nora.do(move_on(outside.id, [one.item.id for one in nora.ask(agenda_of(outside.id)).lines]))
    nora.do(cancel_and_move(outside.id, why=TEXTS["återtaget"]))
    assert len(nora.ask(nafs_meetings())) > 1
    assert nora.ask(question_ledger())
    assert nora.ask(meeting_register())
    nora.do(export_meetings(to=OWN_FILES, purpose=ExportPurpose.KVALITET))


def _a_nafs_case(jonas: Vault, team_id: ActivityId) -> NafsCase:
    facts = NafsFacts(activity_id=team_id, unit_id=AF, raised_by=contact_of(jonas), raised_on=TODAY)
    case = jonas.do(raise_case(NADIRA, facts, submit=False)).value
    case = jonas.do(change_case(case.id, replace(facts, age_reason=TEXTS["ålder"]), seen=case.version)).value
    asked = [jonas.do(ask_unit(case.id, unit_id, "Vad?")).value for unit_id in (FK, IFO, REGION)]
    for one in asked[:2]:
        jonas.do(reword_question(one.id, TEXTS["nafsfråga"], seen=one.version))
    jonas.do(drop_question(asked[2].id))
    return jonas.do(put_case(case.id, consent=agrees(purposes=(Purpose.NAFS,), unit_ids=(AF, FK, IFO, REGION)))).value


def _what_is_not_theirs(jonas: Vault, episode: Episode) -> None:
    jonas.do(drop_draft("referral", ""))
    jonas.do(keep_draft("referral", "", TEXTS["utkast"]))
    with suppress(UserError):
        jonas.do(enrol(episode.referral_id, enrolled_on=TODAY, commissioner_id=IFO))
    with suppress(UserError):
        jonas.do(step_aside(episode.referral_id))
    with suppress(UserError):
        jonas.do(make_referral(replace(SUKRU, protected=True), asks(unit_id=IFO), submit=True))


def _everything_is_looked_at(karin: Vault, referral: Referral, episode: Episode, store: Path) -> None:
    year = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
    asked: list[Question[Any]] = [
        desk(), badges(), today(), my_drafts(), kept_draft("referral", ""), open_cases(),
        discharged_cases(since=TODAY), one_case(episode.id), full_number(episode.person_id), open_follow_ups(),
        forum_day(MISAM), waiting_for_enrolment(MISAM), meetings(), waiting_referrals(),
        answered_referrals(since=TODAY), one_referral(referral.id), look_up_number(MALIN.number),
        search_while_typing("provl"), search("provlund"), search(MALIN.number.long), log_entries(),
        person_extract(episode.person_id), who_has_looked(episode.person_id),
        counted_report(ReportKind.MAL, "MISAM", **year), goals_of("MISAM", **year),
        behind_number("MISAM", Number(ReportKind.ARSREDOVISNING, "deltagare", "total", "total"), **year),
        verify(key_file_beside=key_file.path_beside(store).read_bytes()),
    ]  # fmt: skip
    for question in asked:
        karin.ask(question)
