"""Utlämnat: what has been given of a case to whom, when and how; all of it in a dialog, the last few on the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from misam_desktop.domain.codes import Act, InfoKind, PaperKind, Purpose, Recipient
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.ids import ReferralId
from misam_desktop.gui.case_parts.sheet import Cell, Lines, facts, stacked
from misam_desktop.gui.dialog import GrowingDialog
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Card, button, label, row
from misam_desktop.queries.handed_out import HandedRow, handed_out, together
from misam_desktop.wording import day_short, label_in
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace

_LAST = 4
"""How many days stand on the page."""


def handed_card(work: Workspace, referral_id: ReferralId, disclosures: Sequence[Disclosure]) -> Card:
    """The last days on which something was given, and the way to all of it."""
    show = button(tr("Visa allt …"), partial(open_handed_out, work, referral_id))
    show.setAccessibleName(tr("Visa allt som har lämnats ut"))
    card = Card(tr("Utlämnat"), beside=[show] if disclosures else [])
    if not disclosures:
        card.add(label(tr("Inget har lämnats till någon."), "muted", wrap=True))
        return card
    newest_first = sorted(disclosures, key=lambda one: one.at, reverse=True)
    by_act: dict[tuple[date, str], list[str]] = {}
    for one in newest_first:
        to = work.desk.unit(one.unit_id) or word_for(one.recipient)
        by_act.setdefault((one.on, act_words(one.act, one.purpose, one.paper)), []).append(to)
    last = list(by_act.items())[:_LAST]
    card.add(
        facts(
            (day_short(on, today=work.desk.today), f"{how}: {', '.join(dict.fromkeys(to))}") for (on, how), to in last
        )
    )
    return card


def act_words(act: Act, purpose: Purpose, paper: PaperKind | None) -> str:
    """How something was given: in which way, and as which of a meeting's papers."""
    words = label_in(act, purpose)
    return f"{words} ({word_for(paper).lower()})" if paper else words


def open_handed_out(work: Workspace, referral_id: ReferralId) -> None:
    """Show everything that has been given of a case."""
    work.session.ask(handed_out(referral_id), owner=work, then=partial(_show, work))


def _show(work: Workspace, rows: Sequence[HandedRow]) -> None:
    dialog = GrowingDialog(work, handed_lines(rows, today=work.desk.today), title=tr("Utlämnat"))
    close = button(tr("Stäng"), dialog.accept, "primary")
    dialog.lay_out(intro=tr("Vad som har lämnats av ärendet, till vem och av vem."), buttons=row(None, close), wide=760)
    close.setFocus()
    dialog.open()


def handed_lines(rows: Iterable[HandedRow], *, today: date) -> QWidget:
    """One line an act: when and how, to whom, what, and who did it; units that got the same stand together."""
    return Lines(
        (_cells(one, today=today) for one in together(rows)),
        headings=[tr("När"), tr("Till vem"), tr("Uppgifter")],
        stretch=2,
        least=420,
        from_top=True,
    )


def _cells(one: HandedRow, *, today: date) -> list[Cell]:
    to = one.unit if one.recipient is Recipient.ENHET else word_for(one.recipient)
    how = " · ".join(filter(None, [act_words(one.act, one.purpose, one.paper), one.by]))
    return [day_short(one.on, today=today), to, stacked(kinds_words(one.kinds), label(how, "small", wrap=True))]


def kinds_words(kinds: Sequence[InfoKind]) -> str:
    """«Alla slags uppgifter», or those by name."""
    if set(kinds) == set(InfoKind):
        return tr("Alla slags uppgifter")
    return ", ".join(word_for(kind) for kind in kinds)
