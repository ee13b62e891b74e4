"""A SIP in the day of ``tests.vault.day``: every command and question on it, with its own texts."""

from __future__ import annotations

from datetime import timedelta

from misam_desktop.commands import sip_papers, sip_plans, sips
from misam_desktop.domain.codes import Act, Purpose, Recipient
from misam_desktop.domain.gate import To
from misam_desktop.domain.intake import PersonFacts
from misam_desktop.domain.letter import PERSON
from misam_desktop.domain.sip import PartyKind, Preparation, Sip, SipAnswer, SipFacts, SipParty
from misam_desktop.domain.sip_paper import SipTemplate
from misam_desktop.domain.sip_plan import PlanFacts, Point
from misam_desktop.queries.sip_papers import AskingChoice, sip_agenda_preview, sip_letter_preview, sip_plan_preview
from misam_desktop.queries.sips import look_up_for_sip, one_sip
from misam_desktop.queries.sips import sips as listed
from misam_desktop.store import founding
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, FK, IFO, MISAM, agrees, contact_of
from tests.conftest import TODAY

NAMES = (
    "behov",
    "viktigt",
    "sipfråga",
    "med",
    "inte med",
    "utvärdering",
    "insats",
    "kort",
    "lång",
    "ändring",
    "åtagande",
)


def a_sip(karin: Vault, person: PersonFacts, texts: dict[str, str]) -> None:
    """From the need to the evaluation, through every command."""
    later = TODAY + timedelta(days=14)
    facts = SipFacts(
        activity_id=MISAM, unit_id=IFO, contact_id=contact_of(karin), need_on=TODAY, need_why=texts["behov"]
    )
    sip = karin.do(sips.begin_sip(person, facts)).value
    said = Preparation(
        important=texts["viktigt"], questions=texts["sipfråga"], wanted=texts["med"], unwanted=texts["inte med"]
    )
    karin.do(sips.prepare_sip(sip.id, said, seen=sip.version))
    sip = karin.do(sips.put_sip(sip.id, consent=agrees(purposes=(Purpose.SIP,), unit_ids=(IFO, AF, FK)))).value
    karin.do(sips.set_sip_meeting(sip.id, on=later, time="13.00", place="Rum 2", seen=sip.version))
    fk, af = (karin.do(sips.add_party(sip.id, PartyKind.ENHET, unit_id=unit_id)).value for unit_id in (FK, AF))
    karin.do(sips.remove_party(af.id))
    karin.do(sips.invite(fk.id))
    _papers_before_it(karin, sip, fk, texts)
    karin.do(sips.answer_invitation(fk.id, SipAnswer.NY_TID, text=texts["med"]))
    line = karin.do(sip_plans.commit_in_sip(fk.id, what="Ringer")).value
    line = karin.do(
        sip_plans.change_sip_commitment(line.id, what=texts["åtagande"], due_on=later, seen=line.version)
    ).value
    other = karin.do(sip_plans.commit_in_sip(fk.id, what="Skriver")).value
    karin.do(sip_plans.drop_sip_commitment(other.id))
    plan = PlanFacts(
        needed=texts["insats"],
        none=(Point.KOMMUN, Point.REGION),
        responsible_id=IFO,
        goals_short=texts["kort"],
        goals_long=texts["lång"],
        follow_up_on=later,
    )
    karin.do(sip_plans.write_plan(sip.id, plan))
    karin.do(sip_plans.finish_plan(sip.id))
    karin.ask(sip_plan_preview(sip.id, PERSON, edition=1))
    karin.do(sip_papers.give_sip_plan(sip.id, PERSON, edition=1, act=Act.UTSKRIFT))
    karin.do(sip_plans.finish_sip_commitment(line.id))
    karin.do(sip_plans.amend_plan(sip.id, reason=texts["ändring"]))
    assert karin.ask(look_up_for_sip(person.number)).cases
    assert [row.case_id for row in karin.ask(listed())] == [sip.id]
    seen = karin.ask(one_sip(sip.id)).sip.version
    karin.do(sips.end_sip(sip.id, on=TODAY, evaluation=texts["utvärdering"], seen=seen))


def _papers_before_it(karin: Vault, sip: Sip, fk: SipParty, texts: dict[str, str]) -> None:
    """The template, a letter and the dagordning."""
    template = SipTemplate(points=texts["sipfråga"], statute="lag")
    karin.do(sip_papers.set_sip_template(template, seen=founding.reference_sip_template()))
    choice = AskingChoice(told=texts["med"])
    karin.ask(sip_letter_preview(fk.id, choice))
    karin.do(sip_papers.give_sip_letter(fk.id, choice, act=Act.UTSKRIFT))
    to = (To(recipient=Recipient.ENHET, unit_id=FK),)
    karin.ask(sip_agenda_preview(sip.id, to))
    karin.do(sip_papers.give_sip_agenda(sip.id, to, act=Act.MEJLUTKAST))
