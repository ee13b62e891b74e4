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
from misam_desktop.domain.errors import NotFound, UserError

WITHOUT_DETAILS = "utan_detaljer"


class PeriodBackwards(UserError):
    """The period ends before it begins."""

    code = "period_backwards"


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


class _Counted(NamedTuple):
    """What a section counts: participations, or only those that ended, by a value with its codes in their order."""

    id: str
    value: Value
    codes: Sequence[str]
    exits: bool = False


def account(participations: Iterable[Participation], *, first: date, last: date, misregistered: int = 0) -> Account:
    """Count the participations that overlap the period. Raises PeriodBackwards.

    ``misregistered`` is told apart: episodes that were registered by mistake count nowhere else.
    """
    tally = Tally(first=first, last=last)
    tally.add(participations)
    return tally.account(misregistered=misregistered)


_PARTICIPANTS_ID, _PERSONS = "deltagare", "personer"
_PARTICIPANTS: dict[str, Callable[[Participation, date, date], bool]] = {
    "total": lambda _p, _first, _last: True,
    "nya": lambda p, first, _last: p.enrolled_on >= first,
    "avslutade": lambda p, _first, last: p.discharged_on is not None and p.discharged_on <= last,
    "aterremitterade": lambda p, first, _last: p.enrolled_on >= first and p.is_rereferral,
}
"""Of those who take part in a period, which are counted on which row; unique persons beside them."""


def takes_part(p: Participation, *, first: date, last: date) -> bool:
    """Whether any day of a participation lies in the period."""
    return p.enrolled_on <= last and (p.discharged_on is None or p.discharged_on >= first)


def behind(
    participations: Iterable[Participation], *, first: date, last: date, section: str, code: str, sex: Sex | None = None
) -> list[Participation]:
    """The participations that one number of the account counts; of unique persons, one of each.

    ``sex`` None is the total. Raises PeriodBackwards, and NotFound for a row that there is not.
    """
    if last < first:
        raise PeriodBackwards
    them = [p for p in participations if takes_part(p, first=first, last=last)]
    if code == _PERSONS:
        them = list({p.number: p for p in them}.values())
    is_counted = _row(section, code, first, last)
    return [p for p in them if sex in {None, p.sex} and is_counted(p)]


def _row(section_id: str, code: str, first: date, last: date) -> Callable[[Participation], bool]:
    """Whether somebody who takes part in the period is counted on a row."""
    if section_id == _PARTICIPANTS_ID:
        holds = _PARTICIPANTS.get("total" if code == _PERSONS else code)
        if holds is None:
            raise NotFound
        return lambda p: holds(p, first, last)
    section = next((one for one in (*_by_entry(last), *_by_exit()) if one.id == section_id), None)
    if section is None:
        raise NotFound
    has_ended = _PARTICIPANTS["avslutade" if section.exits else "total"]
    return lambda p: has_ended(p, first, last) and _code_of(p, section) == code


def _code_of(p: Participation, section: _Counted) -> str:
    return section.value(p) if p.detailed else WITHOUT_DETAILS


class Tally:
    """The account while it is being counted, some participations at a time, each once. Raises PeriodBackwards."""

    def __init__(self, *, first: date, last: date) -> None:
        if last < first:
            raise PeriodBackwards
        self._first, self._last = first, last
        self._participants: dict[str, Counter[str]] = {code: Counter() for code in _PARTICIPANTS}
        self._persons: dict[str, str] = {}
        self._sections = [(section, Counter[tuple[str, str]]()) for section in (*_by_entry(last), *_by_exit())]

    def add(self, participations: Iterable[Participation]) -> None:
        """Count these too, as far as they overlap the period."""
        first, last = self._first, self._last
        taking_part = [p for p in participations if takes_part(p, first=first, last=last)]
        counted = {code: [p for p in taking_part if holds(p, first, last)] for code, holds in _PARTICIPANTS.items()}
        self._persons.update((p.number, p.sex) for p in taking_part)
        for code, them in counted.items():
            self._participants[code].update(p.sex for p in them)
        for section, tally_by_code in self._sections:
            of_section = counted["avslutade"] if section.exits else taking_part
            tally_by_code.update((_code_of(p, section), p.sex) for p in of_section)

    def account(self, *, misregistered: int = 0) -> Account:
        """What has been counted, with the checks on its sums."""
        sections = [_section(section, tally) for section, tally in self._sections]
        expected = [self._participants["avslutade" if section.exits else "total"] for section, _ in self._sections]
        participants = self._participants_section()
        checks = (
            *map(_sum_check, sections, expected),
            _sex_check(sections, expected),
            *self._within_checks(participants),
            Check(id="felregistrerade", ok=True, params={"count": misregistered}),
        )
        return Account(first=self._first, last=self._last, sections=(participants, *sections), checks=checks)

    def _participants_section(self) -> Section:
        by_code = {"total": self._participants["total"], _PERSONS: Counter(self._persons.values())}
        rows = [_count(code, by_sex) for code, by_sex in (by_code | self._participants).items()]
        return Section(id=_PARTICIPANTS_ID, rows=tuple(rows))

    def _within_checks(self, participants: Section) -> tuple[Check, Check]:
        taking_part, exits = self._participants["total"].total(), self._participants["avslutade"].total()
        persons, told = len(self._persons), participants.rows[1].total
        return (
            Check(id="avslutade_ryms", ok=exits <= taking_part, params={"exits": exits, "participants": taking_part}),
            Check(
                id="personer_ryms",
                ok=persons == told <= taking_part,
                params={"persons": persons, "participants": taking_part},
            ),
        )


def _count(code: str, by_sex: Counter[str]) -> Count:
    return Count(code=code, by_sex={sex.value: by_sex[sex.value] for sex in Sex})


def _by_entry(last: date) -> list[_Counted]:
    def band(p: Participation) -> str:
        until = last if p.discharged_on is None else min(last, p.discharged_on)
        return age_band(None if p.birth_date is None else age_on(p.birth_date, until))

    return [
        _Counted("aldersgrupp", band, AGE_BANDS),
        _Counted("remittent", lambda p: p.referrer, [code.value for code in Referrer]),
        _Counted("utbildning", lambda p: p.education, [code.value for code in Education]),
        _Counted("forsorjning_in", lambda p: p.livelihood, [code.value for code in Livelihood]),
        _Counted("tid_offentlig", lambda p: months_band(p.support_months), MONTHS_BANDS),
    ]


def _by_exit() -> list[_Counted]:
    livelihoods = [code.value for code in Livelihood]
    reasons = [*(code.value for code in DischargeReason), "okand"]
    destinations = [*(code.value for code in Destination), "okand"]
    return [
        _Counted("forsorjning_ut", lambda p: p.livelihood_out or "okand", livelihoods, exits=True),
        _Counted("avslutsorsak", lambda p: p.discharge_reason or "okand", reasons, exits=True),
        _Counted("avslutad_till", lambda p: p.destination or "okand", destinations, exits=True),
    ]


def _section(section: _Counted, tally: Counter[tuple[str, str]]) -> Section:
    rows = [
        Count(code=code, by_sex={sex.value: tally[code, sex.value] for sex in Sex})
        for code in (*section.codes, WITHOUT_DETAILS)
    ]
    return Section(id=section.id, rows=tuple(rows))


def _sum_check(section: Section, expected: Counter[str]) -> Check:
    found = sum(row.total for row in section.rows)
    params: dict[str, int | str] = {"section": section.id, "sum": found, "expected": expected.total()}
    return Check(id=f"summa_{section.id}", ok=found == expected.total(), params=params)


def _sex_check(sections: Sequence[Section], expected: Sequence[Counter[str]]) -> Check:
    holds = all(_by_sex(section) == by_sex for section, by_sex in zip(sections, expected, strict=True))
    return Check(id="kon_summerar", ok=holds, params={"sections": len(sections)})


def _by_sex(section: Section) -> Counter[str]:
    return sum((Counter(row.by_sex) for row in section.rows), Counter())
