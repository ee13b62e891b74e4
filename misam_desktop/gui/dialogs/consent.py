"""Recording a signed consent, renewing it with a newly signed paper, and its withdrawal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from misam_desktop.commands.consents import record_consent, renew_consent, withdraw_consent
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.ids import ReferralId, UnitId
from misam_desktop.gui.consent_form import (
    UNTIL_DISCHARGE,
    consent_facts,
    consent_fields,
    consent_values,
    period_fields,
    until_of,
)
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Day, Text
from misam_desktop.gui.text import tr
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
        intro = tr("Fyll i det som står på pappret som {name} har undertecknat.")
        dialog = FormDialog(
            work,
            title=tr("Nytt samtycke"),
            intro=intro.format(name=page.person.full_name or tr("personen")),
            content=consent_fields(work.desk, number=page.person.number, months=months, columns=4),
            values=consent_values(work.desk, referral.activity_id, unit_ids=named),
            save=lambda values: record_consent(referral.id, consent_facts(values)),
            then=lambda made: _tell(work, tr("Samtycket är sparat."), made, then),
            word=tr("Spara samtycket"),
            draft=("consent", referral.id),
            wide=680,
        )
        dialog.open()

    work.session.ask(one_referral(ReferralId(referral_id)), owner=work, then=show)


def open_renew(work: Workspace, consent: Consent, *, then: Callable[[Consent], object] | None = None) -> None:
    """Ask for what differs when the same consent has been signed anew: how long, and where the paper is."""

    def save(values: dict[str, Any]) -> Request[Consent]:
        return renew_consent(consent.id, until_on=until_of(values), paper_at=values["paper_at"])

    def show(page: ReferralPage) -> None:
        intro = tr("{purpose}: samma enheter och uppgifter som förut, från och med i dag.")
        dialog = FormDialog(
            work,
            title=tr("Förnya samtycket"),
            intro=intro.format(purpose=label(consent.purpose)),
            content=[
                *period_fields(work.desk, months=page.activity.settings.consent_months),
                Field(name="paper_at", label=tr("Var det nya pappret finns"), kind=Text, required=True),
            ],
            values={"until": UNTIL_DISCHARGE, "paper_at": consent.paper_at},
            save=save,
            then=lambda renewed: _tell(work, tr("Samtycket är förnyat."), renewed, then),
            word=tr("Förnya"),
        )
        dialog.open()

    work.session.ask(one_referral(consent.referral_id), owner=work, then=show)


def open_withdraw(work: Workspace, consent: Consent, *, then: Callable[[Consent], object] | None = None) -> None:
    """Ask from which day the person takes a consent back."""
    intro = tr("{purpose}: från och med den dagen får uppgifterna inte längre användas med stöd av samtycket.")
    dialog = FormDialog(
        work,
        title=tr("Återkalla samtycket"),
        intro=intro.format(purpose=label(consent.purpose)),
        content=[Field(name="on", label=tr("Återkallat"), kind=lambda: Day(work.desk.today), required=True)],
        values={"on": work.desk.today},
        save=lambda values: withdraw_consent(consent.id, on=values["on"]),
        then=lambda done: _tell(work, tr("Samtycket är återkallat."), done.consent, then),
        word=tr("Återkalla"),
    )
    dialog.open()


def _tell(work: Workspace, words: str, value: T, then: Callable[[T], object] | None) -> None:
    work.tell(words)
    if then is not None:
        then(value)
