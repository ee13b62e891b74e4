"""What lies on everybody's desk: the team, who I am, and what forms offer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from misam_desktop.commands.contacts import add_contact
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Agency, Role
from misam_desktop.queries.desk import Desk, desk
from misam_desktop.store import founding, rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, FK, IFO, MISAM, colleague, contact_of, entries
from tests.conftest import TODAY


@pytest.fixture
def lies(jonas: Vault) -> Desk:
    """What lies on Jonas' desk."""
    return jonas.ask(desk())


def test_it_says_whose_desk_in_which_team_and_what_day(lies: Desk, jonas: Vault) -> None:
    assert (lies.team, lies.is_demo, lies.today) == ("Provlaget", False, TODAY)
    assert (lies.me.id, lies.me.login) == (jonas.actor.user_id, "jonas")


def test_it_names_units_and_contacts(lies: Desk, jonas: Vault) -> None:
    assert (lies.unit(IFO), lies.unit(None)) == ("IFO", "")
    assert (lies.contact(contact_of(jonas)), lies.contact(None)) == ("Jonas Vall", "")
    assert (lies.agency_of(IFO), lies.agency_of(None)) == (Agency.KOMMUN, None)
    assert lies.activity(MISAM).name == "MISAM"


def test_it_knows_what_the_roles_include(lies: Desk, karin: Vault) -> None:
    assert (lies.may(May.SEE_CASES), lies.may(May.RUN_FORUM)) == (True, False)
    assert karin.ask(desk()).may(May.RUN_FORUM)


def test_it_offers_the_forums_that_take_referrals(karin: Vault) -> None:
    closed = replace(founding.reference_activity("misam", activity_id="old", name="Gamla"), open_for_referrals=False)
    with writing(karin._engine) as conn:
        rows.activities.add(conn, closed)
        rows.activities.add(conn, founding.reference_activity("nafs", activity_id="nafs"))
    assert [one.id for one in karin.ask(desk()).my_activities] == [MISAM]


def test_it_offers_only_the_activities_i_work_in(karin: Vault) -> None:
    with writing(karin._engine) as conn:
        rows.activities.add(conn, founding.reference_activity("misam", activity_id="job", name="Jobbtorg"))
    siv = colleague(karin, "siv", Role.HANDLAGGARE, unit_id=AF, activity_ids=(MISAM,))
    assert [one.id for one in siv.ask(desk()).my_activities] == [MISAM]


def test_it_offers_those_who_work_at_a_unit_and_have_not_left(karin: Vault) -> None:
    stays = karin.do(add_contact(name="Vera Lund", unit_id=FK)).value
    left = karin.do(add_contact(name="Ulf Strand", unit_id=FK)).value
    with writing(karin._engine) as conn:
        rows.contacts.save(conn, replace(left, active=False))
    lies = karin.ask(desk())
    assert [one.id for one in lies.contacts_at(FK)] == [stays.id]
    assert lies.contact(left.id) == "Ulf Strand"


def test_it_offers_the_units_that_have_not_closed(karin: Vault) -> None:
    with writing(karin._engine) as conn:
        rows.units.save(conn, replace(rows.units.get(conn, FK), active=False))
    lies = karin.ask(desk())
    assert FK not in {unit.id for unit in lies.open_units}
    assert lies.unit(FK) == "FK"


def test_who_reads_only_figures_is_given_no_contacts(karin: Vault) -> None:
    bo = colleague(karin, "bo", Role.LEDNING, unit_id=IFO)
    assert karin.ask(desk()).contacts
    assert (bo.ask(desk()).contacts, bo.ask(desk()).coordinators) == ((), ())


def test_to_look_at_it_leaves_nothing_in_the_log(karin: Vault) -> None:
    before = entries(karin)
    karin.ask(desk())
    assert entries(karin) == before
