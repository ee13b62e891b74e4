"""Noting that something was offered, asked or answered: the words for it, and the few clicks that it takes."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from misam_desktop.commands.asked import note_asked
from misam_desktop.domain.asked import Asked, AskedFacts, AskedStep, AskedWhat
from misam_desktop.domain.ids import EpisodeId
from misam_desktop.gui.inputs import Choice
from misam_desktop.gui.text import tr
from misam_desktop.wording import label, occasion_words

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace
    from misam_desktop.queries.asked import WaitingRow


class Went(StrEnum):
    """How it went, as the forms ask for it."""

    DONE = "done"
    OFFERED = "offered"
    NOT_OFFERED = "not_offered"


class Words(NamedTuple):
    """What is said of one kind of thing; ``finish`` and ``done`` are empty where there is no answer to note."""

    offered: str
    done: str
    not_offered: str
    offer: str
    finish: str


def words_of(what: AskedWhat) -> Words:
    """The words that suit what is offered or asked."""
    return {
        AskedWhat.ENKAT: Words(
            tr("Erbjuden"), tr("Besvarad"), tr("Inte erbjuden"), tr("Erbjuden i dag"), tr("Besvarad")
        ),
        AskedWhat.SAMTAL: Words(tr("Erbjudet"), tr("Hållet"), tr("Inte erbjudet"), tr("Erbjudet i dag"), tr("Hållet")),
        AskedWhat.VALD: Words(tr("Frågad"), "", tr("Inte frågad"), tr("Frågad i dag"), ""),
    }[what]


def ways(what: AskedWhat) -> list[Choice]:
    """How it can have gone."""
    words = words_of(what)
    done = [Choice(Went.DONE, tr("{offered}, {done}").format(offered=words.offered, done=words.done.lower()))]
    return [
        *(done if words.done else []),
        Choice(Went.OFFERED, words.offered),
        Choice(Went.NOT_OFFERED, words.not_offered),
    ]


def way_of(asked: Asked | None) -> Went | None:
    """How it went, as far as it is noted."""
    if asked is None or not asked.is_noted:
        return None
    if asked.not_offered_on is not None:
        return Went.NOT_OFFERED
    return Went.OFFERED if asked.done_on is None else Went.DONE


def facts_of(went: Went | None, *, on: date, done_on: date | None = None) -> AskedFacts:
    """What is noted of it when it went so on a day; answered the same day if nothing else is said."""
    if went is None:
        return AskedFacts()
    if went is Went.NOT_OFFERED:
        return AskedFacts(not_offered_on=on)
    return AskedFacts(offered_on=on, done_on=(done_on or on) if went is Went.DONE else None)


def name_of(what: AskedWhat, occasion: str) -> str:
    """«Indikatorenkät 3 månader»."""
    return f"{label(what)} {occasion_words(occasion)}" if occasion else label(what)


class Noting(NamedTuple):
    """What is to be noted, of which episode, over what is noted already."""

    episode_id: EpisodeId
    what: AskedWhat
    occasion: str
    before: AskedFacts = AskedFacts()
    version: int = 0

    @classmethod
    def over(cls, episode_id: EpisodeId, what: AskedWhat, occasion: str, asked: Asked | None) -> Noting:
        """Over what a case's page shows."""
        if asked is None:
            return cls(episode_id, what, occasion)
        return cls(episode_id, what, occasion, _facts(asked), asked.version)


def note(work: Workspace, noting: Noting, facts: AskedFacts) -> None:
    """Note it with one click, and offer to take that back."""

    def take_back(made: Asked) -> None:
        back = note_asked(noting.episode_id, noting.what, noting.before, occasion=noting.occasion, seen=made.version)
        work.session.do(back, owner=work)

    def tell(made: Asked) -> None:
        words = words_of(noting.what)
        went = way_of(made)
        said = {Went.DONE: words.done, Went.OFFERED: words.offered, Went.NOT_OFFERED: words.not_offered}
        name = name_of(noting.what, noting.occasion)
        done = said[went].lower() if went else tr("inte längre noterad")
        work.tell(tr("{name}: {done}.").format(name=name, done=done), undo=lambda: take_back(made))

    request = note_asked(noting.episode_id, noting.what, facts, occasion=noting.occasion, seen=noting.version)
    work.session.do(request, owner=work, then=tell)


def note_from_list(work: Workspace, row: WaitingRow) -> None:
    """The one action of a questionnaire on Idag: offered today, or answered today."""
    today = work.session.clock.today()
    before = AskedFacts(offered_on=row.offered_on)
    offered_on = today if row.step is AskedStep.OFFER else row.offered_on
    facts = AskedFacts(offered_on=offered_on, done_on=None if row.step is AskedStep.OFFER else today)
    note(work, Noting(row.episode_id, AskedWhat.ENKAT, row.code, before, row.version), facts)


def _facts(asked: Asked) -> AskedFacts:
    return AskedFacts(offered_on=asked.offered_on, done_on=asked.done_on, not_offered_on=asked.not_offered_on)
