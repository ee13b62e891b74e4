"""Where the tour stops: a week of the made-up team, from the first start to the discharge and the way back.

Each stop does what a person would do next, and is then taken a picture of; a stop without a title only does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt

from misam_desktop.commands.referrals import change_referral
from misam_desktop.documents.phrases import Language, wording_of
from misam_desktop.domain.codes import Livelihood
from misam_desktop.domain.ids import ReferralId
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.domain.personal_number import made_up_number
from misam_desktop.domain.referral import ReferralState
from misam_desktop.gui import (
    appearance,
    tour_asked,
    tour_consents,
    tour_forum,
    tour_forum_papers,
    tour_help,
    tour_log,
    tour_nafs,
    tour_nafs_calendar,
    tour_protected,
    tour_reports,
    tour_sip,
    tour_statistics,
    tour_ways_out,
)
from misam_desktop.gui.case_form import SIGNED
from misam_desktop.gui.case_parts.steps import Step
from misam_desktop.gui.driver import Driver
from misam_desktop.gui.first_start import FirstStart
from misam_desktop.gui.screens.case import CaseScreen
from misam_desktop.gui.screens.cases import CasesScreen
from misam_desktop.gui.screens.contacts import ContactsScreen
from misam_desktop.gui.screens.follow_ups import FollowUpsScreen
from misam_desktop.gui.screens.forum import ForumScreen
from misam_desktop.gui.screens.new_referral import NewReferralScreen
from misam_desktop.gui.screens.referral import ReferralScreen
from misam_desktop.gui.screens.referrals import ReferralsScreen
from misam_desktop.gui.screens.register import RegisterScreen
from misam_desktop.gui.screens.rereferral import RereferralScreen
from misam_desktop.gui.tour_stop import Stop, after, enter, here, stop
from misam_desktop.queries.cases import CasePage, one_case

_MINE, _THEIRS, _WEAK = "en lugn morgon vid älven", "tre kajor satt på taket", "sommar"
_NUMBER = made_up_number(date(1994, 6, 21), 986)
_LIST = """personnummer;fornamn;efternamn;kon;insats;remittent;remissdatum;samtycke_fran;samtycke_parter
{one};Alva;Videgård;K;MISAM;Af;2026-11-02;2026-11-02;Af+Kommun
{other};Sixten;Notvik;M;MISAM;FK;2026-11-03;2026-11-03;FK+Region
{one};Alva;Videgård;K;MISAM;Af;2021-11-31;2026-11-02;Af+Kommun
"""


# The first start


def _start(driver: Driver) -> FirstStart:
    page = driver.window.page
    assert isinstance(page, FirstStart)
    return page


def _answer(driver: Driver, **values: object) -> None:
    form = _start(driver).form
    assert form is not None
    for name, value in values.items():
        driver.put(form[name], value)


def _next(driver: Driver) -> None:
    driver.click(_start(driver).next)


def _team(driver: Driver, aside: Path) -> None:
    _answer(driver, team="MISAM Provköping", file=str(aside / "misam.misam"))


def _you(driver: Driver, _aside: Path) -> None:
    _next(driver)
    _answer(driver, name="Karin Ekdal", login="karin", unit_id="kommun-ifo", password=_WEAK, password_again=_WEAK)
    _next(driver)


def _colleague(driver: Driver, _aside: Path) -> None:
    _answer(driver, password=_MINE, password_again=_MINE)
    _next(driver)
    _answer(driver, their_name="Jonas Vall", their_login="jonas", their_unit_id="af")
    _answer(driver, their_password=_THEIRS, their_password_again=_THEIRS)


def _activity(driver: Driver, _aside: Path) -> None:
    _next(driver)
    _answer(driver, place="Rådhuset, vån 2", nafs_teams="NAFS Norr, NAFS Söder")


def _empty_today(driver: Driver, _aside: Path) -> None:
    part = _start(driver).recovery
    assert part is not None
    for place, line in part.typed.items():
        driver.type(line, part.groups[place - 1])
    driver.click(part.primary)
    driver.wait_for(lambda: driver.window.work is not None)


FIRST_START = (
    Stop(act=lambda driver, _: driver.settle(), name="valkommen", title="Välkommen", who="första starten"),
    Stop(
        act=lambda driver, _: driver.click_text("Skapa ett nytt register"),
        name="forsta-start-lag",
        title="Första starten: arbetslaget",
        who="första starten",
    ),
    Stop(act=_team),
    Stop(act=_you, name="forsta-start-losenord", title="Ett lösenord som inte duger", who="första starten"),
    Stop(act=_colleague, name="forsta-start-kollega", title="Första starten: kollegan", who="första starten"),
    Stop(act=_activity, name="forsta-start-verksamhet", title="Första starten: verksamheten", who="första starten"),
    Stop(
        act=lambda driver, _: _next(driver),
        name="aterstallningsnyckel",
        title="Återställningsnyckeln, som skrivs tillbaka",
        who="första starten",
    ),
    Stop(act=_empty_today, name="idag-tomt", title="Idag i ett nytt register", who="Karin, koordinator"),
)

# The week


def _wrong_password(driver: Driver, _aside: Path) -> None:
    driver.unlock("fel mening på kvällen", login="jonas")


def _go(place: str) -> Callable[[Driver, Path], None]:
    return lambda driver, _aside: driver.go(place)


def _follow_up(driver: Driver, _aside: Path) -> None:
    driver.click(here(driver, FollowUpsScreen).follow_up)
    driver.fill(note="Har börjat arbetsträna två dagar i veckan.", next_step="Möte med arbetsplatsen i december.")


def _move_to_the_past(driver: Driver) -> None:
    driver.click(here(driver, FollowUpsScreen).move_date)
    driver.fill(to=date(2026, 11, 2), why="Arbetsplatsen ville vänta.")
    driver.save()


def _wrong_number(driver: Driver) -> None:
    driver.work.new_referral()
    driver.settle()
    driver.type(here(driver, NewReferralScreen).step.line, f"{_NUMBER.long[:-1]}{(int(_NUMBER.long[-1]) + 1) % 10}")


def _known_number(driver: Driver, _aside: Path) -> None:
    """The number of somebody who has a case that goes on."""
    driver.go("cases")
    own = driver.work.desk.unit(driver.work.desk.me.unit_id)
    row = next(row for row in here(driver, CasesScreen).table.rows if row.commissioner == own)
    driver.work.open_case(row.id)
    driver.settle()
    page = here(driver, CaseScreen)
    driver.click(page.header.number.toggle)
    number = page.header.number.number.text()
    driver.work.new_referral()
    driver.settle()
    line = here(driver, NewReferralScreen).step.line
    line.clear()
    driver.type(line, number)


def _form(driver: Driver, _aside: Path) -> None:
    line = here(driver, NewReferralScreen).step.line
    line.clear()
    driver.type(line, _NUMBER.long)
    driver.settle()
    form = here(driver, NewReferralScreen).form
    assert form is not None
    for name, value in {
        "given_name": "Tuva",
        "family_name": "Hässjevall",
        "sex": "kvinna",
        "question": "Behöver prova arbete i lugn takt. Vilken ersättning gäller, och vem är kontakt på vårdcentralen?",
        "needed_unit_ids": ("fk", "region"),
        "needed_why": "Läkarutlåtande och planering av återgång",
        "close_cooperation": True,
        "livelihoods": Livelihoods((Livelihood.SJUKPENNING,)),
    }.items():
        driver.put(form[name], value)


def _submit(driver: Driver, _aside: Path) -> None:
    driver.click(here(driver, NewReferralScreen).submit)


def _consent_signed(driver: Driver, _aside: Path) -> None:
    page = here(driver, NewReferralScreen)
    assert page.form is not None
    driver.put(page.form["consent_now"], SIGNED)
    driver.put(page.form["wording"], wording_of(Language.SV).id)
    driver.put(page.form["paper_at"], "Akten hos Af")
    driver.click(page.submit)


def _two_who_change(driver: Driver, _aside: Path) -> None:
    """Somebody saves another question while this one is written."""
    page = here(driver, ReferralScreen)
    assert page.editor is not None
    form = page.editor.form
    values = form.read_whole()
    assert values is not None
    theirs = replace(form.referral(values), question="Kan ekonomisk rådgivning gå före starten av företaget?")
    request = change_referral(ReferralId(page.subject), form.person(values), theirs, seen=form.seen)
    driver.work.session.do(request, owner=driver.work)
    driver.settle()
    driver.put(form["question"], "Vill starta eget men har skulder. Vem kan gå igenom ekonomin först?")
    driver.click_text("Spara ändringarna")


def _leave_the_change(driver: Driver) -> None:
    driver.click_text("Avbryt")


def _open_waiting(driver: Driver, _aside: Path) -> None:
    rows = here(driver, ReferralsScreen).table.rows
    waiting = [row for row in rows if row.state is ReferralState.WAITING and not row.is_protected]
    driver.work.open_referral(max(waiting, key=lambda row: row.referred_on).id)


def _open_protected(driver: Driver) -> None:
    driver.go("referrals")
    rows = here(driver, ReferralsScreen).table.rows
    driver.work.open_referral(next(row.id for row in rows if row.is_protected))


def _protected_in_queue(driver: Driver, _aside: Path) -> None:
    queue = here(driver, ForumScreen).meeting.queue
    queue.setCurrentRow(next(at for at, row in enumerate(queue.rows) if row.is_protected))


def _first_in_queue(driver: Driver, _aside: Path) -> None:
    queue = here(driver, ForumScreen).meeting.queue
    queue.setCurrentRow(next(at for at, row in enumerate(queue.rows) if not row.is_protected))


def _plan(driver: Driver, aside: Path) -> None:
    numbers = {"one": made_up_number(date(1990, 1, 1), 980).long, "other": made_up_number(date(1988, 5, 3), 981).long}
    file = aside / "lista.csv"
    file.write_text(_LIST.format(**numbers), encoding="utf-8")
    driver.go("register")
    here(driver, RegisterScreen).look_at(file)
    driver.settle()
    file.unlink()


def _search(driver: Driver, _aside: Path) -> None:
    driver.press(driver.work, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    driver.type(driver.work.top.search.line, "el")


def _leave_search(driver: Driver, _aside: Path) -> None:
    driver.press(driver.work.top.search.line, Qt.Key.Key_Escape)


def _case(driver: Driver, _aside: Path) -> None:
    driver.go("cases")
    screen = here(driver, CasesScreen)
    waiting = [row for row in screen.table.rows if row.next_due_on is not None and row.case_lead]
    driver.work.open_case(min(waiting, key=lambda row: row.next_due_on or date.max).id)


def _step(step: Step) -> Callable[[Driver, Path], None]:
    return after(lambda driver: driver.click(here(driver, CaseScreen).stepper.buttons[step]))


def _press(words: str, *, on: Step | None = None) -> Callable[[Driver, Path], None]:
    """Press the button of the page that begins with these words."""

    def act(driver: Driver) -> None:
        if on is not None:
            driver.click(here(driver, CaseScreen).stepper.buttons[on])
        driver.click_text(words)

    return after(act)


def _begin_forum(driver: Driver, _aside: Path) -> None:
    page = here(driver, ForumScreen)
    driver.click(page.start)
    driver.click(page.meeting.attendance.all_here)


def _outcome(driver: Driver, _aside: Path) -> None:
    queue = here(driver, ForumScreen).meeting.queue
    driver.press(queue, Qt.Key.Key_1)
    driver.press(queue, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    driver.press(queue, Qt.Key.Key_2)
    driver.press(queue, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def _enrolments(driver: Driver, _aside: Path) -> None:
    driver.click(here(driver, ForumScreen).to_enrolments)


def _large_text(percent: int, place: str) -> Callable[[Driver, Path], None]:
    def act(driver: Driver, _aside: Path) -> None:
        appearance.choose(driver.work.settings, percent=percent)
        driver.work.suit_text_size()
        driver.go(place)

    return act


def _usual_text(driver: Driver, _aside: Path) -> None:
    appearance.choose(driver.work.settings, percent=100)
    driver.work.suit_text_size()


def _discharge(driver: Driver, _aside: Path) -> None:
    driver.fill(reason="uppfyllt", destination="arbete", after="Arbetsgivaren och Af följer upp i mars.")
    driver.fill(livelihoods=Livelihoods((Livelihood.LON,)))
    driver.save()


def _what_did_not_hold(driver: Driver) -> None:
    driver.click_text("Återremittera")
    page = here(driver, RereferralScreen)
    assert page.form is not None
    driver.put(page.form["reason"], "inte_hallit")
    driver.put(page.form["not_held"], "Anställningen upphörde efter två veckor.")


def _referred_again(driver: Driver, _aside: Path) -> None:
    page = here(driver, RereferralScreen)
    assert page.form is not None
    driver.put(page.form["wording"], wording_of(Language.SV).id)
    driver.put(page.form["paper_at"], "Pärm A, rum 3")
    driver.click(page.submit)


def _came_back(driver: Driver, _aside: Path) -> None:
    """Somebody who has been here before, with what was done then beside what is done now."""
    driver.go("cases")
    pages: list[CasePage] = []
    for row in here(driver, CasesScreen).table.rows:
        driver.work.session.ask(one_case(row.id), owner=driver.work, then=pages.append)
    driver.settle()
    driver.work.open_case(next(page.episode.id for page in pages if page.others))
    driver.settle()
    driver.click(here(driver, CaseScreen).beside.buttons[1])


def _helene(driver: Driver, aside: Path) -> None:
    enter("helene")(driver, aside)
    driver.go("forum")
    _protected_in_queue(driver, aside)


_JONAS, _KARIN = "Jonas, handläggare på Af", "Karin, koordinator"
WEEK = (
    stop(lambda driver, _: driver.settle(), "las", "Låset", "alla"),
    stop(_wrong_password, "fel-losenord", "Fel lösenord", "alla"),
    stop(enter("jonas"), "idag-handlaggare", "Idag", _JONAS),
    stop(_go("follow_ups"), "uppfoljningar-mina", "Mina uppföljningar", _JONAS),
    stop(_follow_up, "uppfoljning", "En uppföljning på sex fält", _JONAS),
    stop(after(lambda driver: driver.click(here(driver, FollowUpsScreen).move_date)), "flytta", "Flytta", _JONAS),
    stop(after(_move_to_the_past), "flytta-bakat", "Ett datum som redan har varit", _JONAS),
    stop(
        after(lambda driver: driver.click(here(driver, FollowUpsScreen).not_reached)),
        "kunde-inte-nas",
        "Kunde inte nås",
        _JONAS,
    ),
    stop(after(_wrong_number), "ny-remiss-nummer", "Ny remiss: numret är fel skrivet", _JONAS),
    stop(_known_number, "ny-remiss-kand", "Ny remiss: personen har redan ett ärende", _JONAS),
    stop(_form, "ny-remiss", "Ny remiss", _JONAS),
    stop(_submit, "ny-remiss-saknas", "Ny remiss: samtycket saknas", _JONAS),
    stop(_consent_signed, "remiss-lamnad", "Remissen är lämnad till forumet", _JONAS),
    stop(tour_log.entries, "logg-egen", "Logg: det en handläggare själv har gjort", _JONAS),
    stop(_large_text(200, "today"), "stor-text", "Idag med dubbelt så stor text", _JONAS),
    Stop(act=_usual_text),
    stop(enter("karin"), "idag", "Idag", _KARIN),
    stop(_search, "sok", "Sök", _KARIN),
    Stop(act=_leave_search),
    stop(_go("referrals"), "remisser", "Remisser", _KARIN),
    stop(
        _open_waiting,
        "remiss",
        "En remiss",
        _KARIN,
    ),
    stop(lambda driver, _: here(driver, ReferralScreen).change(), "remiss-andra", "Ändra en remiss", _KARIN),
    stop(_two_who_change, "tva-andrar", "Två har ändrat samma remiss", _KARIN),
    Stop(act=after(_leave_the_change)),
    stop(after(_open_protected), "skyddad", "Skyddade personuppgifter, för den som äger dem", _KARIN),
    stop(tour_protected.shown, "skyddad-visad", "Nummer, telefon och adress, när ett skäl har angetts", _KARIN),
    stop(tour_protected.owners, "skyddad-utsedda", "Vilka som ser den som är skyddad", _KARIN),
    stop(tour_protected.jav, "jav", "Jag är jävig", _KARIN),
    Stop(act=tour_protected.leave),
    stop(_go("forum"), "forum-planerat", "Samverkansforum före mötet", _KARIN),
    *tour_forum.BEFORE,
    stop(_begin_forum, "forum", "Samverkansforum under mötet", _KARIN),
    stop(_protected_in_queue, "forum-skyddad", "Skyddade personuppgifter tas muntligt", _KARIN),
    Stop(act=_first_in_queue),
    *tour_forum.DURING,
    Stop(act=_first_in_queue),
    stop(_outcome, "forum-text", "Åter till myndigheten kräver en text", _KARIN),
    stop(_enrolments, "inskrivning-vantar", "Väntar på inskrivning", _KARIN),
    stop(_press("Skriv in"), "inskrivning", "Inskrivning", _KARIN),
    stop(after(lambda driver: driver.go("cases")), "arenden", "Ärenden", _KARIN),
    stop(_case, "arende", "Ett ärende", _KARIN),
    stop(tour_ways_out.gate_preview, "lamna-ut", "Lämna ut: vad var och en får, och enligt vilket samtycke", _KARIN),
    stop(tour_ways_out.paper, "lamna-ut-papper", "Papperet innan det sparas eller skrivs ut", _KARIN),
    stop(tour_ways_out.handed_out, "lamnat-ut", "Utlämnat som mejlutkast: lösenordet visas en gång", _KARIN),
    stop(_step(Step.INFORMATION), "arende-information", "Ärende: information", _KARIN),
    Stop(act=_press("Nytt samtycke")),
    stop(tour_consents.signed_text, "samtycke", "Nytt samtycke, och texten som skrevs under", _KARIN),
    stop(tour_consents.form_to_sign, "blankett", "Blankett att skriva under, på tre språk", _KARIN),
    stop(tour_consents.scan, "skannat", "Det skannade papperet, ur registret", _KARIN),
    stop(_press("Återkalla"), "aterkalla", "Samtycket återkallas: det här innebär det", _KARIN),
    stop(lambda driver, _: driver.click_text("Gå vidare"), "aterkalla-dag", "Dagen, och kvittot till personen", _KARIN),
    stop(_press("Byt", on=Step.INFORMATION), "byte", "Byte med datum", _KARIN),
    stop(_step(Step.NEEDS), "arende-behovsbild", "Ärende: aktuell behovsbild", _KARIN),
    stop(_step(Step.PLAN), "arende-handlingsplan", "Ärende: handlingsplan", _KARIN),
    stop(_press("Nytt åtagande"), "atagande", "Nytt åtagande", _KARIN),
    stop(_press("Avsluta ärendet", on=Step.PLANNING), "avslut", "Avslut med checklista", _KARIN),
    stop(_discharge, "arende-avslutat", "Ett avslutat ärende", _KARIN),
    stop(lambda driver, _: driver.click_text("Brev …"), "brev", "Brev: till vem, och på vilket språk", _KARIN),
    stop(tour_ways_out.letter, "brevet", "Brevet innan det sparas eller skrivs ut", _KARIN),
    stop(after(_what_did_not_hold), "aterremittering", "Återremittering", _KARIN),
    stop(_referred_again, "aterremiss-lamnad", "Återremissen är lämnad till forumet", _KARIN),
    stop(_came_back, "insatsperioder", "Ett ärende med en tidigare insatsperiod bredvid", _KARIN),
    *tour_asked.STOPS,
    *tour_forum_papers.STOPS,
    stop(after(lambda driver: driver.go("follow_ups")), "uppfoljningar", "Uppföljningar i hela verksamheten", _KARIN),
    *tour_sip.STOPS,
    stop(_go("contacts"), "kontakter", "Kontakter", _KARIN),
    stop(
        lambda driver, _: driver.click(here(driver, ContactsScreen).new_contact),
        "ny-kontakt",
        "Ny kontakt",
        _KARIN,
    ),
    stop(after(tour_ways_out.list_export), "exportera", "En lista till en annan enhet", _KARIN),
    stop(after(tour_ways_out.register_export), "ta-ut", "Registret som lista", _KARIN),
    stop(after(lambda driver: driver.go("register")), "ta-in-lista", "Ta in lista", _KARIN),
    stop(_plan, "ta-in-plan", "Det här händer om listan tas in", _KARIN),
    stop(tour_log.entries, "logg", "Logg: vad som har hänt i verksamheten", _KARIN),
    stop(tour_log.review, "loggkontroll", "Loggkontroll: det som är värt en titt, och ett stickprov", _KARIN),
    stop(tour_log.reviewed, "granska", "En läsning granskas", _KARIN),
    stop(tour_log.looked, "vem-har-tittat", "Vem har tittat senast, på ett ärende", _KARIN),
    stop(tour_log.all_who_looked, "vem-har-tittat-alla", "Vem har tittat: alla händelser om en person", _KARIN),
    stop(tour_log.extract, "loggutdrag", "Loggutdrag till personen", _KARIN),
    Stop(act=tour_log.close),
    stop(_helene, "forum-skyddad-andra", "Skyddade personuppgifter, för alla andra", "Helene, koordinator"),
    stop(enter("torsten"), "idag-ledning", "Idag", "Torsten, ledning"),
    stop(enter("agneta"), "idag-administrator", "Idag", "Agneta, administratör"),
    stop(tour_log.cut_off, "logg-lucka", "Loggen slutar tidigare än förut", "Agneta, administratör"),
    stop(tour_log.explained, "logg-lucka-orsak", "Orsaken antecknas", "Agneta, administratör"),
    Stop(act=tour_log.close),
    stop(enter("ylva"), "idag-nafs", "Idag", "Ylva, NAFS-koordinator"),
    *tour_nafs.STOPS,
    *tour_nafs_calendar.STOPS,
    *tour_statistics.STOPS,
    *tour_reports.STOPS,
    *tour_help.STOPS,
)
