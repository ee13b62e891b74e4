"""What is asked about one NAFS case: a question more, other facts, which agenda, why it is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from misam_desktop.commands.agenda import put_on_agenda
from misam_desktop.commands.nafs_cases import ask_unit, change_case, reword_question, withdraw_case
from misam_desktop.domain.nafs import NafsFacts, Question, Requirement
from misam_desktop.domain.scope import deciding
from misam_desktop.gui import choices
from misam_desktop.gui.dialog import FormDialog
from misam_desktop.gui.forms import Field
from misam_desktop.gui.inputs import Choice, Day, LongText, OneOf, Radios
from misam_desktop.gui.nafs_form import who_raised
from misam_desktop.gui.nafs_parts.calendar import late_words
from misam_desktop.gui.text import tr
from misam_desktop.vault import Request
from misam_desktop.wording import day_long, day_short

if TYPE_CHECKING:
    from misam_desktop.domain.meeting import Meeting
    from misam_desktop.gui.workspace import Workspace
    from misam_desktop.queries.nafs_cases import NafsPage


def open_ask(work: Workspace, page: NafsPage) -> None:
    """Ask a unit something more."""
    FormDialog(
        work,
        title=tr("Ny fråga"),
        content=[
            Field(
                name="unit_id",
                label=tr("Enhet"),
                kind=lambda: OneOf(choices.of_units(work.desk, without=[page.case.unit_id]), empty=tr("Välj …")),
                required=True,
            ),
            _text_field(),
        ],
        save=lambda values: ask_unit(page.case.id, values["unit_id"], values["text"]),
        then=lambda _question: work.tell(tr("Frågan är ställd.")),
        word=tr("Spara frågan"),
        draft=("nafs_question", page.case.id),
    ).open()


def open_reword(work: Workspace, question: Question) -> None:
    """Put a question in other words."""
    FormDialog(
        work,
        title=tr("Fråga till {unit}").format(unit=work.desk.unit(question.unit_id)),
        content=[_text_field()],
        values={"text": question.text},
        save=lambda values: reword_question(question.id, values["text"], seen=question.version),
        then=lambda _question: work.tell(tr("Frågan är ändrad.")),
        draft=("nafs_reword", question.id),
    ).open()


def _text_field() -> Field:
    return Field(
        name="text",
        label=tr("Frågeställning"),
        kind=lambda: LongText(4, tr("Vad vill ni veta?")),
        required=True,
        help=tr("Skriv inget namn eller nummer i frågan: den står på dagordningen under en kod."),
    )


def open_change_case(work: Workspace, page: NafsPage) -> None:
    """Change who has raised the case and when, and why somebody of another age is taken up."""
    case, desk = page.case, work.desk

    def save(values: dict[str, Any]) -> Request[Any]:
        facts = NafsFacts(activity_id=case.activity_id, unit_id=case.unit_id, **values)
        return change_case(case.id, facts, seen=case.version)

    FormDialog(
        work,
        title=tr("Ändra ärendet"),
        content=[
            *who_raised(desk, lambda: case.unit_id),
            Field(name="raised_on", label=tr("Datum"), kind=lambda: Day(desk.today), required=True, half=True),
            Field(
                name="age_reason",
                label=tr("Om personen är utanför teamets åldrar: varför"),
                kind=lambda: LongText(2),
            ),
        ],
        values={name: getattr(case, name) for name in ("raised_by", "passed_by", "raised_on", "age_reason")},
        save=save,
        then=lambda _case: work.tell(tr("Ändringarna är sparade.")),
    ).open()


def open_withdraw_case(work: Workspace, page: NafsPage) -> None:
    """Ask why a case is taken back."""
    FormDialog(
        work,
        title=tr("Återta ärendet"),
        intro=tr("Ärendet tas inte upp. Står det på en dagordning utgår det."),
        content=[
            Field(
                name="why",
                label=tr("Varför"),
                kind=lambda: LongText(3),
                required=True,
                help=tr("De som får läsa ärendet läser också det här."),
            )
        ],
        save=lambda values: withdraw_case(page.case.id, why=values["why"], seen=page.case.version),
        then=lambda _case: work.tell(tr("Ärendet är återtaget.")),
        word=tr("Återta"),
    ).open()


def open_put_on_agenda(work: Workspace, page: NafsPage) -> None:
    """Ask on which meeting the case is taken up, and say who may read it from then on."""
    taken = {meeting.id for _, meeting in page.items}
    offered = [one for one in page.upcoming if one.id not in taken]
    today = work.desk.today
    dialog: FormDialog = FormDialog(
        work,
        title=tr("Sätt upp på dagordningen"),
        intro=" ".join(filter(None, [_what_leaves(work, page), _stands_already(page)])),
        content=[
            Field(
                name="meeting_id",
                label=tr("Möte"),
                kind=lambda: Radios([_meeting_choice(one) for one in offered], columns=1),
                required=True,
            )
        ]
        if offered
        else [],
        values={"meeting_id": offered[0].id} if offered else {},
        save=lambda values: put_on_agenda(values["meeting_id"], page.case.id),
        then=lambda _item: work.tell(tr("Ärendet står på dagordningen.")),
        word=tr("Sätt upp"),
        wide=520,
    )
    if offered:

        def tell() -> None:
            chosen = next((one for one in offered if one.id == dialog.form.peek()["meeting_id"]), None)
            words = late_words(chosen, today, leads=work.desk.leads_nafs) if chosen else ""
            dialog.form.note("meeting_id", words)

        dialog.form.changed.connect(tell)
        tell()
    dialog.open()


def _stands_already(page: NafsPage) -> str:
    """A case can stand on two meetings; who puts it on one more is told."""
    there = [meeting for _, meeting in page.items if meeting in page.upcoming]
    days = tr(" och ").join(day_long(one.on) for one in reversed(there))
    return tr("Ärendet står redan på mötet {days}, och står kvar där.").format(days=days) if there else ""


def _meeting_choice(meeting: Meeting) -> Choice:
    words = " ".join(filter(None, [day_long(meeting.on), meeting.starts]))
    return Choice(meeting.id, ", ".join(filter(None, [words, meeting.place])))


def _what_leaves(work: Workspace, page: NafsPage) -> str:
    """Who reads it, and under which consent."""
    if (Requirement.NOT_PROTECTED, False) in page.checked:
        return tr("Personen är skyddad: ärendet tas muntligt. Inget skrivs på dagordningen, och ingen enhet får läsa.")
    consent = page.deciding or deciding(page.consents, page.case.purpose, work.desk.today)
    if consent is None:
        return tr("Välj vilket möte som ska ta upp ärendet.")
    units = ", ".join(work.desk.unit(one) for one in consent.unit_ids)
    day = day_short(consent.from_on, today=work.desk.today)
    words = tr("{units} får läsa ärendet från och med nu, enligt samtycket från {day}. På dagordningen står en kod.")
    return words.format(units=units, day=day)
