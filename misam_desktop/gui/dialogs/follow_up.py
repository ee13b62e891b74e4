"""One follow-up: its form of six fields, a try in vain, and another date.

From the list the form goes on to the next one by itself, until the last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from misam_desktop.commands.follow_ups import move_follow_up, not_reached, record_follow_up
from misam_desktop.domain.activity import Anchor
from misam_desktop.domain.clocks import next_working_day
from misam_desktop.domain.errors import MisamError, Stale
from misam_desktop.domain.follow_up import Finding, FollowUp, is_open, was_moved
from misam_desktop.domain.ids import FollowUpId
from misam_desktop.gui import choices
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Choice, Day, LongText, OneOf, Text
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import button, label
from misam_desktop.queries.follow_ups import FollowUpPage, one_follow_up
from misam_desktop.vault import Request
from misam_desktop.wording import day_short, how_many

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

Then = Callable[[FollowUp], None]
_A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Turn:
    """Where one is in a list of follow-ups that are done one after the other."""

    ids: tuple[FollowUpId, ...]
    at: int = 0

    @property
    def here(self) -> FollowUpId:
        """The one whose turn it is."""
        return self.ids[self.at]

    @property
    def next(self) -> Turn | None:
        """The next turn, or None after the last."""
        return replace(self, at=self.at + 1) if self.at + 1 < len(self.ids) else None


def open_follow_up(work: Workspace, follow_up_id: str, *, then: Then | None = None) -> None:
    """Open the form of one follow-up."""
    _open_turn(work, Turn((FollowUpId(follow_up_id),)), then)


def open_follow_ups_in_turn(work: Workspace, ids: Sequence[FollowUpId], *, at: int = 0) -> None:
    """Open the form of one in a list; when it is saved, that of the next."""
    _open_turn(work, Turn(tuple(ids), at), None)


def _open_turn(work: Workspace, turn: Turn, then: Then | None) -> None:
    work.session.ask(one_follow_up(turn.here), owner=work, then=partial(_show_turn, work, turn, then))


def _show_turn(work: Workspace, turn: Turn, then: Then | None, page: FollowUpPage) -> None:
    """Show the form, or pass by what somebody else has done since the list was read."""
    if is_open(page.follow_up):
        FollowUpDialog(work, page, turn=turn, then=then).open()
    elif turn.next is not None:
        _open_turn(work, turn.next, then)
    else:
        work.tell(tr("Uppföljningen är redan gjord eller inställd."))


def open_move(work: Workspace, follow_up_id: str, *, then: Then | None = None) -> None:
    """Move a follow-up to another date, with a reason."""
    work.session.ask(one_follow_up(FollowUpId(follow_up_id)), owner=work, then=partial(_ask_where_to, work, then=then))


def open_not_reached(work: Workspace, follow_up_id: str, *, then: Then | None = None) -> None:
    """Record that the person could not be reached, and when the next try is."""
    work.session.ask(
        one_follow_up(FollowUpId(follow_up_id)), owner=work, then=partial(_ask_when_again, work, then=then)
    )


def what(anchor: Anchor, months: int) -> str:
    """«6 månader», and after which day when that is not the enrolment."""
    words = how_many(months, tr("månad"), tr("månader"))
    after = {Anchor.DECISION: tr("efter beslut"), Anchor.DISCHARGE: tr("efter avslut")}
    return f"{words} {after[anchor]}" if anchor in after else words


class FollowUpDialog(FormDialog):
    """The six fields of a follow-up, prefilled from last time."""

    def __init__(self, work: Workspace, page: FollowUpPage, *, turn: Turn, then: Then | None) -> None:
        self._shown, self._turn, self._when_done = page, turn, then
        super().__init__(
            work,
            title=_name(page),
            intro=_intro(work, page),
            content=_fields(work, page),
            values=_last_time(work, page),
            save=self._record,
            then=self._recorded,
            word=tr("Spara och ta nästa") if turn.next else tr("Spara"),
            draft=("follow_up", page.follow_up.id),
            extra=self._beside(),
        )
        self.setWindowTitle(tr("Uppföljning"))
        self.form["step" if page.activity.settings.steps else "livelihoods"].setFocus()

    def _beside(self) -> list[Any]:
        counter = tr("{at} av {count}").format(at=self._turn.at + 1, count=len(self._turn.ids))
        return [
            button(tr("Kunde inte nås …"), lambda: open_not_reached(self.work, self._id, then=self._settled)),
            button(tr("Flytta …"), lambda: open_move(self.work, self._id, then=self._settled)),
            *([label(counter, "muted")] if len(self._turn.ids) > 1 else []),
        ]

    @property
    def _id(self) -> FollowUpId:
        return self._shown.follow_up.id

    def _record(self, values: dict[str, Any]) -> Request[FollowUp]:
        finding = Finding(
            done_on=values["done_on"],
            step=values.get("step"),
            livelihoods=values["livelihoods"],
            note=values["note"],
            next_step=values["next_step"],
            supplied_by=values["supplied_by"],
        )
        return record_follow_up(self._id, finding, seen=self._shown.follow_up.version)

    def _recorded(self, done: FollowUp) -> None:
        self.work.tell(tr("Uppföljningen är sparad."))
        self._go_on(done)

    def _settled(self, put_off: FollowUp) -> None:
        """It was moved or tried in vain instead: this form has nothing more to do."""
        self.reject()
        self._go_on(put_off)

    def _go_on(self, ended: FollowUp) -> None:
        if self._when_done is not None:
            self._when_done(ended)
        following = self._turn.next
        if following is not None:
            _open_turn(self.work, following, None)
        elif len(self._turn.ids) > 1:
            self.work.tell(tr("Det var den sista uppföljningen i listan."))

    def _refused(self, error: MisamError) -> None:
        super()._refused(error)
        if isinstance(error, Stale):
            self.work.session.ask(one_follow_up(self._id), owner=self, then=self._compare, failed=self.form.show_error)

    def _compare(self, page: FollowUpPage) -> None:
        """Somebody else was here first: show what they wrote, and save again only what can still be saved."""
        self._shown = page
        theirs, today = page.follow_up, self.work.session.clock.today()
        if is_open(theirs):
            text = tr("Någon annan har flyttat uppföljningen till {day}. Spara igen om du har gjort den.")
            self.form.banner.tell(text.format(day=day_short(theirs.due_on, today=today)), Tone.AMBER)
            return
        self.primary.setEnabled(False)
        text = tr("Någon annan har redan avslutat uppföljningen{day}. Där står: {note}")
        day = f" {day_short(theirs.done_on, today=today)}" if theirs.done_on else ""
        self.form.banner.tell(text.format(day=day, note=theirs.note or tr("ingen anteckning")))


def _name(page: FollowUpPage) -> str:
    return page.person.full_name or tr("Namn saknas")


def _intro(work: Workspace, page: FollowUpPage) -> str:
    return " · ".join(
        part
        for part in (
            tr("Uppföljning {months}").format(months=what(page.follow_up.anchor, page.follow_up.months)),
            _due(page.follow_up, work.session.clock.today()),
            work.desk.unit(page.episode.commissioner_id),
        )
        if part
    )


def _due(follow_up: FollowUp, today: date) -> str:
    day = day_short(follow_up.due_on, today=today)
    if follow_up.due_on < today:
        days = how_many((today - follow_up.due_on).days, tr("dag"), tr("dagar"))
        return tr("skulle ha gjorts {day}, försenad {days}").format(day=day, days=days)
    return tr("görs senast {day}").format(day=day)


def _fields(work: Workspace, page: FollowUpPage) -> list[Field]:
    today, steps = work.session.clock.today(), page.activity.settings.steps
    scale = [Choice(at, f"{at} {name}") for at, name in enumerate(steps, start=1)]
    step = Field(name="step", label=tr("Steg"), kind=lambda: OneOf(scale, empty=tr("Välj …")), required=True, half=True)
    return [
        Field(name="done_on", label=tr("Datum"), kind=lambda: Day(today), required=True, half=True),
        *([step] if steps else []),
        Field(name="livelihoods", label=tr("Försörjning nu"), kind=choices.livelihoods_input, required=True),
        Field(name="note", label=tr("Kort anteckning"), kind=lambda: LongText(3), help=_last_note(work, page)),
        Field(name="next_step", label=tr("Nästa steg"), kind=Text),
        Field(
            name="supplied_by",
            label=tr("Uppgift lämnad av"),
            kind=lambda: Text(tr("Namn och enhet, om någon annan än du har gjort uppföljningen")),
        ),
    ]


def _last_note(work: Workspace, page: FollowUpPage) -> str:
    if page.last_on is None or not page.last_note:
        return ""
    day = day_short(page.last_on, today=work.session.clock.today())
    return tr("Förra gången, {day}: {note}").format(day=day, note=page.last_note)


def _last_time(work: Workspace, page: FollowUpPage) -> dict[str, Any]:
    return {
        "done_on": work.session.clock.today(),
        "step": page.last_step,
        "livelihoods": page.last_livelihoods,
        "next_step": page.last_next_step,
        "supplied_by": _who_else(work, page),
    }


def _who_else(work: Workspace, page: FollowUpPage) -> str:
    """The handläggare whose follow-up somebody else types."""
    owner = page.follow_up.owner_id
    return "" if owner == work.desk.me.contact_id else work.desk.contact(owner)


def _ask_where_to(work: Workspace, page: FollowUpPage, *, then: Then | None) -> None:
    follow_up, today = page.follow_up, work.session.clock.today()

    def moved(value: FollowUp) -> None:
        work.tell(tr("Uppföljningen är flyttad till {day}.").format(day=day_short(value.due_on, today=today)))
        if then is not None:
            then(value)

    original = tr("Planerad till {day} från början. Det datumet finns kvar bredvid det nya.")
    dialog = FormDialog(
        work,
        title=tr("Flytta uppföljningen"),
        intro=f"{_name(page)} · {_intro(work, page)}",
        content=[
            Field(
                name="to",
                label=tr("Nytt datum"),
                kind=lambda: Day(today),
                required=True,
                help=original.format(day=day_short(follow_up.original_due_on, today=today)),
            ),
            Field(name="why", label=tr("Varför flyttas den?"), kind=Text, required=True),
        ],
        values={
            "to": next_working_day(max(follow_up.due_on, today) + _A_WEEK),
            "why": follow_up.moved_why if was_moved(follow_up) else "",
        },
        save=lambda values: move_follow_up(follow_up.id, **values, seen=follow_up.version),
        then=moved,
        word=tr("Flytta"),
        wide=480,
    )
    dialog.form["to"].setFocus()
    dialog.open()


def _ask_when_again(work: Workspace, page: FollowUpPage, *, then: Then | None) -> None:
    follow_up, today = page.follow_up, work.session.clock.today()

    def tried(value: FollowUp) -> None:
        work.tell(tr("Nytt försök {day}.").format(day=day_short(value.due_on, today=today)))
        if then is not None:
            then(value)

    before = ""
    if follow_up.unreached_on is not None:
        words = tr("Försökt {times} förut, senast {day}.")
        times = how_many(follow_up.tries, tr("gång"), tr("gånger"))
        before = words.format(times=times, day=day_short(follow_up.unreached_on, today=today))
    dialog = FormDialog(
        work,
        title=tr("Kunde inte nås"),
        intro=f"{_name(page)} · {_intro(work, page)}",
        content=[
            Field(name="tried_on", label=tr("Försökte"), kind=lambda: Day(today), required=True, half=True),
            Field(
                name="retry_on", label=tr("Nytt försök"), kind=lambda: Day(today), required=True, half=True, help=before
            ),
        ],
        values={"tried_on": today, "retry_on": next_working_day(today + _A_WEEK)},
        save=lambda values: not_reached(follow_up.id, **values, seen=follow_up.version),
        then=tried,
        wide=480,
    )
    dialog.form["retry_on"].setFocus()
    dialog.open()
