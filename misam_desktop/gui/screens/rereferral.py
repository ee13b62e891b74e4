"""Återremittering: the earlier picture carried over, only what did not hold is asked, with a new consent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from misam_desktop.commands.referrals import refer_again
from misam_desktop.domain.codes import RereferralReason, Role
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.ids import EpisodeId
from misam_desktop.domain.intake import ReferralFacts, carried_over
from misam_desktop.domain.referral import Referral
from misam_desktop.gui.case_parts.sheet import facts
from misam_desktop.gui.choices import of_codes, of_contacts
from misam_desktop.gui.consent_form import (
    consent_facts,
    consent_fields,
    consent_values,
    facts_so_far,
    form_to_sign,
    when_wanted,
)
from misam_desktop.gui.dialogs.consent_paper import open_form
from misam_desktop.gui.drafts import DraftKeeper
from misam_desktop.gui.forms import Field, Form, Section, Values
from misam_desktop.gui.inputs import LongText, OneOf, Radios
from misam_desktop.gui.layouts import Columns, Flow
from misam_desktop.gui.masked import MaskedNumber
from misam_desktop.gui.referral_form import referrer_fields, referrer_of, referring_units, unit_of
from misam_desktop.gui.screen import Screen
from misam_desktop.gui.screens.new_referral import NewReferralScreen
from misam_desktop.gui.target_boxes import boxes
from misam_desktop.gui.text import tr
from misam_desktop.gui.widgets import Action, Card, button, clear, column, holding, label, scrolling
from misam_desktop.queries.cases import CasePage, one_case
from misam_desktop.wording import day_long, day_short
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.domain.ids import UnitId
    from misam_desktop.gui.workspace import Workspace
    from misam_desktop.queries.desk import Desk

FORM = "rereferral"
_SIDE_WIDE = 400


class RereferralForm(Form):
    """What did not hold, who refers, and the new consent; the rest is carried over from the earlier referral."""

    def __init__(self, desk: Desk, page: CasePage, *, on: date) -> None:
        self.desk, self.case = desk, page
        self._carried = carried_over(page.referral, page.episode, on=on)
        values = _begin(desk, page, on=on)
        self._unit_id: UnitId = values["unit_id"]
        super().__init__(self._sections(), values, page=True)
        self.changed.connect(self._offer_contacts)

    def referral(self, values: Values) -> ReferralFacts:
        """The earlier picture with what is new."""
        unit_id = unit_of(values)
        return replace(
            self._carried,
            referred_on=values["referred_on"],
            unit_id=unit_id,
            referrer=referrer_of(self.desk.agency_of(unit_id)),
            contact_id=values.get("contact_id"),
            target_reason=values.get("target_reason", ""),
        )

    def _offer_contacts(self) -> None:
        unit_id = self["unit_id"].value()
        if unit_id != self._unit_id:
            self._unit_id = unit_id
            contacts = self["contact_id"]
            assert isinstance(contacts, OneOf)
            contacts.set_choices(of_contacts(self.desk, unit_id=unit_id))

    def _is_outside(self, values: Values) -> bool:
        return not boxes(
            self.desk,
            self.case.activity,
            self.case.person.number,
            on=values["referred_on"] or self.desk.today,
            units=[unit_of(values), *self._carried.needed_unit_ids],
            close_cooperation=self._carried.close_cooperation,
        ).is_within

    def _sections(self) -> list[Section]:
        months = self.case.activity.settings.consent_months
        consent = [form_to_sign(), *consent_fields(self.desk, number=self.case.person.number, months=months)]
        return [
            Section(title=tr("Vad höll inte?"), fields=_what_fields()),
            Section(title=tr("Nytt samtycke"), fields=consent),
            Section(title=tr("Remissen"), fields=self._referral_fields()),
        ]

    def _referral_fields(self) -> list[Field]:
        return [
            *referrer_fields(self.desk, self.case.activity, self._unit_id),
            Field(
                name="target_reason",
                label=tr("Utanför målgruppen: skriv varför"),
                kind=lambda: LongText(2),
                required=True,
                only_if=self._is_outside,
            ),
        ]


def _what_fields() -> list[Field]:
    return [
        Field(
            name="reason",
            label=tr("Skäl"),
            kind=lambda: Radios(of_codes(RereferralReason), columns=1),
            required=True,
        ),
        Field(name="not_held", label=tr("Vad som hände"), kind=lambda: LongText(4), required=True),
    ]


def _begin(desk: Desk, page: CasePage, *, on: date) -> dict[str, Any]:
    """The earlier referrer where the user may refer for them, else one's own unit and oneself."""
    referral = page.referral
    offered = {choice.value for choice in referring_units(desk, page.activity, None)}
    is_theirs = referral.unit_id in offered and Role.KOORDINATOR in desk.me.roles
    unit_id = referral.unit_id if referral.unit_id is not None and is_theirs else desk.me.unit_id
    return {
        **consent_values(desk, referral.activity_id, unit_ids=[unit_id, *referral.needed_unit_ids]),
        "referred_on": on,
        "unit_id": unit_id,
        "contact_id": referral.contact_id if is_theirs else desk.me.contact_id,
        "target_reason": referral.target_reason,
    }


class RereferralScreen(Screen):
    """One page for one earlier episode: the form, or why there is none."""

    def __init__(self, work: Workspace, subject: str = "") -> None:
        super().__init__(work, subject)
        self.heading.setText(tr("Återremittering"))
        self.form: RereferralForm | None = None
        self._keeper: DraftKeeper | None = None
        self._page_of_case: CasePage | None = None
        self.number = MaskedNumber(work)
        self.name = label("", "strong")
        self.content.addWidget(holding(Flow(self.name, self.number, gap=10)))
        self._place = column()
        self.content.addLayout(self._place, 1)

    def reload(self) -> None:
        """Read the earlier case, unless the form is being filled in."""
        if self.form is None:
            self.session.ask(one_case(EpisodeId(self.subject)), owner=self, then=self._show)
        else:
            self.loaded.emit()

    def _show(self, page: CasePage) -> None:
        self._page_of_case = page
        self.name.setText(page.person.full_name or tr("Namn saknas"))
        self.number.show_person(page.person)
        until, today = page.rereferral_until, self.work.desk.today
        if page.came_back_with is not None:
            show = (tr("Visa remissen"), partial(self.work.open_referral, page.came_back_with))
            self._explain(tr("Personen är redan återremitterad efter det här ärendet."), show)
        elif page.episode.discharged_on is None:
            show = (tr("Öppna ärendet"), partial(self.work.open_case, page.episode.id))
            self._explain(tr("Ärendet pågår, så det finns inget att återremittera efter."), show)
        elif until is None:
            self._explain(tr("Efter det här avslutet görs ingen återremittering. Gör en vanlig remiss."))
        elif today > until:
            self._explain_late(until)
        else:
            self._fill_in(page, on=today)
        self.loaded.emit()

    # When there is no form

    def _explain(self, words: str, *ways: Action) -> None:
        """Why not, and the way on; an ordinary referral when nothing else is said."""
        ordinary = (tr("Gör en vanlig remiss"), self._begin_ordinary)
        card = Card()
        acts = [button(*way, "primary" if at == 0 else "") for at, way in enumerate(ways or (ordinary,))]
        card.add(label(words, wrap=True), Flow(*acts))
        clear(self._place)
        self._place.addWidget(card)
        self._place.addStretch(1)
        acts[0].setFocus()

    def _explain_late(self, until: date) -> None:
        """A paper that was dated in time can still be entered; what is later is an ordinary referral."""
        words = tr("Återremittering var möjlig till och med {last}. Gör en vanlig remiss; historiken följer med.")
        in_time = tr("Återremissen är skriven senast {last}").format(last=day_short(until, today=self.work.desk.today))
        self._explain(
            words.format(last=day_long(until)),
            (tr("Gör en vanlig remiss"), self._begin_ordinary),
            (in_time, lambda: self._fill_in(self._page_of_case, on=until)),
        )

    def _begin_ordinary(self) -> None:
        page = self.work.go("new_referral")
        assert isinstance(page, NewReferralScreen)
        if self._page_of_case is not None and self._page_of_case.person.number.is_shown:
            page.begin(self._page_of_case.person.number)

    # The form

    def _fill_in(self, page: CasePage | None, *, on: date) -> None:
        if page is None:
            return
        self.form = RereferralForm(self.work.desk, page, on=on)
        when_wanted(self.form, self._fill_in_paper)
        self._keeper = DraftKeeper(self.session, self.form, name=FORM, subject_id=page.episode.id)
        columns = Columns(side_wide=_SIDE_WIDE)
        columns.main.addWidget(self.form)
        columns.side.addWidget(_ended(self.work, page))
        columns.side.addWidget(_carried(self.work, page))
        columns.side.addStretch(1)
        clear(self._place)
        self._place.addWidget(scrolling(columns), 1)
        if page.rereferral_until is not None:
            last = day_long(page.rereferral_until)
            self.beside_heading.setText(tr("möjlig till och med {last}").format(last=last))
        clear(self.buttons)
        self.submit = button(tr("Lämna till forumet"), self._submit, "primary", shortcut="Ctrl+Return")
        self.buttons.addWidget(button(tr("Avbryt"), self._leave))
        self.buttons.addWidget(self.submit)
        self.form["reason"].setFocus()

    def _fill_in_paper(self) -> None:
        """The form of the new consent, for the person to sign."""
        page = self._page_of_case
        if page is not None and self.form is not None:
            facts = facts_so_far(self.work.desk, self.form.peek())
            open_form(self.work, page.person, referral_id=page.referral.id, facts=facts)

    def _leave(self) -> None:
        if self._keeper is not None:
            self._keeper.drop()
        self.work.leave("rereferral", self.subject)

    def _submit(self) -> None:
        if self.form is None or not self.submit.isEnabled():
            return
        values = self.form.read()
        if values is None:
            return
        request = refer_again(
            EpisodeId(self.subject),
            self.form.referral(values),
            reason=values["reason"],
            not_held=values["not_held"],
            consent=consent_facts(values),
        )
        self.submit.setEnabled(False)
        self.session.do(request, owner=self, then=self._made, failed=self._refused)

    def _made(self, referral: Referral) -> None:
        work = self.work
        self._leave()
        work.open_referral(referral.id)
        work.tell(tr("Återremissen är lämnad till forumet."))

    def _refused(self, error: MisamError) -> None:
        self.submit.setEnabled(True)
        if self.form is not None:
            self.form.show_error(error)


def _ended(work: Workspace, page: CasePage) -> Card:
    """How the earlier episode ended."""
    episode, today = page.episode, work.desk.today
    show = button(tr("Visa ärendet"), partial(work.open_case, episode.id))
    card = Card(tr("Tidigare insatsperiod"), beside=[show])
    ended = day_short(episode.discharged_on, today=today) if episode.discharged_on else ""
    known = [
        (tr("Inskriven"), day_short(episode.enrolled_on, today=today)),
        (tr("Avslutad"), ended),
        (tr("Avslutsorsak"), word_for(episode.discharge_reason) if episode.discharge_reason else ""),
        (tr("Avslutad till"), word_for(episode.destination) if episode.destination else ""),
        (tr("Planering efter avslut"), episode.planning_after),
    ]
    card.add(facts((name, words) for name, words in known if words))
    return card


def _carried(work: Workspace, page: CasePage) -> Card:
    """What follows along without being asked again; it can be changed while the referral waits."""
    carried = carried_over(page.referral, page.episode, on=work.desk.today)
    card = Card(tr("Det här följer med"))
    known = [
        (tr("Frågeställning"), carried.question),
        (tr("Enheter som behövs"), ", ".join(work.desk.unit(one) for one in carried.needed_unit_ids)),
        (tr("Varför"), carried.needed_why),
        (tr("Försörjning"), ", ".join(map(word_for, carried.livelihoods.codes))),
        (tr("Utbildning"), word_for(carried.education)),
    ]
    card.add(facts((name, words) for name, words in known if words))
    card.add(label(tr("Det kan ändras på remissen så länge den väntar."), "small", wrap=True))
    return card
