"""Forumets minnesanteckningar: locked when it is closed, added to with a reason, and cut to who gets them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.commands.forum import close_forum, record_attendance, record_outcome, reopen_forum, take_back_outcome
from misam_desktop.commands.forum_minutes import amend_minutes
from misam_desktop.commands.meeting_papers import give_minutes
from misam_desktop.commands.protection import protect
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.domain.agenda import NothingBeside
from misam_desktop.domain.codes import Act, Agency, InfoKind, Outcome, PaperKind, Presence
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.forum_minutes import AmendmentFacts
from misam_desktop.domain.gate import WayUnsuited
from misam_desktop.domain.ids import ReferralId
from misam_desktop.domain.meeting import CodesGone, Meeting, MeetingNotClosed
from misam_desktop.domain.pseudonym import shown
from misam_desktop.domain.referral import Referral
from misam_desktop.queries.forum_outgoing import forum_outgoing
from misam_desktop.queries.meeting_papers import minutes_preview
from misam_desktop.store import codes, rows
from misam_desktop.store.engine import writing
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, FK, IFO, agrees, all_of, entries, meeting, on, refused, somebody, waiting
from tests.conftest import TODAY
from tests.documents.worlds import words

DAY = timedelta(days=1)
ALL = (AF, IFO)


class Forum:
    """A forum with one case returned, one that FK is in on too, and one that waits for the next meeting."""

    def __init__(self, karin: Vault, jonas: Vault) -> None:
        self.karin, self.jonas = karin, jonas
        self.meeting = meeting(karin)
        self.back = waiting(jonas, referred_on=TODAY - 3 * DAY)
        wider = agrees(unit_ids=(AF, IFO, FK), from_on=TODAY - 2 * DAY)
        self.taken = waiting(jonas, somebody(981), referred_on=TODAY - 2 * DAY, consent=wider)
        self.left = waiting(jonas, somebody(982), referred_on=TODAY - DAY)
        text = "Praktik på halvtid"
        karin.do(record_outcome(self.back.id, Outcome.ATER, meeting_id=self.meeting.id, text=text, also_nafs=True))
        karin.do(record_outcome(self.taken.id, Outcome.ANTAS, meeting_id=self.meeting.id))
        karin.do(record_attendance(self.meeting.id, Agency.AF, Presence.PLATS, substitute="Eva Ek"))
        karin.do(record_attendance(self.meeting.id, Agency.FK, Presence.FRANVARANDE))

    def close(self) -> Meeting:
        return self.karin.do(close_forum(self.meeting.id)).value

    def said(self, receivers: tuple[str, ...] = ALL, for_unit: str | None = None) -> str:
        asked = minutes_preview(self.meeting.id, receivers=receivers, for_unit=for_unit)  # type: ignore[arg-type]
        return words(to_pdf(self.karin.ask(asked).paper))

    def code(self, referral: Referral) -> str:
        kept = next(one for one in all_of(self.karin, rows.minutes) if one.referral_id == referral.id)
        assert kept.code is not None
        return shown(kept.code)


@pytest.fixture
def forum(karin: Vault, jonas: Vault) -> Forum:
    return Forum(karin, jonas)


SNAPSHOT = (
    "Provlaget 2026-11-24 Minnesanteckningar från Samverkansforum Team MISAM Dag tisdag 24 november 2026 Tid "
    "13.00–14.00 Plats eller länk Samverkanslokalen Ordförande Karin Ekdal Deltog Myndighet Hur Ersättare "
    "Arbetsförmedlingen På plats Eva Ek Försäkringskassan Frånvarande Kommunen Inte antecknat "
    "Regionen Inte antecknat Saknades: Försäkringskassan. "
    "Bedömningar Det som står här är forumets gemensamma bedömning och ingen myndighets beslut. "
    "1 KOD Remitterande myndighet Arbetsförmedlingen Frågeställning Vad behövs för att börja arbetsträna? "
    "Forumets bedömning Åter till myndigheten med förslag på alternativ planering "
    "Alternativ planering Praktik på halvtid Föreslås också NAFS-möte "
    "2 KOD Remitterande myndighet Arbetsförmedlingen Frågeställning Vad behövs för att börja arbetsträna? "
    "Forumets bedömning Behov av samordnade insatser Går vidare till nästa möte Nr Kod "
    "Remitterande myndighet 3 KOD Arbetsförmedlingen "
    "Mötet avslutades 2026-11-24. Det som stod då ändras inte: rättelser står under Tillägg. LOGG Sida 1 av 1"
)


def test_the_minutes_word_for_word(forum: Forum) -> None:
    forum.close()
    told = re.sub(r"[2-9B-DF-HJ-NP-TV-Z]{6}-[2-9B-DF-HJ-NP-TV-Z]\b", "KOD", forum.said())
    assert re.sub(r"Logg \d+-[0-9A-F]{8}", "LOGG", told) == SNAPSHOT


def test_persons_stand_under_codes_alone_and_each_code_is_its_own(forum: Forum) -> None:
    forum.close()
    told = forum.said()
    assert len({forum.code(one) for one in (forum.back, forum.taken, forum.left)}) == 3
    assert all(forum.code(one) in told for one in (forum.back, forum.taken, forum.left))
    assert not [word for word in ("Provlund", "Malin", "1985") if word in told]


def test_a_case_stands_in_common_only_if_its_consent_names_all_who_get_it(forum: Forum) -> None:
    forum.close()
    everybody = (AF, FK, IFO)
    common = forum.said(everybody)
    assert forum.code(forum.taken) in common
    assert forum.code(forum.back) not in common
    beside = forum.said(everybody, AF)
    assert beside.count(forum.code(forum.back)) == 1
    assert "Bara för Arbetsförmedlingen" in beside
    with refused(forum.karin, NothingBeside):
        forum.said(everybody, FK)


def test_what_is_given_is_written_down_for_each_case_and_unit(forum: Forum) -> None:
    forum.close()
    given = forum.karin.do(give_minutes(forum.meeting.id, receivers=ALL, act=Act.MEJLUTKAST)).value
    assert given.without_address == ("Af", "IFO")
    acts = [one for one in all_of(forum.karin, rows.disclosures) if one.paper is PaperKind.MINNESANTECKNINGAR]
    assert {(one.case_id, one.unit_id) for one in acts} == {
        (case.id, unit) for case in (forum.back, forum.taken, forum.left) for unit in ALL
    }
    assert {one.kinds for one in acts} == {(InfoKind.FRAGESTALLNING, InfoKind.PLANERING)}
    paper = forum.karin.ask(forum_outgoing(forum.meeting.id, receivers=ALL)).papers.papers[0]
    assert paper.last_act is Act.MEJLUTKAST
    with refused(forum.karin, WayUnsuited):
        forum.karin.do(give_minutes(forum.meeting.id, receivers=ALL, act=Act.URKLIPP))


def test_they_are_locked_at_close_whatever_becomes_of_the_case_later(forum: Forum) -> None:
    forum.close()
    forum.karin.do(take_back_outcome(forum.back.id))
    assert "Praktik på halvtid" in forum.said()


def test_opened_and_closed_again_they_are_another_edition_and_the_earlier_is_kept(forum: Forum) -> None:
    forum.close()
    forum.karin.do(reopen_forum(forum.meeting.id))
    with refused(forum.karin, MeetingNotClosed):
        forum.said()
    forum.karin.do(record_outcome(forum.left.id, Outcome.ANTAS, meeting_id=forum.meeting.id))
    forum.close()
    told = forum.said()
    assert "Mötet har öppnats igen och avslutats 2 gånger." in told
    assert "Går vidare till nästa möte" not in told
    kept = [one for one in all_of(forum.karin, rows.minutes) if one.referral_id == forum.left.id]
    assert sorted((one.edition, one.outcome) for one in kept) == [(1, None), (2, Outcome.ANTAS)]
    assert len({one.code for one in kept}) == 1


def test_an_amendment_stands_under_its_case_with_the_reason_and_who_wrote_it(forum: Forum) -> None:
    forum.close()
    facts = AmendmentFacts(referral_id=forum.back.id, text="Fem dagar i veckan", reason="Skrevs fel")
    forum.karin.do(amend_minutes(forum.meeting.id, facts))
    forum.karin.do(amend_minutes(forum.meeting.id, AmendmentFacts(text="Regionen kom sent", reason="Glömdes")))
    told = forum.said()
    assert "Tillägg Fem dagar i veckan Skäl: Skrevs fel Karin Ekdal, 2026-11-24 2 " in told
    assert "Tillägg Regionen kom sent Skäl: Glömdes" in told
    assert "Fem dagar" not in forum.said((AF, FK, IFO))
    assert "Regionen kom sent" not in forum.said((AF, FK, IFO), AF)


def test_an_amendment_is_about_a_case_of_that_forum(forum: Forum) -> None:
    forum.close()
    other = waiting(forum.jonas, somebody(983))
    for case_id in (other.id, ReferralId("nothing")):
        with refused(forum.karin, NotFound):
            forum.karin.do(amend_minutes(forum.meeting.id, AmendmentFacts(referral_id=case_id, text="x", reason="y")))


def test_a_consent_that_is_taken_back_leaves_the_code_alone(forum: Forum) -> None:
    forum.close()
    for consent in all_of(forum.karin, rows.consents):
        if consent.case_id == forum.back.id:
            forum.jonas.do(withdraw_consent(consent.id, on=TODAY))
    told = forum.said()
    assert f"{forum.code(forum.back)} Utgår" in told
    assert "Praktik på halvtid" not in told


def test_what_the_consent_leaves_out_is_said_to_be_left_out(karin: Vault, jonas: Vault) -> None:
    held = meeting(karin)
    narrow = agrees(kinds=(InfoKind.GRUNDUPPGIFTER, InfoKind.FRAGESTALLNING))
    referral = waiting(jonas, consent=narrow)
    karin.do(record_outcome(referral.id, Outcome.ATER, meeting_id=held.id, text="Hemligt"))
    karin.do(close_forum(held.id))
    karin.do(amend_minutes(held.id, AmendmentFacts(referral_id=referral.id, text="Mer hemligt", reason="Därför")))
    told = words(to_pdf(karin.ask(minutes_preview(held.id, receivers=ALL)).paper))
    assert "emligt" not in told
    assert "Alternativ planering Ingår inte i samtycket" in told


def test_a_protected_person_is_counted_and_no_more(forum: Forum) -> None:
    forum.karin.do(protect(forum.back.id, [forum.karin.actor.user_id], seen=1))
    forum.close()
    told = forum.said()
    assert "Ett ärende togs muntligt" in told
    assert "Praktik" not in told


def test_what_the_others_never_heard_of_stands_nowhere(karin: Vault, jonas: Vault) -> None:
    held = meeting(on(karin, TODAY))
    referral = waiting(on(jonas, TODAY - DAY), consent=agrees(from_on=TODAY - DAY), referred_on=TODAY - DAY)
    with writing(karin._engine) as conn:
        for one in rows.consents.where(conn):
            rows.consents.save(conn, replace(one, from_on=TODAY + DAY))
    karin.do(record_outcome(referral.id, Outcome.KOMPLETTERA, meeting_id=held.id, text="Samtycke saknas"))
    karin.do(close_forum(held.id))
    told = words(to_pdf(karin.ask(minutes_preview(held.id, receivers=ALL)).paper))
    assert "Samtycke saknas" not in told


def test_after_ninety_days_only_what_was_printed_remains(forum: Forum) -> None:
    forum.close()
    late = on(forum.karin, TODAY + 91 * DAY)
    with writing(late._engine) as conn:
        codes.forget_old(conn, TODAY + 91 * DAY)
    assert {one.code for one in all_of(late, rows.minutes)} == {None}
    with refused(late, CodesGone):
        late.ask(minutes_preview(forum.meeting.id))
    assert late.ask(forum_outgoing(forum.meeting.id)).papers.papers == ()


def test_a_forum_without_cases_has_minutes_all_the_same(karin: Vault) -> None:
    held = meeting(karin)
    karin.do(close_forum(held.id))
    told = words(to_pdf(karin.ask(minutes_preview(held.id)).paper))
    assert "Ingen bedömning står på det här papperet." in told
    assert entries(karin)[-1].object_id == held.id
