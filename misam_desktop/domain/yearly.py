"""The yearly account of an activity («Insatser och måluppfyllelse»): what is counted, and the checks on the sums.

Source: the published order of the förbund's account. An episode is counted with all its values when the person has
consented to that; others, and persons under protected identity, by kön only («utan detaljer»).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from misam_desktop.domain.bands import AGE_BANDS, MONTHS_BANDS, age_band, months_band
from misam_desktop.domain.clocks import age_on
from misam_desktop.domain.codes import Destination, DischargeReason, Education, InfoKind, Livelihood, Referrer
from misam_desktop.domain.counting import (
    SEXES,
    TOTAL,
    UNKNOWN,
    WITHOUT_DETAILS,
    Cell,
    Counting,
    Table,
    as_report,
    must_run_forwards,
    sum_check,
    whole,
)
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.gate import told_by
from misam_desktop.domain.period import holds, overlaps
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.report import Check, Report, ReportKind, Section


class Participation(NamedTuple):
    """One episode as the account needs it; codes as text, so that a hundred thousand are counted quickly."""

    number: str
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
    episode_id: str = ""


Value = Callable[[Participation], str]
Which = Callable[[Participation], bool]

_PARTICIPANTS, _PERSONS, _NEW, _ENDED, _AGAIN = "deltagare", "personer", "nya", "avslutade", "aterremitterade"


def account(participations: Iterable[Participation], *, first: date, last: date, misregistered: int = 0) -> Report:
    """Count the participations that overlap the period. Raises PeriodBackwards.

    ``misregistered`` is told apart: episodes that were registered by mistake count nowhere else.
    """
    counted = tables(first=first, last=last)
    counting = Counting(counted)
    counting.add(counted, list(participations))
    return as_account(counting, first=first, last=last, misregistered=misregistered)


def tables(*, first: date, last: date) -> tuple[Table[Participation], ...]:
    """What the account counts of the participations in a period. Raises PeriodBackwards."""
    must_run_forwards(first, last)
    taking_part = partial(takes_part, first=first, last=last)
    ended = partial(has_ended, first=first, last=last)
    return (_participants(first, last, taking_part), *_by_entry(last, taking_part), *_by_exit(ended))


def takes_part(p: Participation, *, first: date, last: date) -> bool:
    """Whether any day of a participation lies in the period."""
    return overlaps(p.enrolled_on, p.discharged_on, first=first, last=last)


def has_ended(p: Participation, *, first: date, last: date) -> bool:
    """Whether its last day lies in the period."""
    return holds(p.discharged_on, first=first, last=last)


def _participants(first: date, last: date, taking_part: Which) -> Table[Participation]:
    def cells(p: Participation) -> Iterable[Cell]:
        yield TOTAL, p.sex
        yield _PERSONS, p.sex
        if p.enrolled_on >= first:
            yield _NEW, p.sex
            if p.is_rereferral:
                yield _AGAIN, p.sex
        if has_ended(p, first=first, last=last):
            yield _ENDED, p.sex

    return Table(
        id=_PARTICIPANTS,
        columns=SEXES,
        rows=(TOTAL, _PERSONS, _NEW, _AGAIN, _ENDED),
        of=taking_part,
        cells=cells,
        once={_PERSONS: lambda p: p.number},
    )


def _by_value(
    name: str, value: Value, codes: Sequence[str], of: Which, tells: frozenset[InfoKind] = frozenset()
) -> Table[Participation]:
    """A table that counts each of some participations once, on the row of a value, or without details."""
    return Table(
        id=name,
        columns=SEXES,
        rows=(*codes, WITHOUT_DETAILS),
        of=of,
        cells=lambda p: ((value(p) if p.detailed else WITHOUT_DETAILS, p.sex),),
        tells=tells,
    )


def _by_entry(last: date, of: Which) -> list[Table[Participation]]:
    def band(p: Participation) -> str:
        until = last if p.discharged_on is None else min(last, p.discharged_on)
        return age_band(None if p.birth_date is None else age_on(p.birth_date, until))

    told = told_by(Referral)
    return [
        _by_value("aldersgrupp", band, AGE_BANDS, of),
        _by_value("remittent", lambda p: p.referrer, [code.value for code in Referrer], of),
        _by_value("utbildning", lambda p: p.education, [code.value for code in Education], of, told["education"]),
        _by_value(
            "forsorjning_in", lambda p: p.livelihood, [code.value for code in Livelihood], of, told["livelihoods"]
        ),
        _by_value("tid_offentlig", lambda p: months_band(p.support_months), MONTHS_BANDS, of, told["support_months"]),
    ]


def _by_exit(of: Which) -> list[Table[Participation]]:
    livelihoods = [code.value for code in Livelihood]
    reasons = [*(code.value for code in DischargeReason), UNKNOWN]
    destinations = [*(code.value for code in Destination), UNKNOWN]
    told = told_by(Episode)
    return [
        _by_value("forsorjning_ut", lambda p: p.livelihood_out or UNKNOWN, livelihoods, of, told["livelihoods_out"]),
        _by_value("avslutsorsak", lambda p: p.discharge_reason or UNKNOWN, reasons, of, told["discharge_reason"]),
        _by_value("avslutad_till", lambda p: p.destination or UNKNOWN, destinations, of, told["destination"]),
    ]


_OF_EXITS = frozenset({"forsorjning_ut", "avslutsorsak", "avslutad_till"})


def as_account(counting: Counting, *, first: date, last: date, misregistered: int = 0) -> Report:
    """What has been counted, with the checks on its sums."""
    all_of, ended = counting.of_row(_PARTICIPANTS, TOTAL), counting.of_row(_PARTICIPANTS, _ENDED)
    participants, *sections = counting.sections()
    expected = [ended if section.id in _OF_EXITS else all_of for section in sections]
    checks = (
        *(sum_check(section, of.total()) for section, of in zip(sections, expected, strict=True)),
        _sex_check(sections, expected),
        *_within_checks(participants, all_of.total(), counting.of_row(_PARTICIPANTS, _PERSONS).total(), ended.total()),
        Check(id="felregistrerade", ok=True, params={"count": misregistered}),
    )
    return as_report(counting, ReportKind.ARSREDOVISNING, first=first, last=last, checks=checks)


def _within_checks(participants: Section, taking_part: int, persons: int, exits: int) -> tuple[Check, Check]:
    told = whole(participants.rows[1])
    return (
        Check(id="avslutade_ryms", ok=exits <= taking_part, params={"exits": exits, "participants": taking_part}),
        Check(
            id="personer_ryms",
            ok=persons == told <= taking_part,
            params={"persons": persons, "participants": taking_part},
        ),
    )


def _sex_check(sections: Sequence[Section], expected: Sequence[Counter[str]]) -> Check:
    holds = all(_by_sex(section) == by_sex for section, by_sex in zip(sections, expected, strict=True))
    return Check(id="kon_summerar", ok=holds, params={"sections": len(sections)})


def _by_sex(section: Section) -> Counter[str]:
    return sum((Counter({sex: whole(row, sex) for sex in SEXES}) for row in section.rows), Counter())
