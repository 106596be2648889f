"""One world, watched: a Mesa model that lives through the compiled month and shows what happened.

A step is one month through the same kernel as the ensemble's, so that a watched run and the ensemble's row
of the same scenario, strategy, parameters, seed and replicate are equal to the last bit. What is added is
for the eye: agents to ask and to change, a monthly series, the ledger in sentences, and branches.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Self

import mesa
import numpy as np
import pandas as pd
from mesa.agentset import AgentSet

from model.agents import AGENT_SERIES, CLASSES, Actor, Dispute, State
from model.chronicle import frame_of_events
from model.compiled import kernel
from model.draws import luck_of_run
from model.ensemble import (
    Progress,
    Setting,
    blank_outcomes,
    call_kernel,
    counted,
    designs_of,
    frame_of,
    loaded_scenario,
    setting_of,
    table_of,
    warm_up,
)
from model.given import Given
from model.network import graph_of
from model.scenario import Scenario
from model.series import READ, SERIES, blank_months, read_month
from model.strategy import Strategy, load_strategy
from model.vocabulary import SECTORS, InputError, Kind, nearest
from model.world import TRACKS, World, copy_of

#: A rule of a user's own: a plain function of the world, what the run is given, and the month.
Phase = Callable[[World, Given, int], None]

#: Columns of an ensemble's row that say what was run; the rest are outcomes.
ADDRESS = ["scenario", "strategy", "dispute", "seed", "replicate", "draw"]

#: Times that a month may write about one party and sector: one a track, a stage, a rule, and some to spare.
TIMES = 4 * TRACKS


@dataclass(frozen=True, eq=False)
class Terms:
    """What a watched world is given; all its branches share it."""

    scenario: Scenario
    strategy: Strategy
    setting: Setting
    designs: Any
    given: Given
    phases: tuple[Phase, ...]
    months: int

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


@kernel
def luck_of(seed: int, replicate: int) -> Any:
    """Return the key of one run's luck, for phases that are not compiled."""
    return luck_of_run(seed, replicate)


@kernel
def read_disputes(world: Any, parameters: Any, rows: Any) -> None:
    """Write the series of every dispute, as the world stands, into the first month of its row."""
    for dispute in range(len(world.disputes)):
        read_month(world, parameters[0], dispute, rows[dispute, 0])


class SanctionsModel(mesa.Model):
    """One run of one strategy in one scenario, a month at a time.

    Parameters
    ----------
    scenario : Scenario, str, Path or mapping
        A scenario, the name of a bundled one, a file, or the tables of one.
    strategy : Strategy, str, Path or mapping
        Likewise.
    seed : int
        Root of all luck, 0 or more.
    replicate : int
        Which run of that seed, 0 or more: replicate r is row r of an ensemble with that seed.
    parameters : mapping or DataFrame of one row, optional
        Values of uncertain numbers, by name; what is not named stays at its default.
    months : int, optional
        Horizon; the scenario's own by default.
    without : sequence of str
        Mechanisms to switch off, such as ``("M14",)``.
    collect : bool
        Whether to keep the monthly series.
    phases : sequence of callable
        Rules of your own, each a plain function ``rule(world, given, month)`` that changes columns of the
        world, called in this order at the end of every month. This is the way to try one out; a rule that
        should run in ensembles becomes a ``@phase`` in `model.mechanisms` and a line in `model.calendar`.
    collect_agents : bool
        Whether to keep the columns of every agent too, by kind; slower.
    progress : callable, optional
        Told when the month has to be compiled first (see `model.ensemble.warm_up`).

    Attributes
    ----------
    month : int
        Months lived through so far, which is also the number of the month that comes next.
    horizon : int
        Months after which the run ends; `running` is False from then on, and a step does nothing.
    world : World
        The tables, one row an actor, a tie or a dispute.
    case, strategy : Scenario, Strategy
        What is run. (``scenario`` belongs to Mesa, whose page wants it empty.)
    datacollector : mesa.DataCollector
        The series of the first dispute, one row a month, see `SERIES`; `series` gives those of any.

    Raises
    ------
    InputError
        If any of it is not usable; the message says what, where and what is allowed.
    """

    def __init__(
        self,
        scenario: Scenario | str | Path | Mapping[str, Any] = "iran-2012",
        strategy: Strategy | str | Path | Mapping[str, Any] = "step-for-step",
        seed: int = 7,
        replicate: int = 0,
        parameters: Mapping[str, float] | pd.DataFrame | None = None,
        months: int | None = None,
        without: Sequence[str] = (),
        collect: bool = True,
        phases: Sequence[Phase] = (),
        collect_agents: bool = False,
        progress: Progress | None = None,
    ) -> None:
        super().__init__(rng=counted("seed", seed, 0))
        self.seed, self.replicate = seed, counted("replicate", replicate, 0)
        self.terms = self._agreed(scenario, strategy, parameters, months, without, phases, progress)
        self.month = 0
        self.horizon = self.terms.months
        self._outcomes = blank_outcomes(self.terms.setting, self.terms.designs)
        self._graph: tuple[int, Any] | None = None
        self.world = copy_of(self.terms.setting.opening)
        self._call(self.terms.setting, range(0))
        self._actors = {actor.name: actor for actor in self._cast()}
        self.datacollector = mesa.DataCollector(
            model_reporters={name: partial(_collected, name=name) for name in SERIES},
            agenttype_reporters=AGENT_SERIES if collect_agents else None,
        )
        self._months: dict[int, Any] = {}
        self.collects = collect or collect_agents
        if self.collects:  # compiled now, not in the first month
            read_disputes(
                self.world, self.terms.setting.parameters, blank_months(len(self.world.disputes), 1)
            )

    def _agreed(
        self,
        scenario: Any,
        strategy: Any,
        parameters: Any,
        months: int | None,
        without: Sequence[str],
        phases: Sequence[Phase],
        progress: Progress | None,
    ) -> Terms:
        """Return the terms of this run, checked, with the month compiled."""
        place, plan = loaded_scenario(scenario), load_strategy(strategy)
        table, _, _ = table_of(_one_row(parameters))
        setting = setting_of(place, [plan], table, without)
        designs = designs_of(1, 1, 1, self.seed, [self.replicate])
        warm_up(setting, designs, progress)
        with np.errstate(over="ignore"):
            luck = np.uint64(luck_of(self.seed, self.replicate) if phases else 0)
        given = Given(setting.network, setting.plans, setting.parameters[0], setting.switches[0], luck)
        span = place.months if months is None else counted("months", months, 1)
        return Terms(place, plan, setting, designs, given, tuple(phases), span)

    def _cast(self) -> list[Actor]:
        """Return an agent for every actor of the scenario, in the order of their numbers."""
        rows = dict.fromkeys(Kind, 0)
        cast = []
        for number, (name, kind) in enumerate(self.case.kind_of.items()):
            cast.append(CLASSES[kind](self, name, number, rows[kind]))
            rows[kind] += 1
        return cast

    # --- what is run ---------------------------------------------------------------------------------------

    @property
    def case(self) -> Scenario:
        """The scenario that is run."""
        return self.terms.scenario

    @property
    def strategy(self) -> Strategy:
        """The strategy that is run."""
        return self.terms.strategy

    @property
    def scenario(self) -> None:
        """Nothing: Mesa's page reads its own parameters here; the scenario of this model is `case`."""

    @scenario.setter
    def scenario(self, record: Any) -> None:
        self._record_of_mesa = record

    @property
    def date(self) -> str:
        """The date that has been reached, as in 2013-09: the month that comes next."""
        return self.case.date_of(self.month)

    # --- living --------------------------------------------------------------------------------------------

    def step(self) -> None:
        """Live through one month; do nothing once the horizon is reached.

        After a failure, such as one in a phase of your own, the world stands between two months: every
        further step raises, and so does `run`.
        """
        if self.month >= self.horizon:
            return
        try:
            self._live()
        except BaseException as failure:
            self.running = False
            self._failure = f"month {self.month} failed ({type(failure).__name__}: {failure})"
            self.step = self._refuse  # type: ignore[method-assign]
            raise

    def _live(self) -> None:
        terms, month = self.terms, self.month
        self._make_room()
        # Month 0 starts from what was changed since, not from the untouched opening.
        setting = terms.setting._replace(opening=self.world) if month == 0 else terms.setting
        self._call(setting, range(month, month + 1))
        if terms.phases:
            with np.errstate(over="ignore"):
                for phase in terms.phases:
                    phase(self.world, terms.given, month)
        if self.world.seen.times.sum() != self.world.written:
            raise RuntimeError("the ledger was too short for this month's events")
        self.month = month + 1
        if self.collects:
            self._months[month] = blank_months(len(self.world.disputes), 1)
            read_disputes(self.world, terms.setting.parameters, self._months[month])
            self.datacollector.collect(self)
        self.running = self.month < self.horizon

    def _call(self, setting: Setting, months: range) -> None:
        call_kernel(setting, self.world, self.terms.designs, range(1), months, self._outcomes)

    def _make_room(self) -> None:
        """Let the ledger grow where a busy month might not fit; an ensemble keeps none."""
        world, plans = self.world, self.terms.setting.plans
        times = TIMES + len(plans.stages) + len(plans.rules)
        actors = sum(len(table) for table in (world.states, world.bodies, world.channels, world.disputes))
        ties = sum(len(table) for table in self.terms.setting.network)
        room = (len(world.parties) * SECTORS + actors) * times + ties * len(world.disputes)
        if len(world.ledger) - world.written < room:
            longer = np.zeros(2 * len(world.ledger) + 2 * room, world.ledger.dtype).view(np.recarray)
            longer[: len(world.ledger)] = world.ledger
            self.world = world._replace(ledger=longer)

    def _refuse(self) -> None:
        raise RuntimeError(
            f"{self._failure}; this model cannot go on: start again, or from an earlier branch"
        )

    def run(self) -> Self:
        """Live on to the horizon; return the model."""
        while self.month < self.horizon:
            self.step()
        return self

    def branch(self) -> Self:
        """Return an independent copy at this month: it goes on in the same way unless one is changed."""
        return copy.deepcopy(self)

    # --- looking -------------------------------------------------------------------------------------------

    @property
    def agents_by_type(self) -> dict[type[Actor], Any]:
        """The agents of each kind; a kind that the scenario does not have is there, and empty."""
        held = super().agents_by_type
        return {kind: held.get(kind, AgentSet([], random=self.random)) for kind in CLASSES.values()} | held

    def actor(self, name: str) -> Actor:
        """Return the agent called ``name``.

        Raises
        ------
        InputError
            If the scenario has no such actor.
        """
        if name not in self._actors:
            raise InputError(f"'{name}' is no actor of {self.case.name}{nearest(name, self._actors)}")
        return self._actors[name]

    @property
    def dispute(self) -> Dispute:
        """The scenario's first dispute, which the series are about."""
        return Dispute(self, 0)

    @property
    def disputes(self) -> dict[str, Dispute]:
        """Every dispute by its name."""
        return {name: Dispute(self, row) for row, name in enumerate(self.case.disputes)}

    @property
    def target(self) -> State:
        """The target of the first dispute."""
        return self._actors[self.case.actors[self.dispute.target_state]]

    @property
    def lead(self) -> State:
        """The lead sender of the first dispute."""
        return self._actors[self.case.actors[self.dispute.lead_state]]

    @property
    def network(self) -> Any:
        """The ties as a networkx graph (see `model.network.graph_of`), as they stand after the last step.

        Trust has its present ``weight`` and ``evidence``; a back channel says whether it is ``open``.
        Changing the graph changes nothing in the world.
        """
        if self._graph is None or self._graph[0] != self.month:
            graph = graph_of(self.case) if self._graph is None else self._graph[1]
            self._graph = (self.month, self._redrawn(graph))
        return self._graph[1]

    def _redrawn(self, graph: Any) -> Any:
        names, world = self.case.actors, self.world
        for tie, trust in zip(self.terms.setting.network.trust_ties, world.trust, strict=True):
            edge = graph.edges[names[tie.who], names[tie.whom], "trust"]
            edge["weight"], edge["evidence"] = float(trust.belief), float(trust.evidence)
        mediators = [name for name, kind in self.case.kind_of.items() if kind == Kind.MEDIATOR]
        for channel in world.channels:
            key = f"back channel: {self.case.disputes[channel.dispute]}"
            dispute = world.disputes[channel.dispute]
            for state in (dispute.target_state, dispute.lead_state):
                graph.edges[names[state], mediators[channel.mediator], key]["open"] = bool(channel.open)
        return graph

    def events(self, first: int = 0) -> pd.DataFrame:
        """Return the ledger so far, one row an event, from the one numbered ``first`` on.

        See `model.chronicle.frame_of_events`.
        """
        return frame_of_events(self.world, self.case, self.strategy, first)

    def series(self, dispute: str | None = None, first: int = 0) -> pd.DataFrame:
        """Return the monthly series so far, one row a month that was collected (see `model.series.SERIES`).

        Parameters
        ----------
        dispute : str, optional
            Of which dispute; the scenario's first by default.
        first : int
            The row to begin with.

        Raises
        ------
        InputError
            If the scenario has no such dispute.
        """
        place = self.case.place_of(dispute)
        collected = list(self._months)[first:]
        kept = [self._months[month][place] for month in collected]
        rows = np.concatenate([blank_months(1, 0)[0], *kept])
        months = {
            "month": np.array(collected, np.int64),
            "date": [self.case.date_of(month) for month in collected],
        }
        return pd.DataFrame(months | {name: rows[name].astype(SERIES[name].kind) for name in READ})

    def outcome(self, dispute: str | None = None) -> dict[str, Any]:
        """Return what the run would be judged by if it ended now: the outcomes of an ensemble's row.

        Parameters
        ----------
        dispute : str, optional
            In which dispute; the scenario's first by default.

        Raises
        ------
        InputError
            If the scenario has no such dispute.
        """
        terms, place = self.terms, self.case.place_of(dispute)
        self._call(terms.setting, range(1, 1))
        setting, names = terms.setting, [self.strategy.name]
        rows = frame_of(self._outcomes, terms.designs, self.case, names, setting.parameters, ())
        return {str(name): rows[name].tolist()[place] for name in rows if name not in ADDRESS}


def _collected(model: SanctionsModel, name: str) -> Any:
    """Return a series of the first dispute in the month that was lived last."""
    month = model.month - 1
    if name not in READ:
        return month if name == "month" else model.case.date_of(month)
    return SERIES[name].kind(model._months[month][name][0, 0])


def _one_row(parameters: Mapping[str, float] | pd.DataFrame | None) -> pd.DataFrame | None:
    """Return ``parameters`` as a table of one row, or None where there are none."""
    if parameters is None:
        return None
    table = parameters if isinstance(parameters, pd.DataFrame) else pd.DataFrame([dict(parameters)])
    if len(table) != 1:
        raise InputError(f"parameters: {len(table)} rows; a watched run has one value of each number")
    return None if table.columns.empty else table
