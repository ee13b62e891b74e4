"""The card with what is known of the person of a case, and the ways to protect them and to see what is kept back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from misam_desktop.domain.access import May
from misam_desktop.domain.codes import InfoKind
from misam_desktop.gui.case_parts.sheet import facts
from misam_desktop.gui.dialogs.protection import ways_to_protect
from misam_desktop.gui.protected import said_or_kept, ways_to_show
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Card, button, label
from misam_desktop.gui.withheld import outside_consent

if TYPE_CHECKING:
    from misam_desktop.domain.ids import CaseId
    from misam_desktop.domain.people import Person
    from misam_desktop.gui.protected import Uncovered
    from misam_desktop.gui.workspace import Workspace


def person_card(
    work: Workspace,
    case_id: CaseId,
    stored: Person,
    *,
    kinds: frozenset[InfoKind],
    allows: Collection[May],
    uncovered: Uncovered,
    change: Callable[[], object] | None = None,
) -> Card:
    """What is known beside the name; ``change`` corrects it, for who may."""
    person = uncovered.of(stored)
    wants = [(person.interpreter, tr("tolk")), (person.easy_read, tr("lättläst"))]
    known = [
        (tr("Telefon"), said_or_kept(person, person.phone)),
        (tr("Språk"), person.language),
        (tr("Behöver"), ", ".join(words for holds, words in wants if holds)),
        (tr("God man eller ombud"), person.proxy),
        (tr("Postadress"), said_or_kept(person, person.address)),
    ]
    ways = [*ways_to_show(uncovered, person), *ways_to_protect(work, case_id, allows)]
    if change is not None:
        ways.append(button(tr("Ändra …"), change))
        ways[-1].setAccessibleName(tr("Ändra personuppgifterna …"))
    card = Card(tr("Personen"), beside=ways)
    if InfoKind.GRUNDUPPGIFTER not in kinds:
        card.add(label(outside_consent(), "muted"))
        return card
    told = [(name, words) for name, words in known if words]
    card.add(facts(told) if told else label(tr("Inget mer är ifyllt."), "muted"))
    return card
