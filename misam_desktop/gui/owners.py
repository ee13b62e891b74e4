"""Whose a protected identity shall be: the boxes to tick, and who is ticked until somebody chooses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any

from misam_desktop.domain.access import Subject
from misam_desktop.domain.codes import Purpose
from misam_desktop.domain.ids import ActivityId, ContactId, UnitId, UserId
from misam_desktop.domain.owners import can_own, coordinates, default_owners
from misam_desktop.gui.forms import Field, Values
from misam_desktop.gui.inputs import Checks, Choice
from misam_desktop.gui.text import tr
from misam_desktop.vault import actor_of

if TYPE_CHECKING:
    from misam_desktop.domain.people import User
    from misam_desktop.queries.desk import Desk

NAME = "protected_owners"


class Owners(Checks):
    """Users to tick; those who cannot be named are out of sight. What was not chosen by hand follows the case."""

    def __init__(self, choices: list[Choice]) -> None:
        super().__init__(choices)
        self._usual: tuple[Any, ...] = ()

    def offer(self, ids: Collection[UserId], *, usual: Collection[UserId]) -> None:
        """Offer these; ``usual`` are ticked as long as nobody has chosen others."""
        is_untouched = set(self.value()) == set(self._usual)
        for box, choice in zip(self.boxes, self._choices, strict=True):
            box.setVisible(choice.value in ids)
            box.setChecked(choice.value in usual if is_untouched else box.isChecked() and choice.value in ids)
        if is_untouched:
            self._usual = self.value()


def owners_field(choices: list[Choice], *, only_if: Callable[[Values], bool] | None = None) -> Field:
    """The field, in the form of a new referral and in the dialog of a person's page."""
    return Field(
        name=NAME,
        label=tr("Vilka som ska se personen"),
        kind=lambda: Owners(choices),
        required=True,
        only_if=only_if,
        help=tr("Minst en koordinator. Alla andra ser bara «Skyddad», också kollegor på enheten."),
    )


def choice_of(desk: Desk, user_id: UserId, name: str, unit_id: UnitId, *, leads: bool) -> Choice:
    """«Karin Ekdal, IFO (koordinator)»."""
    words = tr("{name}, {unit} (koordinator)") if leads else tr("{name}, {unit}")
    return Choice(user_id, words.format(name=name, unit=desk.unit(unit_id)))


def of_users(desk: Desk, activity_id: ActivityId, *, purpose: Purpose = Purpose.SAMVERKAN) -> list[Choice]:
    """Everybody who could be named in some case of an activity."""
    anywhere = _case(activity_id, unit_id=None, purpose=purpose)
    leading = {one.id for one in desk.users if coordinates(actor_of(one), anywhere, desk.today)}
    return [choice_of(desk, one.id, one.name, one.unit_id, leads=one.id in leading) for one in desk.users]


def offer_for(
    owners: Owners,
    desk: Desk,
    activity_id: ActivityId,
    *,
    unit_id: UnitId | None,
    contact_id: ContactId | None,
    purpose: Purpose = Purpose.SAMVERKAN,
) -> None:
    """Offer who can be named in a case of this unit, and tick the usual ones as the command would."""
    case = _case(activity_id, unit_id=unit_id or desk.me.unit_id, contact_id=contact_id, purpose=purpose)
    offered = [one for one in desk.users if can_own(actor_of(one), case, desk.today)]
    working = _ids(one for one in offered if contact_id is not None and one.contact_id == contact_id)
    leading = _ids(one for one in offered if coordinates(actor_of(one), case, desk.today))
    owners.offer(_ids(offered), usual=default_owners(desk.me.id, working, leading))


def _ids(users: Iterable[User]) -> list[UserId]:
    return [one.id for one in users]


def _case(
    activity_id: ActivityId, *, unit_id: UnitId | None, contact_id: ContactId | None = None, purpose: Purpose
) -> Subject:
    return Subject(
        activity_id=activity_id,
        unit_ids=frozenset(filter(None, [unit_id])),
        home_id=unit_id,
        contact_ids=frozenset(filter(None, [contact_id])),
        purpose=purpose,
    )
