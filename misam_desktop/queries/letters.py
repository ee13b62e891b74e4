"""The letters of a case as they would leave now: which there are, and each to be looked at before it goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from misam_desktop.documents.letters import LetterFacts, letter
from misam_desktop.documents.paper import Paper
from misam_desktop.documents.phrases import Language, day_words
from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.codes import InfoKind, Outcome, Recipient
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.episode import Episode, rereferral_until
from misam_desktop.domain.follow_up import FollowUp, is_open
from misam_desktop.domain.gate import To, leaving, let_through, must_leave, needed, preview, withheld
from misam_desktop.domain.ids import ReferralId, UnitId
from misam_desktop.domain.letter import PERSON, Letter, letters_of, must_be_due
from misam_desktop.domain.people import Person
from misam_desktop.domain.protection import covered
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.papers import frame, sender
from misam_desktop.queries.shown import PROTECTED_WORDS, WITHHELD
from misam_desktop.store import rows, subjects, tables
from misam_desktop.vault import Look, query
from misam_desktop.wording import iso, label

_F = tables.follow_up.c


class Offered(NamedTuple):
    """A letter that there is reason for, and who gets it: the unit by its name, or the person."""

    letter: Letter
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterChoice:
    """Which letter, in which language and size; ``told`` is what the writer adds to the person in plain words."""

    letter: Letter
    language: Language = Language.SV
    large: bool = False
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A letter as it may leave: who gets it, which kinds it tells, and under which consent.

    ``ahead`` are the follow-ups whose days it tells, in the ``activity``.
    """

    choice: LetterChoice
    paper: Paper
    to: To
    kinds: frozenset[InfoKind]
    consent: Consent | None
    activity: str
    ahead: tuple[FollowUp, ...]


@query("letters.listed", needs=May.READ_CASE)
def letters(look: Look, referral_id: ReferralId) -> list[Offered]:
    """The letters that a case now gives reason for, and that the asker may give. Raises NotFound.

    Which there are says how a case has ended: who may give none is not told.
    """
    referral = rows.referrals.get(look.conn, referral_id)
    look.opened(referral.id, referral.person_id)
    decision = look.require(subjects.of_referral(look.conn, referral))
    whole = subjects.of_whole_case(look.conn, referral)
    units = {unit.id: unit.name for unit in rows.units.where(look.conn)}
    return [
        Offered(one, units[to.unit_id] if to.unit_id else label(to.recipient))
        for one, to in letters_of(let_through(referral, decision.kinds), _episode(look, referral)).items()
        if look.allowed(whole, needed([to], look.actor.unit_id))
    ]


@query("letter.previewed", needs=May.READ_CASE)
def letter_preview(look: Look, referral_id: ReferralId, choice: LetterChoice) -> Written:
    """The letter as it would be given out. Raises NotFound, LetterNotDue, NotYourTask, NothingLeaves."""
    referral = rows.referrals.get(look.conn, referral_id)
    look.opened(referral.id, referral.person_id)
    return written(look, referral, choice)


def written(look: Look, referral: Referral, choice: LetterChoice) -> Written:
    """The letter with all that the gate lets through to whoever gets it.

    Raises LetterNotDue, NotYourTask, NothingLeaves.
    """
    episode = _episode(look, referral)
    to = must_be_due(choice.letter, referral, episode)
    subject = subjects.of_whole_case(look.conn, referral)
    mine = look.require(subject, needed([to], look.actor.unit_id)).kinds
    cells = preview(subject, mine=mine, own_unit_id=look.actor.unit_id, to=[to], today=look.today)
    kinds = must_leave(leaving(cells, to))
    language = choice.language if choice.letter.is_for_the_person else Language.SV
    known = _Facts(look, referral, episode, kinds, language)
    facts = known.of(choice.letter, to, choice.told.strip())
    return Written(
        choice=choice,
        paper=letter(choice.letter, facts, language, frame(look), large=choice.large),
        to=to,
        kinds=kinds,
        consent=next(cell.consent for cell in cells),
        activity=known.activity.name,
        ahead=tuple(known.ahead()) if choice.letter is Letter.INSKRIVNING else (),
    )


def _episode(look: Look, referral: Referral) -> Episode | None:
    return None if referral.episode_id is None else rows.episodes.get(look.conn, referral.episode_id)


class _Facts:
    """What each letter tells of a case, cut to the kinds that leave with it."""

    def __init__(
        self, look: Look, referral: Referral, episode: Episode | None, kinds: frozenset[InfoKind], language: Language
    ) -> None:
        self._look, self._kinds, self._language = look, kinds, language
        self._referral = let_through(referral, kinds)
        self._episode = None if episode is None else let_through(episode, kinds)
        self._person: Person = covered(let_through(rows.persons.get(look.conn, referral.person_id), kinds))
        self.activity: Activity = rows.activities.get(look.conn, referral.activity_id)
        self._units: dict[UnitId, str] = {unit.id: unit.name for unit in rows.units.where(look.conn)}

    def of(self, kind: Letter, to: To, told: str) -> LetterFacts:
        """The facts of one letter."""
        texts = [*self._texts(kind), *([("told", told)] if told and to == PERSON else [])]
        return LetterFacts(
            to=self._to(to),
            about=() if to == PERSON else tuple(self._about(kind)),
            values=self._values(),
            said=tuple(self._said()) if kind in {Letter.BEDOMNING, Letter.BESKED} else (),
            texts=tuple(texts),
            dates=tuple(self._dates(kind)),
            steps=self.activity.settings.steps if kind is Letter.UPPFOLJNING else (),
            sender=sender(self._look),
        )

    def _to(self, to: To) -> tuple[str, ...]:
        if to.recipient is Recipient.PERSONEN:
            return self._person.full_name, *self._person.address.splitlines()
        unit = self._units[to.unit_id] if to.unit_id else ""
        worker = self._referral.contact_id
        if self._episode is not None and to.unit_id == self._episode.commissioner_id:
            worker = self._episode.case_worker_id
        return unit, rows.contacts.get(self._look.conn, worker).name if worker else ""

    def _said(self) -> Iterator[str]:
        """The forum's assessment, and what was ticked beside it."""
        if self._referral.outcome is not None:
            yield self._referral.outcome.value
        if self._referral.also_nafs:
            yield "also_nafs"
        if self._referral.also_sip:
            yield "also_sip"

    def _values(self) -> dict[str, str]:
        referral, episode, settings = self._referral, self._episode, self.activity.settings
        until = rereferral_until(episode, months=settings.rereferral_months) if episode else None
        following = self.ahead()
        days = {
            "day": referral.outcome_on,
            "referred": referral.referred_on,
            "enrolled": episode.enrolled_on if episode else None,
            "discharged": episode.discharged_on if episode else None,
            "until": until,
            "due": following[0].due_on if following else None,
        }
        return {name: day_words(self._language, day) for name, day in days.items() if day is not None} | {
            "unit": self._units.get(referral.home_id, "") if referral.home_id else "",
            "activity": self.activity.name,
            "forum": settings.forum_name.lower(),
            "which": f"efter {following[0].months} månader" if following else "",
        }

    def _about(self, kind: Letter) -> Iterator[tuple[str, str]]:
        """Whom an authority reads about, and what has been recorded of the case."""
        person, episode = self._person, self._episode
        yield "Namn", self._or_withheld(person, "family_name", person.full_name)
        number = PROTECTED_WORDS if person.protected else person.number.long
        yield "Personnummer", self._or_withheld(person, "number", number)
        if kind is Letter.BEDOMNING or episode is None:
            return
        if kind is Letter.SLUTDOKUMENTATION:
            yield from self._discharged(episode)
            return
        for words, contact_id in (("Handläggare", episode.case_worker_id), ("Samordnare", episode.case_lead_id)):
            yield words, rows.contacts.get(self._look.conn, contact_id).name if contact_id else "Inte utsedd"
        if episode.team:
            yield "Team", episode.team

    def _discharged(self, episode: Episode) -> Iterator[tuple[str, str]]:
        out = episode.livelihoods_out
        codes = (
            ("Avslutsorsak", "discharge_reason", label(episode.discharge_reason) if episode.discharge_reason else ""),
            ("Avslutad till", "destination", label(episode.destination) if episode.destination else ""),
            ("Försörjning", "livelihoods_out", ", ".join(map(label, out.codes)) if out else ""),
        )
        for words, name, value in codes:
            yield words, self._or_withheld(episode, name, value)

    def _texts(self, kind: Letter) -> Iterator[tuple[str, str]]:
        """What somebody has written, each under the heading that the phrases have for it."""
        referral, episode = self._referral, self._episode
        if kind in {Letter.BEDOMNING, Letter.BESKED}:
            headings = {Outcome.ATER: "plan", Outcome.KOMPLETTERA: "complete"}
            heading = "text" if referral.outcome is None else headings.get(referral.outcome, "text")
            yield from self._text(heading, referral, "outcome_text")
        elif kind in {Letter.SLUTDOKUMENTATION, Letter.AVSLUT} and episode is not None:
            yield from self._text("after", episode, "planning_after")
            yield from self._text("text", episode, "discharge_text")
        elif kind is Letter.UPPFOLJNING:
            yield from self._last_time()

    def _text(self, heading: str, value: Any, name: str) -> Iterator[tuple[str, str]]:
        words = self._or_withheld(value, name, getattr(value, name))
        if words:
            yield heading, words

    def _last_time(self) -> Iterator[tuple[str, str]]:
        done = [one for one in self._follow_ups() if one.done_on is not None]
        if not done:
            return
        last = done[-1]
        steps = self.activity.settings.steps
        step = f"Steg {last.step} {steps[last.step - 1]}" if last.step and last.step <= len(steps) else ""
        agreed = f"Nästa steg: {last.next_step}" if last.next_step else ""
        said = [iso(last.done_on) if last.done_on else "", step, last.note, agreed]
        yield "last", "\n".join(filter(None, said))

    def _dates(self, kind: Letter) -> Iterator[tuple[str, str]]:
        if kind is Letter.INSKRIVNING:
            for one in self.ahead():
                yield f"{one.months} månader", iso(one.due_on)
        elif kind is Letter.SLUTDOKUMENTATION:
            for one in self._follow_ups():
                if one.done_on is not None:
                    yield f"{one.months} månader", iso(one.done_on)

    def ahead(self) -> list[FollowUp]:
        """The follow-ups that are still to be done, by their day."""
        return [one for one in self._follow_ups() if is_open(one)]

    def _follow_ups(self) -> list[FollowUp]:
        if self._episode is None:
            return []
        found = rows.follow_ups.of(self._look.conn, _F.episode_id, self._episode.id, by=_F.due_on)
        return [let_through(one, self._kinds) for one in found]

    def _or_withheld(self, value: Any, name: str, words: str) -> str:
        return WITHHELD if withheld(type(value), name, self._kinds) else words
