"""What recording a consent needs to know of its case, a referral or a NAFS case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from misam_desktop.domain.codes import Purpose
from misam_desktop.queries.nafs_cases import NafsPage, one_nafs_case
from misam_desktop.queries.referrals import ReferralPage, one_referral
from misam_desktop.queries.sips import SipPage, one_sip

if TYPE_CHECKING:
    from misam_desktop.domain.activity import Activity
    from misam_desktop.domain.consent import Consent
    from misam_desktop.domain.ids import CaseId, UnitId
    from misam_desktop.domain.people import Person
    from misam_desktop.gui.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentCase:
    """One case. ``named`` are the units that it names; ``purpose`` is what every consent to it is to, None for any."""

    id: CaseId
    person: Person
    activity: Activity
    named: frozenset[UnitId]
    consents: tuple[Consent, ...]
    is_submitted: bool
    purpose: Purpose | None = None


def with_case(
    work: Workspace, case_id: CaseId, then: Callable[[ConsentCase], None], *, purpose: Purpose | None = None
) -> None:
    """Read the case and go on with it; ``purpose`` is that of a NAFS case."""
    if purpose is Purpose.SIP:
        work.session.ask(one_sip(case_id), owner=work, then=lambda page: then(_of_sip(page)))
    elif purpose is Purpose.NAFS:
        work.session.ask(one_nafs_case(case_id), owner=work, then=lambda page: then(of_nafs(page)))
    else:
        work.session.ask(one_referral(case_id), owner=work, then=lambda page: then(_of_referral(page)))


def of_nafs(page: NafsPage) -> ConsentCase:
    """A NAFS case names the unit that raised it and those that it asks."""
    return ConsentCase(
        id=page.case.id,
        person=page.person,
        activity=page.team,
        named=frozenset({page.case.unit_id, *(one.unit_id for one in page.questions)}),
        consents=page.consents,
        is_submitted=page.case.submitted_at is not None,
        purpose=Purpose.NAFS,
    )


def _of_sip(page: SipPage) -> ConsentCase:
    """A SIP names the unit that judged it needed and those that take part."""
    return ConsentCase(
        id=page.sip.id,
        person=page.person,
        activity=page.activity,
        named=frozenset({page.sip.unit_id, *(one.party.unit_id for one in page.parties if one.party.unit_id)}),
        consents=page.consents,
        is_submitted=page.sip.submitted_at is not None,
        purpose=Purpose.SIP,
    )


def _of_referral(page: ReferralPage) -> ConsentCase:
    referral = page.referral
    return ConsentCase(
        id=referral.id,
        person=page.person,
        activity=page.activity,
        named=frozenset({*referral.needed_unit_ids, *filter(None, [referral.unit_id])}),
        consents=page.consents,
        is_submitted=referral.submitted_at is not None,
    )
