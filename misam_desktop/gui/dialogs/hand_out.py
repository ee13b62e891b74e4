"""Lämna ut: to whom and how, what the gate lets out, and one button that says what happens."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from misam_desktop.commands.disclosures import share_case
from misam_desktop.commands.hand_outs import HandedOut, hand_out
from misam_desktop.domain.access import May
from misam_desktop.domain.codes import Act, InfoKind, Recipient
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.gate import OWN_FILES, Cell, GateChanged, To, for_all, leaving, suits
from misam_desktop.domain.identifying import Clue, Found
from misam_desktop.domain.ids import ReferralId
from misam_desktop.gui import theme
from misam_desktop.gui.choices import of_unit_names
from misam_desktop.gui.dialog import GrowingDialog
from misam_desktop.gui.dialogs.leaving import DECIDES
from misam_desktop.gui.dialogs.mail_draft import choose_draft
from misam_desktop.gui.dialogs.sheet import Chosen, open_sheet
from misam_desktop.gui.inputs import Checks, Choice, Radios
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import Banner, button, chip, clear, column, holding, label, row
from misam_desktop.queries.handed_out import GatePreview, gate_preview
from misam_desktop.vault import Topic
from misam_desktop.wording import day_short, sentence
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

PERSON = To(recipient=Recipient.PERSONEN)
_TOLD = 6
"""How much of what can tell who somebody is stands in the warning."""
_NAMED = 3
"""How many are named who stand in the way of the others."""
_ACROSS, _LARGE = 3, 150
"""How many recipients stand beside each other, one fewer in text of so many per cent; more begin a new row."""


def hand_out_button(work: Workspace, referral_id: ReferralId, allows: Collection[May]) -> QPushButton:
    """Opens the dialog; who only reads the case takes it to the own file, and to nobody else."""
    to_others = May.DISCLOSE in allows
    words = tr("Lämna ut …") if to_others else tr("Till egna akten …")
    return button(words, lambda: HandOut(work, referral_id, to_others=to_others).open())


class HandOut(GrowingDialog):
    """Read anew whenever the choice, or anything that decides, changes."""

    def __init__(self, work: Workspace, referral_id: ReferralId, *, to_others: bool) -> None:
        self._id = referral_id
        self._preview: GatePreview | None = None
        ways = [Choice(way, words) for way, words in _ways().items() if to_others or suits(way, [OWN_FILES])]
        self.ways = Radios(ways, columns=2)
        others = [*_units(work), Choice(PERSON, word_for(PERSON.recipient))] if to_others else []
        self.to = Checks([*others, Choice(OWN_FILES, word_for(OWN_FILES.recipient))], columns=4)
        self.stopped, self.banner, self.texts = Banner(), Banner(), Banner()
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.primary = button("", self.do, "primary")
        parts = (label(tr("Hur"), "strong"), self.ways, label(tr("Till vem"), "strong"), self.to)
        told = (self.stopped, self.banner, self.texts, label(tr("Vad som lämnas"), "strong"), self.grid, None)
        title = tr("Lämna ut") if to_others else tr("Till egna akten")
        super().__init__(work, holding(column(*parts, *told)), title=title)
        self.by_keys(self.primary)
        self.lay_out(intro="", buttons=row(None, button(tr("Avbryt"), self.reject), self.primary), wide=720)
        self.ways.set_value(Act.UTSKRIFT)
        self.to.set_value(() if to_others else (OWN_FILES,))
        self.ways.changed.connect(self._choose)
        self.to.changed.connect(self._choose)
        work.session.touched.connect(self._touched)
        self._ask()

    @property
    def recipients(self) -> tuple[To, ...]:
        """Who is ticked."""
        return self.to.value()

    @property
    def cells(self) -> tuple[Cell, ...]:
        """What was last shown to leave, and not."""
        return self._preview.cells if self._preview else ()

    @property
    def way(self) -> Act:
        """How it is handed over."""
        return Act(self.ways.value())

    def _touched(self, topics: frozenset[Topic]) -> None:
        if topics & DECIDES:
            self._ask()

    def _choose(self) -> None:
        self.stopped.clear()
        self._ask()

    def _ask(self) -> None:
        question = gate_preview(self._id, self.recipients)
        self.work.session.ask(question, owner=self, then=self._show, failed=self._stopped, instead_of="preview")

    def _stopped(self, error: MisamError) -> None:
        """The case may no longer be read here: nothing stays in sight."""
        clear(self.grid)
        self._preview = None
        self.banner.clear()
        self.texts.clear()
        self.primary.setEnabled(False)
        self.stopped.tell(sentence(error))

    def _show(self, found: GatePreview) -> None:
        before, self._preview = self._preview, found
        clear(self.grid)
        kinds = for_all(found.cells)
        if before is not None and _to(before) == _to(found) and not for_all(before.cells) <= kinds:
            self.stopped.tell(sentence(GateChanged()))
        across = _ACROSS - (theme.current().percent >= _LARGE)
        for at in range(0, len(self.recipients), across):
            self._add_block(found, self.recipients[at : at + across], below=self.grid.rowCount())
        self.grid.setColumnStretch(across + 1, 1)
        self._tell(found)
        self.primary.setText(self._what_happens(kinds))
        self.primary.setEnabled(bool(kinds) and bool(self.recipients) and suits(self.way, self.recipients))

    def _add_block(self, found: GatePreview, recipients: Sequence[To], *, below: int) -> None:
        """Some recipients beside each other, and what each kind does for them."""
        for place, to in enumerate(recipients, start=1):
            self.grid.addWidget(label(_name(self.work, to), "strong"), below, place)
        for at, kind in enumerate(InfoKind, start=below + 1):
            self.grid.addWidget(label(word_for(kind)), at, 0)
            for place, to in enumerate(recipients, start=1):
                cell = next(one for one in found.cells if one.to == to and one.kind is kind)
                self.grid.addWidget(_square(cell), at, place)

    def _what_holds(self, consent: Consent) -> str:
        """«Samtycket till samverkan från 14 jul avgör. Det gäller Af och FK, till och med 14 jul 2028.»"""
        today, me = self.work.desk.today, self.work.desk.me.unit_id
        named = [self.work.desk.unit(one) for one in consent.unit_ids if one != me]
        last = consent.until_on
        words = tr("Samtycket till {purpose} från {day} avgör. Det gäller {units}, {until}.")
        return words.format(
            purpose=word_for(consent.purpose).lower(),
            day=day_short(consent.from_on, today=today),
            units=enumerated(named, most=_TOLD) or tr("bara den egna enheten"),
            until=tr("till och med {day}").format(day=day_short(last, today=today)) if last else tr("till avslut"),
        )

    def _tell(self, found: GatePreview) -> None:
        words = []
        if found.protected:
            words.append(tr("Skyddade personuppgifter lämnas inte till någon annan än personen själv."))
        elif found.consent is not None:
            words.append(self._what_holds(found.consent))
        else:
            words.append(tr("Inget samtycke gäller, så inget kan lämnas till andra enheter."))
        if found.not_shared:
            words.append(tr("Personen vill inte att det här delas: {what}").format(what=found.not_shared))
        shared = self._what_all_get(found)
        is_plain = found.consent is not None and not (found.not_shared or found.protected or shared)
        self.banner.tell(" ".join([*words, *shared]), Tone.PLAIN if is_plain else Tone.AMBER)
        if found.found:
            self.texts.tell(what_texts_tell(found.found), Tone.AMBER)
        else:
            self.texts.clear()

    def _what_all_get(self, found: GatePreview) -> list[str]:
        """That several get the same, where one of them could have had more; or who stands in the way."""
        each = {to: leaving(found.cells, to) for to in self.recipients}
        left_out = [_name(self.work, to) for to, kinds in each.items() if not kinds]
        if len(set(each.values())) <= 1:
            return []
        if left_out:
            words = tr("{names} kan inte få något. Ta bort bocken där, så kan de andra få sitt.")
            return [words.format(names=enumerated(left_out, most=_NAMED))]
        return [tr("Alla får detsamma: bara det som har ✓ hos var och en.")]

    def _what_happens(self, kinds: frozenset[InfoKind]) -> str:
        if not self.recipients:
            return tr("Välj mottagare")
        if not kinds:
            return tr("Inget kan lämnas till alla") if len(self.recipients) > 1 else tr("Inget kan lämnas")
        if not suits(self.way, self.recipients):
            return tr("Kopiera bara till egna akten") if self.way is Act.URKLIPP else tr("Välj bara enheter")
        return {
            Act.DELNING: tr("Dela i programmet"),
            Act.MEJLUTKAST: tr("Gör mejlutkast …"),
            Act.URKLIPP: tr("Kopiera texten"),
        }.get(self.way, tr("Visa papperet"))

    def do(self) -> None:
        """Hand it over, as far as it was shown and still may go."""
        if self._preview is None:
            return
        kinds = tuple(sorted(for_all(self._preview.cells)))
        chosen = Chosen(referral_id=self._id, to=self.recipients, kinds=kinds)
        match self.way:
            case Act.DELNING:
                units = [one.unit_id for one in self.recipients if one.unit_id is not None]
                request = share_case(self._id, unit_ids=units, kinds=kinds)
                self.primary.setEnabled(False)
                self.work.session.do(request, owner=self, then=lambda _done: self._shared(), failed=self._refused)
            case Act.URKLIPP:
                given = hand_out(self._id, to=self.recipients, act=Act.URKLIPP, seen=kinds)
                self.primary.setEnabled(False)
                self.work.session.do(given, owner=self, then=self._copied, failed=self._refused)
            case Act.MEJLUTKAST:
                choose_draft(self.work, chosen, owner=self, then=self.accept, refused=self._refused)
            case _:
                open_sheet(self.work, chosen, owner=self, then=self.accept, refused=self._refused)

    def _refused(self, error: MisamError) -> None:
        """Look again: the preview shows what has changed."""
        self._ask()
        self.stopped.tell(sentence(error))

    def _shared(self) -> None:
        self.accept()
        names = ", ".join(_name(self.work, to) for to in self.recipients)
        self.work.tell(tr("{units} kan läsa ärendet nu.").format(units=names))

    def _copied(self, handed: HandedOut) -> None:
        self.accept()
        self.work.clipboard.put(handed.text)
        self.work.tell(tr("Texten är kopierad. Urklipp töms efter 30 sekunder."))


def _units(work: Workspace) -> list[Choice]:
    return [
        Choice(To(recipient=Recipient.ENHET, unit_id=one.value), one.words, one.help)
        for one in of_unit_names(work.desk)
        if one.value != work.desk.me.unit_id
    ]


def _to(found: GatePreview) -> set[To]:
    return {cell.to for cell in found.cells}


def _ways() -> dict[Act, str]:
    return {
        Act.UTSKRIFT: tr("Som papper (PDF)"),
        Act.DELNING: tr("Dela i programmet"),
        Act.MEJLUTKAST: tr("Mejlutkast med krypterad PDF"),
        Act.URKLIPP: tr("Text till egna akten"),
    }


def _name(work: Workspace, to: To) -> str:
    return work.desk.unit(to.unit_id) or word_for(to.recipient)


def _square(cell: Cell) -> QWidget:
    """✓ or ✕ and the word for why."""
    sign, tone = ("✓", Tone.GREEN) if cell.leaves else ("✕", Tone.RED)
    made = chip(f"{sign} {word_for(cell.passage)}", tone)
    made.setAccessibleName(f"{word_for(cell.kind)}: {word_for(cell.passage)}")
    return made


def what_can_tell(found: Collection[Found]) -> str:
    """That a question can tell who somebody is without a name, and what in it does."""
    words = tr("En frågeställning kan peka ut någon även utan namn. Läs innan du lämnar ut.")
    return f"{words} {what_texts_tell(found)}" if found else words


def what_texts_tell(found: Collection[Found]) -> str:
    """«I texterna står: Anna Berg (namn), 12 mars (datum) och 3 till.»"""
    clues = {Clue.NAME: tr("namn"), Clue.NUMBER: tr("nummer"), Clue.DATE: tr("datum")}
    told = [f"{one.words} ({clues[one.clue]})" for one in found]
    words = tr("I texterna står: {found}. Läs dem innan du lämnar ut: de kan peka ut någon.")
    return words.format(found=enumerated(told, most=_TOLD))


def enumerated(words: Sequence[str], *, most: int) -> str:
    """«Af, FK, AME och 3 till»."""
    more = tr(" och {count} till").format(count=len(words) - most) if len(words) > most else ""
    return f"{', '.join(words[:most])}{more}"
