"""Random activities in plain words, of which a register would hold nothing, and their way into the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from hypothesis import strategies as st
from sqlalchemy import Connection

from misam_desktop.domain.activity import Anchor, Kind, Questionnaires
from misam_desktop.domain.asked import Asked, AskedWhat
from misam_desktop.domain.codes import DischargeReason, InfoKind, Outcome, Purpose, Referrer, Sex
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.deviation import Deviation, DeviationKind, DeviationSource
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.follow_up import FollowUp
from misam_desktop.domain.ids import (
    ActivityId,
    AskedId,
    ConsentId,
    ContactId,
    DeviationId,
    EpisodeId,
    FollowUpId,
    IndicatorId,
    PersonId,
    ReferralId,
    TotalId,
    UnitId,
)
from misam_desktop.domain.indicator import Total
from misam_desktop.domain.livelihood import UNKNOWN
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.domain.referral import Referral
from misam_desktop.store import founding, rows
from tests.queries.recounting import (
    PERIODS,
    SEXES,
    TODAY_AS_TEXT,
    UNITS,
    Line,
    day_or_none,
    days,
    days_after,
    first_worked,
    meetings,
    moment,
    months_later,
    store_meetings,
)

INDICATORS = ("trygg", "delaktig")


class World(NamedTuple):
    """One activity in words, and the period that is asked for; what is about a case has its number.

    ``asks`` says when the questionnaire is offered.
    """

    period: tuple[str, str]
    asks: Line
    cases: list[Line]
    follow_ups: list[Line]
    asked: list[Line]
    deviations: list[Line]
    totals: list[Line]
    meetings: list[Line]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Some cases at any stage, what was done around them, and the meetings of the forum."""
    period = draw(st.sampled_from(PERIODS))
    cases = [draw(_case(number)) for number in range(draw(st.integers(1, 4)))]
    enrolled = [case for case in cases if case["inskriven"]]
    return World(
        period=period,
        asks={
            "months": draw(st.sampled_from(["", "3", "3 12"])),
            "at_exit": draw(st.sampled_from(["", "ja"])),
            "campaigns": draw(st.sampled_from(["", "06 10", "12"])),
        },
        cases=cases,
        follow_ups=[one for case in enrolled for one in draw(_follow_ups(case))],
        asked=[one for case in enrolled for one in draw(_asked(case))],
        deviations=draw(st.lists(_deviation([case["case"] for case in enrolled]), max_size=4)),
        totals=[
            {"indicator": code, "first": first, "last": last, "answers": str(answers), "agreed": str(answers // 2)}
            for code in INDICATORS
            for first, last in draw(st.sampled_from([[], [period], [PERIODS[0], PERIODS[-1]]]))
            for answers in [draw(st.integers(0, 4))]
        ],
        meetings=draw(meetings()),
    )


@st.composite
def _case(draw: st.DrawFn, number: int) -> Line:
    """One referral, and what came of it."""
    referred = draw(days("2025-01-01", TODAY_AS_TEXT))
    after = days(referred, TODAY_AS_TEXT)
    outcome = draw(
        st.sampled_from(["antas", "antas", "antas", "", "ater", "reguljar", "ej_behov", "nafs", "komplettera"])
    )
    soon = [day for day in (days_after(referred, one) for one in (0, 7, 8, 14, 15, 28, 29)) if day <= TODAY_AS_TEXT]
    decided = draw(st.just("") | st.sampled_from(soon) | st.sampled_from(soon) | after) if outcome else ""
    begun = outcome in {"antas", ""} and draw(st.sampled_from([True, True, False]))
    enrolled = draw(days(decided or referred, TODAY_AS_TEXT)) if begun else ""
    ended = draw(st.just("") | _end(enrolled)) if begun else ""
    beside = st.sampled_from(["", "ja"]) if outcome in {"antas", "ater", "reguljar", "ej_behov"} else st.just("")
    reasons = ["uppfyllt", "uppfyllt", "sjukdom", "avliden", "felregistrerad", "felregistrerad"]
    return {
        "case": str(number),
        "kon": draw(st.sampled_from(SEXES)),
        "remissdatum": referred,
        "put": "ja" if outcome or begun else draw(st.sampled_from(["ja", "ja", ""])),
        "atertagen": ""
        if begun or outcome not in {"", "antas"}
        else draw(st.just("") | days(decided or referred, TODAY_AS_TEXT)),
        "beslut": outcome,
        "beslutsdatum": decided,
        "nafs": draw(beside),
        "sip": draw(beside),
        "uppfoljning": draw(st.sampled_from(["ja", "ja", ""])),
        "inskriven": enrolled,
        "uppdragsgivare": draw(st.sampled_from([*UNITS, ""])),
        "avslutad": ended,
        "avslutsorsak": draw(st.sampled_from(reasons)) if ended else "",
    }


def _end(enrolled: str) -> st.SearchStrategy[str]:
    """Some day, or the one on which a questionnaire would have been offered."""
    due = [first_worked(months_later(enrolled, months)) for months in (3, 12)]
    offered = [day for day in due if day <= TODAY_AS_TEXT]
    return st.sampled_from(offered) | days(enrolled, TODAY_AS_TEXT) if offered else days(enrolled, TODAY_AS_TEXT)


@st.composite
def _follow_ups(draw: st.DrawFn, case: Line) -> list[Line]:
    """Those of one episode, done most often about the day on which they were due."""
    found = []
    for months in draw(st.lists(st.sampled_from(["3", "6", "9", "12", "15"]), unique=True, max_size=4)):
        due = draw(days(case["inskriven"], "2027-01-31"))
        about = [days_after(due, one) for one in (-20, -1, 0, 0, 1, 30)]
        done = draw(st.sampled_from(["", *(day for day in about if case["inskriven"] <= day <= TODAY_AS_TEXT)]))
        cancelled = draw(st.sampled_from(["", case["avslutad"]])) if not done else ""
        original = draw(st.just(due) | st.just(due) | days(case["inskriven"], "2027-01-31"))
        found.append(
            {"case": case["case"], "months": months, "due_on": due, "original_due_on": original, "done_on": done}
            | {"cancelled_on": cancelled, "owner": draw(st.sampled_from([*UNITS, ""]))}
            | {"step": draw(st.sampled_from(["", "1", "2", "3", "5"])) if done else ""}
        )
    return found


@st.composite
def _asked(draw: st.DrawFn, case: Line) -> list[Line]:
    """What was noted of one episode: offered, offered and done, not offered, or taken back again."""
    things = [("samtal", ""), ("vald", ""), *(("enkat", one) for one in ("3", "12", "avslut", "2026-06", "2026-10"))]
    found = []
    for what, occasion in draw(st.lists(st.sampled_from(things), unique=True, max_size=5)):
        day = draw(days(case["inskriven"], TODAY_AS_TEXT))
        how = draw(st.sampled_from(["", "not", "offered", "done", "done"]))
        done = draw(days(day, TODAY_AS_TEXT)) if how == "done" and what != "vald" else ""
        found.append(
            {"case": case["case"], "what": what, "occasion": occasion, "done_on": done}
            | {"offered_on": day if how in {"offered", "done"} else "", "not_offered_on": day if how == "not" else ""}
        )
    return found


@st.composite
def _deviation(draw: st.DrawFn, cases: list[str]) -> Line:
    day = draw(days("2025-01-01", TODAY_AS_TEXT))
    return {
        "on": day,
        "case": draw(st.sampled_from(["", *cases])),
        "kind": draw(st.sampled_from(["avvikelse", "synpunkt", "klagomal"])),
        "closed_on": draw(st.just("") | days(day, TODAY_AS_TEXT)),
    }


# Into the store


def store_world(conn: Connection, world: World, name: str) -> None:
    """As rows, of an activity of their own."""
    activity, asks = founding.reference_activity("misam", activity_id=name, name=name), world.asks
    questionnaires = Questionnaires(
        months=tuple(map(int, asks["months"].split())),
        at_exit=bool(asks["at_exit"]),
        campaigns=tuple(map(int, asks["campaigns"].split())),
    )
    settings = replace(activity.settings, questionnaires=questionnaires)
    rows.activities.add(conn, replace(activity, settings=settings))
    store_meetings(conn, activity.id, Kind.FORUM, world.meetings)
    _store_cases(conn, world.cases, activity.id)
    _store_follow_ups(conn, world.follow_ups, activity.id)
    _store_beside(conn, world, activity.id)


def _store_cases(conn: Connection, lines: Iterable[Line], activity_id: ActivityId) -> None:
    for line in lines:
        case_id = ReferralId(f"{activity_id} r{line['case']}")
        person = Person(id=PersonId(f"{case_id} p"), number=made_up_number(date(1980, 1, 1), 980), sex=Sex(line["kon"]))
        rows.persons.add(conn, person)
        referral = Referral(
            id=case_id,
            person_id=person.id,
            activity_id=activity_id,
            referrer=Referrer.AF,
            unit_id=UnitId("af"),
            referred_on=date.fromisoformat(line["remissdatum"]),
            livelihoods=UNKNOWN,
            submitted_at=moment(line["remissdatum"]) if line["put"] else None,
            withdrawn_on=day_or_none(line["atertagen"]),
            outcome=Outcome(line["beslut"]) if line["beslut"] else None,
            outcome_on=day_or_none(line["beslutsdatum"]),
            also_nafs=bool(line["nafs"]),
            also_sip=bool(line["sip"]),
        )
        rows.referrals.add(conn, referral)
        if line["uppfoljning"]:
            rows.consents.add(conn, _to_statistics(referral))
        if line["inskriven"]:
            episode = rows.episodes.add(conn, _episode(line, referral))
            rows.referrals.save(conn, replace(referral, episode_id=episode.id))


def _to_statistics(referral: Referral) -> Consent:
    return Consent(
        id=ConsentId(f"{referral.id} c"),
        person_id=referral.person_id,
        case_id=referral.id,
        purpose=Purpose.UPPFOLJNING,
        from_on=referral.referred_on,
        until_on=None,
        unit_ids=tuple(map(UnitId, UNITS)),
        kinds=tuple(InfoKind),
        recorded_at=moment(referral.referred_on.isoformat()),
        withdrawn_on=None,
    )


def _episode(line: Line, referral: Referral) -> Episode:
    return Episode(
        id=EpisodeId(f"{referral.activity_id} e{line['case']}"),
        person_id=referral.person_id,
        activity_id=referral.activity_id,
        referral_id=referral.id,
        enrolled_on=date.fromisoformat(line["inskriven"]),
        commissioner_id=UnitId(line["uppdragsgivare"]) if line["uppdragsgivare"] else None,
        discharged_on=day_or_none(line["avslutad"]),
        discharge_reason=DischargeReason(line["avslutsorsak"]) if line["avslutad"] else None,
        livelihoods_out=UNKNOWN if line["avslutad"] else None,
    )


def _store_follow_ups(conn: Connection, lines: Iterable[Line], activity_id: ActivityId) -> None:
    planned = [
        FollowUp(
            id=FollowUpId(f"{activity_id} f{at}"),
            episode_id=EpisodeId(f"{activity_id} e{line['case']}"),
            anchor=Anchor.ENROLMENT,
            months=int(line["months"]),
            due_on=date.fromisoformat(line["due_on"]),
            original_due_on=date.fromisoformat(line["original_due_on"]),
            owner_id=ContactId(f"of {line['owner']}") if line["owner"] else None,
            done_on=day_or_none(line["done_on"]),
            step=int(line["step"]) if line["step"] else None,
            cancelled_on=day_or_none(line["cancelled_on"]),
        )
        for at, line in enumerate(lines)
    ]
    rows.follow_ups.add_all(conn, planned)


def _store_beside(conn: Connection, world: World, activity_id: ActivityId) -> None:
    """Questionnaires, avvikelser and totals."""
    asked = [
        Asked(
            id=AskedId(f"{activity_id} a{at}"),
            episode_id=EpisodeId(f"{activity_id} e{line['case']}"),
            what=AskedWhat(line["what"]),
            occasion=line["occasion"],
            offered_on=day_or_none(line["offered_on"]),
            done_on=day_or_none(line["done_on"]),
            not_offered_on=day_or_none(line["not_offered_on"]),
        )
        for at, line in enumerate(world.asked)
    ]
    rows.asked.add_all(conn, asked)
    deviations = [
        Deviation(
            id=DeviationId(f"{activity_id} d{at}"),
            activity_id=activity_id,
            episode_id=EpisodeId(f"{activity_id} e{line['case']}") if line["case"] else None,
            unit_id=UnitId("af"),
            on=date.fromisoformat(line["on"]),
            kind=DeviationKind(line["kind"]),
            source=DeviationSource.PART,
            what="Kallelsen kom för sent",
            done="Skickas tidigare" if line["closed_on"] else "",
            closed_on=day_or_none(line["closed_on"]),
        )
        for at, line in enumerate(world.deviations)
    ]
    rows.deviations.add_all(conn, deviations)
    totals = [
        Total(
            id=TotalId(f"{activity_id} t{at}"),
            activity_id=activity_id,
            indicator_id=IndicatorId(line["indicator"]),
            first=date.fromisoformat(line["first"]),
            last=date.fromisoformat(line["last"]),
            answers=int(line["answers"]),
            agreed=int(line["agreed"]),
        )
        for at, line in enumerate(world.totals)
    ]
    rows.indicator_totals.add_all(conn, totals)
