"""Handing over: each act of sharing is a row: what kinds, to whom, for what, under which consent, by whom, when."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from misam_desktop.domain.access import May
from misam_desktop.domain.case import Case
from misam_desktop.domain.codes import Act, ExportPurpose, InfoKind, PaperKind, Recipient
from misam_desktop.domain.consent import Consent, must_name
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.gate import To, must_leave
from misam_desktop.domain.ids import CaseId, DisclosureId, MeetingId, UnitId
from misam_desktop.domain.pseudonym import Pseudonym
from misam_desktop.domain.scope import deciding
from misam_desktop.store import rows, subjects
from misam_desktop.vault import Topic, Tx, command


@command("case.shared", needs=May.DISCLOSE, touches=(Topic.CASES, Topic.CONSENTS))
def share_case(
    tx: Tx, case_id: CaseId, *, unit_ids: Collection[UnitId], kinds: Collection[InfoKind]
) -> list[Disclosure]:
    """Let units that the consent names read the case in the program from now on. Raises ConsentMissing and more."""
    case = tx.case(case_id)
    subject = subjects.of(tx.conn, case)
    consent = must_name(deciding(subject.consents, subject.purpose, tx.today), unit_ids)
    shared = must_leave(frozenset(kinds) & frozenset(consent.kinds) & tx.require(subject).kinds)
    return hand_over(tx, case, consent, act=Act.DELNING, unit_ids=unit_ids, kinds=shared)


def given_to(
    tx: Tx,
    case: Case,
    to: To,
    consent: Consent | None,
    *,
    act: Act,
    kinds: Collection[InfoKind],
    meeting_id: MeetingId | None = None,
    paper: PaperKind | None = None,
    code: Pseudonym | None = None,
) -> Disclosure:
    """Write down that a copy of something on a case, or of a meeting's paper, has been given to one recipient.

    On a meeting's ``paper`` the case stands under its ``code``.
    """
    needs_consent = to.recipient in {Recipient.ENHET, Recipient.INBJUDEN}
    return rows.disclosures.add(
        tx.conn,
        Disclosure(
            id=DisclosureId(tx.new_id()),
            case_id=case.id,
            person_id=case.person_id,
            act=act,
            recipient=to.recipient,
            unit_id=to.unit_id,
            kinds=tuple(kind for kind in InfoKind if kind in kinds),
            purpose=consent.purpose if consent else case.purpose,
            consent_id=consent.id if consent and needs_consent else None,
            meeting_id=meeting_id,
            paper=paper,
            code=code,
            by=tx.actor.user_id,
            on=tx.today,
            at=tx.now,
        ),
    )


def why_exported(tx: Tx, purpose: ExportPurpose, to: To) -> str:
    """What the log says of what leaves as a file: what for, and whom to. Raises NotFound for a unit that there is not.

    The log takes no words of anybody's: a unit stands there by the id of its row.
    """
    return f"{purpose}:{to.recipient if to.unit_id is None else rows.units.get(tx.conn, to.unit_id).id}"


def hand_over(
    tx: Tx,
    case: Case,
    consent: Consent,
    *,
    act: Act,
    unit_ids: Iterable[UnitId] | None = None,
    kinds: Collection[InfoKind] | None = None,
) -> list[Disclosure]:
    """Write down that a case goes to units under a consent, by default all that it names, with all that it names.

    The unit whose the case is stands among them: it reads what the others add.
    """
    told = tuple(kind for kind in consent.kinds if kinds is None or kind in kinds)
    handed = [
        Disclosure(
            id=DisclosureId(tx.new_id()),
            case_id=case.id,
            person_id=case.person_id,
            act=act,
            recipient=Recipient.ENHET,
            unit_id=unit_id,
            kinds=told,
            purpose=consent.purpose,
            consent_id=consent.id,
            by=tx.actor.user_id,
            on=tx.today,
            at=tx.now,
        )
        for unit_id in (consent.unit_ids if unit_ids is None else unit_ids)
    ]
    rows.disclosures.add_all(tx.conn, handed)
    return handed
