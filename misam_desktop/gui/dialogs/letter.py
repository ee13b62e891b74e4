"""Brev: which of the letters of a case, in which language, looked at before it leaves."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPushButton

from misam_desktop.commands.letters import give_letter
from misam_desktop.documents.phrases import language_for
from misam_desktop.domain.access import May
from misam_desktop.domain.ids import ReferralId
from misam_desktop.domain.letter import Letter
from misam_desktop.domain.people import Person
from misam_desktop.gui.case_parts.reminders import calendar_button
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.dialogs.consent_paper import paper_languages
from misam_desktop.gui.dialogs.letter_dialog import Ready, draw_letter
from misam_desktop.gui.forms import Field, Values
from misam_desktop.gui.inputs import Choice, LongText, Radios
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button
from misam_desktop.queries.letters import LetterChoice, Offered, Written, letter_preview, letters
from misam_desktop.vault import Question
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def letters_button(work: Workspace, referral_id: ReferralId, person: Person, allows: Collection[May]) -> QPushButton:
    """Opens the letters of a case, for who may give anything of it to others."""
    made = button(tr("Brev …"), partial(open_letters, work, referral_id, person))
    made.setVisible(May.DISCLOSE in allows)
    return made


def open_letters(work: Workspace, referral_id: ReferralId, person: Person) -> None:
    """Ask which letter is to be written, of those that there is reason for."""
    work.session.ask(letters(referral_id), owner=work, then=partial(_choose, work, referral_id, person))


def _choose(work: Workspace, referral_id: ReferralId, person: Person, offered: Sequence[Offered]) -> None:
    choices = [Choice(one.letter, f"{word_for(one.letter)} · {one.to}") for one in offered]

    def question(values: dict[str, Any]) -> Question[Written]:
        return letter_preview(referral_id, _choice(values))

    dialog = FormDialog(
        work,
        title=tr("Brev"),
        content=[
            Field(name="letter", label=tr("Vilket brev"), kind=lambda: Radios(choices, columns=1), required=True),
            *(_for_the_person(one) for one in paper_languages()),
            _for_the_person(Field(name="told", label=tr("Något mer till personen"), kind=lambda: LongText(3))),
        ]
        if choices
        else [],
        intro="" if choices else tr("Det finns inget att skriva än: forumet har inte gjort någon bedömning."),
        values={"letter": offered[-1].letter, "language": language_for(person)} if offered else {},
        save=question,
        then=partial(draw_written, work, referral_id),
        word=tr("Visa brevet"),
        wide=520,
    )
    dialog.primary.setVisible(bool(choices))
    dialog.open()


def _for_the_person(field: Field) -> Field:
    """A field that is asked where the letter is written to the person."""

    def is_theirs(values: Values) -> bool:
        letter = values.get("letter")
        return isinstance(letter, Letter) and letter.is_for_the_person

    return replace(field, only_if=is_theirs)


def _choice(values: Values) -> LetterChoice:
    said = {name: values[name] for name in ("language", "large", "told") if values.get(name)}
    return LetterChoice(letter=values["letter"], **said)


def open_letter(work: Workspace, referral_id: ReferralId, choice: LetterChoice) -> None:
    """Show one letter as it would leave."""
    work.session.ask(letter_preview(referral_id, choice), owner=work, then=partial(draw_written, work, referral_id))


def draw_written(work: Workspace, referral_id: ReferralId, written: Written) -> None:
    """Show what has been written."""
    choice = written.choice
    unit = work.desk.unit(written.to.unit_id)
    ready = Ready(
        paper=written.paper,
        file=choice.letter.value,
        words=tr("{paper} till {units}.").format(paper=word_for(choice.letter.paper), units=unit),
        asks=letter_preview(referral_id, choice),
        give=lambda act: give_letter(referral_id, choice, act=act),
        mails=written.to.unit_id is not None,
        beside=partial(calendar_button, work, written.ahead, activity=written.activity),
    )
    draw_letter(work, ready)
