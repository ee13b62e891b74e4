"""The card with the consents of one case, a referral or a NAFS case, and what can be done about them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from misam_desktop.domain.codes import InfoKind, Purpose
from misam_desktop.gui.case_parts.consents import chip_of, informed_line, paper_links, receipt_link
from misam_desktop.gui.dialogs.consent import open_consent, open_renew
from misam_desktop.gui.dialogs.withdraw_consent import open_withdraw
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Card, button, chip, holding, label
from misam_desktop.wording import day_short
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.domain.consent import Consent
    from misam_desktop.domain.ids import CaseId, ConsentId
    from misam_desktop.domain.people import Person
    from misam_desktop.gui.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """The consents of one case as its page shows them.

    ``takes`` is whether one can be recorded here, ``nothing`` what is said when there is none, and ``purpose`` that of
    a NAFS case.
    """

    work: Workspace
    case_id: CaseId
    person: Person
    consents: tuple[Consent, ...]
    scanned: frozenset[ConsentId]
    kinds: frozenset[InfoKind]
    takes: bool
    nothing: str
    purpose: Purpose | None = None


def consent_card(papers: Papers) -> Card:
    """Each paper with its purposes, the newest first."""
    work = papers.work
    new = button(tr("Nytt samtycke …"), partial(open_consent, work, papers.case_id, purpose=papers.purpose))
    card = Card(tr("Samtycke"), beside=[new] if papers.takes else [])
    if not papers.consents:
        card.add(label(papers.nothing, "muted", wrap=True))
    newest_first = sorted(papers.consents, key=lambda one: (-one.from_on.toordinal(), list(Purpose).index(one.purpose)))
    for words, signed in groupby(newest_first, key=partial(_what_it_says, work)):
        of_one = list(signed)
        card.add(*(_consent(papers, one) for one in of_one), label(words, "small", wrap=True))
        is_scanned = of_one[0].id in papers.scanned
        links = paper_links(work, of_one[0], is_scanned=is_scanned, may_record=papers.takes)
        card.add(*([holding(Flow(*links))] if links else []))
    if InfoKind.GRUNDUPPGIFTER in papers.kinds:
        card.add(informed_line(work, papers.case_id, papers.person, may_record=papers.takes))
    return card


def _consent(papers: Papers, consent: Consent) -> QWidget:
    """How one consent stands, and what can be done about it."""
    work = papers.work
    words, tone = chip_of(consent.purpose, consent, today=work.desk.today)
    acts = []
    if papers.takes and consent.withdrawn_on is None:
        acts = [
            button(tr("Förnya …"), partial(open_renew, work, consent, case_purpose=papers.purpose), "link"),
            button(tr("Återkalla …"), partial(open_withdraw, work, consent), "link"),
        ]
    for act in acts:
        act.setAccessibleName(f"{act.text()} {word_for(consent.purpose)}")
    receipt = receipt_link(work, consent, papers.person, may_record=papers.takes)
    return holding(Flow(chip(words, tone), *acts, *receipt))


def _what_it_says(work: Workspace, consent: Consent) -> str:
    units = ", ".join(work.desk.unit(one) for one in consent.unit_ids)
    kinds = ", ".join(word_for(kind).lower() for kind in consent.kinds)
    day = day_short(consent.from_on, today=work.desk.today)
    told = [
        tr("Undertecknat {day}. {units}.").format(day=day, units=units),
        tr("Alla slags uppgifter.") if set(consent.kinds) == set(InfoKind) else tr("Bara {kinds}.").format(kinds=kinds),
        consent.not_shared and tr("Delas inte: {what}.").format(what=consent.not_shared.rstrip(". ")),
        consent.paper_at and tr("Papperet: {where}.").format(where=consent.paper_at.rstrip(". ")),
        consent.guardian and tr("Vårdnadshavare: {who}.").format(who=consent.guardian),
    ]
    return " ".join(filter(None, told))
