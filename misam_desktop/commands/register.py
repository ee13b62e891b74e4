"""Taking over the team's list and giving it back: everything in one transaction, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from misam_desktop.commands.register_intake import Intake
from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.errors import UserError
from misam_desktop.domain.ids import ActivityId, ContactId
from misam_desktop.domain.people import Contact
from misam_desktop.domain.register import LEFT_OUT, Planned, Read, RegisterRow, Verdict, as_listed, is_same_plan
from misam_desktop.queries.register import Known, Newcomers, compare, known_names, newcomers, whole_register
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

    ``unenrolled`` counts the rows without an outcome because enrolment is still to come.
    """

    rows: tuple[RegisterRow, ...]
    protected: int
    unenrolled: int


@command("register.exported", needs=May.EXPORT_REGISTER, touches=())
def export_register(tx: Tx) -> Exported:
    """The activity's own copy of its register; the log entry is lasting before a row is handed over."""
    stored, protected = whole_register(tx)
    listed = tuple(as_listed(one.row) for one in stored)
    unenrolled = sum(before.row != row for before, row in zip(stored, listed, strict=True))
    return Exported(rows=listed, protected=protected, unenrolled=unenrolled)
