"""The register list that teams keep: one row a participation, and what an import would do with each row.

Source: the register format the teams use today; the same row is the import and the export.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import Annotated, Any

from misam_desktop.domain.codes import (
    Agency,
    Destination,
    DischargeReason,
    Education,
    Outcome,
    Purpose,
    Referrer,
    Sex,
)
from misam_desktop.domain.consent import ConsentPeriodBackwards
from misam_desktop.domain.episode import DischargeBeforeEnrolment
from misam_desktop.domain.errors import MisamError, UserError
from misam_desktop.domain.gate import told_by
from misam_desktop.domain.livelihood import UNKNOWN, Livelihoods
from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.domain.tells import BASICS, HEALTH, INCOME, QUESTION, WORK

COLUMNS = {
    "personnummer": "number",
    "fornamn": "given_name",
    "efternamn": "family_name",
    "kon": "sex",
    "insats": "activity",
    "remittent": "referrer",
    "remissdatum": "referred_on",
    "fragestallning": "question",
    "beslut": "outcome",
    "beslutsdatum": "outcome_on",
    "inskriven": "enrolled_on",
    "uppdragsgivare": "commissioner",
    "handlaggare": "case_worker",
    "utbildning": "education",
    "forsorjning_in": "livelihoods",
    "tid_offentlig_mn": "support_months",
    "sgi0": "sgi0",
    "samtycke_fran": "consent_from",
    "samtycke_till": "consent_until",
    "samtycke_parter": "consent_agencies",
    "samtycke_syften": "consent_purposes",
    "avslutad": "discharged_on",
    "avslutsorsak": "discharge_reason",
    "avslutad_till": "destination",
    "forsorjning_ut": "livelihoods_out",
    "skyddad": "protected",
}
"""The columns of the list, in the order of the export, with the field each one fills."""


class Verdict(StrEnum):
    """What an import would do with a row; shown as it stands."""

    NEW = "ny"
    KNOWN = "finns redan"
    CHANGES = "ändrar"
    DOUBTFUL = "tveksam"
    WRONG = "fel"


LEFT_OUT = frozenset({Verdict.WRONG, Verdict.DOUBTFUL})
"""What an import never takes: somebody mends the row, or looks at it, first."""

TAKEN = frozenset({Verdict.NEW, Verdict.CHANGES})
"""What an import carries out."""

Key = tuple[str, str, date]
"""Number, activity and day of the referral: what makes two rows the same participation."""


class Overlaps(UserError):
    """The person already has a participation in the same activity at the same time."""

    code = "row_overlaps"


class Contradicts(UserError):
    """A row above, ``at``, says something else of the same participation."""

    code = "row_contradicts"


class OutsideAges(UserError):
    """A remark, not a fault: the person was outside the target group's ages on the day of the referral."""

    code = "row_outside_ages"


class Changes(UserError):
    """A remark: which columns differ from what is stored."""

    code = "row_changes"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One participation as the list has it; an empty cell says nothing.

    ``consents_kept`` stands on a stored participation of whose consents the store knows more than a row can say: when
    one was withdrawn or renewed, or how they differ. A list changes nothing of them.
    """

    number: Annotated[PersonalNumber, BASICS]
    given_name: Annotated[str, BASICS] = ""
    family_name: Annotated[str, BASICS] = ""
    sex: Annotated[Sex, BASICS]
    activity: str
    referrer: Referrer
    referred_on: date
    question: Annotated[str, QUESTION] = ""
    outcome: Outcome | None = None
    outcome_on: date | None = None
    enrolled_on: date | None = None
    commissioner: Agency | None = None
    case_worker: str = ""
    education: Annotated[Education, WORK] = Education.OKAND
    livelihoods: Annotated[Livelihoods, INCOME] = UNKNOWN
    support_months: Annotated[int | None, INCOME] = None
    sgi0: Annotated[bool, INCOME] = False
    consent_from: date
    consent_until: date | None = None
    consent_agencies: tuple[Agency, ...]
    consent_purposes: tuple[Purpose, ...] = ()
    consents_kept: bool = False
    discharged_on: date | None = None
    discharge_reason: Annotated[DischargeReason | None, HEALTH] = None
    destination: Annotated[Destination | None, WORK] = None
    livelihoods_out: Annotated[Livelihoods | None, INCOME] = None
    protected: bool = False

    @property
    def key(self) -> Key:
        """What makes two rows the same participation."""
        return self.number.digits, self.activity.casefold(), self.referred_on


KINDS_TOLD = frozenset(kind for kinds in told_by(RegisterRow).values() for kind in kinds)
"""The kinds of information that a list tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One row of a file, understood or with what is wrong with it. ``at`` counts from 1, the header being row 1."""

    at: int
    row: RegisterRow | None
    problems: tuple[MisamError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What an import would do with one row, and why."""

    at: int
    verdict: Verdict
    row: RegisterRow | None
    remarks: tuple[MisamError, ...] = ()


def plan(rows: Iterable[Read], stored: Iterable[RegisterRow], *, ages: Mapping[str, tuple[int, int]]) -> list[Planned]:
    """Sort every row of a file against what is stored and against the rows above it.

    ``ages`` are the least and the greatest of each activity's target group, by its name in small letters.
    """
    reads, known = list(rows), list(stored)
    persons = _persons(chain(known, (read.row for read in reads if read.row is not None)))
    ahead = _Book(known, ages, outlook=None)
    for read in reads:
        ahead.entered(read, persons)
    book = _Book(known, ages, outlook=ahead.standing)
    return [book.entered(read, persons) for read in reads]


def is_same_plan(one: Sequence[Planned], other: Sequence[Planned]) -> bool:
    """Whether two plans of a list would do the same with each row, for the same reasons."""
    return list(map(_told, one)) == list(map(_told, other))


def _told(planned: Planned) -> tuple[object, ...]:
    return planned.at, planned.verdict, planned.row, [(remark.code, remark.params) for remark in planned.remarks]


_OF_PERSON = ("given_name", "family_name", "sex", "protected")


def _persons(rows: Iterable[RegisterRow]) -> dict[PersonalNumber, dict[str, Any]]:
    """What each person is called on all their rows: as the newest one has it that says anything.

    People change their names and lists keep both; a row read twice must not change what the one below it says.
    """
    persons: defaultdict[PersonalNumber, dict[str, Any]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: row.referred_on):
        persons[row.number] |= _said(row, _OF_PERSON)
    return persons


class _Book:
    """Every participation as it would stand, while the rows of a file are gone through one by one.

    ``outlook`` is how they stand at the end: whether two overlap is judged by that, so that it is the same the next
    time; without it nothing overlaps.
    """

    def __init__(
        self,
        stored: Iterable[RegisterRow],
        ages: Mapping[str, tuple[int, int]],
        *,
        outlook: Mapping[Key, RegisterRow] | None,
    ) -> None:
        self.standing: dict[Key, RegisterRow] = {}
        self._ages, self._outlook = ages, outlook
        self._of_person: defaultdict[tuple[str, str], set[Key]] = defaultdict(set)
        self._above: defaultdict[Key, list[tuple[int, RegisterRow]]] = defaultdict(list)
        for row in stored:
            self._put(row.key, row)

    def entered(self, read: Read, persons: Mapping[PersonalNumber, dict[str, Any]]) -> Planned:
        """What would be done with the next row."""
        if read.row is None:
            return Planned(at=read.at, verdict=Verdict.WRONG, row=None, remarks=read.problems)
        row = replace(read.row, **persons[read.row.number])
        before = self.standing.get(row.key)
        verdict, remarks = self._as_first(row) if before is None else self._as_known(before, row)
        if verdict not in LEFT_OUT:
            self._put(row.key, row if before is None else merged(before, row))
        if verdict is not Verdict.DOUBTFUL:  # also what cannot be: a row below would make it possible the second time
            self._above[row.key].append((read.at, row))
        return Planned(at=read.at, verdict=verdict, row=row, remarks=remarks)

    def _put(self, key: Key, row: RegisterRow) -> None:
        self.standing[key] = row
        self._of_person[key[:2]].add(key)

    def _as_first(self, row: RegisterRow) -> tuple[Verdict, tuple[MisamError, ...]]:
        if self._outlook is not None and self._overlaps(row.key, self._outlook):
            return Verdict.DOUBTFUL, (Overlaps(),)
        age = row.number.age_on(row.referred_on)
        ages = self._ages.get(row.key[1])
        if age is None or ages is None or ages[0] <= age <= ages[1]:
            return Verdict.NEW, ()
        return Verdict.NEW, (OutsideAges(age=age),)

    def _overlaps(self, key: Key, outlook: Mapping[Key, RegisterRow]) -> bool:
        return any(_overlap(outlook[key], outlook[other]) for other in self._of_person[key[:2]])

    def _as_known(self, before: RegisterRow, row: RegisterRow) -> tuple[Verdict, tuple[MisamError, ...]]:
        changed = differences(before, row)
        if not changed:
            return Verdict.KNOWN, ()
        after = merged(before, row)
        problems = _problems(after)
        if problems:
            return Verdict.WRONG, problems
        for at, above in self._above[row.key]:
            if columns := differences(after, above):
                return Verdict.DOUBTFUL, (Contradicts(at=at, columns=", ".join(columns)),)
        return Verdict.CHANGES, (Changes(columns=", ".join(changed)),)


def _problems(row: RegisterRow) -> tuple[MisamError, ...]:
    """What cannot be, although each row on its own could."""
    found: list[MisamError] = []
    if row.enrolled_on and row.discharged_on and row.discharged_on < row.enrolled_on:
        found.append(DischargeBeforeEnrolment(field="discharged_on"))
    if row.consent_until and row.consent_until < row.consent_from:
        found.append(ConsentPeriodBackwards(field="consent_until"))
    return tuple(found)


def differences(before: RegisterRow, after: RegisterRow) -> list[str]:
    """The columns in which a row says something else than before; an empty cell says nothing."""
    said = merged(before, after)
    return [column for column, name in COLUMNS.items() if getattr(said, name) != getattr(before, name)]


_EMPTY: tuple[object, ...] = ("", None, (), UNKNOWN, Education.OKAND)
_CONSENT = frozenset({"consent_from", "consent_until", "consent_agencies", "consent_purposes"})


def merged(before: RegisterRow, after: RegisterRow) -> RegisterRow:
    """What is stored, with what the new row says on top.

    Nothing is taken away by an empty cell, a «nej», or a purpose that is not named: a consent is withdrawn on its own.
    Who commissions is settled at enrolment; until then the column says nothing either.
    """
    kept = {"activity"} | (_CONSENT if before.consents_kept else frozenset())
    said = _said(after, [name for name in COLUMNS.values() if name not in kept])
    if "consent_purposes" in said:
        said["consent_purposes"] = tuple(
            purpose for purpose in Purpose if purpose in {*before.consent_purposes, *after.consent_purposes}
        )
    row = replace(before, **said)
    return row if row.enrolled_on else replace(row, commissioner=before.commissioner)


def _said(row: RegisterRow, names: Iterable[str]) -> dict[str, Any]:
    values = ((name, getattr(row, name)) for name in names)
    return {name: value for name, value in values if value is not False and value not in _EMPTY}


def as_listed(row: RegisterRow) -> RegisterRow:
    """A stored participation as it can stand in a list that is taken in again.

    There «antas» means enrolled, so who waits for enrolment stands without the outcome, like who waits for the forum.
    """
    waits = row.outcome is Outcome.ANTAS and row.enrolled_on is None
    return replace(row, outcome=None, outcome_on=None) if waits else row


def _overlap(row: RegisterRow, other: RegisterRow) -> bool:
    if row.enrolled_on is None or other.enrolled_on is None:
        return row.outcome is None and other.outcome is None
    ends, other_ends = row.discharged_on or date.max, other.discharged_on or date.max
    return row.enrolled_on < other_ends and other.enrolled_on < ends
