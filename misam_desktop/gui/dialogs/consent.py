"""Recording a signed consent, renewing it with a newly signed paper, and the day of information about personal data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from misam_desktop.commands.consents import record_consent, record_informed, renew_consent
from misam_desktop.domain.codes import Given
from misam_desktop.domain.consent import Consent, of_one_paper
from misam_desktop.domain.ids import ReferralId, UnitId
from misam_desktop.domain.people import Person
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
from misam_desktop.queries.referrals import ReferralPage, one_referral
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
    then: Callable[[list[Consent]], object] | None = None,
) -> None:
    """Ask for a newly signed consent to a case; ``unit_ids`` are ticked beside those that the referral names."""

    def show(page: ReferralPage) -> None:
        referral, months = page.referral, page.activity.settings.consent_months
        named = {*unit_ids, *referral.needed_unit_ids, *filter(None, [referral.unit_id])}
        intro = tr("Fyll i det som står på papperet som {name} har undertecknat.")

        def fill_in() -> None:
            open_form(work, page.person, referral_id=referral.id, facts=facts_so_far(work.desk, dialog.form.peek()))

        dialog = FormDialog(
            work,
            title=tr("Nytt samtycke"),
            intro=intro.format(name=page.person.full_name or tr("personen")),
            content=consent_fields(
                work.desk,
                number=page.person.number,
                months=months,
                columns=4,
                shares_now=referral.submitted_at is not None,
            ),
            values=consent_values(work.desk, referral.activity_id, unit_ids=named),
            save=lambda values: record_consent(referral.id, consent_facts(values)),
            then=lambda made: _tell(work, tr("Samtycket är sparat."), made, then),
            word=tr("Spara samtycket"),
            draft=("consent", referral.id),
            extra=[button(tr("Skriv ut blankett …"), fill_in)],
            wide=680,
        )
        dialog.open()

    work.session.ask(one_referral(ReferralId(referral_id)), owner=work, then=show)


Renewed = Callable[[dict[str, Any]], object]
"""What comes after a renewal; it gets what was filled in."""


def open_renew(
    work: Workspace, consent: Consent, *, then: Renewed | None = None, filled: dict[str, Any] | None = None
) -> None:
    """Ask for what differs when the same consent has been signed anew: how long, and where the paper is.

    ``filled`` is what was said of the same paper a moment ago.
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

    def show(page: ReferralPage) -> None:
        def fill_in() -> None:
            so_far = dialog.form.peek()
            until_on = until_of(so_far) if so_far["until"] == UNTIL_DAY else None
            purposes = tuple(one.purpose for one in page.consents if of_one_paper(one, consent))
            signed = replace(facts_of(consent), until_on=until_on, purposes=purposes)
            open_form(work, page.person, referral_id=consent.case_id, facts=signed)

        intro = tr("{purpose}: ett nytt papper med samma enheter och uppgifter som förut, från och med i dag.")
        dialog = FormDialog(
            work,
            title=tr("Förnya samtycket"),
            intro=intro.format(purpose=label(consent.purpose)),
            content=[
                *paper_fields(),
                *period_fields(work.desk, months=page.activity.settings.consent_months),
            ],
            values=values,
            save=save,
            then=lambda _renewed: _tell(work, tr("Samtycket är förnyat."), values, then),
            word=tr("Förnya"),
            extra=[button(tr("Skriv ut blankett …"), fill_in)],
        )
        dialog.open()

    work.session.ask(one_referral(consent.case_id), owner=work, then=show)


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
