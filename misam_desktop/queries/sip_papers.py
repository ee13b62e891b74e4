"""The papers of a SIP as they would leave now: what asks somebody to the meeting, the dagordning and the plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from misam_desktop.documents.letters import LetterFacts, letter
from misam_desktop.documents.paper import Paper
from misam_desktop.documents.phrases import Language, day_words
from misam_desktop.documents.sip_papers import Doing, SipAgendaFacts, SipPlanFacts, sip_agenda, sip_plan
from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.codes import Agency, InfoKind, Recipient
from misam_desktop.domain.consent import Consent, must_hold, must_name
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import To, for_all, let_through, must_leave, needed, preview, stays, withheld
from misam_desktop.domain.identifying import Found, identifying
from misam_desktop.domain.ids import CaseId, SipPartyId, UnitId
from misam_desktop.domain.meeting import CodesGone, keeps_codes
from misam_desktop.domain.people import Person
from misam_desktop.domain.protection import covered
from misam_desktop.domain.scope import deciding
from misam_desktop.domain.sip import PartyKind, Sip, SipParty, SipWithoutMeeting, must_be_asked
from misam_desktop.domain.sip_paper import Asking, asking_of, to_party
from misam_desktop.domain.sip_plan import Point, SipCommitment, SipPlan, missing, point_of
from misam_desktop.queries.papers import frame, sender
from misam_desktop.queries.shown import PROTECTED_WORDS, WITHHELD
from misam_desktop.queries.sip_facts import came, commitments_of, parties_of, who
from misam_desktop.store import founding, rows, subjects, tables
from misam_desktop.vault import Look, query
from misam_desktop.wording import day_long, iso, label


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingChoice:
    """In which language and size somebody is asked; ``told`` is what the writer adds in plain words.

    Only what goes to the person or somebody close has a choice.
    """

    language: Language = Language.SV
    large: bool = False
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SipWritten:
    """A paper of a SIP as it may leave: who get it, which kinds it tells, and under which consent.

    ``found`` is what in the texts of a paper without names can tell who somebody is.
    """

    paper: Paper
    to: tuple[To, ...]
    kinds: frozenset[InfoKind]
    consent: Consent | None
    asking: Asking | None = None
    found: tuple[Found, ...] = ()


@query("sip.letter_previewed", needs=May.READ_CASE)
def sip_letter_preview(look: Look, party_id: SipPartyId, choice: AskingChoice) -> SipWritten:
    """The kallelse or inbjudan as it would leave. Raises what ``sip_letter`` does."""
    party = rows.sip_parties.get(look.conn, party_id)
    return sip_letter(look, _opened(look, party.case_id), party, choice)


@query("sip.agenda_previewed", needs=May.READ_CASE)
def sip_agenda_preview(look: Look, case_id: CaseId, to: tuple[To, ...], *, large: bool = False) -> SipWritten:
    """The dagordning as it would leave to these. Raises what ``agenda_to`` does."""
    return agenda_to(look, _opened(look, case_id), to, large=large)


@query("sip.plan_previewed", needs=May.READ_CASE)
def sip_plan_preview(look: Look, case_id: CaseId, to: To, *, edition: int, large: bool = False) -> SipWritten:
    """One edition of the plan as it would leave. Raises what ``plan_to`` does."""
    return plan_to(look, _opened(look, case_id), to, edition=edition, large=large)


def sip_letter(look: Look, sip: Sip, party: SipParty, choice: AskingChoice) -> SipWritten:
    """What asks somebody to the meeting: a unit only under a consent that names it.

    Raises ConsentMissing, UnitOutsideConsent, RelativesNotAsked, NothingLeaves, NotYourTask and more.
    """
    to = to_party(party)
    _admit(look, sip, [to])
    must_be_asked(sip, party)
    kinds, consent = _gate(look, sip, [to])
    agency = None if party.unit_id is None else rows.units.get(look.conn, party.unit_id).agency
    asking = asking_of(party, agency)
    language = choice.language if asking.is_for_the_person else Language.SV
    facts = _Facts(look, sip, kinds).asks(party, asking, language, choice.told.strip())
    paper = letter(asking, facts, language, frame(look), large=choice.large and asking.is_for_the_person)
    return SipWritten(paper=paper, to=(to,), kinds=kinds, consent=consent, asking=asking)


def agenda_to(look: Look, sip: Sip, to: tuple[To, ...], *, large: bool = False) -> SipWritten:
    """The dagordning: under the code to units, with the name to the person.

    Raises SipWithoutMeeting, CodesGone, ConsentMissing, UnitOutsideConsent, NothingLeaves, NotYourTask.
    """
    _admit(look, sip, to)
    if sip.meeting_on is None:
        raise SipWithoutMeeting
    units = [one.unit_id for one in to if one.unit_id is not None]
    kinds, consent = _gate(look, sip, to)
    if units and (sip.code is None or not keeps_codes(sip.meeting_on, today=look.today)):
        raise CodesGone
    facts = _Facts(look, sip, kinds)
    asked = {one.unit_id for one in parties_of(look, sip) if one.unit_id}
    paper = sip_agenda(facts.agenda(units, is_for_all=asked <= set(units)), frame(look), large=large and not units)
    found = facts.tell_tales() if units else ()
    return SipWritten(paper=paper, to=to, kinds=kinds, consent=consent, found=found)


def plan_to(look: Look, sip: Sip, to: To, *, edition: int, large: bool = False) -> SipWritten:
    """One edition of the plan, by name. Raises NotFound, ConsentMissing, UnitOutsideConsent, NothingLeaves."""
    plans = rows.sip_plans.of(look.conn, tables.sip_plan.c.case_id, sip.id)
    plan = next((one for one in plans if one.edition == edition), None)
    if plan is None:
        raise NotFound
    kinds, consent = _gate(look, sip, [to])
    is_large = large and to.recipient is Recipient.PERSONEN
    paper = sip_plan(_Facts(look, sip, kinds).plan(plan), frame(look), large=is_large)
    return SipWritten(paper=paper, to=(to,), kinds=kinds, consent=consent)


def _opened(look: Look, case_id: CaseId) -> Sip:
    """The SIP, as a logged read."""
    sip = rows.sips.get(look.conn, case_id)
    look.opened(sip.id, sip.person_id)
    return sip


def _admit(look: Look, sip: Sip, to: Iterable[To]) -> tuple[Subject, frozenset[InfoKind]]:
    """The SIP as the rules know it, and the kinds that the asker reads of it, if they may give it to these.

    Asked before anything else of it is told. Raises NotFound, NotYourTask.
    """
    subject = subjects.of_sip(look.conn, sip)
    return subject, look.require(subject, needed(to, look.actor.unit_id)).kinds


def _gate(look: Look, sip: Sip, to: Iterable[To]) -> tuple[frozenset[InfoKind], Consent | None]:
    """The kinds that go to all of them, and under which consent: to another unit only under one that names it.

    Raises NotFound, NotYourTask, ConsentMissing, UnitOutsideConsent, NothingLeaves.
    """
    receivers, own_unit_id = list(to), look.actor.unit_id
    subject, mine = _admit(look, sip, receivers)
    consent = deciding(subject.consents, subject.purpose, look.today)
    others = [one.unit_id for one in receivers if one.unit_id is not None and not stays(one, own_unit_id)]
    if others:
        must_name(must_hold(consent), others, field="to")
    cells = preview(subject, mine=mine, own_unit_id=own_unit_id, to=receivers, today=look.today)
    return must_leave(for_all(cells)), consent


class _Facts:
    """What each paper tells of a SIP, cut to the kinds that leave with it."""

    def __init__(self, look: Look, sip: Sip, kinds: frozenset[InfoKind]) -> None:
        self._look, self._kinds = look, kinds
        self._whole, self._sip = sip, let_through(sip, kinds)
        self._person: Person = covered(let_through(rows.persons.get(look.conn, sip.person_id), kinds))
        self._units = {unit.id: unit for unit in rows.units.where(look.conn)}
        self._parties = parties_of(look, sip)
        self._template = founding.sip_template(look.conn)

    def asks(self, party: SipParty, asking: Asking, language: Language, told: str) -> LetterFacts:
        """What a kallelse or inbjudan tells."""
        return LetterFacts(
            to=self._to(party),
            when=tuple(self._when(language)),
            about=() if asking.is_for_the_person else tuple(self._about()),
            values={
                "unit": self._units[self._sip.unit_id].name,
                "statute": self._template.statute,
                "name": self._name(),
            },
            texts=tuple((name, words) for name, words in self._texts(asking, told) if words),
            sender=sender(self._look),
        )

    def _to(self, party: SipParty) -> tuple[str, ...]:
        if party.unit_id is not None:
            return (self._units[party.unit_id].name,)
        if to_party(party).recipient is Recipient.PERSONEN:
            return self._person.full_name, *self._person.address.splitlines()
        return (let_through(party, self._kinds).name,)

    def _when(self, language: Language) -> Iterable[tuple[str, str]]:
        assert self._sip.meeting_on is not None
        said = (
            ("day", day_words(language, self._sip.meeting_on)),
            ("time", self._sip.meeting_time),
            ("place", self._sip.meeting_place),
        )
        return [(name, words) for name, words in said if words]

    def _texts(self, asking: Asking, told: str) -> Iterable[tuple[str, str]]:
        questions = self._or_withheld(self._whole, "questions")
        if asking is Asking.INBJUDAN_NARSTAENDE:
            return [("told", told)]
        if asking is Asking.INBJUDAN_PERSON:
            return [("told", told), ("questions", questions), ("others", self._named())]
        return [
            ("need", self._or_withheld(self._whole, "need_why")),
            ("questions", questions),
            ("others", self._others()),
        ]

    def _named(self) -> str:
        """Everybody who is asked but the person, as the person knows them."""
        told = (let_through(one, self._kinds) for one in self._parties if one.kind is not PartyKind.PERSONEN)
        return ", ".join(self._units[one.unit_id].name if one.unit_id else one.name or WITHHELD for one in told)

    def _others(self) -> str:
        """Everybody who is asked."""
        return ", ".join(who(self._look, one, self._kinds, WITHHELD) for one in self._parties)

    def agenda(self, units: list[UnitId], *, is_for_all: bool) -> SipAgendaFacts:
        """What the dagordning tells: nobody is named on what goes to units."""
        sip = self._sip
        assert sip.meeting_on is not None
        named = [label(one.kind) if one.unit_id is None else self._units[one.unit_id].name for one in self._parties]
        told = [who(self._look, one, self._kinds, WITHHELD) for one in self._parties]
        return SipAgendaFacts(
            on=sip.meeting_on,
            time=sip.meeting_time,
            place=sip.meeting_place,
            code=sip.code if units else None,
            name="" if units else self._name(),
            unit=self._units[sip.unit_id].name,
            parties=tuple(dict.fromkeys(named if units else told)),
            questions=self._or_withheld(self._whole, "questions"),
            points=self._template.agenda(),
            for_unit="" if is_for_all or not units else ", ".join(self._units[one].name for one in units),
        )

    def tell_tales(self) -> tuple[Found, ...]:
        """What in the texts of the dagordning can tell who somebody is."""
        names = [rows.persons.get(self._look.conn, self._whole.person_id).full_name]
        names += [one.name for one in self._parties if one.name]
        known = [word for unit in self._units.values() for word in (unit.name, unit.short)]
        return identifying(self._sip.questions, names=names, known=known)

    def plan(self, plan: SipPlan) -> SipPlanFacts:
        """What one edition of the plan tells."""
        kinds, sip = self._kinds, self._whole
        lines = commitments_of(self._look, plan)
        points = {one.id: point_of(self._agency(one)) for one in self._parties}
        is_locked = plan.finished_on is not None
        responsible = plan.responsible_id
        return SipPlanFacts(
            about=tuple(self._about()),
            statute=self._template.statute,
            edition=plan.edition,
            reason=self._or_withheld(plan, "reason"),
            finished=iso(plan.finished_on) if plan.finished_on else "",
            lacks=() if is_locked else missing(plan, {points[one.party_id] for one in lines}),
            important=self._or_withheld(sip, "important"),
            needed=self._or_withheld(plan, "needed"),
            none=plan.none,
            doing=tuple((point, self._doing(lines, point, points)) for point in Point),
            responsible=self._units[responsible].name if responsible else "",
            goals_short=self._or_withheld(plan, "goals_short"),
            goals_long=self._or_withheld(plan, "goals_long"),
            existing=self._or_withheld(plan, "existing"),
            follow_up=day_long(plan.follow_up_on) if plan.follow_up_on else "",
            took_part=tuple(
                (who(self._look, one, kinds, WITHHELD), came(sip, one, kinds, WITHHELD)) for one in self._parties
            ),
            signs=("Den enskilde", *(self._units[one.unit_id].name for one in self._parties if one.unit_id))
            if is_locked
            else (),
        )

    def _doing(
        self, lines: Iterable[SipCommitment], point: Point, points: dict[SipPartyId, Point]
    ) -> tuple[Doing, ...]:
        names = {one.id: who(self._look, one, self._kinds, WITHHELD) for one in self._parties}
        under = sorted(
            (one for one in lines if points[one.party_id] is point), key=lambda one: (str(one.due_on or "9999"), one.id)
        )
        return tuple(
            Doing(
                who=names[one.party_id],
                what=self._or_withheld(one, "what"),
                by=iso(one.due_on) if one.due_on else "",
            )
            for one in under
        )

    def _agency(self, party: SipParty) -> Agency | None:
        return None if party.unit_id is None else self._units[party.unit_id].agency

    def _name(self) -> str:
        if withheld(Person, "family_name", self._kinds):
            return PROTECTED_WORDS if self._person.protected else WITHHELD
        return self._person.full_name

    def _about(self) -> Iterable[tuple[str, str]]:
        """Whom it is of, and who holds it together."""
        number = PROTECTED_WORDS if self._person.protected else self._person.number.long
        holder = rows.contacts.get(self._look.conn, self._sip.contact_id)
        return [
            ("Namn", self._name()),
            ("Personnummer", WITHHELD if withheld(Person, "number", self._kinds) else number),
            ("Håller ihop", f"{holder.name}, {self._units[holder.unit_id].name}"),
        ]

    def _or_withheld(self, value: Sip | SipPlan | SipCommitment, name: str) -> str:
        """The words of a field; an empty one is empty, whatever its kind."""
        words = str(getattr(value, name))
        return WITHHELD if words and withheld(type(value), name, self._kinds) else words
