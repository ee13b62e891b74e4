"""One made-up case from referral to discharge, played through the same commands that people use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from misam_desktop.commands import commitments, consents, episodes, follow_ups, referrals
from misam_desktop.commands import forum as forums
from misam_desktop.commands.demo_cast import Entry
from misam_desktop.commands.demo_plan import Case, Fate, working_day_before
from misam_desktop.commands.demo_stage import Stage, Typist
from misam_desktop.documents.phrases import language_for, wording_of
from misam_desktop.domain import follow_up as rules
from misam_desktop.domain.clocks import add_months, next_working_day
from misam_desktop.domain.codes import (
    Destination,
    DischargeReason,
    InfoKind,
    Livelihood,
    Outcome,
    Purpose,
    Referrer,
    RereferralReason,
)
from misam_desktop.domain.consent import valid_on
from misam_desktop.domain.episode import QUIET_REASONS, AssignmentRole, Discharge, Episode
from misam_desktop.domain.follow_up import Finding, FollowUp
from misam_desktop.domain.ids import CommitmentId, ContactId, FollowUpId, UnitId, WordingId
from misam_desktop.domain.intake import ConsentFacts, ReferralFacts
from misam_desktop.domain.livelihood import Livelihoods
from misam_desktop.domain.referral import Referral

IFO = UnitId("kommun-ifo")
"""The koordinator's unit, which every consent names."""
_DAY = timedelta(days=1)
_RENEWED_BEFORE = 40 * _DAY
_LAST_STEP_DAYS = 480
"""How long an open episode is thought to take in all, for its steps."""


class Story:
    """What happens to one person, from the referral on; ``after`` is the episode they come back from."""

    def __init__(self, stage: Stage, case: Case, entry: Entry, *, after: Episode | None = None) -> None:
        self.stage, self.case, self.entry, self.after = stage, case, entry, after
        self.team, self.cast, self.dice, self.random = stage.team, stage.cast, stage.dice, stage.random
        self.livelihoods = entry.livelihoods
        self.destination = self._draw_destination()
        self.contact_id = self.team.worker(entry.unit_id) if entry.unit_id else None
        self.typist = Typist(self.team.coordinators[0]) if entry.person.protected else self.team.typist(self.contact_id)
        self.referral: Referral
        self.episode: Episode

    def begin(self) -> None:
        """Let it happen."""
        self.stage.at(self.case.referred_on, self._refer)

    @property
    def _today(self) -> date:
        return self.stage.now.date()

    @property
    def _last_day(self) -> date:
        """The day before which all must be done: the discharge, or today."""
        return self.case.ended_on or self.stage.today

    # Referral and consent

    def _refer(self) -> None:
        if self.after is not None:
            self._refer_again(self.after)
        elif self._waits_as_draft():
            self._make(submit=False)
            self.stage.at(min(next_working_day(self._today + _DAY), self._first_forum_on), self._submit)
        else:
            self._make(submit=True)
        self._go_on()

    @property
    def _first_forum_on(self) -> date:
        return self.case.completed_first_on or self.case.forum_on or self.stage.today

    def _waits_as_draft(self) -> bool:
        own = self.typist.user.unit_id == self.entry.unit_id
        return own and self.case.forum_on is not None and self.dice.happens("submitted_later")

    def _make(self, *, submit: bool) -> None:
        request = referrals.make_referral(self.entry.person, self._facts(), consent=self._consent(), submit=submit)
        self.referral = self.stage.do(self.typist.user, request)

    def _submit(self) -> None:
        self.referral = self.stage.do(self.typist.user, referrals.submit_referral(self.referral.id))

    def _refer_again(self, after: Episode) -> None:
        request = referrals.refer_again(
            after.id,
            self._facts(),
            reason=RereferralReason(self.dice.pick("rereferral")),
            not_held=self.cast.text("small", "not_held"),
            consent=self._consent(),
        )
        self.referral = self.stage.do(self.typist.user, request)

    def _facts(self) -> ReferralFacts:
        entry, settings = self.entry, self.stage.activity.settings
        age = entry.person.number.age_on(self._today) or 0
        within = settings.min_age <= age <= settings.max_age
        return ReferralFacts(
            activity_id=self.stage.activity.id,
            referrer=entry.referrer,
            unit_id=entry.unit_id,
            contact_id=self.contact_id,
            supplied_by="Personen själv" if entry.referrer is Referrer.ANNAN else self.typist.supplied_by,
            referred_on=self._today,
            question=entry.asked.text,
            needed_unit_ids=entry.asked.unit_ids,
            needed_why=entry.asked.why,
            close_cooperation=True,
            target_reason="" if within else self.cast.text("small", "needs_reason"),
            education=entry.education,
            livelihoods=self.livelihoods,
            support_months=entry.support_months,
            sgi0=entry.sgi0,
            priorities=entry.priorities,
        )

    def _consent(self) -> ConsentFacts:
        limited = self.dice.happens("not_shared")
        without_statistics = self.dice.happens("without_statistics")
        return ConsentFacts(
            purposes=(Purpose.SAMVERKAN,) if without_statistics else (Purpose.SAMVERKAN, Purpose.UPPFOLJNING),
            from_on=self._today,
            until_on=self._consent_until(),
            unit_ids=self._named_units(),
            kinds=tuple(kind for kind in InfoKind if not (limited and kind is InfoKind.HALSA)),
            not_shared=self.cast.text("small", "not_shared") if limited else "",
            paper_at=self.cast.text("small", "paper_at"),
            interpreter=self.entry.person.interpreter,
            wording=self._wording,
        )

    @property
    def _wording(self) -> WordingId:
        """The text that was signed, in the language that suits the person."""
        return wording_of(language_for(self.entry.person)).id

    def _named_units(self) -> tuple[UnitId, ...]:
        """Whom the consent names: the koordinator, who refers and is asked, and who will commission."""
        asked = self.entry.unit_ids[:-1] if self.case.narrow_consent else self.entry.unit_ids
        return tuple(dict.fromkeys((IFO, *asked, self._commissioner())))

    def _while_it_holds(self, act: Callable[[], object]) -> Callable[[], object]:
        """What is only done while a consent holds."""
        return lambda: act() if consents.deciding_consent(self.stage.tx, self.referral, on=self._today) else None

    def _consent_until(self) -> date:
        longest = add_months(self._today, self.stage.activity.settings.consent_months)
        return min(longest, self.case.consent_until or longest)

    def _renew_in_time(self, until_on: date) -> None:
        needed = self.case.ended_on or self.case.consent_until or self.stage.today + 31 * _DAY
        if until_on < needed:
            self.stage.at(working_day_before(until_on - _RENEWED_BEFORE), self._renew)

    def _renew(self) -> None:
        until_on, paper_at = self._consent_until(), self.cast.text("small", "paper_at")
        for consent in consents.consents_of(self.stage.tx, self.referral.id):
            request = consents.renew_consent(consent.id, until_on=until_on, paper_at=paper_at, wording=self._wording)
            self.stage.do(self.team.coordinator(), request)

    def _withdraw_consents(self) -> None:
        user = self._worker().user
        for consent in consents.consents_of(self.stage.tx, self.referral.id):
            if valid_on(consent, self._today):
                self.stage.do(user, consents.withdraw_consent(consent.id, on=self._today))

    # The forum

    def _go_on(self) -> None:
        case, at = self.case, self.stage.at
        if case.withdrawn_on:
            at(case.withdrawn_on, self._withdraw, hour=15)
        if case.completed_first_on:
            at(case.completed_first_on, lambda: self._conclude(Outcome.KOMPLETTERA), hour=13)
        if case.completed_first_on and case.forum_on:
            at(min(next_working_day(case.completed_first_on + 2 * _DAY), case.forum_on), self._submit)
        if case.forum_on and case.outcome:
            outcome = case.outcome
            at(case.forum_on, lambda: self._conclude(outcome), hour=13)
        if case.enrolled_on:
            at(case.enrolled_on, self._enrol, hour=15)
        if not (case.forum_on or case.withdrawn_on or case.completed_first_on) and self.dice.happens("reviewed"):
            at(self.stage.plan.last_day, self._review)

    def _withdraw(self) -> None:
        why = self.cast.text("small", "withdrawn")
        self.stage.do(self.typist.user, referrals.withdraw_referral(self.referral.id, why=why))

    def _review(self) -> None:
        self.stage.do(self.typist.user, referrals.confirm_waiting(self.referral.id))

    def _conclude(self, outcome: Outcome) -> None:
        meeting_id, leader = self.stage.forums[self._today]
        request = forums.record_outcome(
            self.referral.id,
            outcome,
            meeting_id=meeting_id,
            text=self.cast.outcome_text(outcome),
            also_nafs=self.dice.happens("also_nafs"),
            also_sip=self.dice.happens("also_sip"),
        )
        self.referral = self.stage.do(leader, request)

    # The episode

    def _enrol(self) -> None:
        commissioner_id = self._commissioner()
        worker_id = self.team.worker(commissioner_id)
        lead_later = self.dice.happens("lead_later") and self._today < self.stage.today - 50 * _DAY
        lead_id = None if lead_later or not self.case.has_lead else self.team.lead(self._named_units())
        shorts = [self.team.units[unit_id].short for unit_id in dict.fromkeys((commissioner_id, *self.entry.unit_ids))]
        request = episodes.enrol(
            self.referral.id,
            enrolled_on=self._today,
            commissioner_id=commissioner_id,
            case_worker_id=worker_id,
            case_lead_id=lead_id,
            team=", ".join(shorts),
        )
        self.episode = self.stage.do(self.team.coordinator(), request)
        if lead_later:
            self.stage.at(self._soon(3, 18), self._while_it_holds(self._name_lead))
        self._let_time_pass()

    def _commissioner(self) -> UnitId:
        by_income = self.dice.figures["commissioner"].get(self.livelihoods.main.value)
        if self.entry.unit_id and by_income and self.team.units[self.entry.unit_id].agency == by_income.split("-")[0]:
            return self.entry.unit_id
        return UnitId(by_income) if by_income else self.entry.unit_id or IFO

    def _soon(self, least: int, most: int) -> date:
        return next_working_day(self._today + self.random.randint(least, most) * _DAY)

    def _let_time_pass(self) -> None:
        case, at = self.case, self.stage.at
        self._renew_in_time(add_months(self.case.referred_on, self.stage.activity.settings.consent_months))
        self._follow()
        if self.dice.happens("commitments"):
            at(self._soon(7, 25), self._while_it_holds(self._make_plan))
        self._change_people()
        if case.consent_withdrawn_on:
            at(case.consent_withdrawn_on, self._withdraw_consents)
        if case.doubled_on:
            at(case.doubled_on, self._refer_elsewhere)
        if case.ended_on:
            at(case.ended_on, self._discharge, hour=16, minute=30)

    def _change_people(self) -> None:
        days = (self._last_day - self._today).days
        if days < 100:
            return
        changes = {
            "new_case_worker": self._change_worker,
            "new_case_lead": self._name_lead,
            "new_commissioner": self._change_commissioner,
        }
        for what, act in changes.items():
            if self.dice.happens(what):
                self.stage.at(self._soon(40, days - 30), self._while_it_holds(act))

    def _name_lead(self) -> None:
        lead = self.team.lead(self._named_now(), but=self.episode.case_lead_id)
        if lead is not None:
            self._reassign(AssignmentRole.CASE_LEAD, contact_id=lead)

    def _named_now(self) -> tuple[UnitId, ...]:
        """Whom the consent that holds today names; whoever commissions may have changed since it was signed."""
        consent = consents.deciding_consent(self.stage.tx, self.referral, on=self._today)
        return consent.unit_ids if consent else ()

    def _change_worker(self) -> None:
        unit_id = self.episode.commissioner_id or IFO
        other = self.team.worker(unit_id, but=self.episode.case_worker_id)
        if other is not None:
            self._reassign(AssignmentRole.CASE_WORKER, contact_id=other)

    def _change_commissioner(self) -> None:
        others = [one for one in self._named_now() if one not in (IFO, self.episode.commissioner_id)]
        if others:
            self._reassign(AssignmentRole.COMMISSIONER, unit_id=others[0])
            self._change_worker()

    def _reassign(
        self, role: AssignmentRole, *, unit_id: UnitId | None = None, contact_id: ContactId | None = None
    ) -> None:
        request = episodes.reassign(self.episode.id, role, from_on=self._today, unit_id=unit_id, contact_id=contact_id)
        self.episode = self.stage.do(self.team.coordinator(), request)

    def _worker(self) -> Typist:
        return self.team.typist(self.episode.case_worker_id)

    def _refer_elsewhere(self) -> None:
        """Another unit that knows nothing of the open case refers the same person."""
        taken = {self.entry.unit_id, self.episode.commissioner_id}
        unit_id = next(one for one in map(UnitId, ("region", "af", "fk")) if one not in taken)
        entry = replace(self.cast.of_unit(self.entry, unit_id), sgi0=False)
        Story(self.stage, Case(referred_on=self._today), entry).begin()

    # Commitments

    def _make_plan(self) -> None:
        for _ in range(self.random.randint(1, 3)):
            self._commit()

    def _commit(self) -> None:
        unit_id = self.random.choice([*self.entry.unit_ids, None])
        what = self.cast.commitment(self.team.units[unit_id].agency if unit_id else None)
        due_on = self._soon(21, 110)
        request = commitments.make_commitment(self.episode.id, what=what, unit_id=unit_id, due_on=due_on)
        commitment = self.stage.do(self._worker().user, request)
        done_on = next_working_day(due_on + self.random.randint(-12, 9) * _DAY)
        if not self.dice.happens("commitment_forgotten"):
            finish = self._while_it_holds(lambda: self._finish(commitment.id))
            self.stage.at(min(done_on, self._last_day), finish)

    def _finish(self, commitment_id: CommitmentId) -> None:
        self.stage.do(self._worker().user, commitments.finish_commitment(commitment_id))

    # Follow-ups

    def _follow(self) -> None:
        """See to the next open follow-up; those after the discharge or after today are left."""
        still_open = filter(rules.is_open, episodes.follow_ups_of(self.stage.tx, self.episode.id))
        first = min(still_open, key=lambda one: one.due_on, default=None)
        if first is None or (self.case.ended_on and first.due_on > self.case.ended_on - 5 * _DAY):
            return
        if first.due_on == self.case.fate_due_on:
            self._follow_fate(first)
        elif first.due_on < self.stage.today:
            self._follow_one(first)

    def _follow_fate(self, follow_up: FollowUp) -> None:
        due_on, today = follow_up.due_on, self.stage.today
        match self.case.fate:
            case Fate.EARLY:
                self._record_on(working_day_before(today - self.random.randint(0, 4) * _DAY), follow_up)
            case Fate.UNREACHED:
                retry_on = next_working_day(today + self.random.randint(2, 9) * _DAY)
                self._on(due_on, lambda: self._try_in_vain(follow_up.id, retry_on), hour=14)
            case Fate.MOVED:
                to = next_working_day(today + self.random.randint(1, 9) * _DAY)
                self._on(working_day_before(due_on - 2 * _DAY), lambda: self._move(follow_up.id, to), hour=10)
            case Fate.LATE | None:
                pass

    def _follow_one(self, follow_up: FollowUp) -> None:
        due_on = follow_up.due_on
        later = {
            what: next_working_day(due_on + self.random.randint(*days) * _DAY)
            for what, days in _DAYS_LATER.items()
            if self.dice.happens(what)
        }
        for what, done_on in later.items():
            if done_on < self._last_day:
                self._prepare(what, follow_up, done_on)
                self._record_on(done_on, follow_up)
                return
        self._record_on(working_day_before(due_on + _DAY - self.random.randint(0, 7) * _DAY), follow_up)

    def _prepare(self, what: str, follow_up: FollowUp, done_on: date) -> None:
        if what == "follow_up_unreached":
            self._on(follow_up.due_on, lambda: self._try_in_vain(follow_up.id, done_on), hour=8)
        if what == "follow_up_moved":
            self._on(working_day_before(follow_up.due_on), lambda: self._move(follow_up.id, done_on), hour=8)

    def _try_in_vain(self, follow_up_id: FollowUpId, retry_on: date) -> None:
        request = follow_ups.not_reached(follow_up_id, tried_on=self._today, retry_on=retry_on)
        self.stage.do(self._worker().user, request)

    def _move(self, follow_up_id: FollowUpId, to: date) -> None:
        why = self.cast.text("small", "moved")
        self.stage.do(self._worker().user, follow_ups.move_follow_up(follow_up_id, to=to, why=why))

    def _record_on(self, day: date, follow_up: FollowUp) -> None:
        self._on(day, lambda: self._record(follow_up.id), hour=self.random.choice((9, 10, 14, 15)))

    def _on(self, day: date, act: Callable[[], object], *, hour: int) -> None:
        self.stage.at(day, self._while_it_holds(act), hour=hour)

    def _record(self, follow_up_id: FollowUpId) -> None:
        worker, step = self._worker(), self._step()
        finding = Finding(
            done_on=self._today,
            step=step,
            livelihoods=self._livelihoods_at(step),
            note=self.cast.text("notes", step),
            next_step=self.cast.text("next", step),
            supplied_by=worker.supplied_by,
        )
        self.stage.do(worker.user, follow_ups.record_follow_up(follow_up_id, finding))
        if self.dice.happens("commitment_at_follow_up"):
            self._commit()
        self._follow()

    def _step(self) -> int:
        last = len(self.stage.activity.settings.steps)
        to_work = self.destination in {Destination.ARBETE, Destination.STUDIER}
        goal = last if to_work else last - 1
        whole = (self.case.ended_on - self.episode.enrolled_on).days if self.case.ended_on else _LAST_STEP_DAYS
        passed = min(1.0, (self._today - self.episode.enrolled_on).days / max(whole, 1))
        return max(1, min(last, round(1 + passed * (goal - 1) + self.random.uniform(-0.7, 0.7))))

    def _livelihoods_at(self, step: int) -> Livelihoods:
        last = len(self.stage.activity.settings.steps)
        if step == last:
            studies = self.destination is Destination.STUDIER
            return Livelihoods((Livelihood.STUDIESTOD if studies else Livelihood.LON,))
        if step >= last - 1 and self.random.random() < 0.25:
            self.livelihoods = Livelihoods((Livelihood.AKTIVITETSSTOD,))
        return self.livelihoods

    # Discharge and return

    def _draw_destination(self) -> Destination | None:
        reason = self.case.reason
        if reason is None or reason in QUIET_REASONS:
            return None
        return Destination(self.dice.pick("destination", reason.value))

    def _discharge(self) -> None:
        reason, destination = self.case.reason, self.destination
        assert reason is not None
        if reason is DischargeReason.ATERKALLAT:
            self._withdraw_consents()
        if destination is None:
            self._end(Discharge(on=self._today, reason=reason, text=self._quiet_text(reason)))
            return
        self.livelihoods = self._livelihoods_out(destination)
        facts = Discharge(
            on=self._today,
            reason=reason,
            destination=destination,
            livelihoods=self.livelihoods,
            after=self.cast.text("after", destination.value),
            text=self.cast.text("closing", "goal"),
        )
        self._end(facts)

    def _quiet_text(self, reason: DischargeReason) -> str:
        return self.cast.text("closing", reason.value) if reason is DischargeReason.FELREGISTRERAD else ""

    def _livelihoods_out(self, destination: Destination) -> Livelihoods:
        code = Livelihood(self.dice.pick("livelihood_out", destination.value))
        age = self.entry.person.number.age_on(self._today) or 0
        if code is Livelihood.AKTIVITETSERSATTNING and age >= 30:
            code = Livelihood.SJUKPENNING
        return Livelihoods((code,))

    def _end(self, facts: Discharge) -> None:
        self.episode = self.stage.do(self._worker().user, episodes.discharge(self.episode.id, facts))
        again = self.case.again
        if again is not None:
            asked = self.cast.asked(self.entry.unit_id)
            sgi0 = self.entry.sgi0 and again.forum_on is not None
            entry = replace(self.entry, livelihoods=self.livelihoods, asked=asked, sgi0=sgi0)
            Story(self.stage, again, entry, after=self.episode).begin()


_DAYS_LATER = {"follow_up_late": (2, 24), "follow_up_unreached": (7, 21), "follow_up_moved": (7, 28)}
"""By how many days, from and to, a follow-up is done after its first date."""
