CREATE TABLE activity (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    settings TEXT NOT NULL,
    open_for_referrals INTEGER NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_activity PRIMARY KEY (id),
    CONSTRAINT uq_activity_name UNIQUE (name)
)
 STRICT;

CREATE TABLE key_file (
    id INTEGER NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_key_file PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE log (
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    user_id TEXT NOT NULL,
    role TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    action TEXT NOT NULL,
    object_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    allowed INTEGER NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_log PRIMARY KEY (seq)
)
 STRICT;

CREATE INDEX ix_log_person_id ON log (person_id);

CREATE INDEX ix_log_refused ON log (user_id, at) WHERE allowed = 0;

CREATE TABLE person (
    id TEXT NOT NULL,
    number TEXT NOT NULL,
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    given_key TEXT NOT NULL,
    family_key TEXT NOT NULL,
    sex TEXT NOT NULL,
    protected INTEGER NOT NULL,
    protected_owners TEXT NOT NULL,
    language TEXT NOT NULL,
    interpreter INTEGER NOT NULL,
    easy_read INTEGER NOT NULL,
    phone TEXT NOT NULL,
    address TEXT NOT NULL,
    proxy TEXT NOT NULL,
    informed_on TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_person_family_key ON person (family_key);

CREATE INDEX ix_person_given_key ON person (given_key);

CREATE INDEX ix_person_number_id ON person (number, id);

CREATE TABLE setting (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY ("key")
)
 STRICT;

CREATE TABLE unit (
    id TEXT NOT NULL,
    agency TEXT NOT NULL,
    name TEXT NOT NULL,
    short TEXT NOT NULL,
    is_default INTEGER NOT NULL,
    active INTEGER NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_unit PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE wording (
    id TEXT NOT NULL,
    language TEXT NOT NULL,
    edition TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_wording PRIMARY KEY (id),
    CONSTRAINT uq_wording_language_edition UNIQUE (language, edition)
)
 STRICT;

CREATE TABLE contact (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    function_address TEXT NOT NULL,
    phone TEXT NOT NULL,
    active INTEGER NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_contact PRIMARY KEY (id),
    CONSTRAINT fk_contact_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id)
)
 STRICT;

CREATE TABLE team_part (
    id TEXT NOT NULL,
    activity_id TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    contact_id TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_team_part PRIMARY KEY (id),
    CONSTRAINT uq_team_part_activity_id_unit_id UNIQUE (activity_id, unit_id),
    CONSTRAINT fk_team_part_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
    CONSTRAINT fk_team_part_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_team_part_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id)
)
 STRICT;

CREATE TABLE meeting (
    id TEXT NOT NULL,
    activity_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    "on" TEXT NOT NULL,
    starts TEXT NOT NULL,
    place TEXT NOT NULL,
    stop_on TEXT,
    send_on TEXT,
    given_at TEXT,
    sent_at TEXT,
    outside INTEGER NOT NULL,
    opened_at TEXT,
    closed_at TEXT,
    cancelled_why TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_meeting PRIMARY KEY (id),
    CONSTRAINT uq_meeting_activity_id_on UNIQUE (activity_id, "on"),
    CONSTRAINT fk_meeting_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id)
)
 STRICT;

CREATE TABLE attendance (
    id TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    agency TEXT NOT NULL,
    presence TEXT NOT NULL,
    substitute TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_attendance PRIMARY KEY (id),
    CONSTRAINT uq_attendance_meeting_id_agency UNIQUE (meeting_id, agency),
    CONSTRAINT fk_attendance_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
)
 STRICT;

CREATE TABLE "case" (
    id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    CONSTRAINT pk_case PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE referral (
    id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    activity_id TEXT NOT NULL,
    referrer TEXT NOT NULL,
    unit_id TEXT,
    kept_by TEXT,
    contact_id TEXT,
    supplied_by TEXT NOT NULL,
    referred_on TEXT NOT NULL,
    question TEXT NOT NULL,
    needed_unit_ids TEXT NOT NULL,
    needed_why TEXT NOT NULL,
    close_cooperation INTEGER,
    target_reason TEXT NOT NULL,
    education TEXT NOT NULL,
    livelihoods TEXT NOT NULL,
    support_months INTEGER,
    sgi0 INTEGER NOT NULL,
    priorities TEXT NOT NULL,
    earlier_episode_id TEXT,
    rereferral_reason TEXT,
    not_held TEXT NOT NULL,
    submitted_at TEXT,
    withdrawn_on TEXT,
    withdrawn_why TEXT NOT NULL,
    reviewed_on TEXT,
    outcome TEXT,
    outcome_on TEXT,
    outcome_text TEXT NOT NULL,
    outcome_meeting_id TEXT,
    also_nafs INTEGER NOT NULL,
    also_sip INTEGER NOT NULL,
    episode_id TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_referral PRIMARY KEY (id),
    CONSTRAINT fk_referral_id FOREIGN KEY(id) REFERENCES "case" (id),
    CONSTRAINT fk_referral_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_referral_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
    CONSTRAINT fk_referral_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_referral_kept_by FOREIGN KEY(kept_by) REFERENCES unit (id),
    CONSTRAINT fk_referral_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id),
    CONSTRAINT fk_referral_earlier_episode_id FOREIGN KEY(earlier_episode_id) REFERENCES episode (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_referral_outcome_meeting_id FOREIGN KEY(outcome_meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_referral_episode_id FOREIGN KEY(episode_id) REFERENCES episode (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_referral_earlier_episode_id ON referral (earlier_episode_id) WHERE earlier_episode_id IS NOT NULL;

CREATE INDEX ix_referral_episode_id ON referral (episode_id);

CREATE INDEX ix_referral_figures ON referral (referred_on, activity_id, submitted_at, outcome, outcome_on, withdrawn_on, episode_id);

CREATE INDEX ix_referral_person_id ON referral (person_id);

CREATE INDEX ix_referral_unanswered ON referral (activity_id) WHERE withdrawn_on IS NULL AND episode_id IS NULL;

CREATE INDEX ix_referral_unit_id ON referral (unit_id);

CREATE TABLE user (
    id TEXT NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    roles TEXT NOT NULL,
    contact_id TEXT,
    activity_ids TEXT NOT NULL,
    active INTEGER NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_user PRIMARY KEY (id),
    CONSTRAINT uq_user_login UNIQUE (login),
    CONSTRAINT fk_user_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_user_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id)
)
 STRICT;

CREATE TABLE assessment (
    id TEXT NOT NULL,
    referral_id TEXT NOT NULL,
    meeting_id TEXT,
    outcome TEXT NOT NULL,
    text TEXT NOT NULL,
    also_nafs INTEGER NOT NULL,
    also_sip INTEGER NOT NULL,
    concluded_on TEXT NOT NULL,
    taken_back_at TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_assessment PRIMARY KEY (id),
    CONSTRAINT fk_assessment_referral_id FOREIGN KEY(referral_id) REFERENCES referral (id),
    CONSTRAINT fk_assessment_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
)
 STRICT;

CREATE INDEX ix_assessment_meeting_id ON assessment (meeting_id);

CREATE INDEX ix_assessment_referral_id ON assessment (referral_id);

CREATE TABLE forum_item (
    id TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    referral_id TEXT NOT NULL,
    code TEXT NOT NULL,
    added_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_forum_item PRIMARY KEY (id),
    CONSTRAINT uq_forum_item_meeting_id_referral_id UNIQUE (meeting_id, referral_id),
    CONSTRAINT uq_forum_item_code UNIQUE (code),
    CONSTRAINT fk_forum_item_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_forum_item_referral_id FOREIGN KEY(referral_id) REFERENCES referral (id)
)
 STRICT;

CREATE INDEX ix_forum_item_referral_id ON forum_item (referral_id);

CREATE TABLE minute (
    id TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    edition INTEGER NOT NULL,
    referral_id TEXT NOT NULL,
    place INTEGER NOT NULL,
    code TEXT,
    unit_id TEXT,
    question TEXT NOT NULL,
    outcome TEXT,
    text TEXT NOT NULL,
    also_nafs INTEGER NOT NULL,
    also_sip INTEGER NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_minute PRIMARY KEY (id),
    CONSTRAINT uq_minute_meeting_id_edition_referral_id UNIQUE (meeting_id, edition, referral_id),
    CONSTRAINT fk_minute_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_minute_referral_id FOREIGN KEY(referral_id) REFERENCES referral (id),
    CONSTRAINT fk_minute_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id)
)
 STRICT;

CREATE INDEX ix_minute_referral_id ON minute (referral_id);

CREATE TABLE amendment (
    id TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    referral_id TEXT,
    reason TEXT NOT NULL,
    text TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_amendment PRIMARY KEY (id),
    CONSTRAINT fk_amendment_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_amendment_referral_id FOREIGN KEY(referral_id) REFERENCES referral (id),
    CONSTRAINT fk_amendment_by FOREIGN KEY("by") REFERENCES user (id)
)
 STRICT;

CREATE INDEX ix_amendment_meeting_id ON amendment (meeting_id);

CREATE TABLE case_access (
    unit_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,
    kinds TEXT NOT NULL,
    CONSTRAINT pk_case_access PRIMARY KEY (unit_id, case_id, from_on),
    CONSTRAINT fk_case_access_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_case_access_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE consent (
    id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    from_on TEXT NOT NULL,
    until_on TEXT,
    unit_ids TEXT NOT NULL,
    kinds TEXT NOT NULL,
    not_shared TEXT NOT NULL,
    paper_at TEXT NOT NULL,
    guardian TEXT NOT NULL,
    interpreter INTEGER NOT NULL,
    given TEXT NOT NULL,
    wording TEXT,
    recorded_at TEXT NOT NULL,
    withdrawn_on TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_consent PRIMARY KEY (id),
    CONSTRAINT fk_consent_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_consent_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_consent_wording FOREIGN KEY(wording) REFERENCES wording (id)
)
 STRICT;

CREATE INDEX ix_consent_person_id ON consent (person_id);

CREATE INDEX ix_consent_case_id_purpose_from_on_until_on_withdrawn_on ON consent (case_id, purpose, from_on, until_on, withdrawn_on);

CREATE TABLE nafs_case (
    id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    activity_id TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    raised_by TEXT NOT NULL,
    passed_by TEXT,
    raised_on TEXT NOT NULL,
    age_reason TEXT NOT NULL,
    submitted_at TEXT,
    withdrawn_on TEXT,
    withdrawn_why TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_nafs_case PRIMARY KEY (id),
    CONSTRAINT fk_nafs_case_id FOREIGN KEY(id) REFERENCES "case" (id),
    CONSTRAINT fk_nafs_case_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_nafs_case_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
    CONSTRAINT fk_nafs_case_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_nafs_case_raised_by FOREIGN KEY(raised_by) REFERENCES contact (id),
    CONSTRAINT fk_nafs_case_passed_by FOREIGN KEY(passed_by) REFERENCES contact (id)
)
 STRICT;

CREATE INDEX ix_nafs_case_activity_id_raised_on ON nafs_case (activity_id, raised_on);

CREATE INDEX ix_nafs_case_person_id ON nafs_case (person_id);

CREATE TABLE question (
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    place INTEGER NOT NULL,
    text TEXT NOT NULL,
    answer TEXT NOT NULL,
    asked_on TEXT,
    answered_on TEXT,
    answered_by TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_question PRIMARY KEY (id),
    CONSTRAINT fk_question_case_id FOREIGN KEY(case_id) REFERENCES nafs_case (id),
    CONSTRAINT fk_question_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_question_answered_by FOREIGN KEY(answered_by) REFERENCES user (id)
)
 STRICT;

CREATE INDEX ix_question_case_id ON question (case_id);

CREATE INDEX ix_question_unit_id_answered_on ON question (unit_id, answered_on);

CREATE TABLE agenda_item (
    id TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    case_id TEXT,
    question TEXT NOT NULL,
    asked_id TEXT,
    place INTEGER NOT NULL,
    minutes INTEGER,
    code TEXT,
    added_at TEXT NOT NULL,
    next_step TEXT NOT NULL,
    responsible_id TEXT,
    feedback_by TEXT,
    feedback_on TEXT,
    feedback_how TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_agenda_item PRIMARY KEY (id),
    CONSTRAINT uq_agenda_item_meeting_id_case_id UNIQUE (meeting_id, case_id),
    CONSTRAINT uq_agenda_item_code UNIQUE (code),
    CONSTRAINT fk_agenda_item_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_agenda_item_case_id FOREIGN KEY(case_id) REFERENCES nafs_case (id),
    CONSTRAINT fk_agenda_item_asked_id FOREIGN KEY(asked_id) REFERENCES unit (id),
    CONSTRAINT fk_agenda_item_responsible_id FOREIGN KEY(responsible_id) REFERENCES unit (id),
    CONSTRAINT fk_agenda_item_feedback_by FOREIGN KEY(feedback_by) REFERENCES contact (id)
)
 STRICT;

CREATE INDEX ix_agenda_item_case_id ON agenda_item (case_id);

CREATE TABLE frozen_report (
    id TEXT NOT NULL,
    activity_id TEXT NOT NULL,
    content TEXT NOT NULL,
    comment TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_frozen_report PRIMARY KEY (id),
    CONSTRAINT fk_frozen_report_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
    CONSTRAINT fk_frozen_report_by FOREIGN KEY("by") REFERENCES user (id)
)
 STRICT;

CREATE INDEX ix_frozen_report_activity_id ON frozen_report (activity_id);

CREATE TABLE goal_judged (
    id TEXT NOT NULL,
    activity_id TEXT NOT NULL,
    goal TEXT NOT NULL,
    first_on TEXT NOT NULL,
    last_on TEXT NOT NULL,
    rating TEXT,
    comment TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_goal_judged PRIMARY KEY (id),
    CONSTRAINT uq_goal_judged_activity_id_goal_first_on_last_on UNIQUE (activity_id, goal, first_on, last_on),
    CONSTRAINT fk_goal_judged_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
    CONSTRAINT fk_goal_judged_by FOREIGN KEY("by") REFERENCES user (id)
)
 STRICT;

CREATE TABLE item_step (
    id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    step TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    "on" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_item_step PRIMARY KEY (id),
    CONSTRAINT uq_item_step_item_id_step_unit_id UNIQUE (item_id, step, unit_id),
    CONSTRAINT fk_item_step_item_id FOREIGN KEY(item_id) REFERENCES agenda_item (id),
    CONSTRAINT fk_item_step_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_item_step_by FOREIGN KEY("by") REFERENCES user (id)
)
 STRICT;

CREATE TABLE spent_code (
    hash TEXT NOT NULL,
    CONSTRAINT pk_spent_code PRIMARY KEY (hash)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE draft (
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    form TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    content TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (id),
    CONSTRAINT uq_draft_user_id_form_subject_id UNIQUE (user_id, form, subject_id),
    CONSTRAINT fk_draft_user_id FOREIGN KEY(user_id) REFERENCES user (id)
)
 STRICT;

CREATE TABLE episode (
    id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    activity_id TEXT NOT NULL,
    referral_id TEXT NOT NULL,
    enrolled_on TEXT NOT NULL,
    commissioner_id TEXT,
    case_worker_id TEXT,
    case_lead_id TEXT,
    team TEXT NOT NULL,
    education_out TEXT,
    discharged_on TEXT,
    discharge_reason TEXT,
    destination TEXT,
    livelihoods_out TEXT,
    planning_after TEXT NOT NULL,
    discharge_text TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_episode PRIMARY KEY (id),
    CONSTRAINT fk_episode_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_episode_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
    CONSTRAINT fk_episode_referral_id FOREIGN KEY(referral_id) REFERENCES referral (id),
    CONSTRAINT fk_episode_commissioner_id FOREIGN KEY(commissioner_id) REFERENCES unit (id),
    CONSTRAINT fk_episode_case_worker_id FOREIGN KEY(case_worker_id) REFERENCES contact (id),
    CONSTRAINT fk_episode_case_lead_id FOREIGN KEY(case_lead_id) REFERENCES contact (id)
)
 STRICT;

CREATE INDEX ix_episode_activity_id_enrolled_on_discharged_on ON episode (activity_id, enrolled_on, discharged_on);

CREATE INDEX ix_episode_discharged_on_activity_id ON episode (discharged_on, activity_id);

CREATE INDEX ix_episode_open ON episode (enrolled_on) WHERE discharged_on IS NULL;

CREATE INDEX ix_episode_person_id ON episode (person_id);

CREATE INDEX ix_episode_referral_id ON episode (referral_id);

CREATE TABLE review (
    id TEXT NOT NULL,
    month TEXT NOT NULL,
    seq INTEGER NOT NULL,
    ground TEXT NOT NULL,
    verdict TEXT NOT NULL,
    note TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_review PRIMARY KEY (id),
    CONSTRAINT uq_review_month_seq_ground UNIQUE (month, seq, ground),
    CONSTRAINT fk_review_by FOREIGN KEY("by") REFERENCES user (id)
)
 STRICT;

CREATE TABLE shut_out (
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "on" TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_shut_out PRIMARY KEY (id),
    CONSTRAINT uq_shut_out_case_id_contact_id UNIQUE (case_id, contact_id),
    CONSTRAINT fk_shut_out_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_shut_out_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id),
    CONSTRAINT fk_shut_out_by FOREIGN KEY("by") REFERENCES user (id)
)
 STRICT;

CREATE INDEX ix_shut_out_contact_id ON shut_out (contact_id);

CREATE TABLE assignment (
    id TEXT NOT NULL,
    episode_id TEXT NOT NULL,
    role TEXT NOT NULL,
    unit_id TEXT,
    contact_id TEXT,
    from_on TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_assignment PRIMARY KEY (id),
    CONSTRAINT fk_assignment_episode_id FOREIGN KEY(episode_id) REFERENCES episode (id),
    CONSTRAINT fk_assignment_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_assignment_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id)
)
 STRICT;

CREATE INDEX ix_assignment_episode_id ON assignment (episode_id);

CREATE TABLE asked (
    id TEXT NOT NULL,
    episode_id TEXT NOT NULL,
    what TEXT NOT NULL,
    occasion TEXT NOT NULL,
    offered_on TEXT,
    done_on TEXT,
    not_offered_on TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_asked PRIMARY KEY (id),
    CONSTRAINT uq_asked_episode_id_what_occasion UNIQUE (episode_id, what, occasion),
    CONSTRAINT fk_asked_episode_id FOREIGN KEY(episode_id) REFERENCES episode (id)
)
 STRICT;

CREATE TABLE talk (
    id TEXT NOT NULL,
    episode_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    "on" TEXT NOT NULL,
    unit_ids TEXT NOT NULL,
    others TEXT NOT NULL,
    agreed TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_talk PRIMARY KEY (id),
    CONSTRAINT fk_talk_episode_id FOREIGN KEY(episode_id) REFERENCES episode (id)
)
 STRICT;

CREATE INDEX ix_talk_episode_id ON talk (episode_id);

CREATE TABLE indicator (
    id TEXT NOT NULL,
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    "group" TEXT NOT NULL,
    place INTEGER NOT NULL,
    active INTEGER NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_indicator PRIMARY KEY (id),
    CONSTRAINT uq_indicator_code UNIQUE (code)
)
 STRICT;

CREATE TABLE indicator_total (
    id TEXT NOT NULL,
    activity_id TEXT NOT NULL,
    indicator_id TEXT NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    answers INTEGER NOT NULL,
    agreed INTEGER NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_indicator_total PRIMARY KEY (id),
    CONSTRAINT uq_indicator_total_activity_id_first_last_indicator_id UNIQUE (activity_id, first, last, indicator_id),
    CONSTRAINT fk_indicator_total_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
    CONSTRAINT fk_indicator_total_indicator_id FOREIGN KEY(indicator_id) REFERENCES indicator (id)
)
 STRICT;

CREATE TABLE deviation (
    id TEXT NOT NULL,
    activity_id TEXT NOT NULL,
    episode_id TEXT,
    unit_id TEXT NOT NULL,
    "on" TEXT NOT NULL,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    what TEXT NOT NULL,
    done TEXT NOT NULL,
    closed_on TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_deviation PRIMARY KEY (id),
    CONSTRAINT fk_deviation_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
    CONSTRAINT fk_deviation_episode_id FOREIGN KEY(episode_id) REFERENCES episode (id),
    CONSTRAINT fk_deviation_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id)
)
 STRICT;

CREATE INDEX ix_deviation_activity_id_on ON deviation (activity_id, "on");

CREATE INDEX ix_deviation_episode_id ON deviation (episode_id);

CREATE TABLE commitment (
    id TEXT NOT NULL,
    episode_id TEXT NOT NULL,
    what TEXT NOT NULL,
    unit_id TEXT,
    due_on TEXT,
    done_on TEXT,
    talk_id TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_commitment PRIMARY KEY (id),
    CONSTRAINT fk_commitment_episode_id FOREIGN KEY(episode_id) REFERENCES episode (id),
    CONSTRAINT fk_commitment_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_commitment_talk_id FOREIGN KEY(talk_id) REFERENCES talk (id)
)
 STRICT;

CREATE INDEX ix_commitment_episode_id ON commitment (episode_id);

CREATE TABLE disclosure (
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    act TEXT NOT NULL,
    recipient TEXT NOT NULL,
    unit_id TEXT,
    kinds TEXT NOT NULL,
    purpose TEXT NOT NULL,
    consent_id TEXT,
    meeting_id TEXT,
    paper TEXT,
    code TEXT,
    recalled_on TEXT,
    "by" TEXT NOT NULL,
    "on" TEXT NOT NULL,
    at TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_disclosure PRIMARY KEY (id),
    CONSTRAINT fk_disclosure_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_disclosure_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_disclosure_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_disclosure_consent_id FOREIGN KEY(consent_id) REFERENCES consent (id),
    CONSTRAINT fk_disclosure_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_disclosure_by FOREIGN KEY("by") REFERENCES user (id)
)
 STRICT;

CREATE INDEX ix_disclosure_case_id ON disclosure (case_id);

CREATE INDEX ix_disclosure_meeting_id ON disclosure (meeting_id);

CREATE INDEX ix_disclosure_person_id ON disclosure (person_id);

CREATE TABLE follow_up (
    id TEXT NOT NULL,
    episode_id TEXT NOT NULL,
    anchor TEXT NOT NULL,
    months INTEGER NOT NULL,
    due_on TEXT NOT NULL,
    original_due_on TEXT NOT NULL,
    owner_id TEXT,
    moved_why TEXT NOT NULL,
    done_on TEXT,
    done_by TEXT,
    supplied_by TEXT NOT NULL,
    step INTEGER,
    livelihoods TEXT,
    note TEXT NOT NULL,
    next_step TEXT NOT NULL,
    unreached_on TEXT,
    tries INTEGER NOT NULL,
    cancelled_on TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_follow_up PRIMARY KEY (id),
    CONSTRAINT uq_follow_up_episode_id_anchor_months UNIQUE (episode_id, anchor, months),
    CONSTRAINT fk_follow_up_episode_id FOREIGN KEY(episode_id) REFERENCES episode (id),
    CONSTRAINT fk_follow_up_owner_id FOREIGN KEY(owner_id) REFERENCES contact (id),
    CONSTRAINT fk_follow_up_done_by FOREIGN KEY(done_by) REFERENCES user (id)
)
 STRICT;

CREATE INDEX ix_follow_up_figures ON follow_up (episode_id, due_on, original_due_on, done_on, cancelled_on, months, owner_id, id);

CREATE INDEX ix_follow_up_open ON follow_up (owner_id, due_on) WHERE done_on IS NULL AND cancelled_on IS NULL;

CREATE INDEX ix_follow_up_steps ON follow_up (episode_id, done_on, months, step) WHERE step IS NOT NULL;

CREATE TABLE sip (
    id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    activity_id TEXT NOT NULL,
    unit_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    need_on TEXT NOT NULL,
    need_why TEXT NOT NULL,
    important TEXT NOT NULL,
    questions TEXT NOT NULL,
    wanted TEXT NOT NULL,
    unwanted TEXT NOT NULL,
    relatives INTEGER,
    begun_on TEXT,
    submitted_at TEXT,
    meeting_on TEXT,
    meeting_time TEXT NOT NULL,
    meeting_place TEXT NOT NULL,
    meeting_no INTEGER NOT NULL,
    code TEXT,
    ended_on TEXT,
    evaluation TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_sip PRIMARY KEY (id),
    CONSTRAINT uq_sip_code UNIQUE (code),
    CONSTRAINT fk_sip_id FOREIGN KEY(id) REFERENCES "case" (id),
    CONSTRAINT fk_sip_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_sip_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
    CONSTRAINT fk_sip_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_sip_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id)
)
 STRICT;

CREATE INDEX ix_sip_activity_id_need_on ON sip (activity_id, need_on);

CREATE INDEX ix_sip_person_id ON sip (person_id);

CREATE TABLE sip_party (
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    unit_id TEXT,
    name TEXT NOT NULL,
    sent_no INTEGER NOT NULL,
    sent_on TEXT,
    answer TEXT,
    answer_text TEXT NOT NULL,
    answered_on TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_sip_party PRIMARY KEY (id),
    CONSTRAINT fk_sip_party_case_id FOREIGN KEY(case_id) REFERENCES sip (id),
    CONSTRAINT fk_sip_party_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id)
)
 STRICT;

CREATE INDEX ix_sip_party_case_id ON sip_party (case_id);

CREATE TABLE sip_plan (
    id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    edition INTEGER NOT NULL,
    needed TEXT NOT NULL,
    none TEXT NOT NULL,
    responsible_id TEXT,
    goals_short TEXT NOT NULL,
    goals_long TEXT NOT NULL,
    follow_up_on TEXT,
    existing TEXT NOT NULL,
    reason TEXT NOT NULL,
    finished_on TEXT,
    finished_by TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_sip_plan PRIMARY KEY (id),
    CONSTRAINT uq_sip_plan_case_id_edition UNIQUE (case_id, edition),
    CONSTRAINT fk_sip_plan_case_id FOREIGN KEY(case_id) REFERENCES sip (id),
    CONSTRAINT fk_sip_plan_responsible_id FOREIGN KEY(responsible_id) REFERENCES unit (id),
    CONSTRAINT fk_sip_plan_finished_by FOREIGN KEY(finished_by) REFERENCES user (id)
)
 STRICT;

CREATE TABLE sip_commitment (
    id TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    party_id TEXT NOT NULL,
    what TEXT NOT NULL,
    due_on TEXT,
    done_on TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_sip_commitment PRIMARY KEY (id),
    CONSTRAINT fk_sip_commitment_plan_id FOREIGN KEY(plan_id) REFERENCES sip_plan (id),
    CONSTRAINT fk_sip_commitment_party_id FOREIGN KEY(party_id) REFERENCES sip_party (id)
)
 STRICT;

CREATE INDEX ix_sip_commitment_plan_id ON sip_commitment (plan_id);

CREATE TABLE scan (
    id TEXT NOT NULL,
    consent_id TEXT NOT NULL,
    media TEXT NOT NULL,
    content BLOB NOT NULL,
    added_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_scan PRIMARY KEY (id),
    CONSTRAINT fk_scan_consent_id FOREIGN KEY(consent_id) REFERENCES consent (id)
)
 STRICT;

CREATE INDEX ix_scan_consent_id ON scan (consent_id);

CREATE TRIGGER log_refuses_gaps BEFORE INSERT ON log
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM log) BEGIN
    SELECT RAISE(ABORT, 'the log is only added to');
END;

CREATE TRIGGER log_refuses_update BEFORE UPDATE ON log BEGIN
    SELECT RAISE(ABORT, 'the log is only added to');
END;

CREATE TRIGGER log_refuses_delete BEFORE DELETE ON log BEGIN
    SELECT RAISE(ABORT, 'the log is only added to');
END;

