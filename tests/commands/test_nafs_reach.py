"""What a unit or a team is told of a NAFS case at the edges of a consent: a narrow one, a later one, another team."""

from __future__ import annotations

from dataclasses import replace

import pytest

from misam_desktop.commands.agenda import put_on_agenda
from misam_desktop.commands.consents import make_receipt, record_consent, withdraw_consent
from misam_desktop.commands.forum import close_forum, open_forum, plan_meeting
from misam_desktop.commands.meeting_papers import give_keys
from misam_desktop.commands.nafs_cases import change_case
from misam_desktop.commands.nafs_papers import file_item
from misam_desktop.documents.phrases import Language
from misam_desktop.domain.codes import Act, InfoKind, Recipient, Role
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.meeting import Meeting
from misam_desktop.domain.nafs import AlreadyPut
from misam_desktop.domain.scope import EVERYTHING
from misam_desktop.queries.handed_out import handed_out
from misam_desktop.queries.nafs_cases import one_nafs_case
from misam_desktop.queries.outgoing import outgoing
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.nafs_worlds import MEETS, TEAM, leads_the_team, raised, raises, to_nafs
from tests.commands.worlds import AF, AME, FK, IFO, REGION, all_of, colleague, later, on, refused, somebody
from tests.conftest import TODAY
from tests.documents.worlds import said

QUESTION_ALONE = replace(to_nafs(), kinds=(InfoKind.FRAGESTALLNING,))


@pytest.fixture
def nora(karin: Vault) -> Vault:
    """The NAFS-koordinator, at the region."""
    return leads_the_team(karin)


@pytest.fixture
def meeting(nora: Vault) -> Meeting:
    """The team's next."""
    return nora.do(plan_meeting(TEAM, on=MEETS)).value


def test_the_key_of_who_leads_tells_her_unit_nobody_whom_the_consent_does_not_name(
    jonas: Vault, nora: Vault, meeting: Meeting
) -> None:
    jonas.do(put_on_agenda(meeting.id, raised(jonas, consent=QUESTION_ALONE).id))
    given = nora.do(give_keys(meeting.id, REGION, act=Act.MEJLUTKAST)).value
    assert "Provlund" not in said(given.paper)
    assert not [one for one in nora.ask(outgoing(meeting.id)).papers if one.kind.value == "kodnyckel"]


def test_who_leads_reads_what_a_wider_paper_names_before_the_case_stands_on_an_agenda(
    jonas: Vault, nora: Vault
) -> None:
    case = raised(jonas, consent=QUESTION_ALONE)
    later(jonas, minutes=5).do(record_consent(case.id, to_nafs()))
    assert later(nora, minutes=20).ask(one_nafs_case(case.id)).kinds == EVERYTHING


def test_who_leads_reads_a_case_again_whose_consent_was_taken_back_and_given_anew(jonas: Vault, nora: Vault) -> None:
    case = raised(jonas)
    jonas.do(withdraw_consent(all_of(jonas, rows.consents)[0].id, on=TODAY))
    later(jonas, minutes=5).do(record_consent(case.id, to_nafs()))
    assert later(nora, minutes=20).ask(one_nafs_case(case.id)).kinds == EVERYTHING


def test_but_the_other_units_read_it_only_once_it_has_stood_on_an_agenda(jonas: Vault, nora: Vault) -> None:
    case = raised(jonas, consent=QUESTION_ALONE)
    later(jonas, minutes=5).do(record_consent(case.id, to_nafs()))
    lena = colleague(jonas, "lena", Role.HANDLAGGARE, unit_id=FK)
    with refused(lena, NotFound):
        lena.ask(one_nafs_case(case.id))


def test_a_new_paper_hands_a_protected_persons_case_on_an_agenda_to_nobody(
    jonas: Vault, nora: Vault, meeting: Meeting
) -> None:
    case = raised(jonas, person=somebody(protected=True))
    jonas.do(put_on_agenda(meeting.id, case.id))
    later(jonas, minutes=5).do(record_consent(case.id, to_nafs()))
    assert not all_of(jonas, rows.disclosures)


def test_who_leads_makes_no_unit_that_the_consent_leaves_out_the_one_whose_case_it_is(
    jonas: Vault, nora: Vault
) -> None:
    case = raised(jonas)
    with pytest.raises(AlreadyPut):
        nora.do(change_case(case.id, raises(jonas, unit_id=AME), seen=case.version))
    mia = colleague(jonas, "mia", Role.HANDLAGGARE, unit_id=AME)
    with refused(mia, NotFound):
        mia.ask(one_nafs_case(case.id))


def test_who_only_a_consent_lets_in_is_not_told_which_other_unit_took_it_for_its_file(
    jonas: Vault, nora: Vault, meeting: Meeting
) -> None:
    case = raised(jonas)
    item = jonas.do(put_on_agenda(meeting.id, case.id)).value
    held = on(nora, MEETS)
    held.do(open_forum(TEAM, on=MEETS))
    held.do(close_forum(meeting.id))
    lena, ivar = (
        on(colleague(jonas, login, Role.HANDLAGGARE, unit_id=unit_id), MEETS)
        for login, unit_id in (("lena", FK), ("ivar", IFO))
    )
    ivar.do(file_item(item.id, act=Act.URKLIPP))
    assert Recipient.EGEN not in {one.recipient for one in lena.ask(handed_out(case.id))}
    assert Recipient.EGEN not in {one.recipient for one in lena.ask(one_nafs_case(case.id)).disclosures}
    for told in (ivar, on(jonas, MEETS), held):
        assert [one.by for one in told.ask(handed_out(case.id)) if one.recipient is Recipient.EGEN] == ["Ivar"]


def test_a_handlaggare_who_takes_the_units_key_is_not_called_its_chair(
    jonas: Vault, nora: Vault, meeting: Meeting
) -> None:
    jonas.do(put_on_agenda(meeting.id, raised(jonas).id))
    lena = colleague(jonas, "lena", Role.HANDLAGGARE, unit_id=FK)
    assert "Ordförande" not in said(lena.do(give_keys(meeting.id, FK, act=Act.UTSKRIFT)).value.paper)
    assert "Ordförande Nora" in said(nora.do(give_keys(meeting.id, FK, act=Act.UTSKRIFT)).value.paper)


def test_the_receipt_of_who_only_a_consent_lets_in_names_no_unit_of_a_paper_that_does_not_name_theirs(
    jonas: Vault, nora: Vault, meeting: Meeting
) -> None:
    case = raised(jonas)
    jonas.do(put_on_agenda(meeting.id, case.id))
    mia = colleague(jonas, "mia", Role.HANDLAGGARE, unit_id=AME)
    jonas.do(withdraw_consent(all_of(jonas, rows.consents)[0].id, on=TODAY))
    new = later(jonas, minutes=5).do(record_consent(case.id, to_nafs(AF, AME, REGION))).value[0]
    for vault, tells in ((mia, False), (jonas, True)):
        paper = later(vault, minutes=9).do(make_receipt(new.id, Language.SV, on=TODAY)).value
        assert ("Försäkringskassan" in said(paper)) == tells
