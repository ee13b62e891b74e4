"""The worlds that tests begin in: colleagues at other units, and one case at each stage of its life.

Each stage is reached through the commands that people use, so that nothing stands in a test's store that the rules
refuse. Everybody is made up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from misam_desktop.commands.episodes import discharge, enrol
from misam_desktop.commands.forum import open_forum, record_outcome
from misam_desktop.commands.referrals import make_referral
from misam_desktop.domain.access import NotPermitted
from misam_desktop.domain.codes import (
    Destination,
    DischargeReason,
    Education,
    Livelihood,
    Outcome,
    Purpose,
    Referrer,
    Role,
    Sex,
)
from misam_desktop.domain.episode import Discharge, Episode
from misam_desktop.domain.errors import MisamError, NotFound
from misam_desktop.domain.follow_up import Finding, FollowUp
from misam_desktop.domain.ids import ActivityId, ContactId, UnitId, UserId
from misam_desktop.domain.intake import ConsentFacts, PersonFacts, ReferralFacts
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.people import Contact, User
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.domain.referral import Referral
from misam_desktop.store import log, rows, tables
from misam_desktop.store.engine import reading, writing
from misam_desktop.vault import Clock, Vault, actor_of
from tests.conftest import CLOCK, NOW, TODAY

V = TypeVar("V", bound=rows.Versioned)
D = TypeVar("D", bound=Vault)
MISAM = ActivityId("misam")
AF, FK, IFO, AME, REGION = (UnitId(one) for one in ("af", "fk", "kommun-ifo", "kommun-ame", "region"))
ON_SUPPORT = Livelihoods((Livelihood.FORSORJNINGSSTOD,))
IN_WORK = Livelihoods((Livelihood.LON,))

# What people type


def somebody(serial: int = 980, *, born: date = date(1985, 3, 12), **said: Any) -> PersonFacts:
    """A made-up person as the form has them; another ``serial`` is another person."""
    person = PersonFacts(
        number=made_up_number(born, serial), given_name="Malin", family_name="Provlund", sex=Sex.KVINNA
    )
    return replace(person, **said)


def asks(**said: Any) -> ReferralFacts:
    """A referral from Af that asks IFO something, complete enough for the forum."""
    facts = ReferralFacts(
        activity_id=MISAM,
        referrer=Referrer.AF,
        unit_id=AF,
        referred_on=TODAY,
        question="Vad behövs för att börja arbetsträna?",
        needed_unit_ids=(IFO,),
        needed_why="Ekonomin måste vara ordnad först",
        close_cooperation=True,
        education=Education.GYMNASIUM,
        livelihoods=ON_SUPPORT,
        support_months=30,
    )
    return replace(facts, **said)


def agrees(**said: Any) -> ConsentFacts:
    """A consent to samverkan and statistics between Af and IFO, signed today for as long as MISAM lets it run."""
    consent = ConsentFacts(
        purposes=(Purpose.SAMVERKAN, Purpose.UPPFOLJNING),
        from_on=TODAY,
        until_on=None,
        unit_ids=(AF, IFO),
        paper_at="Pärm 3",
    )
    return replace(consent, **said)


def ends(**said: Any) -> Discharge:
    """A discharge to work, today."""
    facts = Discharge(
        on=TODAY,
        reason=DischargeReason.UPPFYLLT,
        destination=Destination.ARBETE,
        livelihoods=IN_WORK,
        after="Af följer upp anställningen",
    )
    return replace(facts, **said)


def found(**said: Any) -> Finding:
    """What a follow-up of today records."""
    finding = Finding(done_on=TODAY, step=2, livelihoods=ON_SUPPORT, note="Praktik två dagar", next_step="Tre dagar")
    return replace(finding, **said)


# Who does it, and when


def colleague(vault: Vault, login: str, *roles: Role, unit_id: UnitId, **said: Any) -> Vault:
    """The same store as another user of the team sees it; the user and their contact are added to it."""
    contact = Contact(id=ContactId(f"contact-{login}"), name=login.title(), unit_id=unit_id)
    user = User(
        id=UserId(f"user-{login}"), login=login, name=contact.name, unit_id=unit_id, roles=roles, contact_id=contact.id
    )
    with writing(vault._engine) as conn:
        rows.contacts.add(conn, contact)
        rows.users.add(conn, replace(user, **said))
    return proven(Vault(vault._engine, actor_of(replace(user, **said)), CLOCK))


def on(vault: Vault, day: date) -> Vault:
    """The same user at the same store on another day, at eight."""
    now = datetime.combine(day, time(8), UTC)
    return proven(Vault(vault._engine, vault.actor, Clock(now=lambda: now, today=lambda: day)))


def later(vault: Vault, *, minutes: int) -> Vault:
    """Of two papers of one day the one that was recorded last decides."""
    clock = Clock(now=lambda: NOW + timedelta(minutes=minutes), today=lambda: TODAY)
    return proven(Vault(vault._engine, vault.actor, clock))


def proven(vault: D) -> D:
    """The same door, as if whoever stands at it had just given their password."""
    vault.knows(lambda _: None, given=True)
    return vault


def contact_of(vault: Vault) -> ContactId:
    """The user as handläggare."""
    assert vault.actor.contact_id is not None
    return vault.actor.contact_id


# One case, stage by stage


def draft(vault: Vault, person: PersonFacts | None = None, **said: Any) -> Referral:
    """A referral that its unit has begun, without a consent."""
    return vault.do(make_referral(person or somebody(), asks(**said), submit=False)).value


def waiting(
    vault: Vault, person: PersonFacts | None = None, *, consent: ConsentFacts | None = None, **said: Any
) -> Referral:
    """A referral that waits for the forum."""
    facts = asks(**said)
    consent = consent or agrees(from_on=facts.referred_on)
    return vault.do(make_referral(person or somebody(), facts, consent=consent, submit=True)).value


def meeting(koordinator: Vault, day: date = TODAY) -> Meeting:
    """The forum of a day, under way."""
    return koordinator.do(open_forum(MISAM, on=day)).value


def accepted(koordinator: Vault, referral: Referral | None = None, *, day: date = TODAY) -> Referral:
    """A referral that waits for enrolment."""
    referral = referral or waiting(koordinator)
    forum = meeting(koordinator, day)
    return koordinator.do(record_outcome(referral.id, Outcome.ANTAS, meeting_id=forum.id)).value


def enrolled(
    koordinator: Vault,
    referral: Referral | None = None,
    *,
    day: date = TODAY,
    commissioner_id: UnitId = IFO,
    case_worker_id: ContactId | None = None,
    case_lead_id: ContactId | None = None,
    named: tuple[UnitId, ...] = (AF, IFO),
) -> Episode:
    """An episode that begins on a day; unless there is a referral, it is made and accepted the same day.

    ``named`` are the units of the consent, when the referral is made here.
    """
    then = on(koordinator, day)
    consent = agrees(from_on=day, unit_ids=named)
    began = enrol(
        accepted(then, referral or waiting(then, consent=consent, referred_on=day), day=day).id,
        enrolled_on=day,
        commissioner_id=commissioner_id,
        case_worker_id=case_worker_id,
        case_lead_id=case_lead_id,
    )
    return then.do(began).value


def discharged(koordinator: Vault, *, began: date, day: date = TODAY, **said: Any) -> Episode:
    """An episode that began on one day and ended on another."""
    episode = enrolled(koordinator, day=began)
    return on(koordinator, day).do(discharge(episode.id, ends(**{"on": day} | said))).value


# What the store holds


def all_of(vault: Vault, mapper: rows.Rows[V]) -> list[V]:
    """Every stored value of one kind."""
    with reading(vault._engine) as conn:
        return mapper.where(conn)


def one(vault: Vault, mapper: rows.Rows[V], row_id: str) -> V:
    """The stored value with this id."""
    with reading(vault._engine) as conn:
        return mapper.get(conn, row_id)


def follow_ups(vault: Vault, episode: Episode) -> list[FollowUp]:
    """The follow-ups of an episode, by month."""
    mine = [one for one in all_of(vault, rows.follow_ups) if one.episode_id == episode.id]
    return sorted(mine, key=lambda one: (one.anchor, one.months))


def entries(vault: Vault) -> list[log.Written]:
    """The log, oldest first."""
    with reading(vault._engine) as conn:
        return log.entries(conn)


def content(vault: Vault) -> dict[str, list[Any]]:
    """Everything that stands in the store but for its log."""
    with reading(vault._engine) as conn:
        return {
            table.name: [tuple(row) for row in conn.execute(select(table).order_by(*table.primary_key))]
            for table in tables.metadata.sorted_tables
            if table is not tables.log
        }


@contextmanager
def refused(vault: Vault, *errors: type[MisamError]) -> Iterator[pytest.ExceptionInfo[MisamError]]:
    """What stands within is refused with one of the errors, and leaves nothing.

    But for the entry of a refusal, when the actor may not; a slip of the form is not the log's matter.
    """
    before, told = content(vault), len(entries(vault))
    with pytest.raises(errors) as caught:
        yield caught
    assert content(vault) == before
    may_not = issubclass(caught.type, NotPermitted | NotFound)
    assert [(one.user_id, one.allowed) for one in entries(vault)[told:]] == [(vault.actor.user_id, 0)] * may_not
