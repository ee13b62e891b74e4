"""The case that the forum speaks of: what is asked, of whom, who leaves the room, and the text for the minutes."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from misam_desktop.domain.codes import Outcome
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.meeting import MeetingState
from misam_desktop.domain.preparation import Lack
from misam_desktop.domain.referral import ReferralState
from misam_desktop.gui.drafts import DraftKeeper
from misam_desktop.gui.forms import Field, Form
from misam_desktop.gui.forum_parts.preparation import HINDERS
from misam_desktop.gui.forum_parts.words import in_words, lack_words, waited
from misam_desktop.gui.in_room import who_leaves
from misam_desktop.gui.inputs import LongText
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Banner, Card, button, chip, clear, holding, label, row, scrolling
from misam_desktop.queries.forum import ForumDay, QueueRow
from misam_desktop.queries.shown import PROTECTED
from misam_desktop.wording import day_short

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_TEXT = "text"


class CasePane(Card):
    """One referral; what is typed for the minutes is kept as a draft of its own for each."""

    gone_out = Signal()
    """Those who leave the room for the case have done so, or come back."""

    def __init__(self, work: Workspace) -> None:
        super().__init__()
        self._work = work
        self._row: QueueRow | None = None
        self.gone: tuple[UnitId, ...] = ()
        self.form: Form | None = None
        self._keeper: DraftKeeper | None = None
        self.name = label("", "page", wrap=True)
        self.open_referral = button(tr("Öppna remissen"), self._open_referral, "link")
        self.protected, self.consent, self.missing, self.leaving, self.duplicate = (Banner() for _ in range(5))
        self._facts = QVBoxLayout()
        self._facts.setSpacing(8)
        self._facts.setContentsMargins(0, 0, 8, 0)
        self._writing = QVBoxLayout()
        top = row(self.name, self.open_referral)
        top.setStretch(0, 1)
        self.add(top, self.protected, self.consent, self.missing, self.leaving, self.duplicate)
        self.add(scrolling(holding(self._facts)), stretch=1)
        self.add(self._writing)

    def show_case(self, found: QueueRow, day: ForumDay, *, writes: bool) -> None:
        """Show a case; ``writes`` while the meeting goes on and the case has no outcome yet."""
        is_same = self._row is not None and self._row.id == found.id
        self._row = found
        if not is_same:
            self.gone = ()
        self.name.setText(found.name)
        self._tell_what_is_wrong(found, day)
        clear(self._facts)
        for part in _facts(found, self._work):
            self._facts.addWidget(part)
        self._facts.addStretch(1)
        if not (is_same and writes == (self.form is not None)):
            self.leave()
        if writes and self.form is None:
            self._begin_to_write(found)
        self._order_keys()

    def leave(self) -> None:
        """Keep what is half-written, and make room for the next case."""
        if self._keeper is not None and self._keeper.has_unsaved:
            self._keeper.keep_now()
        self.form = self._keeper = None
        clear(self._writing)

    def _begin_to_write(self, found: QueueRow) -> None:
        # whether a text is needed depends on the outcome, and is told when that is picked
        self.form = Form([Field(name=_TEXT, label=tr("Till protokollet"), kind=lambda: LongText(4), required=True)])
        self._keeper = DraftKeeper(self._work.session, self.form, name="forum_text", subject_id=found.id)
        self._writing.addWidget(self.form)

    def _order_keys(self) -> None:
        """Tab goes by way of who leaves to the text, and from there to the outcomes."""
        stops: list[QWidget] = [self.open_referral, *self.leaving.findChildren(QPushButton)]
        if self.form is not None:
            stops.append(self.form[_TEXT].focusProxy() or self.form)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    @property
    def text(self) -> str:
        """What is typed for the minutes."""
        return "" if self.form is None else str(self.form[_TEXT].value())

    def ask_for_text(self, outcome: Outcome | None) -> None:
        """Go to the text, and say what this outcome wants there; None says nothing."""
        if self.form is None:
            return
        wants = {
            Outcome.ATER: tr("Skriv förslaget på alternativ planering. Det följer med tillbaka till myndigheten."),
            Outcome.KOMPLETTERA: tr("Skriv vad som ska kompletteras till nästa forum."),
        }
        self.form.clear_errors()
        self.form.note(_TEXT, "" if outcome is None else wants.get(outcome, tr("Den här bedömningen behöver en text.")))
        if outcome is not None:
            self.form[_TEXT].setFocus()

    def show_error(self, error: MisamError) -> None:
        """Tell what is wrong beside the text, or above it."""
        if self.form is not None:
            self.form.show_error(error)

    def saved(self) -> None:
        """The text stands in the outcome now: forget the draft."""
        if self._keeper is not None:
            self._keeper.drop()

    def _tell_what_is_wrong(self, found: QueueRow, day: ForumDay) -> None:
        for banner in (self.protected, self.consent, self.missing, self.leaving, self.duplicate):
            banner.clear()
        if found.outcome is not None:
            return
        if found.is_protected:
            self.protected.tell(_spoken_only(found))
        self._tell_who_leaves(found, day)
        if Lack.ENDS in found.lacks:
            self.consent.tell(tr("Samtycket går ut före mötet. Förnya det, annars kan ärendet inte tas upp."))
        elif not found.has_consent:
            self.consent.tell(tr("Samtycke saknas. Ta inte upp ärendet med de andra myndigheterna."))
        lacks = [lack_words(one, found) for one in found.lacks if one not in HINDERS]
        if lacks and day.state is MeetingState.PLANNED:
            self.missing.tell(f"{'. '.join(lacks)}.", Tone.AMBER)
        if found.has_open_case or found.is_twice:
            twice = tr("Samma person står två gånger i kön. Öppna remissen och avgör om den är en dubblett.")
            goes_on = tr("Personen har redan ett pågående ärende. Öppna remissen och avgör om den är en dubblett.")
            self.duplicate.tell(goes_on if found.has_open_case else twice, Tone.AMBER)

    def _tell_who_leaves(self, found: QueueRow, day: ForumDay) -> None:
        """Who is asked to go out, and while the meeting goes on a way to say that they have."""
        if not found.leaving:
            return
        has_gone = set(found.leaving) <= set(self.gone)
        words = tr("Har lämnat rummet: {who}") if has_gone else tr("Lämnar rummet för detta ärende: {who}")
        word = tr("De är tillbaka") if has_gone else tr("De har lämnat rummet")
        turn = partial(self._turn_out, found, day, () if has_gone else found.leaving)
        leave = who_leaves(self._work.desk, day.room, found.leaving)
        goes_on = day.state is MeetingState.OPEN
        tone = Tone.GREEN if has_gone else Tone.AMBER
        self.leaving.tell(words.format(who=in_words(leave)), tone, action=(word, turn) if goes_on else None)

    def _turn_out(self, found: QueueRow, day: ForumDay, gone: tuple[UnitId, ...]) -> None:
        self.gone = gone
        self._tell_what_is_wrong(found, day)
        self._order_keys()
        self.leaving.findChildren(QPushButton)[-1].setFocus()  # not to the text, where a digit would be typed
        self.gone_out.emit()

    def _open_referral(self) -> None:
        if self._row is not None:
            self._work.open_referral(self._row.id)


def _spoken_only(found: QueueRow) -> str:
    """What holds for a protected identity, to its owner and to everybody else."""
    if found.name == PROTECTED:
        return tr("Skyddade personuppgifter. Den som har lämnat remissen tar ärendet muntligt.")
    return tr("Skyddade personuppgifter. Ta ärendet muntligt, och visa inte skärmen för andra.")


def _facts(found: QueueRow, work: Workspace) -> list[QWidget]:
    chips = _chips(found)
    return [
        label(_from(found, work), "muted", wrap=True),
        *([holding(Flow(*chips))] if chips else []),
        *_part(tr("Vad som inte höll"), found.not_held),
        *_part(tr("Frågeställning"), found.question),
        *([label(tr("Behöver"), "section"), holding(Flow(*_needed(found)))] if found.needed else []),
        *([label(found.needed_why, wrap=True, selectable=True)] if found.needed_why else []),
        *_part(tr("Jäv, deltar inte"), "\n".join(found.shut_out)),
        *_part(tr("Till protokollet"), found.outcome_text),
    ]


def _from(found: QueueRow, work: Workspace) -> str:
    day = day_short(found.referred_on, today=work.session.clock.today())
    parts = [tr("Remiss från {unit} {day}").format(unit=found.unit, day=day)]
    if found.age is not None:
        parts.append(tr("{age} år").format(age=found.age))
    if found.outcome is None:
        parts.append(
            tr("väntat {time}").format(time=waited(found.days_waiting)) if found.days_waiting > 0 else tr("ny")
        )
    return " · ".join(parts)


def _chips(found: QueueRow) -> list[QWidget]:
    said = (
        (found.sgi0, tr("SGI 0"), Tone.AMBER),
        (found.is_rereferral, tr("Återremiss"), Tone.PLAIN),
        (found.state is ReferralState.COMPLETING and found.outcome is None, tr("Skulle kompletteras"), Tone.AMBER),
    )
    return [chip(words, tone) for holds, words, tone in said if holds]


def _needed(found: QueueRow) -> list[QWidget]:
    return [chip(unit, Tone.AMBER if unit in found.outside_consent else Tone.PLAIN) for unit in found.needed]


def _part(title: str, text: str) -> list[QWidget]:
    return [label(title, "section"), label(text, wrap=True, selectable=True)] if text else []
