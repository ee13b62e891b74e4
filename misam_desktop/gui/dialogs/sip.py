"""What is asked about one SIP: the preparation, who takes part, the meeting, answers, the plan and the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from misam_desktop.commands.sip_plans import amend_plan, commit_in_sip, write_plan
from misam_desktop.commands.sips import add_party, answer_invitation, end_sip, prepare_sip, set_sip_meeting
from misam_desktop.domain.sip import PRINCIPALS, PartyKind, Preparation, SipAnswer, SipParty
from misam_desktop.domain.sip_plan import CAN_BE_NONE, PlanFacts, Point
from misam_desktop.gui import choices
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Checks, Choice, Day, LongText, OneOf, Radios, Text
from misam_desktop.gui.sip_parts.words import who
from misam_desktop.gui.text import tr

if TYPE_CHECKING:
    from misam_desktop.gui.workspace import Workspace
    from misam_desktop.queries.sips import SipPage

_YES, _NO = "yes", "no"
_NAMED = {PartyKind.NARSTAENDE, PartyKind.ANNAN}


def open_prepare(work: Workspace, page: SipPage) -> None:
    """What the person says before the meeting."""
    sip = page.sip
    texts = {
        "important": tr("Vad är viktigt för dig?"),
        "questions": tr("Vilka frågor ska tas upp?"),
        "wanted": tr("Vilka ska vara med?"),
        "unwanted": tr("Vilka ska inte vara med, och vad ska inte delas?"),
    }
    fields = [Field(name=name, label=words, kind=lambda: LongText(2)) for name, words in texts.items()]
    asked = Field(
        name="relatives",
        label=tr("Får närstående vara med?"),
        kind=lambda: Radios([Choice(_YES, tr("Ja")), Choice(_NO, tr("Nej"))]),
    )
    said = {True: _YES, False: _NO, None: None}[sip.relatives]
    FormDialog(
        work,
        title=tr("Förbered mötet"),
        content=[*fields, asked],
        values={name: getattr(sip, name) for name in texts} | {"relatives": said},
        save=lambda values: prepare_sip(
            sip.id,
            Preparation(**values | {"relatives": {_YES: True, _NO: False}.get(values["relatives"])}),
            seen=sip.version,
        ),
        then=lambda _sip: work.tell(tr("Förberedelsen är sparad.")),
        draft=("sip_preparation", sip.id),
        wide=620,
    ).open()


def open_party(work: Workspace, page: SipPage) -> None:
    """Somebody more who shall take part."""
    FormDialog(
        work,
        title=tr("Lägg till deltagare"),
        content=[
            Field(
                name="kind",
                label=tr("Deltagare"),
                kind=lambda: Radios(choices.of_codes(PartyKind), columns=2),
                required=True,
            ),
            Field(
                name="unit_id",
                label=tr("Enhet"),
                kind=lambda: OneOf(choices.of_units(work.desk), empty=tr("Välj …")),
                required=True,
                only_if=lambda values: values["kind"] is PartyKind.ENHET,
                help=tr("Kommun och region får kallelse, andra får inbjudan."),
            ),
            Field(
                name="name",
                label=tr("Namn"),
                kind=Text,
                required=True,
                only_if=lambda values: values["kind"] in _NAMED,
            ),
        ],
        values={"kind": PartyKind.ENHET},
        save=lambda values: add_party(
            page.sip.id, values["kind"], unit_id=values.get("unit_id"), name=values.get("name") or ""
        ),
        then=lambda _party: work.tell(tr("Deltagaren är tillagd.")),
        word=tr("Lägg till"),
    ).open()


def open_meeting(work: Workspace, page: SipPage) -> None:
    """When and where; another day than before makes the letters old."""
    sip = page.sip
    FormDialog(
        work,
        title=tr("Bestäm mötet") if sip.meeting_on is None else tr("Flytta mötet"),
        intro="" if sip.meeting_on is None else tr("Brev som är skickade gäller då inte längre, och nya behövs."),
        content=[
            Field(name="on", label=tr("Dag"), kind=lambda: Day(work.desk.today), required=True, half=True),
            Field(name="time", label=tr("Tid"), kind=lambda: Text("13.00"), required=True, half=True),
            Field(name="place", label=tr("Plats"), kind=Text, required=True),
        ],
        values={"on": sip.meeting_on, "time": sip.meeting_time, "place": sip.meeting_place},
        save=lambda values: set_sip_meeting(sip.id, **values, seen=sip.version),
        then=lambda _sip: work.tell(tr("Mötet är sparat.")),
    ).open()


def open_answer(work: Workspace, page: SipPage, party: SipParty) -> None:
    """What somebody says to the letter."""
    FormDialog(
        work,
        title=tr("Svar från {who}").format(who=who(work.desk, party, kinds=page.kinds)),
        content=[
            Field(
                name="said",
                label=tr("Svar"),
                kind=lambda: Radios(choices.of_codes(SipAnswer), columns=3),
                required=True,
            ),
            Field(
                name="text",
                label=tr("Vilken tid passar, eller varför inte"),
                kind=lambda: LongText(2),
                required=True,
                only_if=lambda values: values["said"] in {SipAnswer.NY_TID, SipAnswer.KOMMER_INTE},
            ),
        ],
        values={"said": party.answer, "text": party.answer_text},
        save=lambda values: answer_invitation(
            party.id, values["said"], text=values.get("text") or "", seen=party.version
        ),
        then=lambda _party: work.tell(tr("Svaret är noterat.")),
    ).open()


def open_plan(work: Workspace, page: SipPage) -> None:
    """The draft of the plan; who does what is added line by line on the page."""
    desk, newest = work.desk, page.newest
    plan = newest.plan if newest else None
    points = [one for one in Point if one in CAN_BE_NONE]
    principals = [one for one in choices.of_unit_names(desk) if desk.agency_of(one.value) in PRINCIPALS]
    FormDialog(
        work,
        title=tr("Planen"),
        intro=tr("Vem som gör vad läggs till rad för rad på sidan."),
        content=[
            Field(name="needed", label=tr("1. Vilka insatser behövs?"), kind=lambda: LongText(3)),
            Field(
                name="none",
                label=tr("Svaret är «Inga» för"),
                kind=lambda: Checks(choices.of_codes(points)),
            ),
            Field(
                name="responsible_id",
                label=tr("4. Övergripande ansvar"),
                kind=lambda: OneOf(principals, empty=tr("Välj …")),
                half=True,
                help=tr("Kommunen eller regionen."),
            ),
            Field(name="follow_up_on", label=tr("Följs upp"), kind=lambda: Day(desk.today), half=True),
            Field(name="goals_short", label=tr("Mål på kort sikt"), kind=lambda: LongText(2)),
            Field(name="goals_long", label=tr("Mål på lång sikt"), kind=lambda: LongText(2)),
            Field(
                name="existing",
                label=tr("Finns redan i en annan plan"),
                kind=Text,
                help=tr("Fyll i vilken, om den svarar på allt som lagen kräver."),
            ),
        ],
        values={name: getattr(plan, name) for name in PlanFacts.__slots__} if plan else {},
        save=lambda values: write_plan(
            page.sip.id,
            PlanFacts(**values | {"none": tuple(values["none"] or ())}),
            seen=plan.version if plan else None,
        ),
        then=lambda _plan: work.tell(tr("Planen är sparad som utkast.")),
        draft=("sip_plan", page.sip.id),
        wide=680,
    ).open()


def open_commitment(work: Workspace, page: SipPage) -> None:
    """Who does what by when."""
    offered = [
        Choice(one.party.id, who(work.desk, one.party, kinds=page.kinds)) for one in page.parties if one.may_commit
    ]
    FormDialog(
        work,
        title=tr("Vem gör vad"),
        content=[
            Field(name="party_id", label=tr("Vem"), kind=lambda: OneOf(offered, empty=tr("Välj …")), required=True),
            Field(name="what", label=tr("Vad"), kind=lambda: LongText(2), required=True),
            Field(name="due_on", label=tr("Senast"), kind=lambda: Day(work.desk.today)),
        ],
        save=lambda values: commit_in_sip(values["party_id"], what=values["what"], due_on=values["due_on"]),
        then=lambda _line: work.tell(tr("Åtagandet är sparat.")),
        draft=("sip_commitment", page.sip.id),
    ).open()


def open_amend(work: Workspace, page: SipPage) -> None:
    """Why a finished plan is changed; what it says comes along, and the earlier stands."""
    FormDialog(
        work,
        title=tr("Ny version av planen"),
        intro=tr("Den färdiga planen står kvar. Den nya börjar med samma innehåll."),
        content=[Field(name="reason", label=tr("Varför"), kind=lambda: LongText(2), required=True)],
        save=lambda values: amend_plan(page.sip.id, reason=values["reason"]),
        then=lambda _plan: work.tell(tr("En ny version är påbörjad.")),
        word=tr("Börja ny version"),
    ).open()


def open_end(work: Workspace, page: SipPage) -> None:
    """End the SIP with what came of it."""
    FormDialog(
        work,
        title=tr("Avsluta SIP"),
        content=[
            Field(name="on", label=tr("Dag"), kind=lambda: Day(work.desk.today), required=True),
            Field(name="evaluation", label=tr("Utvärdering"), kind=lambda: LongText(4), required=True),
        ],
        values={"on": work.desk.today},
        save=lambda values: end_sip(page.sip.id, **values, seen=page.sip.version),
        then=lambda _sip: work.tell(tr("SIP:en är avslutad.")),
        word=tr("Avsluta"),
        draft=("sip_end", page.sip.id),
    ).open()
