"""Ny planering: how the episode ends, what was recorded when it did, and the way back."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from misam_desktop.domain.access import May
from misam_desktop.domain.episode import QUIET_REASONS
from misam_desktop.gui.case_parts.asked import exit_card
from misam_desktop.gui.case_parts.plan import commitments
from misam_desktop.gui.case_parts.sheet import Sheet, facts
from misam_desktop.gui.dialogs.discharge import open_discharge, undo
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import GAP, Card, button, chip, column, holding, label, row
from misam_desktop.wording import day_long
from misam_desktop.wording import label as word_for


def planning(sheet: Sheet) -> QWidget:
    """The last part of a case's page."""
    cards = [_before(sheet), commitments(sheet, is_primary=False)] if sheet.is_open else _after(sheet)
    return holding(column(*cards, None, gap=GAP))


def _before(sheet: Sheet) -> Card:
    """What to think of before the episode ends."""
    end = button(tr("Avsluta ärendet …"), partial(open_discharge, sheet.work, sheet.page), "primary")
    card = Card(tr("Avslut"), beside=[end] if sheet.may(May.DISCHARGE) else [])
    months = sheet.page.activity.settings.rereferral_months
    words = [tr("Avsluta när samverkansbehovet är uppfyllt, eller när myndigheterna klarar resten var för sig.")]
    if months:
        words.append(tr("Personen kan återremitteras inom {months} månader.").format(months=months))
    card.add(label(" ".join(words), "muted", wrap=True))
    checklist = sheet.page.activity.settings.discharge_checklist
    if checklist:
        card.add(label(tr("Tänk på före avslutet"), "strong"))
        card.add(*(label(f"•  {words}", wrap=True) for words in checklist))
    return card


def _after(sheet: Sheet) -> list[Card]:
    if sheet.is_beside:
        return [_recorded(sheet)]
    is_quiet = sheet.page.episode.discharge_reason in QUIET_REASONS
    return [_recorded(sheet), *([] if is_quiet else [exit_card(sheet)]), _back(sheet)]


def _recorded(sheet: Sheet) -> Card:
    """What was written when the episode ended."""
    episode, referral = sheet.page.episode, sheet.page.referral
    card = Card(
        tr("Avslut"), beside=[chip(tr("Avslutad {day}").format(day=sheet.day(episode.discharged_on)), Tone.MUTED)]
    )
    reason = word_for(episode.discharge_reason) if episode.discharge_reason else ""
    known = [(tr("Avslutsorsak"), sheet.said(episode, "discharge_reason", reason))]
    if episode.discharge_reason not in QUIET_REASONS:
        livelihoods = episode.livelihoods_out.codes if episode.livelihoods_out else ()
        unchanged = tr("{education} (oförändrad)").format(education=word_for(referral.education))
        education = word_for(episode.education_out) if episode.education_out else unchanged
        destination = word_for(episode.destination) if episode.destination else ""
        known += [
            (tr("Avslutad till"), sheet.said(episode, "destination", destination)),
            (tr("Försörjning"), sheet.said(episode, "livelihoods_out", ", ".join(map(word_for, livelihoods)))),
            (tr("Utbildning"), sheet.said(episode, "education_out", education)),
            (tr("Planering efter avslut"), sheet.said(episode, "planning_after", episode.planning_after)),
        ]
    summary = sheet.said(episode, "discharge_text", episode.discharge_text)
    if summary:
        known.append((tr("Sammanfattning"), summary))
    card.add(facts(known))
    return card


def _back(sheet: Sheet) -> Card:
    """The way back: undo what was a mistake, or take the person back while that is possible."""
    page, work = sheet.page, sheet.work
    card = Card(tr("Om planeringen inte håller"))
    undoes = button(tr("Ångra avslutet"), partial(undo, work, page.episode))
    undoes.setVisible(May.DISCHARGE in page.allows)
    if page.came_back_with is not None:
        show = button(tr("Visa remissen"), partial(work.open_referral, page.came_back_with))
        card.add(label(tr("Personen är återremitterad. Avslutet ligger fast."), wrap=True), row(show, None))
        return card
    until = page.rereferral_until
    if until is None:
        card.add(label(tr("Efter det här avslutet görs ingen återremittering."), wrap=True), row(undoes, None))
        return card
    if until < sheet.today:
        words = tr("Tiden för återremittering gick ut {day}. Gör en vanlig remiss om behovet kommer tillbaka.")
        card.add(label(words.format(day=day_long(until)), wrap=True), row(undoes, None))
        return card
    again = button(tr("Återremittera …"), lambda: work.go("rereferral", page.episode.id), "primary")
    again.setVisible(May.WRITE_REFERRAL in page.allows)
    words = tr("Personen kan återremitteras till och med {day}. Det behövs ett nytt samtycke.")
    card.add(label(words.format(day=day_long(until)), wrap=True), row(again, undoes, None))
    return card
