"""A made-up team in an encrypted store of its own: for trying the program, for teaching, and for tests.

Its three years of history are played through the same commands that people use, so that what the rules refuse cannot
stand in it, and the log tells each thing at its time. The same day gives the same team.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random

from misam_desktop.commands.contacts import add_contact
from misam_desktop.commands.demo_asked import AskedYear
from misam_desktop.commands.demo_cast import Dice, reference
from misam_desktop.commands.demo_goals import plan_goals
from misam_desktop.commands.demo_nafs import NafsYear
from misam_desktop.commands.demo_plan import first_day, plan_history
from misam_desktop.commands.demo_reads import Reads
from misam_desktop.commands.demo_sips import Sips
from misam_desktop.commands.demo_stage import Stage, at_clock
from misam_desktop.commands.demo_story import IFO, Story
from misam_desktop.commands.referrals import make_referral
from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Activity, Kind
from misam_desktop.domain.codes import Agency, Role
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.intake import ReferralFacts
from misam_desktop.domain.livelihood import UNKNOWN
from misam_desktop.domain.people import Unit, User
from misam_desktop.keys import key_file
from misam_desktop.keys.primitives import LIGHT, LIMITS, Bounds, Cost
from misam_desktop.store import founding, rows
from misam_desktop.unlocking import Founder, create, unlock
from misam_desktop.vault import Clock, Topic, Tx, command

KIND = "demo"
_LONG = timedelta(days=200)
"""So long ago that the case has stood open in the months whose log there is something to review in."""


class DemoOnly(UserError):
    """Made-up persons may only stand in a store that was made for them."""

    code = "demo_only"


class DemoSeeded(UserError):
    """The made-up history has been told already."""

    code = "demo_seeded"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoUser:
    """One user of the made-up team."""

    login: str
    name: str
    roles: tuple[Role, ...]
    authority: Agency
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTeam:
    """Who can unlock the demo store, the password they share, and the recovery key."""

    users: tuple[DemoUser, ...]
    password: str
    recovery_key: str


def make_demo(path: Path, *, today: date, cost: Cost = LIGHT, bounds: Bounds = LIMITS) -> DemoTeam:
    """Make a whole demo store with its key file: team, contact persons and three years of history.

    The history ends on the evening of the last working day before ``today``. ``cost`` is that of each user's key slot,
    and lies within ``bounds``. Raises StoreExists and what ``unlocking.create`` raises; then nothing is left behind.
    """
    began = at_clock(first_day(today), 7)
    clock = Clock(now=lambda: began, today=began.date)
    recovery_key = create(
        path,
        team=reference("team")["team"],
        founders=_founders(),
        activities=_activities(),
        clock=clock,
        kind=KIND,
        cost=cost,
        new_id=_ids(today, "founders"),
    )
    try:
        _seed_by_administrator(path, today, clock, bounds)
    except BaseException:
        path.unlink(missing_ok=True)
        key_file.path_beside(path).unlink(missing_ok=True)
        raise
    return DemoTeam(users=_users(), password=_password(), recovery_key=recovery_key)


@command("demo.seeded", needs=May.ADMINISTER, touches=tuple(Topic))
def seed(tx: Tx, today: date) -> int:
    """Tell the made-up team's history up to a day, in a new demo store; gives the number of commands it took.

    Raises DemoOnly, DemoSeeded.
    """
    if founding.setting(tx.conn, "kind") != KIND:
        raise DemoOnly
    if rows.persons.where(tx.conn):
        raise DemoSeeded
    tx.new_id = _ids(today, "history")
    tx.random_below = Random(f"{today} codes").randrange  # noqa: S311 – as for the ids
    stage = _stage(tx, today)
    stage.minute_ids = _ids(today, "minutes")
    _welcome_contacts(stage)
    stage.plan_meetings()
    plan_goals(stage, new_id=_ids(today, "goals"))
    _write_cases(stage)
    NafsYear(stage, new_id=_ids(today, "nafs")).plan()
    Sips(stage, new_id=_ids(today, "sip")).plan()
    AskedYear(stage, new_id=_ids(today, "asked")).plan()
    Reads(stage).plan()
    stage.run()
    tx.now = stage.end  # the entry of the seeding itself stands where the history ends
    return stage.played


def _ids(today: date, purpose: str) -> Callable[[], str]:
    """Ids that look like any other but come in the same order each time."""
    random = Random(f"{today} {purpose}")  # noqa: S311 – the demo shall be the same each time; no secret comes of it
    return lambda: f"{random.getrandbits(128):032x}"


def _seed_by_administrator(path: Path, today: date, clock: Clock, bounds: Bounds) -> None:
    login = next(user.login for user in _users() if Role.ADMINISTRATOR in user.roles)
    vault = unlock(path, login=login, password=_password(), clock=clock, bounds=bounds)
    try:
        vault.do(seed(today))
    finally:
        vault.close()


def _stage(tx: Tx, today: date) -> Stage:
    dice = Dice(Random(f"{today} life"))  # noqa: S311 – as for the ids
    activity = next(one for one in rows.activities.where(tx.conn) if one.settings.kind is Kind.FORUM)
    return Stage(tx, activity, dice, plan_history(dice, activity.settings, today=today), today=today)


def _welcome_contacts(stage: Stage) -> None:
    address = reference("team")["function_address"]
    for entry in reference("team")["contact"]:
        unit_id = UnitId(entry["unit"])
        request = add_contact(name=entry["name"], unit_id=unit_id, function_address=address.format(unit=unit_id))
        stage.team.join(stage.do(stage.team.coordinators[0], request))


def _write_cases(stage: Stage) -> None:
    for case in stage.plan.cases:
        entry = stage.cast.entry(on=case.referred_on, known=case.known, sgi0=case.sgi0, protected=case.protected)
        if case.is_open and case.known is None and not case.protected and stage.today - case.referred_on > _LONG:
            entry = stage.cast.as_namesake(entry)
        Story(stage, case, stage.cast.of_unit(entry, IFO) if case.protected else entry).begin()
    writers = [stage.team.coordinators[0], *(user for user in stage.team.users if Role.HANDLAGGARE in user.roles)]
    for on, writer in zip(stage.plan.drafts_on, writers[: len(stage.plan.drafts_on)], strict=True):
        stage.at(on, partial(_write_draft, stage, writer))


def _write_draft(stage: Stage, writer: User) -> None:
    """A referral that somebody has begun: no consent yet, and little known."""
    on = stage.now.date()
    entry = stage.cast.of_unit(stage.cast.entry(on=on), writer.unit_id)
    facts = ReferralFacts(
        activity_id=stage.activity.id,
        referrer=entry.referrer,
        unit_id=writer.unit_id,
        contact_id=writer.contact_id,
        referred_on=on,
        question=stage.cast.text("small", "draft_question"),
        livelihoods=UNKNOWN,
    )
    stage.do(writer, make_referral(replace(entry.person, informed_on=None), facts, submit=False))


def _founders() -> list[Founder]:
    return [
        Founder(
            login=entry["login"],
            name=entry["name"],
            password=_password(),
            unit_id=UnitId(entry["unit"]),
            roles=tuple(map(Role, entry["roles"])),
        )
        for entry in reference("team")["user"]
    ]


def _activities() -> list[Activity]:
    teams = reference("team")["nafs"]
    return [
        founding.reference_activity("misam", activity_id="misam"),
        *(founding.reference_activity("nafs", activity_id=team["id"], name=team["name"]) for team in teams),
    ]


def _users() -> tuple[DemoUser, ...]:
    units: dict[UnitId, Unit] = {unit.id: unit for unit in founding.reference_units()}
    return tuple(
        DemoUser(
            login=founder.login,
            name=founder.name,
            roles=founder.roles,
            authority=units[founder.unit_id].agency,
            unit=units[founder.unit_id].name,
        )
        for founder in _founders()
    )


def _password() -> str:
    return str(reference("team")["password"])
