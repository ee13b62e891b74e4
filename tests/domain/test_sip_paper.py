"""The papers of a SIP: which text asks whom, who get a dagordning together, and what the team may set."""

from __future__ import annotations

import pytest

from misam_desktop.domain.codes import Agency, PaperKind, Recipient
from misam_desktop.domain.gate import To
from misam_desktop.domain.ids import CaseId, SipPartyId, UnitId
from misam_desktop.domain.sip import PartyKind, SipParty
from misam_desktop.domain.sip_paper import (
    MOST_LETTERS,
    MOST_POINTS,
    Asking,
    SipTemplate,
    SipTemplateLong,
    agendas_of,
    asking_of,
    cleaned,
    to_party,
)
from tests.domain.worlds import AF, FK, IFO, consent

SIP = CaseId("s")


def party(kind: PartyKind, unit_id: UnitId | None = None) -> SipParty:
    return SipParty(id=SipPartyId("p"), case_id=SIP, kind=kind, unit_id=unit_id)


@pytest.mark.parametrize(
    ("agency", "asking", "paper"),
    [
        (Agency.KOMMUN, Asking.KALLELSE, PaperKind.KALLELSE),
        (Agency.REGION, Asking.KALLELSE, PaperKind.KALLELSE),
        (Agency.AF, Asking.INBJUDAN, PaperKind.INBJUDAN),
        (Agency.FK, Asking.INBJUDAN, PaperKind.INBJUDAN),
    ],
)
def test_huvudman_are_called_and_other_authorities_invited(agency: Agency, asking: Asking, paper: PaperKind) -> None:
    unit = party(PartyKind.ENHET, FK)
    found = asking_of(unit, agency)
    assert (found, found.paper, found.is_for_the_person) == (asking, paper, False)
    assert to_party(unit) == To(recipient=Recipient.ENHET, unit_id=FK)


def test_the_person_and_who_is_close_are_invited_in_words_of_their_own() -> None:
    person, relative, other = map(party, (PartyKind.PERSONEN, PartyKind.NARSTAENDE, PartyKind.ANNAN))
    texts = [asking_of(one, None) for one in (person, relative, other)]
    assert texts == [Asking.INBJUDAN_PERSON, Asking.INBJUDAN_NARSTAENDE, Asking.INBJUDAN_NARSTAENDE]
    assert all(one.is_for_the_person and one.paper is PaperKind.INBJUDAN for one in texts)
    got = [to_party(one).recipient for one in (person, relative, other)]
    assert got == [Recipient.PERSONEN, Recipient.INBJUDEN, Recipient.INBJUDEN]


def test_all_get_one_dagordning_where_the_consent_names_them_all() -> None:
    assert agendas_of(SIP, [AF, FK, AF], consent(unit_ids=(AF, FK, IFO))) == ((AF, FK),)


def test_where_it_does_not_each_that_it_names_gets_its_own_and_the_others_none() -> None:
    assert agendas_of(SIP, [AF, FK, IFO], consent(unit_ids=(AF, IFO))) == ((AF,), (IFO,))


def test_without_a_consent_or_a_unit_nobody_gets_one() -> None:
    assert agendas_of(SIP, [AF], None) == ()
    assert agendas_of(SIP, [], consent(unit_ids=(AF,))) == ()


def test_a_template_is_kept_without_empty_lines() -> None:
    kept = cleaned(SipTemplate(points=" Presentation \n\n Mål ", statute=" 16 kap. 4 § HSL "))
    assert (kept.agenda(), kept.statute) == (("Presentation", "Mål"), "16 kap. 4 § HSL")


@pytest.mark.parametrize(
    ("template", "field"),
    [
        (SipTemplate(points="\n".join("abcdefghijklmnopqrstu")), "points"),
        (SipTemplate(points="a" * (MOST_LETTERS + 1)), "points"),
        (SipTemplate(statute="a" * (MOST_LETTERS + 1)), "statute"),
    ],
)
def test_a_template_that_is_too_long_says_where(template: SipTemplate, field: str) -> None:
    with pytest.raises(SipTemplateLong) as refused:
        cleaned(template)
    assert refused.value.params["field"] == field
    assert cleaned(SipTemplate(points="\n".join("abcdefghijklmnopqrst"))).agenda()[-1] == "t"
    assert len("abcdefghijklmnopqrst") == MOST_POINTS
