"""Who may: one pure predicate, asked by the door for every command and question (security.md, «Who may»).

Deny by default. In this order: the role must include it at all; jäv and a protected identity shut out whoever is not
named; then the case must be within reach, by unit, by coordination, or by a consent that names the unit and under which
the case was shared; then the work must be the actor's. ``queries.reach`` is the same rule in SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from misam_desktop.domain.codes import InfoKind, Purpose, Role
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ActivityId, ContactId, UnitId, UserId
from misam_desktop.domain.scope import CLOSING, EVERYTHING, deciding, granted


class NotPermitted(UserError):
    """The actor's role does not include this."""

    code = "not_permitted"


class ConsentEnded(NotPermitted):
    """The case can be read so far as to close it: no consent holds, and this would use what it tells."""

    code = "consent_ended"


class NotYourTask(NotPermitted):
    """The case can be read, but this is done by those who work with it."""

    code = "not_your_task"


class NotAllOfIt(NotPermitted):
    """What would be changed holds more than the actor may read."""

    code = "not_all_of_it"


class ForAnother(NotPermitted):
    """What hinders it is beyond the actor's reach: why is not told, and somebody who sees more can do it."""

    code = "for_another"


class May(StrEnum):
    """What can be permitted; each command and question names one."""

    SEE_CASES = "see_cases"
    READ_CASE = "read_case"
    WRITE_REFERRAL = "write_referral"
    CHANGE_REFERRAL = "change_referral"
    CLOSE_REFERRAL = "close_referral"
    CORRECT_PERSON = "correct_person"
    RECORD_CONSENT = "record_consent"
    DISCLOSE = "disclose"
    SHUT_OUT = "shut_out"
    STEP_ASIDE = "step_aside"
    PROTECT = "protect"
    RUN_FORUM = "run_forum"
    RECORD_OUTCOME = "record_outcome"
    WRITE_NAFS = "write_nafs"
    CHANGE_NAFS = "change_nafs"
    WRITE_SIP = "write_sip"
    CHANGE_SIP = "change_sip"
    ANSWER = "answer"
    GIVE_FEEDBACK = "give_feedback"
    LEAD_MEETING = "lead_meeting"
    KEY_LIST = "key_list"
    ENROL = "enrol"
    REASSIGN = "reassign"
    WRITE_PLAN = "write_plan"
    FOLLOW_UP = "follow_up"
    DISCHARGE = "discharge"
    ASK = "ask"
    WRITE_DEVIATION = "write_deviation"
    SEE_CONTACTS = "see_contacts"
    WRITE_CONTACTS = "write_contacts"
    IMPORT_REGISTER = "import_register"
    EXPORT_REGISTER = "export_register"
    SEE_REPORTS = "see_reports"
    SEE_BEHIND = "see_behind"
    SEE_LOG = "see_log"
    REVIEW_LOG = "review_log"
    VERIFY = "verify"
    CHANGE_SETTINGS = "change_settings"
    ADMINISTER = "administer"
    OWN_SESSION = "own_session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who is at the keyboard, as the predicate needs to know them; no activity named means all."""

    user_id: UserId
    contact_id: ContactId | None
    unit_id: UnitId
    roles: frozenset[Role]
    activity_ids: frozenset[ActivityId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What an action is about, as the predicate needs to know it: a case, or one that is about to be made.

    ``unit_ids`` are the units whose case it is, and ``home_id`` the one whose information is asked for.
    ``contact_ids`` are its handläggare, samordnare and follow-up owner; ``answering_ids`` the units whose answer or
    åtagande it is. ``before_forum`` is False for a draft, which is its unit's alone. ``shut_out`` are those with jäv.
    """

    activity_id: ActivityId
    unit_ids: frozenset[UnitId]
    home_id: UnitId | None = None
    contact_ids: frozenset[ContactId] = frozenset()
    answering_ids: frozenset[UnitId] = frozenset()
    before_forum: bool = True
    purpose: Purpose = Purpose.SAMVERKAN
    consents: tuple[Consent, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    shut_out: frozenset[ContactId] = frozenset()
    protected: bool = False
    owners: frozenset[UserId] = frozenset()


class Reason(StrEnum):
    """The rule that decided; those that refuse in the order in which they are asked."""

    ROLE = "role"
    JAV = "jav"
    PROTECTED = "protected"
    OWN_UNIT = "own_unit"
    COORDINATES = "coordinates"
    CONSENT = "consent"
    REACH = "reach"
    TASK = "task"
    ENDED = "ended"
    KINDS = "kinds"


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, the rule that decided, the role it is done in, and the kinds of information that may be read."""

    allowed: bool
    reason: Reason
    role: Role | None = None
    kinds: frozenset[InfoKind] = frozenset()

    def __bool__(self) -> bool:
        return self.allowed


_READ = frozenset({May.SEE_CASES, May.READ_CASE, May.SEE_LOG, May.STEP_ASIDE})
_OF_NAMED = _READ | {May.RECORD_CONSENT}
"""What a unit does that only a consent lets in: a person can take a consent back wherever they say so."""
_OF_UNIT = _OF_NAMED | {
    May.KEY_LIST,
    May.WRITE_REFERRAL,
    May.CHANGE_REFERRAL,
    May.CLOSE_REFERRAL,
    May.WRITE_NAFS,
    May.CHANGE_NAFS,
    May.WRITE_SIP,
    May.CHANGE_SIP,
    May.DISCLOSE,
    May.PROTECT,
}
"""What a unit does with any case of its own."""
_OF_LET_IN = _OF_NAMED | {May.KEY_LIST}
"""The same of its handläggare, who also learn whom a code of theirs stands for."""
_OF_WORKERS = frozenset(
    {
        May.CORRECT_PERSON,
        May.SHUT_OUT,
        May.REASSIGN,
        May.WRITE_PLAN,
        May.FOLLOW_UP,
        May.DISCHARGE,
        May.ASK,
        May.GIVE_FEEDBACK,
    }
)
"""What is done by those who work with the case: its handläggare, its samordnare and who owns the follow-up or owes the
feedback."""
_OF_ASKED = frozenset({May.WRITE_PLAN, May.ANSWER})
"""What anybody of a unit within reach does with what was asked of it."""
_OF_COORDINATORS = frozenset(
    {
        May.LEAD_MEETING,
        May.CHANGE_SETTINGS,
        May.RUN_FORUM,
        May.RECORD_OUTCOME,
        May.ENROL,
        May.WRITE_CONTACTS,
        May.IMPORT_REGISTER,
        May.EXPORT_REGISTER,
        May.SEE_REPORTS,
        May.SEE_BEHIND,
        May.REVIEW_LOG,
        May.VERIFY,
    }
)
_EVERYBODY = frozenset({May.SEE_CONTACTS, May.OWN_SESSION})
_OF_TEAM = frozenset({May.WRITE_DEVIATION})
"""What is done by all who work with cases; of which ones is said where it is done."""
_BY_ROLE: dict[Role, frozenset[May]] = {
    Role.KOORDINATOR: _EVERYBODY | _OF_TEAM | _OF_UNIT | _OF_WORKERS | _OF_ASKED | _OF_COORDINATORS,
    Role.HANDLAGGARE: _EVERYBODY | _OF_TEAM | _OF_UNIT | _OF_WORKERS | _OF_ASKED,
    Role.NAFS_KOORDINATOR: _EVERYBODY
    | _OF_TEAM
    | {May.REVIEW_LOG}
    | _OF_NAMED
    | {May.DISCLOSE, May.WRITE_NAFS, May.CHANGE_NAFS, May.ANSWER, May.LEAD_MEETING, May.GIVE_FEEDBACK}
    | {May.KEY_LIST, May.CHANGE_SETTINGS, May.SEE_REPORTS, May.SEE_BEHIND},
    Role.LEDNING: frozenset({May.SEE_REPORTS, May.OWN_SESSION}),
    Role.ADMINISTRATOR: _EVERYBODY | {May.ADMINISTER, May.VERIFY, May.WRITE_CONTACTS},
}
COORDINATES: dict[Role, frozenset[Purpose]] = {
    Role.KOORDINATOR: frozenset({Purpose.SAMVERKAN, Purpose.SIP}),
    Role.NAFS_KOORDINATOR: frozenset({Purpose.NAFS}),
}
"""Which cases of their activities a role sees that every unit has put to its meetings."""
NEEDS_CONSENT = frozenset(
    {May.CHANGE_REFERRAL, May.ENROL, May.REASSIGN, May.WRITE_PLAN, May.FOLLOW_UP, May.CHANGE_NAFS, May.ANSWER}
    | {May.KEY_LIST, May.CHANGE_SIP}
)
"""What is not done while no consent holds; the rest closes the case, or gets a new consent, and the gate stays shut."""
_MUST_READ = {
    May.CHANGE_REFERRAL: EVERYTHING,
    May.CHANGE_SIP: EVERYTHING,
    May.CORRECT_PERSON: CLOSING,
    May.KEY_LIST: CLOSING,
    May.CHANGE_NAFS: frozenset({InfoKind.FRAGESTALLNING}),
}
"""The kinds that a form holds: who may not read them all would write over what they have not seen, and what a key
tells."""
_HOW_FAR = list(Reason)


def includes(actor: Actor, action: May) -> Decision:
    """Whether any of the actor's roles includes this at all, and the first that does."""
    role = next((role for role in Role if role in actor.roles and action in _BY_ROLE[role]), None)
    return Decision(role is not None, Reason.ROLE, role)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What somebody sees of a case in one role, whatever they would do to it."""

    role: Role
    ground: Reason
    kinds: frozenset[InfoKind]


def may(actor: Actor, action: May, subject: Subject, today: date) -> Decision:
    """Whether the actor may do this to this, on that day, and which kinds of information they may read of it."""
    roles = [role for role in Role if role in actor.roles and action in _BY_ROLE[role]]
    if not roles:
        return Decision(False, Reason.ROLE)
    kept_out = _kept_out(actor, subject)
    if kept_out is not None:
        return Decision(False, kept_out)
    decisions = [_in_role(actor, _seen(actor, role, subject, today), action, subject, today) for role in roles]
    return max(decisions, key=lambda one: (one.allowed, len(one.kinds), _HOW_FAR.index(one.reason)))


def permitted(actor: Actor, subject: Subject, today: date) -> frozenset[May]:
    """Every action that the actor may do to this on that day; what each role sees of it is worked out once for all."""
    if _kept_out(actor, subject) is not None:
        return frozenset()
    seen = [_seen(actor, role, subject, today) for role in actor.roles]
    return frozenset(
        action for one in seen for action in _BY_ROLE[one.role] if _in_role(actor, one, action, subject, today)
    )


def _kept_out(actor: Actor, subject: Subject) -> Reason | None:
    """What keeps somebody from the case who is not named, whatever their role."""
    if actor.contact_id is not None and actor.contact_id in subject.shut_out:
        return Reason.JAV
    if subject.protected and actor.user_id not in subject.owners:
        return Reason.PROTECTED
    return None


def _seen(actor: Actor, role: Role, subject: Subject, today: date) -> _Seen:
    ground = _ground(actor, role, subject, today)
    return _Seen(role, ground, frozenset() if ground is Reason.REACH else _readable(actor, subject, ground, today))


def _in_role(actor: Actor, seen: _Seen, action: May, subject: Subject, today: date) -> Decision:
    if seen.ground is Reason.REACH:
        return Decision(False, seen.ground)
    if not _is_their_task(actor, seen.role, action, subject):
        return Decision(False, Reason.TASK)
    if action in NEEDS_CONSENT and _has_ended(subject, today):
        return Decision(False, Reason.ENDED)
    if not _MUST_READ.get(action, frozenset()) <= seen.kinds:
        return Decision(False, Reason.KINDS)
    return Decision(True, seen.ground, seen.role, seen.kinds)


def _ground(actor: Actor, role: Role, subject: Subject, today: date) -> Reason:
    """What brings the case within reach, the widest first; REACH when nothing does."""
    if actor.unit_id == subject.home_id or (actor.unit_id in subject.unit_ids and subject.before_forum):
        return Reason.OWN_UNIT
    if _coordinates(actor, role, subject):
        return Reason.COORDINATES
    if role is Role.HANDLAGGARE and subject.before_forum and _named(actor, subject, today):
        return Reason.CONSENT
    return Reason.REACH


def _coordinates(actor: Actor, role: Role, subject: Subject) -> bool:
    runs = subject.purpose in COORDINATES.get(role, ())
    return runs and subject.before_forum and in_activity(actor, subject.activity_id)


def _named(actor: Actor, subject: Subject, today: date) -> frozenset[InfoKind]:
    return granted(subject.consents, subject.disclosures, subject.purpose, unit_id=actor.unit_id, today=today)


def _readable(actor: Actor, subject: Subject, ground: Reason, today: date) -> frozenset[InfoKind]:
    """The kinds of information that an actor within reach may read."""
    if actor.unit_id == subject.home_id:
        return CLOSING if _has_ended(subject, today) else EVERYTHING
    named = _named(actor, subject, today)
    return named if ground is Reason.CONSENT else named | CLOSING


def _has_ended(subject: Subject, today: date) -> bool:
    """Whether the case stands before other authorities while no consent holds; a draft needs none."""
    return subject.before_forum and deciding(subject.consents, subject.purpose, today) is None


def _is_their_task(actor: Actor, role: Role, action: May, subject: Subject) -> bool:
    if _coordinates(actor, role, subject):
        return True
    if action in _OF_WORKERS and actor.contact_id in subject.contact_ids:
        return True
    if action in _OF_ASKED and actor.unit_id in subject.answering_ids:
        return True
    if role is Role.NAFS_KOORDINATOR:
        return action in _OF_NAMED
    return action in (_OF_UNIT if actor.unit_id in subject.unit_ids else _OF_LET_IN)


def in_activity(actor: Actor, activity_id: ActivityId) -> bool:
    """Whether the actor works in the activity; no activity named means all."""
    return not actor.activity_ids or activity_id in actor.activity_ids
