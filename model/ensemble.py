"""A table of designs in, a table of outcomes out: the compiled month, run as often as it is asked.

One kernel serves the ensemble and the watched model alike: it takes some runs through some months. A slice
of runs shares one scratch world; slices are handed to threads, which run without the interpreter lock, so
results do not depend on how many there are.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from model.calendar import advance, begin
from model.compiled import compiling_seconds, is_plain, is_warm, kernel, remember_compiling
from model.draws import luck_of_run
from model.given import Given
from model.outcomes import COUNTS, DTYPE, EPISODE, OUTCOMES, YES_OR_NO
from model.parameters import checked_column, defaults, switches_without
from model.records import record_dtype
from model.scenario import Scenario, load_scenario
from model.series import blank_months, read_month
from model.strategy import Strategy, load_strategy, stack
from model.verdict import judge
from model.vocabulary import Cause, Ending, InputError, Label, words_of
from model.world import World, copy_of

#: Told what is being done, how many runs are done, and how many there are.
Progress = Callable[[str, int, int], None]

DESIGN = record_dtype([("plan", "i8"), ("draw", "i8"), ("seed", "i8"), ("replicate", "i8")])

#: Runs that a thread takes at once: long enough to be worth it, short enough to report and to stop.
SLICE = 64
#: Largest seed or count.
MOST = 2**63 - 1
#: Runs that a stream hands out at once.
BATCH = 20_000
#: Given to the kernel where months are not asked for.
UNTRACED = blank_months(0, 0)


class Setting(NamedTuple):
    """Everything the kernel needs that the runs of an ensemble share."""

    opening: World
    network: Any
    plans: Any
    parameters: Any
    switches: Any


@kernel
def run_months(
    setting: Any,
    world: Any,
    designs: Any,
    first: int,
    last: int,
    month: int,
    until: int,
    outcomes: Any,
    trace: Any,
) -> None:
    """Take runs ``first`` to ``last`` of ``designs`` from ``month`` to ``until`` and judge their disputes.

    Month 0 starts each run from the setting's opening; a later month goes on in ``world`` as it stands.
    ``outcomes`` has a row for each run and dispute, the disputes of a run together. So has ``trace``, with a
    column for each month; where it has no rows, the months are not kept.
    """
    opening = setting.opening
    disputes = len(world.disputes)
    for run in range(first, last):
        design = designs[run]
        luck = luck_of_run(design.seed, design.replicate)
        given = Given(
            setting.network, setting.plans, setting.parameters[design.draw], setting.switches[0], luck
        )
        if month == 0:
            world.states[:] = opening.states
            world.bodies[:] = opening.bodies
            world.mediators[:] = opening.mediators
            world.civil[:] = opening.civil
            world.parties[:] = opening.parties
            world.disputes[:] = opening.disputes
            world.processes[:] = opening.processes
            world.channels[:] = opening.channels
            world.trust[:] = opening.trust
            world.tallies[:] = opening.tallies
            world.seen[:] = opening.seen
            for dispute in range(disputes):
                world.disputes[dispute].plan = design.plan
            begin(world, given)
        for now in range(month, until):
            advance(world, given, now)
            if len(trace) > 0:
                for dispute in range(disputes):
                    read_month(world, given.parameters, dispute, trace[run * disputes + dispute, now])
        for dispute in range(disputes):
            judge(world, given, dispute, outcomes[run * disputes + dispute])


def blank_outcomes(setting: Setting, designs: Any) -> Any:
    """Return a record array with a row for each of the ``designs`` and each dispute, all zero."""
    return np.zeros(len(designs) * len(setting.opening.disputes), DTYPE).view(np.recarray)


def call_kernel(
    setting: Setting,
    world: World,
    designs: Any,
    runs: range,
    months: range,
    outcomes: Any,
    trace: Any = UNTRACED,
) -> None:
    """Run the kernel, compiled or plain; the plain one must not warn that hashes wrap around.

    Raises
    ------
    ValueError
        If ``outcomes`` has not a row for every run and dispute, or a ``trace`` that has any has not one for
        each of them and a column for every month: compiled code would write beside it.
    """
    rows = runs.stop * len(world.disputes)
    if len(outcomes) < rows:
        raise ValueError(f"{len(outcomes)} rows of outcomes for {runs.stop} x {len(world.disputes)}")
    if len(trace) > 0 and (len(trace) < rows or trace.shape[1] < months.stop):
        raise ValueError(f"a trace of {trace.shape} for {rows} rows and {months.stop} months")
    spans = (runs.start, runs.stop, months.start, months.stop)
    if is_plain():
        with np.errstate(over="ignore"):
            run_months(setting, world, designs, *spans, outcomes, trace)
    else:
        run_months(setting, world, designs, *spans, outcomes, trace)


def setting_of(
    scenario: Scenario, strategies: Sequence[Strategy], parameters: Any = None, without: Sequence[str] = ()
) -> Setting:
    """Return what the runs of these strategies in this scenario share, as read-only tables.

    Parameters
    ----------
    scenario : Scenario
    strategies : sequence of Strategy
        Stacked in this order; each is checked against the scenario.
    parameters : record array, optional
        Draws of the model's numbers, one row a draw (see ``parameters.defaults``).
    without : sequence of str
        Mechanisms to switch off, such as ``"M14"``.

    Raises
    ------
    InputError
        If a strategy asks what the scenario does not have, or a mechanism does not exist.
    """
    for strategy in strategies:
        strategy.check(scenario)
    opening, network = scenario.opening()
    numbers = defaults() if parameters is None else parameters
    switches = switches_without((without,) if isinstance(without, str) else tuple(without))
    return sealed(Setting(opening, network, stack(list(strategies), scenario), numbers, switches))


def sealed(setting: Setting) -> Setting:
    """Return the setting with all but its opening made read-only, as the compiled month expects it.

    A copy that another process was sent can be written to, which would be compiled for all over again.
    """
    for table in (*setting.network, *setting.plans, setting.parameters, setting.switches):
        table.flags.writeable = False
    return setting


def warm_up(setting: Setting, designs: Any, progress: Progress | None = None) -> None:
    """Compile the month if this is the first time, and say so."""
    cold = not is_warm()
    if cold and progress is not None:
        progress("compiling", 0, round(compiling_seconds() or 0))
    started = time.perf_counter()
    outcomes = blank_outcomes(setting, designs[:0])
    call_kernel(setting, copy_of(setting.opening), designs, range(0, 0), range(0, 0), outcomes)
    if cold and not is_plain():
        remember_compiling(time.perf_counter() - started)
        if progress is not None:
            progress("compiling", 1, 1)


def table_of(
    parameters: pd.DataFrame | Mapping[str, float] | None,
) -> tuple[Any, list[str], list[int] | None]:
    """Return draws as a record array, the columns that vary, and the replicate each draw is tied to.

    Raises
    ------
    InputError
        If a column is not one of the model's numbers, or a value is outside its range.
    """
    if parameters is None:
        return defaults(), [], None
    if not isinstance(parameters, pd.DataFrame):
        parameters = pd.DataFrame([dict(parameters)])
    if parameters.empty:
        raise InputError("parameters: the table has no rows; give one row a draw")
    names = [str(name) for name in parameters.columns if name != "replicate"]
    table = defaults(len(parameters))
    for name in names:
        table[name] = checked_column(name, parameters[name])
    tied = [int(value) for value in parameters["replicate"]] if "replicate" in parameters else None
    return table, names, tied


def designs_of(plans: int, draws: int, replicates: int, seed: int, tied: list[int] | None) -> Any:
    """Return one design a run: every strategy with every draw and replicate, or with its tied one."""
    if tied is not None:
        pairs = list(enumerate(tied))
    else:
        pairs = [(draw, replicate) for draw in range(draws) for replicate in range(replicates)]
    designs = np.zeros(plans * len(pairs), DESIGN).view(np.recarray)
    designs.plan = np.repeat(np.arange(plans), len(pairs))
    designs.draw = np.tile([draw for draw, _ in pairs], plans)
    designs.replicate = np.tile([replicate for _, replicate in pairs], plans)
    designs.seed = seed
    return designs


def run_designs(
    setting: Setting,
    designs: Any,
    months: int,
    workers: int,
    progress: Progress | None,
    trace: Any = UNTRACED,
) -> Any:
    """Run every design through ``months`` on ``workers`` threads; return outcomes in the order of designs.

    Each design has a row for every dispute, in ``trace`` too, where that has any.
    """
    outcomes = blank_outcomes(setting, designs)
    slices = [range(first, min(first + SLICE, len(designs))) for first in range(0, len(designs), SLICE)]
    worlds = [copy_of(setting.opening) for _ in range(workers)]
    done = 0
    with ThreadPoolExecutor(workers) as pool:
        running: dict[Future[None], tuple[World, range]] = {}
        waiting = iter(slices)
        idle = list(worlds)
        while True:
            while idle and (runs := next(waiting, None)) is not None:
                world = idle.pop()
                work = (setting, world, designs, runs, range(months), outcomes, trace)
                future = pool.submit(call_kernel, *work)
                running[future] = (world, runs)
            if not running:
                return outcomes
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                world, runs = running.pop(future)
                future.result()
                idle.append(world)
                done += len(runs)
            if progress is not None:
                progress("running", done, len(designs))


def category(codes: Any, names: Sequence[str]) -> Any:
    """Return a column of names, by their places in ``names``."""
    return pd.Categorical.from_codes(codes, pd.Index(names))


def frame_of(
    outcomes: Any,
    designs: Any,
    scenario: Scenario,
    strategies: Sequence[str],
    parameters: Any,
    names: Sequence[str],
) -> pd.DataFrame:
    """Return outcomes as a DataFrame, one row a run and dispute, with what was run in its first columns."""
    disputes, runs = len(scenario.disputes), len(designs)
    designs = designs.repeat(disputes)
    columns: dict[str, Any] = {
        "scenario": category(np.zeros(len(designs), np.int64), [scenario.name]),
        "strategy": category(designs.plan, strategies),
        "dispute": category(np.tile(np.arange(disputes), runs), scenario.disputes),
        "seed": designs.seed,
        "replicate": designs.replicate,
        "draw": designs.draw,
    }
    columns |= {f"p_{name}": parameters[name][designs.draw] for name in names}
    for name in (*OUTCOMES, *EPISODE):
        values = outcomes[name]
        if name in YES_OR_NO:
            values = values > 0.0
        elif name in COUNTS:
            values = values.astype(np.int64)
        columns[name] = values
    endings = [word.replace("-", " ") for word in words_of(Ending)]
    labels = [word.replace("-", " ") for word in words_of(Label)]
    columns["label"] = category(outcomes.label, labels)
    columns["ending"] = category(columns.pop("ending_code").astype(np.int64), endings)
    causes = [word.replace("-", " ") for word in words_of(Cause)]
    columns["agreement_cause"] = category(columns.pop("agreement_cause_code").astype(np.int64), causes)
    return pd.DataFrame(columns)


def loaded_scenario(scenario: Scenario | str | Path) -> Scenario:
    """Return the scenario itself, or the one of this name or path."""
    return scenario if isinstance(scenario, Scenario) else load_scenario(scenario)


def loaded_strategies(strategies: Any) -> list[Strategy]:
    """Return strategies as objects, from one or many names, paths or objects, each name once."""
    many = [strategies] if isinstance(strategies, str | Path | Strategy) else list(strategies)
    loaded = [entry if isinstance(entry, Strategy) else load_strategy(entry) for entry in many]
    if not loaded:
        raise InputError("strategies: none given; name at least one")
    names = [strategy.name for strategy in loaded]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"strategies: '{name}' is given twice; names must differ")
    return loaded


def counted(name: str, value: Any, least: int) -> int:
    """Return ``value`` if it is a whole number of at least ``least``.

    Raises
    ------
    InputError
        If it is not.
    """
    if not isinstance(value, int | np.integer) or not least <= value <= MOST:
        raise InputError(f"{name} is {value!r}; allowed is a whole number from {least} to {MOST}")
    return int(value)


class Asked(NamedTuple):
    """An ensemble as it was asked for, checked: what is run, how long, and on how many threads."""

    scenario: Scenario
    strategies: list[str]
    setting: Setting
    designs: Any
    months: int
    workers: int
    drawn: list[str]

    def frame(self, outcomes: Any, designs: Any) -> pd.DataFrame:
        """Return the outcomes of ``designs``, some of those asked for, as a DataFrame."""
        parameters = self.setting.parameters
        return frame_of(outcomes, designs, self.scenario, self.strategies, parameters, self.drawn)


def asked_of(
    scenario: Scenario | str | Path,
    strategies: Any,
    replicates: int,
    seed: int,
    parameters: pd.DataFrame | Mapping[str, float] | None,
    months: int | None,
    workers: int | None,
    without: Sequence[str],
) -> Asked:
    """Return what ``run_ensemble`` is asked with these arguments.

    Raises
    ------
    InputError
        If any of it is not usable; the message says what, where and what is allowed.
    """
    place = loaded_scenario(scenario)
    plans = loaded_strategies(strategies)
    counted("replicates", replicates, 1)
    counted("seed", seed, 0)
    span = place.months if months is None else counted("months", months, 1)
    threads = counted("workers", (os.cpu_count() or 1) if workers is None else workers, 1)
    table, names, tied = table_of(parameters)
    setting = setting_of(place, plans, table, without)
    designs = designs_of(len(plans), len(table), replicates, seed, tied)
    return Asked(place, [plan.name for plan in plans], setting, designs, span, threads, names)


def stream_ensemble(
    scenario: Scenario | str | Path,
    strategies: Any,
    replicates: int = 200,
    seed: int = 7,
    parameters: pd.DataFrame | Mapping[str, float] | None = None,
    months: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    without: Sequence[str] = (),
    batch: int = BATCH,
) -> Iterator[pd.DataFrame]:
    """Run strategies in a scenario and hand out the outcomes in batches, so that memory stays flat.

    Takes what ``run_ensemble`` takes, and ``batch``, the number of runs handed out at once; a run has a
    row for every dispute.

    Yields
    ------
    pandas.DataFrame
        The next rows of what ``run_ensemble`` returns.
    """
    counted("batch", batch, 1)
    asked = asked_of(scenario, strategies, replicates, seed, parameters, months, workers, without)
    warm_up(asked.setting, asked.designs, progress)
    for start in range(0, len(asked.designs), batch):
        part = asked.designs[start : start + batch]
        told = None if progress is None else _offset(progress, start, len(asked.designs))
        yield asked.frame(run_designs(asked.setting, part, asked.months, asked.workers, told), part)


def _offset(progress: Progress, start: int, total: int) -> Progress:
    def told(doing: str, done: int, _: int) -> None:
        progress(doing, start + done, total)

    return told


def run_ensemble(
    scenario: Scenario | str | Path,
    strategies: Any,
    replicates: int = 200,
    seed: int = 7,
    parameters: pd.DataFrame | Mapping[str, float] | None = None,
    months: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    without: Sequence[str] = (),
) -> pd.DataFrame:
    """Run strategies in a scenario on common random numbers and return one row a run and dispute.

    Parameters
    ----------
    scenario : Scenario, str or Path
        A scenario, the name of a bundled one, or a file.
    strategies : Strategy, str or Path, or several
        Likewise; every strategy lives through the same luck.
    replicates : int
        Runs of each strategy and draw, at least 1. Replicate r of one strategy has the luck of replicate r
        of every other.
    seed : int
        Root of all luck, 0 or more.
    parameters : pandas.DataFrame or mapping, optional
        Draws of uncertain numbers, one row a draw, one column a number, or one draw as a mapping; what is
        not named stays at its default. With a column ``replicate``, each draw is run for that replicate only.
    months : int, optional
        Horizon; the scenario's own by default.
    workers : int, optional
        Threads; one a core by default. The rows do not depend on it.
    progress : callable, optional
        Called with (doing, done, total) where doing is "compiling" or "running".
    without : sequence of str
        Mechanisms to switch off, such as ``("M14",)``.

    Returns
    -------
    pandas.DataFrame
        scenario, strategy, dispute, seed, replicate, draw, the drawn numbers (``p_...``), the outcomes of
        ``model.outcomes.OUTCOMES`` with their units, the episode record, label and ending. An outcome that
        does not apply to a run is NaN.

    Raises
    ------
    InputError
        If any of it is not usable; the message says what, where and what is allowed.
    """
    parts = list(
        stream_ensemble(
            scenario, strategies, replicates, seed, parameters, months, workers, progress, without
        )
    )
    return pd.concat(parts, ignore_index=True)
