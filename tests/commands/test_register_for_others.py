"""The register for another unit than the own: as far as each consent goes, each case written down."""

from __future__ import annotations

from misam_desktop.commands.register import export_register
from misam_desktop.domain.codes import Act, ExportPurpose, InfoKind, Recipient
from misam_desktop.domain.gate import NothingLeaves, To
from misam_desktop.domain.register import COLUMNS
from misam_desktop.store import rows
from misam_desktop.transfer.register_rows import written
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, FK, IFO, agrees, all_of, entries, refused, somebody, waiting

TO_AF = To(recipient=Recipient.ENHET, unit_id=AF)


def test_a_list_for_another_unit_goes_as_far_as_each_consent_and_is_a_disclosure(karin: Vault) -> None:
    basics = waiting(karin, somebody(981), consent=agrees(kinds=(InfoKind.GRUNDUPPGIFTER,)))
    waiting(karin, somebody(982), consent=agrees(kinds=(InfoKind.FRAGESTALLNING,)))
    waiting(karin, somebody(983), consent=agrees(unit_ids=(IFO, FK)))
    out = karin.do(export_register(to=TO_AF, purpose=ExportPurpose.AVSTAMNING)).value
    assert (len(out.rows), out.outside) == (1, 2)
    cells = dict(zip(COLUMNS, written(out.rows[0], out.kinds[0]), strict=True))
    assert (cells["efternamn"], cells["fragestallning"]) == ("Provlund", "Ingår inte i samtycket")
    assert out.rows[0].question == ""
    [given] = [one for one in all_of(karin, rows.disclosures) if one.act is Act.EXPORT]
    assert (given.case_id, given.unit_id, given.kinds) == (basics.id, AF, (InfoKind.GRUNDUPPGIFTER,))


def test_a_list_is_logged_with_why_and_to_whom(karin: Vault) -> None:
    karin.do(export_register())
    waiting(karin)
    karin.do(export_register(to=TO_AF, purpose=ExportPurpose.GRANSKNING))
    told = [one.purpose for one in entries(karin) if one.action == "register.exported"]
    assert told == ["eget_arbete:egen", f"granskning:{AF}"]


def test_a_list_of_nobody_is_not_given_to_another_unit(karin: Vault) -> None:
    waiting(karin, somebody(983), consent=agrees(unit_ids=(IFO, FK)))
    with refused(karin, NothingLeaves):
        karin.do(export_register(to=TO_AF))
