"""How things stood when the person came, completed afterwards: what the figures lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from misam_desktop.commands.episodes import complete_entry
from misam_desktop.domain.codes import Education
from misam_desktop.gui import choices
from misam_desktop.gui.dialogs.case_dialog import CaseDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Number, OneOf
from misam_desktop.gui.text import tr
from misam_desktop.queries.cases import CasePage
from misam_desktop.wording import label

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_NAMES = ("education", "livelihoods", "support_months")


def open_entry(work: Workspace, page: CasePage) -> None:
    """Complete or mend education, försörjning and the time in it; the question stays as it was asked."""
    CaseDialog(
        work,
        page,
        title=tr("Vid inskrivningen"),
        intro=tr("Skriv hur det var när personen skrevs in, inte hur det är nu. Statistiken räknas om."),
        content=[
            Field(
                name="education",
                label=tr("Högsta utbildning"),
                kind=lambda: OneOf(choices.of_codes(Education)),
                required=True,
            ),
            Field(name="livelihoods", label=tr("Försörjning"), kind=choices.livelihoods_input, required=True),
            Field(name="support_months", label=tr("Månader i offentlig försörjning"), kind=Number),
        ],
        values={name: getattr(page.referral, name) for name in _NAMES},
        save=lambda now, said: complete_entry(now.episode.id, **said, seen=now.referral.version),
        stands=_stands,
        then=lambda _saved: work.tell(tr("Uppgifterna är sparade.")),
        wide=560,
    ).open()


def _stands(page: CasePage) -> str:
    came = page.referral
    months = "–" if came.support_months is None else str(came.support_months)
    lived_on = ", ".join(map(label, came.livelihoods.codes))
    words = tr("Nu står: {education}, {livelihoods}, månader: {months}.")
    return words.format(education=label(came.education), livelihoods=lived_on, months=months)
