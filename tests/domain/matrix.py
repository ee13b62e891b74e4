"""The permission matrix, written by hand from the table «Who may» in security.md and process.md §5.

A cell says what somebody may do with a case, a letter for each group of actions in ``ACTIONS``, and after the stroke
which kinds of information they may read of it. «.» is nothing at all: the case does not exist for them.

    A  all kinds        S  grunduppgifter and planering      G  grunduppgifter alone      P  planering alone

Where the sources are silent, this was decided:

a. The *home* is the unit whose information it is: the one that referred, for «Annan» the one that took it in. It reads
   all kinds while a consent holds, named in it or not, and of a draft. The unit that *commissions* and the koordinator
   read what the consent names and was shared with their unit, and grunduppgifter beside it. Any other unit reads what
   is named and shared and nothing else, and only its handläggare do; where nothing is, the case does not exist.
b. A consent has *ended* when none holds today: there is none, it has run out, was taken back, has not begun or is for
   another purpose. A later paper of the same purpose replaces the earlier from its first day, and when it ends the
   older does not come back. A case before the forum then keeps grunduppgifter and dates for home, commissioner and
   koordinator, and is gone for the others. Those who keep it may read that, record a consent or that one is taken back,
   withdraw or close the referral, correct the person, mark a protected identity, keep somebody out, ask the gate
   (which lets nothing out), hold the forum (whose only outcome is «kompletteras»), discharge, and note that something
   was offered or asked, which is dates alone. They may not change
   the referral, enrol, hand over, plan or follow up.
c. Handläggare, in any case of their unit: read, write, change and close the referral, write the NAFS case, record
   consent, disclose. Who *works with it* (its handläggare, its samordnare, the owner of the follow-up, whoever owes the
   feedback) also follows up, plans, hands over, discharges, gives feedback, corrects the person and keeps colleagues
   out. Its own åtagande may be written, and a question to it answered, by anybody of a unit
   within reach. A unit that only a consent lets in reads, prints and copies what it reads for its own file, and records
   consents: a person takes one back wherever they say so. Its contact who works with the case does the work too, but
   corrects the person only where grunduppgifter may be read. A paper that it records opens the case to nobody, since it
   does not disclose: those who read the case go on with what both papers name. Until the enrolment the one who referred
   works with the case, then its handläggare and its samordnare.
d. A koordinator does all of this, and coordinates, in every case of samverkan or SIP that was put to the forum of her
   activities, whatever the unit. In cases of her own unit outside them she is as a handläggare. Changing a referral
   needs that all kinds may be read, since its form holds them all.
   A NAFS case and its questions are changed where the questions may be read. A SIP is changed as a referral is: what
   its form and its plan hold can be of any kind.
e. A NAFS-koordinator coordinates the NAFS cases of her teams: reads, writes for those without an account, records
   consents and answers, discloses, leads the meeting and notes the feedback. In other cases of her own unit she reads
   and records consents, answers what is asked of the unit, and gives the feedback that she owes. Nothing else brings a
   case to her.
f. Ledning sees figures, an administratör no case. A draft is its unit's alone, whatever has been signed.
g. Jäv and protected identity stand above every row: nothing at all for whoever is kept out, or is not a named owner.
h. Whoever may read a case may step aside from it, «Jag är jävig»: a decision about oneself, which asks for no task.
   Letting oneself in again is not among it; a colleague who may keep somebody out does that.
i. A protected identity is marked, its owners named and the mark lifted by the units whose case it is and by the
   koordinator, also after the consent: it closes doors, and lifting it asks for more (``commands.protection``). Once it
   is marked, g leaves the named owners alone. A unit that only a consent lets in leaves it to them. The number,
   telephone and address of a protected person are read by who reads the case, but for a reason that the log keeps each
   time (``queries.protected``); that is no permission of its own.
j. Whom a code stands for is told, on a key list or when it is looked up, to handläggare in the cases of their unit and
   those that name it, to a koordinator in what she coordinates, and to a NAFS-koordinator in her teams alone; while a
   consent holds, and where grunduppgifter may be read.
k. That something was offered or asked is days alone, never an answer: those who work with the case note it, also when
   no consent holds any more; whether somebody was asked of violence, only who may read of the social situation. An
   avvikelse about a case is read by who reads the case, and closed by who reads it whole; one about no case by those
   who coordinate the activity and by the unit that wrote it (``domain.deviation``).
"""

from __future__ import annotations

from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Role

ACTIONS: dict[str, set[May]] = {
    "r": {May.SEE_CASES, May.READ_CASE, May.SEE_LOG, May.STEP_ASIDE},
    "c": {May.RECORD_CONSENT},
    "d": {May.DISCLOSE},
    "w": {May.WRITE_REFERRAL, May.CLOSE_REFERRAL, May.WRITE_NAFS, May.WRITE_SIP, May.PROTECT},
    "x": {May.CHANGE_REFERRAL, May.CHANGE_SIP},
    "n": {May.CORRECT_PERSON},
    "k": {May.SHUT_OUT, May.DISCHARGE, May.ASK, May.GIVE_FEEDBACK},
    "b": {May.GIVE_FEEDBACK},
    "f": {May.FOLLOW_UP, May.REASSIGN},
    "p": {May.WRITE_PLAN},
    "o": {May.LEAD_MEETING, May.CHANGE_SETTINGS, May.RUN_FORUM, May.RECORD_OUTCOME, May.IMPORT_REGISTER},
    "e": {May.ENROL, May.KEY_LIST},
    "v": {May.WRITE_NAFS},
    "a": {May.CHANGE_NAFS},
    "s": {May.ANSWER},
    "q": {May.LEAD_MEETING, May.CHANGE_SETTINGS},
    "l": {May.KEY_LIST},
}
OF_NO_CASE = {
    May.SEE_CONTACTS,
    May.WRITE_CONTACTS,
    May.WRITE_DEVIATION,
    May.EXPORT_REGISTER,
    May.SEE_REPORTS,
    May.SEE_BEHIND,
    May.REVIEW_LOG,
    May.VERIFY,
    May.ADMINISTER,
    May.OWN_SESSION,
}
"""What is asked of no single case: the role alone decides (``BY_ROLE``)."""

STATES = {
    "draft": ("a draft", "a draft, signed"),
    "all": ("all kinds", "all kinds, until a narrower begins tomorrow"),
    "some": ("grunduppgifter and planering",),
    "plan": ("planering alone",),
    "ended": (
        "none",
        "run out",
        "taken back today",
        "begins tomorrow",
        "another purpose",
        "all kinds, then a narrower that was taken back",
        "all kinds, then a narrower that has run out",
    ),
    "narrowed": ("all kinds, then a narrower", "all kinds, and a narrower recorded later the same day"),
    "renewed": ("taken back, then all kinds",),
}
"""The columns: what the papers of the case say today, before the forum but for the first."""

RELATIONS = {
    "home": ("home", "home unnamed"),
    "home=": ("home answers", "home unnamed answers"),
    "home+": ("home works", "home unnamed works"),
    "commissions": ("commissions",),
    "commissions=": ("commissions answers",),
    "commissions+": ("commissions works",),
    "commissions-": ("commissions unshared", "commissions unnamed"),
    "third": ("third",),
    "third=": ("third answers",),
    "third+": ("third works",),
    "part": ("third part",),
    "unshared": ("third unshared", "third printed", "third earlier", "third unshared works"),
    "outside": ("third unnamed", "third unnamed answers", "third unnamed works"),
}
"""The rows: what the actor's unit has to do with the case. It is the home, it commissions, or is a third, and the
consent names it and it was shared with, unless the row says otherwise:

    =  the åtagande in question is the unit's       +  the actor works with the case
    -  commissions, but is not named or not shared with
    part      named, but only planering was shared
    unshared  named, but not shared with: never, as a paper copy alone, or under an earlier consent than today's
    outside   not named

In the tables «home*» is the rows home, home= and home+, and «others» every row that is not there.
"""

_HANDLAGGARE = """
              draft          all            some           plan           ended     narrowed       renewed
home          rcdwaxl/A      rcdwaxl/A      rcdwaxl/A      rcdwaxl/A      rcdw/G    rcdwaxl/A      rcdwaxl/A
home=         rcdwaxpsl/A    rcdwaxpsl/A    rcdwaxpsl/A    rcdwaxpsl/A    rcdw/G    rcdwaxpsl/A    rcdwaxpsl/A
home+         rcdwaxnkfpl/A  rcdwaxnkfpl/A  rcdwaxnkfpl/A  rcdwaxnkfpl/A  rcdwnk/G  rcdwaxnkfpl/A  rcdwaxnkfpl/A
commissions   .              rcdwaxl/A      rcdwl/S        rcdwl/S        rcdw/G    rcdwl/S        rcdwaxl/A
commissions=  .              rcdwaxpsl/A    rcdwpsl/S      rcdwpsl/S      rcdw/G    rcdwpsl/S      rcdwaxpsl/A
commissions+  .              rcdwaxnkfpl/A  rcdwnkfpl/S    rcdwnkfpl/S    rcdwnk/G  rcdwnkfpl/S    rcdwaxnkfpl/A
commissions-  .              rcdwl/G        rcdwl/G        rcdwl/G        rcdw/G    rcdwl/G        rcdwl/G
third         .              rcl/A          rcl/S          rc/P           .         rcl/S          rcl/A
third=        .              rcpsl/A        rcpsl/S        rcps/P         .         rcpsl/S        rcpsl/A
third+        .              rcnkfpl/A      rcnkfpl/S      rckfp/P        .         rcnkfpl/S      rcnkfpl/A
part          .              rc/P           rc/P           rc/P           .         rc/P           rc/P
others        .              .              .              .              .         .              .
"""
_KOORDINATOR = """
             draft         all             some            plan            ended     narrowed        renewed
home         rcdwaxl/A     rcdwaxnkfpsoe/A rcdwaxnkfpsoe/A rcdwaxnkfpsoe/A rcdwnko/G rcdwaxnkfpsoe/A rcdwaxnkfpsoe/A
home=        rcdwaxpsl/A   rcdwaxnkfpsoe/A rcdwaxnkfpsoe/A rcdwaxnkfpsoe/A rcdwnko/G rcdwaxnkfpsoe/A rcdwaxnkfpsoe/A
home+        rcdwaxnkfpl/A rcdwaxnkfpsoe/A rcdwaxnkfpsoe/A rcdwaxnkfpsoe/A rcdwnko/G rcdwaxnkfpsoe/A rcdwaxnkfpsoe/A
commissions* .             rcdwaxnkfpsoe/A rcdwnkfpsoe/S   rcdwnkfpsoe/S   rcdwnko/G rcdwnkfpsoe/S   rcdwaxnkfpsoe/A
third*       .             rcdwaxnkfpsoe/A rcdwnkfpsoe/S   rcdwnkfpsoe/S   rcdwnko/G rcdwnkfpsoe/S   rcdwaxnkfpsoe/A
part         .             rcdwnkfpsoe/S   rcdwnkfpsoe/S   rcdwnkfpsoe/S   rcdwnko/G rcdwnkfpsoe/S   rcdwnkfpsoe/S
others       .             rcdwnkfpsoe/G   rcdwnkfpsoe/G   rcdwnkfpsoe/G   rcdwnko/G rcdwnkfpsoe/G   rcdwnkfpsoe/G
"""
_KOORDINATOR_ELSEWHERE = """
              draft          all            some           plan           ended     narrowed       renewed
home          rcdwaxl/A      rcdwaxl/A      rcdwaxl/A      rcdwaxl/A      rcdw/G    rcdwaxl/A      rcdwaxl/A
home=         rcdwaxpsl/A    rcdwaxpsl/A    rcdwaxpsl/A    rcdwaxpsl/A    rcdw/G    rcdwaxpsl/A    rcdwaxpsl/A
home+         rcdwaxnkfpl/A  rcdwaxnkfpl/A  rcdwaxnkfpl/A  rcdwaxnkfpl/A  rcdwnk/G  rcdwaxnkfpl/A  rcdwaxnkfpl/A
commissions   .              rcdwaxl/A      rcdwl/S        rcdwl/S        rcdw/G    rcdwl/S        rcdwaxl/A
commissions=  .              rcdwaxpsl/A    rcdwpsl/S      rcdwpsl/S      rcdw/G    rcdwpsl/S      rcdwaxpsl/A
commissions+  .              rcdwaxnkfpl/A  rcdwnkfpl/S    rcdwnkfpl/S    rcdwnk/G  rcdwnkfpl/S    rcdwaxnkfpl/A
commissions-  .              rcdwl/G        rcdwl/G        rcdwl/G        rcdw/G    rcdwl/G        rcdwl/G
others        .              .              .              .              .         .              .
"""
_NAFS_OTHERS = """
              draft  all    some   plan   ended  narrowed  renewed
home          rc/A   rc/A   rc/A   rc/A   rc/G   rc/A      rc/A
home=         rcs/A  rcs/A  rcs/A  rcs/A  rc/G   rcs/A     rcs/A
home+         rcb/A  rcb/A  rcb/A  rcb/A  rcb/G  rcb/A     rcb/A
commissions   .      rc/A   rc/S   rc/S   rc/G   rc/S      rc/A
commissions=  .      rcs/A  rcs/S  rcs/S  rc/G   rcs/S     rcs/A
commissions+  .      rcb/A  rcb/S  rcb/S  rcb/G  rcb/S     rcb/A
commissions-  .      rc/G   rc/G   rc/G   rc/G   rc/G      rc/G
others        .      .      .      .      .      .         .
"""
_NAFS_TEAM = """
              draft  all          some         plan         ended     narrowed     renewed
home          rc/A   rcdvabsql/A  rcdvabsql/A  rcdvabsql/A  rcdvbq/G  rcdvabsql/A  rcdvabsql/A
home=         rcs/A  rcdvabsql/A  rcdvabsql/A  rcdvabsql/A  rcdvbq/G  rcdvabsql/A  rcdvabsql/A
home+         rcb/A  rcdvabsql/A  rcdvabsql/A  rcdvabsql/A  rcdvbq/G  rcdvabsql/A  rcdvabsql/A
commissions*  .      rcdvabsql/A  rcdvbsql/S   rcdvbsql/S   rcdvbq/G  rcdvbsql/S   rcdvabsql/A
third*        .      rcdvabsql/A  rcdvbsql/S   rcdvbsql/S   rcdvbq/G  rcdvbsql/S   rcdvabsql/A
part          .      rcdvbsql/S   rcdvbsql/S   rcdvbsql/S   rcdvbq/G  rcdvbsql/S   rcdvbsql/S
others        .      rcdvbsql/G   rcdvbsql/G   rcdvbsql/G   rcdvbq/G  rcdvbsql/G   rcdvbsql/G
"""
_NOTHING = """
              draft         all           some          plan          ended         narrowed      renewed
others        .             .             .             .             .             .             .
"""

TABLES: dict[tuple[Role, str], str] = {
    (Role.HANDLAGGARE, "samverkan"): _HANDLAGGARE,
    (Role.HANDLAGGARE, "samverkan elsewhere"): _HANDLAGGARE,
    (Role.HANDLAGGARE, "sip"): _HANDLAGGARE,
    (Role.HANDLAGGARE, "nafs"): _HANDLAGGARE,
    (Role.KOORDINATOR, "samverkan"): _KOORDINATOR,
    (Role.KOORDINATOR, "sip"): _KOORDINATOR,
    (Role.KOORDINATOR, "samverkan elsewhere"): _KOORDINATOR_ELSEWHERE,
    (Role.KOORDINATOR, "nafs"): _KOORDINATOR_ELSEWHERE,
    (Role.NAFS_KOORDINATOR, "nafs"): _NAFS_TEAM,
    (Role.NAFS_KOORDINATOR, "nafs elsewhere"): _NAFS_OTHERS,
    (Role.NAFS_KOORDINATOR, "samverkan"): _NAFS_OTHERS,
    (Role.NAFS_KOORDINATOR, "sip"): _NAFS_OTHERS,
    (Role.LEDNING, "samverkan"): _NOTHING,
    (Role.LEDNING, "nafs"): _NOTHING,
    (Role.ADMINISTRATOR, "samverkan"): _NOTHING,
    (Role.ADMINISTRATOR, "nafs"): _NOTHING,
}
"""Role, and the purpose of the case; «elsewhere» in an activity or team that the actor does not work in."""

BY_ROLE: dict[May, str] = {
    # K koordinator, H handläggare, N NAFS-koordinator, L ledning, A administratör
    May.SEE_CASES: "KHN",
    May.READ_CASE: "KHN",
    May.SEE_LOG: "KHN",
    May.RECORD_CONSENT: "KHN",
    May.DISCLOSE: "KHN",
    May.WRITE_REFERRAL: "KH",
    May.CLOSE_REFERRAL: "KH",
    May.CHANGE_REFERRAL: "KH",
    May.CORRECT_PERSON: "KH",
    May.SHUT_OUT: "KH",
    May.STEP_ASIDE: "KHN",
    May.PROTECT: "KH",
    May.DISCHARGE: "KH",
    May.ASK: "KH",
    May.WRITE_DEVIATION: "KHN",
    May.FOLLOW_UP: "KH",
    May.WRITE_PLAN: "KH",
    May.REASSIGN: "KH",
    May.WRITE_NAFS: "KHN",
    May.CHANGE_NAFS: "KHN",
    May.WRITE_SIP: "KH",
    May.CHANGE_SIP: "KH",
    May.ANSWER: "KHN",
    May.GIVE_FEEDBACK: "KHN",
    May.LEAD_MEETING: "KN",
    May.CHANGE_SETTINGS: "KN",
    May.KEY_LIST: "KHN",
    May.RUN_FORUM: "K",
    May.RECORD_OUTCOME: "K",
    May.ENROL: "K",
    May.IMPORT_REGISTER: "K",
    May.EXPORT_REGISTER: "K",
    May.REVIEW_LOG: "KN",
    May.SEE_REPORTS: "KNL",
    May.SEE_BEHIND: "KN",
    May.VERIFY: "KA",
    May.WRITE_CONTACTS: "KA",
    May.ADMINISTER: "A",
    May.SEE_CONTACTS: "KHNA",
    May.OWN_SESSION: "KHNLA",
}
LETTERS = {
    "K": Role.KOORDINATOR,
    "H": Role.HANDLAGGARE,
    "N": Role.NAFS_KOORDINATOR,
    "L": Role.LEDNING,
    "A": Role.ADMINISTRATOR,
}

PLACED: dict[May, str] = {
    # every command and question of the program, under what it needs
    May.SEE_CASES: "open_cases discharged_cases open_follow_ups waiting_referrals answered_referrals search "
    "search_while_typing nafs_cases agenda_of nafs_meetings question_ledger sips",
    May.READ_CASE: "one_case one_referral full_number handed_out scan_of wording_of_consent list_preview copy_list"
    " export_list hand_out gate_preview paper_preview protected_facts one_nafs_case file_item"
    " one_sip sip_letter_preview sip_agenda_preview sip_plan_preview give_sip_agenda give_sip_plan"
    " letters letter_preview give_letter tick_step take_back_step own_file_preview",
    May.WRITE_REFERRAL: "make_referral refer_again submit_referral look_up_number",
    May.CHANGE_REFERRAL: "change_referral complete_entry",
    May.CLOSE_REFERRAL: "withdraw_referral confirm_waiting withdraw_case",
    May.CORRECT_PERSON: "correct_person",
    May.RECORD_CONSENT: "record_consent withdraw_consent renew_consent add_scan remove_scan make_form make_receipt"
    " record_informed withdrawal_of",
    May.DISCLOSE: "share_case make_extract put_on_agenda",
    May.SHUT_OUT: "shut_out let_in",
    May.STEP_ASIDE: "step_aside",
    May.PROTECT: "protect lift_protection protection",
    May.RUN_FORUM: "forum_day forum_outgoing forum_projected amend_minutes",
    May.LEAD_MEETING: "open_forum plan_meeting record_attendance close_forum cancel_forum reopen_forum meetings"
    " put_general move_item set_minutes take_off record_agreed give_agenda mark_sent note_recalled give_minutes"
    " agenda_preview minutes_preview outgoing plan_series plan_outside move_meeting cancel_and_move move_on projected"
    " meeting_register export_meetings draw_codes",
    May.CHANGE_SETTINGS: "set_nafs_team set_letterhead set_sip_template set_goals judge_goal set_questionnaires",
    May.KEY_LIST: "give_keys keys_preview look_up_code",
    May.RECORD_OUTCOME: "record_outcome take_back_outcome",
    May.ENROL: "enrol waiting_for_enrolment",
    May.REASSIGN: "reassign change_team",
    May.WRITE_PLAN: "make_commitment finish_commitment reopen_commitment commit_in_sip"
    " change_sip_commitment drop_sip_commitment finish_sip_commitment hold_talk",
    May.FOLLOW_UP: "record_follow_up not_reached move_follow_up one_follow_up",
    May.DISCHARGE: "discharge undo_discharge",
    May.ASK: "note_asked",
    May.WRITE_DEVIATION: "note_deviation close_deviation reopen_deviation deviations one_deviation",
    May.WRITE_CONTACTS: "add_contact change_contact add_unit change_unit",
    May.IMPORT_REGISTER: "import_register register_plan load_indicators set_totals",
    May.EXPORT_REGISTER: "export_register",
    May.WRITE_NAFS: "raise_case put_case look_up_for_nafs",
    May.CHANGE_NAFS: "change_case ask_unit reword_question drop_question",
    May.WRITE_SIP: "begin_sip put_sip end_sip look_up_for_sip",
    May.CHANGE_SIP: "prepare_sip add_party remove_party set_sip_meeting invite give_sip_letter"
    " write_plan finish_plan amend_plan",
    May.ANSWER: "answer_question take_back_answer answer_invitation",
    May.GIVE_FEEDBACK: "give_feedback write_feedback feedback_preview",
    May.SEE_REPORTS: "counted_report goals_of indicators_of report_preview give_report freeze_report"
    " frozen_reports frozen_report frozen_preview give_frozen",
    May.SEE_BEHIND: "behind_number",
    May.SEE_LOG: "log_entries log_page mark_is_of_this_log",
    May.REVIEW_LOG: "review_entry to_review make_log_extract person_extract who_has_looked",
    May.VERIFY: "verify",
    May.ADMINISTER: "seed gap_accepted",
    May.OWN_SESSION: "today badges desk keep_draft drop_draft kept_draft my_drafts log_mark _unlocked _gap_found",
}
