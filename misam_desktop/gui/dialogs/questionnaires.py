"""When the activity offers «Indikatorenkät»: what Idag reminds of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from misam_desktop.commands.asked import set_questionnaires
from misam_desktop.domain.activity import Activity, Questionnaires
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Checks, Choice, Flag
from misam_desktop.gui.text import tr
from misam_desktop.vault import Request
from misam_desktop.wording import how_many, month_name

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_OFFERED_AT = (3, 6, 9, 12)
"""After how many months it can be offered."""


def open_questionnaires(work: Workspace, activity: Activity) -> None:
    """Show when it is offered, and change that; nothing ticked is not at all."""
    now = activity.settings.questionnaires
    after = [Choice(one, how_many(one, tr("månad"), tr("månader"))) for one in sorted({*_OFFERED_AT, *now.months})]

    def save(values: dict[str, Any]) -> Request[Activity]:
        return set_questionnaires(activity.id, Questionnaires(**values), seen=activity.version)

    FormDialog(
        work,
        title=tr("När enkäten erbjuds"),
        intro=tr("Idag påminner den som har ärendet. Svaren är anonyma och skrivs aldrig in här."),
        content=[
            Field(
                name="months",
                label=tr("Efter inskrivning"),
                kind=lambda: Checks(after, columns=4),
            ),
            Field(name="at_exit", label=tr("Vid avslut"), kind=lambda: Flag(tr("Vid avslut"))),
            Field(
                name="campaigns",
                label=tr("Under en hel månad varje år"),
                kind=lambda: Checks([Choice(one, month_name(one)) for one in range(1, 13)], columns=4),
                help=tr("För alla som är inskrivna den månaden."),
            ),
        ],
        values={"months": now.months, "at_exit": now.at_exit, "campaigns": now.campaigns},
        save=save,
        then=lambda _saved: work.tell(tr("Inställningen är sparad.")),
    ).open()
