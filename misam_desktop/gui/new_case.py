"""A new case: the personnummer first, then the form, kept at every pause until it is saved.

What a referral and a NAFS case have in common; each screen of its own says what it asks and what it saves.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from PySide6.QtWidgets import QWidget

from misam_desktop.commands.drafts import drop_draft, keep_draft
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.drafts import Draft
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.gui import theme
from misam_desktop.gui.case_form import CaseForm, of_person
from misam_desktop.gui.consent_form import when_wanted
from misam_desktop.gui.dialogs.consent_paper import open_form
from misam_desktop.gui.drafts import DraftKeeper
from misam_desktop.gui.inputs import Choice, OneOf
from misam_desktop.gui.number_step import Asked, NumberStep, Way
from misam_desktop.gui.protected import protected_words
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Card, button, clear, column, holding, label, row, scrolling
from misam_desktop.queries.drafts import DraftRow, my_drafts
from misam_desktop.vault import Request
from misam_desktop.wording import moment

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_STEP_WIDE = 560
F = TypeVar("F", bound=CaseForm)
M = TypeVar("M")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How one kind of case is spoken of, as the source language says it."""

    title: str
    which: str
    begun: str
    none: str
    own_only: str
    submit: str
    submitted: str
    saved: str
    thrown: str


class NewCaseScreen(Screen, Generic[F]):
    """First the number, and what it already means; then the form.

    ``PLACE`` is the place in the program, and what the half-written case is kept as: one at a time, since a second can
    wait as its unit's draft.
    """

    PLACE: ClassVar[str]
    WORDS: ClassVar[Words]
    ASKED: ClassVar[Asked]
    FIRST: ClassVar[str] = "given_name"
    """The field that the form begins with."""

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.heading.setText(tr(self.WORDS.title))
        self.form: F | None = None
        self._keeper: DraftKeeper | None = None
        self._number_changed = False
        self._wanted: PersonalNumber | None = None
        self.step = NumberStep(work, self.ASKED)
        self.step.go_on.connect(self._fill_in)
        self.activity = OneOf([Choice(one, one.name) for one in self.activities()])
        self.offer = Card(tr(self.WORDS.begun))
        self._first = self._lay_out_first_step()
        self._place = column(gap=0)
        self.content.addWidget(self._first, 1)
        self.content.addLayout(self._place)
        self._add_buttons()
        self._show_step()

    def _lay_out_first_step(self) -> QWidget:
        has_choice = len(self.activities()) > 1
        which = holding(column(label(tr(self.WORDS.which), "strong"), self.activity, gap=4))
        self.step.body.insertWidget(0, which)
        which.setVisible(has_choice)
        self.offer.hide()
        inside = holding(column(self.offer, self.step, None, gap=12))
        inside.setMaximumWidth(theme.current().px(_STEP_WIDE))
        beside = row(inside, None)
        beside.setStretch(0, 1)
        return holding(beside)

    def _add_buttons(self) -> None:
        self.throw = button(tr("Kasta"), self._throw_away)
        self.change = button(tr("Byt personnummer"), self._change_number)
        self.draft = button(tr("Spara utkast"), self._save_draft, shortcut="Ctrl+S")
        self.submit = button(tr(self.WORDS.submit), self._submit, "primary", shortcut="Ctrl+Return")
        self._form_buttons = (self.throw, self.change, self.draft, self.submit)
        for one in self._form_buttons:
            self.buttons.addWidget(one)

    # What each kind of case says

    def activities(self) -> Sequence[Activity]:
        """What the case can be put to."""
        raise NotImplementedError

    def made_form(self, activity: Activity, number: PersonalNumber, found: Any) -> F:
        """The form, with what is known of the person."""
        raise NotImplementedError

    def known_person(self, found: Any) -> Person | None:
        """The person, as far as they are known."""
        raise NotImplementedError

    def make(self, values: dict[str, Any], *, submit: bool) -> None:
        """Save what the form says, by ``run``."""
        raise NotImplementedError

    def told_above(self, way: Way) -> str:
        """What is said above the form of what the person has already."""
        return way.words

    def reload(self) -> None:
        """Ask whether something half-written waits, unless it is being written here."""
        if self.form is None:
            self.session.ask(my_drafts(), owner=self, then=self._offer)
        else:
            self.loaded.emit()

    def begin(self, number: PersonalNumber) -> None:
        """Begin with a number that is already known; what is being written is not thrown away for it."""
        self._wanted = number
        self.refresh()

    # The first step

    def _show_step(self) -> None:
        for one in self._form_buttons:
            one.hide()
        self.beside_heading.clear()
        self.banner.clear()
        self._first.show()
        self.step.begin()
        self.step.setFocus()

    def _offer(self, drafts: list[DraftRow]) -> None:
        kept = next((one for one in drafts if one.form == self.PLACE), None)
        self.offer.setVisible(kept is not None)
        self.step.setVisible(kept is None)
        wanted, self._wanted = self._wanted, None
        if kept is not None:
            self._show_offer(kept)
        elif wanted is not None:
            self.step.begin(wanted)
        else:
            self.step.setFocus()
        self.loaded.emit()

    def _show_offer(self, kept: DraftRow) -> None:
        content = json.loads(kept.content)
        number = protected_words() if content.get("is_protected") else PersonalNumber(content["number"]).masked
        words = tr("{number}, sparad {moment}").format(number=number, moment=moment(kept.saved_at))
        go_on = button(tr("Fortsätt"), lambda: self._go_on_with(kept), "primary")
        throw = button(tr("Kasta den"), lambda: self._throw(kept.content))
        clear(self.offer.body)
        self.offer.add(label(words, "muted", wrap=True), row(go_on, throw, None))
        go_on.setFocus()

    def _go_on_with(self, kept: DraftRow) -> None:
        content = json.loads(kept.content)
        number = PersonalNumber(content["number"])
        known = [one for one in self.activities() if one.id == content["activity_id"]]
        if known:
            self.activity.set_value(known[0])
        self.session.ask(self.ASKED.question(number), owner=self, then=lambda match: self._fill_in(number, match))

    # The form

    def _fill_in(self, number: PersonalNumber, match: Any) -> None:
        activity: Activity | None = self.activity.value()
        if activity is None:
            self.banner.tell(tr(self.WORDS.none))
            return
        self.form = self.made_form(activity, number, match)
        self._keeper = DraftKeeper(
            self.session, self.form, name=self.PLACE, subject_id="", restored=lambda: self._after_restoring(match)
        )
        self.form.changed.connect(self._offer_what_can_be_saved)
        when_wanted(self.form, self._fill_in_paper)
        self._place.addWidget(scrolling(self.form), 1)
        self._first.hide()
        self.beside_heading.setText(self._about(number, activity))
        for one in self._form_buttons:
            one.show()
        self._offer_what_can_be_saved()
        self._tell_what_is_known(match)
        self.form[self.FIRST].setFocus()
        self.loaded.emit()

    def _about(self, number: PersonalNumber, activity: Activity) -> str:
        age = number.age_on(self.work.desk.today)
        parts = [number.short, "" if age is None else tr("{age} år").format(age=age)]
        parts += [activity.name] if len(self.activities()) > 1 else []
        return " · ".join(filter(None, parts))

    def _tell_what_is_known(self, match: Any) -> None:
        """What the number already means stays in sight above the form."""
        ways = self.ASKED.ways(self.work, match)
        if not ways:
            return
        words = self.told_above(ways[0])
        self.banner.tell(words, ways[0].tone, action=(ways[0].button, ways[0].go))

    def _after_restoring(self, match: Any) -> None:
        """After another number was chosen, a person who is known keeps what is known of them."""
        if self._number_changed and self.form is not None and self._keeper is not None:
            self._number_changed = False
            known = self.known_person(match)
            self.form.show_values(of_person(known) if known else {})
            self._keeper.keep_now()

    def _offer_what_can_be_saved(self) -> None:
        assert self.form is not None
        self.draft.setEnabled(self.form.is_own_units)
        words = tr(self.WORDS.own_only)
        self.draft.setToolTip("" if self.form.is_own_units else words)

    def _change_number(self) -> None:
        """Back to the number; what has been typed comes along."""
        assert self._keeper is not None
        if self._keeper.has_unsaved:
            self._keeper.keep_now()
        self._number_changed = True
        self._end_form()
        self._show_step()

    def _end_form(self) -> None:
        self.form = self._keeper = None
        clear(self._place)

    def _throw_away(self) -> None:
        assert self.form is not None
        assert self._keeper is not None
        content = json.dumps(self.form.raw(), ensure_ascii=False)
        self._keeper.drop()
        self._throw(content)

    def _throw(self, content: str) -> None:
        """Forget what was begun, but for as long as it can be undone."""
        work, session, place = self.work, self.session, self.PLACE

        def begin_again(_draft: Draft) -> None:
            work.go(place)

        def bring_back() -> None:
            session.do(keep_draft(place, "", content), owner=work, then=begin_again)

        session.do(drop_draft(place, ""), owner=work)
        work.leave(place)
        work.tell(tr(self.WORDS.thrown), undo=bring_back)

    def _fill_in_paper(self) -> None:
        """The form of the consent, for the person to sign."""
        assert self.form is not None
        person, facts = self.form.so_far()
        open_form(self.work, person, facts=facts)

    # Saving

    def _save_draft(self) -> None:
        assert self.form is not None
        self._make(self.form.read_draft(), submit=False)

    def _submit(self) -> None:
        assert self.form is not None
        self._make(self.form.read_whole(), submit=True)

    def _make(self, values: dict[str, Any] | None, *, submit: bool) -> None:
        if values is None or self.form is None:
            return
        self._let_save(on=False)
        self.make(values, submit=submit)

    def run(self, request: Request[M], *, submit: bool, opened: Callable[[M], object]) -> None:
        """Save the case, and open it in the place of the form."""

        def made(case: M) -> None:
            assert self._keeper is not None
            self._keeper.drop()
            work, words = self.work, self.WORDS.submitted if submit else self.WORDS.saved
            work.leave(self.PLACE)
            opened(case)
            work.tell(tr(words))

        self.session.do(request, owner=self, then=made, failed=self._refused)

    def _refused(self, error: MisamError) -> None:
        self._let_save(on=True)
        assert self.form is not None
        self.form.show_error(error)

    def _let_save(self, *, on: bool) -> None:
        self.submit.setEnabled(on)
        self.draft.setEnabled(on and self.form is not None and self.form.is_own_units)
