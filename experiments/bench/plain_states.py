"""The states of the plain Mesa model (plain_mesa.py), and what all of its actors have in common."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import mesa

if TYPE_CHECKING:
    from experiments.bench.plain_mesa import PlainModel

SECTORS = ("energy", "finance", "technology", "essential", "arms", "travel")


def pushed(level: float, up: float, down: float) -> float:
    """Return a share after a month of pushes up and down."""
    return (level + up) / (1.0 + up + down)


def drawn_to(level: float, goal: float, rate: float) -> float:
    """Return a level after it has closed a share of its distance to a goal."""
    return level + rate * (goal - level)


def chance_of(advantage: float, noise: float) -> float:
    """Return the logit chance of acting."""
    return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, advantage / noise))))


def saturating(amount: float, half: float) -> float:
    """Return an amount on a scale from 0 to 1."""
    return amount / (amount + half)


class Actor(mesa.Agent):
    """Anybody with beliefs about whether others keep their word."""

    model: PlainModel

    def __init__(self, model: PlainModel, name: str) -> None:
        super().__init__(model)
        self.name = name
        self.beliefs: dict[Actor, float] = {}
        self.evidence: dict[Actor, float] = {}

    def trust_in(self, other: Actor) -> float:
        """Return the belief that the other keeps its word."""
        return self.beliefs.get(other, self.model.numbers.stranger)

    def witness(self, other: Actor, kept: float, weight: float) -> None:
        """See a promise kept (1) or broken (0); a broken one weighs more."""
        if other not in self.beliefs or weight <= 0.0:
            return
        aversion, evidence = self.model.numbers.loss_aversion, self.evidence[other]
        felt = weight * (kept + aversion * (1.0 - kept))
        self.beliefs[other] = (self.beliefs[other] * evidence + weight * kept) / (evidence + felt)
        self.evidence[other] = evidence + felt

    def forget(self) -> None:
        """Let old evidence fade."""
        floor, fading = self.model.numbers.evidence_floor, self.model.numbers.fading
        for other, weight in self.evidence.items():
            if weight > floor:
                self.evidence[other] = drawn_to(weight, floor, fading)

    def listen(self) -> None:
        """Move beliefs about those whom all talk of towards what those one trusts believe of them."""
        for subject in self.model.talked_of:
            if subject not in self.beliefs:
                continue
            said = weight = 0.0
            belief = self.beliefs[subject]
            for friend, trust in self.beliefs.items():
                if subject in friend.beliefs:
                    said += trust * (friend.beliefs[subject] - belief)
                    weight += trust
            if weight > 0.0:
                self.beliefs[subject] = belief + self.model.numbers.word_of_mouth * said / weight


class State(Actor):
    """A state: an economy, a public, a government, and for some a part in the dispute."""

    def __init__(self, model: PlainModel, name: str, role: str) -> None:
        super().__init__(model, name)
        draw = model.random.uniform
        self.role = role
        self.accountability, self.coherence = draw(0.2, 0.9), draw(0.4, 0.85)
        self.support = self.support_base = draw(0.35, 0.65)
        self.hardliners = self.hardliner_base = draw(0.1, 0.4)
        trade = draw(0.35, 0.6)
        self.exposure = [trade * part for part in (0.3, 0.17, 0.2, 0.2, 0.03, 0.1)]
        self.term = 48 if self.accountability > 0.5 else 0
        self.next_election = model.random.randrange(48) if self.term else -1
        self.output = 1.0
        self.hardship = self.elite_pain = self.loss = self.spill = self.gain = 0.0
        self.legitimacy, self.suspicion, self.rhetoric = 0.5, 0.2, 0.2
        self.expectation, self.resentment, self.engagement = 0.1, 0.1, 0.0
        self.noise, self.misreading, self.threat = draw(0.6, 1.2), draw(1.2, 1.8), model.tension
        self.weight, self.enforcement, self.stake = draw(0.8, 1.2), draw(0.5, 0.85), draw(0.8, 2.0)
        self.member = role in ("lead-sender", "sender")
        level = draw(0.6, 0.95) if self.member else 0.0
        self.imposed = [level * reach for reach in (0.8, 0.8, 0.8, 0.15, 0.8, 0.6)]
        self.relieved = [0.0] * len(SECTORS)
        self.share_of_target = [0.0] * len(SECTORS)
        self.fatigue, self.withheld, self.heir, self.delivering = 0.0, 0, False, False
        self.take_office()

    @property
    def is_principal(self) -> bool:
        """Whether it is the target or the lead sender."""
        return self.role in ("target", "lead-sender")

    def take_office(self) -> None:
        """Draw the hidden character and the red line of a leader."""
        weights = (0.35, 0.4, 0.25) if self.role == "target" else (0.7, 0.3, 0.0)
        self.character = self.random.choices(("sincere", "opportunist", "hardline"), weights)[0]
        self.red_line = self.model.numbers.red_line_spread * abs(self.random.gauss(0.0, 1.0))

    def face_voters(self) -> None:
        """Let voters, or a palace, replace the leader."""
        numbers, month = self.model.numbers, self.model.month
        falls = False
        if self.next_election == month:
            stays = chance_of(self.support - numbers.incumbent_pivot, numbers.incumbent_swing)
            falls = self.random.random() >= stays
            self.next_election = month + self.term
        elif self.term == 0 and self.hardship > 0.0:
            hazard = numbers.irregular_exit * self.hardship * (1.0 - self.support)
            falls = self.random.random() < hazard
        if falls:
            self.model.note("leader changed", self)
            self.support = drawn_to(self.support, self.support_base, numbers.honeymoon)
            if self.random.random() < numbers.new_character:
                self.take_office()
            self.heir = self.model.talks.has_promised
            if self.is_principal:
                self.model.talks.read_afresh()

    def feel_spill(self) -> None:
        """Add up last month's losses of those it trades with."""
        ties = self.model.trade.out_edges(self, data="weight")
        self.spill = sum(weight * partner.loss for _, partner, weight in ties)

    def take_spill(self) -> None:
        """Begin the month's losses with what arrives over the trade layer."""
        self.loss = self.model.numbers.spillover * self.spill

    def produce(self) -> None:
        """Move output towards what losses allow."""
        numbers = self.model.numbers
        goal = 1.0 / (1.0 + numbers.output_depth * self.loss / 100.0)
        rate = numbers.output_fall if goal < self.output else numbers.output_recovery
        self.output = drawn_to(self.output, goal, rate)

    def judge_at_home(self) -> None:
        """Move support and hardliners in a party to the dispute."""
        numbers, model = self.model.numbers, self.model
        visible = model.attention * model.publicity
        anger = numbers.incident_anger * model.recently(model.last_incident)
        gain = saturating(self.gain, numbers.gain_half)
        gap = max(0.0, self.expectation - model.share_lifted) if self.role == "target" else 0.0
        backlash = numbers.backlash * self.hardship * self.resentment * 1.2
        self.hardliners = pushed(
            self.hardliners,
            numbers.settling * self.hardliner_base + backlash + numbers.embolden * visible + anger
            + numbers.setback * gap * self.hardliners,
            numbers.settling * (1.0 - self.hardliner_base) + numbers.stake_in_peace * gain
            + numbers.calm * (1.0 - model.tension),
        )  # fmt: skip
        self.support = pushed(
            self.support,
            numbers.settling * self.support_base + numbers.rally * self.hardship * self.resentment
            + numbers.credit * (gain + model.momentum * model.publicity),
            numbers.settling * (1.0 - self.support_base) + numbers.blame * self.hardship + numbers.unmet * gap
            + numbers.own_loss * saturating(self.loss, numbers.gain_half)
            + numbers.concession_cost * visible * self.hardliners,
        )  # fmt: skip
        self.resentment = pushed(
            self.resentment,
            numbers.humiliation * self.hardship * 1.2,
            numbers.easing * (1.0 - model.tension) * (1.0 + model.momentum),
        )
        self.expectation = pushed(self.expectation, 0.0, numbers.forgetting * (1.0 + gap))

    def judge_process(self) -> None:
        """Move suspicion, legitimacy and public language in a party to the dispute."""
        numbers, model = self.model.numbers, self.model
        hidden = 0.5 * saturating(model.hidden_for(), numbers.secret_age)
        self.suspicion = pushed(
            self.suspicion,
            numbers.suspicion * hidden * self.accountability,
            numbers.forgetting * (1.0 - hidden),
        )
        seen = model.momentum * (0.5 + 0.5 * model.publicity)
        self.legitimacy = pushed(
            self.legitimacy,
            numbers.settling + numbers.visible_progress * seen,
            numbers.settling + numbers.wear * self.suspicion,
        )
        heat = numbers.heat_of_tension * model.tension + numbers.trumpeting * 0.5 * model.momentum
        self.rhetoric = pushed(self.rhetoric, heat * model.publicity, numbers.cooling)

    def audience(self) -> float:
        """Return how much more a concession costs before its own public."""
        horizon = self.model.numbers.election_horizon
        months = self.next_election - self.model.month
        near = max(0.0, 1.0 - months / horizon) if months >= 0 else 0.0
        return self.model.publicity * self.accountability * (self.hardliners + near)

    def decide_delivery(self) -> None:
        """As a sender, decide whether to deliver the relief that is on the table."""
        numbers, model = self.model.numbers, self.model
        worth = model.talks.worth_expected(self.trust_in(model.target)) * self.weight
        price = (
            numbers.leverage
            * model.talks.relief_offered()
            * (1.0 + numbers.audience_sender * self.audience())
        )
        if self.character != "sincere":
            price *= numbers.reluctance
        distance = numbers.heir_distance * self.heir * (1.0 - self.support)
        advantage = worth - price - distance + numbers.standing - self.red_line
        self.delivering = self.random.random() < chance_of(advantage, self.noise)

    def hold_or_leave(self) -> None:
        """As a follower, stay in the coalition, leave it, or come back."""
        numbers, model = self.model.numbers, self.model
        tired = numbers.tiring
        self.fatigue = pushed(self.fatigue, tired * self.member, tired * (not self.member))
        bodies = [body for _, body in model.membership.out_edges(self)]
        pull = sum(body.pull * body.cohesion for body in bodies if body.common_line)
        worth = model.talks.worth_expected(numbers.hope_of_success) + numbers.solidarity * 1.5
        gain = worth * self.weight + numbers.pull_of_membership * pull
        gain -= numbers.own_loss_weight * self.loss + numbers.weariness * self.fatigue
        draw = self.random.random()
        if self.member and draw < numbers.weighing * chance_of(-gain, self.noise):
            self.member = False
            model.note("left", self)
        elif not self.member:
            back = gain - numbers.rejoining_cost
            self.member = draw < numbers.weighing * chance_of(back, self.noise)

    def engage(self) -> None:
        """As a neighbour of the target, take up dealings as far as conduct is seen verified."""
        numbers, model = self.model.numbers, self.model
        closeness = model.proximity[self][model.target]["weight"]
        self.engagement = pushed(
            self.engagement,
            numbers.neighbour_sight * closeness * model.talks.share(model.talks.observed),
            numbers.hedging * model.tension,
        )
