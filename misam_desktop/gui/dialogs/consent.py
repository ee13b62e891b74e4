"""Recording a signed consent, renewing it with a newly signed paper, and the day of information about personal data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from misam_desktop.commands.consents import record_consent, record_informed, renew_consent
from misam_desktop.domain.codes import Given, Purpose
from misam_desktop.domain.consent import Consent, of_one_paper
from misam_desktop.domain.ids import ReferralId, UnitId
from misam_desktop.domain.people import Person
from misam_desktop.gui.consent_case import ConsentCase, with_case
from misam_desktop.gui.consent_form import (
    UNTIL_DAY,
    UNTIL_DISCHARGE,
    consent_facts,
    consent_fields,
    consent_values,
    facts_of,
    facts_so_far,
    paper_fields,
    period_fields,
    until_of,
    wording_in,
)
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.dialogs.consent_paper import open_form
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Day
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import button
from misam_desktop.vault import Request
from misam_desktop.wording import label

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

T = TypeVar("T")


def open_consent(
    work: Workspace,
    referral_id: str,
    *,
    unit_ids: Iterable[UnitId] = (),
    purpose: Purpose | None = None,
    then: Callable[[list[Consent]], object] | None = None,
) -> None:
    """Ask for a newly signed consent to a case; ``unit_ids`` are ticked beside those that the case names.

    ``purpose`` is that of a NAFS case.
    """

    def show(case: ConsentCase) -> None:
        intro = tr("Fyll i det som står på papperet som {name} har undertecknat.")

        def fill_in() -> None:
            so_far = facts_so_far(work.desk, dialog.form.peek(), purpose=case.purpose)
            open_form(work, case.person, referral_id=case.id, facts=so_far)

        dialog = FormDialog(
            work,
            title=tr("Nytt samtycke"),
            intro=intro.format(name=case.person.full_name or tr("personen")),
            content=consent_fields(
                work.desk,
                number=case.person.number,
                months=case.activity.settings.consent_months,
                columns=4,
                shares_now=case.is_submitted,
                purpose=case.purpose,
            ),
            values=consent_values(work.desk, case.activity.id, unit_ids={*unit_ids, *case.named}, purpose=case.purpose),
            save=lambda values: record_consent(case.id, consent_facts(values, purpose=case.purpose)),
            then=lambda made: _tell(work, tr("Samtycket är sparat."), made, then),
            word=tr("Spara samtycket"),
            draft=("consent", case.id),
            extra=[button(tr("Skriv ut blankett …"), fill_in)],
            wide=680,
        )
        dialog.open()

    with_case(work, ReferralId(referral_id), show, purpose=purpose)


Renewed = Callable[[dict[str, Any]], object]
"""What comes after a renewal; it gets what was filled in."""


def open_renew(
    work: Workspace,
    consent: Consent,
    *,
    then: Renewed | None = None,
    filled: dict[str, Any] | None = None,
    case_purpose: Purpose | None = None,
) -> None:
    """Ask for what differs when the same consent has been signed anew: how long, and where the paper is.

    ``filled`` is what was said of the same paper a moment ago; ``case_purpose`` is that of a NAFS case.
    """
    values = filled or {"until": UNTIL_DISCHARGE, "given": Given.PAPPER}

    def save(said: dict[str, Any]) -> Request[Consent]:
        values.update(said)
        return renew_consent(
            consent.id,
            until_on=until_of(said),
            paper_at=said["paper_at"],
            given=said["given"],
            wording=wording_in(said),
        )

    def show(case: ConsentCase) -> None:
        def fill_in() -> None:
            so_far = dialog.form.peek()
            until_on = until_of(so_far) if so_far["until"] == UNTIL_DAY else None
            purposes = tuple(one.purpose for one in case.consents if of_one_paper(one, consent))
            signed = replace(facts_of(consent), until_on=until_on, purposes=purposes)
            open_form(work, case.person, referral_id=consent.case_id, facts=signed)

        intro = tr("{purpose}: ett nytt papper med samma enheter och uppgifter som förut, från och med i dag.")
        dialog = FormDialog(
            work,
            title=tr("Förnya samtycket"),
            intro=intro.format(purpose=label(consent.purpose)),
            content=[
                *paper_fields(),
                *period_fields(work.desk, months=case.activity.settings.consent_months),
            ],
            values=values,
            save=save,
            then=lambda _renewed: _tell(work, tr("Samtycket är förnyat."), values, then),
            word=tr("Förnya"),
            extra=[button(tr("Skriv ut blankett …"), fill_in)],
        )
        dialog.open()

    with_case(work, consent.case_id, show, purpose=case_purpose)


def open_informed(work: Workspace, referral_id: ReferralId, person: Person) -> None:
    """Ask on which day the person was told how their personal data is processed."""
    dialog = FormDialog(
        work,
        title=tr("Information om personuppgifter"),
        intro=tr("Vilken dag fick personen veta hur uppgifterna behandlas?"),
        content=[Field(name="informed_on", label=tr("Lämnad"), kind=lambda: Day(work.desk.today))],
        values={"informed_on": person.informed_on or work.desk.today},
        save=lambda values: record_informed(referral_id, on=values["informed_on"]),
        then=lambda saved: _tell(work, tr("Dagen är sparad."), saved, None),
        wide=420,
    )
    dialog.open()


def _tell(work: Workspace, words: str, value: T, then: Callable[[T], object] | None) -> None:
    work.tell(words)
    if then is not None:
        then(value)
