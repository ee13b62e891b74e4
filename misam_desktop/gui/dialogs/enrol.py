"""Inskrivning: an accepted referral becomes an episode with its uppdragsgivare, handläggare and follow-ups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from misam_desktop.commands.episodes import enrol
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.ids import ReferralId, UnitId
from misam_desktop.domain.people import Contact
from misam_desktop.gui import choices
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.dialogs.contact import open_new_contact
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Choice, Day, OneOf, Text
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button
from misam_desktop.queries.desk import Desk, desk
from misam_desktop.queries.referrals import ReferralPage, one_referral
from misam_desktop.wording import day_short

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

Then = Callable[[Episode], None]


def open_enrol(work: Workspace, referral_id: str, *, then: Then | None = None) -> None:
    """Open the form that enrols the person of an accepted referral."""
    work.session.ask(
        one_referral(ReferralId(referral_id)), owner=work, then=lambda page: EnrolDialog(work, page, then=then).open()
    )


class EnrolDialog(FormDialog):
    """When, for whom, and by whom; the handläggare offered are those of the chosen unit."""

    def __init__(self, work: Workspace, page: ReferralPage, *, then: Then | None) -> None:
        referral = page.referral
        self._when_done = then
        super().__init__(
            work,
            title=page.person.full_name or tr("Namn saknas"),
            intro=_intro(work, page),
            content=_fields(work, of_unit=referral.unit_id),
            values={
                "enrolled_on": work.session.clock.today(),
                "commissioner_id": referral.unit_id,
                "case_worker_id": referral.contact_id,
            },
            save=lambda values: enrol(referral.id, **values, seen=referral.version),
            then=self._enrolled,
            word=tr("Skriv in"),
            draft=("enrol", referral.id),
            extra=[button(tr("Ny kontakt …"), self._add_contact)],
        )
        self.setWindowTitle(tr("Skriv in"))
        self._unit_id = referral.unit_id
        self._tell_when_nobody()
        self.form["commissioner_id"].changed.connect(self._follow_unit)
        self.form["enrolled_on"].setFocus()

    def _follow_unit(self) -> None:
        """Offer the handläggare of the unit that was chosen."""
        unit_id = self.form["commissioner_id"].value()
        if unit_id != self._unit_id:
            self._unit_id = unit_id
            self._offer("case_worker_id", _workers(self.work, unit_id))
            self._tell_when_nobody()

    def _offer(self, name: str, people: Sequence[Choice]) -> None:
        one_of = self.form[name]
        assert isinstance(one_of, OneOf)
        one_of.set_choices(people)

    def _tell_when_nobody(self) -> None:
        nobody = self._unit_id is not None and not _workers(self.work, self._unit_id)
        text = tr("Enheten har ingen kontaktperson än. Lägg till handläggaren med «Ny kontakt».")
        self.form.note("case_worker_id", text if nobody else "")

    def _add_contact(self) -> None:
        """Somebody who is not in the list yet."""
        open_new_contact(self.work, unit_id=self._unit_id, then=self._read_desk)

    def _read_desk(self, added: Contact) -> None:
        self.work.session.ask(desk(), owner=self, then=lambda found: self._take(found, added))

    def _take(self, found: Desk, added: Contact) -> None:
        """The new contact is offered, and is the handläggare when of the unit that was chosen."""
        self.work.desk = found
        self._offer("case_worker_id", _workers(self.work, self._unit_id))
        self._offer("case_lead_id", choices.of_contacts(found))
        self._tell_when_nobody()
        if added.unit_id == self._unit_id:
            self.form["case_worker_id"].set_value(added.id)

    def _enrolled(self, episode: Episode) -> None:
        day = day_short(episode.enrolled_on, today=self.work.session.clock.today())
        self.work.tell(tr("Inskriven {day}. Uppföljningarna är planerade.").format(day=day))
        if self._when_done is not None:
            self._when_done(episode)


def _intro(work: Workspace, page: ReferralPage) -> str:
    today, referral = work.session.clock.today(), page.referral
    words = tr("Remiss från {unit} {day}").format(
        unit=work.desk.unit(referral.unit_id) or tr("annan"), day=day_short(referral.referred_on, today=today)
    )
    if referral.outcome_on is None:
        return words
    return f"{words} · " + tr("antagen {day}").format(day=day_short(referral.outcome_on, today=today))


def _fields(work: Workspace, *, of_unit: UnitId | None) -> list[Field]:
    units, workers, everybody = choices.of_units(work.desk), _workers(work, of_unit), choices.of_contacts(work.desk)
    return [
        Field(name="enrolled_on", label=tr("Startdatum"), kind=lambda: Day(work.session.clock.today()), required=True),
        Field(
            name="commissioner_id",
            label=tr("Uppdragsgivare"),
            kind=lambda: OneOf(units, empty=tr("Välj enhet …")),
            required=True,
            help=tr("Normalt den myndighet som ansvarar för personens ekonomi."),
        ),
        Field(
            name="case_worker_id",
            label=tr("Handläggare"),
            kind=lambda: OneOf(workers, empty=tr("Välj handläggare …")),
            required=True,
            help=tr("Följer upp ärendet hos uppdragsgivaren."),
        ),
        Field(
            name="case_lead_id",
            label=tr("Samordnare"),
            kind=lambda: OneOf(everybody, empty=tr("Utses senare")),
            help=tr("Håller ihop ärendet. Kan utses senare; då står det på Idag tills någon är utsedd."),
        ),
        Field(name="team", label=tr("Team"), kind=lambda: Text(tr("Vilka som arbetar runt personen"))),
    ]


def _workers(work: Workspace, unit_id: UnitId | None) -> Sequence[Choice]:
    return choices.of_contacts(work.desk, unit_id=unit_id) if unit_id is not None else []
