"""What leaves has passed the gate: no more than the consent says, and a row of what went to whom."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import pytest

from misam_desktop.commands.commitments import finish_commitment, make_commitment
from misam_desktop.commands.consents import record_consent, withdraw_consent
from misam_desktop.commands.disclosures import share_case
from misam_desktop.commands.episodes import discharge
from misam_desktop.commands.extracts import make_extract, make_log_extract
from misam_desktop.commands.follow_ups import record_follow_up
from misam_desktop.commands.hand_outs import HandedOut, hand_out
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.phrases import Language
from misam_desktop.domain.access import NotYourTask
from misam_desktop.domain.codes import Act, InfoKind, Passage, Recipient, Role
from misam_desktop.domain.consent import ConsentMissing, UnitOutsideConsent
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import GateChanged, NothingLeaves, To, for_all
from misam_desktop.domain.ids import PersonId
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.cases import one_case
from misam_desktop.queries.handed_out import gate_preview, handed_out
from misam_desktop.queries.referrals import one_referral
from misam_desktop.store import rows
from misam_desktop.transfer.mail import mail_draft
from misam_desktop.vault import Vault
from misam_desktop.wording import iso
from tests.commands.test_register import take
from tests.commands.worlds import (
    AF,
    AME,
    FK,
    IFO,
    MISAM,
    REGION,
    agrees,
    all_of,
    colleague,
    draft,
    ends,
    enrolled,
    entries,
    follow_ups,
    found,
    one,
    refused,
    somebody,
    waiting,
)
from tests.conftest import TODAY
from tests.documents.worlds import words

TO_IFO, TO_FK = (To(recipient=Recipient.ENHET, unit_id=one) for one in (IFO, FK))
TO_PERSON, OWN = To(recipient=Recipient.PERSONEN), To(recipient=Recipient.EGEN)
NARROW = agrees(unit_ids=(AF, IFO), kinds=(InfoKind.GRUNDUPPGIFTER, InfoKind.FRAGESTALLNING))


@pytest.fixture
def narrow(jonas: Vault) -> Referral:
    """A referral whose consent lets two kinds go to IFO, and says what is not to be shared."""
    return waiting(jonas, consent=NARROW)


def given(vault: Vault, referral: Referral, *to: To, act: Act = Act.UTSKRIFT) -> HandedOut:
    seen = vault.ask(gate_preview(referral.id, to)).cells
    kinds = for_all(seen)
    return vault.do(hand_out(referral.id, to=to, act=act, seen=kinds)).value


def test_the_preview_says_of_each_kind_whether_it_leaves_and_by_which_consent(jonas: Vault, narrow: Referral) -> None:
    found = jonas.ask(gate_preview(narrow.id, [TO_IFO, TO_FK, TO_PERSON]))
    by_ifo = {cell.kind: cell.passage for cell in found.cells if cell.to == TO_IFO}
    assert by_ifo[InfoKind.FRAGESTALLNING] is Passage.BY_CONSENT
    assert by_ifo[InfoKind.HALSA] is Passage.OUTSIDE_CONSENT
    assert {cell.passage for cell in found.cells if cell.to == TO_FK} == {Passage.OUTSIDE_CONSENT}
    assert {cell.passage for cell in found.cells if cell.to == TO_PERSON} == {Passage.TO_THE_PERSON}
    assert {cell.consent.id for cell in found.cells if cell.consent} == {found.consent.id if found.consent else ""}


def test_a_paper_holds_what_may_leave_and_says_what_is_withheld(jonas: Vault, narrow: Referral) -> None:
    told = words(to_pdf(given(jonas, narrow, TO_IFO).paper))
    assert "arbetsträna" in told
    assert "Ingår inte i samtycket" in told
    assert "Försörjningsstöd" not in told.replace("IFO/Försörjningsstöd", "")


def test_a_paper_says_to_whom_it_went_from_whom_and_by_which_consent(jonas: Vault, narrow: Referral) -> None:
    told = words(to_pdf(given(jonas, narrow, TO_IFO, TO_PERSON).paper))
    for expected in (
        "IFO/Försörjningsstöd, Personen själv",
        "Jonas Vall, Arbetsförmedlingen",
        "samtycke till samverkan",
    ):
        assert expected in told
    assert "samtycke till" not in words(to_pdf(given(jonas, narrow, TO_PERSON).paper))
    assert given(jonas, narrow, OWN, act=Act.URKLIPP).text.startswith("Person\n")


def test_of_what_is_not_there_yet_nothing_is_withheld(karin: Vault, jonas: Vault, narrow: Referral) -> None:
    assert "Vad som inte höll" not in given(jonas, narrow, TO_IFO).text
    assert "Bedömningens text" not in given(jonas, narrow, TO_IFO).text
    episode = enrolled(karin, narrow)
    assert "Avslutsorsak" not in given(jonas, narrow, TO_IFO).text
    assert "Bedömningens text: Ingår inte i samtycket" in given(jonas, narrow, TO_IFO).text
    karin.do(discharge(episode.id, ends()))
    assert "Avslutsorsak: Ingår inte i samtycket" in given(jonas, narrow, TO_IFO).text


def test_a_follow_up_says_what_each_part_of_it_is_and_which_is_withheld(karin: Vault) -> None:
    kinds = (InfoKind.GRUNDUPPGIFTER, InfoKind.PLANERING)
    episode = enrolled(karin, waiting(karin, consent=agrees(kinds=kinds)))
    karin.do(record_follow_up(follow_ups(karin, episode)[0].id, found()))
    done = make_commitment(episode.id, what="Bokar praktikplats", unit_id=AF, due_on=TODAY)
    karin.do(finish_commitment(karin.do(done).value.id))
    referral = one(karin, rows.referrals, episode.referral_id)
    told = given(karin, referral, To(recipient=Recipient.ENHET, unit_id=AF)).text
    assert "Steg: 2 Stabilisering\nFörsörjning: Ingår inte i samtycket\nAnteckning: Ingår inte" in told
    assert "Nästa steg: Tre dagar" in told
    assert f"Bokar praktikplats\nKlart {iso(TODAY)}" in told


def test_what_went_to_whom_is_a_row_and_an_entry(jonas: Vault, narrow: Referral) -> None:
    given(jonas, narrow, TO_IFO, TO_PERSON)
    rows_of_it = [one for one in jonas.ask(handed_out(narrow.id)) if one.act is Act.UTSKRIFT]
    assert {(one.unit, one.recipient, set(one.kinds) == set(NARROW.kinds), one.by) for one in rows_of_it} >= {
        ("IFO", Recipient.ENHET, True, "Jonas Vall")
    }
    assert [one.object_id for one in entries(jonas) if one.action == "case.handed_out"] == [narrow.id]


def test_a_paper_for_several_holds_only_what_all_may_have(jonas: Vault, narrow: Referral) -> None:
    with refused(jonas, GateChanged):
        jonas.do(hand_out(narrow.id, to=[TO_IFO, TO_FK], act=Act.UTSKRIFT, seen=NARROW.kinds))


def test_nothing_goes_to_a_unit_outside_the_consent(jonas: Vault, narrow: Referral) -> None:
    with refused(jonas, NothingLeaves):
        jonas.do(hand_out(narrow.id, to=[TO_FK], act=Act.MEJLUTKAST, seen=()))
    with refused(jonas, UnitOutsideConsent):
        jonas.do(share_case(narrow.id, unit_ids=[FK], kinds=tuple(InfoKind)))


def test_a_consent_taken_back_while_the_preview_is_open_stops_it(karin: Vault, jonas: Vault, narrow: Referral) -> None:
    seen = [cell.kind for cell in jonas.ask(gate_preview(narrow.id, [TO_IFO])).cells if cell.leaves]
    for consent in all_of(karin, rows.consents):
        karin.do(withdraw_consent(consent.id, on=TODAY))
    with refused(jonas, GateChanged):
        jonas.do(hand_out(narrow.id, to=[TO_IFO], act=Act.UTSKRIFT, seen=seen))
    with refused(jonas, ConsentMissing):
        jonas.do(share_case(narrow.id, unit_ids=[IFO], kinds=tuple(InfoKind)))


def test_a_draft_goes_to_nobody_else(jonas: Vault) -> None:
    begun = draft(jonas)
    cells = jonas.ask(gate_preview(begun.id, [TO_IFO])).cells
    assert {cell.passage for cell in cells} == {Passage.NO_CONSENT}
    jonas.do(record_consent(begun.id, NARROW))
    assert any(cell.leaves for cell in jonas.ask(gate_preview(begun.id, [TO_IFO])).cells)


def test_a_protected_identity_leaves_to_nobody_but_without_name_to_the_person(karin: Vault) -> None:
    hidden = waiting(karin, somebody(protected=True))
    cells = karin.ask(gate_preview(hidden.id, [TO_IFO, TO_FK, OWN, TO_PERSON])).cells
    assert {cell.passage for cell in cells if cell.to != TO_PERSON} == {Passage.PROTECTED}
    to_person = {cell.kind: cell.passage for cell in cells if cell.to == TO_PERSON}
    assert to_person[InfoKind.GRUNDUPPGIFTER] is Passage.PROTECTED
    assert to_person[InfoKind.FRAGESTALLNING] is Passage.TO_THE_PERSON


def test_an_extract_holds_everything_but_others_names(karin: Vault, jonas: Vault) -> None:
    episode = enrolled(karin)
    jonas.ask(one_case(episode.id))
    extract = jonas.do(make_extract(episode.person_id)).value
    told = words(to_pdf(extract.paper))
    for expected in ("Malin Provlund", "19850312-9", "arbetsträna", "Samtycken", "Arbetsförmedlingen"):
        assert expected in told
    assert "Jonas" not in told
    assert "Karin" not in told
    headings = [section["heading"] for section in extract.data["sections"]]
    assert {"Person", "Remiss", "Ärende", "Samtycken", "Utlämnat", "Vem har tagit del av uppgifterna"} <= set(headings)
    assert "Jonas" not in str(extract.data)


def test_an_extract_tells_the_unit_that_referred_no_more_of_the_case_than_its_page_does(
    karin: Vault, jonas: Vault, narrow: Referral
) -> None:
    episode = enrolled(karin, narrow)
    karin.do(make_commitment(episode.id, what="Söker boende", unit_id=IFO, due_on=None))
    karin.do(record_follow_up(follow_ups(karin, episode)[0].id, found(note="Bor hos en vän")))
    karin.do(discharge(episode.id, ends(text="Vill inte längre")))
    told = str(jonas.do(make_extract(episode.person_id)).value.data)
    assert narrow.question in told
    assert [words for words in ("Söker boende", "Bor hos en vän", "Vill inte längre") if words in told] == []
    assert "Bor hos en vän" in str(karin.do(make_extract(episode.person_id)).value.data)


def test_who_has_looked_is_told_by_name_unit_and_time(karin: Vault, jonas: Vault) -> None:
    episode = enrolled(karin)
    jonas.ask(one_case(episode.id))
    extract = karin.do(make_log_extract(episode.person_id)).value
    told = words(to_pdf(extract.paper))
    assert "Jonas Vall" in told
    assert "Öppnade ärendet" in told
    assert {"who": "Jonas Vall", "unit": "Arbetsförmedlingen", "what": "Öppnade ärendet"}.items() <= extract.data[
        "entries"
    ][-1].items()


def test_an_extract_names_the_activities_that_it_is_whole_for(karin: Vault) -> None:
    take(karin, {"insats": "Jobbtorg"})
    episode = enrolled(karin)
    mia = colleague(karin, "mia", Role.KOORDINATOR, unit_id=REGION, activity_ids=(MISAM,))
    assert "lämnats till Jobbtorg, MISAM." in words(to_pdf(karin.do(make_log_extract(episode.person_id)).value.paper))
    assert "lämnats till MISAM." in words(to_pdf(mia.do(make_log_extract(episode.person_id)).value.paper))


def test_a_paper_in_english_is_in_english(karin: Vault, jonas: Vault, lena: Vault) -> None:
    episode = enrolled(karin)
    jonas.ask(one_case(episode.id))
    with refused(lena, NotFound):
        lena.ask(one_case(episode.id))
    extract = karin.do(make_log_extract(episode.person_id, Language.EN)).value
    done = [entry["what"] for entry in extract.data["entries"]]
    assert done[-2:] == ["Opened the case", "Opened the case (refused)"]
    told = words(to_pdf(extract.paper))
    assert "Enrolled" in told
    assert not any(swedish in told for swedish in ("Öppnade", "nekades", "Skrev"))


def test_nobody_extracts_what_they_do_not_reach(karin: Vault, jonas: Vault) -> None:
    hidden = waiting(karin, consent=agrees(unit_ids=(IFO,)), referrer="kommun", unit_id=IFO, needed_unit_ids=(AF,))
    for person_id in (hidden.person_id, PersonId("nobody")):
        with refused(jonas, NotFound):
            jonas.do(make_extract(person_id))


def test_a_mail_draft_names_nobody_and_is_not_sent() -> None:
    message = message_from_bytes(mail_draft(["fk@region.example"], b"%PDF-encrypted"), policy=default)
    assert message["To"] == "fk@region.example"
    assert message["Subject"] == "Handling från samverkan"
    [attached] = message.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("handling.pdf", b"%PDF-encrypted")


def test_shared_on_purpose_is_read_from_then_on(jonas: Vault, karin: Vault) -> None:
    referral = waiting(jonas, consent=agrees(unit_ids=(AF, IFO, AME)))
    assert karin.ask(one_referral(referral.id)).referral.question != ""


# For the own file


def test_who_reads_a_case_by_consent_prints_it_for_the_own_file_alone(karin: Vault, jonas: Vault) -> None:
    plan = agrees(unit_ids=(AF, IFO), kinds=(InfoKind.PLANERING,))
    referral = waiting(karin, consent=plan, unit_id=FK, referrer="fk")
    assert given(jonas, referral, OWN).text
    for to in ([TO_IFO], [TO_PERSON], [OWN, TO_IFO]):
        with refused(jonas, NotYourTask):
            jonas.ask(gate_preview(referral.id, to))
        with refused(jonas, NotYourTask):
            jonas.do(hand_out(referral.id, to=to, act=Act.UTSKRIFT, seen=(InfoKind.PLANERING,)))
