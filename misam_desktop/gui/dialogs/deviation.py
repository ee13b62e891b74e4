"""Avvikelse, synpunkt eller klagomål: written down when it comes in, closed with what was done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from misam_desktop.commands.deviations import close_deviation, note_deviation, reopen_deviation
from misam_desktop.domain.deviation import Deviation, DeviationFacts, DeviationKind, DeviationSource
from misam_desktop.domain.gate import withheld
from misam_desktop.domain.ids import ActivityId, DeviationId, EpisodeId
from misam_desktop.gui.choices import of_codes
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Choice, Day, LongText, OneOf, Radios
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button
from misam_desktop.gui.withheld import said
from misam_desktop.queries.deviations import DeviationPage, one_deviation
from misam_desktop.vault import Request
from misam_desktop.wording import day_short, label

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def open_new_deviation(work: Workspace, activity_id: ActivityId | None, episode_id: EpisodeId | None = None) -> None:
    """Write one down, about a case or about none; without an activity it is asked for."""
    today = work.session.clock.today()
    activities = [*work.desk.my_activities, *work.desk.my_teams]

    def save(values: dict[str, Any]) -> Request[Deviation]:
        of = values.pop("activity_id", activity_id)
        return note_deviation(of, DeviationFacts(**values), episode_id=episode_id)

    which = Field(
        name="activity_id",
        label=tr("Verksamhet"),
        kind=lambda: OneOf([Choice(one.id, one.name) for one in activities]),
        required=True,
        half=True,
    )
    of_case, of_team = tr("Om ärendet: läses av dem som får läsa det."), tr("Skriv inget om enskilda personer.")
    dialog = FormDialog(
        work,
        title=tr("Ny avvikelse eller synpunkt"),
        intro=of_case if episode_id else of_team,
        content=[
            Field(name="kind", label=tr("Vad är det?"), kind=lambda: Radios(of_codes(DeviationKind)), required=True),
            *([which] if activity_id is None else []),
            Field(
                name="source",
                label=tr("Från vem?"),
                kind=lambda: OneOf(of_codes(DeviationSource), empty=tr("Välj …")),
                required=True,
                half=True,
            ),
            Field(name="on", label=tr("Kom in"), kind=lambda: Day(today), required=True, half=True),
            Field(name="what", label=tr("Vad har hänt?"), kind=lambda: LongText(4), required=True),
        ],
        values={"on": today},
        save=save,
        then=lambda _noted: work.tell(tr("Det är sparat.")),
        draft=("deviation", episode_id or ""),
    )
    dialog.form["kind"].setFocus()
    dialog.open()


def open_deviation(work: Workspace, deviation_id: str) -> None:
    """Read one, and close it; about a case this is a read of its person."""
    question = one_deviation(DeviationId(deviation_id))
    work.session.ask(question, owner=work, then=partial(_show, work))


def _show(work: Workspace, page: DeviationPage) -> None:
    one, today = page.deviation, work.session.clock.today()
    is_readable = not withheld(Deviation, "what", page.kinds)
    can_close = one.closed_on is None and is_readable
    reopens = button(tr("Öppna igen"), partial(_reopen, work, one))
    dialog = FormDialog(
        work,
        title=label(one.kind),
        intro="\n".join(_told(work, page)),
        content=_closing(work) if can_close else [],
        values={"on": today, "done": one.done},
        save=lambda values: close_deviation(one.id, done=values["done"], on=values["on"], seen=one.version),
        then=lambda closed: work.tell(tr("Den är avslutad."), undo=partial(_reopen, work, closed)),
        word=tr("Avsluta"),
        extra=[reopens] if one.closed_on is not None and is_readable else [],
        wide=560,
    )
    reopens.clicked.connect(dialog.reject)
    dialog.primary.setVisible(can_close)
    dialog.open()


def _closing(work: Workspace) -> list[Field]:
    return [
        Field(name="done", label=tr("Vad har gjorts?"), kind=lambda: LongText(3), required=True),
        Field(
            name="on",
            label=tr("Avslutad"),
            kind=lambda: Day(work.session.clock.today()),
            required=True,
            half=True,
        ),
    ]


def _told(work: Workspace, page: DeviationPage) -> list[str]:
    """When it came, from whom, about whom; what happened and what was done."""
    one, today = page.deviation, work.session.clock.today()
    came = tr("Kom in {day} från {source}.").format(
        day=day_short(one.on, today=today), source=label(one.source).lower()
    )
    about = tr("Gäller {name}.").format(name=page.name) if page.name else ""
    lines = [" ".join(filter(None, [came, about])), said(one, "what", one.what, kinds=page.kinds)]
    if one.closed_on is not None:
        done = said(one, "done", one.done, kinds=page.kinds)
        lines.append(tr("Avslutad {day}: {done}").format(day=day_short(one.closed_on, today=today), done=done))
    return lines


def _reopen(work: Workspace, one: Deviation) -> None:
    request = reopen_deviation(one.id, seen=one.version)
    work.session.do(request, owner=work, then=lambda _open: work.tell(tr("Den är öppen igen.")))
