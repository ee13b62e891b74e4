"""A case of any kind: what consents, disclosures, jäv and protection are of.

Each kind says by its ``purpose`` which consent decides, by ``home_id`` whose information it is, and by ``submitted_at``
whether it still is a draft of that unit.
"""

from __future__ import annotations

from misam_desktop.domain.nafs import NafsCase
from misam_desktop.domain.referral import Referral
from misam_desktop.domain.sip import Sip

Case = Referral | NafsCase | Sip
