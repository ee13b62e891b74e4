"""``import`` and ``export``: the team's list in and out."""

from __future__ import annotations

import json
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from misam_desktop.cli.opening import opened
from misam_desktop.cli.outputs import must_be_free
from misam_desktop.cli.units import recipient_called
from misam_desktop.cli.world import World
from misam_desktop.commands.register import export_register, import_register
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.register import Planned, Verdict
from misam_desktop.queries.desk import desk
from misam_desktop.queries.register import ImportPlan, register_plan
from misam_desktop.transfer.files import FileTaken, read_file, write_file
from misam_desktop.transfer.registers import read_register, register_file, to_mend
from misam_desktop.wording import how_many, label, sentence


class MendWaits(UserError):
    """Another file lies where the rows to mend would go."""

    code = "mend_waits"


def take_in(arguments: Namespace, world: World) -> None:
    """Show the plan of a list and, unless it is a dry run, carry it out in one transaction."""
    register = read_register(arguments.register, today=world.today())
    mend_at = _place_to_mend(arguments)
    with opened(arguments, world) as vault:
        plan = vault.ask(register_plan(register.reads))
        try:
            _show(plan, register.left_out, arguments, world)
        except BrokenPipeError:  # whoever reads the plan has seen enough; what was asked for is done all the same
            world.drop_output()
        if mend_at is not None and (content := to_mend(register, plan.rows, sentence)) is not None:
            _leave_to_mend(mend_at, content)
            world.tell(f"Raderna att rätta sparades i {mend_at}. Filen är inte krypterad.")
        if arguments.dry_run:
            world.tell("Inget är ändrat: det här var planen.")
            return
        request = import_register(register.reads, good_rows=arguments.good_rows, seen=plan.rows)
        done = vault.do(request).value
    world.tell(f"Klart: {_counted(done.verdicts)}.")


def _place_to_mend(arguments: Namespace) -> Path | None:
    """Where the user wants the rows to mend; without a word of it nothing personal is written to disk."""
    place: Path | None = arguments.mend
    if place is None and arguments.good_rows and not arguments.dry_run:
        place = arguments.register.with_name(f"{arguments.register.stem}-att-rätta.csv")
    return place


def _leave_to_mend(place: Path, content: bytes) -> None:
    """Write the rows to mend; the same ones from an earlier import may lie there. Raises MendWaits, FileNotWritten."""
    try:
        write_file(place, content)
    except FileTaken:
        if not (place.is_file() and read_file(place) == content):
            raise MendWaits(name=place.name) from None


def _show(plan: ImportPlan, left_out: Sequence[str], arguments: Namespace, world: World) -> None:
    if arguments.json:
        world.say(json.dumps([_as_data(row) for row in plan.rows], ensure_ascii=False, indent=1))
        _show_beside(plan, left_out, world.tell)
        return
    for row in plan.rows:
        if row.remarks:
            world.say(f"Rad {row.at}: {row.verdict}. {' '.join(map(sentence, row.remarks))}")
    world.say(f"Planen: {_counted(Counter(row.verdict for row in plan.rows))}.")
    _show_beside(plan, left_out, world.say)


def _as_data(row: Planned) -> dict[str, object]:
    return {"row": row.at, "verdict": row.verdict.value, "messages": [sentence(remark) for remark in row.remarks]}


def _counted(verdicts: Mapping[Verdict, int]) -> str:
    return ", ".join(f"{verdicts[verdict]} {verdict}" for verdict in Verdict if verdicts.get(verdict))


def _show_beside(plan: ImportPlan, left_out: Sequence[str], out: Callable[[str], None]) -> None:
    if left_out:
        out(f"Kolumner som lämnas utanför: {', '.join(left_out)}.")
    if plan.new_activities:
        out(f"Nya insatser, stängda för nya remisser: {', '.join(plan.new_activities)}.")
    if plan.new_contacts:
        out(f"Nya kontaktpersoner utan konto: {'; '.join(plan.new_contacts)}.")
    if plan.units:
        out(f"Myndighet utan enhet läses som: {', '.join(f'{label(agency)} = {unit}' for agency, unit in plan.units)}.")


def give_out(arguments: Namespace, world: World) -> None:
    """The register in a file of the user's choice, logged first; protected persons are only counted.

    For another unit than the own it holds what each consent lets go there. Raises UnitUnknown.
    """
    must_be_free(arguments.out, arguments, replace=arguments.force)
    with opened(arguments, world, in_person=True) as vault:
        to = recipient_called(vault.ask(desk()).open_units, arguments.recipient)
        exported = vault.do(export_register(to=to, purpose=arguments.purpose)).value
    content = register_file(exported.rows, exported.kinds, suffix=arguments.out.suffix)
    write_file(arguments.out, content, replace=arguments.force)
    world.tell(f"{how_many(len(exported.rows), 'rad', 'rader')} sparades i {arguments.out}. Filen är inte krypterad.")
    if exported.protected:
        persons = how_many(exported.protected, "person", "personer")
        world.tell(f"{persons} med skyddade personuppgifter ingår inte.")
    if exported.outside:
        kept = how_many(exported.outside, "rad", "rader")
        world.tell(f"{kept} ingår inte: samtycket nämner inte {arguments.recipient}, eller gäller inte.")
    if exported.unenrolled:
        referrals = how_many(exported.unenrolled, "remiss", "remisser")
        world.tell(f"{referrals} som väntar på inskrivning står utan beslut: i listan är den som är antagen inskriven.")
