"""Ny remiss: the personnummer first, then the form of the referral."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from misam_desktop.commands.referrals import make_referral
from misam_desktop.domain.activity import Activity
from misam_desktop.domain.people import Person
from misam_desktop.domain.personal_number import PersonalNumber
from misam_desktop.gui.new_case import NewCaseScreen, Words
from misam_desktop.gui.number_step import FOR_REFERRAL, Way
from misam_desktop.gui.referral_form import ReferralForm, new_values
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.queries.referrals import NumberMatch

FORM = "new_referral"
"""What the half-written referral is kept as."""


class NewReferralScreen(NewCaseScreen[ReferralForm]):
    """A referral to one of the user's activities."""

    PLACE = FORM
    ASKED = FOR_REFERRAL
    WORDS = Words(
        title="Ny remiss",
        which="Insats",
        begun="Du har en påbörjad remiss",
        none="Ingen insats som du arbetar i tar emot remisser.",
        own_only="Ett utkast är enhetens eget: för en annan enhet går remissen direkt till forumet.",
        submit="Lämna till forumet",
        submitted="Remissen är lämnad till forumet.",
        saved="Utkastet är sparat.",
        thrown="Den påbörjade remissen är kastad.",
    )

    def activities(self) -> Sequence[Activity]:
        """Those that take referrals."""
        return self.work.desk.my_activities

    def made_form(self, activity: Activity, number: PersonalNumber, found: NumberMatch) -> ReferralForm:
        """The form of the referral."""
        values = new_values(self.work.desk, activity, found.person)
        return ReferralForm(self.work.desk, activity, number, values=values, with_consent=True)

    def known_person(self, found: NumberMatch) -> Person | None:
        """As the unit has them, or their name alone."""
        return found.person

    def make(self, values: dict[str, Any], *, submit: bool) -> None:
        """Save the referral."""
        form = self.form
        assert form is not None
        request = make_referral(form.person(values), form.referral(values), consent=form.consent(values), submit=submit)
        self.run(request, submit=submit, opened=lambda referral: self.work.open_referral(referral.id))

    def told_above(self, way: Way) -> str:
        """Of two that go on at once the koordinator says which counts."""
        if way.tone is not Tone.AMBER:
            return way.words
        return tr("{words} Koordinatorn avgör vilken remiss som gäller.").format(words=way.words)
