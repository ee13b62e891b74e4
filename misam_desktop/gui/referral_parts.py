"""The page of one referral, card by card: what the forum said, what was asked, the consents, and how things stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Education, Outcome
from misam_desktop.domain.gate import withheld
from misam_desktop.domain.meeting import Assessment
from misam_desktop.domain.referral import ReferralState
from misam_desktop.domain.target_group import Box, TargetGroup
from misam_desktop.gui.case_parts.handed_out import handed_card
from misam_desktop.gui.case_parts.sheet import facts
from misam_desktop.gui.consent_card import Papers, consent_card
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.nafs_parts.beside import nafs_card
from misam_desktop.gui.person_card import person_card
from misam_desktop.gui.sip_parts.beside import ways_to_sip
from misam_desktop.gui.target_boxes import boxes
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Card, button, chip, label
from misam_desktop.gui.withheld import outside_consent, said
from misam_desktop.queries.referrals import ReferralPage
from misam_desktop.wording import day_short, explanation, how_many
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.domain.people import Person
    from misam_desktop.gui.protected import Uncovered
    from misam_desktop.gui.workspace import Workspace

_OVER = frozenset({ReferralState.CONCLUDED, ReferralState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Reading:
    """One referral as its page shows it."""

    work: Workspace
    page: ReferralPage
    uncovered: Uncovered

    @property
    def takes_consents(self) -> bool:
        """Whether a consent can be recorded here: not once the referral is answered or taken back."""
        return self.page.state not in _OVER and May.RECORD_CONSENT in self.page.allows

    @property
    def person(self) -> Person:
        """The person as far as they may be seen here now."""
        return self.uncovered.of(self.page.person)

    def said(self, value: object, name: str, words: str) -> str:
        """The words for one field, or that it is not in the consent."""
        return said(value, name, words, kinds=self.page.kinds)

    def day(self, day: date) -> str:
        """A day as this page writes it."""
        return day_short(day, today=self.work.desk.today)

    def from_whom(self) -> str:
        """«Jonas Vall, Af»."""
        referral, desk = self.page.referral, self.work.desk
        unit = desk.unit(referral.unit_id) or tr("Annan (egen kontakt)")
        return ", ".join(filter(None, [desk.contact(referral.contact_id), unit]))


def main_cards(reading: Reading) -> list[Card]:
    """What matters most, to the left."""
    cards = [_withdrawn(reading), _answer(reading), _question(reading), _came_back(reading), _needs(reading)]
    return [*(card for card in cards if card is not None), _events(reading)]


def side_cards(reading: Reading) -> list[Card]:
    """What goes with it, to the right."""
    page = reading.page
    handed = [handed_card(reading.work, page.referral.id, page.disclosures)] if page.disclosures else []
    person = person_card(
        reading.work, page.referral.id, page.person, kinds=page.kinds, allows=page.allows, uncovered=reading.uncovered
    )
    nafs = nafs_card(reading.work, page.nafs, page.person, page.allows)
    return [_consents(reading), _entry(reading), person, *([nafs] if nafs is not None else []), *handed]


def _answer(reading: Reading) -> Card | None:
    """The forum's assessment; what is to be completed stands as a task."""
    referral = reading.page.referral
    if referral.outcome is None or referral.outcome_on is None:
        return None
    is_task = reading.page.state is ReferralState.COMPLETING
    day = chip(tr("Forumet {day}").format(day=reading.day(referral.outcome_on)), Tone.AMBER if is_task else Tone.PLAIN)
    card = Card(tr("Att komplettera") if is_task else tr("Forumets bedömning"), beside=[day])
    if not is_task:
        card.add(label(word_for(referral.outcome), "strong", wrap=True))
    if referral.outcome is Outcome.ATER:
        card.add(label(tr("Förslag på alternativ planering"), "muted"))
    text = reading.said(referral, "outcome_text", referral.outcome_text)
    if text:
        card.add(label(text, wrap=True, selectable=True))
    beside = [(referral.also_nafs, word_for(Outcome.NAFS)), (referral.also_sip, word_for(Outcome.SIP))]
    if any(ticked for ticked, _ in beside):
        card.add(Flow(*(chip(words) for ticked, words in beside if ticked)))
    if to_sip := ways_to_sip(reading.work, reading.page):
        card.add(Flow(*to_sip))
    ends = tr("Ändra remissen och lämna den till forumet igen.")
    note = tr("Det här är forumets bedömning, inte någon myndighets beslut.")
    card.add(label(ends if is_task else note, "small", wrap=True))
    return card


def _withdrawn(reading: Reading) -> Card | None:
    referral = reading.page.referral
    if referral.withdrawn_on is None:
        return None
    card = Card(tr("Återtagen"), beside=[chip(reading.day(referral.withdrawn_on), Tone.MUTED)])
    card.add(label(reading.said(referral, "withdrawn_why", referral.withdrawn_why), wrap=True, selectable=True))
    return card


def _question(reading: Reading) -> Card:
    referral = reading.page.referral
    card = Card(tr("Frågeställning"))
    question = reading.said(referral, "question", referral.question or tr("Ingen frågeställning är skriven än."))
    card.add(label(question, wrap=True, selectable=True))
    known = [
        (tr("Från"), reading.from_whom()),
        (tr("Uppgift lämnad av"), referral.supplied_by),
        (tr("Datum"), reading.day(referral.referred_on)),
        (tr("Senast genomgången"), reading.day(referral.reviewed_on) if referral.reviewed_on else ""),
    ]
    card.add(facts((name, words) for name, words in known if words))
    return card


def _came_back(reading: Reading) -> Card | None:
    """What did not hold after the earlier discharge, and the way to that case."""
    referral = reading.page.referral
    if referral.earlier_episode_id is None:
        return None
    earlier = str(referral.earlier_episode_id)
    show = button(tr("Visa det tidigare ärendet"), partial(reading.work.open_case, earlier))
    card = Card(tr("Återremittering"), beside=[show])
    if referral.rereferral_reason is not None:
        card.add(label(word_for(referral.rereferral_reason), "strong", wrap=True))
    card.add(label(reading.said(referral, "not_held", referral.not_held), wrap=True, selectable=True))
    return card


def _needs(reading: Reading) -> Card:
    referral, desk = reading.page.referral, reading.work.desk
    if withheld(type(referral), "needed_unit_ids", reading.page.kinds):
        card = Card(tr("Behov och målgrupp"))
        card.add(label(outside_consent(), "muted"))
        return card
    group = _group(reading)
    card = Card(tr("Behov och målgrupp"), beside=[_where(reading, group)])
    needed = ", ".join(desk.unit(one) for one in referral.needed_unit_ids)
    known = [
        (tr("Enheter som behövs"), needed or tr("Inte angivet än")),
        *([(tr("Varför"), referral.needed_why)] if referral.needed_why else []),
        *([] if group.is_within else _boxes(reading, group)),
        *([(tr("Skäl"), referral.target_reason)] if referral.target_reason else []),
    ]
    card.add(facts(known))
    return card


def _group(reading: Reading) -> TargetGroup:
    referral = reading.page.referral
    return boxes(
        reading.work.desk,
        reading.page.activity,
        reading.page.person.number,
        on=referral.referred_on,
        units=[referral.unit_id, *referral.needed_unit_ids],
        close_cooperation=referral.close_cooperation,
    )


def _where(reading: Reading, group: TargetGroup) -> QLabel:
    """Inside or outside; a draft need not have answered yet."""
    if group.is_within:
        return chip(tr("Inom målgruppen"), Tone.GREEN)
    referral = reading.page.referral
    is_open = referral.close_cooperation is None or not referral.needed_unit_ids
    if reading.page.state is ReferralState.DRAFT and is_open and group.age is not False:
        return chip(tr("Inte besvarat än"), Tone.MUTED)
    return chip(tr("Utanför målgruppen"), Tone.AMBER)


def _boxes(reading: Reading, group: TargetGroup) -> list[tuple[str, str]]:
    """Which of the three it was that put the person outside."""
    settings = reading.page.activity.settings
    words = {
        Box.AGE: tr("{least}–{most} år").format(least=settings.min_age, most=settings.max_age),
        Box.AGENCIES: tr("Minst {least} myndigheter").format(least=settings.least_agencies),
        Box.CLOSE_COOPERATION: tr("Kräver nära samverkan"),
    }
    answers = {Box.AGE: group.age, Box.AGENCIES: group.agencies, Box.CLOSE_COOPERATION: group.close_cooperation}
    return [(words[box], _answered(answers[box])) for box in Box]


def _answered(answer: bool | None) -> str:  # noqa: FBT001 – the answer of a box is what it is about
    return tr("Inte besvarat") if answer is None else tr("Ja") if answer else tr("Nej")


def _consents(reading: Reading) -> Card:
    page = reading.page
    return consent_card(
        Papers(
            work=reading.work,
            case_id=page.referral.id,
            person=page.person,
            consents=page.consents,
            scanned=page.scanned,
            kinds=page.kinds,
            takes=reading.takes_consents,
            nothing=tr("Inget samtycke är registrerat. Utan det kan remissen inte lämnas till forumet."),
        )
    )


def _entry(reading: Reading) -> Card:
    referral = reading.page.referral
    unknown = tr("Uppgift saknas")
    months = referral.support_months
    long = unknown if months is None else how_many(months, tr("månad"), tr("månader"))
    education = unknown if referral.education is Education.OKAND else word_for(referral.education)
    card = Card(tr("Läget vid remissen"))
    card.add(
        facts(
            [
                (words, reading.said(referral, name, told))
                for words, name, told in (
                    (tr("Försörjning"), "livelihoods", ", ".join(map(word_for, referral.livelihoods.codes))),
                    (tr("Offentlig försörjning"), "support_months", long),
                    (tr("Utbildning"), "education", education),
                )
            ]
        )
    )
    flags = [chip(tr("SGI 0"))] if referral.sgi0 else []
    for one in referral.priorities:
        flag = chip(word_for(one), Tone.MUTED)
        flag.setToolTip(explanation(one))
        flags.append(flag)
    if flags:
        card.add(Flow(*flags))
    return card


def _events(reading: Reading) -> Card:
    """What has happened, the newest first."""
    card = Card(tr("Händelser"))
    oldest_first = sorted(_happened(reading), key=lambda event: event[0])  # within a day in the order of the work
    card.add(facts((reading.day(on), words) for on, words in reversed(oldest_first)))
    return card


def _happened(reading: Reading) -> Iterator[tuple[date, str]]:
    referral = reading.page.referral
    yield referral.referred_on, tr("Remiss från {who}").format(who=reading.from_whom())
    if referral.submitted_at is not None:
        yield referral.submitted_at.astimezone().date(), tr("Lämnad till forumet")
    for one in reading.page.assessments:
        yield one.concluded_on, _assessed(one)
    if referral.reviewed_on is not None:
        yield referral.reviewed_on, tr("Genomgången: ska vänta")
    if referral.withdrawn_on is not None:
        yield referral.withdrawn_on, tr("Återtagen")


def _assessed(one: Assessment) -> str:
    words = word_for(one.outcome)
    if one.taken_back_at is not None:
        return tr("{outcome} (ångrad)").format(outcome=words)
    return f"{words}: {one.text}" if one.text else words
