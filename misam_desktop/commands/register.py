"""Taking over the team's list and giving it back: everything in one transaction, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from misam_desktop.commands.disclosures import given_to, why_exported
from misam_desktop.commands.register_intake import Intake
from misam_desktop.domain.access import May, Subject
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.codes import Act, ExportPurpose, InfoKind
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.gate import OWN_FILES, To, leaving, let_through, must_leave, must_suit, preview, stays
from misam_desktop.domain.ids import ActivityId, ContactId
from misam_desktop.domain.people import Contact
from misam_desktop.domain.register import (
    KINDS_TOLD,
    LEFT_OUT,
    Planned,
    Read,
    RegisterRow,
    Verdict,
    as_listed,
    is_same_plan,
)
from misam_desktop.domain.scope import EVERYTHING
from misam_desktop.queries.register import Known, Newcomers, Stored, compare, known_names, newcomers, whole_register
from misam_desktop.store import rows
from misam_desktop.vault import Topic, Tx, command


class HasWrongRows(UserError):
    """Some rows could not be taken, and nobody has said that the good ones shall be taken alone."""

    code = "has_wrong_rows"


class PlanChanged(UserError):
    """Somebody has changed something since the plan was shown: what was accepted is not what would be done."""

    code = "plan_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How many rows got which verdict, and what came to be beside the participations.

    ``import_id`` stands in the log on every entry of the import, so that all that one list brought in can be found.
    """

    import_id: str
    verdicts: dict[Verdict, int]
    new_activities: tuple[str, ...]
    new_contacts: tuple[str, ...]


@command(
    "register.imported",
    needs=May.IMPORT_REGISTER,
    touches=(Topic.CASES, Topic.PERSONS, Topic.CONSENTS, Topic.FOLLOW_UPS, Topic.CONTACTS, Topic.SETTINGS),
)
def import_register(
    tx: Tx, reads: Sequence[Read], *, good_rows: bool = False, seen: Sequence[Planned] | None = None
) -> Imported:
    """Carry out the plan of a list, made anew inside the transaction. Raises PlanChanged, HasWrongRows.

    ``seen`` is the plan that was accepted. Doubtful rows are never taken: somebody looks at them first.
    """
    comparison = compare(tx, reads)
    if seen is not None and not is_same_plan(seen, comparison.planned):
        raise PlanChanged
    verdicts = Counter(row.verdict for row in comparison.planned)
    left_out = sum(verdicts[verdict] for verdict in LEFT_OUT)
    if left_out and not good_rows:
        raise HasWrongRows(count=left_out)
    import_id = tx.new_id()
    tx.about(import_id, purpose=import_id)
    new = newcomers(comparison)
    intake = Intake(tx, comparison, _with_newcomers(tx, comparison.known, new))
    for row in comparison.taken():
        intake.take(row)
    intake.finish()
    return Imported(
        import_id=import_id,
        verdicts=dict(verdicts),
        new_activities=new.activities,
        new_contacts=tuple(map(comparison.known.shown, new.workers)),
    )


def _with_newcomers(tx: Tx, known: Known, new: Newcomers) -> Known:
    """Add the activities, closed for new referrals, and the contacts, without accounts."""
    activities = [
        Activity(id=ActivityId(tx.new_id()), name=name, settings=known.like, open_for_referrals=False)
        for name in new.activities
    ]
    rows.activities.add_all(tx.conn, activities)
    contacts = [Contact(id=ContactId(tx.new_id()), name=name, unit_id=unit_id) for name, unit_id in new.workers]
    rows.contacts.add_all(tx.conn, contacts)
    return known_names(tx.conn)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The whole register, how many persons under protected identity are only counted, and who stands as waiting.

    ``kinds`` are those that each row tells, the rest of it is emptied; ``outside`` counts the rows that a consent keeps
    from whom the list is for, ``unenrolled`` those without an outcome because enrolment is still to come.
    """

    rows: tuple[RegisterRow, ...]
    kinds: tuple[frozenset[InfoKind], ...]
    protected: int
    outside: int
    unenrolled: int


@command("register.exported", needs=May.EXPORT_REGISTER, touches=(Topic.CONSENTS,), proves=True)
def export_register(tx: Tx, *, to: To = OWN_FILES, purpose: ExportPurpose = ExportPurpose.EGET_ARBETE) -> Exported:
    """The register for the own unit, whole, or for another, as far as each consent goes.

    The log entry, and a disclosure for each case that leaves the unit, are lasting before a row is handed over.
    Raises WayUnsuited, NothingLeaves.
    """
    must_suit(Act.EXPORT, [to])
    tx.about("", purpose=why_exported(tx, purpose, to))
    stored, protected = whole_register(tx)
    passed = [(one, EVERYTHING) for one in stored] if stays(to, tx.actor.unit_id) else _passed(tx, stored, to)
    listed = [as_listed(one.row) for one, _ in passed]
    return Exported(
        rows=tuple(let_through(row, kinds) for row, (_, kinds) in zip(listed, passed, strict=True)),
        kinds=tuple(kinds for _, kinds in passed),
        protected=protected,
        outside=len(stored) - len(passed),
        unenrolled=sum(one.row != row for row, (one, _) in zip(listed, passed, strict=True)),
    )


def _passed(tx: Tx, stored: Sequence[Stored], to: To) -> list[tuple[Stored, frozenset[InfoKind]]]:
    """What the gate lets go to another unit, each case written down; a row that names nobody is left out."""
    passed = []
    for one in stored:
        subject = Subject(
            activity_id=one.referral.activity_id,
            unit_ids=frozenset(),
            consents=one.consents,
            protected=one.person.protected,
        )
        cells = preview(subject, mine=EVERYTHING, own_unit_id=tx.actor.unit_id, to=[to], today=tx.today)
        kinds = leaving(cells, to) & KINDS_TOLD
        if InfoKind.GRUNDUPPGIFTER in kinds:
            given_to(tx, one.referral, to, cells[0].consent, act=Act.EXPORT, kinds=kinds)
            passed.append((one, kinds))
    must_leave(frozenset(kind for _, kinds in passed for kind in kinds))
    return passed
