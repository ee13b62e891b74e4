"""The papers of a consent: the scanned one, the form to sign, and the receipt when it is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from misam_desktop.commands.consents import add_scan, make_form, make_receipt, remove_scan, withdraw_consent
from misam_desktop.documents.paper import Boxes, Paper, Signatures
from misam_desktop.documents.phrases import Language, kind_words, wording_of
from misam_desktop.documents.scans import Checked
from misam_desktop.domain.access import NotYourTask
from misam_desktop.domain.codes import InfoKind, Purpose
from misam_desktop.domain.consent import Consent, ConsentStands
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.consents import scan_of, wording_of_consent
from misam_desktop.queries.referrals import one_referral
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, FK, IFO, agrees, all_of, draft, entries, refused, somebody, waiting
from tests.conftest import TODAY
from tests.documents.worlds import parts_of, said

PAPER, OTHER = Checked("image/png", b"a picture"), Checked("application/pdf", b"%PDF-")
TO_ALL = agrees(unit_ids=(AF, IFO, FK))
EDITIONS = {
    "sv-2026-1": "75e0b451e470bbe1",
    "sv-latt-2026-1": "60caf028217dc9ad",
    "en-2026-1": "99cd844c85ddf4a8",
    "sv-2026-2": "e9fd5f86d7117f55",
    "sv-latt-2026-2": "9fa811ab89c43652",
    "en-2026-2": "e5e4fc0cd82927c4",
}


def signed(vault: Vault, referral: Referral) -> Consent:
    """The consent to samverkan of a case."""
    mine = [one for one in all_of(vault, rows.consents) if one.case_id == referral.id]
    return next(one for one in mine if one.purpose is Purpose.SAMVERKAN)


def ticked(paper: Paper) -> set[str]:
    """The words of the ticked boxes."""
    boxes = [box for part in parts_of(paper) if isinstance(part, Boxes) for box in part.boxes]
    return {words for words, is_ticked in boxes if is_ticked}


# The text that is signed


@pytest.mark.parametrize("language", Language)
def test_the_text_of_an_edition_never_changes(language: Language) -> None:
    """Another text is another edition: add it here, and leave the old one."""
    wording = wording_of(language)
    assert sha256(f"{wording.title}\n{wording.body}".encode()).hexdigest()[:16] == EDITIONS[wording.id]


def test_what_was_signed_can_be_read_again(jonas: Vault) -> None:
    wording = wording_of(Language.EN)
    referral = waiting(jonas, consent=agrees(wording=wording.id))
    assert jonas.ask(wording_of_consent(signed(jonas, referral).id)) == wording
    other = signed(jonas, waiting(jonas, somebody(981)))
    with refused(jonas, NotFound):
        jonas.ask(wording_of_consent(other.id))


# The scanned paper


def test_a_scan_is_kept_inside_and_opened_as_a_logged_read(jonas: Vault) -> None:
    consent = signed(jonas, waiting(jonas))
    jonas.do(add_scan(consent.id, PAPER))
    scan = jonas.ask(scan_of(consent.id))
    assert (scan.media, scan.content) == PAPER
    last = entries(jonas)[-1]
    assert (last.action, last.object_id, last.person_id) == ("consent.scan_opened", consent.id, consent.person_id)


def test_one_paper_for_two_purposes_has_one_scan(jonas: Vault) -> None:
    referral = waiting(jonas)
    both = {one.purpose: one.id for one in all_of(jonas, rows.consents)}
    jonas.do(add_scan(both[Purpose.SAMVERKAN], PAPER))
    assert jonas.ask(one_referral(referral.id)).scanned == set(both.values())
    assert jonas.ask(scan_of(both[Purpose.UPPFOLJNING])).content == PAPER.content
    jonas.do(add_scan(both[Purpose.UPPFOLJNING], OTHER))
    assert [one.content for one in all_of(jonas, rows.scans)] == [OTHER.content]


def test_a_new_scan_takes_the_place_of_the_old(jonas: Vault) -> None:
    consent = signed(jonas, waiting(jonas))
    jonas.do(add_scan(consent.id, PAPER))
    jonas.do(add_scan(consent.id, OTHER))
    assert [one.content for one in all_of(jonas, rows.scans)] == [OTHER.content]


def test_a_scan_that_was_taken_away_is_gone_and_the_consent_stands(jonas: Vault) -> None:
    referral = waiting(jonas)
    consent = signed(jonas, referral)
    jonas.do(add_scan(consent.id, PAPER))
    jonas.do(remove_scan(consent.id))
    assert all_of(jonas, rows.scans) == []
    assert signed(jonas, referral) == consent
    with refused(jonas, NotFound):
        jonas.ask(scan_of(consent.id))


def test_a_unit_that_the_consent_lets_in_neither_sees_a_scan_nor_takes_it_away(jonas: Vault, lena: Vault) -> None:
    referral = waiting(jonas, consent=TO_ALL)
    consent = signed(jonas, referral)
    lena.do(add_scan(consent.id, PAPER))
    assert lena.ask(one_referral(referral.id)).scanned == frozenset()
    with refused(lena, NotFound):
        lena.ask(scan_of(consent.id))
    with refused(lena, NotYourTask):
        lena.do(remove_scan(consent.id))
    with refused(lena, NotYourTask):
        lena.do(add_scan(consent.id, OTHER))
    assert jonas.ask(scan_of(consent.id)).content == PAPER.content


# The form


def test_an_empty_form_is_for_anybody(jonas: Vault) -> None:
    form = jonas.do(make_form(Language.SV)).value
    assert ticked(form) == set()
    assert any(isinstance(part, Signatures) and len(part.who) == 2 for part in parts_of(form))
    assert (entries(jonas)[-1].action, entries(jonas)[-1].person_id) == ("consent.form_made", "")


def test_a_form_is_filled_in_with_what_was_agreed(jonas: Vault) -> None:
    referral = waiting(jonas)
    facts = agrees(kinds=(InfoKind.HALSA,), until_on=date(2027, 6, 1), not_shared="Familjen", interpreter=True)
    form = jonas.do(make_form(Language.EN, case_id=referral.id, facts=facts)).value
    assert kind_words(Language.EN, InfoKind.HALSA) in ticked(form)
    assert kind_words(Language.EN, InfoKind.SOCIAL) not in ticked(form)
    told = said(form)
    assert all(one in told for one in ("Malin Provlund", somebody().number.long, "2027-06-01", "Familjen"))
    assert (entries(jonas)[-1].object_id, entries(jonas)[-1].person_id) == (referral.id, referral.person_id)


def test_a_form_for_somebody_who_is_being_referred_has_what_was_typed(jonas: Vault) -> None:
    told = said(jonas.do(make_form(Language.SV, person=somebody(born=date(2009, 5, 1)), large=True)).value)
    assert "Malin Provlund" in told
    assert "Vårdnadshavarens underskrift" in told


def test_a_form_says_nothing_of_who_a_protected_person_is(jonas: Vault) -> None:
    referral = draft(jonas, somebody(protected=True))
    for request in (
        make_form(Language.SV, case_id=referral.id),
        make_form(Language.SV, person=somebody(protected=True)),
    ):
        told = said(jonas.do(request).value)
        assert "Provlund" not in told
        assert somebody().number.long not in told


def test_who_may_not_read_who_it_is_gets_no_name_on_a_form(jonas: Vault, lena: Vault) -> None:
    referral = waiting(jonas, consent=replace(TO_ALL, kinds=(InfoKind.FRAGESTALLNING,)))
    assert "Provlund" not in said(lena.do(make_form(Language.SV, case_id=referral.id)).value)


# The receipt


def test_a_receipt_lists_what_was_given_by_the_consent(jonas: Vault) -> None:
    referral = waiting(jonas, consent=TO_ALL)
    done = jonas.do(withdraw_consent(signed(jonas, referral).id, on=TODAY, receipt=Language.SV)).value
    assert done.receipt is not None
    told = said(done.receipt)
    assert all(one in told for one in ("Malin Provlund", "Försäkringskassan", "Till forumets möte", "2026-11-24"))
    assert [one.action for one in entries(jonas)[-2:]] == ["consent.receipt_made", "consent.withdrawn"]


def test_a_receipt_can_be_made_again_in_another_language(jonas: Vault) -> None:
    consent = signed(jonas, waiting(jonas))
    assert jonas.do(withdraw_consent(consent.id, on=TODAY)).value.receipt is None
    told = said(jonas.do(make_receipt(consent.id, Language.EN, large=True)).value)
    assert "For the forum's meeting" in told


def test_who_loses_the_case_by_it_gives_the_receipt_in_the_same_moment(jonas: Vault, lena: Vault) -> None:
    referral = waiting(jonas, consent=TO_ALL)
    done = lena.do(withdraw_consent(signed(jonas, referral).id, on=TODAY, receipt=Language.SV)).value
    assert done.receipt is not None
    with refused(lena, NotFound):
        lena.do(make_receipt(done.consent.id, Language.SV))


def test_who_may_not_see_the_paper_is_not_told_what_stands_on_it_when_it_is_taken_back(
    jonas: Vault, lena: Vault
) -> None:
    waiting(jonas, consent=replace(TO_ALL, kinds=(InfoKind.PLANERING,), not_shared="Hälsan", guardian="Mor Prov"))
    consent = all_of(jonas, rows.consents)[0]
    gone = lena.do(withdraw_consent(consent.id, on=TODAY)).value.consent
    assert (gone.withdrawn_on, gone.not_shared, gone.guardian) == (TODAY, "", "")


def test_a_consent_that_stands_has_no_receipt(jonas: Vault) -> None:
    consent = signed(jonas, waiting(jonas))
    with refused(jonas, ConsentStands):
        jonas.do(make_receipt(consent.id, Language.SV))


def test_a_receipt_names_no_protected_person(jonas: Vault) -> None:
    referral = waiting(jonas, somebody(protected=True))
    done = jonas.do(withdraw_consent(signed(jonas, referral).id, on=TODAY, receipt=Language.SV)).value
    assert done.receipt is not None
    assert "Provlund" not in said(done.receipt)
