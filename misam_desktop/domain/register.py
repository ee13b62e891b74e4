"""The register list that teams keep: one row a participation, and what an import would do with each row.

Source: the register format the teams use today; the same row is the import and the export.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from misam_desktop.domain.clocks import last_rereferral_day
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
from misam_desktop.domain.errors import MisamError, UserError
from misam_desktop.domain.livelihood import UNKNOWN, Livelihoods
from misam_desktop.domain.personal_number import PersonalNumber

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


class Overlaps(UserError):
    """The person already has a participation in the same activity at the same time."""

    code = "row_overlaps"


class OutsideAges(UserError):
    """A remark, not a fault: the person was outside the target group's ages on the day of the referral."""

    code = "row_outside_ages"


class Changes(UserError):
    """A remark: which columns differ from what is stored."""

    code = "row_changes"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One participation as the list has it."""

    number: PersonalNumber
    given_name: str = ""
    family_name: str = ""
    sex: Sex
    activity: str
    referrer: Referrer
    referred_on: date
    question: str = ""
    outcome: Outcome | None = None
    outcome_on: date | None = None
    enrolled_on: date | None = None
    commissioner: Agency | None = None
    case_worker: str = ""
    education: Education = Education.OKAND
    livelihoods: Livelihoods = UNKNOWN
    support_months: int | None = None
    sgi0: bool = False
    consent_from: date
    consent_until: date | None = None
    consent_agencies: tuple[Agency, ...]
    consent_purposes: tuple[Purpose, ...] = (Purpose.SAMVERKAN, Purpose.UPPFOLJNING)
    discharged_on: date | None = None
    discharge_reason: DischargeReason | None = None
    destination: Destination | None = None
    livelihoods_out: Livelihoods | None = None
    protected: bool = False

    @property
    def key(self) -> tuple[str, str, date]:
        """What makes two rows the same participation."""
        return self.number.digits, self.activity.casefold(), self.referred_on


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


def plan(rows: Iterable[Read], stored: Sequence[RegisterRow], *, ages: tuple[int, int] = (16, 64)) -> list[Planned]:
    """Sort every row of a file against what is stored and against the rows above it."""
    seen: dict[tuple[str, str, date], RegisterRow] = {row.key: row for row in stored}
    by_person: defaultdict[tuple[str, str], list[RegisterRow]] = defaultdict(list)
    for row in stored:
        by_person[row.key[:2]].append(row)
    planned = []
    for read in rows:
        planned.append(_planned(read, seen, by_person, ages))
        if read.row is not None and planned[-1].verdict is not Verdict.DOUBTFUL:
            by_person[read.row.key[:2]] = [row for row in by_person[read.row.key[:2]] if row.key != read.row.key]
            by_person[read.row.key[:2]].append(read.row)
            seen[read.row.key] = read.row
    return planned


def _planned(
    read: Read,
    seen: dict[tuple[str, str, date], RegisterRow],
    by_person: dict[tuple[str, str], list[RegisterRow]],
    ages: tuple[int, int],
) -> Planned:
    row = read.row
    if row is None:
        return Planned(at=read.at, verdict=Verdict.WRONG, row=None, remarks=read.problems)
    before = seen.get(row.key)
    if before is not None:
        differing = differences(before, row)
        verdict = Verdict.CHANGES if differing else Verdict.KNOWN
        remarks: tuple[MisamError, ...] = (Changes(columns=", ".join(differing)),) if differing else ()
        return Planned(at=read.at, verdict=verdict, row=row, remarks=remarks)
    if any(_overlap(row, other) for other in by_person.get(row.key[:2], ())):
        return Planned(at=read.at, verdict=Verdict.DOUBTFUL, row=row, remarks=(Overlaps(),))
    age = row.number.age_on(row.referred_on)
    outside = age is not None and not ages[0] <= age <= ages[1]
    return Planned(at=read.at, verdict=Verdict.NEW, row=row, remarks=(OutsideAges(age=age or 0),) if outside else ())


def differences(before: RegisterRow, after: RegisterRow) -> list[str]:
    """The columns in which a row says something else than before; an empty cell says nothing."""
    said = merged(before, after)
    return [column for column, name in COLUMNS.items() if getattr(said, name) != getattr(before, name)]


_EMPTY: tuple[object, ...] = ("", None, UNKNOWN, Education.OKAND)


def merged(before: RegisterRow, after: RegisterRow) -> RegisterRow:
    """What is stored, with what the new row says on top; an empty cell or a «nej» takes nothing away."""
    said = {
        field.name: value
        for field in fields(RegisterRow)
        if (value := getattr(after, field.name)) is not False and value not in _EMPTY and field.name != "activity"
    }
    return replace(before, **said)


def _overlap(row: RegisterRow, other: RegisterRow) -> bool:
    if row.enrolled_on is None or other.enrolled_on is None:
        return row.outcome is None and other.outcome is None
    ends, other_ends = row.discharged_on or date.max, other.discharged_on or date.max
    return row.enrolled_on < other_ends and other.enrolled_on < ends


def is_rereferral(row_referred_on: date, earlier_discharged_on: date, *, months: int) -> bool:
    """Whether a referral came within the window after an earlier discharge in the same activity."""
    return earlier_discharged_on <= row_referred_on <= last_rereferral_day(earlier_discharged_on, months=months)
