"""Åtaganden that a SIP and an episode of one person share, as far as the asker reads both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.commitment import Commitment
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.people import Person
from misam_desktop.domain.scope import deciding
from misam_desktop.domain.shared import SharedCommitment, both_cover, told_once
from misam_desktop.domain.sip import PartyKind, Sip
from misam_desktop.domain.sip_plan import in_force
from misam_desktop.queries.sip_facts import commitments_of, parties_of
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look

_E, _S = tables.episode.c, tables.sip.c


def from_sips(
    look: Look, twins: Iterable[Person], here: Subject, own: Iterable[Commitment], kinds: frozenset[InfoKind]
) -> tuple[SharedCommitment, ...]:
    """What the plans in force of the person's SIPs say, for the plan of an episode; ``kinds`` are those read there.

    ``twins`` are all rows of the person (``store.subjects.persons_of_number``).
    """
    if InfoKind.PLANERING not in kinds:
        return ()
    lines = [(one.id, one.unit_id, one.what) for one in own]
    theirs = [line for sip in _sips(look, twins) for line in _of_sip(look, sip, here)]
    return told_once(lines, theirs)


def from_episodes(
    look: Look,
    twins: Iterable[Person],
    here: Subject,
    own: Iterable[tuple[str, UnitId | None, str]],
    kinds: frozenset[InfoKind],
) -> tuple[SharedCommitment, ...]:
    """The same of the plans of the person's open episodes, for the plan of a SIP; ``own`` are its lines."""
    if InfoKind.PLANERING not in kinds:
        return ()
    return told_once(own, [line for twin in twins for line in _of_episodes(look, twin, here)])


def _sips(look: Look, twins: Iterable[Person]) -> list[Sip]:
    found = [one for twin in twins for one in rows.sips.of(look.conn, _S.person_id, twin.id)]
    return sorted((one for one in found if one.ended_on is None), key=lambda one: one.need_on)


def _of_sip(look: Look, sip: Sip, here: Subject) -> Iterator[SharedCommitment]:
    there = subjects.of_sip(look.conn, sip)
    plan = in_force(rows.sip_plans.of(look.conn, tables.sip_plan.c.case_id, sip.id))
    if plan is None or not _reads(look, there):
        return
    units = {one.id: one.unit_id for one in parties_of(look, sip)}
    theirs = {one.id for one in parties_of(look, sip) if one.unit_id or one.kind is PartyKind.PERSONEN}
    for one in commitments_of(look, plan):
        unit_id = units[one.party_id]
        if one.party_id in theirs and _covered(look, here, there, unit_id):
            look.opened(sip.id, sip.person_id)
            yield SharedCommitment(
                what=one.what,
                unit_id=unit_id,
                due_on=one.due_on,
                done_on=one.done_on,
                case_id=sip.id,
                case_on=sip.need_on,
            )


def _of_episodes(look: Look, person: Person, here: Subject) -> Iterator[SharedCommitment]:
    for episode in rows.episodes.where(look.conn, _E.person_id == person.id, _E.discharged_on.is_(None)):
        there = subjects.at_commissioner(subjects.of_episode(look.conn, episode), episode)
        if not _reads(look, there):
            continue
        for one in rows.commitments.of(look.conn, tables.commitment.c.episode_id, episode.id):
            if _covered(look, here, there, one.unit_id):
                look.opened(episode.id, episode.person_id)
                yield SharedCommitment(
                    what=one.what,
                    unit_id=one.unit_id,
                    due_on=one.due_on,
                    done_on=one.done_on,
                    case_id=episode.id,
                    case_on=episode.enrolled_on,
                )


def _reads(look: Look, there: Subject) -> bool:
    """Whether the asker reads the planning of the other case."""
    decision = look.allowed(there, May.READ_CASE)
    return bool(decision) and InfoKind.PLANERING in decision.kinds


def _covered(look: Look, here: Subject, there: Subject, unit_id: UnitId | None) -> bool:
    first, second = (deciding(one.consents, one.purpose, look.today) for one in (here, there))
    return both_cover(first, second, unit_id)
