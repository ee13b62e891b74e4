"""Papper och utskick of a forum: everything that leaves it once it has made its assessments, and what has gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from misam_desktop.commands.letters import give_letter
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Act
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.ids import MeetingId, UnitId
from misam_desktop.gui.choices import of_unit_names
from misam_desktop.gui.copying import copies_freely
from misam_desktop.gui.dialogs.batch import AllDrafts, AllPrinted, Job
from misam_desktop.gui.dialogs.forum_paper import ForumWanted, open_amendment
from misam_desktop.gui.dialogs.letter import open_letter
from misam_desktop.gui.dialogs.letterhead import letterhead_button
from misam_desktop.gui.dialogs.meeting_drafts import draft_of
from misam_desktop.gui.dialogs.meeting_paper import open_meeting_paper
from misam_desktop.gui.inputs import Checks
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.tables import Column, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import GAP, Banner, Card, button, column, holding, label, row, scrolling
from misam_desktop.queries.forum_outgoing import DueLetter, ForumOutgoing, forum_outgoing
from misam_desktop.queries.letters import LetterChoice
from misam_desktop.queries.nafs_outgoing import OutPaper
from misam_desktop.vault import Topic
from misam_desktop.wording import day_short, how_many, iso, sentence
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_LEAST_ROWS = 3


class ForumPapersScreen(Screen):
    """Each letter with its receiver; Enter shows it, and below the list all that are left go at once."""

    shows = frozenset({Topic.CASES, Topic.MEETINGS, Topic.CONSENTS, Topic.PERSONS, Topic.CONTACTS, Topic.SETTINGS})

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.id = MeetingId(subject)
        self.page: ForumOutgoing | None = None
        self.heading.setText(tr("Papper och utskick"))
        self._chosen: tuple[UnitId, ...] | None = None
        self.no_address, self.beside = Banner(), Banner()
        self.to = Checks(of_unit_names(work.desk), columns=4)
        self.minutes = minutes_table(work, self._open_minutes)
        self.amend = button(tr("Tillägg …"), self._amend)
        self._minutes_card = Card(tr("Minnesanteckningar"), beside=[self.amend])
        self._minutes_card.add(label(tr("Vilka som får det som alla får"), "strong"), self.to, self.minutes)
        self.letters = self._table()
        self.nothing = label("", "muted", wrap=True)
        self.hint = label(tr("Enter visar brevet. Därifrån skrivs det ut, sparas eller mejlas."), "small", wrap=True)
        self.all_drafts = button(tr("Mejlutkast till enheterna …"), self._draft_all, "primary")
        self.all_printed = button(tr("Skriv ut till personerna …"), self._print_all)
        self._letters_card = Card(tr("Brev"))
        self._letters_card.add(self.nothing, self.letters, row(self.all_drafts, self.all_printed, self.hint, gap=12))
        self.body = column(self.no_address, self.beside, self._minutes_card, self._letters_card, None, gap=GAP)
        self._all = scrolling(holding(self.body))
        self.content.addWidget(self._all, 1)
        self.buttons.addWidget(letterhead_button(work))
        self.buttons.addWidget(button(tr("Till forumet"), lambda: work.go("forum")))
        self._all.hide()
        self.to.changed.connect(self._choose)
        self.setFocusProxy(self.letters)

    # Reading

    def reload(self) -> None:
        """Read what there is to send again."""
        question = forum_outgoing(self.id, receivers=self._chosen)
        self.session.ask(question, owner=self, then=self._show, failed=self._missing, instead_of="papers")

    def _choose(self) -> None:
        self._chosen = self.to.value()
        self.reload()

    def _missing(self, error: MisamError) -> None:
        """Nothing stays on the page that may no longer be read."""
        self.page = None
        self.beside_heading.clear()
        self.letters.show_rows([])
        self.minutes.show_rows([])
        self._all.hide()
        self.banner.tell(sentence(error))
        self.loaded.emit()

    def _show(self, page: ForumOutgoing) -> None:
        is_first, self.page = self.page is None, page
        self.banner.clear()
        day = day_short(page.meeting.on, today=self.work.desk.today)
        self.beside_heading.setText(f"{page.activity.settings.forum_name} {day} · {page.activity.name}")
        self._tell(page)
        self.to.blockSignals(True)
        self.to.set_value(page.receivers)
        self.to.blockSignals(False)
        self.minutes.show_rows(page.papers)
        self.minutes.setMinimumHeight(self.minutes.height_for(max(len(page.papers), 1)) + 4)
        self._minutes_card.setVisible(bool(page.papers) or self._chosen == ())
        self.letters.show_rows(page.letters)
        self.letters.setVisible(bool(page.letters))
        self.letters.setMinimumHeight(self.letters.height_for(max(len(page.letters), _LEAST_ROWS)) + 4)
        self.hint.setVisible(bool(page.letters))
        self.all_drafts.setVisible(bool(_left(page, to_units=True)) or bool(_minutes_left(page)))
        self.all_printed.setVisible(bool(_left(page, to_units=False)))
        self.nothing.setVisible(not page.letters)
        self.nothing.setText(tr("Forumet har inte gjort någon bedömning som det finns brev om."))
        self._all.show()
        if is_first:
            self.letters.setFocus()
        self.loaded.emit()

    def _tell(self, page: ForumOutgoing) -> None:
        without = [self.work.desk.unit(one) for one, known in page.addresses.items() if not known]
        if without:
            words = tr("Ingen funktionsadress finns för {units}. Skriv in den under Kontakter, eller i mejlet.")
            action = (tr("Kontakter"), lambda: self.work.go("contacts"))
            may = self.work.desk.may(May.WRITE_CONTACTS)
            self.no_address.tell(words.format(units=", ".join(without)), Tone.AMBER, action=action if may else None)
        else:
            self.no_address.clear()
        told = _beside(page)
        if told:
            self.beside.tell(" ".join(told), Tone.AMBER)
        else:
            self.beside.clear()

    # The list

    def _table(self) -> Table[DueLetter]:
        table = Table(
            "forum_papers",
            (
                Column[DueLetter](title=tr("Om"), words=lambda one: one.name, width=150, most=220, main=True),
                Column(title=tr("Brev"), words=lambda one: word_for(one.letter.paper), width=160, most=220),
                Column(title=tr("Till"), words=self._to_whom, width=130, most=180),
                Column(title=tr("Funktionsadress"), words=self._address, tone=self._tone, width=200, most=320, folds=3),
                Column(title=tr("Lämnat"), words=self._last, width=160, most=220, folds=1),
                Column(title="", words=lambda _one: tr("Visa …"), action=self._open, width=90),
            ),
            key=key_of,
        )
        copies_freely(self.work, table)
        table.opened.connect(self._open)
        table.remember_in(self.work.settings)
        return table

    def _to_whom(self, one: DueLetter) -> str:
        return self.work.desk.unit(one.unit_id) or tr("Personen")

    def _addresses(self, one: DueLetter) -> tuple[str, ...]:
        return self.page.addresses.get(one.unit_id, ()) if self.page and one.unit_id else ()

    def _address(self, one: DueLetter) -> str:
        return ", ".join(self._addresses(one)) or tr("Saknas") if one.unit_id else ""

    def _tone(self, one: DueLetter) -> Tone | None:
        return Tone.AMBER if one.unit_id and not self._addresses(one) else None

    def _last(self, one: DueLetter) -> str:
        if one.last_on is not None and one.last_act is not None:
            return f"{word_for(one.last_act)} {day_short(one.last_on, today=self.work.desk.today)}"
        return "" if one.can_leave else tr("Samtycket räcker inte")

    # Acting

    def _open(self, one: DueLetter) -> None:
        open_letter(self.work, one.referral_id, _choice(one))

    def _open_minutes(self, one: OutPaper) -> None:
        if self.page is not None:
            wanted = ForumWanted(meeting_id=self.id, paper=one, receivers=self.page.receivers)
            open_meeting_paper(self.work, wanted, owner=self)

    def _amend(self) -> None:
        if self.page is not None:
            cases = {one.referral_id: one.name for one in self.page.letters}
            open_amendment(self.work, self.id, list(cases.items()))

    def _wanted(self) -> list[ForumWanted]:
        """The minutes that have not left."""
        assert self.page is not None, "it is shown"
        found = _minutes_left(self.page)
        return [ForumWanted(meeting_id=self.id, paper=one, receivers=self.page.receivers) for one in found]

    def _draft_all(self) -> None:
        if self.page is not None:
            intro = tr(
                "Varje brev blir ett eget mejlutkast med en krypterad PDF och ett eget lösenord. Filens namn säger "
                "inte vem brevet gäller: numret står här och bredvid lösenordet."
            )
            minutes = [draft_of(self.work, one, day=iso(self.page.meeting.on)) for one in self._wanted()]
            jobs = [*minutes, *self._jobs(_left(self.page, to_units=True), Act.MEJLUTKAST, suffix="eml")]
            AllDrafts(self.work, jobs, title=tr("Mejlutkast till enheterna"), intro=intro).open()

    def _print_all(self) -> None:
        if self.page is not None:
            intro = tr("Varje brev skrivs på det språk som passar personen. Att det har lämnats antecknas.")
            jobs = self._jobs(_left(self.page, to_units=False), Act.UTSKRIFT, suffix="pdf")
            AllPrinted(self.work, jobs, title=tr("Skriv ut till personerna"), intro=intro).open()

    def _jobs(self, wanted: Iterable[DueLetter], act: Act, *, suffix: str) -> list[Job]:
        assert self.page is not None, "it is shown"
        day, made = iso(self.page.meeting.on), []
        for number, one in enumerate(wanted, start=1):
            words = tr("{number}. {paper} till {whom}, om {name}").format(
                number=number, paper=word_for(one.letter.paper), whom=self._to_whom(one), name=one.name
            )
            gives = give_letter(one.referral_id, _choice(one), act=act)
            made.append(Job(gives=gives, words=words, file=f"{day}-{one.letter}-{number}.{suffix}"))
        return made


def key_of(one: DueLetter) -> str:
    """What tells a letter of a forum from its others."""
    return f"{one.referral_id}:{one.letter}"


def minutes_table(work: Workspace, show: Callable[[OutPaper], None]) -> Table[OutPaper]:
    """The minutes of all and those of single units, each with how much it holds and when it left."""

    def last(one: OutPaper) -> str:
        if one.last_on is None or one.last_act is None:
            return ""
        return f"{word_for(one.last_act)} {day_short(one.last_on, today=work.desk.today)}"

    table = Table(
        "forum_minutes",
        (
            Column[OutPaper](
                title=tr("Till"), words=lambda one: work.desk.unit(one.unit_id) or tr("Alla"), width=150, main=True
            ),
            Column(title=tr("Papper"), words=_which, width=220, most=300),
            Column(title=tr("Innehåll"), words=_content, width=160, most=240, folds=2),
            Column(title=tr("Lämnat"), words=last, width=160, most=220, folds=1),
            Column(title="", words=lambda _one: tr("Visa …"), action=show, width=90),
        ),
        key=lambda one: str(one.unit_id or ""),
    )
    copies_freely(work, table)
    table.opened.connect(show)
    table.remember_in(work.settings)
    return table


def _which(one: OutPaper) -> str:
    words = word_for(one.kind)
    return tr("{paper}, eget papper").format(paper=words) if one.unit_id else words


def _content(one: OutPaper) -> str:
    found = [how_many(len(one.codes), tr("ärende"), tr("ärenden"))] if one.codes else [tr("Inga ärenden")]
    return ", ".join([*found, *([tr("{count} utgår").format(count=one.out)] if one.out else [])])


def _beside(page: ForumOutgoing) -> list[str]:
    """What does not stand on any paper, and why."""
    told = []
    if page.orally:
        words = tr("Ett ärende togs muntligt.") if page.orally == 1 else tr("{count} ärenden togs muntligt.")
        told.append(words.format(count=page.orally))
    if page.unheard:
        cases = how_many(page.unheard, tr("ärende står"), tr("ärenden står"))
        told.append(tr("{cases} inte i minnesanteckningarna: inget samtycke gällde på mötet.").format(cases=cases))
    if page.left_out:
        cases = how_many(page.left_out, tr("ärende"), tr("ärenden"))
        words = tr("{cases} är inte med, för du får inte läsa dem. Någon annan lämnar de breven.")
        told.append(words.format(cases=cases))
    return told


def _minutes_left(page: ForumOutgoing) -> list[OutPaper]:
    return [one for one in page.papers if one.codes and one.last_on is None]


def _choice(one: DueLetter) -> LetterChoice:
    return LetterChoice(letter=one.letter, language=one.language)


def _left(page: ForumOutgoing, *, to_units: bool) -> list[DueLetter]:
    """What may leave and has not."""
    return [
        one for one in page.letters if one.can_leave and one.last_on is None and (one.unit_id is not None) == to_units
    ]
