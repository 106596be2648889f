"""A month of sanctions diplomacy as a Mesa user would write it: agents, a graph, a DataCollector.

This model answers one question of the bench: what would runs cost without a compiled month? It lives in the
same region as the ensemble (the same actors, roles and ties of every layer) with the same numbers, takes its
phases in the order of `model.calendar`, and gives one strategy: five equal steps, each verified.

**It does less than the real month**, so the ensemble's lead over it is a lower bound. Left out are: the
strategy as data (one ladder is written into the code; no other release rules, rules of contingency, reviews,
sunsets, pilots, escrow, repeats, redress or sponsors); tracks side by side, several disputes, veto players
and calendars; confidence measures, technical tracks, local tracks, oversight and disclosure; humanitarian
exemptions, the price of risk and the calendar of easing; disputed findings, second looks and panels; mixed
signals and misread crises; resentment of sponsors and ownership; the switches that take each mechanism out;
most events of the ledger; and more than half of the sums from which outcomes are judged. Draws come from one
generator in the order in which they are asked for, so two strategies do not share their luck.

It is no straw man. Nothing is copied that need not be, numbers are read as plain attributes, ties that do
not change are read from networkx once a month, beliefs are dictionaries, and only what a reader of results
would want is collected, of the model and not of every agent.
"""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import mesa
import networkx as nx

from experiments.bench.plain_actors import Body, CivilSociety, Mediator
from experiments.bench.plain_series import SERIES
from experiments.bench.plain_states import SECTORS, Actor, State, chance_of, drawn_to, pushed, saturating
from experiments.bench.plain_talks import Talks


def numbers_of_the_month() -> SimpleNamespace:
    """Return the default numbers of the real month, as plain attributes."""
    from model.parameters import defaults

    table = defaults()[0]
    return SimpleNamespace(**{name: table[name].tolist() for name in table.dtype.names})


class PlainModel(mesa.Model):
    """One dispute in one region, month by month."""

    def __init__(
        self, graph: nx.MultiDiGraph, numbers: SimpleNamespace, months: int = 120, rng: int = 7
    ) -> None:
        super().__init__(rng=rng)
        self.numbers, self.months, self.month = numbers, months, 0
        self.tension = self.random.uniform(0.2, 0.45)
        self.publicity = self.attention = self.momentum = self.watch = self.uncertainty = 0.0
        self.felt, self.unrelieved, self.diverted = ([0.0] * len(SECTORS) for _ in range(3))
        self.share_lifted, self.imposed, self.last_incident = 0.0, False, -1
        self.talks = Talks(self)
        self._settle(graph)
        self.datacollector = mesa.DataCollector(SERIES, tables={"ledger": ["month", "event", "who"]})

    # --- the beginning -------------------------------------------------------------------------------------

    def _settle(self, graph: nx.MultiDiGraph) -> None:
        """Create the actors of ``graph`` and tie them, a graph a layer."""
        kinds = {"body": Body, "mediator": Mediator, "civil-society": CivilSociety}
        actors: dict[str, Any] = {}
        for name, about in graph.nodes(data=True):
            kind = about["kind"]
            actors[name] = State(self, name, about["role"]) if kind == "state" else kinds[kind](self, name)
        layers = {"proximity": nx.Graph()}
        for one, other, tie in graph.edges(data=True):
            layers.setdefault(tie["layer"], nx.DiGraph()).add_edge(actors[one], actors[other], **tie)
        self.trade, self.membership, self.proximity = (
            layers["trade"],
            layers["membership"],
            layers["proximity"],
        )
        self.constituency, self.transnational = layers["constituency"], layers["transnational"]
        for layer in layers.values():
            layer.add_nodes_from(actors.values())
        for one, other, tie in layers["trust"].edges(data=True):
            one.beliefs[other], one.evidence[other] = tie["weight"], tie["evidence"]
        for _, mediator, access in layers["back channel"].edges(data="weight"):
            mediator.access = access
        self.states, self.bodies = self.agents_by_type[State], self.agents_by_type[Body]
        self.mediators, self.groups = self.agents_by_type[Mediator], self.agents_by_type[CivilSociety]
        self.target = next(state for state in self.states if state.role == "target")
        self.lead = next(state for state in self.states if state.role == "lead-sender")
        self.senders = self.states.select(lambda state: state.role in ("lead-sender", "sender"))
        self.followers = self.states.select(lambda state: state.role == "sender")
        self.parties = self.states.select(lambda state: state.role in ("target", "lead-sender", "sender"))
        self.neighbours = self.states.select(lambda state: self.proximity.has_edge(state, self.target))
        self.spoilers = self.states.select(lambda state: state.role == "spoiler")
        self.talked_of: list[Actor] = [self.target, self.lead, *(m for m in self.mediators if m.access > 0.0)]
        for sender in self.senders:
            tie = self.trade[self.target][sender]
            sender.share_of_target = [tie[sector] for sector in SECTORS]

    # --- the month -----------------------------------------------------------------------------------------

    def step(self) -> None:
        """Live through one month, in the order of `model.calendar`."""
        self.states.shuffle_do("face_voters")
        self.strike_shocks()
        self.states.do("feel_spill")
        self.states.do("take_spill")
        self.press()
        self.states.do("produce")
        self.parties.do("judge_at_home")
        self.parties.do("judge_process")
        self.mediators.shuffle_do("mediate")
        self.settle_publicity()
        self.agents.do("forget")
        self.agents.shuffle_do("listen")
        self.weigh_episode()
        self.talks.bargain()
        self.senders.shuffle_do("decide_delivery")
        self.talks.honour()
        self.talks.verify()
        self.talks.proceed()
        self.bodies.shuffle_do("deliberate")
        self.followers.shuffle_do("hold_or_leave")
        self.neighbours.shuffle_do("engage")
        self.watch = 0.0
        self.groups.shuffle_do("speak")
        self.datacollector.collect(self)
        self.month += 1
        self.running = self.month < self.months

    def strike_shocks(self) -> None:
        """Settle tension, then let incidents, attacks, retaliation and market shocks happen."""
        numbers, target, lead = self.numbers, self.target, self.lead
        heat = numbers.heat_of_words * 0.5 * (target.rhetoric + lead.rhetoric) * (1.0 - self.momentum)
        self.tension = pushed(
            self.tension,
            heat,
            numbers.calming * (1.0 + self.momentum + self.talks.share(self.talks.observed)),
        )
        misreading = saturating(0.5 * (target.misreading + lead.misreading), numbers.misreading_half)
        self.uncertainty = drawn_to(self.uncertainty, misreading, numbers.forgetting)
        self.momentum = drawn_to(self.momentum, 0.0, numbers.forgetting)
        line = self.open_channel()
        contact = line.trust_lead if line is not None else 0.0
        for side in (target, lead):
            side.threat = drawn_to(side.threat, self.tension, numbers.reassessing)
            heat = numbers.silence + side.rhetoric
            side.misreading = drawn_to(side.misreading, numbers.misreading_most, numbers.drift * heat)
        hazard = numbers.incident_rate * (numbers.quiet_hazard + self.tension)
        if self.random.random() < hazard * (1.0 - numbers.contact_calms * contact):
            self.last_incident = self.month
            escalates = numbers.escalation * misreading * (1.0 - numbers.open_line * contact)
            if self.random.random() < escalates:
                self._offend("escalation", target, numbers.escalation_heat, numbers.incident_blame)
            else:
                self.note("incident", target)
                self.tension = pushed(self.tension, numbers.incident_heat, 0.0)
        progress = max(self.momentum, self.share_lifted)
        for spoiler in self.spoilers:
            stake = saturating(spoiler.stake, numbers.stake_half)
            if self.random.random() < numbers.spoiler_rate * stake * progress * self.uncertainty:
                self._offend("attack", spoiler, numbers.attack_heat, numbers.attack_blame * self.uncertainty)
        pressed = saturating(sum(self.felt), numbers.hardship_half)
        if self.random.random() < numbers.retaliation * pressed * target.hardliners * (1.0 - self.momentum):
            self._offend("retaliation", target, numbers.attack_heat, numbers.incident_blame)
        if self.random.random() < numbers.economic_shock:
            target.output *= 1.0 - numbers.economic_shock_size
            self.talks.fresh_at = self.month

    def _offend(self, event: str, who: State, heat: float, blame: float) -> None:
        self.note(event, who)
        self.tension = pushed(self.tension, heat, 0.0)
        for side, other in ((self.target, self.lead), (self.lead, self.target)):
            side.witness(other, 0.0, blame)
            side.threat = pushed(side.threat, self.numbers.alarm, 0.0)

    def press(self) -> None:
        """Make the target feel the measures in force, and charge the senders for their own."""
        if not self.imposed:
            return
        numbers, target, lead = self.numbers, self.target, self.lead
        members = [sender for sender in self.senders if sender.member]
        calm = (
            1.0
            + numbers.clarity_gain * numbers.private_clarity
            + numbers.belief_in_permanence * self.talks.agreement
        )
        for sector in range(len(SECTORS)):
            cover = full = held = 0.0
            for sender in members:
                trade = sender.share_of_target[sector]
                held += trade
                cover += trade * (sender.imposed[sector] - sender.relieved[sector]) * sender.enforcement
                full += trade * sender.imposed[sector] * sender.enforcement
            third = max(0.0, 1.0 - held)
            bound = numbers.secondary_bite * 0.4 * lead.member
            cover += third * bound * (lead.imposed[sector] - lead.relieved[sector])
            full += third * bound * lead.imposed[sector]
            free = third * (1.0 - bound)
            goal = numbers.most_diverted * free / (free + full) if full > 0.0 else 0.0
            self.diverted[sector] = drawn_to(self.diverted[sector], goal, numbers.diversion_rate)
            scale = 100.0 * target.exposure[sector] * (1.0 - self.diverted[sector]) * numbers.loss_per_trade
            self.unrelieved[sector] = scale * full
            rise, fall = numbers.anticipation, numbers.recovery_goods
            if SECTORS[sector] in ("finance", "technology"):
                fall = numbers.recovery_finance
            rate = rise if scale * cover > self.felt[sector] else saturating(calm * fall, 1.0 - fall)
            self.felt[sector] = drawn_to(self.felt[sector], scale * cover, rate)
        target.loss += sum(self.felt)
        for sender in members:
            for _, partner, tie in self.trade.out_edges(sender, data=True):
                if partner is target:
                    sender.loss += 100.0 * numbers.loss_per_trade * sum(
                        exposed * tie[sector] * (level - lifted)
                        for sector, exposed, level, lifted in zip(
                            SECTORS, sender.exposure, sender.imposed, sender.relieved, strict=True
                        )
                    )  # fmt: skip
        broad = sum(felt * weight for felt, weight in zip(self.felt, numbers.civilian, strict=True))
        narrow = sum(felt * weight for felt, weight in zip(self.felt, numbers.elite, strict=True))
        target.hardship = drawn_to(
            target.hardship, saturating(broad, numbers.hardship_half), numbers.hardship_rate
        )
        target.elite_pain = drawn_to(
            target.elite_pain, saturating(narrow, numbers.elite_half), numbers.hardship_rate
        )
        target.gain = max(0.0, sum(self.unrelieved) - sum(self.felt))
        self.share_lifted = min(1.0, target.gain / sum(self.unrelieved)) if sum(self.unrelieved) else 0.0

    # --- what belongs to nobody alone ----------------------------------------------------------------------

    def note(self, event: str, who: Actor) -> None:
        """Write down what happened."""
        self.datacollector.add_table_row("ledger", {"month": self.month, "event": event, "who": who.name})

    def open_channel(self) -> Mediator | None:
        """Return the mediator who keeps a channel open, if any does."""
        return next((mediator for mediator in self.mediators if mediator.is_open), None)

    def hidden_for(self) -> int:
        """Return for how many months a channel has been open that the public does not know of."""
        line = self.open_channel()
        return 0 if line is None or line.is_known else self.month - line.opened_at + 1

    def recently(self, then: int) -> float:
        """Return 1 for something that happened this month, falling to 0 over the public's memory."""
        return 0.0 if then < 0 else max(0.0, 1.0 - (self.month - then) / self.numbers.memory)

    def settle_publicity(self) -> None:
        """Move what the public sees of the matter, and how much it attends to it."""
        seen = 1.0 - 0.5 * self.numbers.private_part * (self.hidden_for() > 0)
        rate = self.numbers.forgetting if self.publicity > seen else 1.0
        self.publicity = drawn_to(self.publicity, seen, rate)
        self.attention = drawn_to(self.attention, 0.0, self.numbers.forgetting)

    def weigh_episode(self) -> None:
        """Outside the talks, let the threat be carried out, the target give way, or the sender give up."""
        numbers, talks, target, lead = self.numbers, self.talks, self.target, self.lead
        if talks.ending or talks.standing in ("performing", "dwelling", "concluded"):
            return
        pressure = sum(self.felt) if self.imposed else 0.5 * numbers.threat_believed * numbers.threat_size
        trust = target.trust_in(lead)
        hope = pressure * (trust + (1.0 - trust) * numbers.lifting)
        cost = sum(map(math.prod, zip(talks.asked, talks.cost, talks.difficulty, strict=True)))
        cost *= 1.0 + numbers.audience_target * target.audience()
        gain = hope - cost - numbers.pride * target.resentment - target.red_line
        demand = sum(map(math.prod, zip(talks.asked, talks.worth, strict=True)))
        tired = numbers.weariness * saturating(float(self.month), numbers.weary_after)
        dropped = tired + lead.loss - numbers.hope_of_success * demand - numbers.standing
        if self.random.random() < numbers.weighing * chance_of(gain, target.noise):
            talks.ending = "gave way"
        elif self.random.random() < numbers.weighing * chance_of(dropped, lead.noise):
            talks.ending = "gave up"
        elif not self.imposed:
            resolve = demand - lead.loss - numbers.imposing_cost + 0.6 * numbers.bound
            self.imposed = self.random.random() < numbers.imposing * chance_of(resolve, lead.noise)
        if talks.ending:
            self.note(talks.ending, lead if talks.ending == "gave up" else target)
            self.imposed = False
            self.felt = [0.0] * len(SECTORS)

    def outcome(self) -> dict[str, float | str]:
        """Return how the run ended."""
        talks = self.talks
        return {
            "ending": talks.ending or talks.standing,
            "done": talks.share(talks.done),
            "relief": self.share_lifted,
            "hardship": self.target.hardship,
            "tension": self.tension,
        }
