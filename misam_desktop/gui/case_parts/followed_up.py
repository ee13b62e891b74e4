"""Uppföljning: what was found each time, and when it is time again."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Livelihood
from misam_desktop.domain.follow_up import FollowUp, FollowUpState, is_open, state_of, was_moved
from misam_desktop.domain.gate import withheld
from misam_desktop.gui.case_parts.asked import asked_card
from misam_desktop.gui.case_parts.deviations import deviations_card
from misam_desktop.gui.case_parts.plan import commitments
from misam_desktop.gui.case_parts.reminders import calendar_button
from misam_desktop.gui.case_parts.sheet import Cell, Lines, Sheet, stacked
from misam_desktop.gui.case_parts.step_scale import step_name, step_scale
from misam_desktop.gui.deadlines import days_left
from misam_desktop.gui.dialogs.follow_up import open_follow_up, open_move, what
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import GAP, Card, button, chip, column, holding, label
from misam_desktop.gui.withheld import outside_consent
from misam_desktop.wording import how_many
from misam_desktop.wording import label as word_for

_TONES = {
    FollowUpState.KOMMANDE: Tone.PLAIN,
    FollowUpState.SNART: Tone.AMBER,
    FollowUpState.FORFALLEN: Tone.RED,
    FollowUpState.GJORD: Tone.GREEN,
    FollowUpState.KUNDE_INTE_NAS: Tone.AMBER,
    FollowUpState.INSTALLD: Tone.MUTED,
}


def followed_up(sheet: Sheet) -> QWidget:
    """The fourth part of a case's page: the follow-ups, the steps, and what is still to be done of the plan."""
    scale = step_scale(sheet)
    parts: list[QWidget] = [_follow_ups(sheet), *([scale] if scale is not None else [])]
    if sheet.is_open:
        parts.append(commitments(sheet, is_primary=False))
    parts += [asked_card(sheet), deviations_card(sheet)]
    return holding(column(*parts, None, gap=GAP))


def _follow_ups(sheet: Sheet) -> Card:
    following = sheet.page.next_follow_up
    beside = list[QWidget]()
    in_calendar = calendar_button(sheet.work, sheet.page.follow_ups, activity=sheet.page.activity.name)
    if in_calendar is not None and not sheet.is_beside:
        beside.append(in_calendar)
    if following is not None and _may_follow_up(sheet, following):
        words = tr("Följ upp {months} …").format(months=what(following.anchor, following.months))
        beside.append(button(words, partial(open_follow_up, sheet.work, following.id), "primary"))
    card = Card(tr("Uppföljningar"), beside=beside)
    shown = in_order(sheet.page.follow_ups)
    if not shown:
        card.add(label(tr("Inga uppföljningar är planerade."), "muted", wrap=True))
        return card
    headings = (tr("När"), tr("Läge"), tr("Anteckning"))
    card.add(Lines([_row(sheet, one) for one in shown], headings=headings, stretch=2, least=380, from_top=True))
    return card


def _may_follow_up(sheet: Sheet, one: FollowUp) -> bool:
    """Those who work with the case, and who owns this one; after the discharge too, where the activity follows up."""
    me, page = sheet.work.desk.me, sheet.page
    owns = one.owner_id is not None and one.owner_id == me.contact_id and page.deciding is not None
    return not sheet.is_beside and (May.FOLLOW_UP in page.allows or owns)


def in_order(follow_ups: tuple[FollowUp, ...]) -> list[FollowUp]:
    """What is still to be done by its day, then what was done from the newest back, last what was cancelled."""
    waiting = sorted((one for one in follow_ups if is_open(one)), key=lambda one: one.due_on)
    done = [one for one in follow_ups if one.done_on is not None]
    cancelled = sorted((one for one in follow_ups if one.cancelled_on is not None), key=lambda one: one.due_on)
    return [*waiting, *sorted(done, key=lambda one: (str(one.done_on), one.due_on), reverse=True), *cancelled]


def _row(sheet: Sheet, one: FollowUp) -> list[Cell]:
    state = state_of(one, today=sheet.today)
    is_due, by_whom = is_open(one) and one.due_on <= sheet.today, _by_whom(sheet, one)
    return [
        stacked(
            chip(days_left((one.due_on - sheet.today).days) if is_due else word_for(state), _TONES[state]),
            label(sheet.day(one.done_on or one.due_on)),
            label(what(one.anchor, one.months), "small"),
        ),
        stacked(*_found(sheet, one)),
        stacked(*_notes(sheet, one), by_whom and label(by_whom, "small", wrap=True)),
        _move_button(sheet, one),
    ]


def _found(sheet: Sheet, one: FollowUp) -> list[Cell]:
    """Step and försörjning, once it has been done."""
    if one.done_on is None:
        return []
    kinds = sheet.page.episode_kinds
    if withheld(FollowUp, "step", kinds) and withheld(FollowUp, "livelihoods", kinds):
        return [outside_consent()]
    step = label(step_name(sheet, one.step), "strong", wrap=True) if one.step is not None else None
    lives_on = ", ".join(map(_with_breaks, one.livelihoods.codes)) if one.livelihoods else ""
    return [step, sheet.said(one, "livelihoods", lives_on)]


def _with_breaks(livelihood: Livelihood) -> str:
    """«Aktivitetsstöd/Utvecklingsersättning» may go on to the next line after its stroke."""
    return word_for(livelihood).replace("/", "/\u200b")


def _by_whom(sheet: Sheet, one: FollowUp) -> str:
    """Who did it, or whose turn it is."""
    if one.done_on is None:
        return sheet.work.desk.contact(one.owner_id) if is_open(one) else ""
    return one.supplied_by or sheet.page.done_by.get(str(one.done_by), "")


def _move_button(sheet: Sheet, one: FollowUp) -> QWidget | None:
    if not is_open(one) or not _may_follow_up(sheet, one):
        return None
    made = button(tr("Flytta …"), partial(open_move, sheet.work, one.id))
    made.setAccessibleName(tr("Flytta uppföljningen {day}").format(day=sheet.day(one.due_on)))
    return made


def _notes(sheet: Sheet, one: FollowUp) -> list[str]:
    """What was written, and why it has another day than planned."""
    if one.done_on is not None and withheld(FollowUp, "note", sheet.page.episode_kinds):
        notes = [outside_consent()]
    else:
        notes = [one.note]
    if one.next_step:
        notes.append(tr("Nästa steg: {what}").format(what=one.next_step))
    if is_open(one) and one.unreached_on is not None:
        times = how_many(one.tries, tr("gång"), tr("gånger"))
        tried = tr("Försökt {times}, senast {day}.")
        notes.append(tried.format(times=times, day=sheet.day(one.unreached_on)))
    if was_moved(one) and one.moved_why:
        moved = tr("Flyttad från {day}: {why}")
        notes.append(moved.format(day=sheet.day(one.original_due_on), why=one.moved_why))
    return notes
