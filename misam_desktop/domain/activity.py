"""A verksamhet is a set of settings: MISAM, a NAFS team or a Jobbtorg differ here in values, never in code.

Source: process.md §9. Settings are kept as the same nested mapping that ``db/reference/activities`` ships.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from misam_desktop.domain.codes import Outcome, Priority, Purpose, Referrer
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.goal import Goal, Reached, Whom
from misam_desktop.domain.ids import ActivityId, UnitId


class ActivityClosed(UserError):
    """The activity only came with an imported list and takes no new referrals."""

    code = "activity_closed"


class ReferrerNotOffered(UserError):
    """The activity does not take referrals from there."""

    code = "referrer_not_offered"


class UnitRequired(UserError):
    """A referral from an authority names the unit."""

    code = "unit_required"


class Anchor(StrEnum):
    """The day a follow-up schedule counts from."""

    ENROLMENT = "enrolment"
    DECISION = "decision"
    DISCHARGE = "discharge"


class FollowUpOwner(StrEnum):
    """Who follows up; what the koordinator follows up belongs to nobody's own list."""

    CASE_WORKER = "case_worker"
    CASE_LEAD = "case_lead"
    COORDINATOR = "coordinator"


class Kind(StrEnum):
    """Which meeting an activity runs on."""

    FORUM = "forum"
    NAFS = "nafs"

    @property
    def purpose(self) -> Purpose:
        """What the cases are that are put to it."""
        return Purpose.NAFS if self is Kind.NAFS else Purpose.SAMVERKAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When the forum meets. ``weekday`` 0 is Monday; ``capacity`` counts cases a meeting.

    ``stop_days`` is how many working days before a meeting its last day for cases is, ``send_days`` its agenda is sent;
    0 is no such day.
    """

    weekday: int
    every_weeks: int
    starts: str
    minutes: int
    place: str
    capacity: int
    stop_days: int = 0
    send_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Follow-ups at ``months`` from the anchor, then every ``then_every`` months while the episode is open.

    ``then_every`` 0 means that none come after the last.
    """

    anchor: Anchor
    months: tuple[int, ...]
    then_every: int
    by: FollowUpOwner

    def holds(self, months: int) -> bool:
        """Whether month n is one of its entries."""
        if months in self.months or not self.months:
            return months in self.months
        past = months - self.months[-1]
        return self.then_every > 0 and past > 0 and past % self.then_every == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaires:
    """When «Indikatorenkät» is offered: months after the enrolment, at the exit, and in these months of every year."""

    months: tuple[int, ...] = ()
    at_exit: bool = False
    campaigns: tuple[int, ...] = ()

    @property
    def are_offered(self) -> bool:
        """Whether the activity offers it at all."""
        return bool(self.months or self.at_exit or self.campaigns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that makes one activity different from another."""

    kind: Kind
    forum_name: str
    min_age: int
    max_age: int
    least_agencies: int
    referrers: tuple[Referrer, ...]
    outcomes: tuple[Outcome, ...]
    text_required: tuple[Outcome, ...]
    priorities: tuple[Priority, ...]
    rereferral_months: int
    consent_months: int
    steps: tuple[str, ...]
    discharge_checklist: tuple[str, ...]
    cases_per_fte: int
    staff_fte: float
    rhythm: Rhythm
    schedules: tuple[Schedule, ...]
    questionnaires: Questionnaires = Questionnaires()
    goals: tuple[Goal, ...] = ()

    @property
    def capacity(self) -> int:
        """How many open episodes the staffing carries."""
        return int(self.cases_per_fte * self.staff_fte + 0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One verksamhet of the team; closed for new referrals when it only came with an imported list."""

    id: ActivityId
    name: str
    settings: Settings
    open_for_referrals: bool = True
    version: int = 1


def must_take(activity: Activity, *, referrer: Referrer, unit_id: UnitId | None) -> None:
    """Raises ActivityClosed, ReferrerNotOffered, UnitRequired: whether the activity takes a referral from there."""
    if not activity.open_for_referrals:
        raise ActivityClosed(field="activity_id")
    if referrer not in activity.settings.referrers:
        raise ReferrerNotOffered(field="referrer")
    if referrer is not Referrer.ANNAN and unit_id is None:
        raise UnitRequired(field="unit_id")


def settings_from(data: Mapping[str, Any]) -> Settings:
    """Settings out of the mapping that a reference file or the store holds; unknown keys are an error."""
    values = dict(data)
    values.pop("name", None)
    rhythm = Rhythm(**values.pop("forum"))
    schedules = tuple(map(_schedule_from, values.pop("follow_up", ())))
    goals = tuple(map(_goal_from, values.pop("goals", ())))
    return Settings(
        kind=Kind(values.pop("kind")),
        referrers=tuple(map(Referrer, values.pop("referrers"))),
        outcomes=tuple(map(Outcome, values.pop("outcomes"))),
        text_required=tuple(map(Outcome, values.pop("text_required"))),
        priorities=tuple(map(Priority, values.pop("priorities"))),
        steps=tuple(values.pop("steps")),
        discharge_checklist=tuple(values.pop("discharge_checklist")),
        rhythm=rhythm,
        schedules=schedules,
        questionnaires=_questionnaires_from(values.pop("questionnaires", {})),
        goals=goals,
        **values,
    )


def _schedule_from(entry: Mapping[str, Any]) -> Schedule:
    codes = {"anchor": Anchor(entry["anchor"]), "months": tuple(entry["months"]), "by": FollowUpOwner(entry["by"])}
    return Schedule(**{**entry, **codes})


def _questionnaires_from(entry: Mapping[str, Any]) -> Questionnaires:
    lists = {name: tuple(entry[name]) for name in ("months", "campaigns") if name in entry}
    return Questionnaires(**{**entry, **lists})


def _goal_from(entry: Mapping[str, Any]) -> Goal:
    return Goal(**{**entry, "reached": Reached(entry["reached"]), "of": Whom(entry["of"])})


def settings_as_data(settings: Settings) -> dict[str, Any]:
    """The reverse of ``settings_from``: plain values that a file or the store can hold."""
    data = {field.name: getattr(settings, field.name) for field in fields(settings)}
    data["forum"] = asdict(data.pop("rhythm"))
    data["questionnaires"] = asdict(settings.questionnaires)
    data["follow_up"] = [asdict(schedule) for schedule in data.pop("schedules")]
    data["goals"] = [asdict(goal) for goal in data["goals"]]
    return data
