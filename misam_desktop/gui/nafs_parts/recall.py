"""Papers that must come back, in words: why, which, from whom, and how and when they got them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from misam_desktop.domain.codes import Act, PaperKind
from misam_desktop.domain.disclosure import Disclosure
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.pseudonym import shown
from misam_desktop.domain.recall import Recall, Why
from misam_desktop.gui.text import tr
from misam_desktop.queries.desk import Desk
from misam_desktop.wording import day_short
from misam_desktop.wording import label as word_for

_ORDER = list(PaperKind)


def recall_words(found: Iterable[Recall], desk: Desk) -> str:
    """One sentence under the other; cases of which the same must come back for the same reason stand together."""
    same: dict[tuple[Why, str, str], list[Recall]] = {}
    for one in found:
        same.setdefault((one.why, _units(one, desk), papers_words(one, desk)), []).append(one)
    return "\n".join(f"{why_words(ones, desk)} {papers}" for (_, _, papers), ones in same.items())


def why_words(same: Sequence[Recall], desk: Desk) -> str:
    """«Samtycket till K7MQ2X-F gäller inte längre.»"""
    codes, units = ", ".join(shown(one.code) for one in same), _units(same[0], desk)
    return {
        Why.PROTECTED: tr("Personen har fått skyddade personuppgifter: {codes}."),
        Why.WITHDRAWN: tr("Ärendet är återtaget: {codes}."),
        Why.ENDED: tr("Samtycket till {codes} gäller inte längre."),
        Why.NARROWED: tr("Samtycket till {codes} omfattar inte längre det som {units} har fått."),
        Why.TAKEN_OFF: tr("Borttaget från dagordningen: {codes}."),
    }[same[0].why].format(codes=codes, units=units)


def _units(one: Recall, desk: Desk) -> str:
    who = {act.unit_id for act in one.given}
    return ", ".join(unit.short for unit in desk.units if unit.id in who)


def papers_words(one: Recall, desk: Desk) -> str:
    """«Papper som ska återkallas: dagordning till FK och IFO (skrevs ut 26 nov).»"""
    told = [f"{what} {tr('till')} {to} ({how})" for what, to, how in papers_of(one.given, desk)]
    return tr("Papper som ska återkallas: {papers}.").format(papers="; ".join(told))


def papers_of(given: Iterable[Disclosure], desk: Desk) -> list[tuple[str, str, str]]:
    """Which paper, to whom, and how and when; units that got the same in the same way stand together."""
    units: dict[tuple[PaperKind, Act, date], set[UnitId | None]] = {}
    for act in given:
        if act.paper is not None:
            units.setdefault((act.paper, act.act, act.on), set()).add(act.unit_id)
    return [
        (
            word_for(paper).lower(),
            ", ".join(unit.short for unit in desk.units if unit.id in who),
            f"{word_for(act).lower()} {day_short(on, today=desk.today)}",
        )
        for (paper, act, on), who in sorted(units.items(), key=lambda one: (_ORDER.index(one[0][0]), one[0][2]))
    ]
