"""``agenda``: the dagordning of a meeting as a PDF, given out and logged as from the screen."""

from __future__ import annotations

from argparse import Namespace

from misam_desktop.cli.opening import opened
from misam_desktop.cli.outputs import must_be_free
from misam_desktop.cli.units import unit_called
from misam_desktop.cli.world import World
from misam_desktop.commands.meeting_papers import give_agenda
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.domain.codes import Act
from misam_desktop.domain.ids import MeetingId
from misam_desktop.queries.desk import desk
from misam_desktop.transfer.files import write_file
from misam_desktop.wording import how_many


def give_out(arguments: Namespace, world: World) -> None:
    """Write the agenda that all get, or what stands beside it for one unit, and tell what is not on it."""
    must_be_free(arguments.out, arguments, replace=arguments.force)
    with opened(arguments, world, in_person=True) as vault:
        unit = None if arguments.unit is None else unit_called(vault.ask(desk()).open_units, arguments.unit)
        request = give_agenda(MeetingId(arguments.meeting), for_unit=unit.id if unit else None, act=Act.UTSKRIFT)
        given = vault.do(request).value
    write_file(arguments.out, to_pdf(given.paper), replace=arguments.force)
    world.tell(f"Dagordningen sparades i {arguments.out}. Filen är inte krypterad, men ingen person nämns i den.")
    if given.left_out:
        world.tell(f"{how_many(given.left_out, 'ärende', 'ärenden')} ingår inte: du är jävig.")
