"""Who may: one pure predicate, asked by the door for every command and question (security.md, «Who may»).

Deny by default. It decides by role, activity, own unit and protected identity; consent, disclosure and jäv join the
same function, so that no second place ever decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from misam_desktop.domain.codes import Role
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ActivityId, ContactId, UnitId, UserId


class NotPermitted(UserError):
    """The actor's role does not include this."""

    code = "not_permitted"


class May(StrEnum):
    """What can be permitted; each command and question names one."""

    SEE_CASES = "see_cases"
    READ_CASE = "read_case"
    WRITE_REFERRAL = "write_referral"
    RECORD_CONSENT = "record_consent"
    RUN_FORUM = "run_forum"
    RECORD_OUTCOME = "record_outcome"
    ENROL = "enrol"
    REASSIGN = "reassign"
    WRITE_PLAN = "write_plan"
    FOLLOW_UP = "follow_up"
    DISCHARGE = "discharge"
    SEE_CONTACTS = "see_contacts"
    WRITE_CONTACTS = "write_contacts"
    IMPORT_REGISTER = "import_register"
    EXPORT_REGISTER = "export_register"
    SEE_REPORTS = "see_reports"
    SEE_LOG = "see_log"
    VERIFY = "verify"
    ADMINISTER = "administer"
    OWN_SESSION = "own_session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who is at the keyboard, as the predicate needs to know them."""

    user_id: UserId
    contact_id: ContactId | None
    unit_id: UnitId
    roles: frozenset[Role]
    activity_ids: frozenset[ActivityId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What an action is about, as the predicate needs to know it.

    ``unit_ids`` are the units whose case it is; ``contact_ids`` its handläggare, samordnare and follow-up owners;
    ``before_forum`` is False for a draft, which is its unit's alone.
    """

    activity_id: ActivityId
    unit_ids: frozenset[UnitId]
    contact_ids: frozenset[ContactId] = frozenset()
    before_forum: bool = True
    protected: bool = False
    owners: frozenset[UserId] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, with the rule that decided and the role it was done in."""

    allowed: bool
    reason: str
    role: Role | None = None

    def __bool__(self) -> bool:
        return self.allowed


_CASE_WORK = frozenset(
    {
        May.SEE_CASES,
        May.READ_CASE,
        May.WRITE_REFERRAL,
        May.RECORD_CONSENT,
        May.WRITE_PLAN,
        May.FOLLOW_UP,
        May.DISCHARGE,
        May.SEE_CONTACTS,
        May.OWN_SESSION,
    }
)
_COORDINATION = frozenset(
    {
        May.RUN_FORUM,
        May.RECORD_OUTCOME,
        May.ENROL,
        May.REASSIGN,
        May.WRITE_CONTACTS,
        May.IMPORT_REGISTER,
        May.EXPORT_REGISTER,
        May.SEE_REPORTS,
        May.SEE_LOG,
        May.VERIFY,
    }
)
_BY_ROLE: dict[Role, frozenset[May]] = {
    Role.KOORDINATOR: _CASE_WORK | _COORDINATION,
    Role.HANDLAGGARE: _CASE_WORK | {May.REASSIGN, May.SEE_LOG},
    Role.NAFS_KOORDINATOR: frozenset({May.SEE_CONTACTS, May.OWN_SESSION, May.SEE_LOG}),
    Role.LEDNING: frozenset({May.SEE_REPORTS, May.OWN_SESSION}),
    Role.ADMINISTRATOR: frozenset({May.ADMINISTER, May.VERIFY, May.OWN_SESSION, May.SEE_CONTACTS, May.WRITE_CONTACTS}),
}


def may(actor: Actor, action: May, subject: Subject | None = None) -> Decision:
    """Whether the actor may do this, to this; without a subject, whether any of their roles includes it at all."""
    roles = [role for role in Role if role in actor.roles and action in _BY_ROLE[role]]
    if not roles:
        return Decision(False, "role")
    if subject is None:
        return Decision(True, "role", roles[0])
    if subject.protected and actor.user_id not in subject.owners:
        return Decision(False, "protected")
    if actor.unit_id in subject.unit_ids:
        return Decision(True, "own_unit", roles[0])
    if actor.contact_id is not None and actor.contact_id in subject.contact_ids:
        return Decision(True, "assigned", roles[0])
    if Role.KOORDINATOR in roles and subject.before_forum and in_activity(actor, subject.activity_id):
        return Decision(True, "coordinator", Role.KOORDINATOR)
    return Decision(False, "reach")


def in_activity(actor: Actor, activity_id: ActivityId) -> bool:
    """Whether the actor works in the activity; no activity named means all."""
    return not actor.activity_ids or activity_id in actor.activity_ids
