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

_AT_MOST = 4
"""How many cases stand in a banner; all stand on the page that it leads to."""


def recall_words(found: Sequence[Recall], desk: Desk, *, at_most: int = _AT_MOST) -> str:
    """A sentence for each case, one under the other."""
    told = [f"{why_words(one, desk)} {papers_words(one, desk)}" for one in found[:at_most]]
    more = len(found) - at_most
    return "\n".join([*told, *([tr("Och {count} till.").format(count=more)] if more > 0 else [])])


def why_words(one: Recall, desk: Desk) -> str:
    """«Samtycket till K7MQ2X-F gäller inte längre.»"""
    units = ", ".join(dict.fromkeys(desk.unit(act.unit_id) for act in one.given))
    return {
        Why.PROTECTED: tr("Personen bakom {code} har fått skyddade personuppgifter."),
        Why.WITHDRAWN: tr("Ärendet {code} är återtaget."),
        Why.ENDED: tr("Samtycket till {code} gäller inte längre."),
        Why.NARROWED: tr("Samtycket till {code} omfattar inte längre {units}."),
        Why.TAKEN_OFF: tr("{code} är borttaget från dagordningen."),
    }[one.why].format(code=shown(one.code), units=units)


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
        for (paper, act, on), who in units.items()
    ]
