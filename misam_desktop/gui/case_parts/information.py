"""Information: the consents of the case, who works with it, and how the person is reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise

from PySide6.QtWidgets import QWidget

from misam_desktop.domain.access import May
from misam_desktop.domain.codes import InfoKind
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.episode import Assignment, AssignmentRole
from misam_desktop.domain.ids import UnitId
from misam_desktop.gui.case_parts.consents import chip_of, informed_line, paper_links, receipt_link, standing
from misam_desktop.gui.case_parts.handed_out import handed_card
from misam_desktop.gui.case_parts.sheet import Cell, Lines, Sheet, facts, stacked
from misam_desktop.gui.dialogs.consent import open_consent, open_renew
from misam_desktop.gui.dialogs.person import open_person
from misam_desktop.gui.dialogs.protection import ways_to_protect
from misam_desktop.gui.dialogs.reassign import holder_of, open_reassign
from misam_desktop.gui.dialogs.team import open_team
from misam_desktop.gui.dialogs.withdraw_consent import open_withdraw
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.nafs_parts.beside import nafs_card
from misam_desktop.gui.protected import said_or_kept, ways_to_show
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import GAP, Card, button, chip, column, holding, label, row
from misam_desktop.gui.withheld import outside_consent
from misam_desktop.wording import label as word_for


def information(sheet: Sheet) -> QWidget:
    """The first part of a case's page."""
    handed = handed_card(sheet.work, sheet.page.referral.id, sheet.page.disclosures)
    allows = frozenset[May]() if sheet.is_beside else sheet.page.allows
    nafs = nafs_card(sheet.work, sheet.page.nafs, sheet.page.person, allows)
    beside = [nafs] if nafs is not None else []
    return holding(column(_consents(sheet), *beside, _assignments(sheet), _contact(sheet), handed, None, gap=GAP))


def _consents(sheet: Sheet) -> Card:
    page = sheet.page
    record = partial(open_consent, sheet.work, page.referral.id, unit_ids=_units_of_case(sheet))
    is_missing = not any(one.withdrawn_on is None for one in page.consents)
    role = "primary" if is_missing else ""
    beside = [button(tr("Nytt samtycke …"), record, role)] if sheet.may(May.RECORD_CONSENT) else []
    card = Card(tr("Samtycken"), beside=beside)
    if not page.consents:
        card.add(label(_no_consent(sheet), "muted", wrap=True), *_informed_line(sheet))
        return card
    last = list(standing(page.consents).values())
    card.add(Lines(_consent_rows(sheet, last), stretch=0, least=400))
    earlier = [one for one in page.consents if one not in last]
    if earlier:
        card.add(label(_earlier(sheet, earlier), "small", wrap=True))
    card.add(*_informed_line(sheet))
    return card


def _informed_line(sheet: Sheet) -> list[QWidget]:
    page = sheet.page
    if InfoKind.GRUNDUPPGIFTER not in page.kinds:
        return []
    return [informed_line(sheet.work, page.referral.id, page.person, may_record=sheet.may(May.RECORD_CONSENT))]


def _units_of_case(sheet: Sheet) -> list[UnitId]:
    return [one for one in (sheet.page.episode.commissioner_id,) if one is not None]


def _no_consent(sheet: Sheet) -> str:
    if sheet.may(May.RECORD_CONSENT):
        return tr("Inget samtycke är registrerat. Andra myndigheter ser ärendet först när det finns ett.")
    return tr("Inget samtycke är registrerat.")


def _consent_rows(sheet: Sheet, consents: list[Consent]) -> Iterator[list[Cell]]:
    for one in consents:
        words, tone = chip_of(one.purpose, one, today=sheet.today)
        shown = chip(words, tone if sheet.is_open else Tone.MUTED)
        may_record = sheet.may(May.RECORD_CONSENT)
        links = [
            *paper_links(sheet.work, one, is_scanned=one.id in sheet.page.scanned, may_record=may_record),
            *receipt_link(sheet.work, one, sheet.page.person, may_record=may_record),
        ]
        told = stacked(shown, label(_what_it_says(sheet, one), wrap=True), holding(Flow(*links)) if links else None)
        yield [told, _consent_actions(sheet, one)]


def _what_it_says(sheet: Sheet, consent: Consent) -> str:
    units = ", ".join(sheet.work.desk.unit(one) for one in consent.unit_ids)
    words = [tr("Lämnat {day}. Gäller {units}.").format(day=sheet.day(consent.from_on), units=units)]
    if set(consent.kinds) != set(InfoKind):
        kinds = ", ".join(word_for(kind).lower() for kind in consent.kinds)
        words.append(tr("Bara {kinds}.").format(kinds=kinds))
    if consent.not_shared:
        words.append(tr("Ska inte delas: {what}.").format(what=consent.not_shared.rstrip(". ")))
    if consent.paper_at:
        words.append(tr("Papperet: {where}.").format(where=consent.paper_at))
    return " ".join(words)


def _consent_actions(sheet: Sheet, consent: Consent) -> QWidget | None:
    if not sheet.may(May.RECORD_CONSENT) or consent.withdrawn_on is not None:
        return None
    renew = button(tr("Förnya …"), partial(open_renew, sheet.work, consent))
    withdraw = button(tr("Återkalla …"), partial(open_withdraw, sheet.work, consent))
    for one in (renew, withdraw):
        one.setAccessibleName(f"{one.text()} {word_for(consent.purpose)}")
    return holding(row(renew, withdraw, None))


def _earlier(sheet: Sheet, consents: list[Consent]) -> str:
    told = [f"{word_for(one.purpose)} {sheet.day(one.from_on)}" for one in consents]
    return tr("Tidigare: {consents}.").format(consents=", ".join(told))


def _assignments(sheet: Sheet) -> Card:
    card = Card(tr("Vilka som arbetar med ärendet"))
    rows = [_assignment_row(sheet, role) for role in AssignmentRole]
    card.add(Lines([*rows, _team_row(sheet)], stretch=1, least=320))
    return card


def _assignment_row(sheet: Sheet, role: AssignmentRole) -> list[Cell]:
    page = sheet.page
    history = sorted((one for one in page.assignments if one.role is role), key=lambda one: one.from_on)
    has_one = holder_of(page.episode, role) is not None
    who = _name_of(sheet, role) if has_one else _nobody(sheet, role)
    since = tr("Sedan {day}").format(day=sheet.day(history[-1].from_on)) if history and has_one else ""
    told = " · ".join(part for part in (since, _history(sheet, history)) if part)
    whole = stacked(who, told and label(told, "small", wrap=True))
    return [label(word_for(role), "muted"), whole, _change(sheet, role, has_one=has_one)]


def _nobody(sheet: Sheet, role: AssignmentRole) -> Cell:
    if role is AssignmentRole.COMMISSIONER or not sheet.is_open:
        return "–"
    return chip(tr("Ingen utsedd"), Tone.AMBER)


def _name_of(sheet: Sheet, role: AssignmentRole) -> str:
    desk, episode = sheet.work.desk, sheet.page.episode
    match role:
        case AssignmentRole.COMMISSIONER:
            return desk.unit(episode.commissioner_id)
        case AssignmentRole.CASE_WORKER:
            return desk.contact(episode.case_worker_id)
        case AssignmentRole.CASE_LEAD:
            return desk.contact(episode.case_lead_id)


def _change(sheet: Sheet, role: AssignmentRole, *, has_one: bool) -> QWidget | None:
    if not sheet.may(May.REASSIGN):
        return None
    words = tr("Byt …") if has_one else tr("Utse …")
    made = button(words, partial(open_reassign, sheet.work, sheet.page.episode.id, role))
    made.setAccessibleName(f"{words} {word_for(role)}")
    return made


def _history(sheet: Sheet, history: list[Assignment]) -> str:
    """«tidigare Af 26 maj–3 sep, FK 3 sep–9 nov»."""
    desk = sheet.work.desk
    told = [
        f"{desk.unit(one.unit_id) or desk.contact(one.contact_id) or tr('ingen')} "
        f"{sheet.day(one.from_on)}–{sheet.day(after.from_on)}"
        for one, after in pairwise(history)
    ]
    return tr("tidigare {who}").format(who=", ".join(told)) if told else ""


def _team_row(sheet: Sheet) -> list[Cell]:
    episode = sheet.page.episode
    change: QWidget | None = None
    if sheet.may(May.REASSIGN):
        change = button(tr("Ändra …"), partial(open_team, sheet.work, sheet.page))
        change.setAccessibleName(tr("Ändra teamet …"))
    return [label(tr("Team"), "muted"), sheet.said(episode, "team", episode.team or "–"), change]


def _contact(sheet: Sheet) -> Card:
    person = sheet.person
    if InfoKind.GRUNDUPPGIFTER not in sheet.page.kinds:
        card = Card(tr("Personuppgifter"))
        card.add(label(outside_consent(), "muted"))
        return card
    change = button(tr("Ändra …"), partial(open_person, sheet.work, replace(sheet.page, person=person)))
    change.setAccessibleName(tr("Ändra personuppgifterna …"))
    allows = frozenset[May]() if sheet.is_beside else sheet.page.allows
    beside = [
        *ways_to_show(sheet.uncovered, person),
        *ways_to_protect(sheet.work, sheet.page.referral.id, allows),
        *([change] if sheet.may(May.CORRECT_PERSON) else []),
    ]
    card = Card(tr("Personuppgifter"), beside=beside)
    known = [
        (tr("Telefon"), said_or_kept(person, person.phone)),
        (tr("Adress"), said_or_kept(person, person.address)),
        (tr("Språk"), _language(sheet)),
        (tr("Lättläst"), tr("Ja") if person.easy_read else ""),
        (tr("God man eller ombud"), person.proxy),
    ]
    card.add(facts((name, value) for name, value in known if value))
    return card


def _language(sheet: Sheet) -> str:
    person = sheet.page.person
    parts = [person.language, tr("tolk behövs") if person.interpreter else ""]
    return ", ".join(part for part in parts if part)
