"""The talks of the plain Mesa model (plain_mesa.py): one ladder of equal steps, from offer to relief."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from experiments.bench.plain_states import SECTORS, chance_of, drawn_to, pushed, saturating

if TYPE_CHECKING:
    from experiments.bench.plain_mesa import PlainModel

STEPS = 5
#: What one of the equal steps gives back, by sector.
RELIEF = (0.2, 0.2, 0.2, 0.2, 0.04, 0.2)
DEADLINE = 9
DWELL = 3
MILESTONES = 4
CONDUCTS = ("complying", "shamming", "stalling", "defying")


class Talks:
    """What is asked, promised, done, reported and seen, and where the ladder stands."""

    def __init__(self, model: PlainModel) -> None:
        draw = model.random.uniform
        self.model, self.random = model, model.random
        self.asked = [draw(0.6, 0.9) for _ in range(MILESTONES)]
        self.cost = [draw(1.8, 3.8) / MILESTONES for _ in range(MILESTONES)]
        self.worth = [draw(3.5, 6.0) / MILESTONES for _ in range(MILESTONES)]
        self.difficulty = [draw(1.0, 1.3) for _ in range(MILESTONES)]
        self.agreed, self.done, self.reported, self.observed = ([0.0] * MILESTONES for _ in range(4))
        self.ending, self.standing, self.conduct = "", "waiting", "complying"
        self.stage, self.since, self.negatives = 0, 0, 0
        self.fresh_at = self.agreement_at = -1
        self.readings = (0.0, 0.0)

    # --- how it stands -------------------------------------------------------------------------------------

    @property
    def agreement(self) -> bool:
        """Whether an agreement is alive."""
        return self.standing == "concluded"

    @property
    def has_promised(self) -> bool:
        """Whether the target has promised anything."""
        return any(self.agreed)

    def share(self, depths: list[float]) -> float:
        """Return the share of the whole demand that these depths reach."""
        return sum(depths) / sum(self.asked)

    def fulfilment(self, depths: list[float]) -> float:
        """Return the share of what is promised that these depths reach."""
        promised = sum(self.agreed)
        return sum(map(min, depths, self.agreed)) / promised if promised else 1.0

    def worth_expected(self, credit: float) -> float:
        """Return what the promised conduct is worth to a sender who gives this much credit."""
        return sum(
            worth * (seen + credit * max(0.0, agreed - seen))
            for worth, seen, agreed in zip(self.worth, self.observed, self.agreed, strict=True)
        )

    def relief_offered(self, steps: int = 1) -> float:
        """Return what so many steps of relief are worth to the target, points a year."""
        numbers, voice = self.model.numbers, self.model.target.accountability
        total = 0.0
        for sector, given in enumerate(RELIEF):
            weight = voice * numbers.civilian[sector] + (1.0 - voice) * numbers.elite[sector]
            slow = SECTORS[sector] in ("finance", "technology")
            speed = numbers.recovery_finance if slow else numbers.recovery_goods
            total += self.model.unrelieved[sector] * given * weight * saturating(speed, numbers.impatience)
        return steps * total

    def read_afresh(self) -> None:
        """Draw how each principal reads the offers of this attempt."""
        self.readings = (self.random.gauss(0.0, 1.0), self.random.gauss(0.0, 1.0))
        self.fresh_at = self.model.month

    # --- bargaining ----------------------------------------------------------------------------------------

    def bargain(self) -> None:
        """Table the next step, and let both sides answer."""
        model, numbers = self.model, self.model.numbers
        if not model.imposed or self.ending:
            return
        restarts = self.standing == "broken" and self.random.random() < numbers.restarting
        if self.standing == "waiting" or restarts:
            self._stand("tabled")
            self.read_afresh()
        if self.standing != "tabled":
            return
        depth = (self.stage + 1) / STEPS
        added = [depth * asked - before for asked, before in zip(self.asked, self.agreed, strict=True)]
        demand = max(sum(added) / sum(self.asked), numbers.least_step)
        target = self._answer_of_target(added, demand)
        sender = self._answer_of_sender(added, demand)
        willing = self.random.random() < chance_of(target, model.target.noise)
        offering = self.random.random() < chance_of(sender, model.lead.noise)
        line = model.open_channel()
        if not (willing and offering) and line is not None and target + sender > 0.0:
            bridge = 2.0 * chance_of(target + sender, model.lead.noise) - 1.0
            willing = offering = self.random.random() < line.skill * line.access * bridge
        if willing and offering:
            self._agree()
        elif (
            self.random.random()
            < numbers.walk_out
            * chance_of(-min(target, sender), numbers.temper)
            * (numbers.quiet_hazard + model.tension)
            or model.month - self.since > numbers.patience
        ):
            self.break_down()

    def _answer_of_target(self, added: list[float], demand: float) -> float:
        numbers, target = self.model.numbers, self.model.target
        burden = {"sincere": numbers.burden_sincere, "hardline": numbers.burden_hardline}
        price = sum(map(math.prod, zip(added, self.cost, self.difficulty, strict=True)))
        price *= burden.get(target.character, 1.0) * (1.0 + numbers.audience_target * target.audience())
        trust = target.trust_in(self.model.lead)
        offered = self.relief_offered()
        later = numbers.horizon * self.relief_offered(STEPS - self.stage - 1)
        gain = trust * (offered - price) - (1.0 - trust) * price * numbers.waiting / 12.0
        gain += trust * later * demand
        gain += (
            target.misreading * self.readings[0] - target.red_line - numbers.fear * target.threat
        ) * demand
        return gain / max(demand, sum(RELIEF) / len(RELIEF))

    def _answer_of_sender(self, added: list[float], demand: float) -> float:
        numbers, lead = self.model.numbers, self.model.lead
        won = sum(map(math.prod, zip(added, self.worth, strict=True)))
        relief = self.relief_offered()
        felt = sum(self.model.felt)
        won += numbers.own_trade * lead.loss * relief / max(relief, felt, 1e-9)
        price = numbers.leverage * relief * (1.0 + numbers.audience_sender * lead.audience())
        if lead.character != "sincere":
            price *= numbers.reluctance
        trust = lead.trust_in(self.model.target)
        gain = trust * (won - price) - (1.0 - trust) * price * (1.0 - self._sensitivity())
        gain += (lead.misreading * self.readings[1] - lead.red_line - numbers.fear * lead.threat) * demand
        return gain / max(demand, sum(RELIEF) / len(RELIEF))

    def _agree(self) -> None:
        self.agreed = [asked * (self.stage + 1) / STEPS for asked in self.asked]
        self.fresh_at, self.negatives = self.model.month, 0
        self._stand("performing")

    def _stand(self, standing: str) -> None:
        self.standing, self.since = standing, self.model.month
        self.model.note(standing, self.model.lead)

    def break_down(self) -> None:
        """End this attempt; what was promised in it no longer binds."""
        if self.standing == "concluded":
            self.ending = ""
        self.agreed = list(map(min, self.agreed, self.observed))
        self._stand("broken")

    # --- conduct -------------------------------------------------------------------------------------------

    def honour(self) -> None:
        """Let the target choose what to do about its promises, and carry it out."""
        if not self.has_promised:
            return
        fresh = self.fresh_at == self.model.month
        if fresh or self.random.random() < self.model.numbers.reconsidering:
            self._choose_conduct()
        numbers, pace = self.model.numbers, self.model.numbers.capacity * self.model.target.coherence
        for place, (agreed, done) in enumerate(zip(self.agreed, self.done, strict=True)):
            if self.conduct == "complying":
                self.done[place] = max(done, min(agreed, done + pace / self.difficulty[place]))
            elif self.conduct == "shamming":
                self.done[place] = max(min(done, numbers.hollow * agreed), done - numbers.erosion)
            elif self.conduct == "defying":
                self.done[place] = max(0.0, done - numbers.erosion)
            self.reported[place] = agreed if self.conduct == "shamming" else self.done[place]

    def _choose_conduct(self) -> None:
        numbers, target = self.model.numbers, self.model.target
        trust = target.trust_in(self.model.lead)
        pending = trust * numbers.horizon * self.relief_offered(STEPS - self.stage)
        if self.standing == "performing":
            pending += trust * self.relief_offered()
        burdens = {"sincere": numbers.burden_sincere, "hardline": numbers.burden_hardline}
        burden = sum(map(math.prod, zip(self.agreed, self.cost, self.difficulty, strict=True)))
        burden *= burdens.get(target.character, 1.0) * (1.0 + numbers.audience_target * target.audience())
        caught = 1.0 - math.exp(-self._sensitivity() * numbers.reports_ahead)
        severity, standing = numbers.severity_graduated, numbers.standing
        faking = 1.0
        if target.character != "sincere":
            faking = numbers.faking
        kept = target.gain
        worths = (
            kept + pending - burden,
            (kept + pending) * (1.0 - caught * severity) - faking * burden - caught * standing,
            kept * (1.0 - caught * severity) - burden * self.fulfilment(self.done) - numbers.delay_cost,
            -standing - numbers.break_cost * self.agreement,
        )
        best = max(worths)
        weights = [math.exp((worth - best) / target.noise) for worth in worths]
        self.conduct = self.random.choices(CONDUCTS, weights)[0]
        self.model.note(self.conduct, target)

    def _sensitivity(self) -> float:
        numbers = self.model.numbers
        missed = (
            (1.0 - numbers.sees_third_party) * (1.0 - numbers.sees_tool[2]) * (1.0 - numbers.sees_tool[3])
        )
        seen = 0.65 * (1.0 - missed)
        return seen + (1.0 - seen) * self.model.watch * numbers.sees_watchdog

    # --- verification and relief ---------------------------------------------------------------------------

    def verify(self) -> None:
        """Let the monitors report, with misses and false alarms, and answer what they find."""
        if self.standing not in ("performing", "dwelling", "concluded") or self.model.month == self.since:
            return
        model, numbers = self.model, self.model.numbers
        tolerance = 0.1 + numbers.measurement_slack
        kept = self.fulfilment(self.done) >= 1.0 - tolerance
        if self.standing == "performing" and self.fulfilment(self.reported) < 1.0 - tolerance:
            if model.month - self.since > DEADLINE:
                self.snap_back(whole=False)
            return
        passes = 1.0 - numbers.false_alarm if kept else 1.0 - self._sensitivity()
        positive = self.random.random() < passes
        seen = self.agreed if positive else [numbers.hollow * agreed for agreed in self.agreed]
        self.observed = [
            drawn_to(old, new, numbers.believing) for old, new in zip(self.observed, seen, strict=True)
        ]
        model.lead.witness(model.target, float(positive), numbers.report_seen)
        self.negatives = 0 if positive else self.negatives + 1
        if positive and self.standing == "performing":
            self.release()
        elif self.negatives >= 2:
            self.snap_back(whole=self.negatives > numbers.strikes or self.conduct == "defying")

    def release(self) -> None:
        """Give the step's relief, or hold back what is due."""
        model, numbers, lead = self.model, self.model.numbers, self.model.lead
        if not lead.delivering:
            lead.withheld += 1
            model.target.witness(lead, 0.0, numbers.withholding_seen)
            return
        for sender in model.senders:
            if sender.member and sender.delivering:
                for sector, share in enumerate(RELIEF):
                    level = sender.imposed[sector]
                    sender.relieved[sector] = min(level, sender.relieved[sector] + share * level)
        lead.withheld = 0
        model.target.witness(lead, 1.0, numbers.relief_seen)
        model.momentum = pushed(model.momentum, 0.2 * numbers.momentum_gain, 0.0)
        model.attention = pushed(model.attention, 0.2 * numbers.attention_to_news, 0.0)
        model.target.expectation = pushed(model.target.expectation, 0.2 * numbers.expecting, 0.0)
        self._stand("dwelling")

    def snap_back(self, whole: bool) -> None:
        """Take relief back: a step of it, or all, and then the talks break down."""
        model = self.model
        for sender in model.senders:
            for sector, share in enumerate(RELIEF):
                back = sender.relieved[sector] if whole else share * sender.imposed[sector]
                sender.relieved[sector] = max(0.0, sender.relieved[sector] - back)
        model.target.witness(model.lead, 0.0, model.numbers.reversal_seen * (1.0 - model.numbers.fair_cop))
        self.negatives = 0
        if whole or self.standing == "concluded":
            self.break_down()
        else:
            self._stand("tabled")

    def proceed(self) -> None:
        """Take the ladder to its next step, or conclude it; let the lead sender think better of it."""
        model, numbers = self.model, self.model.numbers
        if self.standing == "dwelling" and model.month - self.since >= DWELL and not self.negatives:
            if self.stage < STEPS - 1:
                self.stage += 1
                self._stand("tabled")
            else:
                self._stand("concluded")
                self.agreement_at, self.ending = model.month, "settled"
        relief = model.share_lifted
        if relief > 0.0 and self.standing != "broken":
            worth = self.worth_expected(model.lead.trust_in(model.target)) * model.lead.weight
            price = numbers.leverage * relief * sum(model.unrelieved)
            price *= 1.0 + numbers.audience_sender * model.lead.audience()
            distance = numbers.heir_distance * model.lead.heir * (1.0 - model.lead.support)
            gain = price + distance - worth - numbers.standing - numbers.break_cost * self.agreement
            if self.random.random() < numbers.weighing * chance_of(gain, model.lead.noise):
                self.snap_back(whole=True)
