"""What leaves a forum: which letters, of which cases, to whom."""

from __future__ import annotations

from misam_desktop.commands.forum import record_outcome, take_back_outcome
from misam_desktop.commands.letters import give_letter
from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.codes import Act, Outcome
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.ids import MeetingId
from misam_desktop.domain.letter import Letter
from misam_desktop.queries.forum_outgoing import forum_outgoing
from misam_desktop.queries.letters import LetterChoice
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, enrolled, entries, meeting, refused, waiting


def test_what_was_taken_back_has_no_letters(karin: Vault, jonas: Vault) -> None:
    forum, referral = meeting(karin), waiting(jonas)
    karin.do(record_outcome(referral.id, Outcome.ANTAS, meeting_id=forum.id))
    assert [(row.letter, row.unit_id) for row in karin.ask(forum_outgoing(forum.id)).letters] == [
        (Letter.BEDOMNING, AF),
        (Letter.BESKED, None),
    ]
    karin.do(take_back_outcome(referral.id))
    assert karin.ask(forum_outgoing(forum.id)).letters == ()


def test_what_comes_with_later_follow_ups_and_the_discharge_is_not_the_forum_s(karin: Vault, jonas: Vault) -> None:
    enrolled(karin, waiting(jonas))
    there = karin.ask(forum_outgoing(meeting(karin).id)).letters
    assert {row.letter for row in there} == {Letter.BEDOMNING, Letter.BESKED, Letter.INSKRIVNING}


def test_it_is_told_when_and_how_each_last_left(karin: Vault, jonas: Vault) -> None:
    forum, referral = meeting(karin), waiting(jonas)
    karin.do(record_outcome(referral.id, Outcome.ANTAS, meeting_id=forum.id))
    karin.do(give_letter(referral.id, LetterChoice(letter=Letter.BESKED), act=Act.UTSKRIFT))
    karin.do(give_letter(referral.id, LetterChoice(letter=Letter.BEDOMNING), act=Act.MEJLUTKAST))
    assert [row.last_act for row in karin.ask(forum_outgoing(forum.id)).letters] == [Act.MEJLUTKAST, Act.UTSKRIFT]


def test_every_case_of_it_is_a_read_that_the_log_has(karin: Vault, jonas: Vault) -> None:
    forum, referral = meeting(karin), waiting(jonas)
    karin.do(record_outcome(referral.id, Outcome.ANTAS, meeting_id=forum.id))
    karin.ask(forum_outgoing(forum.id))
    assert entries(karin)[-1].object_id == referral.id


def test_who_does_not_run_the_forum_is_told_nothing_of_it(karin: Vault, jonas: Vault) -> None:
    forum = meeting(karin)
    with refused(jonas, NotPermitted):
        jonas.ask(forum_outgoing(forum.id))
    with refused(karin, NotFound):
        karin.ask(forum_outgoing(MeetingId("nothing")))
