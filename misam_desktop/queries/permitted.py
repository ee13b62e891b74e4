"""What the asker may do with a case, for the buttons of its page; the door decides again when one is pressed."""

from __future__ import annotations

from dataclasses import replace

from misam_desktop.domain.access import Decision, May, Reason, Subject, permitted
from misam_desktop.domain.codes import Recipient
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.store import rows
from misam_desktop.vault import Look


def writes_own_part(look: Look, subject: Subject) -> bool:
    """Whether the actor's unit may write down, and tick off, what it does itself in the plan of this case."""
    own = replace(subject, answering_ids=frozenset({look.actor.unit_id}))
    return bool(look.allowed(own, May.WRITE_PLAN))


def allowed_on(look: Look, subject: Subject) -> frozenset[May]:
    """Every action that the actor may do to this case today."""
    return permitted(look.actor, subject, look.today)


def opens_papers(decision: Decision) -> bool:
    """Whether somebody within reach may see the signed paper: the units whose case it is, and the koordinator.

    It holds the whole consent, also what the person does not want shared.
    """
    return bool(decision) and decision.reason is not Reason.CONSENT


def is_told(look: Look, decision: Decision, consent: Consent) -> bool:
    """Whether somebody within reach may know of a consent: it says with whom else the person has to do."""
    return opens_papers(decision) or look.actor.unit_id in consent.unit_ids


def as_told(look: Look, decision: Decision, subject: Subject) -> Subject:
    """The case with the consents that its reader may know of, and what was given by them.

    Whose own file something was taken for says with whom the person has to do, as a consent does: who only a consent
    lets in is told of their own unit's alone.
    """
    consents = tuple(one for one in subject.consents if is_told(look, decision, one))
    untold = {one.id for one in subject.consents} - {one.id for one in consents}
    given = [one for one in subject.disclosures if one.consent_id not in untold]
    if not opens_papers(decision):
        given = [one for one in given if one.recipient is not Recipient.EGEN or _is_own_units(look, one)]
    return replace(subject, consents=consents, disclosures=tuple(given))


def _is_own_units(look: Look, one: Disclosure) -> bool:
    return rows.users.get(look.conn, one.by).unit_id == look.actor.unit_id
