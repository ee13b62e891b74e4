"""The form of a NAFS case: the person, who has raised it, its questions to units, and the consent to NAFS."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from misam_desktop.domain.activity import UnitRequired
from misam_desktop.domain.codes import Purpose, Role
from misam_desktop.domain.ids import ActivityId, UnitId
from misam_desktop.domain.nafs import LEAST_ASKED, NafsFacts
from misam_desktop.domain.referral import TextRequired
from misam_desktop.gui import choices, theme
from misam_desktop.gui.case_form import CaseForm, of_person
from misam_desktop.gui.consent_form import consent_values
from misam_desktop.gui.forms import Field, Section, Values
from misam_desktop.gui.inputs import Choice, Day, Input, LongText, OneOf
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button, column, row

if TYPE_CHECKING:
    from misam_desktop.domain.people import Person
    from misam_desktop.queries.desk import Desk

_UNIT_WIDE = 160
_ROWS = 2
"""How many questions an empty form begins with: as many as an agenda asks for."""


class _Row(QFrame):
    """One question: whom it goes to, what is asked, and the way to take it out."""

    def __init__(self, units: Sequence[Choice], number: int, gone: Callable[[_Row], object]) -> None:
        super().__init__()
        self.unit = OneOf(units, empty=tr("Enhet …"))
        self.text = LongText(3, tr("Vad vill ni veta? Skriv så att personen själv förstår."))
        self.unit.setFixedWidth(theme.current().px(_UNIT_WIDE))
        self.remove = button(tr("Ta bort"), lambda: gone(self), "link")
        beside = row(gap=8)
        beside.addWidget(self.unit, 0, Qt.AlignmentFlag.AlignTop)
        beside.addWidget(self.text, 1)
        beside.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(beside)
        self.setFocusProxy(self.unit)
        self.renumber(number)

    def renumber(self, number: int) -> None:
        """What a screen reader says of the fields."""
        self.unit.name(tr("Fråga {number}, enhet").format(number=number), "")
        self.text.name(tr("Fråga {number}, frågeställning").format(number=number), "")
        self.remove.setAccessibleName(tr("Ta bort fråga {number}").format(number=number))

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been entered."""
        return self.unit.value() is None and not self.text.value()


class Questions(Input):
    """Questions to units, as many as are wanted; rows in which nothing stands do not count."""

    def __init__(self, units: Sequence[Choice]) -> None:
        super().__init__()
        self._units = list(units)
        self.rows: list[_Row] = []
        self._place = column(gap=8)
        self.more = button(tr("Lägg till en fråga"), self._add_one, "link")
        self._inner.addLayout(self._place)
        self._inner.addWidget(self.more)
        self._fill([])

    def offer(self, units: Sequence[Choice]) -> None:
        """Other units can be asked: not the one that has raised the case."""
        if [one.value for one in units] != [one.value for one in self._units]:
            self._units = list(units)
            for one in self.rows:
                one.unit.set_choices(units)

    def value(self) -> tuple[tuple[UnitId, str], ...] | None:
        """Each unit with its question, None when there is none. Raises UnitRequired, TextRequired."""
        found = [one for one in self.rows if not one.is_empty]
        for one in found:
            if one.unit.value() is None:
                raise UnitRequired
            if not one.text.value():
                raise TextRequired
        return tuple((one.unit.value(), one.text.value()) for one in found) or None

    def set_value(self, value: Any) -> None:
        """Show these questions."""
        self._fill([(unit_id, text) for unit_id, text in value or ()])

    def raw(self) -> list[list[Any]]:
        """Units and texts, half-written ones too."""
        return [[one.unit.raw(), one.text.raw()] for one in self.rows if not one.is_empty]

    def set_raw(self, raw: Any) -> None:
        """As kept."""
        self._fill([])
        while len(self.rows) < len(raw):
            self._add()
        for one, (unit_id, text) in zip(self.rows, raw, strict=False):
            one.unit.set_raw(unit_id)
            one.text.set_raw(text)

    def asked(self) -> frozenset[UnitId]:
        """The units that are asked something, finished or not."""
        return frozenset(one.unit.value() for one in self.rows if one.unit.value() is not None)

    def mark(self, *, wrong: bool) -> None:
        """Frame the field in which something is missing."""
        for one in self.rows:
            has_unit, has_text = one.unit.value() is not None, bool(one.text.value())
            is_only = wrong and all(other.is_empty for other in self.rows)
            one.unit.mark(wrong=wrong and not has_unit and (has_text or is_only))
            one.text.mark(wrong=wrong and not has_text and (has_unit or is_only))

    def name(self, accessible: str, description: str) -> None:
        """Each row has names of its own."""
        self.setAccessibleName(accessible)
        self.setAccessibleDescription(description)

    def _fill(self, found: Sequence[tuple[UnitId, str]]) -> None:
        for gone in list(self.rows):
            self._take_out(gone)
        for unit_id, text in found:
            one = self._add()
            one.unit.set_value(unit_id)
            one.text.set_value(text)
        while len(self.rows) < _ROWS:
            self._add()

    def _add(self) -> _Row:
        made = _Row(self._units, len(self.rows) + 1, self._remove)
        made.unit.changed.connect(self.changed)
        made.text.changed.connect(self.changed)
        self._place.addWidget(made)
        self.rows.append(made)
        self.setFocusProxy(self.rows[0])
        return made

    def _add_one(self) -> None:
        self._add().setFocus()
        self.changed.emit()

    def _remove(self, gone: _Row) -> None:
        at = self.rows.index(gone)
        self._take_out(gone)
        if not self.rows:
            self._add()
        for number, one in enumerate(self.rows, start=1):
            one.renumber(number)
        self.rows[min(at, len(self.rows) - 1)].setFocus()
        self.changed.emit()

    def _take_out(self, gone: _Row) -> None:
        self.rows.remove(gone)
        self._place.removeWidget(gone)
        gone.hide()
        gone.deleteLater()


class NafsForm(CaseForm):
    """A NAFS case of one team."""

    WHOLE = frozenset({"given_name", "family_name", "questions", "age_reason", "consent_now"})
    PURPOSE = CASE = Purpose.NAFS
    WITHOUT_CONSENT = "Utan samtycke kan ärendet sparas som utkast, men inte lämnas till teamet."

    def facts(self, values: Values) -> NafsFacts:
        """The case as the command takes it."""
        return NafsFacts(
            activity_id=self.activity.id,
            unit_id=values["unit_id"],
            raised_by=values["raised_by"],
            passed_by=values["passed_by"],
            raised_on=values["raised_on"],
            age_reason=values.get("age_reason") or "",
        )

    @property
    def is_own_units(self) -> bool:
        """Whether the case is the user's own unit's, and they may keep drafts there."""
        works = {Role.HANDLAGGARE, Role.KOORDINATOR} & set(self.desk.me.roles)
        return bool(works) and self["unit_id"].value() == self.desk.me.unit_id

    def _follow(self) -> None:
        values = self.peek()
        unit_id: UnitId | None = values["unit_id"]
        self._offer_contacts("raised_by", unit_id)
        questions = self["questions"]
        assert isinstance(questions, Questions)
        questions.offer(asked_units(self.desk, unit_id))
        age = self._age_on(values)
        self.note("raised_on", self._age_words(age, within=self._is_within(age)))
        self.note("questions", self._asked_words(questions))
        if self._with_consent:
            self._tick_units({*questions.asked(), *filter(None, [unit_id])})
        self._offer_owners(unit_id=unit_id, contact_id=values.get("raised_by"))

    def _asked_words(self, questions: Questions) -> str:
        """How far it is to what an agenda asks for."""
        own = self.desk.agency_of(self["unit_id"].value())
        others = {self.desk.agency_of(one) for one in questions.asked()} - {own}
        if len(others) >= LEAST_ASKED:
            return tr("✓ Frågor till {count} andra myndigheter.").format(count=len(others))
        return tr("Dagordningen behöver minst en fråga till var och en av två andra myndigheter.")

    def _age_on(self, values: Values) -> int | None:
        day: date = values["raised_on"] or self.desk.today
        return self.number.age_on(day)

    def _is_within(self, age: int | None) -> bool:
        settings = self.activity.settings
        return age is not None and settings.min_age <= age <= settings.max_age

    def _sections(self) -> list[Section]:
        case = Section(title=tr("Ärendet"), fields=self._case_fields())
        asked = Section(title=tr("Frågor till andra myndigheter"), fields=[self._questions_field()])
        person = replace(self._person_section(), aside=True)
        return [asked, case, person, self._consent_section()]

    def _case_fields(self) -> list[Field]:
        desk, today = self.desk, self.desk.today
        return [
            Field(
                name="unit_id",
                label=tr("Enhet"),
                kind=lambda: OneOf(raising_units(desk)),
                required=True,
                half=True,
            ),
            *who_raised(desk, lambda: self._unit_id),
            Field(name="raised_on", label=tr("Datum"), kind=lambda: Day(today), required=True, half=True),
            Field(
                name="age_reason",
                label=tr("Utanför teamets åldrar: skriv varför"),
                kind=lambda: LongText(2),
                required=True,
                only_if=lambda values: not self._is_within(self._age_on(values)),
            ),
        ]

    def _questions_field(self) -> Field:
        units = asked_units(self.desk, self._unit_id)
        return Field(
            name="questions",
            label=tr("Frågor"),
            kind=lambda: Questions(units),
            required=True,
            help=tr("Skriv inget namn eller nummer i frågan: den står på dagordningen under en kod."),
        )


def who_raised(desk: Desk, unit_id: Callable[[], UnitId | None]) -> list[Field]:
    """Who owes the feedback, one of the unit's, and who passed the case on to the team."""
    return [
        Field(
            name="raised_by",
            label=tr("Aktualiserad av"),
            kind=lambda: OneOf(choices.of_contacts(desk, unit_id=unit_id()), empty=tr("Välj …")),
            required=True,
            half=True,
            help=tr("Återkopplar till personen efter mötet."),
        ),
        Field(
            name="passed_by",
            label=tr("Kontaktperson som lämnade ärendet"),
            kind=lambda: OneOf(choices.of_contacts(desk), empty=tr("Ingen annan")),
            half=True,
        ),
    ]


def raising_units(desk: Desk) -> list[Choice]:
    """The units that the user may raise a case for: their own, a NAFS-koordinator all."""
    leads = Role.NAFS_KOORDINATOR in desk.me.roles
    return [one for one in choices.of_unit_names(desk) if leads or one.value == desk.me.unit_id]


def asked_units(desk: Desk, raising: UnitId | None) -> list[Choice]:
    """The units that can be asked, by their short names; the one that has raised the case asks the others."""
    return [one for one in choices.of_unit_names(desk) if one.value != raising]


def new_nafs_values(desk: Desk, team_id: ActivityId, known: Person | None) -> dict[str, Any]:
    """What a new case begins with: today, own unit and oneself, and what is known of the person."""
    return {
        **(of_person(known) if known else {}),
        **consent_values(desk, team_id, unit_ids=[desk.me.unit_id], purpose=Purpose.NAFS),
        "raised_on": desk.today,
        "unit_id": desk.me.unit_id,
        "raised_by": desk.me.contact_id,
    }
