"""Avslut: the reason, where the person goes, försörjning and who takes over; for some reasons nothing more is asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from misam_desktop.commands.episodes import discharge, undo_discharge
from misam_desktop.domain.asked import AT_EXIT, AskedFacts, AskedWhat
from misam_desktop.domain.codes import Destination, DischargeReason, Education
from misam_desktop.domain.episode import QUIET_REASONS, Discharge, Episode
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.gui.asking import Went, facts_of, way_of, ways
from misam_desktop.gui.choices import livelihoods_input, of_codes
from misam_desktop.gui.dialogs.case_dialog import CaseDialog
from misam_desktop.gui.forms import Field, Values
from misam_desktop.gui.inputs import Checks, Choice, Day, LongText, OneOf
from misam_desktop.gui.text import tr
from misam_desktop.queries.cases import CasePage
from misam_desktop.wording import label

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


_AT_EXIT = {AskedWhat.SAMTAL: "", AskedWhat.ENKAT: AT_EXIT}
"""What is offered at the exit, with the occasion that it is noted under."""


def open_discharge(work: Workspace, page: CasePage) -> None:
    """End an episode; what is typed is kept until it has been saved."""
    dialog = CaseDialog(
        work,
        page,
        title=tr("Avsluta ärendet"),
        intro=tr("{name}. Uppföljningar som inte är gjorda ställs in.").format(name=_name(page)),
        content=_fields(work, page),
        values={"on": work.session.clock.today(), "livelihoods": _livelihoods_last(page), **_noted(page)},
        save=lambda now, values: discharge(
            now.episode.id, _facts(values), asked=_asked(page, values), seen=now.episode.version
        ),
        stands=partial(_stands, work),
        then=partial(_discharged, work),
        word=tr("Avsluta ärendet"),
        draft=("discharge", page.episode.id),
        wide=760,
    )
    dialog.form["reason"].setFocus()
    dialog.open()


def undo(work: Workspace, episode: Episode) -> None:
    """Open the episode again, with its follow-ups."""
    work.session.do(
        undo_discharge(episode.id, seen=episode.version),
        owner=work,
        then=lambda _opened: work.tell(tr("Avslutet är ångrat. Ärendet och dess uppföljningar pågår igen.")),
    )


def _discharged(work: Workspace, episode: Episode) -> None:
    work.tell(tr("Ärendet är avslutat."), undo=partial(undo, work, episode))


def _name(page: CasePage) -> str:
    return page.person.full_name or tr("Namn saknas")


def _stands(work: Workspace, page: CasePage) -> str:
    """Who has the case now: what can have changed while the form was filled in."""
    desk, episode = work.desk, page.episode
    unit, worker = desk.unit(episode.commissioner_id), desk.contact(episode.case_worker_id) or tr("ingen")
    return tr("Uppdragsgivare är {unit} och handläggare {worker}.").format(unit=unit, worker=worker)


def _livelihoods_last(page: CasePage) -> Livelihoods:
    """What the person lived on when last asked."""
    done = [one for one in page.follow_ups if one.done_on is not None and one.livelihoods is not None]
    last = max(done, key=lambda one: (str(one.done_on), one.due_on), default=None)
    return (last.livelihoods if last else None) or page.referral.livelihoods


def _fields(work: Workspace, page: CasePage) -> list[Field]:
    checklist = [Choice(at, words) for at, words in enumerate(page.activity.settings.discharge_checklist)]
    checks = Field(
        name="checklist",
        label=tr("Innan ärendet avslutas"),
        kind=lambda: Checks(checklist, columns=1),
        help=tr("En minneslista. Det går att avsluta ändå."),
        only_if=_asks_more,
    )
    return [
        Field(
            name="reason",
            label=tr("Avslutsorsak"),
            kind=lambda: OneOf(of_codes(DischargeReason), empty=tr("Välj …")),
            required=True,
            half=True,
        ),
        Field(name="on", label=tr("Avslutat"), kind=lambda: Day(work.session.clock.today()), required=True, half=True),
        Field(
            name="destination",
            label=tr("Avslutad till"),
            kind=lambda: OneOf(of_codes(Destination), empty=tr("Välj …")),
            required=True,
            half=True,
            only_if=_asks_more,
        ),
        *_asked_more(page),
        *_offered(page),
        Field(
            name="why",
            label=tr("Varför är det felregistrerat?"),
            kind=lambda: LongText(3),
            required=True,
            help=tr("Ärendet räknas inte i någon statistik och listas för sig."),
            only_if=lambda values: values["reason"] is DischargeReason.FELREGISTRERAD,
        ),
        *([checks] if checklist else []),
    ]


def _asked_more(page: CasePage) -> list[Field]:
    """What is asked at every ordinary discharge."""
    unchanged = tr("Oförändrad ({education})").format(education=label(page.referral.education))
    return [
        Field(
            name="education",
            label=tr("Utbildning vid avslut"),
            kind=lambda: OneOf(of_codes(Education), empty=unchanged),
            half=True,
            only_if=_asks_more,
        ),
        Field(
            name="livelihoods",
            label=tr("Försörjning vid avslut"),
            kind=livelihoods_input,
            required=True,
            only_if=_asks_more,
        ),
        Field(
            name="after",
            label=tr("Planering efter avslut"),
            kind=lambda: LongText(4, tr("Vem tar över, och vad är bestämt?")),
            half=True,
            only_if=_asks_more,
        ),
        Field(name="text", label=tr("Sammanfattning"), kind=lambda: LongText(4), half=True, only_if=_asks_more),
    ]


def _offered(page: CasePage) -> list[Field]:
    """What is offered at the exit: the talk, and the questionnaire where the activity has one then."""
    return [
        Field(
            name=what.value,
            label=label(what),
            kind=partial(OneOf, ways(what), empty=tr("Inget noterat")),
            half=True,
            only_if=_asks_more,
        )
        for what in _AT_EXIT
        if what is AskedWhat.SAMTAL or page.activity.settings.questionnaires.at_exit
    ]


def _noted(page: CasePage) -> dict[str, Went | None]:
    """What is noted of it already."""
    known = {one.what: one for one in page.asked if one.occasion == _AT_EXIT.get(one.what)}
    return {what.value: way_of(known.get(what)) for what in _AT_EXIT}


def _asked(page: CasePage, values: dict[str, Any]) -> dict[AskedWhat, AskedFacts]:
    """What is said anew, on the day of the discharge."""
    before = _noted(page)
    said = {what: values[what.value] for what in _AT_EXIT if what.value in values}
    return {what: facts_of(went, on=values["on"]) for what, went in said.items() if went != before[what.value]}


def _asks_more(values: Values) -> bool:
    return values["reason"] not in QUIET_REASONS


def _facts(values: dict[str, Any]) -> Discharge:
    """The values of the fields that were shown; a hidden one gives none."""
    return Discharge(
        on=values["on"],
        reason=values["reason"],
        destination=values.get("destination"),
        livelihoods=values.get("livelihoods"),
        education=values.get("education"),
        after=values.get("after", ""),
        text=values.get("why") or values.get("text", ""),
    )
