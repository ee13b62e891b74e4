"""Aktuell behovsbild: what the referrer asked, and how things stood when the person came."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Education
from misam_desktop.domain.referral import Referral
from misam_desktop.gui.case_parts.sheet import Sheet, facts
from misam_desktop.gui.dialogs.entry import open_entry
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import GAP, Card, button, chip, column, holding, label
from misam_desktop.wording import explanation, how_many
from misam_desktop.wording import label as word_for


def needs(sheet: Sheet) -> QWidget:
    """The second part of a case's page."""
    cards = [_question(sheet), _entry(sheet)]
    if sheet.page.referral.is_rereferral:
        cards.insert(0, _came_back(sheet))
    return holding(column(*cards, None, gap=GAP))


def _question(sheet: Sheet) -> Card:
    referral, desk = sheet.page.referral, sheet.work.desk
    card = Card(tr("Frågeställning"))
    question = sheet.said(referral, "question", referral.question or tr("Ingen frågeställning är skriven."))
    card.add(label(question, wrap=True, selectable=True))
    needed = ", ".join(desk.unit(one) for one in referral.needed_unit_ids)
    known = [
        (tr("Remiss från"), _from_whom(sheet, referral)),
        (tr("Behövs från"), sheet.said(referral, "needed_unit_ids", needed)),
        (tr("Varför"), sheet.said(referral, "needed_why", referral.needed_why)),
        (tr("Utanför målgruppen"), sheet.said(referral, "target_reason", referral.target_reason)),
        (tr("Uppgift lämnad av"), referral.supplied_by),
        (tr("Forumets bedömning"), sheet.said(referral, "outcome_text", referral.outcome_text)),
    ]
    card.add(facts((name, value) for name, value in known if value))
    return card


def _from_whom(sheet: Sheet, referral: Referral) -> str:
    desk = sheet.work.desk
    unit = desk.unit(referral.unit_id) or word_for(referral.referrer)
    contact = desk.contact(referral.contact_id)
    return ", ".join(part for part in (contact, unit, sheet.day(referral.referred_on)) if part)


def _entry(sheet: Sheet) -> Card:
    referral, person = sheet.page.referral, sheet.page.person
    age = person.number.age_on(referral.referred_on)
    complete = button(tr("Komplettera …"), partial(open_entry, sheet.work, sheet.page))
    complete.setAccessibleName(tr("Komplettera uppgifterna vid inskrivningen …"))
    may = not sheet.is_beside and May.CHANGE_REFERRAL in sheet.page.allows
    card = Card(tr("Vid inskrivningen"), beside=[complete] if may else [])
    known = [
        (tr("Ålder vid remissen"), person, "number", tr("{age} år").format(age=age) if age is not None else ""),
        (tr("Försörjning"), referral, "livelihoods", ", ".join(map(word_for, referral.livelihoods.codes))),
        (tr("Tid i offentlig försörjning"), referral, "support_months", _how_long(referral.support_months)),
        (tr("Utbildning"), referral, "education", _education(referral)),
    ]
    unknown = tr("Uppgift saknas")
    card.add(facts((words, sheet.said(value, name, told or unknown)) for words, value, name, told in known))
    flags = [chip(tr("SGI 0"), Tone.AMBER)] if referral.sgi0 else []
    for one in referral.priorities:
        flag = chip(word_for(one))
        flag.setToolTip(explanation(one))
        flags.append(flag)
    if flags:
        card.add(Flow(*flags))
    return card


def _education(referral: Referral) -> str:
    return word_for(referral.education) if referral.education is not Education.OKAND else ""


def _how_long(months: int | None) -> str:
    """«30 månader (2,5 år)»."""
    if months is None:
        return ""
    words = how_many(months, tr("månad"), tr("månader"))
    if months < 24:
        return words
    years = f"{months / 12:.1f}".removesuffix(".0").replace(".", ",")
    return tr("{months} ({years} år)").format(months=words, years=years)


def _came_back(sheet: Sheet) -> Card:
    """What did not hold after the earlier discharge."""
    referral = sheet.page.referral
    reason = word_for(referral.rereferral_reason) if referral.rereferral_reason else ""
    card = Card(tr("Återremitterad"), beside=[chip(reason, Tone.AMBER)] if reason else [])
    words = sheet.said(referral, "not_held", referral.not_held or tr("Ingen text är skriven."))
    card.add(label(words, wrap=True, selectable=True))
    return card
