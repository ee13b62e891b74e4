"""Other talks: who met, and on which days they can have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from misam_desktop.domain.codes import DischargeReason
from misam_desktop.domain.episode import AlreadyDischarged
from misam_desktop.domain.ids import TalkId
from misam_desktop.domain.referral import FutureDate
from misam_desktop.domain.talk import NobodyTookPart, TalkBeforeStart, TalkFacts, TalkKind, hold
from tests.domain.worlds import AF, TODAY, episode

BEGAN = date(2026, 8, 24)
FACTS = TalkFacts(
    kind=TalkKind.NATVERK, on=TODAY, unit_ids=(AF,), others=" Boendestödet ", agreed=" Börjar i liten skala "
)


def test_a_talk_says_who_met_and_what_they_agreed() -> None:
    talk = hold(TalkId("t"), episode(enrolled_on=BEGAN), FACTS, today=TODAY)
    assert (talk.kind, talk.on, talk.unit_ids) == (TalkKind.NATVERK, TODAY, (AF,))
    assert (talk.others, talk.agreed) == ("Boendestödet", "Börjar i liten skala")


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        (replace(FACTS, on=TODAY + timedelta(days=1)), FutureDate),
        (replace(FACTS, on=BEGAN - timedelta(days=1)), TalkBeforeStart),
        (replace(FACTS, unit_ids=(), others=" "), NobodyTookPart),
    ],
)
def test_a_talk_that_cannot_have_been_is_refused(facts: TalkFacts, error: type[Exception]) -> None:
    with pytest.raises(error):
        hold(TalkId("t"), episode(enrolled_on=BEGAN), facts, today=TODAY)


def test_an_ended_episode_has_no_more_talks() -> None:
    ended = episode(enrolled_on=BEGAN, discharged_on=TODAY, discharge_reason=DischargeReason.UPPFYLLT)
    with pytest.raises(AlreadyDischarged):
        hold(TalkId("t"), ended, FACTS, today=TODAY)
