"""Two hundred random meetings made through the store: nothing that leaves them tells whom a case concerns."""

from __future__ import annotations

from datetime import date, timedelta
from email import message_from_bytes, policy
from io import BytesIO
from random import Random

import pytest
from pypdf import PdfReader

from misam_desktop.commands.agenda import put_general, put_on_agenda, record_agreed
from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.commands.forum import close_forum, open_forum, plan_meeting
from misam_desktop.commands.meeting_papers import Given, give_agenda, give_keys, give_minutes, mark_sent
from misam_desktop.commands.nafs_cases import answer_question, raise_case
from misam_desktop.documents.drawing import to_pdf
from misam_desktop.documents.encrypted import encrypted
from misam_desktop.domain.agenda import NothingAdded, NothingBeside
from misam_desktop.domain.codes import Act
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.intake import PersonFacts
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.domain.pseudonym import shown
from misam_desktop.domain.text import fold
from misam_desktop.store import rows
from misam_desktop.transfer.mail import mail_draft
from misam_desktop.vault import Request, Vault
from tests.canaries import of_name, of_number
from tests.commands.nafs_worlds import ASKED, TEAM, leads_the_team, raises, to_nafs
from tests.commands.worlds import AF, AME, FK, IFO, REGION, all_of, later, on, somebody
from tests.conftest import TODAY
from tests.documents.gatherings import NAMES
from tests.documents.test_pseudonymous import everything, found
from tests.documents.worlds import read, without_addresses

SEEDS, EACH, LONG = range(10), 20, 6
PASSWORD = "åtta blå båtar vid kajen"
UNITS = (AF, FK, IFO, REGION, AME)


class World:
    """A team's meetings, with persons and consents drawn by chance; ``needles`` is all that tells who somebody is."""

    def __init__(self, chance: Random, jonas: Vault, nora: Vault) -> None:
        self.chance, self.jonas, self.nora = chance, jonas, nora
        self.numbers = set[str]()

    def person(self) -> tuple[PersonFacts, list[str]]:
        """Somebody new."""
        given, family = self.chance.choice(NAMES)
        while True:
            born = date(1965, 1, 1) + timedelta(days=self.chance.randrange(14000))
            number = made_up_number(born, self.chance.randrange(980, 1000))
            if number.long not in self.numbers:
                break
        self.numbers.add(number.long)
        street = f"Storvägen {self.chance.randrange(100, 999)}"
        owners = (self.jonas.actor.user_id, self.nora.actor.user_id)
        hidden = self.chance.random() < 0.1
        facts = somebody(
            number=number,
            given_name=given,
            family_name=family,
            phone="070-174 06 99",
            address=street,
            protected=hidden,
            protected_owners=owners if hidden else (),
        )
        return facts, [*of_name(given, family), *of_number(number), born.isoformat(), street, "070-174 06 99"]

    def meeting(self, day: date) -> tuple[Meeting, list[str]]:
        """One with up to four cases, some of which are not taken up after all."""
        planned = self.nora.do(plan_meeting(TEAM, on=day)).value
        needles = [needle for _ in range(self.chance.randrange(5)) for needle in self.case(planned)]
        if self.chance.random() < 0.5:
            self.nora.do(put_general(planned.id, question="Vad gäller för studier?", asked_id=FK))
        return planned, needles

    def case(self, planned: Meeting) -> list[str]:
        """One more on its agenda; what tells whom it concerns."""
        facts, tells = self.person()
        also = (AME,) if self.chance.random() < 0.5 else ()
        made = raise_case(
            facts, raises(self.jonas), questions=ASKED, consent=to_nafs(AF, FK, IFO, REGION, *also), submit=True
        )
        case = self.jonas.do(made).value
        item = self.jonas.do(put_on_agenda(planned.id, case.id)).value
        if self.chance.random() < 0.2:
            taken_back = next(one for one in all_of(self.jonas, rows.consents) if one.case_id == case.id)
            self.jonas.do(withdraw_consent(taken_back.id, on=TODAY))
        elif self.chance.random() < 0.7:
            self._say(case.id, item.id)
        return [*tells, case.id, case.person_id, item.id]

    def _say(self, case_id: str, item_id: str) -> None:
        for one in [one for one in all_of(self.nora, rows.questions) if one.case_id == case_id]:
            self.nora.do(answer_question(one.id, "Ja, från vecka tre."))
        item = next(one for one in all_of(self.nora, rows.agenda_items) if one.id == item_id)
        agreed = record_agreed(
            item.id, next_step="Nytt intyg", responsible_id=FK, feedback_by=item.feedback_by, seen=item.version
        )
        self.nora.do(agreed)


def tried(vault: Vault, asked: Request[Given]) -> list[Given]:
    """One paper, or none when a unit gets nothing beside what all get, or nothing has been added."""
    try:
        return [vault.do(asked).value]
    except (NothingBeside, NothingAdded):
        return []


def papers(world: World, meeting: Meeting, needles: list[str], day: date) -> list[Given]:
    """All that leaves but the keys: the agenda, what was added once it was sent, and the minutes; of all, of each."""
    nora, to = world.nora, (None, world.chance.choice(UNITS))
    left = [one for unit in to for one in tried(nora, agenda(meeting, unit))]
    nora.do(mark_sent(meeting.id))
    for after in (5, 10):
        world.nora, world.jonas = later(nora, minutes=after), later(world.jonas, minutes=5)
        needles += world.case(meeting)
        left += [one for unit in to for one in tried(world.nora, agenda(meeting, unit, added=True))]
        world.nora.do(mark_sent(meeting.id))
    world.nora = nora
    then = on(nora, day)
    then.do(open_forum(TEAM, on=day))
    then.do(close_forum(meeting.id))
    minutes = (give_minutes(meeting.id, receivers=UNITS, for_unit=unit, act=Act.MEJLUTKAST) for unit in to)
    return left + [one for asked in minutes for one in tried(then, asked)]


def agenda(meeting: Meeting, unit: UnitId | None, *, added: bool = False) -> Request[Given]:
    return give_agenda(meeting.id, receivers=UNITS, for_unit=unit, addendum=added, act=Act.MEJLUTKAST)


def drafted(pdf: bytes, one: Given) -> tuple[str, bytes]:
    """What of a mail draft is in clear, its file name too, and its paper as it is attached: encrypted."""
    mail = message_from_bytes(mail_draft(one.addresses, encrypted(pdf, PASSWORD)), policy=policy.default)
    (attached,) = mail.iter_attachments()
    body = mail.get_body()
    assert body is not None
    outside = [*mail.values(), body.get_content(), *attached.values(), attached.get_filename()]
    return fold(" ".join(map(str, outside))), attached.get_content()


def in_clear(content: bytes, needles: list[str]) -> list[str]:
    """What of these can be read in a file without its password; what is shorter would stand in any noise."""
    ways = ("utf-8", "utf-16-be", "utf-16-le")
    return [one for one in needles for way in ways if len(one) >= LONG and one.encode(way) in content]


def about(reader: PdfReader) -> str:
    """What a file says beside the text of its pages."""
    told = (reader.metadata, reader.xmp_metadata, reader.outline, reader.named_destinations, reader.attachments)
    notes = [page.get("/Annots", "") for page in reader.pages]
    return fold(without_addresses(" ".join(map(str, (*told, *notes, reader.trailer["/Root"])))))


@pytest.mark.parametrize("seed", SEEDS)
def test_no_paper_and_no_draft_of_a_meeting_tells_whom_its_cases_concern(seed: int, karin: Vault, jonas: Vault) -> None:
    world = World(Random(seed), jonas, leads_the_team(karin))
    for number in range(EACH):
        day = TODAY + timedelta(days=1 + number)
        meeting, needles = world.meeting(day)
        left = [(one, to_pdf(one.paper)) for one in papers(world, meeting, needles, day)]
        for one, pdf in left:
            outside, attached = drafted(pdf, one)
            assert found(outside, needles) == set()
            assert in_clear(attached, needles) == []
            reader = read(pdf)
            assert found(everything(reader), needles) == set()
            assert not reader.outline
            assert not reader.attachments
        key = world.nora.do(give_keys(meeting.id, world.chance.choice(UNITS), act=Act.MEJLUTKAST)).value
        outside, attached = drafted(to_pdf(key.paper), key)
        assert found(outside, needles) == set()
        assert in_clear(attached, needles) == []
        for locked in (attached, drafted(left[0][1], left[0][0])[1]):
            assert found(about(PdfReader(BytesIO(locked), password=PASSWORD)), needles) == set()


def test_on_the_key_list_they_would_be_found(karin: Vault, jonas: Vault) -> None:
    world = World(Random(4), jonas, leads_the_team(karin))
    meeting, needles = world.meeting(TODAY + timedelta(days=1))
    told = everything(read(to_pdf(world.nora.do(give_keys(meeting.id, FK, act=Act.UTSKRIFT)).value.paper)))
    assert found(told, needles)
    assert any(one.code and fold(shown(one.code)) in told for one in all_of(jonas, rows.agenda_items))
