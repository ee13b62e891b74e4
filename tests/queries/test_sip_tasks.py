"""SIP on Idag: what each waits for, to whoever holds it together and to the koordinator, and nobody else."""

from __future__ import annotations

from datetime import timedelta

from misam_desktop.commands import sip_plans, sips
from misam_desktop.domain.codes import Purpose, Role
from misam_desktop.domain.sip import PartyKind, Preparation, Sip, SipAnswer
from misam_desktop.domain.sip_next import SipStep
from misam_desktop.queries.sip_tasks import WORDS
from misam_desktop.queries.task_rows import Task, TodayRow
from misam_desktop.queries.today import today
from misam_desktop.vault import Vault
from tests.commands.stage_sips import FULL, LATER, needs_sip
from tests.commands.worlds import AF, FK, IFO, agrees, colleague, somebody
from tests.conftest import TODAY


def begun(karin: Vault, *, days: int = 365, prepared: bool = True) -> Sip:
    consent = agrees(purposes=(Purpose.SIP,), unit_ids=(IFO, AF, FK), until_on=TODAY + timedelta(days=days))
    sip = karin.do(sips.begin_sip(somebody(990), needs_sip(karin), consent=consent, submit=True)).value
    return karin.do(sips.prepare_sip(sip.id, Preparation(), seen=sip.version)).value if prepared else sip


def waiting(vault: Vault, task: Task = Task.SIP) -> list[TodayRow]:
    return [one for one in vault.ask(today()).tasks if one.task is task]


def test_every_step_is_told_in_its_turn(karin: Vault) -> None:
    sip = begun(karin, prepared=False)
    steps = []

    def look() -> None:
        [row] = waiting(karin)
        assert (row.sip_id, row.object_id, row.what, row.name) == (
            sip.id, sip.id, WORDS[row.sip_step or SipStep.BEGIN], "Malin Provlund"
        )  # fmt: skip
        steps.append((row.sip_step, row.due_on))

    look()
    sip = karin.do(sips.prepare_sip(sip.id, Preparation(), seen=sip.version)).value
    look()
    karin.do(sips.set_sip_meeting(sip.id, on=LATER, time="13.00", place="Rum 2", seen=sip.version))
    party = karin.do(sips.add_party(sip.id, PartyKind.ENHET, unit_id=FK)).value
    look()
    karin.do(sips.invite(party.id))
    look()
    karin.do(sips.answer_invitation(party.id, SipAnswer.KOMMER))
    look()
    assert steps == [
        (SipStep.BEGIN, None),
        (SipStep.SET_MEETING, None),
        (SipStep.SEND, LATER),
        (SipStep.ANSWERS, LATER),
        (SipStep.MEET, LATER),
    ]


def test_a_finished_plan_is_followed_up_and_an_ended_sip_waits_for_nothing(karin: Vault) -> None:
    sip = begun(karin)
    karin.do(sips.add_party(sip.id, PartyKind.ENHET, unit_id=FK))
    karin.do(sip_plans.commit_in_sip(karin.do(sips.add_party(sip.id, PartyKind.PERSONEN)).value.id, what="Ringer"))
    karin.do(sip_plans.write_plan(sip.id, FULL))
    assert [one.sip_step for one in waiting(karin)] == [SipStep.FINISH]
    karin.do(sip_plans.finish_plan(sip.id))
    assert [(one.sip_step, one.due_on) for one in waiting(karin)] == [(SipStep.FOLLOW_UP, FULL.follow_up_on)]
    karin.do(sips.end_sip(sip.id, on=TODAY, evaluation="Bra"))
    assert waiting(karin) == []


def test_others_of_the_consent_are_not_reminded_of_what_is_not_theirs(karin: Vault, lena: Vault) -> None:
    kim = colleague(karin, "kim", Role.KOORDINATOR, unit_id=AF)
    sip = begun(karin)
    karin.do(sips.set_sip_meeting(sip.id, on=LATER, time="13.00", place="Rum 2", seen=sip.version))
    karin.do(sips.invite(karin.do(sips.add_party(sip.id, PartyKind.ENHET, unit_id=FK)).value.id))
    assert [len(waiting(one)) for one in (karin, kim, lena)] == [1, 1, 0]


def test_a_consent_that_ends_is_told_of_once(karin: Vault) -> None:
    sip = begun(karin, days=10)
    [row] = waiting(karin, Task.CONSENT)
    assert (row.sip_id, row.due_on, row.what) == (sip.id, TODAY + timedelta(days=10), "Samtycket går ut")
