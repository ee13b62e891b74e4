"""Ny SIP: the personnummer first, then who has judged that it is needed, why, and the consent to SIP."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from misam_desktop.commands.sips import begin_sip
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.gui.new_case import NewCaseScreen, Words
from misam_desktop.gui.number_step import Asked, Way, name_of, ways_of
from misam_desktop.gui.sip_form import SipForm, new_sip_values
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.queries.beside import Known
from misam_desktop.queries.sips import SipMatch, look_up_for_sip
from misam_desktop.wording import day_short

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def _ways(work: Workspace, found: SipMatch) -> list[Way]:
    """SIPs that go on, then what else is known; that is no hindrance."""
    beside = [one for one in ways_of(work, found.match) if one.button != tr("Återremittera")]
    muted = [Way(one.chip, Tone.MUTED, one.words, one.button, one.go) for one in beside]
    return [*(_sip(work, one) for one in found.cases), *muted]


def _sip(work: Workspace, one: Known) -> Way:
    day = day_short(one.raised_on, today=work.desk.today)
    words = tr("Det finns redan en SIP: behovet sågs {day}.").format(day=day)
    chip = tr("Utkast") if one.is_draft else tr("SIP")
    return Way(chip, Tone.AMBER, words, tr("Öppna SIP:en"), partial(work.go, "sip", one.case_id))


class NewSipScreen(NewCaseScreen[SipForm]):
    """A SIP that kommun or region has judged to be needed."""

    PLACE = "new_sip"
    FIRST = "need_why"
    WORDS = Words(
        title="Ny SIP",
        which="Verksamhet",
        begun="Du har en påbörjad SIP",
        none="Ingen verksamhet som du arbetar i kan hålla en SIP.",
        own_only="Ett utkast är enhetens eget: för en annan enhet behövs samtycket från början.",
        submit="Spara med samtycke",
        submitted="SIP:en är sparad. Andra kan nu kallas och bjudas in.",
        saved="Behovet är sparat som utkast.",
        thrown="Den påbörjade SIP:en är kastad.",
    )
    ASKED = Asked(look_up_for_sip, _ways, lambda found: name_of(found.match), lambda: tr("Gör en ny SIP"))

    def activities(self) -> Sequence[Activity]:
        """Those that the user works in."""
        return self.work.desk.my_activities

    def made_form(self, activity: Activity, number: PersonalNumber, found: SipMatch) -> SipForm:
        """The form of the need."""
        values = new_sip_values(self.work.desk, activity.id, found.match.person)
        return SipForm(self.work.desk, activity, number, values=values, with_consent=True)

    def known_person(self, found: SipMatch) -> Person | None:
        """As the unit has them, or their name alone."""
        return found.match.person

    def make(self, values: dict[str, Any], *, submit: bool) -> None:
        """Save the need."""
        form = self.form
        assert form is not None
        request = begin_sip(form.person(values), form.facts(values), consent=form.consent(values), submit=submit)
        self.run(request, submit=submit, opened=lambda sip: self.work.go("sip", sip.id))
