"""The same questions as a good programmer would write them straight in SQL on the driver's own connection.

Each checks who may, gives what the screen needs, and writes the same log entry, chained, before it answers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from misam_desktop.domain.access import Actor
from misam_desktop.domain.codes import Role
from misam_desktop.domain.text import fold, prefix_range, sort_key

Row = tuple[Any, ...]
_CASE = """
    FROM person p JOIN referral r ON r.person_id = p.id LEFT JOIN episode e ON e.id = r.episode_id
"""
_TODAY = "a.from_on <= :today AND coalesce(a.to_on, :today) >= :today"
_ACCESS = f"a.case_id = r.id AND a.unit_id = :unit AND {_TODAY}"
_STAYS = """
    (r.unit_id = :unit OR r.kept_by = :unit OR e.commissioner_id = :unit
     OR (:coordinates AND r.submitted_at IS NOT NULL))
"""
_SHARES = ":shares AND r.submitted_at IS NOT NULL"
_HELD = f"SELECT 1 FROM case_access a WHERE {_ACCESS}"
_NAMES_PERSON = "instr('+' || a.kinds || '+', '+grunduppgifter+')"
_LET_IN = "NOT EXISTS (SELECT 1 FROM shut_out s WHERE s.case_id = r.id AND s.contact_id = :contact)"
_REACH = f"({_STAYS} OR ({_SHARES} AND EXISTS ({_HELD}))) AND {_LET_IN}"
_KNOWN = f"({_STAYS} OR ({_SHARES} AND EXISTS ({_HELD} AND {_NAMES_PERSON}))) AND {_LET_IN}"
_IDENTIFIED = f"({_STAYS} OR EXISTS ({_HELD} AND {_NAMES_PERSON}))"
_SHOWN = "(NOT p.protected OR instr('+' || p.protected_owners || '+', '+' || :user || '+'))"
_HITS = f"""
    SELECT p.id, r.id, r.episode_id, p.given_name, p.family_name, p.number, e.enrolled_on, e.discharged_on,
           r.referred_on {_CASE} WHERE {_KNOWN} AND {_SHOWN}
"""
_NAFS_HELD = _HELD.replace("r.id", "n.id")
_NAFS_KNOWN = f"""
    (n.unit_id = :unit OR (:leads AND n.submitted_at IS NOT NULL)
     OR (:shares AND n.submitted_at IS NOT NULL AND EXISTS ({_NAFS_HELD} AND {_NAMES_PERSON})))
    AND {_LET_IN.replace("r.id", "n.id")}
"""
_NAFS_HITS = f"""
    SELECT p.id, n.id, NULL, p.given_name, p.family_name, p.number, NULL, NULL, n.raised_on
    FROM person p JOIN nafs_case n ON n.person_id = p.id WHERE {_NAFS_KNOWN} AND {_SHOWN}
"""


class Hand(NamedTuple):
    """A raw connection to the store, and who asks."""

    raw: Any
    actor: Actor
    role: Role
    now: Callable[[], datetime]
    today: date

    def read(self, statement: str, **values: Any) -> list[Row]:
        """The rows of one statement."""
        actor = self.actor
        who: dict[str, Any] = {"user": actor.user_id, "unit": actor.unit_id, "contact": actor.contact_id}
        who |= {"coordinates": self.role == Role.KOORDINATOR, "shares": self.role == Role.HANDLAGGARE}
        who |= {"today": str(self.today), "leads": self.role == Role.NAFS_KOORDINATOR}
        return self.raw.execute(statement, who | values).fetchall()  # type: ignore[no-any-return]

    def let_through(self, readable: Collection[str], statement: str, **values: Any) -> list[Row]:
        """The rows of one statement, without the columns that tell what may not be read."""
        cursor = self.raw.execute(statement, values)
        names = [column[0] for column in cursor.description]
        shown = [all(kind in readable for kind in _TELLS.get(name, ())) for name in names]
        rows = cursor.fetchall()
        return rows if all(shown) else [_emptied(row, shown) for row in rows]

    def log(self, action: str, named: Sequence[tuple[str, str]]) -> None:
        """The chained entries of one read, in a transaction of their own."""
        execute = self.raw.execute
        execute("BEGIN IMMEDIATE")
        seq, digest = execute("SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1").fetchone()
        at, actor = self.now().strftime("%Y-%m-%dT%H:%M:%S.%f+00:00"), self.actor
        rows = []
        for object_id, person_id in named:
            seq += 1
            row = (seq, at, actor.user_id, self.role.value, actor.unit_id, action, object_id, person_id, "", 1, digest)
            parts = [str(part).encode() for part in row]
            digest = hashlib.sha256(b"".join(len(one).to_bytes(4, "big") + one for one in parts)).hexdigest()
            rows.append((*row, digest))
        self.raw.executemany("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        execute("COMMIT")


def search_by_number(hand: Hand, digits: str) -> list[Row]:
    """The latest case of the person with a number."""
    found = hand.read(f"{_HITS} AND p.number = :number ORDER BY r.referred_on DESC", number=digits)
    nafs = hand.read(f"{_NAFS_HITS} AND p.number = :number ORDER BY n.raised_on DESC", number=digits)
    return _hits(hand, [*found, *nafs])


def search_by_name(hand: Hand, text: str, *, logged: bool = True) -> list[Row]:
    """The latest cases of twenty persons whose family or given name begins so; whose identity is protected not."""
    low, high = prefix_range(fold(text))
    first = " UNION ".join(
        f"""SELECT id FROM (SELECT p.id FROM (
                SELECT * FROM person WHERE {key} >= :low AND {key} < :high ORDER BY {key} LIMIT 200
            ) p WHERE (EXISTS (
                SELECT 1 FROM referral r LEFT JOIN episode e ON e.id = r.episode_id
                WHERE r.person_id = p.id AND {_KNOWN}
            ) OR EXISTS (SELECT 1 FROM nafs_case n WHERE n.person_id = p.id AND {_NAFS_KNOWN}))
            AND NOT p.protected LIMIT 20)"""
        for key in ("family_key", "given_key")
    )
    found = hand.read(f"{_HITS} AND p.id IN ({first}) ORDER BY r.referred_on DESC", low=low, high=high)
    nafs = hand.read(f"{_NAFS_HITS} AND p.id IN ({first}) ORDER BY n.raised_on DESC", low=low, high=high)
    return _hits(hand, [*found, *nafs], logged=logged)


def _hits(hand: Hand, found: list[Row], *, logged: bool = True) -> list[Row]:
    latest: dict[str, Row] = {}
    for row in found:
        if row[0] not in latest:
            what = "remiss" if row[6] is None else "pågår" if row[7] is None else "avslutad"
            shown = (f"{row[3]} {row[4]}".strip(), f"{row[5][2:8]}-••••", what, row[7] or row[6] or row[8])
            latest[row[0]] = (row[0], row[1], row[2], *shown)
    hits = sorted(latest.values(), key=lambda hit: sort_key(hit[3]))[:20]
    if logged:
        hand.log("search.settled", [(hit[1], hit[0]) for hit in hits] or [("", "")])
    return hits


def worklist(hand: Hand) -> list[Row]:
    """The open follow-ups of one handläggare, three months ahead."""
    found = hand.read(
        f"""SELECT f.id, f.episode_id, p.given_name, p.family_name, p.number, p.protected, p.protected_owners, f.months,
                  f.due_on, f.original_due_on, f.unreached_on, f.tries, f.owner_id, c.name, u.short, f.version,
                  {_IDENTIFIED}
           FROM follow_up f JOIN episode e ON e.id = f.episode_id JOIN referral r ON r.id = e.referral_id
           JOIN person p ON p.id = e.person_id LEFT JOIN contact c ON c.id = f.owner_id
           LEFT JOIN unit u ON u.id = e.commissioner_id
           WHERE f.done_on IS NULL AND f.cancelled_on IS NULL AND f.due_on <= :last AND f.owner_id = :contact
             AND {_REACH}
           ORDER BY f.due_on, f.id""",
        last=str(hand.today + timedelta(days=92)),
    )
    hand.log("follow_ups.listed", [("", "")])
    return [_waiting(hand, row) for row in found]


def _waiting(hand: Hand, row: Row) -> Row:
    hidden = row[5] and hand.actor.user_id not in row[6].split("+")
    days_left = (date.fromisoformat(row[8]) - hand.today).days
    state = (
        "forfallen" if days_left < 0 else "kunde_inte_nas" if row[10] else "snart" if days_left <= 14 else "kommande"
    )
    name = "Skyddad" if hidden else f"{row[2]} {row[3]}".strip() if row[16] else "Ingår inte i samtycket"
    number = "Skyddad" if hidden else f"{row[4][2:8]}-••••" if row[16] else "Ingår inte i samtycket"
    return (row[0], row[1], name, number, row[7], row[8], row[9], state, days_left, *row[11:16])


def open_case(hand: Hand, episode_id: str) -> dict[str, list[Row]]:
    """One case with everything its page shows, emptied of what may not be read."""
    person_id, activity_id, referral_id, of_referral, of_episode = _opened(hand, episode_id)

    def read(statement: str) -> list[Row]:
        return hand.let_through(of_episode, statement, id=episode_id, referral=referral_id)

    page = {
        "episode": read("SELECT * FROM episode WHERE id = :id"),
        "referral": hand.let_through(of_referral, "SELECT * FROM referral WHERE id = :id", id=referral_id),
        "person": hand.let_through(of_referral, "SELECT * FROM person WHERE id = :id", id=person_id),
        "activity": hand.read("SELECT * FROM activity WHERE id = :id", id=activity_id),
        "consents": hand.let_through(
            of_referral, "SELECT * FROM consent WHERE case_id = :id ORDER BY id", id=referral_id
        ),
        "disclosures": hand.read("SELECT * FROM disclosure WHERE case_id = :id ORDER BY id", id=referral_id),
        "follow_ups": read(
            "SELECT f.*, u.name FROM follow_up f LEFT JOIN user u ON u.id = f.done_by WHERE episode_id = :id "
            "ORDER BY due_on, f.id"
        ),
        "commitments": read("SELECT * FROM commitment WHERE episode_id = :id ORDER BY id"),
        "assignments": read("SELECT * FROM assignment WHERE episode_id = :id ORDER BY id"),
        "asked": read("SELECT * FROM asked WHERE episode_id = :id ORDER BY id"),
        "talks": read('SELECT * FROM talk WHERE episode_id = :id ORDER BY "on", id'),
        "deviations": read('SELECT * FROM deviation WHERE episode_id = :id ORDER BY "on" DESC, id'),
        "assessments": read("SELECT * FROM assessment WHERE referral_id = :referral ORDER BY id"),
        "others": hand.read(
            f"SELECT e.* {_CASE} WHERE e.person_id = :person AND e.id <> :id AND {_REACH} "
            "ORDER BY e.enrolled_on DESC, e.id",
            person=person_id,
            id=episode_id,
        ),
    }
    hand.log("case.opened", [(episode_id, person_id)])
    return page


def _opened(hand: Hand, episode_id: str) -> tuple[str, str, str, frozenset[str], frozenset[str]]:
    """Person, activity and referral of a case, and the kinds that may be read of its referral and of what followed."""
    found = hand.read(
        f"""SELECT e.person_id, e.activity_id, r.id, p.protected, p.protected_owners, r.unit_id, e.commissioner_id,
                   (SELECT a.kinds FROM case_access a WHERE {_ACCESS}),
                   EXISTS (SELECT 1 FROM case_access a
                           WHERE a.case_id = r.id AND a.unit_id = coalesce(r.unit_id, r.kept_by) AND {_TODAY})
            {_CASE} WHERE e.id = :id AND {_REACH}""",
        id=episode_id,
    )
    if not found or (found[0][3] and hand.actor.user_id not in found[0][4].split("+")):
        raise LookupError
    person_id, activity_id, referral_id, _, _, *homes, named, holds = found[0]
    kinds = frozenset({"grunduppgifter", *(named or "").split("+")})
    mine = _EVERYTHING if holds else frozenset({"grunduppgifter"})
    of_referral, of_episode = (mine if home == hand.actor.unit_id else kinds for home in homes)
    return person_id, activity_id, referral_id, of_referral, of_episode


_NOTE = ("planering", "halsa", "social")
_TELLS = {
    **dict.fromkeys(("number", "given_name", "family_name", "sex", "phone", "address", "proxy"), ("grunduppgifter",)),
    **dict.fromkeys(("language", "interpreter", "easy_read", "informed_on", "guardian"), ("grunduppgifter",)),
    **dict.fromkeys(("question", "needed_unit_ids", "needed_why", "close_cooperation"), ("fragestallning",)),
    "target_reason": ("fragestallning",),
    **dict.fromkeys(("livelihoods", "livelihoods_out", "support_months", "sgi0"), ("forsorjning",)),
    **dict.fromkeys(("education", "education_out", "destination"), ("arbete_studier",)),
    "discharge_reason": ("halsa",),
    "priorities": ("social",),
    **dict.fromkeys(("rereferral_reason", "what", "text", "team", "planning_after"), ("planering",)),
    **dict.fromkeys(("step", "next_step"), ("planering",)),
    **dict.fromkeys(("not_held", "not_shared", "note", "moved_why", "discharge_text"), _NOTE),
}
_EVERYTHING = frozenset(kind for kinds in _TELLS.values() for kind in kinds)


def _emptied(row: Row, shown: Sequence[bool]) -> Row:
    return tuple(value if is_shown else None for value, is_shown in zip(row, shown, strict=True))


_MONTHS = """
    CASE WHEN support_months IS NULL THEN 'okand' WHEN support_months < 12 THEN 'under_1'
         WHEN support_months < 24 THEN '1_2' WHEN support_months < 60 THEN '2_5'
         WHEN support_months < 120 THEN '5_10' ELSE '10_' END
"""
_AGE = """
    CASE WHEN age BETWEEN 16 AND 29 THEN '16-29' WHEN age BETWEEN 30 AND 44 THEN '30-44'
         WHEN age BETWEEN 45 AND 59 THEN '45-59' WHEN age BETWEEN 60 AND 64 THEN '60-64' ELSE 'ovrig' END
"""
_PARTICIPATIONS = """
    WITH parts AS MATERIALIZED (
        SELECT e.person_id, p.sex, r.referrer, r.education, r.support_months, e.enrolled_on, e.discharged_on,
               e.discharge_reason, e.destination, r.earlier_episode_id IS NOT NULL AS again,
               substr(r.livelihoods, 1, instr(r.livelihoods || '+', '+') - 1) AS livelihood,
               substr(e.livelihoods_out, 1, instr(e.livelihoods_out || '+', '+') - 1) AS livelihood_out,
               e.discharged_on IS NOT NULL AND e.discharged_on <= :last AS ended,
               substr(min(coalesce(e.discharged_on, :last), :last), 1, 4) - substr(p.number, 1, 4)
                 - (replace(substr(min(coalesce(e.discharged_on, :last), :last), 6), '-', '') < substr(p.number, 5, 4))
                 AS age,
               NOT p.protected AND EXISTS (
                   SELECT 1 FROM consent c WHERE c.case_id = e.referral_id AND c.purpose = 'uppfoljning'
                   AND c.from_on <= coalesce(e.discharged_on, :today)
                   AND (c.until_on IS NULL OR c.until_on >= e.enrolled_on)
                   AND (c.withdrawn_on IS NULL OR (c.withdrawn_on > e.enrolled_on AND c.withdrawn_on > c.from_on))
               ) AS detailed
        FROM episode e JOIN referral r ON r.id = e.referral_id JOIN person p ON p.id = e.person_id
        WHERE e.activity_id = :activity AND e.enrolled_on <= :last
          AND (e.discharged_on IS NULL OR e.discharged_on >= :first)
          AND (e.discharge_reason IS NULL OR e.discharge_reason <> 'felregistrerad')
    )
"""
_ENTRY = {
    "aldersgrupp": _AGE,
    "remittent": "referrer",
    "utbildning": "education",
    "forsorjning_in": "livelihood",
    "tid_offentlig": _MONTHS,
}
_EXIT = {"forsorjning_ut": "livelihood_out", "avslutsorsak": "discharge_reason", "avslutad_till": "destination"}
_ACCOUNT = (
    _PARTICIPATIONS
    + """
    SELECT 'deltagare', 'total', sex, count(*) FROM parts GROUP BY sex
    UNION ALL SELECT 'deltagare', 'personer', sex, count(DISTINCT person_id) FROM parts GROUP BY sex
    UNION ALL SELECT 'deltagare', 'nya', sex, count(*) FROM parts WHERE enrolled_on >= :first GROUP BY sex
    UNION ALL SELECT 'deltagare', 'avslutade', sex, count(*) FROM parts WHERE ended GROUP BY sex
    UNION ALL SELECT 'deltagare', 'aterremitterade', sex, count(*) FROM parts WHERE enrolled_on >= :first AND again
        GROUP BY sex
    """
    + "".join(
        f" UNION ALL SELECT '{section}', CASE WHEN detailed THEN {code} ELSE 'utan_detaljer' END AS code, sex, count(*)"
        f" FROM parts {where} GROUP BY code, sex"
        for sections, where in ((_ENTRY, ""), (_EXIT, "WHERE ended"))
        for section, code in sections.items()
    )
)


def yearly_account(hand: Hand, activity_id: str, year: int) -> dict[tuple[str, str, str], int]:
    """Every figure of the account, by section, row and kön."""
    found = hand.read(
        _ACCOUNT, activity=activity_id, first=f"{year}-01-01", last=f"{year}-12-31", today=str(hand.today)
    )
    hand.log("report.yearly_account", [("", "")])
    return {row[:3]: row[3] for row in found}
