"""The plan of an import: what it says before anything is written, and what it costs nobody to look at."""

from __future__ import annotations

import pytest

from misam_desktop.domain.codes import Agency
from misam_desktop.domain.register import Verdict
from misam_desktop.queries import register as queries
from misam_desktop.queries.register import ImportPlan, register_plan
from misam_desktop.vault import Vault
from tests.commands.test_register import BO, ENDED, EVA, WAITS, listed, take
from tests.commands.worlds import content, entries


def planned(vault: Vault, *said: dict[str, str]) -> ImportPlan:
    return vault.ask(register_plan(listed(*said)))


def test_looking_at_a_plan_changes_nothing_and_stands_in_the_log(karin: Vault) -> None:
    before, told = content(karin), len(entries(karin))
    planned(karin, {}, {"kon": "Q"})
    assert content(karin) == before
    assert [(entry.action, entry.person_id) for entry in entries(karin)[told:]] == [("register.planned", "")]


def test_a_plan_names_the_activities_and_contacts_that_would_be_new(karin: Vault) -> None:
    plan = planned(karin, {}, BO | {"insats": "Jobbtorg", "handlaggare": "Eva Ek", "uppdragsgivare": "FK"})
    assert (plan.new_activities, plan.new_contacts) == (("Jobbtorg",), ("A. Handläggare, IFO", "Eva Ek, FK"))


def test_a_new_activity_is_named_once_as_it_is_first_written(karin: Vault) -> None:
    plan = planned(karin, {"insats": "JobbTorg"}, BO | {"insats": "jobbtorg"})
    assert plan.new_activities == ("JobbTorg",)


def test_what_an_import_leaves_out_adds_nothing(karin: Vault) -> None:
    plan = planned(karin, {"insats": "Jobbtorg", "handlaggare": "Eva Ek", "kon": "Q"})
    assert (plan.new_activities, plan.new_contacts, plan.units) == ((), (), ())


def test_a_plan_says_which_unit_a_bare_authority_means(karin: Vault) -> None:
    plan = planned(karin, {"samtycke_parter": "Kommun", "remittent": "Annan", "uppdragsgivare": "Region"})
    assert plan.units == ((Agency.KOMMUN, "IFO"), (Agency.REGION, "Region"))


def test_a_list_of_more_persons_than_one_question_names_is_known_again(
    karin: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_AT_ONCE", 2)
    said = [ENDED | {"insats": f"Insats {number}"} for number in range(3)] + [BO, EVA | WAITS]
    take(karin, *said)
    assert [row.verdict for row in planned(karin, *said).rows] == [Verdict.KNOWN] * 5


def test_the_plan_says_the_same_as_the_import_does(karin: Vault) -> None:
    take(karin, {})
    said = [{"utbildning": "grundskola"}, {"remissdatum": "2019-02-05"}, BO, {"kon": "Q"}]
    plan = planned(karin, *said)
    done = take(karin, *said, good_rows=True)
    assert {row.verdict for row in plan.rows} == set(done.verdicts)
    assert plan.new_contacts == done.new_contacts
