"""The reports of referrals and episodes as a good programmer would count them in SQL alone."""

from __future__ import annotations

from tests.bench.by_hand_parts import MET, OVERLAPS, REAL, by, meetings

_CONSENTS = """
    NOT p.protected AND EXISTS (
        SELECT 1 FROM consent c WHERE c.case_id = r.id AND c.purpose = 'uppfoljning'
        AND c.from_on <= coalesce(e.discharged_on, :today)
        AND (c.until_on IS NULL OR c.until_on >= coalesce(e.enrolled_on, r.referred_on))
        AND (c.withdrawn_on IS NULL OR (c.withdrawn_on > coalesce(e.enrolled_on, r.referred_on)
             AND c.withdrawn_on > c.from_on))
    )
"""
_MAIN = "substr({0}, 1, instr({0} || '+', '+') - 1)"
FORUM = "WITH" + MET + """
    , them AS MATERIALIZED (
        SELECT p.sex, coalesce(r.outcome, 'okand') AS outcome, r.also_nafs, r.also_sip,
               julianday(r.outcome_on) - julianday(r.referred_on) AS days,
               CASE WHEN r.withdrawn_on <= :last THEN 'atertagna'
                    WHEN r.outcome IS NULL THEN CASE WHEN r.episode_id IS NULL THEN 'vantar' ELSE 'avgjorda' END
                    WHEN r.outcome_on > :last THEN 'vantar'
                    WHEN r.outcome = 'komplettera' THEN 'kompletteras' ELSE 'avgjorda' END AS stands
        FROM referral r JOIN person p ON p.id = r.person_id LEFT JOIN episode e ON e.id = r.episode_id
        WHERE r.activity_id = :activity AND r.referred_on BETWEEN :first AND :last AND r.submitted_at IS NOT NULL
          AND """ + REAL + """
    ), taken AS MATERIALIZED (
        SELECT days, row_number() OVER (ORDER BY days) AS number, count(*) OVER () AS of
        FROM them WHERE stands = 'avgjorda' AND days IS NOT NULL
    )
    """ + " UNION ALL ".join((
    by("remisser", "'total'", "sex"),
    by("remisser", "stands", "sex"),
    by("bedomning", "outcome", "sex", "stands = 'avgjorda'"),
    by("bedomning_aven", "'also_nafs'", "sex", "stands = 'avgjorda' AND also_nafs"),
    by("bedomning_aven", "'also_sip'", "sex", "stands = 'avgjorda' AND also_sip"),
    by(
        "dagar",
        "CASE WHEN days IS NULL THEN 'okand' WHEN days <= 7 THEN '0-7' WHEN days <= 14 THEN '8-14'"
        " WHEN days <= 28 THEN '15-28' ELSE '29-' END",
        "sex",
        "stands = 'avgjorda'",
    ),
    by("vantetid", "'vantetid'", "'antal'", "stands = 'avgjorda' AND days IS NOT NULL"),
    "SELECT 'vantetid', 'vantetid', 'median_dagar', avg(days) FROM taken WHERE number IN ((of + 1) / 2, (of + 2) / 2)",
    "SELECT 'vantetid', 'vantetid', 'medel_dagar', avg(days) FROM taken",
    *meetings(kept="moten", attended="narvaro"),
    "SELECT 'alla_myndigheter', 'alla', 'hallna', count(DISTINCT id) FROM attended",
    "SELECT 'alla_myndigheter', 'alla', 'alla', count(*) FROM (SELECT id FROM attended GROUP BY id"
    " HAVING max(presence IN ('franvarande', 'okand')) = 0)",
))  # fmt: skip
FOLLOWED = """
    WITH found AS MATERIALIZED (
        SELECT coalesce(u.agency, 'okand') AS agency, coalesce(f.owner_id, 'okand') AS owner,
               CASE WHEN f.months IN (3, 6, 9, 12) THEN 'm' || f.months ELSE 'ovriga_manader' END AS month,
               f.due_on <> f.original_due_on AS moved,
               CASE WHEN f.done_on <= :until THEN CASE WHEN f.done_on > f.due_on THEN 'sena' ELSE 'i_tid' END
                    WHEN f.cancelled_on <= :until THEN 'installda'
                    WHEN f.due_on < :until THEN 'forfallna' ELSE 'kommande' END AS stands
        FROM episode e JOIN follow_up f ON f.episode_id = e.id LEFT JOIN unit u ON u.id = e.commissioner_id
        WHERE e.activity_id = :activity AND f.due_on BETWEEN :first AND :last AND """ + REAL + """
    ), them AS MATERIALIZED (
        SELECT 'uppf' AS section, 'total' AS at, moved, stands FROM found
        UNION ALL SELECT 'uppf', month, moved, stands FROM found
        UNION ALL SELECT 'uppf_myndighet', agency, moved, stands FROM found
        UNION ALL SELECT 'uppf_handlaggare', owner, moved, stands FROM found
    )
    SELECT section, at, 'total', count(*) FROM them GROUP BY section, at
    UNION ALL SELECT section, at, stands, count(*) FROM them GROUP BY section, at, stands
    UNION ALL SELECT section, at, 'flyttade', count(*) FROM them WHERE moved GROUP BY section, at
    UNION ALL SELECT section, at, 'matta', count(*) FROM them WHERE stands IN ('i_tid', 'sena', 'forfallna')
        GROUP BY section, at
"""  # fmt: skip
_ENDED = "discharged_on BETWEEN :first AND :last"
FLOW = """
    WITH RECURSIVE month(first) AS (
        SELECT :first UNION ALL SELECT date(first, '+1 month') FROM month WHERE date(first, '+1 month') <= :last
    ), them AS MATERIALIZED (
        SELECT e.enrolled_on, e.discharged_on, p.sex,
               (SELECT min(b.referred_on) FROM referral b WHERE b.earlier_episode_id = e.id
                AND b.submitted_at IS NOT NULL AND b.withdrawn_on IS NULL) AS again
        FROM episode e JOIN person p ON p.id = e.person_id
        WHERE e.activity_id = :activity AND """ + f"{OVERLAPS} AND {REAL}" + """
    )
    SELECT 'flode_belaggning', 'oppna', 'antal', count(*) FROM them
        WHERE discharged_on IS NULL OR discharged_on > :until
    UNION ALL SELECT 'flode_manad', substr(enrolled_on, 1, 7), 'nya', count(*) FROM them
        WHERE enrolled_on >= :first GROUP BY 2
    UNION ALL SELECT 'flode_manad', substr(discharged_on, 1, 7), 'avslutade', count(*) FROM them
        WHERE """ + _ENDED + """ GROUP BY 2
    UNION ALL SELECT 'flode_manad', substr(first, 1, 7), 'oppna', count(*) FROM month JOIN them
        ON enrolled_on < date(first, '+1 month')
        AND (discharged_on IS NULL OR discharged_on >= date(first, '+1 month')) GROUP BY 2
    UNION ALL SELECT 'flode_ater', 'total', 'avslutade', count(*) FROM them WHERE """ + _ENDED + """
    UNION ALL SELECT 'flode_ater', sex, 'avslutade', count(*) FROM them WHERE """ + _ENDED + """ GROUP BY sex
"""  # fmt: skip
_PARTS = """
    WITH parts AS MATERIALIZED (
        SELECT e.id, e.person_id, p.sex, r.support_months, e.discharged_on, """ + f"""
               {_MAIN.format("r.livelihoods")} AS came, {_MAIN.format("e.livelihoods_out")} AS went,
               {_CONSENTS} AS detailed
        FROM episode e JOIN referral r ON r.id = e.referral_id JOIN person p ON p.id = e.person_id
        WHERE e.activity_id = :activity AND {OVERLAPS} AND {REAL}
    )
"""  # fmt: skip
FINSAM = """
    SELECT 'finsam', 'personer', p.sex, count(DISTINCT e.person_id) FROM episode e JOIN person p ON p.id = e.person_id
        WHERE e.activity_id = :activity AND """ + f"{OVERLAPS} AND {REAL}" + """ GROUP BY p.sex
    UNION ALL SELECT 'finsam', 'deltaganden', p.sex, count(*) FROM episode e JOIN person p ON p.id = e.person_id
        WHERE e.activity_id = :activity AND """ + f"{OVERLAPS} AND {REAL}" + """ GROUP BY p.sex
"""  # fmt: skip
STEPS = _PARTS + """
    , noted AS MATERIALIZED (
        SELECT f.episode_id, f.step, count(*) OVER whole AS times,
               first_value(f.step) OVER whole AS began, last_value(f.step) OVER whole AS here,
               row_number() OVER (PARTITION BY f.episode_id ORDER BY f.done_on, f.months) AS number
        FROM parts JOIN follow_up f ON f.episode_id = parts.id WHERE f.step IS NOT NULL AND f.done_on <= :last
        WINDOW whole AS (PARTITION BY f.episode_id ORDER BY f.done_on, f.months
                         ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
    ), them AS MATERIALIZED (
        SELECT parts.*, began, here, times FROM parts LEFT JOIN noted ON noted.episode_id = parts.id AND number = 1
    )
    """ + " UNION ALL ".join((
    by(
        "steg_riktning",
        "CASE WHEN NOT detailed THEN 'utan_detaljer' WHEN times IS NULL THEN 'okand' WHEN times < 2 THEN 'ett_steg'"
        " WHEN here = began THEN 'kvar' WHEN here > began THEN 'framat' ELSE 'bakat' END",
        "sex",
    ),
    by("steg", "'steg_' || began", "'steg_' || here", "detailed AND times >= 2"),
    by("forsorjning_flode", "came", "coalesce(went, 'okand')", f"detailed AND {_ENDED}"),
))  # fmt: skip
GOALS = """
    WITH them AS MATERIALIZED (
        SELECT r.referred_on, e.discharged_on, e.destination, """ + f"""
               {_MAIN.format("e.livelihoods_out")} AS went, {_CONSENTS} AS detailed, {OVERLAPS} AS takes
        FROM referral r JOIN person p ON p.id = r.person_id LEFT JOIN episode e ON e.id = r.episode_id
        WHERE r.activity_id = :activity AND r.submitted_at IS NOT NULL AND {REAL}
          AND ((r.referred_on BETWEEN :first AND :last) OR ({OVERLAPS}))
    )
    """ + " UNION ALL ".join(
    by("mal", f"'{goal}'", "'namnare'", f"detailed AND {whom}")
    + " UNION ALL "
    + by("mal", f"'{goal}'", "'utan_detaljer'", f"NOT detailed AND {whom}")
    + " UNION ALL "
    + by("mal", f"'{goal}'", "'taljare'", f"detailed AND {whom} AND discharged_on <= :last AND {reached}")
    for goal, whom, reached in (
        ("mal_1", _ENDED, "destination = 'arbete'"),
        ("mal_2", "referred_on BETWEEN :first AND :last", "destination IN ('arbete', 'studier')"),
        ("mal_3", "takes", "went IN ('lon', 'studiestod')"),
    )
)  # fmt: skip
