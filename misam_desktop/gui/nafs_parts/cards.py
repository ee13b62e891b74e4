"""The page of one NAFS case, card by card: the checklist, the meetings it stands on, its papers, and what is beside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from misam_desktop.domain.access import May
from misam_desktop.domain.agenda import AgendaItem
from misam_desktop.domain.codes import Purpose
from misam_desktop.domain.meeting import Meeting, state_of
from misam_desktop.domain.nafs import Requirement
from misam_desktop.domain.pseudonym import shown
from misam_desktop.gui.case_parts.handed_out import handed_card
from misam_desktop.gui.case_parts.sheet import Lines, facts, stacked
from misam_desktop.gui.consent_card import Papers, consent_card
from misam_desktop.gui.dialogs.feedback import Owed, open_feedback
from misam_desktop.gui.dialogs.nafs_case import open_change_case
from misam_desktop.gui.dialogs.person import open_person
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.nafs_parts.afterwards import Item, afterwards, has_begun
from misam_desktop.gui.nafs_parts.recall import papers_of, why_words
from misam_desktop.gui.nafs_parts.words import MEETING_TONES, Checked, asked_for, feedback_words, missing, to_do, when
from misam_desktop.gui.person_card import person_card
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Card, button, chip, column, holding, label
from misam_desktop.gui.withheld import said
from misam_desktop.queries.agenda import owed
from misam_desktop.wording import day_short
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.domain.activity import Settings
    from misam_desktop.gui.protected import Uncovered
    from misam_desktop.gui.workspace import Workspace
    from misam_desktop.queries.nafs_cases import NafsPage


@dataclass(frozen=True, slots=True)
class Reading:
    """One case as its page shows it."""

    work: Workspace
    page: NafsPage
    uncovered: Uncovered

    @property
    def stands(self) -> bool:
        """Whether it has not been taken back."""
        return self.page.case.withdrawn_on is None

    @property
    def today(self) -> date:
        """The day it is."""
        return self.work.session.clock.today()

    def may(self, action: May) -> bool:
        """Whether the reader may do this here and now."""
        return self.stands and action in self.page.allows

    def day(self, day: date) -> str:
        """A day as this page writes it."""
        return day_short(day, today=self.today)


def main_cards(reading: Reading) -> list[Card]:
    """What goes under the questions."""
    meetings = [_meetings(reading)] if reading.page.items else []
    meetings = [*([_recall(reading)] if reading.page.recall else []), *meetings]
    return [*meetings, _checklist(reading)] if reading.stands else [_withdrawn(reading), *meetings]


def feedback_button(reading: Reading) -> QWidget | None:
    """The first of the answers that the reader can say to be given; after a meeting it is the next step."""
    page, work = reading.page, reading.work
    for item, meeting in reversed(page.items):
        due = owed(item, meeting)
        if due is not None and _gives_feedback(reading, item):
            give = partial(open_feedback, work, item.id, name=page.person.full_name, due_on=due)
            return button(tr("Återkoppling given …"), give, "primary")
    return None


def side_cards(reading: Reading) -> list[Card]:
    """What goes with it, to the right."""
    page, work = reading.page, reading.work
    consents = consent_card(
        Papers(
            work=work,
            case_id=page.case.id,
            person=page.person,
            consents=page.consents,
            scanned=page.scanned,
            kinds=page.kinds,
            takes=reading.may(May.RECORD_CONSENT),
            nothing=tr("Inget samtycke är registrerat. Utan det kan ärendet inte lämnas till teamet."),
            purpose=Purpose.NAFS,
        )
    )
    person = person_card(
        work,
        page.case.id,
        page.person,
        kinds=page.kinds,
        allows=page.allows,
        uncovered=reading.uncovered,
        change=partial(_correct, reading) if reading.may(May.CORRECT_PERSON) else None,
    )
    handed = [handed_card(work, page.case.id, page.disclosures)] if page.disclosures else []
    beside = [_beside(reading)] if page.beside else []
    return [consents, _case(reading), person, *beside, *handed]


def _correct(reading: Reading) -> None:
    """The form has what of a protected person is shown on the page."""
    page = reading.page
    open_person(reading.work, replace(page, person=reading.uncovered.of(page.person)))


def _withdrawn(reading: Reading) -> Card:
    case = reading.page.case
    assert case.withdrawn_on is not None
    card = Card(tr("Återtaget"), beside=[chip(reading.day(case.withdrawn_on), Tone.MUTED)])
    card.add(label(said(case, "withdrawn_why", case.withdrawn_why, kinds=reading.page.kinds), wrap=True))
    return card


def _checklist(reading: Reading) -> Card:
    """What an agenda asks for; what is missing says what to do about it."""
    page = reading.page
    upcoming = page.upcoming[0] if page.upcoming else None
    title = tr("Inför mötet {when}").format(when=when(upcoming, today=reading.today)) if upcoming else tr("Inför mötet")
    card = Card(title, beside=[checklist_chip(page.checked)])
    card.add(checklist_lines(page.checked, page.team.settings))
    if upcoming is None:
        card.add(label(tr("Teamet har inget planerat möte än."), "small", wrap=True))
    return card


def checklist_chip(checked: Checked) -> QWidget:
    """Whether the case can stand on an agenda, at a glance."""
    count = missing(checked)
    if count:
        return chip(tr("{count} saknas").format(count=count), Tone.AMBER)
    if (Requirement.NOT_PROTECTED, False) in checked:
        return chip(tr("Tas muntligt"), Tone.RED)
    return chip(tr("✓ Klart"), Tone.GREEN)


def checklist_lines(checked: Checked, settings: Settings) -> QWidget:
    """Each requirement with a tick or a cross, and a sentence on what to do."""
    rows = []
    for one, is_met in checked:
        words = label(asked_for(one, settings), wrap=True)
        mark = label("✓" if is_met else "✕", "ok" if is_met else "error")
        mark.setAccessibleName(tr("Uppfyllt") if is_met else tr("Saknas"))
        rows.append((mark, words if is_met else stacked(words, label(to_do(one), "small", wrap=True))))
    return Lines(rows, stretch=1, least=0, from_top=True)


def _recall(reading: Reading) -> Card:
    """Papers of meetings that must come back: which, from whom, and how and when they got them."""
    card, desk = Card(tr("Papper som ska återkallas")), reading.work.desk
    for meeting, one in reading.page.recall:
        why = tr("{why} Mötet {when}.").format(why=why_words([one], desk), when=when(meeting, today=reading.today))
        card.add(label(why, wrap=True))
        told = papers_of(one.given, desk)
        card.add(facts((f"{what[:1].upper()}{what[1:]}", f"{to}: {how}") for what, to, how in told))
    card.add(label(tr("Den som leder mötet ber enheterna lämna tillbaka eller förstöra dem."), "small", wrap=True))
    return card


def _meetings(reading: Reading) -> Card:
    """Each meeting it stands on, the last first: where that is, what was agreed, and the feedback."""
    card = Card(tr("Möten"))
    for item, meeting in reading.page.items:
        card.add(_meeting(reading, item, meeting))
    return card


def _meeting(reading: Reading, item: AgendaItem, meeting: Meeting) -> QWidget:
    work, state = reading.work, state_of(meeting)
    to_meeting = button(when(meeting, today=reading.today), partial(work.go, "nafs_meeting", meeting.id), "link")
    parts: list[QWidget] = [to_meeting, chip(word_for(state), MEETING_TONES[state])]
    if item.code is not None:
        parts.append(chip(shown(item.code), Tone.MUTED))
    due = owed(item, meeting)
    if due is not None:
        words, tone = feedback_words(due, today=reading.today)
        parts.append(chip(words, tone))
    told = filter(None, [holding(Flow(*parts)), _agreed(reading, item), _afterwards(reading, item, meeting)])
    return holding(column(*told, gap=6))


def _afterwards(reading: Reading, item: AgendaItem, meeting: Meeting) -> QWidget | None:
    page, work = reading.page, reading.work
    if not has_begun(meeting):
        return None
    owed_until = Owed(item_id=item.id, name=page.person.full_name, due_on=owed(item, meeting))
    steps, writes = page.steps.get(item.id, ()), _gives_feedback(reading, item)
    return afterwards(work, Item(owed=owed_until, meeting=meeting, steps=steps, writes_letter=writes))


def _gives_feedback(reading: Reading, item: AgendaItem) -> bool:
    return May.GIVE_FEEDBACK in reading.page.allows or item.feedback_by == reading.work.desk.me.contact_id


def _agreed(reading: Reading, item: AgendaItem) -> QWidget | None:
    desk = reading.work.desk
    given = ""
    if item.feedback_on is not None and item.feedback_how is not None:
        given = f"{reading.day(item.feedback_on)}, {word_for(item.feedback_how).lower()}"
    known = [
        (tr("Nästa steg"), said(item, "next_step", item.next_step, kinds=reading.page.kinds)),
        (tr("Ansvarig"), desk.unit(item.responsible_id)),
        (tr("Återkopplar"), desk.contact(item.feedback_by)),
        (tr("Återkoppling given"), given),
    ]
    told = [(name, words) for name, words in known if words]
    return facts(told) if told else None


def _case(reading: Reading) -> Card:
    page, desk = reading.page, reading.work.desk
    change = button(tr("Ändra ärendet …"), partial(open_change_case, reading.work, page))
    card = Card(tr("Ärendet"), beside=[change] if reading.may(May.CHANGE_NAFS) else [])
    case = page.case
    known = [
        (tr("Team"), page.team.name),
        (tr("Enhet"), desk.unit(case.unit_id)),
        (tr("Aktualiserad av"), desk.contact(case.raised_by)),
        (tr("Kontaktperson"), desk.contact(case.passed_by)),
        (tr("Datum"), reading.day(case.raised_on)),
        (tr("Skäl, ålder"), said(case, "age_reason", case.age_reason, kinds=page.kinds) if case.age_reason else ""),
    ]
    card.add(facts((name, words) for name, words in known if words))
    return card


def _beside(reading: Reading) -> Card:
    """The person's cases of samverkan, which go on beside this one."""
    work = reading.work
    card = Card(tr("I samverkan"))
    for one in reading.page.beside:
        day = reading.day(one.referred_on)
        if one.episode_id is None:
            words = tr("Remiss till {activity} {day}").format(activity=one.activity, day=day)
            show = button(words, partial(work.open_referral, one.referral_id), "link")
        else:
            words = tr("{activity}, remiss {day}").format(activity=one.activity, day=day)
            show = button(words, partial(work.open_case, one.episode_id), "link")
        card.add(holding(Flow(show)))
    return card
