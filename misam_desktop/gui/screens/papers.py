"""Papper och utskick: everything that leaves a meeting of any kind, by whom it goes to, and what has gone."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QPushButton

from misam_desktop.commands.meeting_papers import mark_sent, note_recalled
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Act, PaperKind
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.ids import MeetingId, UnitId
from misam_desktop.domain.meeting import MeetingState, state_of, takes_more
from misam_desktop.gui.choices import of_unit_names
from misam_desktop.gui.copying import copies_freely
from misam_desktop.gui.dialogs.meeting_drafts import open_drafts
from misam_desktop.gui.dialogs.meeting_paper import Wanted, open_meeting_paper
from misam_desktop.gui.inputs import Checks
from misam_desktop.gui.nafs_parts.recall import recall_words
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.tables import Column, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import (
    GAP,
    Action,
    Banner,
    Card,
    button,
    chip,
    column,
    holding,
    label,
    retone,
    row,
    scrolling,
)
from misam_desktop.queries.outgoing import Outgoing, OutPaper
from misam_desktop.vault import Topic
from misam_desktop.wording import day_short, how_many, iso, sentence
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

R = TypeVar("R")
_LEAST_ROWS = 3


class PapersScreen(Screen):
    """Above who gets what all get, below each paper with its receiver; Enter shows it, and from there it leaves."""

    shows = frozenset({Topic.CASES, Topic.MEETINGS, Topic.CONSENTS, Topic.PERSONS, Topic.CONTACTS, Topic.SETTINGS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.id = MeetingId(subject)
        self.page: Outgoing | None = None
        self.heading.setText(tr("Papper och utskick"))
        self._chosen: tuple[UnitId, ...] | None = None
        self.sent = chip("")
        self.titles.addWidget(self.sent)
        self.recall, self.offer, self.no_address, self.beside = Banner(), Banner(), Banner(), Banner()
        self.to = Checks(of_unit_names(work.desk), columns=4)
        self.to_card = Card(tr("Vilka som får det som alla får"))
        self.to_card.add(self.to)
        self.papers = self._table()
        self.nothing = label("", "muted", wrap=True)
        self.hint = label(tr("Enter visar papperet. Därifrån skrivs det ut, sparas eller mejlas."), "small", wrap=True)
        self.papers_card = Card(tr("Papper"), beside=self.beside_papers())
        self.all_drafts = button(tr("Mejlutkast till alla …"), self._draft_all, "primary")
        self.papers_card.add(self.nothing, self.papers, row(self.all_drafts, self.hint, gap=12))
        banners = (self.recall, self.offer, self.no_address, self.beside)
        self.body = column(*banners, self.to_card, self.papers_card, None, gap=GAP)
        self._all = scrolling(holding(self.body))
        self.content.addWidget(self._all, 1)
        self.mark = button(tr("Markera som skickad"), self._mark)
        for one in (*self.ways_on(), self.mark):
            self.buttons.addWidget(one)
        self._all.hide()
        self.sent.hide()
        self.mark.hide()
        self.to.changed.connect(self._choose)
        self.setFocusProxy(self.papers)

    # What differs from kind to kind

    def ask(self, receivers: tuple[UnitId, ...] | None) -> None:
        """Read what there is to send when these get what all get, and hand it to ``show``."""
        raise NotImplementedError

    def title(self, page: Outgoing) -> str:
        """Which meeting it is."""
        raise NotImplementedError

    def ways_on(self) -> list[QPushButton]:
        """Where one goes from here."""
        raise NotImplementedError

    def beside_papers(self) -> list[QPushButton]:
        """What can be done beside the list of papers."""
        return []

    def told(self, page: Outgoing) -> list[str]:
        """What stands on no paper, and why."""
        return beside_words(page)

    # Reading

    def reload(self) -> None:
        """Read what there is to send again."""
        self.ask(self._chosen)

    def _choose(self) -> None:
        self._chosen = self.to.value()
        self.reload()

    def missing(self, error: MisamError) -> None:
        """Nothing stays on the page that may no longer be read."""
        self.page = None
        self.beside_heading.clear()
        self.papers.show_rows([])
        for part in (self._all, self.sent, self.mark):
            part.hide()
        self.banner.tell(sentence(error))
        self.loaded.emit()

    def show_page(self, page: Outgoing) -> None:
        """Show what there is to send."""
        is_first, self.page = self.page is None, page
        self.banner.clear()
        self.beside_heading.setText(self.title(page))
        self.to.blockSignals(True)
        self.to.set_value(page.receivers)
        self.to.blockSignals(False)
        self._show_sent(page)
        self._tell(page)
        self.papers.show_rows(page.papers)
        self.papers.setVisible(bool(page.papers))
        fit(self.papers)
        self.hint.setVisible(bool(page.papers))
        self.all_drafts.setVisible(bool(not_given(page)))
        self.nothing.setVisible(not page.papers)
        self.nothing.setText(_why_none(page))
        self._all.show()
        if is_first:
            self.papers.setFocus()
        self.loaded.emit()

    def _show_sent(self, page: Outgoing) -> None:
        """The day of sending, and the button for it while something can come on the agenda."""
        sent, more = page.meeting.sent_at, takes_more(page.meeting)
        words = tr("Skickad {day}").format(day=day_short(sent.date(), today=self.work.desk.today)) if sent else ""
        self.sent.setText(words or tr("Dagordningen är inte skickad"))
        retone(self.sent, Tone.GREEN if sent else Tone.PLAIN)
        self.sent.setVisible(bool(sent) or more)
        self.mark.setVisible(more and ((page.unsent and bool(page.waiting)) or not (sent or page.unsent)))

    def _tell(self, page: Outgoing) -> None:
        if page.recall:
            words = recall_words(page.recall, self.work.desk)
            anew = tr("Lämna sedan en ny dagordning: där utgår ärendet, eller står inte med.")
            done = (tr("Papperen är återkallade"), self._recalled)
            self.recall.tell(f"{words}\n{anew}" if takes_more(page.meeting) else words, Tone.RED, action=done)
        else:
            self.recall.clear()
        self._offer(page)
        self._tell_of_addresses(page)
        told = self.told(page)
        if told:
            self.beside.tell(" ".join(told), Tone.AMBER)
        else:
            self.beside.clear()

    def _offer(self, page: Outgoing) -> None:
        """Once an agenda has left, it is offered to be marked; what only one unit gets is sent first."""
        if not (page.unsent and takes_more(page.meeting)):
            self.offer.clear()
            return
        if page.waiting:
            units = ", ".join(self.work.desk.unit(one) for one in page.waiting)
            words = tr("Tillägget till {units} har inte lämnats än. Markera som skickad när alla har fått sitt.")
            self.offer.tell(words.format(units=units), Tone.PLAIN)
            return
        words = tr("Dagordningen har lämnats ut. Är den skickad? Det som kommer sedan står på en tilläggsdagordning.")
        self.offer.tell(words, Tone.PLAIN, action=(tr("Markera som skickad"), self._mark))

    def _tell_of_addresses(self, page: Outgoing) -> None:
        desk = self.work.desk
        without = [desk.unit(unit_id) for unit_id, known in page.addresses.items() if not known]
        if not (without and page.papers):
            self.no_address.clear()
            return
        words = tr("Ingen funktionsadress finns för {units}. {do} Skriv till dess mottagaren i mejlet, eller skriv ut.")
        writes = desk.may(May.WRITE_CONTACTS)
        do = tr("Skriv in den under Kontakter.") if writes else tr("Koordinatorn skriver in den under Kontakter.")
        action: Action | None = (tr("Kontakter"), partial(self.work.go, "contacts")) if writes else None
        self.no_address.tell(words.format(units=", ".join(without), do=do), Tone.AMBER, action=action)

    # The list

    def _table(self) -> Table[OutPaper]:
        table = Table(
            "papers",
            (
                Column[OutPaper](title=tr("Till"), words=self._to_whom, width=110, most=150, main=True),
                Column(title=tr("Papper"), words=self._which, width=160, most=240),
                Column(title=tr("Innehåll"), words=_content, width=200, most=260, folds=2),
                Column(title=tr("Funktionsadress"), words=self._address, tone=self._tone, width=220, most=340, folds=3),
                Column(title=tr("Lämnat"), words=self._last, width=140, most=200, folds=1),
                Column(title="", words=lambda _one: tr("Visa …"), action=self._open, width=90),
            ),
            key=key_of,
        )
        copies_freely(self.work, table)
        table.opened.connect(self._open)
        table.remember_in(self.work.settings)
        return table

    def _to_whom(self, one: OutPaper) -> str:
        return self.work.desk.unit(one.unit_id) or tr("Alla")

    def _which(self, one: OutPaper) -> str:
        words = word_for(one.kind)
        beside = one.unit_id is not None and one.kind is not PaperKind.KODNYCKEL
        return tr("{paper}, eget papper").format(paper=words) if beside else words

    def _address(self, one: OutPaper) -> str:
        if self.page is None:
            return ""
        known = self.page.addresses
        if one.unit_id is not None:
            return ", ".join(known.get(one.unit_id, ())) or tr("Saknas")
        count = sum(bool(there) for there in known.values())
        return tr("{count} av {all} enheter har").format(count=count, all=len(known))

    def _tone(self, one: OutPaper) -> Tone | None:
        """Where somebody has no address."""
        known = self.page.addresses if self.page is not None else {}
        is_known = all(known.values()) if one.unit_id is None else bool(known.get(one.unit_id))
        return None if is_known else Tone.AMBER

    def _last(self, one: OutPaper) -> str:
        return left_words(one.last_act, one.last_on, today=self.work.desk.today)

    # Acting

    def _open(self, one: OutPaper) -> None:
        if self.page is not None:
            wanted = Wanted(meeting_id=self.id, paper=one, receivers=self.page.receivers)
            open_meeting_paper(self.work, wanted, owner=self)

    def _draft_all(self) -> None:
        if self.page is not None:
            open_drafts(self.work, self.wanted(self.page), day=iso(self.page.meeting.on))

    def wanted(self, page: Outgoing) -> list[Wanted]:
        """The papers that are still to be sent."""
        return [Wanted(meeting_id=self.id, paper=one, receivers=page.receivers) for one in not_given(page)]

    def _recalled(self) -> None:
        if self.page is not None:
            acts = [act.id for one in self.page.recall for act in one.given]
            words = tr("Det är antecknat att papperen är återkallade.")
            self.session.do(note_recalled(self.id, acts), owner=self, then=lambda _none: self.work.tell(words))

    def _mark(self) -> None:
        words = tr("Dagordningen är markerad som skickad.")
        self.session.do(mark_sent(self.id), owner=self, then=lambda _meeting: self.work.tell(words))


def key_of(one: OutPaper) -> str:
    """What tells a paper of a meeting from its others."""
    return f"{one.kind}:{one.unit_id or ''}"


def beside_words(page: Outgoing) -> list[str]:
    """That no case goes to all, that cases are only spoken of, or that the asker is kept out of them."""
    told = []
    if _only_own(page):
        words = tr("Inget ärende kan gå till alla {count} enheter. Varje enhet får sina ärenden på eget papper.")
        told.append(words.format(count=len(page.receivers)))
    if page.orally:
        is_over = state_of(page.meeting) is MeetingState.CLOSED
        words = tr("Ett ärende {verb} muntligt.") if page.orally == 1 else tr("{count} ärenden {verb} muntligt.")
        told.append(words.format(count=page.orally, verb=tr("togs") if is_over else tr("tas")))
    if page.left_out:
        cases = how_many(page.left_out, tr("ärende"), tr("ärenden"))
        words = tr("{cases} är inte med, för du får inte läsa dem. Någon annan lämnar de papperen.")
        told.append(words.format(cases=cases))
    return told


def _only_own(page: Outgoing) -> bool:
    """Whether no consent names every unit that is chosen, so that cases stand only on papers of single units."""
    agendas = [one for one in page.papers if one.kind is PaperKind.DAGORDNING and one.codes]
    return bool(agendas) and all(one.unit_id is not None for one in agendas)


def left_words(act: Act | None, on: date | None, *, today: date) -> str:
    """«Skrevs ut 24 nov»; nothing of what has not left."""
    return "" if act is None or on is None else f"{word_for(act)} {day_short(on, today=today)}"


def fit(table: Table[R]) -> None:
    """As tall as its rows, and never so low that it does not look like a list."""
    table.setMinimumHeight(table.height_for(max(len(table.rows), _LEAST_ROWS)) + 4)


def not_given(page: Outgoing) -> list[OutPaper]:
    """What is still to be sent: after the meeting its minutes, before it all but what was sent or is only added to."""
    left = [one for one in page.papers if one.last_on is None]
    if not takes_more(page.meeting):
        return [one for one in left if one.kind is PaperKind.MINNESANTECKNINGAR and (one.codes or one.general)]
    added = {one.unit_id for one in page.papers if one.kind is PaperKind.TILLAGG}
    sent = added | ({None} if page.meeting.sent_at else set())
    return [one for one in left if not (one.kind is PaperKind.DAGORDNING and one.unit_id in sent)]


def _content(one: OutPaper) -> str:
    """«3 ärenden, 1 generell fråga», «3 koder»."""
    if one.kind is PaperKind.KODNYCKEL:
        return how_many(len(one.codes), tr("kod"), tr("koder"))
    parts = [how_many(len(one.codes), tr("ärende"), tr("ärenden"))] if one.codes else []
    parts += [tr("{count} utgår").format(count=one.out)] if one.out else []
    parts += [how_many(one.general, tr("generell fråga"), tr("generella frågor"))] if one.general else []
    return ", ".join(parts) or tr("Inga ärenden")


def _why_none(page: Outgoing) -> str:
    if state_of(page.meeting) is MeetingState.CANCELLED:
        return tr("Mötet är inställt. Dess papper lämnas inte ut.")
    if not page.receivers:
        return tr("Välj minst en enhet.")
    return tr("Mötet ligger så långt tillbaka att koderna inte finns kvar. Det som är utskrivet är det som finns.")
