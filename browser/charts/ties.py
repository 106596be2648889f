"""The ties of a network as lines: each layer in its own colour and stroke, what travels along it moving."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from browser.charts.lettering import MAP
from browser.charts.theme import Theme
from browser.reading.flows import channel_sentence, pressures, tie_sentence, trust_moves
from experiments import palette

if TYPE_CHECKING:
    from browser.reading.look import Look
    from browser.scene.cast import Cast
    from browser.scene.snapshot import Snapshot

Line = dict[str, Any]
Place = tuple[float, float]

#: Pixels by which they are cut short.
SHORT = 15.0
#: Loss, in points a year, from which on spillover is drawn.
SPILT = 0.02
#: Ties of one layer that are drawn at most, the strongest first.
MOST = 300
#: Lines that move stand on a canvas of their own, below the actors', so that only they are drawn anew.
STILL, MOVING, ACTORS = 0, 1, 2

PINK, OCHRE = palette.COLOURS[3], palette.COLOURS[4]


class Stroke(NamedTuple):
    """How a layer is drawn: its colour, and whether solid, dashed or dotted."""

    colour: str
    dash: str


#: The stroke of every layer, as its switch shows it too.
STROKES: dict[str, Stroke] = {
    "pressure": Stroke(palette.TARGET, "solid"),
    "spillover": Stroke(OCHRE, "dashed"),
    "trust moves": Stroke(*palette.LAYERS["trust"]),
    **{layer: Stroke(*look) for layer, look in palette.LAYERS.items()},
}
#: How a fall of trust is drawn.
FALL = Stroke(PINK, "dashed")


def series_of_ties(
    cast: Cast, now: Snapshot, before: Snapshot, look: Look, theme: Theme
) -> list[dict[str, Any]]:
    """Return the lines of every layer that is switched on."""
    drawn: list[dict[str, Any]] = []
    for layer in ("proximity", "trade", "membership", "constituency", "transnational"):
        if layer in look.layers:
            drawn.append(_series(layer, list(_lasting(cast, layer)), theme))
    if "trust" in look.layers:
        drawn.append(_series("trust", list(_beliefs(cast, now)), theme))
    if "back channel" in look.layers:
        closed, opened = _channels(cast, now)
        drawn.append(_series("back channel", closed, theme, "closed channels", dash="dotted", opacity=0.4))
        drawn.append(_moving(_series("back channel", opened, theme), 5, roundTrip=True))
    if "spillover" in look.layers:
        drawn.append(_moving(_series("spillover", list(_spillover(cast, now)), theme), 3))
    if "trust moves" in look.layers:
        drawn.append(_moving(_series("trust moves", list(_trust_moves(cast, now, before, theme)), theme), 6))
    if "pressure" in look.layers:
        drawn.append(_moving(_series("pressure", list(_pressure(cast, now)), theme), 6))
    return drawn


# --- what travels -------------------------------------------------------------------------------------------


def _pressure(cast: Cast, now: Snapshot) -> Iterator[Line]:
    for each in pressures(cast, now):
        here, there = cast.places[each.sender], cast.places[each.target]
        is_felt = each.level > 0.005
        yield {
            "name": each.sentence,
            "coords": cut(here, there),
            "value": round(each.level, 3),
            "lineStyle": {
                "width": round(0.8 + 4 * each.level, 2),
                "opacity": round(0.3 + 0.3 * each.level, 2),
                "curveness": _bent(here, there, 0.16),
                **({} if is_felt else {"type": "dashed"}),
            },
            "effect": {
                "period": round(2 * (6.0 - 4.5 * each.level)) / 2,
                "symbolSize": round(4 + 5 * each.level, 1) if is_felt else 0,
            },
        }


def _spillover(cast: Cast, now: Snapshot) -> Iterator[Line]:
    """Draw the loss that reaches a state along its tie with a target, where it trades with one."""
    targets = {cast.scenario.parties[int(dispute["target"])][1] for dispute in now.tables["disputes"]}
    for tie in cast.layer("trade"):
        spilt = float(now.row("states", cast.members[tie.source].row)["spill"])
        if tie.end in targets and spilt >= SPILT and tie.source not in targets:
            here, there = cast.places[tie.end], cast.places[tie.source]
            who, whom = cast.members[tie.source].title, cast.members[tie.end].title
            yield {
                "name": f"Loss of {who} over trade with {whom} and others: {spilt:.2f} points a year",
                "coords": cut(here, there),
                "value": round(spilt, 3),
                "lineStyle": {
                    "width": round(0.8 + min(2.5 * spilt, 3.0), 2),
                    "curveness": _bent(here, there, -0.12),
                },
                "effect": {"period": 4 if spilt > 0.2 else 6},
            }


def _channels(cast: Cast, now: Snapshot) -> tuple[list[Line], list[Line]]:
    """Return the lines of closed and of open back channels, two a channel."""
    closed: list[Line] = []
    opened: list[Line] = []
    for place, tie in enumerate(cast.layer("back channel")):
        channel = now.row("channels", place // 2)
        here, there = cast.places[tie.source], cast.places[tie.end]
        line: Line = {
            "name": channel_sentence(cast, tie, channel),
            "coords": [[*here], [*there]],
            "value": int(channel["open"]),
            "lineStyle": {"curveness": _bent(here, there, 0.1)},
        }
        if channel["open"]:
            line["lineStyle"]["width"] = 4
        (opened if channel["open"] else closed).append(line)
    return closed, opened


def _trust_moves(cast: Cast, now: Snapshot, before: Snapshot, theme: Theme) -> Iterator[Line]:
    for move in trust_moves(cast, now, before):
        here, there = cast.places[move.who], cast.places[move.whom]
        change = move.now - move.before
        rises = change > 0
        style: Line = {
            "width": round(1.2 + min(60 * abs(change), 3.0), 2),
            "curveness": _bent(here, there, 0.22),
        }
        if not rises:
            style |= {"color": theme.colour(FALL.colour), "type": FALL.dash}
        colour = theme.colour(STROKES["trust moves"].colour if rises else FALL.colour)
        yield {
            "name": move.sentence,
            "coords": cut(here, there),
            "value": round(change, 4),
            "lineStyle": style,
            "effect": {"color": colour, "symbol": "triangle" if rises else "circle"},
        }


# --- what lasts ---------------------------------------------------------------------------------------------


def _beliefs(cast: Cast, now: Snapshot) -> Iterator[Line]:
    beliefs = zip(cast.layer("trust"), now.tables["trust"]["belief"].tolist(), strict=True)
    for tie, belief in sorted(beliefs, key=lambda pair: -pair[1])[:MOST]:
        who, whom = cast.members[tie.source].title, cast.members[tie.end].title
        yield {
            "name": f"Trust of {who} in {whom}: {belief:.2f}",
            "coords": [[*cast.places[tie.source]], [*cast.places[tie.end]]],
            "lineStyle": {"width": round(0.3 + 2 * belief, 1), "opacity": round(0.05 + 0.45 * belief**2, 2)},
        }


def _lasting(cast: Cast, layer: str) -> Iterator[Line]:
    ties = sorted(cast.layer(layer), key=lambda tie: -tie.weight)[:MOST]
    full = max((tie.weight for tie in ties), default=1.0) or 1.0
    for tie in ties:
        yield {
            "name": tie_sentence(cast, tie),
            "coords": [[*cast.places[tie.source]], [*cast.places[tie.end]]],
            "lineStyle": {"width": round(0.6 + 2.4 * tie.weight / full, 1)},
        }


# --- lines --------------------------------------------------------------------------------------------------


def _series(layer: str, lines: list[Line], theme: Theme, name: str = "", **style: Any) -> dict[str, Any]:
    stroke = STROKES[layer]
    has_arrow = layer in ("pressure", "trust moves", "spillover")
    dash = style.pop("dash", stroke.dash)
    base = {
        "color": theme.colour(stroke.colour),
        "type": dash,
        "width": 1.2,
        "opacity": 0.55,
        "curveness": 0.08,
    }
    return {
        "id": name or layer,
        "name": name or layer,
        "type": "lines",
        "coordinateSystem": "cartesian2d",
        "zlevel": STILL,
        "z": 2,
        "clip": False,
        "symbol": ["none", "arrow" if has_arrow else "none"],
        "symbolSize": 7,
        "lineStyle": {**base, **style},
        "emphasis": {"lineStyle": {"opacity": 1}},
        "data": lines,
    }


def _moving(series: dict[str, Any], size: float, **more: Any) -> dict[str, Any]:
    """Let something move along the lines of a series."""
    colour = series["lineStyle"]["color"]
    effect: Mapping[str, Any] = {
        "show": True,
        "period": 4,
        "symbol": "circle",
        "symbolSize": size,
        "trailLength": 0,
    }
    return {**series, "zlevel": MOVING, "effect": {**effect, "color": colour, **more}}


def cut(here: Place, there: Place, short: float = SHORT) -> list[list[float]]:
    """Return the ends of a line that stops short of where it leads."""
    width, height = (there[0] - here[0]) * MAP[0], (there[1] - here[1]) * MAP[1]
    share = max(1.0 - short / max(math.hypot(width, height), 1e-9), 0.5)
    end = [round(a + share * (b - a), 3) for a, b in zip(here, there, strict=True)]
    return [[*here], end]


def _bent(here: Place, there: Place, bend: float) -> float:
    """Return how a line is bent: away from the height of where it leads, the same way left and right."""
    up = 1 if here[1] >= there[1] - 0.02 else -1
    right = 1 if there[0] >= here[0] else -1
    return bend * up * right
