"""Pages that are made from the code, so that they cannot fall behind it: ``python -m experiments.pages``.

By itself it writes the reference pages of docs/. With ``--runs`` it also lives the history that the
README tells from and draws its figure, whose numbers move with the model.
"""

from __future__ import annotations

import ast
import re
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from experiments import experiment_page

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
README = ROOT / "README.md"
NOTE = "<!-- Made by python -m experiments.pages: change the code, not this page. -->\n"

#: The history that the README tells from, as `backchannel run` words it, and how many lines of it.
TOLD = ("iran-2012", "step-for-step", 7)
LINES = 14
WIDTH = 100
FIGURE = DOCS / "figures" / "first-light.png"
#: The experiment whose figure the README shows, the question and the figure.
SWEPT = ("order-of-steps", "orders", "orders")
SWEEP_FIGURE = DOCS / "figures" / "orders.png"


def pages() -> dict[Path, str]:
    """Return the reference pages as they should stand, by their place."""
    return {
        DOCS / "parameters.md": parameters_page(),
        DOCS / "mechanisms.md": mechanisms_page(),
        DOCS / "designs.md": designs_page(),
        DOCS / "outcomes.md": outcomes_page(),
        DOCS / "experiments.md": experiment_page.page(NOTE),
    }


# --- parameters --------------------------------------------------------------------------------------------


def parameters_page() -> str:
    """Return the page of every number, by mechanism family, and which of them nobody has measured."""
    import model

    table = model.Parameters.table()
    judged = table.index[table["source"] == "judgement"]
    uncertain = int(table["uncertain"].sum())
    parts = [
        "# Numbers\n",
        NOTE,
        f"The model has {len(table)} numbers that somebody had to choose. {uncertain} of them are uncertain: "
        "a comparison draws them anew for every replicate, evenly from low to high. The others are "
        "conventions or tables of weights and stay as they are.\n\n"
        f"**{len(judged)} of the {len(table)} are judgement**: no published figure stands behind their "
        "default, nor behind their range. The rest name a source, listed in [sources.md](sources.md); a "
        "source bounds a number or gives its direction, it is seldom the number itself. "
        "`backchannel parameters` prints the same table.\n",
    ]
    for family, numbers in table.groupby("file", sort=False):
        parts.append(f"## {str(family).capitalize()}\n")
        parts.append("| number | default | low | high | unit | source | what it is |")
        parts.append("|---|---:|---:|---:|---|---|---|")
        parts += [_number_row(str(name), row) for name, row in numbers.iterrows()]
        parts.append("")
    parts += ["## Judgement\n", _judged(table), ""]
    return "\n".join(parts)


def _number_row(name: str, row: Any) -> str:
    span = (row.low, row.high) if row.uncertain else ("", "")
    cells = [f"`{name}`", *map(_shown, (row.default, *span)), row.unit, row.source, row.meaning]
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value
    return ", ".join(f"{one:.4g}" for one in (value if isinstance(value, tuple) else (value,)))


def _judged(table: Any) -> str:
    found = []
    for family, numbers in table.groupby("file", sort=False):
        names = [f"`{name}`" for name in numbers.index[numbers["source"] == "judgement"]]
        if names:
            found.append(
                f"- **{str(family).capitalize()}** ({len(names)} of {len(numbers)}): {', '.join(names)}"
            )
    return "What has no source, in one place:\n\n" + "\n".join(found)


# --- outcomes ----------------------------------------------------------------------------------------------


def outcomes_page() -> str:
    """Return the page of the outcomes, metric by metric, and of the labels of a run."""
    from experiments.report import endings
    from model.outcomes import METRICS, OUTCOMES

    rows = [
        f"| {metric} | {about} | `{outcome.name}` | {outcome.unit} | {outcome.better} | {outcome.meaning} | "
        f"{outcome.where or 'in every run'} |"
        for metric, about in {**METRICS, "": "the model itself"}.items()
        for outcome in OUTCOMES.values()
        if outcome.metric == metric
    ]
    parts = [
        "# Outcomes\n",
        NOTE,
        f"A run is judged by {len(OUTCOMES)} outcomes with units, never by one score. The seeds name "
        f"{len(METRICS)} metrics, K01 to K{len(METRICS)}; each has one outcome or several here, and "
        "`tests/model/test_outcomes.py` holds every one against a history told by hand. A run has a row for "
        "each of its disputes. Where an outcome does not apply it is missing (NaN), not 0: means and "
        "comparisons leave such runs out, so read them beside the share of runs to which they apply. "
        "*Better* says which way: up, down, or nearer to zero. The months and bars in the meanings are "
        "conventions, listed under *Ledger* in [parameters.md](parameters.md).\n",
        "| | about | outcome | unit | better | what it is | applies |",
        "|---|---|---|---|---|---|---|",
        *rows,
        "\n## How a run ended\n",
        "Each dispute of a run also bears one label.\n",
        "| label | what it means |",
        "|---|---|",
        *(f"| {word} | {meaning} |" for word, meaning in endings()),
        "\nThe label is about the end of the run. `agreement_cause` says why the first agreement died, which "
        "may be long before: leak, noise (a finding that was wrong), cheating ..., or none where none did.\n",
    ]
    return "\n".join(parts)


# --- mechanisms --------------------------------------------------------------------------------------------


def mechanisms_page() -> str:
    """Return the page of the mechanisms: what each says, where it lives, and what shows it."""
    from model.parameters import CARRIED_BY

    known, places, numbers, tests = said(), carriers(), numbers_switched(), showings()
    rows = []
    for name in known:
        through = CARRIED_BY.get(name, ())
        switch = "through " + " and ".join(through) if through else f"`{name}`"
        own = through or (name,)
        read = dict.fromkeys(number for each in own for number in numbers.get(each, ()))
        where = dict.fromkeys(place for each in own for place in places.get(each, ()))
        cells = (name, known[name], _coded(where), _coded(read), switch, _coded(tests.get(name, ())))
        rows.append("| " + " | ".join(cells) + " |")
    parts = [
        "# Mechanisms\n",
        NOTE,
        f"The seeds of the model name {len(known)} mechanisms, M01 to M{len(known)}. Each has a switch, or "
        "is carried by others that express the same cause and effect and is switched with them: "
        '`without=("M14",)` of `SanctionsModel` and of `run_ensemble`. A place is a file of '
        "`model/mechanisms/` or `model/` and a rule or phase in it that declares the mechanism; the numbers "
        "are those that its switch multiplies, or else stands beside; the test is the one that switches it "
        "off in a scenario built to expose it, on the same luck. It shows that the mechanism acts and which "
        "way, not that the world is so.\n",
        "| | what it says | where it lives | numbers | switch | shown by |",
        "|---|---|---|---|---|---|",
        *rows,
        "",
    ]
    return "\n".join(parts)


def _coded(words: Iterable[str]) -> str:
    return "; ".join(f"`{word}`" for word in words)


def said() -> dict[str, str]:
    """Return every mechanism in order, and what it says."""
    return dict(tomllib.loads((ROOT / "model" / "mechanisms.toml").read_text(encoding="utf-8")))


def carriers() -> dict[str, list[str]]:
    """Return for each mechanism the rules and phases that declare it, in the order of the files."""
    import model.calendar
    import model.verdict  # noqa: F401
    from model.compiled import carried

    places: dict[str, list[str]] = {}
    own = [place for place in sorted(carried) if not place.startswith("tests.")]
    for place in own:
        for name in carried[place]:
            places.setdefault(name, []).append(place.removeprefix("mechanisms."))
    return {name: places[name] for name in sorted(places, key=lambda name: int(name[1:]))}


def numbers_switched() -> dict[str, list[str]]:
    """Return for each mechanism the numbers that its switch multiplies, or else stands beside."""
    close: dict[str, list[str]] = {}
    beside: dict[str, list[str]] = {}
    for source in sorted((ROOT / "model").rglob("*.py")):
        tree = ast.parse(source.read_text(encoding="utf-8"))
        parents = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and re.fullmatch(r"m\d{2,3}", node.attr):
                product: ast.AST = node
                while isinstance(parent := parents[product], ast.BinOp) and isinstance(parent.op, ast.Mult):
                    product = parent
                statement = product
                while not isinstance(statement, ast.stmt):
                    statement = parents[statement]
                close.setdefault(node.attr.upper(), []).extend(_numbers_in(product))
                beside.setdefault(node.attr.upper(), []).extend(_numbers_in(statement))
    return {name: list(dict.fromkeys(close[name] or beside[name])) for name in close}


def _numbers_in(part: ast.AST) -> list[str]:
    """Return the numbers of the model that a part of its code reads."""
    reads = [node for node in ast.walk(part) if isinstance(node, ast.Attribute)]
    return [
        read.attr
        for read in reads
        if ast.unparse(read.value) in ("numbers", "given.parameters", "parameters")
    ]


def switches() -> set[str]:
    """Return the mechanisms whose switch some rule or phase reads."""
    return set(numbers_switched())


def showings() -> dict[str, list[str]]:
    """Return for each mechanism the tests that show it by switching it off."""
    found: dict[str, list[str]] = {}
    for source in sorted((ROOT / "tests" / "mechanisms").glob("test_*.py")):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Showing":
                named = [word.value for word in node.keywords if word.arg == "mechanism"] or node.args[:1]
                if named and isinstance(named[0], ast.Constant):
                    found.setdefault(str(named[0].value), []).append(source.name)
    return found


# --- designs -----------------------------------------------------------------------------------------------


def designs_page() -> str:
    """Return the page of every dimension of design and every institution: how each level is said."""
    from model.dimensions import DESIGNS

    table = tomllib.loads(DESIGNS.read_text(encoding="utf-8"))
    numbered = [entry for entry in table["dimension"] if entry["id"][1:].isdigit()]
    across = [entry for entry in table["dimension"] if entry not in numbered]
    parts = [
        "# Designs\n",
        NOTE,
        f"A strategy chooses a level in each of {len(numbered)} dimensions. Here is every dimension, every "
        "level, and what an analyst writes for it in a strategy file. What a file does not say keeps its "
        "neutral default, so a strategy needs only the lines in which it differs.\n\n"
        '`talks.track = "private"` stands above the first stage; in a table it reads `[talks]` and '
        '`track = "private"`. What is said of a **stage** stands below its `[[stages]]`, and of a **rule** '
        "below its `[[rules]]`. A stage also needs a title, and a trigger: here "
        '`release = "verified"` where nothing else is said. Depths asked are those to be reached by the end '
        "of a stage, relief is the share that it gives back. The neutral level of a choice is in *italics*. "
        "A whole file is walked through in [CONTRIBUTING.md](../CONTRIBUTING.md), all keys stand in "
        "[model/strategy_format.py](../model/strategy_format.py).\n\n"
        "Every level below is accepted, and in a small region in which every institution has somebody to "
        "carry it no two levels of a choice lead to the same runs: "
        "[tests/model/test_designs.py](../tests/model/test_designs.py) checks both.\n",
        "## Dimensions\n",
        *(part for entry in numbered for part in _dimension(entry)),
        "## Across the dimensions\n",
        *(part for entry in across for part in _dimension(entry)),
        "## Institutions\n",
        "What is attached to an agreement or a channel. Each can be withheld or granted.\n",
        *(part for entry in table["institution"] for part in _institution(entry)),
    ]
    return "\n".join(parts)


def _dimension(entry: dict[str, Any]) -> list[str]:
    title = f"{entry['id']} {entry['name']}" if entry["id"][1:].isdigit() else entry["name"]
    return [f"### {title}\n", *(part for choice in entry["choice"] for part in _choice(choice))]


def _institution(entry: dict[str, Any]) -> list[str]:
    return [f"### {entry['id']} {entry['name']}\n", f"It {entry['does']}.\n", *_choice(entry)]


def _choice(choice: dict[str, Any]) -> list[str]:
    remarks = [f"{choice['about']}." if "about" in choice else "", choice.get("acts", "")]
    beside = _sayings(choice.get("beside", {}))
    remarks += [f"Said beside each level, so that it can act: {'; '.join(beside)}."] if beside else []
    told = " ".join(remark for remark in remarks if remark)
    rows = [
        f"| {f'*{level["level"]}*' if _is_neutral(level) else level['level']} | "
        f"{'<br>'.join(_sayings(level)) or 'nothing'} |"
        for level in choice["levels"]
    ]
    return [*([f"{told}\n"] if told else []), "| level | how it is said |", "|---|---|", *rows, ""]


def _is_neutral(level: dict[str, Any]) -> bool:
    """Return whether a level says only what a file that does not say it means anyway."""
    from model.strategy_format import Script, Stage

    stage = Stage.model_validate({"title": "A stage", "release": "verified"})
    names = dict.fromkeys(("name", "title", "description", "source"), "neutral")
    neutral = Script.model_validate(names).model_dump() | {"rules": []}
    neutral |= dict.fromkeys(("every_stage", "first_stage", "last_stage"), stage.model_dump())
    said = {key: value for key, value in level.items() if key != "level"}
    return all(key in neutral and _holds(neutral[key], value) for key, value in said.items())


def _holds(whole: Any, part: Any) -> bool:
    """Return whether every key that ``part`` says has the same value in ``whole``."""
    if isinstance(part, dict):
        return all(key in whole and _holds(whole[key], value) for key, value in part.items())
    return bool(list(whole) == part if isinstance(part, list) else whole == part)


def _sayings(fragment: dict[str, Any]) -> list[str]:
    """Return what a fragment of a strategy says, a line each, as a file spells it."""
    lines = []
    for name, value in fragment.items():
        if name in ("every_stage", "first_stage", "last_stage"):
            lines.append(f"{name.replace('_', ' ')}: {_spelt(value)}")
        elif name == "relief_by_stage":
            shares = ", ".join(f"{share:g}" for share in value)
            plural = f"{len(value)} stages" if len(value) > 1 else "one stage"
            lines.append(
                f"{plural} of `relief = {{ all = ... }}`: {shares}; `asks = {{ all = ... }}` in even steps"
            )
        elif name == "stages":
            lines += [f"stage {place}: {_spelt(stage)}" for place, stage in enumerate(value, 1)]
        elif name == "rules":
            lines += [f"rule: {_spelt(each)}" for each in value]
        elif name != "level":
            lines.append(_spelt({name: value}))
    return lines


def _spelt(table: dict[str, Any]) -> str:
    """Return a table's keys as code; keys of a table inside it with a dot, shares by name in braces."""
    from model.strategy import value_of

    found = []
    for key, value in table.items():
        if isinstance(value, dict) and key not in ("relief", "asks"):
            found += [f"`{key}.{inner} = {value_of(each)}`" for inner, each in value.items()]
        else:
            found.append(f"`{key} = {value_of(value)}`")
    return ", ".join(found)


# --- what the README shows of real runs --------------------------------------------------------------------


def history() -> list[str]:
    """Return the history that the README tells from, line by line, and how it ended."""
    import model
    from experiments.history import closing, told_of

    scenario, strategy, seed = TOLD
    life = model.SanctionsModel(scenario=scenario, strategy=strategy, seed=seed).run()
    return [*told_of(life, WIDTH), "", closing(life.outcome())[0]]


def excerpt(lines: list[str]) -> str:
    """Return the beginning of a history, a mark for what is left out, and its end."""
    *story, blank, ending = lines
    start = story[:LINES]
    while start and len(story) > LINES and not story[len(start)].startswith(tuple("12")):
        start.pop()  # a month is told whole or not at all
    start = start or story[:LINES]
    return "\n".join([*start, "...", blank, ending])


def between(text: str, mark: str) -> re.Match[str]:
    """Return where ``text`` holds what is made, between the comments that name ``mark``."""
    found = re.search(rf"(?<=<!-- {mark} -->\n)(.*?)(?=<!-- end of {mark} -->)", text, re.DOTALL)
    if found is None:
        raise ValueError(f"the README has no place marked '{mark}'")
    return found


def readme_with(told: str) -> str:
    """Return the README with ``told`` as its history."""
    text = README.read_text(encoding="utf-8")
    place = between(text, "a history")
    return text[: place.start()] + f"\n```text\n{told}\n```\n\n" + text[place.end() :]


def draw_figure() -> None:
    """Draw how each strategy ended, from a comparison like the one of ``make demo``."""
    from experiments import compare

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "results"
        compare.compare(compare.prepare(compare.Order(TOLD[0])), out)
        FIGURE.parent.mkdir(parents=True, exist_ok=True)
        FIGURE.write_bytes((out / "figures" / "endings.png").read_bytes())


def draw_sweep() -> None:
    """Draw what a bundled sweep says, as its verb does."""
    from experiments import ask, figures, run_sweep

    experiment, verb, name = SWEPT
    with tempfile.TemporaryDirectory() as folder:
        results = run_sweep(experiment, Path(folder) / "results")
        figures.save(ask(results, verb).figures[name], SWEEP_FIGURE)


def main(
    *,
    runs: Annotated[bool, typer.Option("--runs", help="Also the README's history and figure.")] = False,
) -> None:
    """Write the pages that are made from the code."""
    for place, text in pages().items():
        place.write_text(text, encoding="utf-8")
        typer.echo(f"Wrote {place.relative_to(ROOT)}")
    if runs:
        README.write_text(readme_with(excerpt(history())), encoding="utf-8")
        draw_figure()
        draw_sweep()
        typer.echo("Wrote the history and the figures of README.md")


if __name__ == "__main__":
    typer.run(main)
