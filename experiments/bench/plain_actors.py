"""The bodies, mediators and groups of the plain Mesa model (plain_mesa.py), and what each does in a month."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from experiments.bench.plain_states import Actor, State, drawn_to, pushed, saturating

if TYPE_CHECKING:
    from experiments.bench.plain_mesa import PlainModel


class Body(Actor):
    """A regional body: it keeps its members to a common line."""

    def __init__(self, model: PlainModel, name: str) -> None:
        super().__init__(model, name)
        self.pull, self.cohesion, self.common_line = model.random.uniform(0.2, 0.8), 0.5, False

    def deliberate(self) -> None:
        """Find, or lose, a common line on the dispute."""
        numbers = self.model.numbers
        votes = in_favour = 0.0
        for state, _, vote in self.model.membership.in_edges(self, data="weight"):
            if state in self.model.senders:
                votes += vote
                in_favour += vote * state.member
        if votes > 0.0:
            self.common_line = in_favour / votes >= numbers.majority
            self.cohesion = drawn_to(self.cohesion, in_favour / votes, numbers.consultation)


class Mediator(Actor):
    """A mediator who may keep a back channel between the two principals."""

    def __init__(self, model: PlainModel, name: str) -> None:
        super().__init__(model, name)
        draw = model.random.uniform
        self.skill, self.discretion, self.credibility = draw(0.45, 0.8), draw(0.5, 0.9), draw(0.5, 0.7)
        self.access = 0.0
        self.is_open = self.is_known = False
        self.opened_at, self.meetings, self.trust_target, self.trust_lead = -1, 0, 0.0, 0.0

    def mediate(self) -> None:
        """Open a channel, meet in it, and keep it secret as long as that lasts."""
        if not self.is_open:
            self._try_to_open()
            return
        if self.random.random() < self.model.numbers.meetings:
            self._meet()
        if not self.is_known and self.random.random() < self._hazard_of_leak():
            self._leak()
        if self.is_open:
            believed = 0.5 * (self.model.target.trust_in(self) + self.model.lead.trust_in(self))
            self.credibility = drawn_to(self.credibility, believed, self.model.numbers.reputation_rate)

    def _try_to_open(self) -> None:
        model = self.model
        if self.access == 0.0 or model.talks.ending or model.open_channel() is not None:
            return
        self.trust_target, self.trust_lead = model.target.trust_in(self), model.lead.trust_in(self)
        mutual = math.sqrt(self.trust_target * self.trust_lead)
        if self.random.random() < model.numbers.opening * self.access * self.credibility * mutual:
            self.is_open, self.is_known, self.opened_at = True, False, model.month
            model.note("channel opened", self)

    def _meet(self) -> None:
        numbers, target, lead = self.model.numbers, self.model.target, self.model.lead
        self.meetings += 1
        self.model.note("meeting", self)
        for side, other in ((target, lead), (lead, target)):
            side.misreading *= 1.0 - numbers.insight * self.skill * numbers.without_data
            side.witness(other, 1.0, numbers.meeting_seen * self.credibility)
        self.trust_target = pushed(self.trust_target, numbers.pace * self.skill, 0.0)
        self.trust_lead = pushed(self.trust_lead, numbers.pace * self.skill, 0.0)

    def _hazard_of_leak(self) -> float:
        numbers = self.model.numbers
        crowd = (8.0**numbers.leak_crowd) * (1.0 + (self.model.month - self.opened_at) / numbers.leak_age)
        return min(1.0, numbers.leak_base * crowd * (1.0 - 0.5 * self.discretion))

    def _leak(self) -> None:
        numbers, model = self.model.numbers, self.model
        self.is_known = True
        model.note("leak", self)
        model.attention = pushed(model.attention, numbers.attention_to_leak, 0.0)
        for side, other in ((model.target, model.lead), (model.lead, model.target)):
            side.suspicion = pushed(side.suspicion, numbers.leak_scandal * side.accountability, 0.0)
            side.support = pushed(side.support, 0.0, numbers.leak_scandal * side.hardliners)
            side.witness(other, 0.0, 0.5 * numbers.leak_blame)
        if self.random.random() < numbers.leak_closes * (1.0 - self.trust_lead):
            self.is_open = False


class CivilSociety(Actor):
    """A group outside government that lives with the dispute and is heard in it."""

    def __init__(self, model: PlainModel, name: str) -> None:
        super().__init__(model, name)
        self.kind = model.random.choice(("business", "media", "hardline-movement", "watchdog", "community"))
        self.voice, self.grievance, self.outlook = 0.2, 0.2, model.random.uniform(0.3, 0.7)
        self.access = model.random.uniform(0.2, 0.6)

    def speak(self) -> None:
        """Share its outlook abroad, and weigh on the state in which it is heard."""
        model, numbers = self.model, self.model.numbers
        for _, other, weight in model.transnational.out_edges(self, data="weight"):
            shift = 0.5 * numbers.advocacy * weight * (other.outlook - self.outlook)
            self.outlook += shift
            other.outlook -= shift
        for _, state, reach in model.constituency.out_edges(self, data="weight"):
            if state is model.target or state in model.senders:
                self._weigh_on(state, reach)

    def _weigh_on(self, state: State, reach: float) -> None:
        model, numbers = self.model, self.model.numbers
        gain, visible = saturating(state.gain, numbers.gain_half), model.attention * model.publicity
        rate = numbers.grieving
        self.grievance = pushed(self.grievance, rate * state.hardship, rate * (gain + state.legitimacy))
        stirred = {"business": gain, "media": visible, "hardline-movement": visible}
        goal = stirred.get(self.kind, state.hardship)
        goal += (1.0 - goal) * self.grievance
        self.voice = drawn_to(self.voice, goal * drawn_to(0.5, 1.0, self.outlook), numbers.stirring)
        weight = reach * self.voice
        if self.kind == "hardline-movement" and self.random.random() < weight * visible:
            state.hardliners = pushed(state.hardliners, numbers.mobilising * weight, 0.0)
        elif self.kind == "media":
            state.rhetoric = pushed(state.rhetoric, numbers.amplifying * weight * model.tension, 0.0)
        elif self.kind == "watchdog" and state is model.target:
            model.watch = model.watch + (1.0 - model.watch) * reach * self.access
        elif self.kind in ("business", "community"):
            state.hardliners = pushed(state.hardliners, 0.0, numbers.lobbying * weight)
