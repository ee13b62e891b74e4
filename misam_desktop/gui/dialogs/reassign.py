"""Another uppdragsgivare, handläggare or samordnare of an episode, from a day; its open follow-ups move with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from misam_desktop.commands.episodes import reassign
from misam_desktop.domain.episode import AssignmentRole, Episode, holds_since
from misam_desktop.domain.ids import ContactId, EpisodeId, UnitId
from misam_desktop.gui.choices import of_contacts, of_units
from misam_desktop.gui.dialogs.case_dialog import CaseDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Choice, Day, OneOf
from misam_desktop.gui.text import tr
from misam_desktop.queries.cases import CasePage, one_case
from misam_desktop.vault import Request
from misam_desktop.wording import day_short, label

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def open_reassign(work: Workspace, episode_id: str, role: AssignmentRole) -> None:
    """Ask who holds the role from now on, and from which day."""
    show = partial(_open, work, role=role)
    work.session.ask(one_case(EpisodeId(episode_id)), owner=work, then=show)


def _open(work: Workspace, page: CasePage, *, role: AssignmentRole) -> None:
    has_one = holder_of(page.episode, role) is not None
    dialog = CaseDialog(
        work,
        page,
        title=_title(role, has_one=has_one),
        intro=_name_and(page, _stands(work, page, role)),
        content=[_whom(work, page.episode, role), _from_on(work)],
        values={"from_on": work.session.clock.today()},
        save=partial(_save, role),
        stands=lambda now: f"{label(role)}: {_stands(work, now, role)}.",
        then=partial(_changed, work, role),
        word=tr("Byt") if has_one else tr("Utse"),
        wide=480,
    )
    dialog.form["whom"].setFocus()
    dialog.open()


def _save(role: AssignmentRole, page: CasePage, values: dict[str, Any]) -> Request[Episode]:
    name = "unit_id" if role is AssignmentRole.COMMISSIONER else "contact_id"
    whom = {name: values["whom"]}
    return reassign(page.episode.id, role, from_on=values["from_on"], seen=page.episode.version, **whom)


def holder_of(episode: Episode, role: AssignmentRole) -> UnitId | ContactId | None:
    """Who holds a role now: a unit for uppdragsgivare, else a contact."""
    match role:
        case AssignmentRole.COMMISSIONER:
            return episode.commissioner_id
        case AssignmentRole.CASE_WORKER:
            return episode.case_worker_id
        case AssignmentRole.CASE_LEAD:
            return episode.case_lead_id


def _title(role: AssignmentRole, *, has_one: bool) -> str:
    words = tr("Byt {role}") if has_one else tr("Utse {role}")
    return words.format(role=label(role).lower())


def _name_and(page: CasePage, words: str) -> str:
    return f"{page.person.full_name or tr('Namn saknas')} · {words}"


def _stands(work: Workspace, page: CasePage, role: AssignmentRole) -> str:
    """Who holds the role, and since when."""
    episode = page.episode
    if holder_of(episode, role) is None:
        return tr("ingen {role} än").format(role=label(role).lower())
    unit = work.desk.unit(episode.commissioner_id)
    now = unit if role is AssignmentRole.COMMISSIONER else _contact(work, episode, role)
    since = day_short(holds_since(episode, role, page.assignments), today=work.session.clock.today())
    return tr("{now} sedan {since}").format(now=now, since=since)


def _contact(work: Workspace, episode: Episode, role: AssignmentRole) -> str:
    worker, lead = episode.case_worker_id, episode.case_lead_id
    return work.desk.contact(worker if role is AssignmentRole.CASE_WORKER else lead)


def _whom(work: Workspace, episode: Episode, role: AssignmentRole) -> Field:
    has_one = holder_of(episode, role) is not None
    helps = {
        AssignmentRole.COMMISSIONER: tr("Normalt den myndighet som ansvarar för personens ekonomi."),
        AssignmentRole.CASE_WORKER: tr("Följer upp ärendet. Öppna uppföljningar flyttas med."),
        AssignmentRole.CASE_LEAD: tr("Håller ihop ärendet."),
    }
    if role is AssignmentRole.COMMISSIONER:
        offered = of_units(work.desk, without=filter(None, [episode.commissioner_id]))
        empty, required = tr("Välj enhet …"), True
    else:
        offered = _contacts(work, episode, role)
        empty, required = (tr("Ingen just nu"), False) if has_one else (tr("Välj …"), True)
    return Field(
        name="whom",
        label=tr("Ny {role}").format(role=label(role).lower()) if has_one else label(role),
        kind=lambda: OneOf(offered, empty=empty),
        required=required,
        help=helps[role],
    )


def _contacts(work: Workspace, episode: Episode, role: AssignmentRole) -> list[Choice]:
    """Everybody but the present one; a handläggare is looked for at the uppdragsgivare first."""
    everybody = [one for one in of_contacts(work.desk) if one.value != holder_of(episode, role)]
    if role is AssignmentRole.CASE_LEAD:
        return everybody
    near = {one.id for one in work.desk.contacts_at(episode.commissioner_id)}
    return sorted(everybody, key=lambda one: one.value not in near)


def _from_on(work: Workspace) -> Field:
    return Field(
        name="from_on",
        label=tr("Från och med"),
        kind=lambda: Day(work.session.clock.today()),
        required=True,
    )


def _changed(work: Workspace, role: AssignmentRole, episode: Episode) -> None:
    work.tell(tr("{role} är ändrad.").format(role=label(role)))
    if role is AssignmentRole.COMMISSIONER:  # the new authority has its own handläggare
        open_reassign(work, episode.id, AssignmentRole.CASE_WORKER)
