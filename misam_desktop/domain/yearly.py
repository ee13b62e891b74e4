"""The yearly account of an activity («Insatser och måluppfyllelse»): what is counted, and the checks on the sums.

Source: the published order of the förbund's account. An episode is counted with all its values when the person has
consented to that; others, and persons under protected identity, by kön only («utan detaljer»).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from misam_desktop.domain.bands import AGE_BANDS, MONTHS_BANDS, age_band, months_band
from misam_desktop.domain.clocks import age_on
from misam_desktop.domain.codes import Destination, DischargeReason, Education, Livelihood, Referrer, Sex
from misam_desktop.domain.errors import UserError

WITHOUT_DETAILS = "utan_detaljer"


class PeriodBackwards(UserError):
    """The period ends before it begins."""

    code = "period_backwards"


class Participation(NamedTuple):
    """One episode as the account needs it; codes as text, so that a hundred thousand are counted quickly."""

    person_id: str
    sex: str
    birth_date: date | None
    referrer: str
    education: str
    livelihood: str
    support_months: int | None
    enrolled_on: date
    discharged_on: date | None
    discharge_reason: str | None
    destination: str | None
    livelihood_out: str | None
    is_rereferral: bool
    detailed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One row of a section, by kön; the total is their sum."""

    code: str
    by_sex: dict[str, int]

    @property
    def total(self) -> int:
        """Everybody."""
        return sum(self.by_sex.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One table of the account, its rows in the order of the code list."""

    id: str
    rows: tuple[Count, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Whether a figure can be trusted; ``params`` fill its sentence, which stands in ``resources``."""

    id: str
    ok: bool
    params: dict[str, int | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The whole account of one activity and period."""

    first: date
    last: date
    sections: tuple[Section, ...]
    checks: tuple[Check, ...]


Value = Callable[[Participation], str]
_EXITS = ("forsorjning_ut", "avslutsorsak", "avslutad_till")


def account(participations: Iterable[Participation], *, first: date, last: date, misregistered: int = 0) -> Account:
    """Count the participations that overlap the period. Raises PeriodBackwards.

    ``misregistered`` is told apart: episodes that were registered by mistake count nowhere else.
    """
    if last < first:
        raise PeriodBackwards
    taking_part = [p for p in participations if _overlaps(p, first, last)]
    exits = [p for p in taking_part if p.discharged_on is not None and p.discharged_on <= last]
    sections = (
        _participants(taking_part, exits, first),
        *(_section(name, value, codes, taking_part) for name, value, codes in _by_entry(last)),
        *(_section(name, value, codes, exits) for name, value, codes in _by_exit()),
    )
    checks = _checks(sections, taking_part, exits, misregistered)
    return Account(first=first, last=last, sections=sections, checks=checks)


def _overlaps(p: Participation, first: date, last: date) -> bool:
    return p.enrolled_on <= last and (p.discharged_on is None or p.discharged_on >= first)


def _participants(taking_part: Sequence[Participation], exits: Sequence[Participation], first: date) -> Section:
    new = [p for p in taking_part if p.enrolled_on >= first]
    persons = {p.person_id: p for p in taking_part}.values()
    counted: dict[str, Iterable[Participation]] = {
        "total": taking_part,
        "personer": persons,
        "nya": new,
        "avslutade": exits,
        "aterremitterade": [p for p in new if p.is_rereferral],
    }
    return Section(
        id="deltagare", rows=tuple(_count(code, Counter(p.sex for p in them)) for code, them in counted.items())
    )


def _count(code: str, by_sex: Counter[str]) -> Count:
    return Count(code=code, by_sex={sex.value: by_sex[sex.value] for sex in Sex})


def _by_entry(last: date) -> list[tuple[str, Value, Sequence[str]]]:
    def band(p: Participation) -> str:
        until = last if p.discharged_on is None else min(last, p.discharged_on)
        return age_band(None if p.birth_date is None else age_on(p.birth_date, until))

    return [
        ("aldersgrupp", band, AGE_BANDS),
        ("remittent", lambda p: p.referrer, [code.value for code in Referrer]),
        ("utbildning", lambda p: p.education, [code.value for code in Education]),
        ("forsorjning_in", lambda p: p.livelihood, [code.value for code in Livelihood]),
        ("tid_offentlig", lambda p: months_band(p.support_months), MONTHS_BANDS),
    ]


def _by_exit() -> list[tuple[str, Value, Sequence[str]]]:
    return [
        ("forsorjning_ut", lambda p: p.livelihood_out or "okand", [code.value for code in Livelihood]),
        ("avslutsorsak", lambda p: p.discharge_reason or "okand", [*(code.value for code in DischargeReason), "okand"]),
        ("avslutad_till", lambda p: p.destination or "okand", [*(code.value for code in Destination), "okand"]),
    ]


def _section(name: str, value: Value, codes: Sequence[str], counted: Iterable[Participation]) -> Section:
    tally = Counter((value(p) if p.detailed else WITHOUT_DETAILS, p.sex) for p in counted)
    rows = [
        Count(code=code, by_sex={sex.value: tally[code, sex.value] for sex in Sex})
        for code in (*codes, WITHOUT_DETAILS)
    ]
    return Section(id=name, rows=tuple(rows))


def _checks(
    sections: Sequence[Section],
    taking_part: Sequence[Participation],
    exits: Sequence[Participation],
    misregistered: int,
) -> tuple[Check, ...]:
    sums = [
        Check(
            id=f"summa_{section.id}",
            ok=_sum(section) == expected,
            params={"section": section.id, "sum": _sum(section), "expected": expected},
        )
        for section in sections[1:]
        for expected in [len(_counted(section, taking_part, exits))]
    ]
    persons = len({p.person_id for p in taking_part})
    by_sex = [
        (_by_sex(section), Counter(p.sex for p in _counted(section, taking_part, exits))) for section in sections[1:]
    ]
    return (
        *sums,
        Check(
            id="kon_summerar",
            ok=all(found == expected for found, expected in by_sex),
            params={"sections": len(by_sex)},
        ),
        Check(
            id="avslutade_ryms",
            ok=len(exits) <= len(taking_part),
            params={"exits": len(exits), "participants": len(taking_part)},
        ),
        Check(
            id="personer_ryms",
            ok=persons == sections[0].rows[1].total <= len(taking_part),
            params={"persons": persons, "participants": len(taking_part)},
        ),
        Check(id="felregistrerade", ok=True, params={"count": misregistered}),
    )


def _counted(
    section: Section, taking_part: Sequence[Participation], exits: Sequence[Participation]
) -> Sequence[Participation]:
    return exits if section.id in _EXITS else taking_part


def _by_sex(section: Section) -> Counter[str]:
    return sum((Counter(row.by_sex) for row in section.rows), Counter())


def _sum(section: Section) -> int:
    return sum(row.total for row in section.rows)
