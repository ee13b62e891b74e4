"""Registerutdrag: everything that is held on a person, for the person, others' identities left out (process.md §5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from misam_desktop.commands.disclosures import given_to
from misam_desktop.documents.extracts import Section, log_extract, register_extract
from misam_desktop.documents.paper import Paper
from misam_desktop.documents.phrases import Language, phrases
from misam_desktop.domain.access import May, in_activity
from misam_desktop.domain.case import Case
from misam_desktop.domain.codes import Act, InfoKind, Recipient
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.deviation import Deviation
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import To, withheld
from misam_desktop.domain.ids import PersonId
from misam_desktop.domain.people import Person
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.case_facts import facts_of_case
from misam_desktop.queries.handed_out import handed_rows
from misam_desktop.queries.log import ExtractRow, extract_rows, looked_from
from misam_desktop.queries.papers import frame
from misam_desktop.queries.reach import coordinates
from misam_desktop.queries.shown import PROTECTED_WORDS, WITHHELD
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Topic, Tx, command
from misam_desktop.wording import event_words, iso, label, label_in, local_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """The same content twice: as a paper, and as data for whoever wants to read it by machine."""

    paper: Paper
    data: dict[str, Any]


@command("person.extract_made", needs=May.DISCLOSE, touches=(Topic.CONSENTS,), proves=True)
def make_extract(tx: Tx, person_id: PersonId, language: Language = Language.SV) -> Extract:
    """Everything on a person that the actor may read and give out, in every case within reach. Raises NotFound."""
    person = rows.persons.get(tx.conn, person_id)
    tx.about(person.id, person.id)
    sections: list[Section] = []
    kept_back = frozenset({InfoKind.GRUNDUPPGIFTER}) if person.protected else frozenset[InfoKind]()
    for case, of_case, of_episode in _within_reach(tx, person):
        instead = PROTECTED_WORDS if person.protected else WITHHELD
        shown, after = of_case - kept_back, of_episode - kept_back
        sections += facts_of_case(tx, case, shown, of_episode=after, instead=instead)
        sections += _deviations(tx, case, after, instead)
        sections += _beside(tx, case)
        given_to(tx, case, To(recipient=Recipient.PERSONEN), None, act=Act.UTSKRIFT, kinds=shown | after)
        tx.concerns(case.id, case.person_id)
    if not sections:
        raise NotFound
    sections.append(Section("Vem har tagit del av uppgifterna", tuple(looked_from(tx, person))))
    around = frame(tx)
    data = {
        "made_on": around.day,
        "mark": around.mark,
        "sections": [
            {"heading": one.heading, "facts": [{"name": name, "value": value} for name, value in one.pairs]}
            for one in sections
        ],
    }
    return Extract(paper=register_extract(sections, language, around), data=data)


@command("log.extract_made", needs=May.REVIEW_LOG, touches=(), proves=True)
def make_log_extract(tx: Tx, person_id: PersonId, language: Language = Language.SV) -> Extract:
    """Who has had to do with a person's records, from which unit and when, for the person. Raises NotFound.

    By a koordinator: others see their own entries alone, and their paper would say that nobody else had looked. It is
    whole for the cases that were put to her meetings, and says so; who has no part in one of them gets none
    (``queries.log.records_of``), as of somebody who does not exist: a reason would tell of the jäv.
    """
    tx.about(person_id, person_id)
    found = extract_rows(tx, person_id)
    tx.read.clear()  # the command's own entry tells of it
    around = frame(tx)
    told = [(local_time(one.at), one.user, one.unit, _what_was_done(one, language)) for one in found]
    data = {
        "made_on": around.day,
        "mark": around.mark,
        "entries": [{"at": at, "who": who, "unit": unit, "what": what} for at, who, unit, what in told],
    }
    return Extract(paper=log_extract(told, language, around, activities=_led(tx)), data=data)


def _led(tx: Tx) -> list[str]:
    """The activities and teams whose meetings the maker leads: what the extract holds all of."""
    found = rows.activities.where(tx.conn, order_by=[tables.activity.c.name])
    mine = (one for one in found if in_activity(tx.actor, one.id))
    return [one.name for one in mine if coordinates(tx, one.settings.kind.purpose)]


def _what_was_done(row: ExtractRow, language: Language) -> str:
    words = event_words(row.action, "en" if language is Language.EN else "sv")
    return words if row.allowed else str(phrases(language)["extract"]["refused"]).format(what=words)


def _within_reach(tx: Tx, person: Person) -> list[tuple[Case, frozenset[InfoKind], frozenset[InfoKind]]]:
    """Each case within reach, with what may be read of it and of what came after the enrolment."""
    twins = [one.id for one in subjects.persons_of_number(tx.conn, person.number)]
    referral, nafs_case, sip = tables.referral.c, tables.nafs_case.c, tables.sip.c
    cases: list[Case] = [
        *rows.referrals.where(tx.conn, referral.person_id.in_(twins), order_by=[referral.referred_on]),
        *rows.nafs_cases.where(tx.conn, nafs_case.person_id.in_(twins), order_by=[nafs_case.raised_on]),
        *rows.sips.where(tx.conn, sip.person_id.in_(twins), order_by=[sip.need_on]),
    ]
    found = [(one, tx.allowed(subjects.of(tx.conn, one))) for one in cases]
    return [(one, decision.kinds, _of_episode(tx, one)) for one, decision in found if decision]


def _of_episode(tx: Tx, case: Case) -> frozenset[InfoKind]:
    if not isinstance(case, Referral) or case.episode_id is None:
        return frozenset()
    episode = rows.episodes.get(tx.conn, case.episode_id)
    return tx.allowed(subjects.at_commissioner(subjects.of_episode(tx.conn, episode), episode)).kinds


def _deviations(tx: Tx, case: Case, kinds: frozenset[InfoKind], instead: str) -> list[Section]:
    """What has gone wrong in a case, and what was done: the person reads it here, other papers do not tell it."""
    if not isinstance(case, Referral) or case.episode_id is None:
        return []
    column = tables.deviation.c
    pairs = tuple(
        (
            f"{label(one.kind)} {iso(one.on)}",
            instead if withheld(Deviation, "what", kinds) else "\n".join(filter(None, (one.what, one.done))),
        )
        for one in rows.deviations.of(tx.conn, column.episode_id, case.episode_id, by=column.on)
    )
    return [Section("Avvikelser, synpunkter och klagomål", pairs)] if pairs else []


def _beside(tx: Tx, case: Case) -> list[Section]:
    units = {unit.id: unit.name for unit in rows.units.where(tx.conn)}
    consents = rows.consents.of(tx.conn, tables.consent.c.case_id, case.id)
    handed = handed_rows(tx, rows.disclosures.of(tx.conn, tables.disclosure.c.case_id, case.id))
    found = [
        Section(
            "Samtycken", tuple((_when(one), _what(one, [units[unit] for unit in one.unit_ids])) for one in consents)
        ),
        Section(
            "Utlämnat",
            tuple(
                (iso(one.on), f"{label_in(one.act, one.purpose)}: {to}, {_kinds(one.kinds)}")
                for one in handed
                for to in [one.unit or label(one.recipient)]
            ),
        ),
    ]
    return [one for one in found if one.pairs]


def _when(consent: Consent) -> str:
    return f"{label(consent.purpose)}, {iso(consent.from_on)} – {iso(consent.until_on) if consent.until_on else ''}"


def _what(consent: Consent, units: Iterable[str]) -> str:
    taken_back = f" Återkallat {iso(consent.withdrawn_on)}." if consent.withdrawn_on else ""
    kept_from = f" Ska inte delas: {consent.not_shared.rstrip('.')}." if consent.not_shared else ""
    return f"{', '.join(units)}: {_kinds(consent.kinds)}.{kept_from}{taken_back}"


def _kinds(kinds: tuple[InfoKind, ...]) -> str:
    return "alla slags uppgifter" if len(kinds) == len(InfoKind) else ", ".join(label(one).lower() for one in kinds)
