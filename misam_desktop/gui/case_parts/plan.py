"""Handlingsplan: the åtaganden of the case, who does what by when."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtWidgets import QWidget

from misam_desktop.commands.commitments import finish_commitment, reopen_commitment
from misam_desktop.domain.access import May
from misam_desktop.domain.commitment import Commitment, CommitmentState, state_of
from misam_desktop.domain.shared import SharedCommitment
from misam_desktop.gui.case_parts.sheet import Cell, Lines, Sheet, stacked
from misam_desktop.gui.case_parts.talks import talks_card
from misam_desktop.gui.dialogs.commitment import open_commitment
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.gui.widgets import GAP, Card, button, chip, column, holding, label
from misam_desktop.wording import label as word_for

_TONES = {
    CommitmentState.OPEN: Tone.PLAIN,
    CommitmentState.SOON: Tone.AMBER,
    CommitmentState.LATE: Tone.RED,
    CommitmentState.DONE: Tone.GREEN,
}


def plan(sheet: Sheet) -> QWidget:
    """The third part of a case's page."""
    return holding(column(commitments(sheet, is_primary=True), talks_card(sheet), None, gap=GAP))


def commitments(sheet: Sheet, *, is_primary: bool) -> Card:
    """The whole plan as the page's main thing; elsewhere only what is still to be done."""
    add = button(
        tr("Nytt åtagande …"), partial(open_commitment, sheet.work, sheet.page), "primary" if is_primary else ""
    )
    card = Card(tr("Åtaganden"), beside=[add] if _may_add(sheet) else [])
    shown = _in_order(one for one in sheet.page.commitments if is_primary or one.done_on is None)
    elsewhere = [one for one in sheet.page.shared if not one.same_as and (is_primary or one.done_on is None)]
    if not shown and not elsewhere:
        card.add(label(_nothing(sheet, is_primary=is_primary), "muted", wrap=True))
        return card
    headings = (tr("Vem"), tr("Vad"), tr("Senast"))
    lines = [*(_row(sheet, one) for one in shown), *(_shared_row(sheet, one) for one in elsewhere)]
    card.add(Lines(lines, headings=headings, stretch=1, least=420))
    return card


def _may_add(sheet: Sheet) -> bool:
    return sheet.can_change and sheet.page.writes_own_part


def _in_order(shown: Iterable[Commitment]) -> list[Commitment]:
    """What is due first comes first; then what has no day; what is done comes last."""
    return sorted(shown, key=lambda one: (one.done_on is not None, str(one.due_on or "9999"), one.id))


def _nothing(sheet: Sheet, *, is_primary: bool) -> str:
    if sheet.page.commitments and not is_primary:
        return tr("Alla åtaganden är klara.")
    if _may_add(sheet):
        return tr("Inga åtaganden än. Skriv upp vem som gör vad och till när.")
    return tr("Inga åtaganden är skrivna.")


def _row(sheet: Sheet, commitment: Commitment) -> list[Cell]:
    state = state_of(commitment, today=sheet.today)
    who = sheet.work.desk.unit(commitment.unit_id) or sheet.page.person.given_name or tr("Deltagaren")
    words = word_for(state)
    if commitment.done_on is not None:
        words = f"{words} {sheet.day(commitment.done_on)}"
    tone = _TONES[state] if sheet.is_open or state is CommitmentState.DONE else Tone.MUTED
    when = stacked(sheet.day(commitment.due_on) and label(sheet.day(commitment.due_on)), chip(words, tone))
    also = next((one for one in sheet.page.shared if one.same_as == commitment.id), None)
    what = stacked(
        label(sheet.said(commitment, "what", commitment.what), wrap=True),
        label(tr("Står också i SIP {day}").format(day=sheet.day(also.case_on)), "small") if also else None,
    )
    return [label(who), what, when, _done_button(sheet, commitment)]


def _shared_row(sheet: Sheet, shared: SharedCommitment) -> list[Cell]:
    """What somebody does by a SIP: it is followed up there."""
    who = sheet.work.desk.unit(shared.unit_id) or sheet.page.person.given_name or tr("Deltagaren")
    whence = label(tr("Från SIP {day}").format(day=sheet.day(shared.case_on)), "small")
    done = tr("Klart {day}").format(day=sheet.day(shared.done_on)) if shared.done_on else ""
    opens = button(tr("Öppna SIP"), partial(sheet.work.go, "sip", shared.case_id), "link")
    return [label(who), stacked(label(shared.what, wrap=True), whence), done or sheet.day(shared.due_on), opens]


def _done_button(sheet: Sheet, commitment: Commitment) -> QWidget | None:
    is_own = commitment.unit_id == sheet.work.desk.me.unit_id
    may = sheet.may(May.WRITE_PLAN) or (is_own and _may_add(sheet))
    if not may or commitment.done_on is not None:
        return None
    made = button(tr("Klar"), partial(_finish, sheet, commitment))
    made.setAccessibleName(tr("Klar: {what}").format(what=commitment.what))
    return made


def _finish(sheet: Sheet, commitment: Commitment) -> None:
    work = sheet.work

    def take_back() -> None:
        work.session.do(reopen_commitment(commitment.id), owner=work)

    work.session.do(
        finish_commitment(commitment.id),
        owner=work,
        then=lambda _done: work.tell(tr("Åtagandet är klart."), undo=take_back),
    )
