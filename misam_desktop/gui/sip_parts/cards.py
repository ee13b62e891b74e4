"""The page of one SIP, card by card: the need, the preparation, who comes, the plan, and how it is followed up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from misam_desktop.commands.sip_plans import drop_sip_commitment, finish_plan, finish_sip_commitment
from misam_desktop.commands.sips import invite, remove_party
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Purpose
from misam_desktop.domain.shared import SharedCommitment
from misam_desktop.domain.sip import LetterState, PartyKind, SipState
from misam_desktop.domain.sip_plan import Point, SipCommitment
from misam_desktop.gui.case_parts.handed_out import handed_card
from misam_desktop.gui.case_parts.sheet import Cell, Lines, facts, stacked
from misam_desktop.gui.consent_card import Papers, consent_card
from misam_desktop.gui.dialogs import sip as dialogs
from misam_desktop.gui.dialogs import sip_papers as papers
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.person_card import person_card
from misam_desktop.gui.sip_parts.words import LETTER_TONES, days_words, who
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Card, button, chip, holding, label
from misam_desktop.gui.withheld import said
from misam_desktop.queries.sips import Edition, PartyLine
from misam_desktop.wording import day_long, day_short, how_many
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.protected import Uncovered
    from misam_desktop.gui.workspace import Workspace
    from misam_desktop.queries.sips import SipPage

_LEAST = 420


@dataclass(frozen=True, slots=True)
class Reading:
    """One SIP as its page shows it."""

    work: Workspace
    page: SipPage
    uncovered: Uncovered

    @property
    def goes_on(self) -> bool:
        """Whether it has not ended."""
        return self.page.sip.ended_on is None

    def may(self, action: May) -> bool:
        """Whether the reader may do this here and now."""
        return self.goes_on and action in self.page.allows

    def day(self, day: date | None) -> str:
        """A day as this page writes it."""
        return "" if day is None else day_short(day, today=self.work.session.clock.today())

    def said(self, value: object, name: str) -> str:
        """The words of one field, or that it is not in the consent."""
        return said(value, name, getattr(value, name), kinds=self.page.kinds)


def main_cards(reading: Reading) -> list[Card]:
    """The sections, in the order in which a SIP goes on."""
    first = [_need(reading), _preparation(reading), _meeting(reading)]
    ended = [] if reading.goes_on else [_ended(reading)]
    is_put = reading.page.sip.submitted_at is not None
    return [*ended, *first, *([_plan(reading)] if is_put else []), *_earlier(reading)]


def side_cards(reading: Reading) -> list[Card]:
    """What goes with it, to the right."""
    page, work = reading.page, reading.work
    consents = consent_card(
        Papers(
            work=work,
            case_id=page.sip.id,
            person=page.person,
            consents=page.consents,
            scanned=page.scanned,
            kinds=page.kinds,
            takes=reading.may(May.RECORD_CONSENT),
            nothing=tr("Inget samtycke är registrerat. Utan det kan ingen annan kallas eller bjudas in."),
            purpose=Purpose.SIP,
        )
    )
    person = person_card(
        work, page.sip.id, page.person, kinds=page.kinds, allows=page.allows, uncovered=reading.uncovered
    )
    handed = [handed_card(work, page.sip.id, page.disclosures)] if page.disclosures else []
    return [consents, person, *handed]


def _need(reading: Reading) -> Card:
    page, desk = reading.page, reading.work.desk
    sip = page.sip
    waits = sip.begun_on is None and reading.goes_on
    tone = Tone.AMBER if waits else Tone.PLAIN
    card = Card(tr("Behov"), beside=[chip(days_words(page.days, waits=waits), tone)])
    known = [
        (tr("Varför"), reading.said(sip, "need_why")),
        (tr("Bedömt av"), desk.unit(sip.unit_id)),
        (tr("Behovet sågs"), reading.day(sip.need_on)),
        (tr("Arbetet började"), reading.day(sip.begun_on)),
        (tr("Håller ihop"), desk.contact(sip.contact_id)),
    ]
    card.add(facts((name, words) for name, words in known if words))
    return card


def _preparation(reading: Reading) -> Card:
    sip = reading.page.sip
    change = button(tr("Förbered …"), partial(dialogs.open_prepare, reading.work, reading.page))
    card = Card(tr("Förberedelse"), beside=[change] if reading.may(May.CHANGE_SIP) else [])
    relatives = {True: tr("Ja"), False: tr("Nej"), None: ""}[sip.relatives]
    known = [
        (tr("Vad är viktigt för dig?"), reading.said(sip, "important")),
        (tr("Frågor"), reading.said(sip, "questions")),
        (tr("Ska vara med"), reading.said(sip, "wanted")),
        (tr("Ska inte vara med"), reading.said(sip, "unwanted")),
        (tr("Närstående"), said(sip, "relatives", relatives, kinds=reading.page.kinds)),
        (tr("Tolk"), tr("Behövs") if reading.page.person.interpreter else ""),
    ]
    told = [(name, words) for name, words in known if words]
    card.add(facts(told) if told else label(tr("Inget är skrivet än."), "muted"))
    return card


def _meeting(reading: Reading) -> Card:
    page, work = reading.page, reading.work
    sip = page.sip
    words = tr("Bestäm mötet …") if sip.meeting_on is None else tr("Flytta mötet …")
    ways = [button(tr("Lägg till deltagare …"), partial(dialogs.open_party, work, page))]
    if sip.submitted_at is not None:
        ways.append(button(words, partial(dialogs.open_meeting, work, page)))
    card = Card(tr("Möte och deltagare"), beside=ways if reading.may(May.CHANGE_SIP) else [])
    if sip.meeting_on is not None:
        when = " ".join(filter(None, [day_long(sip.meeting_on), sip.meeting_time]))
        card.add(label(", ".join(filter(None, [when, sip.meeting_place])), "strong", wrap=True))
        if reading.may(May.DISCLOSE):
            card.add(Flow(button(tr("Dagordning …"), partial(papers.open_agenda, work, page))))
    if page.parties:
        card.add(Lines([_party(reading, one) for one in page.parties], stretch=0, least=_LEAST))
    else:
        card.add(label(tr("Inga deltagare än."), "muted"))
    return card


def _party(reading: Reading, line: PartyLine) -> list[Cell]:
    page, party = reading.page, line.party
    name = who(reading.work.desk, party, kinds=page.kinds)
    answer = "" if party.answer is None or line.state is not LetterState.SENT else word_for(party.answer)
    why = reading.said(party, "answer_text") if party.answer_text else ""
    told = label(" · ".join(filter(None, [word_for(line.letter), answer, why])), "small", wrap=True)
    mark = (tr("Utanför samtycket"), Tone.RED) if line.is_outside else (word_for(line.state), LETTER_TONES[line.state])
    return [stacked(label(name, wrap=True), told), chip(*mark), holding(Flow(*_ways(reading, line, name)))]


def _ways(reading: Reading, line: PartyLine, name: str) -> list[QWidget]:
    """Write the letter or note that it has gone, the answer to it, or take out somebody who was never asked."""
    work, page, found = reading.work, reading.page, []
    changes, has_day = reading.may(May.CHANGE_SIP), page.sip.meeting_on is not None
    if changes and has_day and reading.may(May.DISCLOSE):
        found.append(button(f"{word_for(line.letter)} …", partial(papers.open_asking, work, page, line), "link"))
    if changes and has_day and line.state is not LetterState.SENT:
        found.append(button(tr("Notera skickat"), partial(_send, work, line), "link"))
    if reading.goes_on and line.may_answer and line.state is LetterState.SENT:
        found.append(button(tr("Svar …"), partial(dialogs.open_answer, work, page, line.party), "link"))
    if changes and not line.party.sent_no:
        found.append(button(tr("Ta bort"), partial(_remove, work, line), "link"))
    for one in found:
        one.setAccessibleName(f"{one.text()}: {name}")
    return list(found)


def _send(work: Workspace, line: PartyLine) -> None:
    work.session.do(invite(line.party.id), owner=work, then=lambda _party: work.tell(tr("Brevet är noterat.")))


def _remove(work: Workspace, line: PartyLine) -> None:
    work.session.do(remove_party(line.party.id), owner=work)


def _plan(reading: Reading) -> Card:
    page, work, newest = reading.page, reading.work, reading.page.newest
    card = Card(tr("Plan"), beside=_plan_ways(reading, newest))
    if newest is None:
        card.add(label(tr("Ingen plan är påbörjad."), "muted"))
        return card
    if newest.plan.finished_on is None:
        lacks = ", ".join(word_for(one).lower() for one in newest.lacks)
        words = tr("Utkast. Saknas: {what}.").format(what=lacks) if lacks else tr("Utkast. Alla punkter är besvarade.")
        card.add(label(words, "error" if lacks else "ok", wrap=True))
    card.add(facts(_points(reading, newest)))
    if newest.lines:
        names = {one.party.id: who(work.desk, one.party, kinds=page.kinds) for one in page.parties}
        lines = [_commitment(reading, newest, one, names[one.party_id]) for one in newest.lines]
        card.add(Lines(lines, stretch=1, least=_LEAST))
    elsewhere = [one for one in page.shared if not one.same_as]
    if elsewhere:
        card.add(label(tr("Åtaganden i ett pågående ärende"), "strong"))
        card.add(Lines([_shared(reading, one) for one in elsewhere], stretch=1, least=_LEAST))
    return card


def _shared(reading: Reading, shared: SharedCommitment) -> list[Cell]:
    """What somebody does by the plan of an episode: it is followed up there."""
    work = reading.work
    name = work.desk.unit(shared.unit_id) or word_for(PartyKind.PERSONEN)
    by = tr("{who}, senast {day}").format(who=name, day=reading.day(shared.due_on)) if shared.due_on else name
    done = tr("Klart {day}").format(day=reading.day(shared.done_on)) if shared.done_on else ""
    whence = tr("Från ärendet {day}").format(day=reading.day(shared.case_on))
    told = label(" · ".join(filter(None, [by, done, whence])), "small", wrap=True)
    opens = button(tr("Öppna ärendet"), partial(work.open_case, shared.case_id), "link")
    return [
        label("✓" if done else "–", "ok" if done else "muted"),
        stacked(label(shared.what, wrap=True), told),
        opens,
    ]


def _plan_ways(reading: Reading, newest: Edition | None) -> list[QWidget]:
    work, page, found = reading.work, reading.page, list[QWidget]()
    if newest is not None and May.READ_CASE in page.allows:
        found.append(button(tr("På papper …"), partial(papers.open_plan_paper, work, page)))
    is_draft = newest is None or newest.plan.finished_on is None
    if reading.goes_on and is_draft and any(one.may_commit for one in page.parties):
        found.append(button(tr("Vem gör vad …"), partial(dialogs.open_commitment, work, page)))
    if not reading.may(May.CHANGE_SIP):
        return found
    if not is_draft:
        return [*found, button(tr("Ny version …"), partial(dialogs.open_amend, work, page))]
    found.append(button(tr("Skriv planen …"), partial(dialogs.open_plan, work, page)))
    if newest is not None:
        finish = button(tr("Lås planen"), partial(_finish, work, page, newest))
        finish.setEnabled(not newest.lacks)
        count = len({one.number for one in newest.lacks})
        finish.setToolTip(
            tr("{points} av lagens fyra saknar svar.").format(points=how_many(count, tr("punkt"), tr("punkter")))
            if count
            else ""
        )
        found.append(finish)
    return found


def _finish(work: Workspace, page: SipPage, newest: Edition) -> None:
    request = finish_plan(page.sip.id, seen=newest.plan.version)
    work.session.do(request, owner=work, then=lambda _plan: work.tell(tr("Planen är låst.")))


def _points(reading: Reading, edition: Edition) -> list[tuple[str, str]]:
    plan, desk = edition.plan, reading.work.desk
    none = ", ".join(word_for(one).lower() for one in Point if one in plan.none)
    known = [
        (tr("Version"), str(plan.edition) if plan.edition > 1 else ""),
        (tr("Varför ändrad"), reading.said(plan, "reason")),
        (tr("Insatser som behövs"), reading.said(plan, "needed")),
        (tr("Inga"), none),
        (tr("Övergripande ansvar"), desk.unit(plan.responsible_id)),
        (tr("Mål på kort sikt"), reading.said(plan, "goals_short")),
        (tr("Mål på lång sikt"), reading.said(plan, "goals_long")),
        (tr("Annan plan"), reading.said(plan, "existing")),
        (tr("Följs upp"), reading.day(plan.follow_up_on)),
        (tr("Låst"), reading.day(plan.finished_on)),
    ]
    return [(name, words) for name, words in known if words]


def _commitment(reading: Reading, edition: Edition, line: SipCommitment, name: str) -> list[Cell]:
    work = reading.work
    by = tr("{who}, senast {day}").format(who=name, day=reading.day(line.due_on)) if line.due_on else name
    done = tr("Klart {day}").format(day=reading.day(line.done_on)) if line.done_on else ""
    also = any(one.same_as == line.id for one in reading.page.shared)
    whence = tr("Står också i ärendet") if also else ""
    may = reading.goes_on and any(one.party.id == line.party_id and one.may_commit for one in reading.page.parties)
    ways: list[QWidget] = []
    if may and not done:
        ways.append(button(tr("Klart"), partial(_done, work, line), "link"))
    if may and edition.plan.finished_on is None:
        ways.append(button(tr("Ta bort"), partial(_drop, work, line), "link"))
    for one in ways:
        assert hasattr(one, "text")
        one.setAccessibleName(f"{one.text()}: {name}")
    return [
        label("✓" if done else "–", "ok" if done else "muted"),
        stacked(
            label(reading.said(line, "what"), wrap=True), label(" · ".join(filter(None, [by, done, whence])), "small")
        ),
        holding(Flow(*ways)),
    ]


def _done(work: Workspace, line: SipCommitment) -> None:
    work.session.do(finish_sip_commitment(line.id), owner=work)


def _drop(work: Workspace, line: SipCommitment) -> None:
    work.session.do(drop_sip_commitment(line.id), owner=work)


def _earlier(reading: Reading) -> list[Card]:
    """The editions that an amendment has come after: they stand."""
    cards = []
    for edition in reading.page.editions[1:]:
        card = Card(tr("Plan, version {number}").format(number=edition.plan.edition))
        card.add(facts(_points(reading, edition)))
        cards.append(card)
    return cards


def _ended(reading: Reading) -> Card:
    sip = reading.page.sip
    card = Card(tr("Avslutad"), beside=[chip(reading.day(sip.ended_on), Tone.MUTED)])
    card.add(label(reading.said(sip, "evaluation"), wrap=True))
    return card


STEPS = (
    (tr("Behov"), SipState.NEED),
    (tr("Förberedelse"), SipState.PREPARED),
    (tr("Möte"), SipState.CALLED),
    (tr("Plan"), SipState.PLANNED),
    (tr("Uppföljning"), SipState.FOLLOWED),
    (tr("Avslutad"), SipState.ENDED),
)


def step_marks(page: SipPage) -> list[tuple[str, Tone]]:
    """How far it has come: what is behind, where it is, and what is to come; what was passed over has no tick."""
    order = list(SipState)
    at, marks = order.index(page.state), list[tuple[str, Tone]]()
    for words, one in STEPS:
        ahead = order.index(one) - at
        is_skipped = one is SipState.PREPARED and not _is_prepared(page)
        is_behind = ahead < 0 and not is_skipped
        tone = Tone.AMBER if ahead == 0 else Tone.GREEN if is_behind else Tone.MUTED
        marks.append((f"✓ {words}" if is_behind else words, tone))
    return marks


def _is_prepared(page: SipPage) -> bool:
    """As far as the reader may know."""
    sip = page.sip
    return bool(sip.important or sip.questions or sip.wanted or sip.unwanted or sip.relatives is not None)
