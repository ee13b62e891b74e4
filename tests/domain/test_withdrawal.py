"""Who loses a case when a consent is taken back."""

from __future__ import annotations

from typing import Any

import pytest

from misam_desktop.domain.access import Subject
from misam_desktop.domain.codes import Act, InfoKind, Purpose, Recipient
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.ids import ConsentId, DisclosureId, ReferralId, UnitId
from misam_desktop.domain.withdrawal import units_that_lose
from tests.domain.worlds import AF, FK, IFO, KARIN, MISAM, NOW, PERSON, TODAY, consent


def shared(unit_id: UnitId) -> Disclosure:
    return Disclosure(
        id=DisclosureId(unit_id),
        case_id=ReferralId("referral"),
        person_id=PERSON,
        act=Act.MOTE,
        recipient=Recipient.ENHET,
        unit_id=unit_id,
        kinds=tuple(InfoKind),
        purpose=Purpose.SAMVERKAN,
        consent_id=ConsentId("consent"),
        by=KARIN,
        on=TODAY,
        at=NOW,
    )


def case(**said: Any) -> Subject:
    """A case of Af's that a consent lets IFO and Fk into, and that only IFO has got."""
    like = {"consents": (consent(unit_ids=(AF, IFO, FK)),), "disclosures": (shared(AF), shared(IFO))}
    return Subject(activity_id=MISAM, unit_ids=frozenset({AF}), home_id=AF, **(like | said))


def test_who_was_let_in_and_has_got_the_case_loses_it() -> None:
    assert units_that_lose(case(), Purpose.SAMVERKAN, today=TODAY) == (IFO,)


@pytest.mark.parametrize("said", [{"consents": ()}, {"consents": (consent(withdrawn_on=TODAY),)}])
def test_without_a_consent_that_holds_nobody_has_anything_to_lose(said: dict[str, Any]) -> None:
    assert units_that_lose(case(**said), Purpose.SAMVERKAN, today=TODAY) == ()


def test_a_consent_to_something_else_lets_nobody_in() -> None:
    both = (*case().consents, consent(id=ConsentId("other"), purpose=Purpose.UPPFOLJNING))
    assert units_that_lose(case(consents=both), Purpose.UPPFOLJNING, today=TODAY) == ()
