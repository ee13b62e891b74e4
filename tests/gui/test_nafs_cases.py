"""NAFS cases on the screen: a new one, its page, its answers, and the way to an agenda."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from misam_desktop.commands.protection import protect
from misam_desktop.domain.codes import Purpose, Role, ShowReason
from misam_desktop.domain.ids import CaseId, UserId
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.gui.case_form import LATER, SIGNED
from misam_desktop.gui.consent_form import OTHER_FORM
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.nafs_form import NafsForm, Questions
from misam_desktop.gui.screens.nafs import NafsScreen
from misam_desktop.gui.screens.nafs_case import NafsCaseScreen
from misam_desktop.gui.screens.new_nafs_case import NewNafsCaseScreen
from misam_desktop.queries.owners import protection
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, FK, IFO, all_of, colleague, contact_of, enrolled, somebody
from tests.conftest import PASSWORD
from tests.gui.nafs_worlds import ASKED, asked, on_agenda, owing, page, planned, raised, team
from tests.gui.worlds import cells, cut, says

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def nora(karin: Vault) -> Vault:
    return team(karin)


@pytest.fixture
def jonas_in(nora: Vault, as_jonas: Driver) -> Driver:
    """The window of the handläggare at Af, once there is a team."""
    return as_jonas


def begun(driver: Driver) -> NafsForm:
    """The form of a new case, the number given."""
    screen = page(driver, NewNafsCaseScreen, "new_nafs_case")
    driver.type(screen.step.line, made_up_number(date(1985, 3, 12), 981).long)
    driver.settle()
    assert screen.form is not None
    return screen.form


def fill(driver: Driver, form: NafsForm, **said: object) -> None:
    values = {"given_name": "Malin", "family_name": "Provlund", "sex": "kvinna", "questions": ASKED} | said
    for name, value in values.items():
        driver.put(form[name], value)


def sign(driver: Driver, form: NafsForm) -> None:
    driver.put(form["consent_now"], SIGNED)
    driver.put(form["wording"], OTHER_FORM)
    driver.put(form["paper_at"], "Akten hos Af")


def opened(driver: Driver, case_id: str) -> NafsCaseScreen:
    return page(driver, NafsCaseScreen, "nafs_case", case_id)


def defaults_of(vault: Vault, case_id: CaseId) -> tuple[UserId, ...]:
    """Who would be named if nobody chose."""
    return vault.ask(protection(case_id)).owners


# A new case


def test_a_new_case_is_put_to_the_team_and_opened(jonas_in: Driver, jonas: Vault) -> None:
    form = begun(jonas_in)
    fill(jonas_in, form)
    sign(jonas_in, form)
    jonas_in.click_text("Lämna till teamet")
    [case] = all_of(jonas, rows.nafs_cases)
    assert (case.unit_id, case.raised_by, case.submitted_at is not None) == (AF, contact_of(jonas), True)
    assert {(one.unit_id, one.text) for one in asked(jonas, case).values()} == set(ASKED)
    assert jonas_in.work.here.subject == case.id
    assert says(jonas_in, "0 av 2 besvarade")


def test_who_is_asked_is_ticked_in_the_consent(jonas_in: Driver) -> None:
    form = begun(jonas_in)
    fill(jonas_in, form)
    assert {AF, FK, IFO} <= set(form["unit_ids"].value())


def test_the_unit_that_raises_a_case_is_not_asked(jonas_in: Driver) -> None:
    questions = begun(jonas_in)["questions"]
    assert isinstance(questions, Questions)
    questions.rows[0].unit.set_value(AF)
    assert questions.rows[0].unit.value() is None


def test_questions_are_added_and_taken_out(jonas_in: Driver) -> None:
    form = begun(jonas_in)
    fill(jonas_in, form)
    questions = form["questions"]
    assert isinstance(questions, Questions)
    jonas_in.click(questions.more)
    assert len(questions.rows) == 3
    jonas_in.click(questions.rows[0].remove)
    assert [unit_id for unit_id, _ in questions.value() or ()] == [IFO]


@pytest.mark.parametrize("half", [((FK, ""),), ((None, "Vad gäller?"),)], ids=["no text", "no unit"])
def test_a_half_written_question_is_told_of(jonas_in: Driver, jonas: Vault, half: object) -> None:
    form = begun(jonas_in)
    fill(jonas_in, form, questions=half)
    jonas_in.click_text("Spara utkast")
    assert form.error_at("questions")
    assert all_of(jonas, rows.nafs_cases) == []


def test_without_a_consent_it_can_be_kept_as_a_draft(jonas_in: Driver, jonas: Vault) -> None:
    form = begun(jonas_in)
    fill(jonas_in, form)
    jonas_in.put(form["consent_now"], LATER)
    jonas_in.click_text("Lämna till teamet")
    assert form.error_at("consent_now")
    jonas_in.click_text("Spara utkast")
    [case] = all_of(jonas, rows.nafs_cases)
    assert case.submitted_at is None
    jonas_in.click_text("Lämna till teamet")
    assert says(jonas_in, "Utan samtycke till NAFS kan ärendet inte lämnas till teamet.")
    jonas_in.click_text("Registrera samtycket")
    jonas_in.fill(paper_at="Pärm 3", wording=OTHER_FORM)
    jonas_in.save()
    jonas_in.click_text("Lämna till teamet")
    [case] = all_of(jonas, rows.nafs_cases)
    assert case.submitted_at is not None


def test_what_is_half_written_is_offered_after_a_lock(jonas_in: Driver) -> None:
    fill(jonas_in, begun(jonas_in))
    jonas_in.press(jonas_in.work, Qt.Key.Key_L, CTRL)
    jonas_in.settle()
    jonas_in.unlock(PASSWORD, login="jonas")
    screen = page(jonas_in, NewNafsCaseScreen, "new_nafs_case")
    jonas_in.click_text("Fortsätt")
    assert screen.form is not None
    jonas_in.settle()
    assert screen.form["questions"].value() == ASKED


def test_a_person_with_a_nafs_case_leads_to_it(jonas_in: Driver, jonas: Vault) -> None:
    case = raised(jonas)
    screen = page(jonas_in, NewNafsCaseScreen, "new_nafs_case")
    jonas_in.type(screen.step.line, somebody().number.long)
    jonas_in.settle()
    jonas_in.click_text("Öppna NAFS-ärendet")
    assert jonas_in.work.here.subject == case.id


def test_an_age_outside_the_team_s_asks_why(jonas_in: Driver) -> None:
    screen = page(jonas_in, NewNafsCaseScreen, "new_nafs_case")
    jonas_in.type(screen.step.line, made_up_number(date(2009, 3, 12), 981).long)
    jonas_in.settle()
    assert screen.form is not None
    assert screen.form.applies("age_reason")


# The page


def test_the_number_is_masked_until_it_is_asked_for(jonas_in: Driver, jonas: Vault) -> None:
    screen = opened(jonas_in, raised(jonas).id)
    assert screen.number.number.text() == "850312-••••"


def test_what_is_missing_says_what_to_do(jonas_in: Driver, jonas: Vault) -> None:
    screen = opened(jonas_in, raised(jonas, questions=ASKED[:1]).id)
    assert says(jonas_in, "Ställ minst en fråga till var och en av två andra myndigheter.")
    assert says(jonas_in, "2 saknas")
    assert not any(one.isEnabled() for one in jonas_in.seen(type(screen.ask)) if one.text().startswith("Sätt upp"))


def test_a_case_is_put_on_the_agenda_of_a_meeting(jonas_in: Driver, jonas: Vault, nora: Vault) -> None:
    planned(nora)
    opened(jonas_in, raised(jonas).id)
    jonas_in.click_text("Sätt upp på dagordningen")
    assert says(jonas_in, "får läsa ärendet från och med nu, enligt samtycket", jonas_in.form)
    jonas_in.save()
    assert len(all_of(jonas, rows.agenda_items)) == 1
    assert says(jonas_in, "På dagordningen 16 dec 14.00")


def test_one_more_question_is_asked_and_taken_back(jonas_in: Driver, jonas: Vault) -> None:
    case = raised(jonas, questions=ASKED[:1])
    screen = opened(jonas_in, case.id)
    jonas_in.click(screen.ask)
    jonas_in.fill(unit_id=IFO, text="Finns boende?")
    jonas_in.save()
    assert set(asked(jonas, case)) == {FK, IFO}
    jonas_in.click_text("Ta bort", within=screen.questions.rows[asked(jonas, case)[IFO].id])
    assert set(asked(jonas, case)) == {FK}


def test_a_case_is_taken_back_with_its_reason(jonas_in: Driver, jonas: Vault) -> None:
    screen = opened(jonas_in, raised(jonas).id)
    jonas_in.click_text("Återta")
    jonas_in.fill(why="Löste sig")
    jonas_in.save()
    assert says(jonas_in, "Löste sig", screen)
    [case] = all_of(jonas, rows.nafs_cases)
    assert case.withdrawn_on is not None


def test_who_raised_it_can_be_another(jonas_in: Driver, jonas: Vault, karin: Vault) -> None:
    eva = colleague(karin, "eva", Role.HANDLAGGARE, unit_id=AF)
    jonas_in.click_text("Lås")
    jonas_in.unlock(PASSWORD, login="jonas")
    opened(jonas_in, raised(jonas).id)
    jonas_in.click_text("Ändra ärendet")
    jonas_in.fill(raised_by=contact_of(eva))
    jonas_in.save()
    [case] = all_of(jonas, rows.nafs_cases)
    assert case.raised_by == contact_of(eva)


def test_the_persons_case_in_samverkan_is_a_click_away(jonas_in: Driver, jonas: Vault, karin: Vault) -> None:
    episode = enrolled(karin)
    opened(jonas_in, raised(jonas).id)
    jonas_in.click_text("MISAM, remiss")
    assert jonas_in.work.here.subject == episode.id


def test_nothing_is_cut_on_the_page(jonas_in: Driver, jonas: Vault, nora: Vault) -> None:
    case = raised(jonas)
    on_agenda(jonas, planned(nora), case)
    opened(jonas_in, case.id)
    assert cut(jonas_in) == []


def test_the_identity_can_be_protected_here(jonas_in: Driver, jonas: Vault) -> None:
    screen = opened(jonas_in, raised(jonas).id)
    jonas_in.click_text("Skydd …")
    assert jonas_in.form.windowTitle() == "Skyddade personuppgifter"
    jonas_in.save()
    assert says(jonas_in, "Skyddade personuppgifter", screen)
    assert screen.number.number.text() == "Skyddad uppgift"


def test_what_is_kept_back_of_a_protected_person_is_shown_for_a_reason(jonas_in: Driver, jonas: Vault) -> None:
    case = raised(jonas)
    jonas.do(protect(case.id, defaults_of(jonas, case.id), seen=1))
    screen = opened(jonas_in, case.id)
    jonas_in.click(screen.number.toggle)
    jonas_in.fill(reason=ShowReason.KONTAKTA)
    jonas_in.save()
    assert screen.number.number.text() == somebody().number.long


def test_all_that_was_handed_out_is_listed(jonas_in: Driver, jonas: Vault, nora: Vault) -> None:
    case = raised(jonas)
    on_agenda(jonas, planned(nora), case)
    opened(jonas_in, case.id)
    assert says(jonas_in, "Sattes upp på en dagordning: ")
    jonas_in.click_text("Visa allt")
    assert jonas_in.dialog is not None
    assert says(jonas_in, "Sattes upp på en dagordning", jonas_in.dialog)


def test_a_form_to_sign_can_be_printed_and_a_consent_renewed_and_taken_back(jonas_in: Driver, jonas: Vault) -> None:
    opened(jonas_in, raised(jonas).id)
    jonas_in.click_text("Nytt samtycke")
    jonas_in.click_text("Skriv ut blankett")
    assert jonas_in.form.windowTitle() == "Blankett för samtycke"
    jonas_in.click_text("Visa blanketten")
    while jonas_in.dialog is not None:
        jonas_in.dialog.reject()
        jonas_in.settle()
    jonas_in.click_text("Förnya")
    jonas_in.fill(paper_at="Pärm 4", wording=OTHER_FORM)
    jonas_in.save()
    assert {one.purpose for one in all_of(jonas, rows.consents)} == {Purpose.NAFS}
    assert len(all_of(jonas, rows.consents)) == 2


# The list


def test_the_list_tells_how_far_each_case_has_come(jonas_in: Driver, jonas: Vault, nora: Vault) -> None:
    owing(jonas, nora)
    screen = page(jonas_in, NafsScreen, "nafs")
    jonas_in.click(screen.to_cases)
    assert cells(screen.cases, 0) == ["Malin Provlund", "NAFS Norr", "Af", "0 av 2", "20 nov", "1 dec · snart"]
    jonas_in.press(screen.cases, Qt.Key.Key_Return)
    jonas_in.settle()
    assert isinstance(jonas_in.work.here, NafsCaseScreen)
