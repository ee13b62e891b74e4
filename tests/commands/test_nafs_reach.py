"""What a unit or a team is told of a NAFS case at the edges of a consent: a narrow one, a later one, another team."""

from __future__ import annotations

from dataclasses import replace

import pytest

from misam_desktop.commands.agenda import put_on_agenda
from misam_desktop.commands.forum import plan_meeting
from misam_desktop.commands.nafs_papers import give_keys
from misam_desktop.domain.codes import Act, InfoKind
from misam_desktop.domain.meeting import Meeting
from misam_desktop.queries.nafs_outgoing import outgoing
from misam_desktop.vault import Vault
from tests.commands.nafs_worlds import MEETS, TEAM, leads_the_team, raised, to_nafs
from tests.commands.worlds import REGION
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
