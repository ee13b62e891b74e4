"""A NAFS team as its koordinator sets it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ActivityId
from misam_desktop.domain.nafs_team import (
    RANGES,
    AgesWrong,
    HourWrong,
    NameTaken,
    OutOfRange,
    changed,
    facts_of,
)
from misam_desktop.domain.referral import TextRequired
from misam_desktop.store import founding

TEAM = founding.reference_activity("nafs", activity_id=ActivityId("norr"), name="NAFS Norr")
FACTS = facts_of(TEAM)


def test_what_is_not_changed_stays() -> None:
    assert changed(TEAM, FACTS, names=["NAFS Syd"]) == TEAM


def test_a_team_is_set() -> None:
    facts = replace(FACTS, name=" NAFS Kust ", weekday=3, every_weeks=2, starts="9:30", place=" Rum 4 ", min_age=18)
    got = changed(TEAM, facts, names=[])
    assert (got.name, got.settings.min_age) == ("NAFS Kust", 18)
    rhythm = got.settings.rhythm
    assert (rhythm.weekday, rhythm.every_weeks, rhythm.starts, rhythm.place) == (3, 2, "09.30", "Rum 4")
    assert got.settings.forum_name == TEAM.settings.forum_name


@pytest.mark.parametrize(
    ("said", "error", "field"),
    [
        ({"name": " "}, TextRequired, "name"),
        ({"name": "nafs syd"}, NameTaken, "name"),
        ({"min_age": 65}, AgesWrong, "max_age"),
        ({"starts": "kl 14"}, HourWrong, "starts"),
        ({"starts": "24.00"}, HourWrong, "starts"),
        ({"starts": ""}, HourWrong, "starts"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(said: dict[str, object], error: type[UserError], field: str) -> None:
    with pytest.raises(error) as raised:
        changed(TEAM, replace(FACTS, **said), names=["NAFS Syd"])  # type: ignore[arg-type]  # any field
    assert raised.value.params["field"] == field


@pytest.mark.parametrize("field", RANGES)
def test_a_number_has_a_least_and_a_most(field: str) -> None:
    least, most = RANGES[field]
    for number in (least - 1, most + 1):
        with pytest.raises(OutOfRange) as raised:
            changed(TEAM, replace(FACTS, **{field: number}), names=[])  # type: ignore[arg-type]  # any field
        assert raised.value.params == {"field": field, "least": least, "most": most}
