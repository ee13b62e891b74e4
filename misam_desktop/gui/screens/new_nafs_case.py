"""Nytt NAFS-ärende: the personnummer first, then the form with its questions and the consent to NAFS."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from misam_desktop.commands.nafs_cases import raise_case
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.ids import UnitId
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.gui.nafs_form import NafsForm, new_nafs_values
from misam_desktop.gui.new_case import NewCaseScreen, Words
from misam_desktop.gui.number_step import Asked, Way, name_of, ways_of
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.queries.beside import Known
from misam_desktop.queries.nafs_cases import NafsMatch, look_up_for_nafs
from misam_desktop.wording import day_short

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace


def _ways(work: Workspace, found: NafsMatch) -> list[Way]:
    """NAFS cases that the person has, then what else is known; those are no hindrance."""
    cases = [_nafs(work, one) for one in found.cases]
    beside = [_beside(one) for one in ways_of(work, found.match) if one.button != tr("Återremittera")]
    return cases + beside


def _nafs(work: Workspace, one: Known) -> Way:
    words = tr("Det finns redan ett NAFS-ärende: {team}, {day}.").format(
        team=one.team, day=day_short(one.raised_on, today=work.desk.today)
    )
    chip = tr("Utkast") if one.is_draft else tr("NAFS-ärende")
    return Way(chip, Tone.AMBER, words, tr("Öppna NAFS-ärendet"), partial(work.go, "nafs_case", one.case_id))


def _beside(way: Way) -> Way:
    """A case of samverkan goes on beside the NAFS case."""
    return Way(way.chip, Tone.MUTED, way.words, way.button, way.go)


class NewNafsCaseScreen(NewCaseScreen[NafsForm]):
    """A case that is put to one NAFS team."""

    PLACE = "new_nafs_case"
    FIRST = "questions"
    WORDS = Words(
        title="Nytt NAFS-ärende",
        which="NAFS-team",
        begun="Du har ett påbörjat NAFS-ärende",
        none="Det finns inget NAFS-team som du kan lämna ärenden till.",
        own_only="Ett utkast är enhetens eget: för en annan enhet lämnas ärendet direkt till teamet.",
        submit="Lämna till teamet",
        submitted="Ärendet är lämnat till teamet.",
        saved="Utkastet är sparat.",
        thrown="Det påbörjade NAFS-ärendet är kastat.",
    )
    ASKED = Asked(
        look_up_for_nafs,
        _ways,
        lambda found: name_of(found.match),
        lambda: tr("Gör ett nytt NAFS-ärende"),
    )

    _asks: tuple[PersonalNumber, tuple[tuple[UnitId, str], ...]] | None = None

    def begin_asking(self, number: PersonalNumber, questions: Sequence[tuple[UnitId, str]]) -> None:
        """Begin with a number and with questions that have been asked already: they are looked over, not typed."""
        self._asks = (number, tuple(questions)) if questions else None
        self.begin(number)

    def activities(self) -> Sequence[Activity]:
        """The teams."""
        return self.work.desk.my_teams

    def made_form(self, activity: Activity, number: PersonalNumber, found: NafsMatch) -> NafsForm:
        """The form of the case."""
        values = new_nafs_values(self.work.desk, activity.id, found.match.person)
        if self._asks is not None and self._asks[0] == number:
            values["questions"] = self._asks[1]
        return NafsForm(self.work.desk, activity, number, values=values, with_consent=True)

    def known_person(self, found: NafsMatch) -> Person | None:
        """As the unit has them, or their name alone."""
        return found.match.person

    def make(self, values: dict[str, Any], *, submit: bool) -> None:
        """Save the case with its questions."""
        form = self.form
        assert form is not None
        request = raise_case(
            form.person(values),
            form.facts(values),
            questions=values["questions"] or (),
            consent=form.consent(values),
            submit=submit,
        )
        self.run(request, submit=submit, opened=lambda case: self.work.go("nafs_case", case.id))
