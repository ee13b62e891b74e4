"""Enkäter och frågor: what the participant has been offered or asked, each with the clicks that note it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from misam_desktop.domain.access import May
from misam_desktop.domain.asked import AT_EXIT, Asked, AskedFacts, AskedWhat, occasions
from misam_desktop.domain.codes import InfoKind
from misam_desktop.gui.asking import Noting, Went, name_of, note, way_of, words_of
from misam_desktop.gui.case_parts.sheet import Cell, Lines, Sheet
from misam_desktop.gui.dialogs.asked import open_asked
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Card, button, chip, holding, label
from misam_desktop.gui.withheld import outside_consent

_TONES = {Went.DONE: Tone.GREEN, Went.OFFERED: Tone.PLAIN, Went.NOT_OFFERED: Tone.MUTED}


def asked_card(sheet: Sheet) -> Card:
    """The questionnaires that are due or noted, the question of violence and the talk at the exit."""
    card = Card(tr("Enkäter och frågor"))
    card.add(label(tr("Bara att det är erbjudet eller frågat, och när. Svaren sparas aldrig."), "small", wrap=True))
    shown = [*((AskedWhat.ENKAT, code) for code in _codes(sheet)), (AskedWhat.VALD, ""), (AskedWhat.SAMTAL, "")]
    card.add(Lines([_line(sheet, *one, notes=sheet.is_open) for one in shown], stretch=0, least=420))
    return card


def exit_card(sheet: Sheet) -> Card:
    """What is offered at the exit, once it has come: that can be noted of an ended case too."""
    card = Card(tr("Erbjudet vid avslutet"))
    shown = [(AskedWhat.SAMTAL, ""), *((AskedWhat.ENKAT, code) for code in _codes(sheet) if code == AT_EXIT)]
    card.add(Lines([_line(sheet, *one, notes=True) for one in shown], stretch=0, least=420))
    return card


def _codes(sheet: Sheet) -> list[str]:
    """The occasions that have come, and any that something is noted of."""
    due = occasions(sheet.page.activity.settings.questionnaires, sheet.page.episode, until=sheet.today)
    known = [one.occasion for one in sheet.page.asked if one.what is AskedWhat.ENKAT and one.is_noted]
    return list(dict.fromkeys([*(one.code for one in due), *known]))


def _line(sheet: Sheet, what: AskedWhat, occasion: str, *, notes: bool) -> list[Cell]:
    """One of them; with what notes it, for who may, where it can still be noted."""
    name = name_of(what, occasion)
    asked = next((one for one in sheet.page.asked if (one.what, one.occasion) == (what, occasion)), None)
    if what is AskedWhat.VALD and InfoKind.SOCIAL not in sheet.page.episode_kinds:
        return [label(name, wrap=True), label(outside_consent(), "muted")]
    is_noted_here = notes and not sheet.is_beside and May.ASK in sheet.page.allows
    ways = _buttons(sheet, what, occasion, asked) if is_noted_here else None
    return [label(name, wrap=True), _chip(sheet, what, asked), ways]


def _chip(sheet: Sheet, what: AskedWhat, asked: Asked | None) -> QWidget:
    went, words = way_of(asked), words_of(what)
    if asked is None or went is None:
        return chip(tr("Inget noterat"), Tone.MUTED)
    said = {
        Went.DONE: (words.done, asked.done_on),
        Went.OFFERED: (words.offered, asked.offered_on),
        Went.NOT_OFFERED: (words.not_offered, asked.not_offered_on),
    }
    word, day = said[went]
    return chip(f"{word} {sheet.day(day)}", _TONES[went])


def _buttons(sheet: Sheet, what: AskedWhat, occasion: str, asked: Asked | None) -> QWidget:
    """The click that comes next, and the form for everything else."""
    work, words, today = sheet.work, words_of(what), sheet.today
    noting, went = Noting.over(sheet.page.episode.id, what, occasion, asked), way_of(asked)
    made = []
    if went is None and _goes_on(sheet, what, occasion):
        made.append(button(words.offer, partial(note, work, noting, AskedFacts(offered_on=today))))
    elif went is Went.OFFERED and words.done and asked is not None:
        facts = AskedFacts(offered_on=asked.offered_on, done_on=today)
        made.append(button(words.finish, partial(note, work, noting, facts)))
    made.append(button(tr("Ändra …"), partial(open_asked, work, noting, asked), "link"))
    for one in made:
        one.setAccessibleName(f"{name_of(what, occasion)}: {one.text()}")
    return holding(Flow(*made, gap=6))


def _goes_on(sheet: Sheet, what: AskedWhat, occasion: str) -> bool:
    """Whether it can still be offered today with a click: a questionnaire within its days."""
    if what is not AskedWhat.ENKAT:
        return sheet.is_open
    due = occasions(sheet.page.activity.settings.questionnaires, sheet.page.episode, until=sheet.today)
    return any(one.code == occasion and one.from_on <= sheet.today <= one.until_on for one in due)
