"""A report as a paper, and its sections as pictures that need no colour."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from reportlab.graphics.shapes import Drawing, Group, Path, Rect, Shape, String

from misam_desktop.documents.charts import as_svg, chart
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.patterns import MOST, Box, Inks, filled
from misam_desktop.documents.reports import Made, report_paper
from misam_desktop.domain.suppression import without_small
from misam_desktop.domain.worded import WordedSection
from tests.documents.report_worlds import BY_MONTH, BY_SEX, FLOW, REPORT, SHARES, row, section
from tests.documents.worlds import FRAME, read, said

MADE = Made(counted="2026-02-14")


def drawn(of: WordedSection, wide: float = 480) -> Drawing:
    made = chart(of, wide=wide)
    assert made is not None
    return made


def shapes(part: Any) -> list[Shape]:
    """Everything in a drawing, however deep."""
    if isinstance(part, Drawing | Group):
        return [one for inside in part.contents for one in shapes(inside)]
    return [part]


def words_in(drawing: Drawing) -> list[str]:
    return [one.text for one in shapes(drawing) if isinstance(one, String)]


def test_the_front_page_says_what_it_is_and_how_it_counts() -> None:
    front = read(to_pdf(report_paper(REPORT, MADE, FRAME))).pages[0].extract_text()
    for words in ("Insatser och måluppfyllelse", "Arbetsmarknadstorget", "2025", "Provlaget", "2026-02-14"):
        assert words in front
    assert "Ett deltagande är en inskrivning." in front


def test_a_check_that_does_not_hold_is_told_on_the_front_page_and_first_among_the_checks() -> None:
    pages = read(to_pdf(report_paper(REPORT, MADE, FRAME))).pages
    assert "NEJ: «Flöde» summerar till 78 men ska vara 80." in " ".join(pages[0].extract_text().split())
    assert pages[-1].extract_text().index("NEJ") < pages[-1].extract_text().index("«Remittent»")


def test_when_all_hold_the_front_page_says_so() -> None:
    right = replace(REPORT, checks=REPORT.checks[:1])
    assert "Alla kontroller stämmer (1)." in said(report_paper(right, MADE, FRAME))


def test_every_page_has_its_number_and_the_mark_of_the_log() -> None:
    pages = read(to_pdf(report_paper(REPORT, MADE, FRAME))).pages
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert f"Sida {number} av {len(pages)}" in text
        assert FRAME.mark in text


def test_a_share_is_printed_with_both_numbers_and_what_it_counts() -> None:
    told = said(report_paper(REPORT, MADE, FRAME))
    assert "38 % (12 av 32)" in told
    assert "Andelen är återkopplingar i tid, av alla." in told
    assert "8,5 (av 32)" in told
    assert "I tid: Bättre." in told


def test_words_that_look_like_markup_are_printed_as_they_are() -> None:
    assert "=Region VB & <b>Lycksele</b>" in said(report_paper(REPORT, MADE, FRAME))


def test_small_counts_that_are_hidden_are_two_dots_and_it_is_said_why() -> None:
    told = said(report_paper(without_small(REPORT), replace(MADE, covered=True), FRAME))
    assert "«..» står i stället för varje tal under 5" in told
    assert told.count("..") > 3


def test_a_frozen_one_says_who_froze_it_and_why() -> None:
    told = said(report_paper(REPORT, replace(MADE, frozen_by="Karin Ekdal", comment="Till styrelsen"), FRAME))
    assert "2026-02-14 av Karin Ekdal" in told
    assert "Till styrelsen" in told


def test_the_same_report_gives_the_same_bytes() -> None:
    assert to_pdf(report_paper(REPORT, MADE, FRAME)) == to_pdf(report_paper(REPORT, MADE, FRAME))


def test_many_columns_are_called_by_letters_and_explained_under_the_table() -> None:
    wide = tuple(replace(BY_SEX.columns[0], code=f"k{at}", words=f"Kolumn {at}") for at in range(9))
    table = section("bred", wide, row("a", "Rad", *range(9), columns=wide))
    assert "I = Kolumn 8" in said(report_paper(replace(REPORT, sections=(table,)), MADE, FRAME))


def test_a_square_of_many_is_numbered_as_its_rows() -> None:
    codes = tuple(replace(BY_SEX.columns[0], code=f"k{at}", words=f"Form {at}") for at in range(8))
    columns = (BY_SEX.columns[0], *codes)
    square = section("ruta", columns, *(row(one.code, one.words, *range(9), columns=columns) for one in codes))
    told = said(report_paper(replace(REPORT, sections=(square,)), MADE, FRAME))
    assert "Kolumnernas nummer är radernas." in told
    assert "8 Form 7" in told


@pytest.mark.parametrize("of", [BY_SEX, BY_MONTH, FLOW, SHARES], ids=lambda one: one.id)
def test_a_picture_has_no_colour_but_black_white_and_grey(of: WordedSection) -> None:
    for one in shapes(drawn(of)):
        for name in ("fillColor", "strokeColor"):
            colour = getattr(one, name, None)
            assert colour is None or len(set(colour.rgb())) == 1


def test_what_is_told_apart_has_fillings_of_its_own() -> None:
    looks = set()
    for filling in range(MOST):
        inside = shapes(filled(Box(0, 0, 40, 13), filling, Inks()))
        paths = [tuple(one.points) for one in inside if isinstance(one, Path)]
        looks.add((inside[0].fillColor.rgb(), tuple(paths)))
    assert len(looks) == MOST


def test_the_lines_of_a_filling_stay_inside_it() -> None:
    for filling in range(MOST):
        for one in shapes(filled(Box(10, 20, 40, 13), filling, Inks())):
            if isinstance(one, Path):
                assert all(10 <= x <= 50.001 for x in one.points[::2])
                assert all(20 <= y <= 33.001 for y in one.points[1::2])


def test_bars_by_kon_tell_their_numbers_in_words_too() -> None:
    told = words_in(drawn(BY_SEX))
    assert {"Kvinnor", "Män", "Icke-binär/annat", "Af", "45", "15", "30"} <= set(told)
    assert "Annan" not in told
    assert "Rader utan någon är inte ritade." in told


def test_a_word_too_long_for_its_line_is_parted_at_its_stroke() -> None:
    long = replace(BY_SEX, rows=(replace(BY_SEX.rows[0], words="Aktivitetsstöd/Utvecklingsersättning"),))
    assert {"Aktivitetsstöd/", "Utvecklingsersättning"} <= set(words_in(drawn(long, wide=270)))
    assert "Aktivitetsstöd/Utvecklingsersättning" in words_in(drawn(long))


def test_where_a_part_is_hidden_only_the_totals_are_drawn() -> None:
    hidden = replace(BY_SEX, rows=(replace(BY_SEX.rows[0], figures={**BY_SEX.rows[0].figures, "annat": None}),))
    told = words_in(drawn(hidden))
    assert "Totalt" in told
    assert "15" not in told


def test_a_figure_that_is_not_told_is_two_dots() -> None:
    rows = tuple(replace(one, figures=dict.fromkeys(one.figures)) for one in BY_SEX.rows[1:2])
    told = words_in(drawn(replace(BY_SEX, rows=(*BY_SEX.rows[:1], *rows))))
    assert ".." in told


def test_months_keep_their_place_and_narrow_columns_carry_no_numbers() -> None:
    assert "12" in words_in(drawn(BY_MONTH))
    assert "12" not in words_in(drawn(BY_MONTH, wide=200))


def test_a_flow_has_a_band_for_each_way_and_its_ends_are_named_with_how_many() -> None:
    drawing = drawn(FLOW)
    assert len([one for one in shapes(drawing) if isinstance(one, Path)]) == 3
    assert {"Lön: 3", "Ingen: 7", "Lön: 8", "Ingen: 2", "Före", "Efter"} <= set(words_in(drawing))
    posts = [one for one in shapes(drawing) if isinstance(one, Rect)]
    assert sum(one.height for one in posts[:2]) == pytest.approx(sum(one.height for one in posts[2:]))


def test_a_flow_with_something_hidden_is_drawn_as_its_totals() -> None:
    hidden = replace(FLOW, rows=(replace(FLOW.rows[0], figures={"total": 3, "lon": None, "ingen": 0}), FLOW.rows[1]))
    drawing = drawn(hidden)
    assert not any(isinstance(one, Path) for one in shapes(drawing))
    assert {"Totalt", "3", "7"} <= set(words_in(drawing))


@pytest.mark.parametrize(
    "of",
    [
        replace(BY_SEX, rows=()),
        replace(BY_SEX, rows=BY_SEX.rows[2:]),
        replace(FLOW, rows=tuple(replace(one, figures=dict.fromkeys(one.figures, 0)) for one in FLOW.rows)),
    ],
)
def test_of_nothing_there_is_no_picture(of: WordedSection) -> None:
    assert chart(of, wide=480) is None


@pytest.mark.parametrize("of", [BY_SEX, BY_MONTH, FLOW, SHARES], ids=lambda one: one.id)
def test_the_screen_gets_the_same_drawing_as_svg(of: WordedSection) -> None:
    drawing = drawn(of)
    svg = as_svg(drawing)
    root: Element = fromstring(svg.replace(b"<!DOCTYPE", b"<!--").replace(b".dtd'>", b"-->"))
    told = [one.text.strip() for one in root.iter() if one.tag.endswith("text") and one.text]
    assert told == words_in(drawing)
    assert set(re.findall(r"font-family: ([^;]*);", svg.decode())) == {"Noto Sans"}
    assert b"clipPath" not in svg
