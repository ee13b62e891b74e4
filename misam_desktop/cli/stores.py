"""``init``, ``demo`` and ``verify``: making stores and seeing that they hold."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import asdict

from misam_desktop.cli.opening import given_password, opened
from misam_desktop.cli.world import World
from misam_desktop.commands.demo import make_demo
from misam_desktop.commands.stores import door_of, new_store, take_away, unit_named
from misam_desktop.domain.errors import UserError, WorldError
from misam_desktop.queries.log import mark_is_of_this_log
from misam_desktop.queries.verify import verify
from misam_desktop.vault import Clock
from misam_desktop.wording import label


class PasswordsDiffer(UserError):
    """The password was not typed the same twice."""

    code = "passwords_differ"


class ChecksFailed(WorldError):
    """Something in the store does not hold."""

    code = "checks_failed"


class MarkUnknown(UserError):
    """The mark is none that this log has had."""

    code = "mark_unknown"


def init(arguments: Namespace, world: World) -> None:
    """A new encrypted store; its recovery key is printed once, and kept nowhere else."""
    unit = unit_named(arguments.unit)
    recovery_key = new_store(
        arguments.store,
        team=arguments.team,
        login=arguments.user,
        password=given_password(arguments, world) or _typed_twice(world),
        unit=unit,
        clock=Clock(now=world.now, today=world.today),
        cost=world.cost,
    )
    try:
        world.tell(f"Registret är klart. Första användaren är {arguments.user}, {unit.name}.")
        world.tell("Skriv upp återställningsnyckeln och förvara den inlåst. Den visas bara nu:")
        world.say(recovery_key)
    except BaseException:
        take_away(arguments.store)  # nobody has seen the key, so nobody would ever have it
        raise


def _typed_twice(world: World) -> str:
    password = world.ask_password("Nytt lösenord: ")
    if world.ask_password("Samma lösenord igen: ") != password:
        raise PasswordsDiffer
    return password


def demo(arguments: Namespace, world: World) -> None:
    """A made-up team in a store of its own; its users and their password as JSON."""
    today = arguments.today or world.today()
    team = make_demo(arguments.store, today=today, cost=world.demo_cost, bounds=world.bounds)
    data = {"users": [asdict(user) for user in team.users], "password": team.password}
    world.say(json.dumps(data, ensure_ascii=False, indent=2))


def check(arguments: Namespace, world: World) -> None:
    """Each check on a line, or whether a paper's mark is of this log. Raises ChecksFailed, MarkUnknown."""
    if arguments.mark is not None:
        with opened(arguments, world) as vault:
            if not vault.ask(mark_is_of_this_log(arguments.mark)):
                raise MarkUnknown
        world.say("stämmer\tmärket är ett som loggen har haft")
        return
    door = door_of(arguments.store, bounds=world.bounds)
    with opened(arguments, world) as vault:
        found = vault.ask(verify(key_file_beside=door.key_file))
    for row in found:
        world.say(f"{'stämmer' if row.ok else 'FEL'}\t{label(row.name)}")
    wrong = sum(not row.ok for row in found)
    if wrong:
        raise ChecksFailed(count=wrong)
