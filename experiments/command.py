"""The command line. What is heavy to import is imported by the verb that needs it, so help comes at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from experiments import app_verb, claims_verb, sweep_verbs

#: What typer raises of an unknown verb or option; BadParameter is one kind of it.
Mistyped: type[Exception] = typer.BadParameter.__mro__[1]
#: The largest number that names luck, and the longest run in months.
MOST_SEED, LONGEST = 2**63 - 1, 1200
Seed = Annotated[
    int, typer.Option(min=0, max=MOST_SEED, help="Names the luck: the same seed gives the same numbers.")
]
Months = Annotated[
    int | None, typer.Option(min=1, max=LONGEST, help="Length of a run, instead of the scenario's own.")
]
Out = Annotated[Path | None, typer.Option(help="Folder for the results: new or empty.")]
Workers = Annotated[int | None, typer.Option(min=1, help="Threads; by default one for each processor.")]


class Verbs(TyperGroup):
    """The verbs, and how a user's mistake is told: one line on stderr, exit status 2."""

    def make_context(self, *given: Any, **more: Any) -> Any:
        """Read what was typed before a verb."""
        try:
            return super().make_context(*given, **more)
        except Mistyped as mistake:
            _refuse(f"{mistake} (see backchannel --help)")

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]
        """Run the verb that was asked for."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as mistake:
            _refuse(mistake.message if mistake.param is None else mistake.format_message())
        except Mistyped as mistake:
            _refuse(f"{mistake} (see backchannel --help)")
        except PermissionError as refusal:
            if refusal.filename is None:
                raise
            _refuse(f"'{refusal.filename}' is not yours to read or write: {(refusal.strerror or '').lower()}")
        except ValueError as mistake:
            from model.vocabulary import InputError

            if not isinstance(mistake, InputError):
                raise
            _refuse(str(mistake))
        except KeyboardInterrupt:
            typer.echo("backchannel: stopped; nothing was written", err=True)
            raise typer.Exit(130) from None


def _refuse(message: str) -> NoReturn:
    for line in message.strip().splitlines():  # a file with several faults has a line for each
        typer.echo(f"backchannel: {' '.join(line.split())}", err=True)
    raise typer.Exit(2) from None


main = typer.Typer(
    cls=Verbs,
    name="backchannel",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Simulate sanctions diplomacy: tell one history, compare strategies on the same luck, or sweep.",
)


@main.command()
def run(
    asked: typer.Context,
    *,
    scenario: Annotated[str | None, typer.Argument(help="A bundled scenario, or a path to a file.")] = None,
    strategy: Annotated[
        str | None, typer.Option(help="A bundled strategy, or a path; default step-for-step.")
    ] = None,
    seed: Seed = 7,
    replicate: Annotated[int, typer.Option(min=0, max=MOST_SEED, help="Which luck of this seed.")] = 0,
    months: Months = None,
    dispute: Annotated[
        str | None, typer.Option(help="Of which dispute; default: the scenario's first.")
    ] = None,
    out: Out = None,
    figure: Annotated[bool, typer.Option(help="Draw the history.")] = True,
    results: Annotated[Path | None, typer.Option("--from", help="Replay from this results folder.")] = None,
    row: Annotated[int | None, typer.Option(help="Which row of its runs, from 0.")] = None,
) -> None:
    """Tell one history month by month."""
    from experiments import telling

    if results is not None:
        _alone(asked, "from", ("seed", "replicate", "months", "dispute"), "the stored row says what was run")
        equal = telling.replay(results, row, scenario or strategy, out, figure)
        raise typer.Exit(0 if equal else 1)
    if row is not None:
        raise typer.BadParameter("--row needs --from, the results folder that holds it")
    telling.tell(telling.begun(scenario, strategy, seed, replicate, months, dispute), out, figure)


def _alone(asked: typer.Context, option: str, others: tuple[str, ...], why: str) -> None:
    """Refuse options that were typed beside one that decides them."""
    for name in others:
        source = asked.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            raise typer.BadParameter(f"--{name} and --{option} exclude each other: {why}")


@main.command()
def compare(
    *,
    scenario: Annotated[str, typer.Argument(help="A bundled scenario, or a path to a file.")],
    strategy: Annotated[list[str] | None, typer.Option(help="Repeat it; default: all but variants.")] = None,
    replicates: Annotated[int, typer.Option(min=1, help="Runs of each strategy.")] = 200,
    seed: Seed = 7,
    months: Months = None,
    out: Out = None,
    workers: Workers = None,
    fixed_parameters: Annotated[bool, typer.Option("--fixed-parameters", help="Vary luck only.")] = False,
    matched: Annotated[
        str | None, typer.Option(help="Make means equal: relief, pressure, effort, with commas between.")
    ] = None,
    placebo: Annotated[int, typer.Option(min=0, help="Shuffled copies to add of each strategy.")] = 0,
    dispute: Annotated[
        str | None, typer.Option(help="In which dispute; default: the scenario's first.")
    ] = None,
) -> None:
    """Compare strategies on the same luck, and say which differences are real."""
    from experiments import briefing
    from experiments.compare import Order

    means = tuple(word.strip() for word in matched.split(",")) if matched is not None else ()
    named = tuple(strategy or ())
    order = Order(
        scenario, named, replicates, seed, months, workers, fixed_parameters, means, placebo, dispute
    )
    briefing.compare_aloud(order, out)


@main.command()
def facts(
    *,
    strategy: Annotated[list[str] | None, typer.Option(help="Repeat it; default: all bundled.")] = None,
    regions: Annotated[int, typer.Option(min=1, help="Worlds that are grown; strategies take turns.")] = 1200,
    replicates: Annotated[int, typer.Option(min=1, help="Runs in each world.")] = 1,
    seed: Seed = 7,
    months: Annotated[int, typer.Option(min=1, max=LONGEST, help="Length of a run.")] = 144,
    out: Out = None,
    workers: Workers = None,
) -> None:
    """Compute published facts about sanctions episodes from runs, and show how far off the model is."""
    from experiments import facts_aloud

    facts_aloud.facts_aloud(facts_aloud.Order(strategy, regions, replicates, seed, months), out, workers)


@main.command()
def scenarios() -> None:
    """List the bundled scenarios."""
    from experiments import briefing, listings

    briefing.console().print(listings.scenarios())


@main.command()
def strategies(
    totals: Annotated[str | None, typer.Option(help="Show what each spends in this scenario.")] = None,
) -> None:
    """List the bundled strategies."""
    from experiments import briefing, listings

    briefing.console().print(listings.strategies(totals))


@main.command()
def show(name: Annotated[str, typer.Argument(help="A scenario or a strategy, by name or path.")]) -> None:
    """Print what a scenario or a strategy is."""
    from experiments import briefing, listings

    listings.show(name, briefing.console())


@main.command()
def parameters() -> None:
    """List every uncertain number of the model: default, range, unit and source."""
    from experiments import briefing, listings

    briefing.console().print(listings.parameters())


sweep_verbs.add_to(main)
claims_verb.add_to(main)
app_verb.add_to(main)
