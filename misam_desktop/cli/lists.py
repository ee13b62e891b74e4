"""``meetings`` and ``log``: what stands in the store without naming anybody a case is about."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterable, Sequence

from misam_desktop.cli.opening import opened
from misam_desktop.cli.world import World
from misam_desktop.domain.ids import PersonId
from misam_desktop.queries.log import ExtractRow, LogRow, log_entries, person_extract
from misam_desktop.queries.meetings import MeetingRow, meetings
from misam_desktop.wording import iso

_MEETING_FIELDS = ("id", "kind", "team", "date", "state", "cases", "codes")


def list_meetings(arguments: Namespace, world: World) -> None:
    """The meetings, newest first."""
    with opened(arguments, world) as vault:
        found = vault.ask(meetings())
    _show(_MEETING_FIELDS, [_meeting(row) for row in found], arguments, world)


def _meeting(row: MeetingRow) -> tuple[object, ...]:
    return row.id, row.kind.value, row.team, iso(row.on), row.state.value, row.cases, row.codes


def list_log(arguments: Namespace, world: World) -> None:
    """The log's entries, oldest first; of one person with who and from which unit, the password given in person."""
    if arguments.person is None:
        with opened(arguments, world) as vault:
            entries = vault.ask(log_entries())
        _show(LogRow._fields, entries, arguments, world)
        return
    with opened(arguments, world, in_person=True) as vault:
        extract = vault.ask(person_extract(PersonId(arguments.person)))
    _show(ExtractRow._fields, extract, arguments, world)


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
