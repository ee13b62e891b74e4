"""NAFS cases in lists that are taken out, and what papers call the way to a meeting of theirs."""

from __future__ import annotations

import pytest

from misam_desktop.commands.agenda import put_on_agenda
from misam_desktop.commands.consents import withdraw_consent
from misam_desktop.commands.extracts import make_extract
from misam_desktop.commands.forum import plan_meeting
from misam_desktop.commands.lists import copy_list, export_list
from misam_desktop.documents.phrases import Language
from misam_desktop.domain.codes import ExportPurpose, InfoKind, ListColumn, Recipient
from misam_desktop.domain.errors import NotFound
from misam_desktop.domain.gate import OWN_FILES, To
from misam_desktop.domain.nafs import NafsCase
from misam_desktop.queries.lists import list_preview
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.nafs_worlds import MEETS, TEAM, leads_the_team, raised
from tests.commands.worlds import FK, all_of, entries, refused, somebody, waiting
from tests.conftest import TODAY
from tests.documents.worlds import said

TO_FK = To(recipient=Recipient.ENHET, unit_id=FK)
COLUMNS = (ListColumn.REFERRED_BY, ListColumn.REFERRED_ON, ListColumn.STATE, ListColumn.QUESTION)


@pytest.fixture
def nora(karin: Vault) -> Vault:
    """The NAFS-koordinator, at the region."""
    return leads_the_team(karin)


@pytest.fixture
def case(jonas: Vault, nora: Vault) -> NafsCase:
    """One that all may read."""
    return raised(jonas)


def test_a_nafs_case_is_copied_for_the_own_file_and_logged(jonas: Vault, case: NafsCase) -> None:
    copied = jonas.do(copy_list([case.id])).value
    assert InfoKind.GRUNDUPPGIFTER in copied.kinds[case.id]
    assert [one.object_id for one in entries(jonas) if one.action == "list.copied"] == [case.id]


def test_a_nafs_case_beyond_reach_is_not_copied(karin: Vault, case: NafsCase) -> None:
    with refused(karin, NotFound):
        karin.do(copy_list([case.id]))


def test_a_list_holds_referrals_and_nafs_cases_beside_each_other(jonas: Vault, case: NafsCase) -> None:
    referral = waiting(jonas, somebody(983))
    assert set(jonas.do(copy_list([case.id, referral.id])).value.kinds) == {case.id, referral.id}


def test_a_file_says_who_raised_it_when_where_it_stands_and_what_is_asked(jonas: Vault, case: NafsCase) -> None:
    seen = jonas.ask(list_preview([case.id], TO_FK, COLUMNS)).kinds
    out = jonas.do(export_list(seen, to=TO_FK, purpose=ExportPurpose.AVSTAMNING, columns=COLUMNS)).value
    ((name, unit, day, state, question),) = out.rows
    assert (name, unit, day, state) == ("Malin Provlund", "Arbetsförmedlingen", str(TODAY), "Lämnat till teamet")
    assert "Kan sjukpenning prövas på nytt?" in question
    assert any(one.case_id == case.id and one.unit_id == FK for one in all_of(jonas, rows.disclosures))


def test_a_protected_person_with_a_nafs_case_alone_is_counted(jonas: Vault, nora: Vault) -> None:
    hidden = raised(jonas, person=somebody(protected=True, protected_owners=(jonas.actor.user_id, nora.actor.user_id)))
    assert len(jonas.ask(list_preview([hidden.id], OWN_FILES, COLUMNS)).protected) == 1


def test_a_receipt_and_an_extract_call_it_the_teams_meeting(jonas: Vault, nora: Vault, case: NafsCase) -> None:
    meeting = nora.do(plan_meeting(TEAM, on=MEETS)).value
    jonas.do(put_on_agenda(meeting.id, case.id))
    extract = said(jonas.do(make_extract(case.person_id)).value.paper)
    assert "Sattes upp på en dagordning" in extract
    assert "forumet" not in extract
    consent = next(one for one in all_of(jonas, rows.consents) if one.case_id == case.id)
    done = jonas.do(withdraw_consent(consent.id, on=TODAY, receipt=Language.SV)).value
    assert done.receipt is not None
    assert "Till NAFS-teamets möte" in said(done.receipt)
    assert "forumets" not in said(done.receipt)
