"""How the consents of a case stand: a chip for each purpose, and the renewal of those that end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from misam_desktop.domain.codes import Purpose
from misam_desktop.domain.consent import Consent, valid_on
from misam_desktop.domain.ids import ReferralId
from misam_desktop.domain.people import Person
from misam_desktop.domain.scope import in_order
from misam_desktop.gui.dialogs.consent import open_informed, open_renew
from misam_desktop.gui.dialogs.consent_paper import open_receipt, open_wording
from misam_desktop.gui.dialogs.scan import choose_scan, open_scan
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import button, holding
from misam_desktop.gui.widgets import label as text
from misam_desktop.queries.referrals import ReferralPage, one_referral
from misam_desktop.queries.task_rows import ENDS
from misam_desktop.wording import day_short, label, short

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_ALWAYS = (Purpose.SAMVERKAN, Purpose.UPPFOLJNING)
"""The purposes that a chip says are missing; the others are only told of when there is one."""


def standing(consents: Iterable[Consent]) -> dict[Purpose, Consent]:
    """The consent that counts for each purpose: the latest paper, also when it was taken back or has ended."""
    latest = {one.purpose: one for one in sorted(consents, key=in_order)}
    return {purpose: latest[purpose] for purpose in Purpose if purpose in latest}


def chips(consents: Iterable[Consent], *, today: date) -> list[tuple[str, Tone]]:
    """A word and a tone for each purpose that has a consent or should have one."""
    by_purpose = standing(consents)
    shown = [one for one in Purpose if one in by_purpose or one in _ALWAYS]
    return [chip_of(one, by_purpose.get(one), today=today) for one in shown]


def chip_of(purpose: Purpose, consent: Consent | None, *, today: date) -> tuple[str, Tone]:
    """«Samverkan till 30 jun» in green, «går ut» in amber, what is missing or over in red."""
    name = short(purpose)
    if consent is None:
        tone = Tone.RED if purpose is Purpose.SAMVERKAN else Tone.MUTED
        return tr("{purpose} saknas").format(purpose=name), tone
    if consent.withdrawn_on is not None:
        day = day_short(consent.withdrawn_on, today=today)
        return tr("{purpose} återkallat {day}").format(purpose=name, day=day), Tone.RED
    if consent.until_on is None:
        return tr("{purpose} till avslut").format(purpose=name), Tone.GREEN
    day = day_short(consent.until_on, today=today)
    if not valid_on(consent, today):
        return tr("{purpose} gick ut {day}").format(purpose=name, day=day), Tone.RED
    if consent.until_on - today <= ENDS:
        return tr("{purpose} går ut {day}").format(purpose=name, day=day), Tone.AMBER
    return tr("{purpose} till {day}").format(purpose=name, day=day), Tone.GREEN


def paper_links(work: Workspace, consent: Consent, *, is_scanned: bool, may_record: bool) -> list[QWidget]:
    """What can be done with the paper of a consent: its text and its scan."""
    links: list[tuple[bool, str, Callable[[], object]]] = [
        (consent.wording is not None, tr("Visa texten"), partial(open_wording, work, consent)),
        (is_scanned, tr("Visa skannat papper"), partial(open_scan, work, consent.id)),
        (may_record and not is_scanned, tr("Lägg till skannat papper …"), partial(choose_scan, work, consent.id)),
    ]
    made = [button(words, does, "link") for holds, words, does in links if holds]
    for one in made:
        one.setAccessibleName(f"{one.text()} {label(consent.purpose)}")
    return list(made)


def receipt_link(work: Workspace, consent: Consent, person: Person, *, may_record: bool) -> list[QWidget]:
    """The way to the receipt of a consent that was taken back."""
    if not may_record or consent.withdrawn_on is None:
        return []
    made = button(tr("Kvitto …"), partial(open_receipt, work, consent, person), "link")
    made.setAccessibleName(f"{made.text()} {label(consent.purpose)}")
    return [made]


def informed_line(work: Workspace, referral_id: ReferralId, person: Person, *, may_record: bool) -> QWidget:
    """When the person was told how their personal data is processed, and the way to say so."""
    on = person.informed_on
    told = tr("lämnad {day}").format(day=day_short(on, today=work.desk.today)) if on else tr("inte lämnad än")
    words = text(tr("Information om personuppgifter: {told}").format(told=told), "small")
    change = button(tr("Ange dag …"), partial(open_informed, work, referral_id, person), "link")
    change.setAccessibleName(tr("Ange när information om personuppgifter lämnades"))
    return holding(Flow(words, *([change] if may_record else [])))


def ending(consents: Iterable[Consent], *, today: date) -> list[Consent]:
    """Those that end soon, or have ended, and nobody has renewed."""
    last = standing(consents).values()
    return [one for one in last if one.withdrawn_on is None and one.until_on and one.until_on - today <= ENDS]


def renew_what_ends(work: Workspace, referral_id: str) -> None:
    """Renew each consent of a case that ends soon, one dialog after the other."""

    def begin(page: ReferralPage) -> None:
        _renew_in_turn(work, ending(page.consents, today=work.session.clock.today()))

    work.session.ask(one_referral(ReferralId(referral_id)), owner=work, then=begin)


def _renew_in_turn(work: Workspace, consents: Sequence[Consent], filled: dict[str, Any] | None = None) -> None:
    """What is said of the first is offered for the next: most often it is one paper."""
    if consents:
        open_renew(work, consents[0], filled=filled, then=lambda said: _renew_in_turn(work, consents[1:], said))
