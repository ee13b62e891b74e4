"""``meetings`` and ``log``: what stands in the store without naming anybody a case is about."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence

from misam_desktop.cli.opening import opened
from misam_desktop.cli.world import World
from misam_desktop.domain.ids import PersonId
from misam_desktop.queries.log import ExtractRow, LogRow, log_entries, person_extract
from misam_desktop.queries.log_page import LogLine, Wanted, log_page
from misam_desktop.queries.meetings import MeetingRow, meetings
from misam_desktop.queries.shown import PROTECTED
from misam_desktop.vault import Vault
from misam_desktop.wording import entry_words, event_words, iso, label, local_time

_LOG_FIELDS = ("nr", "när", "vem", "enhet", "slag", "ärende", "vad")
_EXTRACT_FIELDS = ("när", "vem", "enhet", "vad")
_MEETING_FIELDS = ("id", "kind", "team", "date", "state", "cases", "codes")


def list_meetings(arguments: Namespace, world: World) -> None:
    """The meetings, newest first."""
    with opened(arguments, world) as vault:
        found = vault.ask(meetings())
    _show(_MEETING_FIELDS, [_meeting(row) for row in found], arguments, world)


def _meeting(row: MeetingRow) -> tuple[object, ...]:
    return row.id, row.kind.value, row.team, iso(row.on), row.state.value, row.cases, row.codes


def list_log(arguments: Namespace, world: World) -> None:
    """The log, oldest first: for people as on the screen, but a case by its id; for scripts as ids.

    Of one person with who and from which unit, the password given in person.
    """
    if arguments.person is not None:
        with opened(arguments, world, in_person=True) as vault:
            extract = vault.ask(person_extract(PersonId(arguments.person)))
        if arguments.json:
            _show(ExtractRow._fields, extract, arguments, world)
        else:
            _show(_EXTRACT_FIELDS, map(_extracted, extract), arguments, world)
    elif arguments.json:
        with opened(arguments, world) as vault:
            entries = vault.ask(log_entries())
        _show(LogRow._fields, entries, arguments, world)
    else:
        with opened(arguments, world) as vault:
            lines = list(_pages(vault))
        _show(_LOG_FIELDS, map(_line, reversed(lines)), arguments, world)


def _pages(vault: Vault) -> Iterator[LogLine]:
    """Every line, the newest first."""
    before: int | None = None
    while True:
        page = vault.ask(log_page(Wanted(before=before)))
        yield from page.lines
        if page.older is None:
            return
        before = page.older


def _line(line: LogLine) -> tuple[object, ...]:
    case = line.episode_id or line.referral_id or line.nafs_case_id or (PROTECTED if line.case == PROTECTED else "")
    what = entry_words(line.action, line.purpose)
    return line.seq, local_time(line.at), line.user, line.unit, label(line.kind), case, what


def _extracted(row: ExtractRow) -> tuple[object, ...]:
    words = event_words(row.action)
    return local_time(row.at), row.user, row.unit, words if row.allowed else f"{words} (nekades)"


def _show(names: Sequence[str], rows: Iterable[Sequence[object]], arguments: Namespace, world: World) -> None:
    """Rows as a list of JSON objects, or as lines with tabs under the same names."""
    if arguments.json:
        world.say(json.dumps([dict(zip(names, row, strict=True)) for row in rows], ensure_ascii=False, indent=1))
        return
    world.say("\t".join(names))
    for row in rows:
        world.say("\t".join(_cell(value) for value in row))


def _cell(value: object) -> str:
    return {True: "ja", False: "nej"}[value] if isinstance(value, bool) else str(value)
