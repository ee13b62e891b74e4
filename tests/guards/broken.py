"""The guards, each with how it is broken and the tests that must notice. ``was`` stands once in its file."""

from __future__ import annotations

from typing import NamedTuple


class Broken(NamedTuple):
    """One guard out of work: in ``file``, ``was`` becomes ``now``, and one of ``tests`` must fail."""

    guard: str
    file: str
    was: str
    now: str
    tests: tuple[str, ...]


_ACCESS, _SCOPE, _REACH = "domain/access.py", "domain/scope.py", "queries/reach.py"
_MATRIX = ("tests/domain",)

GUARDS = (
    Broken(
        "a small count that is hidden cannot be worked out",
        "domain/suppression.py",
        "    while given_away := _given_away(known, equations, hidden):\n",
        "    while given_away := set[Cell]():\n",
        ("tests/domain/test_suppression.py",),
    ),
    Broken(
        "a report leaves when the password was given",
        "commands/reports.py",
        '@command("report.given", needs=May.SEE_REPORTS, touches=(), proves=True)',
        '@command("report.given", needs=May.SEE_REPORTS, touches=())',
        ("tests/commands/test_reports.py",),
    ),
    Broken(
        "what tells of single persons stays on the screen",
        "report_words.py",
        "inside = [one.id for one in report.sections if stays_inside(one.id)]",
        "inside: list[str] = []",
        ("tests/commands/test_reports.py",),
    ),
    Broken(
        "jäv shuts a colleague out of the case",
        _ACCESS,
        "if actor.contact_id is not None and actor.contact_id in subject.shut_out:",
        "if False:",
        _MATRIX,
    ),
    Broken(
        "jäv takes the case out of every list",
        _REACH,
        "return and_(within, referral.id.not_in(sorted(look.shut_out))) if look.shut_out else within",
        "return within",
        ("tests/queries",),
    ),
    Broken(
        "jäv takes a NAFS case and a SIP out of every list",
        _REACH,
        "return and_(within, case.id.not_in(sorted(look.shut_out))) if look.shut_out else within",
        "return within",
        ("tests/queries/test_reach.py",),
    ),
    Broken(
        "the log of samverkan tells of no NAFS case",
        "queries/log.py",
        "    (_N.id, _N.id, tables.nafs_case),\n",
        "",
        ("tests/queries/test_nafs_beside.py",),
    ),
    Broken(
        "an answer leaves by the consent, whoever began the case",
        "store/subjects.py",
        "    return any(one.answer for one in asked) or any(one.next_step for one in items)\n",
        "    return False\n",
        ("tests/queries/test_nafs_beside.py",),
    ),
    Broken(
        "what may not be read is not written over",
        "domain/gate.py",
        "        raise NotAllOfIt\n",
        "        return\n",
        ("tests/queries/test_nafs_beside.py",),
    ),
    Broken(
        "a protected identity is its owners' alone",
        _ACCESS,
        "if subject.protected and actor.user_id not in subject.owners:",
        "if False:",
        _MATRIX,
    ),
    Broken(
        "a protected person is found by nobody else",
        "queries/search.py",
        "kind.known(asker), shown.is_shown(asker))",
        "kind.known(asker))",
        ("tests/queries/test_search.py",),
    ),
    Broken(
        "protected: number, telephone and address are kept back",
        "domain/protection.py",
        "if not person.protected or not person.number.is_shown:",
        "if True:",
        ("tests/queries/test_protected.py",),
    ),
    Broken(
        "protected: a click on the number is not enough",
        "queries/cases.py",
        "    must_not_be_protected(person)\n",
        "",
        ("tests/queries/test_protected.py",),
    ),
    Broken(
        "protected: what is read for a reason is logged each time",
        "vault.py",
        "if look.purpose or (event, *names) not in recent]",
        "if (event, *names) not in recent]",
        ("tests/queries/test_protected.py",),
    ),
    Broken(
        "protected: a mark is lifted by who is named on all of the number",
        "commands/protection.py",
        "    rules.must_be_named_on_all(tx.actor.user_id, found)\n",
        "",
        ("tests/commands/test_protection.py",),
    ),
    Broken(
        "a consent that was taken back or has run out decides nothing",
        _SCOPE,
        "return latest if latest is not None and valid_on(latest, today) else None",
        "return latest",
        _MATRIX,
    ),
    Broken(
        "no meeting is told to have taken up a case whose consent no longer held",
        "queries/report_nafs.py",
        "or_(agreed, and_(stood, consented))",
        "or_(agreed, stood)",
        ("tests/queries/test_recount_nafs.py",),
    ),
    Broken(
        "a later paper takes the place of the earlier one",
        _SCOPE,
        "latest = max(begun, key=in_order, default=None)",
        "latest = min(begun, key=in_order, default=None)",
        _MATRIX,
    ),
    Broken(
        "a unit reads nothing before the case was shared with it",
        _SCOPE,
        "opened = [one for one in disclosures if _opens(one, consent, unit_id) and one.on <= today]",
        "opened = [one for one in disclosures if one.on <= today]",
        _MATRIX,
    ),
    Broken(
        "lists ask whether the consent still holds today",
        _REACH,
        "return _A.unit_id == unit_id, _A.from_on <= on, or_(_A.to_on.is_(None), _A.to_on >= on)",
        "return _A.unit_id == unit_id, _A.from_on <= on",
        ("tests/queries",),
    ),
    Broken(
        "what units may read is worked out anew with every change",
        "store/engine.py",
        "        access.refresh(conn)\n",
        "",
        ("tests/queries", "tests/store"),
    ),
    Broken(
        "what may not be read is emptied before it leaves the door",
        "domain/gate.py",
        "    return replace(value, **empty) if empty else value",
        "    return value",
        ("tests/domain", "tests/queries", "tests/gui/test_elsewhere.py"),
    ),
    Broken(
        "whoever gets the case stands in the consent",
        "domain/consent.py",
        "    if not {*unit_ids} <= {*named.unit_ids}:",
        "    if False:",
        ("tests/domain", "tests/commands/test_episodes.py"),
    ),
    Broken(
        "what one may not see reads like what does not exist",
        "vault.py",
        "raise _REFUSED.get(decision.reason, NotFound) if self.allowed(subject, May.READ_CASE) else NotFound",
        "raise NotPermitted",
        ("tests/vault", "tests/queries"),
    ),
    Broken(
        "a read is logged before it is shown",
        "vault.py",
        "            self._log_reads(looks[0], question.event, decision)\n",
        "            pass\n",
        ("tests/vault/test_door.py",),
    ),
    Broken(
        "what is found while typing is shown while it could be logged",
        "vault.py",
        "            self._rehearse(looks[0], question.event, decision)\n",
        "            pass\n",
        ("tests/vault/test_unlogged.py",),
    ),
    Broken(
        "another unit's draft does not stand in the log",
        "queries/log.py",
        "and_(of_role(look), or_(own, is_known(look)))",
        "of_role(look)",
        ("tests/queries/test_log_page.py",),
    ),
    Broken(
        "who has looked is told whole or not at all",
        "queries/log.py",
        "includes(look.actor, May.REVIEW_LOG) and any(_is_kept_from(look, one) for one in twins)",
        "False",
        ("tests/queries/test_log_page.py",),
    ),
    Broken(
        "what was refused reads in one's own log like what does not exist",
        "queries/log.py",
        'return case((or_(_L.allowed == 1, is_known(look)), column), else_="")',
        "return column",
        ("tests/queries/test_log.py",),
    ),
    Broken(
        "what a command hands back of a case is cut in all that it holds",
        "domain/gate.py",
        "return replace(emptied, **changed) if changed else emptied",
        "return emptied",
        ("tests/commands/test_consent_papers.py",),
    ),
    Broken(
        "of an episode that another unit commissions the one that referred gets no more back than the consent says",
        "vault.py",
        "self.kinds = self.allowed(subjects.at_commissioner(subject, episode)).kinds",
        "pass",
        ("tests/queries/test_emptied.py",),
    ),
    Broken(
        "a consent is known to the units that it names, and to those whose case it is",
        "queries/permitted.py",
        "return opens_papers(decision) or look.actor.unit_id in consent.unit_ids",
        "return True",
        ("tests/queries/test_consents.py",),
    ),
    Broken(
        "a change is logged in its own transaction",
        "vault.py",
        "tx.conn, [_entry(tx, request.event, decision, *names, purpose=tx.purpose) for names in named]",
        "tx.conn, [_entry(tx, request.event, decision)]",
        ("tests/vault/test_door.py",),
    ),
    Broken(
        "a refusal is logged too",
        "vault.py",
        "            self._log_refusal(request.event, request.needs, now=now, today=today, tried=tried)\n",
        "",
        ("tests/vault/test_door.py", "tests/commands/test_every_command.py"),
    ),
    Broken(
        "the log's chain ties each entry to the one before",
        "store/log.py",
        'row["previous"] != previous or ',
        "",
        ("tests/store/test_log.py",),
    ),
    Broken(
        "what one unit wrote of a person fills no other unit's form",
        "queries/persons.py",
        "if _is_of(subjects.of_person(look.conn, person), unit_id):",
        "if person:",
        ("tests/queries/test_number_look_up.py",),
    ),
    Broken(
        "a paper leaves no more than the consent lets go when it leaves",
        "domain/gate.py",
        "    if not seen <= now:\n        raise GateChanged\n",
        "",
        ("tests/domain/test_gate.py", "tests/commands/test_hand_outs.py"),
    ),
    Broken(
        "a list leaves out whose consent was taken back while it was made",
        "commands/lists.py",
        " for one in found if seen[one.id] <= one.kinds]",
        " for one in found]",
        ("tests/commands/test_lists.py",),
    ),
    Broken(
        "what takes much out asks for the password again",
        "vault.py",
        "    if request.proves and not tx.is_proven:\n        raise ProofNeeded\n",
        "",
        ("tests/vault/test_proof.py", "tests/commands/test_lists.py"),
    ),
    Broken(
        "a key is looked at only with the password",
        "vault.py",
        "                if question.proves and not self._is_proven(now):\n                    raise ProofNeeded\n",
        "",
        ("tests/commands/test_nafs_outgoing.py",),
    ),
    Broken(
        "rows are not copied past the gate",
        "gui/tables.py",
        "        if event.matches(QKeySequence.StandardKey.Copy):",
        "        if False:",
        ("tests/gui/test_copying.py",),
    ),
)
