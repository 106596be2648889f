"""Pictures of a scenario, of one history and of many, for notebooks and scripts: each is one call.

The same colours, lines and words as everywhere else; nothing is drawn here that the page does not show too.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch

from experiments import figures, findings, history, palette, portrait
from experiments.lines import ALONE
from model.chronicle import display_name
from model.network import LAYERS, positions
from model.series import SERIES
from model.vocabulary import InputError, nearest

if TYPE_CHECKING:
    from model import SanctionsModel
    from model.traces import Traces

#: The mark of each kind of actor.
SHAPES = {"state": "o", "body": "s", "mediator": "D", "civil-society": "^"}
#: Layers whose ties run one way.
ONE_WAY = ("trade", "trust")
#: Of where actors stand that no role puts anywhere.
SEED = 7
#: Small pictures in a row.
COLUMNS = 3
#: Actors up to which there is room for large names, and for everybody where the ties put them.
FEW = 14
#: How far the actors of a larger network are moved apart, from where ties put them (0) to even rows (1).
EVEN = 0.7
#: The room of an actor with its name in a small and in a larger network, both of a width of 2.
ROOMY, ROOM = (0.45, 0.3), (0.24, 0.13)
#: In how many rounds it is made.
ROUNDS = 80
#: How strongly a tie of trust draws two actors together.
PULL = 0.3
#: The series of a fan, where none are named.
FANNED = ("pressure_felt", "relief", "compliance_true", "trust_target_in_sender", "tension", "hardship")
#: What is marked on the track of a strategy: kinds of events with mark, colour and label.
TURNS: tuple[tuple[tuple[str, ...], str, str, str], ...] = (
    (("tabled",), "|", palette.QUIET, "tabled"),
    (("refused", "vetoed"), "v", palette.TARGET, "refused"),
    (("agreed",), "o", palette.SENDER, "agreed"),
    (("report-positive",), ".", palette.SHARED, "found done"),
    (("report-negative",), "x", palette.TARGET, "found wanting"),
    (("paused",), "s", palette.COLOURS[4], "paused"),
    (("broken", "walked-out"), "X", palette.INK, "broke down"),
    (("concluded",), "*", palette.SHARED, "concluded"),
)


# --- networks ----------------------------------------------------------------------------------------------


def draw_network(graph: Any, layers: Sequence[str] = LAYERS, title: str = "", apart: bool = False) -> Figure:
    """Return the picture of a network: actors by kind and role, ties by layer.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        As `SanctionsModel.network` gives it, at any month, or as a user has changed it.
    layers : sequence of str
        Which ties are drawn: some of trade, back channel, trust, membership, constituency, transnational,
        proximity.
    title : str
        What stands above; by default which scenario it is.
    apart : bool
        Whether each layer has a picture of its own, actors at the same places in all.

    Raises
    ------
    InputError
        If there is no such layer.
    """
    for layer in layers:
        if layer not in LAYERS:
            raise InputError(f"'{layer}' is not one of {', '.join(LAYERS)}{nearest(layer, LAYERS)}")
    held = {tie["layer"] for *_, tie in graph.edges(data=True)}
    there = [layer for layer in layers if layer in held]
    places, shown = placed(graph), [[layer] for layer in there] if apart else [there]
    columns = min(COLUMNS, len(shown))
    rows = -(-len(shown) // columns)
    note = "Wider lines are stronger ties. A dotted back channel is one that could be opened."
    title = title or f"The network of {graph.graph.get('scenario', 'a scenario')}"
    figure = figures.sheet(rows * (4.6 if columns == 1 else 2.4) + 0.6, title)
    panels = np.atleast_1d(figure.subplots(rows, columns)).flatten()
    for axes, drawn in zip(panels, shown, strict=False):
        is_roomy = columns == 1 and len(graph) <= FEW
        _network(axes, graph, drawn, places, 8.5 if is_roomy else 6.5, 18 if columns == 1 else 12)
        axes.set_title(drawn[0] if apart else "", loc="left", fontsize=9, color=palette.INK)
    for axes in panels[len(shown) :]:
        axes.set_axis_off()
    _key(figure, keys_of(graph, [] if apart else there), note, 6)
    return figure


def _key(figure: Figure, handles: Sequence[Line2D], note: str, columns: int) -> None:
    """Put a key below a figure, its small print at the head."""
    small = "\n".join(textwrap.wrap(note, 140, break_on_hyphens=False))
    key = figure.legend(
        handles=list(handles), loc="outside lower left", ncols=columns, fontsize=8, frameon=False, title=small
    )
    key.set_alignment("left")
    key.get_title().set(fontsize=7.5, color=palette.QUIET)


def placed(graph: Any) -> dict[str, tuple[float, float]]:
    """Return a place for every actor: lead sender at the left, target at the right, ties draw the others."""
    graph = graph.copy()
    for *_, tie in graph.edges(data=True):
        if tie["layer"] == "trust":
            tie["weight"] = PULL  # beliefs move from month to month; places stay
    held: dict[str, tuple[float, float]] = {}
    for role, place in (("lead-sender", (-1.0, 0.0)), ("target", (1.0, 0.0))):
        named = [name for name, node in graph.nodes(data=True) if role_of(node) == role]
        held |= dict.fromkeys(named[:1], place)
    ring = np.linspace(0.0, 2.0 * np.pi, len(graph), endpoint=False)
    begin = {name: (float(np.cos(at)), float(np.sin(at))) for name, at in zip(graph, ring, strict=True)}
    places = positions(graph, SEED, begin | held, list(held))
    names = [name for name in places if name not in held] + list(held)
    spots, free = np.array([places[name] for name in names]), len(names) - len(held)
    if len(graph) > FEW:
        even = 1.6 * np.argsort(np.argsort(spots[:free], axis=0), axis=0) / max(free - 1, 1) - 0.8
        spots[:free] = (1.0 - EVEN) * spots[:free] + EVEN * even
    spots = roomy(spots, free, ROOM if len(graph) > FEW else ROOMY)
    return dict(zip(names, map(tuple, spots.tolist()), strict=True))


def roomy(places: Any, free: int, room: tuple[float, float]) -> Any:
    """Return places of which the first ``free`` have moved up or down until names do not overlap much."""
    for _ in range(ROUNDS):
        apart = places[:, None, :] - places[None, :, :]
        is_close = (np.abs(apart) < room).all(axis=2) & ~np.eye(len(places), dtype=bool)
        upwards = np.where(apart[:, :, 1] != 0.0, np.sign(apart[:, :, 1]), np.sign(apart[:, :, 0]))
        push = np.where(is_close, upwards * (room[1] - np.abs(apart[:, :, 1])) / 4.0, 0.0)
        places[:free, 1] += push.sum(axis=1)[:free]
    return places


def _network(
    axes: Axes,
    graph: Any,
    layers: Sequence[str],
    places: Mapping[str, tuple[float, float]],
    size: float,
    wide: int,
) -> None:
    """Draw actors and ties, names ``size`` high in lines ``wide``."""
    axes.set_axis_off()
    spots = np.array(list(places.values()))
    room = 0.14 * np.ptp(spots, axis=0) + 0.05  # the same in every picture
    (left, low), (right, high) = spots.min(axis=0) - room, spots.max(axis=0) + room
    axes.set_xlim(left, right)
    axes.set_ylim(low, high)
    for name, node in graph.nodes(data=True):
        colour, mark = colour_of(node), SHAPES[node["kind"]]
        scale = 1.5 if role_of(node) in ("lead-sender", "target") else 1.0
        axes.plot(*places[name], mark, color=colour, markersize=9 * scale, markeredgecolor="white", zorder=3)
        words = textwrap.fill(display_name(name).removeprefix("the "), wide, break_long_words=False)
        text = axes.annotate(words, places[name], (0, -6.5 * scale), textcoords="offset points", zorder=4)
        text.set(fontsize=size, color=palette.INK, ha="center", va="top", linespacing=0.9)
        text.set_bbox({"facecolor": "white", "alpha": 0.7, "edgecolor": "none", "pad": 0.3})
    for layer in layers:
        ties = [tie for tie in graph.edges(data=True) if tie[2]["layer"] == layer]
        most = max((tie["weight"] for *_, tie in ties), default=1.0) or 1.0
        for source, end, tie in ties:
            _tie(axes, places[source], places[end], layer, tie, tie["weight"] / most)


def _tie(axes: Axes, here: Any, there: Any, layer: str, tie: Mapping[str, Any], share: float) -> None:
    colour, dash = palette.LAYERS[layer]
    is_shut = layer == "back channel" and not tie.get("open", False)
    arrow = FancyArrowPatch(
        here,
        there,
        arrowstyle="-|>" if layer in ONE_WAY else "-",
        mutation_scale=8,
        connectionstyle="arc3,rad=0.12" if layer in ONE_WAY else "arc3",
        shrinkA=6,
        shrinkB=6,
        color=colour,
        linestyle="dotted" if is_shut else dash,
        linewidth=1.2 if is_shut else 0.4 + 2.4 * share,
        alpha=0.75 if layer == "back channel" else 0.15 + 0.6 * share,
        zorder=2 if layer == "back channel" else 1,
    )
    axes.add_patch(arrow)


def colour_of(node: Mapping[str, Any]) -> str:
    """Return the colour of an actor: of its first role, or of its kind."""
    return palette.KINDS.get(node["kind"]) or palette.ROLES[role_of(node)]


def role_of(node: Mapping[str, Any]) -> str:
    """Return the role of an actor in the first dispute that it is party to; empty where there is none."""
    return str(node["role"]).split(", ", maxsplit=1)[0]


def keys_of(graph: Any, layers: Sequence[str]) -> list[Line2D]:
    """Return the key of a network: the roles and kinds that it has, then its layers."""
    looks = {}
    for _, node in graph.nodes(data=True):
        role = role_of(node) or ("no part" if node["kind"] == "state" else node["kind"])
        looks[role.replace("-", " ")] = (colour_of(node), SHAPES[node["kind"]])
    actors = [
        Line2D([], [], color=colour, marker=mark, linestyle="", label=label)
        for label, (colour, mark) in looks.items()
    ]
    held = {tie["layer"] for *_, tie in graph.edges(data=True)}
    lines = [
        Line2D([], [], color=palette.LAYERS[layer][0], ls=palette.LAYERS[layer][1], label=layer)
        for layer in layers
        if layer in held
    ]
    return actors + lines


# --- one history -------------------------------------------------------------------------------------------


def draw_history(model: SanctionsModel, title: str = "", dispute: str | None = None) -> Figure:
    """Return the picture of a watched run so far: what happened in a dispute, the first, over its series."""
    named = model.case.disputes[model.case.place_of(dispute)]
    events = portrait.between(*history.ledger_of(model.events(), model.case, named))
    several = [named] if len(model.case.disputes) > 1 else []
    return portrait.portrait(model.series(named), events, title or ", ".join([titled(model), *several]))


def draw_track(model: SanctionsModel, title: str = "") -> Figure:
    """Return the strategy of a watched run as a track: what became of each stage, month by month."""
    stages = [stage.title for track in model.strategy.tracks.values() for stage in track]
    note = "Thick: agreed and being carried out. Thin: on the table. Below: months with an open back channel."
    figure = figures.sheet(1.3 + 0.32 * len(stages), title or titled(model))
    axes = figure.subplots()
    figures.plain(axes)
    events = model.events()
    events = events[events["dispute"] == model.case.disputes[0]]
    for place, _ in enumerate(stages):
        _stage(axes, events[events["subject"] == f"stage {place + 1}"], -place, model.month)
    series = model.series()
    is_open = series["channels_open"].to_numpy() > 0
    axes.fill_between(
        series["month"],
        -len(stages) - 0.1,
        -len(stages) + 0.1,
        where=is_open,
        step="post",
        color=palette.SHARED,
    )
    names = [textwrap.shorten(title, 28, placeholder=" …") for title in stages]
    axes.set_yticks(range(0, -len(stages) - 1, -1), [*names, "back channel"])
    axes.set_ylim(-len(stages) - 0.6, 0.6)
    portrait.dated(axes, series)
    handles = [
        Line2D([], [], color=colour, marker=mark, linestyle="", label=label)
        for _, mark, colour, label in TURNS
    ]
    _key(figure, handles, note, 4)
    return figure


def _stage(axes: Axes, events: pd.DataFrame, height: int, end: int) -> None:
    """Draw what happened to one stage at its height."""
    begun, width = None, 0.0
    for event in events.itertuples():
        kind, month = str(event.kind), int(event.month)  # type: ignore[arg-type]
        turned = kind in ("tabled", "agreed", "resumed", "broken", "concluded")
        if turned and begun is not None:
            axes.plot([begun, month], [height, height], color=palette.SENDER, linewidth=width, alpha=0.35)
        if turned:
            begun = None if kind in ("broken", "concluded") else month
            width = 1.5 if kind == "tabled" else 7.0
    if begun is not None:
        last = end if width < 7.0 or events.empty else max(int(events["month"].max()), begun + 1)
        axes.plot([begun, last], [height, height], color=palette.SENDER, linewidth=width, alpha=0.35)
    for kinds, mark, colour, _ in TURNS:
        months = events.loc[events["kind"].isin(kinds), "month"]
        size = 3.5 if mark == "v" else 6.0  # a refusal may come every month
        axes.plot(months, np.full(len(months), height), mark, color=colour, markersize=size, alpha=0.9)


def titled(model: SanctionsModel) -> str:
    """Return which history this is, in a line."""
    return f"{model.case.title} under {model.strategy.name} (seed {model.seed}, replicate {model.replicate})"


# --- many histories ----------------------------------------------------------------------------------------


def draw_fan(
    traces: Traces, models: Sequence[SanctionsModel] = (), series: Sequence[str] = FANNED, title: str = ""
) -> Figure:
    """Return the monthly series of many runs as bands, with histories as lines on them.

    Parameters
    ----------
    traces : Traces
        What `model.trace_ensemble` returned; a band for each strategy in it, of the first dispute.
    models : sequence of SanctionsModel
        Watched runs to be drawn as lines.
    series : sequence of str
        Which of `model.series.SERIES`.
    title : str
        What stands above.

    Raises
    ------
    InputError
        If there is no such series.
    """
    for name in series:
        if name not in traces.names:
            raise InputError(f"'{name}' is no series{nearest(name, traces.names)}")
    runs = traces.runs
    own = (runs["dispute"] == runs["dispute"].iloc[0]).to_numpy()
    strategies = list(dict.fromkeys(runs["strategy"].astype(str)))
    note = (
        f"{int(own.sum()) // len(strategies):,} runs of each strategy on the same luck. Dark: the middle "
        "half of them; light: nine tenths; thin: the median. Thick lines: single histories."
    )
    rows = -(-len(series) // COLUMNS)
    figure = figures.sheet(
        0.9 + 1.6 * rows, title or "One history among many", "" if len(strategies) > 1 else note
    )
    panels = np.atleast_1d(figure.subplots(rows, COLUMNS, sharex=True)).flatten()
    for axes, name in zip(panels, series, strict=False):
        figures.plain(axes, "both")
        label = ALONE.get(name, name.replace("_", " "))
        axes.set_title(f"{label} ({SERIES[name].unit})", loc="left", fontsize=8.5)
        axes.tick_params(labelbottom=True)
        for place, strategy in enumerate(strategies):
            chosen = own & (runs["strategy"].astype(str) == strategy).to_numpy()
            _band(axes, traces.series[chosen, :, traces.names.index(name)], palette.COLOURS[place % 7])
        for model in models:
            colour = palette.COLOURS[strategies.index(model.strategy.name) % 7]
            axes.plot(model.series()[name].to_numpy(float), color=colour, linewidth=2.0)
        if SERIES[name].unit.startswith("share"):
            axes.set_ylim(-0.03, 1.03)
        axes.set_xlabel("month", fontsize=8.5)
    for axes in panels[len(series) :]:
        axes.set_axis_off()
    if len(strategies) > 1:
        keys = [
            Line2D([], [], color=palette.COLOURS[place % 7], linewidth=5, alpha=0.5, label=strategy)
            for place, strategy in enumerate(strategies)
        ]
        _key(figure, keys, note, 4)
    return figure


def _band(axes: Axes, values: Any, colour: str) -> None:
    months = np.arange(values.shape[1])
    low, first, middle, third, high = np.quantile(values, [0.05, 0.25, 0.5, 0.75, 0.95], axis=0)
    axes.fill_between(months, low, high, color=colour, alpha=0.14, linewidth=0)
    axes.fill_between(months, first, third, color=colour, alpha=0.24, linewidth=0)
    axes.plot(months, middle, color=colour, linewidth=0.8)


def draw_endings(runs: pd.DataFrame, title: str = "") -> Figure:
    """Return how the runs of each strategy ended, a bar of endings each, in the scenario's first dispute."""
    told = runs[runs["dispute"] == runs["dispute"].iloc[0]]
    told = findings.prepared(told, int(told["months"].max()) if "months" in told else 0)
    order = list(dict.fromkeys(told["strategy"]))
    return figures.endings(told, order, title or findings.ending_title(told))
