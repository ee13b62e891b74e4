"""``import`` and ``export``: the team's list in and out."""

from __future__ import annotations

import json
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from misam_desktop.cli.opening import opened
from misam_desktop.cli.world import World
from misam_desktop.commands.register import export_register, import_register
from misam_desktop.domain.register import COLUMNS, Planned, Verdict
from misam_desktop.queries.register import ImportPlan, register_plan
from misam_desktop.transfer.files import must_be_free, read_file, write_file
from misam_desktop.transfer.register_rows import mended, read_rows, written
from misam_desktop.transfer.sheets import Sheet, read_sheet, write_csv, write_xlsx
from misam_desktop.wording import how_many, label, sentence

_LEFT_OUT = frozenset({Verdict.WRONG, Verdict.DOUBTFUL})


def take_in(arguments: Namespace, world: World) -> None:
    """Show the plan of a list and, unless it is a dry run, carry it out in one transaction."""
    sheet = read_sheet(read_file(arguments.register))
    reads, unknown = read_rows(sheet, today=world.today())
    mend = _place_to_mend(arguments)
    with opened(arguments, world) as vault:
        plan = vault.ask(register_plan(reads))
        _show(plan, unknown, arguments, world)
        if mend is not None and any(row.verdict in _LEFT_OUT for row in plan.rows):
            _save_to_mend(mend, sheet, plan.rows, world)
        if arguments.dry_run:
            world.tell("Inget är ändrat: det här var planen.")
            return
        done = vault.do(import_register(reads, good_rows=arguments.good_rows)).value
    world.tell(f"Klart: {_counted(done.verdicts)}.")


def _place_to_mend(arguments: Namespace) -> Path | None:
    """Where the user wants the rows to mend; without a word of it nothing personal is written to disk."""
    beside = arguments.register.with_name(f"{arguments.register.stem}-att-rätta.csv")
    default = beside if arguments.good_rows and not arguments.dry_run else None
    place: Path | None = arguments.mend or default
    if place is not None:
        must_be_free(place)
    return place


def _show(plan: ImportPlan, unknown: Sequence[str], arguments: Namespace, world: World) -> None:
    if arguments.json:
        world.say(json.dumps([_as_data(row) for row in plan.rows], ensure_ascii=False, indent=1))
        _show_beside(plan, unknown, world.tell)
        return
    for row in plan.rows:
        if row.remarks:
            world.say(f"Rad {row.at}: {row.verdict}. {_why(row)}")
    world.say(f"Planen: {_counted(Counter(row.verdict for row in plan.rows))}.")
    _show_beside(plan, unknown, world.say)


def _as_data(row: Planned) -> dict[str, object]:
    return {"row": row.at, "verdict": row.verdict.value, "messages": [sentence(remark) for remark in row.remarks]}


def _why(row: Planned) -> str:
    return " ".join(sentence(remark) for remark in row.remarks)


def _counted(verdicts: Mapping[Verdict, int]) -> str:
    return ", ".join(f"{verdicts[verdict]} {verdict}" for verdict in Verdict if verdicts.get(verdict)) or "inga rader"


def _show_beside(plan: ImportPlan, unknown: Sequence[str], out: Callable[[str], None]) -> None:
    if unknown:
        out(f"Kolumner som lämnas utanför: {', '.join(unknown)}.")
    if plan.new_activities:
        out(f"Nya insatser, stängda för nya remisser: {', '.join(plan.new_activities)}.")
    if plan.new_contacts:
        out(f"Nya kontaktpersoner utan konto: {'; '.join(plan.new_contacts)}.")
    if plan.units:
        out(f"Myndighet utan enhet läses som: {', '.join(f'{label(agency)} = {unit}' for agency, unit in plan.units)}.")


def _save_to_mend(place: Path, sheet: Sheet, planned: Sequence[Planned], world: World) -> None:
    wrong = {row.at: list(row.remarks) for row in planned if row.verdict in _LEFT_OUT}
    write_file(place, write_csv([*sheet.header, "fel"], mended(sheet, wrong, sentence)))
    world.tell(f"{how_many(len(wrong), 'rad', 'rader')} att rätta sparades i {place}. Filen är inte krypterad.")


def give_out(arguments: Namespace, world: World) -> None:
    """The whole register in a file of the user's choice, logged first; protected persons are only counted."""
    must_be_free(arguments.out, replace=arguments.force)
    with opened(arguments, world, in_person=True) as vault:
        exported = vault.do(export_register()).value
    header, rows = list(COLUMNS), [written(row) for row in exported.rows]
    is_csv = arguments.out.suffix.lower() == ".csv"
    content = write_csv(header, rows) if is_csv else write_xlsx(header, rows, title="Register")
    write_file(arguments.out, content, replace=arguments.force)
    world.tell(f"{how_many(len(rows), 'rad', 'rader')} sparades i {arguments.out}. Filen är inte krypterad.")
    if exported.protected:
        persons = how_many(exported.protected, "person", "personer")
        world.tell(f"{persons} med skyddade personuppgifter ingår inte.")
