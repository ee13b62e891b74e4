"""A case in words, for papers and texts: gated values in, sections out, and what is withheld says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from misam_desktop.documents.extracts import Section
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.asked import shown_with
from misam_desktop.domain.case import Case
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.follow_up import FollowUp
from misam_desktop.domain.gate import let_through, told_by, withheld
from misam_desktop.domain.nafs import NafsCase, Question
from misam_desktop.domain.people import Person
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.sip import Sip
from misam_desktop.domain.talk import Talk
from misam_desktop.queries.shown import WITHHELD
from misam_desktop.queries.sip_facts import sip_sections, sip_texts
from misam_desktop.store import rows, tables
from misam_desktop.vault import Look
from misam_desktop.wording import iso, label, occasion_words

Line = tuple[str, str, str]
"""What it is called, the field that it is, and its words."""


def facts_of_case(
    look: Look,
    case: Case,
    kinds: frozenset[InfoKind],
    *,
    of_episode: frozenset[InfoKind] | None = None,
    instead: str = WITHHELD,
) -> list[Section]:
    """One case as sections of a paper, with nothing in it but these kinds; ``instead`` stands for the rest.

    ``of_episode`` are those of what came after the enrolment, where they are others.
    """
    person = let_through(rows.persons.get(look.conn, case.person_id), kinds)
    first = Section("Person", _said(Person, _of_person(person), kinds=kinds, instead=instead))
    if isinstance(case, NafsCase):
        rest = _nafs_sections(look, case, kinds, instead)
    elif isinstance(case, Sip):
        rest = sip_sections(look, case, kinds, instead)
    else:
        rest = _sections(look, case, kinds, kinds if of_episode is None else of_episode, instead)
    return [one for one in (first, *rest) if one.pairs]


def _sections(
    look: Look, referral: Referral, kinds: frozenset[InfoKind], after: frozenset[InfoKind], instead: str
) -> Iterator[Section]:
    told = let_through(referral, kinds)
    yield Section("Remiss", _said(Referral, _of_referral(look, told), kinds=kinds, instead=instead))
    if referral.episode_id is not None:
        episode = rows.episodes.get(look.conn, referral.episode_id)
        gated = let_through(episode, after)
        yield Section("Ärende", _said(Episode, _of_episode(look, gated), kinds=after, instead=instead))
        yield Section("Åtaganden", tuple(_commitments(look, episode, after, instead)))
        yield Section("Uppföljningar", tuple(_follow_ups(look, episode, after, instead)))
        yield Section("Andra samtal", tuple(_talks(look, episode, after, instead)))
        yield Section("Erbjudet och frågat", tuple(_asked(look, episode, after)))


def _nafs_sections(look: Look, case: NafsCase, kinds: frozenset[InfoKind], instead: str) -> Iterator[Section]:
    """A NAFS case; the code it has on an agenda stands on no paper beside the name."""
    told = let_through(case, kinds)
    yield Section("NAFS-ärende", _said(NafsCase, _of_nafs_case(look, told), kinds=kinds, instead=instead))
    yield Section("Frågor och svar", tuple(_questions(look, case, kinds, instead)))
    yield Section("NAFS-möten", tuple(_taken_up(look, case, kinds, instead)))


def free_texts(look: Look, case: Case, kinds: frozenset[InfoKind]) -> list[str]:
    """What has been written freely on a case and would leave with these kinds: what can tell who somebody is."""
    written: list[Any] = [case]
    if isinstance(case, NafsCase):
        written += rows.questions.of(look.conn, tables.question.c.case_id, case.id, by=tables.question.c.place)
        written += rows.agenda_items.of(look.conn, tables.agenda_item.c.case_id, case.id)
    elif isinstance(case, Sip):
        written += sip_texts(look, case)
    elif case.episode_id is not None:
        of_episode = case.episode_id
        written.append(rows.episodes.get(look.conn, of_episode))
        written += rows.commitments.of(look.conn, tables.commitment.c.episode_id, of_episode)
        written += rows.follow_ups.of(look.conn, tables.follow_up.c.episode_id, of_episode)
        written += rows.talks.of(look.conn, tables.talk.c.episode_id, of_episode, by=tables.talk.c.on)
    return [text for one in written for text in _texts(let_through(one, kinds))]


def _texts(value: Any) -> Iterator[str]:
    cls: type = type(value)
    held = (getattr(value, name) for name in told_by(cls))
    return (one for one in held if type(one) is str and one)  # a code is a string too, and is no text


def _said(cls: type, lines: Sequence[Line], *, kinds: frozenset[InfoKind], instead: str) -> tuple[tuple[str, str], ...]:
    """The lines, those that tell more than these kinds with the words for that; empty ones are left out."""
    said = [(words, instead if withheld(cls, name, kinds) else value) for words, name, value in lines]
    return tuple((words, value) for words, value in said if value)


def _of_person(person: Person) -> list[Line]:
    return [
        ("Namn", "family_name", person.full_name),
        ("Personnummer", "number", person.number.long),
        ("Kön", "sex", label(person.sex)),
        ("Telefon", "phone", person.phone),
        ("Adress", "address", person.address),
        ("Språk", "language", person.language),
        ("Behöver tolk", "interpreter", "Ja" if person.interpreter else ""),
        ("God man eller ombud", "proxy", person.proxy),
        ("Information om personuppgifter lämnad", "informed_on", iso(person.informed_on) if person.informed_on else ""),
    ]


def _of_referral(look: Look, referral: Referral) -> list[Line]:
    units: dict[str, str] = {unit.id: unit.name for unit in rows.units.where(look.conn)}
    came_back = [("Vad som inte höll", "not_held", referral.not_held)] if referral.is_rereferral else []
    concluded = [
        ("Forumets bedömning", "", label(referral.outcome) if referral.outcome else ""),
        ("Bedömningens text", "outcome_text", referral.outcome_text),
    ]
    needed = ", ".join(units[one] for one in referral.needed_unit_ids if one in units)
    months = "" if referral.support_months is None else f"{referral.support_months} månader"
    return [
        ("Verksamhet", "", rows.activities.get(look.conn, referral.activity_id).name),
        ("Remiss från", "", units.get(referral.unit_id or "", label(referral.referrer))),
        ("Datum", "", iso(referral.referred_on)),
        ("Frågeställning", "question", referral.question),
        ("Behövs från", "needed_unit_ids", needed),
        ("Varför", "needed_why", referral.needed_why),
        ("Utbildning", "education", label(referral.education)),
        ("Försörjning", "livelihoods", ", ".join(map(label, referral.livelihoods.codes))),
        ("Tid i offentlig försörjning", "support_months", months),
        *came_back,
        *(concluded if referral.outcome else ()),
    ]


def _of_nafs_case(look: Look, case: NafsCase) -> list[Line]:
    return [
        ("NAFS-team", "", rows.activities.get(look.conn, case.activity_id).name),
        ("Aktualiserat av", "", rows.units.get(look.conn, case.unit_id).name),
        ("Datum", "", iso(case.raised_on)),
        ("Varför trots åldern", "age_reason", case.age_reason),
        *([] if case.withdrawn_on is None else _of_withdrawal(case.withdrawn_on, case)),
    ]


def _of_withdrawal(on: date, case: NafsCase) -> list[Line]:
    return [("Återtaget", "", iso(on)), ("Varför det återtogs", "withdrawn_why", case.withdrawn_why)]


def _questions(look: Look, case: NafsCase, kinds: frozenset[InfoKind], instead: str) -> Iterable[tuple[str, str]]:
    units: dict[str, str] = {unit.id: unit.name for unit in rows.units.where(look.conn)}
    for one in rows.questions.of(look.conn, tables.question.c.case_id, case.id, by=tables.question.c.place):
        told = let_through(one, kinds)
        said: list[Line] = [("Fråga", "text", told.text)]
        if one.answered_on is not None:
            said.append((f"Svar {iso(one.answered_on)}", "answer", told.answer))
        lines = _said(Question, said, kinds=kinds, instead=instead)
        yield f"Till {units[one.unit_id]}", "\n".join(f"{words}: {value}" for words, value in lines)


def _taken_up(look: Look, case: NafsCase, kinds: frozenset[InfoKind], instead: str) -> Iterable[tuple[str, str]]:
    units: dict[str, str] = {unit.id: unit.name for unit in rows.units.where(look.conn)}
    items = rows.agenda_items.of(look.conn, tables.agenda_item.c.case_id, case.id)
    placed = [(rows.meetings.get(look.conn, one.meeting_id).on, one) for one in items]
    for on, one in sorted(placed, key=lambda pair: pair[0]):
        told = let_through(one, kinds)
        way = f", {label(one.feedback_how).lower()}" if one.feedback_how else ""
        agreed = [("Nästa steg", "next_step", told.next_step)] if one.next_step else []
        said: list[Line] = [
            *agreed,
            ("Ansvarar", "", units.get(one.responsible_id or "", "")),
            ("Återkoppling", "", f"{iso(one.feedback_on)}{way}" if one.feedback_on else ""),
        ]
        lines = _said(AgendaItem, said, kinds=kinds, instead=instead)
        yield iso(on), "\n".join(f"{words}: {value}" for words, value in lines) or "På dagordningen"


def _of_episode(look: Look, episode: Episode) -> list[Line]:
    units: dict[str, str] = {unit.id: unit.name for unit in rows.units.where(look.conn)}
    return [
        ("Inskriven", "", iso(episode.enrolled_on)),
        ("Uppdragsgivare", "", units.get(episode.commissioner_id or "", "")),
        ("Team", "team", episode.team),
        *_of_discharge(episode),
    ]


def _of_discharge(episode: Episode) -> list[Line]:
    """Nothing while it goes on: of what is not there yet, nothing is withheld."""
    if episode.discharged_on is None:
        return []
    out = ", ".join(map(label, episode.livelihoods_out.codes)) if episode.livelihoods_out else ""
    return [
        ("Avslutad", "", iso(episode.discharged_on)),
        ("Avslutsorsak", "discharge_reason", label(episode.discharge_reason) if episode.discharge_reason else ""),
        ("Avslutad till", "destination", label(episode.destination) if episode.destination else ""),
        ("Försörjning vid avslut", "livelihoods_out", out),
        ("Planering efter avslut", "planning_after", episode.planning_after),
        ("Sammanfattning", "discharge_text", episode.discharge_text),
    ]


def _commitments(look: Look, episode: Episode, kinds: frozenset[InfoKind], instead: str) -> Iterable[tuple[str, str]]:
    units: dict[str, str] = {unit.id: unit.short for unit in rows.units.where(look.conn)}
    for one in rows.commitments.of(look.conn, tables.commitment.c.episode_id, episode.id):
        what = instead if withheld(type(one), "what", kinds) else one.what
        by = f", senast {iso(one.due_on)}" if one.due_on else ""
        done = f"\nKlart {iso(one.done_on)}" if one.done_on else ""
        yield f"{units.get(one.unit_id or '', 'Personen själv')}{by}", f"{what}{done}"


def _follow_ups(look: Look, episode: Episode, kinds: frozenset[InfoKind], instead: str) -> Iterable[tuple[str, str]]:
    steps = rows.activities.get(look.conn, episode.activity_id).settings.steps
    for one in rows.follow_ups.of(look.conn, tables.follow_up.c.episode_id, episode.id, by=tables.follow_up.c.due_on):
        if one.done_on is None:
            continue
        told = let_through(one, kinds)
        step = f"{told.step} {steps[told.step - 1]}" if told.step and told.step <= len(steps) else ""
        said: list[Line] = [
            ("Steg", "step", step),
            ("Försörjning", "livelihoods", ", ".join(map(label, told.livelihoods.codes)) if told.livelihoods else ""),
            ("Anteckning", "note", told.note),
            ("Nästa steg", "next_step", told.next_step),
        ]
        lines = _said(FollowUp, said, kinds=kinds, instead=instead)
        is_withheld = {value for _, value in lines} == {instead}
        yield iso(one.done_on), instead if is_withheld else "\n".join(f"{words}: {value}" for words, value in lines)


def _talks(look: Look, episode: Episode, kinds: frozenset[InfoKind], instead: str) -> Iterable[tuple[str, str]]:
    units: dict[str, str] = {unit.id: unit.short for unit in rows.units.where(look.conn)}
    for one in rows.talks.of(look.conn, tables.talk.c.episode_id, episode.id, by=tables.talk.c.on):
        told = let_through(one, kinds)
        said: list[Line] = [
            ("Enheter", "unit_ids", ", ".join(units[unit_id] for unit_id in told.unit_ids)),
            ("Andra som deltog", "others", told.others),
            ("Överenskommet", "agreed", told.agreed),
        ]
        lines = _said(Talk, said, kinds=kinds, instead=instead)
        yield f"{label(one.kind)} {iso(one.on)}", "\n".join(f"{words}: {value}" for words, value in lines)


def _asked(look: Look, episode: Episode, kinds: frozenset[InfoKind]) -> Iterable[tuple[str, str]]:
    """That something was offered or asked, and when: there is no answer to tell."""
    noted = rows.asked.of(look.conn, tables.asked.c.episode_id, episode.id)
    for one in shown_with(filter(lambda asked: asked.is_noted, noted), kinds):
        when = f" {occasion_words(one.occasion)}" if one.occasion else ""
        days = {"Erbjudet eller frågat": one.offered_on, "Gjort": one.done_on, "Inte erbjudet": one.not_offered_on}
        yield f"{label(one.what)}{when}", ", ".join(f"{words} {iso(day)}" for words, day in days.items() if day)
