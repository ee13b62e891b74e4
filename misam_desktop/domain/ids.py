"""Text ids, one type for each kind of thing, so that they cannot be mixed up."""

from __future__ import annotations

from typing import NewType

PersonId = NewType("PersonId", str)
UnitId = NewType("UnitId", str)
ContactId = NewType("ContactId", str)
UserId = NewType("UserId", str)
ActivityId = NewType("ActivityId", str)
CaseId = NewType("CaseId", str)
"""What a consent and a disclosure are of: a referral with the episode it led to, a NAFS case or a SIP."""
ReferralId = CaseId
ConsentId = NewType("ConsentId", str)
EpisodeId = NewType("EpisodeId", str)
FollowUpId = NewType("FollowUpId", str)
CommitmentId = NewType("CommitmentId", str)
MeetingId = NewType("MeetingId", str)
DraftId = NewType("DraftId", str)
DisclosureId = NewType("DisclosureId", str)
WordingId = NewType("WordingId", str)
ScanId = NewType("ScanId", str)
QuestionId = NewType("QuestionId", str)
AgendaItemId = NewType("AgendaItemId", str)
ItemStepId = NewType("ItemStepId", str)
SipPartyId = NewType("SipPartyId", str)
SipPlanId = NewType("SipPlanId", str)
SipCommitmentId = NewType("SipCommitmentId", str)
AskedId = NewType("AskedId", str)
TalkId = NewType("TalkId", str)
DeviationId = NewType("DeviationId", str)
IndicatorId = NewType("IndicatorId", str)
TotalId = NewType("TotalId", str)
