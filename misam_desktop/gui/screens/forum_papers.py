"""Papper och utskick of a forum: its papers, and the letters once it has made its assessments."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from misam_desktop.commands.forum_items import draw_codes
from misam_desktop.commands.letters import give_letter
from misam_desktop.domain.codes import Act
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.meeting import MeetingState, state_of
from misam_desktop.gui.copying import copies_freely
from misam_desktop.gui.dialogs.amendment import open_amendment
from misam_desktop.gui.dialogs.batch import AllDrafts, AllPrinted, Job
from misam_desktop.gui.dialogs.letter import open_letter
from misam_desktop.gui.dialogs.letterhead import letterhead_button
from misam_desktop.gui.dialogs.meeting_drafts import draft_of
from misam_desktop.gui.screens.papers import PapersScreen, fit, left_words, not_given
from misam_desktop.gui.tables import Column, Table
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Card, button, label, row
from misam_desktop.queries.forum_outgoing import DueLetter, ForumOutgoing, forum_outgoing
from misam_desktop.queries.letters import LetterChoice
from misam_desktop.queries.outgoing import Outgoing
from misam_desktop.wording import day_short, how_many, iso
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


class ForumPapersScreen(PapersScreen):
    """Each letter and each paper with its receiver; Enter shows it, and all that are left go at once."""

    found: ForumOutgoing | None = None

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.letters = self._letters_table()
        self.no_letters = label(tr("Forumet har inte gjort någon bedömning som det finns brev om."), "muted", wrap=True)
        self.letter_hint = label(
            tr("Enter visar brevet. Därifrån skrivs det ut, sparas eller mejlas."), "small", wrap=True
        )
        self.all_letters = button(tr("Mejlutkast till enheterna …"), self._draft_letters, "primary")
        self.all_printed = button(tr("Skriv ut till personerna …"), self._print_all)
        self.letters_card = Card(tr("Brev"))
        doing = row(self.all_letters, self.all_printed, self.letter_hint, gap=12)
        self.letters_card.add(self.no_letters, self.letters, doing)
        self.body.insertWidget(self.body.indexOf(self.to_card), self.letters_card)

    # What differs from a NAFS meeting's

    def ask(self, receivers: tuple[UnitId, ...] | None) -> None:
        """Read what there is to send."""
        question = forum_outgoing(self.id, receivers=receivers)
        self.session.ask(question, owner=self, then=self._show, failed=self.missing, instead_of="papers")

    def title(self, page: Outgoing) -> str:
        """The forum, its day and its activity."""
        day = day_short(page.meeting.on, today=self.work.desk.today)
        return f"{page.activity.settings.forum_name} {day} · {page.activity.name}"

    def ways_on(self) -> list[QPushButton]:
        """To the forum, and the letterhead of its letters."""
        return [letterhead_button(self.work), button(tr("Till forumet"), partial(self.work.go, "forum"))]

    def beside_papers(self) -> list[QPushButton]:
        """What is added to the minutes once they are locked."""
        self.amend = button(tr("Tillägg …"), self._amend)
        return [self.amend]

    def told(self, page: Outgoing) -> list[str]:
        """Also what no consent lets the others hear of."""
        told, unheard = super().told(page), self.found.unheard if self.found else 0
        if unheard:
            cases = how_many(unheard, tr("ärende står"), tr("ärenden står"))
            is_over = state_of(page.meeting) is MeetingState.CLOSED
            over = tr("{cases} inte i minnesanteckningarna: inget samtycke gällde på mötet.")
            coming = tr("{cases} inte på dagordningen: inget samtycke gäller på mötets dag.")
            told.append((over if is_over else coming).format(cases=cases))
        return told

    def missing(self, error: MisamError) -> None:
        """Nothing stays on the page that may no longer be read."""
        self.found = None
        self.letters.show_rows([])
        super().missing(error)

    def _show(self, found: ForumOutgoing) -> None:
        """Show the papers and the letters; who has come since the codes were drawn gets one first."""
        is_first, self.found = self.found is None, found
        is_over = state_of(found.papers.meeting) is MeetingState.CLOSED
        self.amend.setVisible(is_over)
        self.letters_card.setVisible(is_over)
        self.letters.show_rows(found.letters)
        self.letters.setVisible(bool(found.letters))
        fit(self.letters)
        self.no_letters.setVisible(not found.letters)
        self.letter_hint.setVisible(bool(found.letters))
        self.all_printed.setVisible(bool(_left(found, to_units=False)))
        self.show_page(found.papers)
        papers_left = bool(not_given(found.papers))
        self.all_letters.setVisible(bool(_left(found, to_units=True)) or (is_over and papers_left))
        self.all_drafts.setVisible(papers_left and not is_over)
        if is_first and is_over and found.letters:
            self.letters.setFocus()
        if found.papers.uncoded:
            self.session.do(draw_codes(self.id), owner=self)

    # The letters

    def _letters_table(self) -> Table[DueLetter]:
        table = Table(
            "forum_letters",
            (
                Column[DueLetter](title=tr("Om"), words=lambda one: one.name, width=150, most=220, main=True),
                Column(title=tr("Brev"), words=lambda one: word_for(one.letter.paper), width=160, most=220),
                Column(title=tr("Till"), words=self._gets, width=130, most=180),
                Column(
                    title=tr("Funktionsadress"), words=self._reached, tone=self._lacks, width=200, most=320, folds=3
                ),
                Column(title=tr("Lämnat"), words=self._given, width=160, most=220, folds=1),
                Column(title="", words=lambda _one: tr("Visa …"), action=self._open_letter, width=90),
            ),
            key=letter_key,
        )
        copies_freely(self.work, table)
        table.opened.connect(self._open_letter)
        table.remember_in(self.work.settings)
        return table

    def _gets(self, one: DueLetter) -> str:
        return self.work.desk.unit(one.unit_id) or tr("Personen")

    def _addresses(self, one: DueLetter) -> tuple[str, ...]:
        return self.page.addresses.get(one.unit_id, ()) if self.page and one.unit_id else ()

    def _reached(self, one: DueLetter) -> str:
        return ", ".join(self._addresses(one)) or tr("Saknas") if one.unit_id else ""

    def _lacks(self, one: DueLetter) -> Tone | None:
        return Tone.AMBER if one.unit_id and not self._addresses(one) else None

    def _given(self, one: DueLetter) -> str:
        words = left_words(one.last_act, one.last_on, today=self.work.desk.today)
        return words or ("" if one.can_leave else tr("Samtycket räcker inte"))

    # Acting

    def _open_letter(self, one: DueLetter) -> None:
        open_letter(self.work, one.referral_id, _choice(one))

    def _amend(self) -> None:
        if self.found is not None:
            cases = {one.referral_id: one.name for one in self.found.letters}
            open_amendment(self.work, self.id, list(cases.items()))

    def _draft_letters(self) -> None:
        if self.found is not None:
            intro = tr(
                "Varje brev blir ett eget mejlutkast med en krypterad PDF och ett eget lösenord. Filens namn säger "
                "inte vem brevet gäller: numret står här och bredvid lösenordet."
            )
            page = self.found.papers
            papers = [draft_of(self.work, one, day=iso(page.meeting.on)) for one in self.wanted(page)]
            jobs = [*papers, *self._jobs(_left(self.found, to_units=True), Act.MEJLUTKAST, suffix="eml")]
            AllDrafts(self.work, jobs, title=tr("Mejlutkast till enheterna"), intro=intro).open()

    def _print_all(self) -> None:
        if self.found is not None:
            intro = tr("Varje brev skrivs på det språk som passar personen. Att det har lämnats antecknas.")
            jobs = self._jobs(_left(self.found, to_units=False), Act.UTSKRIFT, suffix="pdf")
            AllPrinted(self.work, jobs, title=tr("Skriv ut till personerna"), intro=intro).open()

    def _jobs(self, wanted: Iterable[DueLetter], act: Act, *, suffix: str) -> list[Job]:
        assert self.found is not None, "it is shown"
        day, made = iso(self.found.papers.meeting.on), []
        for number, one in enumerate(wanted, start=1):
            words = tr("{number}. {paper} till {whom}, om {name}").format(
                number=number, paper=word_for(one.letter.paper), whom=self._gets(one), name=one.name
            )
            gives = give_letter(one.referral_id, _choice(one), act=act)
            made.append(Job(gives=gives, words=words, file=f"{day}-{one.letter}-{number}.{suffix}"))
        return made


def letter_key(one: DueLetter) -> str:
    """What tells a letter of a forum from its others."""
    return f"{one.referral_id}:{one.letter}"


def _choice(one: DueLetter) -> LetterChoice:
    return LetterChoice(letter=one.letter, language=one.language)


def _left(found: ForumOutgoing, *, to_units: bool) -> list[DueLetter]:
    """What may leave and has not."""
    return [
        one for one in found.letters if one.can_leave and one.last_on is None and (one.unit_id is not None) == to_units
    ]
