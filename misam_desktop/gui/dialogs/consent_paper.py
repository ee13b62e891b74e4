"""Papers that go with a consent, in the language of whom they are for: the form, its text, the receipt."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from misam_desktop.commands.consents import make_form, make_receipt
from misam_desktop.documents.paper import Paper
from misam_desktop.documents.phrases import Language, language_for, phrases
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.ids import ReferralId
from misam_desktop.domain.intake import ConsentFacts, PersonFacts
from misam_desktop.domain.paper import Wording
from misam_desktop.domain.people import Person
from misam_desktop.gui.consent_form import of_languages
from misam_desktop.gui.dialog import FormDialog, GrowingDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Choice, Flag, Radios
from misam_desktop.gui.paper import open_paper
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button, column, holding, label, row
from misam_desktop.queries.consents import wording_of_consent
from misam_desktop.vault import Request

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

FORM_FILE, RECEIPT_FILE = "samtyckesblankett.pdf", "kvitto.pdf"
"""What the papers are saved as: names that tell nothing of anybody."""
_FILLED, _EMPTY = "filled", "empty"


def open_form(
    work: Workspace,
    person: Person | PersonFacts,
    *,
    facts: ConsentFacts | None,
    referral_id: ReferralId | None = None,
) -> None:
    """Ask in which language a form is to be, and whether it is filled in with what has been agreed so far."""
    choices = [Choice(_FILLED, tr("Med det som är ifyllt")), Choice(_EMPTY, tr("Tom, fylls i för hand"))]

    def save(values: dict[str, Any]) -> Request[Paper]:
        language, large = values["language"], values["large"]
        if values["fill"] == _EMPTY:
            return make_form(language, large=large)
        if referral_id is not None:
            return make_form(language, case_id=referral_id, facts=facts, large=large)
        typed = person if isinstance(person, PersonFacts) else None
        return make_form(language, person=typed, facts=facts, large=large)

    fill = Field(name="fill", label=tr("Blanketten är"), kind=lambda: Radios(choices, columns=2), required=True)
    _ask(
        work,
        title=tr("Blankett för samtycke"),
        intro=tr("Personen läser, kryssar och skriver under. Registrera sedan samtycket här."),
        content=[fill, *paper_languages()],
        values={"fill": _FILLED, "language": language_for(person)},
        save=save,
        name=FORM_FILE,
        word=tr("Visa blanketten"),
    )


def open_receipt(work: Workspace, consent: Consent, person: Person) -> None:
    """Ask in which language the receipt of a consent that was taken back is to be."""
    _ask(
        work,
        title=tr("Kvitto"),
        intro=tr("Kvittot visar att samtycket är återkallat, och vad som redan har lämnats till vem."),
        content=paper_languages(),
        values={"language": language_for(person)},
        save=lambda values: make_receipt(consent.id, values["language"], large=values["large"]),
        name=RECEIPT_FILE,
        word=tr("Visa kvittot"),
    )


def paper_languages() -> list[Field]:
    """In which language a paper is to be, and whether in large print."""
    return [
        Field(name="language", label=tr("Språk"), kind=lambda: Radios(of_languages(), columns=3), required=True),
        Field(name="large", label=tr("Stor text"), kind=lambda: Flag(tr("Stor text"))),
    ]


def open_wording(work: Workspace, consent: Consent) -> None:
    """Show the text that the person signed, word for word."""
    work.session.ask(wording_of_consent(consent.id), owner=work, then=partial(_show_wording, work))


def _show_wording(work: Workspace, wording: Wording) -> None:
    text = column(*(label(line, wrap=True, selectable=True) for line in wording.body.splitlines()))
    dialog = GrowingDialog(work, holding(text), title=wording.title)
    close = button(tr("Stäng"), dialog.accept, "primary")
    name = phrases(Language(wording.language))["name"]
    intro = tr("Det här skrevs under. {language}, utgåva {edition}.").format(language=name, edition=wording.edition)
    dialog.lay_out(intro=intro, buttons=row(None, close), wide=680)
    close.setFocus()
    dialog.open()


def _ask(work: Workspace, *, name: str, **form: Any) -> None:
    dialog = FormDialog(work, then=lambda paper: open_paper(work, paper, name=name), **form)
    dialog.open()
