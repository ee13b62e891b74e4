"""The permission matrix, written by hand from the table «Who may» in security.md and process.md §5.

A cell says what somebody may do with a case: a letter for each group of actions in ``ACTIONS``, and after the stroke
which kinds of information they may read. «.» is nothing at all: the case does not exist for them.

    A  all kinds        S  grunduppgifter and planering, the ones that the consent names
    G  grunduppgifter   P  planering alone: the consent names nothing else

Where the table is silent, this was decided:

a. The *home* is the unit whose information it is: the one that referred, for «Annan» the one that took it in. It reads
   all of it while a consent holds. The unit that *commissions* and the koordinator read what the consent names and was
   shared, and grunduppgifter beside it. Any other unit reads what is named and shared, and nothing else.
b. *Ended* is whatever is not a consent that holds today and decides: none, run out, taken back, not begun, one for
   another purpose. Then home, commissioner and koordinator keep grunduppgifter and dates. They may close the case, get
   a new consent, correct the person (to mark a protected identity), keep somebody out, hold the forum (which can only
   ask for more) and discharge; they may not go on working with it, and the gate lets nothing out.
c. A unit's handläggare write its referrals and record consents; who *works with it* (handläggare, samordnare, owner of
   the follow-up) also follows up, plans, hands over, discharges, corrects the person and keeps colleagues out. A unit
   that only a consent lets in reads, and records that a consent is taken back: a person says so where they are.
d. A koordinator coordinates cases of samverkan and SIP that were put to the forum of her activities. Elsewhere she is
   as a handläggare in the cases of her own unit. To change a referral one must be able to read all of it.
e. A NAFS-koordinator coordinates NAFS cases of her teams; of her own unit's other cases she reads and records consents.
f. Ledning sees figures, an administratör no case. Jäv and protected identity stand above every row.
"""

from __future__ import annotations

from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Role

ACTIONS: dict[str, set[May]] = {
    "r": {May.SEE_CASES, May.READ_CASE, May.SEE_LOG},
    "c": {May.RECORD_CONSENT},
    "d": {May.DISCLOSE},
    "w": {May.WRITE_REFERRAL, May.CLOSE_REFERRAL},
    "x": {May.CHANGE_REFERRAL},
    "k": {May.CORRECT_PERSON, May.SHUT_OUT, May.DISCHARGE},
    "f": {May.FOLLOW_UP, May.WRITE_PLAN, May.REASSIGN},
    "o": {May.RUN_FORUM, May.RECORD_OUTCOME},
    "e": {May.ENROL},
}
STATES = {
    "draft": ("draft",),
    "all": ("all",),
    "some": ("some",),
    "plan": ("plan",),
    "ended": ("none", "out", "back", "ahead", "other"),
    "narrowed": ("narrowed",),
    "renewed": ("renewed",),
}
"""The columns, and what each stands for: a draft; a consent that holds for all kinds, for two, for one; none, one that
has run out, was taken back, has not begun or is for another purpose; a wide one replaced by a narrow; a taken back one
replaced by a new."""

# Relations, each a row: what the actor's unit, and the actor, have to do with the case.
#   home, commissions, third  the unit referred; commissions; is named and shared with
#   …+                        and the actor works with it
#   unshared, outside         named but not shared with; not named

_HANDLAGGARE = """
              draft       all         some        plan        ended       narrowed    renewed
home          rcdwx/A     rcdwx/A     rcdwx/A     rcdwx/A     rcdw/G      rcdwx/A     rcdwx/A
home+         rcdwxkf/A   rcdwxkf/A   rcdwxkf/A   rcdwxkf/A   rcdwk/G     rcdwxkf/A   rcdwxkf/A
commissions   .           rcdwx/A     rcdw/S      rcdw/S      rcdw/G      rcdw/S      rcdwx/A
commissions+  .           rcdwxkf/A   rcdwkf/S    rcdwkf/S    rcdwk/G     rcdwkf/S    rcdwxkf/A
third         .           rc/A        rc/S        rc/P        .           rc/S        rc/A
third+        .           rckf/A      rckf/S      rckf/P      .           rckf/S      rckf/A
unshared      .           .           .           .           .           .           .
outside       .           .           .           .           .           .           .
"""
_KOORDINATOR = """
              draft       all         some        plan        ended       narrowed    renewed
home          rcdwx/A     rcdwxkfoe/A rcdwxkfoe/A rcdwxkfoe/A rcdwko/G    rcdwxkfoe/A rcdwxkfoe/A
home+         rcdwxkf/A   rcdwxkfoe/A rcdwxkfoe/A rcdwxkfoe/A rcdwko/G    rcdwxkfoe/A rcdwxkfoe/A
commissions   .           rcdwxkfoe/A rcdwkfoe/S  rcdwkfoe/S  rcdwko/G    rcdwkfoe/S  rcdwxkfoe/A
commissions+  .           rcdwxkfoe/A rcdwkfoe/S  rcdwkfoe/S  rcdwko/G    rcdwkfoe/S  rcdwxkfoe/A
third         .           rcdwxkfoe/A rcdwkfoe/S  rcdwkfoe/S  rcdwko/G    rcdwkfoe/S  rcdwxkfoe/A
third+        .           rcdwxkfoe/A rcdwkfoe/S  rcdwkfoe/S  rcdwko/G    rcdwkfoe/S  rcdwxkfoe/A
unshared      .           rcdwkfoe/G  rcdwkfoe/G  rcdwkfoe/G  rcdwko/G    rcdwkfoe/G  rcdwkfoe/G
outside       .           rcdwkfoe/G  rcdwkfoe/G  rcdwkfoe/G  rcdwko/G    rcdwkfoe/G  rcdwkfoe/G
"""
_KOORDINATOR_ELSEWHERE = """
              draft       all         some        plan        ended       narrowed    renewed
home          rcdwx/A     rcdwx/A     rcdwx/A     rcdwx/A     rcdw/G      rcdwx/A     rcdwx/A
home+         rcdwxkf/A   rcdwxkf/A   rcdwxkf/A   rcdwxkf/A   rcdwk/G     rcdwxkf/A   rcdwxkf/A
commissions   .           rcdwx/A     rcdw/S      rcdw/S      rcdw/G      rcdw/S      rcdwx/A
commissions+  .           rcdwxkf/A   rcdwkf/S    rcdwkf/S    rcdwk/G     rcdwkf/S    rcdwxkf/A
third         .           .           .           .           .           .           .
third+        .           .           .           .           .           .           .
unshared      .           .           .           .           .           .           .
outside       .           .           .           .           .           .           .
"""
_NAFS_OTHERS = """
              draft       all         some        plan        ended       narrowed    renewed
home          rc/A        rc/A        rc/A        rc/A        rc/G        rc/A        rc/A
home+         rc/A        rc/A        rc/A        rc/A        rc/G        rc/A        rc/A
commissions   .           rc/A        rc/S        rc/S        rc/G        rc/S        rc/A
commissions+  .           rc/A        rc/S        rc/S        rc/G        rc/S        rc/A
third         .           .           .           .           .           .           .
third+        .           .           .           .           .           .           .
unshared      .           .           .           .           .           .           .
outside       .           .           .           .           .           .           .
"""
_NAFS_TEAM = """
              draft       all         some        plan        ended       narrowed    renewed
home          rc/A        rcd/A       rcd/A       rcd/A       rcd/G       rcd/A       rcd/A
home+         rc/A        rcd/A       rcd/A       rcd/A       rcd/G       rcd/A       rcd/A
commissions   .           rcd/A       rcd/S       rcd/S       rcd/G       rcd/S       rcd/A
commissions+  .           rcd/A       rcd/S       rcd/S       rcd/G       rcd/S       rcd/A
third         .           rcd/A       rcd/S       rcd/S       rcd/G       rcd/S       rcd/A
third+        .           rcd/A       rcd/S       rcd/S       rcd/G       rcd/S       rcd/A
unshared      .           rcd/G       rcd/G       rcd/G       rcd/G       rcd/G       rcd/G
outside       .           rcd/G       rcd/G       rcd/G       rcd/G       rcd/G       rcd/G
"""
_NOTHING = """
              draft       all         some        plan        ended       narrowed    renewed
home          .           .           .           .           .           .           .
home+         .           .           .           .           .           .           .
commissions   .           .           .           .           .           .           .
commissions+  .           .           .           .           .           .           .
third         .           .           .           .           .           .           .
third+        .           .           .           .           .           .           .
unshared      .           .           .           .           .           .           .
outside       .           .           .           .           .           .           .
"""

TABLES: dict[tuple[Role, str], str] = {
    (Role.HANDLAGGARE, "samverkan"): _HANDLAGGARE,
    (Role.HANDLAGGARE, "nafs"): _HANDLAGGARE,
    (Role.KOORDINATOR, "samverkan"): _KOORDINATOR,
    (Role.KOORDINATOR, "elsewhere"): _KOORDINATOR_ELSEWHERE,
    (Role.KOORDINATOR, "nafs"): _KOORDINATOR_ELSEWHERE,
    (Role.NAFS_KOORDINATOR, "samverkan"): _NAFS_OTHERS,
    (Role.NAFS_KOORDINATOR, "elsewhere"): _NAFS_OTHERS,
    (Role.NAFS_KOORDINATOR, "nafs"): _NAFS_TEAM,
    (Role.LEDNING, "samverkan"): _NOTHING,
    (Role.ADMINISTRATOR, "samverkan"): _NOTHING,
}
"""Role and case: «samverkan» and «nafs» in an activity that the actor works in, «elsewhere» in another."""

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
    May.DISCHARGE: "KH",
    May.FOLLOW_UP: "KH",
    May.WRITE_PLAN: "KH",
    May.REASSIGN: "KH",
    May.RUN_FORUM: "K",
    May.RECORD_OUTCOME: "K",
    May.ENROL: "K",
    May.IMPORT_REGISTER: "K",
    May.EXPORT_REGISTER: "K",
    May.REVIEW_LOG: "K",
    May.SEE_REPORTS: "KL",
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
    "search_while_typing",
    May.READ_CASE: "one_case one_referral full_number handed_out scan_of wording_of_consent",
    May.WRITE_REFERRAL: "make_referral refer_again submit_referral look_up_number",
    May.CHANGE_REFERRAL: "change_referral",
    May.CLOSE_REFERRAL: "withdraw_referral confirm_waiting",
    May.CORRECT_PERSON: "correct_person",
    May.RECORD_CONSENT: "record_consent withdraw_consent renew_consent add_scan remove_scan make_form make_receipt"
    " record_informed withdrawal_of",
    May.DISCLOSE: "share_case hand_out gate_preview make_extract",
    May.SHUT_OUT: "shut_out let_in",
    May.RUN_FORUM: "open_forum plan_meeting record_attendance close_forum cancel_forum reopen_forum forum_day meetings",
    May.RECORD_OUTCOME: "record_outcome take_back_outcome",
    May.ENROL: "enrol waiting_for_enrolment",
    May.REASSIGN: "reassign change_team",
    May.WRITE_PLAN: "make_commitment finish_commitment reopen_commitment",
    May.FOLLOW_UP: "record_follow_up not_reached move_follow_up one_follow_up",
    May.DISCHARGE: "discharge undo_discharge",
    May.WRITE_CONTACTS: "add_contact change_contact add_unit change_unit",
    May.IMPORT_REGISTER: "import_register register_plan",
    May.EXPORT_REGISTER: "export_register",
    May.SEE_REPORTS: "yearly_account",
    May.SEE_LOG: "log_entries log_page person_extract mark_is_of_this_log make_log_extract",
    May.REVIEW_LOG: "review_entry to_review",
    May.VERIFY: "verify",
    May.ADMINISTER: "seed gap_accepted",
    May.OWN_SESSION: "today badges desk keep_draft drop_draft kept_draft my_drafts log_mark _unlocked _gap_found",
}
