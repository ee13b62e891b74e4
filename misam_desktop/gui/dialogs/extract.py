"""Utdrag till personen: everything that is held on them, or who has looked, as a paper or as data."""

from __future__ import annotations

import json
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from misam_desktop.commands.extracts import Extract, make_extract, make_log_extract
from misam_desktop.documents.phrases import Language, phrases
from misam_desktop.domain.access import May
from misam_desktop.domain.ids import PersonId
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Choice, Radios
from misam_desktop.gui.paper import open_paper
from misam_desktop.gui.password import do_proven
from misam_desktop.gui.saving import choose_where
from misam_desktop.gui.text import tr
from misam_desktop.transfer.files import write_file
from misam_desktop.vault import Request

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


class What(Enum):
    """What the person has asked for, and the neutral name of its file."""

    HELD = "registerutdrag"
    LOOKED = "loggutdrag"


class Form(Enum):
    """As what it is given."""

    PAPER = "pdf"
    DATA = "json"


def open_extract(work: Workspace, person_id: str, what: What = What.HELD) -> None:
    """Ask which extract the person wants, in which language and as what."""
    chosen: dict[str, Any] = {}

    def save(values: dict[str, Any]) -> Request[Extract]:
        chosen.update(values)
        make = make_extract if values["what"] is What.HELD else make_log_extract
        return make(PersonId(person_id), values["language"])

    dialog = FormDialog(
        work,
        title=tr("Utdrag till personen"),
        intro=tr(
            "Utdraget är till personen själv. Det som din enhet inte får läsa är utelämnat, och det står att det är så."
        ),
        content=[
            Field(name="what", label=tr("Vad"), kind=lambda: Radios(_whats(work), columns=1), required=True),
            Field(
                name="language",
                label=tr("Språk"),
                kind=lambda: Radios(_languages(), columns=3),
                required=True,
                help=tr("Rubrik och förklaring. Uppgifterna står på svenska, som de är skrivna."),
            ),
            Field(name="form", label=tr("Som"), kind=lambda: Radios(_forms(), columns=2), required=True),
        ],
        values={"what": what, "language": Language.SV, "form": Form.PAPER},
        save=save,
        then=lambda made: _hand_over(work, made, what=chosen["what"], form=chosen["form"]),
        word=tr("Gör utdraget"),
        run=partial(do_proven, work),
        wide=520,
    )
    dialog.open()


def _whats(work: Workspace) -> list[Choice]:
    """Who has looked is told by a koordinator, who sees all of the log."""
    held = Choice(What.HELD, tr("Registerutdrag: allt som finns om personen"))
    looked = Choice(What.LOOKED, tr("Loggutdrag: vem som har tagit del av uppgifterna"))
    return [held, looked] if work.desk.may(May.REVIEW_LOG) else [held]


def _languages() -> list[Choice]:
    return [Choice(one, str(phrases(one)["name"])) for one in Language]


def _forms() -> list[Choice]:
    return [Choice(Form.PAPER, tr("Papper (PDF)")), Choice(Form.DATA, tr("Data (JSON)"))]


def _hand_over(work: Workspace, made: Extract, *, what: What, form: Form) -> None:
    if form is Form.PAPER:
        open_paper(work, made.paper, name=f"{what.value}.pdf")
        return
    title, kind = tr("Spara (filen är inte krypterad)"), tr("Data (*.json)")
    name, save = f"{what.value}.json", partial(save_data, work, made)
    choose_where(work, title=title, kind=kind, suffix="json", name=name, then=save)


def save_data(work: Workspace, made: Extract, path: Path) -> None:
    """Write the extract as data where the user says."""
    content = json.dumps(made.data, ensure_ascii=False, indent=1).encode()
    write = partial(write_file, path, content, replace=True)
    work.session.beside(write, owner=work, then=lambda _done: work.tell(tr("Utdraget är sparat.")))
