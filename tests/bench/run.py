"""Times the program's own path through the door beside hand-written SQL on the same file, and prints the tables."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import isclose
from pathlib import Path
from statistics import median

import PySide6
from PySide6.QtWidgets import QApplication
from sqlalchemy import Connection, text

from misam_desktop.commands.goals import set_goals
from misam_desktop.domain.codes import Role
from misam_desktop.domain.goal import Goal, Reached, Whom
from misam_desktop.domain.ids import EpisodeId
from misam_desktop.domain.report import Figure, Middle, Report, ReportKind, Share
from misam_desktop.queries.cases import one_case, open_cases
from misam_desktop.queries.counts import badges
from misam_desktop.queries.follow_ups import open_follow_ups
from misam_desktop.queries.reports import counted_report
from misam_desktop.queries.search import search
from misam_desktop.queries.today import today
from misam_desktop.store import log, rows, tables
from misam_desktop.store.engine import reading
from misam_desktop.vault import Clock, Question, Vault
from misam_desktop.wording import label
from tests.bench import by_hand, keystrokes, outgoing, papers, report_papers, world
from tests.bench.by_hand import Hand
from tests.bench.by_hand_reports import ASKED_OF, STATEMENTS, Figures, counted_by_hand
from tests.bench.consented import MOST, Asked, Cost, measured
from tests.bench.starting import Starts
from tests.bench.timing import Pair, Timed, interleaved, p95
from tests.bench.world_facts import MISAM, NAFS, TODAY, Led

YEAR = 2025
_NOTE = list(tables.follow_up.c).index(tables.follow_up.c.note)
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)
_GROWS = 12
"""How many times as long a report may take of ten times as many episodes."""
_KEYS = 60
"""How many keys are pressed at least: of fewer, what nineteen of twenty stay under says little."""
_LEADS = {MISAM: "Koordinator", NAFS: "NAFS-koordinator"}
_Typing = tuple[str, Vault, Question[Report] | None]
GOALS = (
    Goal(code="mal_1", name="Arbete", reached=Reached.ARBETE, of=Whom.AVSLUTADE, target=35),
    Goal(code="mal_2", name="Studier", reached=Reached.ARBETE_STUDIER, of=Whom.REMITTERADE, target=40),
    Goal(code="mal_3", name="Egen", reached=Reached.EGEN_FORSORJNING, of=Whom.DELTAGARE, target=50),
)
"""Those that ``by_hand_reports`` counts too."""


@dataclass(slots=True)
class Ticking:
    """A clock on which eleven minutes pass between two reads, so that each is logged anew."""

    at: datetime

    def now(self) -> datetime:
        """Eleven minutes after the last time it was asked."""
        self.at += timedelta(minutes=11)
        return self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """The large store as three users see it, through the door and by hand, and what is looked for in it."""

    karin: Vault
    jonas: Vault
    nora: Vault
    clock: Clock
    karins_hand: Hand
    jonas_hand: Hand
    noras_hand: Hand
    numbers: list[str]
    names: list[str]
    episode_ids: list[EpisodeId]

    def leading(self, led: Led) -> tuple[Vault, Hand]:
        """Who asks for the reports of an activity."""
        return (self.karin, self.karins_hand) if led is MISAM else (self.nora, self.noras_hand)


def set_up(folder: Path, size: world.Size, *, rounds: int) -> Bench:
    """Open the store, and choose what to look for: nothing twice."""
    opened = world.unlocked(folder, size, MISAM.login)
    clock = Clock(now=Ticking(world.CLOCK.now()).now, today=world.CLOCK.today)
    others = (world.unlocked(folder, size, login).actor for login in ("jonas", NAFS.login))
    karin, jonas, nora = (Vault(opened._engine, actor, clock) for actor in (opened.actor, *others))
    raw = opened._engine.raw_connection().driver_connection
    wanted = 2 * (rounds + 1)
    with reading(opened._engine) as conn:
        return Bench(
            karin=karin,
            jonas=jonas,
            nora=nora,
            clock=clock,
            karins_hand=Hand(raw, karin.actor, Role.KOORDINATOR, clock.now, TODAY),
            jonas_hand=Hand(raw, jonas.actor, Role.HANDLAGGARE, clock.now, TODAY),
            noras_hand=Hand(raw, nora.actor, Role.NAFS_KOORDINATOR, clock.now, TODAY),
            numbers=_some(conn, "number FROM person WHERE NOT protected", wanted),
            names=_some(conn, "DISTINCT family_name FROM person", wanted),
            episode_ids=[
                EpisodeId(one)
                for one in _some(
                    conn, "e.id FROM episode e JOIN person p ON p.id = e.person_id WHERE NOT p.protected", wanted
                )
            ],
        )


def _some(conn: Connection, what: str, how_many: int) -> list[str]:
    """Some of the values, from all over the store."""
    found = list(conn.execute(text(f"SELECT {what}")).scalars())
    return found[:: len(found) // how_many][:how_many]


def pairs(bench: Bench) -> Iterator[Pair]:
    """The questions of the aim, each with its equal by hand."""
    karin, jonas, hand = bench.karin, bench.jonas, bench.karins_hand
    account = counted_report(ReportKind.ARSREDOVISNING, MISAM.name, first=FIRST, last=LAST)
    yield Pair(
        "Search by number",
        lambda number: karin.ask(search(bench.numbers[number])),
        lambda number: by_hand.search_by_number(hand, bench.numbers[number]),
        2,
    )
    yield Pair(
        "Search by the beginning of a name",
        lambda number: karin.ask(search(bench.names[number][:4])),
        lambda number: by_hand.search_by_name(hand, bench.names[number][:4]),
        2,
    )
    yield Pair(
        "Worklist of one handläggare",
        lambda _: jonas.ask(open_follow_ups(mine=True)),
        lambda _: by_hand.worklist(bench.jonas_hand),
        2,
    )
    yield Pair(
        "Opening one case",
        lambda number: karin.ask(one_case(bench.episode_ids[number])),
        lambda number: by_hand.open_case(hand, bench.episode_ids[number]),
        2,
    )
    yield Pair(
        f"Yearly account, {YEAR}",
        lambda _: karin.ask(account),
        lambda _: by_hand.yearly_account(hand, MISAM.id, YEAR),
        3,
    )
    yield from (_reported(bench, kind) for kind in STATEMENTS)


def _reported(bench: Bench, kind: ReportKind) -> Pair:
    vault, hand = bench.leading(ASKED_OF[kind])
    return Pair(
        f"{label(kind)}, {YEAR}",
        lambda _: vault.ask(_report(kind)),
        lambda _: counted_by_hand(hand, kind, YEAR),
        3,
    )


def _report(kind: ReportKind) -> Question[Report]:
    return counted_report(kind, ASKED_OF[kind].name, first=FIRST, last=LAST)


def growth(bench: Bench, small: Bench) -> Iterator[Pair]:
    """Each report of the large store beside the same of one a tenth of its size."""
    for kind in ReportKind:
        yield _grown(bench, small, kind)


def _grown(bench: Bench, small: Bench, kind: ReportKind) -> Pair:
    (large_vault, _), (small_vault, _) = (one.leading(ASKED_OF[kind]) for one in (bench, small))
    return Pair(label(kind), lambda _: large_vault.ask(_report(kind)), lambda _: small_vault.ask(_report(kind)), _GROWS)


def same_answers(bench: Bench) -> None:
    """Both ways must answer the same, or their times say nothing."""
    karin, hand, name = bench.karin, bench.karins_hand, bench.names[0][:4]
    for asked, found in (
        (search(bench.numbers[0]), by_hand.search_by_number(hand, bench.numbers[0])),
        (search(name), by_hand.search_by_name(hand, name)),
    ):
        assert [hit[:5] for hit in karin.ask(asked)] == [row[:5] for row in found], "search"
    listed = bench.jonas.ask(open_follow_ups(mine=True))
    assert [row.id for row in listed] == [row[0] for row in by_hand.worklist(bench.jonas_hand)], "worklist"
    page, found_page = karin.ask(one_case(bench.episode_ids[0])), by_hand.open_case(hand, bench.episode_ids[0])
    beside = ("asked", "talks", "deviations", "others")
    for part in ("consents", "disclosures", "follow_ups", "commitments", "assignments", "assessments", *beside):
        assert [one.id for one in getattr(page, part)] == [row[0] for row in found_page[part]], part
    assert [one.note or None for one in page.follow_ups] == [row[_NOTE] or None for row in found_page["follow_ups"]]
    account = karin.ask(counted_report(ReportKind.ARSREDOVISNING, MISAM.name, first=FIRST, last=LAST))
    counted = {
        (section.id, row.code, sex): count
        for section in account.sections
        for row in section.rows
        for sex, count in row.figures.items()
        if count and sex != "total"
    }
    assert counted == by_hand.yearly_account(hand, MISAM.id, YEAR), "account"
    for kind in STATEMENTS:
        vault, hand = bench.leading(ASKED_OF[kind])
        by_sql = counted_by_hand(hand, kind, YEAR)
        told = _figures(vault.ask(_report(kind)))
        apart = {place: (number, told.get(place, 0)) for place, number in by_sql.items()}
        apart = {place: both for place, both in apart.items() if not isclose(*both)}
        assert not apart, (kind, apart)


def _figures(report: Report) -> Figures:
    """Every number by section, row and column; a share as how many, and of how many («av»)."""
    return {
        (section.id, row.code, place): number
        for section in report.sections
        for row in section.rows
        for column, figure in row.figures.items()
        for place, number in _numbers(column, figure)
        if number
    }


def _numbers(column: str, figure: Figure) -> Iterator[tuple[str, float | None]]:
    if isinstance(figure, Share):
        yield from ((column, figure.numerator), (f"{column} av", figure.denominator))
    else:
        yield column, figure.value if isinstance(figure, Middle) else figure


def with_goals(karin: Vault) -> None:
    """The goals that are counted by hand, once: the store is kept between runs."""
    with reading(karin._engine) as conn:
        activity = rows.activities.get(conn, MISAM.id)
    if activity.settings.goals != GOALS:
        karin.do(set_goals(activity.id, GOALS, seen=activity.version))


def lists(bench: Bench) -> list[Asked]:
    """What the screens ask for at large, which nothing by hand is set beside."""
    return [
        Asked("Idag, koordinator", bench.karin, lambda _: today()),
        Asked("Idag, handläggare", bench.jonas, lambda _: today()),
        Asked("Counts of the navigation, koordinator", bench.karin, lambda _: badges()),
        Asked("Counts of the navigation, handläggare", bench.jonas, lambda _: badges()),
        Asked("All open cases, koordinator", bench.karin, lambda _: open_cases()),
        Asked("Open cases within reach, handläggare", bench.jonas, lambda _: open_cases()),
    ]


def by_consent(bench: Bench, *, rounds: int) -> Iterator[Cost]:
    """What consent costs each list: the quick ones as often as the pairs are asked, the large ones six times."""
    quick = [
        Asked("Search by number", bench.karin, lambda number: search(bench.numbers[number])),
        Asked("Search by a name, koordinator", bench.karin, lambda number: search(bench.names[number][:4])),
        Asked("Search by a name, handläggare", bench.jonas, lambda number: search(bench.names[number][:4])),
        Asked("Worklist of one handläggare", bench.jonas, lambda _: open_follow_ups(mine=True)),
    ]
    for some, times in ((quick, rounds), (lists(bench), 6)):
        yield from (measured(asked, rounds=times) for asked in some)


def keys(bench: Bench, *, presses: int) -> Iterator[tuple[str, float, float]]:
    """The wait after a key, alone and while each report is made: name, median and p95 in milliseconds."""
    alone: list[_Typing] = [("Koordinator", bench.karin, None), ("Handläggare", bench.jonas, None)]
    beside: list[_Typing] = [
        (f"{_LEADS[led]}, while {label(kind)} is made", bench.leading(led)[0], _report(kind))
        for kind, led in ASKED_OF.items()
    ]
    for name, vault, report in (*alone, *beside):
        waits = keystrokes.waits(vault, bench.clock, bench.names, keys=presses, report=report)
        yield name, median(waits), p95(waits)


def machine(bench: Bench) -> str:
    """What it was measured on."""
    raw = bench.karins_hand.raw
    sqlite = raw.execute("SELECT sqlite_version()").fetchone()[0]
    cipher = raw.execute("PRAGMA cipher_version").fetchone()[0]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30 if hasattr(os, "sysconf") else 0
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, SQLCipher {cipher.split()[0]} (SQLite {sqlite}), "
        f"PySide6 {PySide6.__version__}"
    )


def run(folder: Path, size: world.Size, *, rounds: int) -> None:
    """Measure, and print what the README shows."""
    application = QApplication.instance() or QApplication([])
    bench = set_up(folder, size, rounds=rounds)
    with_goals(bench.karin)
    same_answers(bench)
    papers.same_pages()
    report_papers.same_pages()
    store = next(folder.glob("stor-*.misam"))
    _table(
        ("", "program", "by hand", "ratio", "aim"),
        [_line(interleaved(pair, rounds)) for pair in pairs(bench)],
    )
    tenth = world.Size(persons=size.persons // 10, episodes=size.episodes // 10)
    small = set_up(folder / "liten", tenth, rounds=rounds)
    with_goals(small.karin)
    _table(
        (f"{size.episodes:,} episodes beside {tenth.episodes:,}", "large", "small", "ratio", "aim"),
        [_line(interleaved(pair, rounds)) for pair in growth(bench, small)],
    )
    small.karin.close()
    _table(
        ("The wait after a key", "median", "p95", "aim"),
        [
            (name, f"{mid:.1f} ms", f"{high:.1f} ms", "p95 < 50 ms")
            for name, mid, high in keys(bench, presses=max(_KEYS, 3 * rounds))
        ],
    )
    _table(
        ("With consent", "with", "without", "ratio", "aim", "rows with", "rows without"),
        [_cost(one) for one in by_consent(bench, rounds=rounds)],
    )
    with reading(bench.karin._engine) as conn:
        assert log.first_break(conn) is None, "the log's chain"
    sys.stdout.write(
        f"\n{size.persons:,} persons, {size.episodes:,} episodes; medians of {rounds}. {machine(bench)}.\n"
    )
    bench.karin.close()
    _table(
        ("", "program", "ReportLab alone", "ratio", "aim"),
        [_line(interleaved(pair, rounds)) for pair in (*papers.pairs(), *report_papers.pairs())],
    )
    _table(("", "median of 5", "aim"), list(all_papers(folder)))
    application.processEvents()
    starts = Starts(folder, store)
    _table(
        ("", "program", "bare window", "ratio", "aim"),
        [_line(interleaved(Pair("Start to unlock window", starts.program, starts.bare, 1.5), rounds))],
    )


def all_papers(folder: Path) -> Iterator[tuple[str, str, str]]:
    """The papers of a forum of twelve, five times: name, median in milliseconds, aim."""
    found = [outgoing.measured(folder) for _ in range(5)]
    took, blocked = median(one.took_ms for one in found), median(one.blocked_p99_ms for one in found)
    name = f"{found[0].papers} papers of a forum of {outgoing.CASES}"
    yield name, f"{took:.0f} ms", f"≤ {outgoing.MOST_MS} ms"
    yield "The window stands still meanwhile, p99", f"{blocked:.1f} ms", f"≤ {outgoing.MOST_BLOCK_MS} ms"


def _line(found: Timed) -> tuple[str, ...]:
    aim = f"≤ {found.most:g} ×" if found.holds else f"≤ {found.most:g} × – not met"
    return found.name, f"{found.program_ms:.1f} ms", f"{found.by_hand_ms:.1f} ms", f"{found.ratio:.2f}", aim


def _cost(found: Cost) -> tuple[str, ...]:
    aim = f"≤ {MOST:g} ×" if found.holds else f"≤ {MOST:g} × – not met"
    ratio = f"{found.ratio:.2f}" + ("" if found.rows == found.rows_without else " a row")
    rows = (f"{found.rows:,}", f"{found.rows_without:,}")
    return found.name, f"{found.ms:.1f} ms", f"{found.ms_without:.1f} ms", ratio, aim, *rows


def _table(head: tuple[str, ...], lines: list[tuple[str, ...]]) -> None:
    rule = ("---", *("---:" for _ in head[1:]))
    sys.stdout.write("\n" + "".join(f"| {' | '.join(line)} |\n" for line in (head, rule, *lines)))
    sys.stdout.flush()
