"""What leaves a SIP: each goes through the gate and is written down, and a letter that is given asks somebody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from misam_desktop.commands import sip_papers, sip_plans, sips
from misam_desktop.commands.consents import make_receipt, withdraw_consent
from misam_desktop.commands.hand_outs import hand_out
from misam_desktop.commands.protection import protect
from misam_desktop.documents.phrases import Language
from misam_desktop.domain.access import ConsentEnded
from misam_desktop.domain.codes import Act, InfoKind, PaperKind, Purpose, Recipient
from misam_desktop.domain.consent import ConsentMissing, UnitOutsideConsent
from misam_desktop.domain.errors import NotFound, Stale
from misam_desktop.domain.gate import OWN_FILES, NothingLeaves, To, WayUnsuited
from misam_desktop.domain.ids import SipPartyId, UnitId
from misam_desktop.domain.letter import PERSON
from misam_desktop.domain.meeting import CODES_KEPT, CodesGone
from misam_desktop.domain.pseudonym import shown
from misam_desktop.domain.sip import (
    LetterState,
    PartyKind,
    Preparation,
    RelativesNotAsked,
    Sip,
    SipAnswer,
    SipWithoutMeeting,
)
from misam_desktop.domain.sip_paper import SipTemplate, SipTemplateLong
from misam_desktop.domain.sip_plan import PlanFacts, Point
from misam_desktop.queries.code_look_up import look_up_code
from misam_desktop.queries.desk import desk
from misam_desktop.queries.handed_out import handed_out
from misam_desktop.queries.shown import PROTECTED_WORDS, WITHHELD
from misam_desktop.queries.sip_papers import AskingChoice, sip_agenda_preview, sip_letter_preview, sip_plan_preview
from misam_desktop.queries.sips import one_sip
from misam_desktop.store import codes, founding, rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Vault
from tests.commands.stage_sips import FULL, LATER, needs_sip
from tests.commands.worlds import AF, FK, IFO, REGION, agrees, all_of, entries, on, one, refused, somebody
from tests.documents.worlds import said

NOTHING_MORE = AskingChoice()
ASKS = "Vem ringer jag när det blir för mycket?"


def unit(unit_id: UnitId) -> To:
    return To(recipient=Recipient.ENHET, unit_id=unit_id)


def begun(karin: Vault, *units: UnitId, kinds: tuple[InfoKind, ...] = tuple(InfoKind), serial: int = 990) -> Sip:
    """A SIP with its meeting, whose consent names these units and IFO."""
    consent = agrees(purposes=(Purpose.SIP,), unit_ids=(IFO, *units), kinds=kinds)
    sip = karin.do(sips.begin_sip(somebody(serial), needs_sip(karin), consent=consent, submit=True)).value
    asked = Preparation(important="Att få sova", questions=ASKS)
    sip = karin.do(sips.prepare_sip(sip.id, asked, seen=sip.version)).value
    return karin.do(sips.set_sip_meeting(sip.id, on=LATER, time="13.00", place="Rum 2", seen=sip.version)).value


def with_unit(karin: Vault, sip: Sip, unit_id: UnitId) -> SipPartyId:
    return karin.do(sips.add_party(sip.id, PartyKind.ENHET, unit_id=unit_id)).value.id


def given(karin: Vault, sip: Sip) -> list[tuple[PaperKind | None, Recipient, str]]:
    """The copies that have been handed over."""
    rows_ = karin.ask(handed_out(sip.id))
    return [(row.paper, row.recipient, row.unit) for row in rows_ if row.paper is not None]


# Letters


def test_a_kallelse_names_the_person_to_a_huvudman_and_marks_it_as_called(karin: Vault) -> None:
    sip = begun(karin, REGION)
    party_id = with_unit(karin, sip, REGION)
    written = karin.ask(sip_letter_preview(party_id, NOTHING_MORE))
    text = said(written.paper)
    for words in ("Kallelse", "Malin Provlund", "13.00", "Rum 2", ASKS, "Vård och boende", "16 kap. 4 §"):
        assert words in text
    assert karin.ask(one_sip(sip.id)).parties[0].state is LetterState.DUE
    karin.do(sip_papers.give_sip_letter(party_id, NOTHING_MORE, act=Act.MEJLUTKAST))
    page = karin.ask(one_sip(sip.id))
    assert (page.parties[0].state, page.parties[0].party.sent_on) == (LetterState.SENT, page.sip.begun_on)
    assert given(karin, sip) == [(PaperKind.KALLELSE, Recipient.ENHET, "Region")]
    karin.do(sip_papers.give_sip_letter(party_id, NOTHING_MORE, act=Act.UTSKRIFT))
    assert len(given(karin, sip)) == 2


def test_a_unit_outside_the_consent_gets_nothing_and_is_not_called(karin: Vault) -> None:
    sip = begun(karin, FK)
    party_id = with_unit(karin, sip, REGION)
    with pytest.raises(UnitOutsideConsent):
        karin.ask(sip_letter_preview(party_id, NOTHING_MORE))
    with refused(karin, UnitOutsideConsent):
        karin.do(sip_papers.give_sip_letter(party_id, NOTHING_MORE, act=Act.UTSKRIFT))
    with refused(karin, UnitOutsideConsent):
        karin.do(sip_papers.give_sip_agenda(sip.id, (unit(FK), unit(REGION)), act=Act.UTSKRIFT))
    with refused(karin, UnitOutsideConsent):
        karin.do(sip_papers.give_sip_agenda(sip.id, (unit(REGION),), act=Act.UTSKRIFT))
    assert given(karin, sip) == []


def test_a_moved_meeting_makes_the_letter_old_and_asks_for_a_new_one(karin: Vault) -> None:
    sip = begun(karin, FK)
    party_id = with_unit(karin, sip, FK)
    karin.do(sip_papers.give_sip_letter(party_id, NOTHING_MORE, act=Act.UTSKRIFT))
    moved = karin.do(
        sips.set_sip_meeting(sip.id, on=LATER + timedelta(days=1), time="9.00", place="Video", seen=sip.version)
    ).value
    assert moved.code not in {None, sip.code}
    assert karin.ask(one_sip(sip.id)).parties[0].state is LetterState.OLD
    assert "9.00" in said(karin.ask(sip_letter_preview(party_id, NOTHING_MORE)).paper)
    karin.do(sip_papers.give_sip_letter(party_id, NOTHING_MORE, act=Act.UTSKRIFT))
    assert karin.ask(one_sip(sip.id)).parties[0].state is LetterState.SENT


def test_the_person_is_invited_in_plain_words_of_their_own_language(karin: Vault) -> None:
    sip = begun(karin)
    party_id = karin.do(sips.add_party(sip.id, PartyKind.PERSONEN)).value.id
    karin.do(sips.add_party(sip.id, PartyKind.NARSTAENDE, name="Nguyễn"))
    texts = {
        language: said(karin.ask(sip_letter_preview(party_id, AskingChoice(language=language, told="Vi ses"))).paper)
        for language in Language
    }
    assert "Du är inbjuden" in texts[Language.SV]
    assert "Du är bjuden till ett möte." in texts[Language.SV_LATT]
    assert "You are invited" in texts[Language.EN]
    assert all("Vi ses" in text and ASKS in text and "Nguyễn" in text for text in texts.values())
    assert [text for text in texts.values() if "Personen själv" in text or "Närstående" in text] == []
    assert karin.ask(sip_letter_preview(party_id, AskingChoice(large=True))).paper.large
    with refused(karin, WayUnsuited):
        karin.do(sip_papers.give_sip_letter(party_id, NOTHING_MORE, act=Act.MEJLUTKAST))


def test_a_relative_learns_who_it_is_where_and_when_and_only_once_the_person_has_said_yes(karin: Vault) -> None:
    sip = begun(karin)
    party_id = karin.do(sips.add_party(sip.id, PartyKind.NARSTAENDE, name="Şükrü Yıldırım")).value.id
    with refused(karin, RelativesNotAsked):
        karin.do(sip_papers.give_sip_letter(party_id, NOTHING_MORE, act=Act.UTSKRIFT))
    with refused(karin, RelativesNotAsked):
        karin.do(sips.invite(party_id))
    seen = karin.ask(one_sip(sip.id)).sip.version
    karin.do(sips.prepare_sip(sip.id, Preparation(questions=ASKS, relatives=True), seen=seen))
    made = karin.do(sip_papers.give_sip_letter(party_id, NOTHING_MORE, act=Act.UTSKRIFT)).value
    text = said(made.paper)
    assert "Şükrü Yıldırım" in text
    assert "Malin Provlund" in text
    assert (ASKS in text, "19850312" in text, made.addresses) == (False, False, ())
    [act] = [one for one in all_of(karin, rows.disclosures) if one.recipient is Recipient.INBJUDEN]
    assert (act.kinds, act.paper) == ((InfoKind.GRUNDUPPGIFTER,), PaperKind.INBJUDAN)
    assert act.consent_id is not None


def test_the_receipt_of_a_consent_that_is_taken_back_tells_of_the_relative_too(karin: Vault) -> None:
    sip = begun(karin)
    seen = karin.ask(one_sip(sip.id)).sip.version
    karin.do(sips.prepare_sip(sip.id, Preparation(relatives=True), seen=seen))
    party_id = karin.do(sips.add_party(sip.id, PartyKind.NARSTAENDE, name="Mamma")).value.id
    karin.do(sip_papers.give_sip_letter(party_id, NOTHING_MORE, act=Act.UTSKRIFT))
    [consent] = karin.ask(one_sip(sip.id)).consents
    karin.do(withdraw_consent(consent.id, on=sip.need_on))
    receipt = said(karin.do(make_receipt(consent.id, Language.SV)).value)
    assert "Närstående eller annan som du ville ha med" in receipt


def test_what_the_consent_leaves_out_is_said_to_be_left_out(karin: Vault) -> None:
    sip = begun(karin, FK, kinds=(InfoKind.GRUNDUPPGIFTER,))
    text = said(karin.ask(sip_letter_preview(with_unit(karin, sip, FK), NOTHING_MORE)).paper)
    assert (ASKS in text, "Vård och boende" in text, WITHHELD in text) == (False, False, True)


def test_once_the_consent_is_taken_back_nothing_more_leaves(karin: Vault) -> None:
    sip = begun(karin, FK)
    party_id = with_unit(karin, sip, FK)
    [consent] = karin.ask(one_sip(sip.id)).consents
    karin.do(withdraw_consent(consent.id, on=sip.need_on))
    with refused(karin, ConsentMissing, ConsentEnded):
        karin.do(sip_papers.give_sip_letter(party_id, NOTHING_MORE, act=Act.UTSKRIFT))


def test_of_a_protected_person_nothing_leaves_and_no_code_is_drawn(karin: Vault) -> None:
    sip = begun(karin, FK)
    party_id = with_unit(karin, sip, FK)
    person = one(karin, rows.persons, sip.person_id)
    karin.do(protect(sip.id, [karin.actor.user_id], seen=person.version))
    for to in ((unit(FK),), (unit(IFO),)):
        with refused(karin, NothingLeaves):
            karin.do(sip_papers.give_sip_agenda(sip.id, to, act=Act.UTSKRIFT))
    with refused(karin, NothingLeaves):
        karin.do(sip_papers.give_sip_letter(party_id, NOTHING_MORE, act=Act.UTSKRIFT))
    assert PROTECTED_WORDS in said(karin.ask(sip_agenda_preview(sip.id, (PERSON,))).paper)
    moved = sips.set_sip_meeting(sip.id, on=LATER, time="15.00", place="Rum 2", seen=sip.version)
    assert karin.do(moved).value.code is None
    with pytest.raises(NotFound):
        karin.ask(look_up_code(str(sip.code)))


# The dagordning


def test_the_dagordning_has_the_code_for_units_and_the_name_for_the_person(karin: Vault) -> None:
    sip = begun(karin, FK, AF)
    for unit_id in (FK, AF):
        with_unit(karin, sip, unit_id)
    karin.do(sips.add_party(sip.id, PartyKind.ANNAN, name="Rut Grannfors"))
    page = karin.ask(one_sip(sip.id))
    assert page.agendas == ((AF, FK),)
    assert sip.code is not None
    to_units = karin.ask(sip_agenda_preview(sip.id, tuple(map(unit, page.agendas[0]))))
    text = said(to_units.paper)
    assert shown(sip.code) in text
    assert [words in text for words in ("Malin", "Provlund", "Grannfors", "850312", "Bara för")] == [False] * 5
    assert "9. Sammanfattning" in text
    theirs = said(karin.ask(sip_agenda_preview(sip.id, (PERSON,), large=True)).paper)
    assert ("Malin Provlund" in theirs, "Grannfors" in theirs, shown(sip.code) in theirs) == (True, True, False)
    karin.do(sip_papers.give_sip_agenda(sip.id, tuple(map(unit, page.agendas[0])), act=Act.MEJLUTKAST))
    assert {one[2] for one in given(karin, sip)} == {"Af", "FK"}


def test_where_the_consent_does_not_name_all_each_that_it_names_gets_its_own(karin: Vault) -> None:
    sip = begun(karin, FK, AF)
    for unit_id in (FK, AF, REGION):
        with_unit(karin, sip, unit_id)
    assert karin.ask(one_sip(sip.id)).agendas == ((AF,), (FK,))
    assert "Bara för Försäkringskassan" in said(karin.ask(sip_agenda_preview(sip.id, (unit(FK),))).paper)


def test_what_in_a_question_can_tell_who_it_is_is_found(karin: Vault) -> None:
    sip = begun(karin, FK)
    with_unit(karin, sip, FK)
    seen = karin.ask(one_sip(sip.id)).sip.version
    karin.do(sips.prepare_sip(sip.id, Preparation(questions="Ringer Malin den 12 mars?"), seen=seen))
    found = karin.ask(sip_agenda_preview(sip.id, (unit(FK),))).found
    assert {"Ringer Malin", "12 mars"} == {one.words for one in found}
    assert karin.ask(sip_agenda_preview(sip.id, (PERSON,))).found == ()


def test_there_is_no_dagordning_without_a_meeting_nor_once_its_code_is_gone(karin: Vault) -> None:
    consent = agrees(purposes=(Purpose.SIP,), unit_ids=(IFO, FK))
    sip = karin.do(sips.begin_sip(somebody(991), needs_sip(karin), consent=consent, submit=True)).value
    with refused(karin, SipWithoutMeeting):
        karin.do(sip_papers.give_sip_agenda(sip.id, (unit(FK),), act=Act.UTSKRIFT))
    sip = begun(karin, FK)
    with writing(karin._engine) as conn:
        assert codes.forget_old(conn, LATER + CODES_KEPT) == 0
        assert codes.forget_old(conn, LATER + CODES_KEPT + timedelta(days=1)) == 1
    with refused(karin, CodesGone):
        karin.do(sip_papers.give_sip_agenda(sip.id, (unit(FK),), act=Act.UTSKRIFT))


def test_ninety_days_after_the_meeting_its_code_is_gone_though_nobody_has_unlocked_since(karin: Vault) -> None:
    sip = begun(karin, FK)
    there, past = (on(karin, LATER + CODES_KEPT + timedelta(days=days)) for days in (0, 1))
    assert there.ask(look_up_code(str(sip.code))).case_id == sip.id
    with pytest.raises(NotFound):
        past.ask(look_up_code(str(sip.code)))
    with refused(past, CodesGone):
        past.do(sip_papers.give_sip_agenda(sip.id, (unit(FK),), act=Act.UTSKRIFT))


def test_whom_a_sip_is_no_matter_of_learns_not_even_that_it_has_no_meeting(karin: Vault, jonas: Vault) -> None:
    sip = karin.do(sips.begin_sip(somebody(991), needs_sip(karin))).value
    party_id = karin.do(sips.add_party(sip.id, PartyKind.NARSTAENDE, name="Mamma")).value.id
    with refused(jonas, NotFound):
        jonas.ask(sip_agenda_preview(sip.id, (PERSON,)))
    with refused(jonas, NotFound):
        jonas.do(sip_papers.give_sip_agenda(sip.id, (PERSON,), act=Act.UTSKRIFT))
    with refused(jonas, NotFound):
        jonas.ask(sip_letter_preview(party_id, NOTHING_MORE))


def test_whom_the_person_wants_there_gets_the_invitation_and_no_other_paper(karin: Vault) -> None:
    sip, invited = begun(karin, FK), To(recipient=Recipient.INBJUDEN)
    karin.do(sip_plans.write_plan(sip.id, PlanFacts(needed="Boende"), seen=None))
    with refused(karin, WayUnsuited):
        karin.do(sip_papers.give_sip_agenda(sip.id, (invited,), act=Act.UTSKRIFT))
    with refused(karin, WayUnsuited):
        karin.do(sip_papers.give_sip_plan(sip.id, invited, edition=1, act=Act.UTSKRIFT))
    with refused(karin, WayUnsuited):
        karin.do(hand_out(sip.id, to=(invited,), act=Act.UTSKRIFT, seen=tuple(InfoKind)))


def test_a_code_is_told_to_those_whom_the_consent_names(karin: Vault, lena: Vault, jonas: Vault) -> None:
    sip = begun(karin, FK)
    karin.do(sips.invite(with_unit(karin, sip, FK)))
    for vault in (karin, lena):
        found = vault.ask(look_up_code(str(sip.code)))
        assert (found.case_id, found.purpose, found.name) == (sip.id, Purpose.SIP, "Malin Provlund")
    with pytest.raises(NotFound):
        jonas.ask(look_up_code(str(sip.code)))


# The plan


def planned(karin: Vault, sip: Sip) -> None:
    af = with_unit(karin, sip, AF)
    karin.do(sips.invite(af))
    karin.do(sips.answer_invitation(af, SipAnswer.KOMMER_INTE, text="Ingen handläggare är utsedd"))
    karin.do(sip_plans.commit_in_sip(af, what="Prövar arbetsträning", due_on=LATER))


def test_a_draft_says_that_it_is_one_and_which_points_are_empty(karin: Vault) -> None:
    sip = begun(karin, AF)
    planned(karin, sip)
    text = said(karin.ask(sip_plan_preview(sip.id, OWN_FILES, edition=1)).paper)
    for words in ("Utkast", "vad kommunen ska svara för", "vad regionen ska svara för", "vem som har det övergripande"):
        assert words in text
    assert ("vad någon annan ska göra" in text, "Underskrifter" in text) == (False, False)
    assert "Kommer inte: Ingen handläggare är utsedd" in text


def test_a_finished_plan_tells_the_four_points_of_the_law_and_is_signed(karin: Vault) -> None:
    sip = begun(karin, AF)
    planned(karin, sip)
    karin.do(sip_plans.write_plan(sip.id, replace(FULL, goals_short="Sova", goals_long="Arbeta", needed="Boendestöd")))
    karin.do(sip_plans.finish_plan(sip.id))
    text = said(karin.do(sip_papers.give_sip_plan(sip.id, unit(AF), edition=1, act=Act.UTSKRIFT)).value.paper)
    assert "Utkast" not in text
    order = [
        "1. Vilka insatser som behövs", "Boendestöd", "2. Vilka insatser kommunen", "Inga",
        "2. Vilka insatser regionen",
        "3. Vilka åtgärder som vidtas av någon annan än kommunen eller regionen", "Prövar arbetsträning",
        "4. Vem av huvudmännen", "Sova", "Arbeta", "Underskrifter", "Den enskilde",
    ]  # fmt: skip
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "socialtjänstlagen (2025:400) och 16 kap. 4 § hälso- och sjukvårdslagen (2017:30)" in text
    assert given(karin, sip)[-1] == (PaperKind.SIP_PLAN, Recipient.ENHET, "Af")


def test_an_amended_plan_says_why_and_the_earlier_can_still_be_printed(karin: Vault) -> None:
    sip = begun(karin, AF)
    planned(karin, sip)
    karin.do(sip_plans.write_plan(sip.id, FULL))
    karin.do(sip_plans.finish_plan(sip.id))
    karin.do(sip_plans.amend_plan(sip.id, reason="Personen har flyttat"))
    second, first = (said(karin.ask(sip_plan_preview(sip.id, PERSON, edition=one)).paper) for one in (2, 1))
    assert "Personen har flyttat" in second
    assert ("Utkast" in second, "Utkast" in first, "flyttat" in first) == (True, False, False)
    with pytest.raises(NotFound):
        karin.ask(sip_plan_preview(sip.id, PERSON, edition=3))


def test_a_plan_that_there_is_already_is_named_where_the_points_are(karin: Vault) -> None:
    sip = begun(karin)
    facts = PlanFacts(existing="Vårdplanen från mars", responsible_id=IFO, follow_up_on=LATER)
    karin.do(sip_plans.write_plan(sip.id, facts))
    karin.do(sip_plans.finish_plan(sip.id))
    text = said(karin.ask(sip_plan_preview(sip.id, PERSON, edition=1)).paper)
    assert text.count("Se Vårdplanen från mars") == len(Point) - 1


# The template


def test_the_points_and_the_law_are_the_teams_to_set(karin: Vault) -> None:
    sip = begun(karin, FK)
    party_id = with_unit(karin, sip, FK)
    usual = karin.ask(desk()).sip_template
    assert usual == founding.reference_sip_template()
    kept = karin.do(
        sip_papers.set_sip_template(SipTemplate(points="Välkommen\n\nMål", statute="10 kap."), seen=usual)
    ).value
    agenda = said(karin.ask(sip_agenda_preview(sip.id, (unit(FK),))).paper)
    assert ("1. Välkommen" in agenda, "2. Mål" in agenda, "Presentation" in agenda) == (True, True, False)
    assert "(10 kap.)" in said(karin.ask(sip_letter_preview(party_id, NOTHING_MORE)).paper)
    with refused(karin, Stale):
        karin.do(sip_papers.set_sip_template(SipTemplate(points="Annat"), seen=usual))
    with refused(karin, SipTemplateLong):
        karin.do(sip_papers.set_sip_template(SipTemplate(statute="a" * 200), seen=kept))
    assert karin.do(sip_papers.set_sip_template(SipTemplate(), seen=kept)).value == usual


def test_looking_at_a_paper_is_a_read_and_giving_it_an_act(karin: Vault) -> None:
    sip = begun(karin, FK)
    karin.ask(sip_agenda_preview(sip.id, (unit(FK),)))
    assert entries(karin)[-1].action == "sip.agenda_previewed"
    assert given(karin, sip) == []
