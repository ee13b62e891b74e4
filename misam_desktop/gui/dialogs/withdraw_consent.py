"""Taking a consent back, in two steps: first what it means, then the day and the receipt for the person."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from misam_desktop.commands.consents import TakenBack, withdraw_consent
from misam_desktop.domain.consent import Consent
from misam_desktop.gui.case_parts.handed_out import handed_lines
from misam_desktop.gui.consent_form import of_languages
from misam_desktop.gui.dialog import FormDialog, GrowingDialog
from misam_desktop.gui.dialogs.consent_paper import RECEIPT_FILE
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Choice, Day, Flag, Radios
from misam_desktop.gui.paper import open_paper
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button, column, holding, label, row
from misam_desktop.queries.consents import Withdrawal, withdrawal_of
from misam_desktop.vault import Request
from misam_desktop.wording import day_short
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_NONE = "none"


def open_withdraw(work: Workspace, consent: Consent) -> None:
    """Show what it means that a consent is taken back, before it is."""
    work.session.ask(withdrawal_of(consent.id), owner=work, then=lambda means: WhatItMeans(work, means).open())


class WhatItMeans(GrowingDialog):
    """The first step: read, and go on."""

    def __init__(self, work: Workspace, means: Withdrawal) -> None:
        super().__init__(work, _what_it_means(work, means), title=tr("Återkalla samtycket"))
        self._means = means
        self.primary = button(tr("Gå vidare"), self.go_on, "primary", shortcut="Ctrl+Return")
        consent = means.consent
        words = tr("{purpose} från {day}. Det här innebär det:")
        day = day_short(consent.from_on, today=work.desk.today)
        self.lay_out(
            intro=words.format(purpose=word_for(consent.purpose), day=day),
            buttons=row(None, button(tr("Avbryt"), self.reject), self.primary),
            wide=680,
        )
        self.primary.setFocus()

    def go_on(self) -> None:
        """To the second step."""
        self.accept()
        _ask_when(self.work, self._means)


def _what_it_means(work: Workspace, means: Withdrawal) -> QWidget:
    parts: list[QWidget] = [
        label(tr("Vilka som inte ser ärendet längre"), "section"),
        label(_loses(means), wrap=True),
        label(tr("Vad som finns kvar"), "section"),
        label(_keeps(means), wrap=True),
        label(tr("Vad som redan har lämnats"), "section"),
    ]
    if means.given:
        parts += [
            label(tr("Det går inte att ta tillbaka. Personen får listan på kvittot."), wrap=True),
            handed_lines(means.given, today=work.desk.today),
        ]
    else:
        parts.append(label(tr("Inget har lämnats till någon enhet med stöd av samtycket."), wrap=True))
    one_unit = tr("Gäller det bara en av enheterna? Registrera då ett nytt samtycke utan den i stället.")
    parts.append(label(one_unit, "muted", wrap=True))
    return holding(column(*parts, None))


def _loses(means: Withdrawal) -> str:
    if not means.loses:
        return tr("Ingen. Ingen annan enhet läser ärendet med stöd av det här samtycket.")
    return tr("{units}. De ser det inte längre så fort du har sparat.").format(units=", ".join(means.loses))


def _keeps(means: Withdrawal) -> str:
    words = tr("{units} och koordinatorn har kvar grunduppgifter och datum, så att ärendet kan avslutas.")
    return words.format(units=", ".join(means.keeps))


def _ask_when(work: Workspace, means: Withdrawal) -> None:
    """The second step: from which day, and in which language the receipt is."""
    consent = means.consent

    def save(values: dict[str, Any]) -> Request[TakenBack]:
        receipt = None if values["receipt"] == _NONE else values["receipt"]
        return withdraw_consent(consent.id, on=values["on"], receipt=receipt, large=values.get("large", False))

    dialog = FormDialog(
        work,
        title=tr("Återkalla samtycket"),
        intro=tr("Från och med den dagen får uppgifterna inte längre användas med stöd av samtycket."),
        content=[
            Field(name="on", label=tr("Återkallat"), kind=lambda: Day(work.desk.today), required=True),
            Field(
                name="receipt",
                label=tr("Kvitto till personen"),
                kind=lambda: Radios([*of_languages(), Choice(_NONE, tr("Inget kvitto"))], columns=4),
                required=True,
            ),
            Field(
                name="large",
                label=tr("Stor text"),
                kind=lambda: Flag(tr("Stor text")),
                only_if=lambda values: values["receipt"] != _NONE,
            ),
        ],
        values={"on": work.desk.today, "receipt": means.language},
        save=save,
        then=partial(_done, work),
        word=tr("Återkalla samtycket"),
        extra=[button(tr("Tillbaka"), lambda: _back(dialog, means))],
    )
    dialog.open()


def _back(dialog: FormDialog, means: Withdrawal) -> None:
    dialog.reject()
    WhatItMeans(dialog.work, means).open()


def _done(work: Workspace, done: TakenBack) -> None:
    work.tell(tr("Samtycket är återkallat."))
    if done.receipt is not None:
        open_paper(work, done.receipt, name=RECEIPT_FILE)
