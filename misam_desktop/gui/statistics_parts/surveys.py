"""Enkäter under their figures: the totals that are typed in, the wording of the indicators, and when it is offered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from misam_desktop.domain.access import May
from misam_desktop.domain.activity import Questionnaires
from misam_desktop.domain.asked import AT_EXIT
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.period import Period
from misam_desktop.gui.dialogs.indicators import choose_indicators, open_totals
from misam_desktop.gui.dialogs.questionnaires import open_questionnaires
from misam_desktop.gui.layouts import Flow
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Card, button, holding, label
from misam_desktop.queries.indicators import Indicators
from misam_desktop.transfer.indicators import COLUMNS
from misam_desktop.wording import how_many, month_name, occasion_words

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def surveys_card(work: Workspace, found: Indicators, period: Period, *, refused: Callable[[MisamError], None]) -> Card:
    """How the questionnaire is set up, and for who may the ways to change that and to type in totals."""
    card = Card(tr("Indikatorenkäten"))
    card.add(label(_when(found.activity.settings.questionnaires), wrap=True))
    card.add(label(_typed(found), "muted", wrap=True))
    ways = []
    if work.desk.may(May.IMPORT_REGISTER):
        if found.indicators:
            ways.append(button(tr("Skriv in antal …"), partial(open_totals, work, found, period), "primary"))
        ways.append(button(tr("Läs in indikatorer …"), partial(choose_indicators, work, refused=refused)))
    if work.desk.may(May.CHANGE_SETTINGS):
        ways.append(button(tr("När den erbjuds …"), partial(open_questionnaires, work, found.activity)))
    if ways:
        card.add(holding(Flow(*ways)))
    return card


def _when(offers: Questionnaires) -> str:
    """«Erbjuds efter 3 månader, vid avslut och hela oktober.»"""
    if not offers.are_offered:
        return tr("Enkäten erbjuds inte än. Idag påminner när det är bestämt när den ska erbjudas.")
    told = [tr("efter {months}").format(months=occasion_words(str(one))) for one in offers.months]
    told += [occasion_words(AT_EXIT)] if offers.at_exit else []
    told += [tr("hela {month}").format(month=month_name(one)) for one in offers.campaigns]
    listed = told[0] if len(told) == 1 else tr("{first} och {last}").format(first=", ".join(told[:-1]), last=told[-1])
    return tr("Erbjuds {when}.").format(when=listed)


def _typed(found: Indicators) -> str:
    if not found.indicators:
        words = tr("Indikatorernas lydelse är inte inläst. Gör en lista, XLSX eller CSV, med kolumnerna {columns}.")
        return words.format(columns=", ".join(COLUMNS))
    words = tr("Antal är inskrivna för {typed} av {count} för just de här dagarna. Svaren hör aldrig till en person.")
    count = how_many(len(found.indicators), tr("indikator"), tr("indikatorer"))
    return words.format(typed=len(found.totals), count=count)
