"""How NAFS says things: what an agenda asks for and what to do about it, how far the answers have come, feedback."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from misam_desktop.domain.meeting import Meeting, MeetingState
from misam_desktop.domain.nafs import Question, Requirement
from misam_desktop.gui.text import tr
from misam_desktop.gui.theme import Tone
from misam_desktop.wording import day_short, month

if TYPE_CHECKING:
    from misam_desktop.domain.activity import Settings

MEETING_TONES = {
    MeetingState.PLANNED: Tone.PLAIN,
    MeetingState.OPEN: Tone.GREEN,
    MeetingState.CLOSED: Tone.MUTED,
    MeetingState.CANCELLED: Tone.RED,
}
Checked = Collection[tuple[Requirement, bool]]


def asked_for(one: Requirement, settings: Settings) -> str:
    """One requirement, as the checklist says it."""
    words = {
        Requirement.CONSENT: tr("Samtycke till NAFS som gäller på mötets dag"),
        Requirement.QUESTIONS: tr("Frågor till minst två andra myndigheter"),
        Requirement.AUTHORITIES: tr("Minst {least} myndigheter berörs, den egna räknad"),
        Requirement.ASKED_UNITS: tr("Alla som får en fråga ingår i samtycket"),
        Requirement.AGE: tr("{min}–{max} år på mötets dag, eller ett skäl"),
        Requirement.NOT_PROTECTED: tr("Inga skyddade personuppgifter"),
    }
    return words[one].format(least=settings.least_agencies, min=settings.min_age, max=settings.max_age)


def to_do(one: Requirement) -> str:
    """What to do about a requirement that is not met."""
    words = {
        Requirement.CONSENT: tr("Registrera ett samtycke till NAFS, eller förnya det som går ut."),
        Requirement.QUESTIONS: tr("Ställ minst en fråga till var och en av två andra myndigheter."),
        Requirement.AUTHORITIES: tr("Ställ en fråga till ännu en myndighet."),
        Requirement.ASKED_UNITS: tr("Registrera ett nytt samtycke med alla enheter som får en fråga."),
        Requirement.AGE: tr("Skriv under «Ändra» varför personen tas upp ändå."),
        Requirement.NOT_PROTECTED: tr("Ärendet tas muntligt på mötet. Inget om personen skrivs på dagordningen."),
    }
    return words[one]


def missing(checked: Checked) -> int:
    """How many requirements keep the case off an agenda; a protected identity does not, it is spoken of."""
    return sum(not is_met for one, is_met in checked if one is not Requirement.NOT_PROTECTED)


def answered_words(questions: Iterable[Question]) -> str:
    """«2 av 3 besvarade»."""
    found = list(questions)
    return tr("{done} av {count} besvarade").format(
        done=sum(one.answered_on is not None for one in found), count=len(found)
    )


def meeting_title(team: str, on: date, *, today: date) -> str:
    """«NAFS Norr 16 december», with the year when it is another than today's."""
    words = f"{team} {on.day} {month(on)}"
    return words if on.year == today.year else f"{words} {on.year}"


def when(meeting: Meeting, *, today: date) -> str:
    """«16 dec 14.00»."""
    return " ".join(filter(None, [day_short(meeting.on, today=today), meeting.starts]))


def feedback_words(due_on: date, *, today: date) -> tuple[str, Tone]:
    """«Återkoppling senast 29 dec», and how near that is."""
    days = (due_on - today).days
    words = tr("Återkoppling senast {day}").format(day=day_short(due_on, today=today))
    if days < 0:
        return tr("{words} · försenad").format(words=words), Tone.RED
    return words, Tone.AMBER if days <= 3 else Tone.PLAIN
