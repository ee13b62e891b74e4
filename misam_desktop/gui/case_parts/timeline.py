"""Tidslinje: what has happened in a case, the newest first, and what comes next above it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from misam_desktop.domain.asked import AskedWhat
from misam_desktop.domain.codes import Purpose
from misam_desktop.domain.episode import Assignment, AssignmentRole, Episode
from misam_desktop.gui.case_parts.sheet import Sheet
from misam_desktop.gui.dialogs.follow_up import what
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Card, label
from misam_desktop.wording import how_many, short
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.queries.cases import CasePage
    from misam_desktop.queries.desk import Desk


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened on a day."""

    on: date
    words: str


def timeline(sheet: Sheet) -> Card:
    """The card to the right of a case's parts."""
    card = Card(tr("Tidslinje"))
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    for at, event in enumerate(events(sheet.page, sheet.work.desk)):
        grid.addWidget(label(sheet.day(event.on), "small"), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(event.words, wrap=True), at, 1)
    card.add(held)
    card.body.addStretch(1)
    return card


def events(page: CasePage, desk: Desk) -> list[Event]:
    """Everything that happened, the newest first; the follow-up that comes next stands above it all."""
    told = [*_other_episodes(page), *_before(page, desk), *_assigned(page, desk), *_followed_up(page)]
    told += [*_talked(page), *_ended(page)]
    oldest_first = sorted(told, key=lambda event: event.on)  # within a day in the order of the work
    return [*_next(page), *reversed(oldest_first)]


def _next(page: CasePage) -> Iterator[Event]:
    following = page.next_follow_up
    if following is not None:
        words = tr("Uppföljning {months} ska göras").format(months=what(following.anchor, following.months))
        yield Event(following.due_on, words)


def _other_episodes(page: CasePage) -> Iterator[Event]:
    for one in page.others:
        is_earlier = one.enrolled_on < page.episode.enrolled_on
        period = tr("tidigare insatsperiod") if is_earlier else tr("senare insatsperiod")
        if one.discharged_on is not None:
            yield Event(one.discharged_on, f"{_how_ended(one)} ({period})")
        elif not is_earlier:
            yield Event(one.enrolled_on, tr("Inskriven igen ({period})").format(period=period))


def _before(page: CasePage, desk: Desk) -> Iterator[Event]:
    """From the referral to the forum's answer."""
    referral = page.referral
    unit = desk.unit(referral.unit_id) or word_for(referral.referrer)
    words = tr("Återremiss från {unit}") if referral.is_rereferral else tr("Remiss från {unit}")
    reason = f": {_lower(word_for(referral.rereferral_reason))}" if referral.rereferral_reason else ""
    yield Event(referral.referred_on, words.format(unit=unit) + reason)
    by_day = sorted(page.consents, key=lambda one: (one.from_on, tuple(Purpose).index(one.purpose)))
    for day, given in groupby(by_day, key=lambda one: one.from_on):
        purposes = ", ".join(short(one.purpose) for one in given)
        yield Event(day, tr("Samtycke: {purposes}").format(purposes=purposes))
    taken_back = [(one.withdrawn_on, one.purpose) for one in page.consents if one.withdrawn_on is not None]
    for day, purpose in dict.fromkeys(taken_back):
        yield Event(day, tr("Samtycke återkallat: {purpose}").format(purpose=short(purpose)))
    for assessment in page.assessments:
        if assessment.taken_back_at is None:
            forum = page.activity.settings.forum_name
            yield Event(assessment.concluded_on, f"{forum}: {_lower(word_for(assessment.outcome))}")


def _assigned(page: CasePage, desk: Desk) -> Iterator[Event]:
    """The enrolment with who had the case then, and each change since."""
    episode = page.episode
    in_order = sorted(page.assignments, key=lambda one: (one.from_on, tuple(AssignmentRole).index(one.role)))
    first = [one for one in in_order if one.from_on == episode.enrolled_on]
    who = ", ".join(f"{word_for(one.role).lower()} {_whom(one, desk)}" for one in first)
    yield Event(episode.enrolled_on, tr("Inskriven. {who}").format(who=who[:1].upper() + who[1:]).strip())
    held = {one.role for one in first}
    for one in in_order:
        if one.from_on == episode.enrolled_on:
            continue
        words = tr("Ny {role}: {whom}") if one.role in held else tr("{role}: {whom}")
        role = word_for(one.role).lower() if one.role in held else word_for(one.role)
        held.add(one.role)
        yield Event(one.from_on, words.format(role=role, whom=_whom(one, desk)))


def _whom(one: Assignment, desk: Desk) -> str:
    return desk.unit(one.unit_id) or desk.contact(one.contact_id) or tr("ingen")


def _followed_up(page: CasePage) -> Iterator[Event]:
    """Each follow-up that was done, with where it found the person on the scale, and tries in vain."""
    before: int | None = None
    done = [(one.done_on, one) for one in page.follow_ups if one.done_on is not None]
    for day, one in sorted(done, key=lambda pair: (pair[0], pair[1].due_on)):
        words = tr("Uppföljning {months}").format(months=what(one.anchor, one.months))
        yield Event(day, f"{words}{_step_change(before, one.step)}")
        before = one.step or before
    for one in page.follow_ups:
        if one.done_on is None and one.unreached_on is not None:
            yield Event(one.unreached_on, tr("Kunde inte nås"))


def _talked(page: CasePage) -> Iterator[Event]:
    """Talks with what became of them, and the one at the exit when it was held."""
    for talk in page.talks:
        made = sum(one.talk_id == talk.id for one in page.commitments)
        agreed = f": {how_many(made, tr('åtagande'), tr('åtaganden'))}" if made else ""
        yield Event(talk.on, f"{word_for(talk.kind)}{agreed}")
    for one in page.asked:
        if one.what is AskedWhat.SAMTAL and one.done_on is not None:
            yield Event(one.done_on, word_for(one.what))


def _step_change(before: int | None, step: int | None) -> str:
    """«· steg 1 → 2»."""
    if step is None:
        return ""
    moved = f"{before} → {step}" if before not in (None, step) else str(step)
    kept_together = tr("steg {steps}").format(steps=moved).replace(" ", "\u00a0")
    return f" · {kept_together}"


def _ended(page: CasePage) -> Iterator[Event]:
    episode = page.episode
    if episode.discharged_on is not None:
        yield Event(episode.discharged_on, _how_ended(episode))


def _how_ended(episode: Episode) -> str:
    if episode.destination is not None:
        return tr("Avslutad till {destination}").format(destination=word_for(episode.destination))
    reason = word_for(episode.discharge_reason) if episode.discharge_reason else ""
    return tr("Avslutad: {reason}").format(reason=_lower(reason))


def _lower(words: str) -> str:
    """The words within a sentence; an abbreviation keeps its capitals."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
