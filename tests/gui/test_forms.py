"""Declared forms: what they show, how they read, and where they tell what is wrong."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from misam_desktop.domain.codes import Livelihood
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.domain.referral import FutureDate, TextRequired
from misam_desktop.gui.choices import livelihoods_input
from misam_desktop.gui.forms import Field, Form, Section
from misam_desktop.gui.inputs import Checks, Choice, Day, Flag, LongText, Number, OneOf, Radios, Text
from tests.conftest import TODAY

FRUITS = [Choice("apple", "Äpple"), Choice("pear", "Päron", "En frukt till"), Choice("plum", "Plommon")]


def shown(qtbot: QtBot, *content: Field | Section) -> Form:
    form = Form(content)
    qtbot.addWidget(form)
    form.show()
    return form


def day_field(**said: object) -> Field:
    return Field(name="on", label="Datum", kind=lambda: Day(TODAY), **said)  # type: ignore[arg-type]  # declared below


def test_an_empty_required_field_is_told_beside_it_and_gets_the_focus(qtbot: QtBot) -> None:
    form = shown(qtbot, Field(name="what", label="Vad", kind=Text, required=True))
    assert form.read() is None
    assert form.error_at("what") == "Det här behöver fyllas i."


def test_an_optional_field_says_so(qtbot: QtBot) -> None:
    form = shown(qtbot, Field(name="what", label="Vad", kind=Text))
    assert form.read() == {"what": ""}


@pytest.mark.parametrize(
    ("typed", "read"), [("26 nov", date(2026, 11, 26)), ("", None), ("261126", date(2026, 11, 26))]
)
def test_a_day_is_read_as_it_is_typed(qtbot: QtBot, typed: str, read: date | None) -> None:
    form = shown(qtbot, day_field())
    form["on"].set_raw(typed)
    assert form.read() == {"on": read}


def test_a_day_that_does_not_exist_is_told_when_the_field_is_left(qtbot: QtBot) -> None:
    form = shown(qtbot, day_field())
    form["on"].set_raw("2021-11-31")
    form["on"].left.emit()
    assert form.error_at("on").startswith("Datumet finns inte.")


def test_arrows_step_a_day(qtbot: QtBot) -> None:
    form = shown(qtbot, day_field())
    one = form["on"]
    assert isinstance(one, Day)
    QTest.keyClick(one.line, Qt.Key.Key_Up)
    assert one.value() == date(2026, 11, 25)


def test_a_number_is_whole_or_nothing(qtbot: QtBot) -> None:
    form = shown(qtbot, Field(name="months", label="Månader", kind=Number))
    form["months"].set_raw("tolv")
    assert form.read() is None
    assert form.error_at("months").startswith("Skriv ett helt tal")


def test_what_is_shown_is_what_is_read(qtbot: QtBot) -> None:
    form = shown(
        qtbot,
        Section(
            title="Frukt",
            fields=(
                Field(name="one", label="En", kind=lambda: OneOf(FRUITS)),
                Field(name="some", label="Några", kind=lambda: Checks(FRUITS)),
                Field(name="radio", label="Vald", kind=lambda: Radios(FRUITS)),
                Field(name="flag", label="Mogen", kind=lambda: Flag("Mogen")),
                Field(name="text", label="Text", kind=LongText),
            ),
        ),
    )
    values = {"one": "pear", "some": ("apple", "plum"), "radio": "plum", "flag": True, "text": "Bra\når"}
    form.show_values(values)
    assert form.read() == values


def test_a_draft_brings_back_what_was_typed_right_or_wrong(qtbot: QtBot) -> None:
    fields = (day_field(), Field(name="one", label="En", kind=lambda: OneOf(FRUITS)))
    first, second = shown(qtbot, *fields), shown(qtbot, *fields)
    first["on"].set_raw("31 feb")
    first["one"].set_value("plum")
    second.show_raw(first.raw())
    assert second.raw() == {"on": "31 feb", "one": "plum"}


def test_a_field_that_does_not_apply_is_hidden_and_gives_no_value(qtbot: QtBot) -> None:
    why = Field(name="why", label="Varför", kind=Text, required=True, only_if=lambda values: values["flag"])
    form = shown(qtbot, Field(name="flag", label="Utanför", kind=lambda: Flag("Utanför")), why)
    assert form.read() == {"flag": False}
    form["flag"].set_value(True)
    assert form.read() is None


def test_an_error_stands_beside_the_field_that_it_names(qtbot: QtBot) -> None:
    form = shown(qtbot, day_field(), Field(name="why", label="Varför", kind=Text))
    form.show_error(FutureDate(field="on"))
    assert form.error_at("on").startswith("Datumet har inte varit än.")


def test_an_error_without_a_field_stands_above_the_form(qtbot: QtBot) -> None:
    form = shown(qtbot, day_field())
    form.show_error(TextRequired(field="somewhere_else"))
    assert form.banner.text == "Fältet är tomt. Skriv en kort text."


def test_several_livelihoods_are_read_the_main_one_first(qtbot: QtBot) -> None:
    form = shown(qtbot, Field(name="livelihoods", label="Försörjning", kind=livelihoods_input))
    held = Livelihoods((Livelihood.AKTIVITETSSTOD, Livelihood.FORSORJNINGSSTOD))
    form["livelihoods"].set_value(held)
    assert form.read() == {"livelihoods": held}


def test_no_livelihood_at_all_excludes_the_others(qtbot: QtBot) -> None:
    form = shown(qtbot, Field(name="livelihoods", label="Försörjning", kind=livelihoods_input))
    form["livelihoods"].set_value(Livelihoods((Livelihood.AKTIVITETSSTOD, Livelihood.LON)))
    form["livelihoods"].set_raw([Livelihood.INGEN.value, []])
    assert form.read() == {"livelihoods": Livelihoods((Livelihood.INGEN,))}


def test_tab_leaves_a_long_text(qtbot: QtBot) -> None:
    form = shown(qtbot, Field(name="text", label="Text", kind=LongText), Field(name="after", label="Efter", kind=Text))
    text = form["text"]
    assert isinstance(text, LongText)
    text.setFocus()
    QTest.keyClick(text.edit, Qt.Key.Key_Tab)
    assert form.focusWidget() is form["after"].focusProxy()
