"""The first step of a referral: the personnummer alone, checked and looked up before anything else is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit

from misam_desktop.domain.errors import UserError
from misam_desktop.domain.personal_number import NumberLength, PersonalNumber, parse_personal_number
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Card, button, chip, clear, column, holding, label, row
from misam_desktop.queries.referrals import Earlier, NumberMatch, look_up_number
from misam_desktop.vault import Question
from misam_desktop.wording import day_short, sentence

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

SETTLED_MS = 700
"""How long ten digits that can be the beginning of twelve may stand before they count as the whole number."""
_CENTURIES = ("18", "19", "20")


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that a known person leads to: what it is, in a chip and in words, and where it goes."""

    chip: str
    tone: Tone
    words: str
    button: str
    go: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a number is looked up for: the question, what its answer leads to, whose name it holds, and what is new."""

    question: Callable[[PersonalNumber], Question[Any]]
    ways: Callable[[Workspace, Any], list[Way]]
    name: Callable[[Any], str]
    new: Callable[[], str]


class NumberStep(Card):
    """One large field; as soon as it holds a whole number it is checked and looked up, for a referral if not said."""

    go_on = Signal(object, object)
    """To the form: the ``PersonalNumber`` and what was found, by default its ``NumberMatch``."""

    def __init__(self, work: Workspace, asked: Asked | None = None) -> None:
        super().__init__()
        self._work = work
        self._asked = asked or FOR_REFERRAL
        self.line = QLineEdit()
        self.line.setProperty("role", "large")
        self.line.setPlaceholderText(tr("ÅÅÅÅMMDD-NNNN"))
        self.line.setAccessibleName(tr("Personnummer"))
        self.line.setMaxLength(24)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.found = holding(column())
        self.found.hide()
        heading = label(tr("Personnummer"), "section")
        heading.setBuddy(self.line)
        help_text = tr("Tio eller tolv siffror. Personen söks upp innan du fyller i något annat.")
        self.add(heading, self.line, label(help_text, "muted", wrap=True), self.error, self.found)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(self._take)
        self.line.textEdited.connect(self._on_typed)
        self.line.returnPressed.connect(self._take)
        self.setFocusProxy(self.line)

    def begin(self, number: PersonalNumber | None = None) -> None:
        """An empty field, or one with a number that is looked up at once."""
        self._forget()
        self.line.setText(number.short if number else "")
        if number is not None:
            self._take()

    def _forget(self) -> None:
        self._settled.stop()
        self.found.hide()
        self._tell("")

    def _on_typed(self, text: str) -> None:
        self._forget()
        if _may_go_on(text):
            self._settled.start()
            return
        try:
            self._look_up(self._parse())
        except NumberLength:
            return  # not yet a whole number
        except UserError as error:
            self._tell(sentence(error))

    def _take(self) -> None:
        """Enter, or a pause: what stands there counts as the whole number."""
        self._forget()
        try:
            self._look_up(self._parse())
        except UserError as error:
            self._tell(sentence(error))

    def _parse(self) -> PersonalNumber:
        return parse_personal_number(self.line.text(), today=self._work.desk.today)

    def _look_up(self, number: PersonalNumber) -> None:
        self._work.session.ask(
            self._asked.question(number),
            owner=self,
            then=lambda match: self._answer(number, match),
            failed=lambda error: self._tell(sentence(error)),
            instead_of="number",
        )

    def _answer(self, number: PersonalNumber, match: Any) -> None:
        if self.line.text() and number != self._number_here():
            return  # the answer to a number that has been changed since
        ways = self._asked.ways(self._work, match)
        if ways:
            self._show_ways(number, match, ways)
        else:
            self.go_on.emit(number, match)

    def _number_here(self) -> PersonalNumber | None:
        try:
            return self._parse()
        except UserError:
            return None

    def _show_ways(self, number: PersonalNumber, match: Any, ways: list[Way]) -> None:
        inner = self.found.layout()
        assert inner is not None
        clear(inner)
        name = self._asked.name(match)
        inner.addWidget(label(name or tr("Personen finns redan"), "section"))
        is_history = all(way.tone is Tone.MUTED for way in ways)
        acts = [button(way.button, way.go, "primary" if way is ways[0] and not is_history else "") for way in ways]
        for way, act in zip(ways, acts, strict=True):
            words = column(chip(way.chip, way.tone), label(way.words, wrap=True), gap=4)
            inner.addWidget(holding(row(words, act, gap=12)))
        new = self._asked.new() if is_history else tr("{new} ändå").format(new=self._asked.new())
        acts.append(button(new, lambda: self.go_on.emit(number, match), "primary" if is_history else ""))
        inner.addWidget(holding(row(acts[-1], None)))
        self.found.show()
        acts[-1 if is_history else 0].setFocus()

    def _tell(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self.line.setProperty("wrong", "true" if text else "false")
        self.line.style().unpolish(self.line)
        self.line.style().polish(self.line)


def _may_go_on(text: str) -> bool:
    """Whether ten digits can be the beginning of twelve: «2005031299» is a child's number, or half of a youth's."""
    digits = "".join(text.split())
    return len(digits) == 10 and digits.isdigit() and digits.startswith(_CENTURIES)


def ways_of(work: Workspace, match: NumberMatch) -> list[Way]:
    """What is already there for a person, what goes on first; empty when there is nothing this user may know."""
    today = work.desk.today
    ways = [_open_case(work, one) for one in match.earlier if one.discharged_on is None]
    ways += [_waiting(work, str(one), tr("Väntar")) for one in match.waiting]
    ways += [_waiting(work, str(one), tr("Utkast")) for one in match.drafts]
    back = None if ways else match.comes_back(today)
    ways += [_comes_back(work, back)] if back else []
    ended = [one for one in match.earlier if one.discharged_on is not None and one is not back]
    return ways + [_ended(work, one) for one in ended]


def name_of(match: NumberMatch) -> str:
    """The name of who was found, as far as it is known."""
    return match.person.full_name if match.person else ""


FOR_REFERRAL = Asked(look_up_number, ways_of, name_of, lambda: tr("Gör en ny remiss"))


def _open_case(work: Workspace, one: Earlier) -> Way:
    words = tr("Det finns ett pågående ärende: {activity} sedan {day}.").format(
        activity=one.activity, day=day_short(one.enrolled_on, today=work.desk.today)
    )
    return Way(tr("Pågår"), Tone.AMBER, words, tr("Öppna ärendet"), lambda: work.open_case(one.episode_id))


def _waiting(work: Workspace, referral_id: str, word: str) -> Way:
    words = tr("Det finns redan en remiss för personen.")
    return Way(word, Tone.AMBER, words, tr("Öppna remissen"), lambda: work.open_referral(referral_id))


def _comes_back(work: Workspace, one: Earlier) -> Way:
    words = tr("{activity}, avslutad {day}. Kan återremitteras till och med {last}.").format(
        activity=one.activity, day=_day(work, one.discharged_on), last=_day(work, one.rereferral_until)
    )
    return Way(
        tr("Återremittering"), Tone.PLAIN, words, tr("Återremittera"), lambda: work.go("rereferral", one.episode_id)
    )


def _ended(work: Workspace, one: Earlier) -> Way:
    words = tr("{activity}, {first} till {last}.").format(
        activity=one.activity, first=_day(work, one.enrolled_on), last=_day(work, one.discharged_on)
    )
    return Way(tr("Avslutad"), Tone.MUTED, words, tr("Öppna"), lambda: work.open_case(one.episode_id))


def _day(work: Workspace, day: date | None) -> str:
    return "" if day is None else day_short(day, today=work.desk.today)
