"""The papers of a consent, and what a person can ask for, in each language."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from pypdf import PasswordType

from misam_desktop.documents.consents import consent_form, withdrawal_receipt
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.encrypted import encrypted
from misam_desktop.documents.extracts import Section, log_extract, register_extract
from misam_desktop.documents.paper import Boxes, Signatures
from misam_desktop.documents.phrases import Language, kind_words, phrases, purpose_words, wording_of
from misam_desktop.domain.codes import InfoKind, Purpose
from tests.documents.worlds import FORM, FRAME, TAKEN_BACK, parts_of, read, said

MANY = tuple((f"Anderstorps hälsocentral {at}", at < 3) for at in range(16))
"""As many units as a real team has."""


@pytest.mark.parametrize("language", Language)
def test_a_form_holds_the_whole_wording_that_is_kept_with_the_consent(language: Language) -> None:
    wording = wording_of(language)
    told = said(consent_form(FORM, language, FRAME))
    assert wording.title in told
    assert all(" ".join(line.split()) in told for line in wording.body.splitlines())


@pytest.mark.parametrize("language", Language)
def test_every_language_says_the_same_things(language: Language) -> None:
    shape = {part: sorted(said) if isinstance(said, dict) else "" for part, said in phrases(Language.SV).items()}
    assert {part: sorted(said) if isinstance(said, dict) else "" for part, said in phrases(language).items()} == shape
    assert all(kind_words(language, kind) for kind in InfoKind)
    assert all(purpose_words(language, purpose) for purpose in Purpose)


def test_what_is_known_is_filled_in_and_ticked() -> None:
    form = consent_form(FORM, Language.SV, FRAME)
    boxes = [box for part in parts_of(form) if isinstance(part, Boxes) for box in part.boxes]
    ticked = {words for words, is_ticked in boxes if is_ticked}
    assert {"Af", purpose_words(Language.SV, Purpose.SAMVERKAN)} <= ticked
    assert "FK" not in ticked
    told = said(form)
    assert all(one in told for one in ("Şükrü Yıldırım", "19850312-9802", "2026-11-26", "24 månader"))


def test_an_empty_form_has_lines_to_write_on_and_room_for_a_guardian() -> None:
    empty = replace(FORM, name="", number="", from_on="", purposes=frozenset(), needs_guardian=True)
    form = consent_form(empty, Language.SV, FRAME)
    (signing,) = (part for part in parts_of(form) if isinstance(part, Signatures))
    assert len(signing.who) == 2
    assert "Yıldırım" not in said(form)


def test_a_receipt_lists_what_has_been_given_to_whom() -> None:
    told = said(withdrawal_receipt(TAKEN_BACK, Language.SV, FRAME))
    assert all(one in told for one in ("Łukasz Wójcik", "FK", "Hälsa", "Skrevs ut", "2026-05-11", "2026-11-26"))
    nothing = said(withdrawal_receipt(replace(TAKEN_BACK, given=()), Language.SV_LATT, FRAME))
    assert "Ingen har fått veta något." in nothing


@pytest.mark.parametrize("language", Language)
def test_no_day_and_no_unit_is_broken_in_two(language: Language) -> None:
    unit, day = "Arbetsmarknadsenheten", "2026-05-11"
    given = tuple(replace(one, to=unit, when=day) for one in TAKEN_BACK.given)
    for large in (False, True):
        receipt = withdrawal_receipt(replace(TAKEN_BACK, given=given), language, FRAME, large=large)
        assert {unit, day} <= set(said(receipt).split())
    read = [(f"{day} 09.12", "Karin Ekdal", unit, "Öppnade ärendet")]
    log = log_extract(read, language, FRAME, activities=["MISAM"])
    assert {unit, day} <= set(said(log).split())


def test_extracts_say_who_read_and_what_is_held() -> None:
    read = [("2026-11-26 09.12", "Karin Ekdal", "IFO", "Öppnade ärendet")]
    told = said(log_extract(read, Language.EN, FRAME, activities=["MISAM", "Jobbtorg"]))
    assert "Karin Ekdal" in told
    assert "put to MISAM, Jobbtorg." in told
    held = said(register_extract([Section("Remiss", (("Fråga", "Ingår inte i samtycket"),))], Language.SV, FRAME))
    assert all(one in held for one in ("Remiss", "Fråga", "Ingår inte i samtycket"))


def test_an_encrypted_paper_opens_only_with_its_password_and_by_aes_256() -> None:
    content = encrypted(to_pdf(consent_form(FORM, Language.SV, FRAME)), "fem ord som ingen gissar")
    assert b"Y\xc4\xb1ld" not in content
    reader = read(content)
    assert reader.decrypt("fel") is PasswordType.NOT_DECRYPTED
    assert reader.decrypt("fem ord som ingen gissar") is not PasswordType.NOT_DECRYPTED
    assert "Yıldırım" in " ".join(page.extract_text() for page in reader.pages)
    with pikepdf.open(BytesIO(content), password="fem ord som ingen gissar") as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)


@pytest.mark.parametrize("language", [Language.SV, Language.EN])
def test_a_form_with_every_unit_goes_on_one_sheet_with_its_signatures(language: Language) -> None:
    facts = replace(FORM, units=MANY, needs_guardian=True)
    for one in (facts, replace(facts, name="", number="")):
        assert len(read(to_pdf(consent_form(one, language, FRAME))).pages) == 1


@pytest.mark.parametrize(("language", "large"), [(Language.SV_LATT, False), *((one, True) for one in Language)])
def test_on_two_sheets_what_is_signed_stands_with_what_is_ticked(language: Language, *, large: bool) -> None:
    facts = replace(FORM, units=MANY, needs_guardian=True)
    first, second = read(to_pdf(consent_form(facts, language, FRAME, large=large))).pages
    wanted = phrases(language)["consent"]
    on_first, on_second = (" ".join(one.extract_text().split()) for one in (first, second))
    assert wanted["purposes_heading"] in on_first
    for heading in ("units_heading", "kinds_heading", "period", "sign_person"):
        assert wanted[heading] in on_second


def test_a_form_holds_from_the_day_it_is_signed() -> None:
    assert "Den dag jag skriver under" in said(consent_form(replace(FORM, from_on=""), Language.SV, FRAME))
