"""Which reports there are of an activity, and whose figures somebody reads (security.md, «Who may»)."""

from __future__ import annotations

from misam_desktop.domain.access import COORDINATES, Actor, in_activity
from misam_desktop.domain.activity import Activity, Kind
from misam_desktop.domain.codes import Role
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.report import ReportKind

_OF_NAFS = frozenset({ReportKind.NAFS})
_OF_ALL = frozenset({ReportKind.AVVIKELSER})


class NotOfThisKind(UserError):
    """There is no such report of this activity: a NAFS team has no enrolments, and a forum no questions."""

    code = "report_not_of_this_kind"


def reports_of(kind: Kind) -> tuple[ReportKind, ...]:
    """The reports of an activity, in the order in which they are offered."""
    return tuple(one for one in ReportKind if one in _OF_ALL or (one in _OF_NAFS) == (kind is Kind.NAFS))


def must_be_of(kind: ReportKind, activity: Activity) -> None:
    """Raises NotOfThisKind."""
    if kind not in reports_of(activity.settings.kind):
        raise NotOfThisKind


def may_read(actor: Actor, activity: Activity) -> bool:
    """Whether somebody reads an activity's figures: those of the ones they lead, and ledning of all they work in."""
    return leads(actor, activity) or (in_activity(actor, activity.id) and Role.LEDNING in actor.roles)


def leads(actor: Actor, activity: Activity) -> bool:
    """Whether somebody leads an activity, and so opens the lists behind its figures."""
    led = any(activity.settings.kind.purpose in COORDINATES.get(role, ()) for role in actor.roles)
    return led and in_activity(actor, activity.id)
