"""Letters: what each tells, to whom, in which language; through the gate and written down before it leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.commands.episodes import discharge
from misam_desktop.commands.follow_ups import record_follow_up
from misam_desktop.commands.forum import record_outcome
from misam_desktop.commands.letters import give_letter
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.phrases import Language
from misam_desktop.domain.codes import Act, DischargeReason, InfoKind, Outcome, Recipient, Role
from misam_desktop.domain.gate import NothingLeaves, WayUnsuited
from misam_desktop.domain.ids import ReferralId
from misam_desktop.domain.letter import Letter, LetterNotDue
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.letters import LetterChoice, letter_preview, letters
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import (
    AF,
    FK,
    IFO,
    agrees,
    all_of,
    colleague,
    ends,
    enrolled,
    entries,
    follow_ups,
    found,
    meeting,
    on,
    one,
    refused,
    somebody,
    waiting,
)
from tests.conftest import TODAY
from tests.documents.worlds import words

ENDS = date(2027, 6, 14)
PLAN = "Arbetsprövning på halvtid med stöd från Af"


def concluded(karin: Vault, jonas: Vault, outcome: Outcome = Outcome.ATER, **said: bool) -> Referral:
    """A referral of Af's that the forum has answered."""
    referral = waiting(jonas, replace(somebody(), address="Provvägen 4\n931 00 Provköping"))
    return karin.do(record_outcome(referral.id, outcome, meeting_id=meeting(karin).id, text=PLAN, **said)).value


def told(vault: Vault, referral_id: ReferralId, letter: Letter, language: Language = Language.SV) -> str:
    """The words of a letter as it would leave."""
    return words(to_pdf(vault.ask(letter_preview(referral_id, LetterChoice(letter=letter, language=language))).paper))


def test_each_letter_is_offered_with_who_gets_it(karin: Vault, jonas: Vault) -> None:
    referral = concluded(karin, jonas)
    offered = jonas.ask(letters(referral.id))
    assert [tuple(one) for one in offered] == [
        (Letter.BEDOMNING, "Arbetsförmedlingen"),
        (Letter.BESKED, "Personen själv"),
    ]


def test_who_referred_reads_the_alternative_plan_and_that_it_is_no_decision(karin: Vault, jonas: Vault) -> None:
    text = told(karin, concluded(karin, jonas).id, Letter.BEDOMNING)
    assert PLAN in text
    assert "Förslag på alternativ planering" in text
    assert "ingen myndighets beslut" in text
    assert "Malin Provlund" in text


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (Language.SV, "Det är ingen myndighets beslut."),
        (Language.SV_LATT, "Det här är inget beslut."),
        (Language.EN, "It is not a decision of any authority."),
    ],
)
def test_the_person_reads_it_in_the_language_that_suits_them(
    karin: Vault, jonas: Vault, language: Language, says: str
) -> None:
    text = told(karin, concluded(karin, jonas).id, Letter.BESKED, language)
    assert says in text
    assert "931 00 Provköping" in text
    assert "{" not in text


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("language", Language)
def test_every_outcome_has_its_words_in_every_language(
    karin: Vault, jonas: Vault, outcome: Outcome, language: Language
) -> None:
    more = outcome in {Outcome.ANTAS, Outcome.ATER, Outcome.REGULJAR, Outcome.EJ_BEHOV}
    referral = concluded(karin, jonas, outcome, also_nafs=more, also_sip=more)
    assert ("SIP" in told(karin, referral.id, Letter.BESKED, language)) == (more or outcome is Outcome.SIP)
    assert PLAN in told(karin, referral.id, Letter.BEDOMNING)


def test_what_the_writer_adds_is_for_the_person_alone(karin: Vault, jonas: Vault) -> None:
    referral = concluded(karin, jonas)
    texts = [
        words(
            to_pdf(
                karin.ask(letter_preview(referral.id, LetterChoice(letter=letter, told="Ring mig på måndag."))).paper
            )
        )
        for letter in (Letter.BESKED, Letter.BEDOMNING)
    ]
    assert ["Ring mig på måndag." in text for text in texts] == [True, False]


def test_the_commissioner_s_sheet_has_the_days_of_the_follow_ups(karin: Vault, jonas: Vault) -> None:
    episode = enrolled(karin, waiting(jonas))
    text = told(karin, episode.referral_id, Letter.INSKRIVNING)
    for one_of in follow_ups(karin, episode)[:4]:
        assert one_of.due_on.isoformat() in text


def test_a_follow_up_sheet_has_its_day_the_steps_and_what_was_said_last(karin: Vault, jonas: Vault) -> None:
    episode = enrolled(karin, waiting(jonas))
    first, second = follow_ups(karin, episode)[:2]
    karin.do(record_follow_up(first.id, found(note="Trivs på praktiken")))
    text = told(karin, episode.referral_id, Letter.UPPFOLJNING)
    assert f"{second.months} månader" in text
    assert "Trivs på praktiken" in text
    assert "Stabilisering" in text
    assert "Kunde inte nås" in text


def test_the_end_says_until_when_one_can_come_back(karin: Vault, jonas: Vault) -> None:
    episode = enrolled(karin, waiting(jonas))
    then = on(karin, ENDS)
    then.do(discharge(episode.id, ends(on=ENDS, after="Af tar över", text="Har arbete på halvtid")))
    for letter in (Letter.AVSLUT, Letter.SLUTDOKUMENTATION):
        text = told(then, episode.referral_id, letter)
        assert "14 december 2027" in text
        assert "Af tar över" in text
        assert "Har arbete på halvtid" in text


def test_a_letter_is_written_down_with_what_it_tells_and_to_whom(karin: Vault, jonas: Vault) -> None:
    referral = concluded(karin, jonas)
    given = karin.do(give_letter(referral.id, LetterChoice(letter=Letter.BEDOMNING), act=Act.UTSKRIFT)).value
    assert PLAN in words(to_pdf(given.paper))
    [row] = [one for one in all_of(karin, rows.disclosures) if one.act is Act.UTSKRIFT]
    assert (row.recipient, row.unit_id) == (Recipient.ENHET, AF)
    assert InfoKind.PLANERING in row.kinds
    assert entries(karin)[-1].action == "letter.given"


def test_without_a_consent_no_letter_goes_to_another_authority(karin: Vault, jonas: Vault) -> None:
    referral = concluded(karin, jonas)
    for consent in all_of(karin, rows.consents):
        jonas.do(withdraw_consent(consent.id, on=TODAY))
    with refused(karin, NothingLeaves):
        karin.do(give_letter(referral.id, LetterChoice(letter=Letter.BEDOMNING), act=Act.UTSKRIFT))


def test_what_the_consent_leaves_out_says_so(karin: Vault, jonas: Vault) -> None:
    consent = agrees(unit_ids=(AF, IFO), kinds=(InfoKind.GRUNDUPPGIFTER, InfoKind.FRAGESTALLNING))
    referral = waiting(jonas, consent=consent)
    episode = enrolled(karin, referral)
    then = on(karin, ENDS)
    then.do(discharge(episode.id, ends(on=ENDS, text="Har arbete på halvtid")))
    text = told(then, one(karin, rows.episodes, episode.id).referral_id, Letter.SLUTDOKUMENTATION)
    assert "Har arbete på halvtid" not in text
    assert "Ingår inte i samtycket" in text


def test_a_letter_to_the_person_is_not_mailed(karin: Vault, jonas: Vault) -> None:
    referral = concluded(karin, jonas)
    with refused(karin, WayUnsuited):
        karin.do(give_letter(referral.id, LetterChoice(letter=Letter.BESKED), act=Act.MEJLUTKAST))


def test_there_is_nothing_to_write_before_it_has_happened(karin: Vault, jonas: Vault) -> None:
    referral = waiting(jonas)
    with refused(karin, LetterNotDue):
        karin.ask(letter_preview(referral.id, LetterChoice(letter=Letter.AVSLUT)))


def test_markup_in_a_text_prints_as_it_was_written(karin: Vault, jonas: Vault) -> None:
    referral = waiting(jonas)
    plan = 'Läs <b>detta</b> & <img src="/etc/hostname"/>'
    karin.do(record_outcome(referral.id, Outcome.ATER, meeting_id=meeting(karin).id, text=plan))
    assert plan in told(karin, referral.id, Letter.BEDOMNING)


@pytest.mark.parametrize("reason", [DischargeReason.UPPFYLLT, DischargeReason.AVLIDEN])
def test_who_only_a_consent_lets_in_is_not_told_by_the_letters_how_a_case_has_ended(
    karin: Vault, reason: DischargeReason
) -> None:
    episode = enrolled(karin, named=(AF, IFO, FK))
    karin.do(discharge(episode.id, ends(reason=reason)))
    lena = colleague(karin, "lena", Role.HANDLAGGARE, unit_id=FK)
    assert not lena.ask(letters(episode.referral_id))
    assert bool(karin.ask(letters(episode.referral_id))) is (reason is DischargeReason.UPPFYLLT)
