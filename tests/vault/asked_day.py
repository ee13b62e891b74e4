"""What is asked and told beside the case in the day of ``tests.vault.day``, with its own texts."""

from __future__ import annotations

from misam_desktop.commands.asked import note_asked, set_questionnaires
from misam_desktop.commands.deviations import close_deviation, note_deviation, reopen_deviation
from misam_desktop.commands.episodes import complete_entry
from misam_desktop.commands.indicators import load_indicators, set_totals
from misam_desktop.commands.talks import hold_talk
from misam_desktop.domain.activity import Questionnaires
from misam_desktop.domain.asked import AskedFacts, AskedWhat
from misam_desktop.domain.commitment import CommitmentFacts
from misam_desktop.domain.deviation import DeviationFacts, DeviationKind, DeviationSource
from misam_desktop.domain.episode import Episode
from misam_desktop.domain.indicator import Line, Typed
from misam_desktop.domain.talk import TalkFacts, TalkKind
from misam_desktop.queries.deviations import deviations, one_deviation
from misam_desktop.queries.indicators import indicators_of
from misam_desktop.store import rows
from misam_desktop.vault import Vault
from tests.commands.worlds import AF, MISAM, one
from tests.conftest import TODAY

NAMES = ("deltog", "överens", "uppdrag", "avvikelse", "åtgärd")


def asked_and_told(karin: Vault, episode: Episode, texts: dict[str, str]) -> None:
    """What lacked at the start, a talk, a questionnaire, an avvikelse and an indicator, through every command."""
    came = one(karin, rows.referrals, episode.referral_id)
    karin.do(
        complete_entry(
            episode.id,
            education=came.education,
            livelihoods=came.livelihoods,
            support_months=30,
            seen=came.version,
        )
    )
    karin.do(set_questionnaires(MISAM, Questionnaires(at_exit=True), seen=one(karin, rows.activities, MISAM).version))
    karin.do(note_asked(episode.id, AskedWhat.ENKAT, AskedFacts(offered_on=TODAY), occasion="3"))
    talk = TalkFacts(kind=TalkKind.NATVERK, on=TODAY, unit_ids=(AF,), others=texts["deltog"], agreed=texts["överens"])
    karin.do(hold_talk(episode.id, talk, agreed=[CommitmentFacts(what=texts["uppdrag"], unit_id=AF, due_on=None)]))
    came_in = DeviationFacts(
        on=TODAY, kind=DeviationKind.AVVIKELSE, source=DeviationSource.PART, what=texts["avvikelse"]
    )
    written = karin.do(note_deviation(MISAM, came_in, episode_id=episode.id)).value
    assert [row.deviation.id for row in karin.ask(deviations(closed=False))] == [written.id]
    karin.ask(one_deviation(written.id))
    karin.do(close_deviation(written.id, done=texts["åtgärd"], on=TODAY))
    karin.do(reopen_deviation(written.id))
    karin.do(load_indicators([Line("1", "Jag har kunnat bestämma", "Individ")]))
    [indicator] = karin.ask(indicators_of("MISAM", first=TODAY, last=TODAY)).indicators
    karin.do(set_totals(MISAM, first=TODAY, last=TODAY, typed={indicator.id: Typed(7, 6)}, seen={}))
