"""Swedish words for stored codes and one sentence for every error; no other file decides what a code is called."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Literal, TypeVar, cast

from misam_desktop import assets
from misam_desktop.domain.asked import AT_EXIT
from misam_desktop.domain.clocks import holiday_name, is_working_day
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.goal import Goal
from misam_desktop.domain.period import Period, PeriodKind
from misam_desktop.domain.report import Check, Figure, Middle, Row, Share
from misam_desktop.domain.text import fold

E = TypeVar("E", bound=StrEnum)

_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_PURPOSES = ("review_ground", "review_verdict", "gap_reason", "show_reason")
"""The lists whose codes stand as the purpose of an entry in the log."""
_WITHOUT_DOTS = str.maketrans("åäö", "aao")  # lists are kept with and without å ä ö
_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def list_name(kind: type[StrEnum]) -> str:
    """The name of an enum's list in ``codelists.toml``: ``DischargeReason`` → ``discharge_reason``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def codelist(name: str) -> dict[str, dict[str, Any]]:
    """One code list with its labels, in the order of the published report."""
    return cast(dict[str, dict[str, Any]], assets.toml(assets.database("reference", "codelists.toml"))[name])


def label(code: StrEnum) -> str:
    """What a code is called on the screen."""
    return label_of(list_name(type(code)), code.value)


def label_in(code: StrEnum, purpose: StrEnum) -> str:
    """The same where a purpose has a word of its own for it: «forumet» is a team in NAFS."""
    entry = codelist(list_name(type(code)))[code.value]
    return str(entry.get(purpose.value, entry["label"]))


def label_of(list_name: str, code: str) -> str:
    """The same for a code of a list that no rule depends on, for example an age band."""
    return str(codelist(list_name)[code]["label"])


def short(code: StrEnum) -> str:
    """The shorter word for tables and chips, or the label where there is none."""
    entry = codelist(list_name(type(code)))[code.value]
    return str(entry.get("short", entry["label"]))


def explanation(code: StrEnum) -> str:
    """The definition that stands beside a flag, or nothing."""
    return str(codelist(list_name(type(code)))[code.value].get("help", ""))


def code_from(kind: type[E], text: str) -> E | None:
    """The code that a person means in a list: the code itself, a label, a short form, in any case of letters."""
    code = _ways_to_write(list_name(kind)).get(_plain(text))
    return kind(code) if code is not None else None


@cache
def _ways_to_write(list_name: str) -> dict[str, str]:
    ways: dict[str, str] = {}
    for code, entry in codelist(list_name).items():
        for name in (code, entry["label"], entry.get("short", code), *entry.get("also", [])):
            ways.setdefault(_plain(name), code)
    return ways


def _plain(text: str) -> str:
    return fold(text.replace("_", " ")).translate(_WITHOUT_DOTS)


def event_words(event: str, language: str = "sv") -> str:
    """What an entry of the log is called, on the screen or on a paper in another language: «Öppnade ärendet»."""
    return str(assets.toml(assets.resource("i18n", language, "events.toml")).get(event, event))


def purpose_words(purpose: str) -> str:
    """What an entry's purpose is called: the labels of its codes; an id has no word."""
    lists = [codelist(name) for name in _PURPOSES]
    told = [str(codes[part]["label"]) for part in purpose.split(":") for codes in lists if part in codes]
    return ", ".join(told)


def entry_words(event: str, purpose: str) -> str:
    """What was done and why: «Granskade en händelse · Stickprov, Utan anmärkning»."""
    return " · ".join(filter(None, [event_words(event), purpose_words(purpose)]))


def local_time(at: str) -> str:
    """«2026-11-26 09.12»: an instant of the log where the machine stands."""
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H.%M}"


def local_time_short(at: str, *, today: date) -> str:
    """«26 nov 09.12»: the same where there is little room, with the year when it is another than today's."""
    local = datetime.fromisoformat(at).astimezone()
    return f"{day_short(local.date(), today=today)} {local:%H.%M}"


def gap_told(kind: StrEnum, seq: int, at: int, *, then: Literal["tell", "explain", "terminal"] = "tell") -> str:
    """What is said of a log that does not reach as far as it once did (``keys.heads.Gap``), and what to do then."""
    told = assets.toml(assets.resource("i18n", "sv", "gaps.toml"))
    do = told.get(f"then_{kind.value}", told["then"])[then]
    return f"{str(told[kind.value]).format(seq=seq, at=at)} {do}"


def sentence(error: MisamError) -> str:
    """What happened and what to do, in one or two plain Swedish sentences."""
    sentences = assets.toml(assets.resource("i18n", "sv", "errors.toml"))
    return str(sentences[error.code]).format(**{name: _shown(value) for name, value in error.params.items()})


def _shown(value: str | int | date) -> str:
    return iso(value) if isinstance(value, date) else str(value)


def section_title(section_id: str) -> str:
    """What a section of a report is called."""
    return str(_reports()["section"][section_id]["title"])


def stays_inside(section_id: str) -> bool:
    """Whether a section tells of single persons, and so stands on the screen alone."""
    return bool(_reports()["section"][section_id].get("inside", False))


def row_label(section_id: str, code: str) -> str:
    """What a row of a section is called: by the section's code list, or by a word of the reports' own."""
    list_name = _reports()["section"][section_id].get("list")
    if list_name is not None and code in codelist(list_name):
        return label_of(list_name, code)
    words = _reports()["row"]
    return str(words.get(f"{section_id}_{code}") or words[code])


def row_words(section_id: str, row: Row) -> str:
    """The same for a row that may have a name of its own."""
    return row.label or row_label(section_id, row.code)


def column_label(section_id: str, code: str) -> str:
    """What a column of a section is called: by the section's code list, or by a word of the reports' own."""
    list_name = _reports()["section"][section_id].get("columns", "sex")
    entry = codelist(list_name).get(code)
    return str(_reports()["column"][code] if entry is None else entry.get("short", entry["label"]))


def column_heading(section_id: str, code: str) -> str:
    """The same as it stands over the column: «Lön/Arbete»."""
    words = column_label(section_id, code)
    return words[:1].upper() + words[1:]


def share_words(section_id: str) -> str:
    """What the percentages of a section count, and of how many: «hållna möten med …, av hållna möten»."""
    told = _reports()["share"][section_id]
    return f"{told['part']}, av {told['of']}"


def figure_words(figure: Figure) -> str:
    """«12», «72 % (26 av 36)», «10,5»; nothing to tell is «–»."""
    if isinstance(figure, Share):
        percent = figure.percent
        return "–" if percent is None else f"{percent:.0f} % ({figure.numerator} av {figure.denominator})"
    if isinstance(figure, Middle):
        return "–" if figure.value is None else f"{figure.value:.1f}".replace(".", ",")
    return str(figure) if figure else "–"


def check_sentence(check: Check) -> str:
    """Whether a figure can be trusted, in words."""
    sentences = _reports()["check"][check.id.partition("_")[0]]
    params = dict(check.params)
    if "section" in params:
        params["section"] = section_title(str(params["section"]))
    return str(sentences["ok" if check.ok else "wrong"]).format(**params)


def _reports() -> dict[str, Any]:
    return assets.toml(assets.resource("i18n", "sv", "reports.toml"))


def iso(day: date) -> str:
    """ÅÅÅÅ-MM-DD, as in lists and files."""
    return f"{day:%Y-%m-%d}"


def day_short(day: date, *, today: date) -> str:
    """«26 nov», with the year when it is another than today's: «26 nov 2025»."""
    text = f"{day.day} {_MONTHS[day.month - 1][:3]}"
    return text if day.year == today.year else f"{text} {day.year}"


def day_of_week(day: date, *, today: date) -> str:
    """«tor 26 nov», as in a list of what to do by when."""
    return f"{_WEEKDAYS[day.weekday()][:3]} {day_short(day, today=today)}"


def day_long(day: date) -> str:
    """«torsdag 26 november 2026»."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def weekday(number: int) -> str:
    """«tisdag» for 1: the days are counted from Monday, which is 0."""
    return _WEEKDAYS[number]


def day_off(day: date) -> str:
    """Why nobody works on a day: «Juldagen», «lördag»; nothing for a working day."""
    if is_working_day(day):
        return ""
    return holiday_name(day) or _WEEKDAYS[day.weekday()]


def month(day: date) -> str:
    """«november»."""
    return _MONTHS[day.month - 1]


def month_name(number: int) -> str:
    """«oktober» for 10."""
    return _MONTHS[number - 1]


def goal_words(goal: Goal) -> str:
    """«Till arbete eller studier – i arbete eller studier, av avslutade, minst 35 %»."""
    return f"{goal.name} – {label(goal.reached).lower()}, av {label(goal.of).lower()}, minst {goal.target} %"


def month_and_year(day: date) -> str:
    """«november 2026»."""
    return f"{month(day)} {day.year}"


def moment(at: datetime) -> str:
    """A UTC instant in local time: «2026-11-26 13.05»."""
    return f"{at.astimezone():%Y-%m-%d %H.%M}"


def occasion_words(code: str) -> str:
    """When a questionnaire is offered (``domain.asked``): «3 månader», «vid avslut», «oktober 2026»."""
    if code == AT_EXIT:
        return "vid avslut"
    year, _, number = code.partition("-")
    return f"{month_name(int(number))} {year}" if number else how_many(int(code), "månad", "månader")


def how_many(count: int, one: str, many: str) -> str:
    """«1 remiss», «8 remisser»."""
    return f"{count} {one if count == 1 else many}"


def period_words(kind: PeriodKind | None, period: Period, *, today: date) -> str:
    """«2026», «januari–juni 2026», «mars 2026»; of own days the first and the last."""
    first, last = period
    if kind is None:
        days = dict.fromkeys([day_short(first, today=today), day_short(last, today=today)])
        return "–".join(days)
    if kind is PeriodKind.AR:
        return str(first.year)
    months = dict.fromkeys([month(first), month(last)])
    return f"{'–'.join(months)} {first.year}"
